//! Verification: what a bid's receipt says, and whether a number names something public.
//!
//! The page says nothing about whether a bid exists: it reads the receipt that is put before it and prints
//! its digest, which the bidder compares with the one kept (C30).

use app::Error;
use app::documents;
use app::open_data::{contracts, tenders};
use app::registry::profile;
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use domain::kernel::PlanNumber;
use evidence::Digest;
use evidence::receipt::Receipt;

use crate::shell::{FileForm, NavLink, PageError, Shell, Visit, show};

/// No receipt is longer, in bytes.
const RECEIPT_BYTES_MAX: usize = 4096;

/// What was found.
enum Finding {
    /// Nothing was asked.
    Nothing,
    /// A receipt that reads as one, with its digest.
    Receipt(Box<Receipt>, String),
    /// A SHA-256 fingerprint and nothing more.
    Fingerprint(String),
    /// A public thing with this number.
    Public(NavLink),
    /// A number of a plan for public fundraising whose parts are right, with its charity when the register has it.
    Plan(PlanNumber, Option<NavLink>),
    /// One whose parts are wrong, and how.
    FaultyPlan(String),
    /// Neither a receipt nor a public number.
    Unknown,
}

#[derive(Template)]
#[template(path = "site/verify.html")]
struct VerifyPage<'a> {
    shell: &'a Shell,
    typed: &'a str,
    finding: Finding,
}

/// GET /verify
pub async fn new(visit: Visit) -> Result<Response, PageError> {
    show(&VerifyPage { shell: &visit.shell, typed: "", finding: Finding::Nothing })
}

/// The page of a document's code, if somebody typed one: the code as it stands on the paper, spaces or not.
async fn document_page(visit: &Visit, typed: &str) -> Result<Option<Response>, PageError> {
    match documents::verify(&visit.city, typed).await {
        Ok(document) => {
            let page = visit.shell.url(format!("/verify/{}", document.code));
            Ok(Some(Redirect::to(&page).into_response()))
        }
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(visit.error(error)),
    }
}

/// POST /verify
pub async fn create(visit: Visit, form: FileForm) -> Result<Response, PageError> {
    let file = form.files.iter().find(|file| file.field == "file");
    let typed = match file {
        Some(file) => {
            String::from_utf8_lossy(file.bytes.get(..RECEIPT_BYTES_MAX).unwrap_or(&file.bytes)).into_owned()
        }
        None => form.form.text("text").chars().take(RECEIPT_BYTES_MAX).collect(),
    };
    if let Some(page) = document_page(&visit, &typed).await? {
        return Ok(page);
    }
    let finding = find(&visit, &typed).await.map_err(|error| visit.error(error))?;
    show(&VerifyPage { shell: &visit.shell, typed: &typed, finding })
}

async fn find(visit: &Visit, typed: &str) -> Result<Finding, Error> {
    if typed.trim().is_empty() {
        return Ok(Finding::Nothing);
    }
    if let Some(receipt) = receipt_of(typed) {
        let digest = receipt.digest().hex();
        return Ok(Finding::Receipt(Box::new(receipt), digest));
    }
    let word = typed.trim();
    if let Some(digest) = Digest::from_hex(&word.to_lowercase()) {
        return Ok(Finding::Fingerprint(digest.fingerprint()));
    }
    let shell = &visit.shell;
    let link = |path: String, title: String| NavLink { href: shell.url(&path), label: title, current: false };
    if PlanNumber::is_like(word) {
        let plan = match PlanNumber::parse(word) {
            Ok(plan) => plan,
            Err(refusal) => return Ok(Finding::FaultyPlan(shell.refusal(&refusal))),
        };
        let charity = match profile::organisation(&visit.city, plan.code.as_str()).await {
            Ok(held) => Some(link(format!("/orgs/{}", plan.code), held.name)),
            Err(Error::NotFound) => None,
            Err(other) => return Err(other),
        };
        return Ok(Finding::Plan(plan, charity));
    }
    match contracts::one(&visit.city, word).await {
        Ok(contract) => {
            return Ok(Finding::Public(link(format!("/contracts/{}", contract.number), contract.title)));
        }
        Err(Error::NotFound) => {}
        Err(other) => return Err(other),
    }
    match tenders::one(&visit.city, word).await {
        Ok(tender) => Ok(Finding::Public(link(format!("/tenders/{}", tender.number), tender.title))),
        Err(Error::NotFound) => Ok(Finding::Unknown),
        Err(other) => Err(other),
    }
}

/// A browser's form ends lines its own way and may drop the last one; the receipt's own form is restored.
fn receipt_of(typed: &str) -> Option<Receipt> {
    let text = typed.replace("\r\n", "\n");
    Receipt::parse(&format!("{}\n", text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_pasted_into_a_form_is_still_a_receipt() {
        let receipt = Receipt {
            tender: "NJGZ-2014-001".to_owned(),
            bid: "B-7".to_owned(),
            version: 1,
            package: Digest::of(b"package"),
            bytes: 7,
            received: "2014-02-20T16:59:59.123456+08:00".to_owned(),
            deadline: "2014-02-21T09:00:00.000000+08:00".to_owned(),
        };
        let text = receipt.text();
        for typed in [text.clone(), text.replace('\n', "\r\n"), text.trim_end().to_owned()] {
            assert_eq!(receipt_of(&typed), Some(receipt.clone()), "{typed:?}");
        }
        assert_eq!(receipt_of("NJGZ-2014-001"), None);
    }
}
