//! The pages of the cultivation programme: an organisation applies, the bureau carries it through, everyone reads the
//! rows behind each number, and nobody else comes near (D1-D3, S12).

use app::registry::{RegisterOrganisation, specimen};
use axum::http::StatusCode;
use domain::kernel::{Actor, CreditCode, Moment, Post, Role, Scope};

use crate::support::{Reader, World};

const NUMBER: &str = "PY-2014-001";

struct Stage {
    world: World,
    scorer: Reader,
    second: Reader,
    user: Reader,
    uscc: String,
}

impl Stage {
    async fn set() -> Stage {
        let world = World::new().await;
        let post = Post { role: Role::OrganisationBureau, scope: Scope::City };
        let (_, scorer) = world.reader("scorer", post).await;
        let (_, second) = world.reader("second", post).await;
        let mut form = specimen::invented(1, 3).pop().expect("a form");
        let code = CreditCode::derive('5', '2', "320104", "XX900001").expect("a code");
        (form.code, form.kind) = (code.as_str().into(), "民办非企业单位".into());
        (form.legal, form.registered_on) = ("登记".into(), "2011-01-06".into());
        (form.listing, form.status) = ("无".into(), "存续".into());
        let register = RegisterOrganisation { form };
        let organisation =
            world.city.act(&Actor::SYSTEM, &app::RequestKey::None, &register).await.expect("one");
        let scope = Scope::Organisation(organisation);
        let (_, user) = world.reader("user", Post { role: Role::OrganisationUser, scope }).await;
        Stage { world, scorer, second, user, uscc: code.as_str().to_owned() }
    }

    async fn done(&self, reader: &Reader, path: &str, fields: &[(&str, &str)], done: &str) {
        let answer = self.world.post_as(reader, path, fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path} {fields:?}: {}", answer.text());
        assert!(answer.location.ends_with(&format!("done={done}")), "{}", answer.location);
    }

    /// The form comes back with status 422 and all of this in it.
    async fn refused(&self, reader: &Reader, path: &str, fields: &[(&str, &str)], told: &[&str]) {
        let answer = self.world.post_as(reader, path, fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {fields:?}");
        let text = answer.text();
        for one in told {
            assert!(text.contains(one), "{path}: {one} in {text}");
        }
    }
}

#[tokio::test]
async fn an_enrolment_is_played_through_its_pages() {
    let stage = Stage::set().await;
    let (world, desk) = (&stage.world, "/desk/cultivation");
    assert!(world.get("/cultivation").await.text().contains("还没有年度计划"));
    assert!(world.check_page(&stage.user, "/me/cultivation").await.contains("现在不能申请"));
    let blank = [("year", "2013"), ("notice", "公告全文"), ("apply_until", "某日")];
    let told = ["id=\"year-error\"", "id=\"apply_until-error\"", "公告全文", "href=\"/rules/D1\""];
    stage.refused(&stage.scorer, desk, &blank, &told).await;
    let open = [("year", "2014"), ("notice", "公告全文（示例）"), ("apply_until", "2014-06-30")];
    stage.done(&stage.scorer, desk, &open, "cultivation-opened").await;

    let mine = "/me/cultivation";
    assert!(world.check_page(&stage.user, mine).await.contains("提交申请"));
    let faulty =
        [("year", "2014"), ("kind", "mediation"), ("service", "after_school"), ("statement", "写好的说明")];
    let told = [
        "id=\"part-error\"",
        "id=\"service-error\"",
        "id=\"declares-error\"",
        "写好的说明",
        "href=\"/rules/S32\"",
    ];
    stage.refused(&stage.user, mine, &faulty, &told).await;
    let asked = [
        ("year", "2014"),
        ("kind", "mediation"),
        ("part", "major_petitions"),
        ("service", "petitions"),
        ("statement", "写好的说明"),
        ("declares", "yes"),
    ];
    stage.done(&stage.user, mine, &asked, "cultivation-applied").await;
    stage.refused(&stage.user, mine, &asked, &["已有正在办理的申请"]).await;
    let own = format!("/me/cultivation/{NUMBER}");
    let one = format!("/desk/cultivation/{NUMBER}");
    for (reader, path) in [(&stage.user, &own), (&stage.scorer, &one), (&stage.scorer, &desk.to_owned())] {
        world.check_page(reader, path).await;
    }
    assert_eq!(world.get(&format!("/cultivation/{NUMBER}")).await.status, StatusCode::NOT_FOUND);
    carried(stage).await;
}

/// Scored, heard and published, with each form's faults at its fields.
async fn carried(stage: Stage) {
    let world = &stage.world;
    let one = format!("/desk/cultivation/{NUMBER}");
    let score = |act, points| {
        [
            ("act", act),
            ("functionality-score", points),
            ("effectiveness-score", points),
            ("convenience-score", points),
            ("note-score", "属实"),
        ]
    };
    let told = ["id=\"functionality-score-error\"", "id=\"convenience-score-error\"", "value=\"120\""];
    stage.refused(&stage.scorer, &one, &score("score", "120"), &told).await;
    stage.done(&stage.scorer, &one, &score("score", "80"), "cultivation-scored").await;
    let told = [
        "id=\"is_for-opinion-error\"",
        "id=\"number-opinion-error\"",
        "id=\"on-opinion-error\"",
        "市委政法委",
    ];
    stage.refused(&stage.scorer, &one, &[("act", "opinion"), ("text-opinion", "同意")], &told).await;
    let opinion = [
        ("act", "opinion"),
        ("is_for-opinion", "yes"),
        ("text-opinion", "同意"),
        ("number-opinion", "政〔2014〕1号"),
        ("on-opinion", "2014年1月6日"),
    ];
    stage.done(&stage.scorer, &one, &opinion, "cultivation-heard").await;
    stage.done(&stage.scorer, &one, &[("act", "publicise")], "cultivation-publicised").await;
    let public = world.get(&format!("/cultivation/{NUMBER}")).await.text();
    assert!(
        public.contains("公示截至") && !public.contains("写好的说明") && !public.contains("政〔2014〕1号")
    );
    stage.refused(&stage.second, &one, &[("act", "confirm")], &["期满后才能确认"]).await;
    let refuse = [("act", "refuse"), ("ground-refuse", "criteria_not_met"), ("reason-refuse", "没达到")];
    stage.refused(&stage.second, &one, &refuse, &["id=\"ground-refuse-error\"", "没达到"]).await;
    stage.refused(&stage.scorer, &one, &[("act", "confirm")], &["须由另一人"]).await;
    enrolled(stage).await;
}

/// Publicity is over: confirmed, counted, told on every page, and left.
async fn enrolled(stage: Stage) {
    let world = &stage.world;
    assert!(world.city.clock.move_to(Moment::beijing("2014-01-14".parse().expect("a day"), 9, 0)));
    let one = format!("/desk/cultivation/{NUMBER}");
    let second = world.sign_in("second").await;
    stage.done(&second, &one, &[("act", "confirm")], "cultivation-confirmed").await;
    for lang in ["", "/en"] {
        let overview = world.get(&format!("{lang}/cultivation")).await.text();
        assert!(overview.contains("part=major_petitions"), "the number opens to its rows: {overview}");
        let list = world.get(&format!("{lang}/cultivation/organisations?part=major_petitions")).await.text();
        assert!(list.contains(&stage.uscc), "{list}");
        let none = world.get(&format!("{lang}/cultivation/organisations?kind=elderly")).await.text();
        assert!(!none.contains(&stage.uscc));
        let shown = world.get(&format!("{lang}/orgs/{}", stage.uscc)).await.text();
        assert!(shown.contains(&format!("{lang}/cultivation/{NUMBER}")), "{shown}");
    }
    world.check_page(&second, &one).await;
    let told = ["id=\"year-review-error\"", "id=\"outcome-review-error\"", "id=\"text-review-error\""];
    stage.refused(&second, &one, &[("act", "review")], &told).await;
    let own = format!("/me/cultivation/{NUMBER}");
    let user = world.sign_in("user").await;
    assert!(world.check_page(&user, &own).await.contains("列入专项培育计划通知书"));
    stage.refused(&user, &own, &[("reason", " ")], &["id=\"reason-error\""]).await;
    stage.done(&user, &own, &[("reason", "自愿退出")], "cultivation-withdrawn").await;
    let list = world.get("/cultivation/organisations?year=2014&state=exited").await.text();
    assert!(list.contains(&stage.uscc) && list.contains("自愿退出"), "the exit stands apart");
    let answer = world.get("/api/v1/enrolments").await.text();
    assert!(answer.contains("\"exit_ground\":\"own_wish\""), "{answer}");
    let answer = world.get("/api/v1/cultivation/2014").await.text();
    assert!(answer.contains("\"floor\":null"), "elderly care has no floor: {answer}");
    assert_eq!(world.get("/api/v1/cultivation/2013").await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.get("/cultivation?year=2013").await.status, StatusCode::NOT_FOUND);
}
