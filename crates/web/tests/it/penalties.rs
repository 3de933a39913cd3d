//! Penalties of the registrar's own at the doors: proposed with their range, told, answered, heard and decided; what is
//! sealed during a stop of activity (B23).

use axum::http::StatusCode;

use crate::credit::{Cast, cast, check, do_step, set};
use crate::support::World;

/// A stop of thirty days from 3 March 2014, with ten to mend.
const STOP: [(&str, &str); 9] = [
    ("step", "penalty"),
    ("offence", "branches"),
    ("kind", "suspension"),
    ("until", "2014-04-01"),
    ("mend_by", "2014-03-13"),
    ("document_number", "宁民立〔2014〕3号（示例）"),
    ("authority", "南京市民政局（示例）"),
    ("reason", "设立分支机构（示例）"),
    ("imposed_on", "2014-03-03"),
];

/// Proposes a penalty. The outcome is the row in its address.
async fn proposed(world: &World, cast: &Cast, fields: &[(&str, &str)]) -> String {
    let file = format!("/desk/credit/organisations/{}", cast.uscc);
    let answer = world.post_as(&cast.officer, &file, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let there = answer.location.split(['?', '#']).next().unwrap_or_default().to_owned();
    let id = there.rsplit('/').next().unwrap_or_default().to_owned();
    assert_eq!(there, format!("/desk/credit/penalties/{id}"));
    id
}

/// Tells the organisation, which raises nothing.
async fn tell(world: &World, cast: &Cast, id: &str) {
    let (case, own) = (format!("/desk/credit/penalties/{id}"), format!("/me/credit/penalties/{id}"));
    do_step(world, &cast.officer, &case, &[("step", "notice")]).await;
    do_step(world, &cast.own, &own, &[("statement_kind", "waived"), ("statement", "")]).await;
}

/// The decision, as the organisation reads it.
async fn decision(world: &World, cast: &Cast) -> String {
    let list = check(world, &cast.own, "/me/credit").await;
    let code = list.split("href=\"/documents/").nth(1).and_then(|rest| rest.split('"').next());
    check(world, &cast.own, &format!("/documents/{}", code.expect("issued"))).await
}

#[tokio::test]
async fn a_stop_of_activity_is_told_answered_heard_and_made_lighter() {
    let world = World::new().await;
    let cast = cast(&world).await;
    set(&world, "2014-03-03");
    let id = proposed(&world, &cast, &STOP).await;
    let (case, own) = (format!("/desk/credit/penalties/{id}"), format!("/me/credit/penalties/{id}"));
    assert!(world.get_as(&cast.officer, "/desk").await.text().contains(&format!("href=\"{case}\"")));
    assert_eq!(world.get_as(&cast.own, &own).await.status, StatusCode::NOT_FOUND, "not told yet");
    let sheet = world.post_as(&cast.officer, &case, &[("preview", "notice")]).await.text();
    for said in
        ["停止活动 30 天", "10 日内改正", "有权要求听证", "2014年3月6日", "《行政处罚法》（2009修正）第42条"]
    {
        assert!(sheet.contains(said), "{said}: {sheet}");
    }
    do_step(&world, &cast.officer, &case, &[("step", "notice")]).await;
    let card = check(&world, &cast.own, "/me").await;
    assert!(card.contains("答复行政处罚事先告知") && card.contains(&own), "{card}");
    let told = check(&world, &cast.own, &own).await;
    assert!(told.contains("value=\"hearing\"") && told.contains("宁民社罚告〔2014〕0001号"), "{told}");
    assert!(check(&world, &cast.own, "/me/credit").await.contains(&own));
    let early = check(&world, &cast.director, &case).await;
    assert!(early.contains("答复以前、期满以前不能决定") && !early.contains("value=\"impose\""), "{early}");
    let empty = [("statement_kind", "hearing"), ("statement", "")];
    assert_eq!(world.post_as(&cast.own, &own, &empty).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    do_step(&world, &cast.own, &own, &[("statement_kind", "hearing"), ("statement", "情节轻微（示例）")])
        .await;
    let soon =
        [("step", "call"), ("hearing_on", "2014-03-09"), ("hearing_place", "下午2时30分，301室（示例）")];
    let refused = world.post_as(&cast.officer, &case, &soon).await;
    assert!(
        refused.text().contains("hearing_on-error") && refused.text().contains("301室"),
        "{}",
        refused.text()
    );
    let call =
        [("step", "call"), ("hearing_on", "2014-03-10"), ("hearing_place", "下午2时30分，301室（示例）")];
    do_step(&world, &cast.officer, &case, &call).await;
    assert!(check(&world, &cast.own, &own).await.contains("行政处罚听证通知书"));
    set(&world, "2014-03-10");
    check(&world, &cast.officer, &case).await;
    let heard = [("heard_on", "2014-03-10"), ("note", "双方到场，质证完毕（示例）")];
    do_step(&world, &cast.officer, &format!("{case}/hearing"), &heard).await;
    let impose = |days: &'static str, reason: &'static str| {
        [("step", "impose"), ("kind", "suspension"), ("amount", ""), ("stop_days", days), ("reason", reason)]
    };
    let harder = world.post_as(&cast.director, &case, &impose("31", "")).await.text();
    assert!(harder.contains("stop_days-error") && harder.contains("不得因陈述、申辩加重"), "{harder}");
    assert!(harder.contains("reason-error") && harder.contains("value=\"31\""), "kept as typed: {harder}");
    do_step(&world, &cast.director, &case, &impose("10", "采纳，从轻（示例）")).await;
    let after = check(&world, &cast.own, &own).await;
    assert!(after.contains("2014年3月19日") && after.contains("采纳，从轻"), "{after}");
    let sheet = decision(&world, &cast).await;
    for said in [
        "已于2014年3月10日举行听证",
        "采纳，从轻",
        "自2014年3月10日至2014年3月19日停止活动",
        "2014年3月20日前改正",
    ] {
        assert!(sheet.contains(said), "{said}: {sheet}");
    }
}

#[tokio::test]
async fn a_fine_shows_its_range_and_its_decision_names_the_item_of_the_regulation() {
    let world = World::new().await;
    let cast = cast(&world).await;
    set(&world, "2014-03-03");
    let file = format!("/desk/credit/organisations/{}", cast.uscc);
    let page = check(&world, &cast.officer, &file).await;
    assert!(
        page.contains("《民办非企业单位登记管理暂行条例》第25条第1款第5项"),
        "an institution has its own list"
    );
    assert!(!page.contains("公益事业支出额度") && !page.contains("name=\"replaced\""), "{page}");
    let fields = |step: &'static str, amount: &'static str| {
        vec![
            ("step", step),
            ("offence", "unlawful_fees"),
            ("kind", "fine"),
            ("illegal_gains", "10,000"),
            ("illegal_evidence", "收费台账（示例）"),
            ("amount", amount),
            ("mend_by", "2014-03-20"),
            ("document_number", "宁民立〔2014〕1号（示例）"),
            ("authority", "南京市民政局（示例）"),
            ("reason", "另收赞助费（示例）"),
            ("imposed_on", "2014-03-03"),
        ]
    };
    let shown = world.post_as(&cast.officer, &file, &fields("range", "")).await;
    assert_eq!(shown.status, StatusCode::OK);
    let range = "3 至 5 倍：30,000.00 元以上、50,000.00 元以下";
    assert!(shown.text().contains(range) && shown.text().contains("收费台账（示例）"), "{}", shown.text());
    let outside = world.post_as(&cast.officer, &file, &fields("penalty", "29,999.99")).await;
    assert_eq!(outside.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = outside.text();
    assert!(page.contains("amount-error") && page.contains("30,000.00 元至 50,000.00 元"), "{page}");
    assert!(page.contains("href=\"/rules/B23\"") && page.contains(range), "{page}");
    let id = proposed(&world, &cast, &fields("penalty", "30,000")).await;
    let case = format!("/desk/credit/penalties/{id}");
    let page = check(&world, &cast.director, &case).await;
    assert!(page.contains(range) && page.contains("没收 10,000.00 元"), "the director sees what it rests on");
    assert!(page.contains("未告知的处罚不成立") && !page.contains("value=\"impose\""), "{page}");
    tell(&world, &cast, &id).await;
    let page = check(&world, &cast.director, &case).await;
    assert!(
        page.contains("name=\"amount\" type=\"text\"") || page.contains("30,000.00"),
        "filled in as told"
    );
    let measure = [("kind", "fine"), ("amount", "30,000"), ("stop_days", ""), ("reason", "")];
    let preview = [&[("preview", "impose")][..], &measure].concat();
    let seen = world.post_as(&cast.director, &case, &preview).await;
    assert_eq!(seen.status, StatusCode::OK);
    assert!(seen.text().contains("处以罚款 30,000.00"), "read before it goes out: {}", seen.text());
    do_step(&world, &cast.director, &case, &[&[("step", "impose")][..], &measure].concat()).await;
    let sheet = decision(&world, &cast).await;
    for said in [
        "宁民社罚〔2014〕0001号",
        "第25条第1款第8项",
        "没收违法所得 10,000.00 元",
        "处以罚款 30,000.00 元",
        "责令于2014年3月20日前改正",
        "行政复议",
    ] {
        assert!(sheet.contains(said), "{said}: {sheet}");
    }
    let obeyed = [("step", "obeyed"), ("obeyed_penalty", id.as_str()), ("obeyed_on", "2014-03-03")];
    do_step(&world, &cast.officer, &file, &obeyed).await;
    assert!(check(&world, &cast.own, "/me/credit").await.contains("改正、撤换"));
}

#[tokio::test]
async fn a_stop_of_activity_is_sealed_and_given_back_on_the_desk() {
    let world = World::new().await;
    let cast = cast(&world).await;
    set(&world, "2014-03-03");
    let file = format!("/desk/credit/organisations/{}", cast.uscc);
    let stop = [
        ("step", "penalty"),
        ("offence", "branches"),
        ("kind", "suspension"),
        ("until", "2014-03-31"),
        ("document_number", "宁民立〔2014〕2号（示例）"),
        ("authority", "南京市民政局（示例）"),
        ("reason", "设立分支机构（示例）"),
        ("imposed_on", "2014-03-03"),
    ];
    let id = proposed(&world, &cast, &stop).await;
    tell(&world, &cast, &id).await;
    let impose =
        [("step", "impose"), ("kind", "suspension"), ("amount", ""), ("stop_days", "29"), ("reason", "")];
    do_step(&world, &cast.director, &format!("/desk/credit/penalties/{id}"), &impose).await;
    let seal =
        |on: &'static str| [("step", "seal"), ("sealed_penalty", id.clone().leak()), ("sealed_on", on)];
    let early = world.post_as(&cast.officer, &file, &seal("2014-03-02")).await;
    assert!(early.text().contains("sealed_on-error"), "{}", early.text());
    do_step(&world, &cast.officer, &file, &seal("2014-03-03")).await;
    assert!(check(&world, &cast.own, "/me/credit").await.contains("2014年3月3日 封存"));
    set(&world, "2014-04-01");
    let back = [("step", "give-back"), ("returned_penalty", id.as_str()), ("given_back_on", "2014-04-01")];
    do_step(&world, &cast.officer, &file, &back).await;
    assert!(check(&world, &cast.own, "/me/credit").await.contains("2014年4月1日 发还"));
}
