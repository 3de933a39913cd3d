//! Credit at the doors: a listing from penalty to removal by three people, the public lists, the record and the
//! health card.

use app::RequestKey;
use app::registry::{OrganisationForm, RegisterOrganisation, profile};
use axum::http::StatusCode;
use domain::kernel::{Actor, Coded, CreditCode, Moment, OrganisationId, Post, Role, Scope};
use domain::registry::credit::{
    CreditList, ListingGround, ListingStage, PenaltyKind, RemovalStage, StatementKind,
};

use crate::support::{Reader, World};

pub struct Cast {
    pub officer: Reader,
    pub director: Reader,
    pub own: Reader,
    pub uscc: String,
    id: OrganisationId,
}

fn form(subject: &str) -> OrganisationForm {
    let code = CreditCode::derive('5', '2', "320104", subject).expect("a code");
    OrganisationForm {
        code: code.as_str().into(),
        name: format!("南京市秦淮区示例{subject}服务中心（示例）"),
        kind: "social_service_institution".into(),
        legal: "registered".into(),
        division: "320104002".into(),
        fields: "elderly_care".into(),
        domicile: "南京市秦淮区示例路1号".into(),
        registered_on: "2010-03-05".into(),
        contact: "025-00001234".into(),
        ..OrganisationForm::default()
    }
}

pub async fn cast(world: &World) -> Cast {
    let post = |role| Post { role, scope: Scope::City };
    let (_, officer) = world.reader("officer", post(Role::ApprovalOfficer)).await;
    let (_, director) = world.reader("chief", post(Role::ApprovalDirector)).await;
    let act = RegisterOrganisation { form: form("XX900001") };
    let id = world.city.act(&Actor::SYSTEM, &RequestKey::None, &act).await.expect("entered");
    let own = Post { role: Role::OrganisationUser, scope: Scope::Organisation(id) };
    let (_, own) = world.reader("own", own).await;
    let uscc = profile::organisation_by_id(&world.city, id).await.expect("held").uscc;
    Cast { officer, director, own, uscc, id }
}

pub fn set(world: &World, day: &str) {
    let moment = Moment::beijing(day.parse().expect("a date"), 9, 0);
    assert!(world.city.clock.move_to(moment), "time goes forward");
}

/// A page in both languages without a key that no message file has.
pub async fn check(world: &World, reader: &Reader, path: &str) -> String {
    let chinese = world.check_page(reader, path).await;
    let english = world.get_as(reader, &format!("/en{path}")).await.text();
    for page in [&chinese, &english] {
        for mark in [
            "credit-",
            "penalty-",
            "record-",
            "health-",
            "gate-",
            "finding-",
            "refusal-",
            "listing-",
            "public-list-",
        ] {
            let shown = page.split(['>', '<']).find(|text| text.trim().starts_with(mark));
            assert_eq!(shown, None, "{path} shows a key");
        }
    }
    chinese
}

pub async fn do_step(world: &World, reader: &Reader, path: &str, fields: &[(&str, &str)]) {
    let answer = world.post_as(reader, path, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path} {fields:?}: {}", answer.text());
}

#[tokio::test]
async fn a_fine_is_recorded_confirmed_listed_and_shown_to_everyone() {
    let world = World::new().await;
    let cast = cast(&world).await;
    set(&world, "2014-03-03");
    let file = format!("/desk/credit/organisations/{}", cast.uscc);
    let penalty = |amount: &'static str| {
        vec![
            ("step", "penalty"),
            ("offence", "other_law"),
            ("kind", "fine"),
            ("amount", amount),
            ("document_number", "宁民罚〔2014〕1号（示例）"),
            ("authority", "南京市民政局（示例）"),
            ("reason", "超出业务范围活动（示例）"),
            ("imposed_on", "2014-03-03"),
        ]
    };
    let faulty = world.post_as(&cast.officer, &file, &penalty("")).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = faulty.text();
    assert!(page.contains("amount-error") && page.contains("宁民罚〔2014〕1号（示例）"), "kept as typed");
    do_step(&world, &cast.officer, &file, &penalty("50,000")).await;
    let page = check(&world, &cast.director, &file).await;
    let id = page.split("name=\"penalty\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let id = id.expect("a penalty to confirm").to_owned();
    assert!(!world.get(&format!("/orgs/{}", cast.uscc)).await.text().contains("宁民罚"), "not public yet");
    assert!(world.get_as(&cast.director, "/desk").await.text().contains("复核处罚"));
    do_step(&world, &cast.director, &file, &[("step", "confirm"), ("penalty", &id)]).await;
    assert!(check(&world, &cast.officer, "/desk/credit").await.contains("受到五万元以上罚款"));
    do_step(&world, &cast.officer, "/desk/credit", &[]).await;
    let case = "/desk/credit/cases/20140001";
    check(&world, &cast.officer, case).await;
    do_step(&world, &cast.officer, case, &[("step", "notice")]).await;
    assert!(check(&world, &cast.own, "/me").await.contains("拟列入“严重违法失信名单”"));
    let answer = "/me/credit/20140001";
    assert!(check(&world, &cast.own, answer).await.contains("提交答复"));
    let empty = world.post_as(&cast.own, answer, &[("statement_kind", "written"), ("statement", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let (_, stranger) = world
        .reader(
            "stranger",
            Post { role: Role::OrganisationUser, scope: Scope::Organisation(OrganisationId(7)) },
        )
        .await;
    assert_eq!(world.get_as(&stranger, answer).await.status, StatusCode::NOT_FOUND);
    do_step(&world, &cast.own, answer, &[("statement_kind", "waived"), ("statement", "")]).await;
    check(&world, &cast.director, case).await;
    let decide = [("step", "listed"), ("reason", "罚款数额达到五万元（示例）")];
    do_step(&world, &cast.director, case, &decide).await;
    let list = check(&world, &Reader::default(), "/credit/serious").await;
    assert!(list.contains(&cast.uscc) && list.contains("宁民社信〔2014〕0001号"));
    assert!(world.get("/credit/serious.csv").await.text().contains(&cast.uscc));
    assert!(!world.get("/credit/serious?q=%E4%B8%8D%E5%AD%98%E5%9C%A8").await.text().contains(&cast.uscc));
    assert!(!check(&world, &Reader::default(), "/credit/abnormal").await.contains(&cast.uscc));
    let card = check(&world, &cast.own, "/me").await;
    assert!(card.contains("健康卡") && card.contains("申请移出"));
    record(&world, &cast).await;
}

/// The public record: page, files, printed sheet and its check.
async fn record(world: &World, cast: &Cast) {
    let base = format!("/orgs/{}", cast.uscc);
    let page = check(world, &Reader::default(), &base).await;
    for shown in
        ["十类公开信息", "不能参加竞标", "50,000.00", "宁民罚〔2014〕1号（示例）", "没有这一类记录。"]
    {
        assert!(page.contains(shown), "{shown}");
    }
    assert!(!page.contains("025-00001234"), "a contact is not for the public");
    let csv = world.get(&format!("{base}/record.csv")).await.text();
    assert!(csv.contains("信用名录") && csv.contains("宁民罚"));
    let json: serde_json::Value =
        serde_json::from_slice(&world.get(&format!("{base}/record.json")).await.bytes).expect("JSON");
    assert_eq!(json["lists"].as_array().map(Vec::len), Some(10));
    let fingerprint = json["fingerprint"].as_str().expect("a fingerprint").to_owned();
    let sheet = check(world, &Reader::default(), &format!("{base}/file")).await;
    assert!(sheet.contains(&fingerprint) && sheet.contains("生成时间"));
    let same = check(world, &Reader::default(), &format!("{base}/file/{fingerprint}")).await;
    assert!(same.contains("与登记库现在的记录一致。"));
    let other = world.get(&format!("{base}/file/AAAA-AAAA-AAAA-AAAA")).await.text();
    assert!(other.contains("不一致"));
    assert_eq!(world.get("/orgs/unknown/file").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_unreachable_organisation_is_listed_and_leaves_the_list_again() {
    let world = World::new().await;
    let cast = cast(&world).await;
    let file = format!("/desk/credit/organisations/{}", cast.uscc);
    set(&world, "2014-03-04");
    let propose = [("ground", "unreachable"), ("arose_on", ""), ("evidence", "两次信函退回（示例）")];
    let proposal = format!("{file}/proposal");
    let early = world.multipart_as(&cast.officer, &proposal, &propose, &[]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.text().contains("ground-error"));
    for (sent, back) in [("2014-02-10", "2014-02-14"), ("2014-02-25", "2014-03-03")] {
        let letter = [("step", "letter"), ("sent_on", sent), ("mail_number", "示例0001")];
        do_step(&world, &cast.officer, &file, &letter).await;
        let page = check(&world, &cast.officer, &file).await;
        let id = page.split("name=\"letter\"").nth(1).and_then(|rest| rest.split("value=\"").nth(1));
        let id = id.and_then(|rest| rest.split('"').next()).expect("a letter").to_owned();
        do_step(&world, &cast.officer, &file, &[("step", "return"), ("letter", &id), ("returned_on", back)])
            .await;
    }
    let made = world.multipart_as(&cast.officer, &proposal, &propose, &[("退信.pdf", b"%PDF-1.7 x")]).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let case = "/desk/credit/cases/20140001";
    assert!(check(&world, &cast.officer, case).await.contains("退信.pdf"));
    world.foresees(&cast.officer, case, &[("preview", "notice")], "事先告知书").await;
    do_step(&world, &cast.officer, case, &[("step", "notice")]).await;
    let hearing = [("statement_kind", "hearing"), ("statement", "请求听证（示例）")];
    do_step(&world, &cast.own, "/me/credit/20140001", &hearing).await;
    let held = [("step", "hearing"), ("heard_on", "2014-03-04"), ("note", "双方到场（示例）")];
    do_step(&world, &cast.officer, case, &held).await;
    let blank = world.post_as(&cast.director, case, &[("preview", "listed"), ("reason", "")]).await;
    assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY, "what cannot be issued is not shown");
    let seen = [("preview", "listed"), ("reason", "情形属实（示例）")];
    world.foresees(&cast.director, case, &seen, "情形属实（示例）").await;
    do_step(&world, &cast.director, case, &[("step", "listed"), ("reason", "情形属实（示例）")]).await;
    let own = check(&world, &cast.own, "/me/credit").await;
    let removal = own.split("/me/credit/removal/").nth(1).and_then(|rest| rest.split('"').next());
    let removal = format!("/me/credit/removal/{}", removal.expect("a place"));
    check(&world, &cast.own, &removal).await;
    let empty = world.post_as(&cast.own, &removal, &[("statement", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    do_step(&world, &cast.own, &removal, &[("statement", "已变更住所（示例）")]).await;
    let desk = check(&world, &cast.officer, "/desk/credit").await;
    let id = desk.split("/desk/credit/removals/").nth(1).and_then(|rest| rest.split('"').next());
    let desk = format!("/desk/credit/removals/{}", id.expect("an application"));
    check(&world, &cast.officer, &desk).await;
    do_step(&world, &cast.officer, &desk, &[("step", "mended"), ("finding", "已取得联系（示例）")]).await;
    check(&world, &cast.director, &desk).await;
    let seen = [("preview", "removed"), ("reason", "已履行义务（示例）")];
    world.foresees(&cast.director, &desk, &seen, "移出").await;
    do_step(&world, &cast.director, &desk, &[("step", "removed"), ("reason", "已履行义务（示例）")]).await;
    assert!(!world.get("/credit/abnormal").await.text().contains(&cast.uscc));
    assert!(check(&world, &Reader::default(), "/credit/abnormal?state=removed").await.contains(&cast.uscc));
    let held = profile::organisation_by_id(&world.city, cast.id).await.expect("held");
    assert_eq!(held.listing.code(), "none");
    check(&world, &cast.director, "/desk/credit?state=settled&list=abnormal").await;
    check(&world, &cast.officer, "/desk").await;
}

#[tokio::test]
async fn every_word_of_credit_is_spoken_in_both_languages() {
    use web::i18n::has;
    fn all<C: Coded>() {
        for one in C::ALL {
            let key = format!("{}-{}", C::LIST, one.code()).replace('_', "-");
            assert!(has(&key), "{key}");
        }
    }
    all::<CreditList>();
    all::<ListingGround>();
    all::<ListingStage>();
    all::<StatementKind>();
    all::<RemovalStage>();
    all::<PenaltyKind>();
    all::<domain::registry::credit::PenaltyStage>();
    all::<app::inbox::member::MemberTaskKind>();
    all::<domain::registry::Gate>();
    all::<domain::registry::standing_history::RatingEnd>();
    all::<app::registry::public_lists::PublicList>();
    all::<app::registry::credit::due::DueKind>();
    all::<app::registry::credit::read::RemovedHow>();
    all::<app::inbox::TaskKind>();
    for code in [
        "social-organisation",
        "is-registered",
        "alive",
        "certificate-age",
        "rating-window",
        "inspection-attended",
        "inspection-not-failed",
        "no-basic-run",
        "no-penalty-last-year",
        "penalty-finished",
        "not-investigated",
        "rating-not-lost",
        "charity-for",
        "graded-or-young",
        "on-no-list",
        "not-serious",
        "no-penalty-within-year",
        "host-needed",
    ] {
        for kind in ["finding", "refusal"] {
            assert!(has(&format!("{kind}-registry-{code}")), "{kind} {code}");
        }
    }
}
