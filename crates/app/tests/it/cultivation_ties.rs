//! What asks whether an organisation is enrolled: a tie where the notice says so, as of the bid deadline (T4, S36),
//! and a registration that grows out of an enrolled filing (S34).

use app::db::Row;
use app::journal::TENDER;
use app::registry::enrolled::enrolled_at;
use app::registry::filing::FileOrganisation;
use app::registry::profile;
use app::registry::registration::{IssueCertificate, StartCase, StartFromFiling, checks};
use app::tendering::attendance::Occasion;
use app::tendering::opening::OpenBids;
use app::tendering::ranking::RankBids;
use app::tendering::result;
use app::{Act, City, Cx, Error, args, journal};
use domain::kernel::{Actor, CaseId, Level, OrganisationId, Role, Scope, TenderId};
use domain::registry::OrganisationKind;
use domain::registry::PaperKind::{CapitalVerification, MemberList};
use domain::registry::enrolled::ProgrammeType;
use domain::tendering::ranking::DecidedBy;

use crate::credit_cast::person;
use crate::cultivation_ground::{Bureau, NO_KEY, leave, move_to};
use crate::filing::{form, officer};
use crate::registration_ground::{Window, association, window};
use crate::review::{hold_sessions, qualify, score, seat, vote};
use crate::room::{NUMBER, PLAN, Room, deadline, moment};
use crate::support::{on_both, system};

/// The notice publishes another way to settle ties.
struct SettleTies(TenderId, &'static str);

impl Act for SettleTies {
    type Outcome = ();
    const NAME: &'static str = "test.settle_ties";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let row: Row = cx.tx.one("SELECT version FROM tender WHERE id = $1", args![self.0]).await?;
        cx.update(&TENDER, self.0.0, row.get("version")?, &[("tie_rule", self.1.into())]).await
    }
}

/// Three equal bids; the second bidder left the programme before the deadline, the third leaves it after.
async fn ranked(city: &City, rule: &'static str) -> (Room, Vec<(OrganisationId, DecidedBy)>) {
    let room = Room::new(city, PLAN).await;
    city.act(&system(), &NO_KEY, &SettleTies(room.tender, rule)).await.expect("published");
    let bureau = Bureau::set(city).await;
    let mut enrolled = Vec::new();
    for bidder in &room.bidders[1..] {
        enrolled.push(bureau.publish(city, &bidder.user, ProgrammeType::Children).await);
    }
    move_to(city, "2014-01-14");
    for enrolment in &enrolled {
        bureau.confirm(city, *enrolment).await.expect("enrolled");
    }
    for number in 0..3 {
        room.bid(city, number, 100_000).await;
    }
    move_to(city, "2014-02-20");
    leave(city, &room.bidders[1].user, enrolled[0]).await.expect("left before the deadline");
    assert!(city.clock.move_to(deadline()));
    room.attend(city, &room.witness, Occasion::Opening).await;
    city.act(&room.lead, &NO_KEY, &OpenBids { tender: room.tender }).await.expect("opened");
    qualify(city, &room).await;
    seat(city, &room).await;
    hold_sessions(city, &room).await;
    vote(city, &room).await;
    score(city, &room).await;
    assert!(city.clock.move_to(moment("2014-02-21", 17)));
    leave(city, &room.bidders[2].user, enrolled[1]).await.expect("left after the deadline");
    city.act(&room.lead, &NO_KEY, &RankBids { tender: room.tender }).await.expect("ranked");
    let outcome = result::desk(city, &room.lead, NUMBER).await.expect("an outcome");
    let lines = outcome.ranking.iter().map(|line| (line.organisation_id, line.decided_by)).collect();
    assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    (room, lines)
}

#[tokio::test]
async fn a_published_tie_break_puts_whoever_was_enrolled_at_the_deadline_first() {
    on_both(async |city| {
        let (room, lines) = ranked(&city, "cultivated_first").await;
        assert_eq!(lines[0].0, room.bidders[2].organisation, "enrolled at the deadline, whatever came after");
        let others = [room.bidders[0].organisation, room.bidders[1].organisation];
        assert!(lines[1..].iter().all(|(organisation, _)| others.contains(organisation)));
        assert!(lines[1..].iter().any(|(_, by)| *by == DecidedBy::Lot), "the one that left has no priority");
        assert!(lines.iter().any(|(_, by)| *by == DecidedBy::TieRule), "{lines:?}");
    })
    .await;
}

#[tokio::test]
async fn without_that_rule_an_enrolment_changes_nothing() {
    on_both(async |city| {
        let (_, lines) = ranked(&city, "lot").await;
        assert!(lines.iter().all(|(_, by)| *by != DecidedBy::TieRule), "{lines:?}");
    })
    .await;
}

const NAME: &str = "南京市秦淮区邻里互助协会";

/// A case that says it is of the programme and grows out of a filing.
async fn growing(at: &Window, filing: &str) -> CaseId {
    let kind = OrganisationKind::SocialAssociation;
    let start = StartCase { kind, name: NAME.into(), applicant: String::new(), is_demo: true };
    let grow = StartFromFiling { filing: filing.into(), start };
    let case = at.does(&at.applicant, &grow).await.expect("begun");
    let answers = association(&[("name", NAME), ("basis", "programme")]);
    at.answer(&at.applicant, case, kind, &answers).await.expect("answered");
    at.attach(&at.applicant, case, &crate::registration_ground::PAPERS).await;
    at.attach(&at.applicant, case, &[CapitalVerification, MemberList]).await;
    case
}

/// What the officer reads of the enrolment.
async fn told(at: &Window, case: CaseId) -> Vec<(&'static str, Level)> {
    let checked = checks::of(&at.city, &at.held(case).await).await.expect("checked");
    let of_it = |code: &str| code.contains("enrol");
    checked.findings.iter().filter(|one| of_it(one.code)).map(|one| (one.code, one.level)).collect()
}

async fn filed(at: &Window, street: &Actor) -> (String, OrganisationId) {
    let form = form("邻里互助会（示例）");
    let number = at.does(street, &FileOrganisation { form }).await.expect("filed");
    let id = profile::organisation(&at.city, &number).await.expect("held").id;
    (number, id)
}

#[tokio::test]
async fn a_registration_shows_the_enrolment_of_the_filing_it_grows_out_of_and_takes_it_over() {
    on_both(async |city| {
        let at = window(city, "2014-03-03").await;
        let bureau = Bureau::set(&at.city).await;
        let street = officer(&at.city, "street", 320_104_002).await;
        let (number, id) = filed(&at, &street).await;
        let case = growing(&at, &number).await;
        assert_eq!(told(&at, case).await, [("registration.not-enrolled", Level::Warn)]);
        let own = person(&at.city, "filed", Role::OrganisationUser, Scope::Organisation(id)).await;
        let enrolment = bureau.publish(&at.city, &own, ProgrammeType::Mediation).await;
        move_to(&at.city, "2014-03-11");
        bureau.confirm(&at.city, enrolment).await.expect("enrolled");
        assert_eq!(told(&at, case).await, [("registration.enrolled", Level::Met)]);

        at.submit(case).await.expect("sent in");
        at.accept(case).await.expect("accepted");
        at.review(&at.first, case).await.expect("reviewed");
        at.review(&at.second, case).await.expect("reviewed");
        at.approve(&at.director, case).await.expect("approved");
        let version = at.version(case).await;
        at.does(&at.window, &IssueCertificate { case, version }).await.expect("issued");
        let grown = at.held(case).await.organisation_id.expect("registered");
        let now = at.city.clock.now();
        let held = enrolled_at(&at.city, grown, now).await.expect("read");
        assert_eq!(held.map(|one| one.kind), Some(ProgrammeType::Mediation), "it goes on");
        assert!(enrolled_at(&at.city, id, now).await.expect("read").is_none(), "and is one enrolment");
        assert_eq!(journal::verify(&at.city.db).await.expect("verified"), vec![]);
    })
    .await;
}
