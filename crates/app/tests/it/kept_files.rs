//! Files that a program keeps, and what it enters in one act, on both databases.

use app::performance::ledger::{RecordSheet, SheetLine};
use app::uploads::StoredFile;
use app::uploads::kept::{self, A_DAY_MAX, KeepFile};
use app::{City, Error, journal};
use domain::kernel::{Actor, OrganisationId};

use crate::delivered::{act, codes, line, move_to, signed};
use crate::support::on_both;

async fn keep(city: &City, actor: &Actor, name: &str, bytes: &[u8]) -> Result<String, Error> {
    let file = StoredFile::store(city, "X2", name, bytes)?;
    act(city, actor, KeepFile { file }).await
}

#[tokio::test]
async fn the_same_bytes_are_one_file_and_a_day_has_its_limit() {
    on_both(async |city| {
        let p = crate::planted::awarded(&city, 12, "awarded").await;
        let first = keep(&city, &p.provider, "一.pdf", b"%PDF-1.7 0").await.expect("kept");
        let again = keep(&city, &p.provider, "二.pdf", b"%PDF-1.7 0").await.expect("kept");
        assert_eq!(first, again);
        let held = kept::find(&city, p.organisation, &first).await.expect("held");
        assert_eq!((held.name(), held.media_type(), held.bytes()), ("一.pdf", "application/pdf", 10));
        assert_eq!(kept::find(&city, OrganisationId(9), &first).await, Err(Error::NotFound));
        let (_, bytes) = kept::open(&city, p.organisation, &first).await.expect("opened");
        assert_eq!(bytes, b"%PDF-1.7 0");
        for number in 1..A_DAY_MAX {
            keep(&city, &p.provider, "一.pdf", format!("%PDF-1.7 {number}").as_bytes()).await.expect("kept");
        }
        let more = keep(&city, &p.provider, "一.pdf", b"%PDF-1.7 more").await;
        assert_eq!(codes(more), ["upload.too-many-today"]);
        assert_eq!(codes(kept::require_room(&city, p.organisation, "ab").await), ["upload.too-many-today"]);
        kept::require_room(&city, p.organisation, &first).await.expect("what is kept already may come again");
        assert_eq!(keep(&city, &p.provider, "一.pdf", b"%PDF-1.7 0").await, Ok(first));
        city.clock.move_to(city.clock.now().plus_seconds(86_400));
        keep(&city, &p.provider, "一.pdf", b"%PDF-1.7 more").await.expect("a day later there is room");
        let official = keep(&city, &p.staff, "一.pdf", b"%PDF-1.7 of an official").await;
        assert_eq!(official, Err(Error::NotPermitted));
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn many_lines_are_entered_all_or_none_with_every_fault_at_its_row() {
    on_both(async |city| {
        let s = signed(&city).await;
        move_to(&city, "2014-07-10");
        let png = [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0];
        let photo = StoredFile::store(&city, "C54", "现场.png", &png).expect("a photo");
        let pdf = StoredFile::store(&city, "C54", "说明.pdf", b"%PDF-1.4 x").expect("a file");
        let plain = |day: &str, token: &str| SheetLine::from(line(day, token, 1));
        let sheet = |lines| RecordSheet { contract: s.contract, lines };
        let mixed = vec![
            plain("2014-07-01", "A001"),
            SheetLine { photos: vec![pdf], ..plain("2014-07-01", "A002") },
            plain("2014-07-11", "B001"),
        ];
        let Err(Error::Invalid(faults)) = act(&city, &s.p.provider, sheet(mixed)).await else {
            panic!("expected faults")
        };
        let told: Vec<_> = faults.iter().map(|one| (one.facts.last().cloned(), one.code)).collect();
        let row = |number: i64| Some(("row", domain::kernel::Fact::Number(number)));
        assert_eq!(
            told,
            [
                (row(2), "performance.photo-not-an-image"),
                (row(3), "performance.recipient-unknown"),
                (row(3), "performance.record-in-future"),
            ]
        );
        assert_eq!(codes(act(&city, &s.p.provider, sheet(vec![])).await), ["performance.no-lines"]);
        let count = async |table: &str| {
            city.db.number(&format!("SELECT count(*) FROM {table}"), &[]).await.expect("a number")
        };
        assert_eq!((count("service_record").await, count("service_photo").await), (0, 0));
        let good = vec![
            SheetLine { photos: vec![photo], ..plain("2014-07-01", "A001") },
            plain("2014-07-02", "a002"),
        ];
        assert_eq!(act(&city, &s.p.provider, sheet(good.clone())).await, Ok(2));
        assert_eq!((count("service_record").await, count("service_photo").await), (2, 1));
        assert_eq!(act(&city, &s.p.staff, sheet(good)).await, Err(Error::NotPermitted));
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}
