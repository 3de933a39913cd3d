//! Filing of community organisations by their streets (B20): `form` what is typed, `file` the acts,
//! `ledger` what is read, `sheet` many at once from Excel.

pub mod file;
pub mod form;
pub mod ledger;
pub mod sheet;

pub use file::{CloseFiling, FileOrganisation, FileOrganisations, ReportOfFiling};
pub use form::FilingForm;
