//! Filing by a street: a refused sheet comes back with what to mend, and the folder is filled from the page.

use app::sheets::{self, Limits};
use axum::http::StatusCode;
use domain::kernel::{Post, Role, Scope, Street};

use crate::support::{Reader, World};

const HEAD: &str = "名称,类型,业务领域,活动地点,负责人,联系电话,成员数,管理主体,社区";
const GOOD: &str = "棋社（示例）,社会团体,养老服务,活动室,示例甲,025-1,12,社区,示例社区";

async fn street(world: &World, login: &str, code: i64) -> Reader {
    let post = Post { role: Role::StreetOfficer, scope: Scope::Street(Street(code)) };
    world.reader(login, post).await.1
}

#[tokio::test]
async fn a_refused_sheet_comes_back_with_what_to_mend_and_can_be_sent_again() {
    let world = World::new().await;
    let own = street(&world, "street", 320_104_002).await;
    let to = "/desk/filings/import";
    let file = format!("{HEAD}\n{GOOD}\n舞蹈队（示例）,社会团体,养老服务,广场,,025-2,20,街道,\n");
    let refused = world.upload_as(&own, to, "filings.csv", file.as_bytes()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text();
    assert!(page.contains("请填写负责人姓名") && page.contains("/rules/B20"), "{page}");
    let path = page.split("href=\"/desk/filings/import/").skip(1).filter_map(|rest| rest.split('"').next());
    let digest = path.into_iter().find(|name| !name.contains('.')).expect("the sheet's address").to_owned();
    let address = format!("{to}/{digest}");
    let sheet = world.get_as(&own, &address).await;
    assert_eq!(sheet.status, StatusCode::OK);
    let read = sheets::read(&sheet.bytes, Limits::default()).expect("a sheet");
    assert_eq!(read.rows.len(), 2, "good rows are in it too, because all are sent again");
    let told = |row: usize| read.rows[row].cells.last().cloned().unwrap_or_default();
    assert_eq!(read.rows[0].cell(9), "");
    assert!(told(1).contains("负责人: 请填写负责人姓名") && told(1).contains("B20"), "{}", told(1));

    // Mended in place, with the remarks still there, it is filed as a whole.
    let head = format!("{HEAD},{}", read.header.last().expect("a title"));
    let mended = format!(
        "{head}\n{GOOD},\n舞蹈队（示例）,社会团体,养老服务,广场,示例乙,025-2,20,街道,,{}\n",
        "旧意见"
    );
    let filed = world.upload_as(&own, to, "filings.csv", mended.as_bytes()).await;
    assert_eq!(filed.location, "/desk/filings?done=filings-filed", "{}", filed.text());

    // The address gives out sheets with remarks and nothing else.
    let other = world.city.blobs.put(b"%PDF-1.7 not a sheet").expect("stored");
    assert_eq!(world.get_as(&own, &format!("{to}/{other}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_folder_says_what_it_lacks_and_takes_it() {
    let world = World::new().await;
    let own = street(&world, "street", 320_104_002).await;
    let stranger = street(&world, "stranger", 320_104_003).await;
    let file = format!("{HEAD}\n{GOOD}\n");
    world.upload_as(&own, "/desk/filings/import", "filings.csv", file.as_bytes()).await;
    let desk = "/desk/filings/BA3201040020001";
    let before = world.check_page(&own, desk).await;
    assert!(before.contains("待补") && before.contains("会员（理事）名单"), "{before}");
    assert!(world.check_page(&own, "/desk").await.contains("补齐备案档案"), "it stands in the inbox");
    let to = format!("{desk}/papers");
    let blank = world.parts_as(&own, &to, &[], &[]).await;
    assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(blank.text().contains("id=\"paper-error\"") && blank.text().contains("id=\"file-error\""));
    let wrong = world.upload_with(&own, &to, &[("paper", "charter")], "章程.pdf", b"MZ").await;
    assert!(wrong.text().contains("id=\"file-error\""), "{}", wrong.text());
    for kind in ["charter", "member_list"] {
        let kept = world.upload_with(&own, &to, &[("paper", kind)], "章程.pdf", b"%PDF-1.7 x").await;
        assert_eq!(kept.location, format!("{desk}?done=filing-paper-kept"), "{}", kept.text());
    }
    let after = world.check_page(&own, desk).await;
    assert!(!after.contains("待补"), "{after}");
    let paper =
        after.split("href=\"/papers/").nth(1).and_then(|rest| rest.split('"').next()).expect("a paper");
    assert_eq!(world.get_as(&own, &format!("/papers/{paper}")).await.status, StatusCode::OK);
    assert_eq!(world.get_as(&stranger, &format!("/papers/{paper}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_filing_is_put_to_rights_on_its_page() {
    let world = World::new().await;
    let own = street(&world, "street", 320_104_002).await;
    let stranger = street(&world, "stranger", 320_104_003).await;
    let file = format!("{HEAD}\n{GOOD}\n");
    world.upload_as(&own, "/desk/filings/import", "filings.csv", file.as_bytes()).await;
    let desk = "/desk/filings/BA3201040020001";
    let to = format!("{desk}/amend");
    assert!(world.check_page(&own, desk).await.contains(&format!("href=\"{to}\"")), "the page offers it");
    assert_eq!(world.get_as(&stranger, &to).await.status, StatusCode::NOT_FOUND);
    let page = world.check_page(&own, &to).await;
    assert!(page.contains("value=\"棋社（示例）\"") && page.contains("社会团体"), "{page}");
    let held = [
        ("request_key", "amended"),
        ("version", "1"),
        ("name", "棋社（示例）"),
        ("fields", "elderly_care"),
        ("domicile", "活动室"),
        ("contact", "025-1"),
        ("members", "12"),
        ("led_by", "community"),
        ("community", "示例社区"),
    ];
    let blank = [&held[..], &[("person_in_charge", "")]].concat();
    let refused = world.post_as(&own, &to, &blank).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = refused.text();
    for field in ["person_in_charge-error", "why-error"] {
        assert!(text.contains(field), "{field}: {text}");
    }
    let sound = [&held[..], &[("person_in_charge", "示例新人"), ("why", "换届选举")]].concat();
    let done = world.post_as(&own, &to, &sound).await;
    assert_eq!(done.location, format!("{desk}?done=filing-amended"), "{}", done.text());
    let after = world.check_page(&own, desk).await;
    assert!(
        after.contains("示例新人") && after.contains("换届选举") && after.contains("变更记录"),
        "{after}"
    );

    // With a new name the old certificate says why it holds no longer, in the reader's language.
    let code = after.split("href=\"/documents/").nth(1).and_then(|rest| rest.split('"').next()).expect("one");
    let renamed: Vec<(&str, &str)> = sound
        .iter()
        .map(|(name, value)| match *name {
            "name" => ("name", "书画社（示例）"),
            "version" => ("version", "2"),
            "request_key" => ("request_key", "renamed"),
            _ => (*name, *value),
        })
        .collect();
    let done = world.post_as(&own, &to, &renamed).await;
    assert_eq!(done.location, format!("{desk}?done=filing-amended"), "{}", done.text());
    let old = world.get(&format!("/verify/{code}")).await.text();
    assert!(old.contains("名称变更，已换发新的备案证明"), "{old}");
    let old = world.get(&format!("/en/verify/{code}")).await.text();
    assert!(old.contains("New name; a new certificate of filing was issued"), "{old}");

    // The register's own edit page shows as text what the street filed, and says who alters it.
    let post = Post { role: Role::ApprovalOfficer, scope: Scope::City };
    let (_, officer) = world.reader("officer", post).await;
    let edit = world.check_page(&officer, "/desk/organisations/BA3201040020001/edit").await;
    assert!(edit.contains("备案变更") && edit.contains("示例新人"), "{edit}");
    assert!(!edit.contains("id=\"person_in_charge\"") && edit.contains("id=\"contact\""), "{edit}");
}
