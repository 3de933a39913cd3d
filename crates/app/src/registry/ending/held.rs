//! An ending as a row.

use domain::kernel::{Coded, Date, Moment, OrganisationId, PersonId, RuleKey, Subject, SubjectKind};
use domain::registry::DocumentKind;
use domain::registry::course::Intake;
use domain::registry::credit::StatementKind;
use domain::registry::ending::{
    EndingFacts, EndingKind, EndingStage, EndingStanding, Remainder, RevocationGround,
};

use crate::db::Val;
use crate::journal::{ENDING_CASE, Table};
use crate::registry::course::{self, Application, Held, Values};
use crate::{Cx, Error, row};

/// The ground of every cancellation: the organisation asks for it.
pub(super) const OWN_REQUEST: &str = "own_request";

row! {
    /// An ending as a case.
    pub struct EndingCase {
        /// Its row.
        id: i64,
        /// The row's version.
        version: i64,
        /// Its number: the year and a serial of four digits.
        number: i64,
        /// Whose.
        organisation_id: OrganisationId,
        /// Which way.
        @code kind: EndingKind,
        /// Why, as stored; see `revocation_ground`.
        ground: String,
        /// How far it has come.
        @code stage: EndingStage,
        /// What shows it, in words.
        evidence: String,
        /// The day on which the ground for ending arose.
        ground_on: Option<Date>,
        /// The day on which the liquidation group was formed.
        group_on: Option<Date>,
        /// Why it was asked for late.
        late_why: Option<String>,
        /// The day on which liquidation ended.
        liquidated_on: Option<Date>,
        /// What becomes of the remainder.
        @code_option remainder: Option<Remainder>,
        /// Who receives it, or for what it is used.
        recipient: String,
        /// Who asked or proposed.
        opened_by: Option<PersonId>,
        /// When.
        opened_at: Moment,
        /// How far the taking up of a cancellation has come; none for one from before that was kept, and for a revocation.
        @code_option intake: Option<Intake>,
        /// The day of the last handing in.
        received_on: Option<Date>,
        /// Whether the one correction was asked for.
        is_corrected: Option<bool>,
        /// Every defect that was told.
        defects: Option<String>,
        /// From which day it counts as taken up.
        accepted_on: Option<Date>,
        /// The day whose rules judge it.
        rules_on: Date,
        /// When the organisation was told.
        noticed_at: Option<Moment>,
        /// The last day for an answer.
        answer_by: Option<Date>,
        /// How it answered.
        @code_option statement_kind: Option<StatementKind>,
        /// What it said.
        statement: String,
        /// When.
        stated_at: Option<Moment>,
        /// When the hearing was held.
        heard_on: Option<Date>,
        /// What was said there.
        hearing_note: String,
        /// Whether the officer found it fit.
        is_fit: Option<bool>,
        /// The officer's opinion.
        opinion: String,
        /// Who gave it.
        reviewed_by: Option<PersonId>,
        /// When it was decided.
        decided_at: Option<Moment>,
        /// Why so.
        decision: String,
    }
}

impl EndingCase {
    /// What documents, papers and deadlines of it hang on.
    pub fn subject(&self) -> Subject {
        Subject::new(SubjectKind::Case, self.id)
    }

    /// Why the authority ends the organisation; none for a cancellation.
    pub fn revocation_ground(&self) -> Option<RevocationGround> {
        RevocationGround::from_code(&self.ground)
    }

    /// What decides over its next step.
    pub fn facts(&self) -> EndingFacts {
        let prepared_by = match self.kind {
            EndingKind::Cancellation => self.reviewed_by,
            EndingKind::Revocation => self.opened_by,
        };
        EndingFacts {
            kind: self.kind,
            stage: self.stage,
            intake: self.intake,
            prepared_by,
            answer_by: self.answer_by,
            statement: self.statement_kind,
            heard_on: self.heard_on,
        }
    }
}

impl Application for EndingCase {
    type Stage = EndingStanding;
    const TABLE: &'static Table = &ENDING_CASE;
    const RECEIVED: &'static str =
        "SELECT * FROM ending_case WHERE stage = 'opened' AND intake = 'received' ORDER BY number";

    fn held(&self) -> Held {
        Held {
            id: self.id,
            version: self.version,
            number: self.number,
            organisation: self.organisation_id,
            received_on: self.received_on.unwrap_or(self.opened_at.date()),
            is_corrected: self.is_corrected == Some(true),
        }
    }

    fn stage(&self) -> EndingStanding {
        EndingStanding { stage: self.stage, intake: self.intake }
    }

    fn columns(at: EndingStanding) -> Values {
        vec![("stage", Val::code(at.stage)), ("intake", at.intake.map(Coded::code).into())]
    }

    fn term(&self, accepted_on: Date) -> (RuleKey, Date) {
        (RuleKey::CancellationDecisionWorkingDays, accepted_on)
    }

    fn matter(&self) -> &'static str {
        self.kind.code()
    }

    fn is_public(kind: DocumentKind) -> bool {
        matches!(
            kind,
            DocumentKind::CancellationApproval | DocumentKind::Revocation | DocumentKind::Announcement
        )
    }
}

/// The case with this number, held against other writers.
pub(super) async fn lock_case(cx: &mut Cx<'_>, number: i64) -> Result<EndingCase, Error> {
    course::lock(cx, number).await
}
