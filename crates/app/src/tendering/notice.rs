//! The notice: published with a deadline that leaves everyone the time the rules give, each term explained
//! day by day on the working-day calendar (C18, C20, C21, E17).

use domain::catalogue::item::ItemStage;
use domain::kernel::{Date, Deadline, Moment, Refusal, Role, RuleKey, TenderId};
use domain::tendering::requirement as rule;
use domain::tendering::schedule::{self, Schedule};
use domain::tendering::stage::Stage;

use super::queries::{self, Tender};
use super::requirement;
use crate::db::Val;
use crate::journal::TENDER;
use crate::{Act, App, Cx, Error, args};

/// Publishes a checked tender; from here on the public reads it and bids may come in.
#[derive(Clone, Copy)]
pub struct PublishNotice {
    /// Which tender.
    pub tender: TenderId,
    /// The version that the publisher saw.
    pub version: i64,
    /// The bid deadline, which is also the opening (C31).
    pub deadline: Moment,
}

impl Act for PublishNotice {
    type Outcome = ();
    const NAME: &'static str = "tendering.publish_notice";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        cx.tx.lock("tender", self.tender.0).await?;
        let tender = queries::load(cx, self.tender).await?;
        let (item,): (String,) =
            cx.tx.one("SELECT stage FROM item WHERE id = $1", args![tender.item_id]).await?;
        let item = domain::kernel::Coded::from_code(&item).unwrap_or(ItemStage::Withdrawn);
        let in_force = requirement::measures_in_force(cx, cx.now).await?;
        let stage = rule::publish(tender.stage, item, in_force)?;
        let schedule = plan(cx.app, &tender, cx.now, self.deadline).map_err(Error::Invalid)?;
        let values = [
            ("stage", Val::code(stage)),
            ("rules_on", cx.now.date().into()),
            ("published_at", cx.now.into()),
            ("notice_until", schedule.notice.end().into()),
            ("questions_until", Moment::end_of(schedule.last_questions).into()),
            ("deadline_at", self.deadline.into()),
            ("next_check_at", self.deadline.into()),
        ];
        cx.update(&TENDER, self.tender.0, self.version, &values).await?;
        cx.announce("tendering.published", tender.number);
        Ok(())
    }
}

fn plan(app: &App, tender: &Tender, published: Moment, deadline: Moment) -> Result<Schedule, Vec<Refusal>> {
    let rules = app.book.on(published.date());
    schedule::plan(published, deadline, tender.procedure.procedure(), rules, &app.calendar)
}

/// One term of a notice with its count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// What it is for: `notice`, `documents`, `bids`.
    pub name: &'static str,
    /// The rule's page.
    pub rule: String,
    /// Where the number comes from: in Chinese and in English.
    pub law: [String; 2],
    /// The count, step by step.
    pub deadline: Deadline,
}

impl Term {
    /// Where the number comes from, in the reader's language.
    pub fn law(&self, is_english: bool) -> &str {
        let [chinese, english] = &self.law;
        if is_english { english } else { chinese }
    }
}

/// Every date of a tender and how it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The day of publication, or today while it is not published.
    pub published: Date,
    /// The minimum terms.
    pub terms: Vec<Term>,
    /// The last day for questions and for corrections that touch bids, once there is a deadline.
    pub last_questions: Option<Date>,
    /// How many days before the deadline that is, and whether they are working days.
    pub clarification: (i64, bool),
    /// The bid deadline, once there is one.
    pub deadline: Option<Moment>,
}

/// Explains every deadline of a tender; before publication, those of a notice published at `now`.
///
/// # Errors
/// A refusal when the calendar of a year is not published yet.
pub fn explain_deadlines(app: &App, tender: &Tender, now: Moment) -> Result<Explained, Error> {
    let published = tender.published_at.unwrap_or(now);
    let is_public = tender.stage.is_public();
    let rules = app.book.on(if is_public { tender.rules_on } else { published.date() });
    let procedure = tender.procedure.procedure();
    let periods = schedule::minimum_periods(published, procedure, rules, &app.calendar)?;
    let keys: [(&'static str, RuleKey); 3] = [
        ("notice", procedure.notice_period),
        ("documents", procedure.documents_period),
        ("bids", procedure.bid_period),
    ];
    let terms = periods.into_iter().zip(keys).map(|(deadline, (name, key))| {
        let rule = rules.rule(key);
        Term {
            name,
            rule: rule.ground.clone(),
            law: [false, true].map(|is_english| rule.law(is_english).to_owned()),
            deadline,
        }
    });
    let clarification = rules.rule(procedure.clarification_period);
    let is_working = clarification.day_kind == Some(domain::kernel::DayKind::WorkingDays);
    Ok(Explained {
        published: published.date(),
        terms: terms.collect(),
        last_questions: tender.questions_until.map(last_day),
        clarification: (rules.number(procedure.clarification_period), is_working),
        deadline: tender.deadline_at,
    })
}

/// The last whole day before an exclusive end.
pub fn last_day(end: Moment) -> Date {
    Moment(end.0.saturating_sub(1)).date()
}

/// Worked days from today to the day of the deadline; `None` beyond the published calendar and once the
/// deadline has passed.
pub fn working_days_left(app: &App, now: Moment, deadline: Moment) -> Option<i64> {
    if now >= deadline {
        return None;
    }
    app.calendar.working_days_between(now.date(), deadline.date()).ok()
}

/// Refuses anything asked of a tender that is not public.
pub(super) fn expect_public(stage: Stage) -> Result<(), Error> {
    if stage.is_public() { Ok(()) } else { Err(Error::NotFound) }
}
