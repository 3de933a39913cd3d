//! The rows that an indicator of a year is the sum of: what its number opens to (E7, E8).

use domain::performance::account::{Part, Step};
use domain::supervision::indicator::{Indicator, Share};

use super::indicator::{DistrictReport, reports};
use crate::performance::account::{self, OfficeAccount};
use crate::{App, Error, args, row};

/// What a row is about, so that a page can lead there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A district, under its code.
    District,
    /// An item, under its code.
    Item,
    /// A contract, under its number.
    Contract,
    /// A step in the account of an office, whose code is kept beside it.
    Account,
}

/// A row of an indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureLine {
    /// What it is about.
    pub about: About,
    /// Its public number or code.
    pub subject: String,
    /// Its name; of a district's report, what proves it.
    pub title: String,
    /// The code of the office that answers.
    pub office_code: String,
    /// The office's name.
    pub office: String,
    /// Part and whole.
    pub share: Share,
}

row! {
    struct Listed {
        code: String,
        name: String,
        office_code: String,
        office: String,
        is_out: bool,
    }
}

row! {
    struct Bought {
        number: String,
        name: String,
        office_code: String,
        office: String,
        is_supervised: bool,
        amount_fen: i64,
        ceiling_fen: i64,
    }
}

/// The rows of every indicator of a year, read once.
pub(super) struct Sources<'a> {
    accounts: &'a [OfficeAccount],
    reported: Vec<DistrictReport>,
    listed: Vec<Listed>,
    bought: Vec<Bought>,
}

/// The rows of one indicator of a year.
///
/// # Errors
/// The database could not be read, or the year is none.
pub async fn lines(app: &App, indicator: Indicator, year: i16) -> Result<Vec<FigureLine>, Error> {
    let accounts = account::all(app, year).await?;
    Ok(Sources::read(app, year, &accounts).await?.lines(indicator))
}

impl<'a> Sources<'a> {
    pub(super) async fn read(app: &App, year: i16, accounts: &'a [OfficeAccount]) -> Result<Self, Error> {
        let number = i64::from(year);
        let listed = "SELECT i.code, i.name, f.code AS office_code, f.name AS office,
              CAST(CASE WHEN EXISTS (SELECT 1 FROM tender t WHERE t.item_id = i.id AND t.published_at IS NOT NULL)
                THEN 1 ELSE 0 END AS BIGINT) AS is_out
            FROM item i JOIN office f ON f.id = i.office_id WHERE i.stage = 'listed' AND i.year = $1 ORDER BY i.code";
        let bought = "SELECT c.number, i.name, f.code AS office_code, f.name AS office, o.is_supervised,
              c.amount_fen, t.ceiling_fen
            FROM contract c JOIN tender t ON t.id = c.tender_id JOIN item i ON i.id = t.item_id
              JOIN office f ON f.id = i.office_id JOIN organisation o ON o.id = c.organisation_id
            WHERE c.published_at IS NOT NULL AND i.year = $1 ORDER BY c.number";
        Ok(Self {
            accounts,
            reported: reports(app, Some(number)).await?,
            listed: app.db.all(listed, args![number]).await?,
            bought: app.db.all(bought, args![number]).await?,
        })
    }

    /// The rows of an indicator; its number is their sum.
    pub(super) fn lines(&self, indicator: Indicator) -> Vec<FigureLine> {
        match indicator {
            Indicator::CommunitySpending | Indicator::ElderlySpending => {
                self.reported.iter().filter(|row| row.indicator == indicator).map(reported).collect()
            }
            Indicator::ItemsOpened => self.listed.iter().map(listed).collect(),
            Indicator::StepsOnTime => self.steps(|step| step.part() == Part::OnTime),
            Indicator::Satisfaction => self.steps(|step| step == Step::AskRecipients),
            Indicator::OutsideWinners => {
                self.bought(|row| Share { part: i64::from(!row.is_supervised), whole: 1 })
            }
            Indicator::Savings => self.bought(|row| Share {
                part: row.ceiling_fen.saturating_sub(row.amount_fen),
                whole: row.ceiling_fen,
            }),
        }
    }

    fn steps(&self, counts: impl Fn(Step) -> bool) -> Vec<FigureLine> {
        let mut lines = Vec::new();
        for account in self.accounts {
            lines.extend(account.evidence.iter().filter(|line| counts(line.step)).map(|line| FigureLine {
                about: About::Account,
                subject: line.subject.clone(),
                title: line.title.clone(),
                office_code: account.office.code.clone(),
                office: account.office.name.clone(),
                share: Share { part: line.got, whole: line.of },
            }));
        }
        lines
    }

    fn bought(&self, share: impl Fn(&Bought) -> Share) -> Vec<FigureLine> {
        let line = |row: &Bought| FigureLine {
            about: About::Contract,
            subject: row.number.clone(),
            title: row.name.clone(),
            office_code: row.office_code.clone(),
            office: row.office.clone(),
            share: share(row),
        };
        self.bought.iter().map(line).collect()
    }
}

fn reported(row: &DistrictReport) -> FigureLine {
    FigureLine {
        about: About::District,
        subject: row.district.clone(),
        title: row.evidence.clone(),
        office_code: row.office_code.clone(),
        office: row.office.clone(),
        share: Share { part: row.part_fen.0, whole: row.whole_fen.0 },
    }
}

fn listed(row: &Listed) -> FigureLine {
    FigureLine {
        about: About::Item,
        subject: row.code.clone(),
        title: row.name.clone(),
        office_code: row.office_code.clone(),
        office: row.office.clone(),
        share: Share { part: i64::from(row.is_out), whole: 1 },
    }
}
