//! One enrolment: the application and all that follows, as one row.

use domain::cultivation::course::Position;
use domain::cultivation::{EnrolmentStage, MediationPart, RefusalGround, Score, ServiceTag};
use domain::kernel::{
    Coded, Date, EnrolmentId, Moment, OrganisationId, PersonId, Rules, Subject, SubjectKind,
};
use domain::registry::enrolled::{ExitGround, ProgrammeType};

use super::partners;
use crate::db::Val;
use crate::journal::ENROLMENT;
use crate::registry::enrolled::HOLDER;
use crate::{App, Cx, Error, args, row};

row! {
    /// An enrolment with the names that pages show.
    pub struct Enrolment {
        /// Its id.
        id: EnrolmentId,
        /// The row's version.
        version: i64,
        /// Its number.
        number: String,
        /// The programme's year.
        year: i64,
        /// Who applied.
        organisation_id: OrganisationId,
        /// Who holds it now: another only when a filed organisation was registered.
        holder_id: OrganisationId,
        /// The holder's name.
        organisation: String,
        /// The holder's credit code or filing number.
        uscc: String,
        /// The holder's district.
        district: String,
        /// Its type.
        @code kind: ProgrammeType,
        /// Its sub-quota, for mediation.
        @code_option part: Option<MediationPart>,
        /// What it does, as stored; see `services`.
        sub_services: String,
        /// What it says of itself.
        statement: String,
        /// How far it has come.
        @code stage: EnrolmentStage,
        /// The day whose rules judge it.
        rules_on: Date,
        /// The conditions as found at the application, frozen.
        conditions: String,
        /// When it was applied for.
        applied_at: Moment,
        /// Points for function.
        functionality: Option<i64>,
        /// Points for effect.
        effectiveness: Option<i64>,
        /// Points for nearness to people.
        convenience: Option<i64>,
        /// Why so many.
        score_note: String,
        /// Who scored.
        scored_by: Option<PersonId>,
        /// The scorer's name.
        scorer: Option<String>,
        /// When it was scored.
        scored_at: Option<Moment>,
        /// The department that was heard.
        partner: Option<String>,
        /// Whether it is for the enrolment.
        partner_is_for: Option<bool>,
        /// What it says.
        partner_text: String,
        /// The number of its paper.
        partner_number: String,
        /// The day of its paper.
        partner_on: Option<Date>,
        /// When publicity began.
        publicised_at: Option<Moment>,
        /// Last day of publicity.
        public_until: Option<Date>,
        /// Who decided.
        decider: Option<String>,
        /// When it was decided.
        decided_at: Option<Moment>,
        /// Why it was refused.
        @code_option refusal_ground: Option<RefusalGround>,
        /// The reason in words.
        decision_reason: String,
        /// Since when it is enrolled.
        enrolled_at: Option<Moment>,
        /// The year in which it counts; none when it was enrolled before.
        counted_year: Option<i64>,
        /// Since when it is enrolled no more, as recorded.
        ended_at: Option<Moment>,
        /// Why, as recorded.
        @code_option exit_ground: Option<ExitGround>,
        /// The reason in words.
        exit_reason: String,
    }
}

/// Every column of `Enrolment`.
pub(super) fn columns() -> String {
    format!(
        "SELECT e.*, p.year, h.id AS holder_id, h.name AS organisation, h.uscc, h.district,
           s.name AS scorer, d.name AS decider
         FROM enrolment e JOIN programme p ON p.id = e.programme_id JOIN organisation h ON h.id = {HOLDER}
         LEFT JOIN person s ON s.id = e.scored_by LEFT JOIN person d ON d.id = e.decided_by"
    )
}

impl Enrolment {
    /// The law that judges it: that of the day of its application (T1).
    pub fn rules<'a>(&self, app: &'a App) -> Rules<'a> {
        app.book.on(self.rules_on)
    }

    /// What documents call it.
    pub fn subject(&self) -> Subject {
        Subject::new(SubjectKind::Enrolment, self.id.0)
    }

    /// What it does.
    pub fn services(&self) -> Vec<ServiceTag> {
        services_of(&self.sub_services)
    }

    /// The score, once given.
    pub fn score(&self) -> Option<Score> {
        Some(Score {
            functionality: self.functionality?,
            effectiveness: self.effectiveness?,
            convenience: self.convenience?,
        })
    }

    /// Where it stands for a decision.
    pub fn position(&self, app: &App) -> Position {
        Position {
            stage: self.stage,
            has_partner: partners::of(self.kind).is_some(),
            passes: self.score().map(|score| score.passes(self.rules(app))),
            partner_is_for: self.partner_is_for,
            public_until: self.public_until,
            scored_by: self.scored_by,
        }
    }
}

/// Sub-services as they are stored: between commas.
pub(super) fn stored(services: &[ServiceTag]) -> String {
    let codes: Vec<&str> = services.iter().map(|service| service.code()).collect();
    format!(",{},", codes.join(","))
}

/// Sub-services from how they are stored.
pub fn services_of(stored: &str) -> Vec<ServiceTag> {
    stored.split(',').filter_map(ServiceTag::from_code).collect()
}

/// The enrolment, held against other writers until the transaction ends.
pub(super) async fn locked(cx: &mut Cx<'_>, id: EnrolmentId) -> Result<Enrolment, Error> {
    cx.tx.lock("enrolment", id.0).await?;
    Ok(cx.tx.one(&format!("{} WHERE e.id = $1", columns()), args![id]).await?)
}

/// Writes columns of the enrolment and its new stage.
pub(super) async fn advance(
    cx: &mut Cx<'_>,
    case: &Enrolment,
    stage: EnrolmentStage,
    values: Vec<(&'static str, Val)>,
) -> Result<(), Error> {
    let mut all = vec![("stage", Val::code(stage))];
    all.extend(values);
    cx.update(&ENROLMENT, case.id.0, case.version, &all).await
}
