//! A survey as a command loads it: with its contract, held against others.

use domain::catalogue::FunctionKind;
use domain::kernel::{ContractId, Date, OfficeId, OrganisationId};
use domain::performance::survey::{Question, Round, RoundKind, SurveyStep, questions};

use crate::{Cx, Error, args, row};

row! {
    /// The columns that commands decide on.
    pub(super) struct Held {
        /// The contract.
        contract_id: ContractId,
        /// Its public number.
        number: String,
        /// The office that buys.
        office_id: OfficeId,
        /// The provider.
        organisation_id: OrganisationId,
        /// Which survey of the contract.
        @code round: RoundKind,
        /// Its year, when it is a yearly one.
        year: Option<i64>,
        /// What kind of service.
        @code function_kind: FunctionKind,
        /// Answers that suffice.
        sample_minimum: i64,
        /// The commitment of the draw.
        commitment: String,
        /// Its secret.
        secret: String,
        /// The seed, once drawn.
        seed: Option<String>,
        /// The root of the keys, once handed in.
        root: Option<String>,
        /// The day of the final count.
        closed_on: Option<Date>,
    }
}

const HELD: &str =
    "SELECT s.contract_id, c.number, c.office_id, c.organisation_id, s.round, s.year, s.function_kind,
       s.sample_minimum, s.commitment, s.secret, s.seed, s.root, s.closed_on
     FROM survey s JOIN contract c ON c.id = s.contract_id WHERE s.id = $1";

/// Locks a survey against every other writer and loads it.
pub(super) async fn locked(cx: &mut Cx<'_>, id: i64) -> Result<Held, Error> {
    cx.tx.lock("survey", id).await?;
    Ok(cx.tx.one(HELD, args![id]).await?)
}

/// Loads a survey beside others who answer; closing and grouping wait for us.
pub(super) async fn shared(cx: &mut Cx<'_>, id: i64) -> Result<Held, Error> {
    cx.tx.share("survey", id).await?;
    Ok(cx.tx.one(HELD, args![id]).await?)
}

impl Held {
    /// Another office's survey does not exist for this actor.
    pub(super) fn require_office(&self, cx: &Cx<'_>) -> Result<(), Error> {
        if cx.actor.office() == Some(self.office_id) { Ok(()) } else { Err(Error::NotFound) }
    }

    /// Which survey of the contract.
    pub(super) fn round(&self) -> Round {
        Round::of(self.round, self.year)
    }

    /// Where it stands.
    pub(super) fn step(&self) -> SurveyStep {
        SurveyStep::of(self.seed.is_some(), self.root.is_some(), self.closed_on.is_some())
    }

    /// What is asked.
    pub(super) fn questions(&self) -> [Question; 3] {
        questions(self.function_kind)
    }
}
