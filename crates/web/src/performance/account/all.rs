//! Accounts of all offices for the purchase lead and discipline, one office's with its vetoes, and the yearly
//! export for the bureau's office assessment (S63).

use app::performance::account::veto::RaiseVeto;
use app::performance::account::{self, Totals, sheet};
use app::sheets;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::{Coded, Role};
use domain::performance::account::{VetoGround, veto};

use super::chosen_year;
use super::told::{Told, result, told, tone};
use crate::shell::chart::{self, Mark, Words};
use crate::shell::download::download;
use crate::shell::{
    Choice, FieldFault, Form, PageError, Path, Shell, Typed, Visit, fault_at, show, show_as, words,
};

/// An office in the list.
pub(crate) struct Line {
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) director: String,
    pub(crate) parts: Vec<String>,
    pub(crate) result: String,
    pub(crate) standing: String,
    pub(crate) tone: &'static str,
}

#[derive(Template)]
#[template(path = "performance/account/all.html")]
struct AllPage<'a> {
    shell: &'a Shell,
    years: Vec<Choice>,
    heads: Vec<String>,
    lines: Vec<Line>,
    bars: String,
    export: String,
}

#[derive(Template)]
#[template(path = "performance/account/one.html")]
struct OnePage<'a> {
    shell: &'a Shell,
    account: Told,
    years: Vec<Choice>,
    vetoes_open: bool,
    base: String,
    may_record: bool,
    grounds: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// An office's result as a line, its page below `base`.
pub(crate) fn line(shell: &Shell, one: &Totals, href: String) -> Line {
    let english = shell.is_english() && !one.office.name_en.is_empty();
    Line {
        href,
        name: if english { one.office.name_en.clone() } else { one.office.name.clone() },
        director: one.office.director.clone().unwrap_or_else(|| shell.t("registry-no-director")),
        parts: one
            .account
            .parts
            .iter()
            .map(|part| if part.of == 0 { "—".to_owned() } else { shell.points(&part.points) })
            .collect(),
        result: result(shell, &one.account),
        standing: shell.coded(&one.account.standing),
        tone: tone(one.account.standing),
    }
}

/// Names of the parts, as heads of columns.
pub(crate) fn heads(shell: &Shell) -> Vec<String> {
    domain::performance::account::Part::ALL.iter().map(|part| words::coded(shell.lang, *part)).collect()
}

/// The results of all offices as bars.
pub(crate) fn bars(shell: &Shell, totals: &[Totals], lines: &[Line]) -> String {
    let texts =
        ["account-all-title", "account-all-says", "account-bars-table", "account-office", "account-points"]
            .map(|key| shell.t(key));
    let [title, says, table, name_head, value_head] = &texts;
    let marks: Vec<Mark> = totals
        .iter()
        .zip(lines)
        .map(|(one, line)| Mark::new(&line.name, one.account.result, &line.result).to(&line.href))
        .collect();
    chart::bars(&Words { id: "accounts", title, says, table, name_head, value_head }, &marks, None)
}

/// GET /desk/accounts
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let (year, years) = chosen_year(&visit).await?;
    let totals = account::totals(&visit.city, year).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let lines: Vec<Line> = totals
        .iter()
        .map(|one| line(shell, one, shell.url(format!("/desk/accounts/{}?year={year}", one.office.code))))
        .collect();
    show(&AllPage {
        years,
        heads: heads(shell),
        bars: bars(shell, &totals, &lines),
        lines,
        export: shell.url(format!("/desk/accounts/export.xlsx?year={year}")),
        shell,
    })
}

/// GET /desk/accounts/export.xlsx
pub async fn export(visit: Visit) -> Result<Response, PageError> {
    let (year, _) = chosen_year(&visit).await?;
    let found = account::all(&visit.city, year).await.map_err(|error| visit.error(error))?;
    let lang = visit.shell.lang;
    let keys = [
        "office",
        "year",
        "part",
        "step",
        "subject",
        "due",
        "done",
        "got",
        "of",
        "points",
        "most",
        "director-then",
    ];
    let columns = keys.map(|key| visit.shell.t(&format!("account-{key}")));
    let name = visit.shell.t("account-sheet");
    let told = move |list: &str, code: &str| words::member(lang, list, code);
    let wording = sheet::Wording { name: &name, columns: &columns, told: &told };
    let bytes = sheet::xlsx(&found, &wording).map_err(|error| visit.error(error))?;
    Ok(download(&format!("{name}-{year}.xlsx"), sheets::XLSX, bytes))
}

/// GET /desk/accounts/{code}
pub async fn show_one(visit: Visit, Path(code): Path<String>) -> Result<Response, PageError> {
    page(&visit, &code, StatusCode::OK, &Form::default(), &[]).await
}

async fn page(
    visit: &Visit,
    code: &str,
    status: StatusCode,
    form: &Form,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let (year, years) = chosen_year(visit).await?;
    let found = account::of_office(&visit.city, code, year).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let ground = |one: &VetoGround| {
        Choice::new(
            one.code(),
            shell.txy("account-ground-rule", words::coded(shell.lang, *one), one.rule()),
            form.text("ground"),
        )
    };
    let page = OnePage {
        account: told(shell, &found, None, false),
        years,
        vetoes_open: true,
        base: shell.url(format!("/desk/accounts/{code}")),
        may_record: visit.actor.post.role == Role::Supervisor,
        grounds: veto::grounds().iter().map(ground).collect(),
        form,
        faults,
        shell,
    };
    show_as(status, &page)
}

/// POST /desk/accounts/{code}: raises a veto.
pub async fn raise(visit: Visit, Path(code): Path<String>, form: Form) -> Result<Response, PageError> {
    let office = app::access::accounts::office_by_code(&visit.city, &code).await;
    let office = office.map_err(|error| visit.error(error))?;
    let ground = VetoGround::from_code(form.trimmed("ground"));
    let ground = ground.ok_or_else(|| visit.error(app::Error::NotFound))?;
    let mut typed = Typed::of(&visit, &form);
    let act = RaiseVeto {
        office: office.id,
        ground,
        subject: typed.text("subject"),
        acted_on: typed.date("acted_on"),
        evidence: typed.text("evidence"),
    };
    let answer = typed.ask(&visit, &form.key(), &act).await;
    match answer {
        Ok(number) => Ok(visit.done(&format!("/desk/vetoes/{number}"), "veto-raised")),
        Err(error) => {
            let (status, faults) = visit.mendable(error)?;
            page(&visit, &code, status, &form, &faults).await
        }
    }
}
