//! Entering one organisation, and changing what the register says of it.

use domain::kernel::{OrganisationId, Refusal, Role};

use super::entry::{self, Before};
use super::form::OrganisationForm;
use super::search;
use super::standing::Source;
use crate::db::Row;
use crate::journal::ORGANISATION;
use crate::{Act, Cx, Error, args};

/// Who writes the register by hand; what each may write is in `entry` (S10-S12).
pub(super) const WRITERS: &[Role] =
    &[Role::ApprovalOfficer, Role::PurchaseLead, Role::Administrator, Role::System];

/// Enters an organisation.
#[derive(Clone, Debug)]
pub struct RegisterOrganisation {
    /// As typed.
    pub form: OrganisationForm,
}

impl Act for RegisterOrganisation {
    type Outcome = OrganisationId;
    const NAME: &'static str = "registry.register_organisation";
    const WHO: &'static [Role] = WRITERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<OrganisationId, Error> {
        let facts = self.form.read(cx.now.date()).map_err(Error::Invalid)?;
        let id = OrganisationId(cx.id());
        cx.insert(&ORGANISATION, id.0, &facts.values()).await.map_err(code_taken)?;
        let begun = entry::begun(&mut Source::Tx(&mut cx.tx)).await?;
        entry::keep_new(cx, id, &facts, begun).await?;
        search::add(&mut cx.tx, &[search::Entry { id, name: &facts.name, code: &facts.code }]).await?;
        Ok(id)
    }
}

/// Changes an organisation that still has `version`.
#[derive(Clone, Debug)]
pub struct EditOrganisation {
    /// Which.
    pub id: OrganisationId,
    /// The version that the editor saw.
    pub version: i64,
    /// As typed.
    pub form: OrganisationForm,
}

impl Act for EditOrganisation {
    type Outcome = ();
    const NAME: &'static str = "registry.edit_organisation";
    const WHO: &'static [Role] = WRITERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let sql = "SELECT * FROM organisation WHERE id = $1";
        let held: Row = cx.tx.one(sql, args![self.id]).await?;
        let (name, code): (String, String) = (held.get("name")?, held.get("uscc")?);
        // What was invented stays marked as invented.
        let form = OrganisationForm { is_demo: held.get("is_demo")?, ..self.form.clone() };
        let before = Before::of(&held)?;
        let facts = form.read(cx.now.date()).map_err(|faults| before.with_legal(faults, &form))?;
        entry::keep_change(cx, before, &facts).await?;
        cx.update(&ORGANISATION, self.id.0, self.version, &facts.values()).await?;
        let old = search::Entry { id: self.id, name: &name, code: &code };
        let new = search::Entry { id: self.id, name: &facts.name, code: &facts.code };
        search::replace(&mut cx.tx, old, new).await
    }
}

fn code_taken(error: Error) -> Error {
    error.on_unique("organisation__uscc", Refusal::new("registry.code-taken", "B40").at("code"))
}
