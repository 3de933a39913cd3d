//! What a form is made of: fields, choices, buttons and the summary of its faults.

use std::fmt::Display;

use super::component;
use crate::shell::{Choice, FieldFault};

/// What kind of line a field is, beside what it asks for.
#[derive(Clone, Copy, Debug)]
pub struct Shape<'a> {
    kind: &'a str,
    width: &'a str,
    mode: &'a str,
    before: &'a str,
    after: &'a str,
    autocomplete: &'a str,
}

/// The kind of a field: an input type, a width of 2, 3, 4, 5, 10, 20 or none, an input mode, the units shown
/// beside it, and what a browser may fill in.
pub fn shape<'a>(
    kind: &'a str,
    width: &'a str,
    mode: &'a str,
    before: &'a str,
    after: &'a str,
    autocomplete: &'a str,
) -> Shape<'a> {
    Shape { kind, width, mode, before, after, autocomplete }
}

/// How much may be written, as a number and as a sentence.
#[derive(Clone, Copy)]
pub struct Most<'a> {
    limit: &'a dyn Display,
    text: &'a dyn Display,
}

/// The limit of an area and the sentence that says it.
pub fn most<'a>(limit: &'a dyn Display, text: &'a dyn Display) -> Most<'a> {
    Most { limit, text }
}

component! {
    /// The faults of a form above it, each with its field and its rule; nothing when there are none.
    ErrorSummary, error_summary from "shell/components/forms.html" "error_summary" {
        title: &'a dyn Display,
        errors: &'a [FieldFault],
    }
}

component! {
    /// A line to type into; `shape` says what kind of line.
    Field, field from "shell/components/forms.html" "field" {
        name: &'a dyn Display,
        label: &'a dyn Display,
        value: &'a dyn Display,
        hint: &'a str,
        error: &'a str,
        shape: Shape<'a>,
    }
}

component! {
    /// Several lines to type into.
    TextArea, textarea from "shell/components/forms.html" "textarea" {
        name: &'a dyn Display,
        label: &'a dyn Display,
        value: &'a dyn Display,
        hint: &'a str,
        error: &'a str,
        rows: &'a dyn Display,
    }
}

component! {
    /// Several lines with a count of what is left up to `most`.
    CountedArea, charcount from "shell/components/forms.html" "charcount" {
        name: &'a dyn Display,
        label: &'a dyn Display,
        most: Most<'a>,
        value: &'a dyn Display,
        hint: &'a str,
        error: &'a str,
        rows: &'a dyn Display,
    }
}

component! {
    /// A choice from a list that opens.
    Select, select from "shell/components/forms.html" "select" {
        name: &'a dyn Display,
        label: &'a dyn Display,
        choices: &'a [Choice],
        hint: &'a str,
        error: &'a str,
    }
}

component! {
    /// One choice of several; `looks` are its classes and the size of its legend.
    Radios, radios from "shell/components/forms.html" "radios" {
        name: &'a dyn Display,
        legend: &'a dyn Display,
        choices: &'a [Choice],
        hint: &'a str,
        error: &'a str,
        classes: &'a str,
        size: &'a str,
    }
}

component! {
    /// Any choice of several; classes and size as with `radios`.
    CheckBoxes, checkboxes from "shell/components/forms.html" "checkboxes" {
        name: &'a dyn Display,
        legend: &'a dyn Display,
        choices: &'a [Choice],
        hint: &'a str,
        error: &'a str,
        classes: &'a str,
        size: &'a str,
    }
}

component! {
    /// One box to tick.
    Tick, tick from "shell/components/forms.html" "tick" {
        name: &'a dyn Display,
        label: &'a dyn Display,
        hint: &'a str,
        is_ticked: &'a bool,
        error: &'a str,
    }
}

component! {
    /// A file to hand in, or several.
    FileUpload, file_upload from "shell/components/forms.html" "file_upload" {
        name: &'a dyn Display,
        label: &'a dyn Display,
        hint: &'a str,
        error: &'a str,
        accept: &'a str,
        multiple: &'a bool,
    }
}

component! {
    /// A button that sends its form.
    Button, button from "shell/components/forms.html" "button" {
        text: &'a dyn Display,
        kind: &'a str,
        name: &'a str,
        value: &'a dyn Display,
    }
}

component! {
    /// A link that looks like a button; `press` is the key that follows it.
    ButtonLink, button_link from "shell/components/forms.html" "button_link" {
        text: &'a dyn Display,
        href: &'a dyn Display,
        kind: &'a str,
        press: &'a str,
    }
}
