//! Blank forms on A4, for whoever fills them in by hand and hands them in at the window (B11): drawn from what the pages
//! ask, so that paper and page never ask for different things.

use askama::Template;
use axum::response::Response;
use domain::kernel::Coded;
use domain::registry::change::ChangeItem;
use domain::registry::charity::CharityCondition;
use domain::registry::ending::cancellation::Remainder;
use domain::registry::filing::LedBy;
use domain::registry::fundraising::Condition;
use domain::registry::inspection::report::{Head, Question, Shape};
use domain::registry::registration::{Answers, PersonalGround, Step, charter};
use domain::registry::{BusinessField, OrganisationKind};

use super::words::{self as said, fields};
use crate::shell::{PageError, Path, Shell, Visit, show, words};

/// Numbered rows of a list.
const LIST_ROWS: usize = 20;

/// A form that a guide offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blank {
    /// The application itself.
    Application,
    /// Founders, members or the council, one by one.
    List,
    /// What the charter must say, in the order of the law.
    Charter,
    /// That the premises may be used.
    Premises,
}

impl Blank {
    /// Its part of the address.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::List => "list",
            Self::Charter => "charter",
            Self::Premises => "premises",
        }
    }
}

/// The forms of a guide, in the order in which people fill them in.
pub(super) fn forms_of(guide: &str) -> &'static [Blank] {
    match guide {
        "filing" => &[Blank::Application, Blank::List],
        "change" | "cancellation" | "inspection" | "rating" | "fundraising" | "charity" => {
            &[Blank::Application]
        }
        _ if kind_of(guide).is_some() => &[Blank::Application, Blank::List, Blank::Charter, Blank::Premises],
        _ => &[],
    }
}

/// Its title, such as on the guide.
pub(super) fn title(shell: &Shell, guide: &str, form: Blank) -> String {
    match (form, kind_of(guide)) {
        (Blank::List, Some(kind)) => shell.t(&format!("form-list-{}", said::slug(kind.code()))),
        (Blank::List, None) => shell.t("form-list-social-association"),
        (Blank::Application, None) if matches!(guide, "rating" | "inspection") => {
            shell.t(&format!("form-application-{guide}"))
        }
        (Blank::Application, _) => shell.tx("form-application", shell.t(&format!("service-{guide}"))),
        (Blank::Charter | Blank::Premises, _) => shell.t(&format!("form-{}", form.key())),
    }
}

fn kind_of(guide: &str) -> Option<OrganisationKind> {
    [
        OrganisationKind::SocialAssociation,
        OrganisationKind::SocialServiceInstitution,
        OrganisationKind::Foundation,
    ]
    .into_iter()
    .find(|kind| said::slug(kind.code()) == guide)
}

/// What is filled in: a line, a larger space, or boxes to tick.
struct Row {
    label: String,
    hint: String,
    boxes: Vec<String>,
    is_tall: bool,
}

/// Rows under one heading.
struct Part {
    title: String,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "registry/registration/blank.html")]
struct BlankPage<'a> {
    shell: &'a Shell,
    title: String,
    note: String,
    parts: Vec<Part>,
    columns: Vec<String>,
    numbers: Vec<usize>,
    chapters: Vec<String>,
    statement: String,
    guide_href: String,
}

/// GET /services/{key}/forms/{form}
pub async fn show_one(
    visit: Visit,
    Path((guide, form)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let found = forms_of(&guide).iter().copied().find(|known| known.key() == form);
    let form = found.ok_or_else(|| visit.error(app::Error::NotFound))?;
    let kind = kind_of(&guide);
    let is_list = form == Blank::List;
    show(&BlankPage {
        title: title(shell, &guide, form),
        note: shell.tx("form-note", shell.date(&shell.now().date())),
        parts: match form {
            Blank::Application => application(shell, &guide),
            Blank::Premises => vec![premises(shell)],
            Blank::List | Blank::Charter => Vec::new(),
        },
        columns: if is_list { columns(shell, kind) } else { Vec::new() },
        numbers: if is_list { (1..=LIST_ROWS).collect() } else { Vec::new() },
        chapters: match (form, kind) {
            // The same list with which an officer compares the charter.
            (Blank::Charter, Some(kind)) => {
                charter::items(kind).iter().map(|item| shell.coded(item)).collect()
            }
            _ => Vec::new(),
        },
        statement: match form {
            Blank::Premises => shell.t("form-premises-statement"),
            Blank::Charter => shell.t("form-charter-statement"),
            Blank::Application | Blank::List => shell.t("form-statement"),
        },
        guide_href: shell.url(format!("/services/{guide}")),
        shell,
    })
}

fn row(label: String) -> Row {
    Row { label, hint: String::new(), boxes: Vec::new(), is_tall: false }
}

fn tall(label: String) -> Row {
    Row { is_tall: true, ..row(label) }
}

fn boxes(label: String, boxes: Vec<String>) -> Row {
    Row { boxes, ..row(label) }
}

fn members<C: Coded>(shell: &Shell) -> Vec<String> {
    C::ALL.iter().map(|one| words::coded(shell.lang, *one)).collect()
}

fn yes_no(shell: &Shell) -> Vec<String> {
    ["apply-yes", "apply-no"].map(|key| shell.t(key)).into()
}

/// What the pages of a guide ask, as rows.
fn application(shell: &Shell, guide: &str) -> Vec<Part> {
    let one = |rows| vec![Part { title: String::new(), rows }];
    let line = |key: &str| row(shell.t(key));
    let space = |key: &str| tall(shell.t(key));
    match guide {
        "filing" => one(vec![
            line("filing-name"),
            boxes(
                shell.t("filing-kind-label"),
                [OrganisationKind::SocialAssociation, OrganisationKind::SocialServiceInstitution]
                    .map(|kind| words::coded(shell.lang, kind))
                    .into(),
            ),
            boxes(shell.t("filing-fields"), members::<BusinessField>(shell)),
            line("filing-domicile"),
            line("filing-person"),
            line("filing-contact"),
            line("filing-members"),
            boxes(shell.t("filing-led-by"), members::<LedBy>(shell)),
            line("filing-community"),
            line("filing-host"),
        ]),
        "change" => one(vec![
            line("registry-name"),
            line("registry-code"),
            boxes(shell.t("change-item"), members::<ChangeItem>(shell)),
            space("change-new"),
            line("change-head-identity"),
            boxes(shell.t("change-head-leads-other"), yes_no(shell)),
            boxes(shell.t("change-head-lost-rights"), yes_no(shell)),
            boxes(shell.t("change-head-state-officer"), yes_no(shell)),
            line("apply-personal-name-of"),
            boxes(shell.t("apply-personal-name-ground"), members::<PersonalGround>(shell)),
            line("change-consent-on"),
            space("change-reason"),
        ]),
        "cancellation" => one(vec![
            line("registry-name"),
            line("registry-code"),
            line("ending-ground-on"),
            line("ending-group-on"),
            line("ending-liquidated-on"),
            boxes(shell.t("ending-remainder"), members::<Remainder>(shell)),
            line("ending-recipient"),
            space("ending-reason"),
            space("ending-late-why"),
        ]),
        "rating" => one(vec![
            line("registry-name"),
            line("registry-code"),
            line("rating-round"),
            space("rating-statement"),
        ]),
        "fundraising" => conditions::<Condition>(shell, "fundraising"),
        "charity" => conditions::<CharityCondition>(shell, "charity"),
        "inspection" => inspection(shell),
        _ => kind_of(guide).map(|kind| registration(shell, kind)).unwrap_or_default(),
    }
}

/// The questions of an application for registration, page by page.
fn registration(shell: &Shell, kind: OrganisationKind) -> Vec<Part> {
    let part = |step: Step| Part {
        title: words::coded(shell.lang, step),
        rows: fields(shell, (step, kind), &Answers::default(), &[]).into_iter().map(asked).collect(),
    };
    said::steps(kind).into_iter().map(part).collect()
}

/// A field of a page as a row: what is chosen from a few is ticked, what is chosen from many is written.
fn asked(field: said::Field) -> Row {
    let is_ticked = matches!(field.kind, "radios" | "checks");
    Row {
        boxes: match is_ticked {
            true => field.choices.into_iter().map(|choice| choice.label).collect(),
            false => Vec::new(),
        },
        is_tall: field.kind == "area",
        label: field.label,
        hint: field.hint,
    }
}

fn inspection(shell: &Shell) -> Vec<Part> {
    let question = |question: &Question| {
        let label = words::coded(shell.lang, *question);
        match question.shape() {
            Shape::YesNo => boxes(label, yes_no(shell)),
            Shape::Note => tall(label),
            Shape::Count | Shape::Day | Shape::Money | Shape::Balance | Shape::Line => row(label),
        }
    };
    let part = |head: &Head| Part {
        title: words::coded(shell.lang, *head),
        rows: Question::ALL.iter().filter(|one| one.head() == *head).map(question).collect(),
    };
    Head::ALL.iter().map(part).collect()
}

/// Conditions one by one, each to be ticked and explained; `key` begins the labels of the page that asks them.
fn conditions<C: Coded>(shell: &Shell, key: &str) -> Vec<Part> {
    let text = |label: &str| shell.t(&format!("{key}-{label}"));
    let condition = |condition: &C| Part {
        title: words::coded(shell.lang, *condition),
        rows: vec![boxes(String::new(), vec![text("meets")]), tall(text("says"))],
    };
    let last = Part { title: String::new(), rows: vec![tall(text("statement"))] };
    C::ALL.iter().map(condition).chain(std::iter::once(last)).collect()
}

/// Whose premises they are, and until when they may be used.
fn premises(shell: &Shell) -> Part {
    let mut rows = vec![row(shell.t("form-premises-owner")), row(shell.t("form-premises-title"))];
    let premises = (Step::Premises, OrganisationKind::SocialServiceInstitution);
    rows.extend(fields(shell, premises, &Answers::default(), &[]).into_iter().map(asked));
    rows.push(boxes(
        shell.t("form-premises-way"),
        ["form-premises-own", "form-premises-rent", "form-premises-free"].map(|key| shell.t(key)).into(),
    ));
    Part { title: String::new(), rows }
}

/// What is written of each founder, member or member of the council.
fn columns(shell: &Shell, kind: Option<OrganisationKind>) -> Vec<String> {
    let own: &[&str] = match kind {
        Some(OrganisationKind::SocialServiceInstitution) => {
            &["form-column-party", "form-column-paid-in", "form-column-share"]
        }
        Some(OrganisationKind::Foundation) => {
            &["form-column-office", "form-column-relative", "form-column-paid"]
        }
        _ => &["form-column-party", "form-column-office"],
    };
    let all = ["form-column-number", "form-column-name"].iter().chain(own);
    let all = all.chain(&["form-column-identity", "form-column-telephone", "form-column-signature"]);
    all.map(|key| shell.t(key)).collect()
}
