//! What was upheld, found or judged stays with the director of the day of the act, whoever comes after (E5).

use app::access::offices::AppointDirector;
use app::journal::{DIRECTORSHIP, UPHELD_MATTER};
use app::performance::account::upheld::{RecordUpheld, WithdrawUpheld, by_number};
use app::performance::account::{self, OfficeAccount};
use app::supervision::stock;
use app::{Act, City, Cx, Error, journal};
use domain::kernel::{Actor, Role, Scope};
use domain::performance::account::{Step, UpheldKind};
use domain::supervision::FindingKind;

use crate::account::{add, due};
use crate::evaluation_ground::{Ground, NO_KEY, codes, day, go, somebody};
use crate::planted::{self, Planted};
use crate::support::on_both;

async fn of(city: &City, year: i16) -> OfficeAccount {
    account::of_office(city, "shezu", year).await.expect("an account")
}

async fn hand_over(city: &City, p: &Planted) -> Actor {
    let next = add(city, "next", Role::OfficeDirector, Scope::Office(p.office)).await;
    let person = next.person.expect("a person");
    let appoint = AppointDirector { office: p.office, person, handover: "在办合同一份".into() };
    city.act(&Actor::SYSTEM, &NO_KEY, &appoint).await.expect("handed over");
    next
}

fn complaint(p: &Planted) -> RecordUpheld {
    RecordUpheld {
        office: p.office,
        kind: UpheldKind::Complaint,
        subject: "NJGZ-2014-001".into(),
        acted_on: day("2014-02-10"),
        authority: "市财政局（示例）".into(),
        decision: "宁财购诉〔2014〕1号（示例）".into(),
        decided_on: day("2014-04-01"),
        evidence: "投诉处理决定书第三条（示例）".into(),
    }
}

#[tokio::test]
async fn a_complaint_upheld_after_the_hand_over_is_the_former_directors() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        due(&city, &p, "2014-02-07").await;
        go(&city, "2014-03-03");
        let next = hand_over(&city, &p).await;
        let first = somebody(&city, "first", Role::Supervisor, Scope::City).await;
        let second = somebody(&city, "second", Role::Supervisor, Scope::City).await;
        go(&city, "2014-04-02");
        stock::take(&city).await.expect("stock is taken");
        let blank = RecordUpheld { subject: " ".into(), evidence: String::new(), ..complaint(&p) };
        assert_eq!(codes(city.act(&first, &NO_KEY, &blank).await), ["account.upheld-blank"; 2]);
        let early = RecordUpheld { acted_on: day("2013-12-01"), ..complaint(&p) };
        assert_eq!(codes(city.act(&first, &NO_KEY, &early).await), ["account.upheld-no-director"]);
        let backward = RecordUpheld { acted_on: day("2014-04-02"), ..complaint(&p) };
        assert_eq!(codes(city.act(&first, &NO_KEY, &backward).await), ["account.upheld-before-act"]);
        assert_eq!(city.act(&next, &NO_KEY, &complaint(&p)).await, Err(Error::NotPermitted));
        let number = city.act(&first, &NO_KEY, &complaint(&p)).await.expect("recorded");
        assert_eq!(number, "CS-2014-001");
        let again = city.act(&second, &NO_KEY, &complaint(&p)).await;
        assert_eq!(codes(again), ["account.upheld-recorded"]);
        let audit = RecordUpheld {
            kind: UpheldKind::Audit,
            acted_on: day("2014-03-10"),
            subject: "x".into(),
            ..complaint(&p)
        };
        city.act(&second, &NO_KEY, &audit).await.expect("recorded");

        let found = of(&city, 2014).await;
        let directors: Vec<_> = found.attached.upheld.iter().map(|one| Some(one.director_id)).collect();
        assert_eq!(directors, [p.director.person, next.person]);
        let late =
            found.attached.findings.iter().find(|one| one.kind == FindingKind::ContractLate).expect("found");
        assert_eq!((late.director_id, late.arose_on), (p.director.person, day("2014-02-08")));
        assert_eq!(found.account.standing, of(&city, 2014).await.account.standing);

        let withdraw = |reason: &str| WithdrawUpheld { number: number.clone(), reason: reason.into() };
        assert_eq!(codes(city.act(&first, &NO_KEY, &withdraw("复议")).await), ["account.upheld-same-person"]);
        assert_eq!(
            codes(city.act(&second, &NO_KEY, &withdraw(" ")).await),
            ["account.upheld-reason-missing"]
        );
        city.act(&second, &NO_KEY, &withdraw("复议撤销（示例）")).await.expect("withdrawn");
        assert_eq!(codes(city.act(&second, &NO_KEY, &withdraw("再撤")).await), ["account.upheld-withdrawn"]);
        assert!(by_number(&city, &number).await.expect("kept").withdrawn_at.is_some());
        assert_eq!(account::check(&city).await.expect("checked").faults, [] as [String; 0]);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn last_years_result_is_not_the_new_directors() {
    on_both(async |city| {
        let ground = Ground::new(&city, 3).await;
        ground.until_sent(&city).await;
        go(&city, "2015-01-12");
        let next = hand_over(&city, &ground.at.planted).await;
        go(&city, "2015-01-20");
        ground.publish(&city).await.expect("published");
        let found = of(&city, 2015).await;
        let line = found.evidence.iter().find(|line| line.step == Step::Evaluate).expect("a line");
        assert_eq!(line.done, Some(day("2015-01-20")), "it counts in the year in which it became known");
        assert_eq!(line.director, ground.at.planted.director.person);
        assert_ne!(line.director, next.person);
    })
    .await;
}

/// Puts a record under another director, and a second director beside the first, as no use case does.
struct Forge {
    person: i64,
}

impl Act for Forge {
    type Outcome = ();
    const NAME: &'static str = "test.forge";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let id = cx.tx.number("SELECT min(id) FROM upheld_matter", &[]).await?;
        cx.update(&UPHELD_MATTER, id, 1, &[("director_id", self.person.into())]).await?;
        let id = cx.tx.number("SELECT max(id) FROM directorship WHERE until IS NULL", &[]).await?;
        let begun = cx.tx.number("SELECT min(since) FROM directorship", &[]).await?;
        let sql = "SELECT version FROM directorship WHERE id = $1";
        let version = cx.tx.number(sql, &[id.into()]).await?;
        cx.update(&DIRECTORSHIP, id, version, &[("since", (begun + 1).into())]).await
    }
}

#[tokio::test]
async fn the_doctor_finds_a_record_with_another_director_and_two_at_once() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        go(&city, "2014-03-03");
        let next = hand_over(&city, &p).await;
        let first = somebody(&city, "first", Role::Supervisor, Scope::City).await;
        go(&city, "2014-04-02");
        city.act(&first, &NO_KEY, &complaint(&p)).await.expect("recorded");
        assert_eq!(account::check(&city).await.expect("checked").faults.len(), 0);
        let person = next.person.expect("a person").0;
        city.act(&Actor::SYSTEM, &NO_KEY, &Forge { person }).await.expect("forged");
        let faults = account::check(&city).await.expect("checked").faults;
        assert!(faults.iter().any(|fault| fault.contains("two directors")), "{faults:?}");
        assert!(faults.iter().any(|fault| fault.contains("CS-2014-001")), "{faults:?}");
    })
    .await;
}
