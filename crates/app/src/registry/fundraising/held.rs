//! An application for public fundraising as a row, with the conditions that it explains.

use domain::kernel::{Date, Moment, OrganisationId, PersonId, RuleKey, Subject, SubjectKind};
use domain::registry::DocumentKind;
use domain::registry::fundraising::{Condition, FundraisingStage, FundraisingWay};

use crate::db::Val;
use crate::journal::{FUNDRAISING_CASE, FUNDRAISING_CONDITION, Table};
use crate::registry::course::{Application, Held, Values, conditions};
use crate::registry::standing::Source;
use crate::{Error, row};

row! {
    /// An application, and the certificate that came of it.
    pub struct FundraisingCase {
        /// Its row.
        id: i64,
        /// The row's version.
        version: i64,
        /// Its number: the year and a serial of four digits.
        number: i64,
        /// Whose.
        organisation_id: OrganisationId,
        /// On what ground it is asked for.
        @code way: FundraisingWay,
        /// How far it has come.
        @code stage: FundraisingStage,
        /// What the organisation adds in words.
        statement: String,
        /// The conditions as they stood at the application, frozen.
        eligibility: String,
        /// When it was applied for.
        applied_at: Moment,
        /// The day of the last handing in.
        received_on: Date,
        /// Whether the one correction was asked for.
        is_corrected: bool,
        /// Every defect that was told.
        defects: String,
        /// From which day it counts as taken up.
        accepted_on: Option<Date>,
        /// Whether the officer found it fit.
        is_fit: Option<bool>,
        /// The officer's opinion.
        opinion: String,
        /// Who gave it.
        reviewed_by: Option<PersonId>,
        /// When.
        reviewed_at: Option<Moment>,
        /// Why the director asked for a new opinion; empty when not.
        sent_back: String,
        /// When it was decided.
        decided_at: Option<Moment>,
        /// Why so.
        decision: String,
        /// The grounds of a denial, frozen.
        grounds: String,
        /// The certificate's number.
        certificate: Option<String>,
        /// Since when it holds.
        granted_on: Option<Date>,
        /// The number of the penalty that took the certificate, as recorded.
        penalty_number: Option<String>,
        /// For what.
        penalty_reason: String,
        /// The day of that decision.
        penalty_on: Option<Date>,
        /// Who recorded it.
        penalty_by: Option<PersonId>,
        /// The day on which the certificate ended.
        ended_on: Option<Date>,
    }
}

impl FundraisingCase {
    /// What documents, papers and deadlines of it hang on.
    pub fn subject(&self) -> Subject {
        Subject::new(SubjectKind::Case, self.id)
    }

    /// The day whose rules judge it (T1).
    pub fn rules_on(&self) -> Date {
        self.applied_at.date()
    }
}

/// One condition of an application.
pub type HeldCondition = conditions::HeldCondition<Condition>;

/// The conditions of a case, in the order of the law.
pub(super) async fn held_conditions(source: &mut Source<'_>, case: i64) -> Result<Vec<HeldCondition>, Error> {
    conditions::of(source, &FUNDRAISING_CONDITION, case).await
}

impl Application for FundraisingCase {
    type Stage = FundraisingStage;
    const TABLE: &'static Table = &FUNDRAISING_CASE;
    const RECEIVED: &'static str = "SELECT * FROM fundraising_case WHERE stage = 'applied' ORDER BY number";

    fn held(&self) -> Held {
        Held {
            id: self.id,
            version: self.version,
            number: self.number,
            organisation: self.organisation_id,
            received_on: self.received_on,
            is_corrected: self.is_corrected,
        }
    }

    fn stage(&self) -> FundraisingStage {
        self.stage
    }

    fn columns(stage: FundraisingStage) -> Values {
        vec![("stage", Val::code(stage))]
    }

    fn term(&self, accepted_on: Date) -> (RuleKey, Date) {
        (RuleKey::FundraisingDecisionDays, accepted_on)
    }

    fn matter(&self) -> &'static str {
        "fundraising"
    }

    fn is_public(kind: DocumentKind) -> bool {
        matches!(kind, DocumentKind::FundraisingCertificate | DocumentKind::Announcement)
    }
}
