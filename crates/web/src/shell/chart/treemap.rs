//! A map of areas: each value is a rectangle as large as its share, grouped by who answers for it.
//!
//! Squarified: rectangles are laid in strips along the shorter side as long as that makes them more
//! square. Every edge is a cut of whole numbers, so rectangles tile their frame exactly.

use super::{Mark, Words, escaped, figure, number_row, numbers, picture};
use std::fmt::Write as _;

const WIDTH: i64 = 1120;
const HEIGHT: i64 = 620;
/// The line above the rectangles of a group, which carries its name.
const HEAD: i64 = 26;
const FILLS: usize = 14;

/// Values under one name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The name of the group.
    pub label: String,
    /// Its values.
    pub marks: Vec<Mark>,
}

/// A rectangle in whole units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Area {
    x: i64,
    y: i64,
    w: i64,
    h: i64,
}

/// The map of all groups, with the numbers below it.
pub fn treemap(words: &Words<'_>, groups: &[Group]) -> String {
    let totals: Vec<i64> =
        groups.iter().map(|group| group.marks.iter().map(|mark| mark.value.max(0)).sum()).collect();
    let frame = Area { x: 0, y: 0, w: WIDTH, h: HEIGHT };
    let mut inside = String::new();
    let mut rows = String::new();
    for (index, (group, area)) in groups.iter().zip(tiles(&totals, frame)).enumerate() {
        draw_group(&mut inside, group, area, index % FILLS);
        group.marks.iter().for_each(|mark| rows.push_str(&number_row(mark)));
    }
    let drawing = picture(words, WIDTH, HEIGHT, "group", &inside);
    figure(words, &format!("{drawing}{}", numbers(words, &rows)))
}

fn draw_group(inside: &mut String, group: &Group, area: Area, fill: usize) {
    let head = if area.h > HEAD * 3 && area.w > 60 { HEAD } else { 0 };
    let body = Area { y: area.y + head, h: area.h - head, ..area };
    let values: Vec<i64> = group.marks.iter().map(|mark| mark.value.max(0)).collect();
    for (mark, tile) in group.marks.iter().zip(tiles(&values, body)) {
        if tile.w == 0 || tile.h == 0 {
            continue;
        }
        let (label, shown) = (escaped(&mark.label), escaped(&mark.shown));
        let mut one = format!(
            "<rect class=\"k{fill} edge\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/><title>{label} {shown}</title>",
            tile.x, tile.y, tile.w, tile.h
        );
        write_label(&mut one, &mark.label, &mark.shown, tile);
        if mark.href.is_empty() {
            let _ = write!(inside, "<g>{one}</g>");
        } else {
            let _ = write!(inside, "<a href=\"{}\">{one}</a>", escaped(&mark.href));
        }
    }
    if head > 0 {
        let _ = write!(
            inside,
            "<text x=\"{}\" y=\"{}\" font-size=\"16\" font-weight=\"700\">{}</text>",
            area.x + 4,
            area.y + 19,
            escaped(&cut(&group.label, area.w - 8, 16))
        );
    }
    let _ = write!(
        inside,
        "<rect class=\"group\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
        area.x, area.y, area.w, area.h
    );
}

/// Name and value inside a rectangle, as far as there is room.
fn write_label(one: &mut String, label: &str, shown: &str, tile: Area) {
    if tile.w < 50 || tile.h < 28 {
        return;
    }
    let mut line = |text: &str, down: i64, size: i64| {
        let _ = write!(
            one,
            "<text class=\"on\" x=\"{}\" y=\"{}\" font-size=\"{size}\">{}</text>",
            tile.x + 7,
            tile.y + down,
            escaped(text)
        );
    };
    line(&cut(label, tile.w - 12, 15), 20, 15);
    if tile.h >= 48 {
        line(&cut(shown, tile.w - 12, 14), 40, 14);
    }
}

/// As much of a text as fits a width: a Chinese character is as wide as the type, others half.
fn cut(text: &str, width: i64, size: i64) -> String {
    let wide = |letter: char| {
        if letter.is_ascii() { size * 6 / 10 } else { size }
    };
    if text.chars().map(wide).sum::<i64>() <= width {
        return text.to_owned();
    }
    let mut used = size;
    let mut kept = String::new();
    for letter in text.chars() {
        used += wide(letter);
        if used > width {
            break;
        }
        kept.push(letter);
    }
    kept + "…"
}

/// A rectangle for each value, in the order of the values; together they cover the frame.
fn tiles(values: &[i64], frame: Area) -> Vec<Area> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    let value = |index: usize| values.get(index).copied().unwrap_or(0).max(0);
    order.sort_by_key(|index| std::cmp::Reverse(value(*index)));
    let mut areas = vec![Area::default(); values.len()];
    let mut rest = frame;
    let mut left: i64 = order.iter().map(|index| value(*index)).sum();
    let mut todo = order.as_slice();
    while left > 0 && !todo.is_empty() {
        let sizes: Vec<i64> = todo.iter().map(|index| value(*index)).collect();
        let count = strip_length(&sizes, left, rest);
        let (strip, later) = todo.split_at(count);
        let sum: i64 = strip.iter().map(|index| value(*index)).sum();
        let upright = rest.w >= rest.h;
        let deep = super::share(sum, left, if upright { rest.w } else { rest.h });
        let along = if upright { rest.h } else { rest.w };
        let mut before = 0;
        for index in strip {
            let from = super::share(before, sum, along);
            before += value(*index);
            let to = super::share(before, sum, along);
            if let Some(area) = areas.get_mut(*index) {
                *area = if upright {
                    Area { x: rest.x, y: rest.y + from, w: deep, h: to - from }
                } else {
                    Area { x: rest.x + from, y: rest.y, w: to - from, h: deep }
                };
            }
        }
        rest = if upright {
            Area { x: rest.x + deep, w: rest.w - deep, ..rest }
        } else {
            Area { y: rest.y + deep, h: rest.h - deep, ..rest }
        };
        left -= sum;
        todo = later;
    }
    areas
}

/// How many of the next values make the most square strip; at least one.
fn strip_length(sizes: &[i64], left: i64, rest: Area) -> usize {
    let side = i128::from(rest.w.min(rest.h)).max(1);
    let area = (i128::from(rest.w) * i128::from(rest.h)).max(1);
    let largest = sizes.first().copied().map_or(1, i128::from).max(1);
    let (mut best, mut length, mut sum) = (i128::MAX, 1, 0_i128);
    for (index, size) in sizes.iter().enumerate() {
        let smallest = i128::from(*size);
        if smallest == 0 {
            // Nothing is drawn for it; it goes along with the last strip.
            return sizes.len();
        }
        sum += smallest;
        // The longer side over the shorter, in thousandths, of the most stretched rectangle.
        let square = side * side * i128::from(left) / area.max(1);
        let worst =
            (1000 * square * largest / (sum * sum)).max(1000 * sum * sum / (square * smallest).max(1));
        if worst > best {
            break;
        }
        best = worst;
        length = index + 1;
    }
    length
}

#[cfg(test)]
mod tests {
    use super::super::tests::WORDS;
    use super::{Area, Group, Mark, cut, tiles, treemap};

    const FRAME: Area = Area { x: 0, y: 0, w: 1120, h: 620 };

    fn overlap(one: &Area, other: &Area) -> bool {
        one.x < other.x + other.w
            && other.x < one.x + one.w
            && one.y < other.y + other.h
            && other.y < one.y + one.h
    }

    fn check(values: &[i64]) {
        let areas = tiles(values, FRAME);
        let drawn: Vec<&Area> = areas.iter().filter(|area| area.w > 0 && area.h > 0).collect();
        let covered: i64 = drawn.iter().map(|area| area.w * area.h).sum();
        assert_eq!(covered, FRAME.w * FRAME.h, "{values:?} covers the frame");
        for (index, one) in drawn.iter().enumerate() {
            assert!(drawn.iter().skip(index + 1).all(|other| !overlap(one, other)), "{values:?}");
            assert!(one.x + one.w <= FRAME.w && one.y + one.h <= FRAME.h, "{values:?}");
        }
    }

    #[test]
    fn areas_cover_the_frame_without_overlap() {
        check(&[1]);
        check(&[6, 6, 4, 3, 2, 2, 1]);
        check(&[1, 2, 3, 4, 5, 100]);
        check(&[480_000, 150_000, 150_000, 0, 35_000]);
        check(&(1..=52).map(|index| index * 7919 % 401 + 20).collect::<Vec<i64>>());
    }

    #[test]
    fn an_area_is_as_large_as_its_share() {
        let areas = tiles(&[3, 1], FRAME);
        assert_eq!((areas[0].w * areas[0].h, areas[1].w * areas[1].h), (520_800, 173_600));
    }

    #[test]
    fn equal_values_become_nearly_square() {
        for area in tiles(&[5; 12], Area { x: 0, y: 0, w: 400, h: 300 }) {
            assert!(area.w < area.h * 2 && area.h < area.w * 2, "{area:?}");
        }
    }

    #[test]
    fn nothing_to_show_draws_no_rectangle() {
        assert!(tiles(&[0, 0], FRAME).iter().all(|area| area.w == 0));
        let drawn = treemap(&WORDS, &[Group::default()]);
        assert!(drawn.contains("</figure>") && !drawn.contains("edge"));
    }

    #[test]
    fn long_names_are_cut_to_their_width() {
        assert_eq!(cut("养老服务", 64, 16), "养老服务");
        assert_eq!(cut("养老服务中心", 64, 16), "养老服…");
        assert_eq!(cut("abcdefgh", 40, 16), "ab…");
    }

    #[test]
    fn a_tile_opens_its_rows() {
        let group = Group { label: "处".to_owned(), marks: vec![Mark::new("a", 1, "1").to("/x?a=1&b=2")] };
        assert!(treemap(&WORDS, &[group]).contains("<a href=\"/x?a=1&amp;b=2\">"));
    }
}
