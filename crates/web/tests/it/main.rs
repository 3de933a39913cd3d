//! The doors, asked as a browser asks them: pages in both languages, forms with faults, who may come in.

mod registry;
mod support;
mod tendering;
