//! Change, cancellation and revocation on both databases (B16, B21-B23, B27, T3, S10-S12).

use app::access::people::AddApiToken;
use app::inbox::{self, TaskKind};
use app::papers::GivePaper;
use app::registry::change::application::ApplyChange;
use app::registry::change::checks::Particulars;
use app::registry::change::decision::{DecideChange, ReviewChange};
use app::registry::change::head::HeadTold;
use app::registry::change::intake::AcceptChange;
use app::registry::change::read as changes;
use app::registry::credit::proposal::{ProposeListing, SendNotice};
use app::registry::ending::cancellation::{ApplyCancellation, ReviewCancellation};
use app::registry::ending::decision::DecideEnding;
use app::registry::ending::intake::AcceptCancellation;
use app::registry::ending::read as endings;
use app::registry::ending::revocation::{
    AnswerRevocation, NoticeRevocation, ProposeRevocation, RecordRevocationHearing,
};
use app::registry::late::{self, Place};
use app::registry::{profile, search, standing};
use app::uploads::StoredFile;
use app::{City, deadlines, documents, journal};
use domain::kernel::{Actor, Coded, Level, PaperId, Role, RuleKey, Scope, Subject};
use domain::registry::change::ChangeItem;
use domain::registry::credit::{ListingGround, StatementKind};
use domain::registry::ending::{Remainder, RevocationGround};
use domain::registry::standing::{Purchase, eligibility};
use domain::registry::{DocumentKind, OrganisationStatus, PaperKind};

use crate::credit_cast::{Cast, Inspect, act, at, cast, code, day, person};
use crate::support::{on_both, system};

pub async fn paper(city: &City, own: &Actor, kind: PaperKind) -> PaperId {
    let file = StoredFile::store(city, "B21", "paper.pdf", b"%PDF-1.4 example").expect("stored");
    let give = GivePaper { kind, title: String::new(), file, valid_until: None, on_behalf_of: None };
    act(city, own, &give).await.expect("given")
}

/// What each item asks beside its value.
fn told(item: ChangeItem) -> Particulars {
    match item {
        ChangeItem::Domicile => Particulars { division: "320104001".into(), ..Particulars::default() },
        ChangeItem::LegalRepresentative => {
            Particulars { head: head("320105197003050031"), ..Particulars::default() }
        }
        _ => Particulars::default(),
    }
}

/// A head who leads nobody else and has every right.
pub fn head(identity: &str) -> HeadTold {
    let no = Some(false);
    HeadTold { identity: identity.into(), leads_other: no, lost_rights: no, is_state_officer: no }
}

pub fn change(item: ChangeItem, value: &str, papers: &[PaperId]) -> ApplyChange {
    ApplyChange {
        item,
        value: value.into(),
        told: told(item),
        consent_on: day("2014-06-01"),
        reason: "理事会决议（示例）".into(),
        papers: papers.to_vec(),
    }
}

/// From Tuesday 10 June 2014 twenty working days lead to the 8th of July.
const TWENTY_WORKING_DAYS: &str = "2014-07-08";

/// From Tuesday 3 June 2014 ninety days lead to Monday the 1st of September.
pub const NINETY_DAYS: &str = "2014-09-01";

/// What the inbox gives this reader to do with the thing of this subject, with the last day.
async fn own_tasks(city: &City, reader: &Actor, subject: &str) -> Vec<(TaskKind, Option<String>)> {
    let found = inbox::tasks(city, reader).await.expect("tasks").into_iter();
    let found = found.filter(|task| task.is_own && task.subject == subject);
    found.map(|task| (task.kind, task.due.map(|due| due.to_string()))).collect()
}

/// Reviews and approves a change; each step is the task of its doer alone, due on the day that the rule gives.
pub async fn approve(city: &City, cast: &Cast, number: i64, due: &str) {
    let review = ReviewChange { number, is_fit: true, opinion: "材料齐全（示例）".into() };
    let (subject, task) = (format!("c{number}"), |kind| vec![(kind, Some(due.to_owned()))]);
    let first = own_tasks(city, &cast.officer, &subject).await;
    assert_eq!(first.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), [TaskKind::TakeInChange]);
    assert_eq!(code(act(city, &cast.officer, &review).await), "course.not-accepted (B9)");
    act(city, &cast.officer, &AcceptChange { number }).await.expect("taken up");
    assert_eq!(own_tasks(city, &cast.officer, &subject).await, task(TaskKind::ReviewChange));
    act(city, &cast.officer, &review).await.expect("reviewed");
    assert!(own_tasks(city, &cast.officer, &subject).await.is_empty());
    assert_eq!(own_tasks(city, &cast.director, &subject).await, task(TaskKind::DecideChange));
    let decide = DecideChange { number, is_approved: true, decision: "符合规定（示例）".into() };
    act(city, &cast.director, &decide).await.expect("decided");
}

#[tokio::test]
async fn a_change_needs_its_papers_in_time_and_two_people_and_renames_everywhere() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2014-06-10", 9)));
        let minutes = paper(&city, &cast.own, PaperKind::Minutes).await;
        let ask = change(ChangeItem::LegalRepresentative, "李四（示例）", &[minutes]);
        assert_eq!(code(act(&city, &cast.own, &ask).await), "change.audit-missing@papers");
        let audit = paper(&city, &cast.own, PaperKind::AuditReport).await;
        let ask = change(ChangeItem::LegalRepresentative, "李四（示例）", &[minutes, audit]);
        let number = act(&city, &cast.own, &ask).await.expect("asked");
        assert_eq!(code(act(&city, &cast.own, &ask).await), "change.under-way (B21)");
        let decide = DecideChange { number, is_approved: true, decision: "符合规定（示例）".into() };
        assert_eq!(code(act(&city, &cast.director, &decide).await), "course.not-accepted (B9)");
        let bureau = person(&city, "bureau", Role::OrganisationBureau, Scope::City).await;
        assert!(act(&city, &bureau, &decide).await.is_err(), "policy touches no case (S12)");
        assert!(act(&city, &cast.officer, &decide).await.is_err(), "the officer does not decide");
        approve(&city, &cast, number, TWENTY_WORKING_DAYS).await;
        let name = "南京市秦淮区示例新名服务中心";
        let late =
            ApplyChange { consent_on: day("2014-05-05"), ..change(ChangeItem::Name, name, &[minutes]) };
        assert_eq!(code(act(&city, &cast.own, &late).await), "change.too-late@consent_on");
        let old = profile::organisation_by_id(&city, cast.id).await.expect("held").name;
        let ask = change(ChangeItem::Name, name, &[minutes]);
        let number = act(&city, &cast.own, &ask).await.expect("asked");
        approve(&city, &cast, number, TWENTY_WORKING_DAYS).await;
        let held = profile::organisation_by_id(&city, cast.id).await.expect("held");
        assert_eq!((held.name.as_str(), held.person_in_charge.as_str()), (name, "李四（示例）"));
        let found = search::organisations(&city, "示例新名", 10).await.expect("found");
        assert_eq!(found.hits.len(), 1);
        assert!(search::organisations(&city, &old, 10).await.expect("found").hits.is_empty());
        let now = changes::items_now(&city, cast.id).await.expect("items");
        assert!(now.contains(&(ChangeItem::Name, name.to_owned())));
        let sql = "SELECT value || ' ' || from_on || ' ' || COALESCE(until_on, '-') FROM registered_item
                   WHERE item = 'name' ORDER BY from_on";
        let spans: Vec<(String,)> = city.db.all(sql, &[]).await.expect("read");
        let expected = [format!("{old} 2010-03-05 2014-06-10"), format!("{name} 2014-06-10 -")];
        assert_eq!(spans.into_iter().map(|(span,)| span).collect::<Vec<_>>(), expected);
        let whole = changes::one(&city, &cast.own, number).await.expect("own");
        let public = documents::of(&city, &Actor::VISITOR, whole.case.subject()).await.expect("read");
        let mut kinds: Vec<DocumentKind> = public.iter().map(|one| one.kind).collect();
        kinds.sort_by_key(|kind| kind.code());
        assert_eq!(kinds, [DocumentKind::Announcement, DocumentKind::ChangeApproval]);
        assert!(changes::one(&city, &bureau, number).await.is_err());
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

pub fn cancellation(papers: &[PaperId]) -> ApplyCancellation {
    ApplyCancellation {
        ground_on: None,
        group_on: None,
        liquidated_on: day("2014-06-01"),
        late_why: String::new(),
        remainder: Remainder::SamePurpose,
        recipient: "南京市示例基金会（示例）".into(),
        reason: "宗旨已经完成（示例）".into(),
        papers: papers.to_vec(),
    }
}

#[tokio::test]
async fn a_cancelled_organisation_has_nothing_open_and_can_neither_bid_nor_sign_in() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2014-06-10", 9)));
        let report = paper(&city, &cast.own, PaperKind::LiquidationReport).await;
        let ask = cancellation(&[report]);
        let members = ApplyCancellation { remainder: Remainder::Members, ..ask.clone() };
        assert_eq!(code(act(&city, &cast.own, &members).await), "ending.remainder-to-members@remainder");
        let bare = cancellation(&[]);
        assert_eq!(code(act(&city, &cast.own, &bare).await), "ending.liquidation-report-missing@papers");
        // A change under way and a listing in hearing are both named.
        let minutes = paper(&city, &cast.own, PaperKind::Minutes).await;
        let scope =
            act(&city, &cast.own, &change(ChangeItem::Scope, "养老服务", &[minutes])).await.expect("asked");
        let listing = ProposeListing {
            organisation: cast.id,
            ground: ListingGround::NoPartyBody,
            arose_on: day("2014-06-10"),
            evidence: "检查记录（示例）".into(),
            paper: None,
        };
        let listed = act(&city, &cast.officer, &listing).await.expect("proposed");
        act(&city, &cast.officer, &SendNotice { number: listed }).await.expect("noticed");
        assert_eq!(code(act(&city, &cast.own, &ask).await), "ending.no-open-listings@ ending.no-open-cases@");
        let open = endings::open_findings(&city, cast.id).await.expect("read");
        assert_eq!(open.iter().filter(|one| one.level == Level::Barred).count(), 2);
        approve(&city, &cast, scope, TWENTY_WORKING_DAYS).await;
        assert!(city.clock.move_to(at("2014-07-01", 9)));
        let drop = app::registry::credit::decision::DecideListing {
            number: listed,
            is_listed: false,
            reason: "已建立（示例）".into(),
        };
        act(&city, &cast.director, &drop).await.expect("dropped");
        // The fifteen days are past: it is taken with a reason, and the supervisor sees it.
        assert_eq!(code(act(&city, &cast.own, &ask).await), "ending.late-why-missing@late_why");
        let ask = ApplyCancellation { late_why: "名录事项未决（示例）".into(), ..ask };
        let number = act(&city, &cast.own, &ask).await.expect("asked");
        let late = deadlines::late(&city, day("2014-07-01"), day("2014-01-01")).await.expect("read");
        let late: Vec<_> =
            late.iter().filter(|one| one.rule == RuleKey::CancellationApplicationDays).collect();
        assert_eq!((late.len(), late[0].due_on), (1, day("2014-06-16")));
        let found = late::about(&city, late[0]).await.expect("read").expect("an ending");
        assert_eq!((found.place, found.number), (Place::Ending, number.to_string()));
        let whole = endings::one(&city, &cast.officer, number).await.expect("read");
        assert!(whole.findings.iter().any(|one| one.code == "ending.in-time" && one.level == Level::Warn));
        let decide = DecideEnding { number, is_ended: true, decision: "符合规定（示例）".into() };
        assert_eq!(code(act(&city, &cast.director, &decide).await), "ending.wrong-stage (B22)");
        let review = ReviewCancellation { number, is_fit: true, opinion: "清算完毕（示例）".into() };
        let (subject, task) = (format!("e{number}"), |kind| vec![(kind, Some("2014-07-29".to_owned()))]);
        let first = own_tasks(&city, &cast.officer, &subject).await;
        assert_eq!(first, [(TaskKind::TakeInCancellation, Some("2014-07-08".to_owned()))]);
        assert_eq!(code(act(&city, &cast.officer, &review).await), "course.not-accepted (B9)");
        act(&city, &cast.officer, &AcceptCancellation { number }).await.expect("taken up");
        assert_eq!(own_tasks(&city, &cast.officer, &subject).await, task(TaskKind::ReviewCancellation));
        act(&city, &cast.officer, &review).await.expect("reviewed");
        assert_eq!(own_tasks(&city, &cast.director, &subject).await, task(TaskKind::DecideEnding));
        let sql = "SELECT id FROM post WHERE organisation_id IS NOT NULL";
        let (post_id,): (i64,) = city.db.one(sql, &[]).await.expect("a post");
        let token = AddApiToken { digest: "0".repeat(64), post_id, label: "程序".into() };
        act(&city, &cast.own, &token).await.expect("a token");
        act(&city, &cast.director, &decide).await.expect("ended");
        expect_gone(&city, &cast, whole.case.subject()).await;
        assert_eq!(code(act(&city, &cast.own, &ask).await), "ending.cancelled-already (B22)");
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

/// After a cancellation: no bid, no post, no token, and the two papers are public.
async fn expect_gone(city: &City, cast: &Cast, case: Subject) {
    may_not_bid(city, cast, OrganisationStatus::Cancelled).await;
    let open = "SELECT count(*) FROM post WHERE organisation_id IS NOT NULL AND until IS NULL";
    assert_eq!(city.db.number(open, &[]).await.expect("read"), 0);
    let open = "SELECT count(*) FROM api_token WHERE revoked_at IS NULL";
    assert_eq!(city.db.number(open, &[]).await.expect("read"), 0);
    let public = documents::of(city, &Actor::VISITOR, case).await.expect("read");
    let mut kinds: Vec<DocumentKind> = public.iter().map(|one| one.kind).collect();
    kinds.sort_by_key(|kind| kind.code());
    assert_eq!(kinds, [DocumentKind::Announcement, DocumentKind::CancellationApproval]);
}

/// From the decision's moment on it may not bid; an hour before it still might.
async fn may_not_bid(city: &City, cast: &Cast, expected: OrganisationStatus) {
    let now = city.clock.now();
    let before = domain::kernel::Moment(now.0 - 1);
    let purchase = Purchase { excludes_affiliates: false, designers: &[] };
    for (moment, may) in [(before, true), (now, false)] {
        let known = standing::standing_at(city, cast.id, moment).await.expect("a standing");
        let judged = eligibility(&known, &purchase, now.date(), city.book.on(now.date()));
        assert_eq!(judged.is_eligible(), may, "{:?}", known.status);
    }
    let held = profile::organisation_by_id(city, cast.id).await.expect("held");
    assert_eq!(held.status, expected);
}

/// The kinds of the documents that an ending brought, by their codes.
async fn documents_of(city: &City, cast: &Cast, number: i64) -> Vec<DocumentKind> {
    let whole = endings::one(city, &cast.own, number).await.expect("own");
    let all = documents::of(city, &cast.own, whole.case.subject()).await.expect("read");
    let mut kinds: Vec<DocumentKind> = all.iter().map(|one| one.kind).collect();
    kinds.sort_by_key(|kind| kind.code());
    kinds
}

#[tokio::test]
async fn two_years_absent_are_proposed_heard_and_decided_by_another() {
    on_both(async |city| {
        let cast = cast(&city).await;
        let absent =
            |year, on: &str| Inspect { organisation: cast.id, year, absent_on: Some(day(on)), outcome: None };
        assert!(city.clock.move_to(at("2014-06-03", 9)));
        act(&city, &system(), &absent(2012, "2013-06-03")).await.expect("absent");
        let mut propose = ProposeRevocation {
            organisation: cast.id,
            ground: RevocationGround::TwoYearsAbsentOrFailed,
            evidence: "年检记录（示例）".into(),
        };
        assert_eq!(code(act(&city, &cast.officer, &propose).await), "ending.not-two-bad-years@ground");
        propose.ground = RevocationGround::Idle;
        assert_eq!(code(act(&city, &cast.officer, &propose).await), "ending.idle-not-of-this-kind@ground");
        propose.ground = RevocationGround::TwoYearsAbsentOrFailed;
        act(&city, &system(), &absent(2013, "2014-06-03")).await.expect("absent");
        let number = act(&city, &cast.officer, &propose).await.expect("proposed");
        assert_eq!(code(act(&city, &cast.officer, &propose).await), "ending.revocation-under-way (B23)");
        assert!(endings::one(&city, &cast.own, number).await.is_err(), "not yet told");
        let subject = format!("e{number}");
        let task = |kind, due: Option<&str>| vec![(kind, due.map(str::to_owned))];
        assert_eq!(
            own_tasks(&city, &cast.officer, &subject).await,
            task(TaskKind::SendRevocationNotice, Some(NINETY_DAYS))
        );
        act(&city, &cast.officer, &NoticeRevocation { number }).await.expect("noticed");
        assert!(
            own_tasks(&city, &cast.director, &subject).await.is_empty(),
            "the organisation may still answer"
        );
        let asked = inbox::member::of_organisation(&city, cast.id).await.expect("tasks");
        assert_eq!(asked.iter().map(|task| &task.subject).collect::<Vec<_>>(), [&subject]);
        let decide = DecideEnding { number, is_ended: true, decision: "情形属实（示例）".into() };
        assert_eq!(code(act(&city, &cast.director, &decide).await), "ending.answer-awaited (B23)");
        let answer = AnswerRevocation {
            number,
            kind: StatementKind::Hearing,
            statement: "要求听证（示例）".into(),
            papers: vec![],
        };
        act(&city, &cast.own, &answer).await.expect("answered");
        assert_eq!(code(act(&city, &cast.director, &decide).await), "ending.hearing-not-held (B23)");
        // While the hearing is awaited no day counts.
        assert_eq!(own_tasks(&city, &cast.officer, &subject).await, task(TaskKind::HearRevocation, None));
        let heard = RecordRevocationHearing {
            number,
            heard_on: day("2014-06-03"),
            note: "已听取意见（示例）".into(),
        };
        act(&city, &cast.officer, &heard).await.expect("heard");
        assert_eq!(
            own_tasks(&city, &cast.director, &subject).await,
            task(TaskKind::DecideEnding, Some(NINETY_DAYS))
        );
        assert!(city.clock.move_to(at("2014-06-04", 9)));
        act(&city, &cast.director, &decide).await.expect("revoked");
        may_not_bid(&city, &cast, OrganisationStatus::Revoked).await;
        assert_eq!(
            documents_of(&city, &cast, number).await,
            [DocumentKind::Announcement, DocumentKind::Revocation, DocumentKind::RevocationNotice]
        );
        assert!(DocumentKind::Revocation.is_adverse(), "its sheet tells the rights of review");
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_change_and_a_cancellation_that_wait_too_long_are_late_for_everyone_to_see() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2014-06-10", 9)));
        let minutes = paper(&city, &cast.own, PaperKind::Minutes).await;
        let premises = paper(&city, &cast.own, PaperKind::PremisesRight).await;
        let ask = change(ChangeItem::Domicile, "秦淮区示例路9号", &[minutes, premises]);
        let number = act(&city, &cast.own, &ask).await.expect("asked");
        act(&city, &cast.officer, &AcceptChange { number }).await.expect("taken up");
        let late = async |on: &str| {
            let since = day("2014-01-01");
            deadlines::late(&city, day(on), since).await.expect("read")
        };
        assert!(late("2014-07-08").await.is_empty(), "the last day is in time");
        let found = late("2014-07-09").await;
        assert_eq!(
            found.iter().map(|one| one.rule).collect::<Vec<_>>(),
            [RuleKey::ChangeDecisionWorkingDays]
        );
        let about = late::about(&city, &found[0]).await.expect("read").expect("a change");
        assert_eq!((about.place, about.number), (Place::Change, number.to_string()));
        assert!(city.clock.move_to(at("2014-07-10", 9)));
        let review = ReviewChange { number, is_fit: true, opinion: "材料齐全（示例）".into() };
        act(&city, &cast.officer, &review).await.expect("reviewed");
        let decide =
            DecideChange { number, is_approved: false, decision: "不符合规定（示例）".into() };
        act(&city, &cast.director, &decide).await.expect("decided");
        let found = late("2014-07-10").await;
        assert_eq!(found.first().and_then(|one| one.done_on), Some(day("2014-07-10")), "late stays late");
        let mine = changes::worked_on(&city, cast.director.person.expect("a person")).await.expect("read");
        assert_eq!(mine.iter().map(|one| one.case.number).collect::<Vec<_>>(), [number]);
    })
    .await;
}
