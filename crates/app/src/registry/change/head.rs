//! Who a new head is: asked as at the registration, checked when the change is asked for and again when it is decided
//! (B3, B5, B10).

use domain::kernel::{Finding, Refusal};
use domain::registry::OrganisationKind;
use domain::registry::change::ChangeItem;
use domain::registry::head::{self, Declared};

use super::held::{ChangeCase, Registered};
use crate::db::Val;
use crate::registry::heads;
use crate::registry::standing::Source;
use crate::{Cx, Error, args};

/// What is told of a new head beside the name; a question that was not answered is `None`.
#[derive(Clone, Default)]
pub struct HeadTold {
    /// The identity number, of which only a digest is kept.
    pub identity: String,
    /// Whether the person leads another association.
    pub leads_other: Option<bool>,
    /// Whether the person was ever deprived of political rights, or lacks full capacity.
    pub lost_rights: Option<bool>,
    /// Whether the person is a serving state employee; asked of foundations.
    pub is_state_officer: Option<bool>,
}

impl std::fmt::Debug for HeadTold {
    /// Never says the number.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let answers = (self.leads_other, self.lost_rights, self.is_state_officer);
        out.debug_tuple("HeadTold").field(&answers).finish()
    }
}

/// A question of the form: its field, whether this kind is asked it, and what was answered.
type Question = (&'static str, bool, Option<bool>);

impl HeadTold {
    fn questions(&self, kind: OrganisationKind) -> [Question; 3] {
        [
            ("leads_other", head::leads_alone(kind), self.leads_other),
            ("lost_rights", true, self.lost_rights),
            ("state_officer", kind == OrganisationKind::Foundation, self.is_state_officer),
        ]
    }

    /// What is kept of it: the answers that were asked for, and the digest.
    pub(super) fn columns(&self, kind: OrganisationKind) -> [(&'static str, Val); 4] {
        let [leads, rights, officer] =
            self.questions(kind).map(|(_, is_asked, told)| told.filter(|_| is_asked).into());
        let digest = head::identity(&self.identity).ok().map(|number| heads::digest(&number));
        [
            ("identity_digest", digest.into()),
            ("leads_other", leads),
            ("lost_rights", rights),
            ("is_state_officer", officer),
        ]
    }
}

/// What bars a new head, each at its field: what was not told, and what the answers and the register say.
///
/// # Errors
/// The database failed.
pub(super) async fn faults(
    source: &mut Source<'_>,
    held: &Registered,
    name: &str,
    told: &HeadTold,
) -> Result<Vec<Refusal>, Error> {
    let mut faults = Vec::new();
    let missing = |field| Refusal::new("registration.answer-missing", "B11").at(field);
    let mut digest = None;
    if told.identity.trim().is_empty() {
        faults.push(missing("identity"));
    } else {
        match head::identity(&told.identity) {
            Ok(number) => digest = Some(heads::digest(&number)),
            Err(refusal) => faults.push(refusal.at("identity")),
        }
    }
    let questions = told.questions(held.kind);
    faults.extend(
        questions
            .iter()
            .filter(|(_, asked, told)| *asked && told.is_none())
            .map(|(field, ..)| missing(*field)),
    );
    let declared = Declared {
        leads_other: told.leads_other.unwrap_or(false),
        lost_rights: told.lost_rights.unwrap_or(false),
    };
    let facts = Facts { name, digest, declared, is_state_officer: told.is_state_officer };
    let found = findings(source, held, &facts).await?;
    let at_field = |finding: &Finding| finding.refusal().map(|no| no.at(head::field_of(finding)));
    faults.extend(found.iter().filter_map(at_field));
    Ok(faults)
}

/// A new head as it is looked into.
struct Facts<'a> {
    name: &'a str,
    digest: Option<String>,
    declared: Declared,
    is_state_officer: Option<bool>,
}

/// The conditions of the head that a case asks for, as the register is now; nothing for any other item.
///
/// # Errors
/// The database failed.
pub(super) async fn of_case(
    source: &mut Source<'_>,
    case: &ChangeCase,
    held: &Registered,
) -> Result<Vec<Finding>, Error> {
    if case.item != ChangeItem::LegalRepresentative {
        return Ok(Vec::new());
    }
    let declared = Declared {
        leads_other: case.leads_other.unwrap_or(false),
        lost_rights: case.lost_rights.unwrap_or(false),
    };
    let digest = case.identity_digest.clone();
    let is_unasked = digest.is_none();
    let name = &case.new_value;
    let facts = Facts { name, digest, declared, is_state_officer: case.is_state_officer };
    let mut found = findings(source, held, &facts).await?;
    if is_unasked {
        // Asked for before the number was: nobody could look the person up.
        found.push(Finding::warn("change.head-unasked", "B5"));
    }
    Ok(found)
}

/// Makes two decisions on one person wait for each other, so that the second one sees the first.
///
/// # Errors
/// The database failed, or both wait for each other and one has to try again.
pub(super) async fn wait_for_others(cx: &mut Cx<'_>, case: &ChangeCase) -> Result<(), Error> {
    let Some(digest) = &case.identity_digest else { return Ok(()) };
    let sql = "SELECT id FROM change_case WHERE identity_digest = $1 AND decided_at IS NULL ORDER BY id";
    let open: Vec<(i64,)> = cx.tx.all(sql, args![digest]).await?;
    for (id,) in open {
        cx.tx.lock("change_case", id).await?;
    }
    Ok(())
}

async fn findings(source: &mut Source<'_>, held: &Registered, of: &Facts<'_>) -> Result<Vec<Finding>, Error> {
    let mut found = head::declared(held.kind, of.declared);
    let officer = of.is_state_officer.filter(|_| held.kind == OrganisationKind::Foundation);
    found.extend(officer.map(head::state_officers));
    let digest = of.digest.as_deref();
    let known = heads::known(source, digest.unwrap_or_default(), of.name, Some(held.id)).await?;
    let free = head::is_free(held.kind, &known).filter(|_| digest.is_some());
    found.extend(head::of_register(held.kind, &known).or(free));
    Ok(found)
}
