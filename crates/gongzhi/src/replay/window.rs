//! The one window beside the round: its people, and registrations in different states, made through the same
//! acts as any other. All of it is invented, which each name says.

use std::collections::BTreeMap;

use anyhow::Context;
use app::papers::GivePaper;
use app::registry::registration::{
    AcceptCase, AnnounceCase, ApproveCase, AssignCase, AttachPaper, CheckCharter, GiveOpinion,
    IssueCertificate, RecordVisit, RequestCorrection, SaveAnswers, SignVisit, StartCase, SubmitCase, checks,
    read, reasons,
};
use app::registry::seal::{HandInAccount, HandInSeal, ReceiveSeal};
use app::uploads::StoredFile;
use app::{Act, City, RequestKey};
use domain::kernel::{Actor, CaseId, Coded, Finding, Role, Scope};
use domain::registry::registration::denial::Defect;
use domain::registry::registration::reason::{Doubt, Reason};
use domain::registry::registration::{Answers, CharterItem, Mark, Step, TypedVisit, VisitPoint, charter};
use domain::registry::{OrganisationKind, PaperKind};

use super::cast::Cast;
use super::catalogue::set_clock;
use super::{at, leaf};

/// Everyone at the window.
pub struct Window {
    window: Actor,
    officers: [Actor; 2],
    approver: Actor,
    applicants: [Actor; 3],
}

/// What each application says besides its name.
const HOME_CARE: [(&str, &str); 20] = [
    ("domicile", "夕照里1号（示例）"),
    ("premises_from", "2014-01-01"),
    ("premises_until", "2015-12-31"),
    ("basis", "home_care"),
    ("path", "community_service"),
    ("unit", "南京市民政局"),
    ("aim", "为居家老人提供照料（示例）"),
    ("scope", "居家养老服务"),
    ("fields", "elderly_care"),
    ("legal_form", "legal_person"),
    ("sponsor_people", "3"),
    ("sponsor_units", "0"),
    ("capital", "0"),
    ("representative", "周明（示例）"),
    ("identity", "320104197001010011"),
    ("telephone", "025-83630000"),
    ("staff", "2"),
    ("leads_other", "no"),
    ("has_branches", "no"),
    ("lost_rights", "no"),
];
/// What a community association says otherwise.
const COMMUNITY: [(&str, &str); 4] =
    [("basis", "community"), ("individual_members", "26"), ("unit_members", "0"), ("fields", "community")];
const PAPERS: [(PaperKind, &str); 5] = [
    (PaperKind::Application, "登记申请书（示例）"),
    (PaperKind::Charter, "章程（示例）"),
    (PaperKind::PremisesRight, "住所使用权证明（示例）"),
    (PaperKind::Identity, "身份证明（示例）"),
    (PaperKind::MemberList, "名单（示例）"),
];
const INSTITUTION: OrganisationKind = OrganisationKind::SocialServiceInstitution;
const ASSOCIATION: OrganisationKind = OrganisationKind::SocialAssociation;

/// January: the window opens, one organisation comes to be, one application meets silence.
pub async fn open(city: &City, cast: &mut Cast) -> anyhow::Result<Window> {
    let officer = Role::ApprovalOfficer;
    let window = Window {
        window: cast.add(city, "window1", "窗口一（示例）", officer, Scope::City).await?,
        officers: [
            cast.add(city, "officer1", "审查一（示例）", officer, Scope::City).await?,
            cast.add(city, "officer2", "审查二（示例）", officer, Scope::City).await?,
        ],
        approver: cast.add(city, "approver", "核准人（示例）", Role::ApprovalDirector, Scope::City).await?,
        applicants: [
            cast.add(city, "applicant1", "申请人甲（示例）", Role::Applicant, Scope::City).await?,
            cast.add(city, "applicant2", "申请人乙（示例）", Role::Applicant, Scope::City).await?,
            cast.add(city, "applicant3", "申请人丙（示例）", Role::Applicant, Scope::City).await?,
        ],
    };
    cast.add(city, "bureau1", "社管局政策（示例）", Role::OrganisationBureau, Scope::City).await?;
    let [first, second, _] = &window.applicants;
    let done = window.send_in(city, first, INSTITUTION, "南京市秦淮区示例晚晴居家养老服务中心", &[]).await?;
    // Each step at its own moment, so that the posts and documents that come of it keep their order.
    set_clock(city, at(1, 20, 10, 0));
    window.accept(city, done).await?;
    window.visit(city, done, "2014-01-20").await?;
    window.check_charter(city, done, &[]).await?;
    window.review(city, done, 2).await?;
    set_clock(city, at(1, 20, 11, 0));
    let version = version(city, done).await?;
    act(city, &window.approver, &ApproveCase { case: done, version }).await?;
    let version = self::version(city, done).await?;
    act(city, &window.window, &IssueCertificate { case: done, version }).await?;
    let version = self::version(city, done).await?;
    act(city, &window.window, &AnnounceCase { case: done, version }).await?;
    window.send_in(city, second, INSTITUTION, "南京市鼓楼区示例静默居家养老服务中心", &[]).await?;
    Ok(window)
}

impl Window {
    /// March: cases in every state that waits for somebody.
    pub async fn leave_on_desks(&self, city: &City) -> anyhow::Result<()> {
        let [first, second, third] = &self.applicants;
        self.file_seal(city, first).await?;
        let told = self.send_in(city, second, INSTITUTION, "南京市玄武区示例银杏居家养老服务站", &[]).await?;
        self.check_charter(city, told, &[CharterItem::Ending, CharterItem::NoDistribution]).await?;
        let charter =
            "章程草案缺少下列事项，请补写：终止程序和终止后资产的处理；盈利不得分配，解体时财产不得私分。";
        let defects = vec![
            (Defect::Premises, "租赁合同缺少出租方签章，请补齐。".to_owned()),
            (Defect::Charter, charter.to_owned()),
        ];
        let version = version(city, told).await?;
        act(city, &self.window, &RequestCorrection { case: told, version, defects }).await?;
        let one = self
            .send_in(
                city,
                third,
                INSTITUTION,
                "南京市建邺区示例童乐托管服务中心",
                &[("basis", "programme"), ("fields", "child_and_youth")],
            )
            .await?;
        self.accept(city, one).await?;
        self.check_charter(city, one, &[]).await?;
        self.review(city, one, 1).await?;
        let ready =
            self.send_in(city, first, ASSOCIATION, "南京市秦淮区示例邻里互助协会", &COMMUNITY).await?;
        self.accept(city, ready).await?;
        self.check_charter(city, ready, &[]).await?;
        self.review(city, ready, 2).await?;
        let held = self.send_in(city, third, ASSOCIATION, "南京市栖霞区示例书法研究会", &COMMUNITY).await?;
        let version = self::version(city, held).await?;
        let (to, reason) = (self.officers[1].person, "熟悉文化艺术类组织（示例）".to_owned());
        act(city, &self.window, &AssignCase { case: held, version, to, reason }).await?;
        let name = "南京市浦口区示例向阳志愿服务中心".to_owned();
        let draft = StartCase { kind: INSTITUTION, name, applicant: String::new(), is_demo: true };
        act(city, third, &draft).await?;
        Ok(())
    }

    /// What was registered in January files its seal, which the window receives, and its account, which waits.
    async fn file_seal(&self, city: &City, applicant: &Actor) -> anyhow::Result<()> {
        let held = read::all_own(city, applicant).await?;
        let organisation = held.iter().find_map(|case| case.organisation_id).context("nothing registered")?;
        let person = applicant.person.context("nobody")?;
        let own = Actor::new(person, Role::OrganisationUser, Scope::Organisation(organisation));
        let file = StoredFile::store(city, "B16", "示例印章式样.pdf", b"%PDF-1.4\n% specimen\n")?;
        let (kind, title) = (PaperKind::SealAndAccount, "示例".to_owned());
        let give = GivePaper { kind, title, file, valid_until: None, on_behalf_of: None };
        let papers = vec![act(city, &own, &give).await?];
        let number = act(city, &own, &HandInSeal { papers }).await?;
        let [officer, _] = &self.officers;
        act(city, officer, &ReceiveSeal { number }).await?;
        let account =
            HandInAccount { bank: "示例银行秦淮支行".to_owned(), account: "000011112222".to_owned() };
        act(city, &own, &account).await.map(|_| ())
    }

    /// Fills an application in, gives its papers, and sends it in.
    async fn send_in(
        &self,
        city: &City,
        applicant: &Actor,
        kind: OrganisationKind,
        name: &str,
        changes: &[(&str, &str)],
    ) -> anyhow::Result<CaseId> {
        let start = StartCase { kind, name: name.to_owned(), applicant: String::new(), is_demo: true };
        let case = act(city, applicant, &start).await.context(name.to_owned())?;
        let street = street_of(name).context("no district in the name")?;
        let own = [("name", name), ("division", street)];
        let pairs = HOME_CARE.iter().chain(changes).chain(&own);
        let all: BTreeMap<String, String> =
            pairs.map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect();
        for step in Step::ALL.iter().filter(|step| step.is_asked_of(kind)) {
            let version = version(city, case).await?;
            let save = SaveAnswers { case, version, step: *step, typed: Answers(all.clone()) };
            act(city, applicant, &save).await.with_context(|| format!("{name}: {}", step.code()))?;
        }
        for (kind, title) in PAPERS {
            let file = StoredFile::store(city, "B11", &format!("{title}.pdf"), &leaf::pdf(title))?;
            let give =
                GivePaper { kind, title: "示例".to_owned(), file, valid_until: None, on_behalf_of: None };
            let paper = act(city, applicant, &give).await?;
            let version = version(city, case).await?;
            act(city, applicant, &AttachPaper { case, version, paper }).await?;
        }
        let version = version(city, case).await?;
        act(city, applicant, &SubmitCase { case, version }).await.context(name.to_owned())?;
        Ok(case)
    }

    async fn accept(&self, city: &City, case: CaseId) -> anyhow::Result<()> {
        let version = version(city, case).await?;
        act(city, &self.window, &AcceptCase { case, version }).await
    }

    /// Two officers look at the premises; one writes it down, the other signs.
    async fn visit(&self, city: &City, case: CaseId, day: &str) -> anyhow::Result<()> {
        let [first, second] = &self.officers;
        let version = version(city, case).await?;
        let typed = TypedVisit {
            visited_on: day.to_owned(),
            place: "夕照里1号（示例）".to_owned(),
            met: "周明（示例），拟任负责人".to_owned(),
            agrees: VisitPoint::ALL.iter().map(|point| (*point, true)).collect(),
            text: "场所已经装修，设有休息室和餐厅，可以开展服务（示例）。".to_owned(),
        };
        act(city, first, &RecordVisit { case, version, typed, companion: second.person }).await?;
        let version = self::version(city, case).await?;
        act(city, second, &SignVisit { case, version, agrees: true, why: String::new() }).await
    }

    /// An officer compares the charter with the law's list: it lacks these items and no others.
    async fn check_charter(&self, city: &City, case: CaseId, lacks: &[CharterItem]) -> anyhow::Result<()> {
        let held = read::held(city, case).await?;
        let mark = |item: &CharterItem| Mark {
            item: *item,
            is_there: !lacks.contains(item),
            note: if lacks.contains(item) { "没有写明（示例）" } else { "第3页（示例）" }.to_owned(),
        };
        let marks = charter::items(held.kind).iter().map(mark).collect();
        let [first, _] = &self.officers;
        act(city, first, &CheckCharter { case, version: held.version, marks }).await
    }

    /// The first so many officers are for it.
    async fn review(&self, city: &City, case: CaseId, officers: usize) -> anyhow::Result<()> {
        for officer in self.officers.iter().take(officers) {
            let held = read::held(city, case).await?;
            let doubts = reasons::doubts(&checks::of(city, &held).await?);
            let reason =
                |doubt: Doubt| Reason { key: doubt.key, text: reason_of(&doubt.finding), stands: false };
            let reasons = doubts.into_iter().map(reason).collect();
            let text = "材料齐全，符合登记条件（示例）。".to_owned();
            let version = held.version;
            act(city, officer, &GiveOpinion { case, version, is_for: true, text, reasons }).await?;
        }
        Ok(())
    }
}

/// Why an invented officer passes a doubtful condition over.
fn reason_of(finding: &Finding) -> String {
    match finding.code {
        "name.near" => "字号和服务区域不同，不会混淆（示例）。",
        "registration.enrolment" => "已经核对专项培育计划名单（示例）。",
        _ => "已经核实，不影响登记（示例）。",
    }
    .to_owned()
}

/// The first street of the district that the name names.
fn street_of(name: &str) -> Option<&'static str> {
    let street = app::divisions::streets().find(|street| name.contains(street.district_name.as_str()))?;
    Some(street.code.as_str())
}

async fn act<A: Act>(city: &City, actor: &Actor, act: &A) -> anyhow::Result<A::Outcome> {
    Ok(city.act(actor, &RequestKey::None, act).await?)
}

async fn version(city: &City, case: CaseId) -> anyhow::Result<i64> {
    Ok(read::held(city, case).await?.version)
}
