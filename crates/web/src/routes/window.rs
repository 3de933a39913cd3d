//! The addresses of the one window: papers, documents, registration, filing, inspection, rating, credit, endings.

use domain::kernel::Role;

use crate::registry::{
    announcements, change, charity, credit, ending, filing, fundraising, peers, promises, rating,
    registration as register, seal, targets,
};
use crate::shell::guard::{Access, Route, route};
use crate::shell::methods::{get, post};
use crate::{documents, papers};

use Access::{Public, Roles};

/// All of them.
pub(super) fn all() -> Vec<Route> {
    let parts = [
        window_pages(),
        registration_pages(),
        filing_pages(),
        inspection_pages(),
        rating_pages(),
        credit_pages(),
        ending_pages(),
        fundraising_pages(),
        seal_pages(),
        charity_pages(),
    ];
    parts.into_iter().flatten().collect()
}

/// Whoever gives papers at the one window.
const PAPER_GIVERS: Access = Roles(&[Role::OrganisationUser, Role::Applicant]);
/// Whoever may meet a paper: its giver, and those who work on what it is for.
const PAPER_READERS: Access = Roles(&[
    Role::OrganisationUser,
    Role::Applicant,
    Role::ApprovalOfficer,
    Role::ApprovalDirector,
    Role::StreetOfficer,
    Role::Supervisor,
]);

fn window_pages() -> Vec<Route> {
    vec![
        route("/documents/{code}", Public, get(documents::sheet::show_one)),
        route("/announcements", Public, get(announcements::index)),
        route("/announcements.csv", Public, get(announcements::csv)),
        route("/announcements.json", Public, get(announcements::json)),
        route("/promises", Public, get(promises::index)),
        route("/promises/{key}", Public, get(promises::show_one)),
        route("/verify/{code}", Public, get(documents::verification::show_one)),
        route("/me/papers", PAPER_GIVERS, get(papers::store::index).post(papers::store::create)),
        route("/papers/{id}", PAPER_READERS, get(papers::store::file)),
        route("/papers/{id}/view", PAPER_READERS, get(papers::store::view)),
    ]
}

/// What is filed of seals and accounts after a certificate.
fn seal_pages() -> Vec<Route> {
    let own_user = Roles(&[Role::OrganisationUser]);
    vec![
        route("/me/seal", own_user, get(seal::own).post(seal::hand_in)),
        route("/me/seal/account", own_user, post(seal::hand_in_account)),
        route("/desk/seals/{no}", CASE_READERS, get(seal::show_one)),
        route("/desk/seals/{no}", CASE_OFFICERS, post(seal::settle)),
    ]
}

/// Who runs ratings (S10).
const APPROVAL: Access = Roles(&[Role::ApprovalOfficer, Role::ApprovalDirector]);
/// Who runs ratings or watches over them.
const APPROVAL_AND_SUPERVISOR: Access =
    Roles(&[Role::ApprovalOfficer, Role::ApprovalDirector, Role::Supervisor]);

fn rating_pages() -> Vec<Route> {
    use rating::{ballot, desk, desk_bodies, desk_case, expert, own, public};
    let (own_user, judge) = (Roles(&[Role::OrganisationUser]), Roles(&[Role::Expert]));
    vec![
        route("/ratings", Public, get(public::index)),
        route("/ratings/{no}", Public, get(public::show_one)),
        route("/ratings/{no}/plaque", Public, get(public::show_plaque)),
        route("/me/rating", own_user, get(own::index).post(own::create)),
        route("/me/rating/{no}", own_user, get(own::show_one).post(own::appeal)),
        route("/desk/ratings", APPROVAL_AND_SUPERVISOR, get(desk::index)),
        route("/desk/ratings", APPROVAL, post(desk::create)),
        route("/desk/ratings/bodies", APPROVAL_AND_SUPERVISOR, get(desk_bodies::index)),
        route("/desk/ratings/bodies", Roles(&[Role::ApprovalDirector]), post(desk_bodies::create)),
        route(
            "/desk/ratings/bodies/{id}/members",
            Roles(&[Role::ApprovalDirector]),
            get(desk_bodies::edit).post(desk_bodies::replace),
        ),
        route("/desk/ratings/{no}", APPROVAL_AND_SUPERVISOR, get(desk_case::show_one)),
        route("/desk/ratings/{no}", APPROVAL, post(desk_case::update)),
        route("/rating", judge, get(expert::index)),
        route("/rating/visits/{no}", judge, get(expert::show_sheet).post(expert::update)),
        route("/rating/papers/{no}/{id}", judge, get(expert::paper)),
        route("/rating/ballots/{no}", judge, get(ballot::show_ballot).post(ballot::update)),
    ]
}

/// Who fills in an application: the applicant, or an officer at the window for someone.
const APPLYING: Access = Roles(&[Role::Applicant, Role::ApprovalOfficer]);
/// Who decides over cases (S10); discipline reads them.
const CASE_READERS: Access = Roles(&[Role::ApprovalOfficer, Role::ApprovalDirector, Role::Supervisor]);
const CASE_OFFICERS: Access = Roles(&[Role::ApprovalOfficer]);
const CASE_OFFICIALS: Access = Roles(&[Role::ApprovalOfficer, Role::ApprovalDirector]);

fn registration_pages() -> Vec<Route> {
    use register::{
        apply, blank, charter, check, desk, desk_act, desk_case, guides, handoff, late, opinion, own_figures,
        papers, question, receipt, task_list, visit,
    };
    vec![
        route("/services", Public, get(guides::index)),
        route("/services/{key}", Public, get(guides::show_one)),
        route("/services/{key}/forms/{form}", Public, get(blank::show_one)),
        route("/apply", APPLYING, get(apply::index).post(apply::create)),
        route("/apply/{case}", APPLYING, get(task_list::show_one)),
        route("/apply/{case}/papers", APPLYING, get(papers::index).post(papers::update)),
        route("/apply/{case}/check", APPLYING, get(check::new).post(check::create)),
        route("/apply/{case}/receipt", APPLYING, get(receipt::show_one)),
        route("/apply/{case}/withdrawal", Roles(&[Role::Applicant]), post(task_list::withdraw)),
        route("/apply/{case}/{step}", APPLYING, get(question::edit).post(question::update)).with_checks(),
        route("/desk/cases", CASE_READERS, get(desk::index)),
        route("/desk/cases", CASE_OFFICERS, post(desk::accept)),
        route("/desk/cases/assignment", CASE_OFFICIALS, get(desk::index).post(desk::assign)),
        route("/desk/cases/export.xlsx", CASE_READERS, get(desk::xlsx)),
        route("/desk/cases/{no}", CASE_READERS, get(desk_case::show_one)),
        route("/desk/cases/{no}/opinion", CASE_OFFICERS, get(opinion::new).post(opinion::create)),
        route("/desk/cases/{no}/reasons", CASE_OFFICERS, get(opinion::explain).post(opinion::explained)),
        route("/desk/cases/{no}/charter", CASE_OFFICERS, get(charter::new).post(charter::create)),
        route("/desk/cases/{no}/hand-off", CASE_OFFICIALS, get(handoff::new).post(handoff::create)),
        route("/desk/cases/{no}/visit", CASE_OFFICERS, get(visit::new).post(visit::create)),
        route("/desk/cases/{no}/visit-signature", CASE_OFFICERS, get(visit::sign).post(visit::signed)),
        route("/desk/cases/{no}/{act}", CASE_OFFICIALS, get(desk_act::new).post(desk_act::create)),
        route("/desk/statistics", CASE_OFFICIALS, get(own_figures::index)),
        route("/desk/peers", PEER_READERS, get(peers::index)),
        route("/desk/peers", Roles(&[Role::OrganisationBureau]), post(peers::create)).with_checks(),
        route("/desk/targets", PEER_READERS, get(targets::index)),
        route("/desk/targets", Roles(&[Role::OrganisationBureau]), post(targets::create)).with_checks(),
        route("/desk/peers/claim", Roles(&[Role::OrganisationBureau]), post(peers::claim)),
        route("/desk/late", Roles(&[Role::Supervisor]), get(late::index)),
    ]
}

/// Who enters what other cities count and sets targets, and who looks on (S7, S12).
const PEER_READERS: Access = Roles(&[Role::OrganisationBureau, Role::Supervisor]);

/// The street's own desk of filings, and who else reads the ledger.
const FILING_READERS: Access = Roles(&[
    Role::StreetOfficer,
    Role::ApprovalOfficer,
    Role::ApprovalDirector,
    Role::OrganisationBureau,
    Role::Supervisor,
]);

fn filing_pages() -> Vec<Route> {
    let street = Roles(&[Role::StreetOfficer]);
    vec![
        route("/desk/filings", FILING_READERS, get(filing::ledger::index)),
        route("/desk/filings/new", street, get(filing::entry::new).post(filing::entry::create)).with_checks(),
        route("/desk/filings/import", street, get(filing::sheet::new).post(filing::sheet::create)),
        route("/desk/filings/import/{digest}", street, get(filing::sheet::mend)),
        route("/desk/filings/import/template.xlsx", street, get(filing::sheet::empty)),
        route("/desk/filings/{number}", FILING_READERS, get(filing::one::show_one)),
        route("/desk/filings/{number}/amend", street, get(filing::amend::edit).post(filing::amend::update))
            .with_checks(),
        route("/desk/filings/{number}/papers", street, post(filing::one::keep)),
        route("/desk/filings/{number}/reports", street, post(filing::one::report)).with_checks(),
        route("/desk/filings/{number}/end", street, post(filing::one::end)),
        route("/desk/filings/{number}/registration", street, post(filing::one::grow)).with_checks(),
    ]
}

/// Who prepares and decides at the approval office, and who looks on.
const CREDIT_DESK: Access = Roles(&[Role::ApprovalOfficer, Role::ApprovalDirector, Role::Supervisor]);

fn credit_pages() -> Vec<Route> {
    use credit::{desk, desk_case, desk_organisation, desk_removal, own, own_penalty, penalty_case, public};
    let member = Roles(&[Role::OrganisationUser]);
    vec![
        route("/credit/abnormal", Public, get(public::abnormal)),
        route("/credit/serious", Public, get(public::serious)),
        route("/credit/abnormal.csv", Public, get(public::abnormal_csv)),
        route("/credit/serious.csv", Public, get(public::serious_csv)),
        route("/desk/credit", CREDIT_DESK, get(desk::index).post(desk::update)),
        route(
            "/desk/credit/organisations/{uscc}",
            CREDIT_DESK,
            get(desk_organisation::show_one).post(desk_organisation::update),
        ),
        route(
            "/desk/credit/organisations/{uscc}/proposal",
            Roles(&[Role::ApprovalOfficer]),
            get(desk_organisation::show_one).post(desk_organisation::propose),
        ),
        route("/desk/credit/cases/{number}", CREDIT_DESK, get(desk_case::show_one).post(desk_case::update)),
        route(
            "/desk/credit/removals/{id}",
            CREDIT_DESK,
            get(desk_removal::show_one).post(desk_removal::update),
        ),
        route(
            "/desk/credit/penalties/{id}",
            CREDIT_DESK,
            get(penalty_case::show_one).post(penalty_case::update),
        ),
        route(
            "/desk/credit/penalties/{id}/hearing",
            Roles(&[Role::ApprovalOfficer]),
            get(penalty_case::show_one).post(penalty_case::hear),
        ),
        route("/me/credit", member, get(own::index)),
        route("/me/credit/{number}", member, get(own::show_case).post(own::answer)),
        route("/me/credit/penalties/{id}", member, get(own_penalty::show_one).post(own_penalty::answer)),
        route("/me/credit/removal/{id}", member, get(own::new_removal).post(own::create_removal)),
    ]
}

/// Whoever watches the yearly inspections as a whole.
const INSPECTION_DESK: Access =
    Roles(&[Role::ApprovalOfficer, Role::ApprovalDirector, Role::OrganisationBureau, Role::Supervisor]);
/// Whoever reads one organisation's report (S12: policy does not touch a case).
const INSPECTION_CASE: Access = Roles(&[Role::ApprovalOfficer, Role::ApprovalDirector, Role::Supervisor]);
/// Whoever inspects.
const INSPECTORS: Access = Roles(&[Role::ApprovalOfficer, Role::ApprovalDirector]);

fn inspection_pages() -> Vec<Route> {
    use crate::registry::inspection::{desk, grid, one, own, reminders};
    let member = Roles(&[Role::OrganisationUser]);
    vec![
        route("/me/inspection", member, get(own::index)),
        route("/me/inspection/{year}", member, get(own::show_year).post(own::update)).with_checks(),
        route("/me/inspection/{year}/papers", member, get(own::show_year).post(own::update_papers)),
        route("/me/inspection/{year}/rectification", member, get(own::show_year).post(own::rectify))
            .with_checks(),
        route("/desk/inspections", INSPECTION_DESK, get(desk::index)),
        route("/desk/inspections", INSPECTORS, post(desk::create)),
        route("/desk/inspections/{year}", INSPECTION_DESK, get(grid::index)),
        route("/desk/inspections/{year}", INSPECTORS, post(grid::update)),
        route("/desk/inspections/{year}/export.xlsx", INSPECTION_DESK, get(grid::xlsx)),
        route("/desk/inspections/{year}/reminders", INSPECTION_DESK, get(reminders::index)),
        route("/desk/inspections/{year}/{uscc}", INSPECTION_CASE, get(one::show_one)),
        route("/desk/inspections/{year}/{uscc}", INSPECTORS, post(one::update)),
    ]
}

/// Change, cancellation and revocation: the bureau that sets policy has no page here (S12).
fn ending_pages() -> Vec<Route> {
    use ending::{correction, desk, desk_case, own, own_case, propose};
    let member = Roles(&[Role::OrganisationUser]);
    vec![
        route("/me/changes", member, get(change::index).post(change::create)),
        route("/me/changes/release", member, post(change::report_release)),
        route("/me/cancellation", member, get(own::index).post(own::create)),
        route("/me/endings/{no}", member, get(own_case::show_one).post(own_case::answer)),
        route("/me/endings/{no}/correction", member, get(correction::new).post(correction::create)),
        route("/desk/endings", CREDIT_DESK, get(desk::index)),
        route("/desk/endings/{no}", CREDIT_DESK, get(desk_case::show_one).post(desk_case::update)),
        route(
            "/desk/endings/{no}/charter",
            CASE_OFFICERS,
            get(change::charter::new).post(change::charter::create),
        ),
        route(
            "/desk/endings/organisations/{uscc}",
            Roles(&[Role::ApprovalOfficer]),
            get(propose::new).post(propose::create),
        ),
        route(
            "/desk/endings/organisations/{uscc}/charity-end",
            Roles(&[Role::ApprovalOfficer]),
            post(propose::tell_charity),
        ),
        route(
            "/desk/endings/organisations/{uscc}/release",
            Roles(&[Role::ApprovalOfficer]),
            post(propose::release),
        ),
    ]
}

/// Public fundraising: decided by the approval office alone (S10, S12).
fn fundraising_pages() -> Vec<Route> {
    use fundraising::{desk, desk_case, own, own_case};
    let member = Roles(&[Role::OrganisationUser]);
    vec![
        route("/me/fundraising", member, get(own::index).post(own::create)),
        route("/me/fundraising/{number}", member, get(own_case::show_one).post(own_case::update)),
        route("/desk/fundraising", CREDIT_DESK, get(desk::index)),
        route("/desk/fundraising/{number}", CREDIT_DESK, get(desk_case::show_one).post(desk_case::update)),
    ]
}

/// Recognition as a charity: decided by the approval office alone (S10, S12).
fn charity_pages() -> Vec<Route> {
    use charity::{desk, desk_case, own, own_case};
    let member = Roles(&[Role::OrganisationUser]);
    vec![
        route("/me/charity", member, get(own::index).post(own::create)),
        route("/me/charity/{number}", member, get(own_case::show_one).post(own_case::update)),
        route("/desk/charity", CREDIT_DESK, get(desk::index)),
        route("/desk/charity/{number}", CREDIT_DESK, get(desk_case::show_one).post(desk_case::update)),
    ]
}
