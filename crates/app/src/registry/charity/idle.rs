//! Charities whose own reports tell of no charitable work for years in a row: found, told that they must end, and what
//! they were told (B22, CL17, CL18).

use domain::kernel::{Date, OrganisationId, Role, Subject, SubjectKind};
use domain::registry::DocumentKind;
use domain::registry::charity::idle::{IdleYears, ReportedYear, idle_years, may_tell};
use domain::registry::inspection::Question;

use crate::documents::{self, Draft};
use crate::journal::CHARITY_END_NOTICE;
use crate::registry::change::held::lock_organisation;
use crate::registry::change::{OFFICERS, required};
use crate::registry::inspection::held::thaw;
use crate::registry::standing::Source;
use crate::{Act, App, Cx, Error, args, row};

/// A charity that must end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdleCharity {
    /// Which.
    pub organisation: OrganisationId,
    /// Its code.
    pub uscc: String,
    /// Its name.
    pub name: String,
    /// The years in which it did nothing.
    pub years: IdleYears,
}

row! {
    /// What a charity was told.
    pub struct EndNotice {
        /// The first idle year.
        first_year: i64,
        /// The last idle year.
        last_year: i64,
        /// The day on which it was told.
        told_on: Date,
        /// The last day to form the liquidation group.
        group_by: Date,
        /// What the officer found.
        note: String,
    }
}

row! {
    struct Told {
        id: OrganisationId,
        uscc: String,
        name: String,
        since: Date,
        year: i64,
        answers: String,
        last_year: i64,
    }
}

/// Reports of charities that are alive in which nothing was spent on activity; the rule looks closer.
const NOTHING_SPENT: &str = "SELECT o.id, o.uscc, o.name, s.from_on AS since, i.year, r.answers,
       (SELECT max(j.year) FROM inspection j JOIN inspection_report q ON q.inspection_id = j.id
         WHERE j.organisation_id = o.id AND q.submitted_at IS NOT NULL) AS last_year
     FROM charity_status s JOIN organisation o ON o.id = s.organisation_id
       JOIN inspection i ON i.organisation_id = o.id JOIN inspection_report r ON r.inspection_id = i.id
     WHERE s.to_on IS NULL AND o.status IN ('active', 'suspended') AND r.submitted_at IS NOT NULL
       AND r.answers LIKE '%\"activity_expense\":\"0\"%'
       AND o.id = COALESCE(CAST($1 AS BIGINT), o.id)
     ORDER BY o.id, i.year";

/// The charities that must end, told so or not; of one organisation when it is named.
async fn found(
    app: &App,
    source: &mut Source<'_>,
    of: Option<OrganisationId>,
    today: Date,
) -> Result<Vec<IdleCharity>, Error> {
    let rows: Vec<Told> = source.all(NOTHING_SPENT, args![of]).await?;
    let rules = app.book.on(today);
    let mut all = Vec::new();
    for mine in rows.chunk_by(|one, next| one.id == next.id) {
        let Some(first) = mine.first() else { continue };
        let mut reported: Vec<ReportedYear> = mine.iter().map(reported).collect();
        if mine.iter().all(|one| one.year != first.last_year) {
            // The last report tells of work; that it does is all that matters of it.
            reported.push(ReportedYear { year: first.last_year, activities: None, spent: None });
        }
        if let Some(years) = idle_years(&reported, first.since, rules) {
            let (uscc, name) = (first.uscc.clone(), first.name.clone());
            all.push(IdleCharity { organisation: first.id, uscc, name, years });
        }
    }
    Ok(all)
}

fn reported(row: &Told) -> ReportedYear {
    let answers = thaw(&row.answers);
    ReportedYear {
        year: row.year,
        activities: answers.count(Question::Activities),
        spent: answers.money(Question::ActivityExpense),
    }
}

const NOTICE_OF: &str =
    "SELECT * FROM charity_end_notice WHERE organisation_id = $1 ORDER BY last_year DESC LIMIT 1";

/// The charities that must end and were not told.
///
/// # Errors
/// The database could not be read.
pub async fn to_be_told(app: &App) -> Result<Vec<IdleCharity>, Error> {
    let mut all = Vec::new();
    for one in found(app, &mut Source::Db(&app.db), None, app.clock.now().date()).await? {
        let told: Option<EndNotice> = app.db.maybe(NOTICE_OF, args![one.organisation]).await?;
        if told.is_none() {
            all.push(one);
        }
    }
    Ok(all)
}

/// The idle years of an organisation that is still to be told of them.
///
/// # Errors
/// The database could not be read.
pub async fn untold(app: &App, id: OrganisationId) -> Result<Option<IdleYears>, Error> {
    if notice_of(app, id).await?.is_some() {
        return Ok(None);
    }
    let all = found(app, &mut Source::Db(&app.db), Some(id), app.clock.now().date()).await?;
    Ok(all.first().map(|one| one.years))
}

/// What an organisation was told; none when it was not.
///
/// # Errors
/// The database could not be read.
pub async fn notice_of(app: &App, id: OrganisationId) -> Result<Option<EndNotice>, Error> {
    Ok(app.db.maybe(NOTICE_OF, args![id]).await?)
}

/// Tells a charity that it must end.
#[derive(Clone, Debug)]
pub struct TellCharityToEnd {
    /// Which.
    pub organisation: OrganisationId,
    /// What the officer found.
    pub note: String,
}

impl Act for TellCharityToEnd {
    type Outcome = ();
    const NAME: &'static str = "registry.tell_charity_to_end";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = lock_organisation(cx, self.organisation).await?;
        let (app, today) = (cx.app, cx.now.date());
        let idle = found(app, &mut Source::Tx(&mut cx.tx), Some(held.id), today).await?;
        let years = idle.first().map(|one| one.years);
        let told: Option<EndNotice> = cx.tx.maybe(NOTICE_OF, args![held.id]).await?;
        let group_by = may_tell(years, told.is_some(), today, app.book.on(today), &app.calendar)?;
        let Some(years) = years else { return Err(Error::NotFound) };
        let mut faults = Vec::new();
        let note = required(&mut faults, "B22", "note", &self.note);
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let id = cx.id();
        let draft = Draft {
            kind: DocumentKind::CharityEnd,
            subject: Subject::new(SubjectKind::Case, id),
            organisation: Some(held.id),
            person: None,
            addressee: held.name.clone(),
            facts: vec![
                ("name", held.name.into()),
                ("code", held.uscc.into()),
                ("group_by", group_by.into()),
                ("note", note.as_str().into()),
            ],
            items: vec![years.finding()],
            is_public: false,
        };
        documents::issue(cx, &draft).await?;
        let values = [
            ("organisation_id", held.id.into()),
            ("first_year", years.first.into()),
            ("last_year", years.last.into()),
            ("told_on", today.into()),
            ("group_by", group_by.into()),
            ("note", note.into()),
            ("told_by", cx.actor.person.into()),
            ("told_at", cx.now.into()),
        ];
        cx.insert(&CHARITY_END_NOTICE, id, &values).await
    }
}
