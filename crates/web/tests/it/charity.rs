//! Recognition as a charity at the doors, in both languages: before the law, applying, correcting, extending,
//! deciding, annulling, the public; and the question that founders are asked.

use app::documents::{self, Draft};
use app::journal::CHARITY_STATUS;
use app::papers::GivePaper;
use app::registry::{OrganisationForm, RegisterOrganisation, profile};
use app::uploads::StoredFile;
use app::{Act, City, Cx, Error, RequestKey};
use axum::http::StatusCode;
use domain::kernel::{
    Actor, Coded, CreditCode, Date, Moment, OrganisationId, Post, Role, Scope, Subject, SubjectKind,
};
use domain::registry::charity::CharityCondition;
use domain::registry::{DocumentKind, PaperKind};

use crate::support::{Reader, World};

/// Being a charity since a day of the past.
struct OldCharity(OrganisationId, Date);

impl Act for OldCharity {
    type Outcome = ();
    const NAME: &'static str = "test.old_charity";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let id = cx.id();
        let values = [
            ("organisation_id", self.0.into()),
            ("document_number", "示例认定1号".into()),
            ("from_on", self.1.into()),
        ];
        cx.insert(&CHARITY_STATUS, id, &values).await
    }
}

/// Makes it a charity since a day of the past, as if it had been recognised then.
pub async fn charity_since(city: &City, id: OrganisationId, from: &str) {
    let act = OldCharity(id, from.parse().expect("a date"));
    city.act(&Actor::SYSTEM, &RequestKey::None, &act).await.expect("a charity");
}

struct Cast {
    officer: Reader,
    director: Reader,
    own: Reader,
    uscc: String,
    papers: [String; 2],
}

fn form() -> OrganisationForm {
    let code = CreditCode::derive('5', '2', "320104", "XX900001").expect("a code");
    OrganisationForm {
        code: code.as_str().into(),
        name: "南京市秦淮区示例慈善服务中心（示例）".into(),
        kind: "social_service_institution".into(),
        legal: "registered".into(),
        division: "320104002".into(),
        fields: "elderly_care".into(),
        domicile: "南京市秦淮区示例路1号".into(),
        registered_on: "2010-03-05".into(),
        ..OrganisationForm::default()
    }
}

fn at(day: &str) -> Moment {
    Moment::beijing(day.parse().expect("a date"), 9, 0)
}

async fn cast(world: &World, day: &str) -> Cast {
    assert!(world.city.clock.move_to(at("2026-09-01")));
    let post = |role| Post { role, scope: Scope::City };
    let (_, officer) = world.reader("officer", post(Role::ApprovalOfficer)).await;
    let (_, director) = world.reader("chief", post(Role::ApprovalDirector)).await;
    let act = RegisterOrganisation { form: form() };
    let id = world.city.act(&Actor::SYSTEM, &RequestKey::None, &act).await.expect("entered");
    let post = Post { role: Role::OrganisationUser, scope: Scope::Organisation(id) };
    let (person, own) = world.reader("own", post).await;
    let actor = Actor::new(person, post.role, post.scope);
    let mut papers = Vec::new();
    for kind in [PaperKind::Minutes, PaperKind::AuditReport] {
        let file = StoredFile::store(&world.city, "B46", "paper.pdf", b"%PDF-1.7 report").expect("a file");
        let give = GivePaper { kind, title: String::new(), file, valid_until: None, on_behalf_of: None };
        let paper = world.city.act(&actor, &RequestKey::None, &give).await.expect("given");
        papers.push(paper.0.to_string());
    }
    let uscc = profile::organisation_by_id(&world.city, id).await.expect("held").uscc;
    // A day later the password is no longer fresh.
    assert!(world.city.clock.move_to(at(day)));
    Cast { officer, director, own, uscc, papers: papers.try_into().expect("two") }
}

/// A page in both languages without a key that no message file has.
async fn check(world: &World, reader: &Reader, path: &str) -> String {
    let chinese = world.check_page(reader, path).await;
    let english = world.get_as(reader, &format!("/en{path}")).await.text();
    for page in [&chinese, &english] {
        for mark in
            ["charity-", "finding-", "refusal-", "document-", "desk-", "task-", "ending-", "rule-", "apply-"]
        {
            let shown = page.split(['>', '<']).find(|text| text.trim().starts_with(mark));
            assert_eq!(shown, None, "{path} shows a key");
        }
    }
    chinese
}

async fn do_step(world: &World, reader: &Reader, path: &str, fields: &[(&str, &str)]) -> String {
    let answer = world.post_as(reader, path, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path} {fields:?}: {}", answer.text());
    assert!(!answer.location.starts_with("/password"), "{path} asks for the password");
    answer.location
}

/// A decision wants the password once more.
async fn decide(world: &World, director: &Reader, path: &str, fields: &[(&str, &str)]) {
    let answer = world.post_as(director, path, fields).await;
    if answer.location.starts_with("/password") {
        let password = [("password", crate::support::PASSWORD), ("back", path)];
        assert_eq!(world.post_as(director, "/password", &password).await.status, StatusCode::SEE_OTHER);
        do_step(world, director, path, fields).await;
    }
}

/// The form with every condition explained.
fn filled(cast: &Cast) -> Vec<(String, String)> {
    let mut fields = vec![
        ("statement".to_owned(), "面向社会扶老助困（示例）".to_owned()),
        ("papers".to_owned(), cast.papers[0].clone()),
        ("papers".to_owned(), cast.papers[1].clone()),
        ("promise".to_owned(), "yes".to_owned()),
    ];
    for condition in CharityCondition::ALL {
        fields.push((format!("met_{}", condition.code()), "yes".to_owned()));
        fields.push((format!("says_{}", condition.code()), format!("示例说明{}", condition.code())));
    }
    fields
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

fn checks(unmet: &str) -> Vec<(String, String)> {
    let mut fields =
        vec![("step".to_owned(), "review".to_owned()), ("opinion".to_owned(), "逐项核对（示例）".to_owned())];
    for condition in CharityCondition::ALL {
        let is_unmet = condition.code() == unmet;
        let found = if is_unmet { "no" } else { "yes" };
        fields.push((format!("found_{}", condition.code()), found.to_owned()));
        let note = if is_unmet { "没有执行（示例）" } else { "" };
        fields.push((format!("finding_{}", condition.code()), note.to_owned()));
    }
    fields
}

/// Every document to which a page leads is readable in both languages.
async fn check_documents(world: &World, reader: &Reader, page: &str) {
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    for link in links.filter(|link| link.starts_with("/documents/")) {
        check(world, reader, link).await;
    }
}

const OWN: &str = "/me/charity/20260001";
const DESK: &str = "/desk/charity/20260001";

#[tokio::test]
async fn an_organisation_applies_corrects_is_recognised_and_everyone_can_see_it() {
    let world = World::new().await;
    let cast = cast(&world, "2026-09-02").await;
    let page = check(&world, &cast.own, "/me/charity").await;
    assert!(page.contains("name=\"met_purpose\"") && page.contains("第4条第（2）项"), "{page}");
    assert!(check(&world, &cast.own, "/me").await.contains("/me/charity"), "the card leads there");
    // Everything that is missing is told at once, and nothing typed is lost.
    let bare = [("met_heads", "yes"), ("says_finance", "有财务制度（示例）")];
    let faulty = world.post_as(&cast.own, "/me/charity", &bare).await;
    let page = faulty.text();
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.matches("href=\"#met_").count(), 6, "{page}");
    assert_eq!(page.matches("href=\"#says_").count(), 6);
    for said in ["缺少“审计报告”", "缺少“会议纪要”", "请勾选书面承诺", "请说明申请理由", "有财务制度（示例）"]
    {
        assert!(page.contains(said), "{said}");
    }
    let there = do_step(&world, &cast.own, "/me/charity", &borrowed(&filled(&cast))).await;
    assert!(there.starts_with("/me/charity/20260001?"), "{there}");
    assert!(check(&world, &cast.own, "/me/charity").await.contains("已有申请正在办理"));
    assert!(check(&world, &cast.officer, "/desk/charity").await.contains("20260001"));
    assert!(check(&world, &cast.officer, "/desk").await.contains(DESK), "it is in the inbox");
    check(&world, &cast.officer, DESK).await;
    let empty = world.post_as(&cast.officer, DESK, &[("step", "correct"), ("defects", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let defects = [("step", "correct"), ("defects", "补充表决情况（示例）")];
    do_step(&world, &cast.officer, DESK, &defects).await;
    assert!(check(&world, &cast.own, "/me").await.contains(OWN), "the correction is the next step");
    let page = check(&world, &cast.own, OWN).await;
    assert!(page.contains("补充表决情况（示例）") && page.contains("示例说明heads"), "the form is as it was");
    let again = [filled(&cast), vec![("step".to_owned(), "resubmit".to_owned())]].concat();
    do_step(&world, &cast.own, OWN, &borrowed(&again)).await;
    do_step(&world, &cast.officer, DESK, &[("step", "accept")]).await;
    let page = check(&world, &cast.director, DESK).await;
    assert!(page.contains("name=\"approval\"") && page.contains("60日"), "{page}");
    let faulty = world.post_as(&cast.director, DESK, &[("step", "extend"), ("approval", "")]).await;
    assert_eq!(faulty.text().matches("href=\"#extension_reason").count(), 1);
    let extend =
        [("step", "extend"), ("approval", "民函〔2026〕示例1号"), ("extension_reason", "情况特殊（示例）")];
    do_step(&world, &cast.director, DESK, &extend).await;
    let page = check(&world, &cast.director, DESK).await;
    assert!(!page.contains("name=\"approval\"") && page.contains("民函〔2026〕示例1号"), "only once: {page}");
    let faulty = world.post_as(&cast.officer, DESK, &[("step", "review"), ("opinion", "示例")]).await;
    assert_eq!(faulty.text().matches("href=\"#found_").count(), 7, "every condition is asked for");
    do_step(&world, &cast.officer, DESK, &borrowed(&checks(""))).await;
    check(&world, &cast.director, DESK).await;
    let seen = [("preview", "recognise"), ("decision", "各项条件均符合（示例）")];
    world.foresees(&cast.director, DESK, &seen, "各项条件均符合（示例）").await;
    let recognise = [("step", "recognise"), ("decision", "各项条件均符合（示例）")];
    decide(&world, &cast.director, DESK, &recognise).await;
    let page = check(&world, &cast.own, OWN).await;
    check_documents(&world, &cast.own, &page).await;
    let page = check(&world, &cast.own, "/me/charity").await;
    assert!(
        page.contains("本组织自2026年9月2日起是慈善组织") && !page.contains("name=\"met_purpose\""),
        "{page}"
    );
    public_pages(&world, &cast).await;
}

/// What everyone sees of a charity.
async fn public_pages(world: &World, cast: &Cast) {
    let nobody = Reader::default();
    let page = check(world, &nobody, &format!("/orgs/{}", cast.uscc)).await;
    assert!(page.contains("自2026年9月2日起（宁民慈认〔2026〕0001号）"), "{page}");
    assert!(check(world, &nobody, "/orgs?charity=yes").await.contains("示例慈善服务中心"));
    let json = world.get(&format!("/orgs/{}/record.json", cast.uscc)).await.text();
    assert!(json.contains("宁民慈认〔2026〕0001号"));
    check(world, &nobody, "/services/charity").await;
    check(world, &nobody, "/rules/B46").await;
}

#[tokio::test]
async fn a_denial_tells_its_grounds_and_an_annulled_recognition_is_gone() {
    let world = World::new().await;
    let cast = cast(&world, "2026-09-02").await;
    let apply = filled(&cast);
    do_step(&world, &cast.own, "/me/charity", &borrowed(&apply)).await;
    do_step(&world, &cast.officer, DESK, &[("step", "accept")]).await;
    do_step(&world, &cast.officer, DESK, &borrowed(&checks("finance"))).await;
    let recognise = [("step", "recognise"), ("decision", "符合（示例）")];
    let password = [("password", crate::support::PASSWORD), ("back", DESK)];
    assert!(world.post_as(&cast.director, DESK, &recognise).await.location.starts_with("/password"));
    world.post_as(&cast.director, "/password", &password).await;
    let refused = world.post_as(&cast.director, DESK, &recognise).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("经核对不符合，不能认定") && refused.text().contains("符合（示例）"));
    let deny = [("step", "deny"), ("decision", "制度没有执行（示例）"), ("ground", "charter")];
    decide(&world, &cast.director, DESK, &deny).await;
    let page = check(&world, &cast.own, OWN).await;
    let denial =
        page.split("href=\"/documents/").skip(1).find(|rest| rest.contains("宁民慈不认")).expect("one");
    let code = denial.split('"').next().expect("its end");
    let page = check(&world, &cast.own, &format!("/documents/{code}")).await;
    for said in ["有健全的财务制度", "章程符合慈善法第十一条", "60日内", "6个月内", "/rules/B46"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert_eq!(world.get(&format!("/documents/{code}")).await.status, StatusCode::NOT_FOUND);
    do_step(&world, &cast.own, "/me/charity", &borrowed(&apply)).await;
    let (own, desk) = ("/me/charity/20260002", "/desk/charity/20260002");
    do_step(&world, &cast.officer, desk, &[("step", "accept")]).await;
    do_step(&world, &cast.officer, desk, &borrowed(&checks(""))).await;
    decide(&world, &cast.director, desk, &recognise).await;
    let notice = [("step", "notice"), ("false_facts", "审计报告系伪造（示例）")];
    do_step(&world, &cast.officer, desk, &notice).await;
    let page = check(&world, &cast.director, desk).await;
    assert!(page.contains("还可以陈述、申辩") && !page.contains("name=\"annulment\""), "{page}");
    assert!(check(&world, &cast.own, "/me").await.contains(own), "the answer is the next step");
    check(&world, &cast.own, own).await;
    do_step(&world, &cast.own, own, &[("step", "answer"), ("answer", "没有异议（示例）")]).await;
    assert!(check(&world, &cast.director, "/desk").await.contains(desk), "it is to be decided");
    let empty = world.post_as(&cast.director, desk, &[("step", "annul"), ("annulment", "")]).await;
    assert_eq!(empty.text().matches("href=\"#annulment").count(), 1);
    decide(&world, &cast.director, desk, &[("step", "annul"), ("annulment", "属实（示例）")]).await;
    let page = check(&world, &cast.own, own).await;
    check_documents(&world, &cast.own, &page).await;
    let page = check(&world, &Reader::default(), &format!("/orgs/{}", cast.uscc)).await;
    assert!(page.contains("2026年9月2日至2026年9月2日，已终止"), "{page}");
    let listed = check(&world, &Reader::default(), "/orgs?charity=yes").await;
    assert!(!listed.contains("示例慈善服务中心"), "it is none any more");
    check(&world, &cast.director, "/desk/charity?state=settled").await;
}

#[tokio::test]
async fn before_the_law_the_page_says_so_and_strangers_see_nothing() {
    let world = World::new().await;
    let cast = cast(&world, "2026-09-02").await;
    do_step(&world, &cast.own, "/me/charity", &borrowed(&filled(&cast))).await;
    let mut other = form();
    other.code = CreditCode::derive('5', '2', "320104", "XX900002").expect("a code").as_str().into();
    other.name = "南京市秦淮区另一示例中心（示例）".into();
    let act = RegisterOrganisation { form: other };
    let id = world.city.act(&Actor::SYSTEM, &RequestKey::None, &act).await.expect("entered");
    let post = Post { role: Role::OrganisationUser, scope: Scope::Organisation(id) };
    let (_, stranger) = world.reader("stranger", post).await;
    assert_eq!(world.get_as(&stranger, OWN).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.post_as(&stranger, OWN, &[("step", "withdraw")]).await.status, StatusCode::NOT_FOUND);
    let world = World::new().await;
    let act = RegisterOrganisation { form: form() };
    let id = world.city.act(&Actor::SYSTEM, &RequestKey::None, &act).await.expect("entered");
    let post = Post { role: Role::OrganisationUser, scope: Scope::Organisation(id) };
    let (_, own) = world.reader("own", post).await;
    let page = check(&world, &own, "/me/charity").await;
    assert!(page.contains("2016年9月1日") && page.contains("/rules/B46"), "{page}");
    assert!(!page.contains("name=\"met_purpose\""), "there is nothing to fill in");
    let answer = world.post_as(&own, "/me/charity", &[("statement", "示例")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("慈善法自2016年9月1日起施行"), "{}", answer.text());
}

#[tokio::test]
async fn founders_are_asked_about_a_charity_from_the_law_on() {
    for (day, is_asked) in [("2014-06-03", false), ("2026-03-02", true)] {
        let world = World::new().await;
        assert!(world.city.clock.move_to(at(day)));
        let post = Post { role: Role::Applicant, scope: Scope::City };
        let (_, applicant) = world.reader("applicant", post).await;
        let start = [("kind", "social_service_institution"), ("name", "南京市秦淮区晚晴居家养老服务中心")];
        let there = do_step(&world, &applicant, "/apply", &start).await;
        let case = there.split('?').next().expect("a path").to_owned();
        let page = check(&world, &applicant, &format!("{case}/purpose")).await;
        assert_eq!(page.contains("name=\"is_charity\""), is_asked, "{day}");
        if is_asked {
            let yes = [
                ("is_charity", "yes"),
                ("aim", "服务老人"),
                ("scope", "居家养老"),
                ("fields", "elderly_care"),
            ];
            let faulty = world.post_as(&applicant, &format!("{case}/purpose"), &yes).await;
            assert_eq!(faulty.text().matches("href=\"#charity_purpose").count(), 1, "{}", faulty.text());
        }
    }
}

/// A registration certificate as it is issued to a charity, or to another organisation.
struct Certify {
    is_charity: bool,
}

impl Act for Certify {
    type Outcome = String;
    const NAME: &'static str = "test.certify";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<String, Error> {
        let day: Date = "2026-03-02".parse().expect("a date");
        let mut facts = vec![("name", "示例中心（示例）".into()), ("code", "示例".into())];
        facts.extend(self.is_charity.then(|| ("charity", day.into())));
        let draft = Draft {
            kind: DocumentKind::Certificate,
            subject: Subject::new(SubjectKind::Case, 1),
            organisation: None,
            person: None,
            addressee: "示例中心（示例）".to_owned(),
            facts,
            items: Vec::new(),
            is_public: true,
        };
        documents::issue(cx, &draft).await.map(|issued| issued.code)
    }
}

#[tokio::test]
async fn the_certificate_of_a_charity_says_so() {
    let world = World::new().await;
    for is_charity in [false, true] {
        let act = Certify { is_charity };
        let code = world.city.act(&Actor::SYSTEM, &RequestKey::None, &act).await.expect("issued");
        let page = check(&world, &Reader::default(), &format!("/documents/{code}")).await;
        assert_eq!(page.contains("慈善组织（自2026年3月2日起）"), is_charity, "{page}");
    }
}
