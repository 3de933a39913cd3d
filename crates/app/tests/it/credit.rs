//! Credit on both databases: from ground to listing to removal, what the clock brings, and what every gate says
//! of any moment.

use app::registry::credit::answer::{AnswerNotice, RecordHearing};
use app::registry::credit::decision::DecideListing;
use app::registry::credit::due::{DoWhatIsDue, DueKind, due};
use app::registry::credit::letter::{RecordLetter, RecordReturn};
use app::registry::credit::penalty::{ConfirmPenalty, Footing, RecordPenalty};
use app::registry::credit::proposal::{ProposeListing, SendNotice};
use app::registry::credit::read;
use app::registry::credit::removal::{ApplyRemoval, DecideRemoval, VerifyRemoval};
use app::registry::{EditOrganisation, OrganisationForm, RegisterOrganisation, profile, standing};
use app::{City, Error, deadlines, documents, inbox, journal};
use domain::kernel::{Actor, Coded, Fen, Level, OrganisationId, Post, Role, RuleKey, Scope};
use domain::registry::credit::{CreditList, ListingGround, PenaltyKind, StatementKind};
use domain::registry::{CreditListing, DocumentKind, Gate, InspectionResult, Offence, OrganisationStatus};

use crate::credit_cast::{Cast, Inspect, act, at, cast, code, day, form, list_now, listing, person};
use crate::support::{on_both, system};

#[tokio::test]
async fn a_no_show_is_listed_in_time_and_leaves_the_list_when_it_has_reported() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2014-06-03", 9)));
        let absence =
            Inspect { organisation: cast.id, year: 2013, absent_on: Some(day("2014-06-03")), outcome: None };
        act(&city, &system(), &absence).await.expect("absent");
        let waiting = due(&city).await.expect("read");
        assert_eq!(waiting.len(), 1);
        assert_eq!((waiting[0].kind, waiting[0].ground), (DueKind::Absence, ListingGround::ReportOverdue));
        assert_eq!(waiting[0].due_on, Some(day("2014-06-10")));
        let tasks = inbox::tasks(&city, &cast.officer).await.expect("read");
        assert!(tasks.iter().any(|task| task.kind.code() == "propose_listing" && task.is_own));
        assert_eq!(act(&city, &cast.officer, &DoWhatIsDue).await, Ok(1));
        assert_eq!(act(&city, &cast.officer, &DoWhatIsDue).await, Ok(0), "once is enough");
        let number = read::cases(&city, read::CaseFilter::default()).await.expect("read")[0].number;
        assert_eq!(number, 20_140_001);
        // Nobody is told to the world, or decides, before the organisation could answer.
        let decide = DecideListing { number, is_listed: true, reason: "情形属实".into() };
        assert_eq!(code(act(&city, &cast.director, &decide).await), "credit.wrong-stage (B37)");
        assert!(read::case(&city, &cast.own, number).await.is_err(), "not yet told");
        assert!(city.clock.move_to(at("2014-06-04", 9)));
        act(&city, &cast.officer, &SendNotice { number }).await.expect("noticed");
        assert_eq!(code(act(&city, &cast.director, &decide).await), "credit.answer-awaited (B37)");
        let whole = read::case(&city, &cast.own, number).await.expect("own");
        assert_eq!(whole.case.answer_by, Some(day("2014-06-18")));
        assert!(city.clock.move_to(at("2014-06-06", 9)));
        let mut answer =
            AnswerNotice { number, kind: StatementKind::Written, statement: " ".into(), papers: vec![] };
        assert_eq!(code(act(&city, &cast.own, &answer).await), "credit.text-missing@statement");
        answer.statement = "财务人员离职，未及时报送（示例）。".into();
        act(&city, &cast.own, &answer).await.expect("answered");
        assert_eq!(code(act(&city, &cast.own, &answer).await), "credit.wrong-stage (B37)");
        // Two days for the answer stood still: 5 and 6 June.
        let entry = deadlines::of(&city, whole.case.subject()).await.expect("read");
        assert_eq!(
            (entry[0].rule, entry[0].due_on),
            (RuleKey::ListingEntryWorkingDays, Some(day("2014-06-12")))
        );
        assert!(city.clock.move_to(at("2014-06-09", 15)));
        act(&city, &cast.director, &decide).await.expect("listed");
        assert!(
            !deadlines::of(&city, whole.case.subject()).await.expect("read")[0].is_late(day("2014-06-09"))
        );
        assert_eq!(listing(&city, cast.id, at("2014-06-09", 14)).await, CreditListing::None);
        assert_eq!(listing(&city, cast.id, at("2014-06-09", 15)).await, CreditListing::Abnormal);
        let held = profile::organisation_by_id(&city, cast.id).await.expect("held");
        assert_eq!(held.listing, CreditListing::Abnormal, "the register is in step");
        removal(&city, &cast).await;
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

/// Applied for, verified, and decided by another.
async fn removal(city: &City, cast: &Cast) {
    assert!(city.clock.move_to(at("2014-07-01", 9)));
    let place = read::open_places(city, cast.id).await.expect("read")[0].clone();
    let apply =
        ApplyRemoval {
            listing: place.id, statement: "已补报2013年度报告（示例）".into(), papers: vec![]
        };
    let removal = act(city, &cast.own, &apply).await.expect("applied");
    assert_eq!(code(act(city, &cast.own, &apply).await), "credit.removal-under-way (B36)");
    let decide = DecideRemoval { removal, is_removed: true, reason: "已履行义务".into() };
    assert_eq!(code(act(city, &cast.director, &decide).await), "credit.not-verified (B36)");
    let verify = VerifyRemoval { removal, is_mended: true, finding: "年度报告已收悉".into() };
    act(city, &cast.officer, &verify).await.expect("verified");
    let line = read::removals(city).await.expect("read")[0].clone();
    assert_eq!(line.due_on, Some(day("2014-07-08")));
    assert!(city.clock.move_to(at("2014-07-03", 11)));
    act(city, &cast.director, &decide).await.expect("removed");
    assert_eq!(code(act(city, &cast.director, &decide).await), "credit.not-verified (B36)");
    assert_eq!(listing(city, cast.id, at("2014-07-03", 10)).await, CreditListing::Abnormal);
    assert_eq!(listing(city, cast.id, at("2014-07-03", 11)).await, CreditListing::None);
    let held = profile::organisation_by_id(city, cast.id).await.expect("held");
    assert_eq!(held.listing, CreditListing::None);
    let all = documents::of(city, &cast.own, place.subject()).await.expect("read");
    let kinds: Vec<DocumentKind> = all.iter().map(|one| one.kind).collect();
    assert_eq!(
        kinds,
        [DocumentKind::ListingNotice, DocumentKind::ListingDecision, DocumentKind::ListingRemoval]
    );
    let public = documents::of(city, &Actor::VISITOR, place.subject()).await.expect("read");
    assert_eq!(public.len(), 2, "the prior notice is not public");
}

#[tokio::test]
async fn two_years_on_the_list_lead_to_the_serious_one_and_a_later_removal_changes_no_past_gate() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2014-02-10", 9)));
        let propose = ProposeListing {
            organisation: cast.id,
            ground: ListingGround::NoPartyBody,
            arose_on: day("2014-02-10"),
            evidence: "检查记录（示例）".into(),
            paper: None,
        };
        let number = act(&city, &cast.officer, &propose).await.expect("proposed");
        assert_eq!(code(act(&city, &cast.officer, &propose).await), "credit.already-proposed (B35)");
        list_now(&city, &cast, number).await;
        assert!(city.clock.move_to(at("2016-02-09", 9)));
        assert!(due(&city).await.expect("read").is_empty());
        assert!(city.clock.move_to(at("2016-02-10", 9)));
        let waiting = due(&city).await.expect("read");
        assert_eq!(waiting.iter().map(|one| one.kind).collect::<Vec<_>>(), [DueKind::TwoYears]);
        act(&city, &cast.officer, &DoWhatIsDue).await.expect("proposed");
        let filter = read::CaseFilter { list: Some(CreditList::Serious), ..read::CaseFilter::default() };
        let number = read::cases(&city, filter).await.expect("read")[0].number;
        list_now(&city, &cast, number).await;
        let (before, deadline) = (at("2016-02-10", 8), at("2017-03-01", 10));
        assert!(city.clock.move_to(at("2017-03-01", 9)));
        let place = read::open_places(&city, cast.id).await.expect("read")[0].clone();
        let apply =
            ApplyRemoval { listing: place.id, statement: "已整改（示例）".into(), papers: vec![] };
        assert_eq!(code(act(&city, &cast.own, &apply).await), "credit.serious-too-early (B37)");
        assert!(city.clock.move_to(at("2018-02-12", 9)));
        let removal = act(&city, &cast.own, &apply).await.expect("applied");
        let verify = VerifyRemoval { removal, is_mended: true, finding: "已整改到位".into() };
        act(&city, &cast.officer, &verify).await.expect("verified");
        let decide = DecideRemoval { removal, is_removed: true, reason: "满两年且已整改".into() };
        act(&city, &cast.director, &decide).await.expect("removed");
        // As of a deadline in 2017 bidding was barred, whatever was removed since.
        for (moment, level, gates) in [
            (before, Level::Warn, Level::Met),
            (deadline, Level::Barred, Level::Barred),
            (at("2018-02-12", 9), Level::Warn, Level::Met),
        ] {
            let known = standing::known_at(&city, cast.id, moment).await.expect("known");
            let rules = city.book.on(moment.date());
            assert_eq!(known.gate(Gate::Bid, rules).level(), level, "{moment}");
            for gate in [Gate::Programme, Gate::Incubator, Gate::Grant, Gate::Sign] {
                assert_eq!(known.gate(gate, rules).level(), gates, "{gate:?} at {moment}");
            }
        }
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

async fn punish(city: &City, cast: &Cast, kind: PenaltyKind, yuan: i64, number: &str) -> i64 {
    let today = city.clock.now().date();
    let record = RecordPenalty {
        organisation: cast.id,
        kind,
        amount: Fen::yuan(yuan),
        document_number: number.into(),
        authority: "南京市民政局（示例）".into(),
        reason: "示例情形".into(),
        imposed_on: today,
        until: (kind == PenaltyKind::Suspension).then(|| day("2014-04-30")),
        footing: Footing::on(Offence::OtherLaw),
    };
    let id = act(city, &cast.officer, &record).await.expect("recorded");
    assert_eq!(code(act(city, &cast.officer, &record).await), "credit.document-taken (B23)");
    id
}

#[tokio::test]
async fn a_fine_of_fifty_thousand_leads_to_the_serious_list_and_a_warning_ends_by_itself() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2014-03-03", 9)));
        let warned = punish(&city, &cast, PenaltyKind::Warning, 0, "宁民罚〔2014〕1号（示例）").await;
        assert!(due(&city).await.expect("read").is_empty(), "not before a second person confirmed it");
        act(&city, &cast.director, &ConfirmPenalty { penalty: warned, is_right: true })
            .await
            .expect("confirmed");
        let again = ConfirmPenalty { penalty: warned, is_right: true };
        assert_eq!(code(act(&city, &cast.director, &again).await), "credit.penalty-settled (B23)");
        assert_eq!(due(&city).await.expect("read")[0].ground, ListingGround::Warned);
        act(&city, &cast.officer, &DoWhatIsDue).await.expect("proposed");
        let number = read::cases(&city, read::CaseFilter::default()).await.expect("read")[0].number;
        list_now(&city, &cast, number).await;
        let place = read::open_places(&city, cast.id).await.expect("read")[0].clone();
        let apply = ApplyRemoval { listing: place.id, statement: "申请移出".into(), papers: vec![] };
        assert_eq!(code(act(&city, &cast.own, &apply).await), "credit.ends-by-itself (B36)");
        assert!(city.clock.move_to(at("2014-09-02", 9)));
        assert!(due(&city).await.expect("read").is_empty());
        assert!(city.clock.move_to(at("2014-09-03", 9)));
        assert_eq!(due(&city).await.expect("read")[0].kind, DueKind::Exit);
        assert_eq!(act(&city, &system(), &DoWhatIsDue).await, Ok(1));
        assert_eq!(listing(&city, cast.id, city.clock.now()).await, CreditListing::None);
        assert!(city.clock.move_to(at("2017-04-05", 9)));
        let fined = punish(&city, &cast, PenaltyKind::Fine, 50_000, "宁民罚〔2017〕2号（示例）").await;
        act(&city, &cast.director, &ConfirmPenalty { penalty: fined, is_right: true })
            .await
            .expect("confirmed");
        let waiting = due(&city).await.expect("read");
        assert_eq!(
            (waiting[0].ground, waiting[0].ground.list()),
            (ListingGround::FinedLarge, Some(CreditList::Serious))
        );
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_suspension_stands_for_its_days_alone() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2014-03-03", 9)));
        let stop = punish(&city, &cast, PenaltyKind::Suspension, 0, "宁民罚〔2014〕3号（示例）").await;
        let same = Actor { post: cast.director.post, ..cast.officer.clone() };
        let confirm = ConfirmPenalty { penalty: stop, is_right: true };
        assert_eq!(code(act(&city, &same, &confirm).await), "credit.same-person (C14)");
        act(&city, &cast.director, &confirm).await.expect("confirmed");
        let status =
            async |moment| standing::standing_at(&city, cast.id, moment).await.expect("known").status;
        assert_eq!(status(at("2014-03-02", 9)).await, OrganisationStatus::Active);
        assert_eq!(status(at("2014-04-30", 23)).await, OrganisationStatus::Suspended);
        assert_eq!(status(at("2014-05-01", 0)).await, OrganisationStatus::Active);
        let row = async || profile::organisation_by_id(&city, cast.id).await.expect("held").status;
        assert_eq!(row().await, OrganisationStatus::Suspended);
        assert!(city.clock.move_to(at("2014-05-01", 9)));
        let kinds: Vec<DueKind> = due(&city).await.expect("read").iter().map(|one| one.kind).collect();
        assert!(kinds.contains(&DueKind::SuspensionOver) && kinds.contains(&DueKind::Penalty));
        act(&city, &cast.officer, &DoWhatIsDue).await.expect("done");
        assert_eq!(row().await, OrganisationStatus::Active);
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_unreachable_organisation_is_heard_before_it_is_listed_or_dropped() {
    on_both(async |city| {
        let cast = cast(&city).await;
        let propose = ProposeListing {
            organisation: cast.id,
            ground: ListingGround::Unreachable,
            arose_on: day("2014-02-10"),
            evidence: "两次专用信函退回（示例）".into(),
            paper: None,
        };
        assert!(city.clock.move_to(at("2014-02-10", 9)));
        assert_eq!(code(act(&city, &cast.officer, &propose).await), "credit.letters-missing (B35)");
        for (sent, back) in [("2014-02-10", "2014-02-14"), ("2014-02-25", "2014-03-03")] {
            assert!(city.clock.move_to(at(back, 10)));
            let letter =
                RecordLetter { organisation: cast.id, sent_on: day(sent), mail_number: "示例0001".into() };
            let letter = act(&city, &cast.officer, &letter).await.expect("sent");
            let early = RecordReturn { letter, returned_on: day("2014-01-06") };
            assert_eq!(code(act(&city, &cast.officer, &early).await), "credit.return-day@returned_on");
            let back = RecordReturn { letter, returned_on: day(back) };
            act(&city, &cast.officer, &back).await.expect("returned");
            assert_eq!(code(act(&city, &cast.officer, &back).await), "credit.letter-settled (B35)");
        }
        let number = act(&city, &cast.officer, &propose).await.expect("proposed");
        let whole = read::case(&city, &cast.officer, number).await.expect("read");
        assert_eq!(whole.case.arose_on, day("2014-03-03"), "when the second letter came back");
        act(&city, &cast.officer, &SendNotice { number }).await.expect("noticed");
        let statement = "住所已经变更，正在办理变更登记，请求听证（示例）。".to_owned();
        let answer = AnswerNotice { number, kind: StatementKind::Hearing, statement, papers: vec![] };
        let stranger = Actor {
            post: Post { role: Role::OrganisationUser, scope: Scope::Organisation(OrganisationId(1)) },
            ..cast.own.clone()
        };
        assert_eq!(act(&city, &stranger, &answer).await, Err(Error::NotFound));
        act(&city, &cast.own, &answer).await.expect("answered");
        let drop = DecideListing { number, is_listed: false, reason: "能够取得联系".into() };
        assert_eq!(code(act(&city, &cast.director, &drop).await), "credit.hearing-not-held (B37)");
        let entry = deadlines::of(&city, whole.case.subject()).await.expect("read");
        assert_eq!(entry[0].due_on, None, "the clock stands still until the hearing");
        assert!(city.clock.move_to(at("2014-03-20", 14)));
        let hearing =
            RecordHearing { number, heard_on: day("2014-03-20"), note: "当事人到场（示例）".into() };
        act(&city, &cast.officer, &hearing).await.expect("heard");
        let same = Actor { post: cast.director.post, ..cast.officer.clone() };
        assert_eq!(code(act(&city, &same, &drop).await), "credit.same-person (C14)");
        act(&city, &cast.director, &drop).await.expect("dropped");
        assert!(read::open_places(&city, cast.id).await.expect("read").is_empty());
        let notices = documents::of(&city, &cast.own, whole.case.subject()).await.expect("read");
        assert!(notices.iter().all(|one| one.withdrawn_at.is_some()));
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_acts_decided_is_not_written_over_and_each_office_enters_its_own() {
    on_both(async |city| {
        let cast = cast(&city).await;
        let lead = person(&city, "lead", Role::PurchaseLead, Scope::City).await;
        let admin = person(&city, "admin", Role::Administrator, Scope::City).await;
        let social = RegisterOrganisation { form: form("XX900002") };
        assert_eq!(code(act(&city, &lead, &social).await), "registry.not-yours-to-enter@kind");
        let mut form = profile::organisation_by_id(&city, cast.id).await.expect("held").form();
        form.listing = "serious".into();
        form.inspection = "pass".into();
        let edit = async |actor: &Actor, form: &OrganisationForm| {
            let held = profile::organisation_by_id(&city, cast.id).await.expect("held");
            act(&city, actor, &EditOrganisation { id: cast.id, version: held.version, form: form.clone() })
                .await
        };
        assert_eq!(code(edit(&lead, &form).await), "registry.not-yours-to-enter@kind");
        assert!(city.clock.move_to(at("2014-01-10", 9)));
        edit(&admin, &form).await.expect("no act decided yet");
        assert_eq!(listing(&city, cast.id, at("2014-01-09", 9)).await, CreditListing::None);
        assert_eq!(listing(&city, cast.id, at("2014-01-10", 9)).await, CreditListing::Serious);
        form.listing = "abnormal".into();
        edit(&admin, &form).await.expect("a mistaken entry is mended");
        assert_eq!(listing(&city, cast.id, city.clock.now()).await, CreditListing::Abnormal);
        let place = read::open_places(&city, cast.id).await.expect("read")[0].clone();
        assert_eq!(place.ground(), ListingGround::TakenOver);
        let apply =
            ApplyRemoval { listing: place.id, statement: "已整改（示例）".into(), papers: vec![] };
        let removal = act(&city, &cast.own, &apply).await.expect("applied");
        let verify = VerifyRemoval { removal, is_mended: true, finding: "属实".into() };
        act(&city, &cast.officer, &verify).await.expect("verified");
        let decide = DecideRemoval { removal, is_removed: true, reason: "已整改".into() };
        act(&city, &cast.director, &decide).await.expect("removed");
        // Now an act has decided the listing: entering it again is refused, by hand and by sheet.
        assert_eq!(code(edit(&admin, &form).await), "registry.decided-by-act@listing");
        let pass = Inspect {
            organisation: cast.id,
            year: 2013,
            absent_on: None,
            outcome: Some((InspectionResult::Fail, day("2014-01-10"))),
        };
        act(&city, &system(), &pass).await.expect("inspected");
        form.listing = "none".into();
        form.inspection = "basic_pass".into();
        assert_eq!(code(edit(&admin, &form).await), "registry.decided-by-act@inspection");
        let head = "统一社会信用代码,名称,类型,登记/备案,街道,业务领域,登记日期,年检\n";
        let row = format!(
            "{},{},{},{},{},{},{},基本合格\n",
            cast.uscc, form.name, form.kind, form.legal, form.division, form.fields, form.registered_on
        );
        let report =
            app::registry::import::import(&city, &admin, format!("{head}{row}").into_bytes(), &|_, _| {})
                .await
                .expect("read");
        assert_eq!(
            report.faults.iter().map(|fault| fault.refusal.code).collect::<Vec<_>>(),
            ["registry.decided-by-act"]
        );
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}
