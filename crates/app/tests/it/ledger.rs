//! The project ledger: what is entered, what is refused, and how a line is taken back (C52, C54, E3b).

use app::contracts::plan::{self, SetServicePlan};
use app::performance::import::{self, FIELDS};
use app::performance::ledger::{RecordUnits, ReverseRecord, ServiceLine};
use app::performance::lines;
use app::performance::read;
use app::performance::register::{AddRecipients, AddWorker, EndWorker, workers};
use app::performance::report::ReportMilestone;
use app::sheets::{self, Cell, Column};
use app::uploads::StoredFile;
use app::{Error, RequestKey, journal};
use domain::kernel::{Actor, OrganisationId, Scope};

use crate::delivered::{Signed, act, codes, line, move_to, signed};
use crate::support::on_both;

#[tokio::test]
async fn units_are_entered_and_counted_against_the_milestone() {
    on_both(async |city| {
        let s = signed(&city).await;
        move_to(&city, "2014-07-10");
        s.record(&city, line("2014-07-01", "A001", 3)).await.expect("a line");
        s.record(&city, line("2014-07-10", " a002 ", 2)).await.expect("codes are read in any case");
        let (milestones, units) = read::of(&city, s.contract).await.expect("progress");
        assert_eq!((milestones[0].records, units[0].done, units[0].percent()), (2, 5, 10));
        let lines = lines::records(&city, s.contract, None).await.expect("a ledger");
        let first = lines.iter().find(|line| line.token == "A001").expect("the first line");
        assert_eq!((lines.len(), first.units, first.worker.as_str()), (2, 3, "W01"));
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn what_the_contract_does_not_cover_stays_out_of_the_ledger() {
    on_both(async |city| {
        let s = signed(&city).await;
        move_to(&city, "2014-07-10");
        let plain = || line("2014-07-01", "A001", 1);
        let cases: Vec<(ServiceLine, &str)> = vec![
            (line("2014-07-11", "A001", 1), "performance.record-in-future"),
            (line("2014-02-28", "A001", 1), "performance.record-outside-term"),
            (ServiceLine { worker: "W99".into(), ..plain() }, "performance.worker-unknown"),
            (line("2014-07-01", "B001", 1), "performance.recipient-unknown"),
            (line("2014-07-01", "A001", 0), "performance.units-not-positive"),
            (ServiceLine { place: " ".into(), ..plain() }, "performance.place-empty"),
            (ServiceLine { milestone: 9, ..plain() }, "performance.milestone-unknown"),
            (ServiceLine { unit: Some(9), ..plain() }, "performance.unit-unknown"),
            (ServiceLine { unit: None, ..plain() }, "performance.unit-unknown"),
        ];
        for (wrong, expected) in cases {
            assert_eq!(codes(s.record(&city, wrong).await), [expected]);
        }
        let workers = workers(&city, s.contract).await.expect("workers");
        act(&city, &s.p.provider, EndWorker { contract: s.contract, worker: workers[0].id })
            .await
            .expect("left");
        move_to(&city, "2014-07-12");
        assert_eq!(codes(s.record(&city, line("2014-07-11", "A001", 1)).await), ["performance.worker-left"]);
        s.record(&city, plain()).await.expect("what was served before counts");
        let stranger = Actor {
            post: domain::kernel::Post { scope: Scope::Organisation(OrganisationId(9)), ..s.p.provider.post },
            ..s.p.provider.clone()
        };
        let foreign = RecordUnits { contract: s.contract, line: plain(), photos: vec![] };
        assert_eq!(act(&city, &stranger, foreign).await, Err(Error::NotFound));
        let unnamed = AddWorker {
            contract: s.contract,
            code: "X01".into(),
            name: "王某（示例）".into(),
            is_of_subcontractor: true,
        };
        assert_eq!(codes(act(&city, &s.p.provider, unnamed).await), ["performance.worker-of-unnamed"]);
        let twice = AddWorker {
            contract: s.contract,
            code: "w01".into(),
            name: "王某（示例）".into(),
            is_of_subcontractor: false,
        };
        assert_eq!(codes(act(&city, &s.p.provider, twice).await), ["performance.worker-code-taken"]);
        let named = AddRecipients { contract: s.contract, text: "王秀英 独居".into() };
        assert_eq!(codes(act(&city, &s.p.provider, named).await), ["performance.token-not-a-code"]);
    })
    .await;
}

#[tokio::test]
async fn a_line_is_taken_back_by_a_reversal_and_never_changed() {
    on_both(async |city| {
        let s = signed(&city).await;
        move_to(&city, "2014-07-10");
        let record = s.record(&city, line("2014-07-01", "A001", 3)).await.expect("a line");
        let reverse =
            |reason: &str| ReverseRecord { contract: s.contract, record, reason: reason.to_owned() };
        assert_eq!(codes(act(&city, &s.p.provider, reverse(" ")).await), ["performance.reason-empty"]);
        act(&city, &s.p.provider, reverse("登记重复")).await.expect("reversed");
        assert_eq!(codes(act(&city, &s.p.provider, reverse("再次")).await), ["performance.reversed-already"]);
        let lines = lines::records(&city, s.contract, None).await.expect("a ledger");
        let reversal = lines.iter().find(|line| line.reverses_id == Some(record.0)).expect("a reversal");
        assert_eq!((lines.len(), reversal.units), (2, -3));
        assert!(lines.iter().any(|line| line.id == record && line.is_reversed && line.units == 3));
        let back = ReverseRecord { contract: s.contract, record: reversal.id, reason: "撤回".into() };
        assert_eq!(codes(act(&city, &s.p.provider, back).await), ["performance.reversal-of-reversal"]);
        let (milestones, units) = read::of(&city, s.contract).await.expect("progress");
        assert_eq!((milestones[0].records, units[0].done), (0, 0));
        assert_eq!(codes(s.report(&city, 1).await), ["performance.report-without-records"]);
        s.record(&city, line("2014-07-01", "A002", 1)).await.expect("a line");
        s.report(&city, 1).await.expect("reported");
        assert_eq!(
            codes(s.record(&city, line("2014-07-02", "A001", 1)).await),
            ["performance.milestone-reported"]
        );
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

fn sheet(rows: &[[&str; 8]]) -> Vec<u8> {
    let columns: Vec<Column> = FIELDS.iter().map(|field| Column::new(*field, 12)).collect();
    let cells = |row: &[&str; 8]| row.iter().map(|cell| Cell::text(*cell)).collect();
    let rows: Vec<Vec<Cell>> = rows.iter().map(cells).collect();
    sheets::xlsx("台账", &columns, &rows).expect("a sheet")
}

async fn import(city: &app::City, s: &Signed, file: &[u8]) -> Result<import::ImportReport, Error> {
    import::import(city, &s.p.provider, &RequestKey::None, s.contract, file, &vec![]).await
}

#[tokio::test]
async fn a_sheet_enters_its_good_rows_and_gives_back_the_bad_ones() {
    on_both(async |city| {
        let s = signed(&city).await;
        move_to(&city, "2014-07-10");
        let file = sheet(&[
            ["1", "上门服务", "2014-07-01", "梅园新村", "W01", "A001", "2", "助浴"],
            ["1", "上门服务", "2014年7月2日", "梅园新村", "w01", "a002", "1", ""],
            ["1", "送餐", "2014-07-02", "梅园新村", "W01", "A001", "1", ""],
            ["1", "上门服务", "2014-07-11", "", "W77", "A001", "0", ""],
            ["x", "上门服务", "no day", "梅园新村", "W01", "A001", "1", ""],
        ]);
        let report = import(&city, &s, &file).await.expect("read");
        assert_eq!((report.added, report.unchanged, report.bad_rows()), (2, 0, 3));
        let found: Vec<(usize, &str)> =
            report.faults.iter().map(|fault| (fault.row, fault.refusal.code)).collect();
        assert_eq!(
            found,
            [
                (4, "performance.unit-unknown"),
                (5, "performance.place-empty"),
                (5, "performance.units-not-positive"),
                (5, "performance.record-in-future"),
                (5, "performance.worker-unknown"),
                (6, "kernel.date-unreadable"),
                (6, "performance.milestone-unknown"),
                (6, "performance.unit-unknown"),
            ]
        );
        let told =
            report.error_sheet("台账", "需修改", &|fault| fault.refusal.code.to_owned()).expect("a sheet");
        let told = sheets::read(&told, sheets::Limits::default()).expect("readable");
        assert_eq!((told.rows.len(), told.header.last().map(String::as_str)), (3, Some("需修改")));
        let again = import(&city, &s, &file).await.expect("read");
        assert_eq!((again.added, again.unchanged, again.bad_rows()), (0, 2, 3));
        let wrong = sheets::xlsx("x", &[Column::new("place", 9)], &[vec![Cell::text("a")]]).expect("a sheet");
        assert_eq!(codes(import(&city, &s, &wrong).await.map(|_| ())), ["performance.columns-missing"]);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn photos_are_images_and_few() {
    on_both(async |city| {
        let s = signed(&city).await;
        move_to(&city, "2014-07-10");
        let png = [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0];
        let photo = StoredFile::store(&city, "C54", "现场.png", &png).expect("a photo");
        let pdf = StoredFile::store(&city, "C54", "说明.pdf", b"%PDF-1.4 x").expect("a file");
        let with = |photos| RecordUnits { contract: s.contract, line: line("2014-07-01", "A001", 1), photos };
        let answer = act(&city, &s.p.provider, with(vec![pdf])).await;
        assert_eq!(codes(answer), ["performance.photo-not-an-image"]);
        let answer = act(&city, &s.p.provider, with(vec![photo.clone(); 5])).await;
        assert_eq!(codes(answer), ["performance.photos-too-many"]);
        let record = act(&city, &s.p.provider, with(vec![photo])).await.expect("a line");
        assert_eq!(lines::photos(&city, record).await.expect("photos").len(), 1);
        assert_eq!(lines::record(&city, s.contract, record).await.expect("a line").photos, 1);
    })
    .await;
}

#[tokio::test]
async fn the_plan_is_kept_before_anyone_signs() {
    on_both(async |city| {
        let s = signed(&city).await;
        let lines = plan::lines(&city, s.contract).await.expect("a table");
        assert_eq!(lines.iter().map(|line| line.basis_points).collect::<Vec<_>>(), [0, 500, 1_000]);
        let late = SetServicePlan { contract: s.contract, version: 9, units: vec![], lines: vec![] };
        assert_eq!(codes(act(&city, &s.p.staff, late).await), ["contracts.wrong-stage"]);
        let report = ReportMilestone { contract: s.contract, milestone: 7, report: String::new() };
        assert_eq!(act(&city, &s.p.provider, report).await, Err(Error::NotFound));
    })
    .await;
}
