//! The other cities of the province, year by year, and the city's place among them (S7). A person enters what they
//! count, with the source; the city's own figure is computed from the register.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::kernel::{Refusal, Role};
use domain::registry::rank::{self, Density};

use super::{CITY, Figures, figures, residents};
use crate::journal::{LEAD_CLAIM, PEER_FIGURE};
use crate::{Act, App, Cx, Error, args, row};

const TABLE: &str = include_str!("../../../data/peers.csv");

/// No source is longer, in characters.
const TEXT_MAX: usize = 500;

/// A city of the same province.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peer {
    /// Six digits.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
}

static PEERS: LazyLock<Vec<Peer>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(TABLE.as_bytes());
    let cell = |record: &csv::StringRecord, at: usize| record.get(at).unwrap_or_default().to_owned();
    let records = reader.records().flatten();
    records.map(|one| Peer { code: cell(&one, 0), name: cell(&one, 1), name_en: cell(&one, 2) }).collect()
});

/// Every other city of the province.
pub fn peers() -> &'static [Peer] {
    &PEERS
}

/// Enters what another city counted at the end of a year.
#[derive(Clone)]
pub struct EnterPeerFigure {
    /// The year.
    pub year: i64,
    /// The city's code.
    pub city: String,
    /// Registered organisations.
    pub organisations: i64,
    /// Permanent residents.
    pub residents: i64,
    /// Who says so.
    pub source: String,
}

impl Act for EnterPeerFigure {
    type Outcome = ();
    const NAME: &'static str = "registry.enter_peer_figure";
    const WHO: &'static [Role] = &[Role::OrganisationBureau];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let faults = self.faults(i64::from(cx.now.date().year()));
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let id = cx.id();
        let values = [
            ("year", self.year.into()),
            ("city", self.city.as_str().into()),
            ("organisations", self.organisations.into()),
            ("residents", self.residents.into()),
            ("source", self.source.trim().into()),
            ("entered_by", cx.actor.person.into()),
            ("entered_at", cx.now.into()),
        ];
        let before = Refusal::new("rank.entered-before", "S7").at("city");
        let answer = cx.insert(&PEER_FIGURE, id, &values).await;
        answer.map_err(|error| error.on_unique("peer_figure__year__city", before))
    }
}

impl EnterPeerFigure {
    fn faults(&self, this_year: i64) -> Vec<Refusal> {
        let mut found = Vec::new();
        let mut fault = |is_faulty: bool, code: &'static str, field: &'static str| {
            if is_faulty {
                found.push(Refusal::new(code, "S7").at(field));
            }
        };
        fault(self.year >= this_year || self.year < 1950, "rank.year-not-over", "year");
        fault(!peers().iter().any(|peer| peer.code == self.city), "rank.city-unknown", "city");
        fault(self.organisations < 0, "rank.organisations-missing", "organisations");
        fault(self.residents <= 0, "rank.residents-missing", "residents");
        fault(self.source.trim().is_empty(), "rank.source-missing", "source");
        fault(self.source.chars().count() > TEXT_MAX, "rank.source-long", "source");
        found
    }
}

/// States that the city led the province for years on end; refused while a year's figures are missing.
#[derive(Clone, Copy)]
pub struct ClaimLead {
    /// The last of the years.
    pub last_year: i64,
}

impl Act for ClaimLead {
    type Outcome = ();
    const NAME: &'static str = "registry.claim_lead";
    const WHO: &'static [Role] = &[Role::OrganisationBureau];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let places = places(cx.app).await?;
        let place = |year: i64| places.get(&year).and_then(|one| one.place);
        let claimed = rank::claim(self.last_year, place, cx.app.book.on(cx.now.date()));
        let years = claimed.map_err(|refusal| Error::Invalid(vec![refusal]))?;
        let id = cx.id();
        let values = [
            ("last_year", self.last_year.into()),
            ("years", years.into()),
            ("claimed_by", cx.actor.person.into()),
            ("claimed_at", cx.now.into()),
        ];
        let before = Refusal::new("rank.claimed-before", "S7").at("last_year");
        let answer = cx.insert(&LEAD_CLAIM, id, &values).await;
        answer.map_err(|error| error.on_unique("lead_claim__last_year", before))
    }
}

row! {
    /// What another city counted.
    pub struct PeerFigure {
        /// The year.
        year: i64,
        /// The city's code.
        city: String,
        /// Registered organisations.
        organisations: i64,
        /// Permanent residents.
        residents: i64,
        /// Who says so.
        source: String,
        /// Who entered it.
        enterer: String,
    }
}

/// Everything that was entered, the latest year first.
///
/// # Errors
/// The database could not be read.
pub async fn entered(app: &App) -> Result<Vec<PeerFigure>, Error> {
    let sql = "SELECT f.year, f.city, f.organisations, f.residents, f.source, p.name AS enterer
               FROM peer_figure f JOIN person p ON p.id = f.entered_by ORDER BY f.year DESC, f.city";
    Ok(app.db.all(sql, args![]).await?)
}

/// The city's place in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearPlace {
    /// The city's own figure.
    pub own: Density,
    /// Its place; none while figures are missing.
    pub place: Option<usize>,
    /// Of how many peers there is none.
    pub missing: usize,
}

/// The places of every whole year that the register knows.
///
/// # Errors
/// The database could not be read.
pub async fn places(app: &App) -> Result<BTreeMap<i64, YearPlace>, Error> {
    let all = figures(app, app.clock.now().date()).await?;
    places_of(app, &all).await
}

/// The same from figures that were counted already.
///
/// # Errors
/// The database could not be read.
pub async fn places_of(app: &App, all: &Figures) -> Result<BTreeMap<i64, YearPlace>, Error> {
    let today = app.clock.now().date();
    let entered = entered(app).await?;
    let mut found = BTreeMap::new();
    for year in &all.years {
        let Some(counted) = residents(CITY, year.year).filter(|_| year.year < today.year()) else { continue };
        let own = Density { organisations: year.at_end, residents: counted.number };
        let of_year = entered.iter().filter(|one| one.year == i64::from(year.year));
        let held: Vec<Density> = of_year
            .map(|one| Density { organisations: one.organisations, residents: one.residents })
            .collect();
        let missing = peers().len().saturating_sub(held.len());
        let place = (missing == 0).then(|| rank::rank(own, &held));
        found.insert(i64::from(year.year), YearPlace { own, place, missing });
    }
    Ok(found)
}

row! {
    /// A stated lead.
    pub struct Claim {
        /// The last year.
        last_year: i64,
        /// How many years.
        years: i64,
    }
}

/// The stated leads, the latest first.
///
/// # Errors
/// The database could not be read.
pub async fn claims(app: &App) -> Result<Vec<Claim>, Error> {
    Ok(app.db.all("SELECT last_year, years FROM lead_claim ORDER BY last_year DESC", args![]).await?)
}
