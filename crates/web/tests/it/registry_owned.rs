//! The edit page does not do what a case is for: the refusal stands at the field, and what was typed is kept.

use axum::http::StatusCode;
use domain::kernel::{Post, Role, Scope, Street};

use crate::registration::{NAME, Window};
use crate::support::{Reader, World};

/// Sends the edit page with `changes` over what it held; gives the page that comes back.
async fn refused(world: &World, by: &Reader, code: &str, changes: &[(&'static str, &str)]) -> String {
    let held = app::registry::profile::organisation(&world.city, code).await.expect("held");
    let (form, id, version) = (held.form(), held.id.0.to_string(), held.version.to_string());
    let mut fields = vec![
        ("request_key", "owned"),
        ("id", id.as_str()),
        ("version", version.as_str()),
        ("code", &form.code),
        ("name", &form.name),
        ("kind", &form.kind),
        ("legal", &form.legal),
        ("division", &form.division),
        ("domicile", &form.domicile),
        ("registered_on", &form.registered_on),
        ("person_in_charge", &form.person_in_charge),
        ("contact", &form.contact),
    ];
    for (name, value) in &mut fields {
        if let Some((_, changed)) = changes.iter().find(|(changed, _)| changed == name) {
            *value = changed;
        }
    }
    fields.extend(form.fields.split(',').map(|field| ("fields", field)));
    let answer = world.post_as(by, &format!("/desk/organisations/{code}/edit"), &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.location);
    let now = app::registry::profile::organisation(&world.city, code).await.expect("held");
    assert_eq!((now.form(), now.version), (form.clone(), held.version), "nothing was written");
    answer.text()
}

/// What the window registered is renamed by a change case, not by the edit page (B21).
pub async fn is_not_rewritten_by_hand(at: &Window) {
    let sql = "SELECT uscc FROM organisation WHERE name = $1";
    let (code,): (String,) = at.world.city.db.one(sql, &[NAME.into()]).await.expect("registered");
    let page = refused(&at.world, &at.window, &code, &[("name", "南京市秦淮区晨曦助老社")]).await;
    assert!(page.contains("name-error") && page.contains("申请变更登记") && page.contains(NAME), "{page}");
    assert!(page.contains("value=\"南京市秦淮区晨曦助老社\""), "what was typed is kept");
}

#[tokio::test]
async fn a_filed_body_is_not_made_registered_on_the_edit_page() {
    let world = World::new().await;
    let post = Post { role: Role::StreetOfficer, scope: Scope::Street(Street(320_104_002)) };
    let (_, street) = world.reader("street", post).await;
    let (_, officer) =
        world.reader("officer", Post { role: Role::ApprovalOfficer, scope: Scope::City }).await;
    let sheet = "名称,类型,业务领域,活动地点,负责人,联系电话,成员数,管理主体,社区\n\
                 棋社（示例）,社会团体,养老服务,活动室,示例甲,025-1,12,社区,示例社区\n";
    world.upload_as(&street, "/desk/filings/import", "filings.csv", sheet.as_bytes()).await;
    let code = domain::kernel::CreditCode::derive('5', '1', "320104", "XX900007").expect("a code");
    let changes = [("legal", "registered"), ("code", code.as_str())];
    let page = refused(&world, &officer, "BA3201040020001", &changes).await;
    assert!(page.contains("legal-error") && page.contains("code-error"), "{page}");
    assert!(page.contains("请由该组织申请成立登记") && page.contains(code.as_str()), "{page}");
}
