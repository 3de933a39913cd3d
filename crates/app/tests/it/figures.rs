//! Figures of the register are counted from rows: parts sum to the whole, filed never count as growth.

use app::registry::figures::peers::{self, ClaimLead, EnterPeerFigure, peers};
use app::registry::figures::{Part, figures};
use app::registry::target::{SetTarget, targets};
use app::registry::{Filter, OrganisationForm, RegisterOrganisation, directory};
use app::{City, Error, RequestKey, journal};
use domain::kernel::{CreditCode, Role, Scope};
use domain::registry::Legal;
use domain::registry::target::Target;

use crate::account::add;
use crate::support::{on_both, system};
use crate::tendering_ground::codes;

async fn enter(city: &City, code: &str, kind: &str, legal: &str, day: &str, status: &str) {
    let form = OrganisationForm {
        code: code.to_owned(),
        name: format!("南京市示例{code}中心（示例）"),
        kind: kind.to_owned(),
        legal: legal.to_owned(),
        status: status.to_owned(),
        supervised: "no".to_owned(),
        division: "320104002".to_owned(),
        fields: "elderly_care,training".to_owned(),
        domicile: "示例路1号".to_owned(),
        registered_on: day.to_owned(),
        inspection: "not_due".to_owned(),
        listing: "none".to_owned(),
        person_in_charge: "示例负责人".to_owned(),
        is_demo: true,
        ..OrganisationForm::default()
    };
    let act = RegisterOrganisation { form };
    city.act(&system(), &RequestKey::None, &act).await.expect("an organisation");
}

#[tokio::test]
async fn figures_are_counted_from_their_rows() {
    on_both(async |city| {
        let code = |kind: char, number: u32| {
            let code = CreditCode::derive('5', kind, "320104", &format!("{number:08}"));
            code.expect("a code").as_str().to_owned()
        };
        enter(&city, &code('1', 1), "social_association", "registered", "2012-03-01", "active").await;
        enter(&city, &code('2', 2), "social_service_institution", "registered", "2013-03-01", "active").await;
        enter(&city, &code('2', 3), "social_service_institution", "registered", "2013-05-01", "suspended")
            .await;
        enter(&city, &code('2', 4), "social_service_institution", "registered", "2013-05-01", "cancelled")
            .await;
        enter(&city, "BA3201040020001", "social_association", "filed", "2013-06-01", "active").await;
        let today = city.clock.now().date();
        let found = figures(&city, today).await.expect("figures");
        assert_eq!((found.stock.registered, found.stock.filed), (3, 1));
        let sum: i64 = found.kinds.iter().map(|part| part.stock.all()).sum();
        assert_eq!(sum, found.stock.all());
        assert_eq!(found.districts.len(), 1);
        assert_eq!(found.fields.iter().map(|part| part.stock.all()).collect::<Vec<_>>(), [4, 4]);
        let years: Vec<(i16, i64, Option<i64>)> =
            found.years.iter().map(|year| (year.year, year.at_end, year.growth)).collect();
        assert_eq!(years, [(2012, 1, None), (2013, 3, Some(20_000)), (2014, 3, Some(0))]);
        // Each part grows by itself, and each of its numbers opens to exactly its rows.
        let told = |parts: &[Part]| -> Vec<(String, Option<(i64, i64)>)> {
            let last = |part: &Part| part.last_year(today).map(|(start, year)| (start, year.at_end));
            parts.iter().map(|part| (part.code.clone(), last(part))).collect()
        };
        let kinds = [("social_association", (1, 1)), ("social_service_institution", (0, 2))];
        assert_eq!(told(&found.kinds), kinds.map(|(code, counts)| (code.to_owned(), Some(counts))));
        assert_eq!(told(&found.districts), [("320104".to_owned(), Some((1, 3)))]);
        assert_eq!(
            found.fields.iter().map(|part| part.years.clone()).collect::<Vec<_>>(),
            [found.years.clone(), found.years.clone()]
        );
        for year in &found.districts[0].years {
            let alive = Filter {
                is_social: true,
                legal: Some(Legal::Registered),
                district: Some("320104".to_owned()),
                at_end: Some(year.year),
                ..Filter::default()
            };
            let rows = directory::counts(&city, &alive).await.expect("counts");
            assert_eq!(rows.all(), year.at_end, "{}", year.year);
        }
        // The number opens to exactly its rows.
        let living = Filter { is_social: true, is_living: true, ..Filter::default() };
        let counts = directory::counts(&city, &living).await.expect("counts");
        assert_eq!((counts.registered, counts.filed), (3, 1));
        let of_year = Filter { year: Some(2013), ..living };
        assert_eq!(directory::counts(&city, &of_year).await.expect("counts").all(), 3);
        // The year's number too: who ended before the register kept the day of it is in neither.
        let is_social = Filter { is_social: true, ..Filter::default() };
        let begun = Filter { year: Some(2013), legal: Some(Legal::Registered), is_dated: true, ..is_social };
        let added: i64 = found.years.iter().filter(|year| year.year == 2013).map(|year| year.added).sum();
        assert_eq!(directory::counts(&city, &begun).await.expect("counts").all(), added);
        assert_eq!(directory::list(&city, &begun, None, 10).await.expect("a list").rows.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_lead_is_claimed_only_with_three_years_of_every_peer() {
    on_both(async |city| {
        let code = CreditCode::derive('5', '1', "320104", "00000011").expect("a code");
        enter(&city, code.as_str(), "social_association", "registered", "2011-03-01", "active").await;
        let bureau = add(&city, "bureau", Role::OrganisationBureau, Scope::City).await;
        let no_key = RequestKey::None;
        let figure = |year: i64, peer: &str| EnterPeerFigure {
            year,
            city: peer.to_owned(),
            organisations: 0,
            residents: 6_000_000,
            source: "统计公报（示例）".into(),
        };
        let faulty = EnterPeerFigure {
            year: 2014,
            city: "320100".into(),
            organisations: -1,
            residents: 0,
            source: " ".into(),
        };
        assert_eq!(
            codes(city.act(&bureau, &no_key, &faulty).await),
            [
                "rank.year-not-over",
                "rank.city-unknown",
                "rank.organisations-missing",
                "rank.residents-missing",
                "rank.source-missing",
            ]
        );
        let claim = ClaimLead { last_year: 2013 };
        for year in 2011..=2013 {
            assert_eq!(codes(city.act(&bureau, &no_key, &claim).await), ["rank.peers-missing"]);
            for peer in peers() {
                city.act(&bureau, &no_key, &figure(year, &peer.code)).await.expect("entered");
            }
        }
        assert_eq!(codes(city.act(&bureau, &no_key, &figure(2013, "320500")).await), ["rank.entered-before"]);
        let places = peers::places(&city).await.expect("places");
        assert_eq!(places.values().map(|one| one.place).collect::<Vec<_>>(), [Some(1); 3]);
        assert_eq!(
            codes(city.act(&bureau, &no_key, &ClaimLead { last_year: 2012 }).await),
            ["rank.peers-missing"]
        );
        city.act(&bureau, &no_key, &claim).await.expect("claimed");
        assert_eq!(codes(city.act(&bureau, &no_key, &claim).await), ["rank.claimed-before"]);
        let claims = peers::claims(&city).await.expect("claims");
        assert_eq!((claims[0].last_year, claims[0].years), (2013, 3));
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn the_bureau_sets_targets_and_the_register_says_how_far_they_are() {
    on_both(async |city| {
        let code = CreditCode::derive('5', '1', "320104", "00000011").expect("a code");
        enter(&city, code.as_str(), "social_association", "registered", "2012-03-01", "active").await;
        enter(&city, "BA3201040020001", "social_association", "filed", "2013-06-01", "active").await;
        let bureau = add(&city, "bureau", Role::OrganisationBureau, Scope::City).await;
        let officer = add(&city, "officer", Role::ApprovalOfficer, Scope::City).await;
        let set = |figure, year, value| SetTarget {
            figure, year, value, reason: "工作要点（示例）".into()
        };
        let stock = set(Target::Stock, 2014, 3);
        assert_eq!(city.act(&officer, &RequestKey::None, &stock).await, Err(Error::NotPermitted));
        let faulty = SetTarget { reason: " ".into(), ..set(Target::Stock, 2013, 0) };
        assert_eq!(
            codes(city.act(&bureau, &RequestKey::None, &faulty).await),
            ["target.year", "target.reason-missing", "target.value"]
        );
        for one in [
            stock,
            set(Target::Growth, 2014, 2_700),
            set(Target::Stock, 2014, 2),
            set(Target::Stock, 2015, 9),
        ] {
            city.act(&bureau, &RequestKey::None, &one).await.expect("set");
        }
        let found = figures(&city, city.clock.now().date()).await.expect("figures");
        let told = targets(&city, &found).await.expect("targets");
        let told: Vec<_> = told
            .iter()
            .map(|one| {
                (one.held.year, one.held.value, one.counted, one.is_reached, one.held.replaced_at.is_some())
            })
            .collect();
        assert_eq!(
            told,
            [
                (2015, 9, None, None, false),
                (2014, 2_700, Some(0), Some(false), false),
                (2014, 2, Some(2), Some(true), false),
                (2014, 3, Some(2), Some(false), true),
            ],
            "filed and registered count in the stock, the last target set counts"
        );
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}
