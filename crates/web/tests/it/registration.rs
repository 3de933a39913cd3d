//! The one window as browsers meet it: guides, the task list, one question a page, the desk, the certificate.

use app::journal;
use axum::http::StatusCode;
use domain::kernel::{Moment, Post, Role, Scope};

use crate::support::{Answer, Reader, World};

pub const NAME: &str = "南京市秦淮区夕照居家养老服务中心";
pub const NUMBER: &str = "NJSL-2026-0001";

pub struct Window {
    pub world: World,
    pub applicant: Reader,
    pub stranger: Reader,
    pub window: Reader,
    pub first: Reader,
    pub second: Reader,
    pub approver: Reader,
    pub bureau: Reader,
    pub supervisor: Reader,
}

pub async fn window() -> Window {
    let world = World::new().await;
    assert!(world.city.clock.move_to(Moment::beijing("2026-03-02".parse().expect("a date"), 9, 0)));
    let someone = async |login: &str, role| world.reader(login, Post { role, scope: Scope::City }).await.1;
    let (applicant, stranger) =
        (someone("applicant1", Role::Applicant).await, someone("applicant2", Role::Applicant).await);
    let window = someone("window1", Role::ApprovalOfficer).await;
    let first = someone("officer1", Role::ApprovalOfficer).await;
    let second = someone("officer2", Role::ApprovalOfficer).await;
    let approver = someone("approver", Role::ApprovalDirector).await;
    let bureau = someone("bureau1", Role::OrganisationBureau).await;
    let supervisor = someone("supervisor", Role::Supervisor).await;
    Window { applicant, stranger, window, first, second, approver, bureau, supervisor, world }
}

/// Every page with what is typed on it.
const PAGES: [(&str, &[(&str, &str)]); 10] = [
    ("name", &[("name", NAME)]),
    (
        "premises",
        &[
            ("division", "320104002"),
            ("domicile", "夕照里1号"),
            ("premises_from", "2026-03-01"),
            ("premises_until", "2027-02-28"),
        ],
    ),
    ("basis", &[("basis", "home_care")]),
    ("path", &[("path", "community_service"), ("unit", "南京市民政局")]),
    (
        "purpose",
        &[
            ("aim", "服务老人"),
            ("scope", "居家养老服务"),
            ("fields", "elderly_care"),
            ("fields", "community"),
        ],
    ),
    ("sponsors", &[("legal_form", "legal_person"), ("sponsor_people", "3"), ("sponsor_units", "0")]),
    ("capital", &[("capital", "0"), ("state_assets", "")]),
    (
        "head",
        &[
            ("representative", "周示例"),
            ("identity", "320104197001010011"),
            ("telephone", "025-83630000"),
            ("staff", "1"),
            ("leads_other", "no"),
        ],
    ),
    ("declaration", &[("has_branches", "no"), ("lost_rights", "no")]),
    ("name", &[("name", NAME)]),
];

pub fn went(answer: &Answer, start: &str) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert!(answer.location.starts_with(start), "{} begins with {start}", answer.location);
    answer.location.split('?').next().unwrap_or_default().to_owned()
}

impl Window {
    /// Starts a case; gives its address.
    pub async fn start(&self) -> String {
        let fields = [("kind", "social_service_institution"), ("name", NAME)];
        went(&self.world.post_as(&self.applicant, "/apply", &fields).await, "/apply/")
    }

    /// Answers every page and gives every paper.
    pub async fn fill(&self, case: &str) {
        self.fill_as(case, NAME, "320104197001010011").await;
    }

    /// As `fill`, under another name and with another head.
    pub async fn fill_as(&self, case: &str, name: &str, identity: &str) {
        for (page, fields) in PAGES {
            let changed = fields.iter().map(|(field, text)| match *field {
                "name" => ("name", name),
                "identity" => ("identity", identity),
                field => (field, *text),
            });
            let changed: Vec<(&str, &str)> = changed.collect();
            went(&self.world.post_as(&self.applicant, &format!("{case}/{page}"), &changed).await, case);
        }
        for kind in ["application", "charter", "premises_right", "identity"] {
            let path = format!("{case}/papers");
            let given = self
                .world
                .upload_with(&self.applicant, &path, &[("kind", kind)], "材料.pdf", b"%PDF-1.7 paper")
                .await;
            went(&given, &path);
        }
    }

    pub async fn speaks(&self, reader: &Reader, path: &str) {
        for prefix in ["", "/en"] {
            let path = format!("{prefix}{path}");
            let page = self.world.get_as(reader, &path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            let html = page.text();
            assert_eq!(html.matches("<h1").count(), 1, "{path}: one main heading");
            for key in [
                "apply-",
                "case-",
                "desk-",
                "finding-",
                "refusal-",
                "document-",
                "task-",
                "service-",
                "services-",
                "certificate-",
                "late-",
                "application-step-",
                "threshold-profile-",
                "defect-",
            ] {
                assert!(!html.contains(&format!(">{key}")), "{path} shows a key of {key}");
            }
            assert!(!html.contains("style=\"") && !html.contains("onclick="), "{path}");
        }
    }

    /// Says of every item that the charter has it, but of these that it lacks them.
    pub async fn checks_charter(&self, reader: &Reader, lacks: &[&str]) {
        let page = self.world.get_as(reader, &format!("/desk/cases/{NUMBER}/charter")).await.text();
        let inputs = page.split("name=\"item-").skip(1).filter_map(|rest| rest.split('"').next());
        let items: std::collections::BTreeSet<&str> = inputs.collect();
        assert_eq!(items.len(), 9, "an institution's list: {items:?}");
        let answer = |item: &&str| (format!("item-{item}"), if lacks.contains(item) { "no" } else { "yes" });
        let fields: Vec<(String, &str)> = items.iter().map(answer).collect();
        let typed: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (name.as_str(), *text)).collect();
        self.does(reader, "charter", &typed).await;
    }

    /// Gives an opinion for it, with a reason for whatever is doubtful.
    pub async fn opines(&self, reader: &Reader) {
        let page = self.world.get_as(reader, &format!("/desk/cases/{NUMBER}/opinion")).await.text();
        let keys = page.split("name=\"reason-").skip(1).filter_map(|rest| rest.split('"').next());
        let fields: Vec<String> = keys.map(|key| format!("reason-{key}")).collect();
        let mut typed = vec![("verdict", "yes"), ("text", "符合条件，建议准予。")];
        typed.extend(fields.iter().map(|field| (field.as_str(), "已经核实，不影响登记（示例）。")));
        self.does(reader, "opinion", &typed).await;
    }

    pub async fn does(&self, reader: &Reader, act: &str, fields: &[(&str, &str)]) {
        let path = format!("/desk/cases/{NUMBER}/{act}");
        self.speaks(reader, &path).await;
        went(&self.world.post_as(reader, &path, fields).await, &format!("/desk/cases/{NUMBER}"));
    }
}

#[tokio::test]
async fn the_guides_tell_conditions_papers_and_limits() {
    let at = window().await;
    at.speaks(&Reader::default(), "/services").await;
    for key in [
        "social-association",
        "social-service-institution",
        "foundation",
        "filing",
        "change",
        "cancellation",
        "inspection",
        "rating",
    ] {
        at.speaks(&Reader::default(), &format!("/services/{key}")).await;
    }
    let guide = at.world.get("/services/social-association").await.text();
    for value in ["50", "30", "30,000.00", "/rules/B1", "验资报告", "/apply", "/rules/B19", "一地一会"]
    {
        assert!(guide.contains(value), "the guide says {value}");
    }
    assert_eq!(at.world.get("/services/anything").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_registration_goes_from_the_name_to_the_certificate() {
    let at = window().await;
    let world = &at.world;
    let checked =
        world.get_as(&at.applicant, "/apply?kind=social_service_institution&name=中国夕照中心").await;
    assert!(checked.text().contains("不得冠以") || checked.text().contains("名称不冠"));
    let case = at.start().await;
    at.speaks(&at.applicant, "/apply").await;
    at.speaks(&at.applicant, &case).await;
    let early = world.post_as(&at.applicant, &format!("{case}/check"), &[]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing is answered yet");
    let wrong = world.post_as(&at.applicant, &format!("{case}/capital"), &[("capital", "三万")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("三万") && wrong.text().contains("href=\"#capital\""), "kept as typed");
    at.fill(&case).await;
    for (page, _) in PAGES {
        at.speaks(&at.applicant, &format!("{case}/{page}")).await;
    }
    at.speaks(&at.applicant, &format!("{case}/papers")).await;
    at.speaks(&at.applicant, &format!("{case}/check")).await;
    let empty = world.post_as(&at.applicant, &format!("{case}/papers"), &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "the missing file is told at its field");
    went(&world.post_as(&at.applicant, &format!("{case}/check"), &[]).await, &format!("{case}/receipt"));
    at.speaks(&at.applicant, &format!("{case}/receipt")).await;
    let receipt = world.get_as(&at.applicant, &format!("{case}/receipt")).await.text();
    assert!(receipt.contains(NUMBER) && receipt.contains("<svg class=\"app-qr\""));
    the_office_filters_the_inbox(&at).await;
    // One correction, then through review and decision to the certificate.
    for reader in [&at.window, &at.approver, &at.supervisor] {
        at.speaks(reader, "/desk/cases").await;
        at.speaks(reader, &format!("/desk/cases/{NUMBER}")).await;
    }
    at.speaks(
        &at.window,
        "/desk/cases?state=submitted&kind=social_service_institution&district=320104&mine=",
    )
    .await;
    let bare = world.post_as(&at.window, &format!("/desk/cases/{NUMBER}/correction"), &[]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    let funds = [("defect-funds", "请补交验资报告")];
    let funds = world.post_as(&at.window, &format!("/desk/cases/{NUMBER}/correction"), &funds).await;
    assert_eq!(funds.status, StatusCode::UNPROCESSABLE_ENTITY, "no funds may be asked for");
    assert!(funds.text().contains("请补交验资报告"));
    assert!(funds.text().contains("href=\"/rules/S35\""), "the refusal opens its rule");
    at.does(&at.window, "correction", &[("defect-premises", "合同缺少签章，请补齐。")]).await;
    assert!(world.get_as(&at.applicant, &case).await.text().contains("合同缺少签章"));
    went(&world.post_as(&at.applicant, &format!("{case}/check"), &[]).await, &format!("{case}/receipt"));
    at.does(&at.window, "acceptance", &[]).await;
    let consulted = [("department", "市卫生健康委员会"), ("question", "是否符合要求？")];
    at.does(&at.window, "consultation", &consulted).await;
    let page = world.get_as(&at.first, &format!("/desk/cases/{NUMBER}/reply")).await.text();
    let id = page
        .split("name=\"consultation\" type=\"radio\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    at.does(&at.first, "reply", &[("consultation", id.expect("an open consultation")), ("reply", "符合。")])
        .await;
    two_officers_visit(&at).await;
    at.checks_charter(&at.first, &[]).await;
    at.opines(&at.first).await;
    at.opines(&at.second).await;
    nothing_is_left_to_be_explained(&at).await;
    approve_with_password(&at).await;
    at.does(&at.window, "certificate", &[]).await;
    at.does(&at.window, "announcement", &[]).await;
    at.speaks(&at.first, &format!("/desk/cases/{NUMBER}")).await;
    at.speaks(&at.applicant, &case).await;
    certificate_is_public(&at).await;
    assert_eq!(journal::verify(&world.city.db).await.expect("verified"), vec![]);
}

async fn nothing_is_left_to_be_explained(at: &Window) {
    let barred = at.world.get_as(&at.first, &format!("/desk/cases/{NUMBER}/reasons")).await;
    assert_eq!(barred.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(barred.text().contains(&format!("href=\"/desk/cases/{NUMBER}\"")), "it leads back");
}

/// One officer records what two found, the other signs; everything that is missing is told at once.
async fn two_officers_visit(at: &Window) {
    let path = format!("/desk/cases/{NUMBER}/visit");
    at.speaks(&at.first, &path).await;
    let empty = at.world.post_as(&at.first, &path, &[("place", "夕照里1号")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = empty.text();
    for field in
        ["companion", "visited_on", "met", "point-premises", "point-originals", "point-purpose", "text"]
    {
        assert!(page.contains(&format!("href=\"#{field}\"")), "{field} is among the faults");
    }
    assert!(page.contains("夕照里1号"), "what was typed is still there");
    let companion = page.split("（示例）</option>").find(|part| part.ends_with("officer2"));
    let id =
        companion.and_then(|part| part.rsplit("value=\"").next()).and_then(|rest| rest.split('"').next());
    let record = [
        ("companion", id.expect("the other officer can be chosen")),
        ("visited_on", "2026-03-02"),
        ("place", "夕照里1号"),
        ("met", "周示例（示例），拟任负责人"),
        ("point-premises", "yes"),
        ("point-originals", "yes"),
        ("point-purpose", "no"),
        ("text", "活动室尚未配齐设备（示例）。"),
    ];
    at.does(&at.first, "visit", &record).await;
    let signing = format!("/desk/cases/{NUMBER}/visit-signature");
    at.speaks(&at.second, &signing).await;
    let unsaid = at.world.post_as(&at.second, &signing, &[("verdict", "no"), ("why", "")]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY, "whoever does not sign says why");
    at.does(&at.second, "visit-signature", &[("verdict", "yes")]).await;
    let page = at.world.get_as(&at.first, &format!("/desk/cases/{NUMBER}")).await.text();
    assert!(
        page.contains("两人已签字") && page.contains("不一致，详见笔录"),
        "the decider reads what differs"
    );
}

/// The office that the inbox shows finds the case, another does not.
async fn the_office_filters_the_inbox(at: &Window) {
    for (office, is_shown) in [("行政审批服务处", true), ("街道", false)] {
        let page = at.world.get_as(&at.window, &format!("/desk?office={office}")).await.text();
        assert_eq!(page.contains(NUMBER), is_shown, "{office}");
    }
}

/// The decision wants the password once more.
async fn approve_with_password(at: &Window) {
    let world = &at.world;
    let approval = format!("/desk/cases/{NUMBER}/approval");
    // Some minutes after signing in the password no longer counts as fresh.
    assert!(world.city.clock.move_to(Moment::beijing("2026-03-02".parse().expect("a date"), 9, 10)));
    assert!(
        world.post_as(&at.approver, &approval, &[]).await.location.starts_with("/password"),
        "a grave act"
    );
    let password = [("password", crate::support::PASSWORD), ("back", approval.as_str())];
    went(&world.post_as(&at.approver, "/password", &password).await, &approval);
    at.does(&at.approver, "approval", &[]).await;
}

/// Anyone may read the certificate and verify it; the receipt is the applicant's alone.
async fn certificate_is_public(at: &Window) {
    let sql = "SELECT code FROM document WHERE kind = 'certificate'";
    let (code,): (String,) = at.city().db.one(sql, &[]).await.expect("a certificate");
    at.speaks(&Reader::default(), &format!("/documents/{code}")).await;
    at.speaks(&Reader::default(), &format!("/verify/{code}")).await;
    let typed = code.replace('-', " ").to_lowercase();
    let found = at.world.upload_as(&Reader::default(), "/verify", "code.txt", typed.as_bytes()).await;
    assert!(found.location.ends_with(&format!("/verify/{code}")), "what is typed from the paper is found");
    crate::window_public::is_told_to_everyone(at).await;
    let forged = at.world.get("/verify/AAAA-BBBB-CCCC").await;
    assert_eq!(forged.status, StatusCode::NOT_FOUND);
    assert!(forged.text().contains("本机关没有出具过"), "and a forged code is called so");
    let sheet = at.world.get(&format!("/documents/{code}")).await.text();
    assert!(sheet.contains("登记证书") && sheet.contains("52320100MJ"));
    let (code,): (String,) =
        at.city().db.one("SELECT code FROM document WHERE kind = 'approval'", &[]).await.expect("a decision");
    assert_eq!(at.world.get(&format!("/documents/{code}")).await.status, StatusCode::NOT_FOUND);
    at.speaks(&at.applicant, &format!("/documents/{code}")).await;
}

impl Window {
    fn city(&self) -> &app::City {
        &self.world.city
    }
}

#[tokio::test]
async fn a_case_is_nobody_elses() {
    let at = window().await;
    let case = at.start().await;
    for tail in ["", "/name", "/papers", "/check", "/receipt"] {
        let path = format!("{case}{tail}");
        assert_eq!(at.world.get_as(&at.stranger, &path).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(at.world.get_as(&at.bureau, &path).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(at.world.get_as(&at.first, &path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    at.fill(&case).await;
    went(&at.world.post_as(&at.applicant, &format!("{case}/check"), &[]).await, &format!("{case}/receipt"));
    let desk = format!("/desk/cases/{NUMBER}");
    for (reader, path) in [
        (&at.bureau, "/desk/cases".to_owned()),
        (&at.bureau, desk.clone()),
        (&at.bureau, format!("{desk}/acceptance")),
        (&at.applicant, desk.clone()),
        (&at.supervisor, format!("{desk}/acceptance")),
        (&at.window, format!("{desk}/approval")),
        (&at.approver, format!("{desk}/acceptance")),
        (&at.window, "/desk/late".to_owned()),
    ] {
        assert_eq!(at.world.get_as(reader, &path).await.status, StatusCode::NOT_FOUND, "{path}");
        let posted = at.world.post_as(reader, &path, &[]).await;
        assert_ne!(posted.status, StatusCode::SEE_OTHER, "{path}");
    }
    at.speaks(&at.supervisor, "/desk/late").await;
    let inbox = at.world.get_as(&at.window, "/desk").await.text();
    assert!(inbox.contains(NUMBER) && inbox.contains(&format!("/desk/cases/{NUMBER}")));
    assert!(at.world.get_as(&at.applicant, "/desk").await.location.ends_with("/apply"));
    let taken = at.world.post_as(&at.applicant, &format!("{case}/withdrawal"), &[]).await;
    went(&taken, &case);
    assert!(at.world.get_as(&at.applicant, &case).await.text().contains("已撤回"));
}
