//! One id type per thing, so that a bid's id never stands where a tender's belongs.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);
    )+
    /// Calls `$each!(Id, Id, …)` with every id type; the storage layer uses it to bind them.
    #[macro_export]
    macro_rules! for_each_id { ($each:ident) => { $each!($($name),+); } }
    };
}

ids! {
    /// A natural person who signs in.
    PersonId,
    /// An office (处室) of the bureau.
    OfficeId,
    /// A social organisation or another supplier in the registry.
    OrganisationId,
    /// An item of the purchase catalogue.
    ItemId,
    /// A batch of catalogue items.
    BatchId,
    /// A version of the purchase measures.
    MeasuresId,
    /// One purchase from requirement to award.
    TenderId,
    /// A bid, draft or submitted.
    BidId,
    /// An evaluation expert in the pool.
    ExpertId,
    /// A seat on a review committee.
    SeatId,
    /// A live session of competitive bidding or review.
    SessionId,
    /// A contract.
    ContractId,
    /// A case at the one window.
    CaseId,
    /// A paper that an applicant or an organisation gave.
    PaperId,
    /// A document that an authority issued.
    DocumentId,
    /// An application for a rating and all that follows.
    RatingId,
    /// A fund of public money.
    FundId,
    /// A place where money lies.
    AccountId,
    /// A provider's request to be paid.
    PaymentRequestId,
    /// A payment handed to the bank.
    PaymentId,
    /// Payments handed to the bank together.
    PaymentBatchId,
    /// The acceptance of one milestone.
    AcceptanceId,
    /// A line of a contract's project ledger.
    ServiceRecordId,
    /// An enrolment in the cultivation programme.
    EnrolmentId,
}
