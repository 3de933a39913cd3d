//! The register of organisations: entering them one by one or by sheet, finding them, telling their story.
//!
//! `form` reads what people type, `register` and `save` write it, `entry` keeps what they say of the standing, `import`
//! and `export` are the sheets. `registration` is the case at the one window, `filing` the streets' ledger, `change` and
//! `ending` what changes and what ends an organisation, `inspection` its yearly report, `rating` its grade,
//! `charity` its recognition as a charity, `fundraising` its qualification to raise funds from the public, `credit` its penalties and the credit lists,
//! `enrolled` whether it is in the cultivation programme. `directory`, `profile`, `public_lists` and `search` answer the
//! public, `figures` counts and `target` says what is to be reached; `standing` answers every gate as of any moment.
//! `heads` finds who leads what, `area` where an association works.
//! `specimen` invents organisations for the demo and for measurements, `generated` a whole city of them with the years
//! behind them.

pub mod announcements;
pub mod area;
pub mod change;
pub mod charity;
pub mod course;
pub mod credit;
pub mod directory;
pub mod ending;
pub mod enrolled;
mod entry;
pub mod export;
pub mod figures;
pub mod filing;
pub mod form;
pub mod fundraising;
pub mod generated;
mod heads;
pub mod import;
pub mod inspection;
pub mod late;
pub mod profile;
pub mod promises;
pub mod public_lists;
pub mod public_years;
pub mod rating;
pub mod register;
pub mod registration;
pub mod save;
pub mod seal;
pub mod search;
pub mod search_purchases;
mod search_terms;
pub mod sounds;
pub mod specimen;
mod specimen_names;
pub mod standing;
pub mod target;
pub mod words;

pub use directory::{Counts, Filter, Listed, Page};
pub use entry::origin_of;
pub use form::{OrganisationFacts, OrganisationForm, fields_of};
pub use import::{ImportReport, RowFault};
pub use profile::{Organisation, Profile};
pub use register::{EditOrganisation, RegisterOrganisation};
pub use save::{SaveOrganisations, Tally, load_many};
