//! Delivery and acceptance through the pages: plan, ledger, report, call, call-backs, opinions, decision,
//! publication, and what everyone reads.

use axum::http::StatusCode;
use domain::kernel::{Post, Role, Scope};

use crate::planted::{self, Planted};
use crate::support::{Reader, World};

const NUMBER: &str = "NJGZ-HT-2014-001";

struct Cast {
    staff: Reader,
    director: Reader,
    provider: Reader,
    lead: Reader,
}

async fn cast(world: &World, p: &Planted) -> Cast {
    let post = Post { role: Role::OfficeDirector, scope: Scope::Office(p.office) };
    let (_, director) = world.reader("second-director", post).await;
    let post = Post { role: Role::OrganisationUser, scope: Scope::Organisation(p.organisation) };
    let (_, provider) = world.reader("second-winner", post).await;
    let post = Post { role: Role::PurchaseLead, scope: Scope::City };
    let (_, lead) = world.reader("second-lead", post).await;
    Cast { staff: world.demo_reader("staff").await, director, provider, lead }
}

async fn send(world: &World, reader: &Reader, path: &str, fields: &[(&str, &str)], done: &str) {
    let answer = world.post_as(reader, path, fields).await;
    assert!(
        answer.location.ends_with(&format!("done={done}")),
        "{path}: {} {}",
        answer.status,
        answer.text()
    );
}

/// The hidden field `name` of the page at `path`, in the form that holds `mark`.
async fn field(world: &World, reader: &Reader, path: &str, mark: &str, name: &str) -> String {
    let page = world.get_as(reader, path).await.text();
    let form = page.split("<form").find(|form| form.contains(mark)).expect("the form");
    let rest = form.split(&format!("name=\"{name}\" value=\"")).nth(1).expect("the field");
    rest.split('"').next().unwrap_or_default().to_owned()
}

async fn signed(world: &World) -> Cast {
    let p = planted::awarded(&world.city, 12, "awarded").await;
    let cast = cast(world, &p).await;
    let (desk, own) = (format!("/desk/contracts/{NUMBER}"), format!("/me/contracts/{NUMBER}"));
    let tender = p.tender.0.to_string();
    send(world, &cast.staff, "/desk/contracts", &[("tender", &tender)], "contract-drafted").await;
    let plan = format!("{desk}/plan");
    world.check_page(&cast.staff, &plan).await;
    let wrong = [
        ("version", "1"),
        ("units.0.milestone", "1"),
        ("units.0.name", "上门服务"),
        ("units.0.measure", "人次"),
        ("units.0.planned", "9"),
        ("units.0.price", "9500"),
    ];
    let answer = world.post_as(&cast.staff, &plan, &wrong).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("上门服务") && answer.text().contains("不等于阶段金额"));
    let right = [
        ("version", "1"),
        ("units.0.milestone", "1"),
        ("units.0.name", "上门服务"),
        ("units.0.measure", "人次"),
        ("units.0.planned", "10"),
        ("units.0.price", "9500"),
        ("lines.0.kind", "unit"),
        ("lines.0.ground", "未提供"),
        ("lines.1.kind", "share"),
        ("lines.1.ground", "逾期"),
        ("lines.1.share", "2.5"),
    ];
    send(world, &cast.staff, &plan, &right, "performance-planned").await;
    send(world, &cast.staff, &format!("{desk}/offer"), &[("version", "2")], "contract-offered").await;
    assert_eq!(world.get_as(&cast.provider, &format!("{own}/delivery")).await.status, StatusCode::NOT_FOUND);
    send(world, &cast.provider, &format!("{own}/signature"), &[("version", "3")], "contract-signed").await;
    send(world, &cast.director, &format!("{desk}/signature"), &[("version", "4")], "contract-signed").await;
    // Three days on, when the contract runs, everyone signs in anew.
    world.city.clock.move_to(world.city.clock.now().plus_seconds(3 * 86_400));
    Cast {
        staff: world.demo_reader("staff").await,
        director: world.sign_in("second-director").await,
        provider: world.sign_in("second-winner").await,
        lead: world.sign_in("second-lead").await,
    }
}

async fn served(world: &World, cast: &Cast) {
    let own = format!("/me/contracts/{NUMBER}");
    let register = format!("{own}/register");
    let named = [("step", "recipients"), ("recipients", "王秀英 独居")];
    let answer = world.post_as(&cast.provider, &register, &named).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("不得含姓名"));
    let recipients = [("step", "recipients"), ("recipients", "A001 独居老人\nA002 失能老人")];
    send(world, &cast.provider, &register, &recipients, "performance-recipients").await;
    let worker = [("step", "worker"), ("code", "W01"), ("name", "陈护理（示例）")];
    send(world, &cast.provider, &register, &worker, "performance-worker").await;
    world.check_page(&cast.provider, &register).await;
    let ledger = format!("{own}/ledger");
    world.check_page(&cast.provider, &ledger).await;
    let far = [
        ("service", "1.1"),
        ("served_on", "2014-01-06"),
        ("worker", "W01"),
        ("token", "A001"),
        ("place", "梅园新村"),
        ("units", "1"),
        ("note", "助浴"),
    ];
    let answer = world.parts_as(&cast.provider, &ledger, &far, &[]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.text().contains("不在合同期限") && answer.text().contains("助浴"),
        "nothing typed is lost"
    );
    let png = [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0];
    let line = [
        ("service", "1.1"),
        ("served_on", "2014-01-08"),
        ("worker", "W01"),
        ("token", "a001"),
        ("place", "梅园新村"),
        ("units", "4"),
        ("note", ""),
    ];
    let answer = world.parts_as(&cast.provider, &ledger, &line, &[("photos", "现场.png", &png)]).await;
    assert!(answer.location.ends_with("done=performance-recorded"), "{}", answer.text());
    let page = world.check_page(&cast.provider, &ledger).await;
    let mark = format!("{ledger}/");
    let mut one = page.split(&mark).filter_map(|part| part.split('"').next());
    let id = one.find(|id| id.parse::<i64>().is_ok()).expect("a line").to_owned();
    let record = world.check_page(&cast.provider, &format!("{ledger}/{id}")).await;
    let photo = record.split("/photos/").nth(1).and_then(|part| part.split('"').next()).expect("a photo");
    let photo = world.get_as(&cast.provider, &format!("{ledger}/{id}/photos/{photo}")).await;
    assert_eq!(photo.status, StatusCode::OK);
    let reason = [("reason", "数量有误")];
    send(world, &cast.provider, &format!("{ledger}/{id}"), &reason, "performance-reversed").await;
}

async fn imported(world: &World, cast: &Cast) {
    let ledger = format!("/me/contracts/{NUMBER}/ledger");
    let import = format!("{ledger}/import");
    world.check_page(&cast.provider, &import).await;
    let empty = world.get_as(&cast.provider, &format!("{ledger}/template.xlsx")).await;
    assert_eq!(empty.status, StatusCode::OK);
    let csv = "阶段,服务内容,服务日期,地点,工号,服务对象编码,数量,备注\n\
               1,上门服务,2014-01-07,梅园新村,W01,A001,4,\n\
               1,上门服务,2014-01-08,梅园新村,W01,A002,4,\n\
               1,上门服务,2014-01-08,梅园新村,W09,A002,4,\n";
    let answer = world.upload_as(&cast.provider, &import, "台账.csv", csv.as_bytes()).await;
    let page = answer.text();
    assert_eq!(answer.status, StatusCode::OK, "{page}");
    assert!(page.contains("服务人员不在登记表中"));
    let mut sheet = page.split("/ledger/import/").filter_map(|part| part.split('"').next());
    let digest = sheet.find(|part| part.len() == 64).expect("a sheet to mend").to_owned();
    let sheet = world.get_as(&cast.provider, &format!("{import}/{digest}")).await;
    assert_eq!(sheet.status, StatusCode::OK);
    assert_eq!(world.get_as(&cast.lead, &format!("{import}/{digest}")).await.status, StatusCode::NOT_FOUND);
}

/// A call-back and a recipient's opinion are put on record; what is left out is told beside the row that was posted.
async fn heard(world: &World, cast: &Cast, one: &str) {
    let call_back = field(world, &cast.lead, one, "value=\"call-back\"", "call_back").await;
    let (outcome, note) = (format!("outcome-{call_back}"), format!("note-{call_back}"));
    let unsaid =
        [("step", "call-back"), ("call_back", call_back.as_str()), (&outcome, "differs"), (&note, " ")];
    let text = faulty(world, &cast.lead, one, &unsaid).await;
    assert!(text.contains(&format!("id=\"{note}-error\"")), "the fault stands beside the row posted");
    assert!(text.contains("<option value=\"differs\" selected"), "what was chosen is kept");
    let outcome =
        [("step", "call-back"), ("call_back", call_back.as_str()), (&outcome, "confirmed"), (&note, "")];
    send(world, &cast.lead, one, &outcome, "performance-call-back").await;
    let invitation = field(world, &cast.lead, one, "value=\"heard\"", "invitation").await;
    let (verdict, words) = (format!("verdict-{invitation}"), format!("words-{invitation}"));
    let unsaid =
        [("step", "heard"), ("invitation", invitation.as_str()), (&verdict, ""), (&words, "来得准时")];
    let text = faulty(world, &cast.lead, one, &unsaid).await;
    assert!(
        text.contains(&format!("id=\"{verdict}-error\"")) && text.contains("value=\"来得准时\""),
        "{text}"
    );
    assert_eq!(text.matches("govuk-error-message").count(), 1, "beside no other row");
    let said = [
        ("step", "heard"),
        ("invitation", invitation.as_str()),
        (&verdict, "satisfied"),
        (&words, "来得准时"),
    ];
    send(world, &cast.lead, one, &said, "performance-heard").await;
}

async fn judged(world: &World, cast: &Cast) {
    let one = format!("/desk/acceptance/{NUMBER}/1");
    let page = world.check_page(&cast.lead, &one).await;
    let ids: Vec<&str> = page
        .split("name=\"recipients\" type=\"checkbox\" value=\"")
        .skip(1)
        .filter_map(|part| part.split('"').next())
        .collect();
    assert_eq!(ids.len(), 2);
    let version = field(world, &cast.lead, &one, "value=\"call\"", "version").await;
    let call = [
        ("step", "call"),
        ("version", &version),
        ("meets_on", "2014-01-09"),
        ("place", "社区会议室"),
        ("recipients", ids[0]),
        ("recipients", ids[1]),
    ];
    send(world, &cast.lead, &one, &call, "performance-call").await;
    send(world, &cast.lead, &one, &[("step", "draw")], "performance-draw").await;
    world.check_page(&cast.lead, &one).await;
    let decision = format!("{one}/decision");
    let version = field(world, &cast.lead, &decision, "items.1.accepted", "version").await;
    let page = world.check_page(&cast.lead, &decision).await;
    let line = |mark: &str| {
        let option = page.split("<option value=\"").find(|part| part.contains(mark)).expect("a line");
        option.split('"').next().unwrap_or_default().to_owned()
    };
    let (unit, share) = (line("未提供"), line("逾期"));
    let accept = [
        ("version", version.as_str()),
        ("items.1.accepted", "6"),
        ("items.1.unit_line", &unit),
        ("items.1.share_line", &share),
        ("items.1.remark", "两次未到"),
    ];
    let answer = world.post_as(&cast.lead, &decision, &accept).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = answer.text();
    assert!(text.contains("没有任何服务对象出具意见") && text.contains("两次未到"));
    heard(world, cast, &one).await;
    send(world, &cast.lead, &decision, &accept, "performance-accept").await;
    assert_eq!(world.get(&format!("/contracts/{NUMBER}/acceptance/1")).await.status, StatusCode::NOT_FOUND);
    let version = field(world, &cast.lead, &one, "value=\"publish\"", "version").await;
    let publish = [("step", "publish"), ("version", version.as_str())];
    send(world, &cast.lead, &one, &publish, "performance-publish").await;
    world.check_page(&cast.lead, &one).await;
}

/// The page that comes back with faults.
async fn faulty(world: &World, reader: &Reader, path: &str, fields: &[(&str, &str)]) -> String {
    let answer = world.post_as(reader, path, fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
    answer.text()
}

#[tokio::test]
async fn a_milestone_goes_from_the_ledger_to_a_published_acceptance() {
    let world = World::new().await;
    let cast = signed(&world).await;
    served(&world, &cast).await;
    imported(&world, &cast).await;
    let (own, desk) =
        (format!("/me/contracts/{NUMBER}/delivery"), format!("/desk/contracts/{NUMBER}/delivery"));
    world.check_page(&cast.provider, &own).await;
    let report = [("step", "report"), ("milestone", "1"), ("report", "已完成 8 人次")];
    send(&world, &cast.provider, &own, &report, "performance-report").await;
    assert!(world.check_page(&cast.lead, "/desk").await.contains("组织履约验收"));
    world.check_page(&cast.lead, "/desk/acceptance").await;
    world.check_page(&cast.staff, &desk).await;
    world.check_page(&cast.staff, &format!("/desk/contracts/{NUMBER}/ledger")).await;
    let version = field(&world, &cast.staff, &desk, "value=\"opinion\"", "version").await;
    let silent = [("step", "opinion"), ("milestone", "1"), ("version", version.as_str()), ("opinion-1", " ")];
    let text = faulty(&world, &cast.staff, &desk, &silent).await;
    assert!(text.contains("id=\"opinion-1-error\""), "{text}");
    let opinion =
        [("step", "opinion"), ("milestone", "1"), ("version", version.as_str()), ("opinion-1", "按约定提供")];
    send(&world, &cast.staff, &desk, &opinion, "performance-opinion").await;
    judged(&world, &cast).await;

    let visitor = Reader::default();
    let page = world.check_page(&visitor, &format!("/contracts/{NUMBER}/delivery")).await;
    // Six units of 9,500 yuan less two and a half per cent.
    assert!(page.contains("55,575.00") && page.contains("2.5%"), "{page}");
    let page = world.check_page(&visitor, &format!("/contracts/{NUMBER}/acceptance/1")).await;
    assert!(
        page.contains("逾期")
            && page.contains("未提供")
            && !page.contains("A001")
            && !page.contains("陈护理")
    );
    let document =
        page.split("/documents/").nth(1).and_then(|part| part.split('"').next()).expect("a document");
    let sheet = world.check_page(&visitor, &format!("/documents/{document}")).await;
    assert!(sheet.contains("宁民购验〔2014〕0001号"));
    assert!(world.check_page(&visitor, "/").await.contains("公开验收结果"));
}

#[tokio::test]
async fn a_contract_is_changed_in_the_open_or_not_at_all() {
    let world = World::new().await;
    let cast = signed(&world).await;
    let (own, desk) = (format!("/me/contracts/{NUMBER}"), format!("/desk/contracts/{NUMBER}"));
    let large = [
        ("step", "supplement-offer"),
        ("amount", "9500.01"),
        ("content", "追加"),
        ("reason", "新增"),
        ("is_same_content", "yes"),
    ];
    let answer = world.post_as(&cast.staff, &format!("{desk}/delivery"), &large).await;
    assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.text().contains("超过上限"));
    let fitting = [
        ("step", "supplement-offer"),
        ("amount", "4000"),
        ("content", "追加上门服务"),
        ("reason", "新增服务对象"),
        ("is_same_content", "yes"),
    ];
    send(&world, &cast.staff, &format!("{desk}/delivery"), &fitting, "performance-supplement-offer").await;
    for (reader, place) in [(&cast.provider, &own), (&cast.director, &desk)] {
        let page = format!("{place}/delivery");
        let supplement = field(&world, reader, &page, "supplement-sign", "supplement").await;
        let version = field(&world, reader, &page, "supplement-sign", "version").await;
        let sign = [("step", "supplement-sign"), ("supplement", supplement.as_str()), ("version", &version)];
        send(&world, reader, &page, &sign, "performance-supplement-sign").await;
    }
    let transfer =
        [("step", "subcontract"), ("to", planted::code().as_str()), ("part", "全部"), ("amount", "95000")]
            .map(|(name, value)| (name, value.to_owned()));
    let transfer: Vec<(&str, &str)> = transfer.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = world.post_as(&cast.provider, &format!("{own}/delivery"), &transfer).await;
    assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.text().contains("属于转包"));
    for (reader, place) in [(&cast.provider, &own), (&cast.director, &desk)] {
        world.check_page(reader, &format!("{place}/halt")).await;
        world.check_page(reader, &format!("{place}/delivery")).await;
    }
    let alone = [("step", "halt-ask"), ("kind", "end"), ("reason", "不想继续")];
    let answer = world.post_as(&cast.provider, &format!("{own}/halt"), &alone).await;
    assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.text().contains("不得单方"));
    let public = [
        ("step", "halt-ask"),
        ("kind", "suspension"),
        ("ground", "public_interest"),
        ("reason", "场所存在安全隐患"),
        ("compensation", "购买主体承担已发生的费用"),
    ];
    send(&world, &cast.director, &format!("{desk}/halt"), &public, "performance-halt-ask").await;
    let page = world.check_page(&Reader::default(), &format!("/contracts/{NUMBER}/delivery")).await;
    for told in ["追加上门服务", "场所存在安全隐患", "宁民购止〔2014〕0001号"] {
        assert!(page.contains(told), "{told}");
    }
    let page = world.check_page(&Reader::default(), &format!("/contracts/{NUMBER}")).await;
    assert!(!page.contains("补充合同1："), "the text that was signed stays as it was");
}
