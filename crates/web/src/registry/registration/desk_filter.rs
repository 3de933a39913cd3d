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
    let fixed = [
        ("tab", tab_name(filter.tab)),
        ("state", filter.state.map_or("", Coded::code)),
        ("kind", filter.kind.map_or("", Coded::code)),
        ("district", filter.district.as_str()),
        ("mine", if filter.is_mine { "yes" } else { "" }),
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
}

/// Every field with what is chosen in it.
pub(super) fn fields(shell: &Shell, filter: &DeskFilter) -> Fields {
    let all = |current: &str| Choice::new("", shell.t("desk-all"), current);
    let state = filter.state.map_or("", Coded::code);
    let kind = filter.kind.map_or("", Coded::code);
    let mine = if filter.is_mine { "yes" } else { "" };
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
        mine: vec![all(mine), Choice::new("yes", shell.t("desk-mine"), mine)],
        marks: marks.collect(),
    }
}
