//! Filing by streets (B20, T3): own street only, all rows of a sheet or none, ended once, no legal person.

use app::access::people::{AddPerson, GivePost};
use app::inbox::{self, TaskKind};
use app::registry::filing::file::close_on_registration;
use app::registry::filing::{
    AmendFiling, CloseFiling, FileOrganisation, FileOrganisations, FilingForm, KeepPaper, ReportOfFiling,
    amend, folder, ledger, sheet,
};
use app::registry::{profile, search, standing};
use app::uploads::StoredFile;
use app::{Act, City, Cx, Error, RequestKey, documents, journal, papers};
use domain::kernel::{Actor, Coded, Date, PersonId, Post, Role, Scope, Street, Subject, SubjectKind};
use domain::registry::filing::amendment::FilingItem;
use domain::registry::filing::{Appraisal, FilingEnd, FilingReportKind};
use domain::registry::{Legal, OrganisationStatus, PaperKind};

use crate::support::{on_both, system};

const KEY: RequestKey = RequestKey::None;

pub async fn officer(city: &City, login: &str, street: i64) -> Actor {
    let password_hash = city.hashing.hash("a long pass phrase").await.expect("a hash");
    let person =
        AddPerson {
            login: login.to_owned(), name: "示例街道经办".to_owned(), password_hash, is_demo: true
        };
    let id: PersonId = city.act(&system(), &KEY, &person).await.expect("a person");
    let scope = Scope::Street(Street(street));
    let give = GivePost { person: id, post: Post { role: Role::StreetOfficer, scope } };
    city.act(&system(), &KEY, &give).await.expect("a post");
    Actor::new(id, Role::StreetOfficer, scope)
}

pub fn form(name: &str) -> FilingForm {
    FilingForm {
        name: name.to_owned(),
        kind: "social_association".to_owned(),
        fields: "elderly_care".to_owned(),
        person_in_charge: "示例负责人".to_owned(),
        contact: "025-8000".to_owned(),
        domicile: "社区活动室（示例）".to_owned(),
        members: "12".to_owned(),
        led_by: "社区".to_owned(),
        community: "示例社区".to_owned(),
        is_demo: true,
        ..FilingForm::default()
    }
}

fn codes(error: Option<Error>) -> Vec<(String, &'static str)> {
    match error {
        Some(Error::Invalid(faults)) => {
            faults.into_iter().map(|fault| (fault.field.unwrap_or_default(), fault.code)).collect()
        }
        Some(Error::Refused(fault)) => vec![(fault.field.unwrap_or_default(), fault.code)],
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_street_files_in_its_own_ledger() {
    on_both(async |city| {
        let own = officer(&city, "own-street", 320_104_002).await;
        let other = officer(&city, "other-street", 320_104_003).await;
        let file = |name: &str| FileOrganisation { form: form(name) };
        let number = city.act(&own, &KEY, &file("夕阳红棋社（示例）")).await.expect("filed");
        assert_eq!(number, "BA3201040020001");
        let second = city.act(&own, &KEY, &file("晨练队（示例）")).await.expect("filed");
        assert_eq!(second, "BA3201040020002");
        let twice = city.act(&own, &KEY, &file("晨练队（示例）")).await.err();
        assert_eq!(codes(twice), [("name".to_owned(), "filing.name-taken")]);
        let faulty =
            FilingForm { members: "0".to_owned(), host: "x".to_owned(), ..form("书画社（示例）") };
        let refused = city.act(&own, &KEY, &FileOrganisation { form: faulty }).await.err();
        let faults = codes(refused);
        assert!(faults.contains(&("members".to_owned(), "filing.members-missing")), "{faults:?}");
        assert!(faults.contains(&("host".to_owned(), "filing.host-unknown")), "{faults:?}");

        let blank = FilingForm { name: "书画社（示例）".to_owned(), ..FilingForm::default() };
        let faults = codes(city.act(&own, &KEY, &FileOrganisation { form: blank }).await.err());
        for field in ["kind", "fields", "members", "led_by", "domicile", "person_in_charge", "contact"] {
            assert!(
                faults.iter().any(|(at, _)| at == field),
                "{field} is told in the first round: {faults:?}"
            );
        }

        let held = ledger::one(&city, &own, &number).await.expect("own filing");
        assert_eq!(ledger::one(&city, &other, &number).await.err(), Some(Error::NotFound));
        assert_eq!(ledger::list(&city, &other, true, None, 10).await.expect("a ledger").len(), 0);
        let visitor = Actor::VISITOR;
        assert_eq!(ledger::list(&city, &visitor, true, None, 10).await.err(), Some(Error::NotFound));
        let bureau = Actor::new(PersonId(1), Role::OrganisationBureau, Scope::City);
        assert_eq!(city.act(&bureau, &KEY, &file("越权（示例）")).await, Err(Error::NotPermitted));
        assert_eq!(ledger::list(&city, &bureau, true, None, 10).await.expect("a ledger").len(), 2);

        let end = CloseFiling { filing: held.id, version: held.version, end: FilingEnd::Dissolved };
        assert_eq!(city.act(&other, &KEY, &end).await, Err(Error::NotFound));
        city.act(&own, &KEY, &end).await.expect("ended");
        assert_eq!(codes(city.act(&own, &KEY, &end).await.err()), [(String::new(), "filing.closed")]);
        let after = profile::organisation(&city, &number).await.expect("a profile");
        assert_eq!(after.status, OrganisationStatus::Cancelled);
        let subject = Subject::new(SubjectKind::Filing, held.id);
        let papers = documents::of(&city, &own, subject).await.expect("documents");
        assert!(papers.iter().all(|one| one.withdrawn_at.is_some()) && papers.len() == 1);
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

/// A new name is found, and certified anew under the same number.
async fn a_new_name_is_certified_anew(city: &City, own: &Actor, now: ledger::Held, act: &AmendFiling) {
    let name = FilingForm { name: "夕阳红书画社（示例）".into(), ..act.form.clone() };
    let renamed = AmendFiling { version: now.version, form: name, ..act.clone() };
    city.act(own, &KEY, &renamed).await.expect("amended");
    let subject = Subject::new(SubjectKind::Filing, now.id);
    let papers = documents::of(city, own, subject).await.expect("documents");
    let withdrawn: Vec<&str> = papers
        .iter()
        .filter(|one| one.withdrawn_at.is_some())
        .map(|one| one.withdrawn_why.as_str())
        .collect();
    assert_eq!((papers.len(), withdrawn.as_slice()), (2, &["withdrawal.filing_amended"][..]));
    let found = search::organisations(city, "书画社", 5).await.expect("searched");
    assert_eq!(found.hits.len(), 1);
    let amendments = amend::amendments(city, now.id).await.expect("amendments");
    let mut told: Vec<(Vec<FilingItem>, &str)> =
        amendments.iter().map(|one| (one.items(), one.why.as_str())).collect();
    // Both came in one moment of the standing clock.
    told.sort_by_key(|(_, why)| why.len());
    assert_eq!(
        told,
        [(vec![FilingItem::Person, FilingItem::Members], "换届"), (vec![FilingItem::Name], "成员大会改名")]
    );
}

#[tokio::test]
async fn a_street_puts_its_filing_to_rights() {
    on_both(async |city| {
        let own = officer(&city, "own-street", 320_104_002).await;
        let other = officer(&city, "other-street", 320_104_003).await;
        let number = city
            .act(&own, &KEY, &FileOrganisation { form: form("夕阳红棋社（示例）") })
            .await
            .expect("filed");
        city.act(&own, &KEY, &FileOrganisation { form: form("晨练队（示例）") }).await.expect("filed");
        let held = ledger::one(&city, &own, &number).await.expect("own filing");
        let kept = amend::form(&city, &held).await.expect("the form");
        let act = |form: &FilingForm, why: &str| AmendFiling {
            filing: held.id,
            version: held.version,
            form: form.clone(),
            why: why.to_owned(),
        };
        // As it stands, there is nothing to alter; both faults come at once.
        assert_eq!(
            codes(city.act(&own, &KEY, &act(&kept, "")).await.err()),
            [("name".to_owned(), "filing.amendment-empty"), ("why".to_owned(), "filing.amendment-why")]
        );
        let blank = FilingForm { person_in_charge: String::new(), members: "0".into(), ..kept.clone() };
        let faults = codes(city.act(&own, &KEY, &act(&blank, "")).await.err());
        for (field, code) in [
            ("why", "filing.amendment-why"),
            ("person_in_charge", "filing.person-missing"),
            ("members", "filing.members-missing"),
        ] {
            assert!(faults.contains(&(field.to_owned(), code)), "{field}: {faults:?}");
        }
        let taken = FilingForm { name: "晨练队（示例）".into(), ..kept.clone() };
        assert_eq!(
            codes(city.act(&own, &KEY, &act(&taken, "改名")).await.err()),
            [("name".to_owned(), "filing.name-taken")]
        );
        assert_eq!(city.act(&other, &KEY, &act(&taken, "越权")).await, Err(Error::NotFound));

        // A new person: the certificate stays, because it does not name anybody.
        let person =
            FilingForm { person_in_charge: "示例新人".into(), members: "15".into(), ..kept.clone() };
        city.act(&own, &KEY, &act(&person, "换届")).await.expect("amended");
        assert!(matches!(city.act(&own, &KEY, &act(&person, "换届")).await, Err(Error::Invalid(_))));
        let now = ledger::one(&city, &own, &number).await.expect("own filing");
        assert_eq!((now.person_in_charge.as_str(), now.members), ("示例新人", 15));
        assert_eq!(now.filed_on, held.filed_on);
        let stale = AmendFiling { version: held.version, ..act(&kept, "又换届") };
        assert!(city.act(&own, &KEY, &stale).await.is_err(), "somebody else amended it meanwhile");
        let subject = Subject::new(SubjectKind::Filing, held.id);
        let papers = documents::of(&city, &own, subject).await.expect("documents");
        assert!(papers.len() == 1 && papers[0].withdrawn_at.is_none());

        a_new_name_is_certified_anew(&city, &own, now, &act(&person, "成员大会改名")).await;

        let last = ledger::one(&city, &own, &number).await.expect("own filing");
        let end = CloseFiling { filing: last.id, version: last.version, end: FilingEnd::Dissolved };
        city.act(&own, &KEY, &end).await.expect("ended");
        let late = AmendFiling { version: last.version + 1, ..act(&kept, "已终止") };
        assert_eq!(codes(city.act(&own, &KEY, &late).await.err()), [(String::new(), "filing.closed")]);
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn reports_come_in_time_and_years_are_appraised() {
    on_both(async |city| {
        let own = officer(&city, "own-street", 320_104_002).await;
        let number =
            city.act(&own, &KEY, &FileOrganisation { form: form("棋社（示例）") }).await.expect("filed");
        let filing = ledger::one(&city, &own, &number).await.expect("a filing").id;
        let told = |kind, day: &str, appraisal| ReportOfFiling {
            filing,
            kind,
            day: day.parse::<Date>().expect("a day"),
            text: "示例内容".to_owned(),
            appraisal,
        };
        let check = async |report, expected: Option<&str>| {
            let found = city.act(&own, &KEY, &report).await.err();
            assert_eq!(found.map(|error| codes(Some(error))[0].1), expected);
        };
        check(told(FilingReportKind::Gathering, "2014-02-14", None), None).await;
        check(told(FilingReportKind::Gathering, "2014-02-14", None), Some("filing.report-twice")).await;
        check(told(FilingReportKind::Gathering, "2014-01-06", None), Some("filing.gathering-not-ahead"))
            .await;
        check(told(FilingReportKind::Year, "2013-12-31", None), Some("filing.appraisal-missing")).await;
        check(told(FilingReportKind::Year, "2013-12-31", Some(Appraisal::Good)), None).await;
        check(
            told(FilingReportKind::Year, "2014-12-31", Some(Appraisal::Good)),
            Some("filing.year-not-over"),
        )
        .await;
        assert_eq!(ledger::reports(&city, filing).await.expect("reports").len(), 2);
        let other = officer(&city, "other-street", 320_104_003).await;
        let tasks = async |reader: &Actor| {
            let mut found = inbox::tasks(&city, reader).await.expect("tasks");
            found.retain(|task| task.kind != TaskKind::CompleteFolder);
            found.into_iter().map(|task| (task.kind, task.subject, task.is_own)).collect::<Vec<_>>()
        };
        assert!(tasks(&own).await.is_empty(), "filed this year");
        assert!(city.clock.move_to(domain::kernel::Moment::beijing(
            "2015-01-05".parse().expect("a day"),
            9,
            0
        )));
        assert_eq!(tasks(&own).await, [(TaskKind::RecordFiledYear, number.clone(), true)]);
        assert!(tasks(&other).await.is_empty(), "a street sees its own");
        check(told(FilingReportKind::Year, "2014-12-31", Some(Appraisal::Good)), None).await;
        assert!(tasks(&own).await.is_empty());
        let go = |day: &str| domain::kernel::Moment::beijing(day.parse().expect("a day"), 9, 0);
        assert!(city.clock.move_to(go("2016-01-05")));
        assert_eq!(tasks(&own).await, [(TaskKind::RecordFiledYear, number.clone(), true)]);
        // Two years without a word: the street decides whether the filing goes on.
        assert!(city.clock.move_to(go("2017-01-05")));
        let mut found = tasks(&own).await;
        found.sort_by_key(|(kind, ..)| kind.code());
        assert_eq!(
            found.iter().map(|(kind, ..)| *kind).collect::<Vec<_>>(),
            [TaskKind::DecideSilentFiling, TaskKind::RecordFiledYear]
        );
        check(told(FilingReportKind::Year, "2015-12-31", Some(Appraisal::Fair)), None).await;
        assert_eq!(tasks(&own).await, [(TaskKind::RecordFiledYear, number.clone(), true)]);
    })
    .await;
}

#[tokio::test]
async fn a_sheet_is_filed_whole_or_not_at_all() {
    on_both(async |city| {
        let own = officer(&city, "own-street", 320_104_002).await;
        let csv = "名称,类型,业务领域,活动地点,负责人,联系电话,成员数,管理主体,社区\n\
                   棋社（示例）,社会团体,养老服务,活动室,示例甲,025-1,12,社区,示例社区\n\
                   舞蹈队（示例）,企业,培训,广场,示例乙,025-2,,街道,\n";
        let forms =
            sheet::forms(&city, &sheet::open(csv.as_bytes().to_vec()).await.expect("a sheet")).expect("rows");
        let refused = city.act(&own, &KEY, &FileOrganisations { forms }).await.err();
        let faults = codes(refused);
        assert!(faults.iter().all(|(field, _)| field.starts_with("row.3.")), "{faults:?}");
        assert_eq!(ledger::open_count(&city, &own).await.expect("a count"), 0);
        let mended =
            csv.replace("企业,培训,广场,示例乙,025-2,,街道", "社会团体,培训,广场,示例乙,025-2,20,街道");
        let forms =
            sheet::forms(&city, &sheet::open(mended.into_bytes()).await.expect("a sheet")).expect("rows");
        assert_eq!(city.act(&own, &KEY, &FileOrganisations { forms }).await, Ok(2));
        assert_eq!(ledger::open_count(&city, &own).await.expect("a count"), 2);
        let template = sheet::template(false).expect("a template");
        let example = sheet::forms(&city, &sheet::open(template).await.expect("a sheet")).expect("rows");
        assert_eq!(city.act(&own, &KEY, &FileOrganisations { forms: example }).await, Ok(1));
        let broken = sheet::forms(&city, &sheet::open(b"a,b\n1,2\n".to_vec()).await.expect("a sheet")).err();
        assert_eq!(codes(broken), [("file".to_owned(), "filing.column-missing")]);
    })
    .await;
}

#[tokio::test]
async fn the_street_keeps_a_charter_and_a_list_of_members_of_each_filing() {
    on_both(async |city| {
        let own = officer(&city, "own-street", 320_104_002).await;
        let other = officer(&city, "other-street", 320_104_003).await;
        let file = FileOrganisation { form: form("棋社（示例）") };
        let number = city.act(&own, &KEY, &file).await.expect("filed");
        let filing = ledger::one(&city, &own, &number).await.expect("a filing");
        let stored = StoredFile::store(&city, "B20", "章程.pdf", b"%PDF-1.7 charter").expect("a file");
        let keep = |kind| KeepPaper { filing: filing.id, kind, file: stored.clone() };
        let open = async |reader: &Actor| {
            let tasks = inbox::tasks(&city, reader).await.expect("tasks");
            tasks.iter().filter(|task| task.kind == TaskKind::CompleteFolder).count()
        };
        assert_eq!((open(&own).await, open(&other).await), (1, 0));
        assert_eq!(city.act(&other, &KEY, &keep(PaperKind::Charter)).await, Err(Error::NotFound));
        let wrong = city.act(&own, &KEY, &keep(PaperKind::Minutes)).await.err();
        assert_eq!(codes(wrong), [("kind".to_owned(), "filing.paper-kind")]);
        let charter = city.act(&own, &KEY, &keep(PaperKind::Charter)).await.expect("kept");
        city.act(&own, &KEY, &keep(PaperKind::Charter)).await.expect("kept beside the first");
        let (papers, lacking) = folder::folder(&city, filing.id).await.expect("a folder");
        assert_eq!((papers.len(), lacking), (2, vec![PaperKind::MemberList]));
        assert_eq!(open(&own).await, 1, "two charters are no list of members");
        city.act(&own, &KEY, &keep(PaperKind::MemberList)).await.expect("kept");
        assert_eq!(open(&own).await, 0);
        assert!(papers::open(&city, &own, charter).await.is_ok());
        assert_eq!(papers::open(&city, &other, charter).await.err(), Some(Error::NotFound));
        let end = CloseFiling { filing: filing.id, version: filing.version, end: FilingEnd::Inactive };
        city.act(&own, &KEY, &end).await.expect("ended");
        let late = city.act(&own, &KEY, &keep(PaperKind::Charter)).await.err();
        assert_eq!(codes(late), [(String::new(), "filing.closed")]);
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

/// Stands for a registration that grew out of a filing.
struct Registration(i64);

impl Act for Registration {
    type Outcome = ();
    const NAME: &'static str = "test.registration";
    const WHO: &'static [Role] = &[Role::System];
    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        close_on_registration(cx, self.0).await
    }
}

#[tokio::test]
async fn a_filed_body_signs_nothing_and_its_registration_ends_the_filing() {
    on_both(async |city| {
        let own = officer(&city, "own-street", 320_104_002).await;
        let number =
            city.act(&own, &KEY, &FileOrganisation { form: form("棋社（示例）") }).await.expect("filed");
        let held = ledger::one(&city, &own, &number).await.expect("a filing");
        let standing =
            standing::standing_at(&city, held.organisation_id, city.clock.now()).await.expect("a standing");
        assert_eq!(standing.legal, Legal::Filed);
        city.act(&system(), &KEY, &Registration(held.id)).await.expect("registered");
        let after = ledger::one(&city, &own, &number).await.expect("a filing");
        assert_eq!(after.closed_by.as_deref(), Some("registered"));
        // A second registration finds nothing left to end.
        city.act(&system(), &KEY, &Registration(held.id)).await.expect("nothing to do");
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}
