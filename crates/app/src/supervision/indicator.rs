//! Indicators: what the system holds is computed from the tables; what districts report comes as two amounts
//! with evidence, never as a percentage (E7, E8, E10).

use domain::kernel::{Coded, Date, Fen, Moment, OfficeId, Refusal, Role};
use domain::registry::division;
use domain::supervision::indicator::{self, Indicator, Light, Share};

use super::check_length;
use super::figure_lines::Sources;
use crate::db::Val;
use crate::divisions;
use crate::journal::DISTRICT_REPORT;
use crate::performance::account;
use crate::{Act, App, Cx, Error, args, row};

/// An office reports what a district spent in a quarter.
#[derive(Clone)]
pub struct ReportDistrict {
    /// The indicator; one that the system computes is refused.
    pub indicator: Indicator,
    /// The district's code.
    pub district: String,
    /// The year.
    pub year: i64,
    /// The quarter, 1 to 4.
    pub quarter: i64,
    /// What went to services of social organisations.
    pub part: Fen,
    /// All that was spent.
    pub whole: Fen,
    /// What proves it.
    pub evidence: String,
}

impl Act for ReportDistrict {
    type Outcome = ();
    const NAME: &'static str = "supervision.report_district";
    const WHO: &'static [Role] = &[Role::OfficeStaff];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let faults = self.faults(cx.now.date());
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        check_length(&self.evidence, "evidence")?;
        let id = cx.id();
        let office = cx.actor.office().ok_or(Error::NotPermitted)?;
        let values = [
            ("indicator", Val::code(self.indicator)),
            ("district", self.district.as_str().into()),
            ("year", self.year.into()),
            ("quarter", self.quarter.into()),
            ("part_fen", self.part.into()),
            ("whole_fen", self.whole.into()),
            ("evidence", self.evidence.trim().into()),
            ("office_id", office.into()),
            ("reported_by", cx.actor.person.into()),
            ("reported_at", cx.now.into()),
        ];
        let before = Refusal::new("supervision.reported-before", "E7").at("quarter");
        let answer = cx.insert(&DISTRICT_REPORT, id, &values).await;
        answer.map_err(|error| error.on_unique("district_report__indicator__district__year__quarter", before))
    }
}

impl ReportDistrict {
    fn faults(&self, today: Date) -> Vec<Refusal> {
        let mut found: Vec<Refusal> = indicator::may_report(self.indicator).err().into_iter().collect();
        found.extend(self.district_fault());
        let month = i64::from(today.month());
        let is_over = self.year < i64::from(today.year())
            || (self.year == i64::from(today.year()) && self.quarter * 3 < month);
        if !(1..=4).contains(&self.quarter) || !is_over {
            found.push(Refusal::new("supervision.quarter-to-come", "E7").at("quarter"));
        }
        if self.whole <= Fen::ZERO {
            found.push(Refusal::new("supervision.whole-missing", "E8").at("whole"));
        } else if self.part < Fen::ZERO || self.part > self.whole {
            found.push(Refusal::new("supervision.part-over-whole", "E8").at("part"));
        }
        if self.evidence.trim().is_empty() {
            found.push(Refusal::new("supervision.evidence-missing", "E7").at("evidence"));
        }
        found
    }

    /// The district must be one, and have been one in that quarter (B45).
    fn district_fault(&self) -> Option<Refusal> {
        let Some(district) = divisions::district(&self.district) else {
            return Some(Refusal::new("supervision.district-unknown", "E7").at("district"));
        };
        let (first, last) = indicator::quarter_days(self.year, self.quarter)?;
        let today = divisions::district_name(divisions::today_of(&district.code));
        division::days_fault(district, today, first, last).map(|refusal| refusal.at("district"))
    }
}

row! {
    /// What a district spent in a quarter.
    pub struct DistrictReport {
        /// The row.
        id: i64,
        /// Of what.
        @code indicator: Indicator,
        /// The district's code.
        district: String,
        /// The year.
        year: i64,
        /// The quarter.
        quarter: i64,
        /// What went to services of social organisations.
        part_fen: Fen,
        /// All that was spent.
        whole_fen: Fen,
        /// What proves it.
        evidence: String,
        /// Who answers.
        office_id: OfficeId,
        /// Its name.
        office: String,
        /// Its code.
        office_code: String,
        /// When it was reported.
        reported_at: Moment,
    }
}

/// All reports, of one year or of all, by indicator, district and quarter.
///
/// # Errors
/// The database could not be read.
pub async fn reports(app: &App, year: Option<i64>) -> Result<Vec<DistrictReport>, Error> {
    let sql = "SELECT r.id, r.indicator, r.district, r.year, r.quarter, r.part_fen, r.whole_fen, r.evidence, r.office_id,
                 f.name AS office, f.code AS office_code, r.reported_at
               FROM district_report r JOIN office f ON f.id = r.office_id WHERE r.year = COALESCE($1, r.year)
               ORDER BY r.indicator, r.year, r.district, r.quarter";
    Ok(app.db.all(sql, args![year]).await?)
}

/// An indicator of the city, from its summed parts.
#[derive(Clone, Copy, Debug)]
pub struct Figure {
    /// The indicator.
    pub indicator: Indicator,
    /// Part and whole.
    pub share: Share,
    /// Its light.
    pub light: Light,
}

/// Every indicator of a year for the city.
///
/// # Errors
/// The database could not be read.
pub async fn figures(app: &App, year: i16) -> Result<Vec<Figure>, Error> {
    let accounts = account::all(app, year).await?;
    figures_of(app, year, &accounts).await
}

/// The same from accounts that were read already.
///
/// # Errors
/// The database could not be read.
pub async fn figures_of(
    app: &App,
    year: i16,
    accounts: &[account::OfficeAccount],
) -> Result<Vec<Figure>, Error> {
    let sources = Sources::read(app, year, accounts).await?;
    let rules = app.book.on(Date::new(year, 12, 31).unwrap_or(Date::MAX));
    let figure = |one: &Indicator| {
        let share = indicator::sum(sources.lines(*one).iter().map(|line| line.share));
        Figure { indicator: *one, share, light: indicator::light(*one, share, rules) }
    };
    Ok(Indicator::ALL.iter().map(figure).collect())
}
