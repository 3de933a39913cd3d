//! The way of one yuan as a line of links on every page of a purchase: where its money came from, what was
//! bought, what those served said, and who answers for it.

use app::open_data::way::{self, Way};

use super::{PageError, Shell, Visit};

/// The stations, in the order in which a yuan passes them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Station {
    /// The fund out of which it comes.
    Fund,
    /// The listed item.
    Item,
    /// The tender.
    Tender,
    /// The result of the tender.
    Result,
    /// The contract.
    Contract,
    /// What was delivered and accepted.
    Delivery,
    /// What was paid.
    Money,
    /// What those served said.
    Satisfaction,
    /// How it was judged.
    Evaluation,
    /// The account of the office.
    Account,
}

const STATIONS: [(Station, &str); 10] = [
    (Station::Fund, "way-fund"),
    (Station::Item, "way-item"),
    (Station::Tender, "way-tender"),
    (Station::Result, "way-result"),
    (Station::Contract, "way-contract"),
    (Station::Delivery, "way-delivery"),
    (Station::Money, "way-money"),
    (Station::Satisfaction, "way-satisfaction"),
    (Station::Evaluation, "way-evaluation"),
    (Station::Account, "way-account"),
];

/// One station on the page.
pub struct Stop {
    /// Its name.
    pub label: String,
    /// Its page; empty while the purchase has not come to it.
    pub href: String,
    /// Whether the reader is on it.
    pub is_here: bool,
}

/// The line above an item's page; empty for an item that is not public.
pub async fn of_item(visit: &Visit, code: &str) -> Result<Vec<Stop>, PageError> {
    let found = way::of_item(&visit.city, code).await.map_err(|error| visit.error(error))?;
    Ok(stops(&visit.shell, found.as_ref(), Station::Item))
}

/// The line above a page of a tender.
pub async fn of_tender(visit: &Visit, number: &str, here: Station) -> Result<Vec<Stop>, PageError> {
    let found = way::of_tender(&visit.city, number).await.map_err(|error| visit.error(error))?;
    Ok(stops(&visit.shell, found.as_ref(), here))
}

/// The line above a page of a contract.
pub async fn of_contract(visit: &Visit, number: &str, here: Station) -> Result<Vec<Stop>, PageError> {
    let found = way::of_contract(&visit.city, number).await.map_err(|error| visit.error(error))?;
    Ok(stops(&visit.shell, found.as_ref(), here))
}

/// The line on the home page: where each station's pages begin.
pub fn everywhere(shell: &Shell) -> Vec<Stop> {
    let lists = [
        ("way-fund", "/funds"),
        ("way-item", "/purchase/catalogue"),
        ("way-tender", "/tenders"),
        ("way-result", "/results"),
        ("way-contract", "/contracts"),
        ("way-evaluation", "/evaluations"),
        ("way-account", "/oversight"),
    ];
    lists
        .iter()
        .map(|(key, path)| Stop { label: shell.t(key), href: shell.url(path), is_here: false })
        .collect()
}

fn stops(shell: &Shell, way: Option<&Way>, here: Station) -> Vec<Stop> {
    let Some(way) = way else { return Vec::new() };
    let stop = |(station, key): &(Station, &str)| Stop {
        label: shell.t(key),
        href: path(way, *station).map(|path| shell.url(path)).unwrap_or_default(),
        is_here: *station == here,
    };
    STATIONS.iter().map(stop).collect()
}

fn path(way: &Way, station: Station) -> Option<String> {
    let of_contract = |page: &str| way.contract.as_ref().map(|number| format!("/contracts/{number}{page}"));
    match station {
        Station::Fund => way.fund.as_ref().map(|code| format!("/funds/{code}")),
        Station::Item => Some(format!("/purchase/catalogue/{}", way.item)),
        Station::Tender => way.tender.as_ref().map(|number| format!("/tenders/{number}")),
        Station::Result => way.awarded.as_ref().map(|number| format!("/tenders/{number}/result")),
        Station::Contract => of_contract(""),
        Station::Delivery => of_contract("/delivery"),
        Station::Money => of_contract("/money"),
        Station::Satisfaction => of_contract("/satisfaction"),
        Station::Evaluation => of_contract("/evaluation"),
        Station::Account => Some(format!("/offices/{}/account?year={}", way.office, way.year)),
    }
}

#[cfg(test)]
mod tests {
    use super::{STATIONS, path};
    use app::open_data::way::Way;

    #[test]
    fn a_station_opens_when_the_purchase_has_come_to_it() {
        let way = |tender: Option<&str>, awarded: Option<&str>, contract: Option<&str>| Way {
            item: "2014-A-01".into(),
            year: 2014,
            office: "a".into(),
            fund: Some("2014-BM".into()),
            tender: tender.map(str::to_owned),
            awarded: awarded.map(str::to_owned),
            contract: contract.map(str::to_owned),
        };
        let open = |way: &Way| STATIONS.iter().filter(|(station, _)| path(way, *station).is_some()).count();
        for (reached, expected) in [
            (way(None, None, None), 3),
            (way(Some("N-1"), None, None), 4),
            (way(Some("N-1"), Some("N-1"), None), 5),
            (way(Some("N-1"), Some("N-1"), Some("H-1")), 10),
        ] {
            assert_eq!(open(&reached), expected, "{:?} {:?}", reached.tender, reached.contract);
        }
    }
}
