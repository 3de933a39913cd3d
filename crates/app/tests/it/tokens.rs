//! API tokens: made with a fresh password, revoked by their owner alone.

use app::access::people::AddApiToken;
use app::access::sessions::find_api;
use app::access::tokens::{RevokeApiToken, tokens_of};
use app::{Error, RequestKey, journal};
use domain::kernel::{Actor, PersonId};
use evidence::Digest;

use crate::planted;
use crate::support::on_both;

const NO_KEY: RequestKey = RequestKey::None;

fn refused(answer: Result<i64, Error>) -> &'static str {
    match answer {
        Err(Error::Refused(refusal)) => refusal.code,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

#[tokio::test]
async fn a_token_acts_until_it_is_revoked() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        let person = p.provider.person.expect("a person");
        let sql = "SELECT id FROM post WHERE person_id = $1";
        let (post_id,): (i64,) = city.db.one(sql, app::args![person]).await.expect("a post");
        let digest = Digest::of(b"secret").hex();
        let add = AddApiToken { digest, post_id, label: "投标程序".into() };
        let unnamed = AddApiToken { label: "  ".into(), ..add.clone() };
        assert_eq!(refused(city.act(&p.provider, &NO_KEY, &unnamed).await), "access.token-label");
        let tired = Actor { fresh: false, ..p.provider.clone() };
        assert_eq!(city.act(&tired, &NO_KEY, &add).await, Err(Error::PasswordNeeded));
        let id = city.act(&p.provider, &NO_KEY, &add).await.expect("a token");
        let found = find_api(&city, "secret").await.expect("read").expect("an actor");
        assert_eq!(found.organisation(), Some(p.organisation));
        assert_eq!(tokens_of(&city, person, post_id).await.expect("a list").len(), 1);
        let revoke = RevokeApiToken { id };
        let stranger = Actor { person: Some(PersonId(7)), ..p.provider.clone() };
        assert_eq!(city.act(&stranger, &NO_KEY, &revoke).await, Err(Error::NotFound));
        city.act(&p.provider, &NO_KEY, &revoke).await.expect("revoked");
        assert!(find_api(&city, "secret").await.expect("read").is_none());
        let again = city.act(&p.provider, &NO_KEY, &revoke).await.map(|()| 0);
        assert_eq!(refused(again), "access.token-revoked-already");
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}
