//! How the register's facts read on a page: tags, choices, lines of lists, and what findings say.

use app::divisions;
use app::registry::{Listed, fields_of};
use domain::kernel::{Coded, Finding, Level};
use domain::registry::{CreditListing, OrganisationStatus};

use crate::i18n::{self, Value};
use crate::shell::{Choice, Shell, words};

/// An organisation in a list.
pub struct Line {
    pub href: String,
    pub name: String,
    pub code: String,
    pub kind: String,
    pub legal: String,
    pub place: String,
    pub fields: String,
    pub status: String,
    /// Tone of the status tag.
    pub tone: &'static str,
}

/// A checked condition.
pub struct Condition {
    pub text: String,
    pub level: String,
    pub tone: &'static str,
    pub rule: String,
    pub rule_href: String,
}

pub fn line(shell: &Shell, held: &Listed) -> Line {
    let (status, tone) = status_of(shell, held.status, held.listing);
    Line {
        href: shell.url(format!("/orgs/{}", held.uscc)),
        name: held.name.clone(),
        code: held.uscc.clone(),
        kind: shell.coded(&held.kind),
        legal: shell.coded(&held.legal),
        place: divisions::name_of(&held.division),
        fields: fields(shell, &held.fields),
        status,
        tone,
    }
}

/// The graver of status and credit list, with its tone.
pub fn status_of(
    shell: &Shell,
    status: OrganisationStatus,
    listing: CreditListing,
) -> (String, &'static str) {
    match (status, listing) {
        (OrganisationStatus::Active, CreditListing::None) => (shell.coded(&status), "ok"),
        (OrganisationStatus::Active, CreditListing::Abnormal) => (shell.coded(&listing), "warn"),
        (OrganisationStatus::Active, CreditListing::Serious) => (shell.coded(&listing), "stop"),
        _ => (shell.coded(&status), "stop"),
    }
}

/// Names of the fields of a stored row.
pub fn fields(shell: &Shell, stored: &str) -> String {
    let names: Vec<String> = fields_of(stored).iter().map(|field| shell.coded(field)).collect();
    names.join(if shell.is_english() { ", " } else { "、" })
}

pub fn condition(shell: &Shell, finding: &Finding) -> Condition {
    let facts: Vec<(&str, Value<'_>)> = finding
        .facts
        .iter()
        .map(|(name, fact)| (*name, Value::from(words::fact(shell.lang, fact))))
        .collect();
    let key = format!("finding-{}", finding.code.replace(['.', '_'], "-"));
    let (level, tone) = match finding.level {
        Level::Met => ("registry-condition-met", "ok"),
        Level::Warn => ("registry-condition-warn", "warn"),
        Level::Barred => ("registry-condition-barred", "stop"),
    };
    Condition {
        text: i18n::text_with(shell.lang, &key, &facts),
        level: shell.t(level),
        tone,
        rule: finding.rule.to_owned(),
        rule_href: shell.url(format!("/rules/{}", finding.rule)),
    }
}

/// The members of a closed list; with `empty` the first choice means all of them or none.
pub fn choices<C: Coded>(shell: &Shell, current: &str, empty: Option<&str>) -> Vec<Choice> {
    let first = empty.map(|key| Choice::new("", shell.t(key), current));
    first
        .into_iter()
        .chain(C::ALL.iter().map(|one| Choice::new(one.code(), shell.coded(one), current)))
        .collect()
}

/// The districts.
pub fn districts(shell: &Shell, current: &str) -> Vec<Choice> {
    let all = Choice::new("", shell.t("registry-all"), current);
    let named = divisions::districts().into_iter().map(|(code, name)| Choice::new(code, name, current));
    std::iter::once(all).chain(named).collect()
}

/// The streets of a district, or of the whole city.
pub fn streets(district: Option<&str>, current: &str, first: Option<String>) -> Vec<Choice> {
    let held =
        divisions::streets().filter(|street| district.is_none_or(|district| street.district == district));
    let named = held.map(|street| {
        let name = if district.is_some() { street.name.clone() } else { street.full_name() };
        Choice::new(street.code.as_str(), name, current)
    });
    first.into_iter().map(|label| Choice::new("", label, current)).chain(named).collect()
}
