//! Recognition as a charity on both databases: who may apply and since when, the one correction, two people, the
//! decision with its documents (B46, B38, B9, C14, S10, S12).

use app::inbox::{self, TaskKind, member};
use app::registry::charity::application::{ApplyForCharity, CharityForm, ResubmitCharity, WithdrawCharity};
use app::registry::charity::decision::{Check, DecideCharity, ReviewCharity, SendBackCharity};
use app::registry::charity::intake::{AcceptCharity, CorrectCharity};
use app::registry::charity::read;
use app::registry::credit::penalty::{ConfirmPenalty, Footing, RecordPenalty};
use app::registry::credit::proposal::ProposeListing;
use app::registry::{Filter, OrganisationForm, RegisterOrganisation, directory, public_lists, standing};
use app::{City, Error, documents, journal};
use domain::kernel::{Actor, Coded, CreditCode, Fen, Role, Scope};
use domain::registry::charity::{CharityCondition, CharityStage, Said};
use domain::registry::credit::{ListingGround, PenaltyKind};
use domain::registry::{DocumentKind, Offence, PaperKind};

use crate::credit_cast::{Cast, act, at, cast, charity_since, code, day, form, list_now, person};
use crate::ending::paper;
use crate::support::{on_both, system};

/// An application with every condition explained and its papers.
pub async fn whole(city: &City, own: &Actor) -> ApplyForCharity {
    let said = |condition: &CharityCondition| Said {
        condition: *condition,
        is_promised: true,
        words: "符合，见章程和制度（示例）".into(),
    };
    let audit = paper(city, own, PaperKind::AuditReport).await;
    let minutes = paper(city, own, PaperKind::Minutes).await;
    let form = CharityForm {
        said: CharityCondition::ALL.iter().map(said).collect(),
        statement: "面向社会扶老助困（示例）".into(),
        promises: true,
        papers: vec![audit, minutes],
    };
    ApplyForCharity { form }
}

pub fn checked(number: i64, unmet: Option<CharityCondition>) -> ReviewCharity {
    let check = |condition: &CharityCondition| {
        let is_met = Some(*condition) != unmet;
        let finding = if is_met { "" } else { "制度没有执行（示例）" };
        Check { condition: *condition, is_met: Some(is_met), finding: finding.into() }
    };
    let checks = CharityCondition::ALL.iter().map(check).collect();
    ReviewCharity { number, checks, opinion: "逐项核对（示例）".into() }
}

pub fn decided(number: i64, is_recognised: bool) -> DecideCharity {
    DecideCharity { number, is_recognised, grounds: Vec::new(), decision: "依法决定（示例）".into() }
}

/// A recognised charity, and the number of its case.
pub async fn recognised(city: &City, day: &str) -> (Cast, i64) {
    let cast = cast(city).await;
    assert!(city.clock.move_to(at(day, 9)));
    let apply = whole(city, &cast.own).await;
    let number = act(city, &cast.own, &apply).await.expect("applied");
    act(city, &cast.officer, &AcceptCharity { number }).await.expect("accepted");
    act(city, &cast.officer, &checked(number, None)).await.expect("reviewed");
    act(city, &cast.director, &decided(number, true)).await.expect("recognised");
    (cast, number)
}

pub async fn tasks(city: &City, reader: &Actor) -> Vec<TaskKind> {
    let found = inbox::tasks(city, reader).await.expect("tasks");
    let own = found.into_iter().filter(|task| task.is_own && task.kind.is_of_charity());
    own.map(|one| one.kind).collect()
}

async fn refused(city: &City, own: &Actor, apply: &ApplyForCharity) -> String {
    match act(city, own, apply).await {
        Err(Error::Invalid(found)) => found.iter().map(|one| one.code).collect::<Vec<_>>().join(" "),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_organisation_is_recognised_by_two_people_and_everyone_sees_it() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2026-09-10", 9)));
        let apply = whole(&city, &cast.own).await;
        let number = act(&city, &cast.own, &apply).await.expect("applied");
        assert_eq!(code(act(&city, &cast.own, &apply).await), "charity.under-way (B46)");
        assert_eq!(tasks(&city, &cast.officer).await, [TaskKind::TakeInCharity]);
        assert!(act(&city, &cast.director, &AcceptCharity { number }).await.is_err(), "the officer does");
        act(&city, &cast.officer, &AcceptCharity { number }).await.expect("accepted");
        assert_eq!(tasks(&city, &cast.officer).await, [TaskKind::ReviewCharity]);
        let early = code(act(&city, &cast.director, &decided(number, true)).await);
        assert_eq!(early, "charity.wrong-stage (B46)");
        let bare = ReviewCharity { checks: Vec::new(), opinion: String::new(), ..checked(number, None) };
        let said = code(act(&city, &cast.officer, &bare).await);
        assert_eq!(said.matches("charity.check-missing@found_").count(), 7, "{said}");
        assert!(said.ends_with("change.text-missing@opinion"), "all faults at once: {said}");
        act(&city, &cast.officer, &checked(number, None)).await.expect("reviewed");
        assert_eq!(tasks(&city, &cast.director).await, [TaskKind::DecideCharity]);
        let bureau = person(&city, "bureau", Role::OrganisationBureau, Scope::City).await;
        assert!(act(&city, &bureau, &decided(number, true)).await.is_err(), "policy decides nothing (S12)");
        let deny = code(act(&city, &cast.director, &decided(number, false)).await);
        assert_eq!(deny, "charity.ground-missing@ground");
        act(&city, &cast.director, &decided(number, true)).await.expect("recognised");
        let held = read::one(&city, &cast.own, number).await.expect("own");
        let document = held.case.document_number.clone().expect("a decision");
        assert!(document.starts_with("宁民慈认〔2026〕"), "{document}");
        let known = standing::known_at(&city, cast.id, city.clock.now()).await.expect("known");
        assert_eq!(known.charity_since, Some(day("2026-09-10")));
        let before = standing::known_at(&city, cast.id, at("2026-09-09", 9)).await.expect("known");
        assert_eq!(before.charity_since, None, "the past stays");
        let record = public_lists::record(&city, &cast.uscc).await.expect("a record");
        assert_eq!(record.charity.len(), 1);
        assert_eq!(
            (record.charity[0].document_number.as_str(), record.charity[0].to_on),
            (document.as_str(), None)
        );
        let filter = Filter { is_charity: true, ..Filter::default() };
        assert_eq!(directory::counts(&city, &filter).await.expect("counted").all(), 1);
        assert_eq!(refused(&city, &cast.own, &apply).await, "charity.not-yet", "once is enough");
        assert!(read::one(&city, &Actor::VISITOR, number).await.is_err(), "strangers see no case");
        assert!(read::one(&city, &bureau, number).await.is_err(), "nor does policy (S12)");
        let told = documents::of(&city, &Actor::VISITOR, held.case.subject()).await.expect("read");
        // Both were issued in one moment, in no order.
        let mut kinds: Vec<&str> = told.iter().map(|one| one.kind.code()).collect();
        kinds.sort_unstable();
        assert_eq!(kinds, ["announcement", "charity_decision"], "for the public");
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_law_of_the_day_says_who_may_apply() {
    on_both(async |city| {
        let cast = cast(&city).await;
        let enter = async |subject: &str, registered_on: &str, login: &str| {
            let uscc = CreditCode::derive('5', '2', "320104", subject).expect("a code").as_str().into();
            let form = OrganisationForm { code: uscc, registered_on: registered_on.into(), ..form(subject) };
            let id = act(&city, &cast.officer, &RegisterOrganisation { form }).await.expect("entered");
            (id, person(&city, login, Role::OrganisationUser, Scope::Organisation(id)).await)
        };
        assert!(city.clock.move_to(at("2014-06-10", 9)));
        let apply = whole(&city, &cast.own).await;
        assert_eq!(refused(&city, &cast.own, &apply).await, "registry.charity-law");
        // The law recognised whoever was there before it was published, until its amendment.
        assert!(city.clock.move_to(at("2020-06-10", 9)));
        let (_, young) = enter("XX900007", "2016-03-16", "young").await;
        let late = whole(&city, &young).await;
        assert_eq!(refused(&city, &young, &late).await, "registry.charity-older");
        let number = act(&city, &cast.own, &apply).await.expect("older than the law");
        act(&city, &cast.own, &WithdrawCharity { number }).await.expect("withdrawn");
        assert!(city.clock.move_to(at("2024-09-05", 9)));
        act(&city, &young, &late).await.expect("the amended law recognises all");
        // A penalty bars for two years, a list as long as it lasts.
        let (punished, own) = enter("XX900008", "2010-03-16", "punished").await;
        let record = RecordPenalty {
            organisation: punished,
            kind: PenaltyKind::Warning,
            amount: Fen::ZERO,
            document_number: "示例罚1".into(),
            authority: "示例局".into(),
            reason: "示例".into(),
            imposed_on: day("2024-09-05"),
            until: None,
            footing: Footing::on(Offence::OtherLaw),
        };
        let penalty = act(&city, &cast.officer, &record).await.expect("recorded");
        act(&city, &cast.director, &ConfirmPenalty { penalty, is_right: true }).await.expect("confirmed");
        assert!(city.clock.move_to(at("2026-09-04", 9)));
        let apply = whole(&city, &own).await;
        assert_eq!(refused(&city, &own, &apply).await, "registry.no-penalty-within-year");
        assert!(city.clock.move_to(at("2026-09-05", 9)));
        act(&city, &own, &apply).await.expect("two years later");
        let propose = ProposeListing {
            organisation: cast.id,
            ground: ListingGround::ReportOverdue,
            evidence: "示例".into(),
            arose_on: day("2026-09-05"),
            paper: None,
        };
        let listed = act(&city, &cast.officer, &propose).await.expect("proposed");
        list_now(&city, &cast, listed).await;
        let apply = whole(&city, &cast.own).await;
        assert_eq!(refused(&city, &cast.own, &apply).await, "registry.on-no-list");
    })
    .await;
}

#[tokio::test]
async fn one_correction_then_two_people_and_a_denial_on_its_grounds() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2026-09-10", 9)));
        let apply = whole(&city, &cast.own).await;
        let bare = ApplyForCharity {
            form: CharityForm {
                said: apply
                    .form
                    .said
                    .iter()
                    .filter(|one| one.condition != CharityCondition::Finance)
                    .cloned()
                    .collect(),
                statement: String::new(),
                promises: false,
                papers: Vec::new(),
            },
        };
        let expected = "charity.not-promised@met_finance charity.words-missing@says_finance \
                        charity.statement-missing@statement charity.paper-missing@papers \
                        charity.paper-missing@papers charity.promise-missing@promise";
        assert_eq!(code(act(&city, &cast.own, &bare).await), expected);
        let number = act(&city, &cast.own, &apply).await.expect("applied");
        let correct = CorrectCharity { number, defects: "补充会议纪要（示例）".into() };
        act(&city, &cast.officer, &correct).await.expect("told");
        let own = member::of_organisation(&city, cast.id).await.expect("tasks");
        assert_eq!(own.iter().map(|one| one.kind.code()).collect::<Vec<_>>(), ["correct_charity"]);
        let mut form = apply.form.clone();
        form.said.iter_mut().for_each(|one| one.words = "已补充（示例）".into());
        act(&city, &cast.own, &ResubmitCharity { number, form }).await.expect("corrected");
        assert_eq!(code(act(&city, &cast.officer, &correct).await), "charity.corrected-once (B9)");
        act(&city, &cast.officer, &AcceptCharity { number }).await.expect("accepted");
        let unmet = checked(number, Some(CharityCondition::Finance));
        act(&city, &cast.officer, &unmet).await.expect("reviewed");
        let held = read::one(&city, &cast.officer, number).await.expect("read");
        assert_eq!(held.case.is_fit, Some(false));
        assert!(held.conditions.iter().all(|one| one.words == "已补充（示例）"));
        let grant = code(act(&city, &cast.director, &decided(number, true)).await);
        assert_eq!(grant, "charity.condition (B46)", "what the officer found stands");
        let back = SendBackCharity { number, reason: "请再核对（示例）".into() };
        act(&city, &cast.director, &back).await.expect("sent back");
        let both = Actor::new(cast.director.person.expect("a person"), Role::ApprovalOfficer, Scope::City);
        let give = app::access::people::GivePost { person: both.person.expect("a person"), post: both.post };
        act(&city, &system(), &give).await.expect("a second post");
        act(&city, &both, &unmet).await.expect("reviewed by the director");
        let deny = DecideCharity { grounds: vec![CharityCondition::Charter], ..decided(number, false) };
        assert_eq!(code(act(&city, &cast.director, &deny).await), "change.same-person (C14)");
        let other = person(&city, "second", Role::ApprovalDirector, Scope::City).await;
        act(&city, &other, &deny).await.expect("denied");
        let held = read::one(&city, &cast.own, number).await.expect("own");
        assert_eq!(held.case.stage, CharityStage::Denied);
        let told = documents::of(&city, &cast.own, held.case.subject()).await.expect("read");
        let denial = told.iter().find(|one| one.kind == DocumentKind::CharityDenial).expect("a denial");
        assert!(denial.kind.is_adverse(), "it tells the rights of review");
        let named: Vec<String> =
            denial.items().iter().map(|one| format!("{} {}", one.code, one.rule)).collect();
        assert_eq!(named, ["charity.condition B46", "charity.condition B46"]);
        assert!(documents::read(&city, &Actor::VISITOR, &denial.code).await.is_err(), "not for the public");
        act(&city, &cast.own, &apply).await.expect("applied again");
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_charity_needs_no_second_recognition() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2026-09-10", 9)));
        charity_since(&city, cast.id, "2026-03-02").await;
        let apply = whole(&city, &cast.own).await;
        assert_eq!(refused(&city, &cast.own, &apply).await, "charity.not-yet");
    })
    .await;
}
