//! What may change after signature: supplements, named subcontracting, suspension and end (C52, C53).

use app::performance::halt::{self, AnswerHalt, AskHalt, LiftHalt};
use app::performance::register::AddWorker;
use app::performance::subcontract::{self, AskSubcontract, DecideSubcontract};
use app::performance::supplement::{self, DropSupplement, OfferSupplement, SignSupplement};
use app::performance::{ledger::ServiceLine, read};
use app::{Act, City, Cx, Error, args, journal};
use domain::kernel::{Actor, Fen, Role};
use domain::performance::{HaltGround, HaltKind, HaltState, SubcontractState};

use crate::delivered::{Signed, act, codes, line, move_to, signed};
use crate::planted::PRICE;
use crate::support::on_both;

/// What the item's allotment leaves beside the contract.
const FREE: i64 = 500_000;

fn supplement(s: &Signed, fen: i64) -> OfferSupplement {
    OfferSupplement {
        contract: s.contract,
        amount: Fen(fen),
        is_same_content: true,
        content: "增加上门服务 10 人次".into(),
        reason: "新增服务对象".into(),
    }
}

#[tokio::test]
async fn supplements_stay_within_a_tenth_and_become_milestones() {
    on_both(async |city| {
        let s = signed(&city).await;
        let tenth = PRICE / 10;
        let answer = act(&city, &s.p.staff, supplement(&s, tenth + 1)).await;
        assert_eq!(codes(answer), ["contracts.supplement-too-large"]);
        let other = OfferSupplement { is_same_content: false, ..supplement(&s, 1) };
        assert_eq!(codes(act(&city, &s.p.staff, other).await), ["contracts.supplement-other-content"]);
        let bare = OfferSupplement { content: String::new(), reason: " ".into(), ..supplement(&s, 1) };
        let answer = act(&city, &s.p.staff, bare).await;
        assert_eq!(codes(answer), ["performance.reason-empty", "performance.reason-empty"]);
        let first = act(&city, &s.p.staff, supplement(&s, FREE)).await.expect("offered");
        let rest = tenth - FREE;
        let answer = act(&city, &s.p.staff, supplement(&s, rest + 1)).await;
        assert_eq!(codes(answer), ["contracts.supplement-too-large"]);
        let sign = |version| SignSupplement { contract: s.contract, supplement: first, version };
        act(&city, &s.p.provider, sign(1)).await.expect("signed");
        assert_eq!(codes(act(&city, &s.p.provider, sign(2)).await), ["contracts.side-signed-already"]);
        act(&city, &s.p.director, sign(2)).await.expect("signed");
        let (milestones, _) = read::of(&city, s.contract).await.expect("progress");
        assert_eq!((milestones.len(), milestones[2].amount_fen), (3, Fen(FREE)));
        assert_eq!(codes(act(&city, &s.p.director, sign(3)).await), ["performance.supplement-closed"]);
        let own = act(&city, &s.p.director, supplement(&s, 100)).await.expect("offered");
        let sign = SignSupplement { contract: s.contract, supplement: own, version: 1 };
        assert_eq!(codes(act(&city, &s.p.director, sign).await), ["contracts.signed-by-drafter"]);
        let tired = Actor { fresh: false, ..s.p.provider.clone() };
        assert_eq!(act(&city, &tired, sign).await, Err(Error::PasswordNeeded));
        let drop = DropSupplement { contract: s.contract, supplement: own, version: 1 };
        act(&city, &s.p.provider, drop).await.expect("dropped");
        let unpaid = act(&city, &s.p.staff, supplement(&s, rest)).await.expect("offered");
        let sign = |version| SignSupplement { contract: s.contract, supplement: unpaid, version };
        act(&city, &s.p.provider, sign(1)).await.expect("signed");
        assert_eq!(codes(act(&city, &s.p.director, sign(2)).await), ["funds.not-allotted"]);
        let held = supplement::of(&city, s.contract).await.expect("a list");
        let states: Vec<&str> = held.iter().map(|one| one.state.as_str()).collect();
        assert_eq!(states, ["signed", "dropped", "offered"]);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

struct PlantOther;

impl Act for PlantOther {
    type Outcome = ();
    const NAME: &'static str = "test.plant_other";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let sql = "SELECT * FROM organisation LIMIT 1";
        let row: app::db::Row = cx.tx.one(sql, args![]).await?;
        let names = [
            "kind",
            "legal",
            "status",
            "is_supervised",
            "district",
            "division",
            "fields",
            "domicile",
            "registered_on",
            "inspection",
            "listing",
            "person_in_charge",
            "contact",
            "pinyin",
            "initials",
            "is_demo",
        ];
        let held = |name: &'static str| {
            row.columns().find(|(held, _)| *held == name).map(|(_, val)| (name, val.clone()))
        };
        let mut values: Vec<_> = names.into_iter().filter_map(held).collect();
        values.push(("uscc", OTHER.into()));
        values.push(("name", "和风场地服务中心（示例）".into()));
        let id = cx.id();
        cx.insert(&app::journal::ORGANISATION, id, &values).await
    }
}

const OTHER: &str = "52320102XX9000098X";

fn wish(s: &Signed) -> AskSubcontract {
    AskSubcontract {
        contract: s.contract,
        to: OTHER.into(),
        part: "活动场地布置".into(),
        is_core: false,
        amount: Fen(PRICE / 20),
    }
}

async fn decide(city: &City, s: &Signed, actor: &Actor, consents: bool, reason: &str) -> Result<(), Error> {
    let held = subcontract::of(city, s.contract).await.expect("a list");
    let open = held.iter().find(|one| one.state != SubcontractState::Refused);
    let last = open.or(held.last()).expect("a wish");
    let decide = DecideSubcontract {
        contract: s.contract,
        subcontract: last.id,
        version: last.version,
        consents,
        reason: reason.to_owned(),
    };
    act(city, actor, decide).await
}

#[tokio::test]
async fn a_named_part_outside_the_core_goes_to_another_once_and_with_consent() {
    on_both(async |city| {
        let s = signed(&city).await;
        act(&city, &Actor::SYSTEM, PlantOther).await.expect("another");
        for (wrong, expected) in [
            (AskSubcontract { is_core: true, ..wish(&s) }, "performance.subcontract-core"),
            (AskSubcontract { amount: Fen(PRICE), ..wish(&s) }, "performance.transfer"),
            (AskSubcontract { to: "nobody".into(), ..wish(&s) }, "performance.subcontract-unknown"),
            (AskSubcontract { to: crate::planted::code(), ..wish(&s) }, "performance.subcontract-self"),
            (AskSubcontract { part: String::new(), ..wish(&s) }, "performance.part-empty"),
        ] {
            assert_eq!(codes(act(&city, &s.p.provider, wrong).await), [expected]);
        }
        act(&city, &s.p.provider, wish(&s)).await.expect("asked");
        assert_eq!(codes(decide(&city, &s, &s.p.director, false, " ").await), ["performance.reason-empty"]);
        decide(&city, &s, &s.p.director, false, "本处认为不必要").await.expect("refused");
        act(&city, &s.p.provider, wish(&s)).await.expect("asked anew");
        assert_eq!(codes(act(&city, &s.p.provider, wish(&s)).await), ["performance.subcontract-once"]);
        assert_eq!(decide(&city, &s, &s.p.staff, true, "").await, Err(Error::NotPermitted));
        decide(&city, &s, &s.p.director, true, "").await.expect("consented");
        assert_eq!(
            codes(decide(&city, &s, &s.p.director, true, "").await),
            ["performance.subcontract-decided"]
        );
        assert_eq!(codes(act(&city, &s.p.provider, wish(&s)).await), ["performance.subcontract-once"]);
        let worker = AddWorker {
            contract: s.contract,
            code: "X01".into(),
            name: "吴布置（示例）".into(),
            is_of_subcontractor: true,
        };
        act(&city, &s.p.provider, worker).await.expect("a worker of the named");
        move_to(&city, "2014-07-10");
        let served = ServiceLine { worker: "X01".into(), ..line("2014-07-01", "A001", 1) };
        s.record(&city, served).await.expect("a line");
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

fn ask(s: &Signed, kind: HaltKind, ground: Option<HaltGround>) -> AskHalt {
    AskHalt {
        contract: s.contract,
        kind,
        ground,
        reason: "场所存在安全隐患".into(),
        compensation: "购买主体承担已发生的费用".into(),
    }
}

#[tokio::test]
async fn nobody_halts_a_contract_alone_but_for_the_public_interest() {
    on_both(async |city| {
        let s = signed(&city).await;
        move_to(&city, "2014-07-10");
        let public = Some(HaltGround::PublicInterest);
        let none = act(&city, &s.p.director, ask(&s, HaltKind::Suspension, None)).await;
        assert_eq!(codes(none), ["performance.unilateral-halt"]);
        let provider = act(&city, &s.p.provider, ask(&s, HaltKind::End, public)).await;
        assert_eq!(codes(provider), ["performance.unilateral-halt"]);
        let halted = act(&city, &s.p.director, ask(&s, HaltKind::Suspension, public)).await.expect("halted");
        move_to(&city, "2014-07-12");
        assert_eq!(
            codes(s.record(&city, line("2014-07-11", "A001", 1)).await),
            ["performance.record-while-halted"]
        );
        s.record(&city, line("2014-07-10", "A001", 1)).await.expect("what was served before counts");
        let twice = act(&city, &s.p.director, ask(&s, HaltKind::End, public)).await;
        assert_eq!(codes(twice), ["performance.halted-already"]);
        assert_eq!(codes(act(&city, &s.p.staff, supplement(&s, 100)).await), ["performance.not-in-force"]);
        let lift = LiftHalt { contract: s.contract, halt: halted, version: 1 };
        act(&city, &s.p.director, lift).await.expect("lifted");
        let nothing = LiftHalt { version: 2, ..lift };
        assert_eq!(codes(act(&city, &s.p.director, nothing).await), ["performance.nothing-to-lift"]);
        s.record(&city, line("2014-07-11", "A001", 1)).await.expect("it goes on");
        let sql = "SELECT count(*) FROM document WHERE kind = 'contract_halt'";
        assert_eq!(city.db.number(sql, &[]).await, Ok(1));
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn both_sides_may_agree_to_end_a_contract() {
    on_both(async |city| {
        let s = signed(&city).await;
        move_to(&city, "2014-07-10");
        let agreed = Some(HaltGround::Agreement);
        let halt = act(&city, &s.p.provider, ask(&s, HaltKind::End, agreed)).await.expect("asked");
        let answer = |agrees, version| AnswerHalt { contract: s.contract, halt, version, agrees };
        assert_eq!(codes(act(&city, &s.p.provider, answer(true, 1)).await), ["performance.halt-own-wish"]);
        act(&city, &s.p.director, answer(true, 1)).await.expect("agreed");
        assert_eq!(codes(act(&city, &s.p.director, answer(true, 2)).await), ["performance.halt-answered"]);
        let held = halt::of(&city, s.contract).await.expect("a list");
        assert_eq!((held[0].state, held[0].is_of_provider), (HaltState::InForce, true));
        let sql = "SELECT count(*) FROM contract WHERE stage = 'ended'";
        assert_eq!(city.db.number(sql, &[]).await, Ok(1));
        s.record(&city, line("2014-07-09", "A001", 1))
            .await
            .expect("what was served before is still accepted");
        s.report(&city, 1).await.expect("and reported");
        let late = act(&city, &s.p.director, ask(&s, HaltKind::Suspension, agreed)).await;
        assert_eq!(codes(late), ["performance.not-in-force"]);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}
