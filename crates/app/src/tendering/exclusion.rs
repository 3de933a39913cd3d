//! Why an expert of the pool takes no part in a draw; published beside the pseudonym (TRUST 2b, C38).

use domain::coded;
use domain::tendering::recusal::TieKind;

coded! {
    /// The rule that keeps a candidate out of a draw.
    pub enum Exclusion as "exclusion" {
        /// Suspended, too old, without title or with a bad record (C39).
        NotInPool = "not_in_pool",
        /// Works in the purchasing office (C18).
        OwnOffice = "own_office",
        /// Holds a post that may not sit (C36).
        BarredPost = "barred_post",
        /// Wrote or checked the requirement (T9).
        DesignedRequirement = "designed_requirement",
        /// Works or worked for a bidder (C38).
        Employed = "employed",
        /// A bidder's director, supervisor, holder or controller (C38).
        Governed = "governed",
        /// Kin of a bidder's head (C38).
        Kin = "kin",
        /// Founded or advised a bidder (T9).
        FoundedOrAdvised = "founded_or_advised",
        /// Another relation on record (C38).
        OtherTie = "other_tie",
        /// Has already been called to this panel.
        AlreadyCalled = "already_called",
    }
}

impl From<TieKind> for Exclusion {
    fn from(kind: TieKind) -> Self {
        match kind {
            TieKind::Employed => Self::Employed,
            TieKind::DirectorOrSupervisor | TieKind::HolderOrController => Self::Governed,
            TieKind::Spouse | TieKind::LinealKin | TieKind::CollateralKin | TieKind::Affinity => Self::Kin,
            TieKind::Founder | TieKind::Adviser => Self::FoundedOrAdvised,
            TieKind::DesignedRequirement => Self::DesignedRequirement,
            TieKind::Other => Self::OtherTie,
        }
    }
}
