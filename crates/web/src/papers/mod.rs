//! The paper store: what an applicant or an organisation gave, once for every use.

pub mod pane;
pub mod store;
