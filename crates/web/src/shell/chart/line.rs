//! Lines over time: a full chart, a small one beside a figure, and a row of dated steps.

use super::{Mark, Words, escaped, figure, number_row, numbers, picture, share};
use std::fmt::Write as _;

const WIDTH: i64 = 760;
const HEIGHT: i64 = 280;
/// Room around the plot: left and right for numbers, below for names.
const SIDE: i64 = 30;
const TOP: i64 = 34;
const FOOT: i64 = 36;
const SMALL: (i64, i64) = (120, 32);

/// A line through values in order, from zero, with the numbers below it.
pub fn line(words: &Words<'_>, marks: &[Mark]) -> String {
    let plot = (WIDTH - 2 * SIDE, HEIGHT - TOP - FOOT);
    let points = points(marks, plot.0, plot.1);
    let base = TOP + plot.1;
    let mut inside = String::new();
    for quarter in 0..=4 {
        let y = TOP + plot.1 * quarter / 4;
        let class = if quarter == 4 { "axis" } else { "grid" };
        let _ = write!(
            inside,
            "<line class=\"{class}\" x1=\"{SIDE}\" x2=\"{}\" y1=\"{y}\" y2=\"{y}\"/>",
            WIDTH - SIDE
        );
    }
    let mut path = String::new();
    for (x, y) in &points {
        let _ = write!(path, "{},{} ", SIDE + x, TOP + y);
    }
    if let (Some(first), Some(last)) = (points.first(), points.last()) {
        let (from, to) = (SIDE + first.0, SIDE + last.0);
        let _ = write!(inside, "<polygon class=\"area\" points=\"{from},{base} {path}{to},{base}\"/>");
    }
    let _ = write!(inside, "<polyline class=\"line\" points=\"{}\"/>", path.trim_end());
    let every = marks.len().div_ceil(8).max(1);
    for (index, (mark, (x, y))) in marks.iter().zip(&points).enumerate() {
        let (x, y) = (SIDE + x, TOP + y);
        let _ = write!(inside, "<circle class=\"dot\" cx=\"{x}\" cy=\"{y}\" r=\"4\"/>");
        // Counted from the end, so that the last has its words and none stands in another's way.
        if (marks.len() - index - 1).is_multiple_of(every) {
            let _ = write!(
                inside,
                "<text x=\"{x}\" y=\"{}\" font-size=\"14\" text-anchor=\"middle\">{}</text>\
                 <text class=\"soft\" x=\"{x}\" y=\"{}\" font-size=\"14\" text-anchor=\"middle\">{}</text>",
                y - 11,
                escaped(&mark.shown),
                HEIGHT - 10,
                escaped(&mark.label)
            );
        }
    }
    let rows: String = marks.iter().map(number_row).collect();
    let drawing = picture(words, WIDTH, HEIGHT, "img", &inside);
    figure(words, &format!("{drawing}{}", numbers(words, &rows)))
}

/// A small line without words beside a figure; `says` is what it shows, for those who do not see it.
pub fn sparkline(says: &str, values: &[i64]) -> String {
    let marks: Vec<Mark> = values.iter().map(|value| Mark::new("", *value, "")).collect();
    let mut path = String::new();
    for (x, y) in points(&marks, SMALL.0 - 8, SMALL.1 - 8) {
        let _ = write!(path, "{},{} ", x + 4, y + 4);
    }
    format!(
        "<svg class=\"chart-spark\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">\
         <polyline class=\"line\" points=\"{}\"/></svg>",
        SMALL.0,
        SMALL.1,
        escaped(says),
        path.trim_end()
    )
}

/// One dated step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// What happens.
    pub label: String,
    /// Its moment, for the place on the line; any unit.
    pub at: i64,
    /// Its moment as people read it.
    pub shown: String,
    /// Whether it has happened.
    pub done: bool,
}

/// Steps on a line of time, at their true distance but never closer than their words need.
pub fn steps(words: &Words<'_>, steps: &[Step]) -> String {
    let places = places(&steps.iter().map(|step| step.at).collect::<Vec<i64>>());
    let mut inside =
        format!("<line class=\"axis\" x1=\"{SIDE}\" x2=\"{}\" y1=\"34\" y2=\"34\"/>", WIDTH - SIDE);
    let mut rows = String::new();
    for (step, x) in steps.iter().zip(places) {
        let fill = if step.done { "dot" } else { "dot-open" };
        let _ = write!(
            inside,
            "<circle class=\"{fill}\" cx=\"{x}\" cy=\"34\" r=\"7\"/>\
             <text x=\"{x}\" y=\"16\" font-size=\"14\" text-anchor=\"middle\">{}</text>\
             <text class=\"soft\" x=\"{x}\" y=\"62\" font-size=\"13\" text-anchor=\"middle\">{}</text>",
            escaped(&step.label),
            escaped(&step.shown)
        );
        rows.push_str(&number_row(&Mark::new(&step.label, 0, &step.shown)));
    }
    let drawing = picture(words, WIDTH, 74, "img", &inside);
    figure(words, &format!("{drawing}{}", numbers(words, &rows)))
}

/// The places of steps: by time, pushed apart to a fair part of the room each.
fn places(moments: &[i64]) -> Vec<i64> {
    let (first, last) =
        (moments.iter().min().copied().unwrap_or(0), moments.iter().max().copied().unwrap_or(0));
    let room = WIDTH - 4 * SIDE;
    let count = i64::try_from(moments.len()).unwrap_or(1).max(2);
    let least = room / (count - 1) * 8 / 10;
    let mut at_least = 2 * SIDE;
    let mut places = Vec::with_capacity(moments.len());
    for (index, moment) in moments.iter().enumerate() {
        let after = i64::try_from(moments.len() - 1 - index).unwrap_or(0);
        let wanted = 2 * SIDE + share(moment - first, last - first, room);
        let at_most = WIDTH - 2 * SIDE - after * least;
        let place = wanted.min(at_most).max(at_least);
        at_least = place + least;
        places.push(place);
    }
    places
}

/// The points of a line in a plot, from the left, with zero at the foot.
fn points(marks: &[Mark], width: i64, height: i64) -> Vec<(i64, i64)> {
    let most = marks.iter().map(|mark| mark.value).max().unwrap_or(0);
    let gaps = i64::try_from(marks.len()).unwrap_or(1).saturating_sub(1).max(1);
    let x = |index: usize| share(i64::try_from(index).unwrap_or(0), gaps, width);
    marks
        .iter()
        .enumerate()
        .map(|(index, mark)| (x(index), height - share(mark.value, most, height)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::WORDS;
    use super::{Mark, Step, WIDTH, line, places, points, sparkline, steps};

    fn marks(values: &[i64]) -> Vec<Mark> {
        values.iter().map(|value| Mark::new("m", *value, "v")).collect()
    }

    fn check(values: &[i64], expected: &[(i64, i64)]) {
        assert_eq!(points(&marks(values), 100, 50), expected);
    }

    #[test]
    fn points_run_from_left_to_right_and_stand_on_zero() {
        check(&[0, 5, 10], &[(0, 50), (50, 25), (100, 0)]);
        check(&[7], &[(0, 0)]);
        check(&[0, 0], &[(0, 50), (100, 50)]);
        check(&[], &[]);
    }

    #[test]
    fn steps_keep_their_order_and_room_for_their_words() {
        for moments in [vec![0, 1, 2, 3, 1000], vec![0, 0, 0], vec![0, 999, 1000], vec![5]] {
            let found = places(&moments);
            assert!(found.windows(2).all(|pair| pair[1] - pair[0] >= 90), "{moments:?} {found:?}");
            assert!(found.iter().all(|place| (60..=WIDTH - 60).contains(place)), "{moments:?} {found:?}");
        }
    }

    #[test]
    fn the_last_point_has_its_words_and_none_stands_in_its_way() {
        for (count, expected) in [(1, 1), (8, 8), (9, 5), (25, 7), (26, 7)] {
            let held: Vec<Mark> = (0..count).map(|at| Mark::new(format!("at-{at}."), at, "v")).collect();
            let drawn = line(&WORDS, &held);
            let worded: Vec<i64> = (0..count)
                .filter(|at| drawn.contains(&format!("text-anchor=\"middle\">at-{at}.<")))
                .collect();
            assert_eq!(worded.len(), expected, "{count}: {worded:?}");
            assert_eq!(worded.last(), Some(&(count - 1)));
        }
    }

    #[test]
    fn drawings_carry_their_words_and_no_style() {
        let step = Step { label: "开标".to_owned(), at: 1, shown: "2014-02-21".to_owned(), done: true };
        for drawn in [line(&WORDS, &marks(&[1, 2])), steps(&WORDS, &[step]), sparkline("S", &[1, 2])] {
            assert!(drawn.contains("role=\"img\"") && drawn.contains('S') && !drawn.contains("style"));
        }
    }
}
