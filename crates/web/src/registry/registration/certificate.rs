//! The certificate (登记证书) on A4: the registered items, the credit code, the code to scan (B16, B40).

use app::documents::Document;
use app::frozen::FrozenFact;
use askama::Template;
use axum::response::Response;
use domain::kernel::Fact;

use crate::documents::preview::Preview;
use crate::shell::{PageError, Shell, qr, show, words};

#[derive(Template)]
#[template(path = "registry/registration/certificate.html")]
struct CertificatePage<'a> {
    shell: &'a Shell,
    document: &'a Document,
    title: String,
    uscc: String,
    rows: Vec<(String, String)>,
    issued_on: String,
    qr: String,
    preview: Option<Preview<'a>>,
}

/// The items, in the order in which a certificate prints them.
const ITEMS: [&str; 10] =
    ["name", "kind", "representative", "domicile", "aim", "scope", "area", "capital", "unit", CHARITY];

/// What only a charity's certificate has.
const CHARITY: &str = "charity";
/// Items that not every certificate has: an aim and an area where they are on file, and being a charity (B16).
const SOME: [&str; 3] = ["aim", "area", CHARITY];

/// The certificate's own sheet, issued or as it would be.
///
/// # Errors
/// The template failed, which is a fault of ours.
pub fn sheet(
    shell: &Shell,
    document: &Document,
    preview: Option<Preview<'_>>,
) -> Result<Response, PageError> {
    let facts = document.facts();
    let text = |name: &str| {
        let found = facts.iter().find(|(held, _)| held == name);
        found.map_or_else(|| "—".to_owned(), |(_, fact)| said(shell, fact))
    };
    // A charity's certificate says so; another one has no such line (CO58-10).
    let is_there = |name: &&str| !SOME.contains(name) || facts.iter().any(|(held, _)| held == name);
    let items = ITEMS.iter().filter(|name| is_there(name));
    let rows =
        items.map(|name| (shell.t(&format!("certificate-{name}")), attribute(shell, name, text(name))));
    let rows = rows.collect();
    show(&CertificatePage {
        title: shell.t("certificate-title"),
        // The code is given with the certificate and not before.
        uscc: if preview.is_some() { shell.t("preview-number") } else { text("code") },
        rows,
        issued_on: shell.date(&document.issued_at.date()),
        qr: qr::svg(&shell.absolute(format!("/verify/{}", document.code)), &shell.t("document-qr")),
        document,
        preview,
        shell,
    })
}

/// The attribute of a charity in words, with its day; every other item as it is.
fn attribute(shell: &Shell, name: &str, text: String) -> String {
    if name == CHARITY { shell.tx("certificate-charity-since", text) } else { text }
}

fn said(shell: &Shell, fact: &FrozenFact) -> String {
    match fact {
        FrozenFact::Value(Fact::Money(amount)) => shell.money(amount),
        FrozenFact::Value(fact) => words::fact(shell.lang, fact),
        FrozenFact::Member(list, code) => words::member(shell.lang, list, code),
    }
}
