//! The addresses of public money: the budget book, its desk, payments, batches, reconciliation.

use domain::kernel::Role;

use super::{OFFICE_STAFF, OFFICIALS};
use crate::funds::{batches, contract, deposits, deposits_all, desk, own, payments, public};
use crate::shell::guard::{Access, Route, route};
use crate::shell::methods::{get, post};

use Access::{Public, Roles};

/// Who keeps the books.
const FINANCE: Access = Roles(&[Role::Finance]);
/// Who reads them beside finance.
const READERS: Access = Roles(&[Role::Finance, Role::PurchaseLead, Role::Supervisor]);

/// All of them.
pub(super) fn all() -> Vec<Route> {
    let own_user = Roles(&[Role::OrganisationUser]);
    vec![
        route("/funds", Public, get(public::index)),
        route("/funds/{code}", Public, get(public::show_one)),
        route("/contracts/{no}/money", Public, get(contract::show_money)),
        route("/desk/funds", READERS, get(desk::index)),
        route("/desk/funds", FINANCE, post(desk::create)).with_checks(),
        route("/desk/funds/{code}", READERS, get(desk::show_one)),
        route("/desk/funds/{code}", FINANCE, post(desk::update)).with_checks(),
        route("/desk/funds/{code}/allotment", FINANCE, get(desk::show_one).post(desk::allot_all)),
        route("/desk/funds/{code}/items", FINANCE, get(desk::show_one).post(desk::allot)).with_checks(),
        route("/desk/payments", READERS, get(payments::index)),
        route("/desk/payments/{no}", READERS, get(payments::show_one)),
        route("/desk/payments/{no}/invoice", READERS, get(payments::invoice)),
        route("/desk/payments/{no}/approval", FINANCE, get(payments::show_one).post(payments::approve)),
        route("/desk/payments/{no}/return", FINANCE, get(payments::show_one).post(payments::send_back)),
        route("/desk/payment-batches", READERS, get(batches::index)),
        route("/desk/payment-batches", FINANCE, post(batches::create)),
        route("/desk/payment-batches/answer.xlsx", FINANCE, get(batches::answer_template)),
        route("/desk/payment-batches/reconciliation", FINANCE, get(batches::index).post(batches::reconcile)),
        route("/desk/payment-batches/{no}", READERS, get(batches::show_one)),
        route("/desk/payment-batches/{no}/bank.xlsx", FINANCE, get(batches::bank_file)),
        route("/desk/deposits", Roles(OFFICIALS), get(deposits_all::index)),
        route("/desk/deposits/export.xlsx", Roles(OFFICIALS), get(deposits_all::export)),
        route("/desk/tenders/{no}/deposits", Roles(OFFICIALS), get(deposits::index)),
        route("/desk/tenders/{no}/deposits", FINANCE, post(deposits::create)).with_checks(),
        route("/desk/tenders/{no}/deposits/terms", Roles(OFFICE_STAFF), post(deposits::ask)).with_checks(),
        route("/desk/tenders/{no}/deposits/{id}", FINANCE, post(deposits::give_back)),
        route("/me/contracts/{no}/payments", own_user, get(own::index).post(own::create)),
    ]
}
