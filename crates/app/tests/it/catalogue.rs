//! The catalogue's story, and what is refused along the way.

use app::access::offices::{AddOffice, AppointDirector};
use app::access::people::AddPerson;
use app::catalogue::measures as editions;
use app::catalogue::read::{self, Filter};
use app::catalogue::*;
use app::{Act, City, Error, RequestKey, journal};
use domain::catalogue::{FunctionKind, FundSource, ItemScope, ItemStage, NegativeListRow, RowAnswer};
use domain::kernel::{Actor, Coded, Fen, ItemId, MeasuresId, OfficeId, PersonId, Role, Scope};

use crate::support::{on_both, system};

/// A bureau with one office, its director and staff, and two purchase leads.
pub struct Bureau {
    office: OfficeId,
    director: Actor,
    pub staff: Actor,
    author: Actor,
    reviewer: Actor,
}

pub async fn act<A: Act>(city: &City, actor: &Actor, command: A) -> Result<A::Outcome, Error> {
    city.act(actor, &RequestKey::None, &command).await
}

async fn person(city: &City, login: &str) -> PersonId {
    let person = AddPerson {
        login: login.to_owned(),
        name: format!("示例{login}"),
        password_hash: "-".to_owned(),
        is_demo: true,
    };
    act(city, &system(), person).await.expect("a person")
}

async fn office(city: &City, code: &str) -> OfficeId {
    let name = format!("示例处 {code}");
    let office = AddOffice { code: code.into(), name, name_en: code.into(), duties: "示例".into() };
    act(city, &system(), office).await.expect("an office")
}

pub async fn bureau(city: &City) -> Bureau {
    let office = office(city, "fushi").await;
    let director = person(city, "director").await;
    let appointed = AppointDirector { office, person: director, handover: String::new() };
    act(city, &system(), appointed).await.expect("a director");
    let lead = |person| Actor::new(person, Role::PurchaseLead, Scope::City).with_fresh_password();
    Bureau {
        office,
        director: Actor::new(director, Role::OfficeDirector, Scope::Office(office)).with_fresh_password(),
        staff: Actor::new(person(city, "staff").await, Role::OfficeStaff, Scope::Office(office)),
        author: lead(person(city, "lead-a").await),
        reviewer: lead(person(city, "lead-b").await),
    }
}

fn content(title: &str, yuan: i64) -> ItemContent {
    ItemContent {
        title: title.into(),
        function: FunctionKind::Rating,
        why_purchasable: "事务性、辅助性工作，等级由本局作出".into(),
        quantity: "120家".into(),
        standard: "按评估指标逐项打分并出具报告".into(),
        ceiling: Fen::yuan(yuan),
        budget: Fen::yuan(yuan),
        fund_source: FundSource::DepartmentBudget,
        scope: ItemScope::City,
        recipients: "参评社会组织".into(),
        performance_standard: "按期完成，满意率不低于90%".into(),
        excludes_affiliates: true,
    }
}

fn answers() -> Vec<RowAnswer> {
    let answer = |row: &NegativeListRow| RowAnswer { row: *row, applies: false, reason: "不属于".into() };
    NegativeListRow::ALL.iter().map(answer).collect()
}

fn text() -> MeasuresText {
    MeasuresText {
        title: "购买服务实施办法（试行）".into(),
        document_no: "宁民社〔2014〕示例1号".into(),
        special_body: "由社管局牵头".into(),
        list: "按年编制".into(),
        procedure: "一律公开竞标".into(),
        performance_standards: "专家、服务对象、购买方三方评价".into(),
        responsibilities: "处长负责制".into(),
    }
}

async fn version(city: &City, table: &str, id: i64) -> i64 {
    city.db.number(&format!("SELECT version FROM {table} WHERE id = {id}"), &[]).await.expect("a version")
}

async fn propose(city: &City, bureau: &Bureau, title: &str, yuan: i64) -> ItemId {
    act(city, &bureau.staff, ProposeItem { year: 2014, content: content(title, yuan) })
        .await
        .expect("an item")
}

async fn sign(city: &City, bureau: &Bureau, item: ItemId, answers: Vec<RowAnswer>) -> Result<(), Error> {
    let version = version(city, "item", item.0).await;
    act(city, &bureau.director, SignNegativeList { item, version, answers }).await
}

async fn review(city: &City, actor: &Actor, item: ItemId, verdict: Verdict, note: &str) -> Result<(), Error> {
    let version = version(city, "item", item.0).await;
    act(city, actor, ReviewItem { item, version, verdict, note: note.into() }).await
}

async fn reviewed(city: &City, bureau: &Bureau, title: &str, yuan: i64) -> ItemId {
    let item = propose(city, bureau, title, yuan).await;
    sign(city, bureau, item, answers()).await.expect("signed");
    review(city, &bureau.reviewer, item, Verdict::Accept, "").await.expect("reviewed");
    item
}

async fn measures(city: &City, bureau: &Bureau) -> MeasuresId {
    let measures = act(city, &bureau.author, DraftMeasures { text: text() }).await.expect("a draft");
    act(city, &bureau.reviewer, PublishMeasures { measures, version: 1 }).await.expect("published");
    measures
}

fn codes<T: std::fmt::Debug>(answer: Result<T, Error>) -> Vec<&'static str> {
    match answer {
        Err(Error::Refused(refusal)) => vec![refusal.code],
        Err(Error::Invalid(refusals)) => refusals.iter().map(|refusal| refusal.code).collect(),
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn from_proposal_to_batch_the_catalogue_sums_to_its_rows() {
    on_both(async |city| {
        let bureau = bureau(&city).await;
        measures(&city, &bureau).await;
        let first = reviewed(&city, &bureau, "社会组织评估", 200_000).await;
        let second = reviewed(&city, &bureau, "千年古镇评定", 80_000).await;
        let listed = act(&city, &bureau.author, PublishCatalogue { year: 2014 }).await.expect("published");
        assert_eq!(listed, 2);
        let catalogue = read::catalogue(&city, 2014, &Filter::default()).await.expect("a catalogue");
        let header = catalogue.header.expect("a header");
        assert_eq!((header.item_count, header.office_count), (2, 1));
        assert_eq!(header.total_fen, Fen::yuan(280_000));
        assert_eq!(
            (catalogue.total, catalogue.offices.len(), catalogue.kinds.len()),
            (header.total_fen, 1, 1)
        );
        assert_eq!(catalogue.items[0].code, "2014-FUSHI-01");
        assert_eq!(catalogue.items[1].code, "2014-FUSHI-02");
        assert_eq!(catalogue.items[0].answers(), answers());
        assert_eq!(catalogue.items[0].signer_name.as_deref(), Some("示例director"));
        let none = Filter { kind: Some(FunctionKind::Training), ..Filter::default() };
        assert!(read::catalogue(&city, 2014, &none).await.expect("a catalogue").items.is_empty());

        let batch = CreateBatch { year: 2014, title: "第一批".into(), item_ids: vec![first, second] };
        let id = act(&city, &bureau.author, batch.clone()).await.expect("a batch");
        let (held, items) = batches::batch(&city, 2014, 1).await.expect("the batch");
        assert_eq!((held.id, held.item_count, items.len()), (id, 2, 2));
        assert_eq!(held.total_fen, Fen::yuan(280_000));
        assert_eq!(
            codes(act(&city, &bureau.author, batch.clone()).await),
            ["catalogue.batch-item-elsewhere"]
        );
        act(&city, &bureau.author, CloseBatch { batch: id, version: 1 }).await.expect("closed");
        let again = CloseBatch { batch: id, version: 2 };
        assert_eq!(codes(act(&city, &bureau.author, again).await), ["catalogue.batch-closed"]);
        act(&city, &bureau.author, batch).await.expect("a second batch");
        assert_eq!(batches::of_year(&city, Some(2014)).await.expect("batches").len(), 2);
        assert_eq!(batches::of_year(&city, None).await.expect("batches").len(), 2);
        assert!(batches::free_items(&city, 2014).await.expect("items").is_empty());
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn no_catalogue_is_published_before_its_measures() {
    on_both(async |city| {
        let bureau = bureau(&city).await;
        let publish = PublishCatalogue { year: 2014 };
        assert_eq!(codes(act(&city, &bureau.author, publish.clone()).await), ["catalogue.nothing-to-list"]);
        let item = reviewed(&city, &bureau, "社会组织评估", 200_000).await;
        assert_eq!(
            codes(act(&city, &bureau.author, publish.clone()).await),
            ["catalogue.no-measures-in-force"]
        );
        let batch = CreateBatch { year: 2014, title: "第一批".into(), item_ids: vec![item] };
        assert_eq!(codes(act(&city, &bureau.author, batch).await), ["catalogue.not-published"]);
        assert!(read::public_item(&city, "2014-FUSHI-01").await.is_err());
        measures(&city, &bureau).await;
        act(&city, &bureau.author, publish).await.expect("published");
        assert_eq!(read::public_item(&city, "2014-FUSHI-01").await.expect("the item").id, item);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn measures_have_five_parts_and_two_people() {
    on_both(async |city| {
        let bureau = bureau(&city).await;
        let blank = DraftMeasures { text: MeasuresText::default() };
        let empty = "catalogue.measures-field-empty";
        assert_eq!(codes(act(&city, &bureau.author, blank).await), [empty, empty]);
        let unfinished = MeasuresText { responsibilities: String::new(), ..text() };
        let id = act(&city, &bureau.author, DraftMeasures { text: unfinished }).await.expect("a draft");
        let publish = |version| PublishMeasures { measures: id, version };
        assert_eq!(
            codes(act(&city, &bureau.reviewer, publish(1)).await),
            ["catalogue.measures-part-missing"]
        );
        let twice = act(&city, &bureau.reviewer, DraftMeasures { text: text() }).await;
        assert_eq!(codes(twice), ["catalogue.measures-draft-open"]);
        let edit = EditMeasures { measures: id, version: 1, text: text() };
        let foreign = act(&city, &bureau.reviewer, edit.clone()).await;
        assert_eq!(codes(foreign), ["catalogue.measures-of-another"]);
        act(&city, &bureau.author, edit.clone()).await.expect("edited");
        assert_eq!(act(&city, &bureau.author, edit.clone()).await, Err(Error::Stale));
        let own = act(&city, &bureau.author, publish(2)).await;
        assert_eq!(codes(own), ["catalogue.measures-published-by-author"]);
        assert_eq!(act(&city, &bureau.reviewer, publish(1)).await, Err(Error::Stale));
        assert!(editions::in_force(&city, city.clock.now()).await.expect("read").is_none());
        act(&city, &bureau.reviewer, publish(2)).await.expect("published");
        let after = EditMeasures { version: 3, ..edit };
        assert_eq!(codes(act(&city, &bureau.author, after).await), ["catalogue.measures-published"]);
        let held = editions::in_force(&city, city.clock.now()).await.expect("read").expect("an edition");
        assert_eq!((held.edition, held.text()), (1, text()));
        let next = act(&city, &bureau.reviewer, DraftMeasures { text: text() }).await.expect("the next");
        assert_ne!(next, id);
        assert_eq!(editions::published(&city).await.expect("read").len(), 1);
        assert_eq!(editions::all(&city).await.expect("read").len(), 2);
        assert_eq!(editions::edition(&city, 2).await.expect("read").published_at, None);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn an_item_without_director_budget_or_standard_is_refused_field_by_field() {
    on_both(async |city| {
        let bureau = bureau(&city).await;
        let bare = ItemContent {
            performance_standard: " ".into(),
            budget: Fen::ZERO,
            ..content("社会组织评估", 200_000)
        };
        let answer = act(&city, &bureau.staff, ProposeItem { year: 2014, content: bare }).await;
        assert_eq!(codes(answer), ["catalogue.field-empty", "catalogue.budget-missing"]);
        let headless = office(&city, "zhengquan").await;
        let staff = Actor::new(person(&city, "other").await, Role::OfficeStaff, Scope::Office(headless));
        let answer =
            act(&city, &staff, ProposeItem { year: 2014, content: content("千年古镇评定", 80_000) }).await;
        assert_eq!(codes(answer), ["catalogue.director-missing"]);
        let answer =
            act(&city, &bureau.staff, ProposeItem { year: 2041, content: content("社会组织评估", 1) }).await;
        assert_eq!(codes(answer), ["catalogue.year-out-of-range"]);
        let count = city.db.number("SELECT count(*) FROM item", &[]).await.expect("a count");
        assert_eq!(count, 0);
    })
    .await;
}

#[tokio::test]
async fn decisions_of_government_are_never_items_whatever_was_ticked() {
    on_both(async |city| {
        let bureau = bureau(&city).await;
        let own = content("社会组织登记审批", 50_000);
        let answer = act(&city, &bureau.staff, ProposeItem { year: 2014, content: own.clone() }).await;
        assert_eq!(codes(answer), ["catalogue.own-duty"]);
        let item = propose(&city, &bureau, "社会组织登记档案整理", 50_000).await;
        let edit = EditItem { item, version: 1, content: own };
        assert_eq!(codes(act(&city, &bureau.staff, edit).await), ["catalogue.own-duty"]);
        let mut ticked = answers();
        ticked[1].applies = true;
        assert_eq!(codes(sign(&city, &bureau, item, ticked).await), ["catalogue.negative-list-applies"]);
        let mut open = answers();
        open.pop();
        assert_eq!(codes(sign(&city, &bureau, item, open).await), ["catalogue.negative-list-row-open"]);
        let unsigned = review(&city, &bureau.reviewer, item, Verdict::Accept, "").await;
        assert_eq!(codes(unsigned), ["catalogue.negative-list-unsigned"]);
    })
    .await;
}

#[tokio::test]
async fn nobody_reviews_his_own_and_a_returned_item_is_signed_again() {
    on_both(async |city| {
        let bureau = bureau(&city).await;
        let item = propose(&city, &bureau, "社会组织评估", 200_000).await;
        sign(&city, &bureau, item, answers()).await.expect("signed");
        // The same persons in another post stay the author and the signer.
        for maker in [&bureau.staff, &bureau.director] {
            let maker = Actor::new(maker.person.expect("a person"), Role::PurchaseLead, Scope::City);
            let own = review(&city, &maker, item, Verdict::Accept, "").await;
            assert_eq!(codes(own), ["catalogue.reviewed-by-author"]);
        }
        let silent = review(&city, &bureau.reviewer, item, Verdict::GiveBack, " ").await;
        assert_eq!(codes(silent), ["catalogue.note-missing"]);
        review(&city, &bureau.reviewer, item, Verdict::GiveBack, "数量请写明").await.expect("given back");
        let back = read::desk_item(&city, &bureau.staff, "2014-FUSHI-01").await.expect("the item");
        assert!(back.is_given_back());
        let edit = EditItem { item, version: back.version, content: content("社会组织评估", 210_000) };
        act(&city, &bureau.staff, edit.clone()).await.expect("edited");
        assert_eq!(act(&city, &bureau.staff, edit.clone()).await, Err(Error::Stale));
        let unsigned = review(&city, &bureau.reviewer, item, Verdict::Accept, "").await;
        assert_eq!(codes(unsigned), ["catalogue.negative-list-unsigned"]);
        sign(&city, &bureau, item, answers()).await.expect("signed again");
        review(&city, &bureau.reviewer, item, Verdict::Accept, "").await.expect("reviewed");
        let late = EditItem { version: back.version + 3, ..edit };
        assert_eq!(codes(act(&city, &bureau.staff, late).await), ["catalogue.item-stage"]);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn strangers_do_not_see_or_touch_an_office_s_items() {
    on_both(async |city| {
        let bureau = bureau(&city).await;
        let item = propose(&city, &bureau, "社会组织评估", 200_000).await;
        let other = office(&city, "zhengquan").await;
        let stranger = Actor::new(person(&city, "stranger").await, Role::OfficeStaff, Scope::Office(other));
        let edit = EditItem { item, version: 1, content: content("社会组织评估", 1_000) };
        assert_eq!(act(&city, &stranger, edit).await, Err(Error::NotFound));
        let withdraw = WithdrawItem { item, version: 1, reason: "误报".into() };
        assert_eq!(act(&city, &stranger, withdraw).await, Err(Error::NotFound));
        assert!(read::desk_item(&city, &stranger, "2014-FUSHI-01").await.is_err());
        assert!(read::desk(&city, &stranger, 2014, None).await.expect("a desk").is_empty());
        let seen =
            read::desk(&city, &bureau.reviewer, 2014, Some(ItemStage::Proposed)).await.expect("a desk");
        assert_eq!(seen.len(), 1);
        let former =
            Actor::new(person(&city, "former").await, Role::OfficeDirector, Scope::Office(bureau.office));
        let signature = SignNegativeList { item, version: 1, answers: answers() };
        let stale = act(&city, &former, signature.clone()).await;
        assert_eq!(stale, Err(Error::PasswordNeeded));
        let answer = act(&city, &former.with_fresh_password(), signature).await;
        assert_eq!(codes(answer), ["catalogue.signer-not-director"]);
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_item_leaves_the_sum_with_its_reason() {
    on_both(async |city| {
        let bureau = bureau(&city).await;
        measures(&city, &bureau).await;
        let gone = reviewed(&city, &bureau, "社会组织评估", 200_000).await;
        reviewed(&city, &bureau, "千年古镇评定", 80_000).await;
        act(&city, &bureau.author, PublishCatalogue { year: 2014 }).await.expect("published");
        let version = version(&city, "item", gone.0).await;
        let silent = WithdrawItem { item: gone, version, reason: " ".into() };
        assert_eq!(codes(act(&city, &bureau.staff, silent).await), ["catalogue.reason-missing"]);
        let withdraw = WithdrawItem { item: gone, version, reason: "预算调整".into() };
        act(&city, &bureau.staff, withdraw).await.expect("withdrawn");
        let catalogue = read::catalogue(&city, 2014, &Filter::default()).await.expect("a catalogue");
        let header = catalogue.header.expect("a header");
        assert_eq!((header.item_count, header.total_fen), (1, Fen::yuan(80_000)));
        let item = read::public_item(&city, "2014-FUSHI-01").await.expect("still to be read");
        assert_eq!((item.stage, item.withdrawn_reason.as_str()), (ItemStage::Withdrawn, "预算调整"));
        let batch = CreateBatch { year: 2014, title: "第一批".into(), item_ids: vec![gone] };
        assert_eq!(codes(act(&city, &bureau.author, batch).await), ["catalogue.batch-item-not-listed"]);
        assert!(read::tenders_of(&city, gone).await.expect("tenders").is_empty());
        assert_eq!(read::years(&city).await.expect("years"), [2014]);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}
