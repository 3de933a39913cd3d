//! An organisation's public record as tables: facts and the ten lists, the same for the page, the files and the
//! printed sheet (W2).

use app::divisions;
use app::registry::Organisation;
use app::registry::area::REGISTRAR;
use app::registry::figures::CITY;
use app::registry::public_lists::{CharityLine, DocumentLine, ItemLine, PublicList, PublicRecord};
use domain::kernel::{Coded, CreditCode, Date, Fen};
use domain::registry::registration::LegalForm;
use domain::registry::{Legal, Offence};
use evidence::Digest;

use super::tell;
use crate::i18n::{self, Lang};
use crate::shell::{Shell, words};

/// A cell, with an address when it opens something.
pub struct Cell {
    /// What it says.
    pub text: String,
    /// Where it leads, without language; empty for nowhere.
    pub path: String,
}

/// One of the ten lists.
pub struct ListView {
    /// Its code, which is also its place on the page.
    pub code: &'static str,
    /// Its title.
    pub title: String,
    /// How many rows.
    pub count: i64,
    /// The heads of its columns.
    pub heads: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

/// Facts and lists in one language.
pub struct RecordView {
    /// The organisation's name.
    pub name: String,
    /// Its code or filing number.
    pub uscc: String,
    /// What the register says.
    pub facts: Vec<(String, String)>,
    /// The ten lists.
    pub lists: Vec<ListView>,
}

impl RecordView {
    /// The record as this reader reads it.
    pub fn of(shell: &Shell, record: &PublicRecord) -> Self {
        let held = &record.profile.organisation;
        Self {
            name: held.name.clone(),
            uscc: held.uscc.clone(),
            facts: facts(shell, record),
            lists: PublicList::ALL.iter().map(|list| view(shell, record, *list)).collect(),
        }
    }

    /// A digest of the whole content in Chinese, whatever language it is read in: it stays the same as long as
    /// the register says the same.
    pub fn digest(shell: &Shell, record: &PublicRecord) -> Digest {
        let chinese = Shell { lang: Lang::Zh, ..shell.clone() };
        let view = Self::of(&chinese, record);
        let mut text = format!("{}\n{}\n", view.name, view.uscc);
        for (key, value) in &view.facts {
            text.push_str(&format!("{key}\t{value}\n"));
        }
        for list in &view.lists {
            text.push_str(list.code);
            for row in &list.rows {
                let cells: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
                text.push_str(&format!("\n{}", cells.join("\t")));
            }
            text.push('\n');
        }
        Digest::of(text.as_bytes())
    }
}

fn facts(shell: &Shell, record: &PublicRecord) -> Vec<(String, String)> {
    let held = &record.profile.organisation;
    let or_none = |text: &str| if text.is_empty() { shell.t("shell-not-given") } else { text.to_owned() };
    let code = if held.has_credit_code() { "registry-code" } else { "registry-filing-number" };
    let yes_no = if held.is_supervised { "registry-yes" } else { "registry-no" };
    let mut rows = vec![
        (shell.t(code), held.uscc.clone()),
        (shell.t("registry-kind"), shell.coded(&held.kind)),
        (shell.t("registry-legal"), shell.coded(&held.legal)),
        (shell.t("registry-status"), shell.coded(&held.status)),
        (shell.t("registry-registered-on"), shell.date(&held.registered_on)),
        (shell.t("registry-person"), or_none(&held.person_in_charge)),
        (shell.t("registry-division"), divisions::name_of(&held.division)),
    ];
    rows.extend(code_division(shell, held));
    rows.extend(district_then(shell, held));
    rows.extend([
        (shell.t("registry-domicile"), or_none(&held.domicile)),
        (shell.t("registry-fields"), tell::fields(shell, &held.fields)),
        (shell.t("registry-supervised"), shell.t(yes_no)),
        (shell.t("registry-inspection"), shell.coded(&held.inspection)),
        (shell.t("registry-listing"), shell.coded(&held.listing)),
    ]);
    rows.extend(record.charity.iter().map(|one| charity(shell, one)));
    if let Some(certificate) = &record.fundraising {
        let (number, since) = (&certificate.number, shell.date(&certificate.granted_on));
        rows.push((shell.t("desk-fundraising"), shell.txy("fundraising-public", number, since)));
    }
    rows.extend(record.items.iter().map(|one| item(shell, one)));
    if held.legal == Legal::Registered && held.kind.is_social_organisation() {
        rows.extend(authority(shell, held));
    }
    if let Some(until) = &held.banned_until {
        rows.push((shell.t("registry-banned-until"), shell.date(until)));
    }
    rows
}

/// The division of whoever gave the credit code, as the code names it; one that ended also with what it became (B45).
fn code_division(shell: &Shell, held: &Organisation) -> Option<(String, String)> {
    let code = CreditCode::parse(&held.uscc).ok()?;
    let digits = code.division();
    let name = match digits {
        CITY => REGISTRAR.to_owned(),
        _ => shell.district(digits),
    };
    let said = if name == digits { digits.to_owned() } else { format!("{digits} {name}") };
    Some((shell.t("division-of-code"), said))
}

/// Who registered it, as its code says: the city's bureau, or that of the district of the code's day (B40, B45).
/// None of a code that another department or another city gave.
fn authority(shell: &Shell, held: &Organisation) -> Option<(String, String)> {
    let code = CreditCode::parse(&held.uscc).ok().filter(CreditCode::is_civil_affairs)?;
    let named = match code.division() {
        CITY => shell.t("shell-doc-authority"),
        digits => shell.tx("registry-authority-district", &divisions::district(digits)?.name),
    };
    Some((shell.t("registry-authority"), named))
}

/// The district in which today's address lay when the organisation was registered, if it was another one (B45).
fn district_then(shell: &Shell, held: &Organisation) -> Option<(String, String)> {
    let street = divisions::street(&held.division)?;
    let then = divisions::district_on(street, held.registered_on);
    (then != street.district).then(|| (shell.t("division-then"), format!("{then} {}", shell.district(then))))
}

/// Since when it is a charity, or from when to when it was one (B46).
fn charity(shell: &Shell, one: &CharityLine) -> (String, String) {
    let (number, from) = (&one.document_number, shell.date(&one.from_on));
    let said = match &one.to_on {
        None => shell.txy("charity-since", from, number),
        Some(to) => shell.txy("charity-was", from, shell.date(to)),
    };
    (shell.t("charity-word"), said)
}

/// An item of the certificate: money as money, a form of law by its name.
fn item(shell: &Shell, one: &ItemLine) -> (String, String) {
    let value = match one.item.as_str() {
        "capital" => Fen::parse_yuan(&one.value).map_or_else(|_| one.value.clone(), |sum| shell.money(&sum)),
        "legal_form" => words::member(shell.lang, LegalForm::LIST, &one.value),
        _ => one.value.clone(),
    };
    (shell.t(&format!("registered-item-{}", one.item.replace('_', "-"))), value)
}

fn view(shell: &Shell, record: &PublicRecord, list: PublicList) -> ListView {
    let (heads, rows) = match list {
        PublicList::Registration => registration(shell, record),
        PublicList::Inspection => inspections(shell, record),
        PublicList::Rating => ratings(shell, record),
        PublicList::Purchase => purchases(shell, record),
        PublicList::Penalty => penalties(shell, record),
        PublicList::Credit => credits(shell, record),
        PublicList::Filing => filings(shell, record),
        PublicList::Change | PublicList::Announcement | PublicList::Document => {
            (DOCUMENT_HEADS.as_slice(), record.documents_of(list).map(|one| document(shell, one)).collect())
        }
    };
    ListView {
        code: list.code(),
        title: shell.coded(&list),
        count: i64::try_from(rows.len()).unwrap_or(i64::MAX),
        heads: heads.iter().map(|key| shell.t(key)).collect(),
        rows,
    }
}

type Table = (&'static [&'static str], Vec<Vec<Cell>>);

const DOCUMENT_HEADS: [&str; 4] =
    ["document-kind-label", "document-number", "document-issued", "record-state"];

fn plain(text: impl Into<String>) -> Cell {
    Cell { text: text.into(), path: String::new() }
}

fn linked(text: impl Into<String>, path: String) -> Cell {
    Cell { text: text.into(), path }
}

fn day(shell: &Shell, day: Option<Date>) -> Cell {
    plain(day.map_or_else(|| "—".to_owned(), |day| shell.date(&day)))
}

fn document(shell: &Shell, one: &DocumentLine) -> Vec<Cell> {
    let state = if one.withdrawn_at.is_some() { "credit-withdrawn" } else { "record-in-force" };
    vec![
        plain(shell.coded(&one.kind)),
        linked(one.number.clone(), format!("/documents/{}", one.code)),
        plain(shell.date(&one.issued_at.date())),
        plain(shell.t(state)),
    ]
}

/// Why a status began: a word of ours in the reader's language, or the number of the document that says so.
fn status_ground(shell: &Shell, ground: &str) -> String {
    let key = format!("status-ground-{ground}");
    if i18n::has(&key) { shell.t(&key) } else { ground.to_owned() }
}

fn registration(shell: &Shell, record: &PublicRecord) -> Table {
    let held = &record.profile.organisation;
    let mut rows = vec![vec![
        day(shell, Some(held.registered_on)),
        plain(shell.coded(&held.legal)),
        plain(shell.t("record-founded")),
    ]];
    rows.extend(record.statuses.iter().map(|one| {
        vec![
            day(shell, Some(one.from_on)),
            plain(shell.coded(&one.status)),
            plain(status_ground(shell, &one.ground)),
        ]
    }));
    (&["record-since", "record-what", "record-ground"], rows)
}

fn inspections(shell: &Shell, record: &PublicRecord) -> Table {
    let rows = record.inspections.iter().map(|one| {
        let result = one.outcome.unwrap_or(domain::registry::InspectionResult::Absent);
        vec![
            plain(one.year.to_string()),
            plain(shell.coded(&result)),
            day(shell, one.decided_on.or(one.absent_on)),
        ]
    });
    (&["record-year", "record-outcome", "record-decided-on"], rows.collect())
}

fn ratings(shell: &Shell, record: &PublicRecord) -> Table {
    let rows = record.ratings.iter().map(|one| {
        let ended = match (one.ended_on, one.ended_by) {
            (Some(on), Some(how)) => shell.txy("record-ended", shell.date(&on), shell.coded(&how)),
            _ => "—".to_owned(),
        };
        vec![
            plain(one.grade.to_uppercase()),
            day(shell, Some(one.confirmed_on)),
            day(shell, Some(one.valid_until)),
            plain(ended),
        ]
    });
    (&["record-grade", "record-confirmed-on", "record-valid-until", "record-ended-how"], rows.collect())
}

fn purchases(shell: &Shell, record: &PublicRecord) -> Table {
    let won = record.profile.won.iter().map(|one| {
        vec![
            plain(shell.t("record-won")),
            linked(one.number.clone(), format!("/tenders/{}", one.number)),
            plain(one.title.clone()),
            plain(one.office_name.clone()),
            day(shell, Some(one.decided_at.date())),
            plain("—"),
        ]
    });
    let contracts = record.profile.contracts.iter().map(|one| {
        vec![
            plain(shell.t("record-contract")),
            linked(one.number.clone(), format!("/contracts/{}", one.number)),
            plain(one.title.clone()),
            plain(one.office_name.clone()),
            plain(shell.txy("registry-from-to", shell.date(&one.starts_on), shell.date(&one.ends_on))),
            plain(shell.money(&one.amount_fen)),
        ]
    });
    let heads = &[
        "record-what",
        "registry-number",
        "registry-title",
        "registry-office",
        "record-when",
        "registry-amount",
    ];
    (heads, contracts.chain(won).collect())
}

fn penalties(shell: &Shell, record: &PublicRecord) -> Table {
    let rows = record.penalties.iter().map(|one| {
        let amount = if one.amount_fen.0 > 0 { shell.money(&one.amount_fen) } else { "—".to_owned() };
        vec![
            day(shell, Some(one.imposed_on)),
            plain(shell.coded(&one.kind)),
            plain(amount),
            plain(if one.confiscated_fen.0 > 0 {
                shell.money(&one.confiscated_fen)
            } else {
                "—".to_owned()
            }),
            plain(one.document_number.clone()),
            plain(one.authority.clone()),
            plain(match one.offence.filter(|offence| *offence != Offence::OtherLaw) {
                Some(offence) => shell.txy("credit-offence-at", shell.coded(&offence), &one.reason),
                None => one.reason.clone(),
            }),
            day(shell, one.until_on),
        ]
    });
    let heads = &[
        "credit-imposed-on",
        "credit-penalty-kind",
        "credit-amount",
        "credit-confiscated",
        "credit-document-number",
        "credit-authority",
        "credit-penalty-reason",
        "credit-until",
    ];
    (heads, rows.collect())
}

fn credits(shell: &Shell, record: &PublicRecord) -> Table {
    let rows = record.credits.iter().map(|one| {
        vec![
            plain(shell.coded(&one.list)),
            plain(shell.coded(&one.ground())),
            day(shell, Some(one.listed_on)),
            day(shell, one.removed_on),
        ]
    });
    (&["credit-list", "credit-ground", "credit-listed-on", "credit-removed-on"], rows.collect())
}

fn filings(shell: &Shell, record: &PublicRecord) -> Table {
    let filed = record.documents_of(PublicList::Filing).map(|one| {
        vec![
            plain(shell.coded(&one.kind)),
            linked(one.number.clone(), format!("/documents/{}", one.code)),
            day(shell, Some(one.issued_at.date())),
            plain("—"),
        ]
    });
    let charity = record.charity.iter().map(|one| {
        vec![
            plain(shell.t("record-charity")),
            plain(one.document_number.clone()),
            day(shell, Some(one.from_on)),
            day(shell, one.to_on),
        ]
    });
    (&["record-what", "document-number", "record-since", "record-until"], filed.chain(charity).collect())
}
