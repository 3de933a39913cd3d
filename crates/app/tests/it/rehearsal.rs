//! A rehearsal says what the act would say, and leaves nothing behind.

use app::registry::specimen::invented;
use app::registry::{OrganisationForm, RegisterOrganisation};
use app::{City, Error, RequestKey, journal};
use domain::kernel::Actor;

use crate::support::{on_both, system};

/// How many rows there are of everything that an act may leave.
async fn traces(city: &City) -> Vec<i64> {
    let mut counts = Vec::new();
    for sql in [
        "SELECT count(*) FROM journal",
        "SELECT count(*) FROM feed",
        "SELECT count(*) FROM idempotency",
        "SELECT count(*) FROM organisation",
        "SELECT value FROM counter WHERE name = 'journal'",
    ] {
        counts.push(city.db.number(sql, &[]).await.expect("a count"));
    }
    counts
}

#[tokio::test]
async fn a_rehearsal_says_what_the_act_would_say_and_leaves_nothing() {
    on_both(async |city| {
        let rehearsing = Actor { rehearses: true, ..system() };
        let key = RequestKey::Given { key: "once".into(), digest: "same".into() };
        let sound = RegisterOrganisation { form: invented(1, 0).pop().expect("a form") };
        let faulty = RegisterOrganisation {
            form: OrganisationForm { code: "53100000500020462H".into(), ..sound.form.clone() },
        };
        let before = traces(&city).await;
        let said = city.act(&rehearsing, &key, &faulty).await;
        assert!(matches!(said, Err(Error::Refused(_) | Error::Invalid(_))), "{said:?}");
        assert_eq!(said, city.act(&system(), &RequestKey::None, &faulty).await, "the act says the same");
        assert_eq!(city.act(&rehearsing, &key, &sound).await, Err(Error::Rehearsed));
        assert_eq!(city.act(&rehearsing, &key, &sound).await, Err(Error::Rehearsed), "as often as one likes");
        assert_eq!(traces(&city).await, before);

        city.act(&system(), &key, &sound).await.expect("the key was not spent");
        let said = city.act(&rehearsing, &key, &sound).await;
        assert!(matches!(said, Err(Error::Refused(_) | Error::Invalid(_))), "judged anew, not remembered");
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn who_may_not_act_may_not_rehearse() {
    on_both(async |city| {
        let stranger = Actor { rehearses: false, ..Actor::VISITOR };
        let act = RegisterOrganisation { form: invented(1, 0).pop().expect("a form") };
        let seen = city.foresee(&stranger, &act).await;
        assert_eq!(seen.map(|_| ()), Err(Error::NotPermitted), "nor see what would be issued");
        let stranger = Actor { rehearses: true, ..Actor::VISITOR };
        let act = RegisterOrganisation { form: invented(1, 0).pop().expect("a form") };
        assert_eq!(city.act(&stranger, &RequestKey::None, &act).await, Err(Error::NotPermitted));
    })
    .await;
}
