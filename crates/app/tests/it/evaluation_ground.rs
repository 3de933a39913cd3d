//! A surveyed contract with an expert pool, and the steps of its evaluation one by one.

use app::access::people::{AddPerson, GivePost};
use app::performance::evaluation::{
    self, CheckPlan, DraftPlan, DrawExperts, GivePurchaserScore, LockSheet, OpenEvaluation, PublishMidTerm,
    PublishResult, ReportActuals, RoundRow, SaveSheet, SendResult, SheetEntry, SubmitPlan,
};
use app::tendering::expert::{AddExpert, ExpertRecord};
use app::{City, Error, RequestKey};
use domain::kernel::{Actor, Date, Moment, Post, Role, Scope};
use domain::performance::evaluation::{EvaluationKind, ServiceKind, Weights};
use domain::performance::survey::Mark;

use crate::surveyed::{self, Surveyed, give, typed};

pub const NO_KEY: RequestKey = RequestKey::None;

/// Forty, forty, twenty.
pub const USUAL: Weights = Weights { experts: 40, recipients: 40, purchaser: 20, third_party: 0 };

/// An evaluation with everyone around it.
pub struct Ground {
    /// Contract and survey.
    pub at: Surveyed,
    /// Experts of the pool.
    pub experts: Vec<Actor>,
}

/// The codes of a refusal.
pub fn codes<T: std::fmt::Debug>(answer: Result<T, Error>) -> Vec<&'static str> {
    match answer {
        Err(Error::Refused(refusal)) => vec![refusal.code],
        Err(Error::Invalid(faults)) => faults.iter().map(|fault| fault.code).collect(),
        other => panic!("expected a refusal, got {other:?}"),
    }
}

pub fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

/// Moves the clock to nine in the morning of a day.
pub fn go(city: &City, text: &str) {
    assert!(city.clock.move_to(Moment::beijing(day(text), 9, 0)), "{text} lies ahead");
}

/// A person with a post, signed in a moment ago.
pub async fn somebody(city: &City, login: &str, role: Role, scope: Scope) -> Actor {
    let add = AddPerson {
        login: login.into(),
        name: format!("{login}（示例）"),
        password_hash: "x".into(),
        is_demo: city.is_demo,
    };
    let id = city.act(&Actor::SYSTEM, &NO_KEY, &add).await.expect("a person");
    city.act(&Actor::SYSTEM, &NO_KEY, &GivePost { person: id, post: Post { role, scope } })
        .await
        .expect("a post");
    Actor::new(id, role, scope).with_fresh_password()
}

impl Ground {
    /// A signed contract of twelve months with 120 recipients, 40 cards and a pool of so many experts.
    pub async fn new(city: &City, experts: usize) -> Ground {
        let at = surveyed::open(city, 120, 40).await;
        Ground::around(city, at, experts).await
    }

    /// A contract with a pool of so many experts.
    pub async fn around(city: &City, at: Surveyed, experts: usize) -> Ground {
        let mut pool = Vec::new();
        for number in 0..experts {
            let user = somebody(city, &format!("judge{number}"), Role::Expert, Scope::City).await;
            let record = ExpertRecord {
                title: "高级社会工作师".into(),
                fields: "养老服务".into(),
                employer: "示例大学".into(),
                employer_uscc: None,
                office: None,
                born_on: day("1970-01-01"),
            };
            let add = AddExpert { person: user.person.expect("a person"), record };
            city.act(&at.planted.lead, &NO_KEY, &add).await.expect("an expert");
            pool.push(user);
        }
        Ground { at, experts: pool }
    }

    /// The plan of the usual weights.
    pub fn draft(&self) -> DraftPlan {
        DraftPlan {
            contract: self.at.contract,
            version: 0,
            kind: ServiceKind::Elderly,
            targets: vec!["95%".to_owned(); 8],
            weights: USUAL,
            has_recipients: true,
            no_recipients_reason: String::new(),
            third_party: String::new(),
        }
    }

    /// Writes, hands in and fixes a plan.
    pub async fn fix(&self, city: &City, draft: DraftPlan) {
        let contract = self.at.contract;
        city.act(&self.at.planted.staff, &NO_KEY, &draft).await.expect("a plan");
        let submit = SubmitPlan { contract, version: 1 };
        city.act(&self.at.planted.staff, &NO_KEY, &submit).await.expect("handed in");
        let check = CheckPlan { contract, version: 2, is_fixed: true, note: String::new() };
        city.act(&self.at.planted.lead, &NO_KEY, &check).await.expect("fixed");
    }

    /// The round that is running, or the last one.
    pub async fn round(&self, city: &City) -> RoundRow {
        let mut rounds = evaluation::rounds_of(city, self.at.contract).await.expect("rounds");
        rounds.pop().expect("a round")
    }

    /// Opens a round and reports what was reached.
    pub async fn report(&self, city: &City, kind: EvaluationKind) {
        let open = OpenEvaluation { contract: self.at.contract, kind };
        let id = city.act(&self.at.planted.staff, &NO_KEY, &open).await.expect("a round");
        let actuals = vec!["96%".to_owned(); 8];
        let report = ReportActuals { evaluation: id, version: 1, actuals };
        city.act(&self.at.planted.staff, &NO_KEY, &report).await.expect("reported");
    }

    /// A whole mid-term round.
    pub async fn mid_term(&self, city: &City) {
        self.report(city, EvaluationKind::MidTerm).await;
        let round = self.round(city).await;
        let publish = PublishMidTerm { evaluation: round.id, version: round.version };
        city.act(&self.at.planted.lead, &NO_KEY, &publish).await.expect("published");
    }

    /// Draws three experts.
    pub async fn draw(&self, city: &City) {
        let round = self.round(city).await;
        let draw = DrawExperts { evaluation: round.id, version: round.version, experts: 3 };
        city.act(&self.at.planted.lead, &NO_KEY, &draw).await.expect("drawn");
    }

    /// The experts who sit, with their seats.
    pub async fn sitting(&self, city: &City) -> Vec<(Actor, i64)> {
        let mut sitting = Vec::new();
        for expert in &self.experts {
            let own = evaluation::own_sheet(city, expert, surveyed::NUMBER).await;
            sitting.extend(own.ok().map(|sheet| (expert.clone(), sheet.assignment.seat)));
        }
        sitting
    }

    /// Every sitting expert gives 85 points and locks.
    pub async fn score(&self, city: &City) {
        for (expert, seat) in self.sitting(city).await {
            city.act(&expert, &NO_KEY, &SaveSheet { seat, entries: eighty_five() }).await.expect("saved");
            city.act(&expert, &NO_KEY, &LockSheet { seat }).await.expect("locked");
        }
    }

    /// The director gives 95 points.
    pub async fn purchaser(&self, city: &City) {
        let round = self.round(city).await;
        let give = GivePurchaserScore {
            evaluation: round.id,
            version: round.version,
            score: Some(9500),
            evidence: "验收单与服务台账".into(),
        };
        city.act(&self.at.planted.director, &NO_KEY, &give).await.expect("a score");
    }

    /// So many recipients answer, so many of them satisfied, beginning with a card.
    pub async fn answers(&self, city: &City, first: u16, count: u16, satisfied: u16) {
        for card in first..first + count {
            let mark = if card < first + satisfied { Mark::Satisfied } else { Mark::Neutral };
            give(city, &typed(self.at.survey, card, mark)).await.expect("answered");
        }
    }

    /// Sends the result to the provider.
    pub async fn send(&self, city: &City) -> Result<(), Error> {
        let round = self.round(city).await;
        let send = SendResult { evaluation: round.id, version: round.version };
        city.act(&self.at.planted.lead, &NO_KEY, &send).await
    }

    /// Makes the result final.
    pub async fn publish(&self, city: &City) -> Result<(), Error> {
        let round = self.round(city).await;
        let publish = PublishResult { evaluation: round.id, version: round.version };
        city.act(&self.at.planted.lead, &NO_KEY, &publish).await
    }

    /// Everything up to a final result of 88.2 that the provider has: plan, mid-term, sheets, answers.
    pub async fn until_sent(&self, city: &City) {
        self.fix(city, self.draft()).await;
        go(city, "2014-07-01");
        self.mid_term(city).await;
        self.answers(city, 0, 33, 29).await;
        go(city, "2015-01-06");
        self.report(city, EvaluationKind::Final).await;
        self.draw(city).await;
        self.score(city).await;
        self.purchaser(city).await;
        self.send(city).await.expect("sent");
    }
}

/// A sheet of 85 points, each score between the edges.
pub fn eighty_five() -> Vec<SheetEntry> {
    let points = [850, 1275, 1275, 850, 850, 1275, 1275, 850];
    points.map(|points| SheetEntry { points: Some(points), reason: String::new() }).to_vec()
}
