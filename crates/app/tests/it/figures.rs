//! Figures of the register are counted from rows: parts sum to the whole, filed never count as growth.

use app::registry::figures::figures;
use app::registry::{Filter, OrganisationForm, RegisterOrganisation, directory};
use app::{City, RequestKey};
use domain::kernel::CreditCode;
use domain::registry::Legal;

use crate::support::{on_both, system};

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
