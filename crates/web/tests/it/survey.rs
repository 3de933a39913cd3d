//! Recipients' answers through the pages: from the ledger to a public result, and requests followed up.

use axum::http::StatusCode;
use domain::kernel::{Post, Role, Scope, Street};
use domain::performance::survey::Mark;
use evidence::survey::Published;

use crate::support::{Answer, Reader, World};
use crate::surveyed::{self, NUMBER};

fn assert_spoken(page: &str) {
    let texts = page.split('>').filter_map(|part| part.split('<').next());
    for text in texts.map(str::trim).filter(|text| !text.contains(' ')) {
        for key in ["survey-", "feedback-", "refusal-", "recipient-exclusion-", "flash-", "rule-", "task-"] {
            assert!(!text.starts_with(key), "{text}");
        }
    }
}

const MARKS: [(&str, &str); 3] =
    [("overall", "satisfied"), ("clarity", "neutral"), ("usefulness", "very_satisfied")];

async fn answer(world: &World, card: u16, more: &[(&str, &str)]) -> Answer {
    let code = surveyed::code(card).text();
    let fields: Vec<(&str, &str)> =
        [("code", code.as_str())].into_iter().chain(MARKS).chain(more.iter().copied()).collect();
    world.post_as(&Reader::default(), &format!("/s/{NUMBER}"), &fields).await
}

/// The receipt on a page.
fn receipt(page: &str) -> String {
    let at = page.find("回执号 ").expect("a receipt") + "回执号 ".len();
    page[at..].chars().take(19).collect()
}

/// The office's page of the planted contract.
const DESK: &str = "/desk/contracts/NJGZ-HT-2014-001/satisfaction";
/// Everyone's page of it.
const PUBLIC: &str = "/contracts/NJGZ-HT-2014-001/satisfaction";

async fn step(world: &World, staff: &Reader, fields: &[(&str, &str)]) -> Answer {
    let fields: Vec<(&str, &str)> = [("round", "final")].into_iter().chain(fields.iter().copied()).collect();
    world.post_as(staff, DESK, &fields).await
}

/// Prepares a survey through the office's page: ledger, draw, keys.
async fn prepared(world: &World, staff: &Reader) {
    assert_spoken(&world.check_page(staff, DESK).await);
    let ledger: String = (0..40).map(|at| format!("R-{at}\n")).collect::<String>() + "R-x,工作人员\n";
    let beacon = ("beacon", "双色球 2014003 期（示例）");
    let faulty = step(world, staff, &[("step", "start"), ("ledger", "R-1,邻居"), beacon]).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(faulty.text().contains("R-1,邻居") && faulty.text().contains("台账第 1 行"));
    let started = step(world, staff, &[("step", "start"), ("ledger", &ledger), beacon]).await;
    assert_eq!(started.location, format!("{DESK}?round=final&done=survey-started"), "{}", started.text());
    let drawn = step(world, staff, &[("step", "draw"), ("version", "1"), ("beacon_value", "1 2 3")]).await;
    assert_eq!(drawn.location, format!("{DESK}?round=final&done=survey-drawn"));
    let keys = surveyed::keys(40).text();
    let (fields, file) = ([("round", "final"), ("version", "2")], [("keys", "keys.txt", keys.as_bytes())]);
    let handed = world.parts_as(staff, &format!("{DESK}/keys"), &fields, &file).await;
    assert_eq!(handed.location, format!("{DESK}?round=final&done=survey-keys"), "{}", handed.text());
    let page = world.check_page(staff, &format!("{DESK}?round=final")).await;
    assert_spoken(&page);
    assert!(page.contains("R-39") && page.contains("承接单位工作人员，不参加"));
}

#[tokio::test]
async fn a_survey_goes_from_the_ledger_to_a_result_that_anyone_recounts() {
    let world = World::new().await;
    let (_, contract) = surveyed::signed(&world.city).await;
    let staff = world.demo_reader("staff").await;
    assert!(world.check_page(&Reader::default(), PUBLIC).await.contains("还没有开展服务对象评价"));
    prepared(&world, &staff).await;
    let held =
        app::performance::survey::latest(&world.city, contract).await.expect("read").expect("a survey");
    for card in 0..9 {
        assert_eq!(answer(&world, card, &[]).await.status, StatusCode::OK);
    }
    let page = world.check_page(&Reader::default(), PUBLIC).await;
    assert!(page.contains("有效评价满 10 份后才公布"), "five on record are too few to show");
    let signed = surveyed::signed_answer(held, 9, Mark::Satisfied);
    let app::performance::survey::Given::Signed { public_key, nonce, signature } = &signed.given else {
        unreachable!()
    };
    let fields = [
        ("public_key", public_key.as_str()),
        ("nonce", nonce.as_str()),
        ("signature", signature.as_str()),
        ("overall", "satisfied"),
        ("clarity", "satisfied"),
        ("usefulness", "satisfied"),
    ];
    let thanks = world.post_as(&Reader::default(), &format!("/s/{NUMBER}"), &fields).await;
    assert!(thanks.text().contains("谢谢您的评价"), "{}", thanks.text());
    let page = world.check_page(&Reader::default(), PUBLIC).await;
    assert!(page.contains("100.00%") && page.contains("95% 置信区间") && page.contains("chart"), "{page}");
    assert_spoken(&page);
    let json = world.get(&format!("{PUBLIC}/final/answers.json")).await;
    let found = Published::of(&serde_json::from_slice(&json.bytes).expect("JSON")).expect("a survey");
    assert_eq!((found.answers.len(), found.faults()), (10, Vec::new()));
    let csv = world.get(&format!("{PUBLIC}/final/answers.csv")).await.text();
    assert_eq!(csv.lines().count(), 11);
    assert!(csv.starts_with("public_key,overall,clarity,usefulness,is_proxy,means,on,"));
    for path in [
        format!("{PUBLIC}/midterm/answers.json"),
        format!("{PUBLIC}/none/answers.csv"),
        "/contracts/NONE/satisfaction".to_owned(),
        "/s/NONE".to_owned(),
        "/feedback/AAAAA".to_owned(),
    ] {
        assert_eq!(world.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let refused = step(&world, &staff, &[("step", "close"), ("version", "3")]).await;
    assert!(refused.text().contains("有效评价只有 10 份，最低要求 30 份"), "{}", refused.text());
    let void = surveyed::code(20).text();
    let voided = step(&world, &staff, &[("step", "void"), ("codes", &void)]).await;
    assert_eq!(voided.location, format!("{DESK}?round=final&done=survey-voided"));
}

#[tokio::test]
async fn a_card_answers_without_a_sign_in_and_comes_twice_without_harm() {
    let world = World::new().await;
    let at = surveyed::open(&world.city, 120, 40).await;
    let choose = world.check_page(&Reader::default(), "/s").await;
    assert!(choose.contains(&format!("/s/{NUMBER}")));
    assert_eq!(world.get(&format!("/s?number={NUMBER}")).await.location, format!("/s/{NUMBER}"));
    assert!(world.get("/s?number=X").await.text().contains("没有找到这个编号"));
    let page = world.check_page(&Reader::default(), &format!("/s/{NUMBER}")).await;
    assert_spoken(&page);
    assert!(page.contains("不用登录，不留姓名") && page.contains("稍弱一些"));
    assert_eq!(page.matches("type=\"radio\"").count(), 15);

    let code = surveyed::code(1).text();
    let partly = world
        .post_as(
            &Reader::default(),
            &format!("/s/{NUMBER}"),
            &[("code", &code), ("overall", "neutral"), ("is_proxy", "yes")],
        )
        .await;
    assert_eq!(partly.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = partly.text();
    assert!(text.contains(&code) && text.contains("请回答：事情讲得清楚"), "{text}");
    assert!(text.contains("value=\"neutral\" checked"), "what was chosen is still there");

    let first = answer(&world, 1, &[("follow_up", "yes"), ("words", "材料看不懂（示例）")]).await.text();
    assert!(first.contains("您的意见已登记") && first.contains("有效评价满 10 份后才公布"), "{first}");
    let again = answer(&world, 1, &[("overall", "very_dissatisfied")]).await.text();
    assert!(again.contains("这张卡已经评价过了"));
    assert_eq!(receipt(&first), receipt(&again));
    let unknown = answer(&world, 999, &[]).await;
    assert!(unknown.text().contains("这张卡不属于这项服务"));

    let post = Post { role: Role::OrganisationUser, scope: Scope::Organisation(at.planted.organisation) };
    let (_, provider) = world.reader("provider-two", post).await;
    let code = surveyed::code(2).text();
    let fields: Vec<(&str, &str)> = [("code", code.as_str())].into_iter().chain(MARKS).collect();
    let refused = world.post_as(&provider, &format!("/s/{NUMBER}"), &fields).await;
    assert!(refused.text().contains("承接单位的工作人员不参加评价"), "{}", refused.text());

    let post = Post { role: Role::StreetOfficer, scope: Scope::Street(Street(320_104_002)) };
    let (_, street) = world.reader("street-two", post).await;
    assert_spoken(&world.check_page(&street, "/desk/assisted").await);
    assert_spoken(&world.check_page(&street, &format!("/desk/assisted/{NUMBER}")).await);
    let assisted = world.post_as(&street, &format!("/desk/assisted/{NUMBER}"), &fields).await;
    assert!(assisted.text().contains("代录下一张"), "{}", assisted.text());
    let result =
        app::performance::survey::result(&world.city, at.contract).await.expect("read").expect("a survey");
    assert_eq!((result.valid, result.assisted), (2, 1));
}

#[tokio::test]
async fn a_request_shows_its_progress_to_whoever_holds_its_number() {
    let world = World::new().await;
    let _ = surveyed::open(&world.city, 120, 40).await;
    let page = answer(&world, 1, &[("follow_up", "yes"), ("words", "上门迟到（示例）")]).await.text();
    let at = page.find("/feedback/").expect("a link") + "/feedback/".len();
    let number: String = page[at..].chars().take(23).collect();
    let own = world.check_page(&Reader::default(), &format!("/feedback/{number}")).await;
    assert!(own.contains("上门迟到（示例）") && own.contains("待受理"));
    let list = world.check_page(&Reader::default(), PUBLIC).await;
    assert!(!list.contains("上门迟到") && !list.contains(&number) && list.contains("待受理"));
    let staff = world.demo_reader("staff").await;
    let inbox = world.get_as(&staff, "/desk").await.text();
    assert!(inbox.contains(&format!("/desk/feedback/{number}")) && inbox.contains("处理服务对象意见"));
    let desk = format!("/desk/feedback/{number}");
    assert_spoken(&world.check_page(&staff, "/desk/feedback").await);
    assert_spoken(&world.check_page(&staff, &desk).await);
    let other = app::access::offices::AddOffice {
        code: "other".into(),
        name: "另一处（示例）".into(),
        name_en: "Other".into(),
        duties: "其他".into(),
    };
    let other = world
        .city
        .act(&domain::kernel::Actor::SYSTEM, &app::RequestKey::None, &other)
        .await
        .expect("an office");
    let post = Post { role: Role::OfficeStaff, scope: Scope::Office(other) };
    let (_, stranger) = world.reader("stranger", post).await;
    assert_eq!(world.get_as(&stranger, &desk).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        world.get_as(&stranger, &format!("/desk/contracts/{NUMBER}/satisfaction")).await.status,
        StatusCode::NOT_FOUND
    );
    world.city.clock.move_to(domain::kernel::Moment::beijing("2014-01-13".parse().expect("a day"), 9, 0));
    let post = Post { role: Role::Supervisor, scope: Scope::City };
    let (_, supervisor) = world.reader("discipline", post).await;
    let late = world.check_page(&supervisor, "/desk/late").await;
    assert!(late.contains(&number) && late.contains("受理服务对象意见"), "{late}");
    let taken = world.post_as(&staff, &desk, &[("step", "acknowledge"), ("version", "1")]).await;
    assert_eq!(taken.location, format!("{desk}?done=feedback-acknowledged"));
    let empty = world.post_as(&staff, &desk, &[("step", "answer"), ("version", "2"), ("answer", " ")]).await;
    assert!(empty.text().contains("请写出答复"));
    let answered = world
        .post_as(&staff, &desk, &[("step", "answer"), ("version", "2"), ("answer", "已调整（示例）")])
        .await;
    assert_eq!(answered.location, format!("{desk}?done=feedback-answered"));
    assert!(world.get(&format!("/feedback/{number}")).await.text().contains("已调整（示例）"));
    assert!(world.get(PUBLIC).await.text().contains("已调整（示例）"));
}

#[tokio::test]
async fn a_yearly_survey_of_a_short_contract_is_refused_at_its_field() {
    let world = World::new().await;
    surveyed::signed(&world.city).await;
    let staff = world.demo_reader("staff").await;
    let fields = [("step", "start"), ("round", "yearly-1"), ("ledger", "R-1"), ("beacon", "双色球（示例）")];
    let refused = world.post_as(&staff, DESK, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text();
    assert!(page.contains("这份合同没有第 1 年度评价") && page.contains("href=\"#round\""), "{page}");
    assert!(page.contains("R-1") && page.contains("双色球（示例）"), "what was typed stays");
    assert_spoken(&page);
}

#[tokio::test]
async fn some_are_called_and_everyone_reads_the_counts() {
    let world = World::new().await;
    surveyed::open(&world.city, 120, 40).await;
    let lead = world.demo_reader("lead").await;
    let check = format!("{DESK}/final/check");
    assert_spoken(&world.check_page(&lead, &check).await);
    assert!(world.check_page(&lead, &format!("{DESK}?round=final")).await.contains("电话核查"));
    let drawn = world.post_as(&lead, &check, &[("step", "draw")]).await;
    assert_eq!(drawn.location, format!("{check}?done=survey-check-drawn"), "{}", drawn.text());
    let page = world.check_page(&lead, &check).await;
    assert_spoken(&page);
    assert!(page.contains("抽取 2 人") && page.contains("R-0"));
    let silent = [("step", "record"), ("position", "2"), ("outcome.2", "no_card"), ("note.2", "")];
    let refused = world.post_as(&lead, &check, &silent).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("href=\"#note.2\""), "{}", refused.text());
    let said = [("step", "record"), ("position", "2"), ("outcome.2", "no_card"), ("note.2", "没有收到")];
    let recorded = world.post_as(&lead, &check, &said).await;
    assert_eq!(recorded.location, format!("{check}?done=survey-check-recorded"));
    let public = world.check_page(&Reader::default(), PUBLIC).await;
    assert!(public.contains("没有拿到评价卡") && !public.contains("没有收到") && !public.contains("R-0"));
    assert_eq!(world.get_as(&lead, &format!("{DESK}/midterm/check")).await.status, StatusCode::NOT_FOUND);
}
