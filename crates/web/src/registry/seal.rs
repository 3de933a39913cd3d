//! Seal specimen and bank account: the organisation hands them in, the window receives them or sends them back (B16).

use app::papers::{self, GivePaper};
use app::registry::seal::{HandInAccount, HandInSeal, ReceiveSeal, ReturnSeal, SealFiling};
use app::registry::{profile, seal as held};
use app::uploads::{FILE_MIB_MAX, StoredFile};
use app::{Error, RequestKey};
use askama::Template;
use axum::response::Response;
use domain::kernel::OrganisationId;
use domain::registry::PaperKind;
use domain::registry::seal::{SealMatter, SealStage, may_file};

use super::ending::{PaperLine, Told, missing, paper_lines, papers_of, plain, show_as};
use crate::shell::{Choice, FieldFault, FileForm, Form, PageError, Path, Shell, Typed, Visit, fault_at};

/// A filing in a list.
pub struct SealLine {
    pub(crate) matter: String,
    /// What it says, with the account hidden but for its end.
    pub(crate) said: String,
    pub(crate) handed: String,
    pub(crate) state: String,
    pub(crate) tone: &'static str,
    pub(crate) reason: String,
    pub(crate) papers: Vec<PaperLine>,
    pub(crate) href: String,
}

#[derive(Template)]
#[template(path = "registry/seal.html")]
struct OwnPage<'a> {
    shell: &'a Shell,
    /// Why it may not file; empty when it may.
    barred: String,
    owed: Vec<String>,
    lines: Vec<SealLine>,
    /// Whether each of the two waits for the window.
    seal_waits: bool,
    account_waits: bool,
    papers: Vec<Choice>,
    file_hint: String,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /me/seal
pub async fn own(visit: Visit) -> Result<Response, PageError> {
    page(&visit, &Form::default(), plain()).await
}

fn own_id(visit: &Visit) -> Result<OrganisationId, PageError> {
    visit.actor.organisation().ok_or_else(|| visit.error(Error::NotFound))
}

async fn page(visit: &Visit, form: &Form, (status, faults): Told) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let (city, shell, id) = (&visit.city, &visit.shell, own_id(visit)?);
    let of = profile::organisation_by_id(city, id).await.map_err(fail)?;
    let all = held::of_organisation(city, id).await.map_err(fail)?;
    let waits = |matter| all.iter().any(|one| one.matter == matter && one.stage == SealStage::HandedIn);
    let owed = held::owed(city, id).await.map_err(fail)?;
    let store = papers::own(city, &visit.actor).await.map_err(fail)?;
    let is_specimen = |paper: &papers::Paper| paper.kind == PaperKind::SealAndAccount;
    let choice = |paper: papers::Paper| {
        let value = paper.id.0.to_string();
        let chosen = form.has("papers", &value);
        Choice { label: paper.name, hint: paper.title, chosen, value }
    };
    let barred = may_file(of.kind, of.legal, of.status).err();
    let page = OwnPage {
        shell,
        barred: barred.map_or_else(String::new, |refusal| shell.refusal(&refusal)),
        owed: owed.iter().map(|matter| shell.coded(matter)).collect(),
        lines: lines(visit, id).await?,
        seal_waits: waits(SealMatter::Seal),
        account_waits: waits(SealMatter::Account),
        papers: store.into_iter().filter(is_specimen).map(choice).collect(),
        file_hint: shell.tx("paper-file-hint", FILE_MIB_MAX),
        form,
        faults: &faults,
    };
    show_as(status, &page)
}

/// What an organisation has filed, the latest first, for itself and for the desk.
///
/// # Errors
/// The database failed, as a page.
pub(in crate::registry) async fn lines(
    visit: &Visit,
    id: OrganisationId,
) -> Result<Vec<SealLine>, PageError> {
    let all = held::of_organisation(&visit.city, id).await.map_err(|error| visit.error(error))?;
    let mut lines = Vec::new();
    for one in &all {
        lines.push(line(visit, one).await?);
    }
    Ok(lines)
}

async fn line(visit: &Visit, of: &SealFiling) -> Result<SealLine, PageError> {
    let shell = &visit.shell;
    Ok(SealLine {
        matter: shell.coded(&of.matter),
        said: match of.matter {
            SealMatter::Seal => of.name.clone(),
            SealMatter::Account => shell.txy("seal-account-said", &of.bank, of.masked()),
        },
        handed: shell.moment(&of.handed_at),
        state: shell.coded(&of.stage),
        tone: tone(of.stage),
        reason: of.reason.clone(),
        papers: paper_lines(visit, of.subject()).await?,
        href: shell.url(format!("/desk/seals/{}", of.number)),
    })
}

fn tone(stage: SealStage) -> &'static str {
    match stage {
        SealStage::HandedIn => "wait",
        SealStage::Received => "ok",
        SealStage::Returned => "warn",
        SealStage::Replaced => "",
    }
}

/// POST /me/seal: hands in papers of the store, or a new one.
pub async fn hand_in(visit: Visit, typed: FileForm) -> Result<Response, PageError> {
    match try_hand_in(&visit, &typed).await {
        Ok(_) => Ok(visit.done("/me/seal", "seal-handed-in")),
        Err(error) => {
            let told = visit.mendable(error)?;
            page(&visit, &typed.form, told).await
        }
    }
}

async fn try_hand_in(visit: &Visit, typed: &FileForm) -> Result<i64, Error> {
    let (city, form) = (&visit.city, &typed.form);
    let mut papers = papers_of(form);
    if let Some(file) = typed.files.iter().find(|file| file.field == "file") {
        let file = StoredFile::store(city, "B16", &file.name, &file.bytes)?;
        let (kind, title) = (PaperKind::SealAndAccount, String::new());
        let give = GivePaper { kind, title, file, valid_until: None, on_behalf_of: None };
        papers.push(city.act(&visit.actor, &form.key(), &give).await?);
    }
    city.act(&visit.actor, &RequestKey::None, &HandInSeal { papers }).await
}

/// POST /me/seal/account
pub async fn hand_in_account(visit: Visit, form: Form) -> Result<Response, PageError> {
    let mut typed = Typed::of(&visit, &form);
    let act = HandInAccount { bank: typed.text("bank"), account: typed.text("account") };
    match typed.ask(&visit, &form.key(), &act).await {
        Ok(_) => Ok(visit.done("/me/seal", "seal-account-handed-in")),
        Err(error) => {
            let told = visit.mendable(error)?;
            page(&visit, &form, told).await
        }
    }
}

#[derive(Template)]
#[template(path = "registry/seal_desk.html")]
struct DeskPage<'a> {
    shell: &'a Shell,
    filing: SealFiling,
    title: String,
    state: String,
    tone: &'static str,
    papers: Vec<PaperLine>,
    /// What the organisation filed besides.
    lines: Vec<SealLine>,
    organisation_href: String,
    base: String,
    may_settle: bool,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /desk/seals/{no}
pub async fn show_one(visit: Visit, Path(number): Path<i64>) -> Result<Response, PageError> {
    desk_page(&visit, number, &Form::default(), plain()).await
}

async fn desk_page(
    visit: &Visit,
    number: i64,
    form: &Form,
    (status, faults): Told,
) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let filing = held::one(&visit.city, &visit.actor, number).await.map_err(|error| visit.error(error))?;
    let base = shell.url(format!("/desk/seals/{number}"));
    let mut lines = lines(visit, filing.organisation_id).await?;
    lines.retain(|line| line.href != base);
    let page = DeskPage {
        shell,
        title: shell.txy("seal-desk-title", shell.coded(&filing.matter), &filing.now_called),
        state: shell.coded(&filing.stage),
        tone: tone(filing.stage),
        papers: paper_lines(visit, filing.subject()).await?,
        lines,
        organisation_href: shell.url(format!("/desk/credit/organisations/{}", filing.uscc)),
        base,
        may_settle: filing.stage == SealStage::HandedIn && shell.is_role("approval_officer"),
        filing,
        form,
        faults: &faults,
    };
    show_as(status, &page)
}

/// POST /desk/seals/{no}: receives it, or sends it back.
pub async fn settle(visit: Visit, Path(number): Path<i64>, form: Form) -> Result<Response, PageError> {
    let (city, actor, key) = (&visit.city, &visit.actor, form.key());
    let (done, flash) = match form.trimmed("step") {
        "receive" => (city.act(actor, &key, &ReceiveSeal { number }).await, "seal-received"),
        "return" => {
            let mut typed = Typed::of(&visit, &form);
            let act = ReturnSeal { number, reason: typed.text("reason") };
            (typed.ask(&visit, &key, &act).await, "seal-returned")
        }
        _ => (Err(Error::Invalid(vec![missing("B16")])), "seal-received"),
    };
    match done {
        Ok(()) => Ok(visit.done(&format!("/desk/seals/{number}"), flash)),
        Err(error) => {
            let told = visit.mendable(error)?;
            desk_page(&visit, number, &form, told).await
        }
    }
}
