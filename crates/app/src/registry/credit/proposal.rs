//! Proposing a listing, with the evidence, and telling the organisation beforehand (B35, B37).
//!
//! The entry is due five working days after the ground arose; the days that the organisation has for its
//! answer do not count (E17).

use domain::kernel::{Date, Finding, OrganisationId, PaperId, Refusal, Role, RuleKey, Subject, SubjectKind};
use domain::registry::credit::clock::serious_on;
use domain::registry::credit::letter::unreachable_since;
use domain::registry::credit::{CreditList, ListingFact, ListingGround, ListingStage};
use domain::registry::{DocumentKind, OrganisationKind};

use super::super::standing::{PLACES, PlaceRow};
use super::held::{lock_case, named};
use super::letter::letters;
use super::{OFFICERS, TEXT_MAX, required, writer};
use crate::db::Val;
use crate::deadlines::{self, SuspensionGround};
use crate::documents::{self, Draft};
use crate::journal::{CREDIT_LISTING, LISTING_CASE};
use crate::papers::{self, Owner};
use crate::{Act, Cx, Error, args};

/// Proposes a listing by hand. The outcome is the case's number.
#[derive(Clone, Debug)]
pub struct ProposeListing {
    /// Whose.
    pub organisation: OrganisationId,
    /// Why.
    pub ground: ListingGround,
    /// The day on which the ground arose; what the clock or letters show is taken from there instead.
    pub arose_on: Date,
    /// What shows it.
    pub evidence: String,
    /// A paper that shows it, given by the officer.
    pub paper: Option<PaperId>,
}

impl Act for ProposeListing {
    type Outcome = i64;
    const NAME: &'static str = "registry.propose_listing";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let mut faults = Vec::new();
        let evidence = required(&mut faults, "B35", "evidence", &self.evidence, TEXT_MAX);
        if self.arose_on > cx.now.date() {
            faults.push(Refusal::new("credit.day-ahead", "B35").at("arose_on"));
        }
        let judged = self.judged(cx).await;
        if !faults.is_empty() {
            Error::all([judged.clone().map(|_| ()), Err(Error::Invalid(faults))])?;
        }
        let (list, arose_on) = judged?;
        let proposal = Proposal {
            organisation: self.organisation,
            list,
            ground: self.ground,
            arose_on,
            evidence,
            penalty: None,
            inspection: None,
        };
        let made = propose(cx, &proposal).await?;
        if let (Some(paper), Some(person)) = (self.paper, cx.actor.person) {
            papers::use_for(cx, paper, made.subject, Owner::Person(person)).await?;
        }
        Ok(made.number)
    }
}

impl ProposeListing {
    /// The list, and the day on which the ground arose, where something on file shows it.
    async fn judged(&self, cx: &mut Cx<'_>) -> Result<(CreditList, Date), Error> {
        let refused = |code| Refusal::new(code, "B35").at("ground");
        let Some(list) = self.ground.list() else { return Err(refused("credit.ground-by-hand").into()) };
        if self.ground.follows_from_penalty() {
            return Err(refused("credit.ground-of-penalty").into());
        }
        let rules = cx.app.book.on(cx.now.date());
        let arose_on = match self.ground {
            ListingGround::Unreachable => unreachable_since(&letters(cx, self.organisation).await?, rules)?,
            ListingGround::AbnormalTwoYears => {
                let due = serious_on(&places(cx, self.organisation).await?, cx.now, rules);
                let is_due = due.filter(|due| *due <= cx.now.date());
                is_due.ok_or_else(|| Refusal::new("credit.not-two-years", "B37").at("ground"))?
            }
            _ => self.arose_on,
        };
        Ok((list, arose_on))
    }
}

/// What a proposal says, by hand or by the clock.
pub(super) struct Proposal {
    pub organisation: OrganisationId,
    pub list: CreditList,
    pub ground: ListingGround,
    pub arose_on: Date,
    pub evidence: String,
    pub penalty: Option<i64>,
    pub inspection: Option<i64>,
}

/// A proposal on file.
pub(super) struct Proposed {
    pub number: i64,
    pub subject: Subject,
}

/// The places of an organisation, inside a transaction.
pub(super) async fn places(cx: &mut Cx<'_>, id: OrganisationId) -> Result<Vec<ListingFact>, Error> {
    let rows: Vec<PlaceRow> = cx.tx.all(PLACES, args![id]).await?;
    Ok(rows.iter().map(PlaceRow::fact).collect())
}

/// Puts a proposal on file and starts its clock.
pub(super) async fn propose(cx: &mut Cx<'_>, proposal: &Proposal) -> Result<Proposed, Error> {
    check_subject(cx, proposal).await?;
    let today = cx.now.date();
    let listing = waiting_place(cx, proposal).await?;
    let listing = match listing {
        Some(id) => id,
        None => new_place(cx, proposal).await?,
    };
    let first = i64::from(today.year()) * 10_000;
    let sql = "SELECT COALESCE(max(number), $1) FROM listing_case WHERE number > $1";
    let number = cx.tx.number(sql, args![first]).await? + 1;
    let id = cx.id();
    let values = [
        ("number", number.into()),
        ("listing_id", listing.into()),
        ("organisation_id", proposal.organisation.into()),
        ("list", Val::code(proposal.list)),
        ("ground", Val::code(proposal.ground)),
        ("arose_on", proposal.arose_on.into()),
        ("evidence", proposal.evidence.as_str().into()),
        ("penalty_id", proposal.penalty.into()),
        ("inspection_id", proposal.inspection.into()),
        ("rules_on", today.into()),
        ("stage", Val::code(ListingStage::Proposed)),
        ("proposed_by", writer(cx.actor).into()),
        ("proposed_at", cx.now.into()),
        ("statement", "".into()),
        ("hearing_note", "".into()),
        ("reason", "".into()),
    ];
    cx.insert(&LISTING_CASE, id, &values).await?;
    let subject = Subject::new(SubjectKind::Listing, listing);
    deadlines::start(cx, subject, RuleKey::ListingEntryWorkingDays, proposal.arose_on, today).await?;
    Ok(Proposed { number, subject })
}

/// Only social organisations are listed, and not twice on one ground.
async fn check_subject(cx: &mut Cx<'_>, proposal: &Proposal) -> Result<(), Error> {
    let sql = "SELECT kind FROM organisation WHERE id = $1";
    let row: crate::db::Row = cx.tx.one(sql, args![proposal.organisation]).await?;
    let kind: OrganisationKind = row.code("kind")?;
    if !kind.is_social_organisation() {
        return Err(Refusal::new("credit.not-social", "B35").at("ground").with_code("kind", kind).into());
    }
    let sql = "SELECT count(*) FROM listing_case WHERE organisation_id = $1 AND ground = $2
               AND stage IN ('proposed', 'noticed', 'stated')";
    let ground = domain::kernel::Coded::code(proposal.ground);
    let under_way = cx.tx.number(sql, args![proposal.organisation, ground]).await?;
    let sql = "SELECT count(*) FROM credit_listing WHERE organisation_id = $1 AND ground = $2
               AND listed_on IS NOT NULL AND removed_on IS NULL AND arose_on = $3";
    let same = cx.tx.number(sql, args![proposal.organisation, ground, proposal.arose_on]).await?;
    if under_way + same > 0 {
        let refusal = Refusal::new("credit.already-proposed", "B35").at("ground");
        return Err(refusal.with_code("ground", proposal.ground).into());
    }
    Ok(())
}

/// A place that another act put on file as arisen and that no case has taken up.
async fn waiting_place(cx: &mut Cx<'_>, proposal: &Proposal) -> Result<Option<i64>, Error> {
    let sql = "SELECT l.id FROM credit_listing l LEFT JOIN listing_case c ON c.listing_id = l.id
               WHERE l.organisation_id = $1 AND l.list = $2 AND l.ground = $3 AND l.arose_on = $4
                 AND l.listed_on IS NULL AND c.id IS NULL ORDER BY l.id";
    let (list, ground) =
        (domain::kernel::Coded::code(proposal.list), domain::kernel::Coded::code(proposal.ground));
    let found: Option<(i64,)> =
        cx.tx.maybe(sql, args![proposal.organisation, list, ground, proposal.arose_on]).await?;
    Ok(found.map(|(id,)| id))
}

async fn new_place(cx: &mut Cx<'_>, proposal: &Proposal) -> Result<i64, Error> {
    let id = cx.id();
    let values = [
        ("organisation_id", proposal.organisation.into()),
        ("list", Val::code(proposal.list)),
        ("ground", Val::code(proposal.ground)),
        ("arose_on", proposal.arose_on.into()),
    ];
    cx.insert(&CREDIT_LISTING, id, &values).await?;
    Ok(id)
}

/// Tells the organisation before it is listed, with the last day for its answer (B37).
#[derive(Clone, Debug)]
pub struct SendNotice {
    /// The case's number.
    pub number: i64,
}

impl Act for SendNotice {
    type Outcome = ();
    const NAME: &'static str = "registry.send_listing_notice";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = lock_case(cx, self.number).await?;
        case.facts().may_be_noticed()?;
        let today = cx.now.date();
        let rules = cx.app.book.on(case.rules_on);
        let answer = rules.deadline(&cx.app.calendar, RuleKey::ListingHearingWorkingDays, today)?;
        let (name, _) = named(cx, case.organisation_id).await?;
        let draft = Draft {
            kind: DocumentKind::ListingNotice,
            subject: case.subject(),
            organisation: Some(case.organisation_id),
            person: None,
            addressee: name,
            facts: vec![
                ("list", code_fact(case.list)),
                ("arose", case.arose_on.into()),
                ("answer", answer.due.into()),
                ("days", i64::from(answer.count).into()),
                ("evidence", case.evidence.as_str().into()),
            ],
            items: vec![ground_item(case.list, case.ground)],
            is_public: false,
        };
        documents::issue(cx, &draft).await?;
        deadlines::suspend_through(cx, case.subject(), SuspensionGround::Hearing, answer.due).await?;
        let values = [
            ("stage", Val::code(ListingStage::Noticed)),
            ("noticed_by", writer(cx.actor).into()),
            ("noticed_at", cx.now.into()),
            ("answer_by", answer.due.into()),
        ];
        cx.update(&LISTING_CASE, case.id, case.version, &values).await
    }
}

/// A member of a closed list as a fact of a document.
pub(super) fn code_fact<C: domain::kernel::Coded>(member: C) -> domain::kernel::Fact {
    domain::kernel::Fact::Code(C::LIST, member.code())
}

/// The ground as a point of a document, with its rule.
pub(super) fn ground_item(list: CreditList, ground: ListingGround) -> Finding {
    Finding::barred("credit.listing-ground", list.rule()).with_code("ground", ground)
}
