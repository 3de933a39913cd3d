//! The public list of announcements: what it holds, what its filters let through, in what order (B9, B21-B23).

use app::documents::{self, Draft};
use app::registry::RegisterOrganisation;
use app::registry::announcements::{AnnouncementFilter, announcements, years};
use app::registry::specimen::invented;
use app::{Act, City, Cx, Error, RequestKey};
use domain::kernel::{Coded, Fact, Moment, OrganisationId, Role, Subject, SubjectKind};
use domain::registry::change::ChangeItem;
use domain::registry::{AnnouncementKind, DocumentKind};

use crate::support::{on_both, system};

/// Issues a document with these facts.
struct Issue {
    kind: DocumentKind,
    organisation: OrganisationId,
    name: &'static str,
    facts: Vec<(&'static str, Fact)>,
}

impl Act for Issue {
    type Outcome = ();
    const NAME: &'static str = "test.issue";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let draft = Draft {
            kind: self.kind,
            subject: Subject::new(SubjectKind::Case, self.organisation.0),
            organisation: Some(self.organisation),
            person: None,
            addressee: self.name.to_owned(),
            facts: self.facts.clone(),
            items: Vec::new(),
            is_public: true,
        };
        documents::issue(cx, &draft).await.map(|_| ())
    }
}

async fn issue(
    city: &City,
    organisation: OrganisationId,
    name: &'static str,
    kind: Option<AnnouncementKind>,
) {
    let mut facts: Vec<(&'static str, Fact)> = vec![("name", name.into())];
    let (matter, item) = kind.map_or((None, None), AnnouncementKind::names);
    facts.extend(matter.map(|matter| ("matter", matter.into())));
    facts.extend(item.map(|item| ("item", Fact::Code(ChangeItem::LIST, item.code()))));
    let document = if kind.is_some() { DocumentKind::Announcement } else { DocumentKind::Approval };
    let act = Issue { kind: document, organisation, name, facts };
    city.act(&system(), &RequestKey::None, &act).await.expect("issued");
}

#[tokio::test]
async fn every_announcement_is_listed_and_found_by_kind_year_district_and_text() {
    on_both(async |city| {
        let mut forms = invented(40, 0).into_iter();
        let one = forms.next().expect("a form");
        let other = forms.find(|form| form.division[..6] != one.division[..6]).expect("another district");
        let elsewhere = other.division[..6].to_owned();
        let act = |form| RegisterOrganisation { form };
        let one = city.act(&system(), &RequestKey::None, &act(one)).await.expect("registered");
        let other = city.act(&system(), &RequestKey::None, &act(other)).await.expect("registered");
        for (minute, kind) in (0..).zip(AnnouncementKind::ALL) {
            assert!(city.clock.move_to(Moment::beijing("2014-03-10".parse().expect("a day"), 9, minute)));
            issue(&city, one, "示例夕照服务中心", Some(*kind)).await;
        }
        issue(&city, one, "示例夕照服务中心", None).await;
        assert!(city.clock.move_to(Moment::beijing("2015-01-05".parse().expect("a day"), 9, 0)));
        issue(&city, other, "示例晨曦服务中心", Some(AnnouncementKind::Name)).await;

        let all = AnnouncementFilter::default();
        let read = async |filter: &AnnouncementFilter, span| {
            let found = announcements(&city, filter, span).await.expect("read");
            found.iter().filter_map(|one| one.kind()).map(Coded::code).collect::<Vec<_>>()
        };
        let mut expected: Vec<&str> = AnnouncementKind::ALL.iter().rev().map(|kind| kind.code()).collect();
        expected.insert(0, "name");
        assert_eq!(read(&all, (0, 50)).await, expected, "the latest first, and no other document");
        assert_eq!(read(&all, (7, 2)).await, expected[7..9], "a page");
        assert_eq!(years(&city).await.expect("read"), [2015, 2014]);
        for kind in AnnouncementKind::ALL {
            let filter = AnnouncementFilter { kind: Some(*kind), ..all.clone() };
            let count = if *kind == AnnouncementKind::Name { 2 } else { 1 };
            assert_eq!(read(&filter, (0, 50)).await, vec![kind.code(); count], "{kind:?}");
        }
        let by = |year, district: &str, text: &str| AnnouncementFilter {
            year,
            district: district.to_owned(),
            text: text.to_owned(),
            kind: None,
        };
        for (filter, count) in [
            (by(Some(2015), "", ""), 1),
            (by(Some(2013), "", ""), 0),
            (by(None, &elsewhere, ""), 1),
            (by(None, "", "晨曦"), 1),
            (by(None, "", "夕照"), 10),
            (by(None, "", "没有这个"), 0),
            (by(None, "", "%"), 11),
            (by(Some(2014), &elsewhere, ""), 0),
        ] {
            assert_eq!(read(&filter, (0, 50)).await.len(), count, "{filter:?}");
        }
    })
    .await;
}
