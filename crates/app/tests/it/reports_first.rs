//! Yearly reports that somebody else reads first or draws a consequence from, on both databases: the opinion of the
//! supervising unit (B24), and a charity whose reports tell of no charitable work for two years (B22, CL17, CL18).

use app::inbox::member::MemberTaskKind;
use app::inbox::{self, TaskKind};
use app::journal::REGISTERED_ITEM;
use app::registry::charity::idle::{self, TellCharityToEnd};
use app::registry::inspection::{self, SubmitReport};
use app::{Act, City, Cx, Error, documents, journal};
use domain::kernel::{Actor, Level, OrganisationId, Role, Scope};
use domain::registry::PaperKind;
use domain::registry::inspection::Question;

use crate::credit_cast::{act, charity_since, code, day};
use crate::inspected::{NO_KEY, Own, answers, attach, file, morning, organisation, person, report_version};
use crate::support::on_both;

/// The register names a supervising unit.
struct UnitOf {
    organisation: OrganisationId,
    unit: &'static str,
}

impl Act for UnitOf {
    type Outcome = ();
    const NAME: &'static str = "test.unit_of";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let id = cx.id();
        let values = [
            ("organisation_id", self.organisation.into()),
            ("item", "supervising_unit".into()),
            ("value", self.unit.into()),
            ("from_on", "2010-05-01".into()),
        ];
        cx.insert(&REGISTERED_ITEM, id, &values).await
    }
}

async fn own_tasks(city: &City, own: &Own) -> Vec<(MemberTaskKind, String)> {
    let found = inbox::member::of_organisation(city, own.id).await.expect("tasks").into_iter();
    found.map(|task| (task.kind, task.due.map(|due| due.to_string()).unwrap_or_default())).collect()
}

#[tokio::test]
async fn whoever_has_a_unit_reports_to_it_first() {
    on_both(async |city| {
        assert!(city.clock.move_to(morning("2014-03-03")));
        let officer = person(&city, "officer", Role::ApprovalOfficer, Scope::City).await;
        let supervised = organisation(&city, 1, '1', "2010-05-01").await;
        let direct = organisation(&city, 2, '1', "2010-05-01").await;
        let unit = UnitOf { organisation: supervised.id, unit: "南京市示例局" };
        act(&city, &Actor::SYSTEM, &unit).await.expect("a unit");
        inspection::open(&city, &officer, &NO_KEY, 2013).await.expect("opened");
        let due = vec![(MemberTaskKind::ReportToUnit, "2014-03-31".to_owned())];
        assert_eq!(own_tasks(&city, &supervised).await, due);
        assert!(own_tasks(&city, &direct).await.is_empty());
        file(&city, &direct, 2013).await;
        attach(&city, &supervised, 2013, PaperKind::FinancialReport).await;
        let submit =
            |on| SubmitReport { year: 2013, version: 0, answers: answers(&[(Question::UnitOpinionOn, on)]) };
        assert_eq!(
            code(act(&city, &supervised.actor, &submit("")).await),
            "inspection.opinion-missing@papers inspection.answer-missing@unit_opinion_on"
        );
        attach(&city, &supervised, 2013, PaperKind::SupervisingConsent).await;
        assert!(own_tasks(&city, &supervised).await.is_empty(), "the unit has answered");
        assert!(city.clock.move_to(morning("2014-04-10")));
        assert_eq!(
            code(act(&city, &supervised.actor, &submit("2014-04-11")).await),
            "inspection.opinion-ahead@unit_opinion_on"
        );
        act(&city, &supervised.actor, &submit("2014-04-09")).await.expect("filed");
        let whole = inspection::whole(&city, supervised.id, 2013).await.expect("held");
        let late = whole.hints.iter().find(|one| one.finding.code == "inspection.opinion-in-time");
        let late = late.expect("looked into");
        assert_eq!((late.finding.level, late.ground), (Level::Warn, None), "late, and no ground by itself");
        let other = inspection::whole(&city, direct.id, 2013).await.expect("held");
        assert!(other.hints.iter().all(|one| one.finding.code != "inspection.opinion-in-time"));
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

async fn idle_report(city: &City, own: &Own, year: i64) {
    attach(city, own, year, PaperKind::FinancialReport).await;
    let version = report_version(city, own, year).await;
    let nothing = [(Question::Activities, "0"), (Question::ActivityExpense, "0")];
    let submit = SubmitReport { year, version, answers: answers(&nothing) };
    act(city, &own.actor, &submit).await.expect("filed");
}

#[tokio::test]
async fn a_charity_without_work_for_two_years_is_told_to_end() {
    on_both(async |city| {
        assert!(city.clock.move_to(morning("2017-03-01")));
        let officer = person(&city, "officer", Role::ApprovalOfficer, Scope::City).await;
        let idle = organisation(&city, 1, '2', "2010-05-01").await;
        let busy = organisation(&city, 2, '2', "2010-05-01").await;
        let plain = organisation(&city, 3, '2', "2010-05-01").await;
        charity_since(&city, idle.id, "2015-01-01").await;
        charity_since(&city, busy.id, "2015-01-01").await;
        inspection::open(&city, &officer, &NO_KEY, 2016).await.expect("opened");
        for own in [&idle, &busy, &plain] {
            idle_report(&city, own, 2016).await;
        }
        assert!(idle::to_be_told(&city).await.expect("read").is_empty(), "one year is not two");
        let tell =
            |of: &Own| TellCharityToEnd { organisation: of.id, note: "已走访核实（示例）".into() };
        assert_eq!(code(act(&city, &officer, &tell(&idle)).await), "charity.not-idle (B22)");
        assert!(city.clock.move_to(morning("2018-03-01")));
        inspection::open(&city, &officer, &NO_KEY, 2017).await.expect("opened");
        idle_report(&city, &idle, 2017).await;
        idle_report(&city, &plain, 2017).await;
        file(&city, &busy, 2017).await;
        let found = idle::to_be_told(&city).await.expect("read");
        assert_eq!(found.iter().map(|one| one.organisation).collect::<Vec<_>>(), [idle.id]);
        let tasks = inbox::tasks(&city, &officer).await.expect("tasks");
        assert!(tasks.iter().any(|one| one.kind == TaskKind::TellIdleCharity && one.subject == idle.uscc));
        let mute = TellCharityToEnd { note: " ".into(), ..tell(&idle) };
        assert_eq!(code(act(&city, &officer, &mute).await), "change.text-missing@note");
        act(&city, &officer, &tell(&idle)).await.expect("told");
        assert_eq!(code(act(&city, &officer, &tell(&idle)).await), "charity.told-to-end (B22)");
        let notice = idle::notice_of(&city, idle.id).await.expect("read").expect("told");
        assert_eq!((notice.first_year, notice.last_year), (2016, 2017));
        // From 1 March 2018 thirty days lead to Saturday the 31st; the next worked day is 2 April.
        assert_eq!((notice.told_on, notice.group_by), (day("2018-03-01"), day("2018-04-02")));
        let due = (MemberTaskKind::EndAsCharity, "2018-04-02".to_owned());
        assert!(own_tasks(&city, &idle).await.contains(&due));
        assert!(idle::to_be_told(&city).await.expect("read").is_empty());
        let sql = "SELECT code FROM document WHERE kind = 'charity_end'";
        let (issued,): (String,) = city.db.one(sql, &[]).await.expect("issued");
        assert!(documents::read(&city, &idle.actor, &issued).await.is_ok());
        assert!(documents::read(&city, &busy.actor, &issued).await.is_err(), "strangers read none of it");
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}
