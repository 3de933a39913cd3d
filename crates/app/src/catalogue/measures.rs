//! The purchase measures: drafted by one purchase lead, reviewed and put in force by another (S14, S62).

use domain::catalogue::{MeasuresPart, measures};
use domain::kernel::{MeasuresId, Moment, PersonId, Refusal, Role};

use super::person;
use crate::db::Val;
use crate::journal::MEASURES;
use crate::{Act, App, Cx, Error, args, row};

/// What an edition of the measures says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeasuresText {
    /// Its title.
    pub title: String,
    /// Its document number, such as 宁民社〔2014〕1号.
    pub document_no: String,
    /// 专门机构: which body leads the purchase.
    pub special_body: String,
    /// 项目清单: how the list is made.
    pub list: String,
    /// 购买程序: how a purchase goes.
    pub procedure: String,
    /// 绩效标准: how performance is judged.
    pub performance_standards: String,
    /// 责任: who answers for what.
    pub responsibilities: String,
}

impl MeasuresText {
    /// The five parts in their order.
    pub fn parts(&self) -> [(MeasuresPart, &str); 5] {
        [
            (MeasuresPart::SpecialBody, &self.special_body),
            (MeasuresPart::List, &self.list),
            (MeasuresPart::Procedure, &self.procedure),
            (MeasuresPart::PerformanceStandards, &self.performance_standards),
            (MeasuresPart::Responsibilities, &self.responsibilities),
        ]
    }

    fn check(&self) -> Result<(), Error> {
        let empty = [("title", &self.title), ("document_no", &self.document_no)];
        let faults: Vec<Refusal> = empty
            .into_iter()
            .filter(|(_, text)| text.trim().is_empty())
            .map(|(field, _)| Refusal::new("catalogue.measures-field-empty", "S14").at(field))
            .collect();
        if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
    }

    fn values(&self) -> Vec<(&'static str, Val)> {
        vec![
            ("title", self.title.trim().into()),
            ("document_no", self.document_no.trim().into()),
            ("special_body", self.special_body.trim().into()),
            ("list", self.list.trim().into()),
            ("purchase_procedure", self.procedure.trim().into()),
            ("performance_standards", self.performance_standards.trim().into()),
            ("responsibilities", self.responsibilities.trim().into()),
        ]
    }
}

/// Begins the next edition. Parts may still be empty; one draft at a time.
#[derive(Clone)]
pub struct DraftMeasures {
    /// What it says so far.
    pub text: MeasuresText,
}

impl Act for DraftMeasures {
    type Outcome = MeasuresId;
    const NAME: &'static str = "catalogue.draft_measures";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<MeasuresId, Error> {
        let author = person(cx)?;
        self.text.check()?;
        let open = "SELECT count(*) FROM measures WHERE published_at IS NULL";
        if cx.tx.number(open, &[]).await? > 0 {
            return Err(draft_open().into());
        }
        let last = cx.tx.number("SELECT COALESCE(max(edition), 0) FROM measures", &[]).await?;
        let id = MeasuresId(cx.id());
        let mut values = self.text.values();
        values.extend([
            ("edition", (last + 1).into()),
            ("author_id", author.into()),
            ("drafted_at", cx.now.into()),
        ]);
        // Two drafts begun at once ask for the same edition: the later one finds the earlier.
        let twice = |error: Error| error.on_unique("measures__edition", draft_open());
        cx.insert(&MEASURES, id.0, &values).await.map_err(twice)?;
        Ok(id)
    }
}

fn draft_open() -> Refusal {
    Refusal::new("catalogue.measures-draft-open", "S14")
}

/// Changes a draft; only its author does, so that the reviewer stays somebody else (E11).
#[derive(Clone)]
pub struct EditMeasures {
    /// Which draft.
    pub measures: MeasuresId,
    /// The version that the author saw.
    pub version: i64,
    /// What it says now.
    pub text: MeasuresText,
}

impl Act for EditMeasures {
    type Outcome = ();
    const NAME: &'static str = "catalogue.edit_measures";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = draft(cx, self.measures).await?;
        if cx.actor.person != Some(held.author_id) {
            return Err(Refusal::new("catalogue.measures-of-another", "E11").into());
        }
        self.text.check()?;
        cx.update(&MEASURES, self.measures.0, self.version, &self.text.values()).await
    }
}

/// Puts an edition in force: complete, and published by another than its author (S62, E11).
#[derive(Clone)]
pub struct PublishMeasures {
    /// Which draft.
    pub measures: MeasuresId,
    /// The version that the publisher read.
    pub version: i64,
}

impl Act for PublishMeasures {
    type Outcome = ();
    const NAME: &'static str = "catalogue.publish_measures";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let publisher = person(cx)?;
        let held = draft(cx, self.measures).await?;
        measures::publish(&held.text().parts(), held.author_id, publisher)?;
        let values = [("reviewer_id", publisher.into()), ("published_at", cx.now.into())];
        cx.update(&MEASURES, self.measures.0, self.version, &values).await?;
        cx.announce("measures_published", held.edition.to_string());
        Ok(())
    }
}

async fn draft(cx: &mut Cx<'_>, id: MeasuresId) -> Result<Measures, Error> {
    let held: Measures = cx.tx.one(&format!("{COLUMNS} WHERE m.id = $1"), args![id]).await?;
    if held.published_at.is_some() {
        return Err(Refusal::new("catalogue.measures-published", "S14").into());
    }
    Ok(held)
}

row! {
    /// An edition of the measures.
    pub struct Measures {
        /// Its row.
        id: MeasuresId,
        /// The row's version.
        version: i64,
        /// Which edition: 1, 2, 3 …
        edition: i64,
        /// Its title.
        title: String,
        /// Its document number.
        document_no: String,
        /// 专门机构.
        special_body: String,
        /// 项目清单.
        list: String,
        /// 购买程序.
        purchase_procedure: String,
        /// 绩效标准.
        performance_standards: String,
        /// 责任.
        responsibilities: String,
        /// Who wrote it.
        author_id: PersonId,
        /// The author's name.
        author_name: String,
        /// When it was begun.
        drafted_at: Moment,
        /// Who reviewed and published it.
        reviewer_name: Option<String>,
        /// Since when it is public; nothing for a draft.
        published_at: Option<Moment>,
    }
}

impl Measures {
    /// What it says.
    pub fn text(&self) -> MeasuresText {
        MeasuresText {
            title: self.title.clone(),
            document_no: self.document_no.clone(),
            special_body: self.special_body.clone(),
            list: self.list.clone(),
            procedure: self.purchase_procedure.clone(),
            performance_standards: self.performance_standards.clone(),
            responsibilities: self.responsibilities.clone(),
        }
    }
}

const COLUMNS: &str = "SELECT m.id, m.version, m.edition, m.title, m.document_no, m.special_body, m.list,
      m.purchase_procedure, m.performance_standards, m.responsibilities, m.author_id, a.name AS author_name,
      m.drafted_at, r.name AS reviewer_name, m.published_at
    FROM measures m JOIN person a ON a.id = m.author_id LEFT JOIN person r ON r.id = m.reviewer_id";

/// The edition in force at `at`: the last one published by then.
///
/// # Errors
/// The database could not be read.
pub async fn in_force(app: &App, at: Moment) -> Result<Option<Measures>, Error> {
    let sql = format!("{COLUMNS} WHERE m.published_at <= $1 ORDER BY m.edition DESC LIMIT 1");
    Ok(app.db.maybe(&sql, args![at]).await?)
}

/// The row of the edition in force now, inside a transaction.
///
/// # Errors
/// The database could not be read.
pub async fn in_force_now(cx: &mut Cx<'_>) -> Result<Option<MeasuresId>, Error> {
    let sql = "SELECT id FROM measures WHERE published_at <= $1 ORDER BY edition DESC LIMIT 1";
    let held: Option<(MeasuresId,)> = cx.tx.maybe(sql, args![cx.now]).await?;
    Ok(held.map(|(id,)| id))
}

/// Every published edition, newest first.
///
/// # Errors
/// The database could not be read.
pub async fn published(app: &App) -> Result<Vec<Measures>, Error> {
    let sql = format!("{COLUMNS} WHERE m.published_at IS NOT NULL ORDER BY m.edition DESC LIMIT 100");
    Ok(app.db.all(&sql, &[]).await?)
}

/// Every edition with the draft, newest first: for the desk.
///
/// # Errors
/// The database could not be read.
pub async fn all(app: &App) -> Result<Vec<Measures>, Error> {
    Ok(app.db.all(&format!("{COLUMNS} ORDER BY m.edition DESC LIMIT 100"), &[]).await?)
}

/// One edition, draft or published: for the desk.
///
/// # Errors
/// There is no such edition.
pub async fn edition(app: &App, edition: i64) -> Result<Measures, Error> {
    Ok(app.db.one(&format!("{COLUMNS} WHERE m.edition = $1"), args![edition]).await?)
}
