//! The form that takes a declared tie back, for its expert and for the desk (C38).

use app::Error;
use app::tendering::expert_tie::{CallTieError, EndTie, ListedTie};
use domain::kernel::{Refusal, Role};

use crate::shell::{Choice, Form, Typed, Visit, words};

/// What the form offers.
pub struct TieBack {
    /// The ties that the reader may take back.
    pub ties: Vec<Choice>,
    /// Ended, or an error.
    pub ways: Vec<Choice>,
}

/// The choices of the form, with what was chosen.
pub(super) fn choices(visit: &Visit, ties: &[ListedTie], form: &Form) -> TieBack {
    let shell = &visit.shell;
    let own = ties.iter().filter(|tie| is_own(visit, tie));
    let label = |tie: &ListedTie| format!("{} · {}", tie.organisation, words::coded(shell.lang, tie.kind));
    let ties = own.map(|tie| Choice::new(key(tie), label(tie), form.text("tie"))).collect();
    let way = |code: &str, key: &str| Choice::new(code, shell.t(key), form.text("how"));
    TieBack { ties, ways: vec![way("ended", "review-tie-back-ended"), way("error", "review-tie-back-error")] }
}

fn is_own(visit: &Visit, tie: &ListedTie) -> bool {
    tie.is_authors(visit.actor.person, visit.actor.post.role == Role::PurchaseLead)
}

/// The row and the version that the form shows.
fn key(tie: &ListedTie) -> String {
    format!("{}-{}", tie.id, tie.version)
}

/// The tie that a form names, as `id-version`, among those of the page.
///
/// # Errors
/// A refusal at `tie` when it names none.
pub(super) fn named(ties: &[ListedTie], form: &Form) -> Result<(i64, i64), Error> {
    let missing = || Refusal::new("tendering.tie-choice-missing", "C38").at("tie");
    let (id, version) = form.text("tie").split_once('-').ok_or_else(missing)?;
    let parsed = id.parse().ok().zip(version.parse().ok());
    let known = parsed.filter(|(id, _): &(i64, i64)| ties.iter().any(|tie| tie.id == *id));
    Ok(known.ok_or_else(missing)?)
}

/// Ends the tie or calls it an error, as typed.
///
/// # Errors
/// What the rules say, or a refusal at the field that is missing.
pub(super) async fn take(visit: &Visit, ties: &[ListedTie], form: &Form) -> Result<(), Error> {
    let (tie, version) = named(ties, form)?;
    let reason = form.text("reason").to_owned();
    match form.text("how") {
        "ended" => {
            let mut typed = Typed::of(visit, form);
            let end = EndTie { tie, version, last_day: typed.date("last_day"), reason };
            typed.ask(visit, &form.key(), &end).await
        }
        "error" => {
            let call = CallTieError { tie, version, reason };
            visit.city.act(&visit.actor, &form.key(), &call).await
        }
        _ => Err(Refusal::new("tendering.tie-choice-missing", "C38").at("how").into()),
    }
}
