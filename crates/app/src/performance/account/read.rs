//! Accounts by office and year, each line with its points and the director who answers for it (E4, E5).

use std::collections::{BTreeMap, BTreeSet};

use domain::kernel::{Date, Moment, OfficeId, PersonId};
use domain::performance::account::result::{self, Account};
use domain::performance::account::{Part, Step, Tenure, Worth, tenure};

use super::sources::{self, Line};
use super::upheld::{self, FoundAgainst, HeldUpheld};
use super::veto::{self, HeldVeto};
use crate::db::Row;
use crate::{App, Error, args, row};

/// A line of evidence as people read it.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The step.
    pub step: Step,
    /// The public number of what it is about.
    pub subject: String,
    /// Its name.
    pub title: String,
    /// The last day, when the step has one.
    pub due: Option<Date>,
    /// When it was done.
    pub done: Option<Date>,
    /// What was earned.
    pub got: i64,
    /// What could be earned.
    pub of: i64,
    /// Its points, in hundredths; the lines of a part sum to the part.
    pub points: i64,
    /// Who directed the office on the day of the act.
    pub director: Option<PersonId>,
}

row! {
    /// Someone who directed an office, and what was handed over at the end.
    pub struct Director {
        /// The person.
        person_id: PersonId,
        /// Their name.
        name: String,
        /// Since when.
        since: Moment,
        /// Until when.
        until: Option<Moment>,
    }
}

row! {
    /// An office as accounts name it.
    pub struct OfficeName {
        /// The office.
        id: OfficeId,
        /// Its code.
        code: String,
        /// Its name.
        name: String,
        /// Its name in English.
        name_en: String,
        /// Its director now.
        director: Option<String>,
    }
}

/// An office's account of a year, down to the last line.
#[derive(Clone, Debug)]
pub struct OfficeAccount {
    /// The office.
    pub office: OfficeName,
    /// The year.
    pub year: i16,
    /// The sum and its parts.
    pub account: Account,
    /// What each point came from, in order of parts.
    pub evidence: Vec<Evidence>,
    /// Everyone who directed the office, the newest first.
    pub directors: Vec<Director>,
    /// Vetoes of the year, proven or not.
    pub vetoes: Vec<HeldVeto>,
    /// What authorities upheld of the year's acts, and what supervision found (E5).
    pub attached: Attached,
}

/// What stays with the director of its day and costs no points (E5).
#[derive(Clone, Debug, Default)]
pub struct Attached {
    /// Upheld by an authority.
    pub upheld: Vec<HeldUpheld>,
    /// Found by supervision.
    pub findings: Vec<FoundAgainst>,
}

impl Attached {
    async fn of_year(app: &App, office: Option<OfficeId>, year: i16) -> Result<Self, Error> {
        let upheld = upheld::of_year(app, office, year).await?;
        Ok(Self { upheld, findings: upheld::found_in(app, office, year).await? })
    }

    /// Those of one office.
    fn of_office(&self, office: OfficeId) -> Self {
        Self {
            upheld: self.upheld.iter().filter(|one| one.office_id == office).cloned().collect(),
            findings: self.findings.iter().filter(|one| one.office_id == office).cloned().collect(),
        }
    }
}

impl OfficeAccount {
    /// The name of a director.
    pub fn name_of(&self, person: Option<PersonId>) -> Option<&str> {
        let found = self.directors.iter().find(|one| Some(one.person_id) == person);
        found.map(|one| one.name.as_str())
    }
}

/// An office's account without its lines.
#[derive(Clone, Debug)]
pub struct Totals {
    /// The office.
    pub office: OfficeName,
    /// The sum and its parts.
    pub account: Account,
    /// Proven vetoes.
    pub vetoes: usize,
}

const OFFICES: &str = "SELECT f.id, f.code, f.name, f.name_en, p.name AS director FROM office f
    LEFT JOIN directorship d ON d.office_id = f.id AND d.until IS NULL LEFT JOIN person p ON p.id = d.person_id";

/// The years that have listed items, newest first.
///
/// # Errors
/// The database could not be read.
pub async fn years(app: &App) -> Result<Vec<i16>, Error> {
    let sql = "SELECT DISTINCT year FROM item WHERE stage = 'listed' ORDER BY year DESC";
    let rows: Vec<(i64,)> = app.db.all(sql, &[]).await?;
    Ok(rows.into_iter().filter_map(|(year,)| i16::try_from(year).ok()).collect())
}

/// One office's account of a year, by the office's code.
///
/// # Errors
/// `NotFound` for an unknown office or a year that is none.
pub async fn of_office(app: &App, code: &str, year: i16) -> Result<OfficeAccount, Error> {
    let office: OfficeName = app.db.one(&format!("{OFFICES} WHERE f.code = $1"), args![code]).await?;
    let found = sources::lines(app, year, Some(office.id), app.clock.now().date()).await?;
    let vetoes = veto::of_year(app, Some(office.id), year).await?;
    let directors = directors(app, office.id).await?;
    let attached = Attached::of_year(app, Some(office.id), year).await?;
    Ok(OfficeAccount { attached, ..whole(app, office, year, found, vetoes, directors) })
}

/// Every office's account of a year, down to the last line.
///
/// # Errors
/// `NotFound` for a year that is none.
pub async fn all(app: &App, year: i16) -> Result<Vec<OfficeAccount>, Error> {
    let offices: Vec<OfficeName> = app.db.all(&format!("{OFFICES} ORDER BY f.code"), &[]).await?;
    let mut by_office: BTreeMap<OfficeId, Vec<Line>> = BTreeMap::new();
    for line in sources::lines(app, year, None, app.clock.now().date()).await? {
        by_office.entry(line.office).or_default().push(line);
    }
    let vetoes = veto::of_year(app, None, year).await?;
    let attached = Attached::of_year(app, None, year).await?;
    let mut accounts = Vec::new();
    for office in offices {
        let own = vetoes.iter().filter(|one| one.office_id == office.id).cloned().collect();
        let lines = by_office.remove(&office.id).unwrap_or_default();
        let directors = directors(app, office.id).await?;
        let attached = attached.of_office(office.id);
        accounts.push(OfficeAccount { attached, ..whole(app, office, year, lines, own, directors) });
    }
    Ok(accounts)
}

/// Every office's result of a year.
///
/// # Errors
/// `NotFound` for a year that is none.
pub async fn totals(app: &App, year: i16) -> Result<Vec<Totals>, Error> {
    let found = all(app, year).await?;
    totals_of(app, year, &found).await
}

/// The results of accounts that were read already: of the offices that have something in the year.
///
/// # Errors
/// The database could not be read.
pub async fn totals_of(app: &App, year: i16, found: &[OfficeAccount]) -> Result<Vec<Totals>, Error> {
    let has_items: BTreeSet<OfficeId> = app
        .db
        .all::<(OfficeId,)>(
            "SELECT DISTINCT office_id FROM item WHERE stage = 'listed' AND year = $1",
            args![i64::from(year)],
        )
        .await?
        .into_iter()
        .map(|(id,)| id)
        .collect();
    let counted = found.iter().filter(|one| {
        has_items.contains(&one.office.id) || !one.evidence.is_empty() || !one.vetoes.is_empty()
    });
    Ok(counted
        .map(|one| Totals {
            vetoes: one.vetoes.iter().filter(|veto| veto.is_proven()).count(),
            office: one.office.clone(),
            account: one.account.clone(),
        })
        .collect())
}

fn whole(
    app: &App,
    office: OfficeName,
    year: i16,
    mut lines: Vec<Line>,
    vetoes: Vec<HeldVeto>,
    directors: Vec<Director>,
) -> OfficeAccount {
    lines.sort_by(|one, other| {
        (one.step.part(), one.on, one.step, &one.subject).cmp(&(
            other.step.part(),
            other.on,
            other.step,
            &other.subject,
        ))
    });
    let worths: Vec<Worth> =
        lines.iter().map(|line| Worth { step: line.step, got: line.got, of: line.of }).collect();
    let proven = vetoes.iter().filter(|veto| veto.is_proven()).count();
    let rules = app.book.on(Date::new(year, 12, 31).unwrap_or(Date::MAX));
    let account = result::account(&worths, proven, rules);
    let tenures: Vec<Tenure> = directors.iter().map(Director::tenure).collect();
    let points = points(&account, &worths);
    let evidence = lines.into_iter().zip(points).map(|(line, points)| Evidence {
        step: line.step,
        subject: line.subject,
        title: line.title,
        due: line.due,
        done: line.done,
        got: line.got,
        of: line.of,
        points,
        director: tenure::director_on(&tenures, line.acted_on),
    });
    let evidence = evidence.collect();
    OfficeAccount { office, year, account, evidence, directors, vetoes, attached: Attached::default() }
}

/// The points of each line: those of its part, split by what each earned.
fn points(account: &Account, worths: &[Worth]) -> Vec<i64> {
    let mut points = vec![0; worths.len()];
    for part in &account.parts {
        let own = worths.iter().map(|one| if one.step.part() == part.part { one.got } else { 0 });
        let split = result::shares(part.points, &own.collect::<Vec<i64>>());
        for (sum, share) in points.iter_mut().zip(split) {
            *sum += share;
        }
    }
    points
}

impl Director {
    fn tenure(&self) -> Tenure {
        Tenure { person: self.person_id, since: self.since, until: self.until }
    }
}

async fn directors(app: &App, office: OfficeId) -> Result<Vec<Director>, Error> {
    let sql =
        "SELECT d.person_id, n.name, d.since, d.until FROM directorship d JOIN person n ON n.id = d.person_id
               WHERE d.office_id = $1 ORDER BY d.since DESC";
    Ok(app.db.all(sql, args![office]).await?)
}

/// Every office's directors, for those who must find the one of a day in many offices.
pub(crate) async fn tenures_of(app: &App) -> Result<BTreeMap<OfficeId, Vec<Tenure>>, Error> {
    let sql = "SELECT office_id, person_id, since, until FROM directorship ORDER BY since";
    let mut found: BTreeMap<OfficeId, Vec<Tenure>> = BTreeMap::new();
    for row in app.db.all::<Row>(sql, &[]).await? {
        let one =
            Tenure { person: row.get("person_id")?, since: row.get("since")?, until: row.get("until")? };
        found.entry(row.get("office_id")?).or_default().push(one);
    }
    Ok(found)
}

/// Who directed an office on a day, read inside or outside a transaction's own list.
pub(crate) fn director_on(
    tenures: &BTreeMap<OfficeId, Vec<Tenure>>,
    office: OfficeId,
    day: Date,
) -> Option<PersonId> {
    tenures.get(&office).and_then(|held| tenure::director_on(held, day))
}

impl OfficeAccount {
    /// The lines of one part.
    pub fn lines_of(&self, part: Part) -> impl Iterator<Item = &Evidence> {
        self.evidence.iter().filter(move |one| one.step.part() == part)
    }
}
