//! The case's states: who may take it from where to where (B9, S10-S12).
//!
//! One correction, with every defect told at once; when the office stays silent the application counts as
//! accepted from the day of its receipt. Two officers review, a third person decides.

use crate::coded;
use crate::kernel::{PersonId, Refusal, Role, RuleKey, Rules};

coded! {
    /// Where a case stands.
    pub enum CaseState as "case_state" {
        /// Being filled in.
        Draft = "draft",
        /// Sent in; the window has it.
        Submitted = "submitted",
        /// Told once what is wrong.
        CorrectionRequested = "correction_requested",
        /// Taken up.
        Accepted = "accepted",
        /// At least one officer has given an opinion.
        UnderReview = "under_review",
        /// Registration is allowed.
        Approved = "approved",
        /// Denied on a listed ground.
        Denied = "denied",
        /// The organisation exists.
        CertificateIssued = "certificate_issued",
        /// The public was told.
        Announced = "announced",
        /// No matter for this window.
        NotAccepted = "not_accepted",
        /// Taken back by the applicant.
        Withdrawn = "withdrawn",
    }
}

coded! {
    /// What is done with a case.
    pub enum CaseAct as "case_act" {
        /// Start.
        Start = "start",
        /// Send in.
        Submit = "submit",
        /// Tell every defect, once.
        RequestCorrection = "request_correction",
        /// Send in again.
        Resubmit = "resubmit",
        /// Take up.
        Accept = "accept",
        /// Counted as taken up because the office stayed silent.
        Deem = "deem",
        /// Refuse to take up.
        RefuseAcceptance = "refuse_acceptance",
        /// Ask another department.
        Consult = "consult",
        /// Record that department's answer.
        RecordReply = "record_reply",
        /// Extend the time that several departments have together.
        ExtendJoint = "extend_joint",
        /// Compare the charter with the law's list.
        CheckCharter = "check_charter",
        /// Write down what two officers found at the premises.
        RecordVisit = "record_visit",
        /// Sign that record as the other of the two, or say why not.
        SignVisit = "sign_visit",
        /// Give an opinion.
        Review = "review",
        /// Give the reasons for conditions that have none.
        Explain = "explain",
        /// Record whether it is necessary beside those there are.
        WeighNecessity = "weigh_necessity",
        /// Allow.
        Approve = "approve",
        /// Deny.
        Deny = "deny",
        /// Issue the certificate.
        Certify = "certify",
        /// Tell the public.
        Announce = "announce",
        /// Take back.
        Withdraw = "withdraw",
        /// Give the next step to one person of the office.
        Assign = "assign",
    }
}

impl CaseState {
    /// Whether nothing more can be done.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Denied | Self::Announced | Self::NotAccepted | Self::Withdrawn)
    }

    /// Whether the applicant may change the application.
    pub fn is_editable(self) -> bool {
        matches!(self, Self::Draft | Self::CorrectionRequested)
    }
}

impl CaseAct {
    /// Who does it. The bureau that sets policy does nothing of it (S12).
    pub fn doers(self) -> &'static [Role] {
        match self {
            Self::Start | Self::Submit | Self::Resubmit | Self::Withdraw => {
                &[Role::Applicant, Role::ApprovalOfficer]
            }
            Self::Deem => &[Role::System],
            Self::Approve | Self::Deny | Self::ExtendJoint => &[Role::ApprovalDirector],
            Self::Certify | Self::Announce | Self::Assign => &[Role::ApprovalOfficer, Role::ApprovalDirector],
            _ => &[Role::ApprovalOfficer],
        }
    }

    /// Where a case goes from `state`.
    ///
    /// # Errors
    /// `registration.not-now` when it cannot be done there; `registration.corrected-before` twice (B9).
    pub fn from(self, state: CaseState, was_corrected: bool) -> Result<CaseState, Refusal> {
        use CaseState as S;
        let next = match (self, state) {
            (Self::RequestCorrection, S::Submitted) if was_corrected => {
                return Err(Refusal::new("registration.corrected-before", "B9"));
            }
            (Self::Submit, S::Draft) | (Self::Resubmit, S::CorrectionRequested) => S::Submitted,
            (Self::RequestCorrection, S::Submitted) => S::CorrectionRequested,
            (Self::Accept | Self::Deem, S::Submitted) => S::Accepted,
            (Self::RefuseAcceptance, S::Submitted) => S::NotAccepted,
            (
                Self::Consult
                | Self::RecordReply
                | Self::ExtendJoint
                | Self::RecordVisit
                | Self::SignVisit
                | Self::Explain
                | Self::WeighNecessity,
                S::Accepted | S::UnderReview,
            ) => state,
            (Self::CheckCharter, S::Submitted | S::Accepted | S::UnderReview) => state,
            (Self::Assign, held) if held != S::Draft && !held.is_final() => state,
            (Self::Review, S::Accepted | S::UnderReview) => S::UnderReview,
            (Self::Approve, S::UnderReview) => S::Approved,
            (Self::Deny, S::UnderReview) => S::Denied,
            (Self::Certify, S::Approved) => S::CertificateIssued,
            (Self::Announce, S::CertificateIssued) => S::Announced,
            (
                Self::Withdraw,
                S::Draft | S::Submitted | S::CorrectionRequested | S::Accepted | S::UnderReview,
            ) => S::Withdrawn,
            _ => {
                let refusal = Refusal::new("registration.not-now", "B9");
                return Err(refusal.with_code("state", state).with_code("act", self));
            }
        };
        Ok(next)
    }
}

/// What a case that is taken up still lacks before somebody can decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lacking {
    /// Visits to the premises.
    pub visits: i64,
    /// The other officer's signature under the record of one.
    pub signature: bool,
    /// The charter compared with the law's list (B11).
    pub charter: bool,
    /// Opinions.
    pub reviews: i64,
}

/// What is done next with a case by the office; none while the applicant has it, and when it is over.
pub fn next_act(state: CaseState, lacking: Lacking) -> Option<CaseAct> {
    use CaseState::{Accepted, UnderReview};
    match state {
        CaseState::Submitted => Some(CaseAct::Accept),
        Accepted | UnderReview if lacking.signature => Some(CaseAct::SignVisit),
        Accepted | UnderReview if lacking.visits > 0 => Some(CaseAct::RecordVisit),
        Accepted | UnderReview if lacking.charter => Some(CaseAct::CheckCharter),
        Accepted | UnderReview if lacking.reviews > 0 => Some(CaseAct::Review),
        CaseState::UnderReview => Some(CaseAct::Approve),
        CaseState::Approved => Some(CaseAct::Certify),
        CaseState::CertificateIssued => Some(CaseAct::Announce),
        _ => None,
    }
}

/// Who has had a hand in a case.
#[derive(Clone, Copy, Debug)]
pub struct Hands<'a> {
    /// Whose case it is.
    pub applicant: PersonId,
    /// Who keyed it in at the window for the applicant.
    pub assisted_by: Option<PersonId>,
    /// Who has given an opinion.
    pub reviewers: &'a [PersonId],
    /// Who has recorded or signed a visit.
    pub visitors: &'a [PersonId],
}

impl Hands<'_> {
    /// Whether `person` may act on the case as an official: nobody does on an own one (B9).
    ///
    /// # Errors
    /// `registration.own-case`.
    pub fn may_handle(&self, person: PersonId) -> Result<(), Refusal> {
        if person == self.applicant {
            return Err(Refusal::new("registration.own-case", "B9"));
        }
        Ok(())
    }

    /// Whether `person` may give an opinion: not on what they keyed in, and once only (B9).
    ///
    /// # Errors
    /// `registration.own-case`, `registration.assisted-case` or `registration.reviewed-before`.
    pub fn may_review(&self, person: PersonId) -> Result<(), Refusal> {
        self.may_visit(person)?;
        if self.reviewers.contains(&person) {
            return Err(Refusal::new("registration.reviewed-before", "B9"));
        }
        Ok(())
    }

    /// Whether `person` may visit the premises: not for an own application, nor for one that they keyed in (B9).
    ///
    /// # Errors
    /// `registration.own-case` or `registration.assisted-case`.
    pub fn may_visit(&self, person: PersonId) -> Result<(), Refusal> {
        self.may_handle(person)?;
        if self.assisted_by == Some(person) {
            return Err(Refusal::new("registration.assisted-case", "B9"));
        }
        Ok(())
    }

    /// Whether `person` may decide: enough others have reviewed, and it is a third person (B9).
    ///
    /// # Errors
    /// `registration.too-few-reviews`, or that this person had a hand in it.
    pub fn may_decide(&self, person: PersonId, rules: Rules<'_>) -> Result<(), Refusal> {
        self.may_visit(person)?;
        if self.reviewers.contains(&person) {
            return Err(Refusal::new("registration.decides-own-review", "B9"));
        }
        if self.visitors.contains(&person) {
            return Err(Refusal::new("registration.decides-own-visit", "B9"));
        }
        let needed = rules.count(RuleKey::ReviewOfficersMin);
        if self.reviewers.len() < needed {
            let refusal = Refusal::new("registration.too-few-reviews", "B9");
            return Err(refusal.with("held", self.reviewers.len()).with("needed", needed));
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;
