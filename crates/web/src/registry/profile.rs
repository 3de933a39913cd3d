//! An organisation's public page: may it be trusted with a purchase, what is it, what has it done (W2).

use app::registry::{Organisation, Profile, divisions, profile, standing};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use domain::kernel::Level;
use domain::registry::standing::{Purchase, eligibility};

use super::tell::{self, Condition};
use crate::shell::{PageError, Shell, Visit, show};

/// The answer to "may it bid?", in a plain sentence, with the facts behind it.
pub struct Verdict {
    /// Empty, `warn` or `stop`.
    pub tone: &'static str,
    pub lead: String,
    pub facts: Vec<String>,
    pub conditions: Vec<Condition>,
}

/// A row of a purchase list.
pub struct Bought {
    pub href: String,
    pub number: String,
    pub title: String,
    pub office: String,
    pub when: String,
    pub amount: String,
}

/// What both the public page and the organisation's own page show.
pub struct Told {
    pub name: String,
    pub rows: Vec<(String, String)>,
    pub won: Vec<Bought>,
    pub contracts: Vec<Bought>,
}

#[derive(Template)]
#[template(path = "registry/profile.html")]
struct ProfilePage<'a> {
    shell: &'a Shell,
    told: Told,
    verdict: Verdict,
    warning: String,
    edit_href: String,
}

/// GET /orgs/{uscc}
pub async fn show_one(visit: Visit, Path(uscc): Path<String>) -> Result<Response, PageError> {
    let held = profile::profile(&visit.city, &uscc).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let may_edit = shell.is_role("purchase_lead") || shell.is_role("administrator");
    let edit = format!("/desk/organisations/{uscc}/edit");
    let warning = held.organisation.code_warning();
    show(&ProfilePage {
        verdict: verdict(&visit, &held.organisation).await?,
        warning: warning.map(|refusal| shell.refusal(&refusal)).unwrap_or_default(),
        edit_href: if may_edit { shell.url(&edit) } else { String::new() },
        told: told(shell, &held),
        shell,
    })
}

/// Judges the organisation by the rules of today, for a purchase that excludes nobody in particular.
pub async fn verdict(visit: &Visit, held: &Organisation) -> Result<Verdict, PageError> {
    let standing = standing::standing_of(&visit.city, held.id).await.map_err(|error| visit.error(error))?;
    let today = visit.shell.now().date();
    let purchase = Purchase { excludes_affiliates: false, designers: &[] };
    let judged = eligibility(&standing, &purchase, today, visit.city.book.on(today));
    let shell = &visit.shell;
    let has_warning = judged.findings.iter().any(|finding| finding.level == Level::Warn);
    let (tone, lead) = match judged.require() {
        Err(refusal) => ("stop", shell.refusal(&refusal)),
        Ok(()) if has_warning => ("warn", shell.t("registry-verdict-warn")),
        Ok(()) => ("", shell.t("registry-verdict-ok")),
    };
    let facts = vec![
        shell.coded(&held.status),
        shell.coded(&held.legal),
        shell.tx("registry-fact-inspection", shell.coded(&held.inspection)),
        shell.tx("registry-fact-listing", shell.coded(&held.listing)),
    ];
    let conditions = judged.findings.iter().map(|finding| tell::condition(shell, finding)).collect();
    Ok(Verdict { tone, lead, facts, conditions })
}

/// The page's rows and lists.
pub fn told(shell: &Shell, profile: &Profile) -> Told {
    let held = &profile.organisation;
    let or_none = |text: &str| if text.is_empty() { shell.t("shell-not-given") } else { text.to_owned() };
    let code = if held.has_credit_code() { "registry-code" } else { "registry-filing-number" };
    let yes_no = if held.is_supervised { "registry-yes" } else { "registry-no" };
    let mut rows = vec![
        (shell.t(code), held.uscc.clone()),
        (shell.t("registry-kind"), shell.coded(&held.kind)),
        (shell.t("registry-legal"), shell.coded(&held.legal)),
        (shell.t("registry-status"), shell.coded(&held.status)),
        (shell.t("registry-registered-on"), shell.date(&held.registered_on)),
        (shell.t("registry-person"), or_none(&held.person_in_charge)),
        (shell.t("registry-division"), divisions::name_of(&held.division)),
        (shell.t("registry-domicile"), or_none(&held.domicile)),
        (shell.t("registry-fields"), tell::fields(shell, &held.fields)),
        (shell.t("registry-supervised"), shell.t(yes_no)),
        (shell.t("registry-inspection"), shell.coded(&held.inspection)),
        (shell.t("registry-listing"), shell.coded(&held.listing)),
    ];
    if let Some(until) = &held.banned_until {
        rows.push((shell.t("registry-banned-until"), shell.date(until)));
    }
    let won = profile.won.iter().map(|one| Bought {
        href: shell.url(format!("/tenders/{}", one.number)),
        number: one.number.clone(),
        title: one.title.clone(),
        office: one.office_name.clone(),
        when: shell.moment(&one.decided_at),
        amount: String::new(),
    });
    let contracts = profile.contracts.iter().map(|one| Bought {
        href: shell.url(format!("/contracts/{}", one.number)),
        number: one.number.clone(),
        title: one.title.clone(),
        office: one.office_name.clone(),
        when: shell.txy("registry-from-to", shell.date(&one.starts_on), shell.date(&one.ends_on)),
        amount: shell.money(&one.amount_fen),
    });
    Told { name: held.name.clone(), rows, won: won.collect(), contracts: contracts.collect() }
}
