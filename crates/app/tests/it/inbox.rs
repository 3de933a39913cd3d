//! The inbox follows from the tables: a task appears with its cause and goes with it.

use app::contracts::{DraftContract, OfferContract, SignAsBuyer};
use app::inbox::{Task, TaskKind, tasks};
use app::{City, RequestKey};
use domain::kernel::{Actor, Role, Scope};

use crate::planted;
use crate::support::on_both;

const NO_KEY: RequestKey = RequestKey::None;

async fn own(city: &City, actor: &Actor) -> Vec<TaskKind> {
    let found: Vec<Task> = tasks(city, actor).await.expect("tasks");
    found.into_iter().filter(|task| task.is_own).map(|task| task.kind).collect()
}

#[tokio::test]
async fn a_contract_passes_from_desk_to_desk() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        assert_eq!(own(&city, &p.staff).await, [TaskKind::DraftContract]);
        let contract =
            city.act(&p.staff, &NO_KEY, &DraftContract { tender: p.tender }).await.expect("a draft");
        assert_eq!(own(&city, &p.staff).await, [TaskKind::OfferContract]);
        assert!(own(&city, &p.director).await.is_empty());
        city.act(&p.staff, &NO_KEY, &OfferContract { contract, version: 1 }).await.expect("offered");
        assert!(own(&city, &p.staff).await.is_empty());
        let found = tasks(&city, &p.director).await.expect("tasks");
        let sign = found.iter().find(|task| task.kind == TaskKind::SignContract).expect("a task");
        // From 7 January to 7 February 2014: 24 weekdays, less five of the Spring Festival, and one Sunday worked.
        assert_eq!((sign.days_left, sign.is_own), (Some(20), true));
        city.act(&p.director, &NO_KEY, &SignAsBuyer { contract, version: 2 }).await.expect("signed");
        assert!(own(&city, &p.director).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn each_stage_of_a_tender_is_somebodys_task() {
    for (stage, role, kind) in [
        ("drafting", Role::OfficeStaff, TaskKind::WriteRequirement),
        ("checking", Role::PurchaseLead, TaskKind::CheckRequirement),
        ("ready", Role::PurchaseLead, TaskKind::PublishNotice),
        ("bidding", Role::PurchaseLead, TaskKind::HoldOpening),
        ("opened", Role::OfficeDirector, TaskKind::CheckQualification),
        ("reviewing", Role::PurchaseLead, TaskKind::SeatPanel),
    ] {
        on_both(async |city| {
            let p = planted::awarded(&city, 12, stage).await;
            let doer = [&p.staff, &p.director, &p.lead].into_iter().find(|actor| actor.post.role == role);
            assert!(own(&city, doer.expect("a doer")).await.contains(&kind), "{stage}");
        })
        .await;
    }
}

#[tokio::test]
async fn who_oversees_sees_the_work_of_others_and_a_stranger_sees_none() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        let person = p.lead.person.expect("a person");
        let supervisor = Actor::new(person, Role::Supervisor, Scope::City);
        let found = tasks(&city, &supervisor).await.expect("tasks");
        assert_eq!(
            found.iter().map(|task| (task.kind, task.is_own)).collect::<Vec<_>>(),
            [(TaskKind::DraftContract, false)]
        );
        let expert = Actor::new(person, Role::Expert, Scope::City);
        assert!(tasks(&city, &expert).await.expect("tasks").is_empty());
    })
    .await;
}
