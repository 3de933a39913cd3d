//! What the form of one item asks: each item its own questions beside the value, and no others (B5, B7, B10, B16).

use app::divisions;
use app::registry::area::areas;
use app::registry::change::checks::Particulars;
use app::registry::change::head::HeadTold;
use domain::kernel::Coded;
use domain::registry::OrganisationKind;
use domain::registry::change::{ChangeItem, items};
use domain::registry::head;
use domain::registry::registration::PersonalGround;

use crate::i18n;
use crate::registry::tell;
use crate::shell::{Choice, Form, Shell, Typed};

/// A question that is answered by yes or no.
pub struct Question {
    pub name: &'static str,
    pub label: String,
    pub choices: Vec<Choice>,
}

/// The form of an item.
pub struct Ask {
    /// Its code; empty while none is chosen.
    pub item: &'static str,
    /// Its name.
    pub title: String,
    /// Which papers it needs.
    pub papers: String,
    /// What to choose from while none is.
    pub items: Vec<Choice>,
    /// What the new value looks like; may be empty.
    pub hint: String,
    /// The areas of activity that there are, for that item.
    pub areas: Vec<Choice>,
    /// Every street, for a domicile.
    pub streets: Vec<Choice>,
    /// Whether a person's name stands in a new name.
    pub personal: Vec<Choice>,
    /// Why it may.
    pub grounds: Vec<Choice>,
    /// What is asked of a new head.
    pub questions: Vec<Question>,
}

impl Ask {
    /// The form as `form` left it, for an organisation of this kind.
    pub fn of(shell: &Shell, kind: OrganisationKind, form: &Form) -> Self {
        let item = chosen(kind, form);
        let is = |one: ChangeItem| item == Some(one);
        let value = form.trimmed("value");
        let of_head: &[(&str, bool)] = &[
            ("leads_other", head::leads_alone(kind)),
            ("lost_rights", true),
            ("state_officer", kind == OrganisationKind::Foundation),
        ];
        let asked = of_head.iter().filter(|(_, is_asked)| *is_asked && is(ChangeItem::LegalRepresentative));
        Self {
            item: item.map_or("", Coded::code),
            papers: item.map(|item| said(shell, "change-paper", item)).unwrap_or_default(),
            title: item.map(|item| shell.coded(&item)).unwrap_or_default(),
            items: items(kind)
                .map(|one| Choice::new(one.code(), shell.coded(&one), form.trimmed("item")))
                .collect(),
            hint: item.map(|item| said(shell, "change-new-hint", item)).unwrap_or_default(),
            areas: only(is(ChangeItem::Area), || {
                areas().all().into_iter().map(|area| Choice::new(area.clone(), area, value)).collect()
            }),
            streets: only(is(ChangeItem::Domicile), || streets(shell, form.trimmed("division"))),
            personal: only(is(ChangeItem::Name), || yes_no(shell, form.trimmed("personal_name"))),
            grounds: only(is(ChangeItem::Name), || {
                tell::choices::<PersonalGround>(shell, form.trimmed("personal_name_ground"), None)
            }),
            questions: asked
                .map(|(name, _)| Question {
                    name,
                    label: shell.t(&format!("change-head-{}", name.replace('_', "-"))),
                    choices: yes_no(shell, form.trimmed(name)),
                })
                .collect(),
        }
    }
}

/// The item that is chosen, by the form or by the address.
pub fn chosen(kind: OrganisationKind, form: &Form) -> Option<ChangeItem> {
    ChangeItem::from_code(form.trimmed("item")).filter(|item| item.is_of(kind))
}

fn only(is_asked: bool, choices: impl FnOnce() -> Vec<Choice>) -> Vec<Choice> {
    if is_asked { choices() } else { Vec::new() }
}

/// What is said of one item, where there is something to say.
fn said(shell: &Shell, about: &str, item: ChangeItem) -> String {
    let key = format!("{about}-{}", item.code().replace('_', "-"));
    if i18n::has(&key) { shell.t(&key) } else { String::new() }
}

fn yes_no(shell: &Shell, value: &str) -> Vec<Choice> {
    ["yes", "no"].map(|code| Choice::new(code, shell.t(&format!("apply-{code}")), value)).into()
}

/// Every street with its district, and none.
fn streets(shell: &Shell, value: &str) -> Vec<Choice> {
    let first = Choice::new("", shell.t("apply-choose"), value);
    let all = divisions::streets().map(|one| Choice::new(one.code.as_str(), one.full_name(), value));
    std::iter::once(first).chain(all).collect()
}

/// What was told beside the value, in the order of the form. The act says what is missing.
pub fn told(typed: &mut Typed<'_>) -> Particulars {
    let answer = |text: String| match text.as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    Particulars {
        division: typed.text("division"),
        name_reason: typed.text("name_reason"),
        personal_name: typed.text("personal_name"),
        personal_name_of: typed.text("personal_name_of"),
        personal_name_ground: typed.text("personal_name_ground"),
        head: HeadTold {
            identity: typed.text("identity"),
            leads_other: answer(typed.text("leads_other")),
            lost_rights: answer(typed.text("lost_rights")),
            is_state_officer: answer(typed.text("state_officer")),
        },
    }
}
