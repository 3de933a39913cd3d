//! What the API says of the one window: as many rows as the tables have, and the pages' own figures.

use app::db::Val;
use app::journal::PENALTY;
use app::registry::figures;
use app::registry::generated::{Plan, generate};
use app::registry::public_lists;
use app::registry::rating::public::{self, Filter};
use app::registry::target::SetTarget;
use app::{Act, Cx, Error, RequestKey};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use domain::kernel::{Actor, Coded, OrganisationId, PersonId, Post, Role, Scope};
use domain::registry::Gate;
use domain::registry::target::Target;
use serde_json::{Value, json};

use crate::planted;
use crate::support::World;

async fn get(world: &World, path: &str) -> (StatusCode, Value) {
    let answer = world.raw(Request::get(path).body(Body::empty()).expect("a request")).await;
    let status = answer.status();
    let bytes = to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
    (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
}

/// Every row of a list, in pages of seven.
async fn walked(world: &World, path: &str) -> Vec<Value> {
    let (mut seen, mut next) = (Vec::new(), format!("{path}?limit=7"));
    loop {
        let (status, page) = get(world, &next).await;
        assert_eq!(status, StatusCode::OK, "{path}: {page}");
        seen.extend(page["items"].as_array().expect("items").clone());
        let Some(cursor) = page["next"].as_str() else { return seen };
        next = format!("{path}?limit=7&cursor={cursor}");
    }
}

#[tokio::test]
async fn each_list_of_the_register_has_its_rows_once() {
    let world = World::new().await;
    let plan = Plan { organisations: 300, years: 5, seed: 4 };
    generate(&world.city, plan, &|_| {}).await.expect("generated");
    for (path, from) in [
        ("/api/v1/inspections", "inspection WHERE state IN ('decided', 'absent')"),
        ("/api/v1/ratings", "rating_grade"),
        ("/api/v1/credit-places", "credit_listing WHERE listed_on IS NOT NULL"),
    ] {
        let held =
            world.city.db.number(&format!("SELECT count(*) FROM {from}"), &[]).await.expect("a number");
        let rows = walked(&world, path).await;
        assert_eq!(i64::try_from(rows.len()).expect("few"), held, "{path}");
        assert!(held > 0, "{path}: the test needs rows");
        let codes: Vec<&str> = rows.iter().filter_map(|row| row["uscc"].as_str()).collect();
        assert!(codes.is_sorted(), "{path}");
        assert!(rows.iter().all(|row| row.get("id").is_none()), "{path}");
        for wrong in ["?cursor=zz", "?cursor=6162", "?limit=0"] {
            assert_eq!(get(&world, &format!("{path}{wrong}")).await.0, StatusCode::UNPROCESSABLE_ENTITY);
        }
    }
    let grades = walked(&world, "/api/v1/ratings").await;
    let held = grades.iter().filter(|row| row["is_in_force"] == json!(true)).count();
    let shown = public::count_in_force(&world.city, &Filter::default()).await.expect("a number");
    assert_eq!(i64::try_from(held), Ok(shown), "the page of ratings counts the same");
    let today = world.city.clock.now().date();
    let found = figures::figures(&world.city, today).await.expect("figures");
    let (_, told) = get(&world, "/api/v1/statistics").await;
    assert_eq!(told["city"]["registered"], json!(found.stock.registered));
    assert_eq!(told["city"]["filed"], json!(found.stock.filed));
    assert_eq!(told["years"].as_array().map(Vec::len), Some(found.years.len()));
    let districts = told["districts"].as_array().expect("districts");
    assert!(districts.iter().all(|row| row["density"].is_i64()), "{districts:?}");
}

#[tokio::test]
async fn standing_promises_offices_and_documents_are_told_as_on_the_pages() {
    let world = World::new().await;
    planted::awarded(&world.city, 12, "awarded").await;
    let (status, standing) =
        get(&world, &format!("/api/v1/organisations/{}/standing", planted::code())).await;
    assert_eq!(status, StatusCode::OK);
    let gates = standing["gates"].as_array().expect("gates");
    let codes: Vec<&str> = gates.iter().filter_map(|gate| gate["gate"].as_str()).collect();
    assert_eq!(codes, Gate::ALL.iter().map(|gate| gate.code()).collect::<Vec<_>>());
    for condition in gates.iter().flat_map(|gate| gate["conditions"].as_array().expect("conditions")) {
        let rule = condition["rule"].as_str().expect("a rule");
        assert_eq!(get(&world, &format!("/rules/{rule}")).await.0, StatusCode::OK, "{rule}");
    }
    let (_, promises) = get(&world, "/api/v1/promises").await;
    let slots = promises["items"].as_array().expect("slots");
    let named = slots.iter().filter(|slot| !slot["promise"].is_null()).count();
    assert_eq!((slots.len(), named), (10, 5), "what nobody published is not invented");
    let post = Post { role: Role::OrganisationBureau, scope: Scope::City };
    let (person, _) = world.reader("bureau", post).await;
    let bureau = Actor::new(person, post.role, post.scope);
    let year = i64::from(world.city.clock.now().date().year());
    let reason = "年度工作要点（示例）".to_owned();
    let set = SetTarget { figure: Target::Stock, year, value: 3, reason };
    world.city.act(&bureau, &RequestKey::None, &set).await.expect("set");
    let (_, targets) = get(&world, "/api/v1/targets").await;
    let first = &targets["items"][0];
    assert_eq!(
        (&first["figure"], &first["year"], &first["value"], &first["replaced_at"]),
        (&json!("stock"), &json!(year), &json!(3), &Value::Null)
    );
    assert!(first["counted"].is_i64() && first["is_reached"].is_boolean(), "{first}");
    let (_, offices) = get(&world, "/api/v1/offices").await;
    assert_eq!(
        (&offices["items"][0]["code"], &offices["items"][0]["director"]),
        (&json!("shezu"), &json!("director（示例）"))
    );
    for missing in ["/api/v1/organisations/none/standing", "/api/v1/documents/AAAA-BBBB-CCCC"] {
        assert_eq!(get(&world, missing).await.0, StatusCode::NOT_FOUND, "{missing}");
    }
}

/// Penalties of a fine of 1,000 yuan and more, the second of them not confirmed, as their own acts would leave them.
struct Penalised(OrganisationId, PersonId);

impl Act for Penalised {
    type Outcome = ();
    const NAME: &'static str = "test.penalise";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        for (number, state) in [("宁民罚〔2013〕1号", "confirmed"), ("宁民罚〔2013〕2号", "recorded")]
        {
            let confirmed = (state == "confirmed").then_some(self.1);
            let values: [(&'static str, Val); 15] = [
                ("organisation_id", self.0.into()),
                ("kind", "fine".into()),
                ("amount_fen", 100_000_i64.into()),
                ("fine_beside_fen", 5_000_i64.into()),
                ("confiscated_fen", 20_000_i64.into()),
                ("offence", "beyond_scope".into()),
                ("document_number", number.into()),
                ("authority", "南京市民政局".into()),
                ("reason", "超出业务范围（示例）".into()),
                ("imposed_on", "2013-12-02".into()),
                ("state", state.into()),
                ("recorded_by", cx.actor.person.into()),
                ("recorded_at", cx.now.into()),
                ("confirmed_by", confirmed.into()),
                ("confirmed_at", confirmed.map(|_| cx.now).into()),
            ];
            let id = cx.id();
            cx.insert(&PENALTY, id, &values).await?;
        }
        Ok(())
    }
}

#[tokio::test]
async fn penalties_are_those_of_the_public_record() {
    let world = World::new().await;
    let p = planted::awarded(&world.city, 12, "awarded").await;
    let path = format!("/api/v1/organisations/{}/penalties", planted::code());
    assert_eq!(get(&world, &path).await, (StatusCode::OK, json!({ "items": [], "next": null })));
    let person = world.person("confirms").await;
    let penalise = Penalised(p.organisation, person);
    world.city.act(&Actor::SYSTEM, &RequestKey::None, &penalise).await.expect("on file");
    let (_, told) = get(&world, &path).await;
    let expected = json!({
        "kind": "fine", "amount_fen": 105_000, "confiscated_fen": 20_000, "offence": "beyond_scope",
        "document": "宁民罚〔2013〕1号", "authority": "南京市民政局", "reason": "超出业务范围（示例）",
        "imposed_on": "2013-12-02", "until_on": null
    });
    assert_eq!(told["items"], json!([expected]), "what nobody confirmed is nobody's business");
    let record = public_lists::record(&world.city, &planted::code()).await.expect("a record");
    assert_eq!(record.penalties.len(), 1);
    assert_eq!(get(&world, "/api/v1/organisations/none/penalties").await.0, StatusCode::NOT_FOUND);
}
