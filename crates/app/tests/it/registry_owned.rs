//! What a registration, a filing or a change case owns is altered neither by hand nor by sheet (T3, B20, B21).

use app::registry::import::import;
use app::registry::registration::IssueCertificate;
use app::registry::{
    EditOrganisation, OrganisationForm, RegisterOrganisation, SaveOrganisations, filing::FileOrganisation,
    profile,
};
use app::{City, Error, RequestKey, journal};
use domain::kernel::{Actor, Role, Scope};
use domain::registry::{OrganisationKind, PaperKind};

use crate::registration_ground::{home_care, someone, window};
use crate::support::{on_both, system};

/// What an edit is refused for: code, rule and field.
async fn told(city: &City, by: &Actor, code: &str, form: OrganisationForm) -> Vec<String> {
    let held = profile::organisation(city, code).await.expect("held");
    let edit = EditOrganisation { id: held.id, version: held.version, form };
    match city.act(by, &RequestKey::None, &edit).await {
        Ok(()) => Vec::new(),
        Err(Error::Invalid(faults)) => faults
            .iter()
            .map(|one| format!("{} {} {}", one.code, one.rule, one.field.as_deref().unwrap_or_default()))
            .collect(),
        other => panic!("{other:?}"),
    }
}

/// Since its first receipt the window alone registers: another one of its day is not entered by hand, an older one
/// is, and so is what a district registered (B9).
async fn only_a_case_registers_here(city: &City, by: &Actor, held: &OrganisationForm) {
    let named = |division: &str, subject: &str| {
        domain::kernel::CreditCode::derive('5', '2', division, subject).expect("a code").to_string()
    };
    let entered = |code: String, on: &str| OrganisationForm {
        name: format!("南京市{code}（示例）"),
        registered_on: on.into(),
        code,
        ..held.clone()
    };
    let enter = async |form: OrganisationForm| {
        let act = RegisterOrganisation { form };
        match city.act(by, &RequestKey::None, &act).await {
            Ok(_) => Vec::new(),
            Err(Error::Invalid(faults)) => {
                faults.iter().map(|one| format!("{} {}", one.code, one.rule)).collect()
            }
            Err(other) => panic!("{other:?}"),
        }
    };
    let today = city.clock.now().date().to_string();
    let refused = enter(entered(named("320100", "XX900011"), &today)).await;
    assert_eq!(refused, ["registry.needs-case B9"]);
    assert!(enter(entered(named("320100", "XX900012"), "2012-01-05")).await.is_empty());
    assert!(enter(entered(named("320104", "XX900013"), &today)).await.is_empty());
}

#[tokio::test]
async fn a_window_registered_organisation_is_altered_by_a_change_case_alone() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let kind = OrganisationKind::SocialServiceInstitution;
        let case = at.fill(&at.applicant, kind, &home_care(&[])).await.expect("filled");
        let papers =
            [PaperKind::Application, PaperKind::PremisesRight, PaperKind::Identity, PaperKind::Charter];
        at.attach(&at.applicant, case, &papers).await;
        at.submit(case).await.expect("sent in");
        at.accept(case).await.expect("accepted");
        at.visit(case).await.expect("visited");
        at.review(&at.first, case).await.expect("reviewed");
        at.review(&at.second, case).await.expect("reviewed");
        at.approve(&at.director, case).await.expect("approved");
        let version = at.version(case).await;
        let code = at.does(&at.window, &IssueCertificate { case, version }).await.expect("issued");
        let held = profile::organisation(&at.city, &code).await.expect("held").form();
        let typed = OrganisationForm {
            name: "南京市秦淮区晨曦助老社（示例）".into(),
            domicile: "晨曦里2号（示例）".into(),
            person_in_charge: "李示例".into(),
            supervised: "yes".into(),
            registered_on: "2020-01-01".into(),
            legal: "filed".into(),
            ..held.clone()
        };
        let expected = [
            "registry.registered-stays-registered T3 legal",
            "registry.changed-by-case B21 name",
            "registry.changed-by-case B21 domicile",
            "registry.changed-by-case B21 person_in_charge",
            "registry.unit-by-case B21 supervised",
            "registry.fixed-for-good B9 registered_on",
        ];
        for by in [&at.window, &system()] {
            assert_eq!(told(&at.city, by, &code, typed.clone()).await, expected);
        }
        // A sheet is judged alike, and a sound row beside the bad one is saved.
        let head = "统一社会信用代码,名称,类型,登记/备案,街道,业务领域,登记日期,住所,负责人\n";
        let row = format!(
            "{code},晨曦助老社（示例）,{},{},{},{},{},{},{}\n",
            held.kind,
            held.legal,
            held.division,
            held.fields.replace(',', "、"),
            held.registered_on,
            held.domicile,
            held.person_in_charge
        );
        let sheet = format!("{head}{row}").into_bytes();
        let report = import(&at.city, &at.window, sheet, &|_, _| {}).await.expect("read");
        let faults: Vec<(&str, &str)> =
            report.faults.iter().map(|one| (one.refusal.code, one.column.as_str())).collect();
        assert_eq!(faults, [("registry.changed-by-case", "name")]);
        assert_eq!((report.tally.updated, report.bad_rows()), (0, 1));
        // What no case owns is still corrected by hand.
        let sound = OrganisationForm { contact: "025-80000009".into(), ..held.clone() };
        assert!(told(&at.city, &at.window, &code, sound).await.is_empty());

        only_a_case_registers_here(&at.city, &at.window, &held).await;
        assert!(journal::verify(&at.city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_filed_body_is_neither_made_registered_nor_renamed_by_hand() {
    on_both(async |city| {
        let street = crate::filing::officer(&city, "own-street", 320_104_002).await;
        let file = FileOrganisation { form: crate::filing::form("夕阳红棋社（示例）") };
        let number = city.act(&street, &RequestKey::None, &file).await.expect("filed");
        let officer = someone(&city, "officer", Role::ApprovalOfficer).await;
        assert_eq!(officer.post.scope, Scope::City);
        let held = profile::organisation(&city, &number).await.expect("held").form();
        let code = domain::kernel::CreditCode::derive('5', '1', "320104", "XX900007").expect("a code");
        let registered =
            OrganisationForm { legal: "registered".into(), code: code.as_str().into(), ..held.clone() };
        assert_eq!(
            told(&city, &officer, &number, registered).await,
            ["registry.filed-stays-filed T3 legal", "registry.fixed-for-good B40 code"]
        );
        // The filing number is no credit code; that it may not become one is told in the same round.
        let unmended = OrganisationForm { legal: "registered".into(), ..held.clone() };
        let faults = told(&city, &officer, &number, unmended).await;
        assert!(faults.contains(&"registry.filed-stays-filed T3 legal".to_owned()), "{faults:?}");
        let renamed = OrganisationForm { name: "晨练队（示例）".into(), ..held };
        assert_eq!(told(&city, &officer, &number, renamed).await, ["registry.filed-by-street B20 name"]);
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

/// After the first filing here, what is filed here is entered by its street alone (B20); before it, and of other
/// registrars, the register is entered by hand.
#[tokio::test]
async fn what_the_streets_file_is_not_entered_by_hand() {
    on_both(async |city| {
        let street = crate::filing::officer(&city, "own-street", 320_104_002).await;
        let officer = someone(&city, "officer", Role::ApprovalOfficer).await;
        let today = city.clock.now().date().to_string();
        let form = |number: &str| OrganisationForm {
            code: number.into(),
            name: format!("棋社{number}（示例）"),
            kind: "social_association".into(),
            legal: "filed".into(),
            division: "320104002".into(),
            fields: "elderly_care".into(),
            registered_on: today.clone(),
            ..OrganisationForm::default()
        };
        let enter = async |form: OrganisationForm| {
            let act = RegisterOrganisation { form };
            match city.act(&officer, &RequestKey::None, &act).await {
                Ok(_) => Vec::new(),
                Err(Error::Invalid(faults)) => faults.into_iter().map(|fault| fault.code).collect(),
                Err(other) => panic!("{other:?}"),
            }
        };
        assert!(enter(form("BA3201040020008")).await.is_empty(), "no street works here yet");
        let file = FileOrganisation { form: crate::filing::form("夕阳红棋社（示例）") };
        city.act(&street, &RequestKey::None, &file).await.expect("filed");
        assert_eq!(enter(form("BA3201040020007")).await, ["registry.needs-filing"]);
        let older = OrganisationForm { registered_on: "2010-03-05".into(), ..form("BA3201040020006") };
        assert!(enter(older).await.is_empty());
        let sheet = SaveOrganisations { forms: vec![form("BA3201040020005")] };
        assert!(matches!(city.act(&officer, &RequestKey::None, &sheet).await, Err(Error::Invalid(_))));
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}
