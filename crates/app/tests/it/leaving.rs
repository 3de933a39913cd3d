//! Posts end, accounts close and passwords are set anew; the house is never without those who must be there.

use app::access::leaving::{ActivatePerson, DeactivatePerson, EndPost, ResetPassword};
use app::access::offices::{self, AppointDirector};
use app::access::people::{AddApiToken, AddPerson, GivePost, past_posts_of, posts_of};
use app::access::{one_time, own_password, sessions};
use app::{City, Error, RequestKey, args, journal};
use domain::kernel::{Actor, Moment, PersonId, Post, Role, Scope};
use evidence::Digest;

use crate::planted;
use crate::support::on_both;

const NO_KEY: RequestKey = RequestKey::None;
const PASSWORD: &str = "a sentence of the tests";

async fn person(city: &City, login: &str, role: Role, scope: Scope) -> Actor {
    let password_hash = city.hashing.hash(PASSWORD).await.expect("a hash");
    let add = AddPerson { login: login.into(), name: "示例".into(), password_hash, is_demo: true };
    let id = city.act(&Actor::SYSTEM, &NO_KEY, &add).await.expect("a person");
    let give = GivePost { person: id, post: Post { role, scope } };
    city.act(&Actor::SYSTEM, &NO_KEY, &give).await.expect("a post");
    Actor::new(id, role, scope).with_fresh_password()
}

async fn administrator(city: &City, login: &str) -> Actor {
    person(city, login, Role::Administrator, Scope::City).await
}

async fn post_id(city: &City, of: &Actor) -> i64 {
    let posts = posts_of(city, id(of)).await.expect("posts");
    posts.iter().find(|held| held.post == of.post).expect("the post").id
}

fn id(of: &Actor) -> PersonId {
    of.person.expect("a person")
}

fn code(answer: Result<(), Error>) -> &'static str {
    match answer {
        Ok(()) => "",
        Err(Error::Refused(refusal)) => refusal.code,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

async fn is_signed_in(city: &City, token: &str) -> bool {
    sessions::find(city, token).await.expect("read").is_some()
}

#[tokio::test]
async fn a_post_ends_at_once_with_its_sessions_and_tokens() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        let admin = administrator(&city, "admin").await;
        let user = person(&city, "user", Role::OrganisationUser, Scope::Organisation(p.organisation)).await;
        let other = GivePost { person: id(&user), post: Post { role: Role::Expert, scope: Scope::City } };
        city.act(&admin, &NO_KEY, &other).await.expect("a second post");
        let here = sessions::sign_in(&city, "user", PASSWORD, "test").await.expect("signed in").token;
        let there = sessions::sign_in(&city, "user", PASSWORD, "test").await.expect("signed in").token;
        let post = post_id(&city, &user).await;
        let posts = posts_of(&city, id(&user)).await.expect("posts");
        let expert = posts.iter().find(|held| held.id != post).expect("the other").id;
        // Both posts began in the same moment, so either may come first.
        sessions::choose_post(&city, &here, post).await.expect("chosen");
        sessions::choose_post(&city, &there, expert).await.expect("chosen");
        let digest = Digest::of(b"secret").hex();
        let add = AddApiToken { digest, post_id: post, label: "程序".into() };
        city.act(&user, &NO_KEY, &add).await.expect("a token");
        city.act(&admin, &NO_KEY, &EndPost { post_id: post, last_day: None }).await.expect("ended");
        assert!(!is_signed_in(&city, &here).await, "the session in the post is over");
        assert!(is_signed_in(&city, &there).await, "the session in the other post goes on");
        assert!(sessions::find_api(&city, "secret").await.expect("read").is_none());
        assert_eq!(past_posts_of(&city, id(&user)).await.expect("posts").len(), 1);
        let again = city.act(&admin, &NO_KEY, &EndPost { post_id: post, last_day: None }).await;
        assert_eq!(code(again), "access.post-over");
        let unknown = city.act(&admin, &NO_KEY, &EndPost { post_id: 7, last_day: None }).await;
        assert_eq!(unknown, Err(Error::NotFound));
        let powerless = city.act(&p.lead, &NO_KEY, &EndPost { post_id: expert, last_day: None }).await;
        assert_eq!(powerless, Err(Error::NotPermitted));
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn a_post_with_a_last_day_is_held_until_that_day_is_over() {
    on_both(async |city| {
        let admin = administrator(&city, "admin").await;
        let clerk = person(&city, "clerk", Role::Finance, Scope::City).await;
        let token = sessions::sign_in(&city, "clerk", PASSWORD, "test").await.expect("signed in").token;
        let post_id = post_id(&city, &clerk).await;
        let end = |day: &str| EndPost { post_id, last_day: Some(day.parse().expect("a date")) };
        assert_eq!(code(city.act(&admin, &NO_KEY, &end("2014-01-05")).await), "access.last-day-over");
        city.act(&admin, &NO_KEY, &end("2014-01-31")).await.expect("the last day is set");
        city.act(&admin, &NO_KEY, &end("2014-01-10")).await.expect("an earlier last day");
        assert!(city.clock.move_to(Moment::beijing("2014-01-10".parse().expect("a date"), 23, 59)));
        assert!(is_signed_in(&city, &token).await);
        assert!(city.clock.move_to(Moment::beijing("2014-01-11".parse().expect("a date"), 0, 0)));
        assert!(!is_signed_in(&city, &token).await);
        assert_eq!(
            sessions::sign_in(&city, "clerk", PASSWORD, "test").await.map(|_| ()).map_err(|error| {
                let Error::Refused(refusal) = error else { panic!("{error:?}") };
                refusal.code
            }),
            Err("access.no-post")
        );
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn the_last_administrator_stays() {
    on_both(async |city| {
        let first = administrator(&city, "first").await;
        let second = administrator(&city, "second").await;
        let (of_first, of_second) = (post_id(&city, &first).await, post_id(&city, &second).await);
        let end = |post_id| EndPost { post_id, last_day: None };
        let own = city.act(&first, &NO_KEY, &end(of_first)).await;
        assert_eq!(code(own), "access.own-leaving");
        let own = city.act(&first, &NO_KEY, &DeactivatePerson { person: id(&first) }).await;
        assert_eq!(code(own), "access.own-leaving");
        city.act(&first, &NO_KEY, &DeactivatePerson { person: id(&second) }).await.expect("closed");
        for act in [Actor::SYSTEM, second.clone()] {
            assert_eq!(code(city.act(&act, &NO_KEY, &end(of_first)).await), "access.last-administrator");
            let close = DeactivatePerson { person: id(&first) };
            assert_eq!(code(city.act(&act, &NO_KEY, &close).await), "access.last-administrator");
        }
        city.act(&first, &NO_KEY, &ActivatePerson { person: id(&second) }).await.expect("open again");
        let (one, other) = (end(of_second), end(of_first));
        let both = tokio::join!(city.act(&first, &NO_KEY, &one), city.act(&second, &NO_KEY, &other));
        assert_eq!(usize::from(both.0.is_ok()) + usize::from(both.1.is_ok()), 1, "{both:?}");
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn an_office_is_handed_over_and_never_without_its_director() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        let admin = administrator(&city, "admin").await;
        let post = post_id(&city, &p.director).await;
        let end = EndPost { post_id: post, last_day: None };
        assert_eq!(code(city.act(&admin, &NO_KEY, &end).await), "access.director-hands-over");
        let close = DeactivatePerson { person: id(&p.director) };
        assert_eq!(code(city.act(&admin, &NO_KEY, &close).await), "access.director-leaves-office");
        let appoint = |person: &Actor, handover: &str| AppointDirector {
            office: p.office,
            person: id(person),
            handover: handover.into(),
        };
        let done = async |act: AppointDirector| code(city.act(&admin, &NO_KEY, &act).await.map(|_| ()));
        assert_eq!(done(appoint(&p.director, "无")).await, "access.director-already");
        assert_eq!(done(appoint(&p.staff, " ")).await, "access.handover-missing");
        city.act(&admin, &NO_KEY, &DeactivatePerson { person: id(&p.staff) }).await.expect("closed");
        assert_eq!(done(appoint(&p.staff, "移交三件采购")).await, "access.person-inactive");
        city.act(&admin, &NO_KEY, &ActivatePerson { person: id(&p.staff) }).await.expect("open");
        assert_eq!(done(appoint(&p.staff, "移交三件采购")).await, "");
        let director = offices::all(&city).await.expect("offices")[0].director_id;
        assert_eq!(director, p.staff.person);
        city.act(&admin, &NO_KEY, &close).await.expect("the one before may go now");
        let give = GivePost { person: id(&p.director), post: p.director.post };
        let given = city.act(&admin, &NO_KEY, &give).await.map(|_| ());
        assert_eq!(code(given), "access.director-is-appointed");
        let sql = "SELECT count(*) FROM directorship WHERE office_id = $1 AND until IS NULL";
        assert_eq!(city.db.number(sql, args![p.office]).await, Ok(1));
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn a_closed_account_keeps_its_past_and_opens_with_its_posts() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        let admin = administrator(&city, "admin").await;
        let user = person(&city, "user", Role::OrganisationUser, Scope::Organisation(p.organisation)).await;
        let token = sessions::sign_in(&city, "user", PASSWORD, "test").await.expect("signed in").token;
        let digest = Digest::of(b"secret").hex();
        let add = AddApiToken { digest, post_id: post_id(&city, &user).await, label: "程序".into() };
        city.act(&user, &NO_KEY, &add).await.expect("a token");
        let close = DeactivatePerson { person: id(&user) };
        city.act(&admin, &NO_KEY, &close).await.expect("closed");
        assert!(!is_signed_in(&city, &token).await);
        assert!(sessions::sign_in(&city, "user", PASSWORD, "test").await.is_err());
        assert_eq!(code(city.act(&admin, &NO_KEY, &close).await), "access.inactive-already");
        let sql = "SELECT count(*) FROM journal WHERE person_id = $1";
        assert_eq!(city.db.number(sql, args![id(&user)]).await, Ok(1), "what they did is theirs");
        let open = ActivatePerson { person: id(&user) };
        city.act(&admin, &NO_KEY, &open).await.expect("open");
        assert_eq!(code(city.act(&admin, &NO_KEY, &open).await), "access.active-already");
        assert!(!is_signed_in(&city, &token).await, "the old session stays over");
        sessions::sign_in(&city, "user", PASSWORD, "test").await.expect("signed in with the old post");
        assert!(
            sessions::find_api(&city, "secret").await.expect("read").is_none(),
            "the token stays revoked"
        );
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn a_one_time_password_must_be_changed_and_the_own_one_needs_the_old() {
    on_both(async |city| {
        let admin = administrator(&city, "admin").await;
        let clerk = person(&city, "clerk", Role::Finance, Scope::City).await;
        let before = sessions::sign_in(&city, "clerk", PASSWORD, "test").await.expect("signed in").token;
        let once = one_time(&city.chance).expect("a password");
        let password_hash = city.hashing.hash(&once).await.expect("a hash");
        let reset = ResetPassword { person: id(&clerk), password_hash };
        let tired = Actor { fresh: false, ..admin.clone() };
        assert_eq!(city.act(&tired, &NO_KEY, &reset).await, Err(Error::PasswordNeeded));
        assert_eq!(city.act(&clerk, &NO_KEY, &reset).await, Err(Error::NotPermitted));
        for _ in 0..6 {
            let _ = sessions::sign_in(&city, "clerk", "a wrong one", "test").await;
        }
        city.act(&admin, &NO_KEY, &reset).await.expect("reset, and the lock is off");
        assert!(!is_signed_in(&city, &before).await);
        assert!(sessions::sign_in(&city, "clerk", PASSWORD, "elsewhere").await.is_err());
        let token = sessions::sign_in(&city, "clerk", &once, "elsewhere").await.expect("signed in").token;
        let other = sessions::sign_in(&city, "clerk", &once, "elsewhere").await.expect("signed in").token;
        let held = sessions::find(&city, &token).await.expect("read").expect("a session");
        assert!(held.must_change);
        let new = "another sentence of the tests";
        let once = once.as_str();
        for (typed, expected) in [
            ([once, "short", "short"], "access.password-length"),
            ([once, new, "something else"], "access.passwords-differ"),
            ([once, once, once], "access.password-same"),
            (["not the old one", new, new], "access.wrong-password"),
            ([once, new, new], ""),
        ] {
            let changed = own_password::change(&city, &held.actor, &token, typed).await;
            assert_eq!(code(changed), expected, "{typed:?}");
        }
        let held = sessions::find(&city, &token).await.expect("read").expect("this session goes on");
        assert!(!held.must_change);
        assert!(!is_signed_in(&city, &other).await, "all others end");
        let own = ResetPassword { person: id(&admin), password_hash: reset.password_hash.clone() };
        assert_eq!(code(city.act(&admin, &NO_KEY, &own).await), "access.own-reset");
        let sql = "SELECT count(*) FROM journal WHERE body LIKE $1";
        assert_eq!(city.db.number(sql, args![format!("%{}%", reset.password_hash)]).await, Ok(0));
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn whoever_an_administrator_adds_makes_a_password_of_their_own() {
    on_both(async |city| {
        let admin = administrator(&city, "admin").await;
        let password_hash = city.hashing.hash(PASSWORD).await.expect("a hash");
        let add = AddPerson { login: "new".into(), name: "示例".into(), password_hash, is_demo: true };
        let person = city.act(&admin, &NO_KEY, &add).await.expect("a person");
        let give = GivePost { person, post: Post { role: Role::Finance, scope: Scope::City } };
        city.act(&admin, &NO_KEY, &give).await.expect("a post");
        let token = sessions::sign_in(&city, "new", PASSWORD, "test").await.expect("signed in").token;
        assert!(sessions::find(&city, &token).await.expect("read").expect("a session").must_change);
    })
    .await;
}
