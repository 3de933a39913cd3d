//! The telephone check of a survey: recipients drawn from the ledger once the cards are out, called by somebody who has
//! neither cards nor the service in hand, and shown to everyone as counts (E2, TRUST 2b, 2h).
//!
//! Drawn are tokens of the ledger. Cards lie in envelopes that recipients drew, so nothing leads from a token to a card,
//! and a call can find a recipient who is none without learning what anybody answered.

use domain::kernel::{Coded, Moment, PersonId, Refusal, Role};
use domain::performance::survey::check as rule;
use domain::performance::survey::{CheckOutcome, SurveyStep};
use evidence::draw::{self, Committed, PoolEntry, Terms};
use evidence::hex;

use super::held::{self, Held};
use crate::db::Row;
use crate::journal::{SURVEY_CHECK, SURVEY_CHECK_DRAW};
use crate::{Act, App, Cx, Error, args, row};

/// The one group that is drawn from.
const STRATUM: &str = "recipients";
/// What no single party controls, in words.
const BEACON: &str = "sha256 of the sample's seed and the root of the cards' keys, one per line, sorted";
/// No note is longer, in characters.
const NOTE_MAX: usize = 500;

/// Draws who is called.
#[derive(Clone, Copy)]
pub struct DrawChecks {
    /// Which survey.
    pub survey: i64,
}

/// A recipient who may be drawn.
struct Candidate {
    id: i64,
    code: String,
}

impl Act for DrawChecks {
    /// How many.
    type Outcome = i64;
    const NAME: &'static str = "performance.draw_checks";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let survey = held::locked(cx, self.survey).await?;
        expect_independent(cx, &survey).await?;
        let (Some(sample), Some(root)) = (survey.seed.clone(), survey.root.clone()) else {
            return Err(Refusal::new("performance.check-too-early", "E2")
                .with_code("step", SurveyStep::Prepared)
                .into());
        };
        let salt = cx.app.chance.bytes()?;
        let sql = "SELECT count(*) FROM survey_card WHERE survey_id = $1";
        let cards = cx.tx.number(sql, args![self.survey]).await?;
        let candidates = candidates(cx, self.survey, cards, &salt).await?;
        let need = rule::need(cards, candidates.len(), cx.app.book.on(cx.now.date()));
        let terms = Terms {
            subject: format!("{}/{}/check", survey.number, survey.round()),
            attempt: 1,
            stratum: STRATUM,
            need,
            beacon: BEACON.to_owned(),
        };
        let entry = |one: &Candidate| PoolEntry {
            code: one.code.clone(),
            stratum: STRATUM.to_owned(),
            excluded: None,
        };
        let corrupt = |_| Error::Folder("commitment".to_owned());
        let pool = candidates.iter().map(entry).collect();
        let committed = Committed::new(terms, pool, cx.app.chance.bytes()?).map_err(corrupt)?;
        let drawn = committed.hold(&draw::beacon_of(vec![sample, root]));
        let drawn = drawn.map_err(|_| Refusal::new("performance.ledger-empty", "E2"))?;
        let id = cx.id();
        let values = [
            ("survey_id", self.survey.into()),
            ("drawn_by", person(cx)?.into()),
            ("drawn_at", cx.now.into()),
            ("need", need.into()),
            ("seed", drawn.seed.as_str().into()),
            ("code_salt", hex::encode(&salt).into()),
            ("record", drawn.record.to_string().into()),
        ];
        let again = Refusal::new("performance.check-drawn", "E2");
        let written = cx.insert(&SURVEY_CHECK_DRAW, id, &values).await;
        written.map_err(|error| error.on_unique("survey_check_draw__survey_id", again))?;
        for (place, code) in drawn.winners.iter().enumerate() {
            let one = candidates.iter().find(|one| one.code == *code).ok_or(Error::NotFound)?;
            let values = [
                ("draw_id", id.into()),
                ("position", (place + 1).into()),
                ("code", code.as_str().into()),
                ("recipient_id", one.id.into()),
                ("note", "".into()),
            ];
            let row = cx.id();
            cx.insert(&SURVEY_CHECK, row, &values).await?;
        }
        cx.announce("survey.checks_drawn", survey.number);
        Ok(i64::try_from(need).unwrap_or(i64::MAX))
    }
}

/// Those to whom cards went: as many as there are cards, in the order of the sample's draw.
async fn candidates(
    cx: &mut Cx<'_>,
    survey: i64,
    cards: i64,
    salt: &[u8; 32],
) -> Result<Vec<Candidate>, Error> {
    let sql = "SELECT id, token FROM survey_recipient WHERE survey_id = $1 AND place <= $2 ORDER BY place";
    let rows: Vec<Row> = cx.tx.all(sql, args![survey, cards]).await?;
    let one = |row: &Row| {
        let token: String = row.get("token")?;
        Ok(Candidate { id: row.get("id")?, code: draw::code(salt, &token) })
    };
    rows.iter().map(one).collect()
}

/// Whoever has cards to type, or belongs to the office that buys, does not check them.
async fn expect_independent(cx: &mut Cx<'_>, survey: &Held) -> Result<(), Error> {
    let sql = "SELECT count(*) FROM post WHERE person_id = $1 AND (until IS NULL OR until > $2)
                 AND (role = $3 OR office_id = $4)";
    let keyer = Role::StreetOfficer.code();
    if cx.tx.number(sql, args![person(cx)?, cx.now, keyer, survey.office_id]).await? > 0 {
        return Err(Refusal::new("performance.check-not-independent", "E11").into());
    }
    Ok(())
}

fn person(cx: &Cx<'_>) -> Result<PersonId, Error> {
    cx.actor.person.ok_or(Error::NotPermitted)
}

/// Puts on record what one call found.
#[derive(Clone)]
pub struct RecordCheck {
    /// Which survey.
    pub survey: i64,
    /// Its place among those drawn, from 1.
    pub position: i64,
    /// What it found; none when nothing was chosen.
    pub outcome: Option<CheckOutcome>,
    /// In words; needed unless it confirms.
    pub note: String,
}

impl Act for RecordCheck {
    type Outcome = ();
    const NAME: &'static str = "performance.record_check";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let survey = held::locked(cx, self.survey).await?;
        expect_independent(cx, &survey).await?;
        let sql = "SELECT k.id, k.version, k.outcome FROM survey_check k
                   JOIN survey_check_draw d ON d.id = k.draw_id WHERE d.survey_id = $1 AND k.position = $2";
        let row: Row = cx.tx.one(sql, args![self.survey, self.position]).await?;
        let before = row.get::<Option<String>>("outcome")?.and_then(|code| CheckOutcome::from_code(&code));
        let found = rule::check_outcome(before, self.outcome, &self.note, self.position);
        let outcome = found.map_err(|refusal| match refusal.field {
            Some(_) => Error::Invalid(vec![refusal]),
            None => Error::Refused(refusal),
        })?;
        if self.note.chars().count() > NOTE_MAX {
            let long = Refusal::new("performance.check-note-too-long", "E2").with("max", NOTE_MAX);
            return Err(Error::Invalid(vec![long.at(format!("note.{}", self.position))]));
        }
        let values = [
            ("outcome", outcome.code().into()),
            ("note", self.note.trim().into()),
            ("recorded_by", person(cx)?.into()),
            ("recorded_at", cx.now.into()),
        ];
        cx.update(&SURVEY_CHECK, row.get::<i64>("id")?, row.get("version")?, &values).await
    }
}

row! {
    /// The draw of a check as published.
    pub struct CheckDraw {
        /// How many were drawn.
        need: i64,
        /// When.
        drawn_at: Moment,
        /// Its seed.
        seed: String,
        /// The whole record.
        record: String,
    }
}

row! {
    /// Someone who is called, for those who call.
    pub struct CheckLine {
        /// Place among those drawn, from 1.
        position: i64,
        /// The ledger's token.
        token: String,
        /// What was found.
        @code_option outcome: Option<CheckOutcome>,
        /// In words.
        note: String,
    }
}

/// The draw of a survey's check, if it was held.
///
/// # Errors
/// The database could not be read.
pub async fn check_draw(app: &App, survey: i64) -> Result<Option<CheckDraw>, Error> {
    let sql = "SELECT need, drawn_at, seed, record FROM survey_check_draw WHERE survey_id = $1";
    Ok(app.db.maybe(sql, args![survey]).await?)
}

/// Those who are called, in the order of the draw.
///
/// # Errors
/// The database could not be read.
pub async fn check_lines(app: &App, survey: i64) -> Result<Vec<CheckLine>, Error> {
    let sql = "SELECT k.position, r.token, k.outcome, k.note FROM survey_check k
               JOIN survey_check_draw d ON d.id = k.draw_id JOIN survey_recipient r ON r.id = k.recipient_id
               WHERE d.survey_id = $1 ORDER BY k.position";
    Ok(app.db.all(sql, args![survey]).await?)
}

/// How many calls found what; none stands for those still to be made. For everyone.
///
/// # Errors
/// The database could not be read.
pub async fn check_counts(app: &App, survey: i64) -> Result<Vec<(Option<CheckOutcome>, i64)>, Error> {
    let lines = check_lines(app, survey).await?;
    let count = |of: Option<CheckOutcome>| {
        let number = lines.iter().filter(|line| line.outcome == of).count();
        (of, i64::try_from(number).unwrap_or(i64::MAX))
    };
    let outcomes = CheckOutcome::ALL.iter().copied().map(Some).chain([None]);
    Ok(outcomes.map(count).collect())
}
