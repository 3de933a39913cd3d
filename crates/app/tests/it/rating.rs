//! A rating from the notice to the plaque and its return, and everything that keeps one from being given (G5).

use app::access::people::{AddPerson, GivePost};
use app::documents;
use app::inbox::{self, TaskKind};
use app::papers::GivePaper;
use app::registry::rating::appeal::{FileAppeal, ServeReview};
use app::registry::rating::apply::{ApplyForRating, CheckApplication, conditions};
use app::registry::rating::bodies::{self, FormBody};
use app::registry::rating::case::RatingCase;
use app::registry::rating::confirm::ConfirmRating;
use app::registry::rating::lowering::{LowerGrade, TakePlaqueBack};
use app::registry::rating::meeting::{CallMeeting, CastVote, ConcludeMeeting};
use app::registry::rating::publicity::{Publicise, ReportUpward};
use app::registry::rating::rounds::OpenRound;
use app::registry::rating::sheet::{GiveOpinion, LockSheet, MarkEntry, SaveSheet};
use app::registry::rating::visit::AppointVisitor;
use app::registry::rating::{grade_on, own, public, read};
use app::registry::{RegisterOrganisation, specimen};
use app::tendering::expert::{AddExpert, ExpertRecord};
use app::uploads::StoredFile;
use app::{Act, City, Error, RequestKey, deadlines, journal};
use domain::kernel::*;
use domain::registry::PaperKind;
use domain::registry::rating::{Body, Conduct, Grade, LoweringGround, RatingStage};

use crate::support::{on_both, system};

pub const NO_KEY: RequestKey = RequestKey::None;
pub const NUMBER: &str = "PG-2014-1-001";

pub fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

pub fn move_to(city: &City, text: &str) {
    assert!(city.clock.move_to(Moment::beijing(day(text), 9, 0)), "the clock goes to {text}");
}

pub fn codes<T: std::fmt::Debug>(answer: Result<T, Error>) -> Vec<&'static str> {
    match answer.expect_err("a refusal") {
        Error::Refused(refusal) => vec![refusal.code],
        Error::Invalid(refusals) => refusals.iter().map(|refusal| refusal.code).collect(),
        other => panic!("{other:?}"),
    }
}

pub async fn person(city: &City, login: &str, role: Role, scope: Scope) -> Actor {
    let name = format!("{login}（示例）");
    let add = AddPerson { login: login.into(), name, password_hash: "x".into(), is_demo: true };
    let id = city.act(&system(), &NO_KEY, &add).await.expect("a person");
    city.act(&system(), &NO_KEY, &GivePost { person: id, post: Post { role, scope } }).await.expect("a post");
    Actor::new(id, role, scope).with_fresh_password()
}

pub struct Expert {
    pub actor: Actor,
    pub id: ExpertId,
}

pub struct Stage {
    pub officer: Actor,
    pub director: Actor,
    pub user: Actor,
    pub organisation: OrganisationId,
    pub uscc: String,
    pub paper: PaperId,
    pub experts: Vec<Expert>,
    pub committee: i64,
    pub board: i64,
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
    pub async fn set(city: &City) -> Stage {
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

    pub fn application(&self) -> ApplyForRating {
        ApplyForRating {
            round: "PG-2014-1".into(),
            statement: "自评报告".into(),
            papers: vec![self.paper],
            declares: true,
        }
    }

    pub async fn case(&self, city: &City) -> RatingCase {
        read::by_number(city, &self.officer, NUMBER).await.expect("the case")
    }

    /// What the inbox gives the officer, and the director besides, to do with the rating.
    pub async fn tasks(&self, city: &City) -> [Vec<TaskKind>; 2] {
        let own = async |reader: &Actor| {
            let found = inbox::tasks(city, reader).await.expect("tasks").into_iter();
            found.filter(|task| task.is_own && task.subject == NUMBER).map(|task| task.kind).collect()
        };
        [own(&self.officer).await, own(&self.director).await]
    }

    /// Fails unless the whole office has this to do.
    async fn expect_task(&self, city: &City, kind: TaskKind) {
        assert_eq!(self.tasks(city).await, [vec![kind], vec![kind]]);
    }

    pub async fn office<A: Act>(&self, city: &City, act: &A) -> Result<A::Outcome, Error> {
        city.act(&self.officer, &NO_KEY, act).await
    }

    /// Applied, checked, visited by the experts 15, 16 and 17, assessed at 902 points.
    pub async fn assess(&self, city: &City) -> RatingId {
        city.act(&self.user, &NO_KEY, &self.application()).await.expect("an application");
        let case = self.case(city).await.id;
        let check = CheckApplication { case, conduct: Conduct::default(), note: String::new() };
        self.expect_task(city, TaskKind::CheckRating).await;
        self.office(city, &check).await.expect("checked");
        self.expect_task(city, TaskKind::ArrangeVisit).await;
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

    pub async fn call(&self, city: &City, case: RatingId, body: i64, count: usize) -> Result<i64, Error> {
        let members = bodies::members(city, body).await.expect("members");
        let present = members.iter().take(count).map(|member| member.id).collect();
        self.office(city, &CallMeeting { case, body, present }).await
    }

    pub async fn vote(
        &self,
        city: &City,
        case: RatingId,
        range: std::ops::Range<usize>,
        choice: Option<Grade>,
    ) {
        for expert in &self.experts[range] {
            city.act(&expert.actor, &NO_KEY, &CastVote { case, choice }).await.expect("a vote");
        }
    }

    /// Assessed, decided as 4A, published, reported upward and confirmed.
    pub async fn confirmed(&self, city: &City) -> RatingId {
        let case = self.assess(city).await;
        self.call(city, case, self.committee, 10).await.expect("a sitting");
        self.vote(city, case, 0..8, Some(Grade::FourA)).await;
        self.conclude(city, case).await.expect("decided");
        self.office(city, &Publicise { case }).await.expect("public");
        move_to(city, "2014-01-20");
        self.office(city, &ReportUpward { case }).await.expect("reported");
        city.act(&self.director, &NO_KEY, &ConfirmRating { case }).await.expect("confirmed");
        case
    }

    pub async fn conclude(&self, city: &City, case: RatingId) -> Result<(), Error> {
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
        stage.expect_task(&city, TaskKind::CallRatingBody).await;
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
        stage.expect_task(&city, TaskKind::PubliciseRating).await;
        stage.office(&city, &Publicise { case }).await.expect("public");
        assert_eq!(stage.tasks(&city).await, [vec![], vec![]], "the public has its days");
        let own = inbox::member::of_organisation(&city, stage.organisation).await.expect("tasks");
        let due = own.iter().map(|task| (task.kind, task.due)).collect::<Vec<_>>();
        assert_eq!(due, [(inbox::member::MemberTaskKind::AppealRating, Some(day("2014-01-15")))]);
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
    stage.expect_task(city, TaskKind::CallRatingBody).await;
    stage.call(city, case, stage.board, 4).await.expect("a sitting of the board");
    stage.vote(city, case, 15..18, Some(Grade::FourA)).await;
    stage.conclude(city, case).await.expect("reviewed");
    let early = city.act(&stage.director, &NO_KEY, &ConfirmRating { case }).await;
    assert_eq!(codes(early), ["rating.review-not-served"]);
    stage.expect_task(city, TaskKind::ServeRatingReview).await;
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
    stage.expect_task(city, TaskKind::ReportRating).await;
    stage.office(city, &ReportUpward { case }).await.expect("reported");
    assert_eq!(stage.tasks(city).await, [vec![], vec![TaskKind::ConfirmRating]]);
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
    stage.expect_task(city, TaskKind::TakeBackPlaque).await;
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
