//! What stands in the menu of the site and of each desk.

use domain::kernel::Role;

use super::page::Shell;

/// A link in a menu.
#[derive(Clone, Debug)]
pub struct NavLink {
    /// Where it goes, with the language's prefix.
    pub href: String,
    /// What it says.
    pub label: String,
    /// Whether the reader is there or below.
    pub current: bool,
}

/// The main menu: message key and path.
const NAV: &[(&str, &str)] = &[
    ("nav-home", "/"),
    ("nav-organisations", "/orgs"),
    ("nav-services", "/services"),
    ("nav-catalogue", "/purchase/catalogue"),
    ("nav-tenders", "/tenders"),
    ("nav-results", "/results"),
    ("nav-contracts", "/contracts"),
    ("nav-statistics", "/statistics"),
    ("nav-rules", "/rules"),
];

/// The desks' menu: message key, path, and the roles that see it.
const DESK_NAV: &[(&str, &str, &[Role])] = &[
    ("desk-inbox", "/desk", INBOX),
    ("desk-cases", "/desk/cases", &[Role::ApprovalOfficer, Role::ApprovalDirector, Role::Supervisor]),
    ("desk-own-figures", "/desk/statistics", &[Role::ApprovalOfficer, Role::ApprovalDirector]),
    ("desk-late", "/desk/late", &[Role::Supervisor]),
    ("desk-peers", "/desk/peers", &[Role::OrganisationBureau, Role::Supervisor]),
    ("desk-targets", "/desk/targets", &[Role::OrganisationBureau, Role::Supervisor]),
    ("desk-cultivation", "/desk/cultivation", &[Role::OrganisationBureau, Role::Supervisor]),
    ("desk-apply", "/apply", &[Role::Applicant, Role::ApprovalOfficer]),
    ("desk-measures", "/desk/measures", &[Role::PurchaseLead, Role::Supervisor]),
    ("desk-catalogue", "/desk/catalogue", OFFICIALS),
    ("desk-batches", "/desk/batches", &[Role::PurchaseLead, Role::Supervisor]),
    ("desk-tenders", "/desk/tenders", TENDER_DESK),
    ("desk-experts", "/desk/experts", &[Role::PurchaseLead, Role::Supervisor]),
    ("desk-contracts", "/desk/contracts", OFFICIALS),
    ("desk-account", "/desk/account", &[Role::OfficeStaff, Role::OfficeDirector]),
    ("desk-accounts", "/desk/accounts", &[Role::PurchaseLead, Role::Supervisor]),
    ("desk-supervision", "/desk/supervision", TENDER_DESK),
    ("desk-tickets", "/desk/tickets", TENDER_DESK),
    ("desk-indicators", "/desk/indicators", TENDER_DESK),
    ("desk-splitting", "/desk/splitting", OFFICIALS),
    (
        "desk-office-feedback",
        "/desk/office-feedback",
        &[Role::OfficeStaff, Role::OfficeDirector, Role::Supervisor],
    ),
    ("desk-retaliation", "/desk/retaliation", &[Role::Supervisor]),
    ("desk-funds", "/desk/funds", BOOKS),
    ("desk-payments", "/desk/payments", BOOKS),
    ("desk-deposits", "/desk/deposits", OFFICIALS),
    ("desk-payment-batches", "/desk/payment-batches", BOOKS),
    ("desk-acceptance", "/desk/acceptance", &[Role::PurchaseLead, Role::Supervisor]),
    ("desk-feedback", "/desk/feedback", OFFICIALS),
    ("desk-assisted", "/desk/assisted", &[Role::StreetOfficer]),
    ("desk-inspections", "/desk/inspections", INSPECTION_DESK),
    ("desk-credit", "/desk/credit", &[Role::ApprovalOfficer, Role::ApprovalDirector, Role::Supervisor]),
    ("desk-endings", "/desk/endings", &[Role::ApprovalOfficer, Role::ApprovalDirector, Role::Supervisor]),
    ("desk-charity", "/desk/charity", &[Role::ApprovalOfficer, Role::ApprovalDirector, Role::Supervisor]),
    (
        "desk-fundraising",
        "/desk/fundraising",
        &[Role::ApprovalOfficer, Role::ApprovalDirector, Role::Supervisor],
    ),
    ("desk-filings", "/desk/filings", FILING_READERS),
    ("desk-people", "/desk/people", &[Role::Administrator]),
    ("desk-import", "/desk/organisations/import", &[Role::PurchaseLead, Role::Administrator]),
    ("desk-invitations", "/expert", &[Role::Expert]),
    ("desk-evaluations", "/expert/evaluations", &[Role::Expert]),
    ("desk-ratings", "/desk/ratings", &[Role::ApprovalOfficer, Role::ApprovalDirector, Role::Supervisor]),
    ("desk-rating-tasks", "/rating", &[Role::Expert]),
    ("desk-my-organisation", "/me", &[Role::OrganisationUser]),
    ("desk-my-credit", "/me/credit", &[Role::OrganisationUser]),
    ("desk-my-bids", "/me/bids", &[Role::OrganisationUser]),
    ("desk-my-questions", "/me/questions", &[Role::OrganisationUser]),
    ("desk-my-contracts", "/me/contracts", &[Role::OrganisationUser]),
    ("desk-my-inspection", "/me/inspection", &[Role::OrganisationUser]),
    ("desk-my-rating", "/me/rating", &[Role::OrganisationUser]),
    ("desk-my-charity", "/me/charity", &[Role::OrganisationUser]),
    ("desk-my-fundraising", "/me/fundraising", &[Role::OrganisationUser]),
    ("desk-my-cultivation", "/me/cultivation", &[Role::OrganisationUser]),
    ("desk-my-seal", "/me/seal", &[Role::OrganisationUser]),
    ("desk-my-papers", "/me/papers", &[Role::OrganisationUser, Role::Applicant]),
    ("desk-my-tokens", "/me/tokens", &[Role::OrganisationUser]),
    ("desk-my-password", "/password/change", app::access::EVERYONE),
];

/// The street, and who sees all streets.
const FILING_READERS: &[Role] = &[
    Role::StreetOfficer,
    Role::ApprovalOfficer,
    Role::ApprovalDirector,
    Role::OrganisationBureau,
    Role::Supervisor,
];

const OFFICIALS: &[Role] =
    &[Role::OfficeStaff, Role::OfficeDirector, Role::PurchaseLead, Role::Supervisor, Role::Finance];

/// Who keeps or reads the budget book.
const BOOKS: &[Role] = &[Role::Finance, Role::PurchaseLead, Role::Supervisor];

/// Whoever watches the yearly inspections.
const INSPECTION_DESK: &[Role] =
    &[Role::ApprovalOfficer, Role::ApprovalDirector, Role::OrganisationBureau, Role::Supervisor];
/// Whose work the inbox holds.
const INBOX: &[Role] = &[
    Role::OfficeStaff,
    Role::OfficeDirector,
    Role::PurchaseLead,
    Role::Supervisor,
    Role::Finance,
    Role::ApprovalOfficer,
    Role::ApprovalDirector,
    Role::StreetOfficer,
    Role::OrganisationBureau,
];

/// Finance consents to budgets; it has no desk of tenders.
const TENDER_DESK: &[Role] = &[Role::OfficeStaff, Role::OfficeDirector, Role::PurchaseLead, Role::Supervisor];

impl Shell {
    /// The main menu.
    pub fn nav(&self) -> Vec<NavLink> {
        NAV.iter().map(|(key, path)| self.link(key, path)).collect()
    }

    /// The menu of the reader's desk.
    pub fn desk_nav(&self) -> Vec<NavLink> {
        let seen = DESK_NAV.iter().filter(|(_, _, roles)| roles.contains(&self.role));
        seen.map(|(key, path, _)| self.link(key, path)).collect()
    }

    fn link(&self, key: &str, path: &str) -> NavLink {
        let below = matches!(path, "/" | "/desk" | "/me" | "/expert");
        let current = self.path == path || (!below && self.path.starts_with(&format!("{path}/")));
        NavLink { href: self.url(path), label: self.t(key), current }
    }
}
