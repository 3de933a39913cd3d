//! A rating from the notice to the plaque and its return, and everything that keeps one from being given (G5).

use app::access::people::{AddPerson, GivePost};
use app::documents;
use app::papers::GivePaper;
use app::registry::rating::appeal::{FileAppeal, ServeReview};
use app::registry::rating::apply::{ApplyForRating, CheckApplication, conditions};
use app::registry::rating::bodies::{self, FormBody};
use app::registry::rating::case::RatingCase;
use app::registry::rating::confirm::ConfirmRating;
use app::registry::rating::lowering::{LowerGrade, TakePlaqueBack};
use app::registry::rating::meeting::{CallMeeting, CastVote, ConcludeMeeting, RecuseMember};
use app::registry::rating::publicity::{Publicise, ReportUpward};
use app::registry::rating::rounds::OpenRound;
use app::registry::rating::sheet::{GiveOpinion, LockSheet, MarkEntry, SaveSheet};
use app::registry::rating::visit::{AppointVisitor, NameAgency, RecuseVisitor};
use app::registry::rating::{grade_on, own, public, read};
use app::registry::{RegisterOrganisation, specimen};
use app::tendering::expert::{AddExpert, DeclareRelation, ExpertRecord};
use app::uploads::StoredFile;
use app::{Act, City, Error, RequestKey, deadlines, journal};
use domain::kernel::*;
use domain::registry::PaperKind;
use domain::registry::rating::{Body, Conduct, Grade, LoweringGround, RatingStage};
use domain::tendering::recusal::TieKind;

use crate::support::{on_both, system};

const NO_KEY: RequestKey = RequestKey::None;
const NUMBER: &str = "PG-2014-1-001";

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn move_to(city: &City, text: &str) {
    assert!(city.clock.move_to(Moment::beijing(day(text), 9, 0)), "the clock goes to {text}");
}

fn codes<T: std::fmt::Debug>(answer: Result<T, Error>) -> Vec<&'static str> {
    match answer.expect_err("a refusal") {
        Error::Refused(refusal) => vec![refusal.code],
        Error::Invalid(refusals) => refusals.iter().map(|refusal| refusal.code).collect(),
        other => panic!("{other:?}"),
    }
}

async fn person(city: &City, login: &str, role: Role, scope: Scope) -> Actor {
    let name = format!("{login}（示例）");
    let add = AddPerson { login: login.into(), name, password_hash: "x".into(), is_demo: true };
    let id = city.act(&system(), &NO_KEY, &add).await.expect("a person");
    city.act(&system(), &NO_KEY, &GivePost { person: id, post: Post { role, scope } }).await.expect("a post");
    Actor::new(id, role, scope).with_fresh_password()
}

struct Expert {
    actor: Actor,
    id: ExpertId,
}

struct Stage {
    officer: Actor,
    director: Actor,
    user: Actor,
    organisation: OrganisationId,
    uscc: String,
    paper: PaperId,
    experts: Vec<Expert>,
    committee: i64,
    board: i64,
}

async fn expert(city: &City, place: usize) -> Expert {
    let actor = person(city, &format!("judge-{place}"), Role::Expert, Scope::City).await;
    let record = ExpertRecord {
        title: "高级会计师".into(),
        fields: "社会组织".into(),
        employer: "示例大学".into(),
        employer_uscc: None,
        office: None,
        born_on: day("1970-01-01"),
    };
    let add = AddExpert { person: actor.person.expect("a person"), record };
    let id = city.act(&system(), &NO_KEY, &add).await.expect("an expert");
    Expert { actor, id }
}

impl Stage {
    /// An organisation of two full years, a committee of fifteen, a review board of five, an open round.
    async fn set(city: &City) -> Stage {
        let officer = person(city, "officer", Role::ApprovalOfficer, Scope::City).await;
        let director = person(city, "director", Role::ApprovalDirector, Scope::City).await;
        let mut form = specimen::invented(1, 3).pop().expect("a form");
        form.kind = "民办非企业单位".into();
        form.registered_on = "2012-01-06".into();
        form.inspection = "合格".into();
        form.legal = "登记".into();
        form.supervised = "否".into();
        let code = CreditCode::derive('5', '2', "320104", "XX900001").expect("a code");
        form.code = code.as_str().into();
        let register = RegisterOrganisation { form };
        let organisation = city.act(&system(), &NO_KEY, &register).await.expect("an organisation");
        let user = person(city, "user", Role::OrganisationUser, Scope::Organisation(organisation)).await;
        let file = StoredFile::store(city, "B31", "申报书.pdf", b"%PDF-1.7 file").expect("a file");
        let give = GivePaper {
            kind: PaperKind::RatingFile,
            title: String::new(),
            file,
            valid_until: None,
            on_behalf_of: None,
        };
        let paper = city.act(&user, &NO_KEY, &give).await.expect("a paper");
        let mut experts = Vec::new();
        for place in 0..20 {
            experts.push(expert(city, place).await);
        }
        let people = |range: std::ops::Range<usize>| {
            experts[range].iter().filter_map(|expert| expert.actor.person).collect::<Vec<_>>()
        };
        let form = |kind, members| FormBody {
            kind,
            name: "第一届（示例）".into(),
            term_from: day("2014-01-01"),
            term_until: day("2018-12-31"),
            members,
        };
        let committee = form(Body::Committee, people(0..15));
        assert_eq!(city.act(&officer, &NO_KEY, &committee).await, Err(Error::NotPermitted));
        let committee = city.act(&director, &NO_KEY, &committee).await.expect("a committee");
        let few = city.act(&director, &NO_KEY, &form(Body::ReviewBoard, people(15..19))).await;
        assert_eq!(codes(few), ["rating.body-size"]);
        let board = form(Body::ReviewBoard, people(15..20));
        let board = city.act(&director, &NO_KEY, &board).await.expect("a board");
        let round = OpenRound {
            title: "2014年度社会组织评估（示例）".into(),
            notice: "请符合条件的单位申报。".into(),
            apply_until: day("2014-02-28"),
            fee: Fen::ZERO,
        };
        let charged = OpenRound { fee: Fen::yuan(500), ..round.clone() };
        assert_eq!(codes(city.act(&officer, &NO_KEY, &charged).await), ["rating.fee"]);
        assert_eq!(city.act(&officer, &NO_KEY, &round).await.expect("a round"), "PG-2014-1");
        let uscc = code.as_str().to_owned();
        Stage { officer, director, user, organisation, uscc, paper, experts, committee, board }
    }

    fn application(&self) -> ApplyForRating {
        ApplyForRating {
            round: "PG-2014-1".into(),
            statement: "自评报告".into(),
            papers: vec![self.paper],
            declares: true,
        }
    }

    async fn case(&self, city: &City) -> RatingCase {
        read::by_number(city, &self.officer, NUMBER).await.expect("the case")
    }

    async fn office<A: Act>(&self, city: &City, act: &A) -> Result<A::Outcome, Error> {
        city.act(&self.officer, &NO_KEY, act).await
    }

    /// Applied, checked, visited by the experts 15, 16 and 17, assessed at 902 points.
    async fn assess(&self, city: &City) -> RatingId {
        city.act(&self.user, &NO_KEY, &self.application()).await.expect("an application");
        let case = self.case(city).await.id;
        let check = CheckApplication { case, conduct: Conduct::default(), note: String::new() };
        self.office(city, &check).await.expect("checked");
        for expert in &self.experts[15..18] {
            self.office(city, &AppointVisitor { case, expert: expert.id }).await.expect("appointed");
        }
        for (place, extra) in [(15, 0), (16, -100), (17, 100)] {
            self.fill(city, place, case, extra).await;
            city.act(&self.experts[place].actor, &NO_KEY, &LockSheet { case }).await.expect("locked");
        }
        let opinion = GiveOpinion { case, text: "管理规范。".into() };
        city.act(&self.experts[15].actor, &NO_KEY, &opinion).await.expect("an opinion");
        case
    }

    /// Fills a sheet with 902 points and some hundredths more or less on the first item.
    async fn fill(&self, city: &City, place: usize, case: RatingId, extra: i64) {
        let actor = &self.experts[place].actor;
        let sheet = own::sheet(city, actor, NUMBER).await.expect("a sheet");
        // 98 points less than all, taken where there is room.
        let mut left = 9_800 - extra;
        let entries = sheet.items.iter().map(|item| {
            let less = left.min(item.most * 100 / 2);
            left -= less;
            MarkEntry { item: item.code.clone(), points: Some(item.most * 100 - less), remark: String::new() }
        });
        let save = SaveSheet { case, entries: entries.collect() };
        city.act(actor, &NO_KEY, &save).await.expect("saved");
    }

    async fn call(&self, city: &City, case: RatingId, body: i64, count: usize) -> Result<i64, Error> {
        let members = bodies::members(city, body).await.expect("members");
        let present = members.iter().take(count).map(|member| member.id).collect();
        self.office(city, &CallMeeting { case, body, present }).await
    }

    async fn vote(&self, city: &City, case: RatingId, range: std::ops::Range<usize>, choice: Option<Grade>) {
        for expert in &self.experts[range] {
            city.act(&expert.actor, &NO_KEY, &CastVote { case, choice }).await.expect("a vote");
        }
    }

    async fn conclude(&self, city: &City, case: RatingId) -> Result<(), Error> {
        self.office(city, &ConcludeMeeting { case, reason: String::new() }).await
    }
}

#[tokio::test]
async fn a_rating_with_an_appeal_from_notice_to_plaque_and_back() {
    on_both(async |city| {
        let stage = Stage::set(&city).await;
        let case = stage.assess(&city).await;
        let held = stage.case(&city).await;
        assert_eq!(held.stage, RatingStage::Assessed);
        assert_eq!(held.mean().map(|mean| (mean.sum, mean.count)), Some((270_600, 3)));
        assert_eq!(held.by_points(&city), Ok(Some(Grade::FourA)));
        // Nine of fifteen are no quorum; ten are, and eight of all fifteen decide.
        assert_eq!(codes(stage.call(&city, case, stage.committee, 9).await), ["rating.quorum"]);
        assert_eq!(codes(stage.call(&city, case, stage.board, 5).await), ["rating.wrong-stage"]);
        stage.call(&city, case, stage.committee, 10).await.expect("a sitting");
        stage.vote(&city, case, 0..7, Some(Grade::FourA)).await;
        stage.vote(&city, case, 7..10, Some(Grade::ThreeA)).await;
        assert_eq!(codes(stage.conclude(&city, case).await), ["rating.no-majority"]);
        let absent = CastVote { case, choice: Some(Grade::FourA) };
        let refused = city.act(&stage.experts[12].actor, &NO_KEY, &absent).await;
        assert_eq!(codes(refused), ["rating.not-present"]);
        let stranger = city.act(&stage.experts[16].actor, &NO_KEY, &absent).await;
        assert_eq!(stranger, Err(Error::NotFound));
        stage.vote(&city, case, 7..8, Some(Grade::FourA)).await;
        stage.conclude(&city, case).await.expect("decided");
        assert_eq!(public::by_number(&city, NUMBER).await.err(), Some(Error::NotFound), "not yet public");
        stage.office(&city, &Publicise { case }).await.expect("public");
        let shown = public::by_number(&city, NUMBER).await.expect("public");
        assert_eq!((shown.grade, shown.public_until), (Some(Grade::FourA), Some(day("2014-01-15"))));
        let confirm = ConfirmRating { case };
        let early = city.act(&stage.director, &NO_KEY, &confirm).await;
        assert_eq!(codes(early), ["rating.still-public"]);
        appeal(&city, &stage, case).await;
        confirmed(&city, &stage, case).await;
        lowered(&city, &stage, case).await;
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

async fn appeal(city: &City, stage: &Stage, case: RatingId) {
    let file = FileAppeal { case, text: "请复核服务质量得分。".into(), papers: vec![] };
    let empty = FileAppeal { text: " ".into(), ..file.clone() };
    assert_eq!(codes(city.act(&stage.user, &NO_KEY, &empty).await), ["rating.appeal-empty"]);
    move_to(city, "2014-01-15");
    city.act(&stage.user, &NO_KEY, &file).await.expect("an appeal on the last day");
    stage.call(city, case, stage.board, 4).await.expect("a sitting of the board");
    stage.vote(city, case, 15..18, Some(Grade::FourA)).await;
    stage.conclude(city, case).await.expect("reviewed");
    let early = city.act(&stage.director, &NO_KEY, &ConfirmRating { case }).await;
    assert_eq!(codes(early), ["rating.review-not-served"]);
    move_to(city, "2014-01-20");
    let code = stage.office(city, &ServeReview { case }).await.expect("served");
    let document = documents::read(city, &stage.user, &code).await.expect("the organisation reads it");
    assert_eq!(document.items()[0].code, "rating.review-upheld");
    assert_eq!(documents::read(city, &Actor::VISITOR, &code).await.err(), Some(Error::NotFound));
    let held = stage.case(city).await;
    let served = deadlines::of(city, held.subject()).await.expect("deadlines");
    assert_eq!(served.len(), 1);
    assert_eq!(
        (served[0].rule, served[0].due_on),
        (RuleKey::RatingReviewServedDays, Some(day("2014-01-30")))
    );
    assert_eq!(served[0].done_on, Some(day("2014-01-20")));
}

async fn confirmed(city: &City, stage: &Stage, case: RatingId) {
    let confirm = ConfirmRating { case };
    assert_eq!(codes(city.act(&stage.director, &NO_KEY, &confirm).await), ["rating.not-reported"]);
    stage.office(city, &ReportUpward { case }).await.expect("reported");
    assert_eq!(codes(stage.office(city, &ReportUpward { case }).await), ["rating.nothing-to-report"]);
    let tired = Actor { fresh: false, ..stage.director.clone() };
    assert_eq!(city.act(&tired, &NO_KEY, &confirm).await, Err(Error::PasswordNeeded));
    assert_eq!(city.act(&stage.officer, &NO_KEY, &confirm).await, Err(Error::NotPermitted));
    let code = city.act(&stage.director, &NO_KEY, &confirm).await.expect("confirmed");
    assert!(documents::read(city, &Actor::VISITOR, &code).await.is_ok(), "a notice is public");
    let grade = async |on: &str| grade_on(city, stage.organisation, day(on)).await.expect("read");
    assert_eq!(grade("2014-01-19").await, None, "not before it is confirmed");
    assert_eq!(grade("2014-01-20").await, Some(Grade::FourA));
    assert_eq!(grade("2019-01-19").await, Some(Grade::FourA));
    assert_eq!(grade("2019-01-20").await, None, "expired is no grade");
    let plaque = public::plaque(city, NUMBER).await.expect("a plaque");
    assert_eq!((plaque.grade, plaque.code), (Grade::FourA, code));
    assert_eq!(public::in_force(city, &public::Filter::default()).await.expect("read").len(), 1);
    let again = city.act(&stage.user, &NO_KEY, &stage.application()).await;
    assert_eq!(codes(again), ["rating.turn"]);
}

async fn lowered(city: &City, stage: &Stage, case: RatingId) {
    let lower = LowerGrade {
        case,
        to: Some(Grade::ThreeA),
        ground: LoweringGround::FalseMaterial,
        reason: "财务材料不实。".into(),
    };
    let unfounded = LowerGrade { ground: LoweringGround::FailedOrAbsent, ..lower.clone() };
    assert_eq!(codes(city.act(&stage.director, &NO_KEY, &unfounded).await), ["rating.ground-unfounded"]);
    move_to(city, "2014-02-10");
    city.act(&stage.director, &NO_KEY, &lower).await.expect("lowered");
    let grade = grade_on(city, stage.organisation, day("2014-02-10")).await.expect("read");
    assert_eq!(grade, Some(Grade::ThreeA));
    assert_eq!(grade_on(city, stage.organisation, day("2014-02-09")).await, Ok(Some(Grade::FourA)));
    let held = stage.case(city).await;
    let due = deadlines::of(city, held.subject()).await.expect("deadlines");
    assert_eq!(
        due.last().map(|one| (one.rule, one.due_on)),
        Some((RuleKey::PlaqueReturnDays, Some(day("2014-02-25"))))
    );
    stage.office(city, &TakePlaqueBack { case }).await.expect("back");
    assert_eq!(codes(stage.office(city, &TakePlaqueBack { case }).await), ["rating.no-plaque-due"]);
    let notices = documents::of(city, &Actor::VISITOR, held.subject()).await.expect("documents");
    assert_eq!(notices.iter().filter(|one| one.withdrawn_at.is_none()).count(), 1);
    // One year after lowering the bar still stands (G5), whatever the validity says.
    move_to(city, "2015-02-10");
    let barred = conditions(city, stage.organisation).await.expect("conditions");
    let codes: Vec<&str> = barred.findings.iter().filter_map(|one| one.refusal()).map(|no| no.code).collect();
    assert!(codes.contains(&"rating.bar"), "{codes:?}");
}

#[tokio::test]
async fn who_must_not_judge_is_kept_away_and_replaced() {
    on_both(async |city| {
        let stage = Stage::set(&city).await;
        city.act(&stage.user, &NO_KEY, &stage.application()).await.expect("an application");
        let case = stage.case(&city).await.id;
        let appoint = |place: usize| AppointVisitor { case, expert: stage.experts[place].id };
        assert_eq!(codes(stage.office(&city, &appoint(0)).await), ["rating.wrong-stage"]);
        let check = CheckApplication { case, conduct: Conduct::default(), note: String::new() };
        stage.office(&city, &check).await.expect("checked");
        stage.office(&city, &appoint(0)).await.expect("appointed");
        stage.office(&city, &appoint(1)).await.expect("appointed");
        assert_eq!(codes(stage.office(&city, &appoint(1)).await), ["rating.expert-twice"]);
        // Worked there twenty months ago: refused when it is known, recused when it comes out later.
        let declare = |place: usize, ended: &str| DeclareRelation {
            expert: stage.experts[place].id,
            organisation: stage.organisation,
            kind: TieKind::Employed,
            ended_on: Some(day(ended)),
        };
        city.act(&system(), &NO_KEY, &declare(2, "2012-05-06")).await.expect("a tie");
        assert_eq!(codes(stage.office(&city, &appoint(2)).await), ["rating.recused"]);
        city.act(&system(), &NO_KEY, &declare(3, "2012-01-06")).await.expect("an old tie");
        stage.office(&city, &appoint(3)).await.expect("two years are over");
        city.act(&stage.experts[1].actor, &NO_KEY, &declare(1, "2012-05-06")).await.expect("a tie");
        let lock = city.act(&stage.experts[1].actor, &NO_KEY, &LockSheet { case }).await;
        assert_eq!(codes(lock), ["rating.recused"]);
        let recuse =
            RecuseVisitor { case, expert: stage.experts[1].id, reason: "曾在该单位任职".into() };
        let other = city.act(&stage.experts[0].actor, &NO_KEY, &recuse).await;
        assert_eq!(other, Err(Error::NotFound), "nobody recuses another expert");
        city.act(&stage.experts[1].actor, &NO_KEY, &recuse).await.expect("recused");
        let opinion = GiveOpinion { case, text: "意见".into() };
        let few = city.act(&stage.experts[0].actor, &NO_KEY, &opinion).await;
        assert_eq!(codes(few), ["rating.experts-few"]);
        stage.office(&city, &appoint(4)).await.expect("a replacement");
        let open = city.act(&stage.experts[0].actor, &NO_KEY, &opinion).await;
        assert_eq!(codes(open), ["rating.sheets-open"]);
        let blank = city.act(&stage.experts[0].actor, &NO_KEY, &LockSheet { case }).await;
        assert!(codes(blank).iter().all(|code| *code == "rating.points-missing"));
        let recused = own::sheet(&city, &stage.experts[1].actor, NUMBER).await;
        assert_eq!(recused.err(), Some(Error::NotFound));
        // No affiliate of the bureau as agency, and no fee (T8, B14).
        let agency = |uscc: &str, fee| NameAgency { case, uscc: uscc.into(), fee };
        let own = stage.office(&city, &agency(&stage.uscc, Fen::ZERO)).await;
        assert_eq!(codes(own), ["rating.agency-itself"]);
        assert_eq!(codes(stage.office(&city, &agency("x", Fen::ZERO)).await), ["rating.agency-unknown"]);
        for (place, supervised, fee, expected) in [
            (2, "是", 0, Some("rating.agency-affiliate")),
            (3, "否", 800, Some("rating.fee")),
            (3, "否", 0, None),
        ] {
            let code = CreditCode::derive('5', '2', "320104", &format!("XX90000{place}")).expect("a code");
            let mut form = specimen::invented(place + 1, 3).pop().expect("a form");
            (form.code, form.supervised) = (code.as_str().into(), supervised.into());
            form.kind = "民办非企业单位".into();
            form.legal = "登记".into();
            // The second visit finds the agency already there.
            let _ = city.act(&system(), &NO_KEY, &RegisterOrganisation { form }).await;
            let named = stage.office(&city, &agency(code.as_str(), Fen::yuan(fee))).await;
            match expected {
                Some(code) => assert_eq!(codes(named), [code]),
                None => named.expect("an agency"),
            }
        }
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn applications_are_refused_with_their_ground() {
    on_both(async |city| {
        let stage = Stage::set(&city).await;
        let blank =
            ApplyForRating { statement: " ".into(), papers: vec![], declares: false, ..stage.application() };
        let expected = ["rating.text-missing", "rating.papers-missing", "rating.declaration-missing"];
        assert_eq!(codes(city.act(&stage.user, &NO_KEY, &blank).await), expected);
        let bureau = person(&city, "bureau", Role::OrganisationBureau, Scope::City).await;
        city.act(&stage.user, &NO_KEY, &stage.application()).await.expect("an application");
        let again = city.act(&stage.user, &NO_KEY, &stage.application()).await;
        assert_eq!(codes(again), ["rating.already-applied"]);
        let case = stage.case(&city).await.id;
        let conduct = Conduct { last_penalty: Some(day("2013-05-06")), ..Conduct::default() };
        let check = CheckApplication { case, conduct, note: "处罚决定书".into() };
        assert_eq!(city.act(&bureau, &NO_KEY, &check).await, Err(Error::NotPermitted), "S12");
        assert_eq!(read::by_number(&city, &bureau, NUMBER).await.err(), Some(Error::NotFound));
        stage.office(&city, &check).await.expect("checked");
        let held = stage.case(&city).await;
        assert_eq!(held.stage, RatingStage::Ineligible);
        let frozen = app::frozen::thaw(&held.eligibility);
        let barred: Vec<&str> = frozen
            .iter()
            .filter(|finding| finding.level == Level::Barred)
            .map(|finding| finding.code.as_str())
            .collect();
        assert_eq!(barred, ["rating.no-penalty"]);
        assert_eq!(public::by_number(&city, NUMBER).await.err(), Some(Error::NotFound));
        move_to(&city, "2014-03-03");
        let late = city.act(&stage.user, &NO_KEY, &stage.application()).await;
        assert_eq!(codes(late), ["rating.round-closed"]);
    })
    .await;
}

#[tokio::test]
async fn recusal_at_a_sitting_lowers_neither_quorum_nor_majority() {
    on_both(async |city| {
        let stage = Stage::set(&city).await;
        let case = stage.assess(&city).await;
        stage.call(&city, case, stage.committee, 10).await.expect("a sitting");
        stage.vote(&city, case, 0..8, Some(Grade::FourA)).await;
        let recuse = RecuseMember { case, reason: "亲属在该单位任职".into() };
        city.act(&stage.experts[9].actor, &NO_KEY, &recuse).await.expect("recused");
        assert_eq!(codes(stage.conclude(&city, case).await), ["rating.quorum"], "nine of fifteen take part");
        // A new sitting adjourns the old one; a decision off the points is explained.
        stage.call(&city, case, stage.committee, 15).await.expect("another sitting");
        stage.vote(&city, case, 0..8, Some(Grade::ThreeA)).await;
        assert_eq!(codes(stage.conclude(&city, case).await), ["rating.deviation-unexplained"]);
        let conclude = ConcludeMeeting { case, reason: "财务管理问题突出。".into() };
        stage.office(&city, &conclude).await.expect("decided");
        let meetings = read::meetings(&city, case).await.expect("meetings");
        assert_eq!(meetings.iter().map(|one| one.attempt).collect::<Vec<_>>(), [1, 2]);
        let votes = read::ballots(&city, meetings[1].id).await.expect("ballots");
        assert_eq!(votes.iter().filter(|one| one.choice.as_deref() == Some("3a")).count(), 8);
        assert_eq!(stage.case(&city).await.grade, Some(Grade::ThreeA));
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}
