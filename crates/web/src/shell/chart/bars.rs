//! Bars: a table whose middle column is drawn, so that names and values stay text of full size.

use super::{Mark, Words, escaped, figure, name, share};
use std::fmt::Write as _;

/// The drawn length of the longest bar.
const LENGTH: i64 = 1000;
/// How many fills the style sheet has.
const FILLS: usize = 14;

/// One row of a stacked bar: a name and its parts, in the order of the keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stack {
    /// The name of the row.
    pub label: String,
    /// The sizes of the parts.
    pub parts: Vec<i64>,
    /// The row's value as people read it.
    pub shown: String,
    /// The rows behind it; may be empty.
    pub href: String,
}

/// Horizontal bars; `target` draws the line that each bar is measured against.
pub fn bars(words: &Words<'_>, marks: &[Mark], target: Option<i64>) -> String {
    let most = marks.iter().map(|mark| mark.value).chain(target).max().unwrap_or(0);
    let mut rows = String::new();
    for mark in marks {
        let mut inside = rect(0, share(mark.value, most, LENGTH), 0);
        if let Some(target) = target {
            let at = share(target, most, LENGTH).min(LENGTH - 3);
            let _ = write!(inside, "<rect class=\"chart-target\" x=\"{at}\" width=\"3\" height=\"10\"/>");
        }
        rows.push_str(&row(&name(mark), &inside, &mark.shown));
    }
    figure(words, &table(words, &rows))
}

/// Bars made of parts, all rows to one scale, with a key above.
pub fn stacked(words: &Words<'_>, keys: &[String], stacks: &[Stack]) -> String {
    let whole = |stack: &Stack| stack.parts.iter().map(|part| (*part).max(0)).sum::<i64>();
    let most = stacks.iter().map(whole).max().unwrap_or(0);
    let mut rows = String::new();
    for stack in stacks {
        let (mut inside, mut before) = (String::new(), 0);
        for (index, part) in stack.parts.iter().enumerate() {
            let from = share(before, most, LENGTH);
            before += (*part).max(0);
            inside.push_str(&rect(from, share(before, most, LENGTH) - from, index));
        }
        let label = super::linked(&stack.label, &stack.href);
        rows.push_str(&row(&label, &inside, &stack.shown));
    }
    figure(words, &format!("{}{}", legend(keys), table(words, &rows)))
}

fn legend(keys: &[String]) -> String {
    let mut list = String::from("<ul class=\"chart__key\">");
    for (index, key) in keys.iter().enumerate() {
        let _ = write!(
            list,
            "<li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"k{}\" width=\"10\" height=\"10\"/></svg>{}</li>",
            index % FILLS,
            escaped(key)
        );
    }
    list + "</ul>"
}

fn rect(x: i64, width: i64, fill: usize) -> String {
    format!("<rect class=\"k{}\" x=\"{x}\" width=\"{width}\" height=\"10\"/>", fill % FILLS)
}

fn row(name: &str, inside: &str, shown: &str) -> String {
    format!(
        "<tr><th scope=\"row\" class=\"chart-bars__name\">{name}</th><td class=\"chart-bars__draw\" aria-hidden=\"true\">\
         <svg class=\"chart-bars__svg\" viewBox=\"0 0 {LENGTH} 10\" preserveAspectRatio=\"none\">{inside}</svg></td>\
         <td class=\"chart-bars__value\">{}</td></tr>",
        escaped(shown)
    )
}

fn table(words: &Words<'_>, rows: &str) -> String {
    format!(
        "<table class=\"chart-bars\"><thead class=\"govuk-visually-hidden\"><tr><th scope=\"col\">{}</th>\
         <td></td><th scope=\"col\">{}</th></tr></thead><tbody>{rows}</tbody></table>",
        escaped(words.name_head),
        escaped(words.value_head)
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::WORDS;
    use super::{LENGTH, Mark, Stack, bars, stacked};

    /// The `x` and `width` of each drawn rectangle of a fill.
    fn drawn(html: &str) -> Vec<(i64, i64)> {
        let number = |text: &str, key: &str| {
            let rest = text.split_once(&format!("{key}=\"")).map_or("", |(_, rest)| rest);
            rest.split('"').next().unwrap_or("").parse::<i64>().unwrap_or(-1)
        };
        html.split("<rect class=\"k").skip(1).map(|one| (number(one, " x"), number(one, "width"))).collect()
    }

    #[test]
    fn the_longest_bar_fills_the_scale_and_the_others_keep_their_proportion() {
        let html =
            bars(&WORDS, &[Mark::new("a", 50, ""), Mark::new("b", 25, ""), Mark::new("c", 0, "")], None);
        assert_eq!(drawn(&html), [(0, LENGTH), (0, 500), (0, 0)]);
    }

    #[test]
    fn a_target_above_all_bars_sets_the_scale() {
        let html = bars(&WORDS, &[Mark::new("a", 50, "")], Some(100));
        assert_eq!(drawn(&html), [(0, 500)]);
        assert!(html.contains("chart-target"));
    }

    #[test]
    fn parts_of_a_stack_meet_without_gap_or_overlap() {
        let stack = Stack { parts: vec![1, 1, 1], ..Stack::default() };
        let longer = Stack { parts: vec![3, -2, 4], ..Stack::default() };
        let html = stacked(&WORDS, &[], &[stack, longer]);
        let parts = drawn(&html);
        assert_eq!(parts, [(0, 142), (142, 143), (285, 143), (0, 428), (428, 0), (428, 572)]);
    }
}
