//! Tendering as browsers meet it: from the desk to the notice, from the draft to the receipt; and two
//! worlds, with and without bids, whose pages are equal to the byte.

use app::access::offices::{AddOffice, AppointDirector};
use app::catalogue::*;
use app::registry::RegisterOrganisation;
use app::registry::specimen::invented;
use app::{Act, RequestKey, journal};
use axum::http::StatusCode;
use domain::catalogue::{FunctionKind, FundSource, ItemScope, NegativeListRow, RowAnswer};
use domain::kernel::{Actor, Coded, Fen, Moment, OrganisationId, Post, Role, Scope};
use domain::tendering::bid::{BidPart, Statement};

use crate::support::{Answer, Reader, World};

const NUMBER: &str = "NJGZ-2014-001";

/// A bureau with one item ready to be tendered, and two organisations.
struct Stage {
    world: World,
    staff: Reader,
    checker: Reader,
    lead: Reader,
    bidder: Reader,
    other: Reader,
    item: String,
}

async fn act<A: Act>(world: &World, actor: &Actor, command: A) -> A::Outcome {
    world.city.act(actor, &RequestKey::None, &command).await.expect("done")
}

async fn stage() -> Stage {
    let world = World::new().await;
    let office = AddOffice {
        code: "fushi".into(),
        name: "社会福利处".into(),
        name_en: "Welfare Office".into(),
        duties: "福利".into(),
    };
    let office = act(&world, &Actor::SYSTEM, office).await;
    let post = |role, scope| Post { role, scope };
    let in_office = Scope::Office(office);
    let (staff_id, staff) = world.reader("staff", post(Role::OfficeStaff, in_office)).await;
    let (director_id, _) = world.reader("director", post(Role::Supervisor, Scope::City)).await;
    let appoint = AppointDirector { office, person: director_id, handover: String::new() };
    act(&world, &Actor::SYSTEM, appoint).await;
    let (checker_id, checker) = world.reader("checker", post(Role::PurchaseLead, Scope::City)).await;
    let (lead_id, lead) = world.reader("lead", post(Role::PurchaseLead, Scope::City)).await;
    let director = Actor::new(director_id, Role::OfficeDirector, in_office).with_fresh_password();
    let official = |id| Actor::new(id, Role::PurchaseLead, Scope::City).with_fresh_password();
    let writer = Actor::new(staff_id, Role::OfficeStaff, in_office);
    let item = listed(&world, &writer, &director, &official(checker_id), &official(lead_id)).await;
    let mut users = Vec::new();
    let sound = invented(100, 0).into_iter().filter(|form| {
        form.legal == "registered"
            && form.status == "active"
            && form.inspection == "pass"
            && form.listing == "none"
            && form.banned_until.is_empty()
    });
    for (form, login) in sound.zip(["bidder", "other"]) {
        let organisation: OrganisationId = act(&world, &Actor::SYSTEM, RegisterOrganisation { form }).await;
        let post = post(Role::OrganisationUser, Scope::Organisation(organisation));
        users.push(world.reader(login, post).await.1);
    }
    let other = users.pop().expect("a user");
    let bidder = users.pop().expect("a user");
    Stage { world, staff, checker, lead, bidder, other, item }
}

async fn listed(world: &World, staff: &Actor, director: &Actor, checker: &Actor, lead: &Actor) -> String {
    let text = || "示例内容".to_owned();
    let measures = MeasuresText {
        title: "购买服务实施办法（试行）".into(),
        document_no: "宁民社〔2014〕示例1号".into(),
        special_body: text(),
        list: text(),
        procedure: text(),
        performance_standards: text(),
        responsibilities: text(),
    };
    let measures = act(world, lead, DraftMeasures { text: measures }).await;
    act(world, checker, PublishMeasures { measures, version: 1 }).await;
    let content = ItemContent {
        title: "社区居家养老服务".into(),
        function: FunctionKind::PublicService,
        why_purchasable: "事务性工作".into(),
        quantity: "120人".into(),
        standard: text(),
        ceiling: Fen::yuan(200_000),
        budget: Fen::yuan(200_000),
        fund_source: FundSource::DepartmentBudget,
        scope: ItemScope::City,
        recipients: "老年人".into(),
        performance_standard: text(),
        excludes_affiliates: false,
    };
    let item = act(world, staff, ProposeItem { year: 2014, content }).await;
    let answer = |row: &NegativeListRow| RowAnswer { row: *row, applies: false, reason: "不属于".into() };
    let answers: Vec<RowAnswer> = NegativeListRow::ALL.iter().map(answer).collect();
    act(world, director, SignNegativeList { item, version: 1, answers }).await;
    let review = ReviewItem { item, version: 2, verdict: Verdict::Accept, note: String::new() };
    act(world, checker, review).await;
    act(world, lead, PublishCatalogue { year: 2014 }).await;
    act(world, lead, CreateBatch { year: 2014, title: "首批".into(), item_ids: vec![item] }).await;
    item.0.to_string()
}

const DOCUMENTS: [(&str, &str); 15] = [
    ("title", "社区居家养老服务"),
    ("requirement", "为120名老年人提供居家服务\n每周两次"),
    ("deliverables", "服务记录"),
    ("qualification", "具有独立法人资格"),
    ("price_rule", "含税总价"),
    ("recipients_role", "老年人评价"),
    ("performance_standard", "满意率不低于90%"),
    ("contract_draft", "合同草案（示例）"),
    ("challenge_contact", "025-0000"),
    ("venue", "三楼会议室"),
    ("term_months", "12"),
    ("ceiling", "200000"),
    ("tie_rule", "lot"),
    ("panel_size", "5"),
    ("designers", ""),
];

fn with<'a>(base: &[(&'a str, &'a str)], changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> =
        base.iter().filter(|(name, _)| changes.iter().all(|(other, _)| other != name)).copied().collect();
    fields.extend_from_slice(changes);
    fields
}

const TABLE: [(&str, &str); 9] = [
    ("criteria.1", "报价"),
    ("criteria.1.kind", "price"),
    ("criteria.1.weight", "20"),
    ("criteria.2", "服务方案"),
    ("criteria.2.kind", "quality"),
    ("criteria.2.weight", "50"),
    ("criteria.4", "现场陈述"),
    ("criteria.4.kind", "presentation"),
    ("criteria.4.weight", "30"),
];

/// The answer sends the reader on, and nowhere but to a page of ours.
fn assert_done(answer: &Answer, there: &str) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert!(answer.location.starts_with(there), "{}", answer.location);
}

impl Stage {
    async fn publish(&self) {
        let world = &self.world;
        let desk = format!("/desk/tenders/{NUMBER}");
        assert_done(&world.post_as(&self.staff, "/desk/tenders", &[("item", &self.item)]).await, &desk);
        let post = async |reader: &Reader, page: &str, fields: &[(&str, &str)]| {
            assert_done(&world.post_as(reader, &format!("{desk}/{page}"), fields).await, &desk);
        };
        post(&self.staff, "requirement", &with(&DOCUMENTS, &[("version", "1")])).await;
        post(&self.staff, "scoring", &with(&TABLE, &[("version", "2")])).await;
        post(&self.staff, "check", &[("version", "3")]).await;
        post(&self.checker, "check", &[("version", "4"), ("verdict", "accept")]).await;
        post(&self.lead, "publish", &[("version", "5"), ("deadline", "2014-01-17T09:30")]).await;
    }
}

fn bid_fields(price: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = [
        ("version", "0"),
        ("price", price),
        ("project_lead", "示例负责人"),
        ("contact_name", "示例联系人"),
        ("contact_phone", "025-0000"),
        ("action", "check"),
    ]
    .map(|(name, text)| (name.to_owned(), text.to_owned()))
    .to_vec();
    fields.extend(Statement::ALL.iter().map(|one| (format!("statements.{}", one.code()), "yes".to_owned())));
    fields.extend(BidPart::ALL.iter().map(|part| (format!("parts.{}", part.code()), "示例内容".to_owned())));
    fields
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}

/// A page without a key that no message file has.
fn assert_spoken(path: &str, page: &str) {
    const MARKS: [&str; 20] = [
        "tender-",
        "task-",
        "bid-",
        "refusal-",
        "finding-",
        "criterion-",
        "stage-",
        "phase-",
        "term-",
        "days-",
        "deadline-",
        "qa-",
        "correction-",
        "flash-",
        "notice-",
        "receipt-",
        "my-",
        "level-",
        "procedure-",
        "check-",
    ];
    for text in page.split(['>', '<']).map(str::trim) {
        let is_key = MARKS.iter().any(|mark| text.starts_with(mark)) && !text.contains([' ', '{']);
        assert!(!is_key, "{path} shows {text}");
    }
}

#[tokio::test]
async fn every_page_is_readable_in_both_languages() {
    let stage = stage().await;
    let world = &stage.world;
    assert_eq!(world.get(&format!("/tenders/{NUMBER}")).await.status, StatusCode::NOT_FOUND);
    stage.publish().await;
    let fields = bid_fields("95000");
    let bid = format!("/tenders/{NUMBER}/bid");
    let saved = world.multipart_as(&stage.bidder, &bid, &borrowed(&fields), &[("a.pdf", b"%PDF-1.7")]).await;
    assert_done(&saved, &format!("{bid}/check"));
    assert_done(
        &world.post_as(&stage.bidder, &format!("{bid}/check"), &[("version", "1")]).await,
        "/me/bids/",
    );
    let asked = [("question", "几时开标？")];
    assert_done(&world.post_as(&stage.other, &format!("/tenders/{NUMBER}/qa"), &asked).await, "/tenders/");
    let corrected = [("version", "6"), ("subject", "wording"), ("text", "电话更正"), ("reason", "笔误")];
    let correct = world.post_as(&stage.lead, &format!("/desk/tenders/{NUMBER}/correction"), &corrected).await;
    assert_done(&correct, "/desk/tenders/");
    let answered = [("place", "1"), ("version", "1"), ("answer", "见公告")];
    let answer = world.post_as(&stage.staff, &format!("/desk/tenders/{NUMBER}/questions"), &answered).await;
    assert_done(&answer, "/desk/tenders/");
    let public = ["", "/qa", "/corrections", "/deadlines", "/notice"];
    let desk = ["", "/requirement", "/scoring", "/check", "/publish", "/questions", "/correction"];
    let mut pages: Vec<(&Reader, String)> = vec![
        (&stage.other, "/tenders".to_owned()),
        (&stage.other, "/tenders?stage=bidding&office=fushi&before=NJGZ-2014-009&batch=x".to_owned()),
        (&stage.staff, "/desk/tenders".to_owned()),
        (&stage.lead, "/desk/tenders".to_owned()),
        (&stage.bidder, "/me/bids".to_owned()),
        (&stage.other, "/me/bids".to_owned()),
        (&stage.other, "/me/questions".to_owned()),
        (&stage.bidder, format!("/me/bids/{NUMBER}")),
        (&stage.bidder, format!("/me/bids/{NUMBER}/receipt")),
        (&stage.bidder, format!("/me/bids/{NUMBER}/withdrawal")),
        (&stage.bidder, bid.clone()),
        (&stage.other, bid.clone()),
        (&stage.bidder, format!("{bid}/check")),
    ];
    pages.extend(public.map(|tail| (&stage.other, format!("/tenders/{NUMBER}{tail}"))));
    for reader in [&stage.staff, &stage.lead] {
        pages.extend(desk.map(|tail| (reader, format!("/desk/tenders/{NUMBER}{tail}"))));
    }
    for (reader, path) in &pages {
        for prefix in ["", "/en"] {
            let path = format!("{prefix}{path}");
            let page = world.get_as(reader, &path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert_spoken(&path, &page.text());
            assert!(!page.text().contains("style=\""), "{path}");
        }
    }
    assert_eq!(journal::verify(&world.city.db).await.expect("verified"), vec![]);
}

#[tokio::test]
async fn faulty_forms_come_back_as_typed() {
    let stage = stage().await;
    let world = &stage.world;
    let desk = format!("/desk/tenders/{NUMBER}");
    world.post_as(&stage.staff, "/desk/tenders", &[("item", &stage.item)]).await;
    let form = format!("{desk}/requirement");
    for (name, value, status) in [
        ("ceiling", "-5", 422),
        ("ceiling", "1234567890123", 422),
        ("ceiling", "300000", 422),
        ("term_months", "一年", 422),
        ("qualification", "注册资本不低于百万", 422),
        ("designers", "523201005804886000", 422),
        ("title", "", 422),
        ("version", "7", 409),
    ] {
        let fields = with(&with(&DOCUMENTS, &[("version", "1")]), &[(name, value)]);
        let answer = world.post_as(&stage.staff, &form, &fields).await;
        assert_eq!(answer.status.as_u16(), status, "{name}={value}");
        assert!(
            answer.text().contains("为120名老年人提供居家服务"),
            "{name}={value}: what was typed is kept"
        );
        assert_spoken(&form, &answer.text());
    }
    let fields = with(&with(&TABLE, &[("version", "1")]), &[("criteria.2.weight", "many")]);
    let table = world.post_as(&stage.staff, &format!("{desk}/scoring"), &fields).await;
    assert_eq!(table.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(table.text().contains("many"));
    let written = with(&DOCUMENTS, &[("version", "1")]);
    assert_done(&world.post_as(&stage.staff, &form, &written).await, &desk);
    let table = with(&TABLE, &[("version", "2")]);
    assert_done(&world.post_as(&stage.staff, &format!("{desk}/scoring"), &table).await, &desk);
    world.post_as(&stage.staff, &format!("{desk}/check"), &[("version", "3")]).await;
    let mute = world.post_as(&stage.checker, &format!("{desk}/check"), &[("version", "4")]).await;
    assert_eq!(mute.status, StatusCode::UNPROCESSABLE_ENTITY);
    let accept = [("version", "4"), ("verdict", "accept")];
    assert_done(&world.post_as(&stage.checker, &format!("{desk}/check"), &accept).await, &desk);
    for deadline in ["2014-02-30T09:00", "2014-01-18T09:00", "2014-01-10T09:00", "soon", "2099-01-05T09:00"] {
        let fields = [("version", "5"), ("deadline", deadline)];
        let answer = world.post_as(&stage.lead, &format!("{desk}/publish"), &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{deadline}");
        assert!(answer.text().contains(deadline), "{deadline}");
        assert_spoken(deadline, &answer.text());
    }
    assert_eq!(journal::verify(&world.city.db).await.expect("verified"), vec![]);
}

#[tokio::test]
async fn a_bid_with_faults_is_kept_and_a_stranger_finds_nothing() {
    let stage = stage().await;
    stage.publish().await;
    let world = &stage.world;
    let bid = format!("/tenders/{NUMBER}/bid");
    let fields = bid_fields("300000");
    let hostile: [(&str, &[u8]); 1] = [("方案.pdf", b"MZ\x90\0")];
    let answer = world.multipart_as(&stage.bidder, &bid, &borrowed(&fields), &hostile).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("示例负责人"), "what was typed is kept");
    let check = world.get_as(&stage.bidder, &format!("{bid}/check")).await;
    assert!(check.text().contains("#price"), "the price over the ceiling is pointed out");
    let early = world.post_as(&stage.bidder, &format!("{bid}/check"), &[("version", "1")]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    let stale = world.multipart_as(&stage.bidder, &bid, &borrowed(&bid_fields("95000")), &[]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.text().contains("95000"));
    let mut fields = bid_fields("95000");
    fields[0].1 = "1".to_owned();
    assert_done(&world.multipart_as(&stage.bidder, &bid, &borrowed(&fields), &[]).await, &bid);
    let submit = [("version", "2"), ("request_key", "once")];
    for _ in 0..2 {
        let answer = world.post_as(&stage.bidder, &format!("{bid}/check"), &submit).await;
        assert_done(&answer, &format!("/me/bids/{NUMBER}"));
    }
    let receipt = world.get_as(&stage.bidder, &format!("/me/bids/{NUMBER}/receipt")).await.text();
    assert!(receipt.contains("version 1\n") && receipt.contains("sha256 "), "{receipt}");
    for path in [format!("/me/bids/{NUMBER}"), format!("/me/bids/{NUMBER}/receipt")] {
        assert_eq!(world.get_as(&stage.other, &path).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(world.get_as(&stage.staff, &path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(world.get_as(&stage.other, &format!("{bid}/files/1")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.get(&bid).await.status, StatusCode::SEE_OTHER, "a visitor signs in first");
    let end = Moment::beijing("2014-01-17".parse().expect("a date"), 9, 30);
    assert!(world.city.clock.move_to(end));
    let late = world.post_as(&stage.bidder, &format!("{bid}/check"), &[("version", "2")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    let withdraw = format!("/me/bids/{NUMBER}/withdrawal");
    let late = world.post_as(&stage.bidder, &withdraw, &[("version", "1")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(journal::verify(&world.city.db).await.expect("verified"), vec![]);
}

/// What everyone but the bidder reads, without what differs on every visit.
async fn pages_of_all_others(with_bids: bool) -> Vec<String> {
    let stage = stage().await;
    stage.publish().await;
    let world = &stage.world;
    let bid = format!("/tenders/{NUMBER}/bid");
    if with_bids {
        let file: [(&str, &[u8]); 1] = [("a.pdf", b"%PDF-1.7")];
        world.multipart_as(&stage.bidder, &bid, &borrowed(&bid_fields("95000")), &file).await;
        let submitted = world.post_as(&stage.bidder, &format!("{bid}/check"), &[("version", "1")]).await;
        assert_done(&submitted, "/me/bids/");
    }
    let question = [("question", "几时开标？")];
    world.post_as(&stage.other, &format!("/tenders/{NUMBER}/qa"), &question).await;
    let visitor = Reader::default();
    let mut pages = Vec::new();
    for moment in ["2014-01-06", "2014-01-17"] {
        let noon = Moment::beijing(moment.parse().expect("a date"), 12, 0);
        assert!(world.city.clock.move_to(noon));
        for reader in [&visitor, &stage.staff, &stage.lead, &stage.other] {
            let tails = ["", "/qa", "/corrections", "/deadlines", "/notice", "/bid"];
            let mut paths: Vec<String> =
                tails.iter().map(|tail| format!("/tenders/{NUMBER}{tail}")).collect();
            let desk = ["", "/requirement", "/scoring", "/check", "/publish", "/questions", "/correction"];
            paths.extend(desk.iter().map(|tail| format!("/desk/tenders/{NUMBER}{tail}")));
            paths.extend(
                ["/tenders", "/desk/tenders", "/me/bids", "/api/v1/tenders", "/api/v1/changes", "/"]
                    .map(str::to_owned),
            );
            for path in paths {
                let answer = world.get_as(reader, &path).await;
                pages.push(format!("{path} {} {}", answer.status, settled(&answer.text())));
            }
        }
    }
    pages
}

/// A page without tokens, which are random on every visit, and without ids, which start at random.
fn settled(page: &str) -> String {
    let is_token = |word: &str| word.len() >= 64 && word.chars().all(|c| c.is_ascii_hexdigit());
    let is_id = |word: &str| word.len() >= 17 && word.chars().all(|c| c.is_ascii_digit());
    let words = page.split_inclusive(|c: char| !c.is_ascii_alphanumeric());
    words
        .map(|word| {
            let core = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
            if is_token(core) || is_id(core) { word.replace(core, "…") } else { word.to_owned() }
        })
        .collect()
}

#[tokio::test]
async fn nobody_reads_from_any_page_whether_somebody_has_bid() {
    let (without, with) = (pages_of_all_others(false).await, pages_of_all_others(true).await);
    assert_eq!(without.len(), with.len());
    for (left, right) in without.iter().zip(&with) {
        assert_eq!(left, right);
    }
}
