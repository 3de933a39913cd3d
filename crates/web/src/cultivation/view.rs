//! An enrolment as its pages show it: facts, each with its name, as far as the reader may know them.

use app::cultivation::case::Enrolment;
use app::cultivation::read::{self, Review};
use app::{Error, frozen};
use domain::cultivation::{Criterion, EnrolmentStage};
use domain::kernel::{Coded, RuleKey};
use domain::registry::enrolled::Exit;

use super::{partner_name, services_text};
use crate::documents::list::{DocumentLine, lines};
use crate::shell::findings::{FindingLine, finding_lines};
use crate::shell::{PageError, Visit};

/// What a page shows of an enrolment.
pub struct EnrolmentView {
    /// Facts, each with its name.
    pub rows: Vec<(String, String)>,
    /// The conditions as found at the application.
    pub conditions: Vec<FindingLine>,
    /// The reviews, oldest year first.
    pub reviews: Vec<Review>,
    /// The documents that the reader may open.
    pub documents: Vec<DocumentLine>,
    /// Its end as of now, recorded or by itself.
    pub end: Option<Exit>,
    /// Its stage in words, with what has ended by itself.
    pub stage: String,
    /// The tone of its tag.
    pub tone: &'static str,
}

/// The view of an enrolment; only `is_official` readers and the organisation itself see statement and reasons.
pub async fn view(visit: &Visit, case: &Enrolment, is_public: bool) -> Result<EnrolmentView, PageError> {
    let fail = |error: Error| visit.error(error);
    let shell = &visit.shell;
    let end = read::end_of(&visit.city, case).await.map_err(fail)?;
    let is_over = case.stage == EnrolmentStage::Enrolled && end.is_some();
    let stage = if is_over { EnrolmentStage::Exited } else { case.stage };
    let reviews =
        if is_public { Vec::new() } else { read::reviews(&visit.city, case).await.map_err(fail)? };
    Ok(EnrolmentView {
        rows: rows(visit, case, end, is_public),
        conditions: finding_lines(shell, &frozen::thaw(&case.conditions)),
        reviews,
        documents: lines(visit, case.subject()).await?,
        stage: shell.coded(&stage),
        tone: super::tone(&stage),
        end,
    })
}

fn rows(visit: &Visit, case: &Enrolment, end: Option<Exit>, is_public: bool) -> Vec<(String, String)> {
    let shell = &visit.shell;
    let mut rows = vec![
        (shell.t("cultivation-number"), case.number.clone()),
        (shell.t("cultivation-organisation"), format!("{}（{}）", case.organisation, case.uscc)),
        (shell.t("cultivation-type"), shell.coded(&case.kind)),
    ];
    if let Some(part) = &case.part {
        rows.push((shell.t("cultivation-part"), shell.coded(part)));
    }
    rows.push((shell.t("cultivation-services"), services_text(shell, &case.services())));
    rows.push((shell.t("cultivation-applied"), shell.moment(&case.applied_at)));
    if !is_public {
        rows.push((shell.t("cultivation-statement"), case.statement.clone()));
    }
    score_rows(visit, case, is_public, &mut rows);
    if let Some(is_for) = case.partner_is_for {
        let opinion = shell.t(if is_for { "cultivation-for" } else { "cultivation-against" });
        let told = match (is_public, &case.partner_on) {
            (false, Some(on)) => {
                format!("{opinion} · {} · {} · {}", case.partner_number, shell.date(on), case.partner_text)
            }
            _ => opinion,
        };
        rows.push((shell.tx("cultivation-partner-says", partner_name(shell, case.kind)), told));
    }
    if let Some(until) = &case.public_until {
        rows.push((shell.t("cultivation-public-until"), shell.date(until)));
    }
    if case.enrolled_at.is_some() {
        rows.push((shell.t("cultivation-since"), shell.moment_or_dash(&case.enrolled_at)));
        let counted =
            case.counted_year.map_or_else(|| shell.t("cultivation-counted-before"), |y| y.to_string());
        rows.push((shell.t("cultivation-counted"), counted));
    }
    if let Some(ground) = &case.refusal_ground {
        rows.push((shell.t("cultivation-refused"), shell.coded(ground)));
        rows.push((shell.t("cultivation-reason"), case.decision_reason.clone()));
    }
    if let Some(exit) = &end {
        rows.push((shell.t("cultivation-ended"), shell.moment(&exit.at)));
        rows.push((shell.t("cultivation-exit-ground"), shell.coded(&exit.ground)));
    }
    if !is_public && !case.exit_reason.is_empty() {
        rows.push((shell.t("cultivation-reason"), case.exit_reason.clone()));
    }
    rows
}

fn score_rows(visit: &Visit, case: &Enrolment, is_public: bool, rows: &mut Vec<(String, String)>) {
    let (shell, rules) = (&visit.shell, case.rules(&visit.city));
    let Some(score) = case.score() else { return };
    let parts: Vec<String> =
        Criterion::ALL.iter().map(|one| format!("{} {}", shell.coded(one), score.of(*one))).collect();
    let line = rules.number(RuleKey::ProgrammePassPoints);
    let total = shell.txy("cultivation-total", score.total(), line);
    rows.push((shell.t("cultivation-score"), format!("{} · {total}", parts.join(" · "))));
    if !is_public {
        rows.push((shell.t("cultivation-score-note"), case.score_note.clone()));
    }
}
