//! Tendering.
