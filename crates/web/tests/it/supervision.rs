//! Accounts, findings, tickets, indicators and the file of a purchase through their pages, in both languages.

use axum::http::StatusCode;
use domain::kernel::{Coded, Post, Role, Scope};
use domain::supervision::indicator::Indicator;

use crate::planted;
use crate::support::{Answer, Reader, World};

const LATE: i64 = 40 * 86_400;

fn assert_spoken(answer: &Answer) {
    let page = answer.text();
    assert_eq!(answer.status, StatusCode::OK, "{page}");
    let texts = page.split('>').filter_map(|part| part.split('<').next());
    let keys =
        ["account-", "supervision-", "archive-", "finding-", "ticket-", "veto-", "indicator-", "light-"];
    for text in texts.map(str::trim).filter(|text| !text.contains(' ')) {
        for key in keys.iter().chain(&["refusal-", "part-state-", "record-part-", "desk-"]) {
            assert!(!text.starts_with(key), "{text}");
        }
    }
}

struct Cast {
    world: World,
    staff: Reader,
    director: Reader,
    lead: Reader,
    discipline: Reader,
}

/// A signed contract whose milestones are over.
async fn cast() -> Cast {
    let world = World::new().await;
    let p = planted::awarded(&world.city, 12, "awarded").await;
    let post = |role, scope| Post { role, scope };
    let (_, director) = world.reader("d2", post(Role::OfficeDirector, Scope::Office(p.office))).await;
    let (_, provider) =
        world.reader("w2", post(Role::OrganisationUser, Scope::Organisation(p.organisation))).await;
    let (_, discipline) = world.reader("s2", post(Role::Supervisor, Scope::City)).await;
    let staff = world.demo_reader("staff").await;
    let lead = world.demo_reader("lead").await;
    let tender = p.tender.0.to_string();
    world.post_as(&staff, "/desk/contracts", &[("tender", &tender)]).await;
    let desk = "/desk/contracts/NJGZ-HT-2014-001";
    world.post_as(&staff, &format!("{desk}/offer"), &[("version", "1")]).await;
    world.post_as(&director, &format!("{desk}/signature"), &[("version", "2")]).await;
    let own = "/me/contracts/NJGZ-HT-2014-001/signature";
    let signed = world.post_as(&provider, own, &[("version", "3")]).await;
    assert!(signed.location.contains("done=contract-signed"), "{}", signed.text());
    Cast { world, staff, director, lead, discipline }
}

/// The address of the first finding on a list.
fn first(page: &str) -> String {
    let found = page.split("href=\"/desk/supervision/").skip(1).filter_map(|rest| rest.split('"').next());
    let id = found.into_iter().find(|id| id.bytes().all(|byte| byte.is_ascii_digit()) && !id.is_empty());
    format!("/desk/supervision/{}", id.expect("a finding"))
}

/// The first number that a link to `path` shows.
fn number(page: &str, path: &str) -> usize {
    let rest = page.split(&format!("href=\"{path}\">")).nth(1).expect("a link");
    rest.split('<')
        .next()
        .and_then(|text| text.split(' ').next())
        .and_then(|text| text.parse().ok())
        .expect("a number")
}

#[tokio::test]
async fn every_number_of_the_overview_opens_to_its_rows() {
    let Cast { world, .. } = cast().await;
    world.city.clock.move_to(world.city.clock.now().plus_seconds(LATE));
    let discipline = world.sign_in("s2").await;
    world.get_as(&discipline, "/desk/supervision").await;
    let overview = world.get("/oversight?year=2014").await.text();
    let kind =
        overview.split("href=\"/oversight/findings?kind=").nth(1).and_then(|rest| rest.split('"').next());
    let path = format!("/oversight/findings?kind={}", kind.expect("a finding"));
    let findings = world.get(&path).await;
    assert_spoken(&findings);
    assert_spoken(&world.get(&format!("/en{path}")).await);
    let rows = |page: &str| page.matches("href=\"/offices/").count();
    assert_eq!(rows(&findings.text()), number(&overview, &path));
    assert!(number(&overview, &path) > 0);
    assert_eq!(rows(&world.get(&format!("{path}&state=cured")).await.text()), 0);
    for indicator in Indicator::ALL {
        let path = format!("/oversight/indicators/{}?year=2014", indicator.code());
        let lines = world.get(&path).await;
        assert_spoken(&lines);
        assert_spoken(&world.get(&format!("/en{path}")).await);
        if !indicator.is_money() {
            let whole =
                overview.split(&format!("href=\"{path}\">")).nth(1).and_then(|rest| rest.split('<').next());
            let whole: usize = whole.and_then(|text| text.rsplit(' ').next()?.parse().ok()).expect("a share");
            let summed = lines.text().matches(" / 1</td>").count();
            assert_eq!(summed, whole, "{path}");
        }
    }
    assert_eq!(world.get("/oversight/indicators/none").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_finding_goes_from_the_list_to_its_ticket_and_its_end() {
    let Cast { world, staff, lead, discipline, .. } = cast().await;
    world.city.clock.move_to(world.city.clock.now().plus_seconds(LATE));
    let discipline_again = world.sign_in("s2").await;
    let _ = discipline;
    let list = world.get_as(&discipline_again, "/desk/supervision").await;
    assert_spoken(&list);
    assert_spoken(&world.get_as(&discipline_again, "/en/desk/supervision").await);
    let finding = first(&list.text());
    let staff_again = world.demo_reader("staff").await;
    let _ = staff;
    assert_spoken(&world.get_as(&staff_again, &finding).await);
    let empty = world.post_as(&discipline_again, &finding, &[("demand", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.text().contains("请写明督查要求"));
    let opened = world.post_as(&discipline_again, &finding, &[("demand", "请说明")]).await;
    assert_eq!(opened.location, "/desk/tickets/DC-2014-001?done=ticket-opened");
    let ticket = "/desk/tickets/DC-2014-001";
    for lang in ["", "/en"] {
        assert_spoken(&world.get_as(&staff_again, &format!("{lang}{ticket}")).await);
        assert_spoken(&world.get_as(&staff_again, &format!("{lang}/desk/tickets")).await);
    }
    let answered = world.post_as(&staff_again, &format!("{ticket}/answer"), &[("answer", "已整改")]).await;
    assert_eq!(answered.location, format!("{ticket}?done=ticket-answered"));
    let closed = [("step", "closed"), ("reason", "属实")];
    let closed = world.post_as(&discipline_again, &format!("{ticket}/judgement"), &closed).await;
    assert_eq!(closed.location, format!("{ticket}?done=ticket-closed"));
    let lead_again = world.demo_reader("lead").await;
    let _ = lead;
    let file = world.get_as(&lead_again, "/desk/supervision/export.xlsx").await;
    assert!(file.bytes.starts_with(b"PK"));
    assert_spoken(&world.get("/oversight").await);
    assert_spoken(&world.get("/en/oversight").await);
}

#[tokio::test]
async fn an_account_opens_every_point_and_a_veto_is_decided_by_another() {
    let Cast { world, director, lead, discipline, .. } = cast().await;
    for (reader, path) in [
        (&director, "/desk/account"),
        (&lead, "/desk/accounts"),
        (&lead, "/desk/accounts/shezu"),
        (&discipline, "/desk/accounts/shezu?year=2014"),
        (&Reader::default(), "/offices/shezu/account"),
    ] {
        for lang in ["", "/en"] {
            assert_spoken(&world.get_as(reader, &format!("{lang}{path}")).await);
        }
    }
    let missing = world.get("/offices/none/account").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    let page = world.get("/offices/shezu/account").await.text();
    let lines = page.split("<section class=\"app-section\" id=\"part-").skip(1);
    let shown = lines.flat_map(|part| part.split("<a class=\"govuk-link\" href=\"").skip(1));
    let evidence: Vec<&str> = shown.filter_map(|rest| rest.split('"').next()).collect();
    assert!(evidence.iter().any(|path| path.starts_with("/contracts/NJGZ-HT-2014-001")), "{evidence:?}");
    for path in evidence {
        assert_eq!(world.get(path).await.status, StatusCode::OK, "the point opens to {path}");
    }
    let file = world.get_as(&lead, "/desk/accounts/export.xlsx?year=2014").await;
    assert!(file.bytes.starts_with(b"PK"));
    let none = [("ground", "designation"), ("subject", ""), ("acted_on", "2014-01-06"), ("evidence", "")];
    let faulty = world.post_as(&lead, "/desk/accounts/shezu", &none).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let named = [
        ("ground", "designation"),
        ("subject", "NJGZ-2014-001"),
        ("acted_on", "2014-01-06"),
        ("evidence", "会议纪要"),
    ];
    let raised = world.post_as(&lead, "/desk/accounts/shezu", &named).await;
    assert_eq!(raised.location, "/desk/vetoes/FJ-2014-001?done=veto-raised");
    assert!(
        !world.get("/offices/shezu/account").await.text().contains("FJ-2014-001"),
        "not proven, not public"
    );
    assert_spoken(&world.get_as(&lead, "/desk/vetoes/FJ-2014-001").await);
    let decision = [("step", "proven"), ("reason", "属实")];
    let decided = world.post_as(&discipline, "/desk/vetoes/FJ-2014-001", &decision).await;
    assert_eq!(decided.location, "/desk/vetoes/FJ-2014-001?done=veto-decided");
    let page = world.get("/offices/shezu/account").await.text();
    assert!(page.contains("FJ-2014-001") && page.contains("59.99"), "{page}");
}

#[tokio::test]
async fn an_amount_is_reported_and_a_percentage_is_not() {
    let Cast { world, staff, .. } = cast().await;
    assert_spoken(&world.get_as(&staff, "/desk/indicators").await);
    let typed = [
        ("indicator", "satisfaction"),
        ("district", "320104"),
        ("quarter", "1"),
        ("part", "1"),
        ("whole", "1"),
        ("evidence", "x"),
    ];
    let computed = world.post_as(&staff, "/desk/indicators?year=2013", &typed).await;
    assert_eq!(computed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(computed.text().contains("由系统按记录计算"), "{}", computed.text());
    let typed = [
        ("indicator", "community_spending"),
        ("district", "320104"),
        ("quarter", "4"),
        ("part", "66666.66"),
        ("whole", "100000.00"),
        ("evidence", "季报（示例）"),
    ];
    let done = world.post_as(&staff, "/desk/indicators?year=2013", &typed).await;
    assert!(done.location.contains("done=district-reported"), "{}", done.text());
    let page = world.get_as(&staff, "/desk/indicators?year=2013").await;
    assert_spoken(&page);
    assert!(page.text().contains("66.66%") && page.text().contains("红灯"));
}

#[tokio::test]
async fn the_file_prints_its_seven_parts() {
    let Cast { world, staff, .. } = cast().await;
    for lang in ["", "/en"] {
        assert_spoken(&world.get_as(&staff, &format!("{lang}/desk/tenders/NJGZ-2014-001/archive")).await);
    }
    let page = world.get_as(&staff, "/desk/tenders/NJGZ-2014-001/archive").await.text();
    assert!(page.contains("缺少") && page.contains("NJGZ-HT-2014-001"));
    assert!(
        page.contains("资金支付") && page.contains("绩效评价和满意度") && page.contains("付款申请（份）")
    );
    let file = world.get_as(&staff, "/desk/tenders/NJGZ-2014-001/archive.json").await;
    assert!(file.text().contains("\"sha256\"") && file.text().contains("\"followed\""));
    let none = world.get_as(&staff, "/desk/tenders/NJGZ-2014-999/archive").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

/// The addresses of the way of one yuan on a page.
fn way_of(page: &str) -> Vec<String> {
    let nav = page.split("<nav class=\"app-way\"").nth(1).and_then(|rest| rest.split("</nav>").next());
    let links = nav.unwrap_or_default().split("href=\"").skip(1);
    links.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

#[tokio::test]
async fn from_any_page_of_a_purchase_a_stranger_follows_its_yuan() {
    let Cast { world, .. } = cast().await;
    for lang in ["", "/en"] {
        let stations = way_of(&world.get(&format!("{lang}/contracts/NJGZ-HT-2014-001")).await.text());
        assert!(stations.len() >= 8, "{stations:?}");
        for station in &stations {
            let page = world.get(station).await;
            assert_eq!(page.status, StatusCode::OK, "{station}");
            // A fund and an account hold many purchases, so they lead into each instead.
            if !station.contains("/funds/") && !station.contains("/offices/") {
                assert_eq!(way_of(&page.text()), stations, "{station}");
            }
        }
        let home = world.get(if lang.is_empty() { "/" } else { lang }).await.text();
        assert!(way_of(&home).contains(&format!("{lang}/funds")), "the home page leads into it");
    }
}

#[tokio::test]
async fn what_was_upheld_is_recorded_by_discipline_and_read_by_everyone() {
    let Cast { world, director, lead, discipline, .. } = cast().await;
    let form = "/desk/accounts/shezu/upheld";
    assert_spoken(&world.get_as(&discipline, form).await);
    assert_spoken(&world.get_as(&discipline, &format!("/en{form}")).await);
    assert_ne!(world.get_as(&lead, form).await.status, StatusCode::OK, "discipline alone records");
    let fields = [
        ("kind", "audit"),
        ("subject", "NJGZ-2014-001"),
        ("acted_on", "2014-01-06"),
        ("authority", "市审计局（示例）"),
        ("decision", "宁审〔2014〕1号（示例）"),
        ("decided_on", "2014-01-06"),
        ("evidence", ""),
    ];
    let blank = world.post_as(&discipline, form, &fields).await;
    assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(blank.text().contains("宁审〔2014〕1号") && blank.text().contains("请填写，写到他人能够核对"));
    let mut whole = fields;
    whole[6] = ("evidence", "审计报告第二部分（示例）");
    let recorded = world.post_as(&discipline, form, &whole).await;
    assert_eq!(recorded.location, "/desk/upheld/CS-2014-001?done=upheld-recorded", "{}", recorded.text());
    for lang in ["", "/en"] {
        assert_spoken(&world.get_as(&director, &format!("{lang}/desk/upheld/CS-2014-001")).await);
        assert_spoken(&world.get_as(&director, &format!("{lang}/desk/account?year=2014")).await);
        assert_spoken(&world.get(&format!("{lang}/offices/shezu/account?year=2014")).await);
    }
    let public = world.get("/offices/shezu/account?year=2014").await.text();
    assert!(
        public.contains("审计发现")
            && public.contains("市审计局（示例）")
            && !public.contains("审计报告第二部分")
    );
    let own = world.post_as(&discipline, "/desk/upheld/CS-2014-001", &[("reason", "撤销")]).await;
    assert!(own.text().contains("登记人不得撤回自己的登记"));
    assert_eq!(world.get_as(&director, "/desk/upheld/CS-2014-999").await.status, StatusCode::NOT_FOUND);
}
