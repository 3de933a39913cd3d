//! An evaluation through its pages, from the plan to the published result with a reply, and feedback both ways.

use app::access::people::GivePost;
use app::contracts::{DraftContract, OfferContract, SignAsBuyer, SignAsProvider};
use app::tendering::expert::{AddExpert, ExpertRecord};
use app::{City, RequestKey};
use axum::http::StatusCode;
use domain::kernel::{Actor, ContractId, Moment, Post, Role, Scope};

use crate::planted::{self, Accepted, Planted};
use crate::support::{Answer, Reader, World};

const NUMBER: &str = "NJGZ-HT-2014-001";
const NO_KEY: RequestKey = RequestKey::None;

async fn signed(city: &City) -> Planted {
    let p = planted::awarded(city, 12, "awarded").await;
    let contract = city.act(&p.staff, &NO_KEY, &DraftContract { tender: p.tender }).await.expect("a draft");
    city.act(&p.staff, &NO_KEY, &OfferContract { contract, version: 1 }).await.expect("offered");
    city.act(&p.provider, &NO_KEY, &SignAsProvider { contract, version: 2 }).await.expect("signed");
    city.act(&p.director, &NO_KEY, &SignAsBuyer { contract, version: 3 }).await.expect("signed");
    p
}

async fn pool(world: &World, lead: &Actor) {
    for number in 0..3 {
        let person = world.person(&format!("judge{number}")).await;
        let post = Post { role: Role::Expert, scope: Scope::City };
        let give = GivePost { person, post };
        world.city.act(&Actor::SYSTEM, &NO_KEY, &give).await.expect("a post");
        let record = ExpertRecord {
            title: "高级社会工作师".into(),
            fields: "评估".into(),
            employer: "示例大学".into(),
            employer_uscc: None,
            office: None,
            born_on: "1970-01-01".parse().expect("a date"),
        };
        world.city.act(lead, &NO_KEY, &AddExpert { person, record }).await.expect("an expert");
    }
}

fn go(world: &World, day: &str) {
    let at = Moment::beijing(day.parse().expect("a date"), 9, 0);
    assert!(world.city.clock.move_to(at));
}

fn assert_spoken(answer: &Answer) {
    let page = answer.text();
    assert_eq!(answer.status, StatusCode::OK, "{page}");
    for key in [
        "evaluation-",
        "evaluations-",
        "plan-stage-",
        "indicator-",
        "service-kind-",
        "told-",
        "judge-",
        "retaliation-",
        "refusal-",
        "finding-",
        "feedback-",
        "office-mark",
        "identifiable-",
        "document-kind-",
    ] {
        assert!(!page.contains(&format!(">{key}")), "{key} is not spoken: {page}");
    }
}

async fn versions(world: &World) -> (String, String) {
    let sql = "SELECT id FROM evaluation ORDER BY id DESC LIMIT 1";
    let (id,): (i64,) = world.city.db.one(sql, &[]).await.expect("a round");
    let sql = "SELECT version FROM evaluation ORDER BY id DESC LIMIT 1";
    let (version,): (i64,) = world.city.db.one(sql, &[]).await.expect("a round");
    (id.to_string(), version.to_string())
}

async fn step(world: &World, reader: &Reader, fields: &[(&str, &str)]) -> Answer {
    let (id, version) = versions(world).await;
    let mut all = vec![("evaluation", id.as_str()), ("version", version.as_str())];
    all.extend_from_slice(fields);
    world.post_as(reader, &format!("/desk/contracts/{NUMBER}/evaluation"), &all).await
}

fn plan_fields<'a>(names: &'a [String], purchaser: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("version", "0"),
        ("kind", "bureau_support"),
        ("experts", "60"),
        ("recipients", "0"),
        ("purchaser", purchaser),
        ("third_party", "20"),
        ("has_recipients", "no"),
        ("no_recipients_reason", "面向公众的研究，没有可识别的服务对象"),
        ("third_party_name", "宁衡评价事务所（示例）"),
    ];
    fields.extend(names.iter().map(|name| (name.as_str(), "95%")));
    fields
}

fn names(list: &str) -> Vec<String> {
    (1..=7).map(|at| format!("{list}.{at}")).collect()
}

async fn plan(world: &World) {
    let (staff, lead) = (world.demo_reader("staff").await, world.demo_reader("lead").await);
    let desk = format!("/desk/contracts/{NUMBER}/evaluation");
    let form = format!("{desk}/plan?kind=bureau_support");
    for lang in ["", "/en"] {
        assert_spoken(&world.get_as(&staff, &format!("{lang}{form}")).await);
    }
    let targets = names("targets");
    let path = format!("{desk}/plan");
    let wrong = world.post_as(&staff, &path, &plan_fields(&targets, "60")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("须低于 50%") && wrong.text().contains("宁衡评价事务所"), "typed and told");
    let saved = world.post_as(&staff, &path, &plan_fields(&targets, "20")).await;
    assert_eq!(saved.location, format!("{desk}?done=evaluation-plan-saved"));
    assert!(!world.get(&format!("/contracts/{NUMBER}/evaluation")).await.text().contains("宁衡"));
    let sent = world.post_as(&staff, &desk, &[("act", "submit"), ("version", "1")]).await;
    assert_eq!(sent.location, format!("{desk}?done=evaluation-plan-submitted"));
    assert_spoken(&world.get_as(&lead, &desk).await);
    let back = world.post_as(&lead, &desk, &[("act", "return"), ("version", "2")]).await;
    assert!(back.text().contains("请写明要修改什么"));
    let fixed = world.post_as(&lead, &desk, &[("act", "fix"), ("version", "2")]).await;
    assert_eq!(fixed.location, format!("{desk}?done=evaluation-plan-fixed"));
    assert!(world.get(&format!("/contracts/{NUMBER}/evaluation")).await.text().contains("宁衡"));
}

async fn report(world: &World, kind: &str) {
    let staff = world.demo_reader("staff").await;
    let desk = format!("/desk/contracts/{NUMBER}/evaluation");
    let opened = world.post_as(&staff, &desk, &[("act", "open"), ("kind", kind)]).await;
    assert_eq!(opened.location, format!("{desk}?done=evaluation-opened"), "{}", opened.text());
    let actuals = names("actuals");
    let mut fields = vec![("act", "report")];
    fields.extend(actuals.iter().map(|name| (name.as_str(), "96%")));
    let reported = step(world, &staff, &fields).await;
    assert_eq!(reported.location, format!("{desk}?done=evaluation-reported"));
    assert_spoken(&world.get_as(&staff, &desk).await);
}

async fn sheets(world: &World) {
    for number in 0..3 {
        let expert = world.demo_reader(&format!("judge{number}")).await;
        assert_spoken(&world.get_as(&expert, "/expert/evaluations").await);
        let path = format!("/expert/evaluations/{NUMBER}");
        for lang in ["", "/en"] {
            assert_spoken(&world.get_as(&expert, &format!("{lang}{path}")).await);
        }
        let scores = names("scores");
        let points = ["8.5", "12.75", "12.75", "8.5", "8.5", "25.5", "8.5"];
        let mut fields: Vec<(&str, &str)> =
            scores.iter().zip(points).map(|(name, points)| (name.as_str(), points)).collect();
        fields.push(("act", "lock"));
        let mut gap = fields.clone();
        gap[0].1 = "x";
        let wrong = world.post_as(&expert, &path, &gap).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let locked = world.post_as(&expert, &path, &fields).await;
        assert_eq!(locked.location, format!("{path}?done=evaluation-sheet-locked"), "{}", locked.text());
        assert_spoken(&world.get_as(&expert, &path).await);
        assert_spoken(&world.get_as(&expert, &format!("{path}/document")).await);
    }
}

/// The contract's only milestone, accepted and published.
async fn deliver(world: &World, p: &Planted) {
    let sql = "SELECT id FROM contract";
    let (contract,): (ContractId,) = world.city.db.one(sql, &[]).await.expect("the contract");
    let accept = Accepted { contract, milestone: None, deducted: 0, is_published: true };
    world.city.act(&p.lead, &NO_KEY, &accept).await.expect("accepted");
}

#[tokio::test]
async fn an_evaluation_goes_from_plan_to_published_result_with_a_reply() {
    let world = World::new().await;
    let p = signed(&world.city).await;
    pool(&world, &p.lead).await;
    let desk = format!("/desk/contracts/{NUMBER}/evaluation");
    let public = format!("/contracts/{NUMBER}/evaluation");
    let own = format!("/me/contracts/{NUMBER}/evaluation");
    plan(&world).await;
    go(&world, "2014-07-01");
    report(&world, "mid_term").await;
    let lead = world.demo_reader("lead").await;
    step(&world, &lead, &[("act", "mid_term")]).await;
    assert_spoken(&world.get(&public).await);
    go(&world, "2015-01-06");
    report(&world, "final").await;
    let (lead, director) = (world.demo_reader("lead").await, world.demo_reader("director").await);
    let even = step(&world, &lead, &[("act", "draw"), ("experts", "2")]).await;
    assert!(even.text().contains("至少要 3 人"));
    let drawn = step(&world, &lead, &[("act", "draw"), ("experts", "3")]).await;
    assert_eq!(drawn.location, format!("{desk}?done=evaluation-drawn"), "{}", drawn.text());
    sheets(&world).await;
    let empty = step(&world, &director, &[("act", "purchaser"), ("score", "95"), ("evidence", "")]).await;
    assert!(empty.text().contains("请写明评分依据"));
    step(&world, &director, &[("act", "purchaser"), ("score", "95"), ("evidence", "验收单")]).await;
    step(&world, &lead, &[("act", "third_party"), ("score", "80"), ("evidence", "报告（示例）")]).await;
    let sent = step(&world, &lead, &[("act", "send")]).await;
    assert_eq!(sent.location, format!("{desk}?done=evaluation-sent"), "{}", sent.text());
    assert!(!world.get(&public).await.text().contains("86.00"), "the provider hears first");

    let provider = world.demo_reader("winner").await;
    let page = world.get_as(&provider, &own).await;
    assert_spoken(&page);
    assert!(page.text().contains("86.00"));
    let (id, version) = versions(&world).await;
    let fields =
        [("evaluation", id.as_str()), ("version", version.as_str()), ("reply", "复核差错率统计有误。")];
    let replied = world.post_as(&provider, &own, &fields).await;
    assert_eq!(replied.location, format!("{own}?done=evaluation-replied"));
    let early = step(&world, &lead, &[("act", "publish")]).await;
    assert!(early.text().contains("请先书面答复"));
    step(&world, &lead, &[("act", "answer"), ("answer", "已核对，维持原评分。")]).await;
    let published = step(&world, &lead, &[("act", "publish")]).await;
    assert_eq!(published.location, format!("{desk}?done=evaluation-published"), "{}", published.text());

    let renewal = world.post_as(&director, &desk, &[("act", "continue")]).await;
    assert!(renewal.text().contains("请重新竞标"), "{}", renewal.text());
    for path in
        [public.clone(), format!("{public}/sheets"), "/evaluations".into(), "/evaluations/offices".into()]
    {
        for lang in ["", "/en"] {
            assert_spoken(&world.get(&format!("{lang}{path}")).await);
        }
    }
    let page = world.get(&public).await.text();
    assert!(page.contains("86.00") && page.contains("已核对，维持原评分。") && !page.contains("judge"));
    assert!(world.get("/evaluations?grade=liang").await.text().contains(NUMBER));
    assert!(!world.get("/evaluations?grade=you").await.text().contains(NUMBER));
    let sql = "SELECT document_code FROM evaluation WHERE document_code IS NOT NULL";
    let (code,): (String,) = world.city.db.one(sql, &[]).await.expect("a document");
    for lang in ["", "/en"] {
        assert_spoken(&world.get(&format!("{lang}/documents/{code}")).await);
    }
    let early = world.post_as(&director, &desk, &[("act", "close")]).await;
    assert!(early.text().contains("没有验收合格。请先逐个报验并验收"), "{}", early.text());
    deliver(&world, &p).await;
    let closed = world.post_as(&director, &desk, &[("act", "close")]).await;
    assert_eq!(closed.location, format!("{desk}?done=evaluation-closed"), "{}", closed.text());
}

#[tokio::test]
async fn feedback_goes_both_ways_and_a_complaint_past_the_office() {
    let world = World::new().await;
    signed(&world.city).await;
    let (provider, staff) = (world.demo_reader("winner").await, world.demo_reader("staff").await);
    let post = Post { role: Role::Supervisor, scope: Scope::City };
    let (_, discipline) = world.reader("discipline", post).await;
    let own = format!("/me/contracts/{NUMBER}/feedback");
    let desk = format!("/desk/contracts/{NUMBER}/feedback");
    let tell = [("act", "tell"), ("matter", "outside_contract"), ("text", "要求另办活动"), ("evidence", "")];
    let wrong = world.post_as(&provider, &own, &tell).await;
    assert!(wrong.text().contains("请写明依据") && wrong.text().contains("要求另办活动"));
    let tell =
        [("act", "tell"), ("matter", "outside_contract"), ("text", "要求另办活动"), ("evidence", "记录")];
    assert_eq!(world.post_as(&provider, &own, &tell).await.location, format!("{own}?done=told"));
    let complain = [("act", "complain"), ("complaint", "反馈后被刁难重做验收"), ("proof", "通知（示例）")];
    assert_eq!(world.post_as(&provider, &own, &complain).await.location, format!("{own}?done=complained"));
    let judge = [("act", "judge"), ("mark", "2"), ("judgement", "付款一拖再拖")];
    assert_eq!(world.post_as(&provider, &own, &judge).await.location, format!("{own}?done=office-judged"));
    for lang in ["", "/en"] {
        assert_spoken(&world.get_as(&provider, &format!("{lang}{own}")).await);
        assert_spoken(&world.get_as(&staff, &format!("{lang}{desk}")).await);
        assert_spoken(&world.get_as(&discipline, &format!("{lang}/desk/retaliation")).await);
    }
    let seen = [
        world.get_as(&staff, &desk).await.text(),
        world.get_as(&staff, "/desk/office-feedback").await.text(),
    ];
    assert!(seen[0].contains("要求另办活动") && seen[1].contains(NUMBER));
    for page in seen.iter().chain([&world.get("/evaluations/offices").await.text()]) {
        assert!(!page.contains("刁难") && !page.contains("一拖再拖"), "the office does not learn it: {page}");
    }
    let sql = "SELECT id FROM office_feedback";
    let (id,): (i64,) = world.city.db.one(sql, &[]).await.expect("a feedback");
    let answer =
        [("act", "answer"), ("feedback", &*id.to_string()), ("version", "1"), ("answer", "活动取消。")];
    assert_eq!(world.post_as(&staff, &desk, &answer).await.location, format!("{desk}?done=told-answered"));
    assert!(world.get_as(&provider, &own).await.text().contains("活动取消。"));
    let (id,): (i64,) = world.city.db.one("SELECT id FROM retaliation", &[]).await.expect("a complaint");
    let find = [("complaint", &*id.to_string()), ("version", "1"), ("finding", "属实，已约谈。")];
    let found = world.post_as(&discipline, "/desk/retaliation", &find).await;
    assert_eq!(found.location, "/desk/retaliation?done=retaliation-found");
    assert!(world.get_as(&provider, &own).await.text().contains("属实，已约谈。"));
}
