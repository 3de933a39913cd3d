//! Cards: their keys handed in before anyone answers, and those made void that came back (E2).

use domain::kernel::{Refusal, Role};
use domain::performance::survey::SurveyStep;
use evidence::survey::{CardCode, CardKey, KeyList};

use super::held;
use crate::db::Row;
use crate::journal::{SURVEY, SURVEY_CARD};
use crate::{Act, Cx, Error, args};

/// More cards than any contract has recipients.
const CARDS_MAX: usize = 20_000;

/// Hands in the list of public keys that the street office's command wrote.
#[derive(Clone)]
pub struct HandInKeys {
    /// Which survey.
    pub survey: i64,
    /// The version that the actor saw.
    pub version: i64,
    /// The file's text.
    pub text: String,
}

impl Act for HandInKeys {
    /// How many keys.
    type Outcome = i64;
    const NAME: &'static str = "performance.hand_in_keys";
    const WHO: &'static [Role] = &[Role::OfficeStaff, Role::OfficeDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let held = held::locked(cx, self.survey).await?;
        held.require_office(cx)?;
        if held.root.is_some() {
            return Err(Refusal::new("performance.keys-handed-in", "E2").into());
        }
        let fault = |refusal: Refusal| Error::Invalid(vec![refusal.at("keys")]);
        let list = KeyList::parse(&self.text)
            .ok_or_else(|| fault(Refusal::new("performance.keys-unreadable", "E2")))?;
        if list.contract != held.number {
            let strange = Refusal::new("performance.keys-of-another-contract", "E2");
            return Err(fault(strange.with("number", list.contract)));
        }
        let round = held.round().to_string();
        if list.round.as_ref().is_some_and(|named| *named != round) {
            let strange = Refusal::new("performance.keys-of-another-round", "E2");
            return Err(fault(strange.with("file", KeyList::file_name(&held.number, Some(&round)))));
        }
        let count = i64::try_from(list.keys().len()).unwrap_or(i64::MAX);
        if count < held.sample_minimum {
            let few = Refusal::new("performance.keys-too-few", "E2");
            return Err(fault(few.with("count", count).with("minimum", held.sample_minimum)));
        }
        if list.keys().len() > CARDS_MAX {
            return Err(fault(Refusal::new("performance.keys-too-many", "E2").with("max", CARDS_MAX)));
        }
        for key in list.keys() {
            let id = cx.id();
            let values =
                [("survey_id", self.survey.into()), ("public_key", key.into()), ("is_void", false.into())];
            let used = Refusal::new("performance.keys-used", "E2");
            let inserted = cx.insert(&SURVEY_CARD, id, &values).await;
            inserted.map_err(|error| error.on_unique("survey_card__public_key", used))?;
        }
        let values = [("root", list.root().hex().into()), ("keys_on", cx.now.date().into())];
        cx.update(&SURVEY, self.survey, self.version, &values).await?;
        cx.announce("survey.keys_committed", held.number);
        Ok(count)
    }
}

/// Makes cards void that came back unused, by their codes.
#[derive(Clone)]
pub struct VoidCards {
    /// Which survey.
    pub survey: i64,
    /// The codes, one a line.
    pub codes: String,
}

impl Act for VoidCards {
    /// How many cards.
    type Outcome = i64;
    const NAME: &'static str = "performance.void_cards";
    const WHO: &'static [Role] = &[Role::OfficeStaff, Role::OfficeDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let held = held::locked(cx, self.survey).await?;
        held.require_office(cx)?;
        if held.step() == SurveyStep::Closed || held.root.is_none() {
            held.step().expect_open()?;
        }
        let lines = self.codes.lines().map(str::trim).zip(1_i64..).filter(|(line, _)| !line.is_empty());
        let mut count = 0;
        for (line, at) in lines {
            let fault = |code: &'static str| {
                Error::Invalid(vec![Refusal::new(code, "E2").at("codes").with("line", at)])
            };
            let code = CardCode::parse(line).map_err(|_| fault("performance.void-code"))?;
            let key = CardKey::of(&code, &held.number).public();
            let sql = "SELECT id, version, is_void FROM survey_card WHERE survey_id = $1 AND public_key = $2";
            let card: Option<Row> = cx.tx.maybe(sql, args![self.survey, &key]).await?;
            let card = card.ok_or_else(|| fault("performance.void-unknown"))?;
            cx.tx.lock("survey_card", card.get("id")?).await?;
            if super::answer::earlier(cx, self.survey, &key).await?.is_some() {
                return Err(fault("performance.void-used"));
            }
            if !card.get::<bool>("is_void")? {
                let values = [("is_void", true.into()), ("void_on", cx.now.date().into())];
                cx.update(&SURVEY_CARD, card.get::<i64>("id")?, card.get("version")?, &values).await?;
                count += 1;
            }
        }
        if count == 0 {
            return Err(Error::Invalid(vec![Refusal::new("performance.void-none", "E2").at("codes")]));
        }
        Ok(count)
    }
}
