//! The organisation's side: saving a draft, filing the report, and the papers that go with it.

use domain::kernel::{Coded, Date, PaperId, Refusal, Role};
use domain::registry::PaperKind;
use domain::registry::inspection::filing::{check_whole, is_simplified};
use domain::registry::inspection::{Answers, InspectionState};

use super::held::{Loaded, freeze, load_own};
use super::unit;
use crate::db::{Row, Val};
use crate::journal::{INSPECTION, INSPECTION_REPORT};
use crate::papers::{self, Owner};
use crate::registry::standing::Source;
use crate::{Act, Cx, Error, args};

/// Saves the report as far as it is written.
#[derive(Clone)]
pub struct SaveReport {
    /// The year reported on.
    pub year: i64,
    /// The version of the report that the writer saw; zero for a new one.
    pub version: i64,
    /// The answers.
    pub answers: Answers,
}

impl Act for SaveReport {
    type Outcome = ();
    const NAME: &'static str = "inspection.save_report";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (loaded, _) = load_own(cx, self.year).await?;
        expect_open(&loaded)?;
        save(cx, &loaded, self.version, &self.answers, Vec::new()).await
    }
}

/// Files the report: whole, with its papers. After absence was recorded it makes up for the silence, and the
/// record of absence stays (B27, B36).
#[derive(Clone)]
pub struct SubmitReport {
    /// The year reported on.
    pub year: i64,
    /// The version of the report that the writer saw; zero for a new one.
    pub version: i64,
    /// The answers.
    pub answers: Answers,
}

impl Act for SubmitReport {
    type Outcome = ();
    const NAME: &'static str = "inspection.submit_report";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (loaded, person) = load_own(cx, self.year).await?;
        expect_open(&loaded)?;
        let subject = loaded.inspection.subject();
        let papers = papers::of_in(cx, subject).await?;
        let kinds: Vec<PaperKind> = papers.iter().map(|paper| paper.kind).collect();
        let simple = simplified(cx, &loaded).await?;
        let of = &loaded.organisation;
        let (today, what) = (cx.now.date(), (of.kind, of.is_supervised));
        let unit = unit::of(&mut Source::Tx(&mut cx.tx), of.id, what, today).await?;
        check_whole(&self.answers, of.kind, simple, &unit, &kinds).map_err(Error::Invalid)?;
        // Whoever was in time stays so when the report comes back completed.
        let filed: Vec<(&'static str, Val)> = match has_filed(&loaded) {
            true => Vec::new(),
            false => vec![("submitted_at", cx.now.into()), ("submitted_by", person.into())],
        };
        save(cx, &loaded, self.version, &self.answers, filed).await?;
        if loaded.inspection.state != InspectionState::Absent {
            let values = [("state", InspectionState::Reported.code().into())];
            cx.update(&INSPECTION, loaded.inspection.id, loaded.inspection.version, &values).await?;
        }
        Ok(())
    }
}

/// Uses one of the organisation's papers for its report.
#[derive(Clone, Copy)]
pub struct AttachPaper {
    /// The year reported on.
    pub year: i64,
    /// Which paper.
    pub paper: PaperId,
}

impl Act for AttachPaper {
    type Outcome = ();
    const NAME: &'static str = "inspection.attach_paper";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (loaded, _) = load_own(cx, self.year).await?;
        // Evidence of what was mended follows later; a closed report takes nothing more.
        let sql = "SELECT count(*) FROM rectification WHERE inspection_id = $1 AND state = 'open'";
        if cx.tx.number(sql, args![loaded.inspection.id]).await? == 0 {
            expect_open(&loaded)?;
        }
        let owner = Owner::Organisation(loaded.organisation.id);
        papers::use_for(cx, self.paper, loaded.inspection.subject(), owner).await
    }
}

/// Takes a paper out of the report again, before it is filed.
#[derive(Clone, Copy)]
pub struct DetachPaper {
    /// The year reported on.
    pub year: i64,
    /// Which paper.
    pub paper: PaperId,
}

impl Act for DetachPaper {
    type Outcome = ();
    const NAME: &'static str = "inspection.detach_paper";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (loaded, _) = load_own(cx, self.year).await?;
        expect_open(&loaded)?;
        papers::take_from(cx, self.paper, loaded.inspection.subject()).await
    }
}

/// Whether the organisation writes: the report is awaited, came back, or is made up for after absence.
pub fn is_open(state: InspectionState, has_filed: bool) -> bool {
    match state {
        InspectionState::Due | InspectionState::Returned => true,
        InspectionState::Absent => !has_filed,
        _ => false,
    }
}

fn expect_open(loaded: &Loaded) -> Result<(), Refusal> {
    if is_open(loaded.inspection.state, has_filed(loaded)) { Ok(()) } else { Err(closed(loaded)) }
}

fn has_filed(loaded: &Loaded) -> bool {
    loaded.report.as_ref().is_some_and(|report| report.submitted_at.is_some())
}

fn closed(loaded: &Loaded) -> Refusal {
    Refusal::new("inspection.report-closed", "B24").with_code("state", loaded.inspection.state)
}

pub(super) const GRADE: &str = "SELECT grade, confirmed_on, valid_until FROM rating_grade
     WHERE organisation_id = $1 AND COALESCE(ended_on, lapsed_on, '9999-12-31') > $2 AND confirmed_on <= $2 AND valid_until >= $2
     ORDER BY confirmed_on DESC";

/// A grade as the rule of the simplified procedure asks for it: how many As, from when, until when.
pub(super) fn grade(row: &Row) -> Result<Option<(i64, Date, Date)>, Error> {
    let code: String = row.get("grade")?;
    let number = code.strip_suffix('a').and_then(|number| number.parse().ok());
    let (from, until): (Date, Date) = (row.get("confirmed_on")?, row.get("valid_until")?);
    Ok(number.map(|number| (number, from, until)))
}

async fn simplified(cx: &mut Cx<'_>, loaded: &Loaded) -> Result<bool, Error> {
    let today = cx.now.date();
    let row: Option<Row> = cx.tx.maybe(GRADE, args![loaded.organisation.id, today]).await?;
    let held = row.as_ref().map(grade).transpose()?.flatten();
    Ok(is_simplified(held, today, cx.app.book.on(loaded.campaign.rules_on)))
}

async fn save(
    cx: &mut Cx<'_>,
    loaded: &Loaded,
    version: i64,
    answers: &Answers,
    more: Vec<(&'static str, Val)>,
) -> Result<(), Error> {
    let simple = simplified(cx, loaded).await?;
    let mut values: Vec<(&'static str, Val)> = vec![
        ("answers", freeze(answers).into()),
        ("is_simplified", simple.into()),
        ("saved_at", cx.now.into()),
    ];
    values.extend(more);
    match &loaded.report {
        Some(report) => cx.update(&INSPECTION_REPORT, report.id, version, &values).await,
        None if version != 0 => Err(Error::Stale),
        None => {
            values.extend([
                ("inspection_id", loaded.inspection.id.into()),
                ("returns", 0_i64.into()),
                ("return_reason", "".into()),
                ("review_note", "".into()),
            ]);
            let id = cx.id();
            cx.insert(&INSPECTION_REPORT, id, &values).await
        }
    }
}
