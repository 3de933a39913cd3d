//! What an official does with a case, one page for each act (S10, B9, B10).

use app::Error;
use app::documents::Document;
use app::registry::registration::read::{self, Hanging};
use app::registry::registration::{
    AcceptCase, AnnounceCase, ApproveCase, AskDepartment, Case, DenyCase, ExtendJoint, IssueCertificate,
    RecordReply, RefuseAcceptance, RequestCorrection, WeighNecessity, checks,
};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, Refusal};
use domain::registry::registration::CaseAct;
use domain::registry::registration::denial::{Defect, DenialGround, NonAcceptanceGround};

use super::charter;
use crate::documents::preview;
use crate::shell::form::pairs;
use crate::shell::{
    Choice, FieldFault, Form, PageError, Path, Shell, Typed, Visit, Wish, fault_at, named_by, show,
    show_faults, words,
};

/// The address of each act, in the order in which its button stands.
pub(super) const SLUGS: [(&str, CaseAct); 17] = [
    ("acceptance", CaseAct::Accept),
    ("correction", CaseAct::RequestCorrection),
    ("non-acceptance", CaseAct::RefuseAcceptance),
    ("charter", CaseAct::CheckCharter),
    ("visit", CaseAct::RecordVisit),
    ("visit-signature", CaseAct::SignVisit),
    ("opinion", CaseAct::Review),
    ("reasons", CaseAct::Explain),
    ("necessity", CaseAct::WeighNecessity),
    ("consultation", CaseAct::Consult),
    ("reply", CaseAct::RecordReply),
    ("joint-extension", CaseAct::ExtendJoint),
    ("approval", CaseAct::Approve),
    ("denial", CaseAct::Deny),
    ("certificate", CaseAct::Certify),
    ("announcement", CaseAct::Announce),
    ("hand-off", CaseAct::Assign),
];

/// The address of an act; empty for what no official does.
pub(super) fn slug_of(act: CaseAct) -> &'static str {
    SLUGS.iter().find(|(_, known)| *known == act).map_or("", |(slug, _)| slug)
}

/// A button that leads to an act.
pub struct ActLink {
    /// What it does.
    pub title: String,
    /// Its page.
    pub href: String,
    /// How it looks.
    pub kind: &'static str,
    /// The key that presses it; empty for none.
    pub press: &'static str,
}

/// The page of an act on a case; an opinion opens with the agreement chosen.
pub(super) fn act_href(case: &str, act: CaseAct) -> String {
    let verdict = if act == CaseAct::Review { "?verdict=yes" } else { "" };
    format!("{case}/{}{verdict}", slug_of(act))
}

/// The button of an act: what the case waits for comes first, by looks and by key.
pub(super) fn link(shell: &Shell, number: &str, act: CaseAct, next: Option<CaseAct>) -> ActLink {
    let is_next = next == Some(act);
    ActLink {
        title: words::coded(shell.lang, act),
        href: act_href(&shell.url(format!("/desk/cases/{number}")), act),
        kind: match act {
            _ if is_next => "",
            CaseAct::Deny | CaseAct::RefuseAcceptance => "warning",
            _ => "secondary",
        },
        press: match act {
            _ if is_next => "1",
            CaseAct::RequestCorrection => "2",
            _ => "",
        },
    }
}

/// A line of the correction notice.
struct DefectField {
    name: String,
    label: String,
    value: String,
    error: String,
}

#[derive(Template)]
#[template(path = "registry/registration/desk_act.html")]
struct DeskActPage<'a> {
    shell: &'a Shell,
    case: &'a Case,
    number: &'a str,
    slug: &'a str,
    title: String,
    lead: String,
    form: &'a Form,
    summary: Vec<FieldFault>,
    faults: &'a [FieldFault],
    defects: Vec<DefectField>,
    verdicts: Vec<Choice>,
    grounds: Vec<Choice>,
    consultations: Vec<Choice>,
    similar: Vec<String>,
    back: String,
    /// Whether it issues a document that can be seen before.
    issues: bool,
}

/// The fields of all acts with their names.
const FIELDS: [(&str, &str); 10] = [
    ("ground", "desk-ground"),
    ("reasons", "desk-reasons"),
    ("named", "desk-named"),
    ("verdict", "desk-necessity"),
    ("text", "desk-text"),
    ("department", "desk-department"),
    ("question", "desk-question"),
    ("approval", "desk-approval"),
    ("consultation", "desk-consultation"),
    ("reply", "desk-reply"),
];

/// Whether the act issues a document.
fn issues(act: CaseAct) -> bool {
    matches!(
        act,
        CaseAct::Accept
            | CaseAct::RequestCorrection
            | CaseAct::RefuseAcceptance
            | CaseAct::ExtendJoint
            | CaseAct::Approve
            | CaseAct::Deny
            | CaseAct::Certify
            | CaseAct::Announce
    )
}

/// GET /desk/cases/{no}/{act}
pub async fn new(visit: Visit, Path((number, slug)): Path<(String, String)>) -> Result<Response, PageError> {
    let (case, act) = case_of(&visit, &number, &slug).await?;
    let rehearsed = perform(&visit.rehearsing(), &case, act, &Form::default()).await.map(|_| ());
    visit.expect_possible(rehearsed, &format!("/desk/cases/{number}"))?;
    // An address may choose the verdict beforehand, and nothing else.
    let asked = Form::of(pairs(visit.shell.query.as_bytes()));
    let lacks = charter::defect_text(&visit, &case, act).await?;
    let chosen = Form::of([("verdict", asked.trimmed("verdict")), ("defect-charter", lacks.as_str())]);
    page(&visit, (&case, &number), (&slug, act), &chosen, &[]).await
}

async fn case_of(visit: &Visit, number: &str, slug: &str) -> Result<(Case, CaseAct), PageError> {
    let case = read::on_desk(&visit.city, number).await.map_err(|error| visit.error(error))?;
    let act = SLUGS.iter().find(|(known, _)| *known == slug).map(|(_, act)| *act);
    let act = act.filter(|act| act.doers().contains(&visit.actor.post.role));
    act.map(|act| (case, act)).ok_or_else(|| visit.error(Error::NotFound))
}

async fn page(
    visit: &Visit,
    (case, number): (&Case, &str),
    (slug, act): (&str, CaseAct),
    form: &Form,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let hanging = read::hanging(&visit.city, case).await.map_err(|error| visit.error(error))?;
    let similar = match act {
        CaseAct::WeighNecessity => {
            let checked = checks::of(&visit.city, case).await.map_err(|error| visit.error(error))?;
            checked.similar.into_iter().map(|one| one.name).collect()
        }
        _ => Vec::new(),
    };
    let page = DeskActPage {
        shell,
        number,
        slug,
        title: words::coded(shell.lang, act),
        lead: shell.t(&format!("desk-act-{slug}-lead")),
        defects: Defect::ALL.iter().map(|defect| defect_field(shell, *defect, form, faults)).collect(),
        verdicts: verdicts(shell, act, form),
        grounds: grounds(shell, act, form),
        consultations: consultations(&hanging, form),
        similar,
        back: shell.url(format!("/desk/cases/{number}")),
        issues: issues(act),
        form,
        summary: named_by(shell, faults, &FIELDS),
        faults,
        case,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

fn defect_field(shell: &Shell, defect: Defect, form: &Form, faults: &[FieldFault]) -> DefectField {
    let name = format!("defect-{}", defect.code());
    DefectField {
        label: words::coded(shell.lang, defect),
        value: form.text(&name).to_owned(),
        error: fault_at(faults, &name).to_owned(),
        name,
    }
}

fn verdicts(shell: &Shell, act: CaseAct, form: &Form) -> Vec<Choice> {
    let (yes, no) = match act {
        CaseAct::WeighNecessity => ("necessity-yes", "necessity-no"),
        _ => ("opinion-for", "opinion-against"),
    };
    [("yes", yes), ("no", no)]
        .map(|(code, key)| Choice::new(code, shell.t(key), form.trimmed("verdict")))
        .to_vec()
}

fn grounds(shell: &Shell, act: CaseAct, form: &Form) -> Vec<Choice> {
    let current = form.trimmed("ground");
    match act {
        CaseAct::RefuseAcceptance => NonAcceptanceGround::ALL
            .iter()
            .map(|one| Choice::new(one.code(), words::coded(shell.lang, *one), current))
            .collect(),
        CaseAct::Deny => DenialGround::ALL
            .iter()
            .map(|one| Choice::new(one.code(), words::coded(shell.lang, *one), current))
            .collect(),
        _ => Vec::new(),
    }
}

fn consultations(hanging: &Hanging, form: &Form) -> Vec<Choice> {
    let open = hanging.consultations.iter().filter(|one| one.reply.is_none());
    open.map(|one| {
        Choice::new(
            one.id.to_string(),
            format!("{} {}", one.department, one.question),
            form.trimmed("consultation"),
        )
    })
    .collect()
}

/// POST /desk/cases/{no}/{act}
pub async fn create(
    visit: Visit,
    Path((number, slug)): Path<(String, String)>,
    form: Form,
) -> Result<Response, PageError> {
    let (case, act) = case_of(&visit, &number, &slug).await?;
    if preview::is_edited(&form) {
        return page(&visit, (&case, &number), (&slug, act), &form, &[]).await;
    }
    match perform(&visit, &case, act, &form).await {
        Ok(foreseen) => {
            let (action, issue) =
                (format!("/desk/cases/{number}/{slug}"), words::coded(visit.shell.lang, act));
            let seen = preview::sheet_of(&visit, &form, &action, issue, foreseen);
            seen.unwrap_or_else(|| Ok(visit.done(&format!("/desk/cases/{number}"), "case-act-done")))
        }
        Err(error) => {
            let faults = visit.faults(error)?;
            page(&visit, (&case, &number), (&slug, act), &form, &faults).await
        }
    }
}

/// Does the act, or gives the documents that it would issue when the form asks for those.
async fn perform(visit: &Visit, of: &Case, act: CaseAct, form: &Form) -> Result<Vec<Document>, Error> {
    let (key, wish) = (form.key(), Wish::of(form));
    let (case, version) = (of.id, form.number("version").unwrap_or(of.version));
    let mut typed = Typed::of(visit, form);
    match act {
        CaseAct::Accept => typed.carry(visit, &key, wish, &AcceptCase { case, version }).await,
        CaseAct::RequestCorrection => {
            let defects = defects(&mut typed);
            typed.carry(visit, &key, wish, &RequestCorrection { case, version, defects }).await
        }
        CaseAct::RefuseAcceptance => {
            let ground = typed.chosen("ground", NonAcceptanceGround::OtherAuthority, missing());
            let reasons = typed.text("reasons");
            typed.carry(visit, &key, wish, &RefuseAcceptance { case, version, ground, reasons }).await
        }
        CaseAct::WeighNecessity => {
            let named = typed.text("named");
            let (is_necessary, text) = (typed.verdict("verdict", missing()), typed.text("text"));
            typed.carry(visit, &key, wish, &WeighNecessity { case, version, is_necessary, named, text }).await
        }
        CaseAct::Consult => {
            let (department, question) = (typed.text("department"), typed.text("question"));
            typed.carry(visit, &key, wish, &AskDepartment { case, version, department, question }).await
        }
        CaseAct::RecordReply => {
            let (consultation, reply) = (typed.number("consultation", missing()), typed.text("reply"));
            typed.carry(visit, &key, wish, &RecordReply { case, version, consultation, reply }).await
        }
        CaseAct::ExtendJoint => {
            let (approval, reasons) = (typed.text("approval"), typed.text("reasons"));
            typed.carry(visit, &key, wish, &ExtendJoint { case, version, approval, reasons }).await
        }
        CaseAct::Approve => typed.carry(visit, &key, wish, &ApproveCase { case, version }).await,
        CaseAct::Deny => {
            let ground = typed.chosen("ground", DenialGround::UnlawfulAim, missing());
            let reasons = typed.text("reasons");
            typed.carry(visit, &key, wish, &DenyCase { case, version, ground, reasons }).await
        }
        CaseAct::Certify => typed.carry(visit, &key, wish, &IssueCertificate { case, version }).await,
        CaseAct::Announce => typed.carry(visit, &key, wish, &AnnounceCase { case, version }).await,
        _ => Err(Error::NotFound),
    }
}

/// The lines of the notice that were written.
fn defects(typed: &mut Typed<'_>) -> Vec<(Defect, String)> {
    let line = |defect: &Defect| {
        let text = typed.text(&format!("defect-{}", defect.code())).trim().to_owned();
        (!text.is_empty()).then_some((*defect, text))
    };
    Defect::ALL.iter().filter_map(line).collect()
}

fn missing() -> Refusal {
    Refusal::new("registration.choice-missing", "B9")
}
