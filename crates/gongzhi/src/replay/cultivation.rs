//! The targets of the social organisation bureau for 2014 and the cultivation programme beside the purchases, through the acts: organisations in every state, among them
//! the home-care centre that the window registered and two filed ones. All of it is invented (示例).

use std::collections::BTreeMap;

use anyhow::Context;
use app::cultivation::apply::{ApplyForProgramme, Withdraw};
use app::cultivation::assess::{PubliciseEnrolment, RecordPartnerOpinion, ScoreEnrolment};
use app::cultivation::decide::{ConfirmEnrolment, RefuseEnrolment};
use app::cultivation::programme::OpenProgramme;
use app::cultivation::{partners, read};
use app::registry::directory::{self, Filter};
use app::registry::target::SetTarget;
use app::{Act, City, RequestKey};
use domain::cultivation::{Asked, MediationPart, RefusalGround, ServiceTag};
use domain::kernel::{Actor, Date, EnrolmentId, Role, Scope};
use domain::registry::Legal;
use domain::registry::enrolled::ProgrammeType;
use domain::registry::target::Target;

use super::cast::Cast;

/// The year of the programme.
const YEAR: i16 = 2014;
/// The organisations that the window or a street brought into the register: sign-in name, name, legal.
const OTHERS: [(&str, &str, Legal); 3] = [
    ("wanqing", "示例晚晴居家养老服务中心", Legal::Registered),
    ("mediators", "邻里调解队", Legal::Filed),
    ("readers", "放学来吧陪读组", Legal::Filed),
];
/// Points for each criterion of those who reach the line, and of one who does not.
const GOOD: [i64; 3] = [82, 76, 90];
const POOR: [i64; 3] = [60, 45, 50];

/// The programme under way.
pub struct Programme {
    bureau: [Actor; 2],
    users: BTreeMap<String, Actor>,
    /// Published in February.
    first: Vec<EnrolmentId>,
}

/// 7 February: the programme opens, the first applications go into publicity.
pub async fn begin(
    city: &City,
    cast: &mut Cast,
    bidders: &BTreeMap<String, Actor>,
) -> anyhow::Result<Programme> {
    let role = Role::OrganisationBureau;
    let bureau = [
        cast.add(city, "bureau2", "社管局培育甲（示例）", role, Scope::City).await?,
        cast.add(city, "bureau3", "社管局培育乙（示例）", role, Scope::City).await?,
    ];
    for (figure, value) in [(Target::Growth, 500), (Target::Stock, 300)] {
        let reason = "示例目标：2014年度工作要点（示例）".to_owned();
        let set = SetTarget { figure, year: i64::from(YEAR), value, reason };
        city.act(&bureau[0], &RequestKey::None, &set).await?;
    }
    let mut users = bidders.clone();
    for (login, name, legal) in OTHERS {
        let filter = Filter { legal: Some(legal), ..Filter::default() };
        let page = directory::list(city, &filter, None, 500).await?;
        let row = page.rows.iter().find(|row| row.name.contains(name)).context(name)?;
        let own = cast.add_bidder(city, login, &format!("{name}经办（示例）"), row.id).await?;
        users.insert(login.to_owned(), own);
    }
    let open = OpenProgramme {
        year: Some(i64::from(YEAR)),
        notice: "2014年度社会组织专项培育计划：养老服务、为小服务、调解治理、综合服务四类，登记和备案的社会组织均可在线申请（示例）。".to_owned(),
        apply_until: Some(Date::constant(YEAR, 6, 30)),
    };
    let [scorer, _] = &bureau;
    act(city, scorer, &open).await?;
    let mut programme = Programme { bureau, users, first: Vec::new() };
    let (elderly, children) = (ProgrammeType::Elderly, ProgrammeType::Children);
    let base = Some(MediationPart::ProjectBase);
    let firsts = [
        ("wanqing", elderly, None, ServiceTag::HomeCareCentre),
        ("mediators", ProgrammeType::Mediation, base, ServiceTag::CommunityDisputes),
        ("org12", children, None, ServiceTag::AfterSchool),
        ("org14", ProgrammeType::Comprehensive, None, ServiceTag::Volunteering),
        ("org27", ProgrammeType::Comprehensive, None, ServiceTag::Disability),
    ];
    for (login, kind, part, service) in firsts {
        let id = programme.apply(city, login, kind, part, service).await.context(login)?;
        programme.publish(city, id, kind).await.context(login)?;
        programme.first.push(id);
    }
    Ok(programme)
}

impl Programme {
    /// 10 March: the first are enrolled, one of them leaves; the others stand at every step.
    pub async fn carry_on(&self, city: &City) -> anyhow::Result<()> {
        let [_, second] = &self.bureau;
        for enrolment in &self.first {
            act(city, second, &ConfirmEnrolment { enrolment: *enrolment }).await?;
        }
        let (elderly, children) = (ProgrammeType::Elderly, ProgrammeType::Children);
        let petitions = Some(MediationPart::MajorPetitions);
        let leaving = *self.first.last().context("nobody was enrolled")?;
        self.withdraw(city, "org27", leaving, "工作方向调整，自愿退出（示例）。").await?;
        self.apply(city, "org19", elderly, None, ServiceTag::RegionalCentre).await?;
        let scored =
            self.apply(city, "org28", ProgrammeType::Comprehensive, None, ServiceTag::Environment).await?;
        self.score(city, scored, GOOD).await?;
        let mediation = ProgrammeType::Mediation;
        let heard = self.apply(city, "org08", mediation, petitions, ServiceTag::Petitions).await?;
        self.score(city, heard, GOOD).await?;
        self.hear(city, heard, mediation).await?;
        let public = self.apply(city, "readers", children, None, ServiceTag::AfterSchool).await?;
        self.publish(city, public, children).await?;
        let refused = self.apply(city, "org30", children, None, ServiceTag::Counselling).await?;
        self.score(city, refused, POOR).await?;
        let refuse = RefuseEnrolment {
            enrolment: refused,
            ground: Some(RefusalGround::CriteriaNotMet),
            reason: "服务尚未开展，效果无法核实；开展服务半年以后可以再次申请（示例）。".to_owned(),
        };
        act(city, second, &refuse).await?;
        let back = self.apply(city, "org15", children, None, ServiceTag::ChildrenInNeed).await?;
        self.withdraw(city, "org15", back, "材料需要重新准备（示例）。").await
    }

    async fn apply(
        &self,
        city: &City,
        login: &str,
        kind: ProgrammeType,
        part: Option<MediationPart>,
        service: ServiceTag,
    ) -> anyhow::Result<EnrolmentId> {
        let user = self.users.get(login).context("no such user")?;
        let asked = Asked {
            kinds: vec![kind],
            parts: part.into_iter().collect(),
            sub_services: vec![service],
            statement: "服务本社区居民，每周固定开放，服务对象随到随办（示例）。".to_owned(),
            declares: true,
        };
        let number = act(city, user, &ApplyForProgramme { year: i64::from(YEAR), asked }).await?;
        Ok(read::by_number(city, user, &number).await?.id)
    }

    async fn score(&self, city: &City, enrolment: EnrolmentId, points: [i64; 3]) -> anyhow::Result<()> {
        let [functionality, effectiveness, convenience] = points.map(Some);
        let note = "实地走访，查阅服务记录（示例）。".to_owned();
        let [scorer, _] = &self.bureau;
        act(city, scorer, &ScoreEnrolment { enrolment, functionality, effectiveness, convenience, note })
            .await
    }

    async fn hear(&self, city: &City, enrolment: EnrolmentId, kind: ProgrammeType) -> anyhow::Result<()> {
        let [scorer, _] = &self.bureau;
        let opinion = RecordPartnerOpinion {
            enrolment,
            is_for: Some(true),
            text: "同意列入（示例）。".to_owned(),
            number: "联〔2014〕12号（示例）".to_owned(),
            on: Some(city.clock.now().date()),
        };
        if partners::of(kind).is_some() { act(city, scorer, &opinion).await } else { Ok(()) }
    }

    /// Scored, heard where there is a partner, and made public.
    async fn publish(&self, city: &City, enrolment: EnrolmentId, kind: ProgrammeType) -> anyhow::Result<()> {
        self.score(city, enrolment, GOOD).await?;
        self.hear(city, enrolment, kind).await?;
        let [scorer, _] = &self.bureau;
        act(city, scorer, &PubliciseEnrolment { enrolment }).await.map(|_| ())
    }

    async fn withdraw(
        &self,
        city: &City,
        login: &str,
        enrolment: EnrolmentId,
        reason: &str,
    ) -> anyhow::Result<()> {
        let user = self.users.get(login).context("no such user")?;
        act(city, user, &Withdraw { enrolment, reason: reason.to_owned() }).await
    }
}

async fn act<A: Act>(city: &City, actor: &Actor, act: &A) -> anyhow::Result<A::Outcome> {
    Ok(city.act(actor, &RequestKey::None, act).await?)
}
