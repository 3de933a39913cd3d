//! Scoring on the three criteria, the partner department's opinion, and publicity (S20, D1).

use domain::cultivation::course::{check_opinion, check_publicity};
use domain::cultivation::{Criterion, EnrolmentStage, Score};
use domain::kernel::{Date, EnrolmentId, Refusal, Role, RuleKey};

use super::case::{advance, locked};
use super::{BUREAU, NUMBER_MAX, TEXT_MAX, partners, person, required};
use crate::{Act, Cx, Error};

/// An officer of the bureau scores an application.
#[derive(Clone)]
pub struct ScoreEnrolment {
    /// Which.
    pub enrolment: EnrolmentId,
    /// Points for function; none when nothing readable was typed.
    pub functionality: Option<i64>,
    /// Points for effect.
    pub effectiveness: Option<i64>,
    /// Points for nearness to people.
    pub convenience: Option<i64>,
    /// Why so many.
    pub note: String,
}

impl Act for ScoreEnrolment {
    type Outcome = ();
    const NAME: &'static str = "cultivation.score";
    const WHO: &'static [Role] = BUREAU;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = locked(cx, self.enrolment).await?;
        case.stage.expect(&[EnrolmentStage::Applied])?;
        let typed = |criterion| match criterion {
            Criterion::Functionality => self.functionality,
            Criterion::Effectiveness => self.effectiveness,
            Criterion::Convenience => self.convenience,
        };
        let (score, mut faults) = match Score::read(typed, case.rules(cx.app)) {
            Ok(score) => (Some(score), Vec::new()),
            Err(faults) => (None, faults),
        };
        let note = required(&mut faults, "note", &self.note, TEXT_MAX);
        let Some(score) = score.filter(|_| faults.is_empty()) else {
            return Err(Error::Invalid(faults));
        };
        let values = vec![
            ("functionality", score.functionality.into()),
            ("effectiveness", score.effectiveness.into()),
            ("convenience", score.convenience.into()),
            ("score_note", note.into()),
            ("scored_by", person(cx)?.into()),
            ("scored_at", cx.now.into()),
        ];
        advance(cx, &case, EnrolmentStage::Scored, values).await
    }
}

/// Puts the partner department's opinion on record, with its paper.
#[derive(Clone)]
pub struct RecordPartnerOpinion {
    /// Which.
    pub enrolment: EnrolmentId,
    /// Whether it is for the enrolment; none when nothing was chosen.
    pub is_for: Option<bool>,
    /// What it says.
    pub text: String,
    /// The number of its paper.
    pub number: String,
    /// The day of its paper; none when nothing readable was typed.
    pub on: Option<Date>,
}

impl Act for RecordPartnerOpinion {
    type Outcome = ();
    const NAME: &'static str = "cultivation.record_partner_opinion";
    const WHO: &'static [Role] = BUREAU;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = locked(cx, self.enrolment).await?;
        check_opinion(&case.position(cx.app))?;
        let mut faults = Vec::new();
        if self.is_for.is_none() {
            faults.push(Refusal::new("cultivation.opinion-missing", "D1").at("is_for"));
        }
        let text = required(&mut faults, "text", &self.text, TEXT_MAX);
        let number = required(&mut faults, "number", &self.number, NUMBER_MAX);
        let (first, last) = (case.applied_at.date(), cx.now.date());
        match self.on {
            None => faults.push(Refusal::new("cultivation.day-missing", "D1").at("on")),
            Some(on) if on < first || on > last => faults.push(
                Refusal::new("cultivation.opinion-day", "D1")
                    .at("on")
                    .with("first", first)
                    .with("last", last),
            ),
            Some(_) => {}
        }
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let partner = partners::of(case.kind).map(|partner| partner.name.as_str()).unwrap_or_default();
        let values = vec![
            ("partner", partner.into()),
            ("partner_is_for", self.is_for.into()),
            ("partner_text", text.into()),
            ("partner_number", number.into()),
            ("partner_on", self.on.into()),
            ("partner_by", person(cx)?.into()),
        ];
        advance(cx, &case, EnrolmentStage::Heard, values).await
    }
}

/// Shows the intended enrolment to everyone for the days of the rule. The outcome is the last day.
#[derive(Clone, Copy)]
pub struct PubliciseEnrolment {
    /// Which.
    pub enrolment: EnrolmentId,
}

impl Act for PubliciseEnrolment {
    type Outcome = String;
    const NAME: &'static str = "cultivation.publicise";
    const WHO: &'static [Role] = BUREAU;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<String, Error> {
        let case = locked(cx, self.enrolment).await?;
        let app = cx.app;
        let rules = case.rules(app);
        check_publicity(&case.position(app), rules)?;
        let key = RuleKey::ProgrammePublicityWorkingDays;
        let until: Date = rules.deadline(&app.calendar, key, cx.now.date())?.due;
        let values = vec![("publicised_at", cx.now.into()), ("public_until", until.into())];
        advance(cx, &case, EnrolmentStage::Publicised, values).await?;
        cx.announce("cultivation.publicised", case.number);
        Ok(until.to_string())
    }
}
