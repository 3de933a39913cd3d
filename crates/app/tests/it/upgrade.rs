//! From filing to registration (B20, S11): what is filed is carried over, the filing ends with the certificate,
//! and nothing is filed and registered at once.

use app::journal;
use app::registry::filing::{CloseFiling, FileOrganisation, ledger};
use app::registry::registration::upgrade::of_filing;
use app::registry::registration::*;
use domain::kernel::{Actor, CaseId};
use domain::registry::OrganisationKind;
use domain::registry::filing::FilingEnd;
use domain::registry::registration::{CaseAct, CaseState};

use crate::filing::{form, officer};
use crate::registration_ground::*;
use crate::support::on_both;

const ASSOCIATION: OrganisationKind = OrganisationKind::SocialAssociation;
const NAME: &str = "南京市秦淮区邻里互助协会";

fn no<T: std::fmt::Debug + PartialEq>(found: Result<T, String>, code: &str) {
    assert_eq!(found, Err(code.to_owned()));
}

async fn filed(at: &Window, street: &Actor, name: &str) -> String {
    at.does(street, &FileOrganisation { form: form(name) }).await.expect("filed")
}

fn grow(filing: &str, name: &str) -> StartFromFiling {
    let start = StartCase {
        kind: ASSOCIATION,
        name: name.to_owned(),
        applicant: "applicant".to_owned(),
        is_demo: true,
    };
    StartFromFiling { filing: filing.to_owned(), start }
}

async fn complete(at: &Window, case: CaseId, changes: &[(&str, &str)]) {
    let answers = association(&[&[("name", NAME)], changes].concat());
    at.answer(&at.applicant, case, ASSOCIATION, &answers).await.expect("answered");
    at.attach(&at.applicant, case, &PAPERS).await;
    use domain::registry::PaperKind::{CapitalVerification, MemberList};
    at.attach(&at.applicant, case, &[CapitalVerification, MemberList]).await;
}

async fn approve(at: &Window, case: CaseId) {
    at.accept(case).await.expect("accepted");
    at.review(&at.first, case).await.expect("reviewed");
    at.review(&at.second, case).await.expect("reviewed");
    at.approve(&at.director, case).await.expect("approved");
}

#[tokio::test]
async fn a_street_begins_and_the_applicant_goes_on() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let street = officer(&at.city, "street", 320_104_002).await;
        let other = officer(&at.city, "other", 320_104_003).await;
        let number = filed(&at, &street, "邻里互助会（示例）").await;
        no(at.does(&other, &grow(&number, NAME)).await, "NotFound");
        no(at.does(&at.bureau, &grow(&number, NAME)).await, "NotPermitted");
        no(at.does(&street, &grow(&number, "邻里互助会（示例）")).await, "name.division name.form");
        let mut nobody = grow(&number, NAME);
        nobody.start.applicant = "nobody".to_owned();
        no(at.does(&street, &nobody).await, "registration.applicant-unknown");

        let case = at.does(&street, &grow(&number, NAME)).await.expect("begun");
        let held = at.held(case).await;
        assert_eq!(held.state, CaseState::Draft, "beginning is no intake (S11)");
        assert_eq!((Some(held.applicant_id), held.assisted_by), (at.applicant.person, None));
        let answers = held.answers();
        for (field, expected) in [
            ("name", NAME),
            ("division", "320104002"),
            ("fields", "elderly_care"),
            ("individual_members", "12"),
            ("representative", "示例负责人"),
            ("telephone", "025-8000"),
            ("capital", ""),
        ] {
            assert_eq!(answers.text(field), expected, "{field}");
        }
        let hanging = read::hanging(&at.city, &held).await.expect("read");
        assert_eq!(hanging.filing, number);
        assert_eq!(hanging.events.first().map(|event| event.act), Some(CaseAct::Start));

        complete(&at, case, &[]).await;
        let receipt = at.submit(case).await.expect("sent in");
        no(at.does(&street, &grow(&number, NAME)).await, "filing.growing");
        let seen = of_filing(&at.city, &street, &number).await.expect("the street sees it");
        assert_eq!(seen.iter().map(|one| one.number.clone()).collect::<Vec<_>>(), [Some(receipt)]);
        assert!(of_filing(&at.city, &other, &number).await.is_err(), "a stranger's street does not");

        approve(&at, case).await;
        let version = at.version(case).await;
        at.does(&at.window, &IssueCertificate { case, version }).await.expect("issued");
        let ended = ledger::one(&at.city, &street, &number).await.expect("a filing");
        assert_eq!(ended.closed_by.as_deref(), Some("registered"), "although its name was another");
        no(at.does(&street, &grow(&number, NAME)).await, "filing.closed");
        assert_eq!(journal::verify(&at.city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn whoever_begins_alone_is_told_what_is_public() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let street = officer(&at.city, "street", 320_104_002).await;
        let number = filed(&at, &street, "邻里互助会（示例）").await;
        let case = at.does(&at.applicant, &grow(&number, NAME)).await.expect("begun");
        let answers = at.held(case).await.answers();
        assert_eq!(answers.text("division"), "320104002");
        for field in ["representative", "telephone", "individual_members"] {
            assert_eq!(answers.text(field), "", "{field}");
        }
        // Another draft for the same filing stops nobody, and only one of them is sent in.
        let second = at.does(&at.window, &grow(&number, "南京市秦淮区邻里帮扶协会")).await.expect("begun");
        complete(&at, case, &[]).await;
        at.submit(case).await.expect("sent in");
        complete(&at, second, &[("name", "南京市秦淮区邻里帮扶协会")]).await;
        no(at.submit(second).await, "registration.filing-growing");
        // A filing that its members end in the meantime is in nobody's way.
        let held = ledger::one(&at.city, &street, &number).await.expect("a filing");
        let end = CloseFiling { filing: held.id, version: held.version, end: FilingEnd::Dissolved };
        at.does(&street, &end).await.expect("ended");
        approve(&at, case).await;
        let version = at.version(case).await;
        at.does(&at.window, &IssueCertificate { case, version }).await.expect("issued");
        assert_eq!(journal::verify(&at.city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_filed_and_registered_at_once() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let street = officer(&at.city, "street", 320_104_002).await;
        let other = officer(&at.city, "other", 320_104_003).await;
        let number = filed(&at, &street, NAME).await;
        filed(&at, &other, NAME).await;
        let answers = association(&[("name", NAME)]);
        let case = at.fill(&at.applicant, ASSOCIATION, &answers).await.expect("filled");
        complete(&at, case, &[]).await;
        // The same name in the same street is the same group; in another street it is another group.
        no(at.submit(case).await, "registration.filing-alive");
        let held = ledger::one(&at.city, &street, &number).await.expect("a filing");
        let end = CloseFiling { filing: held.id, version: held.version, end: FilingEnd::Inactive };
        at.does(&street, &end).await.expect("ended");
        at.submit(case).await.expect("sent in");
        approve(&at, case).await;
        // It is filed again after the approval: the certificate waits until that has ended.
        let again = filed(&at, &street, NAME).await;
        let version = at.version(case).await;
        no(at.does(&at.window, &IssueCertificate { case, version }).await, "registration.filing-alive");
        let held = ledger::one(&at.city, &street, &again).await.expect("a filing");
        let end = CloseFiling { filing: held.id, version: held.version, end: FilingEnd::Inactive };
        at.does(&street, &end).await.expect("ended");
        at.does(&at.window, &IssueCertificate { case, version }).await.expect("issued");
        no(at.does(&street, &FileOrganisation { form: form(NAME) }).await, "filing.registered-alive");
        assert_eq!(journal::verify(&at.city.db).await.expect("verified"), vec![]);
    })
    .await;
}
