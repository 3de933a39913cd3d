//! Who takes part in the stories of credit, and the steps that they share.

use app::access::people::{AddPerson, GivePost};
use app::db::Val;
use app::journal::{CHARITY_STATUS, INSPECTION};
use app::registry::credit::answer::AnswerNotice;
use app::registry::credit::decision::DecideListing;
use app::registry::credit::penalty_notice::{AnswerPenalty, NoticePenalty};
use app::registry::credit::proposal::SendNotice;
use app::registry::{OrganisationForm, RegisterOrganisation, profile, standing};
use app::{Act, City, Cx, Error, RequestKey};
use domain::kernel::{Actor, CreditCode, Date, Moment, OrganisationId, PersonId, Post, Role, Scope};
use domain::registry::credit::StatementKind;
use domain::registry::{CreditListing, InspectionResult};

use crate::support::system;

/// Who takes part.
pub struct Cast {
    pub officer: Actor,
    pub director: Actor,
    pub own: Actor,
    pub id: OrganisationId,
    pub uscc: String,
}

pub async fn act<A: Act>(city: &City, actor: &Actor, act: &A) -> Result<A::Outcome, Error> {
    city.act(actor, &RequestKey::None, act).await
}

pub fn code<T>(answer: Result<T, Error>) -> String {
    match answer {
        Ok(_) => "done".to_owned(),
        Err(Error::Refused(refusal)) => format!("{} ({})", refusal.code, refusal.rule),
        Err(Error::Invalid(refusals)) => refusals
            .iter()
            .map(|one| format!("{}@{}", one.code, one.field.clone().unwrap_or_default()))
            .collect::<Vec<_>>()
            .join(" "),
        Err(other) => other.to_string(),
    }
}

pub async fn person(city: &City, login: &str, role: Role, scope: Scope) -> Actor {
    let password_hash = city.hashing.hash("a long pass phrase").await.expect("a hash");
    let name = format!("{login}（示例）");
    let add = AddPerson { login: login.to_owned(), name, password_hash, is_demo: true };
    let person: PersonId = act(city, &system(), &add).await.expect("a person");
    act(city, &system(), &GivePost { person, post: Post { role, scope } }).await.expect("a post");
    Actor::new(person, role, scope).with_fresh_password()
}

pub fn form(subject: &str) -> OrganisationForm {
    let code = CreditCode::derive('5', '2', "320104", subject).expect("a code");
    OrganisationForm {
        code: code.as_str().into(),
        name: format!("南京市秦淮区示例{subject}服务中心（示例）"),
        kind: "social_service_institution".into(),
        legal: "registered".into(),
        division: "320104002".into(),
        fields: "elderly_care".into(),
        domicile: "南京市秦淮区示例路1号".into(),
        registered_on: "2010-03-05".into(),
        ..OrganisationForm::default()
    }
}

pub async fn cast(city: &City) -> Cast {
    let officer = person(city, "officer", Role::ApprovalOfficer, Scope::City).await;
    let director = person(city, "chief", Role::ApprovalDirector, Scope::City).await;
    let id = act(city, &officer, &RegisterOrganisation { form: form("XX900001") }).await.expect("entered");
    let own = person(city, "own", Role::OrganisationUser, Scope::Organisation(id)).await;
    let uscc = profile::organisation_by_id(city, id).await.expect("held").uscc;
    Cast { officer, director, own, id, uscc }
}

pub fn at(text: &str, hour: i8) -> Moment {
    Moment::beijing(text.parse().expect("a date"), hour, 0)
}

pub fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

/// The inspection that another capability decides.
pub struct Inspect {
    pub organisation: OrganisationId,
    pub year: i64,
    pub absent_on: Option<Date>,
    pub outcome: Option<(InspectionResult, Date)>,
}

impl Act for Inspect {
    type Outcome = i64;
    const NAME: &'static str = "test.inspect";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let id = cx.id();
        let state = if self.absent_on.is_some() { "absent" } else { "decided" };
        let mut values = vec![
            ("organisation_id", self.organisation.into()),
            ("year", self.year.into()),
            ("state", state.into()),
        ];
        if let Some(day) = self.absent_on {
            values.push(("absent_on", day.into()));
        }
        if let Some((outcome, day)) = self.outcome {
            values.extend([("outcome", Val::code(outcome)), ("decided_on", day.into())]);
        }
        cx.insert(&INSPECTION, id, &values).await?;
        Ok(id)
    }
}

pub async fn list_now(city: &City, cast: &Cast, number: i64) {
    act(city, &cast.officer, &SendNotice { number }).await.expect("noticed");
    let answer =
        AnswerNotice { number, kind: StatementKind::Waived, statement: String::new(), papers: vec![] };
    act(city, &cast.own, &answer).await.expect("answered");
    let decide = DecideListing { number, is_listed: true, reason: "情形属实（示例）".into() };
    act(city, &cast.director, &decide).await.expect("listed");
}

/// Tells the organisation of a penalty of the registrar's own, which raises nothing.
pub async fn tell_penalty(city: &City, cast: &Cast, penalty: i64) {
    act(city, &cast.officer, &NoticePenalty { penalty }).await.expect("noticed");
    let (kind, statement) = (StatementKind::Waived, String::new());
    let answer = AnswerPenalty { penalty, kind, statement, papers: vec![] };
    act(city, &cast.own, &answer).await.expect("answered");
}

pub async fn listing(city: &City, id: OrganisationId, moment: Moment) -> CreditListing {
    standing::standing_at(city, id, moment).await.expect("a standing").listing
}

/// Being a charity since a day of the past.
struct OldCharity {
    organisation: OrganisationId,
    from_on: Date,
}

impl Act for OldCharity {
    type Outcome = ();
    const NAME: &'static str = "test.old_charity";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let id = cx.id();
        let values = [
            ("organisation_id", self.organisation.into()),
            ("document_number", format!("示例{id}").into()),
            ("from_on", self.from_on.into()),
        ];
        cx.insert(&CHARITY_STATUS, id, &values).await
    }
}

/// Makes it a charity since a day of the past, as if it had been recognised then.
pub async fn charity_since(city: &City, organisation: OrganisationId, from: &str) {
    act(city, &system(), &OldCharity { organisation, from_on: day(from) }).await.expect("a charity");
}
