//! Every fault of the form, each at its field, and the many ways to write the same fact.

use super::*;

fn today() -> Date {
    "2014-01-06".parse().unwrap()
}

fn sound() -> OrganisationForm {
    OrganisationForm {
        code: CreditCode::derive('5', '2', "320104", "XX000001").unwrap().as_str().to_owned(),
        name: "南京市秦淮区夕照居家养老服务中心（示例）".into(),
        kind: "民办非企业单位".into(),
        legal: "登记".into(),
        division: "320104002".into(),
        fields: "养老服务、志愿服务".into(),
        registered_on: "2012年3月5日".into(),
        ..OrganisationForm::default()
    }
}

fn check(change: impl FnOnce(&mut OrganisationForm), expected: &str) {
    let mut form = sound();
    change(&mut form);
    let found = match form.read(today()) {
        Ok(_) => String::new(),
        Err(faults) => {
            let told =
                faults.iter().map(|one| format!("{} {}", one.field.as_deref().unwrap_or_default(), one.code));
            told.collect::<Vec<_>>().join(", ")
        }
    };
    assert_eq!(found, expected);
}

#[test]
fn a_sound_form_becomes_facts() {
    let facts = sound().read(today()).unwrap();
    assert_eq!(facts.kind, OrganisationKind::SocialServiceInstitution);
    assert_eq!(facts.status, OrganisationStatus::Active);
    assert_eq!(facts.fields, [BusinessField::ElderlyCare, BusinessField::Volunteering]);
    assert_eq!(facts.street.full_name(), "秦淮区夫子庙街道");
    assert_eq!(facts.registered_on.to_string(), "2012-03-05");
    check(|form| form.division = "秦淮区夫子庙街道".into(), "");
    check(|form| form.fields = "elderly_care;volunteering".into(), "");
    check(|form| form.supervised = "是".into(), "");
}

#[test]
fn a_wrong_code_says_which_character_is_at_fault() {
    check(|form| form.code = "53100000500020462H".into(), "code kernel.credit-code-check");
    check(|form| form.code = "5232010400".into(), "code kernel.credit-code-length");
    check(|form| form.code = "5232010400000000OX".into(), "code kernel.credit-code-character");
    check(|form| form.code.clear(), "code registry.code-missing");
    check(|form| form.code = "53100000500021676K".into(), "code registry.code-of-another-kind");
    check(|form| form.code = "11320100012947226L".into(), "code registry.code-of-no-supplier");
}

#[test]
fn a_filed_organisation_may_have_a_filing_number_of_its_street() {
    let filed = |code: &str| {
        let code = code.to_owned();
        move |form: &mut OrganisationForm| {
            form.legal = "备案".into();
            form.code = code;
        }
    };
    check(filed("BA3201040020001"), "");
    check(filed("ba 320104002 0001"), "");
    check(filed(""), "code registry.filing-number-missing");
    check(filed("BA320104002"), "code registry.filing-number-form");
    check(filed("BA3201020020001"), "code registry.filing-number-elsewhere");
    check(|form| form.code = "BA3201040020001".into(), "code kernel.credit-code-length");
    let enterprise = |form: &mut OrganisationForm| {
        form.legal = "filed".into();
        form.kind = "企业".into();
    };
    check(enterprise, "code registry.filed-kind");
}

#[test]
fn every_fault_is_told_at_once_and_at_its_field() {
    check(
        |form| *form = OrganisationForm { code: "x".into(), ..OrganisationForm::default() },
        "kind registry.choice-missing, legal registry.choice-missing, division registry.division-missing, \
         name registry.name-missing, fields registry.fields-missing, \
         registered_on registry.registered-on-missing, code kernel.credit-code-length",
    );
    check(|form| form.kind = "宗教场所".into(), "kind registry.choice-unknown");
    check(|form| form.division = "320199001".into(), "division registry.division-unknown");
    check(|form| form.fields = "养老，采矿".into(), "fields registry.field-unknown");
    check(|form| form.name = "名".repeat(101), "name registry.name-form");
    check(|form| form.domicile = "址".repeat(201), "domicile registry.text-too-long");
    check(|form| form.supervised = "也许".into(), "supervised registry.yes-or-no");
}

#[test]
fn impossible_and_future_days_are_refused() {
    check(|form| form.registered_on = "2013-02-30".into(), "registered_on kernel.date-impossible");
    check(|form| form.registered_on = "去年".into(), "registered_on kernel.date-unreadable");
    check(|form| form.registered_on = "2014-01-07".into(), "registered_on registry.registered-on-ahead");
    check(|form| form.registered_on = "2014-01-06".into(), "");
    check(|form| form.banned_until = "2015-13-01".into(), "banned_until kernel.date-impossible");
}

#[test]
fn nobody_controls_itself() {
    check(|form| form.controller = form.code.clone(), "controller registry.controls-itself");
    check(|form| form.controller = "53100000500021676K".into(), "");
    check(|form| form.controller = "5310".into(), "controller kernel.credit-code-length");
}
