//! The people of the one window, and an application that lacks nothing.

use app::access::people::{AddPerson, GivePost};
use app::papers::GivePaper;
use app::registry::registration::*;
use app::uploads::StoredFile;
use app::{Act, City, Error, RequestKey};
use domain::kernel::{Actor, CaseId, Coded, Moment, PaperId, PersonId, Post, Role, Scope};
use domain::registry::registration::{
    Answers, CharterItem, Mark, Reason, Step, TypedVisit, VisitPoint, charter, reason,
};
use domain::registry::{OrganisationKind, PaperKind};

use crate::support::system;

/// Everyone who meets at the window.
pub struct Window {
    pub city: City,
    pub applicant: Actor,
    pub stranger: Actor,
    pub window: Actor,
    pub first: Actor,
    pub second: Actor,
    pub director: Actor,
    pub bureau: Actor,
}

/// Someone in a post of the whole city, password fresh.
pub async fn someone(city: &City, login: &str, role: Role) -> Actor {
    let password_hash = city.hashing.hash("a long pass phrase").await.expect("a hash");
    let name = format!("{login}（示例）");
    let person = AddPerson { login: login.to_owned(), name, password_hash, is_demo: true };
    let person: PersonId = city.act(&system(), &RequestKey::None, &person).await.expect("a person");
    let post = Post { role, scope: Scope::City };
    city.act(&system(), &RequestKey::None, &GivePost { person, post }).await.expect("a post");
    Actor::new(person, role, Scope::City).with_fresh_password()
}

/// The window on `day`, nine in the morning.
pub async fn window(city: City, day: &str) -> Window {
    set_day(&city, day);
    Window {
        applicant: someone(&city, "applicant", Role::Applicant).await,
        stranger: someone(&city, "stranger", Role::Applicant).await,
        window: someone(&city, "window", Role::ApprovalOfficer).await,
        first: someone(&city, "first", Role::ApprovalOfficer).await,
        second: someone(&city, "second", Role::ApprovalOfficer).await,
        director: someone(&city, "director", Role::ApprovalDirector).await,
        bureau: someone(&city, "bureau", Role::OrganisationBureau).await,
        city,
    }
}

pub fn set_day(city: &City, day: &str) {
    assert!(city.clock.move_to(Moment::beijing(day.parse().expect("a date"), 9, 0)), "{day}");
}

/// What the act answers; an error as its code, or as its kind.
pub fn code_of<T>(result: Result<T, Error>) -> Result<T, String> {
    result.map_err(|error| match error {
        Error::Refused(refusal) => refusal.code.to_owned(),
        Error::Invalid(refusals) => refusals.iter().map(|no| no.code).collect::<Vec<_>>().join(" "),
        other => format!("{other:?}"),
    })
}

/// A home-care centre with nothing wrong but what `changes` change.
pub fn home_care(changes: &[(&str, &str)]) -> Answers {
    let all = [
        ("name", "南京市秦淮区夕照居家养老服务中心"),
        ("division", "320104002"),
        ("domicile", "夕照里1号（示例）"),
        ("premises_from", "2026-03-01"),
        ("premises_until", "2027-02-28"),
        ("basis", "home_care"),
        ("path", "community_service"),
        ("unit", "南京市民政局"),
        ("aim", "服务老人"),
        ("scope", "居家养老服务"),
        ("fields", "elderly_care"),
        ("legal_form", "legal_person"),
        ("sponsor_people", "3"),
        ("sponsor_units", "0"),
        ("capital", "0"),
        ("representative", "周示例"),
        ("identity", "320104197001010011"),
        ("telephone", "025-83630000"),
        ("staff", "1"),
        ("leads_other", "no"),
        ("has_branches", "no"),
        ("lost_rights", "no"),
    ];
    changed(&all, changes)
}

/// A trade association of 53 members, 23 of them firms, but for `changes`.
pub fn association(changes: &[(&str, &str)]) -> Answers {
    let mut answers = home_care(&[
        ("name", "南京市家庭服务业协会"),
        ("basis", "ordinary"),
        ("path", "trade"),
        ("fields", "trade_and_industry"),
        ("individual_members", "30"),
        ("unit_members", "23"),
        ("capital", "30000"),
    ]);
    answers.0.extend(changed(&[], changes).0);
    answers
}

fn changed(all: &[(&str, &str)], changes: &[(&str, &str)]) -> Answers {
    let pairs = all.iter().chain(changes);
    Answers(pairs.map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect())
}

impl Window {
    /// Does something; an error as its code.
    pub async fn does<A: Act>(&self, actor: &Actor, act: &A) -> Result<A::Outcome, String> {
        code_of(self.city.act(actor, &RequestKey::None, act).await)
    }

    /// Starts a case and answers every question.
    pub async fn fill(
        &self,
        actor: &Actor,
        kind: OrganisationKind,
        answers: &Answers,
    ) -> Result<CaseId, String> {
        let start = StartCase {
            kind,
            name: answers.text("name").to_owned(),
            applicant: "applicant".to_owned(),
            is_demo: true,
        };
        let case = self.does(actor, &start).await?;
        self.answer(actor, case, kind, answers).await?;
        Ok(case)
    }

    /// Answers every question anew.
    pub async fn answer(
        &self,
        actor: &Actor,
        case: CaseId,
        kind: OrganisationKind,
        answers: &Answers,
    ) -> Result<(), String> {
        for step in [
            Step::Name,
            Step::Premises,
            Step::Basis,
            Step::Path,
            Step::Purpose,
            Step::Members,
            Step::Sponsors,
            Step::Council,
            Step::Capital,
            Step::Head,
            Step::Declaration,
        ] {
            if step.is_asked_of(kind) {
                let version = self.version(case).await;
                let save = SaveAnswers { case, version, step, typed: answers.clone() };
                self.does(actor, &save).await?;
            }
        }
        Ok(())
    }

    /// Gives one paper of each kind and attaches it.
    pub async fn attach(&self, actor: &Actor, case: CaseId, kinds: &[PaperKind]) {
        for kind in kinds {
            let paper = self.paper(actor, *kind).await;
            let version = self.version(case).await;
            self.does(actor, &AttachPaper { case, version, paper }).await.expect("attached");
        }
    }

    /// Gives a paper of the applicant.
    pub async fn paper(&self, actor: &Actor, kind: PaperKind) -> PaperId {
        let file = StoredFile::store(&self.city, "B11", "材料.pdf", b"%PDF-1.7 paper").expect("a file");
        let on_behalf_of = self.applicant.person;
        let give = GivePaper { kind, title: String::new(), file, valid_until: None, on_behalf_of };
        self.does(actor, &give).await.expect("a paper")
    }

    pub async fn version(&self, case: CaseId) -> i64 {
        self.held(case).await.version
    }

    /// The case as it stands now.
    pub async fn held(&self, case: CaseId) -> Case {
        let sql = "SELECT * FROM registration_case WHERE id = $1";
        let case: Case = self.city.db.one(sql, app::args![case]).await.expect("a case");
        case.state_at(&self.city, self.city.clock.now()).expect("within the calendar")
    }

    /// Sends it in.
    pub async fn submit(&self, case: CaseId) -> Result<String, String> {
        let version = self.version(case).await;
        self.does(&self.applicant, &SubmitCase { case, version }).await
    }

    /// Takes it up.
    pub async fn accept(&self, case: CaseId) -> Result<(), String> {
        let version = self.version(case).await;
        self.does(&self.window, &AcceptCase { case, version }).await
    }

    /// Two officers visit; the other signs.
    pub async fn visit(&self, case: CaseId) -> Result<(), String> {
        self.record(&self.first, case, self.second.person).await?;
        self.sign(&self.second, case, true).await
    }

    /// Writes a sound record down.
    pub async fn record(
        &self,
        actor: &Actor,
        case: CaseId,
        companion: Option<PersonId>,
    ) -> Result<(), String> {
        let typed = TypedVisit {
            visited_on: self.city.clock.now().date().to_string(),
            place: "夕照里1号（示例）".to_owned(),
            met: "周示例（示例），拟任负责人".to_owned(),
            agrees: VisitPoint::ALL.iter().map(|point| (*point, true)).collect(),
            text: "场所可以使用（示例）。".to_owned(),
        };
        let version = self.version(case).await;
        self.does(actor, &RecordVisit { case, version, typed, companion }).await
    }

    /// Signs the record, or declines to.
    pub async fn sign(&self, actor: &Actor, case: CaseId, agrees: bool) -> Result<(), String> {
        let version = self.version(case).await;
        let why = if agrees { "" } else { "所见与笔录不符（示例）" }.to_owned();
        self.does(actor, &SignVisit { case, version, agrees, why }).await
    }

    /// Compares the charter with the law's list: it lacks these items and no others.
    pub async fn check_charter(
        &self,
        actor: &Actor,
        case: CaseId,
        lacks: &[CharterItem],
    ) -> Result<(), String> {
        let held = self.held(case).await;
        let mark = |item: &CharterItem| Mark {
            item: *item,
            is_there: !lacks.contains(item),
            note: "第3页（示例）".to_owned(),
        };
        let marks = charter::items(held.kind).iter().map(mark).collect();
        self.does(actor, &CheckCharter { case, version: held.version, marks }).await
    }

    /// Gives an opinion for it.
    pub async fn review(&self, actor: &Actor, case: CaseId) -> Result<(), String> {
        let reasons = self.reasons(case).await;
        self.opinion(actor, case, true, reasons).await
    }

    /// Gives an opinion with these reasons.
    pub async fn opinion(
        &self,
        actor: &Actor,
        case: CaseId,
        is_for: bool,
        reasons: Vec<Reason>,
    ) -> Result<(), String> {
        if self.held(case).await.charter_missing.is_none() {
            // Opinions rest on a charter that lacks nothing, unless a test has found otherwise.
            self.check_charter(&self.first, case, &[]).await.ok();
        }
        let version = self.version(case).await;
        let text = "材料齐全，符合条件，建议准予登记。".to_owned();
        self.does(actor, &GiveOpinion { case, version, is_for, text, reasons }).await
    }

    /// Why nothing doubtful stands in the way.
    pub async fn reasons(&self, case: CaseId) -> Vec<Reason> {
        let checked = checks::of(&self.city, &self.held(case).await).await.expect("checked");
        let text = "已经核实，不影响登记（示例）。";
        let reason = |doubt: reason::Doubt| Reason { key: doubt.key, text: text.to_owned(), stands: false };
        reasons::doubts(&checked).into_iter().map(reason).collect()
    }

    /// Decides for it.
    pub async fn approve(&self, actor: &Actor, case: CaseId) -> Result<(), String> {
        let version = self.version(case).await;
        self.does(actor, &ApproveCase { case, version }).await
    }
}

/// The papers that a zero-threshold institution needs.
pub const PAPERS: [PaperKind; 4] =
    [PaperKind::Application, PaperKind::Charter, PaperKind::PremisesRight, PaperKind::Identity];
