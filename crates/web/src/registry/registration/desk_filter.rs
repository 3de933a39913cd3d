//! The filters of the approval office's list: from the address, into the address, and as fields.

use app::registry::registration::desk::{DeskFilter, Tab};
use app::registry::registration::names;
use domain::kernel::{Coded, Role};
use domain::registry::OrganisationKind;
use domain::registry::registration::CaseState;

use crate::shell::{Choice, Form, Shell, words};

/// The tabs in their order, with the name that their address has.
pub(super) const TABS: [(Tab, &str); 5] = [
    (Tab::Own, "own"),
    (Tab::Others, "others"),
    (Tab::Ended, "ended"),
    (Tab::Overdue, "overdue"),
    (Tab::All, "all"),
];

/// What marks a case besides its state: name in the address, and the sentence that says it.
const MARKS: [(&str, &str); 5] = [
    ("", "desk-all"),
    ("late", "desk-mark-late"),
    ("on-time", "desk-mark-on-time"),
    ("corrected", "desk-mark-corrected"),
    ("decided", "desk-mark-decided"),
];

/// Working days within which a last day may be asked for.
pub(in crate::registry) const WITHIN: [i64; 3] = [0, 3, 10];

/// The choices of a last day, with the chosen one; shared by the lists of an official.
pub(crate) fn within_choices(shell: &Shell, chosen: Option<i64>) -> Vec<Choice> {
    let current = chosen.map(|days| days.to_string()).unwrap_or_default();
    let all = Choice::new("", shell.t("desk-all"), &current);
    let named = |days: i64| match days {
        0 => shell.t("desk-within-today"),
        days => shell.tn("desk-within", days),
    };
    let each = WITHIN.iter().map(|days| Choice::new(days.to_string(), named(*days), &current));
    std::iter::once(all).chain(each).collect()
}

/// The last day that an address asks for.
pub(crate) fn within_of(asked: &Form) -> Option<i64> {
    asked.number("within").filter(|days| WITHIN.contains(days))
}

/// The filter that an address asks for. Whoever works on cases starts with the own ones.
pub(super) fn filter_of(asked: &Form, role: Role) -> DeskFilter {
    let wished = TABS.iter().find(|(_, name)| *name == asked.trimmed("tab"));
    let first = if role == Role::Supervisor { Tab::All } else { Tab::Own };
    let district = asked.trimmed("district");
    let is_code = district.len() == 6 && district.bytes().all(|byte| byte.is_ascii_digit());
    let mark = asked.trimmed("mark");
    DeskFilter {
        tab: wished.map_or(first, |(tab, _)| *tab),
        state: CaseState::from_code(asked.trimmed("state")),
        kind: OrganisationKind::from_code(asked.trimmed("kind")),
        district: if is_code { district.to_owned() } else { String::new() },
        is_mine: asked.trimmed("mine") == "yes",
        is_held: asked.trimmed("mine") == "held",
        within: within_of(asked),
        was_late: match mark {
            "late" => Some(true),
            "on-time" => Some(false),
            _ => None,
        },
        is_corrected: mark == "corrected",
        is_decided: mark == "decided",
    }
}

/// The name of a tab in an address.
pub(super) fn tab_name(tab: Tab) -> &'static str {
    TABS.iter().find(|(known, _)| *known == tab).map_or("all", |(_, name)| name)
}

fn mine_of(filter: &DeskFilter) -> &'static str {
    match (filter.is_held, filter.is_mine) {
        (true, _) => "held",
        (false, true) => "yes",
        (false, false) => "",
    }
}

fn mark_of(filter: &DeskFilter) -> &'static str {
    match (filter.was_late, filter.is_corrected, filter.is_decided) {
        (Some(true), ..) => "late",
        (Some(false), ..) => "on-time",
        (None, true, _) => "corrected",
        (None, false, true) => "decided",
        (None, false, false) => "",
    }
}

/// The filter as a query; values are codes and digits, so nothing needs escaping.
pub(in crate::registry) fn query_of(filter: &DeskFilter, more: &[(&str, String)]) -> String {
    let within = filter.within.map(|days| days.to_string()).unwrap_or_default();
    let fixed = [
        ("tab", tab_name(filter.tab)),
        ("within", within.as_str()),
        ("state", filter.state.map_or("", Coded::code)),
        ("kind", filter.kind.map_or("", Coded::code)),
        ("district", filter.district.as_str()),
        ("mine", mine_of(filter)),
        ("mark", mark_of(filter)),
    ];
    let fixed =
        fixed.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={value}"));
    let more = more.iter().map(|(name, value)| format!("{name}={value}"));
    format!("?{}", fixed.chain(more).collect::<Vec<_>>().join("&"))
}

/// The filter as fields.
pub(super) struct Fields {
    pub(super) states: Vec<Choice>,
    pub(super) kinds: Vec<Choice>,
    pub(super) districts: Vec<Choice>,
    pub(super) mine: Vec<Choice>,
    pub(super) marks: Vec<Choice>,
    pub(super) within: Vec<Choice>,
}

/// Every field with what is chosen in it.
pub(super) fn fields(shell: &Shell, filter: &DeskFilter) -> Fields {
    let all = |current: &str| Choice::new("", shell.t("desk-all"), current);
    let state = filter.state.map_or("", Coded::code);
    let kind = filter.kind.map_or("", Coded::code);
    let mine = mine_of(filter);
    let known = CaseState::ALL.iter().filter(|state| **state != CaseState::Draft);
    let states = known.map(|one| Choice::new(one.code(), words::coded(shell.lang, *one), state));
    let kinds = names::kinds().map(|one| Choice::new(one.code(), words::coded(shell.lang, one), kind));
    let districts = app::divisions::districts().into_iter();
    let districts = districts.map(|(code, name)| Choice::new(code, name.to_owned(), &filter.district));
    let marks = MARKS.iter().map(|(value, key)| Choice::new(*value, shell.t(key), mark_of(filter)));
    Fields {
        states: std::iter::once(all(state)).chain(states).collect(),
        kinds: std::iter::once(all(kind)).chain(kinds).collect(),
        districts: std::iter::once(all(&filter.district)).chain(districts).collect(),
        mine: vec![
            all(mine),
            Choice::new("held", shell.t("desk-held"), mine),
            Choice::new("yes", shell.t("desk-mine"), mine),
        ],
        marks: marks.collect(),
        within: within_choices(shell, filter.within),
    }
}
