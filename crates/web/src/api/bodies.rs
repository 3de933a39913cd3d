//! What the API says: plain rows with public keys, amounts in fen, moments in RFC 3339.

use app::open_data::{catalogue, contracts, feed, organisations, results, tenders};
use app::tendering::open_tender::consortium_rule;
use domain::kernel::{Coded, Moment};
use serde::Serialize;
use utoipa::ToSchema;

macro_rules! bodies {
    ($($(#[$doc:meta])* $name:ident from $row:path { $($(#[$fdoc:meta])* $field:ident : $kind:ty = |$held:ident| $value:expr),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Serialize, ToSchema)]
        pub struct $name { $($(#[$fdoc])* pub $field: $kind),+ }
        impl From<$row> for $name {
            fn from(row: $row) -> Self {
                Self { $($field: { let $held = &row; $value }),+ }
            }
        }
    )+};
}

pub(super) use bodies;

pub(super) fn text(at: Option<Moment>) -> Option<String> {
    at.map(Moment::rfc3339)
}

bodies! {
    /// An organisation of the registry.
    Organisation from organisations::Organisation {
        /// Unified social credit code, 18 characters.
        #[schema(example = "51320100MJ5858585X")]
        uscc: String = |row| row.uscc.clone(),
        /// Its name.
        name: String = |row| row.name.clone(),
        /// social_association, social_service_institution, foundation, enterprise or public_institution.
        #[schema(example = "social_service_institution")]
        kind: String = |row| row.kind.clone(),
        /// registered or filed; only a registered one may contract.
        #[schema(example = "registered")]
        legal: String = |row| row.legal.clone(),
        /// active, suspended, cancelled or revoked.
        #[schema(example = "active")]
        status: String = |row| row.status.clone(),
        /// Whether the bureau is its supervisory unit.
        is_supervised: bool = |row| row.is_supervised,
        /// Division code of GB/T 2260, down to the street.
        #[schema(example = "320102")]
        division: String = |row| row.division.clone(),
        /// Business fields.
        fields: String = |row| row.fields.clone(),
        /// When it was registered or filed.
        #[schema(example = "2010-05-01")]
        registered_on: String = |row| row.registered_on.to_string(),
        /// Result of the last annual inspection.
        #[schema(example = "pass")]
        inspection: String = |row| row.inspection.clone(),
        /// none, abnormal or serious.
        #[schema(example = "none")]
        listing: String = |row| row.listing.clone(),
        /// Its aim, as it is registered; null when none is.
        #[schema(example = "为居家老人提供照料")]
        aim: Option<String> = |row| row.aim.clone(),
        /// Area of activity of an association, within its registrar's; null for any other organisation.
        #[schema(example = "南京市秦淮区")]
        area: Option<String> = |row| row.area(),
        /// Number of its certificate to raise funds from the public; null when it holds none.
        #[schema(example = "宁民募〔2026〕0001号")]
        fundraising_certificate: Option<String> = |row| row.fundraising_certificate.clone(),
        /// Since when it is a charity; null when it is none.
        charity_since: Option<String> = |row| row.charity_since.map(|day| day.to_string()),
    }
    /// A published catalogue; its figures are the sums of its rows.
    Catalogue from catalogue::Catalogue {
        /// The year.
        #[schema(example = 2014)]
        year: i64 = |row| row.year,
        /// When it was published.
        published_at: String = |row| row.published_at.rfc3339(),
        /// How many items.
        #[schema(example = 52)]
        item_count: i64 = |row| row.item_count,
        /// Of how many offices.
        #[schema(example = 14)]
        office_count: i64 = |row| row.office_count,
        /// Ceilings together, in fen.
        total_fen: i64 = |row| row.total_fen.0,
    }
    /// An item of the catalogue.
    Item from catalogue::Item {
        /// Its code.
        code: String = |row| row.code.clone(),
        /// The catalogue's year.
        #[schema(example = 2014)]
        year: i64 = |row| row.year,
        /// What is bought.
        name: String = |row| row.name.clone(),
        /// The office's code.
        office: String = |row| row.office.clone(),
        /// The office's name.
        office_name: String = |row| row.office_name.clone(),
        /// The function it belongs to.
        function_kind: String = |row| row.function_kind.clone(),
        /// Why it can be bought.
        reason: String = |row| row.reason.clone(),
        /// How much.
        quantity: String = |row| row.quantity.clone(),
        /// How good.
        standard: String = |row| row.standard.clone(),
        /// The most it may cost, in fen.
        #[schema(example = 10_000_000)]
        ceiling_fen: i64 = |row| row.ceiling_fen.0,
        /// Where the money comes from.
        fund_source: String = |row| row.fund_source.clone(),
        /// Where it is given.
        scope: String = |row| row.scope.clone(),
        /// To whom.
        recipients: String = |row| row.recipients.clone(),
        /// How it is judged.
        performance_standard: String = |row| row.performance_standard.clone(),
    }
    /// A published result.
    Outcome from results::Outcome {
        /// The tender's number.
        tender: String = |row| row.number.clone(),
        /// What is bought.
        title: String = |row| row.title.clone(),
        /// When the result was published.
        publicised_at: String = |row| row.publicised_at.rfc3339(),
        /// Until when it may be challenged.
        public_until: Option<String> = |row| text(row.public_until),
        /// The winner's credit code.
        winner: String = |row| row.winner.clone(),
        /// The winner's name.
        winner_name: String = |row| row.winner_name.clone(),
        /// The winner's price, in fen.
        #[schema(example = 9_500_000)]
        price_fen: i64 = |row| row.price_fen.0,
        /// decided, or notified once the award notice is out.
        #[schema(example = "notified")]
        award: String = |row| row.award.clone(),
    }
    /// A ranked bidder of a published result.
    Ranked from results::Ranked {
        /// The rank; 1 is first.
        #[schema(example = 1)]
        rank: i64 = |row| row.rank,
        /// Credit code.
        uscc: String = |row| row.uscc.clone(),
        /// Name.
        name: String = |row| row.name.clone(),
        /// The price that was bid, in fen.
        price_fen: i64 = |row| row.price_fen.0,
        /// Points for the price, in hundredths of a point.
        #[schema(example = 833)]
        price_score: i64 = |row| row.price_score,
        /// Points for quality, in hundredths of a point.
        quality_score: i64 = |row| row.quality_score,
        /// Points together, in hundredths of a point.
        total_score: i64 = |row| row.total_score,
    }
    /// A member of a consortium that was ranked; liable with the lead.
    Member from results::Member {
        /// The rank of the bid.
        #[schema(example = 1)]
        rank: i64 = |row| row.rank,
        /// Credit code.
        uscc: String = |row| row.uscc.clone(),
        /// Name.
        name: String = |row| row.name.clone(),
    }
    /// A public contract.
    Contract from contracts::Contract {
        /// Its number.
        #[schema(example = "NJGZ-HT-2014-001")]
        number: String = |row| row.number.clone(),
        /// The tender's number.
        tender: String = |row| row.tender.clone(),
        /// What is bought.
        title: String = |row| row.title.clone(),
        /// The office's code.
        office: String = |row| row.office.clone(),
        /// The office's name.
        office_name: String = |row| row.office_name.clone(),
        /// The provider's credit code.
        provider: String = |row| row.provider.clone(),
        /// The provider's name.
        provider_name: String = |row| row.provider_name.clone(),
        /// The price, in fen.
        #[schema(example = 9_500_000)]
        amount_fen: i64 = |row| row.amount_fen.0,
        /// First day.
        starts_on: String = |row| row.starts_on.to_string(),
        /// Last day.
        ends_on: String = |row| row.ends_on.to_string(),
        /// When it was published.
        published_at: String = |row| row.published_at.rfc3339(),
    }
    /// One piece of public news, in the order of commits.
    Change from feed::News {
        /// Its place in the feed; grows by one.
        #[schema(example = 17)]
        seq: i64 = |row| row.seq,
        /// When.
        at: String = |row| row.at.rfc3339(),
        /// What happened.
        #[schema(example = "contract_published")]
        kind: String = |row| row.kind.clone(),
        /// To what: a public number, code or year.
        #[schema(example = "NJGZ-HT-2014-001")]
        subject: String = |row| row.subject.clone(),
    }
}

/// A published tender. Nothing in it depends on whether anyone has bid.
#[derive(Serialize, ToSchema)]
pub struct Tender {
    /// Its number.
    pub number: String,
    /// What is bought.
    pub title: String,
    /// The item's code in the catalogue.
    pub item: String,
    /// Which attempt at the item it is.
    #[schema(example = 1)]
    pub attempt: i64,
    /// The office's code.
    pub office: String,
    /// The office's name.
    pub office_name: String,
    /// Where it stands at the moment of reading.
    #[schema(example = "bidding")]
    pub phase: String,
    /// How it is bought.
    #[schema(example = "open_competition")]
    pub procedure: String,
    /// The most it may cost, in fen.
    #[schema(example = 10_000_000)]
    pub ceiling_fen: i64,
    /// Months that the service runs.
    #[schema(example = 12)]
    pub term_months: i64,
    /// What is asked for.
    pub requirement: String,
    /// What is delivered.
    pub deliverables: String,
    /// Who may bid.
    pub qualification: String,
    /// Whether several may bid as one: admitted, excluded, or not_stated, which admits them.
    #[schema(example = "not_stated")]
    pub consortia: String,
    /// When the notice was published.
    pub published_at: Option<String>,
    /// End of the time for questions.
    pub questions_until: Option<String>,
    /// The bid deadline, which is the opening.
    pub deadline_at: Option<String>,
    /// When the result's public period ends.
    pub public_until: Option<String>,
    /// When it failed or was cancelled.
    pub ended_at: Option<String>,
    /// Why it ended; empty while it lives.
    pub ended_reason: String,
}

impl Tender {
    /// The tender as it is seen at `now`.
    pub fn at(row: tenders::Tender, now: Moment) -> Self {
        Self {
            phase: row.phase(now).code().to_owned(),
            number: row.number,
            title: row.title,
            item: row.item,
            attempt: row.attempt,
            office: row.office,
            office_name: row.office_name,
            procedure: row.procedure,
            ceiling_fen: row.ceiling_fen.0,
            term_months: row.term_months,
            requirement: row.requirement,
            deliverables: row.deliverables,
            qualification: row.qualification,
            consortia: consortium_rule(row.consortia.as_deref()).code().to_owned(),
            published_at: text(row.published_at),
            questions_until: text(row.questions_until),
            deadline_at: text(row.deadline_at),
            public_until: text(row.public_until),
            ended_at: text(row.ended_at),
            ended_reason: row.ended_reason,
        }
    }
}

/// A published result with everyone who was ranked.
#[derive(Serialize, ToSchema)]
pub struct ResultBody {
    /// The result.
    pub outcome: Outcome,
    /// Everyone ranked, in order.
    pub ranking: Vec<Ranked>,
    /// Members of consortia that were ranked, by the rank of their bid; a ranked bidder leads them.
    pub members: Vec<Member>,
}
