//! Facts, tables and figures.

use std::fmt::Display;

use super::component;

component! {
    /// A fact with its name, and a link that changes it.
    SummaryRow, summary_row from "shell/components/facts.html" "summary_row" {
        key: &'a dyn Display,
        value: &'a dyn Display,
        href: &'a str,
        action: &'a dyn Display,
    }
}

component! {
    /// A table up to its head.
    TableStart, table_start from "shell/components/facts.html" "table_start" {
        caption: &'a dyn Display,
        classes: &'a str,
        size: &'a str,
        keys: &'a bool,
    }
}

component! {
    /// The head of a column.
    HeadCell, th from "shell/components/facts.html" "th" {
        text: &'a dyn Display,
        numeric: &'a bool,
    }
}

component! {
    /// A cell of a table.
    Cell, td from "shell/components/facts.html" "td" {
        text: &'a dyn Display,
        numeric: &'a bool,
    }
}

component! {
    /// A figure that opens to its rows.
    Stat, stat from "shell/components/facts.html" "stat" {
        value: &'a dyn Display,
        unit: &'a dyn Display,
        label: &'a dyn Display,
        href: &'a dyn Display,
        note: &'a str,
    }
}

component! {
    /// A task with its state.
    TaskItem, task_item from "shell/components/facts.html" "task_item" {
        id: &'a dyn Display,
        title: &'a dyn Display,
        href: &'a str,
        status: &'a dyn Display,
        tone: &'a str,
        hint: &'a str,
    }
}

component! {
    /// What happened, who did it and when.
    TimelineItem, timeline_item from "shell/components/facts.html" "timeline_item" {
        title: &'a dyn Display,
        by: &'a str,
        at: &'a dyn Display,
        iso: &'a dyn Display,
        text: &'a str,
    }
}

component! {
    /// A step of a way, with its state.
    Step, step from "shell/components/facts.html" "step" {
        label: &'a dyn Display,
        state: &'a str,
        state_text: &'a dyn Display,
        at: &'a str,
    }
}

component! {
    /// An end, and how long it is until then.
    Countdown, countdown from "shell/components/facts.html" "countdown" {
        iso: &'a dyn Display,
        label: &'a dyn Display,
        text: &'a dyn Display,
    }
}

component! {
    /// The record at hand, up to its tags and actions.
    IdentityStart, identity_start from "shell/components/facts.html" "identity_start" {
        title: &'a dyn Display,
        number: &'a dyn Display,
    }
}
