//! Ways through the site: breadcrumbs, menus of one thing, pages of a list, filters.

use std::fmt::Display;

use super::component;
use crate::shell::{NavLink, Shell};

component! {
    /// A station of the breadcrumbs; the last has no address.
    Crumb, crumb from "shell/components/ways.html" "crumb" {
        label: &'a dyn Display,
        href: &'a str,
    }
}

component! {
    /// The pages of one thing.
    SubNav, sub_nav from "shell/components/ways.html" "sub_nav" {
        label: &'a dyn Display,
        links: &'a [NavLink],
    }
}

component! {
    /// The pages of a list.
    Pagination, pagination from "shell/components/ways.html" "pagination" {
        label: &'a dyn Display,
        previous_text: &'a dyn Display,
        previous_href: &'a str,
        next_text: &'a dyn Display,
        next_href: &'a str,
        middle: &'a dyn Display,
    }
}

component! {
    /// A way in, with a line that says what is behind it.
    Door, door from "shell/components/ways.html" "door" {
        title: &'a dyn Display,
        text: &'a dyn Display,
        href: &'a dyn Display,
    }
}

component! {
    /// The attributes by which a form refreshes the results in place.
    InPlace, in_place from "shell/components/ways.html" "in_place" {
        shell: &'a Shell,
        path: &'a str,
        also: &'a str,
    }
}

component! {
    /// A form of filters up to its fields.
    FiltersStart, filters_start from "shell/components/ways.html" "filters_start" {
        shell: &'a Shell,
        path: &'a str,
        also: &'a str,
    }
}

component! {
    /// A form of filters after its fields.
    FiltersEnd, filters_end from "shell/components/ways.html" "filters_end" {
        shell: &'a Shell,
        path: &'a str,
        submit: &'a str,
    }
}

component! {
    /// The scripts of a page whose elements answer in place.
    Htmx, htmx from "shell/components/ways.html" "htmx" {
        shell: &'a Shell,
    }
}
