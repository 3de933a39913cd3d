//! The approval office's desk: silence, several cases at once, the clock of several departments, and what an
//! official sees of the own work (W4, B9, B12).

use app::deadlines::{self, HeldDeadline};
use app::inbox::{self, TaskKind};
use app::journal;
use app::registry::late::{self, Place};
use app::registry::registration::desk::{self, DeskFilter, Tab};
use app::registry::registration::own_figures::own_figures;
use app::registry::registration::*;
use domain::kernel::{Actor, CaseId, DayKind, Role, RuleKey};
use domain::registry::registration::{CaseAct, CaseState};
use domain::registry::{DocumentKind, OrganisationKind};

use crate::registration_ground::*;
use crate::support::on_both;

const INSTITUTION: OrganisationKind = OrganisationKind::SocialServiceInstitution;

/// A case that was sent in, under this name.
async fn sent_in(at: &Window, name: &str, identity: &str) -> (CaseId, String) {
    let answers = home_care(&[("name", name), ("identity", identity)]);
    let case = at.fill(&at.applicant, INSTITUTION, &answers).await.expect("filled");
    at.attach(&at.applicant, case, &PAPERS).await;
    let number = at.submit(case).await.expect("sent in");
    (case, number)
}

async fn first(at: &Window) -> (CaseId, String) {
    sent_in(at, "南京市秦淮区夕照居家养老服务中心", "320104197001010011").await
}

async fn second(at: &Window) -> (CaseId, String) {
    sent_in(at, "南京市秦淮区晨曦居家养老服务中心", "320104196501010011").await
}

/// What the inbox gives this reader to do, by number.
async fn own(at: &Window, reader: &Actor) -> Vec<(TaskKind, String)> {
    let found = inbox::tasks(&at.city, reader).await.expect("tasks");
    found.into_iter().filter(|task| task.is_own).map(|task| (task.kind, task.subject)).collect()
}

#[tokio::test]
async fn a_case_that_silence_accepted_is_to_be_reviewed_and_not_taken_up() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let (case, number) = first(&at).await;
        assert_eq!(own(&at, &at.first).await, [(TaskKind::TakeInCase, number.clone())]);
        // Monday 2 March: the fifth working day is the 9th, and on the 10th silence has accepted it.
        set_day(&at.city, "2026-03-10");
        let tasks = inbox::tasks(&at.city, &at.first).await.expect("tasks");
        let task = tasks.first().expect("a task");
        assert_eq!((task.kind, task.is_own), (TaskKind::VisitPremises, true));
        // The promised twenty working days from the receipt come before the sixty days of the law.
        assert_eq!(task.due.map(|due| due.to_string()).as_deref(), Some("2026-03-30"));
        let filter = DeskFilter { tab: Tab::Own, ..DeskFilter::default() };
        let lines = desk::desk(&at.city, &at.first, &filter).await.expect("the desk");
        assert_eq!((lines[0].case.state, lines[0].next), (CaseState::Accepted, Some(CaseAct::RecordVisit)));
        at.record(&at.first, case, at.second.person).await.expect("recorded");
        assert!(own(&at, &at.first).await.is_empty(), "the other officer signs");
        assert_eq!(own(&at, &at.second).await, [(TaskKind::SignVisit, number.clone())]);
        at.sign(&at.second, case, true).await.expect("signed");
        assert_eq!(own(&at, &at.first).await, [(TaskKind::CheckCharter, number.clone())]);
        at.check_charter(&at.first, case, &[]).await.expect("checked");
        assert_eq!(own(&at, &at.first).await, [(TaskKind::ReviewCase, number.clone())]);
        at.review(&at.first, case).await.expect("reviewed");
        assert!(own(&at, &at.first).await.is_empty(), "nobody reviews twice");
        assert_eq!(own(&at, &at.second).await, [(TaskKind::ReviewCase, number.clone())]);
        at.review(&at.second, case).await.expect("reviewed");
        assert_eq!(own(&at, &at.director).await, [(TaskKind::DecideCase, number)]);
        assert_eq!(journal::verify(&at.city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn several_cases_are_taken_up_together_or_none_of_them() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let ((one, one_no), (two, two_no)) = (first(&at).await, second(&at).await);
        let (one_version, two_version) = (at.version(one).await, at.version(two).await);
        let many = |cases: &[(&str, i64)]| AcceptMany {
            cases: cases.iter().map(|(number, version)| ((*number).to_owned(), *version)).collect(),
        };
        let fields = async |actor: &Actor, act: &AcceptMany| match at
            .city
            .act(actor, &app::RequestKey::None, act)
            .await
        {
            Err(app::Error::Invalid(faults)) => faults
                .iter()
                .map(|no| format!("{} {}", no.field.as_deref().unwrap_or(""), no.code))
                .collect::<Vec<_>>(),
            other => vec![format!("{other:?}")],
        };
        assert_eq!(fields(&at.window, &many(&[])).await, ["case registration.none-chosen"]);
        let both = many(&[(&one_no, one_version), (&two_no, two_version)]);
        assert_eq!(fields(&at.director, &both).await, ["Err(NotPermitted)"]);
        let stale = many(&[(&one_no, one_version), (&two_no, two_version - 1)]);
        assert_eq!(fields(&at.window, &stale).await, [format!("case.{two_no} registration.case-changed")]);
        at.accept(two).await.expect("accepted by another meanwhile");
        let again = many(&[(&one_no, one_version), (&two_no, at.version(two).await)]);
        assert_eq!(fields(&at.window, &again).await, [format!("case.{two_no} registration.not-now")]);
        assert_eq!(at.held(one).await.state, CaseState::Submitted, "nothing is half done");
        let (three, three_no) = sent_in(&at, "南京市秦淮区朝阳居家养老服务中心", "320104197203030018").await;
        let sound = many(&[(&three_no, at.version(three).await), (&one_no, one_version)]);
        at.does(&at.window, &sound).await.expect("both are taken up");
        for case in [one, three] {
            let held = at.held(case).await;
            assert_eq!((held.state, held.reviews_missing), (CaseState::Accepted, 2));
        }
        assert_eq!(journal::verify(&at.city.db).await.expect("verified"), vec![]);
    })
    .await;
}

async fn clock(at: &Window, case: CaseId, rule: RuleKey) -> Option<HeldDeadline> {
    let subject = at.held(case).await.subject();
    let held = deadlines::of(&at.city, subject).await.expect("deadlines");
    held.into_iter().find(|one| one.rule == rule)
}

#[tokio::test]
async fn several_departments_have_a_clock_of_their_own_that_is_extended_once() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let (case, number) = first(&at).await;
        at.accept(case).await.expect("accepted");
        let extend = async |approval: &str| {
            let (version, reasons) = (at.version(case).await, "意见尚未全部收到（示例）".to_owned());
            let act = ExtendJoint { case, version, approval: approval.to_owned(), reasons };
            at.does(&at.director, &act).await
        };
        assert_eq!(extend("宁政批〔2026〕1号").await, Err("registration.joint-none".to_owned()));
        let (department, question) = ("市卫生健康委员会".to_owned(), "是否符合要求？".to_owned());
        let ask = AskDepartment { case, version: at.version(case).await, department, question };
        at.does(&at.window, &ask).await.expect("asked");
        let joint = clock(&at, case, RuleKey::JointHandlingWorkingDays).await.expect("a clock");
        assert_eq!((joint.count, joint.day_kind), (45, DayKind::WorkingDays));
        let due = joint.due_on.expect("asking does not stop the clock of those who are asked");
        assert_eq!(
            clock(&at, case, RuleKey::RegistrationDecisionDays).await.and_then(|one| one.due_on),
            None
        );
        assert_eq!(extend(" ").await, Err("registration.text-missing".to_owned()));
        set_day(&at.city, &due.to_string());
        extend("宁政批〔2026〕1号").await.expect("extended on the last day");
        assert_eq!(extend("宁政批〔2026〕2号").await, Err("registration.joint-extended-before".to_owned()));
        let more = clock(&at, case, RuleKey::JointExtensionWorkingDays).await.expect("an extension");
        assert_eq!((more.count, more.trigger_on), (15, due));
        let told = app::documents::of(&at.city, &at.applicant, at.held(case).await.subject()).await;
        assert!(told.expect("read").iter().any(|one| one.kind == DocumentKind::ExtensionNotice));
        let until = more.due_on.expect("a last day");
        set_day(&at.city, &until.tomorrow().expect("a day").to_string());
        let today = at.city.clock.now().date();
        let late = deadlines::late(&at.city, today, due).await.expect("read");
        assert_eq!(late.iter().map(|one| one.rule).collect::<Vec<_>>(), [RuleKey::JointExtensionWorkingDays]);
        let about = late::about(&at.city, &late[0]).await.expect("read").expect("a case");
        assert_eq!((about.place, about.number), (Place::Case, number));
        let version = at.version(case).await;
        at.does(&at.applicant, &WithdrawCase { case, version }).await.expect("taken back");
        let over = clock(&at, case, RuleKey::JointExtensionWorkingDays).await.expect("an extension");
        assert!(over.done_on.is_some(), "nothing runs on in a case that is over");
        assert_eq!(journal::verify(&at.city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn tabs_and_own_figures_count_the_rows_they_open_to() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let ((one, one_no), (two, _)) = (first(&at).await, second(&at).await);
        at.accept(one).await.expect("accepted");
        set_day(&at.city, "2026-03-04");
        at.visit(one).await.expect("visited");
        at.review(&at.first, one).await.expect("reviewed");
        at.review(&at.second, one).await.expect("reviewed");
        set_day(&at.city, "2026-03-06");
        at.approve(&at.director, one).await.expect("approved");
        let count = async |reader: &Actor, tab: Tab| {
            let filter = DeskFilter { tab, ..DeskFilter::default() };
            desk::desk(&at.city, reader, &filter).await.expect("the desk").len()
        };
        assert_eq!(count(&at.window, Tab::Own).await, 2, "one to accept, one to certify");
        assert_eq!(count(&at.director, Tab::Own).await, 0);
        assert_eq!(count(&at.director, Tab::Others).await, 2);
        set_day(&at.city, "2026-03-23");
        assert_eq!(count(&at.window, Tab::Overdue).await, 1, "the certificate is late");
        let version = at.version(two).await;
        at.does(&at.applicant, &WithdrawCase { case: two, version }).await.expect("taken back");
        assert_eq!(count(&at.window, Tab::Ended).await, 1);
        let supervisor =
            Actor::new(at.bureau.person.expect("a person"), Role::Supervisor, at.bureau.post.scope);
        assert_eq!(count(&supervisor, Tab::Own).await, 0, "who looks on does nothing");
        assert_eq!(count(&supervisor, Tab::All).await, 2);
        let found = own_figures(&at.city, &at.director).await.expect("figures");
        assert_eq!((found.all.number, found.decided.number, found.mean_tenths), (1, 1, Some(40)));
        let mut figures = vec![&found.all, &found.on_time, &found.late, &found.corrected, &found.decided];
        figures.extend(found.kinds.iter().flat_map(|row| &row.figures));
        for figure in figures {
            let rows = desk::desk(&at.city, &at.director, &figure.filter).await.expect("rows");
            assert_eq!(rows.len(), figure.number, "{:?}", figure.filter);
            assert!(rows.iter().all(|line| line.case.number.as_deref() == Some(one_no.as_str())));
        }
    })
    .await;
}
