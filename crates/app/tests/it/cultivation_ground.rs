//! The programme of 2014 with two officers of the bureau and an organisation, and the steps that stories share.

use app::cultivation::apply::{ApplyForProgramme, Withdraw};
use app::cultivation::assess::{PubliciseEnrolment, RecordPartnerOpinion, ScoreEnrolment};
use app::cultivation::case::Enrolment;
use app::cultivation::decide::ConfirmEnrolment;
use app::cultivation::programme::OpenProgramme;
use app::cultivation::read;
use app::{Act, City, Error, RequestKey};
use domain::cultivation::{Asked, MediationPart, ServiceTag};
use domain::kernel::{Actor, Date, EnrolmentId, Moment, Role, Scope};
use domain::registry::enrolled::ProgrammeType;

use crate::credit_cast::person;

pub const NO_KEY: RequestKey = RequestKey::None;

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

/// The two officers of the bureau.
pub struct Bureau {
    pub scorer: Actor,
    pub second: Actor,
}

pub fn opening() -> OpenProgramme {
    OpenProgramme {
        year: Some(2014),
        notice: "四类社会组织均可申请（示例）。".into(),
        apply_until: Some(day("2014-06-30")),
    }
}

pub fn asked(kind: ProgrammeType) -> Asked {
    let (service, part) = match kind {
        ProgrammeType::Elderly => (ServiceTag::HomeCareCentre, None),
        ProgrammeType::Children => (ServiceTag::AfterSchool, None),
        ProgrammeType::Mediation => (ServiceTag::CommunityDisputes, Some(MediationPart::ProjectBase)),
        ProgrammeType::Comprehensive => (ServiceTag::Volunteering, None),
    };
    Asked {
        kinds: vec![kind],
        parts: part.into_iter().collect(),
        sub_services: vec![service],
        statement: "服务社区居民（示例）。".into(),
        declares: true,
    }
}

impl Bureau {
    /// The bureau opens the programme of 2014.
    pub async fn set(city: &City) -> Bureau {
        let role = Role::OrganisationBureau;
        let scorer = person(city, "scorer", role, Scope::City).await;
        let second = person(city, "confirmer", role, Scope::City).await;
        city.act(&scorer, &NO_KEY, &opening()).await.expect("a programme");
        Bureau { scorer, second }
    }

    pub async fn apply(&self, city: &City, own: &Actor, kind: ProgrammeType) -> EnrolmentId {
        let apply = ApplyForProgramme { year: 2014, asked: asked(kind) };
        let number = city.act(own, &NO_KEY, &apply).await.expect("an application");
        self.case(city, &number).await.id
    }

    pub async fn case(&self, city: &City, number: &str) -> Enrolment {
        read::by_number(city, &self.scorer, number).await.expect("the enrolment")
    }

    pub async fn does<A: Act>(&self, city: &City, act: &A) -> Result<A::Outcome, Error> {
        city.act(&self.scorer, &NO_KEY, act).await
    }

    pub fn score(&self, enrolment: EnrolmentId, points: i64) -> ScoreEnrolment {
        ScoreEnrolment {
            enrolment,
            functionality: Some(points),
            effectiveness: Some(points),
            convenience: Some(points),
            note: "实地走访（示例）".into(),
        }
    }

    pub fn opinion(&self, city: &City, enrolment: EnrolmentId, is_for: bool) -> RecordPartnerOpinion {
        RecordPartnerOpinion {
            enrolment,
            is_for: Some(is_for),
            text: "意见（示例）".into(),
            number: "联〔2014〕1号（示例）".into(),
            on: Some(city.clock.now().date()),
        }
    }

    /// From the application into publicity.
    pub async fn publish(&self, city: &City, own: &Actor, kind: ProgrammeType) -> EnrolmentId {
        let enrolment = self.apply(city, own, kind).await;
        self.does(city, &self.score(enrolment, 80)).await.expect("scored");
        if kind != ProgrammeType::Comprehensive {
            self.does(city, &self.opinion(city, enrolment, true)).await.expect("heard");
        }
        self.does(city, &PubliciseEnrolment { enrolment }).await.expect("public");
        enrolment
    }

    /// The second officer confirms.
    pub async fn confirm(&self, city: &City, enrolment: EnrolmentId) -> Result<String, Error> {
        city.act(&self.second, &NO_KEY, &ConfirmEnrolment { enrolment }).await
    }
}

pub async fn leave(city: &City, own: &Actor, enrolment: EnrolmentId) -> Result<(), Error> {
    city.act(own, &NO_KEY, &Withdraw { enrolment, reason: "自愿（示例）".into() }).await
}
