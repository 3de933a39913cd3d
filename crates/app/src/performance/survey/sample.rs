//! The sample: the ledger frozen and committed to, then drawn by a chance that nobody here decides (E2).

use domain::catalogue::FunctionKind;
use domain::kernel::{Coded, ContractId, OfficeId, Refusal, Role};
use domain::performance::survey::{Exclusion, LedgerLine, Round, sample};
use evidence::draw::{self, Committed, PoolEntry, Terms};
use evidence::hex;

use super::{held, rounds};
use crate::db::Row;
use crate::journal::{SURVEY, SURVEY_RECIPIENT};
use crate::{Act, Cx, Error, args};

/// The one group that is drawn from.
const STRATUM: &str = "recipients";
/// More than any ledger of a contract holds.
const LEDGER_MAX: usize = 5_000;
/// No token is longer, in characters.
const TOKEN_MAX: usize = 60;

/// Freezes the service ledger of a contract and commits to how the sample will be drawn.
#[derive(Clone)]
pub struct StartSurvey {
    /// Which contract: public, and of the actor's office.
    pub contract: ContractId,
    /// Which of its surveys.
    pub round: Round,
    /// The ledger.
    pub ledger: Vec<LedgerLine>,
    /// What the public chance will be and when, in words.
    pub beacon: String,
}

impl Act for StartSurvey {
    /// The survey's row.
    type Outcome = i64;
    const NAME: &'static str = "performance.start_survey";
    const WHO: &'static [Role] = &[Role::OfficeStaff, Role::OfficeDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        cx.tx.lock("contract", self.contract.0).await?;
        let sql = "SELECT c.number, c.office_id, i.function_kind FROM contract c JOIN tender t ON t.id = c.tender_id
                   JOIN item i ON i.id = t.item_id WHERE c.id = $1 AND c.published_at IS NOT NULL";
        let row: Row = cx.tx.one(sql, args![self.contract]).await?;
        if cx.actor.office() != Some(row.get::<OfficeId>("office_id")?) {
            return Err(Error::NotFound);
        }
        rounds::check(cx, self.contract, self.round).await?;
        let recipients = self.check()?;
        let minimum = sample::minimum(recipients, cx.app.book.on(cx.now.date()));
        let number: String = row.get("number")?;
        let (salt, secret) = (cx.app.chance.bytes()?, cx.app.chance.bytes()?);
        let pool = pool(&self.ledger, &salt);
        let terms = Terms {
            subject: format!("{number}/{}", self.round),
            attempt: 1,
            stratum: STRATUM,
            need: usize::try_from(minimum).unwrap_or(0),
            beacon: self.beacon.trim().to_owned(),
        };
        let corrupt = |_| Error::Folder("commitment".to_owned());
        let committed = Committed::new(terms, pool.clone(), secret).map_err(corrupt)?;
        let id = cx.id();
        let values = [
            ("contract_id", self.contract.into()),
            ("round", self.round.kind().code().into()),
            ("year", self.round.year().into()),
            ("function_kind", row.code::<FunctionKind>("function_kind")?.code().into()),
            ("recipients", i64::from(recipients).into()),
            ("sample_minimum", i64::from(minimum).into()),
            ("pool", committed.pool_file().into()),
            ("commitment", committed.text().map_err(corrupt)?.into()),
            ("secret", hex::encode(&secret).into()),
            ("beacon", self.beacon.trim().into()),
            ("started_on", cx.now.date().into()),
        ];
        let twice = Refusal::new("performance.survey-started", "E2").with_code("round", self.round.kind());
        let unique = match self.round.year() {
            Some(_) => "survey__contract_id__round__year",
            None => "survey__contract_id__round",
        };
        let inserted = cx.insert(&SURVEY, id, &values).await;
        inserted.map_err(|error| error.on_unique(unique, twice))?;
        for (line, entry) in self.ledger.iter().zip(&pool) {
            keep(cx, id, line, entry).await?;
        }
        cx.announce("survey.sample_committed", number);
        Ok(id)
    }
}

impl StartSurvey {
    /// How many may be asked, or what is wrong with what was handed in.
    fn check(&self) -> Result<u32, Error> {
        let mut faults = Vec::new();
        if self.beacon.trim().is_empty() {
            faults.push(Refusal::new("performance.beacon-empty", "E2").at("beacon"));
        }
        if self.ledger.len() > LEDGER_MAX {
            faults
                .push(Refusal::new("performance.ledger-too-long", "E2").at("ledger").with("max", LEDGER_MAX));
        }
        match sample::check_ledger(&self.ledger) {
            Ok(recipients) if faults.is_empty() => return Ok(recipients),
            Ok(_) => {}
            Err(fault) => faults.push(fault),
        }
        Err(Error::Invalid(faults))
    }
}

async fn keep(cx: &mut Cx<'_>, survey: i64, line: &LedgerLine, entry: &PoolEntry) -> Result<(), Error> {
    let id = cx.id();
    let values = [
        ("survey_id", survey.into()),
        ("token", line.token.as_str().into()),
        ("code", entry.code.as_str().into()),
        ("excluded", line.excluded.map(Exclusion::code).into()),
    ];
    cx.insert(&SURVEY_RECIPIENT, id, &values).await
}

fn pool(ledger: &[LedgerLine], salt: &[u8; 32]) -> Vec<PoolEntry> {
    let entry = |line: &LedgerLine| PoolEntry {
        code: draw::code(salt, &line.token),
        stratum: STRATUM.to_owned(),
        excluded: line.excluded.map(|exclusion| exclusion.code().to_owned()),
    };
    ledger.iter().map(entry).collect()
}

/// Reads a ledger as typed: one token a line, after a comma why somebody is not asked.
///
/// # Errors
/// A line with a token that is too long or a reason that is none, at the field.
pub fn read_ledger(text: &str) -> Result<Vec<LedgerLine>, Refusal> {
    let lines = text.lines().map(str::trim).zip(1_i64..).filter(|(line, _)| !line.is_empty());
    let read = lines.map(|(line, at)| {
        let (token, reason) = line.split_once([',', '，', '\t']).unwrap_or((line, ""));
        let (token, reason) = (token.trim(), reason.trim());
        let excluded = match reason {
            "" => None,
            "工作人员" => Some(Exclusion::ProviderStaff),
            "亲属" => Some(Exclusion::Relative),
            code => Some(Exclusion::from_code(code).ok_or_else(|| faulty(at))?),
        };
        if token.is_empty() || token.chars().count() > TOKEN_MAX {
            return Err(faulty(at));
        }
        Ok(LedgerLine { token: token.to_owned(), excluded })
    });
    read.collect()
}

fn faulty(line: i64) -> Refusal {
    Refusal::new("performance.ledger-line", "E2").at("ledger").with("line", line)
}

/// Draws the sample with the value that the public chance took.
#[derive(Clone)]
pub struct DrawSample {
    /// Which survey.
    pub survey: i64,
    /// The version that the actor saw.
    pub version: i64,
    /// The value of the beacon.
    pub beacon_value: String,
}

impl Act for DrawSample {
    type Outcome = ();
    const NAME: &'static str = "performance.draw_sample";
    const WHO: &'static [Role] = &[Role::OfficeStaff, Role::OfficeDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = held::locked(cx, self.survey).await?;
        held.require_office(cx)?;
        if held.seed.is_some() {
            return Err(Refusal::new("performance.sample-drawn", "E2").into());
        }
        let beacon = self.beacon_value.trim();
        if beacon.is_empty() {
            let empty = Refusal::new("performance.beacon-value-empty", "E2").at("beacon_value");
            return Err(Error::Invalid(vec![empty]));
        }
        let secret = hex::decode(&held.secret).and_then(|bytes| bytes.try_into().ok());
        let secret: [u8; 32] =
            secret.ok_or_else(|| Error::Db(crate::db::DbError::corrupt("secret", "32 bytes")))?;
        let seed = draw::seed_of(&held.commitment, secret, beacon);
        let sql =
            "SELECT id, version, code, excluded FROM survey_recipient WHERE survey_id = $1 ORDER BY code";
        let rows: Vec<Row> = cx.tx.all(sql, args![self.survey]).await?;
        let mut tickets = Vec::new();
        for row in &rows {
            if row.get::<Option<String>>("excluded")?.is_none() {
                let code: String = row.get("code")?;
                tickets.push((draw::ticket(&seed, &code), row.get::<i64>("id")?, row.get::<i64>("version")?));
            }
        }
        tickets.sort();
        for ((_, id, version), place) in tickets.into_iter().zip(1_i64..) {
            cx.update(&SURVEY_RECIPIENT, id, version, &[("place", place.into())]).await?;
        }
        let values =
            [("beacon_value", beacon.into()), ("seed", seed.into()), ("drawn_on", cx.now.date().into())];
        cx.update(&SURVEY, self.survey, self.version, &values).await?;
        cx.announce("survey.sample_drawn", held.number);
        Ok(())
    }
}
