//! The director's decision, many at once: each row by the same rule, all of them or none. What was decided
//! goes to the organisation as a document, into the register's column, and into the public feed.

use domain::kernel::{Coded, DayKind, Finding, Role, RuleKey};
use domain::registry::DocumentKind;
use domain::registry::inspection::outcome::may_decide;
use domain::registry::inspection::rectification::{RectificationState, Term, term};
use domain::registry::inspection::{InspectionState, Outcome};

use super::held::{Loaded, expect_version, load, result_of, tell_register};
use super::review::{BatchRow, check_size};
use crate::deadlines;
use crate::documents::{self, Draft};
use crate::journal::{INSPECTION, INSPECTION_REPORT, RECTIFICATION};
use crate::{Act, Cx, Error};

/// Decides on reports that an officer reviewed.
#[derive(Clone)]
pub struct DecideMany {
    /// The year reported on.
    pub year: i64,
    /// The rows selected.
    pub rows: Vec<BatchRow>,
}

impl Act for DecideMany {
    type Outcome = ();
    const NAME: &'static str = "inspection.decide";
    const WHO: &'static [Role] = &[Role::ApprovalDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        check_size(self.rows.len())?;
        let decider = cx.actor.person;
        let (mut sound, mut refused) = (Vec::new(), Vec::new());
        for row in &self.rows {
            let loaded = load(cx, self.year, &row.uscc).await?;
            let reviewer = loaded.report.as_ref().and_then(|report| report.reviewed_by);
            let (state, open) = (loaded.inspection.state, loaded.open_weights());
            let judged = expect_version(&loaded.inspection, row.version)
                .and_then(|()| may_decide(state, row.outcome, &open, reviewer, decider));
            match judged {
                Ok(()) => sound.push((loaded, row.outcome)),
                Err(refusal) => refused.push(row.at(refusal)),
            }
        }
        if !refused.is_empty() {
            return Err(Error::Invalid(refused));
        }
        for (loaded, outcome) in sound {
            decide(cx, &loaded, outcome).await?;
        }
        Ok(())
    }
}

async fn decide(cx: &mut Cx<'_>, loaded: &Loaded, outcome: Outcome) -> Result<(), Error> {
    let (inspection, report, today) = (&loaded.inspection, loaded.report()?, cx.now.date());
    let rules = cx.app.book.on(loaded.campaign.rules_on);
    let to_mend = term(outcome, today, rules, &cx.app.calendar)?;
    let values = [("decided_by", cx.actor.person.into()), ("decided_at", cx.now.into())];
    cx.update(&INSPECTION_REPORT, report.id, report.version, &values).await?;
    let values = [
        ("state", InspectionState::Decided.code().into()),
        ("outcome", outcome.code().into()),
        ("decided_on", today.into()),
    ];
    cx.update(&INSPECTION, inspection.id, inspection.version, &values).await?;
    tell_register(cx, loaded, result_of(outcome)).await?;
    documents::issue(cx, &notice(loaded, outcome)).await?;
    if let Some(to_mend) = to_mend {
        start_rectification(cx, loaded, outcome, to_mend).await?;
    }
    cx.announce("inspection.decided", loaded.organisation.uscc.clone());
    Ok(())
}

/// 年度检查结论通知书, with the grounds point by point (B26).
fn notice(loaded: &Loaded, outcome: Outcome) -> Draft {
    let year = loaded.inspection.year.to_string();
    Draft {
        kind: DocumentKind::InspectionNotice,
        subject: loaded.inspection.subject(),
        organisation: Some(loaded.organisation.id),
        person: None,
        addressee: loaded.organisation.name.clone(),
        facts: vec![
            ("year", year.into()),
            ("outcome", domain::kernel::Fact::Code(Outcome::LIST, outcome.code())),
        ],
        items: grounds(loaded),
        is_public: false,
    }
}

fn grounds(loaded: &Loaded) -> Vec<Finding> {
    let open = loaded.grounds.iter().filter(|held| held.closed_at.is_none());
    open.map(|held| {
        let finding = Finding::warn("inspection.ground", "B26");
        finding.with_code("ground", held.ground).with_code("weight", held.weight)
    })
    .collect()
}

/// The three months begin, with the notice that says so and a deadline that everyone sees (B27).
async fn start_rectification(
    cx: &mut Cx<'_>,
    loaded: &Loaded,
    outcome: Outcome,
    to_mend: Term,
) -> Result<(), Error> {
    let today = cx.now.date();
    let values = [
        ("inspection_id", loaded.inspection.id.into()),
        ("state", RectificationState::Open.code().into()),
        ("from_on", today.into()),
        ("due_on", to_mend.due.into()),
        ("report", "".into()),
        ("note", "".into()),
    ];
    let id = cx.id();
    cx.insert(&RECTIFICATION, id, &values).await?;
    let mut draft = notice(loaded, outcome);
    draft.kind = DocumentKind::RectificationNotice;
    draft.facts.push(("due", to_mend.due.into()));
    documents::issue(cx, &draft).await?;
    let count = u32::try_from(to_mend.days).unwrap_or(u32::MAX);
    let counted = deadlines::Term { trigger: today, count, kind: DayKind::CalendarDays };
    let (subject, rules_on) = (loaded.inspection.subject(), loaded.campaign.rules_on);
    deadlines::start_counted(cx, subject, RuleKey::RectificationMonths, rules_on, counted).await
}
