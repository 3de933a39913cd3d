//! A contract through its pages: drafted, mended, offered, signed by both sides, read by everyone.

use axum::http::StatusCode;
use domain::kernel::{Post, Role, Scope};

use crate::planted;
use crate::support::{Answer, Reader, World};

const NUMBER: &str = "NJGZ-HT-2014-001";

fn assert_spoken(answer: &Answer) {
    let page = answer.text();
    assert_eq!(answer.status, StatusCode::OK, "{page}");
    let texts = page.split('>').filter_map(|part| part.split('<').next());
    for text in texts.map(str::trim).filter(|text| !text.contains(' ')) {
        for key in ["contracts-", "contract-", "long-term-tick-", "refusal-"] {
            assert!(!text.starts_with(key), "{text}");
        }
    }
}

/// What cannot be read and what is missing beside it, in one round.
async fn all_faults_are_told_at_once(world: &World, staff: &Reader, desk: &str) {
    let unread = [
        ("version", "1"),
        ("starts", "soon"),
        ("ends", "2015-02-28"),
        ("milestones.0.name", " "),
        ("milestones.0.due", "x"),
        ("milestones.0.amount", "-5"),
    ];
    let all = world.post_as(staff, desk, &unread).await.text();
    let told: Vec<&str> = ["starts", "milestones.0.due", "milestones.0.amount", "milestones.0.name"]
        .into_iter()
        .filter(|field| all.contains(&format!("href=\"#{field}\"")))
        .collect();
    assert_eq!(told.len(), 4, "all that is wrong is told at once: {told:?} {all}");
}

#[tokio::test]
async fn a_contract_goes_from_desk_to_signature_to_the_public() {
    let world = World::new().await;
    let p = planted::awarded(&world.city, 12, "awarded").await;
    let staff = world.demo_reader("staff").await;
    let post = Post { role: Role::OfficeDirector, scope: Scope::Office(p.office) };
    let (_, director) = world.reader("second-director", post).await;
    let post = Post { role: Role::OrganisationUser, scope: Scope::Organisation(p.organisation) };
    let (_, provider) = world.reader("second-winner", post).await;

    assert_spoken(&world.get_as(&staff, "/desk/contracts").await);
    let tender = p.tender.0.to_string();
    let drafted =
        world.post_as(&staff, "/desk/contracts", &[("tender", &tender), ("request_key", "d")]).await;
    assert_eq!(drafted.location, format!("/desk/contracts/{NUMBER}?done=contract-drafted"));
    let desk = format!("/desk/contracts/{NUMBER}");
    for lang in ["", "/en"] {
        assert_spoken(&world.get_as(&staff, &format!("{lang}{desk}")).await);
    }
    assert_eq!(
        world.get_as(&provider, &format!("/me/contracts/{NUMBER}")).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(world.get(&format!("/contracts/{NUMBER}/document")).await.status, StatusCode::NOT_FOUND);

    let wrong = [
        ("version", "1"),
        ("starts", "2014-03-01"),
        ("ends", "2015-02-28"),
        ("milestones.0.name", "中期检查"),
        ("milestones.0.due", "2014-08-31"),
        ("milestones.0.amount", "1"),
    ];
    let faulty = world.post_as(&staff, &desk, &wrong).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(faulty.text().contains("中期检查"), "what was typed is still there");
    all_faults_are_told_at_once(&world, &staff, &desk).await;
    let offered = world.post_as(&staff, &format!("{desk}/offer"), &[("version", "1")]).await;
    assert_eq!(offered.location, format!("{desk}?done=contract-offered"));

    let own = format!("/me/contracts/{NUMBER}");
    for path in ["/me/contracts", own.as_str(), &format!("/en{own}"), &format!("{own}/signature")] {
        assert_spoken(&world.get_as(&provider, path).await);
    }
    let signed = world.post_as(&provider, &format!("{own}/signature"), &[("version", "2")]).await;
    assert_eq!(signed.location, format!("{own}?done=contract-signed"));
    let stale = world.post_as(&director, &format!("{desk}/signature"), &[("version", "2")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert_eq!(world.get(&format!("/contracts/{NUMBER}")).await.status, StatusCode::NOT_FOUND);
    let signed = world.post_as(&director, &format!("{desk}/signature"), &[("version", "3")]).await;
    assert_eq!(signed.location, format!("{desk}?done=contract-signed"));

    for path in ["/contracts", &format!("/contracts/{NUMBER}"), &format!("/contracts/{NUMBER}/document")] {
        for lang in ["", "/en"] {
            let answer = world.get(&format!("{lang}{path}")).await;
            assert_spoken(&answer);
            assert!(answer.text().contains(NUMBER), "{path}");
        }
    }
    assert!(world.get(&format!("/contracts/{NUMBER}")).await.text().contains("玖万伍仟元整"));
    assert!(!world.get("/contracts?q=%E6%97%A0%E6%AD%A4%E5%8D%95%E4%BD%8D").await.text().contains(NUMBER));
    assert!(world.get("/").await.text().contains(NUMBER), "the home page tells of it");
}

#[tokio::test]
async fn a_signature_needs_the_password_once_more() {
    let world = World::new().await;
    planted::awarded(&world.city, 12, "awarded").await;
    let staff = world.demo_reader("staff").await;
    let sql = "SELECT id FROM tender";
    let (tender,): (i64,) = world.city.db.one(sql, &[]).await.expect("a tender");
    world.post_as(&staff, "/desk/contracts", &[("tender", &tender.to_string())]).await;
    world.city.clock.move_to(world.city.clock.now().plus_seconds(3600));
    let director = world.demo_reader("director").await;
    world.city.clock.move_to(world.city.clock.now().plus_seconds(3600));
    let path = format!("/desk/contracts/{NUMBER}/signature");
    let answer = world.get_as(&director, &path).await;
    assert_eq!(answer.location, format!("/password?back={path}"));
}
