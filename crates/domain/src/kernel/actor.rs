//! Who acts: a person in one post at a time, with the scope of that post (RULES E11).

use super::{OfficeId, OrganisationId, PersonId};
use crate::coded;

coded! {
    /// What a post lets its holder do.
    pub enum Role as "role" {
        /// Anyone, not signed in.
        Public = "public",
        /// Acts for one organisation: asks, bids, presents, signs.
        OrganisationUser = "organisation_user",
        /// Prepares a registration: an initiator who has no organisation yet (B9).
        Applicant = "applicant",
        /// The approval office's window and review: takes in, asks for corrections, gives an opinion (S10, S11).
        ApprovalOfficer = "approval_officer",
        /// The approval office's decision: approves or denies what two others reviewed (S10).
        ApprovalDirector = "approval_director",
        /// The social organisation bureau: sets policy and targets, and cannot touch a case (S12).
        OrganisationBureau = "organisation_bureau",
        /// Files community organisations of one street or town (B20).
        StreetOfficer = "street_officer",
        /// Writes requirements and proposes catalogue items for one office.
        OfficeStaff = "office_staff",
        /// Answers for one office: decides awards, signs contracts.
        OfficeDirector = "office_director",
        /// Leads the bureau's purchase (社管局): reviews, publishes, opens.
        PurchaseLead = "purchase_lead",
        /// Scores bids alone.
        Expert = "expert",
        /// Discipline: reads everything; writes attendance, tickets and what it finds, never the business itself.
        Supervisor = "supervisor",
        /// Consents to what touches the budget.
        Finance = "finance",
        /// Manages people, offices and posts; sees no business secret.
        Administrator = "administrator",
        /// The clock itself: acts on deadlines and lays the first stone of a city.
        System = "system",
    }
}

/// Where a post's powers end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The whole city.
    City,
    /// One office of the bureau.
    Office(OfficeId),
    /// One organisation.
    Organisation(OrganisationId),
    /// One street or town.
    Street(Street),
}

/// A street or town by its nine-digit division code (B44).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Street(pub i64);

impl Street {
    /// Reads nine digits; `None` for anything else. Whether the division table holds it is asked elsewhere.
    pub fn parse(code: &str) -> Option<Self> {
        let is_code = code.len() == 9 && code.bytes().all(|byte| byte.is_ascii_digit());
        is_code.then(|| code.parse().ok().map(Self)).flatten()
    }
}

impl std::fmt::Display for Street {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:09}", self.0)
    }
}

/// A role within a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Post {
    /// What the holder may do.
    pub role: Role,
    /// Where.
    pub scope: Scope,
}

/// Who asks for something to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The person; `None` for the public and for the system itself.
    pub person: Option<PersonId>,
    /// The post in which the person acts now.
    pub post: Post,
    /// True when the person gave the password again within the last minutes.
    pub fresh: bool,
    /// True when the actor only wants to hear what would be said: whatever is asked, nothing is kept.
    pub rehearses: bool,
}

impl Actor {
    /// A visitor who has not signed in.
    pub const VISITOR: Actor = Actor {
        person: None,
        post: Post { role: Role::Public, scope: Scope::City },
        fresh: false,
        rehearses: false,
    };

    /// A signed-in person in one post.
    pub fn new(person: PersonId, role: Role, scope: Scope) -> Self {
        Self { person: Some(person), post: Post { role, scope }, fresh: false, rehearses: false }
    }

    /// The clock itself, acting on a deadline.
    pub const SYSTEM: Actor = Actor {
        person: None,
        post: Post { role: Role::System, scope: Scope::City },
        fresh: true,
        rehearses: false,
    };

    /// The same actor, having just given the password.
    #[must_use]
    pub fn with_fresh_password(self) -> Self {
        Self { fresh: true, ..self }
    }

    /// The organisation this actor acts for, if any.
    pub fn organisation(&self) -> Option<OrganisationId> {
        match self.post.scope {
            Scope::Organisation(id) => Some(id),
            Scope::City | Scope::Office(_) | Scope::Street(_) => None,
        }
    }

    /// The street this actor acts for, if any.
    pub fn street(&self) -> Option<Street> {
        match self.post.scope {
            Scope::Street(street) => Some(street),
            Scope::City | Scope::Office(_) | Scope::Organisation(_) => None,
        }
    }

    /// The office this actor acts for, if any.
    pub fn office(&self) -> Option<OfficeId> {
        match self.post.scope {
            Scope::Office(id) => Some(id),
            Scope::City | Scope::Organisation(_) | Scope::Street(_) => None,
        }
    }
}
