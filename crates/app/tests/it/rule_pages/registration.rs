//! Examples of registration: names and the thresholds of members.

use domain::kernel::{Coded, Level};
use domain::registry::OrganisationKind;
use domain::registry::registration::threshold::{self, profile};
use domain::registry::registration::{Answers, Application, Basis, name};

use super::row::{Answer, Kind, Law, Row};

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    Kind { name: "registration-name", columns: &["name", "kind", "outcome"], answer: named },
    Kind { name: "registration-profile", columns: &["kind", "footing", "thresholds"], answer: thresholds },
    Kind {
        name: "registration-members",
        columns: &["footing", "persons", "units", "enough"],
        answer: members,
    },
];

fn kind_of(row: &Row<'_>) -> Result<OrganisationKind, super::row::Fault> {
    let text = row.text("kind")?;
    OrganisationKind::from_code(text).ok_or_else(|| super::row::Fault::Unreadable(format!("no kind {text}")))
}

fn named(_: &Law, row: &Row<'_>) -> Answer {
    let divisions = ["南京市", "秦淮区", "秦淮"].map(str::to_owned);
    let findings = name::findings(row.text("name")?, kind_of(row)?, &divisions, None);
    let open = findings.iter().filter(|one| one.level != Level::Met);
    let open: Vec<String> =
        open.map(|one| format!("{} {} ({})", one.level.code(), one.code, one.rule)).collect();
    Ok(if open.is_empty() { "free".to_owned() } else { open.join(", ") })
}

fn basis_of(row: &Row<'_>) -> Result<Basis, super::row::Fault> {
    let text = row.text("footing")?;
    Basis::from_code(text).ok_or_else(|| super::row::Fault::Unreadable(format!("no footing {text}")))
}

fn thresholds(_: &Law, row: &Row<'_>) -> Answer {
    Ok(profile(kind_of(row)?, basis_of(row)?).code().to_owned())
}

fn members(law: &Law, row: &Row<'_>) -> Answer {
    let typed = [
        ("name", "南京市家庭服务业协会"),
        ("division", "320104002"),
        ("domicile", "夕照里1号"),
        ("premises_from", "2026-01-01"),
        ("basis", basis_of(row)?.code()),
        ("path", "trade"),
        ("unit", "南京市民政局"),
        ("aim", "行业自律"),
        ("scope", "家庭服务"),
        ("fields", "trade_and_industry"),
        ("individual_members", row.text("persons")?),
        ("unit_members", row.text("units")?),
        ("capital", "30000"),
        ("representative", "示例"),
        ("identity", "320104197001010011"),
        ("telephone", "025-83630000"),
        ("staff", "1"),
        ("leads_other", "no"),
        ("has_branches", "no"),
        ("lost_rights", "no"),
    ];
    let answers =
        Answers(typed.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect());
    let read = Application::read(OrganisationKind::SocialAssociation, &answers);
    let application =
        read.map_err(|faults| super::row::Fault::Unreadable(format!("{} faults in the row", faults.len())))?;
    let rules = law.book.on("2026-03-02".parse().expect("a date"));
    let found = threshold::findings(&application, rules);
    let found = found.into_iter().find(|one| one.code == "registration.members");
    let found =
        found.ok_or_else(|| super::row::Fault::Unreadable("members were not looked at".to_owned()))?;
    Ok(format!("{} ({})", if found.level == Level::Met { "yes" } else { "no" }, found.rule))
}
