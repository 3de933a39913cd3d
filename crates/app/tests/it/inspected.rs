//! Organisations that are inspected and the approval office that inspects them, for tests of both doors.

use app::access::people::{AddPerson, GivePost};
use app::papers::GivePaper;
use app::registry::inspection::{self, AttachPaper, Inspection, Report, SubmitReport};
use app::registry::{OrganisationForm, RegisterOrganisation};
use app::uploads::StoredFile;
use app::{City, RequestKey, args};
use domain::kernel::{Actor, CreditCode, Moment, OrganisationId, Post, Role, Scope};
use domain::registry::PaperKind;
use domain::registry::inspection::{Answers, Question, Shape, report};

/// Acts without a request key.
pub const NO_KEY: RequestKey = RequestKey::None;

/// An organisation with the one who acts for it.
pub struct Own {
    /// Its row.
    pub id: OrganisationId,
    /// Its code.
    pub uscc: String,
    /// Acts for it.
    pub actor: Actor,
}

/// Nine in the morning of a day.
pub fn morning(day: &str) -> Moment {
    Moment::beijing(day.parse().expect("a date"), 9, 0)
}

/// A person in a post.
pub async fn person(city: &City, login: &str, role: Role, scope: Scope) -> Actor {
    let name = format!("{login}（示例）");
    let add = AddPerson { login: login.into(), name, password_hash: "x".into(), is_demo: true };
    let person = city.act(&Actor::SYSTEM, &NO_KEY, &add).await.expect("a person");
    let give = GivePost { person, post: Post { role, scope } };
    city.act(&Actor::SYSTEM, &NO_KEY, &give).await.expect("a post");
    Actor::new(person, role, scope).with_fresh_password()
}

/// A registered organisation of this kind (code kind `1`, `2` or `3`).
pub async fn organisation(city: &City, number: u8, kind: char, registered_on: &str) -> Own {
    let subject = format!("XX9{number:05}");
    let uscc = CreditCode::derive('5', kind, "320102", &subject).expect("a code").as_str().to_owned();
    let words = match kind {
        '1' => "social_association",
        '2' => "social_service_institution",
        _ => "foundation",
    };
    let form = OrganisationForm {
        code: uscc.clone(),
        name: format!("南京市玄武区示例{number}号服务中心（示例）"),
        kind: words.into(),
        legal: "registered".into(),
        division: "320102002".into(),
        fields: "elderly_care".into(),
        domicile: "玄武区示例路1号".into(),
        registered_on: registered_on.into(),
        person_in_charge: "周晨（示例）".into(),
        is_demo: true,
        ..OrganisationForm::default()
    };
    let id = city.act(&Actor::SYSTEM, &NO_KEY, &RegisterOrganisation { form }).await.expect("registered");
    let login = format!("org-{number}");
    let actor = person(city, &login, Role::OrganisationUser, Scope::Organisation(id)).await;
    Own { id, uscc, actor }
}

/// What is typed into a sound report; `change` replaces answers.
pub fn typed(question: Question, change: &[(Question, &'static str)]) -> &'static str {
    if let Some((_, text)) = change.iter().find(|(one, _)| *one == question) {
        return text;
    }
    match question {
        Question::WasPunished | Question::HasChanged => "no",
        Question::ChangesRegistered | Question::UnitOpinionOn => "",
        Question::Income | Question::Expense => "120000",
        Question::NetAssets | Question::NetAssetsBefore => "3000000",
        Question::Domicile => "玄武区示例路1号",
        Question::PersonInCharge => "周晨（示例）",
        _ => match question.shape() {
            Shape::YesNo => "yes",
            Shape::Note => "按章程开展活动",
            _ => "12",
        },
    }
}

/// A sound report.
pub fn answers(change: &[(Question, &'static str)]) -> Answers {
    report::read(|question| typed(question, change)).expect("readable answers")
}

/// Gives a paper and puts it with the report.
pub async fn attach(city: &City, own: &Own, year: i64, kind: PaperKind) {
    let file = StoredFile::store(city, "B11", "报告.pdf", b"%PDF-1.7 report").expect("a file");
    let give = GivePaper { kind, title: String::new(), file, valid_until: None, on_behalf_of: None };
    let paper = city.act(&own.actor, &NO_KEY, &give).await.expect("a paper");
    city.act(&own.actor, &NO_KEY, &AttachPaper { year, paper }).await.expect("attached");
}

/// Files a sound report with a financial report.
pub async fn file(city: &City, own: &Own, year: i64) {
    attach(city, own, year, PaperKind::FinancialReport).await;
    let version = report_version(city, own, year).await;
    let submit = SubmitReport { year, version, answers: answers(&[]) };
    city.act(&own.actor, &NO_KEY, &submit).await.expect("filed");
}

/// The inspection as it is held.
pub async fn held(city: &City, own: &Own, year: i64) -> Inspection {
    let sql = "SELECT * FROM inspection WHERE organisation_id = $1 AND year = $2";
    city.db.one(sql, args![own.id, year]).await.expect("an inspection")
}

/// The version of the report, zero before there is one.
pub async fn report_version(city: &City, own: &Own, year: i64) -> i64 {
    let whole = inspection::whole(city, own.id, year).await.expect("an inspection");
    whole.report.map_or(0, |report: Report| report.version)
}

/// A row of a batch with the version that is held.
pub async fn row(
    city: &City,
    own: &Own,
    year: i64,
    outcome: domain::registry::inspection::Outcome,
) -> inspection::BatchRow {
    inspection::BatchRow { uscc: own.uscc.clone(), version: held(city, own, year).await.version, outcome }
}
