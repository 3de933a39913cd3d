//! Words that say how things are: states, banners, warnings, and what stands where nothing is.

use std::fmt::Display;

use super::component;

component! {
    /// A state in a word.
    Tag, tag from "shell/components/words.html" "tag" {
        text: &'a dyn Display,
        tone: &'a str,
    }
}

component! {
    /// A sentence above a page.
    Notice, notification_banner from "shell/components/words.html" "notification_banner" {
        title: &'a dyn Display,
        text: &'a dyn Display,
    }
}

component! {
    /// A sentence about what has been done.
    Success, success_banner from "shell/components/words.html" "success_banner" {
        title: &'a dyn Display,
        text: &'a dyn Display,
    }
}

component! {
    /// A large sentence at the end of a long way.
    Panel, panel from "shell/components/words.html" "panel" {
        title: &'a dyn Display,
        text: &'a dyn Display,
    }
}

component! {
    /// A sentence that must not be missed; `prefix` says so to those who do not see the sign.
    Warning, warning from "shell/components/words.html" "warning" {
        prefix: &'a dyn Display,
        text: &'a dyn Display,
    }
}

component! {
    /// What stands where a list would, when there is nothing.
    Empty, empty from "shell/components/words.html" "empty" {
        text: &'a dyn Display,
        hint: &'a str,
    }
}
