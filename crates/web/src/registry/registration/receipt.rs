//! The receipt: the number of the one window, a code to scan, and what happens next (B9, S11).

use app::documents;
use app::registry::registration::Case;
use askama::Template;
use axum::response::Response;
use domain::registry::DocumentKind;
use domain::registry::registration::preparation;

use super::own;
use crate::shell::{PageError, Path, Shell, Visit, qr, show};

#[derive(Template)]
#[template(path = "registry/registration/receipt.html")]
struct ReceiptPage<'a> {
    shell: &'a Shell,
    case: &'a Case,
    number: String,
    qr: String,
    code: String,
    sheet_href: String,
    next: String,
    /// Until the certificate the page says that nothing but preparation is allowed (B15).
    is_preparing: bool,
    back: String,
}

/// GET /apply/{case}/receipt
pub async fn show_one(visit: Visit, Path(id): Path<i64>) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let case = own(&visit, id).await?;
    let Some(number) = case.number.clone() else { return Err(visit.error(app::Error::NotFound)) };
    let all = documents::of(&visit.city, &visit.actor, case.subject()).await;
    let all = all.map_err(|error| visit.error(error))?;
    let latest = all.into_iter().rfind(|one| one.kind == DocumentKind::Receipt);
    let latest = latest.ok_or_else(|| visit.error(app::Error::NotFound))?;
    let until = latest.facts().into_iter().find_map(|(name, fact)| match fact {
        app::frozen::FrozenFact::Value(domain::kernel::Fact::Date(day)) if name == "until" => Some(day),
        _ => None,
    });
    show(&ReceiptPage {
        shell,
        number,
        qr: qr::svg(&shell.absolute(format!("/verify/{}", latest.code)), &shell.t("document-qr")),
        sheet_href: shell.url(format!("/documents/{}", latest.code)),
        code: latest.code,
        next: until.map(|day| shell.tx("receipt-next", shell.date(&day))).unwrap_or_default(),
        is_preparing: preparation::is_preparing(case.state),
        back: shell.url(format!("/apply/{id}")),
        case: &case,
    })
}
