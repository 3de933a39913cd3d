//! At the doors: a yearly report that a supervising unit reads first (B24), a charity that must end (B22), and the rows of
//! the profiles in the guides (B4, S34, S35).

use app::journal::REGISTERED_ITEM;
use app::registry::inspection::{self, SubmitReport};
use app::{Act, City, Cx, Error};
use axum::http::StatusCode;
use domain::kernel::{Actor, OrganisationId, Post, Role, Scope};
use domain::registry::PaperKind;
use domain::registry::inspection::Question;

use crate::charity::charity_since;
use crate::inspected::{NO_KEY, Own, answers, attach, morning, organisation, report_version};
use crate::support::{Reader, World};

struct UnitOf(OrganisationId);

impl Act for UnitOf {
    type Outcome = ();
    const NAME: &'static str = "test.unit_of";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let id = cx.id();
        let values = [
            ("organisation_id", self.0.into()),
            ("item", "supervising_unit".into()),
            ("value", "南京市示例局".into()),
            ("from_on", "2010-05-01".into()),
        ];
        cx.insert(&REGISTERED_ITEM, id, &values).await
    }
}

/// A page in both languages without a key that no message file has.
async fn check(world: &World, reader: &Reader, path: &str) -> String {
    let chinese = world.check_page(reader, path).await;
    let english = world.get_as(reader, &format!("/en{path}")).await.text();
    for page in [&chinese, &english] {
        assert!(!page.contains("{ $") && !page.contains("member-task-"), "{path}");
    }
    chinese
}

async fn office(world: &World) -> Reader {
    world.reader("officer", Post { role: Role::ApprovalOfficer, scope: Scope::City }).await.1
}

#[tokio::test]
async fn the_form_asks_for_the_opinion_of_whoever_has_a_unit() {
    let world = World::new().await;
    assert!(world.city.clock.move_to(morning("2014-03-03")));
    let supervised = organisation(&world.city, 1, '1', "2010-05-01").await;
    organisation(&world.city, 2, '1', "2010-05-01").await;
    world.city.act(&Actor::SYSTEM, &NO_KEY, &UnitOf(supervised.id)).await.expect("a unit");
    let officer = office(&world).await;
    world.post_as(&officer, "/desk/inspections", &[("year", "2013")]).await;
    let (member, direct) = (world.demo_reader("org-1").await, world.demo_reader("org-2").await);
    let page = check(&world, &member, "/me/inspection/2013").await;
    assert!(page.contains("name=\"unit_opinion_on\"") && page.contains("2014年3月31日"), "{page}");
    assert!(check(&world, &member, "/me").await.contains("年度工作报告报业务主管单位初审"));
    let page = check(&world, &direct, "/me/inspection/2013").await;
    assert!(!page.contains("unit_opinion_on") && !page.contains("2014年3月31日"), "{page}");
    let sent = [("version", "0"), ("do", "submit"), ("unit_opinion_on", "三月底")];
    let faulty = world.post_as(&member, "/me/inspection/2013", &sent).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = faulty.text();
    assert!(page.contains("unit_opinion_on-error") && page.contains("value=\"三月底\""), "{page}");
    assert!(page.contains("年度工作报告须先报业务主管单位初审"), "{page}");
}

async fn idle(city: &City, own: &Own, year: i64) {
    attach(city, own, year, PaperKind::FinancialReport).await;
    let version = report_version(city, own, year).await;
    let nothing = [(Question::Activities, "0"), (Question::ActivityExpense, "0")];
    let submit = SubmitReport { year, version, answers: answers(&nothing) };
    city.act(&own.actor, &NO_KEY, &submit).await.expect("filed");
}

#[tokio::test]
async fn a_charity_that_must_end_is_told_on_the_desk_and_learns_what_to_do() {
    let world = World::new().await;
    assert!(world.city.clock.move_to(morning("2017-03-01")));
    let own = organisation(&world.city, 1, '2', "2010-05-01").await;
    charity_since(&world.city, own.id, "2015-01-01").await;
    let officer = office(&world).await;
    for (year, on) in [(2016, "2017-03-02"), (2017, "2018-03-01")] {
        assert!(world.city.clock.move_to(morning(on)));
        inspection::open(&world.city, &Actor::SYSTEM, &NO_KEY, year).await.expect("opened");
        idle(&world.city, &own, year).await;
    }
    let desk = format!("/desk/endings/organisations/{}", own.uscc);
    assert!(check(&world, &officer, "/desk").await.contains("告知慈善组织应当终止"));
    let page = check(&world, &officer, &desk).await;
    assert!(page.contains("id=\"charity-end\"") && page.contains("2016 年至 2017 年"), "{page}");
    let tell = format!("{desk}/charity-end");
    let mute = world.post_as(&officer, &tell, &[("note", " ")]).await;
    assert_eq!(mute.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(mute.text().contains("note-error"), "{}", mute.text());
    let told = world.post_as(&officer, &tell, &[("note", "已走访核实（示例）")]).await;
    assert_eq!(told.location, "/desk/endings?done=ending-charity-told", "{}", told.text());
    assert!(!check(&world, &officer, &desk).await.contains("id=\"charity-end\""), "told once");
    let member = world.demo_reader("org-1").await;
    assert!(check(&world, &member, "/me").await.contains("成立清算组，办理终止"));
    let page = check(&world, &member, "/me/cancellation").await;
    assert!(page.contains("于 2018年4月2日 前成立清算组"), "{page}");
    assert!(page.contains("value=\"2018-03-01\""), "the day of the ground is filled in: {page}");
}

#[tokio::test]
async fn what_a_profile_relieves_of_stands_in_the_guides_and_the_rule_book() {
    let world = World::new().await;
    let visitor = Reader::default();
    for path in ["/services/social-association", "/services/social-service-institution"] {
        let page = check(&world, &visitor, path).await;
        for said in ["比照社区社会组织的工作人员下限", "比照社区社会组织是否可以合用住所"]
        {
            assert!(page.contains(said), "{path}: {page}");
        }
    }
    for (path, said) in
        [("/rules/S34", "比照社区社会组织是否须有自己的银行账户"), ("/rules/B23", "罚款不超过违法所得的")]
    {
        assert!(check(&world, &visitor, path).await.contains(said), "{path}");
    }
}
