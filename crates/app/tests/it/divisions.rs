//! Districts and their days: a case keeps the code of its day, and a new name and a new entry name no division that
//! has ended (B45). Who reports a quarter is told in `supervision`.

use app::registry::registration::desk::{self, DeskFilter, Tab};
use app::registry::registration::names;
use app::registry::{OrganisationForm, RegisterOrganisation};
use app::{RequestKey, divisions, journal};
use domain::kernel::{CreditCode, Level, Moment};
use domain::registry::OrganisationKind::{SocialAssociation, SocialServiceInstitution};

use crate::registration_ground::{PAPERS, code_of, home_care, set_day, window};
use crate::support::{on_both, on_both_since};

/// When 白下区 still was a district.
fn before() -> Moment {
    Moment::beijing("2013-03-01".parse().expect("a date"), 9, 0)
}

/// What speaks against a name on the clock's day.
async fn bars(city: &app::City, name: &str) -> Vec<String> {
    let checked = names::check(city, SocialAssociation, name, None, None).await.expect("checked");
    let barred = checked.findings.iter().filter(|one| one.level == Level::Barred);
    barred.map(|one| format!("{} {}", one.code, one.rule)).collect()
}

#[tokio::test]
async fn a_case_keeps_the_district_of_its_day_and_is_found_under_that_of_today() {
    on_both_since(before(), async |city| {
        let at = window(city, "2013-03-20").await;
        let answers = home_care(&[
            ("division", "320104006"),
            ("premises_from", "2013-03-01"),
            ("premises_until", "2014-02-28"),
        ]);
        let case = at.fill(&at.applicant, SocialServiceInstitution, &answers).await.expect("filled");
        at.attach(&at.applicant, case, &PAPERS).await;
        at.submit(case).await.expect("sent in");
        set_day(&at.city, "2013-04-02");
        let held = at.held(case).await;
        assert_eq!(held.district, "320103", "the code of the day on which it was handed in");
        assert_eq!(divisions::district_name(&held.district), "白下区");
        for (district, count) in [("320104", 1), ("320106", 0), ("", 1)] {
            let filter = DeskFilter { tab: Tab::All, district: district.to_owned(), ..DeskFilter::default() };
            let found = desk::desk(&at.city, &at.window, &filter).await.expect("read");
            assert_eq!(found.len(), count, "{district}");
        }
        // One that is written after the change is of the district of today.
        let answers = home_care(&[("name", "南京市秦淮区晨光居家养老服务中心"), ("division", "320104006")]);
        let later = at.fill(&at.applicant, SocialServiceInstitution, &answers).await.expect("filled");
        assert_eq!(at.held(later).await.district, "320104");
        assert!(journal::verify(&at.city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_new_name_says_no_division_that_has_ended() {
    on_both_since(before(), async |city| {
        let at = window(city, "2013-03-27").await;
        let name = "南京市白下区示例书法协会";
        assert!(bars(&at.city, name).await.is_empty(), "on its last day");
        set_day(&at.city, "2013-03-28");
        assert_eq!(bars(&at.city, name).await, ["name.division-ended B45"]);
        assert_eq!(bars(&at.city, "高淳县示例书法协会").await, ["name.division-ended B45"]);
        assert!(bars(&at.city, "南京市秦淮区示例书法协会").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_code_that_is_entered_names_a_division_of_its_day() {
    on_both(async |city| {
        let at = window(city, "2014-03-03").await;
        let enter = async |division: &str, subject: &str, on: &str| {
            let code = CreditCode::derive('5', '1', division, subject).expect("a code").to_string();
            let form = OrganisationForm {
                name: format!("南京市{subject}书法协会（示例）"),
                code,
                kind: "social_association".into(),
                legal: "registered".into(),
                division: "白下区五老村街道".into(),
                fields: "training".into(),
                registered_on: on.into(),
                is_demo: true,
                ..OrganisationForm::default()
            };
            code_of(at.city.act(&at.first, &RequestKey::None, &RegisterOrganisation { form }).await).map(drop)
        };
        assert_eq!(enter("320103", "XX900001", "2012-05-04").await, Ok(()));
        assert_eq!(enter("320103", "XX900002", "2013-03-27").await, Ok(()));
        let refused = Err("registry.code-division-ended".to_owned());
        assert_eq!(enter("320103", "XX900003", "2013-03-28").await, refused);
        assert_eq!(enter("320104", "XX900004", "2013-03-28").await, Ok(()));
        let places = "SELECT count(*) FROM organisation WHERE district = '320104' AND division = '320104006'";
        let there = at.city.db.number(places, app::args![]).await.expect("read");
        assert_eq!(there, 3, "each under the district of today");
    })
    .await;
}
