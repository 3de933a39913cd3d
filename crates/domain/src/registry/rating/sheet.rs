//! The score sheet: heads and items with their most points, and what is wrong with a sheet (B31, B34).

use super::grade::{HUNDREDTHS, Mean};
use crate::coded;
use crate::kernel::{Refusal, RuleKey, Rules};
use crate::registry::organisation::OrganisationKind;

coded! {
    /// What a rating looks at (B31).
    pub enum Head as "rating_head" {
        /// 基础条件.
        BasicConditions = "basic_conditions",
        /// 内部治理.
        Governance = "governance",
        /// 工作绩效, of associations and foundations.
        Performance = "performance",
        /// 业务活动和诚信建设, of social service institutions.
        BusinessAndIntegrity = "business_and_integrity",
        /// 社会评价.
        SocialAppraisal = "social_appraisal",
    }
}

coded! {
    /// Which sheet an organisation is rated with.
    pub enum Scheme as "rating_scheme" {
        /// Social associations and foundations.
        Association = "association",
        /// Social service institutions.
        Institution = "institution",
    }
}

impl Scheme {
    /// The sheet of a kind of organisation.
    pub fn of(kind: OrganisationKind) -> Self {
        match kind {
            OrganisationKind::SocialServiceInstitution => Self::Institution,
            _ => Self::Association,
        }
    }

    /// Its heads, in order.
    pub fn heads(self) -> [Head; 4] {
        let third = match self {
            Self::Association => Head::Performance,
            Self::Institution => Head::BusinessAndIntegrity,
        };
        [Head::BasicConditions, Head::Governance, third, Head::SocialAppraisal]
    }
}

/// One item of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Stable code.
    pub code: String,
    /// The head it belongs to.
    pub head: Head,
    /// Its most points, whole.
    pub most: i64,
    /// Its name in Chinese.
    pub title_zh: String,
    /// Its name in English.
    pub title_en: String,
}

/// Refuses a sheet whose items do not make the whole scale or leave a head empty.
///
/// # Errors
/// `rating.sheet-not-whole`.
pub fn check_items(scheme: Scheme, items: &[Item], rules: Rules<'_>) -> Result<(), Refusal> {
    let whole = rules.number(RuleKey::RatingPointsMax);
    let sum: i64 = items.iter().map(|item| item.most).sum();
    let has_all = scheme.heads().iter().all(|head| items.iter().any(|item| item.head == *head));
    let has_others = items.iter().any(|item| !scheme.heads().contains(&item.head) || item.most <= 0);
    if sum == whole && has_all && !has_others {
        return Ok(());
    }
    Err(Refusal::new("rating.sheet-not-whole", "B34").with("sum", sum).with("whole", whole))
}

/// Refuses points outside an item's range; they are hundredths.
///
/// # Errors
/// `rating.points-range` at the item's field.
pub fn check_points(item: &Item, hundredths: i64) -> Result<(), Refusal> {
    if (0..=item.most.saturating_mul(HUNDREDTHS)).contains(&hundredths) {
        return Ok(());
    }
    Err(Refusal::new("rating.points-range", "B34").at(field(&item.code)).with("most", item.most))
}

/// The form field of an item's points.
pub fn field(code: &str) -> String {
    format!("points.{code}")
}

/// One expert's sheet: points for each item, in the order of the items; `None` while blank.
///
/// # Errors
/// `rating.points-missing` at each blank item, `rating.points-range` at each wrong one.
pub fn total(items: &[Item], points: &[Option<i64>]) -> Result<i64, Vec<Refusal>> {
    let mut faults = Vec::new();
    let mut sum = 0_i64;
    for (place, item) in items.iter().enumerate() {
        match points.get(place).copied().flatten() {
            None => faults.push(Refusal::new("rating.points-missing", "B34").at(field(&item.code))),
            Some(given) => match check_points(item, given) {
                Ok(()) => sum = sum.saturating_add(given),
                Err(refusal) => faults.push(refusal),
            },
        }
    }
    if faults.is_empty() { Ok(sum) } else { Err(faults) }
}

/// The preliminary opinion: the exact mean of the locked sheets of enough experts (B31).
///
/// # Errors
/// `rating.experts-few`, `rating.sheets-open`.
pub fn opinion(sheets: &[Option<i64>], rules: Rules<'_>) -> Result<Mean, Refusal> {
    let needed = rules.count(RuleKey::RatingExpertsMin);
    if sheets.len() < needed {
        let refusal = Refusal::new("rating.experts-few", "B31");
        return Err(refusal.with("experts", sheets.len()).with("needed", needed));
    }
    let locked: Vec<i64> = sheets.iter().filter_map(|sheet| *sheet).collect();
    if locked.len() < sheets.len() {
        return Err(Refusal::new("rating.sheets-open", "B31").with("open", sheets.len() - locked.len()));
    }
    Ok(Mean { sum: locked.iter().sum(), count: i64::try_from(locked.len()).unwrap_or(i64::MAX) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::rules;

    fn item(code: &str, head: Head, most: i64) -> Item {
        Item { code: code.into(), head, most, title_zh: "项".into(), title_en: "item".into() }
    }

    fn items() -> Vec<Item> {
        let heads = Scheme::Institution.heads();
        heads
            .iter()
            .zip([60, 390, 430, 120])
            .map(|(head, most)| item(&most.to_string(), *head, most))
            .collect()
    }

    #[test]
    fn a_sheet_is_a_thousand_points_under_its_own_heads() {
        assert!(check_items(Scheme::Institution, &items(), rules()).is_ok());
        assert!(check_items(Scheme::Association, &items(), rules()).is_err(), "another head");
        assert!(check_items(Scheme::Institution, &items()[..3], rules()).is_err(), "a head is empty");
        let mut more = items();
        more.push(item("x", Head::Governance, 1));
        let refusal = check_items(Scheme::Institution, &more, rules()).unwrap_err();
        assert_eq!(refusal.code, "rating.sheet-not-whole");
        assert_eq!(Scheme::of(OrganisationKind::Foundation), Scheme::Association);
    }

    #[test]
    fn a_sheet_names_every_blank_and_every_excess() {
        let sum = total(&items(), &[Some(6_000), Some(35_000), Some(40_000), Some(9_200)]);
        assert_eq!(sum, Ok(90_200));
        let faults = total(&items(), &[Some(6_001), None, Some(-1), Some(0)]).unwrap_err();
        let codes: Vec<&str> = faults.iter().map(|fault| fault.code).collect();
        assert_eq!(codes, ["rating.points-range", "rating.points-missing", "rating.points-range"]);
        assert_eq!(faults[0].field.as_deref(), Some("points.60"));
    }

    #[test]
    fn an_opinion_needs_three_locked_sheets() {
        let code = |sheets: &[Option<i64>]| opinion(sheets, rules()).map_err(|no| no.code);
        assert_eq!(code(&[Some(1), Some(2)]), Err("rating.experts-few"));
        assert_eq!(code(&[Some(1), None, Some(2)]), Err("rating.sheets-open"));
        assert_eq!(code(&[Some(90_100), Some(90_200), Some(90_300)]), Ok(Mean { sum: 270_600, count: 3 }));
    }
}
