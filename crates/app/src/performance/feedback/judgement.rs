//! What organisations think of an office: whole groups of five while contracts run, each one only after its
//! contract's end, never attributable before (E6).

use domain::kernel::{Actor, ContractId, Moment, OfficeId, Role};
use domain::performance::feedback as rule;

use crate::db::Row;
use crate::journal::OFFICE_JUDGEMENT;
use crate::performance::evaluation::held;
use crate::{Act, App, Cx, Error, args, row};

/// An organisation judges the office of its contract; it may change its mind while the contract runs.
#[derive(Clone)]
pub struct JudgeOffice {
    /// The contract.
    pub contract: ContractId,
    /// 1 to 5.
    pub mark: Option<i64>,
    /// The words; shown after the contract's end.
    pub words: String,
}

impl Act for JudgeOffice {
    type Outcome = ();
    const NAME: &'static str = "performance.judge_office";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let contract = held::contract(cx, self.contract).await?;
        contract.require_provider(cx)?;
        contract.require_force()?;
        let mut found = Vec::new();
        let mark = rule::check_mark(self.mark).map_err(|refusal| found.push(refusal)).unwrap_or_default();
        found.extend(rule::check_text(&self.words, "judgement", "performance.judgement-words-missing").err());
        if !found.is_empty() {
            return Err(Error::Invalid(found));
        }
        let mut values = vec![
            ("mark", mark.into()),
            ("words", self.words.trim().into()),
            ("given_by", held::person(cx)?.into()),
            ("given_at", cx.now.into()),
        ];
        let sql = "SELECT id, version FROM office_judgement WHERE contract_id = $1";
        if let Some(row) = cx.tx.maybe::<Row>(sql, args![self.contract]).await? {
            return cx.update(&OFFICE_JUDGEMENT, row.get::<i64>("id")?, row.get("version")?, &values).await;
        }
        values.push(("contract_id", self.contract.into()));
        values.push(("office_id", contract.office_id.into()));
        let id = cx.id();
        cx.insert(&OFFICE_JUDGEMENT, id, &values).await
    }
}

row! {
    /// What an organisation itself said.
    pub struct OwnJudgement {
        /// 1 to 5.
        mark: i64,
        /// The words.
        words: String,
        /// When.
        given_at: Moment,
    }
}

/// The organisation's own judgement of a contract's office.
///
/// # Errors
/// The database could not be read.
pub async fn own_judgement(
    app: &App,
    actor: &Actor,
    contract: ContractId,
) -> Result<Option<OwnJudgement>, Error> {
    let sql =
        "SELECT j.mark, j.words, j.given_at FROM office_judgement j JOIN contract c ON c.id = j.contract_id
               WHERE j.contract_id = $1 AND c.organisation_id = $2";
    Ok(app.db.maybe(sql, args![contract, actor.organisation()]).await?)
}

/// An office's marks as far as they may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeMark {
    /// The office.
    pub office: OfficeId,
    /// Its name.
    pub name: String,
    /// Judgements of running contracts that are shown together; 0 when there are too few.
    pub together: i64,
    /// Their marks added up.
    pub together_sum: i64,
    /// Judgements of contracts that are over.
    pub over: i64,
    /// Their marks added up.
    pub over_sum: i64,
}

row! {
    struct Marked {
        office_id: OfficeId,
        name: String,
        mark: i64,
        is_over: bool,
    }
}

/// The marks of every office that has some, in whole groups for running contracts (E6).
///
/// # Errors
/// The database could not be read.
pub async fn shown_marks(app: &App) -> Result<Vec<OfficeMark>, Error> {
    let sql = "SELECT j.office_id, f.name, j.mark, CASE WHEN c.stage = 'ended' THEN 1 ELSE 0 END AS is_over
               FROM office_judgement j JOIN contract c ON c.id = j.contract_id JOIN office f ON f.id = j.office_id
               ORDER BY j.office_id, j.id LIMIT 10000";
    let all: Vec<Marked> = app.db.all(sql, &[]).await?;
    let rules = app.book.on(app.clock.now().date());
    let mut shown = Vec::new();
    for rows in all.chunk_by(|one, next| one.office_id == next.office_id) {
        let Some(first) = rows.first() else { continue };
        let (over, running): (Vec<&Marked>, Vec<&Marked>) = rows.iter().partition(|row| row.is_over);
        let together = rule::shown_together(running.len(), rules);
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        shown.push(OfficeMark {
            office: first.office_id,
            name: first.name.clone(),
            together: count(together),
            together_sum: running.iter().take(together).map(|row| row.mark).sum(),
            over: count(over.len()),
            over_sum: over.iter().map(|row| row.mark).sum(),
        });
    }
    Ok(shown)
}

row! {
    /// A judgement of a contract that is over.
    pub struct ShownJudgement {
        /// The contract's number.
        number: String,
        /// The office.
        office: String,
        /// Who said it.
        organisation: String,
        /// 1 to 5.
        mark: i64,
        /// The words.
        words: String,
    }
}

/// Judgements whose contracts are over, newest first.
///
/// # Errors
/// The database could not be read.
pub async fn shown_words(app: &App) -> Result<Vec<ShownJudgement>, Error> {
    let sql = "SELECT c.number, f.name AS office, o.name AS organisation, j.mark, j.words
               FROM office_judgement j JOIN contract c ON c.id = j.contract_id AND c.stage = 'ended'
               JOIN office f ON f.id = j.office_id JOIN organisation o ON o.id = c.organisation_id
               ORDER BY j.id DESC LIMIT 200";
    Ok(app.db.all(sql, &[]).await?)
}
