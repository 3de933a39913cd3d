//! What all pages share: the frame, the reader, forms, faults, words, charts and the files of the look.

pub mod address;
pub mod assets;
pub mod chart;
pub mod choice;
pub mod components;
pub mod display;
pub mod download;
pub mod early;
pub mod fault;
pub mod findings;
pub mod form;
pub mod frame;
pub mod gallery;
pub mod guard;
pub mod methods;
pub mod nav;
pub mod own;
pub mod page;
pub mod path;
pub mod qr;
mod script_words;
pub mod shared;
pub mod terms;
pub mod typed;
pub mod visit;
pub mod way;
pub mod words;

pub use choice::{Choice, FieldFault, RuleLink, fault_at, named, named_by};
pub use download::{download, shown};
pub use early::Early;
pub use fault::{PageError, at_places};
pub use form::{FileForm, Form, Upload};
pub use guard::{Access, Route, route};
pub use nav::NavLink;
pub use page::Shell;
pub use path::Path;
pub use typed::{Typed, Wish};
pub use visit::{Visit, show, show_as, show_faults};

/// An address that does not exist.
pub async fn missing(visit: Visit) -> PageError {
    visit.error(app::Error::NotFound)
}
