//! An applicant makes an account (B9, E11): with the one post, whichever names are taken, and not in heaps.

use app::access::{accounts, people, sessions, sign_up::sign_up};
use app::{City, Error, args, journal};
use domain::kernel::{Post, Role, Scope};
use domain::registry::registration::NewApplicant;

use crate::registration_ground::{code_of, someone};
use crate::support::on_both;

const PASSWORD: &str = "a sentence of my own";

fn linxia() -> NewApplicant {
    NewApplicant {
        name: "林夏（示例）".to_owned(),
        contact: "025-83630000".to_owned(),
        login: "linxia".to_owned(),
    }
}

async fn made(city: &City, typed: &NewApplicant, from: &str) -> Result<String, Error> {
    sign_up(city, typed, [PASSWORD, PASSWORD], from).await.map(|(login, _)| login)
}

#[tokio::test]
async fn an_account_has_the_applicants_post_and_nothing_else() {
    on_both(async |city| {
        let (login, opened) =
            sign_up(&city, &linxia(), [PASSWORD, PASSWORD], "here").await.expect("an account");
        assert!(login.starts_with("linxia-") && login.len() == "linxia-".len() + 4, "{login}");
        let session = sessions::find(&city, &opened.token).await.expect("read").expect("a session");
        let post = Post { role: Role::Applicant, scope: Scope::City };
        assert_eq!(session.actor.post, post);
        assert!(!session.must_change, "the password is the owner's already");
        let posts = people::posts_of(&city, opened.person).await.expect("posts");
        assert_eq!(posts.iter().map(|held| held.post).collect::<Vec<_>>(), [post]);
        let again = sessions::sign_in(&city, &login, PASSWORD, "there").await.expect("signs in");
        assert_eq!(again.person, opened.person);
        assert_eq!(accounts::account(&city, opened.person).await.expect("an account").name, "林夏（示例）");
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn taken_names_are_answered_like_free_ones() {
    on_both(async |city| {
        someone(&city, "linxia", Role::Administrator).await;
        let first = made(&city, &linxia(), "here").await.expect("an account");
        let second = made(&city, &linxia(), "here").await.expect("another");
        assert_ne!(first, second);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn what_is_refused_leaves_no_trace() {
    on_both(async |city| {
        let typed = NewApplicant { contact: "?".to_owned(), ..linxia() };
        let refused = sign_up(&city, &typed, ["short", "other"], "here").await.map(|_| ());
        assert_eq!(
            code_of(refused),
            Err("access.contact-form access.password-length access.passwords-differ".to_owned())
        );
        let people = "SELECT count(*) FROM person";
        assert_eq!(city.db.number(people, args![]).await, Ok(0));
        // Faults are mended as often as it takes; accounts are counted, by address and day.
        for _ in 0..5 {
            made(&city, &linxia(), "here").await.expect("an account");
        }
        assert_eq!(code_of(made(&city, &linxia(), "here").await), Err("access.too-many-failures".to_owned()));
        made(&city, &linxia(), "elsewhere").await.expect("another address");
        assert_eq!(city.db.number(people, args![]).await, Ok(6));
        assert!(city.clock.move_to(city.clock.now().plus_seconds(86_400)));
        made(&city, &linxia(), "here").await.expect("another day");
    })
    .await;
}
