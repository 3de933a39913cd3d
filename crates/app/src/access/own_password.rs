//! Changing one's own password, with the old one.

use domain::kernel::{Actor, PersonId, Refusal, Role};

use super::password::check_length;
use super::sessions;
use crate::journal::PERSON;
use crate::{Act, App, Cx, Error, RequestKey, args};

/// Everyone who can sign in.
pub const EVERYONE: &[Role] = &[
    Role::OrganisationUser,
    Role::Applicant,
    Role::ApprovalOfficer,
    Role::ApprovalDirector,
    Role::OrganisationBureau,
    Role::StreetOfficer,
    Role::OfficeStaff,
    Role::OfficeDirector,
    Role::PurchaseLead,
    Role::Expert,
    Role::Supervisor,
    Role::Finance,
    Role::Administrator,
];

/// Takes another password. The one before was given a moment ago.
struct ChangePassword {
    password_hash: String,
    /// The session that goes on; all others of this person end.
    token: String,
}

impl Act for ChangePassword {
    type Outcome = ();
    const NAME: &'static str = "access.change_password";
    const WHO: &'static [Role] = EVERYONE;
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let person: PersonId = cx.actor.person.ok_or(Error::NotFound)?;
        cx.tx.lock("person", person.0).await?;
        let (version,): (i64,) = cx.tx.one("SELECT version FROM person WHERE id = $1", args![person]).await?;
        let values = [
            ("password", self.password_hash.as_str().into()),
            ("reset_at", crate::db::Val::from(None::<i64>)),
        ];
        cx.update(&PERSON, person.0, version, &values).await?;
        sessions::end_all(&mut cx.tx, person, Some(&self.token)).await
    }
}

/// Changes the password of the reader behind the session `token`; their other sessions end.
///
/// # Errors
/// A refusal at `password` for a wrong old one or too many failures, at `new_password` for one that is too
/// short or the same, at `again` when both do not agree (E11).
pub async fn change(
    app: &App,
    actor: &Actor,
    token: &str,
    [old, new, again]: [&str; 3],
) -> Result<(), Error> {
    check_length(new, "new_password")?;
    if new != again {
        return Err(Refusal::new("access.passwords-differ", "E11").at("again").into());
    }
    if new == old {
        return Err(Refusal::new("access.password-same", "E11").at("new_password").into());
    }
    sessions::refresh(app, token, old).await?;
    let password_hash = app.hashing.hash(new).await?;
    let act = ChangePassword { password_hash, token: token.to_owned() };
    // The form holds passwords, so no digest of it is kept; a second sending finds the old one changed.
    app.act(&actor.clone().with_fresh_password(), &RequestKey::None, &act).await
}
