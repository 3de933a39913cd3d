//! Filing of community organisations by their streets (B20): `form` what is typed, `file` the acts, `amend` what puts one to rights,
//! `folder` the papers that the street keeps, `ledger` what is read, `sheet` many at once from Excel.

pub mod amend;
pub mod file;
pub mod folder;
pub mod form;
pub mod ledger;
pub mod sheet;

pub use amend::AmendFiling;
pub use file::{CloseFiling, FileOrganisation, FileOrganisations, ReportOfFiling};
pub use folder::KeepPaper;
pub use form::FilingForm;
