//! From sealed bids to a public result, page by page, as the people of one tender go through it.

use axum::http::StatusCode;
use domain::kernel::{BidId, PersonId, Post, Role, Scope};

use crate::room::{self, NUMBER, PLAN, Room};
use crate::support::{Reader, World};

/// Asks for a page in both languages; it must be there and hold no message key in place of a sentence.
pub async fn read(world: &World, reader: &Reader, path: &str) -> String {
    let mut chinese = String::new();
    for prefix in ["/en", ""] {
        let answer = world.get_as(reader, &format!("{prefix}{path}")).await;
        let text = answer.text();
        assert_eq!(answer.status, StatusCode::OK, "{prefix}{path}: {text}");
        for key in
            [">review-", "seat-state-", "finding-registry", "session-kind-", "decided-by-", "end-reason-"]
        {
            assert!(!text.contains(key), "{prefix}{path} shows the key {key}");
        }
        chinese = text;
    }
    chinese
}

/// Sends a form; it must be done.
pub async fn send(world: &World, reader: &Reader, path: &str, fields: &[(&str, &str)]) {
    let answer = world.post_as(reader, path, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.text());
}

pub fn desk(page: &str) -> String {
    format!("/desk/tenders/{NUMBER}/{page}")
}

pub fn public(page: &str) -> String {
    format!("/tenders/{NUMBER}/{page}")
}

pub fn own(page: &str) -> String {
    format!("/expert/{NUMBER}{page}")
}

/// The readers behind the accepted or invited seats, in order.
pub async fn members(world: &World, room: &Room) -> Vec<Reader> {
    let mut readers = Vec::new();
    for seat in room::seats(&world.city).await {
        let place = room.experts.iter().position(|one| one.user.person == Some(seat.person));
        readers.push(world.sign_in(&format!("expert{}", place.expect("an expert"))).await);
    }
    readers
}

#[tokio::test]
async fn three_bids_go_from_the_room_to_a_public_result() {
    let world = World::new().await;
    let room = Room::new(&world.city, PLAN).await;
    for (number, yuan) in [100_000, 120_000, 137_500].into_iter().enumerate() {
        room.bid(&world.city, number, yuan).await;
    }
    let visitor = Reader::default();
    let tender = format!("/tenders/{NUMBER}");
    let tabs = read(&world, &visitor, &tender).await;
    assert!(tabs.contains(&public("opening")) && !tabs.contains(&public("result")));
    let before = read(&world, &visitor, &public("opening")).await;
    assert!(!before.contains("示例社会组织"), "nothing betrays a bid before the opening");
    assert!(world.city.clock.move_to(room::deadline()));
    opening(&world).await;
    qualification(&world).await;
    panel_and_sessions(&world, &room).await;
    experts(&world, &room).await;
    scores(&world, &room).await;
    recheck(&world, &room).await;
    result(&world, &room).await;
}

async fn opening(world: &World) {
    let (lead, witness) = (world.sign_in("lead").await, world.sign_in("witness").await);
    let alone = world.post_as(&lead, &desk("opening"), &[("act", "open")]).await;
    assert_eq!(alone.status, StatusCode::UNPROCESSABLE_ENTITY);
    send(world, &witness, &desk("opening"), &[("act", "attend")]).await;
    send(world, &lead, &desk("opening"), &[("act", "open")]).await;
    let room = read(world, &Reader::default(), &public("opening")).await;
    assert!(room.contains("壹拾万元整") && room.contains("示例社会组织0"));
    read(world, &Reader::default(), &public("opening/record")).await;
    read(world, &lead, &desk("opening")).await;
    let early = world.get(&public("result")).await;
    assert_eq!(early.status, StatusCode::NOT_FOUND);
}

pub async fn qualification(world: &World) {
    let staff = world.sign_in("staff").await;
    read(world, &staff, &desk("qualification")).await;
    for (bid, version, _) in room::bids(&world.city).await {
        let (bid, version) = (bid.0.to_string(), version.to_string());
        let silent = [("act", "bar"), ("bid", bid.as_str()), ("version", version.as_str())];
        let answer = world.post_as(&staff, &desk("qualification"), &silent).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fields = [("act", "pass"), ("bid", bid.as_str()), ("version", version.as_str())];
        send(world, &staff, &desk("qualification"), &fields).await;
    }
    send(world, &staff, &desk("qualification"), &[("act", "close")]).await;
}

pub async fn panel_and_sessions(world: &World, room: &Room) {
    let lead = world.sign_in("lead").await;
    read(world, &lead, "/desk/experts").await;
    read(world, &lead, &format!("/desk/experts/{}", room.experts[0].expert.0)).await;
    send(world, &lead, &desk("panel"), &[("act", "draw")]).await;
    let staff = world.sign_in("staff").await;
    let hidden = read(world, &staff, &desk("panel")).await;
    assert!(!hidden.contains("expert0（示例）"), "the office does not learn who was drawn");
    assert_eq!(world.get(&public("draw")).await.status, StatusCode::NOT_FOUND);
    read(world, &lead, &desk("panel")).await;
    let members = members(world, room).await;
    for member in &members {
        read(world, member, "/expert").await;
        read(world, member, &own("")).await;
        send(world, member, &own(""), &[("act", "accept")]).await;
    }
    for kind in ["live", "review"] {
        let (place, starts) = (format!("place-{kind}"), format!("starts_at-{kind}"));
        let wrong = [("act", "schedule"), ("kind", kind), (place.as_str(), ""), (starts.as_str(), "x")];
        let answer = world.post_as(&lead, &desk("sessions"), &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let right = [
            ("act", "schedule"),
            ("kind", kind),
            (place.as_str(), "会议室"),
            (starts.as_str(), "2014-02-21T09:00"),
        ];
        send(world, &lead, &desk("sessions"), &right).await;
        for member in &members {
            send(world, member, &own(""), &[("act", kind)]).await;
        }
    }
    send(world, &lead, &desk("sessions"), &[("act", "start"), ("kind", "live")]).await;
    for position in ["1", "2", "3"] {
        for act in ["call", "done"] {
            send(world, &lead, &desk("sessions"), &[("act", act), ("kind", "live"), ("position", position)])
                .await;
            read(world, &Reader::default(), &public("session")).await;
        }
    }
    send(world, &lead, &desk("sessions"), &[("act", "end"), ("kind", "live")]).await;
    send(world, &lead, &desk("sessions"), &[("act", "start"), ("kind", "review")]).await;
    read(world, &lead, &desk("sessions")).await;
}

/// The pool grows and ties are declared, each fault beside its field.
async fn experts(world: &World, room: &Room) {
    let lead = world.sign_in("lead").await;
    let post = Post { role: Role::Expert, scope: Scope::City };
    let (newcomer, fresh) = world.reader("newcomer", post).await;
    assert_eq!(world.get_as(&fresh, "/expert/relations").await.status, StatusCode::NOT_FOUND);
    let page = read(world, &lead, "/desk/experts/new").await;
    assert!(page.contains("newcomer") && !page.contains("expert0"), "only those not in the pool");
    let person = newcomer.0.to_string();
    let record = [("title", "副教授"), ("fields", "社会工作"), ("employer", "示例大学")];
    let typed = |born| [&record[..], &[("person", person.as_str()), ("born_on", born)]].concat();
    for wrong in [typed("yesterday"), vec![("born_on", "1970-01-01")]] {
        let answer = world.post_as(&lead, "/desk/experts/new", &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("govuk-error-message"), "the fault stands beside its field");
    }
    let lead_person = room.lead.person.expect("a person").0.to_string();
    let no_post = [&record[..], &[("person", lead_person.as_str()), ("born_on", "1970-01-01")]].concat();
    let answer = world.post_as(&lead, "/desk/experts/new", &no_post).await;
    assert!(answer.text().contains("专家岗位"), "{}", answer.text());
    send(world, &lead, "/desk/experts/new", &typed("1970-01-01")).await;
    assert!(read(world, &lead, "/desk/experts").await.contains("副教授"));
    assert!(read(world, &fresh, "/expert").await.contains("/expert/relations"));
    read(world, &fresh, "/expert/relations").await;
    let nobody = [("organisation", "911"), ("kind", "employed"), ("ended_on", "")];
    let answer = world.post_as(&fresh, "/expert/relations", &nobody).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let code = room::code(1);
    let tie = [("organisation", code.as_str()), ("kind", "employed"), ("ended_on", "")];
    send(world, &fresh, "/expert/relations", &tie).await;
    assert!(read(world, &fresh, "/expert/relations").await.contains("示例社会组织1"));
    take_back(world, &fresh, &lead, newcomer).await;
}

/// The tie is called an error, confirmed on the desk, and stays on record.
async fn take_back(world: &World, expert: &Reader, lead: &Reader, person: PersonId) {
    let (own, page) = ("/expert/relations", read(world, expert, "/expert/relations").await);
    let held =
        page.split("name=\"tie\" type=\"radio\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let tie = held.expect("a tie to take back");
    let form =
        |how, reason| [("act", "back"), ("tie", tie), ("how", how), ("reason", reason), ("last_day", "")];
    for wrong in [form("", "填错单位"), form("error", " "), form("ended", "已离职")] {
        let answer = world.post_as(expert, own, &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("govuk-error-message"), "{wrong:?}: {}", answer.text());
    }
    send(world, expert, own, &form("error", "填错单位")).await;
    assert!(read(world, expert, own).await.contains("待采购牵头人确认"));
    let sql = "SELECT id FROM expert WHERE person_id = $1";
    let (id,): (i64,) = world.city.db.one(sql, app::args![person]).await.expect("an expert");
    let desk = format!("/desk/experts/{id}");
    let page = read(world, lead, &desk).await;
    assert!(page.contains("填错单位") && page.contains("value=\"confirm\""));
    let held = page.split("name=\"tie\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    send(world, lead, &desk, &[("act", "confirm"), ("tie", held.expect("a tie"))]).await;
    let page = read(world, expert, own).await;
    assert!(page.contains("已确认") && page.contains("示例社会组织1"), "nothing is deleted");
}

/// Three of five members doubt a score, its giver corrects it.
async fn recheck(world: &World, room: &Room) {
    let all = members(world, room).await;
    let seats = room::seats(&world.city).await;
    let (bid, seat) = (room::bids(&world.city).await[0].0.0.to_string(), seats[0].seat.0.to_string());
    let page = read(world, &all[0], &own("/recheck")).await;
    assert!(page.contains("48.00") && !page.contains("示例社会组织"), "scores, but no names of bidders");
    let lead = world.sign_in("lead").await;
    assert_eq!(world.get_as(&lead, &own("/recheck")).await.status, StatusCode::NOT_FOUND);
    let correct = |ground, after| {
        let spot = [("act", "correct"), ("bid", bid.as_str()), ("position", "2"), ("reason", "漏计一项")];
        [&spot[..], &[("ground", ground), ("after", after)]].concat()
    };
    for wrong in [correct("wrong_sum", "49"), correct("extreme", "49"), correct("wrong_sum", "many")] {
        let answer = world.post_as(&all[0], &own("/recheck"), &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("漏计一项") && answer.text().contains("govuk-error-message"));
    }
    let doubt = [("act", "doubt"), ("member", seat.as_str()), ("of_bid", bid.as_str()), ("of_position", "2")];
    let own_doubt = world.post_as(&all[0], &own("/recheck"), &doubt).await;
    assert_eq!(own_doubt.status, StatusCode::UNPROCESSABLE_ENTITY);
    for member in &all[1..4] {
        send(world, member, &own("/recheck"), &doubt).await;
    }
    send(world, &all[0], &own("/recheck"), &correct("wrong_sum", "49")).await;
    assert!(read(world, &all[1], &own("/recheck")).await.contains("漏计一项"));
}

pub async fn scores(world: &World, room: &Room) {
    for member in members(world, room).await {
        for (bid, _, _) in room::bids(&world.city).await {
            let bid = bid.0.to_string();
            send(world, &member, &own("/scores"), &[("act", "vote"), ("bid", bid.as_str())]).await;
        }
    }
    for member in members(world, room).await {
        let page = read(world, &member, &own("/scores")).await;
        assert!(!page.contains("100,000") && !page.contains("示例社会组织"), "no price and no name");
        let file = world.get_as(&member, &own("/files/A/1")).await;
        assert!(file.bytes.starts_with(b"%PDF-1.7") && file.kind == "application/pdf");
        assert_eq!(world.get_as(&member, &own("/files/A/2")).await.status, StatusCode::NOT_FOUND);
        let names: Vec<(String, &str)> = ["A", "B", "C"]
            .into_iter()
            .flat_map(|alias| {
                [("2", "48"), ("3", "9"), ("4", "16.5")]
                    .map(|(at, points)| (format!("scores.{alias}.{at}"), points))
            })
            .collect();
        let mut fields: Vec<(&str, &str)> =
            names.iter().map(|(name, points)| (name.as_str(), *points)).collect();
        let wrong = [("act", "save"), ("scores.A.2", "sixty"), ("scores.A.3", "9")];
        let answer = world.post_as(&member, &own("/scores"), &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("sixty"), "what was typed is still there");
        fields.push(("act", "lock"));
        send(world, &member, &own("/scores"), &fields).await;
        read(world, &member, &own("/scores")).await;
    }
}

async fn result(world: &World, room: &Room) {
    let lead = world.sign_in("lead").await;
    read(world, &lead, &desk("review")).await;
    send(world, &lead, &desk("review"), &[]).await;
    for member in members(world, room).await {
        read(world, &member, &own("/report")).await;
        send(world, &member, &own("/report"), &[("dissent", "")]).await;
    }
    let director = world.sign_in("director").await;
    read(world, &director, &desk("result")).await;
    let order: Vec<(BidId,)> =
        world.city.db.all("SELECT bid_id FROM ranking ORDER BY rank", &[]).await.expect("a ranking");
    let [first, second] = [order[0].0.0.to_string(), order[1].0.0.to_string()];
    let skipped = [("act", "decide"), ("bid", second.as_str())];
    let answer = world.post_as(&director, &desk("result"), &skipped).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    send(world, &director, &desk("result"), &[("act", "decide"), ("bid", first.as_str())]).await;
    let visitor = Reader::default();
    for page in ["result", "draw", "report", "opening"] {
        read(world, &visitor, &public(page)).await;
    }
    assert!(read(world, &visitor, &public("result")).await.contains("漏计一项"), "corrections are public");
    let tabs = read(world, &visitor, &format!("/tenders/{NUMBER}")).await;
    assert!(tabs.contains(&public("result")) && tabs.contains(&public("draw")));
    assert!(read(world, &visitor, "/results").await.contains("示例社会组织0"));
    let own = read(world, &world.sign_in("bidder1").await, &format!("/me/bids/{NUMBER}/result")).await;
    assert!(own.contains("第 2 名") || own.contains("第 \u{2068}2\u{2069} 名"), "{own}");
    read(world, &director, &desk("result")).await;
}
