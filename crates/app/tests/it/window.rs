//! What all of the one window rests on: papers given once, documents that can be verified.

use app::access::people::{AddPerson, GivePost};
use app::papers::{self, GivePaper};
use app::uploads::StoredFile;
use app::{City, Error, RequestKey, journal};
use domain::kernel::{Actor, PaperId, PersonId, Post, Role, Scope};
use domain::registry::PaperKind;

use crate::support::{on_both, system};

async fn applicant(city: &City, login: &str) -> Actor {
    let password_hash = city.hashing.hash("a long pass phrase").await.expect("a hash");
    let person =
        AddPerson {
            login: login.to_owned(), name: "示例申请人".to_owned(), password_hash, is_demo: true
        };
    let id: PersonId = city.act(&system(), &RequestKey::None, &person).await.expect("a person");
    let post = Post { role: Role::Applicant, scope: Scope::City };
    city.act(&system(), &RequestKey::None, &GivePost { person: id, post }).await.expect("a post");
    Actor::new(id, Role::Applicant, Scope::City)
}

fn charter(city: &City) -> GivePaper {
    let file = StoredFile::store(city, "B11", "章程.pdf", b"%PDF-1.7 charter").expect("a file");
    GivePaper { kind: PaperKind::Charter, title: String::new(), file, valid_until: None, on_behalf_of: None }
}

#[tokio::test]
async fn a_paper_is_its_givers_alone() {
    on_both(async |city| {
        let (own, stranger) = (applicant(&city, "own").await, applicant(&city, "stranger").await);
        let id: PaperId = city.act(&own, &RequestKey::None, &charter(&city)).await.expect("a paper");
        let held = papers::own(&city, &own).await.expect("papers");
        assert_eq!(held.iter().map(|paper| paper.id).collect::<Vec<_>>(), [id]);
        assert!(papers::own(&city, &stranger).await.expect("papers").is_empty());
        assert_eq!(papers::open(&city, &own, id).await.expect("the paper").1, b"%PDF-1.7 charter");
        assert_eq!(papers::open(&city, &stranger, id).await.err(), Some(Error::NotFound));
        // Not yet used for anything, so no official works on it.
        let officer = Actor::new(PersonId(1), Role::ApprovalOfficer, Scope::City);
        assert_eq!(papers::open(&city, &officer, id).await.err(), Some(Error::NotFound));
        // Nobody gives a paper in another's name but an officer at the window.
        let forged = GivePaper { on_behalf_of: stranger.person, ..charter(&city) };
        city.act(&own, &RequestKey::None, &forged).await.expect("a paper");
        assert!(papers::own(&city, &stranger).await.expect("papers").is_empty());
        let bureau = Actor::new(PersonId(1), Role::OrganisationBureau, Scope::City);
        let refused = city.act(&bureau, &RequestKey::None, &charter(&city)).await;
        assert_eq!(refused, Err(Error::NotPermitted));
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}
