//! The scale of ratings, and the bands in which points fall (B33, B34).
//!
//! A rating is not the facility grade of a home-care centre, which is written AAA, AA or A: the two types
//! cannot be compared, and a text of one is never read as the other (T2).

use crate::coded;
use crate::kernel::{Coded, Refusal, RuleKey, Rules};

coded! {
    /// What an organisation was rated, lowest first. Expired or never rated is no grade at all, not 1A (B33).
    ///
    /// It never meets a facility grade (T2):
    ///
    /// ```compile_fail
    /// use domain::registry::rating::{FacilityGrade, Grade};
    /// let same = Grade::ThreeA == FacilityGrade::Triple;
    /// ```
    pub enum Grade as "rating_grade" {
        /// 1A.
        OneA = "1a",
        /// 2A.
        TwoA = "2a",
        /// 3A.
        ThreeA = "3a",
        /// 4A.
        FourA = "4a",
        /// 5A.
        FiveA = "5a",
    }
}

coded! {
    /// What the city calls a home-care centre as a building (S22): another scale, for another thing (T2).
    pub enum FacilityGrade as "facility_grade" {
        /// A.
        Single = "a",
        /// AA.
        Double = "aa",
        /// AAA.
        Triple = "aaa",
    }
}

impl Grade {
    /// Its number of As.
    pub fn stars(self) -> i64 {
        match self {
            Self::OneA => 1,
            Self::TwoA => 2,
            Self::ThreeA => 3,
            Self::FourA => 4,
            Self::FiveA => 5,
        }
    }

    /// Reads `4A`; a text of the facility scale is told apart and refused (T2), anything else too (B33).
    ///
    /// # Errors
    /// `rating.facility-grade` for A, AA, AAA; `rating.grade-unknown` for what is no grade.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let plain = text.trim().to_ascii_lowercase();
        if let Some(facility) = FacilityGrade::from_code(&plain) {
            return Err(Refusal::new("rating.facility-grade", "T2").with_code("grade", facility));
        }
        Self::from_code(&plain).ok_or_else(|| Refusal::new("rating.grade-unknown", "B33"))
    }

    /// Whether it comes with a plaque (B31).
    pub fn has_plaque(self, rules: Rules<'_>) -> bool {
        self.stars() >= rules.number(RuleKey::RatingPlaqueGrade)
    }

    /// Whether it is reported upward before it is confirmed (B31).
    pub fn goes_upward(self, rules: Rules<'_>) -> bool {
        self.stars() >= rules.number(RuleKey::RatingReportGrade)
    }
}

/// So many hundredths of a point make one.
pub const HUNDREDTHS: i64 = 100;

/// The exact mean of the experts' sheets: a sum of hundredths over so many sheets, never rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mean {
    /// All sheets together, in hundredths of a point.
    pub sum: i64,
    /// How many sheets.
    pub count: i64,
}

impl Mean {
    /// Whether it reaches so many whole points.
    pub fn reaches(self, points: i64) -> bool {
        let line = i128::from(points) * i128::from(HUNDREDTHS) * i128::from(self.count);
        i128::from(self.sum) >= line
    }

    /// In hundredths, rounded down, so that nobody reads a line that was not reached.
    pub fn hundredths(self) -> i64 {
        self.sum.checked_div_euclid(self.count).unwrap_or(0)
    }

    /// The grade whose band it falls in; `None` below all of them.
    pub fn grade(self, bands: &[Band]) -> Option<Grade> {
        bands.iter().find(|band| self.reaches(band.from)).map(|band| band.grade)
    }
}

/// The points of a grade: from `from` on, and less than `below`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// The grade.
    pub grade: Grade,
    /// The first point that belongs to it.
    pub from: i64,
    /// The first point above it that does not; `None` for the highest, which ends with the scale.
    pub below: Option<i64>,
}

const LINES: [(Grade, RuleKey); 5] = [
    (Grade::FiveA, RuleKey::RatingPoints5a),
    (Grade::FourA, RuleKey::RatingPoints4a),
    (Grade::ThreeA, RuleKey::RatingPoints3a),
    (Grade::TwoA, RuleKey::RatingPoints2a),
    (Grade::OneA, RuleKey::RatingPoints1a),
];

/// The bands of the day's rules, highest first: half open, so that none overlaps another (B34).
///
/// # Errors
/// `rating.bands-overlap` when the lines of the rule book do not descend or leave the scale.
pub fn bands(rules: Rules<'_>) -> Result<Vec<Band>, Refusal> {
    let lines = LINES.map(|(grade, key)| (grade, rules.number(key)));
    from_lines(&lines, rules.number(RuleKey::RatingPointsMax))
}

fn from_lines(lines: &[(Grade, i64)], most: i64) -> Result<Vec<Band>, Refusal> {
    let mut bands: Vec<Band> = Vec::new();
    for (grade, from) in lines.iter().copied() {
        let below = bands.last().map(|higher| higher.from);
        if from <= 0 || from > most || below.is_some_and(|below| from >= below) {
            return Err(Refusal::new("rating.bands-overlap", "B34").with_code("grade", grade));
        }
        bands.push(Band { grade, from, below });
    }
    Ok(bands)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::rules;
    use proptest::prelude::*;

    fn grade_of(hundredths: i64) -> Option<Grade> {
        Mean { sum: hundredths, count: 1 }.grade(&bands(rules()).unwrap())
    }

    #[test]
    fn points_fall_in_the_bands_of_the_rule_book() {
        for (hundredths, expected) in [
            (100_000, Some(Grade::FiveA)),
            (95_000, Some(Grade::FiveA)),
            (94_999, Some(Grade::FourA)),
            (94_900, Some(Grade::FourA)),
            (90_200, Some(Grade::FourA)),
            (90_100, Some(Grade::FourA)),
            (90_099, Some(Grade::ThreeA)),
            (90_000, Some(Grade::ThreeA)),
            (85_100, Some(Grade::ThreeA)),
            (85_000, Some(Grade::TwoA)),
            (80_100, Some(Grade::TwoA)),
            (80_000, Some(Grade::OneA)),
            (75_100, Some(Grade::OneA)),
            (75_000, None),
            (0, None),
        ] {
            assert_eq!(grade_of(hundredths), expected, "{hundredths}");
        }
    }

    #[test]
    fn a_mean_is_never_rounded_into_a_higher_band() {
        let (bands, three) = (bands(rules()).unwrap(), |sum| Mean { sum, count: 3 });
        assert_eq!(three(284_999).grade(&bands), Some(Grade::FourA), "949.9966…");
        assert_eq!(three(284_999).hundredths(), 94_999);
        assert_eq!(three(285_000).grade(&bands), Some(Grade::FiveA));
        assert_eq!(three(270_600).grade(&bands), Some(Grade::FourA), "902 (G5)");
        assert_eq!(Mean { sum: 5, count: 0 }.hundredths(), 0);
    }

    #[test]
    fn a_facility_grade_is_never_read_as_a_rating() {
        let read = |text| Grade::read(text).map_err(|no| (no.code, no.rule));
        assert_eq!(read(" 3A "), Ok(Grade::ThreeA));
        assert_eq!(read("5a"), Ok(Grade::FiveA));
        for text in ["AAA", "aa", "A"] {
            assert_eq!(read(text), Err(("rating.facility-grade", "T2")), "{text}");
        }
        for text in ["", "6A", "AAAAA", "三A"] {
            assert_eq!(read(text), Err(("rating.grade-unknown", "B33")), "{text}");
        }
    }

    #[test]
    fn plaques_and_reports_begin_at_their_own_grades() {
        let found = |grade: Grade| (grade.has_plaque(rules()), grade.goes_upward(rules()));
        let expected = [(false, false), (false, false), (true, false), (true, true), (true, true)];
        assert_eq!(Grade::ALL.iter().map(|grade| found(*grade)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn lines_that_cross_make_no_bands() {
        let read = |lines: &[(Grade, i64)]| from_lines(lines, 1000).map_err(|no| no.code);
        let no = Err("rating.bands-overlap");
        assert_eq!(read(&[(Grade::FiveA, 950), (Grade::FourA, 950)]), no);
        assert_eq!(read(&[(Grade::FiveA, 950), (Grade::FourA, 960)]), no);
        assert_eq!(read(&[(Grade::FiveA, 1001)]), no);
        assert_eq!(read(&[(Grade::FiveA, 0)]), no);
    }

    proptest! {
        #[test]
        fn bands_never_overlap_and_cover_all_from_the_lowest_line(
            picked in proptest::collection::btree_set(1_i64..=1000, 5),
            hundredths in 0_i64..=100_000,
        ) {
            let lines: Vec<i64> = picked.into_iter().rev().collect();
            let named: Vec<(Grade, i64)> =
                LINES.iter().map(|(grade, _)| *grade).zip(lines.iter().copied()).collect();
            let bands = from_lines(&named, 1000).unwrap();
            let inside = |band: &&Band| {
                hundredths >= band.from * HUNDREDTHS && band.below.is_none_or(|below| hundredths < below * HUNDREDTHS)
            };
            let home: Vec<Grade> = bands.iter().filter(inside).map(|band| band.grade).collect();
            let covered = hundredths >= lines[4] * HUNDREDTHS;
            prop_assert_eq!(home.len(), usize::from(covered));
            prop_assert_eq!(Mean { sum: hundredths * 7, count: 7 }.grade(&bands), home.first().copied());
        }
    }
}
