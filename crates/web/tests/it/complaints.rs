//! What was said of an organisation and has no answer is named where its cancellation is asked for and decided (B22).

use app::performance::feedback::GiveFeedback;
use app::performance::halt::AskHalt;
use app::supervision::read::{self, Filter};
use app::supervision::stock;
use app::supervision::ticket::OpenTicket;
use app::{Act, RequestKey};
use axum::http::StatusCode;
use domain::kernel::{Actor, Moment, Post, Role, Scope};
use domain::performance::feedback::FeedbackMatter;
use domain::performance::survey::Mark;
use domain::performance::{HaltGround, HaltKind};
use domain::supervision::FindingKind;

use crate::support::{Reader, World};
use crate::surveyed::{self, NUMBER, Surveyed};

async fn act<A: Act>(world: &World, actor: &Actor, act: &A) -> A::Outcome {
    world.city.act(actor, &RequestKey::None, act).await.expect("done")
}

/// The contract has ended and its provider asks for its cancellation: nothing of it is open.
async fn asked(world: &World, at: &Surveyed, own: &Reader) {
    let halt = AskHalt {
        contract: at.contract,
        kind: HaltKind::End,
        ground: Some(HaltGround::PublicInterest),
        reason: "服务点拆除（示例）".into(),
        compensation: "按已完成的服务结算（示例）".into(),
    };
    act(world, &at.planted.director, &halt).await;
    let given = [("kind", "liquidation_report"), ("title", ""), ("valid_until", "")];
    world.upload_with(own, "/me/papers", &given, "报告.pdf", b"%PDF-1.7 x").await;
    let page = world.get_as(own, "/me/cancellation").await.text();
    assert!(!page.contains("没有了结的投诉和意见"), "{page}");
    let paper = page.split("name=\"papers\" type=\"checkbox\" value=\"").nth(1).expect("a paper");
    let paper = paper.split('"').next().unwrap_or_default();
    let fields = [
        ("liquidated_on", "2014-01-06"),
        ("remainder", "nothing"),
        ("reason", "宗旨已经完成（示例）"),
        ("papers", paper),
    ];
    let answer = world.post_as(own, "/me/cancellation", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
}

/// A complaint of each sort comes up while the case is under way.
async fn said(world: &World, at: &Surveyed) {
    let mut answer = surveyed::typed(at.survey, 1, Mark::Dissatisfied);
    answer.words = Some("上门服务迟到两次（示例）".into());
    surveyed::give(&world.city, &answer).await.expect("answered");
    assert!(world.city.clock.move_to(Moment::beijing("2015-06-01".parse().expect("a date"), 9, 0)));
    let tell = GiveFeedback {
        contract: at.contract,
        matter: FeedbackMatter::Milestone,
        milestone: Some(1),
        words: "服务记录不全（示例）".into(),
        evidence: String::new(),
    };
    act(world, &at.planted.staff, &tell).await;
    stock::take(&world.city).await.expect("looked");
    let filter = Filter { kind: Some(FindingKind::EvaluationMissing), ..Filter::default() };
    let found = read::findings(&world.city, &filter).await.expect("findings");
    let (person, _) = world.reader("discipline", Post { role: Role::Supervisor, scope: Scope::City }).await;
    let discipline = Actor::new(person, Role::Supervisor, Scope::City);
    let ticket = OpenTicket { finding: found[0].id, demand: "说明未评价的原因（示例）".into() };
    act(world, &discipline, &ticket).await;
}

#[tokio::test]
async fn each_complaint_is_named_with_its_contract_on_the_own_pages_and_on_the_desk() {
    let world = World::new().await;
    let at = surveyed::open(&world.city, 120, 40).await;
    let scope = Scope::Organisation(at.planted.organisation);
    let (_, own) = world.reader("own", Post { role: Role::OrganisationUser, scope }).await;
    asked(&world, &at, &own).await;
    said(&world, &at).await;
    let own = world.sign_in("own").await;
    let city = Scope::City;
    let (_, officer) = world.reader("officer", Post { role: Role::ApprovalOfficer, scope: city }).await;
    let zh = ["服务对象要求回访，还没有答复", "购买单位提出的意见，还没有答复", "对该合同的督办，还没有办结"];
    let en =
        ["A recipient asked to be followed up", "Feedback of the buying office", "An errand of supervision"];
    for (reader, path) in
        [(&own, "/me/cancellation"), (&own, "/me/endings/e20140001"), (&officer, "/desk/endings/e20140001")]
    {
        for (lang, sorts) in [("", zh), ("/en", en)] {
            let page = world.get_as(reader, &format!("{lang}{path}")).await.text();
            for sort in sorts {
                assert!(page.contains(sort) && page.contains(NUMBER), "{lang}{path}: {sort}: {page}");
            }
        }
    }
    let desk = world.get_as(&officer, "/desk/endings/e20140001").await.text();
    assert!(desk.contains("5个工作日内没有告知补正"), "the days are those of the rule book: {desk}");
    // Each link leads to a page that its reader may open.
    for (reader, path) in [(&own, "/me/cancellation"), (&officer, "/desk/endings/e20140001")] {
        let page = world.get_as(reader, path).await.text();
        let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        for link in links.filter(|link| link.contains(NUMBER)) {
            assert_eq!(world.get_as(reader, link).await.status, StatusCode::OK, "{link}");
        }
    }
}
