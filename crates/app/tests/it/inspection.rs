//! Annual inspection from the opened year to the verified rectification, and two years of silence (G4).

use app::inbox::member::MemberTaskKind;
use app::inbox::{self, TaskKind};
use app::registry::inspection::{
    self, DecideMany, FoundGround, RecordAbsences, ReportRectification, ReturnReport, ReviewMany,
    ReviewReport, SaveReport, SubmitReport, VerifyRectification,
};
use app::{City, Error, deadlines, documents, journal};
use domain::kernel::{Actor, Level, Role, RuleKey, Scope, Subject, SubjectKind};
use domain::registry::inspection::rectification::RectificationState;
use domain::registry::inspection::{Ground, InspectionState, Outcome, Question, Weight};
use domain::registry::{DocumentKind, InspectionResult, PaperKind};

use crate::inspected::{
    NO_KEY, Own, answers, attach, file, held, morning, organisation, person, report_version, row,
};
use crate::support::on_both;

struct Office {
    officer: Actor,
    director: Actor,
}

async fn office(city: &City) -> Office {
    Office {
        officer: person(city, "officer", Role::ApprovalOfficer, Scope::City).await,
        director: person(city, "approval-director", Role::ApprovalDirector, Scope::City).await,
    }
}

/// `field code` of every fault.
fn faults<T: std::fmt::Debug>(answer: Result<T, Error>) -> Vec<String> {
    match answer {
        Err(Error::Invalid(faults)) => faults
            .iter()
            .map(|fault| format!("{} {}", fault.field.as_deref().unwrap_or(""), fault.code))
            .collect(),
        Err(Error::Refused(refusal)) => vec![refusal.code.to_owned()],
        other => panic!("{other:?}"),
    }
}

/// What the inbox gives this reader to do.
async fn own_tasks(city: &City, reader: &Actor) -> Vec<(TaskKind, String)> {
    let found = inbox::tasks(city, reader).await.expect("tasks").into_iter().filter(|task| task.is_own);
    found.map(|task| (task.kind, task.subject)).collect()
}

/// What the organisation itself has to do, with the last day.
async fn member_tasks(city: &City, own: &Own) -> Vec<(MemberTaskKind, String)> {
    let found = inbox::member::of_organisation(city, own.id).await.expect("tasks").into_iter();
    found.map(|task| (task.kind, task.due.map(|due| due.to_string()).unwrap_or_default())).collect()
}

async fn result(city: &City, own: &Own) -> InspectionResult {
    app::registry::profile::organisation_by_id(city, own.id).await.expect("held").inspection
}

fn found(ground: Ground, weight: Weight) -> Vec<FoundGround> {
    vec![FoundGround { ground, weight }]
}

async fn review(
    city: &City,
    officer: &Actor,
    own: &Own,
    found: Vec<FoundGround>,
    outcome: Outcome,
) -> Result<(), Error> {
    let version = held(city, own, 2013).await.version;
    let review = ReviewReport {
        year: 2013,
        uscc: own.uscc.clone(),
        version,
        grounds: found,
        outcome,
        note: "经审查".into(),
    };
    city.act(officer, &NO_KEY, &review).await
}

#[tokio::test]
async fn opening_a_year_calls_those_who_must_report() {
    on_both(async |city| {
        let office = office(&city).await;
        let old = organisation(&city, 1, '2', "2010-05-01").await;
        let young = organisation(&city, 2, '2', "2013-08-10").await;
        let later = organisation(&city, 3, '2', "2014-01-02").await;
        let early = inspection::open(&city, &office.officer, &NO_KEY, 2014).await;
        assert_eq!(faults(early), ["year inspection.year-not-over"]);
        let stranger = inspection::open(&city, &old.actor, &NO_KEY, 2013).await;
        assert_eq!(stranger, Err(Error::NotPermitted));
        for _ in 0..2 {
            inspection::open(&city, &office.officer, &NO_KEY, 2013).await.expect("opened");
        }
        let campaign = inspection::campaign(&city, 2013).await.expect("a campaign");
        assert_eq!(campaign.due_on.to_string(), "2014-06-03");
        assert_eq!(campaign.foundation_due_on.to_string(), "2014-03-31");
        assert_eq!(held(&city, &old, 2013).await.state, InspectionState::Due);
        assert_eq!(held(&city, &young, 2013).await.state, InspectionState::Exempt);
        let none = inspection::whole(&city, later.id, 2013).await;
        assert_eq!(none.err(), Some(Error::NotFound));
        let exempt = SaveReport { year: 2013, version: 0, answers: answers(&[]) };
        assert_eq!(faults(city.act(&young.actor, &NO_KEY, &exempt).await), ["inspection.report-closed"]);
        assert!(journal::verify(&city.db).await.expect("verified").is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_report_goes_its_way_to_a_verified_rectification() {
    on_both(async |city| {
        let office = office(&city).await;
        let own = organisation(&city, 1, '2', "2010-05-01").await;
        inspection::open(&city, &office.officer, &NO_KEY, 2013).await.expect("opened");
        let year = 2013;
        let prefilled = inspection::whole(&city, own.id, year).await.expect("a form");
        assert_eq!(prefilled.answers.text(Question::PersonInCharge), "周晨（示例）");
        let draft = SaveReport { year, version: 0, answers: answers(&[(Question::Staff, "")]) };
        city.act(&own.actor, &NO_KEY, &draft).await.expect("a draft");
        let submit = |version, change| SubmitReport { year, version, answers: answers(change) };
        let partial = city.act(&own.actor, &NO_KEY, &submit(1, &[(Question::Staff, "")])).await;
        assert_eq!(
            faults(partial),
            ["staff inspection.answer-missing", "papers inspection.financial-report-missing"]
        );
        file(&city, &own, year).await;
        // Once filed, nothing is written until it comes back.
        assert_eq!(
            faults(city.act(&own.actor, &NO_KEY, &submit(3, &[])).await),
            ["inspection.report-closed"]
        );

        let version = held(&city, &own, year).await.version;
        let back =
            ReturnReport { year, uscc: own.uscc.clone(), version, reason: "补交活动清单".into() };
        let silent = ReturnReport { reason: " ".into(), ..back.clone() };
        assert_eq!(
            faults(city.act(&office.officer, &NO_KEY, &silent).await),
            ["reason inspection.reason-missing"]
        );
        city.act(&office.officer, &NO_KEY, &back).await.expect("returned");
        assert_eq!(member_tasks(&city, &own).await, [(MemberTaskKind::CompleteReport, "2014-06-03".into())]);
        let pass = row(&city, &own, year, Outcome::Pass).await;
        let early = ReviewMany { year, rows: vec![pass] };
        let at_row = |code: &str| vec![format!("outcome.{} {code}", own.uscc)];
        assert_eq!(
            faults(city.act(&office.officer, &NO_KEY, &early).await),
            at_row("inspection.report-is-out")
        );
        let version = report_version(&city, &own, year).await;
        city.act(&own.actor, &NO_KEY, &submit(version, &[(Question::Expense, "100000")]))
            .await
            .expect("again");
        let version = held(&city, &own, year).await.version;
        let twice = ReturnReport { version, ..back };
        assert_eq!(
            faults(city.act(&office.officer, &NO_KEY, &twice).await),
            ["reason inspection.returned-once"]
        );
        let whole = inspection::whole(&city, own.id, year).await.expect("whole");
        let raised: Vec<&str> = whole
            .hints
            .iter()
            .filter(|one| one.finding.level == Level::Warn)
            .map(|one| one.finding.code)
            .collect();
        assert_eq!(raised, ["inspection.accounts-close"]);

        review_once_open(&city, &office, &own).await;
        decide_and_mend(&city, &office, &own).await;
        assert!(journal::verify(&city.db).await.expect("verified").is_empty());
    })
    .await;
}

/// The report in review: the officer has it until it is reviewed, then the director; an open ground is no pass.
async fn review_once_open(city: &City, office: &Office, own: &Own) {
    let task = |kind| vec![(kind, format!("2013/{}", own.uscc))];
    assert_eq!(own_tasks(city, &office.officer).await, task(TaskKind::ReviewReport));
    let ground = found(Ground::Finance, Weight::Minor);
    let lenient = review(city, &office.officer, own, ground.clone(), Outcome::Pass).await;
    assert_eq!(faults(lenient), ["outcome inspection.pass-with-open-ground"]);
    review(city, &office.officer, own, ground, Outcome::BasicPass).await.expect("reviewed");
    assert!(own_tasks(city, &office.officer).await.is_empty());
    assert_eq!(own_tasks(city, &office.director).await, task(TaskKind::DecideReport));
}

/// From the reviewed report: the decision with its refusals, the notices, the three months, the verification.
async fn decide_and_mend(city: &City, office: &Office, own: &Own) {
    let year = 2013;
    let mut wrong = row(city, own, year, Outcome::Pass).await;
    let decide = |row: &inspection::BatchRow| DecideMany { year, rows: vec![row.clone()] };
    let at_row = |code: &str| vec![format!("outcome.{} {code}", own.uscc)];
    assert_eq!(
        faults(city.act(&office.director, &NO_KEY, &decide(&wrong)).await),
        at_row("inspection.pass-with-open-ground")
    );
    let both = Actor { person: office.officer.person, ..office.director.clone() };
    wrong.outcome = Outcome::BasicPass;
    assert_eq!(faults(city.act(&both, &NO_KEY, &decide(&wrong)).await), at_row("inspection.same-person"));
    assert_eq!(city.act(&office.officer, &NO_KEY, &decide(&wrong)).await, Err(Error::NotPermitted));
    let stale = inspection::BatchRow { version: 1, ..wrong.clone() };
    assert_eq!(
        faults(city.act(&office.director, &NO_KEY, &decide(&stale)).await),
        at_row("inspection.row-changed")
    );
    city.clock.move_to(morning("2014-03-07"));
    city.act(&office.director, &NO_KEY, &decide(&wrong)).await.expect("decided");
    assert_eq!(result(city, own).await, InspectionResult::BasicPass);

    let inspected = held(city, own, year).await;
    let subject = Subject::new(SubjectKind::Inspection, inspected.id);
    let sheets = documents::of(city, &own.actor, subject).await.expect("documents");
    let kinds: Vec<DocumentKind> = sheets.iter().map(|sheet| sheet.kind).collect();
    assert_eq!(kinds.len(), 2);
    assert!(
        kinds.contains(&DocumentKind::InspectionNotice) && kinds.contains(&DocumentKind::RectificationNotice)
    );
    assert!(sheets.iter().all(|sheet| sheet.items().len() == 1));
    let running = deadlines::of(city, subject).await.expect("deadlines");
    let [running] = running.as_slice() else { panic!("one deadline: {running:?}") };
    assert_eq!(running.rule, RuleKey::RectificationMonths);
    // 7 June 2014 is a Saturday.
    assert_eq!(running.due_on.expect("runs").to_string(), "2014-06-09");

    assert_eq!(member_tasks(city, own).await, [(MemberTaskKind::ReportRectification, "2014-06-09".into())]);
    let report = ReportRectification { year, version: 1, text: "账目已更正（示例）".into() };
    let empty = ReportRectification { text: String::new(), ..report.clone() };
    assert_eq!(
        faults(city.act(&own.actor, &NO_KEY, &empty).await),
        ["text inspection.rectification-text-missing"]
    );
    city.act(&own.actor, &NO_KEY, &report).await.expect("reported");
    let task = |kind| (kind, format!("2013/{}", own.uscc));
    assert_eq!(own_tasks(city, &office.officer).await, [task(TaskKind::VerifyRectification)]);
    let verify = VerifyRectification {
        year,
        uscc: own.uscc.clone(),
        version: 2,
        is_done: false,
        reason: "缺凭证".into(),
    };
    city.act(&office.officer, &NO_KEY, &verify).await.expect("sent back");
    city.clock.move_to(morning("2014-06-09"));
    assert!(own_tasks(city, &office.officer).await.is_empty(), "its last day is not over");
    city.clock.move_to(morning("2014-06-10"));
    assert!(own_tasks(city, &office.officer).await.contains(&task(TaskKind::CallInRectification)));
    city.act(&own.actor, &NO_KEY, &ReportRectification { version: 3, ..report }).await.expect("again");
    let verify = VerifyRectification { version: 4, is_done: true, reason: String::new(), ..verify };
    city.act(&office.officer, &NO_KEY, &verify).await.expect("verified");
    let whole = inspection::whole(city, own.id, year).await.expect("whole");
    assert_eq!(whole.rectification.expect("one").state, RectificationState::Verified);
    assert!(whole.grounds.iter().all(|ground| ground.closed_at.is_some()));
    let history = inspection::history(city, own.id).await.expect("history");
    assert_eq!(history.len(), 1);
    assert_eq!(history[0].outcome, Some(Outcome::BasicPass), "mending does not change the past");
}

#[tokio::test]
async fn a_batch_is_decided_whole_or_not_at_all() {
    on_both(async |city| {
        let office = office(&city).await;
        let (one, two) = (
            organisation(&city, 1, '2', "2010-05-01").await,
            organisation(&city, 2, '1', "2011-01-01").await,
        );
        let silent = organisation(&city, 3, '2', "2011-01-01").await;
        let fund = organisation(&city, 4, '3', "2011-01-01").await;
        inspection::open(&city, &office.officer, &NO_KEY, 2013).await.expect("opened");
        file(&city, &one, 2013).await;
        file(&city, &two, 2013).await;
        // A foundation brings an audit, no mere financial report, and the consent of its supervising unit.
        attach(&city, &fund, 2013, PaperKind::FinancialReport).await;
        let submit = SubmitReport { year: 2013, version: 0, answers: answers(&[]) };
        assert_eq!(
            faults(city.act(&fund.actor, &NO_KEY, &submit).await),
            ["papers inspection.audit-missing", "papers inspection.consent-missing"]
        );
        attach(&city, &fund, 2013, PaperKind::AuditReport).await;
        attach(&city, &fund, 2013, PaperKind::SupervisingConsent).await;
        city.act(&fund.actor, &NO_KEY, &submit).await.expect("filed");

        let mut rows =
            vec![row(&city, &one, 2013, Outcome::Pass).await, row(&city, &silent, 2013, Outcome::Fail).await];
        let refused =
            city.act(&office.officer, &NO_KEY, &ReviewMany { year: 2013, rows: rows.clone() }).await;
        assert_eq!(faults(refused), [format!("outcome.{} inspection.no-show-has-no-outcome", silent.uscc)]);
        assert_eq!(held(&city, &one, 2013).await.state, InspectionState::Reported, "nothing was saved");
        rows.pop();
        rows.push(row(&city, &two, 2013, Outcome::Pass).await);
        city.act(&office.officer, &NO_KEY, &ReviewMany { year: 2013, rows }).await.expect("reviewed");
        let early = vec![row(&city, &fund, 2013, Outcome::Pass).await];
        let refused = city.act(&office.director, &NO_KEY, &DecideMany { year: 2013, rows: early }).await;
        assert_eq!(faults(refused), [format!("outcome.{} inspection.not-reviewed", fund.uscc)]);
        let rows =
            vec![row(&city, &one, 2013, Outcome::Pass).await, row(&city, &two, 2013, Outcome::Pass).await];
        city.act(&office.director, &NO_KEY, &DecideMany { year: 2013, rows }).await.expect("decided");
        assert_eq!(result(&city, &two).await, InspectionResult::Pass);
        let none = city.act(&office.director, &NO_KEY, &DecideMany { year: 2013, rows: Vec::new() }).await;
        assert_eq!(faults(none), ["rows inspection.nothing-selected"]);
        let campaign = inspection::campaign(&city, 2013).await.expect("a campaign");
        let tally = inspection::tally(&city, &campaign).await.expect("figures");
        for figure in &tally {
            let rows = inspection::lines(&city, &campaign, &figure.filter, 0, 100).await.expect("rows");
            assert_eq!(i64::try_from(rows.len()).expect("few"), figure.number, "{:?}", figure.filter);
        }
        assert!(journal::verify(&city.db).await.expect("verified").is_empty());
    })
    .await;
}

#[tokio::test]
async fn two_silent_years_lead_to_a_proposal_and_no_show_is_no_fail() {
    on_both(async |city| {
        let office = office(&city).await;
        let silent = organisation(&city, 1, '2', "2010-05-01").await;
        inspection::open(&city, &office.officer, &NO_KEY, 2013).await.expect("opened");
        let absences = |year| RecordAbsences { year, codes: vec![silent.uscc.clone()] };
        city.clock.move_to(morning("2014-06-03"));
        let at_row = |code: &str| vec![format!("outcome.{} {code}", silent.uscc)];
        assert_eq!(
            faults(city.act(&office.officer, &NO_KEY, &absences(2013)).await),
            at_row("inspection.not-yet-late")
        );
        let campaign = inspection::campaign(&city, 2013).await.expect("a campaign");
        let reminded = inspection::reminded(&city, &campaign).await.expect("reminders");
        let days: Vec<(String, i64)> = reminded
            .iter()
            .filter(|one| !one.is_foundations)
            .map(|one| (one.on.to_string(), one.number))
            .collect();
        assert_eq!(
            days,
            [("2014-05-04".to_owned(), 1), ("2014-05-27".to_owned(), 1), ("2014-06-03".to_owned(), 1)]
        );
        let task = (TaskKind::RecordAbsences, "2013".to_owned());
        assert!(!own_tasks(&city, &office.officer).await.contains(&task));
        city.clock.move_to(morning("2014-06-04"));
        assert!(own_tasks(&city, &office.officer).await.contains(&task));
        city.act(&office.officer, &NO_KEY, &absences(2013)).await.expect("recorded");
        assert!(!own_tasks(&city, &office.officer).await.contains(&task));
        assert_eq!(result(&city, &silent).await, InspectionResult::Absent);
        assert_eq!(
            faults(city.act(&office.officer, &NO_KEY, &absences(2013)).await),
            at_row("inspection.did-report")
        );
        let fail = row(&city, &silent, 2013, Outcome::Fail).await;
        let fail = DecideMany { year: 2013, rows: vec![fail] };
        assert_eq!(
            faults(city.act(&office.director, &NO_KEY, &fail).await),
            at_row("inspection.no-show-has-no-outcome")
        );
        assert!(inspection::proposals(&city, &campaign).await.expect("proposals").is_empty());
        // Making up for the silence does not undo that it was recorded.
        file(&city, &silent, 2013).await;
        assert_eq!(held(&city, &silent, 2013).await.state, InspectionState::Absent);

        city.clock.move_to(morning("2015-06-10"));
        inspection::open(&city, &office.director, &NO_KEY, 2014).await.expect("opened");
        let next = inspection::whole(&city, silent.id, 2014).await.expect("a form");
        assert_eq!(next.answers.typed(Question::NetAssetsBefore), "3000000.00");
        city.act(&office.officer, &NO_KEY, &absences(2014)).await.expect("recorded");
        let campaign = inspection::campaign(&city, 2014).await.expect("a campaign");
        let proposed = inspection::proposals(&city, &campaign).await.expect("proposals");
        assert_eq!(proposed.iter().map(|one| one.uscc.as_str()).collect::<Vec<_>>(), [silent.uscc.as_str()]);
        assert_eq!(proposed[0].finding.level, Level::Warn, "a person decides");
        assert!(inspection::whole(&city, silent.id, 2014).await.expect("whole").proposal.is_some());
        assert!(journal::verify(&city.db).await.expect("verified").is_empty());
    })
    .await;
}
