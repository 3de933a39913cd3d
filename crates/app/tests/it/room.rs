//! A tender in its bidding stage with everyone around it, so that stories about opening, review and award
//! can begin at the deadline. What comes before has its own tests; its rows are planted in one act.

use app::access::offices::{AddOffice, AppointDirector};
use app::access::people::{AddPerson, GivePost};
use app::db::Val;
use app::journal::{BATCH, CRITERION, ITEM, ORGANISATION, TENDER};
use app::tendering::attendance::{Occasion, RecordAttendance};
use app::tendering::bid::SubmitBid;
use app::tendering::bid_draft::{AttachFile, SaveDraft, StoredFile};
use app::tendering::expert::{AddExpert, ExpertRecord};
use app::tendering::opening::{OpenBids, OpeningOutcome};
use app::{Act, City, Cx, Error, RequestKey};
use domain::kernel::{
    Actor, BidId, Coded, CreditCode, ExpertId, Moment, OfficeId, OrganisationId, PersonId, Post, Role, Scope,
    SeatId, TenderId,
};
use domain::tendering::bid::{BidPart, Statement};

pub const NO_KEY: RequestKey = RequestKey::None;
pub const NUMBER: &str = "NJGZ-2014-001";

/// Friday 2014-02-21, 09:00: the deadline of the seed's first seven tenders.
pub fn deadline() -> Moment {
    moment("2014-02-21", 9)
}

pub fn moment(day: &str, hour: i8) -> Moment {
    Moment::beijing(day.parse().expect("a date"), hour, 0)
}

/// A bidder with its user.
pub struct Bidder {
    pub organisation: OrganisationId,
    pub user: Actor,
}

/// An expert with its user.
pub struct PoolMember {
    pub expert: ExpertId,
    pub user: Actor,
}

/// Everyone around one tender.
pub struct Room {
    pub tender: TenderId,
    pub office: OfficeId,
    pub staff: Actor,
    pub director: Actor,
    pub lead: Actor,
    pub witness: Actor,
    pub bidders: Vec<Bidder>,
    pub experts: Vec<PoolMember>,
}

/// What may be particular to a tender.
#[derive(Clone, Copy)]
pub struct Plan {
    pub bidders: usize,
    pub experts: usize,
    pub panel_size: i64,
    pub rules_on: &'static str,
}

pub const PLAN: Plan = Plan { bidders: 3, experts: 8, panel_size: 5, rules_on: "2014-01-06" };

struct Plant {
    plan: Plan,
    office: OfficeId,
    author: PersonId,
    lead: PersonId,
}

impl Act for Plant {
    type Outcome = TenderId;
    const NAME: &'static str = "test.plant_room";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<TenderId, Error> {
        let (batch, item, tender) = (cx.id(), cx.id(), cx.id());
        let row = [
            ("year", 2014_i64.into()),
            ("number", 1_i64.into()),
            ("title", "首批".into()),
            ("created_at", cx.now.into()),
        ];
        cx.insert(&BATCH, batch, &row).await?;
        cx.insert(&ITEM, item, &self.item(batch)).await?;
        cx.insert(&TENDER, tender, &self.tender(cx, item, batch)).await?;
        let table = [
            ("价格", "price", 10),
            ("服务方案", "quality", 60),
            ("业绩", "quality", 10),
            ("现场陈述", "presentation", 20),
        ];
        for (place, (name, kind, weight)) in table.into_iter().enumerate() {
            let id = cx.id();
            let row = [
                ("tender_id", tender.into()),
                ("position", (place + 1).into()),
                ("name", name.into()),
                ("detail", "按标准".into()),
                ("kind", kind.into()),
                ("weight", i64::from(weight).into()),
                ("is_objective", (name == "业绩").into()),
            ];
            cx.insert(&CRITERION, id, &row).await?;
        }
        Ok(TenderId(tender))
    }
}

impl Plant {
    fn item(&self, batch: i64) -> Vec<(&'static str, Val)> {
        let mut row: Vec<(&'static str, Val)> = vec![
            ("code", "GZ-2014-01".into()),
            ("year", 2014_i64.into()),
            ("office_id", self.office.into()),
            ("director_id", self.author.into()),
            ("ceiling_fen", 15_000_000_i64.into()),
            ("budget_fen", 15_000_000_i64.into()),
            ("proposed_at", 0_i64.into()),
            ("withdrawn_reason", "".into()),
            ("negative_list", "[]".into()),
            ("excludes_supervised", false.into()),
            ("stage", "listed".into()),
            ("author_id", self.author.into()),
            ("reviewer_id", self.lead.into()),
            ("batch_id", batch.into()),
        ];
        let texts = [
            "name",
            "function_kind",
            "reason",
            "quantity",
            "standard",
            "fund_source",
            "scope",
            "recipients",
            "performance_standard",
            "review_note",
        ];
        row.extend(texts.map(|name| (name, Val::from("评估"))));
        row
    }

    fn tender(&self, cx: &Cx<'_>, item: i64, batch: i64) -> Vec<(&'static str, Val)> {
        let mut row: Vec<(&'static str, Val)> = vec![
            ("number", NUMBER.into()),
            ("item_id", item.into()),
            ("attempt", 1_i64.into()),
            ("batch_id", batch.into()),
            ("office_id", self.office.into()),
            ("stage", "bidding".into()),
            ("procedure", "open_competition".into()),
            ("rules_on", self.plan.rules_on.into()),
            ("tie_rule", "lot".into()),
            ("is_price_fixed", false.into()),
            ("term_months", 12_i64.into()),
            ("ceiling_fen", 15_000_000_i64.into()),
            ("panel_size", self.plan.panel_size.into()),
            ("excludes_supervised", false.into()),
            ("author_id", self.author.into()),
            ("authors", self.author.0.to_string().into()),
            ("checker_id", self.lead.into()),
            ("extensions", 0_i64.into()),
            ("published_at", cx.now.into()),
            ("deadline_at", deadline().into()),
        ];
        let texts = [
            "title",
            "requirement",
            "deliverables",
            "qualification",
            "price_rule",
            "recipients_role",
            "performance_standard",
            "contract_draft",
            "challenge_contact",
            "venue",
            "designers",
            "check_note",
            "ended_reason",
        ];
        row.extend(
            texts.map(|name| (name, Val::from(if name == "ended_reason" { "" } else { "社会组织评估" }))),
        );
        row
    }
}

struct PlantOrganisation(usize);

impl Act for PlantOrganisation {
    type Outcome = OrganisationId;
    const NAME: &'static str = "test.plant_organisation";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<OrganisationId, Error> {
        let id = OrganisationId(cx.id());
        let row = [
            ("uscc", code(self.0).into()),
            ("name", format!("示例社会组织{}", self.0).into()),
            ("kind", "social_service_institution".into()),
            ("legal", "registered".into()),
            ("status", "active".into()),
            ("is_supervised", (self.0 == 0).into()),
            ("district", "320102".into()),
            ("division", "320102002".into()),
            ("fields", "".into()),
            ("domicile", "玄武区".into()),
            ("registered_on", "2010-05-01".into()),
            ("inspection", "pass".into()),
            ("listing", "none".into()),
            ("person_in_charge", format!("负责人{}（示例）", self.0).into()),
            ("contact", "".into()),
            ("pinyin", "shili".into()),
            ("initials", "sl".into()),
            ("is_demo", true.into()),
        ];
        cx.insert(&ORGANISATION, id.0, &row).await?;
        Ok(id)
    }
}

/// A credit code that passes its check.
pub fn code(number: usize) -> String {
    let subject = format!("{:08}", 1_000 + number);
    let code = CreditCode::derive('5', '2', "320102", &subject);
    code.expect("a code").as_str().to_owned()
}

pub async fn person(city: &City, login: &str, role: Role, scope: Scope) -> Actor {
    let password_hash = city.hashing.hash("a sentence of the tests").await.expect("a hash");
    let add =
        AddPerson { login: login.into(), name: format!("{login}（示例）"), password_hash, is_demo: true };
    let id = city.act(&Actor::SYSTEM, &NO_KEY, &add).await.expect("a person");
    if role != Role::OfficeDirector {
        let give = GivePost { person: id, post: Post { role, scope } };
        city.act(&Actor::SYSTEM, &NO_KEY, &give).await.expect("a post");
    }
    Actor::new(id, role, scope).with_fresh_password()
}

impl Room {
    /// A tender open for bids, with its people; nobody has bid yet.
    pub async fn new(city: &City, plan: Plan) -> Room {
        let office = AddOffice {
            code: "shezu".into(),
            name: "社会组织管理处".into(),
            name_en: "Social organisations".into(),
            duties: "评估".into(),
        };
        let office = city.act(&Actor::SYSTEM, &NO_KEY, &office).await.expect("an office");
        let staff = person(city, "staff", Role::OfficeStaff, Scope::Office(office)).await;
        let author = person(city, "author", Role::OfficeStaff, Scope::Office(office)).await;
        let director = person(city, "director", Role::OfficeDirector, Scope::Office(office)).await;
        let lead = person(city, "lead", Role::PurchaseLead, Scope::City).await;
        let witness = person(city, "witness", Role::Supervisor, Scope::City).await;
        let appoint =
            AppointDirector { office, person: director.person.expect("a person"), handover: String::new() };
        city.act(&Actor::SYSTEM, &NO_KEY, &appoint).await.expect("a director");
        let (author, lead_id) = (author.person.expect("a person"), lead.person.expect("a person"));
        let plant = Plant { plan, office, author, lead: lead_id };
        let tender = city.act(&Actor::SYSTEM, &NO_KEY, &plant).await.expect("a tender");
        let mut bidders = Vec::new();
        for number in 0..plan.bidders {
            let organisation =
                city.act(&Actor::SYSTEM, &NO_KEY, &PlantOrganisation(number)).await.expect("an organisation");
            let scope = Scope::Organisation(organisation);
            let user = person(city, &format!("bidder{number}"), Role::OrganisationUser, scope).await;
            bidders.push(Bidder { organisation, user });
        }
        let mut experts = Vec::new();
        for number in 0..plan.experts {
            let user = person(city, &format!("expert{number}"), Role::Expert, Scope::City).await;
            let record = record("示例大学");
            let add = AddExpert { person: user.person.expect("a person"), record };
            let expert = city.act(&lead, &NO_KEY, &add).await.expect("an expert");
            experts.push(PoolMember { expert, user });
        }
        Room { tender, office, staff, director, lead, witness, bidders, experts }
    }

    /// The bidder `number` hands in a bid for so many yuan.
    pub async fn bid(&self, city: &City, number: usize, yuan: i64) {
        let mut fields = vec![
            ("price".to_owned(), yuan.to_string()),
            ("project_lead".to_owned(), format!("项目负责人{number}")),
            ("contact_name".to_owned(), format!("联系人{number}")),
            ("contact_phone".to_owned(), format!("025-0000-{number:04}")),
        ];
        fields.extend(
            Statement::ALL.iter().map(|statement| (format!("statements.{}", statement.code()), "on".into())),
        );
        fields.extend(BidPart::ALL.iter().map(|part| (format!("parts.{}", part.code()), "示例内容".into())));
        let user = &self.bidders[number].user;
        let save = SaveDraft { tender: self.tender, version: 0, fields };
        let draft_version = city.act(user, &NO_KEY, &save).await.expect("a draft");
        let file = StoredFile::store(city, "C30", "方案.pdf", format!("%PDF-1.7 {number}").as_bytes());
        let attach =
            AttachFile { tender: self.tender, file: file.expect("a file"), is_joint_agreement: false };
        city.act(user, &NO_KEY, &attach).await.expect("attached");
        let submit = SubmitBid { tender: self.tender, draft_version };
        city.act(user, &NO_KEY, &submit).await.expect("a receipt");
    }

    pub async fn attend(&self, city: &City, who: &Actor, occasion: Occasion) {
        let record = RecordAttendance { tender: self.tender, occasion };
        city.act(who, &NO_KEY, &record).await.expect("attendance");
    }

    /// Everybody bids, the deadline comes, bids are opened.
    pub async fn opened(city: &City, plan: Plan) -> Room {
        let room = Room::new(city, plan).await;
        for (number, yuan) in [100_000, 120_000, 137_500].into_iter().enumerate().take(plan.bidders) {
            room.bid(city, number, yuan).await;
        }
        assert!(city.clock.move_to(deadline()));
        room.attend(city, &room.witness, Occasion::Opening).await;
        let outcome = city.act(&room.lead, &NO_KEY, &OpenBids { tender: room.tender }).await;
        assert_eq!(outcome, Ok(OpeningOutcome::Opened(plan.bidders)));
        room
    }

    /// Whoever holds this seat.
    pub fn holder(&self, person: PersonId) -> &Actor {
        let experts = self.experts.iter().map(|member| &member.user);
        experts.chain([&self.staff]).find(|user| user.person == Some(person)).expect("a member")
    }
}

pub fn record(employer: &str) -> ExpertRecord {
    ExpertRecord {
        title: "教授".into(),
        fields: "社会工作".into(),
        employer: employer.into(),
        employer_uscc: None,
        office: None,
        born_on: "1965-05-01".parse().expect("a date"),
    }
}

/// A seat as the tests need it.
#[derive(Clone, Debug)]
pub struct SeatRow {
    pub seat: SeatId,
    pub person: PersonId,
    pub state: String,
    pub kind: String,
    pub is_chair: bool,
}

impl app::db::FromRow for SeatRow {
    fn from_row(row: &app::db::Row) -> Result<Self, app::db::DbError> {
        Ok(Self {
            seat: row.get("id")?,
            person: row.get("person_id")?,
            state: row.get("state")?,
            kind: row.get("kind")?,
            is_chair: row.get("is_chair")?,
        })
    }
}

/// Every seat, in the order of calling.
pub async fn seats(city: &City) -> Vec<SeatRow> {
    let sql = "SELECT id, person_id, state, kind, is_chair FROM seat ORDER BY position, id";
    city.db.all(sql, &[]).await.expect("seats")
}

/// Every opened bid with its version, by alias.
pub async fn bids(city: &City) -> Vec<(BidId, i64, String)> {
    let sql = "SELECT id, version, alias FROM bid WHERE alias IS NOT NULL ORDER BY alias";
    let rows: Vec<app::db::Row> = city.db.all(sql, &[]).await.expect("bids");
    let read = |row: &app::db::Row| Ok((row.get("id")?, row.get("version")?, row.get("alias")?));
    rows.iter().map(|row| read(row).map_err(|error: app::db::DbError| error).expect("a bid")).collect()
}

/// The code of a single refusal, or all codes of an invalid form.
pub fn codes<T: std::fmt::Debug>(answer: Result<T, Error>) -> Vec<&'static str> {
    match answer {
        Err(Error::Refused(refusal)) => vec![refusal.code],
        Err(Error::Invalid(faults)) => faults.iter().map(|fault| fault.code).collect(),
        other => panic!("expected a refusal, got {other:?}"),
    }
}
