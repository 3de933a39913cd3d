//! The rows of one inspection, and how they are loaded inside a transaction.

use std::collections::BTreeMap;

use domain::kernel::{Coded, Date, Moment, OrganisationId, PersonId, Refusal, Subject, SubjectKind};
use domain::registry::inspection::rectification::RectificationState;
use domain::registry::inspection::{Answers, Ground, InspectionState, Outcome, Question, Weight};
use domain::registry::{InspectionResult, OrganisationKind};

use super::campaign::{self, Campaign};
use crate::journal::ORGANISATION;
use crate::registry::profile::Organisation;
use crate::{Cx, Error, args, row};

row! {
    /// One organisation's inspection of one year.
    pub struct Inspection {
        /// Its row.
        id: i64,
        /// The row's version.
        version: i64,
        /// Whose.
        organisation_id: OrganisationId,
        /// The year reported on.
        year: i64,
        /// How far it is.
        @code state: InspectionState,
        /// How it ended.
        @code_option outcome: Option<Outcome>,
        /// When that was decided.
        decided_on: Option<Date>,
        /// When absence was recorded.
        absent_on: Option<Date>,
    }
}

impl Inspection {
    /// What papers, documents and deadlines name.
    pub fn subject(&self) -> Subject {
        Subject::new(SubjectKind::Inspection, self.id)
    }
}

row! {
    /// The report of an inspection.
    pub struct Report {
        /// Its row.
        id: i64,
        /// The row's version.
        version: i64,
        /// Answers as kept; see `answers`.
        answers: String,
        /// Whether it takes the short form of high grades (B28).
        is_simplified: bool,
        /// When it was saved last.
        saved_at: Moment,
        /// When it was filed.
        submitted_at: Option<Moment>,
        /// How often it went back.
        returns: i64,
        /// What it lacked then.
        return_reason: String,
        /// When it went back.
        returned_at: Option<Moment>,
        /// What an officer proposes.
        @code_option proposal: Option<Outcome>,
        /// Who proposes.
        reviewed_by: Option<PersonId>,
        /// When.
        reviewed_at: Option<Moment>,
        /// The officer's opinion.
        review_note: String,
        /// Who decided.
        decided_by: Option<PersonId>,
        /// When.
        decided_at: Option<Moment>,
    }
}

impl Report {
    /// The answers; what no version of the form asks is left out.
    pub fn answers(&self) -> Answers {
        thaw(&self.answers)
    }
}

row! {
    /// A ground found in an inspection.
    pub struct HeldGround {
        /// Its row.
        id: i64,
        /// The row's version.
        version: i64,
        /// Which.
        @code ground: Ground,
        /// How grave.
        @code weight: Weight,
        /// When it was found mended.
        closed_at: Option<Moment>,
    }
}

row! {
    /// What is to be mended after an inspection.
    pub struct Rectification {
        /// Its row.
        id: i64,
        /// The row's version.
        version: i64,
        /// How far it is.
        @code state: RectificationState,
        /// The day of the decision.
        from_on: Date,
        /// The last day.
        due_on: Date,
        /// What the organisation reports.
        report: String,
        /// When it did.
        reported_at: Option<Moment>,
        /// When it was verified.
        verified_at: Option<Moment>,
        /// The officer's words.
        note: String,
    }
}

/// Answers as the report's row keeps them.
pub fn freeze(answers: &Answers) -> String {
    let by_code: BTreeMap<&str, &str> =
        answers.0.iter().map(|(question, text)| (question.code(), text.as_str())).collect();
    serde_json::json!(by_code).to_string()
}

/// Answers read back.
pub fn thaw(text: &str) -> Answers {
    let by_code: BTreeMap<String, String> = serde_json::from_str(text).unwrap_or_default();
    let known = by_code.into_iter().filter_map(|(code, text)| Some((Question::from_code(&code)?, text)));
    Answers(known.collect())
}

pub(super) const REPORT_OF: &str = "SELECT * FROM inspection_report WHERE inspection_id = $1";
pub(super) const GROUNDS_OF: &str =
    "SELECT * FROM inspection_ground WHERE inspection_id = $1 ORDER BY ground";
pub(super) const RECTIFICATION_OF: &str = "SELECT * FROM rectification WHERE inspection_id = $1";
pub(super) const OF_YEAR: &str = "SELECT * FROM inspection WHERE organisation_id = $1 AND year = $2";

/// Everything that an act on one inspection decides by.
pub(super) struct Loaded {
    pub campaign: Campaign,
    pub inspection: Inspection,
    pub organisation: Organisation,
    pub report: Option<Report>,
    pub grounds: Vec<HeldGround>,
}

impl Loaded {
    /// The weights of what is not mended.
    pub fn open_weights(&self) -> Vec<Weight> {
        self.grounds.iter().filter(|one| one.closed_at.is_none()).map(|one| one.weight).collect()
    }

    /// The report, which must be there.
    pub fn report(&self) -> Result<&Report, Error> {
        self.report.as_ref().ok_or(Error::NotFound)
    }

    /// The last day for this organisation.
    pub fn due_on(&self) -> Date {
        self.campaign.due_on(self.organisation.kind)
    }
}

/// Loads the inspection of an organisation by its code.
pub(super) async fn load(cx: &mut Cx<'_>, year: i64, uscc: &str) -> Result<Loaded, Error> {
    let organisation = cx.tx.one("SELECT * FROM organisation WHERE uscc = $1", args![uscc]).await?;
    load_of(cx, year, organisation).await
}

/// Loads the inspection of the actor's own organisation, with the person who acts.
pub(super) async fn load_own(cx: &mut Cx<'_>, year: i64) -> Result<(Loaded, PersonId), Error> {
    let (Some(person), Some(id)) = (cx.actor.person, cx.actor.organisation()) else {
        return Err(Error::NotPermitted);
    };
    let organisation = cx.tx.one("SELECT * FROM organisation WHERE id = $1", args![id]).await?;
    Ok((load_of(cx, year, organisation).await?, person))
}

async fn load_of(cx: &mut Cx<'_>, year: i64, organisation: Organisation) -> Result<Loaded, Error> {
    let campaign = cx.tx.one(campaign::OF_YEAR, args![year]).await?;
    let inspection: Inspection = cx.tx.one(OF_YEAR, args![organisation.id, year]).await?;
    cx.tx.lock("inspection", inspection.id).await?;
    let inspection: Inspection = cx.tx.one(OF_YEAR, args![organisation.id, year]).await?;
    let report = cx.tx.maybe(REPORT_OF, args![inspection.id]).await?;
    let grounds = cx.tx.all(GROUNDS_OF, args![inspection.id]).await?;
    Ok(Loaded { campaign, inspection, organisation, report, grounds })
}

/// Keeps the register's own column in step, unless a later year has ended already.
pub(super) async fn tell_register(
    cx: &mut Cx<'_>,
    loaded: &Loaded,
    result: InspectionResult,
) -> Result<(), Error> {
    let sql = "SELECT count(*) FROM inspection WHERE organisation_id = $1 AND year > $2 AND state IN ('decided', 'absent')";
    let organisation = &loaded.organisation;
    if cx.tx.number(sql, args![organisation.id, loaded.inspection.year]).await? > 0 {
        return Ok(());
    }
    let values = [("inspection", result.code().into())];
    cx.update(&ORGANISATION, organisation.id.0, organisation.version, &values).await
}

/// The register's word for an outcome.
pub(super) fn result_of(outcome: Outcome) -> InspectionResult {
    match outcome {
        Outcome::Pass => InspectionResult::Pass,
        Outcome::BasicPass => InspectionResult::BasicPass,
        Outcome::Fail => InspectionResult::Fail,
    }
}

/// Refuses a row that has moved on since the reader saw it.
pub(super) fn expect_version(inspection: &Inspection, version: i64) -> Result<(), Refusal> {
    if inspection.version == version {
        return Ok(());
    }
    Err(Refusal::new("inspection.row-changed", "B26").at("outcome"))
}

/// Whether a kind reports to the registrar by the earlier day.
pub(super) fn is_foundation(kind: OrganisationKind) -> bool {
    kind == OrganisationKind::Foundation
}
