//! Change of registered items at the approval office: asked for, reviewed by one, decided by another (B16, B21).
//!
//! `application` takes the request, `charter` compares an amended charter with the law's list, `checks` weighs the values, `decision` the opinion and the decision, `effect` writes what follows,
//! `head` who a new head is,
//! `held` are the rows, `intake` takes it up, `read` tells pages what is on file, `release` counts the days for a new supervising unit.

pub mod application;
pub mod charter;
pub mod checks;
pub mod decision;
mod effect;
pub mod head;
pub mod held;
pub mod intake;
pub mod read;
pub mod release;

use domain::kernel::{Refusal, Role, Rules};

use crate::Cx;

pub(in crate::registry) use effect::renew_certificate;

/// Who gives an opinion.
pub(in crate::registry) const OFFICERS: &[Role] = &[Role::ApprovalOfficer];
/// Who decides; never the bureau that sets policy (S10, S12).
pub(in crate::registry) const DIRECTORS: &[Role] = &[Role::ApprovalDirector];
/// The longest text, in characters.
pub(in crate::registry) const TEXT_MAX: usize = 2_000;

/// A text that must be there and not be too long.
pub(in crate::registry) fn required(
    faults: &mut Vec<Refusal>,
    rule: &'static str,
    field: &str,
    text: &str,
) -> String {
    let text = text.trim();
    if text.is_empty() {
        faults.push(Refusal::new("change.text-missing", rule).at(field));
    } else if text.chars().count() > TEXT_MAX {
        faults.push(Refusal::new("change.text-too-long", rule).at(field).with("most", TEXT_MAX));
    }
    text.to_owned()
}

/// The rules of today.
pub(in crate::registry) fn rules_now<'a>(cx: &Cx<'a>) -> Rules<'a> {
    cx.app.book.on(cx.now.date())
}
