//! Consortia from joining to the award sheet, and bids handed in whole by a program, on both databases.

use std::collections::BTreeMap;

use app::tendering::bid::{HandInBid, WithdrawBid};
use app::tendering::bid_draft::StoredFile;
use app::tendering::bid_upload::UploadFile;
use app::tendering::consortium::{self, JoinConsortium, LeaveConsortium};
use app::tendering::opening::{OpenBids, OpeningOutcome};
use app::tendering::{attendance::Occasion, opening_sheet};
use app::uploads::kept::KeepFile;
use app::{Act, City, Cx, Error, RequestKey, args, journal};
use domain::kernel::{Actor, BidId, Coded, Level, OrganisationId, Role};
use domain::tendering::bid::{BidPart, Statement};

use crate::room::{NO_KEY, NUMBER, PLAN, Plan, Room, code, codes, deadline};
use crate::support::on_both;

const FIVE: Plan = Plan { bidders: 5, ..PLAN };

fn content(price: &str) -> BTreeMap<String, String> {
    let mut fields: BTreeMap<String, String> =
        [("price", price), ("project_lead", "甲"), ("contact_name", "乙"), ("contact_phone", "025")]
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .into();
    fields.extend(Statement::ALL.iter().map(|one| (format!("statements.{}", one.code()), "yes".to_owned())));
    fields.extend(BidPart::ALL.iter().map(|part| (format!("parts.{}", part.code()), "内容".to_owned())));
    fields
}

impl Room {
    fn alone(&self, price: &str) -> HandInBid {
        HandInBid { tender: self.tender, fields: content(price), files: Vec::new(), agreement: None }
    }

    fn together(&self, members: &[usize], agreement: &str) -> HandInBid {
        let mut fields = content("90000");
        fields.insert(
            "members".into(),
            members.iter().map(|number| code(*number)).collect::<Vec<_>>().join("\n"),
        );
        fields.insert("joint_liability".into(), "yes".into());
        let agreement = Some(agreement.to_owned());
        HandInBid { tender: self.tender, fields, files: Vec::new(), agreement }
    }

    async fn upload(&self, city: &City, number: usize, bytes: &[u8]) -> String {
        let file = StoredFile::store(city, "C30", "协议.pdf", bytes).expect("a file");
        let upload = UploadFile { tender: self.tender, file };
        city.act(self.user(number), &NO_KEY, &upload).await.expect("kept")
    }

    async fn join(&self, city: &City, member: usize, lead: usize) -> Result<(), Error> {
        let join = JoinConsortium { tender: self.tender, lead: code(lead), accepts_liability: true };
        city.act(self.user(member), &NO_KEY, &join).await
    }

    fn user(&self, number: usize) -> &Actor {
        &self.bidders[number].user
    }

    async fn open(&self, city: &City) -> OpeningOutcome {
        assert!(city.clock.move_to(deadline()));
        self.attend(city, &self.witness, Occasion::Opening).await;
        city.act(&self.lead, &NO_KEY, &OpenBids { tender: self.tender }).await.expect("opened")
    }
}

/// The register learns something after the bid.
struct ListAsSerious(OrganisationId);

impl Act for ListAsSerious {
    type Outcome = ();
    const NAME: &'static str = "test.list_as_serious";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let sql = "SELECT version FROM organisation WHERE id = $1";
        let (version,): (i64,) = cx.tx.one(sql, args![self.0]).await?;
        cx.update(&journal::ORGANISATION, self.0.0, version, &[("listing", "serious".into())]).await
    }
}

async fn rows(city: &City, table: &str) -> i64 {
    city.db.number(&format!("SELECT count(*) FROM {table}"), &[]).await.expect("a count")
}

#[tokio::test]
async fn a_bid_is_handed_in_whole_or_leaves_nothing() {
    on_both(async |city| {
        let room = Room::new(&city, PLAN).await;
        let before = rows(&city, "journal").await;
        let dear = city.act(room.user(0), &NO_KEY, &room.alone("99000000")).await;
        assert_eq!(codes(dear), ["tendering.price-over-ceiling"]);
        for table in ["bid", "bid_draft"] {
            assert_eq!(rows(&city, table).await, 0, "{table}");
        }
        assert_eq!(rows(&city, "journal").await, before, "a refused bid is not told of");
        let key = RequestKey::Given { key: "k".into(), digest: "d".into() };
        let receipt = city.act(room.user(0), &key, &room.alone("90000")).await.expect("received");
        assert_eq!(city.act(room.user(0), &key, &room.alone("90000")).await, Ok(receipt));
        assert_eq!((rows(&city, "bid").await, rows(&city, "journal").await), (1, before + 1));
        let digest = room.upload(&city, 0, b"%PDF-1.7 own").await;
        assert_eq!(room.upload(&city, 0, b"%PDF-1.7 own").await, digest, "the same file once");
        let named = |files: Vec<String>| HandInBid { files, ..room.alone("89000") };
        let stranger = city.act(room.user(1), &NO_KEY, &named(vec![digest.clone()])).await;
        assert_eq!(codes(stranger), ["tendering.file-unknown"], "a digest opens nobody else's file");
        assert_eq!(rows(&city, "bid").await, 1, "and the bid is not half received");
        city.act(room.user(0), &NO_KEY, &named(vec![digest.clone()])).await.expect("replaced");
        let file = StoredFile::store(&city, "X2", "方案.pdf", b"%PDF-1.7 kept").expect("a file");
        let kept = city.act(room.user(0), &NO_KEY, &KeepFile { file }).await.expect("kept");
        let stranger = city.act(room.user(1), &NO_KEY, &named(vec![kept.clone()])).await;
        assert_eq!(codes(stranger), ["tendering.file-unknown"], "nor does what was kept for any act");
        city.act(room.user(0), &NO_KEY, &named(vec![digest, kept])).await.expect("replaced again");
        let package = "SELECT count(*) FROM bid WHERE edition = 3 AND state = 'submitted'";
        assert_eq!(city.db.number(package, &[]).await, Ok(1));
        assert!(city.clock.move_to(deadline()));
        let late = city.act(room.user(1), &NO_KEY, &room.alone("90000")).await;
        assert_eq!(codes(late), ["tendering.deadline-passed"]);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn members_join_by_their_own_word_before_a_lead_may_name_them() {
    on_both(async |city| {
        let room = Room::new(&city, FIVE).await;
        let agreement = room.upload(&city, 0, b"%PDF-1.7 joint").await;
        let joint = room.together(&[1], &agreement);
        let unasked = city.act(room.user(0), &NO_KEY, &joint).await;
        assert_eq!(codes(unasked), ["tendering.member-not-joined"]);
        assert_eq!(codes(room.join(&city, 1, 1).await), ["tendering.member-is-lead"]);
        let wrong = JoinConsortium { tender: room.tender, lead: code(77), accepts_liability: true };
        assert_eq!(codes(city.act(room.user(1), &NO_KEY, &wrong).await), ["tendering.member-unknown"]);
        room.join(&city, 1, 0).await.expect("joined");
        assert_eq!(codes(room.join(&city, 1, 2).await), ["tendering.already-joined"]);
        let alone = city.act(room.user(1), &NO_KEY, &room.alone("90000")).await;
        assert_eq!(
            codes(alone),
            ["tendering.joined-elsewhere"],
            "its own word, so this tells it nothing new"
        );
        for (bid, expected) in [
            (HandInBid { agreement: None, ..joint.clone() }, vec!["tendering.joint-agreement-missing"]),
            (room.together(&[0], &agreement), vec!["tendering.member-is-lead"]),
            (room.together(&[1, 1], &agreement), vec!["tendering.member-twice"]),
            (room.together(&[1, 77], &agreement), vec!["tendering.member-unknown"]),
            (room.together(&[], &agreement), vec!["tendering.members-missing"]),
        ] {
            assert_eq!(codes(city.act(room.user(0), &NO_KEY, &bid).await), expected);
        }
        city.act(room.user(0), &NO_KEY, &joint).await.expect("received");
        let own = room.bidders[1].organisation;
        let held = consortium::own_joining(&city, room.tender, own).await.expect("read").expect("joined");
        assert_eq!(held.uscc, code(0));
        assert_eq!(codes(room.join(&city, 0, 2).await), ["tendering.own-bid-stands"]);
        city.act(room.user(0), &NO_KEY, &WithdrawBid { tender: room.tender, version: 1 })
            .await
            .expect("back");
        room.join(&city, 0, 2).await.expect("free again");
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn the_opening_shows_lead_and_members_and_judges_each() {
    on_both(async |city| {
        let room = Room::new(&city, FIVE).await;
        let agreement = room.upload(&city, 0, b"%PDF-1.7 joint").await;
        room.join(&city, 1, 0).await.expect("joined");
        city.act(room.user(0), &NO_KEY, &room.together(&[1], &agreement)).await.expect("received");
        for number in [2, 3] {
            city.act(room.user(number), &NO_KEY, &room.alone("91000")).await.expect("received");
        }
        let listed = ListAsSerious(room.bidders[1].organisation);
        city.act(&Actor::SYSTEM, &NO_KEY, &listed).await.expect("listed since");
        assert_eq!(room.open(&city).await, OpeningOutcome::Opened(3));
        let sheet = opening_sheet::read(&city, &Actor::VISITOR, NUMBER).await.expect("a sheet");
        let joint = sheet.lines.iter().find(|line| line.uscc == code(0)).expect("a line");
        assert!(!joint.is_eligible, "a member that may not bid bars the whole");
        let barred =
            |code: &str| joint.eligibility.iter().any(|one| one.code == code && one.level == Level::Barred);
        assert!(barred("tendering.members-eligible") && !barred("tendering.members-joined"));
        let [member] = &joint.members[..] else { panic!("one member: {:?}", joint.members) };
        assert_eq!(
            (member.uscc.as_str(), member.has_joined, member.is_eligible),
            (code(1).as_str(), true, false)
        );
        assert!(member.eligibility.len() >= 10, "every condition of the member is frozen");
        assert!(sheet.lines.iter().filter(|line| line.members.is_empty()).all(|line| line.is_eligible));
        let (file, bytes) = opening_sheet::agreement(&city, &sheet.case, joint.bid).await.expect("a file");
        assert_eq!((file.name.as_str(), &bytes[..]), ("协议.pdf", &b"%PDF-1.7 joint"[..]));
        let none = opening_sheet::agreement(&city, &sheet.case, BidId(1)).await;
        assert_eq!(none.err(), Some(Error::NotFound));
        let sql = "SELECT count(*) FROM bid WHERE proposal LIKE '%协议%'";
        assert_eq!(city.db.number(sql, &[]).await, Ok(0), "the committee reads no names");
    })
    .await;
}

#[tokio::test]
async fn a_member_that_left_and_bid_alone_voids_the_bid_that_still_names_it() {
    on_both(async |city| {
        let room = Room::new(&city, FIVE).await;
        let agreement = room.upload(&city, 0, b"%PDF-1.7 joint").await;
        room.join(&city, 1, 0).await.expect("joined");
        city.act(room.user(0), &NO_KEY, &room.together(&[1], &agreement)).await.expect("received");
        city.act(room.user(1), &NO_KEY, &LeaveConsortium { tender: room.tender }).await.expect("left");
        for number in [1, 2, 3] {
            city.act(room.user(number), &NO_KEY, &room.alone("91000")).await.expect("received");
        }
        assert_eq!(room.open(&city).await, OpeningOutcome::Opened(4));
        let sheet = opening_sheet::read(&city, &Actor::VISITOR, NUMBER).await.expect("a sheet");
        for line in &sheet.lines {
            assert_eq!(line.is_eligible, line.uscc != code(0), "{}", line.organisation);
        }
        let left = city.act(room.user(1), &NO_KEY, &LeaveConsortium { tender: room.tender }).await;
        assert_eq!(codes(left), ["tendering.deadline-passed"]);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}
