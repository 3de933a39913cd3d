//! Charts: figures drawn by the server, each with a title, a sentence and the numbers themselves.
//!
//! Why: no script and no inline style, so they print, pass the strict content policy, and can be
//! read aloud. Bars are a table whose middle column is drawn, so the text keeps its size on a phone;
//! maps of areas and lines are one picture with a data table below it.
//! All geometry is whole numbers; every text is escaped here.

mod bars;
mod line;
mod map;
mod treemap;

pub use bars::{Stack, bars, stacked};
pub use line::{Step, line, sparkline, steps};
pub use map::map;
pub use treemap::{Group, treemap};

/// The words around a chart, already translated.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// Unique on the page; made of letters, digits and hyphens.
    pub id: &'a str,
    /// What the chart shows.
    pub title: &'a str,
    /// The sentence a reader should take away; may be empty.
    pub says: &'a str,
    /// The word for the data table below a picture.
    pub table: &'a str,
    /// The head of the column of names.
    pub name_head: &'a str,
    /// The head of the column of values, with its unit.
    pub value_head: &'a str,
}

/// One named value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The name.
    pub label: String,
    /// The size; below zero counts as zero.
    pub value: i64,
    /// The value as people read it, with its unit.
    pub shown: String,
    /// The rows behind the value; may be empty.
    pub href: String,
}

impl Mark {
    /// A named value without an address.
    pub fn new(label: impl Into<String>, value: i64, shown: impl Into<String>) -> Self {
        Self { label: label.into(), value, shown: shown.into(), href: String::new() }
    }

    /// The same value with the address of its rows.
    pub fn to(self, href: impl Into<String>) -> Self {
        Self { href: href.into(), ..self }
    }
}

/// Text that may stand in an element or a quoted attribute.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(letter),
        }
    }
    safe
}

/// The part `value` of `whole`, on a scale of `size`, rounded down; nothing when there is no whole.
fn share(value: i64, whole: i64, size: i64) -> i64 {
    if value <= 0 || whole <= 0 {
        return 0;
    }
    i64::try_from(i128::from(value) * i128::from(size) / i128::from(whole)).unwrap_or(size)
}

/// A name, as a link when there is somewhere to go.
fn name(mark: &Mark) -> String {
    linked(&mark.label, &mark.href)
}

fn linked(label: &str, href: &str) -> String {
    let label = escaped(label);
    if href.is_empty() {
        label
    } else {
        format!("<a class=\"govuk-link\" href=\"{}\">{label}</a>", escaped(href))
    }
}

/// The figure around a drawing.
fn figure(words: &Words<'_>, drawing: &str) -> String {
    let says = if words.says.is_empty() {
        String::new()
    } else {
        format!("<p class=\"govuk-body-s chart__says\">{}</p>", escaped(words.says))
    };
    format!(
        "<figure class=\"chart\"><figcaption class=\"chart__title\">{}</figcaption>{says}{drawing}</figure>",
        escaped(words.title)
    )
}

/// A picture with its title and sentence for those who do not see it.
fn picture(words: &Words<'_>, width: i64, height: i64, role: &str, inside: &str) -> String {
    let (id, title, says) = (escaped(words.id), escaped(words.title), escaped(words.says));
    format!(
        "<div class=\"chart__frame\" tabindex=\"0\" role=\"group\" aria-label=\"{title}\"><svg class=\"chart__svg\" viewBox=\"0 0 {width} {height}\" role=\"{role}\" \
         aria-labelledby=\"{id}-t {id}-d\"><title id=\"{id}-t\">{title}</title>\
         <desc id=\"{id}-d\">{says}</desc>{inside}</svg></div>"
    )
}

/// The numbers of a picture, folded below it.
fn numbers(words: &Words<'_>, rows: &str) -> String {
    format!(
        "<details class=\"govuk-details\"><summary class=\"govuk-details__summary\">\
         <span class=\"govuk-details__summary-text\">{}</span></summary><div class=\"app-scroll\" tabindex=\"0\" \
         role=\"region\" aria-label=\"{}\"><table class=\"govuk-table app-dense\">\
         <thead class=\"govuk-table__head\"><tr><th scope=\"col\" class=\"govuk-table__header\">{}</th>\
         <th scope=\"col\" class=\"govuk-table__header govuk-table__header--numeric\">{}</th></tr></thead>\
         <tbody class=\"govuk-table__body\">{rows}</tbody></table></div></details>",
        escaped(words.table),
        escaped(words.title),
        escaped(words.name_head),
        escaped(words.value_head)
    )
}

/// One row of the numbers.
fn number_row(mark: &Mark) -> String {
    format!(
        "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__cell\">{}</th>\
         <td class=\"govuk-table__cell govuk-table__cell--numeric\">{}</td></tr>",
        name(mark),
        escaped(&mark.shown)
    )
}

#[cfg(test)]
mod tests {
    use super::{Mark, Words, bars, escaped, share};

    pub(super) const WORDS: Words<'_> =
        Words { id: "c", title: "T", says: "S", table: "D", name_head: "N", value_head: "V" };

    fn check(value: i64, whole: i64, expected: i64) {
        assert_eq!(share(value, whole, 1000), expected, "{value} of {whole}");
    }

    #[test]
    fn a_share_never_leaves_its_scale() {
        check(1, 3, 333);
        check(3, 3, 1000);
        check(0, 3, 0);
        check(-5, 3, 0);
        check(5, 0, 0);
        check(i64::MAX, i64::MAX, 1000);
    }

    #[test]
    fn names_cannot_bring_markup_into_a_page() {
        assert_eq!(escaped("<b a=\"'&'\">"), "&lt;b a=&quot;&#39;&amp;&#39;&quot;&gt;");
        let drawn = bars(&WORDS, &[Mark::new("<script>", 1, "\"1\"")], None);
        assert!(drawn.contains("&lt;script&gt;") && !drawn.contains("<script>"));
        assert!(!drawn.contains("style="));
    }
}
