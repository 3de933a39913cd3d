//! Who has a case: taken, handed on, given out in one go; and never around the rule that two review and a third
//! decides (W4, B9, E11). With it, what an act would issue is seen without being done.

use app::inbox::{self, TaskKind};
use app::journal;
use app::registry::registration::desk::{self, DeskFilter, Tab};
use app::registry::registration::handoff::receivers;
use app::registry::registration::*;
use domain::kernel::{Actor, CaseId, PersonId};
use domain::registry::registration::{CaseAct, CaseState};
use domain::registry::{DocumentKind, OrganisationKind};

use crate::registration::kinds_of;
use crate::registration_ground::*;
use crate::support::on_both;

async fn sent_in(at: &Window, name: &str, identity: &str) -> (CaseId, String) {
    let answers = home_care(&[("name", name), ("identity", identity)]);
    let kind = OrganisationKind::SocialServiceInstitution;
    let case = at.fill(&at.applicant, kind, &answers).await.expect("filled");
    at.attach(&at.applicant, case, &PAPERS).await;
    let number = at.submit(case).await.expect("sent in");
    (case, number)
}

async fn one(at: &Window) -> (CaseId, String) {
    sent_in(at, "南京市秦淮区夕照居家养老服务中心", "320104197001010011").await
}

async fn own(at: &Window, reader: &Actor) -> Vec<TaskKind> {
    let found = inbox::tasks(&at.city, reader).await.expect("tasks");
    found.into_iter().filter(|task| task.is_own).map(|task| task.kind).collect()
}

async fn hand(
    at: &Window,
    by: &Actor,
    case: CaseId,
    to: Option<PersonId>,
    reason: &str,
) -> Result<(), String> {
    let version = at.version(case).await;
    at.does(by, &AssignCase { case, version, to, reason: reason.to_owned() }).await
}

#[tokio::test]
async fn a_case_is_the_task_of_whoever_has_it() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let (case, number) = one(&at).await;
        for officer in [&at.window, &at.first, &at.second] {
            assert_eq!(own(&at, officer).await, [TaskKind::TakeInCase], "before, it is everyone's");
        }
        hand(&at, &at.first, case, at.first.person, "").await.expect("taken without a reason");
        assert_eq!(own(&at, &at.first).await, [TaskKind::TakeInCase]);
        assert_eq!(own(&at, &at.second).await, []);
        let task = inbox::tasks(&at.city, &at.second).await.expect("tasks").pop().expect("a task");
        assert_eq!((task.holder.as_str(), task.is_own), ("first（示例）", false), "who has it is told");
        let refused = hand(&at, &at.first, case, at.second.person, " ").await;
        assert_eq!(refused, Err("registration.text-missing".to_owned()), "handing on wants a reason");
        hand(&at, &at.first, case, at.second.person, "外出培训（示例）").await.expect("handed on");
        assert_eq!(
            (own(&at, &at.first).await, own(&at, &at.second).await),
            (vec![], vec![TaskKind::TakeInCase])
        );
        let filter = DeskFilter { tab: Tab::Own, is_held: true, ..DeskFilter::default() };
        let lines = desk::desk(&at.city, &at.second, &filter).await.expect("the desk");
        let numbers: Vec<&str> = lines.iter().filter_map(|line| line.case.number.as_deref()).collect();
        assert_eq!(numbers, [number.as_str()]);
        let held = read::on_desk(&at.city, &number).await.expect("the case");
        let events = read::hanging(&at.city, &held).await.expect("its timeline");
        let last = events.events.last().expect("a line");
        assert_eq!((last.act, last.note.as_str()), (CaseAct::Assign, "second（示例）：外出培训（示例）"));
        assert_eq!(events.holder, "second（示例）");
        // It bars nobody: in the holder's absence another takes the case up.
        at.accept(case).await.expect("accepted");
        assert_eq!(journal::verify(&at.city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn a_hand_off_leads_around_no_separation() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let (case, number) = one(&at).await;
        let refused = |code: &str| Err(format!("registration.{code}"));
        assert_eq!(hand(&at, &at.bureau, case, at.first.person, "x").await, Err("NotPermitted".to_owned()));
        assert_eq!(
            hand(&at, &at.applicant, case, at.first.person, "x").await,
            Err("NotPermitted".to_owned())
        );
        assert_eq!(hand(&at, &at.first, case, at.bureau.person, "x").await, refused("receiver-stranger"));
        assert_eq!(hand(&at, &at.first, case, at.director.person, "x").await, refused("receiver-post"));
        let both = hand(&at, &at.first, case, None, "").await;
        assert_eq!(both, Err("registration.receiver-missing registration.text-missing".to_owned()));
        at.accept(case).await.expect("accepted");
        at.record(&at.first, case, at.second.person).await.expect("recorded");
        at.sign(&at.second, case, true).await.expect("signed");
        hand(&at, &at.window, case, at.first.person, "熟悉情况（示例）").await.expect("for the review");
        assert_eq!(own(&at, &at.second).await, []);
        assert_eq!(hand(&at, &at.window, case, at.first.person, "x").await, refused("held-already"));
        at.review(&at.first, case).await.expect("reviewed");
        // The holder has done the part that one may do; the second opinion is everybody's who may give it.
        assert_eq!(
            (own(&at, &at.first).await, own(&at, &at.second).await),
            (vec![], vec![TaskKind::ReviewCase])
        );
        hand(&at, &at.second, case, at.second.person, "接着办（示例）").await.expect("taken over");
        assert_eq!(hand(&at, &at.second, case, at.first.person, "x").await, refused("receiver-reviewed"));
        at.review(&at.second, case).await.expect("reviewed");
        for (to, code) in [(at.second.person, "held-already"), (at.first.person, "receiver-post")] {
            assert_eq!(
                hand(&at, &at.window, case, to, "x").await.err(),
                Some(format!("registration.{code}"))
            );
        }
        let held = read::on_desk(&at.city, &number).await.expect("the case");
        let hanging = read::hanging(&at.city, &held).await.expect("what hangs on it");
        let who: Vec<_> =
            receivers(&at.city, &held, &hanging).await.expect("read").iter().map(|one| one.id).collect();
        assert_eq!(who, [at.director.person.expect("a person")], "a third person alone can get the decision");
        hand(&at, &at.window, case, at.director.person, "请决定（示例）")
            .await
            .expect("handed to the director");
        assert_eq!(own(&at, &at.director).await, [TaskKind::DecideCase]);
        let approve = ApproveCase { case, version: at.version(case).await };
        at.does(&at.director, &approve).await.expect("approved");
        assert_eq!(own(&at, &at.window).await, [TaskKind::IssueCertificate], "then the officers go on");
        assert_eq!(journal::verify(&at.city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn several_are_given_out_together_or_none_of_them() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let (first, first_no) = one(&at).await;
        let (second, second_no) =
            sent_in(&at, "南京市秦淮区晨曦居家养老服务中心", "320104196501010011").await;
        let cases = vec![(first_no, at.version(first).await), (second_no, at.version(second).await)];
        let many = |cases: &[(String, i64)], to, reason: &str| AssignMany {
            cases: cases.to_vec(),
            to,
            reason: reason.to_owned(),
        };
        let none = at.does(&at.director, &many(&[], None, "")).await;
        assert_eq!(
            none,
            Err("registration.none-to-assign registration.text-missing registration.receiver-missing"
                .to_owned())
        );
        let stale = [cases[0].clone(), (cases[1].0.clone(), cases[1].1 - 1)];
        let refused = at.does(&at.director, &many(&stale, at.second.person, "按片分工（示例）")).await;
        assert_eq!(refused, Err("registration.case-changed".to_owned()));
        assert_eq!(own(&at, &at.first).await.len(), 2, "nothing is half done");
        at.does(&at.director, &many(&cases, at.second.person, "按片分工（示例）")).await.expect("given out");
        assert_eq!((own(&at, &at.first).await.len(), own(&at, &at.second).await.len()), (0, 2));
        assert_eq!(journal::verify(&at.city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn what_an_act_would_issue_is_seen_and_nothing_is_kept() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let (case, _) = one(&at).await;
        let accept = AcceptCase { case, version: at.version(case).await };
        let (before, entries) = (kinds_of(&at.city, &at.first, case).await, entries(&at).await);
        let seen = at.city.foresee(&at.first, &accept).await.expect("seen");
        assert_eq!(seen.iter().map(|one| one.kind).collect::<Vec<_>>(), [DocumentKind::Acceptance]);
        assert_eq!(seen[0].addressee, "applicant（示例）");
        assert!(at.city.foresee(&at.director, &accept).await.is_err(), "only by whom could do it");
        assert_eq!(kinds_of(&at.city, &at.first, case).await, before);
        assert_eq!(self::entries(&at).await, entries);
        // Ten days later silence has accepted it: the next act would write that down first, with its notice.
        set_day(&at.city, "2026-03-10");
        let ask = AskDepartment {
            case,
            version: at.version(case).await,
            department: "市卫生健康委员会（示例）".to_owned(),
            question: "是否符合要求？".to_owned(),
        };
        let seen = at.city.foresee(&at.first, &ask).await.expect("seen");
        assert_eq!(seen.iter().map(|one| one.kind).collect::<Vec<_>>(), [DocumentKind::Acceptance]);
        let state =
            at.city.db.one::<(String,)>("SELECT state FROM registration_case", &[]).await.expect("one");
        assert_eq!(state.0, domain::kernel::Coded::code(CaseState::Submitted), "it is not written down yet");
        assert_eq!(self::entries(&at).await, entries);
    })
    .await;
}

async fn entries(at: &Window) -> i64 {
    at.city.db.number("SELECT count(*) FROM journal", &[]).await.expect("a count")
}
