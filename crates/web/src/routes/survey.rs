//! Recipients' answers: the card's page, the public result, the desks around it.

use domain::kernel::Role;

use super::{LEAD, LEAD_AND_SUPERVISOR, OFFICE, OFFICIALS};
use crate::performance::survey::{assisted, card, check, desk, desk_feedback, feedback, public};
use crate::shell::guard::Access::{Public, Roles};
use crate::shell::guard::{Route, route};
use crate::shell::methods::{get, post};

/// The routes.
pub(super) fn all() -> Vec<Route> {
    let street = Roles(&[Role::StreetOfficer]);
    vec![
        route("/s", Public, get(card::choose)),
        route("/s/{no}", Public, get(card::new).post(card::create)),
        route("/feedback/{receipt}", Public, get(feedback::show_one)),
        route("/contracts/{no}/satisfaction", Public, get(public::show_result)),
        route("/contracts/{no}/satisfaction/{round}/answers.json", Public, get(public::json)),
        route("/contracts/{no}/satisfaction/{round}/answers.csv", Public, get(public::csv)),
        route("/desk/contracts/{no}/satisfaction", Roles(OFFICIALS), get(desk::show_one)),
        route("/desk/contracts/{no}/satisfaction", Roles(OFFICE), post(desk::update)),
        route("/desk/contracts/{no}/satisfaction/keys", Roles(OFFICE), post(desk::keys)),
        route(
            "/desk/contracts/{no}/satisfaction/{round}/check",
            Roles(LEAD_AND_SUPERVISOR),
            get(check::show_one),
        ),
        route("/desk/contracts/{no}/satisfaction/{round}/check", Roles(LEAD), post(check::update)),
        route("/desk/assisted", street, get(assisted::index)),
        route("/desk/assisted/{no}", street, get(assisted::new).post(assisted::create)),
        route("/desk/feedback", Roles(OFFICIALS), get(desk_feedback::index)),
        route("/desk/feedback/{receipt}", Roles(OFFICIALS), get(desk_feedback::show_one)),
        route("/desk/feedback/{receipt}", Roles(OFFICE), post(desk_feedback::update)),
    ]
}
