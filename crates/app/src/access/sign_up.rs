//! An applicant makes an account: whoever founds what does not exist yet has nobody to open one (B9, S11).
//!
//! The page answers alike whichever account names are taken, because the window adds four letters to what is
//! typed. It is throttled like signing in, counted by address and day.

use domain::kernel::{Actor, PersonId, Post, Refusal, Role, Scope};
use domain::registry::registration::NewApplicant;

use super::password::{check_length, letters};
use super::people::give;
use super::sessions::{self, Opened};
use crate::journal::PERSON;
use crate::{Act, App, Cx, Error, RequestKey};

/// Letters that the window adds to an account name.
const ADDED: usize = 4;
/// Account names that are tried before giving up; two alike in a million are met once.
const TRIES: usize = 5;
/// What the request is called when the same letters were drawn twice.
const TAKEN: &str = "access.login-taken";

/// Enters an applicant with an account of their own.
struct SignUp {
    applicant: NewApplicant,
    login: String,
    password_hash: String,
}

impl Act for SignUp {
    type Outcome = PersonId;
    const NAME: &'static str = "access.sign_up";
    const WHO: &'static [Role] = &[Role::Public];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<PersonId, Error> {
        let id = PersonId(cx.id());
        let values = [
            ("login", self.login.as_str().into()),
            ("name", self.applicant.name.as_str().into()),
            ("contact", self.applicant.contact.as_str().into()),
            ("password", self.password_hash.as_str().into()),
            ("is_demo", cx.app.is_demo.into()),
            ("is_active", true.into()),
        ];
        cx.insert(&PERSON, id.0, &values)
            .await
            .map_err(|error| error.on_unique("person__login", Refusal::new(TAKEN, "E11").at("login")))?;
        give(cx, id, Post { role: Role::Applicant, scope: Scope::City }).await?;
        Ok(id)
    }
}

/// Makes the account and signs in; `from` is the address of the browser, for throttling. The outcome is the
/// account name and the session. Whoever sends the form twice has two accounts, each with its own name.
///
/// # Errors
/// Every fault at its field, at `password` and `again` too; too many accounts from one address (E11).
pub async fn sign_up(
    app: &App,
    typed: &NewApplicant,
    [password, again]: [&str; 2],
    from: &str,
) -> Result<(String, Opened), Error> {
    let applicant = typed.tidy();
    let mut faults = applicant.faults();
    faults.extend(check_length(password, "password").err());
    if password != again {
        faults.push(Refusal::new("access.passwords-differ", "E11").at("again"));
    }
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let counted = format!("sign-up:{from}:{}", app.clock.now().date());
    sessions::check_throttle(app, &counted).await?;
    // Counted before the work is done, so that many at once are held up as well.
    sessions::count_failure(app, &counted).await?;
    let password_hash = app.hashing.hash(password).await?;
    let mut tries = TRIES;
    loop {
        let login = format!("{}-{}", applicant.login, letters(&app.chance, ADDED)?);
        let act = SignUp {
            applicant: applicant.clone(),
            login: login.clone(),
            password_hash: password_hash.clone(),
        };
        tries = tries.saturating_sub(1);
        match app.act(&Actor::VISITOR, &RequestKey::None, &act).await {
            Ok(person) => return Ok((login, sessions::open(app, person, true).await?)),
            Err(Error::Refused(refusal)) if refusal.code == TAKEN && tries > 0 => {}
            Err(error) => return Err(error),
        }
    }
}
