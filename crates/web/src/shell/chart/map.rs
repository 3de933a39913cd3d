//! The map of the city's districts: one picture in whole numbers, shaded by value, with its numbers below.
//!
//! The outlines are a simplified sketch (示意图), not a survey. Longitudes shrink by the cosine of the
//! city's latitude, so that the shape looks as on other maps.

use std::fmt::Write as _;
use std::sync::LazyLock;

use serde_json::Value;

use super::{Mark, Words, escaped, figure, number_row, numbers, picture, share};

const OUTLINES: &str = include_str!("districts.geojson");
const WIDTH: i64 = 520;
/// How many shades the style sheet has.
const SHADES: i64 = 5;
/// Narrower districts have no room for their name.
const LABEL_ROOM: i64 = 80;
/// Cosine of 32 degrees north, in thousandths.
const NARROWING: i64 = 848;

/// A district's outline in millionths of a degree, x to the east and y to the south.
struct Outline {
    code: String,
    rings: Vec<Vec<(i64, i64)>>,
}

static DISTRICTS: LazyLock<Vec<Outline>> = LazyLock::new(|| {
    let read: Value = serde_json::from_str(OUTLINES).unwrap_or_default();
    let features = read["features"].as_array().map(Vec::as_slice).unwrap_or_default();
    features.iter().filter_map(outline).collect()
});

fn outline(feature: &Value) -> Option<Outline> {
    let code = feature["properties"]["adcode"].as_str()?.to_owned();
    let polygons = feature["geometry"]["coordinates"].as_array()?;
    let rings = polygons.iter().filter_map(Value::as_array).flatten().filter_map(Value::as_array);
    Some(Outline { code, rings: rings.map(|ring| ring.iter().filter_map(point).collect()).collect() })
}

fn point(pair: &Value) -> Option<(i64, i64)> {
    let degree = |at: usize| millionths(&pair.get(at)?.to_string());
    Some((degree(0)? * NARROWING / 1000, -degree(1)?))
}

/// A plain decimal such as `118.89193` in millionths.
fn millionths(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part: String = part.chars().chain(std::iter::repeat('0')).take(6).collect();
    Some(whole.parse::<i64>().ok()? * 1_000_000 + part.parse::<i64>().ok()?)
}

/// The districts shaded by value; `marks` are named by district code and carry the name, value and rows.
pub fn map(words: &Words<'_>, marks: &[(String, Mark)]) -> String {
    let all = || DISTRICTS.iter().flat_map(|one| &one.rings).flatten();
    let (Some(west), Some(north)) = (all().map(|p| p.0).min(), all().map(|p| p.1).min()) else {
        return String::new();
    };
    let east = all().map(|p| p.0).max().unwrap_or(west);
    let south = all().map(|p| p.1).max().unwrap_or(north);
    let across = (east - west).max(1);
    let height = (south - north) * WIDTH / across;
    let most = marks.iter().map(|(_, mark)| mark.value).max().unwrap_or(0);
    let (mut inside, mut labels) = (String::new(), String::new());
    for one in DISTRICTS.iter() {
        let Some((_, mark)) = marks.iter().find(|(code, _)| *code == one.code) else { continue };
        let place = |(x, y): (i64, i64)| ((x - west) * WIDTH / across, (y - north) * WIDTH / across);
        inside.push_str(&area(one, mark, most, place));
        labels.push_str(&label(one, mark, place));
    }
    let rows: String = marks.iter().map(|(_, mark)| number_row(mark)).collect();
    inside.push_str(&labels);
    let drawing = picture(words, WIDTH, height, "group", &inside);
    figure(words, &format!("<div class=\"chart-map\">{drawing}</div>{}", numbers(words, &rows)))
}

fn area(one: &Outline, mark: &Mark, most: i64, place: impl Fn((i64, i64)) -> (i64, i64)) -> String {
    let mut path = String::new();
    for ring in &one.rings {
        for (index, at) in ring.iter().enumerate() {
            let (x, y) = place(*at);
            let _ = write!(path, "{}{x} {y}", if index == 0 { 'M' } else { 'L' });
        }
        path.push('Z');
    }
    let shade = share(mark.value, most, SHADES).clamp(1, SHADES);
    let label = format!("{} {}", mark.label, mark.shown);
    let shape =
        format!("<path class=\"edge map-{shade}\" d=\"{path}\"><title>{}</title></path>", escaped(&label));
    if mark.href.is_empty() {
        return shape;
    }
    format!("<a href=\"{}\" aria-label=\"{}\">{shape}</a>", escaped(&mark.href), escaped(&label))
}

/// The district's name in the middle of its box, when it fits there; the others are named on touch and below.
fn label(one: &Outline, mark: &Mark, place: impl Fn((i64, i64)) -> (i64, i64)) -> String {
    let points: Vec<(i64, i64)> = one.rings.iter().flatten().map(|at| place(*at)).collect();
    let span = |values: Vec<i64>| values.iter().min().copied().zip(values.iter().max().copied());
    let across = span(points.iter().map(|at| at.0).collect());
    let down = span(points.iter().map(|at| at.1).collect());
    let (Some((left, right)), Some((top, bottom))) = (across, down) else { return String::new() };
    if right - left < LABEL_ROOM {
        return String::new();
    }
    let (x, y) = ((left + right) / 2, (top + bottom) / 2);
    format!(
        "<text class=\"map-label\" x=\"{x}\" y=\"{y}\" font-size=\"15\" text-anchor=\"middle\">{}</text>",
        escaped(&mark.label)
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::WORDS;
    use super::*;

    #[test]
    fn every_district_of_the_city_is_drawn_and_linked() {
        let districts = app::divisions::districts();
        let marks: Vec<(String, Mark)> = districts
            .iter()
            .map(|(code, name)| {
                ((*code).to_owned(), Mark::new(*name, 3, "3").to(format!("/orgs?district={code}")))
            })
            .collect();
        let drawn = map(&WORDS, &marks);
        assert_eq!(drawn.matches("<path").count(), 11);
        for (code, name) in districts {
            assert!(drawn.contains(&format!("/orgs?district={code}")), "{name}");
        }
        assert!(!drawn.contains("style="));
    }

    #[test]
    fn degrees_are_read_exactly() {
        for (text, expected) in [("118.89193", 118_891_930), ("32", 32_000_000), ("31.0000019", 31_000_001)] {
            assert_eq!(millionths(text), Some(expected), "{text}");
        }
        assert_eq!(millionths("x"), None);
    }
}
