//! Supervision: a finding is first seen, becomes a ticket, is answered by one and closed by another, and closes
//! by itself once it is set right; districts report amounts; the file of a purchase is complete and stays.

use app::db::Val;
use app::journal::{ACCEPTANCE, AWARD, BID, CONTRACT, TENDER};
use app::supervision::indicator::{self, ReportDistrict};
use app::supervision::read::{self, Filter, FindingLine};
use app::supervision::ticket::{AnswerTicket, EscalateTicket, JudgeTicket, OpenTicket};
use app::supervision::{archive, stock, watch};
use app::{Act, City, Cx, Error, RequestKey, inbox, journal};
use domain::kernel::{Actor, Coded, ContractId, Fen, Moment, Role, Scope};
use domain::supervision::{FindingKind, Indicator, Light, PartState, RecordPart, TicketState};

use crate::account::{add, due, signed};
use crate::planted;
use crate::support::on_both;
use crate::tendering_ground::codes;

const NO_KEY: RequestKey = RequestKey::None;

fn at(day: &str) -> Moment {
    Moment::beijing(day.parse().expect("a day"), 12, 0)
}

async fn open(city: &City, kind: FindingKind) -> Vec<FindingLine> {
    stock::take(city).await.expect("stock is taken");
    read::findings(city, &Filter { kind: Some(kind), ..Filter::default() }).await.expect("findings")
}

#[tokio::test]
async fn a_finding_becomes_a_ticket_that_another_closes() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        due(&city, &p, "2014-02-07").await;
        assert_eq!(open(&city, FindingKind::ContractLate).await.len(), 0);
        city.clock.move_to(at("2014-02-10"));
        let found = open(&city, FindingKind::ContractLate).await;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].arose_on.to_string(), "2014-02-08");
        assert_eq!(found[0].director.as_deref(), Some("director（示例）"));
        assert_eq!(stock::take(&city).await.expect("again"), (0, 0), "seen once is seen once");
        let discipline = add(&city, "discipline", Role::Supervisor, Scope::City).await;
        let ask = |demand: &str| OpenTicket { finding: found[0].id, demand: demand.into() };
        assert_eq!(city.act(&p.lead, &NO_KEY, &ask("x")).await, Err(Error::NotPermitted));
        assert_eq!(codes(city.act(&discipline, &NO_KEY, &ask(" ")).await), ["supervision.demand-missing"]);
        let number = city.act(&discipline, &NO_KEY, &ask("三日内签订")).await.expect("a ticket");
        assert_eq!(codes(city.act(&discipline, &NO_KEY, &ask("再发")).await), ["supervision.ticket-pending"]);
        let ticket = read::ticket(&city, &number, Some(p.office)).await.expect("the ticket");
        // Ten working days after Monday 10 February.
        assert_eq!((number.as_str(), ticket.due_on.to_string().as_str()), ("DC-2014-001", "2014-02-24"));
        let tasks = inbox::tasks(&city, &p.staff).await.expect("tasks");
        assert!(tasks.iter().any(|task| task.subject == number && task.is_own));

        let judge = |is_accepted, reason: &str| JudgeTicket {
            number: number.clone(),
            is_accepted,
            reason: reason.into(),
        };
        assert_eq!(
            codes(city.act(&discipline, &NO_KEY, &judge(true, "x")).await),
            ["supervision.ticket-wrong-state"]
        );
        let up = EscalateTicket { number: number.clone() };
        assert_eq!(codes(city.act(&discipline, &NO_KEY, &up).await), ["supervision.not-overdue"]);
        city.clock.move_to(at("2014-02-25"));
        city.act(&discipline, &NO_KEY, &up).await.expect("taken up");
        assert_eq!(codes(city.act(&discipline, &NO_KEY, &up).await), ["supervision.escalated-before"]);
        let tasks = inbox::tasks(&city, &p.lead).await.expect("tasks");
        assert!(tasks.iter().any(|task| task.subject == number && task.is_own), "the lead hears of it");

        let answer = |text: &str| AnswerTicket { number: number.clone(), answer: text.into() };
        assert_eq!(codes(city.act(&p.staff, &NO_KEY, &answer("")).await), ["supervision.answer-missing"]);
        city.act(&p.staff, &NO_KEY, &answer("供应商已约定签约时间")).await.expect("answered");
        assert_eq!(city.act(&p.staff, &NO_KEY, &judge(true, "x")).await, Err(Error::NotPermitted));
        city.act(&discipline, &NO_KEY, &judge(false, "未附时间")).await.expect("sent back");
        city.act(&p.director, &NO_KEY, &answer("2月26日签约")).await.expect("answered again");
        city.act(&discipline, &NO_KEY, &judge(true, "属实")).await.expect("closed");
        let ticket = read::ticket(&city, &number, None).await.expect("the ticket");
        assert_eq!((ticket.state, ticket.returns), (TicketState::Closed, 1));
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn what_is_set_right_closes_itself_and_its_ticket() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        due(&city, &p, "2014-02-07").await;
        city.clock.move_to(at("2014-02-10"));
        let found = open(&city, FindingKind::ContractLate).await;
        let discipline = add(&city, "discipline", Role::Supervisor, Scope::City).await;
        let ask = OpenTicket { finding: found[0].id, demand: "尽快签订".into() };
        let number = city.act(&discipline, &NO_KEY, &ask).await.expect("a ticket");
        signed(&city, &p).await;
        assert_eq!(open(&city, FindingKind::ContractLate).await.len(), 0);
        let ticket = read::ticket(&city, &number, None).await.expect("the ticket");
        assert_eq!((ticket.state, ticket.closer), (TicketState::Cured, None));
        let cured = read::finding(&city, found[0].number).await.expect("the finding");
        assert!(cured.is_cured() && cured.first_seen_at == found[0].first_seen_at);
        let counts = read::counts(&city).await.expect("counts");
        let late = counts.iter().find(|one| one.kind == FindingKind::ContractLate).expect("counted");
        assert_eq!((late.open, late.cured, late.tickets), (0, 1, 0));
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

/// An acceptance of the contract's first milestone, as its own capability would leave it, without opinions.
struct Accepted(ContractId);

impl Act for Accepted {
    type Outcome = ();
    const NAME: &'static str = "test.accept";
    const WHO: &'static [Role] = &[Role::OfficeDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let sql = "SELECT id FROM milestone WHERE contract_id = $1 ORDER BY position LIMIT 1";
        let (milestone, id) = (cx.tx.number(sql, &[self.0.into()]).await?, cx.id());
        let person = cx.actor.person;
        let values: [(&'static str, Val); 15] = [
            ("contract_id", self.0.into()),
            ("milestone_id", milestone.into()),
            ("round", 1_i64.into()),
            ("claimed_fen", 1_000_i64.into()),
            ("deducted_fen", 0_i64.into()),
            ("accepted_fen", 1_000_i64.into()),
            ("state", "accepted".into()),
            ("reported_by", person.into()),
            ("reported_at", cx.now.into()),
            ("report", "完成".into()),
            ("opinion", "".into()),
            ("place", "".into()),
            ("accepted_by", person.into()),
            ("accepted_at", cx.now.into()),
            ("returned_why", "".into()),
        ];
        cx.insert(&ACCEPTANCE, id, &values).await
    }
}

#[tokio::test]
async fn delivery_payment_plan_and_evaluation_are_looked_after() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        let contract = signed(&city, &p).await;
        city.clock.move_to(at("2014-03-03"));
        city.act(&p.director, &NO_KEY, &Accepted(contract)).await.expect("accepted");
        assert_eq!(open(&city, FindingKind::AcceptanceAlone).await.len(), 1);
        assert_eq!(open(&city, FindingKind::AcceptanceUnpublished).await.len(), 0);
        assert_eq!(open(&city, FindingKind::PlanMissing).await.len(), 1);
        city.clock.move_to(at("2014-03-06"));
        assert_eq!(
            open(&city, FindingKind::AcceptanceUnpublished).await.len(),
            1,
            "two working days are over"
        );
        assert_eq!(open(&city, FindingKind::PaymentLate).await.len(), 0);
        city.clock.move_to(at("2014-04-03"));
        assert_eq!(open(&city, FindingKind::PaymentLate).await.len(), 1, "thirty days are over");
        assert_eq!(open(&city, FindingKind::EvaluationMissing).await.len(), 0);
        city.clock.move_to(at("2015-06-01"));
        assert_eq!(open(&city, FindingKind::EvaluationMissing).await.len(), 1);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

fn report(quarter: i64, part: i64, whole: i64) -> ReportDistrict {
    ReportDistrict {
        indicator: Indicator::CommunitySpending,
        district: "320104".into(),
        year: 2014,
        quarter,
        part: Fen(part),
        whole: Fen(whole),
        evidence: "秦淮区社区建设经费季报（示例）".into(),
    }
}

#[tokio::test]
async fn two_reds_running_bring_a_finding_and_nobody_types_what_is_computed() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        city.clock.move_to(at("2014-12-31"));
        for computed in Indicator::ALL.iter().filter(|one| !one.is_reported()) {
            let typed = ReportDistrict { indicator: *computed, ..report(1, 1, 1) };
            assert_eq!(codes(city.act(&p.staff, &NO_KEY, &typed).await), ["supervision.computed-indicator"]);
        }
        let of = |district: &str, year, quarter| ReportDistrict {
            district: district.into(),
            year,
            ..report(quarter, 1, 10)
        };
        for (asked, code) in [
            (report(5, 1, 1), "supervision.quarter-to-come"),
            (ReportDistrict { year: 2015, ..report(1, 1, 1) }, "supervision.quarter-to-come"),
            (report(1, 2, 1), "supervision.part-over-whole"),
            (report(1, 0, 0), "supervision.whole-missing"),
            (ReportDistrict { evidence: " ".into(), ..report(1, 1, 1) }, "supervision.evidence-missing"),
            (ReportDistrict { district: "999999".into(), ..report(1, 1, 1) }, "supervision.district-unknown"),
            (of("320103", 2013, 2), "supervision.district-ended"),
            (of("320117", 2012, 4), "supervision.district-later"),
        ] {
            assert_eq!(codes(city.act(&p.staff, &NO_KEY, &asked).await), [code]);
        }
        city.act(&p.staff, &NO_KEY, &of("320103", 2013, 1)).await.expect("its last quarter");
        city.act(&p.staff, &NO_KEY, &report(1, 1, 10)).await.expect("reported");
        assert_eq!(
            codes(city.act(&p.staff, &NO_KEY, &report(1, 1, 10)).await),
            ["supervision.reported-before"]
        );
        assert_eq!(open(&city, FindingKind::IndicatorRed).await.len(), 0, "one red is one red");
        city.act(&p.staff, &NO_KEY, &report(2, 2, 10)).await.expect("reported");
        assert_eq!(open(&city, FindingKind::IndicatorRed).await.len(), 1);
        let other = ReportDistrict { district: "320106".into(), ..report(2, 997, 980) };
        assert_eq!(codes(city.act(&p.staff, &NO_KEY, &other).await), ["supervision.part-over-whole"]);
        let other = ReportDistrict { district: "320106".into(), ..report(2, 97, 100) };
        city.act(&p.staff, &NO_KEY, &other).await.expect("reported");
        let figures = indicator::figures(&city, 2014).await.expect("figures");
        let city_wide =
            figures.iter().find(|one| one.indicator == Indicator::CommunitySpending).expect("one");
        assert_eq!((city_wide.share.part, city_wide.share.whole), (100, 120), "parts are summed");
        assert_eq!(city_wide.light, Light::Green);
        city.act(&p.staff, &NO_KEY, &report(3, 7, 10)).await.expect("reported");
        assert_eq!(open(&city, FindingKind::IndicatorRed).await.len(), 0, "a green quarter cures it");
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn the_file_names_its_parts_and_stays_with_its_own_desk() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        let file = archive::of_tender(&city, &p.staff, "NJGZ-2014-001").await.expect("the file");
        let state = |part| file.parts.iter().find(|one| one.part == part).map(|one| one.state);
        assert_eq!(file.parts.len(), RecordPart::ALL.len());
        assert_eq!(state(RecordPart::Choice), Some(PartState::Missing), "the planted tender has no criteria");
        assert_eq!(state(RecordPart::Money), Some(PartState::NotYet), "no contract yet, no price yet");
        assert_eq!((file.ended_on, file.keep_until, file.years), (None, None, 15));
        signed(&city, &p).await;
        let file = archive::of_tender(&city, &p.lead, "NJGZ-2014-001").await.expect("the file");
        assert!(
            file.parts.iter().any(|one| one.part == RecordPart::Money && one.state == PartState::Present)
        );
        assert_eq!(file.missing().collect::<Vec<_>>(), [RecordPart::Choice]);
        let text = String::from_utf8(file.to_json().expect("a file")).expect("text");
        assert!(text.contains("\"sha256\":\"") && text.contains("\"missing\":[\"choice\"]"), "{text}");
        let (office, stranger) = (
            app::access::offices::AddOffice {
                code: "other".into(),
                name: "他处".into(),
                name_en: "Other".into(),
                duties: "无".into(),
            },
            "stranger",
        );
        let office = city.act(&Actor::SYSTEM, &NO_KEY, &office).await.expect("an office");
        let stranger = add(&city, stranger, Role::OfficeStaff, Scope::Office(office)).await;
        let refused = archive::of_tender(&city, &stranger, "NJGZ-2014-001").await.map(|_| ());
        assert_eq!(refused, Err(Error::NotFound));
    })
    .await;
}

/// An act that tries to destroy a row of the file.
struct Destroy(&'static app::journal::Table);

impl Act for Destroy {
    type Outcome = ();
    const NAME: &'static str = "test.destroy";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let sql = format!("SELECT id, version FROM {} LIMIT 1", self.0.name);
        let row: app::db::Row = cx.tx.one(&sql, &[]).await?;
        cx.delete(self.0, row.get::<i64>("id")?, row.get("version")?).await
    }
}

#[tokio::test]
async fn no_act_can_delete_what_belongs_to_the_file() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        signed(&city, &p).await;
        for table in [&TENDER, &BID, &AWARD, &CONTRACT] {
            assert_eq!(codes(city.act(&Actor::SYSTEM, &NO_KEY, &Destroy(table)).await), ["archive.kept"]);
        }
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn the_watch_looks_by_itself_writes_nothing_twice_and_stops() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        due(&city, &p, "2014-02-07").await;
        city.clock.move_to(at("2014-02-10"));
        let moment = city.clock.now();
        let (end, is_over) = tokio::sync::watch::channel(false);
        let watched = std::sync::Arc::clone(&city);
        let every = std::time::Duration::from_millis(20);
        let watching = tokio::spawn(async move { watch::keep(&watched, every, every, is_over).await });
        let filter = Filter { kind: Some(FindingKind::ContractLate), ..Filter::default() };
        let mut found = 0;
        for _ in 0..500 {
            found = read::findings(&city, &filter).await.expect("findings").len();
            if found == 1 {
                break;
            }
            tokio::time::sleep(every).await;
        }
        assert_eq!(found, 1, "nobody opened a page");
        let acts = "SELECT count(*) FROM journal WHERE action = 'supervision.take_stock'";
        tokio::time::sleep(every * 10).await;
        assert_eq!(city.db.number(acts, &[]).await.expect("acts"), 1, "quiet when nothing changed");
        assert_eq!(city.clock.now(), moment, "the clock stands where it stood");
        end.send_replace(true);
        watching.await.expect("it stops");
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}
