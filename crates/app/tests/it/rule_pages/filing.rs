//! Examples of filing: what a street may file, what is reported when, and how a registration grows out of it.

use domain::kernel::Coded;
use domain::registry::filing::{self, Filed, Filing, FilingEnd, Host, LedBy};
use domain::registry::{Legal, OrganisationKind, OrganisationStatus};

use super::row::{Answer, Fault, Kind, Law, Row, none_of};

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "filing-form",
        columns: &["kind", "members", "led by", "community", "host", "left blank", "outcome"],
        answer: form,
    },
    Kind { name: "filing-report", columns: &["on", "kind", "day", "outcome"], answer: report },
    Kind { name: "filing-growth", columns: &["ended", "under way", "outcome"], answer: growth },
    Kind { name: "filing-carried", columns: &["kind", "begun by", "carried over"], answer: carried },
    Kind { name: "filing-end", columns: &["reason", "outcome"], answer: end },
];

fn host_of(row: &Row<'_>) -> Result<Option<Host>, Fault> {
    let host = |legal, status| Some(Host { kind: OrganisationKind::SocialServiceInstitution, legal, status });
    Ok(match row.text("host")? {
        "none" => None,
        "registered" => host(Legal::Registered, OrganisationStatus::Active),
        "filed" => host(Legal::Filed, OrganisationStatus::Active),
        "cancelled" => host(Legal::Registered, OrganisationStatus::Cancelled),
        other => return Err(Fault::Unreadable(format!("no host {other:?}"))),
    })
}

fn form(_: &Law, row: &Row<'_>) -> Answer {
    let led_by: LedBy = row.coded("led by")?;
    let blank = row.text("left blank")?;
    if !["", "person", "telephone", "place"].contains(&blank) {
        return Err(Fault::Unreadable(format!("{blank:?} is not on the form")));
    }
    let typed = Filing {
        kind: row.coded("kind")?,
        members: row.number("members")?,
        led_by,
        has_community: row.text("community")? == "named",
        has_person: blank != "person",
        has_contact: blank != "telephone",
        has_place: blank != "place",
        host: host_of(row)?,
    };
    none_of(filing::faults(&typed))?;
    Ok("filed".to_owned())
}

fn report(_: &Law, row: &Row<'_>) -> Answer {
    none_of(filing::report_faults(row.coded("kind")?, row.date("day")?, "示例内容", row.date("on")?))?;
    Ok("recorded".to_owned())
}

fn growth(_: &Law, row: &Row<'_>) -> Answer {
    let running = Some(row.text("under way")?).filter(|number| !number.is_empty());
    filing::may_grow(row.optional_date("ended")?, running)?;
    Ok("begun".to_owned())
}

fn carried(_: &Law, row: &Row<'_>) -> Answer {
    let filed = Filed {
        division: "320104002".to_owned(),
        domicile: "社区活动室（示例）".to_owned(),
        fields: ",elderly_care,".to_owned(),
        members: 12,
        person_in_charge: "示例负责人".to_owned(),
        contact: "025-83630000".to_owned(),
    };
    let is_known = match row.text("begun by")? {
        "street" => true,
        "applicant" => false,
        other => return Err(Fault::Unreadable(format!("{other:?} begins no application"))),
    };
    let answers = filed.carried(row.coded("kind")?, is_known);
    Ok(answers.0.keys().map(String::as_str).collect::<Vec<_>>().join(", "))
}

fn end(_: &Law, row: &Row<'_>) -> Answer {
    let reason = row.text("reason")?;
    let reason =
        FilingEnd::from_code(reason).ok_or_else(|| Fault::Unreadable(format!("no reason {reason}")))?;
    filing::may_close(None, reason)?;
    Ok("ended".to_owned())
}
