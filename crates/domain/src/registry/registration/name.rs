//! Names: their parts, what they may not say, and how alike two of them are (B7, B8).
//!
//! The measure of likeness is stated, so that anyone can recompute it: the share of two-character pieces
//! that the cores of two names have in common. The core is what lies between the division and the ending.

use std::collections::BTreeSet;

use super::reading::stem;
use crate::kernel::{Finding, Ratio};
use crate::registry::OrganisationKind;

/// Words that no local organisation is headed by (B7).
const HEADS: [&str; 3] = ["中国", "全国", "中华"];
/// Words that may stand inside a name only to qualify its field (B7).
const QUALIFIERS: [&str; 5] = ["中国", "全国", "中华", "国际", "世界"];
/// Words that no field may say (B7).
const SUPERLATIVES: [&str; 3] = ["第一", "最高", "国家级"];
/// Endings of branches and offices, which are no names of organisations (B7).
const BRANCH_ENDINGS: [&str; 8] =
    ["分会", "专业委员会", "工作委员会", "专家委员会", "技术委员会", "代表处", "办事处", "联络处"];
/// Endings of associations, institutions and foundations (B8).
const ASSOCIATION_ENDINGS: [&str; 6] = ["协会", "商会", "学会", "研究会", "促进会", "联合会"];
const INSTITUTION_ENDINGS: [&str; 10] = ["学校", "学院", "医院", "中心", "院", "园", "所", "馆", "站", "社"];
const FOUNDATION_ENDINGS: [&str; 1] = ["基金会"];
/// Characters of a core at least: fewer say neither trade name nor field.
const CORE_MIN: usize = 2;
/// Characters of a name at most.
const NAME_MAX: usize = 60;

/// The endings that a kind may have.
pub fn endings(kind: OrganisationKind) -> &'static [&'static str] {
    match kind {
        OrganisationKind::SocialAssociation => &ASSOCIATION_ENDINGS,
        OrganisationKind::Foundation => &FOUNDATION_ENDINGS,
        _ => &INSTITUTION_ENDINGS,
    }
}

/// What the name itself says, condition by condition. `divisions` are the names that it may begin with, such
/// as 南京市 and 秦淮区; `origin` is the place that an out-of-area chamber comes from.
pub fn findings(
    name: &str,
    kind: OrganisationKind,
    divisions: &[String],
    origin: Option<&str>,
) -> Vec<Finding> {
    let headed = HEADS.iter().find(|word| name.starts_with(**word));
    let superlative = SUPERLATIVES.iter().find(|word| name.contains(**word));
    let is_branch = BRANCH_ENDINGS.iter().any(|ending| name.ends_with(ending));
    let division = without_division(name, divisions);
    let core = core(name, kind, divisions);
    let mut all = vec![
        Finding::required("name.head", "B7", headed.is_none())
            .with("word", headed.copied().unwrap_or_default()),
        Finding::required("name.division", "B7", headed.is_some() || division.is_some()),
        Finding::required("name.form", "B8", endings(kind).iter().any(|ending| name.ends_with(ending)))
            .with_code("kind", kind)
            .with("endings", endings(kind).join("、")),
        Finding::required("name.branch", "B7", !is_branch),
        Finding::required("name.superlative", "B7", superlative.is_none())
            .with("word", superlative.copied().unwrap_or_default()),
        Finding::required("name.core", "B7", core.chars().count() >= CORE_MIN),
        Finding::required("name.signs", "B7", is_written(name)).with("max", NAME_MAX),
    ];
    let inside = QUALIFIERS.iter().find(|word| headed.is_none() && name.contains(**word));
    if let Some(word) = inside {
        all.push(Finding::warn("name.qualifier", "B7").with("word", *word));
    }
    if let Some(origin) = origin {
        let is_home = divisions.iter().any(|home| stem(home) == stem(origin));
        all.push(Finding::required("name.chamber-home", "B19", !is_home).with("origin", origin));
        let holds = name.contains(origin) && name.ends_with("商会");
        all.push(Finding::required("name.chamber", "B7", holds).with("origin", origin));
    }
    all
}

/// What lies between division and ending.
pub fn core(name: &str, kind: OrganisationKind, divisions: &[String]) -> String {
    let rest = without_division(name, divisions).unwrap_or(name);
    // A remark in brackets, such as that a specimen is one, is no part of the name proper.
    let rest = rest.split(['（', '(']).next().unwrap_or(rest);
    let longest = endings(kind).iter().filter(|ending| rest.ends_with(**ending)).max_by_key(|one| one.len());
    longest.and_then(|ending| rest.strip_suffix(ending)).unwrap_or(rest).to_owned()
}

/// How alike two cores are: twice the pieces in common, of the pieces of both. Nothing in common is 0, the
/// same pieces are 1; `None` when neither has a piece.
pub fn likeness(one: &str, other: &str) -> Option<Ratio> {
    let (one, other) = (pieces(one), pieces(other));
    let both = one.len() + other.len();
    let common = one.intersection(&other).count();
    Ratio::new(u32::try_from(2 * common).ok()?, u32::try_from(both).ok()?)
}

/// Whether two cores are at least as alike as `limit`.
pub fn is_near(one: &str, other: &str, limit: Ratio) -> bool {
    likeness(one, other)
        .is_some_and(|found| limit.at_least(i64::from(found.numerator()), i64::from(found.denominator())))
}

fn pieces(core: &str) -> BTreeSet<(char, char)> {
    let signs: Vec<char> = core.chars().collect();
    signs.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect()
}

/// The name after the city and, when it names one, the district.
fn without_division<'a>(name: &'a str, divisions: &[String]) -> Option<&'a str> {
    let mut rest = divisions.iter().find_map(|division| name.strip_prefix(division.as_str()))?;
    if let Some(further) = divisions.iter().find_map(|division| rest.strip_prefix(division.as_str())) {
        rest = further;
    }
    Some(rest)
}

/// Chinese characters, letters, digits and brackets, no longer than a name may be.
fn is_written(name: &str) -> bool {
    let is_sign = |sign: char| sign.is_alphanumeric() || "（）()·".contains(sign);
    !name.is_empty() && name.chars().count() <= NAME_MAX && name.chars().all(is_sign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Level;

    fn divisions() -> Vec<String> {
        ["南京市", "秦淮区", "秦淮"].map(str::to_owned).to_vec()
    }

    fn check(name: &str, kind: OrganisationKind, expected: &[&str]) {
        let all = findings(name, kind, &divisions(), None);
        let bars: Vec<&str> = all.iter().filter(|one| one.level != Level::Met).map(|one| one.code).collect();
        assert_eq!(bars, expected, "{name}");
    }

    #[test]
    fn a_name_has_its_parts_and_says_nothing_forbidden() {
        use OrganisationKind::*;
        check("南京市秦淮区夕照居家养老服务中心", SocialServiceInstitution, &[]);
        check("南京市家庭服务业协会", SocialAssociation, &[]);
        check("南京市爱德基金会", Foundation, &[]);
        check("中国夕照居家养老服务中心", SocialServiceInstitution, &["name.head"]);
        check("全国家庭服务业协会", SocialAssociation, &["name.head"]);
        check("夕照居家养老服务中心", SocialServiceInstitution, &["name.division"]);
        check("南京市家庭服务业中心", SocialAssociation, &["name.form"]);
        check("南京市夕照协会", SocialServiceInstitution, &["name.form"]);
        check("南京市家庭服务业协会分会", SocialAssociation, &["name.form", "name.branch"]);
        check("南京市第一养老服务中心", SocialServiceInstitution, &["name.superlative"]);
        check("南京市国际象棋协会", SocialAssociation, &["name.qualifier"]);
        check("南京市中心", SocialServiceInstitution, &["name.core"]);
        check("南京市夕照 中心", SocialServiceInstitution, &["name.signs"]);
        check("", SocialServiceInstitution, &["name.division", "name.form", "name.core", "name.signs"]);
    }

    #[test]
    fn a_chamber_names_its_origin() {
        for (name, holds) in [("南京市温州商会", true), ("南京市商会", false), ("南京市温州协会", false)]
        {
            let all = findings(name, OrganisationKind::SocialAssociation, &divisions(), Some("温州"));
            let found = all.iter().find(|one| one.code == "name.chamber").unwrap();
            assert_eq!(found.level == Level::Met, holds, "{name}");
        }
    }

    #[test]
    fn a_chamber_comes_from_elsewhere() {
        for (origin, holds) in [("温州", true), ("南京", false), ("南京市", false), ("秦淮", false)]
        {
            let all =
                findings("南京市秦淮商会", OrganisationKind::SocialAssociation, &divisions(), Some(origin));
            let found = all.iter().find(|one| one.code == "name.chamber-home").unwrap();
            assert_eq!(found.level == Level::Met, holds, "{origin}");
        }
    }

    #[test]
    fn likeness_is_the_share_of_pieces_in_common() {
        let kind = OrganisationKind::SocialAssociation;
        let core = |name| core(name, kind, &divisions());
        assert_eq!(core("南京市秦淮区家庭服务业协会"), "家庭服务业");
        assert_eq!(core("南京市家庭研究会"), "家庭");
        assert_eq!(core("南京市家庭研究会（示例）"), "家庭");
        for (one, other, num, den) in [
            ("家庭服务业", "家庭服务业", 8, 8),
            ("家庭服务业", "家庭服务", 6, 7),
            ("家庭服务业", "印刷业", 0, 6),
            ("家庭服务业", "服务业", 4, 6),
        ] {
            assert_eq!(likeness(one, other), Ratio::new(num, den), "{one} {other}");
        }
        assert_eq!(likeness("一", "二"), None);
        assert!(is_near("家庭服务业", "服务业", Ratio::percent_of(60)));
        assert!(!is_near("家庭服务业", "印刷业", Ratio::percent_of(60)));
    }
}
