//! A change of head asks who the new one is: nobody leads two associations, whoever was followed leads no more, and what
//! arose since the change was asked for is found at the decision (B3, B5, B10).

use app::registry::change::application::ApplyChange;
use app::registry::change::checks::{Particulars, to_weigh};
use app::registry::change::decision::{DecideChange, ReviewChange};
use app::registry::change::head::HeadTold;
use app::registry::change::intake::AcceptChange;
use app::registry::change::read as changes;
use app::registry::registration::{IssueCertificate, SaveAnswers, checks};
use app::registry::{OrganisationForm, RegisterOrganisation, profile};
use app::{City, journal};
use domain::kernel::{Actor, CreditCode, OrganisationId, PaperId, Role, Scope};
use domain::registry::change::ChangeItem;
use domain::registry::registration::{Answers, Step};
use domain::registry::{OrganisationKind, PaperKind};

use crate::credit_cast::{act, code, form, person};
use crate::ending::{head, paper};
use crate::registration::registered_association;
use crate::registration_ground::{PAPERS, Window, association, set_day, window};
use crate::support::{on_both, system};

const FIRST: &str = "320104196001010011";
const SECOND: &str = "320105197003050031";
const THIRD: &str = "32010619800101004X";

/// An organisation in the register with its user and the papers of a change of head.
struct Own {
    id: OrganisationId,
    actor: Actor,
    papers: Vec<PaperId>,
}

async fn own(city: &City, id: OrganisationId, actor: Actor) -> Own {
    let papers = vec![
        paper(city, &actor, PaperKind::Minutes).await,
        paper(city, &actor, PaperKind::AuditReport).await,
    ];
    Own { id, actor, papers }
}

/// An organisation that came with a sheet.
async fn entered(city: &City, serial: &str, kind: OrganisationKind, name: &str) -> Own {
    let digit = if kind == OrganisationKind::Foundation { '3' } else { '1' };
    let uscc = CreditCode::derive('5', digit, "320104", serial).expect("a code");
    let form = OrganisationForm {
        code: uscc.as_str().into(),
        name: name.into(),
        kind: domain::kernel::Coded::code(kind).into(),
        ..form(serial)
    };
    let id = act(city, &system(), &RegisterOrganisation { form }).await.expect("entered");
    let actor = person(city, &serial.to_lowercase(), Role::OrganisationUser, Scope::Organisation(id)).await;
    own(city, id, actor).await
}

fn to(own: &Own, name: &str, head: HeadTold, city: &City) -> ApplyChange {
    ApplyChange {
        item: ChangeItem::LegalRepresentative,
        value: name.into(),
        told: Particulars { head, ..Particulars::default() },
        consent_on: city.clock.now().date(),
        reason: "换届（示例）".into(),
        papers: own.papers.clone(),
    }
}

async fn review(at: &Window, number: i64) {
    act(&at.city, &at.first, &AcceptChange { number }).await.expect("taken up");
    let review = ReviewChange { number, is_fit: true, opinion: "材料齐全（示例）".into() };
    act(&at.city, &at.first, &review).await.expect("reviewed");
}

fn decide(number: i64) -> DecideChange {
    DecideChange { number, is_approved: true, decision: "符合规定（示例）".into() }
}

/// What the desk shows of a change.
async fn shown(at: &Window, number: i64) -> Vec<&'static str> {
    let whole = changes::one(&at.city, &at.first, number).await.expect("read");
    let found = to_weigh(&at.city, &whole.case, &whole.organisation).await.expect("weighed");
    found.iter().map(|one| one.code).collect()
}

/// The first association, registered at the window under the first number.
async fn founded(at: &Window) -> Own {
    let answers = association(&[("name", "南京市家政服务协会"), ("identity", FIRST)]);
    let code = registered_association(at, &answers).await;
    let id = profile::organisation(&at.city, &code).await.expect("held").id;
    let person = at.applicant.person.expect("a person");
    own(&at.city, id, Actor::new(person, Role::OrganisationUser, Scope::Organisation(id))).await
}

const ASSOCIATION: OrganisationKind = OrganisationKind::SocialAssociation;

#[tokio::test]
async fn nobody_leads_two_associations_and_whoever_was_followed_leads_none() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let (city, first) = (&at.city, founded(&at).await);
        let second = entered(city, "XX900011", ASSOCIATION, "南京市示例书法研究会").await;
        let third = entered(city, "XX900012", ASSOCIATION, "南京市示例登山协会").await;
        let leads = "registration.representative-leads@identity";
        let (one, other) = ("李四（示例）", "王五（示例）");
        let ask = to(&second, one, head(FIRST), city);
        assert_eq!(code(act(city, &second.actor, &ask).await), leads);
        // The same number in other signs is the same person.
        let typed = to(&second, one, head("３２０１０４１９６００１０１００１１"), city);
        assert_eq!(code(act(city, &second.actor, &typed).await), leads);
        let ask = to(&second, one, head(SECOND), city);
        let number = act(city, &second.actor, &ask).await.expect("asked");
        assert!(shown(&at, number).await.contains(&"registration.representative-free"));
        review(&at, number).await;
        act(city, &at.director, &decide(number)).await.expect("approved");
        assert_eq!(profile::organisation_by_id(city, second.id).await.expect("held").person_in_charge, one);
        // The new head of the second one is barred from the third; and from a registration.
        assert_eq!(code(act(city, &third.actor, &to(&third, one, head(SECOND), city)).await), leads);
        assert_eq!(registering(&at, SECOND).await, Some("南京市示例书法研究会".to_owned()));
        assert_eq!(registering(&at, FIRST).await, Some("南京市家政服务协会".to_owned()));
        // The first one gets another head: whoever founded it is free, wherever it is looked up.
        let number = act(city, &first.actor, &to(&first, other, head(THIRD), city)).await.expect("asked");
        review(&at, number).await;
        act(city, &at.director, &decide(number)).await.expect("approved");
        assert_eq!(registering(&at, FIRST).await, None);
        act(city, &third.actor, &to(&third, "赵六（示例）", head(FIRST), city)).await.expect("asked");
        let held = "SELECT count(*) FROM change_case WHERE identity_digest LIKE '%3201%'";
        assert_eq!(city.db.number(held, &[]).await, Ok(0), "the number itself is kept nowhere");
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

/// What the check of a new association says of a head with this number: whom the person leads already.
async fn registering(at: &Window, number: &str) -> Option<String> {
    let name = format!("南京市示例灯谜{}协会", &number[16..]);
    let answers = association(&[("name", &name), ("identity", number), ("representative", "孙七（示例）")]);
    let sql = "SELECT count(*) FROM registration_case WHERE name = $1";
    if at.city.db.number(sql, &[name.as_str().into()]).await == Ok(0) {
        at.fill(&at.stranger, ASSOCIATION, &answers).await.expect("filled");
    }
    let sql = "SELECT id FROM registration_case WHERE name = $1";
    let (case,): (domain::kernel::CaseId,) =
        at.city.db.one(sql, &[name.as_str().into()]).await.expect("a case");
    let checked = checks::of(&at.city, &at.held(case).await).await.expect("checked");
    let found = checked.findings.iter().find(|one| one.code == "registration.representative-leads");
    found.map(|one| match &one.facts[0].1 {
        domain::kernel::Fact::Text(name) => name.clone(),
        other => panic!("{other:?}"),
    })
}

#[tokio::test]
async fn all_that_is_not_told_of_a_head_is_told_at_once_and_each_kind_is_asked_its_own() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let city = &at.city;
        let one = entered(city, "XX900013", ASSOCIATION, "南京市示例书法研究会").await;
        let fund = entered(city, "XX900014", OrganisationKind::Foundation, "南京市示例基金会").await;
        let empty =
            ApplyChange { papers: Vec::new(), ..to(&one, "李四（示例）", HeadTold::default(), city) };
        let missing = |field: &str| format!("registration.answer-missing@{field}");
        let papers = "change.paper-missing@papers change.audit-missing@papers".to_owned();
        let expected =
            [papers, missing("identity"), missing("leads_other"), missing("lost_rights")].join(" ");
        assert_eq!(code(act(city, &one.actor, &empty).await), expected);
        let asked = HeadTold { identity: "123".into(), ..HeadTold::default() };
        let expected = [
            "registration.identity-form@identity".to_owned(),
            missing("leads_other"),
            missing("lost_rights"),
            missing("state_officer"),
        ];
        let ask = to(&fund, "李四（示例）", asked, city);
        assert_eq!(code(act(city, &fund.actor, &ask).await), expected.join(" "));
        let yes = Some(true);
        let bad =
            HeadTold { identity: SECOND.into(), leads_other: yes, lost_rights: yes, is_state_officer: yes };
        let expected = "registration.leads-other@leads_other registration.rights@lost_rights";
        assert_eq!(code(act(city, &one.actor, &to(&one, "李四（示例）", bad.clone(), city)).await), expected);
        let expected = format!("{expected} registration.council-officers@state_officer");
        assert_eq!(code(act(city, &fund.actor, &to(&fund, "李四（示例）", bad, city)).await), expected);
        act(city, &fund.actor, &to(&fund, "李四（示例）", head(SECOND), city)).await.expect("asked");
    })
    .await;
}

#[tokio::test]
async fn a_head_who_took_another_office_meanwhile_is_found_at_the_decision() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let city = &at.city;
        let one = entered(city, "XX900015", ASSOCIATION, "南京市示例书法研究会").await;
        let other = entered(city, "XX900016", ASSOCIATION, "南京市示例登山协会").await;
        let name = "李四（示例）";
        let late = act(city, &one.actor, &to(&one, name, head(SECOND), city)).await.expect("asked");
        let early = act(city, &other.actor, &to(&other, name, head(SECOND), city)).await.expect("asked");
        review(&at, late).await;
        review(&at, early).await;
        act(city, &at.director, &decide(early)).await.expect("approved");
        assert_eq!(shown(&at, late).await.last(), Some(&"registration.representative-leads"));
        let expected = "registration.representative-leads@decision";
        assert_eq!(code(act(city, &at.director, &decide(late)).await), expected);
        let refuse = DecideChange { is_approved: false, ..decide(late) };
        act(city, &at.director, &refuse).await.expect("refused");
        // Somebody of the same name and another number is only shown, for the officer to ask.
        set_day(city, "2026-03-03");
        let same = act(city, &one.actor, &to(&one, name, head(THIRD), city)).await.expect("asked");
        assert!(shown(&at, same).await.contains(&"registration.representative-name"));
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn two_decisions_at_once_never_give_one_person_two_associations() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let city = &at.city;
        let other = person(city, "other-chief", Role::ApprovalDirector, Scope::City).await;
        let mut asked = Vec::new();
        for (serial, name) in [("XX900017", "南京市示例书法研究会"), ("XX900018", "南京市示例登山协会")]
        {
            let own = entered(city, serial, ASSOCIATION, name).await;
            let number = act(city, &own.actor, &to(&own, "李四（示例）", head(SECOND), city)).await;
            let number = number.expect("asked");
            review(&at, number).await;
            asked.push(number);
        }
        let (one, two) = (decide(asked[0]), decide(asked[1]));
        let (one, two) = tokio::join!(act(city, &at.director, &one), act(city, &other, &two));
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        let sql = "SELECT count(*) FROM change_case WHERE stage = 'approved'";
        assert_eq!(city.db.number(sql, &[]).await, Ok(1));
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_area_is_asked_and_a_persons_name_is_weighed_at_the_registration() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let named = [
            ("name", "南京市示例行知家政协会"),
            ("area", "南京市秦淮区"),
            ("personal_name", "yes"),
            ("personal_name_of", "行知（示例）"),
            ("personal_name_ground", "merit"),
        ];
        let case = at.fill(&at.applicant, ASSOCIATION, &association(&named)).await.expect("filled");
        let save = async |step, field: &str, text: &str| {
            let mut typed: Answers = association(&named);
            typed.0.insert(field.to_owned(), text.to_owned());
            let version = at.version(case).await;
            at.does(&at.applicant, &SaveAnswers { case, version, step, typed }).await
        };
        let outside = save(Step::Purpose, "area", "江苏省").await;
        assert_eq!(outside, Err("registration.area".to_owned()));
        let unnamed = save(Step::Name, "personal_name_of", "").await;
        assert_eq!(unnamed, Err("registration.answer-missing".to_owned()));
        at.attach(&at.applicant, case, &PAPERS).await;
        at.attach(&at.applicant, case, &[PaperKind::CapitalVerification, PaperKind::MemberList]).await;
        at.submit(case).await.expect("sent in");
        at.accept(case).await.expect("accepted");
        let wanted = at.opinion(&at.first, case, true, Vec::new()).await;
        assert_eq!(wanted, Err("registration.reason-wanted".to_owned()), "it is weighed like a near name");
        at.review(&at.first, case).await.expect("with a reason");
        at.review(&at.second, case).await.expect("with a reason");
        at.approve(&at.director, case).await.expect("approved");
        let version = at.version(case).await;
        let code = at.does(&at.window, &IssueCertificate { case, version }).await.expect("issued");
        let sql = "SELECT value FROM registered_item WHERE item = 'area'";
        assert_eq!(at.city.db.all::<(String,)>(sql, &[]).await, Ok(vec![("南京市秦淮区".to_owned(),)]));
        let told = app::open_data::organisations::one(&at.city, &code).await.expect("read");
        assert_eq!((told.aim.as_deref(), told.area().as_deref()), (Some("服务老人"), Some("南京市秦淮区")));
        let sql = "SELECT count(*) FROM finding_reason WHERE rule = 'B7'";
        assert_eq!(at.city.db.number(sql, &[]).await, Ok(2), "each officer's reason is on record");
        assert!(journal::verify(&at.city.db).await.expect("a comparison").is_empty());
    })
    .await;
}
