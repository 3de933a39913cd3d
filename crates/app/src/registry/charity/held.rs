//! An application for recognition as a row, with the conditions that it explains.

use domain::kernel::{Date, Moment, OrganisationId, PersonId, RuleKey, Subject, SubjectKind};
use domain::registry::DocumentKind;
use domain::registry::charity::{Annulment, CharityCondition, CharityStage};

use crate::db::Val;
use crate::journal::{CHARITY_CASE, CHARITY_CONDITION, Table};
use crate::registry::course::{Application, Held, Values, conditions};
use crate::registry::standing::Source;
use crate::{Error, row};

row! {
    /// An application, and the recognition that came of it.
    pub struct CharityCase {
        /// Its row.
        id: i64,
        /// The row's version.
        version: i64,
        /// Its number: the year and a serial of four digits.
        number: i64,
        /// Whose.
        organisation_id: OrganisationId,
        /// How far it has come.
        @code stage: CharityStage,
        /// Why it asks, its charitable purpose and what it does for it.
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
        /// When the term was extended.
        extended_at: Option<Moment>,
        /// The ministry's approval of the extension; empty when there is none.
        extension_approval: String,
        /// Why the term was not enough.
        extension_reason: String,
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
        /// The number of the decision that recognised it.
        document_number: Option<String>,
        /// Since when it is recognised.
        recognised_on: Option<Date>,
        /// What in the application is said to be false; empty when nothing.
        false_facts: String,
        /// Who gave notice of an annulment.
        noticed_by: Option<PersonId>,
        /// When.
        noticed_at: Option<Moment>,
        /// The last day for an answer.
        answer_by: Option<Date>,
        /// What the organisation answers.
        answer: String,
        /// When.
        answered_at: Option<Moment>,
        /// Why the recognition was annulled, or stands.
        annulment: String,
        /// The day on which it ended.
        ended_on: Option<Date>,
    }
}

impl CharityCase {
    /// What documents, papers and deadlines of it hang on.
    pub fn subject(&self) -> Subject {
        Subject::new(SubjectKind::Case, self.id)
    }

    /// The day whose rules judge it (T1).
    pub fn rules_on(&self) -> Date {
        self.applied_at.date()
    }

    /// What is known of an annulment.
    pub fn annulled(&self) -> Annulment {
        Annulment { stage: self.stage, noticed_by: self.noticed_by, answer_by: self.answer_by }
    }
}

/// One condition of an application.
pub type HeldCondition = conditions::HeldCondition<CharityCondition>;

/// The conditions of a case, in the order of the law.
pub(super) async fn held_conditions(source: &mut Source<'_>, case: i64) -> Result<Vec<HeldCondition>, Error> {
    conditions::of(source, &CHARITY_CONDITION, case).await
}

impl Application for CharityCase {
    type Stage = CharityStage;
    const TABLE: &'static Table = &CHARITY_CASE;
    const RECEIVED: &'static str = "SELECT * FROM charity_case WHERE stage = 'applied' ORDER BY number";

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

    fn stage(&self) -> CharityStage {
        self.stage
    }

    fn columns(stage: CharityStage) -> Values {
        vec![("stage", Val::code(stage))]
    }

    fn term(&self, accepted_on: Date) -> (RuleKey, Date) {
        (RuleKey::CharityRecognitionDays, accepted_on)
    }

    fn matter(&self) -> &'static str {
        "charity"
    }

    fn is_public(kind: DocumentKind) -> bool {
        matches!(
            kind,
            DocumentKind::CharityDecision | DocumentKind::CharityAnnulment | DocumentKind::Announcement
        )
    }
}
