//! From the award to a contract that both sides signed, and everything that keeps one from being made.

use app::contracts::{
    self, Contract, DraftContract, EditContract, Filter, MilestoneRow, OfferContract, SignAsBuyer,
    SignAsProvider,
};
use app::{City, Error, RequestKey, journal};
use domain::contracts::{ContractStage, LongTermTick, Milestone};
use domain::kernel::{Actor, Coded, ContractId, Date, Fen};

use crate::planted::{self, PRICE, Planted};
use crate::support::on_both;

const NO_KEY: RequestKey = RequestKey::None;

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

async fn drafted(city: &City, p: &Planted) -> Contract {
    let draft = DraftContract { tender: p.tender };
    city.act(&p.staff, &NO_KEY, &draft).await.expect("a draft");
    seen(city, &p.staff).await.0
}

async fn seen(city: &City, actor: &Actor) -> (Contract, Vec<MilestoneRow>) {
    contracts::by_number(city, actor, "NJGZ-HT-2014-001").await.expect("the contract")
}

fn edit(contract: &Contract) -> EditContract {
    EditContract {
        contract: contract.id,
        version: contract.version,
        starts: day("2014-03-01"),
        ends: day("2015-02-28"),
        ticks: vec![],
        is_budget_assured: false,
        settlement: "分两期".into(),
        rights: "按约定".into(),
        breach: "依法承担".into(),
        confidentiality: "依法保护".into(),
        feedback: "每月一次".into(),
        milestones: vec![milestone("2014-08-31", PRICE / 2), milestone("2015-02-28", PRICE - PRICE / 2)],
    }
}

fn milestone(due: &str, fen: i64) -> Milestone {
    Milestone { name: "验收".into(), due: day(due), amount: Fen(fen) }
}

fn codes(answer: Result<(), Error>) -> Vec<&'static str> {
    match answer {
        Err(Error::Refused(refusal)) => vec![refusal.code],
        Err(Error::Invalid(faults)) => faults.iter().map(|fault| fault.code).collect(),
        other => panic!("expected a refusal, got {other:?}"),
    }
}

async fn offered(city: &City, p: &Planted) -> (ContractId, i64) {
    let contract = drafted(city, p).await;
    let offer = OfferContract { contract: contract.id, version: contract.version };
    city.act(&p.staff, &NO_KEY, &offer).await.expect("offered");
    (contract.id, contract.version + 1)
}

#[tokio::test]
async fn an_award_becomes_a_public_contract_with_the_second_signature() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        for office in [Some(p.office), None] {
            let awaiting = contracts::awaiting_draft(&city, office).await.expect("a list");
            assert_eq!(awaiting.len(), 1);
        }
        let contract = drafted(&city, &p).await;
        assert!(contracts::awaiting_draft(&city, None).await.expect("a list").is_empty());
        assert_eq!((contract.amount_fen, contract.stage), (Fen(PRICE), ContractStage::Drafted));
        assert_eq!(contract.due_on, day("2014-02-07"), "thirty days, past the Spring Festival");
        city.act(&p.staff, &NO_KEY, &edit(&contract)).await.expect("edited");
        let version = contract.version + 1;
        city.act(&p.staff, &NO_KEY, &OfferContract { contract: contract.id, version })
            .await
            .expect("offered");
        let provider = SignAsProvider { contract: contract.id, version: version + 1 };
        city.act(&p.provider, &NO_KEY, &provider).await.expect("signed");
        assert_eq!(contracts::published(&city, &Filter::default()).await.expect("a list").len(), 0);
        let buyer = SignAsBuyer { contract: contract.id, version: version + 2 };
        city.act(&p.director, &NO_KEY, &buyer).await.expect("signed");
        let (signed, milestones) = seen(&city, &Actor::VISITOR).await;
        assert_eq!((signed.stage, milestones.len()), (ContractStage::Signed, 2));
        let filter = Filter { words: "晨曦".into(), before: None };
        assert_eq!(contracts::published(&city, &filter).await.expect("a list").len(), 1);
        let wild = Filter { words: "%".into(), before: None };
        assert_eq!(contracts::published(&city, &wild).await.expect("a list").len(), 0);
        let number = contracts::published_number_of(&city, p.tender).await.expect("an answer");
        assert_eq!(number.as_deref(), Some("NJGZ-HT-2014-001"));
        let figures = contracts::published_figures(&city).await.expect("figures");
        assert_eq!((figures.count, figures.amount_fen), (1, Fen(PRICE)));
        let sql = "SELECT count(*) FROM tender WHERE stage = 'contracted'";
        assert_eq!(city.db.number(sql, &[]).await.expect("a count"), 1);
        let sql =
            "SELECT count(*) FROM feed WHERE kind = 'contract_published' AND subject = 'NJGZ-HT-2014-001'";
        assert_eq!(city.db.number(sql, &[]).await.expect("a count"), 1);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn there_is_no_contract_without_a_notified_award() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "ranked").await;
        let draft = DraftContract { tender: p.tender };
        let answer = city.act(&p.staff, &NO_KEY, &draft).await.map(|_| ());
        assert_eq!(codes(answer), ["tendering.wrong-stage"]);
        assert_eq!(city.act(&p.lead, &NO_KEY, &draft).await, Err(Error::NotPermitted));
        let stranger = Actor::new(
            p.staff.person.expect("a person"),
            p.staff.post.role,
            domain::kernel::Scope::Office(domain::kernel::OfficeId(7)),
        );
        assert_eq!(city.act(&stranger, &NO_KEY, &draft).await, Err(Error::NotFound));
    })
    .await;
}

#[tokio::test]
async fn an_award_has_one_contract() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        drafted(&city, &p).await;
        let again = city.act(&p.staff, &NO_KEY, &DraftContract { tender: p.tender }).await.map(|_| ());
        assert_eq!(codes(again), ["contracts.drafted-already"]);
    })
    .await;
}

#[tokio::test]
async fn the_draft_keeps_price_and_term_of_the_competition() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        let contract = drafted(&city, &p).await;
        let refused = async |change: fn(&mut EditContract), expected: &[&str]| {
            let mut wrong = edit(&contract);
            change(&mut wrong);
            let answer = city.act(&p.staff, &NO_KEY, &wrong).await;
            assert_eq!(codes(answer), expected);
        };
        refused(|edit| edit.milestones[0].amount = Fen(1), &["contracts.milestones-sum"]).await;
        refused(|edit| edit.milestones[1].due = day("2015-03-01"), &["contracts.milestone-outside-term"])
            .await;
        refused(
            |edit| edit.ends = day("2015-03-31"),
            &["contracts.term-differs-from-tender", "contracts.term-condition-missing"],
        )
        .await;
        let stale = EditContract { version: contract.version + 7, ..edit(&contract) };
        assert_eq!(city.act(&p.staff, &NO_KEY, &stale).await, Err(Error::Stale));
        let (kept, milestones) = seen(&city, &p.staff).await;
        assert_eq!((kept.version, milestones.len()), (contract.version, 1), "nothing is half-saved");
    })
    .await;
}

#[tokio::test]
async fn a_long_contract_takes_four_ticks_and_an_assured_budget() {
    on_both(async |city| {
        let p = planted::awarded(&city, 24, "awarded").await;
        let contract = drafted(&city, &p).await;
        let offer = OfferContract { contract: contract.id, version: contract.version };
        let answer = city.act(&p.staff, &NO_KEY, &offer).await;
        assert_eq!(codes(answer), ["contracts.term-condition-missing"]);
        let mut long = EditContract { ends: day("2016-02-29"), ..edit(&contract) };
        long.ticks = LongTermTick::ALL.to_vec();
        let answer = city.act(&p.staff, &NO_KEY, &long).await;
        assert_eq!(codes(answer), ["contracts.term-budget-not-assured"]);
        long.is_budget_assured = true;
        city.act(&p.staff, &NO_KEY, &long).await.expect("edited");
        let offer = OfferContract { contract: contract.id, version: contract.version + 1 };
        city.act(&p.staff, &NO_KEY, &offer).await.expect("offered");
    })
    .await;
}

#[tokio::test]
async fn an_incomplete_draft_is_not_offered() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        let contract = drafted(&city, &p).await;
        let open = EditContract { breach: "  ".into(), ..edit(&contract) };
        city.act(&p.staff, &NO_KEY, &open).await.expect("a draft may be incomplete");
        let offer = OfferContract { contract: contract.id, version: contract.version + 1 };
        assert_eq!(codes(city.act(&p.staff, &NO_KEY, &offer).await), ["contracts.part-missing"]);
    })
    .await;
}

#[tokio::test]
async fn only_each_sides_own_person_signs_and_only_once() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        let contract = drafted(&city, &p).await;
        let early = SignAsProvider { contract: contract.id, version: contract.version };
        assert_eq!(
            city.act(&p.provider, &NO_KEY, &early).await,
            Err(Error::NotFound),
            "a draft is not offered"
        );
        let early = SignAsBuyer { contract: contract.id, version: contract.version };
        assert_eq!(codes(city.act(&p.director, &NO_KEY, &early).await), ["contracts.wrong-stage"]);
        let offer = OfferContract { contract: contract.id, version: contract.version };
        city.act(&p.staff, &NO_KEY, &offer).await.expect("offered");
        let version = contract.version + 1;
        let (as_buyer, as_provider) = (
            SignAsBuyer { contract: contract.id, version },
            SignAsProvider { contract: contract.id, version },
        );
        assert_eq!(city.act(&p.staff, &NO_KEY, &as_buyer).await, Err(Error::NotPermitted));
        let tired = Actor { fresh: false, ..p.director.clone() };
        assert_eq!(city.act(&tired, &NO_KEY, &as_buyer).await, Err(Error::PasswordNeeded));
        let stranger = Actor {
            post: domain::kernel::Post {
                scope: domain::kernel::Scope::Organisation(domain::kernel::OrganisationId(9)),
                ..p.provider.post
            },
            ..p.provider.clone()
        };
        assert_eq!(city.act(&stranger, &NO_KEY, &as_provider).await, Err(Error::NotFound));
        city.act(&p.director, &NO_KEY, &as_buyer).await.expect("signed");
        let again = SignAsBuyer { version: version + 1, ..as_buyer };
        assert_eq!(codes(city.act(&p.director, &NO_KEY, &again).await), ["contracts.side-signed-already"]);
        let late_edit = EditContract { version: version + 1, ..edit(&contract) };
        assert_eq!(codes(city.act(&p.staff, &NO_KEY, &late_edit).await), ["contracts.signed-text-fixed"]);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn who_drafts_does_not_sign_for_the_purchaser() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        let draft = DraftContract { tender: p.tender };
        let contract = city.act(&p.director, &NO_KEY, &draft).await.expect("a draft");
        city.act(&p.director, &NO_KEY, &OfferContract { contract, version: 1 }).await.expect("offered");
        let sign = SignAsBuyer { contract, version: 2 };
        assert_eq!(codes(city.act(&p.director, &NO_KEY, &sign).await), ["contracts.signed-by-drafter"]);
    })
    .await;
}

#[tokio::test]
async fn an_unsigned_contract_is_seen_by_its_parties_alone() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        drafted(&city, &p).await;
        let number = "NJGZ-HT-2014-001";
        let found = async |actor: &Actor| contracts::by_number(&city, actor, number).await.map(|_| ());
        assert_eq!(found(&Actor::VISITOR).await, Err(Error::NotFound));
        assert_eq!(found(&p.provider).await, Err(Error::NotFound));
        assert_eq!(found(&p.lead).await, Ok(()));
        assert_eq!(contracts::of_organisation(&city, p.organisation).await.expect("a list").len(), 0);
        assert_eq!(contracts::of_office(&city, Some(p.office)).await.expect("a list").len(), 1);
        assert_eq!(contracts::of_office(&city, None).await.expect("a list").len(), 1);
        assert_eq!(contracts::due_soon(&city, day("2014-02-07")).await.expect("a list").len(), 1);
        assert_eq!(contracts::due_soon(&city, day("2014-02-06")).await.expect("a list").len(), 0);
        let contract = seen(&city, &p.staff).await.0;
        let offer = OfferContract { contract: contract.id, version: contract.version };
        city.act(&p.staff, &NO_KEY, &offer).await.expect("offered");
        assert_eq!(found(&p.provider).await, Ok(()));
    })
    .await;
}

#[tokio::test]
async fn two_signatures_at_once_are_both_kept() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        let (contract, version) = offered(&city, &p).await;
        let (as_buyer, as_provider) =
            (SignAsBuyer { contract, version }, SignAsProvider { contract, version });
        let (one, two) = tokio::join!(
            city.act(&p.director, &NO_KEY, &as_buyer),
            city.act(&p.provider, &NO_KEY, &as_provider)
        );
        let stale = [&one, &two].iter().filter(|answer| **answer == &Err(Error::Stale)).count();
        assert_eq!(stale, 1, "the later signer reads the contract again: {one:?} {two:?}");
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}
