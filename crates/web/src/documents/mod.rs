//! Issued documents: the sheet as officials know it, and the public page behind its QR code.

pub mod list;
pub mod preview;
pub mod sheet;
pub mod verification;
