//! The pages of a rating: the organisation applies and appeals, the office runs it, experts and members judge.

use app::access::people::GivePost;
use app::registry::{RegisterOrganisation, specimen};
use app::tendering::expert::{AddExpert, ExpertRecord};
use axum::http::StatusCode;
use domain::kernel::*;

use crate::support::{Reader, World};

const NUMBER: &str = "PG-2014-1-001";

struct Stage {
    world: World,
    officer: Reader,
    director: Reader,
    user: Reader,
    experts: Vec<Reader>,
    people: Vec<PersonId>,
}

fn assert_spoken(path: &str, page: &str) {
    const MARKS: [&str; 9] =
        ["rating-", "desk-", "refusal-", "finding-", "flash-", "news-", "visitor-", "ballot-", "lowering-"];
    for text in page.split(['>', '<']).map(str::trim) {
        let is_key = MARKS.iter().any(|mark| text.starts_with(mark)) && !text.contains([' ', '{']);
        assert!(!is_key, "{path} shows {text}");
    }
}

impl Stage {
    async fn set() -> Stage {
        let world = World::new().await;
        let city_post = |role| Post { role, scope: Scope::City };
        let (_, officer) = world.reader("officer", city_post(Role::ApprovalOfficer)).await;
        let (_, director) = world.reader("director", city_post(Role::ApprovalDirector)).await;
        let mut form = specimen::invented(1, 3).pop().expect("a form");
        let code = CreditCode::derive('5', '2', "320104", "XX900001").expect("a code");
        (form.code, form.kind) = (code.as_str().into(), "民办非企业单位".into());
        (form.legal, form.registered_on) = ("登记".into(), "2011-01-06".into());
        (form.inspection, form.status) = ("合格".into(), "存续".into());
        let register = RegisterOrganisation { form };
        let organisation =
            world.city.act(&Actor::SYSTEM, &app::RequestKey::None, &register).await.expect("one");
        let scope = Scope::Organisation(organisation);
        let (_, user) = world.reader("user", Post { role: Role::OrganisationUser, scope }).await;
        let (mut experts, mut people) = (Vec::new(), Vec::new());
        for place in 0..12 {
            let login = format!("judge-{place}");
            let person = world.person(&login).await;
            let give = GivePost { person, post: city_post(Role::Expert) };
            world.city.act(&Actor::SYSTEM, &app::RequestKey::None, &give).await.expect("a post");
            let record = ExpertRecord {
                title: "教授".into(),
                fields: "社会组织".into(),
                employer: "示例大学".into(),
                employer_uscc: None,
                office: None,
                born_on: "1970-01-01".parse().expect("a date"),
            };
            let add = AddExpert { person, record };
            world.city.act(&Actor::SYSTEM, &app::RequestKey::None, &add).await.expect("an expert");
            experts.push(world.sign_in(&login).await);
            people.push(person);
        }
        Stage { world, officer, director, user, experts, people }
    }

    async fn done(&self, reader: &Reader, path: &str, fields: &[(&str, &str)]) -> String {
        let answer = self.world.post_as(reader, path, fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path} {fields:?}: {}", answer.text());
        answer.location
    }

    async fn refused(&self, reader: &Reader, path: &str, fields: &[(&str, &str)], said: &str) {
        let answer = self.world.post_as(reader, path, fields).await;
        let page = answer.text();
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {fields:?}: {page}");
        assert!(page.contains(said), "{path} does not say {said}: {page}");
        assert_spoken(path, &page);
    }

    async fn page(&self, reader: &Reader, path: &str) -> String {
        for prefix in ["/en", ""] {
            let answer = self.world.get_as(reader, &format!("{prefix}{path}")).await;
            assert_spoken(path, &answer.text());
        }
        self.world.check_page(reader, path).await
    }

    /// Bodies, a round, an application, the check, three experts.
    async fn begin(&self) {
        self.begin_with(true).await;
    }

    /// As `begin`; without the check and what follows it when it `is_checked` not.
    async fn begin_with(&self, is_checked: bool) {
        let body = |kind: &str, range: std::ops::Range<usize>| {
            let mut fields = vec![
                ("kind".to_owned(), kind.to_owned()),
                ("name".to_owned(), "第一届（示例）".to_owned()),
                ("term_from".to_owned(), "2014-01-01".to_owned()),
                ("term_until".to_owned(), "2018-12-31".to_owned()),
            ];
            fields.extend(self.people[range].iter().map(|id| ("members".to_owned(), id.0.to_string())));
            fields
        };
        let few = body("committee", 0..3);
        self.refused(&self.director, "/desk/ratings/bodies", &borrowed(&few), "7").await;
        for (kind, range) in [("committee", 0..7), ("review_board", 7..12)] {
            self.done(&self.director, "/desk/ratings/bodies", &borrowed(&body(kind, range))).await;
        }
        let round = [
            ("title", "2014年度评估（示例）"),
            ("notice", "请申报。"),
            ("apply_until", "2014-02-28"),
            ("fee", "500"),
        ];
        self.refused(&self.officer, "/desk/ratings", &round, "500").await;
        self.done(&self.officer, "/desk/ratings", &[&round[..3], &[("fee", "0")]].concat()).await;
        let apply = [("round", "PG-2014-1"), ("statement", "自评报告"), ("declares", "yes")];
        self.refused(&self.user, "/me/rating", &apply, "申报材料").await;
        let fields = [("kind", "rating_file"), ("title", ""), ("valid_until", "")];
        let given =
            self.world.upload_with(&self.user, "/me/papers", &fields, "申报书.pdf", b"%PDF-1.7 x").await;
        assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.text());
        let page = self.page(&self.user, "/me/rating").await;
        let paper = value_after(&page, "name=\"papers\" type=\"checkbox\" value=\"");
        let apply = [&apply[..], &[("papers", paper.as_str())]].concat();
        let there = self.done(&self.user, "/me/rating", &apply).await;
        assert!(there.starts_with(&format!("/me/rating/{NUMBER}")), "{there}");
        let desk = format!("/desk/ratings/{NUMBER}");
        self.page(&self.officer, &desk).await;
        if !is_checked {
            return;
        }
        self.done(&self.officer, &desk, &[("act", "check"), ("note-check", "无记录")]).await;
        for _ in 0..3 {
            let page = self.page(&self.officer, &desk).await;
            let select = page.split("id=\"expert-appoint\"").nth(1).expect("a select");
            let expert = value_after(select, "option value=\"");
            self.done(&self.officer, &desk, &[("act", "appoint"), ("expert-appoint", &expert)]).await;
        }
    }

    /// The readers who have a visit among their tasks.
    async fn visitors(&self) -> Vec<&Reader> {
        let mut found = Vec::new();
        for reader in &self.experts {
            if self.world.get_as(reader, "/rating").await.text().contains("/rating/visits/") {
                found.push(reader);
            }
        }
        found
    }

    /// Looks at what a step would issue: its sheet without a number, the step behind its button, what was typed kept.
    async fn foresees(&self, reader: &Reader, fields: &[(&str, &str)], text: &str) {
        let desk = format!("/desk/ratings/{NUMBER}");
        let documents = "SELECT count(*) FROM document";
        let before = self.world.city.db.number(documents, &[]).await.expect("a number");
        let pressed = |button: &'static str| [fields, &[("preview", button)]].concat();
        let sheet = self.world.post_as(reader, &desk, &pressed("show")).await;
        assert_eq!(sheet.status, StatusCode::OK, "{}", sheet.text());
        let page = sheet.text();
        assert!(page.contains("预览，尚未出具") && page.contains(text), "no {text}: {page}");
        assert!(page.contains(&format!("name=\"act\" value=\"{}\"", fields[0].1)), "{page}");
        let form = self.world.post_as(reader, &desk, &pressed("edit")).await.text();
        assert!(!form.contains("预览，尚未出具"), "{form}");
        for (_, typed) in fields.iter().skip(1) {
            assert!(form.contains(typed), "{typed} is kept: {form}");
        }
        let after = self.world.city.db.number(documents, &[]).await.expect("a number");
        assert_eq!(before, after, "nothing was issued");
    }

    async fn assess(&self) {
        let sheet = format!("/rating/visits/{NUMBER}");
        let visitors = self.visitors().await;
        assert_eq!(visitors.len(), 3);
        let outsider = self.experts.iter().find(|one| visitors.iter().all(|held| held.token != one.token));
        let answer = self.world.get_as(outsider.expect("an outsider"), &sheet).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "a stranger's sheet is not found");
        for reader in &visitors {
            let page = self.page(reader, &sheet).await;
            let mut fields: Vec<(String, String)> = page
                .match_indices("name=\"points.")
                .map(|(at, _)| page[at + 6..].split('"').next().unwrap_or_default().to_owned())
                .filter(|name| !name.ends_with(".remark"))
                .map(|name| (name, "10".to_owned()))
                .collect();
            fields.push(("act".to_owned(), "lock".to_owned()));
            if reader.token == visitors[0].token {
                let mut wrong = fields.clone();
                wrong[0].1 = "999".to_owned();
                self.refused(reader, &sheet, &borrowed(&wrong), "30").await;
                wrong[0].1 = "十".to_owned();
                self.refused(reader, &sheet, &borrowed(&wrong), "十").await;
            }
            self.done(reader, &sheet, &borrowed(&fields)).await;
        }
        let opine = [("act", "opine"), ("opinion", "意见一致")];
        self.done(visitors[0], &sheet, &opine).await;
        self.page(visitors[0], &sheet).await;
    }

    /// A sitting of so many of the body's members, all voting for one choice.
    async fn sit(&self, count: usize, range: std::ops::Range<usize>, choice: &str) {
        let desk = format!("/desk/ratings/{NUMBER}");
        let page = self.page(&self.officer, &desk).await;
        let body = value_after(&page, "name=\"body-call\" value=\"");
        let members: Vec<String> = page
            .match_indices("name=\"present-call\" type=\"checkbox\" value=\"")
            .map(|(at, mark)| page[at + mark.len()..].split('"').next().unwrap_or_default().to_owned())
            .collect();
        let mut fields = vec![("act", "call"), ("body-call", body.as_str())];
        fields.push(("present-call", members[0].as_str()));
        self.refused(&self.officer, &desk, &fields, "至少须").await;
        fields.extend(members.iter().take(count).skip(1).map(|one| ("present-call", one.as_str())));
        self.done(&self.officer, &desk, &fields).await;
        let ballot = format!("/rating/ballots/{NUMBER}");
        self.refused(&self.experts[range.start], &ballot, &[("act", "vote"), ("choice", "AAA")], "设施")
            .await;
        for reader in &self.experts[range] {
            self.page(reader, &ballot).await;
            self.done(reader, &ballot, &[("act", "vote"), ("choice", choice)]).await;
        }
    }
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}

fn value_after(page: &str, mark: &str) -> String {
    let rest = page.split(mark).nth(1).unwrap_or_else(|| panic!("no {mark} in {page}"));
    rest.split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_rating_goes_through_its_pages_from_notice_to_plaque() {
    let stage = Stage::set().await;
    let world = &stage.world;
    stage.begin().await;
    stage.assess().await;
    let (desk, public) = (format!("/desk/ratings/{NUMBER}"), format!("/ratings/{NUMBER}"));
    stage.sit(5, 0..5, "3a").await;
    // 140 points are no grade, so another decision wants its reason.
    stage.refused(&stage.officer, &desk, &[("act", "conclude")], "理由").await;
    stage.done(&stage.officer, &desk, &[("act", "conclude"), ("reason-conclude", "示例理由")]).await;
    assert_eq!(world.get(&public).await.status, StatusCode::NOT_FOUND);
    let hidden = stage.page(&stage.user, &format!("/me/rating/{NUMBER}")).await;
    assert!(!hidden.contains("示例理由"), "nobody outside sees the decision before publicity");
    stage.done(&stage.officer, &desk, &[("act", "publicise")]).await;
    let shown = stage.page(&Reader::default(), &public).await;
    assert!(shown.contains("judge-0（示例）") && shown.contains("3A"), "names and votes are public");
    stage.page(&Reader::default(), "/ratings").await;
    let own = format!("/me/rating/{NUMBER}");
    stage.refused(&stage.user, &own, &[("text", " ")], "申诉理由").await;
    stage.done(&stage.user, &own, &[("text", "请复核。")]).await;
    stage.sit(4, 7..10, "3a").await;
    stage.done(&stage.officer, &desk, &[("act", "conclude"), ("reason-conclude", "维持")]).await;
    stage.foresees(&stage.officer, &[("act", "serve")], "评估复核决定书").await;
    stage.done(&stage.officer, &desk, &[("act", "serve")]).await;
    stage.foresees(&stage.director, &[("act", "confirm")], "评估等级通知书").await;
    stage.done(&stage.director, &desk, &[("act", "confirm")]).await;
    let shown = stage.page(&Reader::default(), &public).await;
    let notice = value_after(&shown, "href=\"/documents/");
    stage.page(&Reader::default(), &format!("/documents/{notice}")).await;
    let plaque = stage.page(&Reader::default(), &format!("{public}/plaque")).await;
    assert!(plaque.contains("★★★") && plaque.contains("不是养老服务设施等级"), "{plaque}");
    stage.page(&Reader::default(), "/ratings?grade=3a&q=示例").await;
    let lower = [
        ("act", "lower"),
        ("to-lower", "2a"),
        ("ground-lower", "failed_or_absent"),
        ("reason-lower", "属实"),
    ];
    stage.refused(&stage.director, &desk, &lower, "登记库中没有").await;
    let lower = [
        ("act", "lower"),
        ("to-lower", "none"),
        ("ground-lower", "false_material"),
        ("reason-lower", "属实"),
    ];
    let to_2a =
        [("act", "lower"), ("to-lower", "2a"), ("ground-lower", "false_material"), ("reason-lower", "示例")];
    stage.foresees(&stage.director, &to_2a, "因下列情形改为2A").await;
    stage.foresees(&stage.director, &lower, "因下列情形取消").await;
    stage.done(&stage.director, &desk, &lower).await;
    assert_eq!(world.get(&format!("{public}/plaque")).await.status, StatusCode::NOT_FOUND);
    stage.done(&stage.officer, &desk, &[("act", "plaque")]).await;
    stage.page(&stage.director, &desk).await;
    for path in ["/desk/ratings", "/desk/ratings/bodies"] {
        stage.page(&stage.director, path).await;
    }
    stage.page(&stage.user, "/me/rating").await;
    stage.page(&stage.user, &own).await;
    stage.page(&Reader::default(), "/").await;
}

#[tokio::test]
async fn who_is_not_eligible_reads_why_and_a_member_is_replaced() {
    let stage = Stage::set().await;
    stage.begin_with(false).await;
    let desk = format!("/desk/ratings/{NUMBER}");
    let check =
        [("act", "check"), ("note-check", "有处罚记录（示例）"), ("last_penalty-check", "2013-05-06")];
    stage.foresees(&stage.officer, &check, "不予评估通知书").await;
    let bare = [("act", "check"), ("note-check", "无记录"), ("preview", "show")];
    stage.refused(&stage.officer, &desk, &bare, "这一步不出具文书").await;
    stage.done(&stage.officer, &desk, &check).await;
    let own = stage.page(&stage.user, &format!("/me/rating/{NUMBER}")).await;
    let code = value_after(&own, "href=\"/documents/");
    let sheet = stage.page(&stage.user, &format!("/documents/{code}")).await;
    for said in ["不予评估通知书", "行政复议", "有处罚记录（示例）", "B30"] {
        assert!(sheet.contains(said), "no {said}: {sheet}");
    }
    let hidden = stage.world.get(&format!("/documents/{code}")).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND, "between the two of them");
    let bodies = stage.page(&stage.director, "/desk/ratings/bodies").await;
    let links: Vec<&str> = bodies
        .match_indices("href=\"/desk/ratings/bodies/")
        .map(|(at, mark)| {
            bodies[at + mark.len() - "/desk/ratings/bodies/".len()..].split('"').next().unwrap_or("")
        })
        .collect();
    let mut smallest = None;
    for link in links {
        let page = stage.page(&stage.director, link).await;
        if page.contains("第一届（示例）") && page.contains("委员 7 人") {
            smallest = Some((link, page));
        }
    }
    let (link, page) = smallest.expect("the committee of seven");
    let select = page.split("id=\"member\"").nth(1).expect("a select");
    let member = select.split("option value=\"").nth(2).and_then(|rest| rest.split('"').next()).expect("one");
    let alone = [("member", member), ("successor", ""), ("reason", "调离（示例）")];
    stage.refused(&stage.director, link, &alone, "应有 7 至 25 人").await;
    let nobody = [("member", ""), ("successor", ""), ("reason", "调离（示例）")];
    stage.refused(&stage.director, link, &nobody, "member-error").await;
    let follows = stage.people[11].0.to_string();
    let good = [("member", member), ("successor", follows.as_str()), ("reason", "调离（示例）")];
    stage.done(&stage.director, link, &good).await;
    let bodies = stage.page(&stage.director, "/desk/ratings/bodies").await;
    assert!(bodies.contains("任期内离任") && bodies.contains("调离（示例）"), "{bodies}");
}
