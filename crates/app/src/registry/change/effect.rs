//! What an approved change does: the item's history, the register, the search, the certificate, the documents
//! (B16, B21).

use domain::kernel::{Coded, Fact, Subject};
use domain::registry::change::ChangeItem;
use domain::registry::document::Withdrawal;
use domain::registry::{DocumentKind, OrganisationKind};

use super::held::{ChangeCase, Registered, current};
use super::release::{self, Settled};
use crate::db::{Row, Val};
use crate::documents::{self, Draft};
use crate::journal::{ORGANISATION, REGISTERED_ITEM};
use crate::registry::registration::certificate::BUREAU;
use crate::registry::search::{self, Entry};
use crate::registry::sounds::sounds;
use crate::registry::standing::Source;
use crate::registry::{charity, course};
use crate::{Cx, Error, args, divisions};

/// Writes everything that follows from an approval.
pub(super) async fn follow(cx: &mut Cx<'_>, case: &ChangeCase, held: &Registered) -> Result<(), Error> {
    if !case.item.is_registered() {
        // An amended charter is approved and kept on file; the register and the certificate do not name it.
        tell(cx, case, DocumentKind::ChangeApproval).await?;
        cx.announce("registry.charter_approved", held.uscc.clone());
        return Ok(());
    }
    keep_history(cx, case, held).await?;
    change_register(cx, case, held).await?;
    if case.item == ChangeItem::SupervisingUnit {
        release::settle(cx, held.id, Settled::NewUnit).await?;
    }
    let sql = "SELECT * FROM organisation WHERE id = $1";
    let changed: Registered = cx.tx.one(sql, args![held.id]).await?;
    tell(cx, case, DocumentKind::ChangeApproval).await?;
    if case.item.is_announced() {
        tell(cx, case, DocumentKind::Announcement).await?;
    }
    renew_certificate(cx, case.subject(), &changed, Withdrawal::ItemChanged).await?;
    cx.announce("registry.changed", held.uscc.clone());
    Ok(())
}

/// Closes the item as it stood and opens it as it stands. What came with a sheet gets its past written too.
async fn keep_history(cx: &mut Cx<'_>, case: &ChangeCase, held: &Registered) -> Result<(), Error> {
    let today = cx.now.date();
    let sql = "SELECT id, version FROM registered_item
               WHERE organisation_id = $1 AND item = $2 AND until_on IS NULL ORDER BY id";
    let open: Vec<Row> = cx.tx.all(sql, args![held.id, case.item.code()]).await?;
    for row in &open {
        cx.update(
            &REGISTERED_ITEM,
            row.get::<i64>("id")?,
            row.get("version")?,
            &[("until_on", today.into())],
        )
        .await?;
    }
    let mut spans = Vec::new();
    if open.is_empty() && !case.old_value.is_empty() {
        spans.push((case.old_value.as_str(), held.registered_on, Some(today)));
    }
    spans.push((case.new_value.as_str(), today, None));
    for (value, from_on, until_on) in spans {
        let id = cx.id();
        let values = [
            ("organisation_id", held.id.into()),
            ("item", Val::code(case.item)),
            ("value", value.into()),
            ("from_on", from_on.into()),
            ("until_on", until_on.into()),
        ];
        cx.insert(&REGISTERED_ITEM, id, &values).await?;
    }
    Ok(())
}

/// The columns that lists, filters and the search show.
async fn change_register(cx: &mut Cx<'_>, case: &ChangeCase, held: &Registered) -> Result<(), Error> {
    let new = case.new_value.as_str();
    let values: Vec<(&'static str, Val)> = match case.item {
        ChangeItem::Name => {
            let (pinyin, initials) = sounds(new);
            vec![("name", new.into()), ("pinyin", pinyin.into()), ("initials", initials.into())]
        }
        ChangeItem::Domicile => {
            let mut values: Vec<(&'static str, Val)> = vec![("domicile", new.into())];
            // What was asked for before the street was asked keeps the street as it stands.
            if let Some(street) = case.division.as_deref().and_then(divisions::street) {
                values.push(("division", street.code.as_str().into()));
                values.push(("district", street.district.as_str().into()));
            }
            values
        }
        ChangeItem::LegalRepresentative => vec![("person_in_charge", new.into())],
        ChangeItem::SupervisingUnit => vec![("is_supervised", (new == BUREAU).into())],
        ChangeItem::Aim
        | ChangeItem::Scope
        | ChangeItem::Area
        | ChangeItem::Capital
        | ChangeItem::Charter => return Ok(()),
    };
    cx.update(&ORGANISATION, held.id.0, held.version, &values).await?;
    if case.item == ChangeItem::Name {
        let entry = |name| Entry { id: held.id, name, code: &held.uscc };
        search::replace(&mut cx.tx, entry(&held.name), entry(new)).await?;
    }
    Ok(())
}

async fn tell(cx: &mut Cx<'_>, case: &ChangeCase, kind: DocumentKind) -> Result<(), Error> {
    let facts = vec![
        ("old", if case.old_value.is_empty() { "—" } else { &case.old_value }.into()),
        ("new", case.new_value.as_str().into()),
        ("changed_on", cx.now.date().into()),
    ];
    course::tell(cx, case, kind, (facts, Vec::new())).await.map(|_| ())
}

/// A certificate that no longer says what is registered is withdrawn, and one that does issued in its place.
pub(in crate::registry) async fn renew_certificate(
    cx: &mut Cx<'_>,
    subject: Subject,
    held: &Registered,
    why: Withdrawal,
) -> Result<(), Error> {
    let sql =
        "SELECT count(*) FROM document WHERE organisation_id = $1 AND kind = $2 AND withdrawn_at IS NULL";
    let kind = DocumentKind::Certificate;
    if cx.tx.number(sql, args![held.id, kind.code()]).await? == 0 {
        return Ok(());
    }
    documents::withdraw_of(cx, held.id, kind, &documents::coded_why(why)).await?;
    let mut facts = vec![
        ("name", held.name.as_str().into()),
        ("code", held.uscc.as_str().into()),
        ("kind", Fact::Code(OrganisationKind::LIST, held.kind.code())),
        ("issued_on", cx.now.date().into()),
    ];
    for (name, item) in [
        ("representative", ChangeItem::LegalRepresentative),
        ("domicile", ChangeItem::Domicile),
        ("scope", ChangeItem::Scope),
        ("capital", ChangeItem::Capital),
        ("unit", ChangeItem::SupervisingUnit),
    ] {
        facts.push((name, current(&mut Source::Tx(&mut cx.tx), held, item).await?.into()));
    }
    // What nobody ever told is no line of a certificate.
    for (name, item) in [("aim", ChangeItem::Aim), ("area", ChangeItem::Area)] {
        let value = current(&mut Source::Tx(&mut cx.tx), held, item).await?;
        facts.extend((!value.is_empty()).then(|| (name, value.into())));
    }
    let since = charity::status::since(&mut Source::Tx(&mut cx.tx), held.id).await?;
    facts.extend(since.map(|since| ("charity", since.into())));
    let draft = Draft {
        kind,
        subject,
        organisation: Some(held.id),
        person: None,
        addressee: held.name.clone(),
        facts,
        items: Vec::new(),
        is_public: true,
    };
    documents::issue(cx, &draft).await.map(|_| ())
}
