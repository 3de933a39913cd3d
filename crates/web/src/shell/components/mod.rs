//! The components of pages. `components.html` names each as a macro with its defaults, for pages to call; what a
//! macro does is one call of a function here. Why not in the macro: its body would be compiled again at each of
//! some four thousand calls, and pages would take most of the program's compile time and memory.

mod facts;
mod forms;
mod ways;
mod words;

pub use facts::*;
pub use forms::*;
pub use ways::*;
pub use words::*;

/// A component: a block of a template that is compiled once, and the function by which a macro shows it. A text is
/// escaped by the block, whatever its type.
macro_rules! component {
    (
        $(#[$said:meta])*
        $name:ident, $shown:ident from $path:literal $block:literal { $($field:ident: $kind:ty,)+ }
    ) => {
        $(#[$said])*
        #[derive(askama::Template)]
        #[template(path = $path, block = $block)]
        pub struct $name<'a> {
            $($field: $kind,)+
        }

        impl askama::filters::HtmlSafe for $name<'_> {}

        $(#[$said])*
        pub fn $shown<'a>($($field: $kind),+) -> $name<'a> {
            $name { $($field),+ }
        }
    };
}

use component;

#[cfg(test)]
mod tests {
    use askama::Template;

    use super::*;
    use crate::shell::{Choice, FieldFault, NavLink, RuleLink};

    const RAW: &str = "<b>&\"'";
    const ESCAPED: &str = "&#60;b&#62;&#38;&#34;&#39;";

    /// Every text of a component is shown `times` times, escaped.
    fn check(name: &str, piece: impl Template, times: usize) {
        let html = piece.render().expect(name);
        assert_eq!(html.matches(ESCAPED).count(), times, "{name}: {html}");
        assert!(!html.contains("<b>") && !html.contains("&\"") && !html.contains("\"'"), "{name}: {html}");
    }

    #[test]
    fn fields_escape_every_text() {
        let rule = RuleLink { label: RAW.to_owned(), href: RAW.to_owned() };
        let faults = [FieldFault::new(RAW, RAW).under(rule), FieldFault::new("", RAW)];
        let choices = [Choice::new(RAW, RAW, RAW).with_hint(RAW)];
        let shape = shape(RAW, RAW, RAW, RAW, RAW, RAW);
        check("error_summary", error_summary(&RAW, &faults), 6);
        check("field", field(&RAW, &RAW, &RAW, RAW, RAW, shape), 17);
        check("textarea", textarea(&RAW, &RAW, &RAW, RAW, RAW, &RAW), 12);
        check("charcount", charcount(&RAW, &RAW, most(&RAW, &RAW), &RAW, RAW, RAW, &RAW), 16);
        check("select", select(&RAW, &RAW, &choices, RAW, RAW), 12);
        check("radios", radios(&RAW, &RAW, &choices, RAW, RAW, RAW, RAW), 17);
        check("checkboxes", checkboxes(&RAW, &RAW, &choices, RAW, RAW, RAW, RAW), 17);
        check("tick", tick(&RAW, &RAW, RAW, &true, RAW), 10);
        check("file_upload", file_upload(&RAW, &RAW, RAW, RAW, RAW, &true), 11);
        check("button", button(&RAW, RAW, RAW, &RAW), 4);
        check("button_link", button_link(&RAW, &RAW, RAW, RAW), 5);
    }

    #[test]
    fn words_and_ways_escape_every_text() {
        let links = [NavLink { href: RAW.to_owned(), label: RAW.to_owned(), current: true }];
        check("tag", tag(&RAW, RAW), 2);
        check("notification_banner", notification_banner(&RAW, &RAW), 2);
        check("success_banner", success_banner(&RAW, &RAW), 2);
        check("panel", panel(&RAW, &RAW), 2);
        check("warning", warning(&RAW, &RAW), 2);
        check("empty", empty(&RAW, RAW), 2);
        check("crumb", crumb(&RAW, RAW), 2);
        check("crumb without an address", crumb(&RAW, ""), 1);
        check("sub_nav", sub_nav(&RAW, &links), 3);
        check("pagination", pagination(&RAW, &RAW, RAW, &RAW, RAW, &RAW), 6);
        check("door", door(&RAW, &RAW, &RAW), 3);
    }

    #[test]
    fn facts_escape_every_text() {
        check("summary_row", summary_row(&RAW, &RAW, RAW, &RAW), 5);
        check("table_start", table_start(&RAW, RAW, RAW, &true), 4);
        check("th", th(&RAW, &true), 1);
        check("td", td(&RAW, &false), 1);
        check("stat", stat(&RAW, &RAW, &RAW, &RAW, RAW), 5);
        check("task_item", task_item(&RAW, &RAW, RAW, &RAW, RAW, RAW), 7);
        check("timeline_item", timeline_item(&RAW, RAW, &RAW, &RAW, RAW), 5);
        check("step", step(&RAW, RAW, &RAW, RAW), 4);
        check("countdown", countdown(&RAW, &RAW, &RAW), 4);
        check("identity_start", identity_start(&RAW, &RAW), 2);
    }
}
