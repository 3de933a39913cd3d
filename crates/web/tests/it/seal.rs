//! Seal specimen and account at the doors, in both languages: the organisation hands them in, the window settles.

use app::registry::{OrganisationForm, RegisterOrganisation};
use app::{RequestKey, journal};
use axum::http::StatusCode;
use domain::kernel::{Actor, CreditCode, Post, Role, Scope};

use crate::support::{Reader, World};

const ACCOUNT: &str = "320100001111";

/// An organisation's user and an officer of the window.
async fn cast(world: &World) -> (Reader, Reader, String) {
    let code = CreditCode::derive('5', '2', "320104", "XX900001").expect("a code");
    let form = OrganisationForm {
        code: code.as_str().into(),
        name: "南京市秦淮区示例晚晴服务中心（示例）".into(),
        kind: "social_service_institution".into(),
        legal: "registered".into(),
        division: "320104002".into(),
        fields: "elderly_care".into(),
        domicile: "南京市秦淮区示例路1号".into(),
        registered_on: "2014-01-05".into(),
        ..OrganisationForm::default()
    };
    let enter = RegisterOrganisation { form };
    let id = world.city.act(&Actor::SYSTEM, &RequestKey::None, &enter).await.expect("entered");
    let post = |role, scope| Post { role, scope };
    let (_, own) = world.reader("own", post(Role::OrganisationUser, Scope::Organisation(id))).await;
    let (_, officer) = world.reader("officer", post(Role::ApprovalOfficer, Scope::City)).await;
    (own, officer, code.as_str().to_owned())
}

/// A page in both languages without a key that no message file has.
async fn speaks(world: &World, reader: &Reader, path: &str) -> String {
    let chinese = world.check_page(reader, path).await;
    let english = world.get_as(reader, &format!("/en{path}")).await.text();
    for page in [&chinese, &english] {
        let shown = page.split(['>', '<']).find(|text| text.trim().starts_with("seal-"));
        assert_eq!(shown, None, "{path} shows a key");
    }
    chinese
}

#[tokio::test]
async fn seals_and_account_are_handed_in_received_and_kept_from_the_public() {
    let world = World::new().await;
    let (own, officer, uscc) = cast(&world).await;
    let page = speaks(&world, &own, "/me/seal").await;
    assert!(page.contains("报送印章式样") && page.contains("/rules/B16"));
    // What was on paper before this register is not asked for again.
    assert!(!speaks(&world, &own, "/me").await.contains("备案印章式样"));
    let bare = world.post_as(&own, "/me/seal/account", &[("bank", ""), ("account", "12a")]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    for told in ["href=\"#bank\"", "href=\"#account\"", "12a"] {
        assert!(bare.text().contains(told), "{told}");
    }
    let typed = [("bank", "示例银行秦淮支行"), ("account", "3201 0000 1111")];
    assert_eq!(world.post_as(&own, "/me/seal/account", &typed).await.status, StatusCode::SEE_OTHER);
    let given = world.upload_as(&own, "/me/seal", "印章.pdf", b"%PDF-1.7 seal").await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.text());
    let page = speaks(&world, &own, "/me/seal").await;
    assert!(page.contains("********1111") && !page.contains(ACCOUNT), "hidden but for its end");
    let again = world.post_as(&own, "/me/seal/account", &[("bank", ""), ("account", "12a")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    let again = again.text();
    assert!(again.contains("等待签收") && again.contains("id=\"account-error\""), "{again}");
    assert!(again.contains("href=\"#account\"") && again.contains("id=\"account\""), "{again}");
    assert!(!again.contains("href=\"#bank\""), "no fault leads to a form that is not there");
    let inbox = world.get_as(&officer, "/desk").await.text();
    let numbers: std::collections::BTreeSet<&str> =
        inbox.split("href=\"/desk/seals/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(numbers.len(), 2, "both wait at the window");
    for number in numbers {
        let path = format!("/desk/seals/{number}");
        let page = speaks(&world, &officer, &path).await;
        assert_eq!(
            page.contains(ACCOUNT),
            page.contains(">银行账号备案"),
            "the window reads the whole number"
        );
        let silent = world.post_as(&officer, &path, &[("step", "return"), ("reason", "")]).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(silent.text().contains("href=\"#reason\""));
        let received = world.post_as(&officer, &path, &[("step", "receive")]).await;
        assert_eq!(received.status, StatusCode::SEE_OTHER);
        let twice = world.post_as(&officer, &path, &[("step", "receive")]).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "settled once");
        assert!(!speaks(&world, &officer, &path).await.contains("value=\"receive\""), "nor offered again");
    }
    let desk = speaks(&world, &officer, &format!("/desk/credit/organisations/{uscc}")).await;
    assert!(desk.contains("已备案") && !desk.contains(ACCOUNT));
    let public = world.get(&format!("/orgs/{uscc}")).await.text();
    assert!(!public.contains("1111") && !public.contains("示例银行"), "the public learns nothing of it");
    assert_eq!(journal::verify(&world.city.db).await.expect("verified"), vec![]);
}
