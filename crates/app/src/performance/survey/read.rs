//! Reading surveys: what is open, what one looks like, who was drawn.

use domain::catalogue::FunctionKind;
use domain::kernel::{Coded, ContractId, Date};
use domain::performance::survey::{Exclusion, Question, Round, RoundKind, SurveyStep, questions};
use evidence::survey::{CardCode, CardKey};

use super::Given;
use crate::db::Row;
use crate::{App, Error, args, row};

row! {
    /// A survey with its contract.
    pub struct SurveyView {
        /// The survey.
        id: i64,
        /// Its version.
        version: i64,
        /// The contract.
        contract_id: ContractId,
        /// Which survey of the contract.
        @code kind: RoundKind,
        /// Its year, when it is a yearly one.
        year: Option<i64>,
        /// What kind of service.
        @code function_kind: FunctionKind,
        /// The frozen pool, with pseudonyms.
        pool: String,
        /// The commitment of the draw.
        commitment: String,
        /// Its secret: for nobody before the draw.
        secret: String,
        /// What the public chance would be.
        beacon: String,
        /// What it was.
        beacon_value: Option<String>,
        /// The seed that follows.
        seed: Option<String>,
        /// The day of the commitment.
        started_on: Date,
        /// The day of the draw.
        drawn_on: Option<Date>,
        /// The root of the keys.
        root: Option<String>,
        /// The day on which they were handed in.
        keys_on: Option<Date>,
        /// The day of the final count.
        closed_on: Option<Date>,
    }
}

impl SurveyView {
    /// Which survey of the contract.
    pub fn round(&self) -> Round {
        Round::of(self.kind, self.year)
    }

    /// Where it stands.
    pub fn step(&self) -> SurveyStep {
        SurveyStep::of(self.seed.is_some(), self.root.is_some(), self.closed_on.is_some())
    }

    /// What is asked.
    pub fn questions(&self) -> [Question; 3] {
        questions(self.function_kind)
    }

    /// The draw's secret, once it is drawn.
    pub fn revealed(&self) -> Option<&str> {
        self.seed.is_some().then_some(self.secret.as_str())
    }
}

const VIEW: &str =
    "SELECT id, version, contract_id, round AS kind, year, function_kind, pool, commitment, secret, beacon,
       beacon_value, seed, started_on, drawn_on, root, keys_on, closed_on FROM survey";

/// The surveys of a contract, newest first; of one day, the later round first.
///
/// # Errors
/// The database could not be read.
pub async fn of_contract(app: &App, contract: ContractId) -> Result<Vec<SurveyView>, Error> {
    let sql = format!("{VIEW} WHERE contract_id = $1");
    let mut found: Vec<SurveyView> = app.db.all(&sql, args![contract]).await?;
    found.sort_by_key(|one| std::cmp::Reverse((one.started_on, one.round())));
    Ok(found)
}

/// One survey of a contract.
///
/// # Errors
/// `NotFound` when the contract has none for this round.
pub async fn one(app: &App, contract: ContractId, round: Round) -> Result<SurveyView, Error> {
    let sql = format!("{VIEW} WHERE contract_id = $1 AND round = $2 AND COALESCE(year, 0) = $3");
    Ok(app.db.one(&sql, args![contract, round.kind().code(), round.year().unwrap_or(0)]).await?)
}

/// The survey of a contract that takes answers now.
///
/// # Errors
/// The database could not be read.
pub async fn open_of(app: &App, contract: ContractId) -> Result<Option<SurveyView>, Error> {
    let all = of_contract(app, contract).await?;
    Ok(all.into_iter().find(|survey| survey.step() == SurveyStep::Open))
}

/// The open survey to which a card belongs, or the one that was begun last when it belongs to none: what such a card
/// hears is the same everywhere. Two rounds of a contract may be open at once.
///
/// # Errors
/// The database could not be read.
pub async fn of_card(
    app: &App,
    contract: ContractId,
    number: &str,
    given: &Given,
) -> Result<Option<SurveyView>, Error> {
    let key = match given {
        Given::Signed { public_key, .. } => Some(public_key.clone()),
        Given::Code(text) => CardCode::parse(text).ok().map(|code| CardKey::of(&code, number).public()),
    };
    let sql = "SELECT survey_id FROM survey_card WHERE public_key = $1";
    let owner: Option<(i64,)> = app.db.maybe(sql, args![key]).await?;
    let mut open = of_contract(app, contract).await?;
    open.retain(|survey| survey.step() == SurveyStep::Open);
    let own = open.iter().position(|survey| Some(survey.id) == owner.map(|(id,)| id));
    Ok(match own {
        Some(at) => Some(open.swap_remove(at)),
        None => open.into_iter().next(),
    })
}

row! {
    /// A service whose recipients may answer now.
    pub struct OpenSurvey {
        /// The contract's public number.
        number: String,
        /// What is done.
        title: String,
        /// Who does it.
        organisation: String,
    }
}

/// The services whose surveys are open, the newest first; at most a hundred.
///
/// # Errors
/// The database could not be read.
pub async fn open_now(app: &App) -> Result<Vec<OpenSurvey>, Error> {
    let sql = "SELECT DISTINCT c.number, c.title, o.name AS organisation FROM survey s
               JOIN contract c ON c.id = s.contract_id JOIN organisation o ON o.id = c.organisation_id
               WHERE s.seed IS NOT NULL AND s.root IS NOT NULL AND s.closed_on IS NULL
               ORDER BY c.number DESC LIMIT 100";
    Ok(app.db.all(sql, &[]).await?)
}

row! {
    /// A recipient of the sample, for the office.
    pub struct Recipient {
        /// The ledger's token.
        token: String,
        /// The pseudonym of the draw.
        code: String,
        /// Why not asked.
        @code_option excluded: Option<Exclusion>,
        /// Place in the order of the draw.
        place: Option<i64>,
    }
}

/// Everyone on the ledger: the drawn in their order, then those left out.
///
/// # Errors
/// The database could not be read.
pub async fn sample_of(app: &App, survey: i64) -> Result<Vec<Recipient>, Error> {
    let sql = "SELECT token, code, excluded, place FROM survey_recipient WHERE survey_id = $1
               ORDER BY CASE WHEN place IS NULL THEN 1 ELSE 0 END, place, code LIMIT 5000";
    Ok(app.db.all(sql, args![survey]).await?)
}

/// The tokens of a contract's service ledger, one a line: what the office hands in, and may mark.
///
/// # Errors
/// The database could not be read.
pub async fn ledger_of(app: &App, contract: ContractId) -> Result<String, Error> {
    let sql = "SELECT token FROM recipient WHERE contract_id = $1 ORDER BY token LIMIT 5000";
    let tokens: Vec<(String,)> = app.db.all(sql, args![contract]).await?;
    Ok(tokens.into_iter().map(|(token,)| token + "\n").collect())
}

/// How often each mark was given to a question, from the answers on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkCount {
    /// The question.
    pub question: Question,
    /// How often each number of points was given, from five to one.
    pub counts: [i64; 5],
}

/// The marks of a survey, question by question.
///
/// # Errors
/// The database could not be read.
pub async fn marks(app: &App, survey: &SurveyView) -> Result<Vec<MarkCount>, Error> {
    let sql = "SELECT answers, CAST(sum(number) AS BIGINT) AS number FROM survey_count
               WHERE survey_id = $1 AND answers <> '' GROUP BY answers";
    let mut found: Vec<MarkCount> =
        survey.questions().map(|question| MarkCount { question, counts: [0; 5] }).into();
    for row in app.db.all::<Row>(sql, args![survey.id]).await? {
        let (answers, number) =
            (super::export::answers_of(&row.get::<String>("answers")?)?, row.get::<i64>("number")?);
        for line in &mut found {
            let points = answers.get(line.question.code()).copied().unwrap_or(0);
            let place = usize::try_from(5 - points).ok().and_then(|at| line.counts.get_mut(at));
            if let Some(count) = place {
                *count += number;
            }
        }
    }
    Ok(found)
}
