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
        /// Writes requirements and proposes catalogue items for one office.
        OfficeStaff = "office_staff",
        /// Answers for one office: decides awards, signs contracts.
        OfficeDirector = "office_director",
        /// Leads the bureau's purchase (社管局): reviews, publishes, opens.
        PurchaseLead = "purchase_lead",
        /// Scores bids alone.
        Expert = "expert",
        /// Discipline: reads everything, writes nothing but attendance.
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
            Scope::City | Scope::Office(_) => None,
        }
    }

    /// The office this actor acts for, if any.
    pub fn office(&self) -> Option<OfficeId> {
        match self.post.scope {
            Scope::Office(id) => Some(id),
            Scope::City | Scope::Organisation(_) => None,
        }
    }
}
