//! Proposals from a workbook, and the list as one.

use app::catalogue::{ImportItems, read, sheet};
use app::{Error, journal};
use domain::kernel::Fen;

use crate::catalogue::{act, bureau};
use crate::support::on_both;

fn dictionary() -> sheet::Dictionary {
    sheet::Dictionary {
        titles: vec![("项目名称".into(), "title"), ("最高限价".into(), "ceiling")],
        words: vec![("function", "评估".into(), "rating".into()), ("unit", "万元".into(), "wan".into())],
    }
}

const WORKBOOK: &str = "项目名称,function,why_purchasable,quantity,standard,最高限价,budget,unit,fund_source,scope,\
recipients,performance_standard,excludes_affiliates\n\
社会组织评估,评估,事务性,120家,按指标,20,20.5,万元,department_budget,city,社会组织,按期,yes\n\
千年古镇评定,rating,事务性,3个,按指标,80000,80000,yuan,welfare_lottery,city,古镇,按期,no\n";

#[tokio::test]
async fn a_workbook_comes_in_whole_or_tells_every_fault_of_every_row() {
    on_both(async |city| {
        let bureau = bureau(&city).await;
        let (_, rows) = sheet::read(WORKBOOK.as_bytes(), &dictionary()).expect("a workbook");
        let mut broken = rows.clone();
        broken[0].item.ceiling = "二十万".into();
        broken[1].item.title = "社会组织登记审批".into();
        broken[1].item.budget = String::new();
        let answer =
            act(&city, &bureau.staff, ImportItems { year: 2014, rows: broken, is_trial: false }).await;
        let Err(Error::Invalid(faults)) = answer else { panic!("not refused: {answer:?}") };
        let places: Vec<_> = faults.iter().filter_map(sheet::place_of).collect();
        assert_eq!(places, [(2, "ceiling"), (3, "budget"), (3, "title")]);
        assert_eq!(city.db.number("SELECT count(*) FROM item", &[]).await.expect("a count"), 0);
        let found = sheet::check(&city, &bureau.staff, 2014, rows.clone()).await.expect("checked");
        assert_eq!(found, vec![]);
        assert_eq!(city.db.number("SELECT count(*) FROM item", &[]).await.expect("a count"), 0);
        let import = ImportItems { year: 2014, rows, is_trial: false };
        let count = act(&city, &bureau.staff, import).await.expect("imported");
        assert_eq!(count, 2);
        let desk = read::desk(&city, &bureau.staff, 2014, None).await.expect("a desk");
        assert_eq!(read::sum(&desk), Fen::yuan(280_000));
        assert!(desk[0].excludes_supervised && !desk[1].excludes_supervised);
        let words = sheet::ListWords {
            name: "清单",
            titles: std::array::from_fn(|at| format!("列{at}")),
            total: "合计",
            member: &|_, code| code.to_owned(),
        };
        let file = sheet::list(&desk, &words).expect("a file");
        let back = app::sheets::read(&file, app::sheets::Limits::default()).expect("a table");
        let last = back.rows.last().expect("a total");
        assert_eq!((last.cell(0), last.cell(7), back.rows.len()), ("合计", "280000", 3));
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[test]
fn a_workbook_without_a_column_or_rows_is_refused_and_faults_stand_beside_its_rows() {
    let code = |text: &str| sheet::read(text.as_bytes(), &dictionary()).expect_err("a refusal").code;
    assert_eq!(code("项目名称,function\na,b\n"), "catalogue.sheet-column-missing");
    assert_eq!(code(WORKBOOK.lines().next().expect("a header")), "catalogue.sheet-without-rows");
    assert_eq!(code(""), "sheets.empty");
    let (held, _) = sheet::read(WORKBOOK.as_bytes(), &dictionary()).expect("a workbook");
    let file = sheet::with_faults(&held, "错误", &[(3, "请填写预算".into())]).expect("a file");
    let back = app::sheets::read(&file, app::sheets::Limits::default()).expect("a table");
    assert_eq!((back.rows[0].cell(13), back.rows[1].cell(13)), ("", "请填写预算"));
}
