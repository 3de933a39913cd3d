//! Directors' accounts: every point from a row, vetoes by another person, shares confirmed by the other office.

use app::access::offices::{AddOffice, AppointDirector};
use app::access::people::{AddPerson, GivePost};
use app::contracts::{DraftContract, OfferContract, SignAsBuyer, SignAsProvider};
use app::journal::TENDER;
use app::performance::account::joint::{self, ConfirmJointWork, NameJointOffice};
use app::performance::account::veto::{DecideVeto, RaiseVeto};
use app::performance::account::{self, OfficeAccount, sheet};
use app::{Act, City, Cx, Error, RequestKey, journal};
use domain::kernel::{Actor, ContractId, Date, ItemId, Moment, OfficeId, Post, Role, Scope};
use domain::performance::account::{Part, Standing, Step, Tenure, VetoGround, VetoState, tenure};

use crate::planted::{self, Planted};
use crate::support::on_both;
use crate::tendering_ground::codes;

const NO_KEY: RequestKey = RequestKey::None;

/// Gives the planted tender the day by which its contract is due.
struct Due {
    tender: i64,
    day: &'static str,
}

impl Act for Due {
    type Outcome = ();
    const NAME: &'static str = "test.set_due";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let version = cx.tx.number("SELECT version FROM tender WHERE id = $1", &[self.tender.into()]).await?;
        cx.update(&TENDER, self.tender, version, &[("contract_due_on", self.day.into())]).await
    }
}

pub async fn due(city: &City, p: &Planted, day: &'static str) {
    city.act(&Actor::SYSTEM, &NO_KEY, &Due { tender: p.tender.0, day }).await.expect("a due day");
}

pub async fn signed(city: &City, p: &Planted) -> ContractId {
    let contract = city.act(&p.staff, &NO_KEY, &DraftContract { tender: p.tender }).await.expect("a draft");
    city.act(&p.staff, &NO_KEY, &OfferContract { contract, version: 1 }).await.expect("offered");
    city.act(&p.director, &NO_KEY, &SignAsBuyer { contract, version: 2 }).await.expect("signed");
    city.act(&p.provider, &NO_KEY, &SignAsProvider { contract, version: 3 }).await.expect("signed");
    contract
}

pub async fn add(city: &City, login: &str, role: Role, scope: Scope) -> Actor {
    let person = AddPerson {
        login: login.into(),
        name: format!("{login}（示例）"),
        password_hash: "x".into(),
        is_demo: city.is_demo,
    };
    let id = city.act(&Actor::SYSTEM, &NO_KEY, &person).await.expect("a person");
    if role != Role::OfficeDirector {
        let give = GivePost { person: id, post: Post { role, scope } };
        city.act(&Actor::SYSTEM, &NO_KEY, &give).await.expect("a post");
    }
    Actor::new(id, role, scope).with_fresh_password()
}

async fn of(city: &City) -> OfficeAccount {
    account::of_office(city, "shezu", 2014).await.expect("an account")
}

fn at(day: &str) -> Moment {
    Moment::beijing(day.parse().expect("a day"), 12, 0)
}

#[tokio::test]
async fn every_point_comes_from_a_row_and_a_late_signature_costs_it() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        assert_eq!(of(&city).await.account.standing, Standing::Nothing);
        due(&city, &p, "2014-02-07").await;
        assert_eq!(of(&city).await.evidence.len(), 0, "what is not due yet is not judged");
        city.clock.move_to(at("2014-02-08"));
        let late = of(&city).await;
        assert_eq!((late.evidence.len(), late.account.result), (1, 0));
        assert_eq!(late.evidence[0].step, Step::SignContract);
        signed(&city, &p).await;
        let found = of(&city).await;
        let on_time = found.account.parts.iter().find(|part| part.part == Part::OnTime).expect("a part");
        assert_eq!((on_time.got, on_time.of), (0, 1), "one day late is late");
        let public = found.account.parts.iter().find(|part| part.part == Part::Publication).expect("a part");
        assert_eq!((public.got, public.of, public.most, public.points), (1, 1, 3_334, 3_334));
        assert_eq!(found.account.result, 3_334);
        assert_eq!(found.evidence.iter().map(|line| line.points).sum::<i64>(), found.account.sum);
        assert!(found.evidence.iter().all(|line| line.director == p.director.person));
    })
    .await;
}

#[tokio::test]
async fn a_line_stays_with_the_director_of_its_day() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        due(&city, &p, "2014-02-07").await;
        city.clock.move_to(at("2014-03-03"));
        let next = add(&city, "next", Role::OfficeDirector, Scope::Office(p.office)).await;
        let person = next.person.expect("a person");
        let appoint =
            |handover: &str| AppointDirector { office: p.office, person, handover: handover.into() };
        assert_eq!(
            codes(city.act(&Actor::SYSTEM, &NO_KEY, &appoint(" ")).await),
            ["access.handover-missing"]
        );
        city.act(&Actor::SYSTEM, &NO_KEY, &appoint("在办合同一份")).await.expect("handed over");
        let found = of(&city).await;
        assert_eq!(found.evidence[0].director, p.director.person, "late in February, before the hand-over");
        assert_eq!(found.directors.len(), 2);
        let tenures = found.directors.iter().map(|one| Tenure {
            person: one.person_id,
            since: one.since,
            until: one.until,
        });
        assert_eq!(tenure::faults(&tenures.collect::<Vec<_>>()), [], "exactly one director at any time");
        let checked = account::check(&city).await.expect("checked");
        assert_eq!(checked, account::Checked::default(), "and the doctor says so");
    })
    .await;
}

#[tokio::test]
async fn a_proven_veto_caps_the_result_and_nobody_proves_his_own() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        due(&city, &p, "2014-12-01").await;
        signed(&city, &p).await;
        let raise = |day: &str, evidence: &str| RaiseVeto {
            office: p.office,
            ground: VetoGround::Designation,
            subject: "NJGZ-2014-001".into(),
            acted_on: day.parse().expect("a day"),
            evidence: evidence.into(),
        };
        let one = add(&city, "discipline1", Role::Supervisor, Scope::City).await;
        let other = add(&city, "discipline2", Role::Supervisor, Scope::City).await;
        assert_eq!(city.act(&p.director, &NO_KEY, &raise("2014-01-06", "x")).await, Err(Error::NotPermitted));
        for (day, evidence, code) in [
            ("2014-01-06", " ", "account.veto-evidence-missing"),
            ("2014-01-07", "x", "account.veto-day-to-come"),
            ("2013-12-31", "x", "account.veto-no-director"),
        ] {
            assert_eq!(codes(city.act(&one, &NO_KEY, &raise(day, evidence)).await), [code]);
        }
        let number = city.act(&one, &NO_KEY, &raise("2014-01-06", "会议纪要第3号")).await.expect("raised");
        assert_eq!(number, "FJ-2014-001");
        city.clock.move_to(at("2014-12-30"));
        assert_eq!(of(&city).await.account.result, 10_000, "what is raised is not proven");
        let decide =
            |reason: &str| DecideVeto { number: number.clone(), is_proven: true, reason: reason.into() };
        assert_eq!(codes(city.act(&one, &NO_KEY, &decide("属实")).await), ["account.veto-same-person"]);
        assert_eq!(city.act(&p.lead, &NO_KEY, &decide("属实")).await, Err(Error::NotPermitted));
        assert_eq!(codes(city.act(&other, &NO_KEY, &decide(" ")).await), ["account.veto-reason-missing"]);
        city.act(&other, &NO_KEY, &decide("属实")).await.expect("decided");
        assert_eq!(codes(city.act(&other, &NO_KEY, &decide("再议")).await), ["account.veto-decided"]);
        let found = of(&city).await;
        assert_eq!((found.account.sum, found.account.result), (10_000, 5_999));
        assert_eq!(found.account.standing, Standing::Capped);
        assert_eq!(found.vetoes[0].state, VetoState::Proven);
        assert_eq!(account::totals(&city, 2014).await.expect("totals")[0].vetoes, 1);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

async fn second_office(city: &City) -> (OfficeId, Actor) {
    let office = AddOffice {
        code: "fushi".into(),
        name: "福事处".into(),
        name_en: "Welfare".into(),
        duties: "福利".into(),
    };
    let office = city.act(&Actor::SYSTEM, &NO_KEY, &office).await.expect("an office");
    let director = add(city, "welfare", Role::OfficeDirector, Scope::Office(office)).await;
    let person = director.person.expect("a person");
    let appoint = AppointDirector { office, person, handover: String::new() };
    city.act(&Actor::SYSTEM, &NO_KEY, &appoint).await.expect("a director");
    (office, director)
}

#[tokio::test]
async fn a_share_counts_once_the_other_office_confirms_it() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        let (office, other) = second_office(&city).await;
        let item = ItemId(city.db.number("SELECT id FROM item", &[]).await.expect("an item"));
        let name = |office, share: &str| NameJointOffice { item, office, share: share.into() };
        assert_eq!(
            codes(city.act(&p.director, &NO_KEY, &name(p.office, "x")).await),
            ["account.joint-own-office"]
        );
        assert_eq!(
            codes(city.act(&p.director, &NO_KEY, &name(office, " ")).await),
            ["account.joint-share-missing"]
        );
        assert_eq!(city.act(&other, &NO_KEY, &name(p.office, "x")).await, Err(Error::NotFound));
        city.act(&p.director, &NO_KEY, &name(office, "提供名册")).await.expect("named");
        assert_eq!(
            codes(city.act(&p.director, &NO_KEY, &name(office, "再提")).await),
            ["account.joint-named-before"]
        );
        assert_eq!(of(&city).await.evidence.len(), 0, "an unconfirmed share is none");
        let id = joint::of_office(&city, office, 2014).await.expect("shares")[0].id;
        let confirm = ConfirmJointWork { id };
        assert_eq!(city.act(&p.director, &NO_KEY, &confirm).await, Err(Error::NotFound));
        city.act(&other, &NO_KEY, &confirm).await.expect("confirmed");
        assert_eq!(codes(city.act(&other, &NO_KEY, &confirm).await), ["account.joint-confirmed"]);
        let found = of(&city).await;
        assert_eq!((found.evidence[0].step, found.account.result), (Step::ShareItem, 10_000));
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn the_export_holds_every_line_and_nothing_reads_it_back() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        due(&city, &p, "2014-02-07").await;
        signed(&city, &p).await;
        city.clock.move_to(at("2014-12-31"));
        let accounts = account::all(&city, 2014).await.expect("accounts");
        assert_eq!(account::years(&city).await.expect("years"), [2014]);
        let columns: Vec<String> = (0..12).map(|place| format!("列{place}")).collect();
        let told = |list: &str, code: &str| format!("{list}-{code}");
        let wording = sheet::Wording { name: "考核", columns: &columns, told: &told };
        let bytes = sheet::xlsx(&accounts, &wording).expect("a file");
        let read = app::sheets::read(&bytes, app::sheets::Limits::default());
        let rows = read.expect("a sheet").rows.len();
        let lines: usize = accounts.iter().map(|one| one.evidence.len()).sum();
        assert_eq!(rows, 7 * accounts.len() + lines);
        let day: Date = "2014-02-07".parse().expect("a day");
        assert!(accounts[0].evidence.iter().any(|line| line.due == Some(day)));
    })
    .await;
}
