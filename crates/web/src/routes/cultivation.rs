//! The addresses of the cultivation programme: public, the organisation's, the bureau's.

use crate::shell::methods::{get, post};
use domain::kernel::Role;

use crate::cultivation::{desk, desk_one, own, public, public_list};
use crate::shell::guard::{Access, Route, route};

use Access::{Public, Roles};

/// Who runs the programme, or watches over it (S12).
const READERS: Access = Roles(&[Role::OrganisationBureau, Role::Supervisor]);
/// Who runs it.
const BUREAU: Access = Roles(&[Role::OrganisationBureau]);

/// All of them.
pub(super) fn all() -> Vec<Route> {
    let member = Roles(&[Role::OrganisationUser]);
    vec![
        route("/cultivation", Public, get(public::index)),
        route("/cultivation/organisations", Public, get(public_list::index)),
        route("/cultivation/{no}", Public, get(public::show_one)),
        route("/me/cultivation", member, get(own::index).post(own::create)).with_checks(),
        route("/me/cultivation/{no}", member, get(own::show_one).post(own::update)),
        route("/desk/cultivation", READERS, get(desk::index)),
        route("/desk/cultivation", BUREAU, post(desk::create)).with_checks(),
        route("/desk/cultivation/{no}", READERS, get(desk_one::show_one)),
        route("/desk/cultivation/{no}", BUREAU, post(desk_one::update)),
    ]
}
