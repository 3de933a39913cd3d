//! The catalogue in the browser: measures, proposal, signature, review, publication, batch.

use app::access::offices::{AddOffice, AppointDirector};
use app::catalogue::read;
use app::{RequestKey, journal};
use axum::http::StatusCode;
use domain::kernel::{Actor, Post, Role, Scope};

use crate::support::{Answer, PASSWORD, Reader, World};

/// One reader of one world.
struct Browser<'a> {
    world: &'a World,
    reader: Reader,
}

impl<'a> Browser<'a> {
    fn visitor(world: &'a World) -> Self {
        Self { world, reader: Reader::default() }
    }

    async fn of(world: &'a World, login: &str) -> Self {
        Self { world, reader: world.sign_in(login).await }
    }

    async fn get(&self, path: &str) -> Answer {
        self.world.get_as(&self.reader, path).await
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.world.post_as(&self.reader, path, fields).await
    }

    async fn upload(&self, fields: &[(&str, &str)], name: &str, file: &[u8]) -> Answer {
        self.world.upload_with(&self.reader, "/desk/catalogue/import", fields, name, file).await
    }
}

async fn check_page(browser: &Browser<'_>, path: &str) -> String {
    browser.world.check_page(&browser.reader, path).await
}

async fn bureau(world: &World) {
    let office = AddOffice {
        code: "fushi".into(),
        name: "福事处".into(),
        name_en: "Welfare Office".into(),
        duties: "社会福利".into(),
    };
    let office = world.city.act(&Actor::SYSTEM, &RequestKey::None, &office).await.expect("an office");
    let person = world.person("director").await;
    let appointed = AppointDirector { office, person, handover: String::new() };
    world.city.act(&Actor::SYSTEM, &RequestKey::None, &appointed).await.expect("a director");
    world.reader("staff", Post { role: Role::OfficeStaff, scope: Scope::Office(office) }).await;
    for (login, role) in
        [("lead-a", Role::PurchaseLead), ("lead-b", Role::PurchaseLead), ("supervisor", Role::Supervisor)]
    {
        world.reader(login, Post { role, scope: Scope::City }).await;
    }
}

const ITEM: [(&str, &str); 14] = [
    ("request_key", ""),
    ("year", "2014"),
    ("title", "社会组织评估"),
    ("function", "rating"),
    ("why_purchasable", "事务性工作，等级由本局作出"),
    ("quantity", "120家"),
    ("standard", "按评估指标逐项打分"),
    ("unit", "wan"),
    ("ceiling", "36.5"),
    ("budget", "40"),
    ("fund_source", "department_budget"),
    ("scope", "city"),
    ("recipients", "参评社会组织"),
    ("performance_standard", "按期完成"),
];

fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = ITEM.to_vec();
    for (name, value) in changes {
        fields.retain(|(held, _)| held != name);
        fields.push((name, value));
    }
    fields
}

async fn publish_measures(world: &World) {
    let (author, reviewer) = (Browser::of(world, "lead-a").await, Browser::of(world, "lead-b").await);
    let mut fields = vec![("title", "购买服务实施办法（试行）"), ("document_no", "宁民社〔2014〕示例1号")];
    fields.extend(
        ["special_body", "list", "procedure", "performance_standards"].map(|part| (part, "条文一\n条文二")),
    );
    let missing = author.post("/desk/measures/new", &fields[1..]).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(missing.text().contains("宁民社〔2014〕示例1号") && missing.text().contains("href=\"#title\""));
    check_page(&author, "/desk/measures/new").await;
    assert_eq!(author.post("/desk/measures/new", &fields).await.status, StatusCode::SEE_OTHER);
    let incomplete = reviewer.post("/desk/measures/1/publication", &[("version", "1")]).await;
    assert_eq!(incomplete.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(incomplete.text().contains("责任"));
    check_page(&author, "/desk/measures/1/edit").await;
    fields.extend([("responsibilities", "处长负责制"), ("version", "1")]);
    assert_eq!(author.post("/desk/measures/1/edit", &fields).await.status, StatusCode::SEE_OTHER);
    let own = author.post("/desk/measures/1/publication", &[("version", "2")]).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(author.get("/purchase/measures/1").await.status, StatusCode::NOT_FOUND);
    for reader in [&author, &reviewer, &Browser::of(world, "supervisor").await] {
        check_page(reader, "/desk/measures").await;
        check_page(reader, "/desk/measures/1").await;
    }
    let published = reviewer.post("/desk/measures/1/publication", &[("version", "2")]).await;
    assert_eq!(
        (published.status, published.location.contains("done=measures-published")),
        (StatusCode::SEE_OTHER, true)
    );
}

async fn sign_and_review(world: &World) {
    let director = Browser::of(world, "director").await;
    // Ten minutes later the password of the sign-in is no longer fresh.
    assert!(world.city.clock.move_to(world.city.clock.now().plus_seconds(600)));
    let page = check_page(&director, "/desk/catalogue/2014-FUSHI-01").await;
    assert!(page.contains("/password?back=/desk/catalogue/2014-FUSHI-01"));
    let rows = ["outside_duty", "own_duty", "goods_or_works", "financing", "labour", "other_law"];
    let reasons: Vec<String> = rows.iter().map(|row| format!("reason-{row}")).collect();
    let mut answers = vec![("version", "1")];
    answers.extend(rows.iter().map(|row| (*row, "no")));
    answers.extend(reasons.iter().map(|reason| (reason.as_str(), "不属于")));
    let early = director.post("/desk/catalogue/2014-FUSHI-01/signature", &answers).await;
    assert!(early.location.contains("/password"), "{}", early.location);
    director.post("/password", &[("password", PASSWORD)]).await;
    check_page(&director, "/desk/catalogue/2014-FUSHI-01").await;
    let open = director.post("/desk/catalogue/2014-FUSHI-01/signature", &answers[..3]).await;
    assert_eq!(open.status, StatusCode::UNPROCESSABLE_ENTITY);
    let signed = director.post("/desk/catalogue/2014-FUSHI-01/signature", &answers).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.text());
    let lead = Browser::of(world, "lead-b").await;
    check_page(&lead, "/desk/catalogue/2014-FUSHI-01").await;
    let silent = [("version", "2"), ("verdict", "give_back"), ("note", "")];
    let silent = lead.post("/desk/catalogue/2014-FUSHI-01/review", &silent).await;
    assert!(silent.status == StatusCode::UNPROCESSABLE_ENTITY && silent.text().contains("id=\"note-error\""));
    let accept = [("version", "2"), ("verdict", "accept"), ("note", "")];
    let stale =
        lead.post("/desk/catalogue/2014-FUSHI-01/review", &[("version", "1"), accept[1], accept[2]]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert_eq!(
        lead.post("/desk/catalogue/2014-FUSHI-01/review", &accept).await.status,
        StatusCode::SEE_OTHER
    );
}

async fn discipline_reads_the_batches(world: &World) {
    let discipline = Browser::of(world, "supervisor").await;
    for path in ["/desk/batches", "/desk/batches/2014-1"] {
        let page = check_page(&discipline, path).await;
        assert!(!page.contains("/closing") && !page.contains("/new"), "{path} offers nothing to write");
    }
}

#[tokio::test]
async fn an_item_goes_from_its_office_to_the_public_page() {
    let world = &World::new().await;
    bureau(world).await;
    let visitor = Browser::visitor(world);
    for path in ["/purchase", "/purchase/catalogue", "/purchase/measures"] {
        check_page(&visitor, path).await;
    }
    publish_measures(world).await;
    let staff = Browser::of(world, "staff").await;
    check_page(&staff, "/desk/catalogue/new").await;
    let bad = with(&[("ceiling", "三十"), ("title", "社会组织登记审批")]);
    let bad = staff.post("/desk/catalogue/new", &bad).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.text().contains("value=\"三十\"") && bad.text().contains("id=\"ceiling-error\""));
    let own = staff.post("/desk/catalogue/new", &with(&[("title", "社会组织登记审批")])).await;
    assert!(own.status == StatusCode::UNPROCESSABLE_ENTITY && own.text().contains("id=\"title-error\""));
    let done = staff.post("/desk/catalogue/new", &with(&[])).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    check_page(&staff, "/desk/catalogue/2014-FUSHI-01/edit").await;
    assert_eq!(visitor.get("/purchase/catalogue/2014-FUSHI-01").await.status, StatusCode::NOT_FOUND);
    sign_and_review(world).await;
    let lead = Browser::of(world, "lead-a").await;
    check_page(&lead, "/desk/catalogue?year=2014&stage=reviewed").await;
    let published = lead.post("/desk/catalogue/publication", &[("year", "2014")]).await;
    assert_eq!(published.status, StatusCode::SEE_OTHER, "{}", published.text());
    let again = lead.post("/desk/catalogue/publication", &[("year", "2014")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = check_page(&lead, "/desk/batches/new").await;
    let id = form
        .split("name=\"items\" type=\"checkbox\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let batch = [("year", "2014"), ("title", "第一批"), ("items", id.expect("an item to choose"))];
    let empty = lead.post("/desk/batches/new", &batch[..2]).await;
    assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.text().contains("value=\"第一批\""));
    assert_eq!(lead.post("/desk/batches/new", &batch).await.status, StatusCode::SEE_OTHER);
    for path in ["/desk/batches", "/desk/batches/2014-1", "/desk/catalogue/2014-FUSHI-01"] {
        check_page(&lead, path).await;
    }
    discipline_reads_the_batches(world).await;
    let list = check_page(&visitor, "/purchase/catalogue?year=2014").await;
    assert!(list.contains("36.50") && list.contains("2014-FUSHI-01") && list.contains("<svg"));
    let item = check_page(&visitor, "/purchase/catalogue/2014-FUSHI-01").await;
    assert!(item.contains("365,000.00") && item.contains("director（示例）") && item.contains("不属于"));
    for path in [
        "/purchase",
        "/purchase/catalogue?office=fushi&kind=rating",
        "/purchase/catalogue?kind=training",
        "/purchase/measures",
        "/purchase/measures/1",
        "/purchase/batches/2014-1",
    ] {
        check_page(&visitor, path).await;
    }
    let file = visitor.get("/purchase/catalogue.xlsx?year=2014").await;
    assert_eq!((file.status, file.kind.as_str()), (StatusCode::OK, app::sheets::XLSX));
    for path in ["/purchase/batches/2014-9", "/purchase/batches/x", "/purchase/catalogue.xlsx?year=2013"] {
        assert_eq!(visitor.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let closed = lead.post("/desk/batches/2014-1/closing", &[("version", "1")]).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER);
    let gone = [("version", "5"), ("reason", "预算调整")];
    let gone = lead.post("/desk/catalogue/2014-FUSHI-01/withdrawal", &gone).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.text());
    assert!(check_page(&visitor, "/purchase/catalogue/2014-FUSHI-01").await.contains("预算调整"));
    assert_eq!(journal::verify(&world.city.db).await.expect("verified"), vec![]);
}

#[tokio::test]
async fn a_workbook_is_imported_whole_or_comes_back_with_its_faults() {
    let world = &World::new().await;
    bureau(world).await;
    let staff = Browser::of(world, "staff").await;
    check_page(&staff, "/desk/catalogue/import").await;
    let template = staff.get("/desk/catalogue/template.xlsx").await;
    let head = app::sheets::read(&template.bytes, app::sheets::Limits::default()).expect("a table").header;
    let sheet = |ceiling: &str| {
        format!(
            "{}\n社会组织评估,评估,事务性,120家,按指标,{ceiling},40,万元,部门预算,市局购买,社会组织,按期,是\n",
            head.join(",")
        )
    };
    let fields = [("year", "2014"), ("act", "import")];
    let none = staff.post("/desk/catalogue/import", &fields).await;
    assert_ne!(none.status, StatusCode::INTERNAL_SERVER_ERROR);
    let broken = staff.upload(&fields, "a.xlsx", b"PK\x03\x04 broken").await;
    assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
    let bad = sheet("四十");
    let told = staff.upload(&fields, "a.csv", bad.as_bytes()).await;
    assert!(
        told.status == StatusCode::UNPROCESSABLE_ENTITY && told.text().contains("最高限价"),
        "{}",
        told.text()
    );
    let trial = [("year", "2014"), ("act", "check")];
    let checked = staff.upload(&trial, "a.csv", bad.as_bytes()).await;
    assert_eq!((checked.status, checked.kind.as_str()), (StatusCode::OK, app::sheets::XLSX));
    assert!(read::years(&world.city).await.expect("years").is_empty());
    let done = staff.upload(&fields, "a.csv", sheet("36.5").as_bytes()).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert_eq!(read::years(&world.city).await.expect("years"), [2014]);
    assert!(check_page(&staff, "/desk/catalogue").await.contains("2014-FUSHI-01"));
}

#[tokio::test]
async fn desks_are_closed_to_those_without_a_post_there() {
    let world = &World::new().await;
    bureau(world).await;
    let (visitor, staff) = (Browser::visitor(world), Browser::of(world, "staff").await);
    for path in ["/desk/catalogue", "/desk/measures", "/desk/batches", "/desk/catalogue/new"] {
        let answer = visitor.get(path).await;
        assert!(answer.location.contains("/sign-in"), "{path}: {}", answer.status);
    }
    for path in ["/desk/measures", "/desk/batches", "/desk/batches/new", "/desk/measures/new"] {
        assert_eq!(staff.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let answer = staff.post("/desk/catalogue/publication", &[("year", "2014")]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}
