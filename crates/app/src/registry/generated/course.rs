//! One invented organisation's last years: what happened to it, and on which day.
//!
//! The sequence says what is tried; the rules of `domain` say what may be. Who is inspected, which outcome
//! grounds allow, who may be rated, when a place on a list is entered and when it becomes grave are asked
//! there. All is judged by the rules of the day on which the city is generated.

use domain::kernel::{Calendar, Coded, Date, Moment, Refusal, RuleKey, Rules};
use domain::registry::credit::clock::{list_at, serious_on};
use domain::registry::credit::removal::check_time;
use domain::registry::credit::{CreditList, ListingFact, ListingGround};
use domain::registry::inspection::duty::{duty, may_record_absence};
use domain::registry::inspection::outcome::{may_propose, suggested};
use domain::registry::inspection::rectification::{BadYear, proposal, term};
use domain::registry::inspection::{Calling, Duty, Ground, InspectionState, Outcome, Weight};
use domain::registry::rating::eligibility::{GradeEnding, eligibility, grade_on};
use domain::registry::rating::grade::{HUNDREDTHS, Mean, bands};
use domain::registry::rating::{Conduct, PastGrade, PastInspection, Record, course::valid_until};
use domain::registry::{CreditListing, InspectionResult, Legal, OrganisationStatus};

use super::super::inspection::Campaign;
use super::super::specimen::Sequence;

/// What judges a history.
#[derive(Clone, Copy)]
pub(super) struct Law<'a> {
    /// The rules of the day of generating.
    pub rules: Rules<'a>,
    /// Working days.
    pub calendar: &'a Calendar,
    /// Nothing happens after this day.
    pub today: Date,
}

/// One year's inspection.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Inspected {
    pub year: i64,
    pub state: InspectionState,
    pub outcome: Option<Outcome>,
    /// The day of the decision or of the recorded absence.
    pub on: Option<Date>,
    pub ground: Option<(Ground, Weight)>,
    pub mending: Option<Mending>,
}

/// What followed a basic pass or a fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mending {
    pub due_on: Date,
    pub verified_on: Option<Date>,
}

/// A place on a list.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub list: CreditList,
    pub ground: ListingGround,
    pub arose_on: Date,
    pub listed_on: Date,
    pub removed_on: Option<Date>,
}

impl Place {
    fn fact(&self) -> ListingFact {
        ListingFact {
            list: self.list,
            ground: self.ground,
            listed_at: Moment::start_of(self.listed_on),
            removed_at: self.removed_on.map(Moment::start_of),
        }
    }
}

/// Everything that happened.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Course {
    pub inspections: Vec<Inspected>,
    pub grades: Vec<PastGrade>,
    pub places: Vec<Place>,
    /// How and when its registration ended.
    pub ended: Option<(OrganisationStatus, Date)>,
}

impl Course {
    /// Whether its registration is alive.
    pub fn status(&self) -> OrganisationStatus {
        self.ended.map_or(OrganisationStatus::Active, |(status, _)| status)
    }

    /// The last inspection that came to an end.
    pub fn inspection(&self) -> InspectionResult {
        past(&self.inspections).last().map_or(InspectionResult::NotDue, |one| one.result)
    }

    /// The list on which it stands.
    pub fn listing(&self, on: Date) -> CreditListing {
        let facts: Vec<ListingFact> = self.places.iter().map(Place::fact).collect();
        list_at(&facts, Moment::start_of(on)).map_or(CreditListing::None, CreditList::listing)
    }
}

fn past(inspections: &[Inspected]) -> Vec<PastInspection> {
    let ended = inspections.iter().filter_map(|one| {
        let result = match (one.state, one.outcome) {
            (InspectionState::Absent, _) => InspectionResult::Absent,
            (_, Some(Outcome::Pass)) => InspectionResult::Pass,
            (_, Some(Outcome::BasicPass)) => InspectionResult::BasicPass,
            (_, Some(Outcome::Fail)) => InspectionResult::Fail,
            (_, None) => return None,
        };
        Some(PastInspection { year: one.year, result })
    });
    ended.collect()
}

/// Thinks out the years of the campaigns, oldest first, for an organisation that is active.
///
/// # Errors
/// A year whose working days are not published (E12).
pub(super) fn think_out(
    of: Calling,
    campaigns: &[Campaign],
    law: Law<'_>,
    sequence: Sequence,
) -> Result<Course, Refusal> {
    let mut life = Life { of, law, sequence, course: Course::default() };
    if !of.kind.is_social_organisation() {
        return Ok(life.course);
    }
    for campaign in campaigns {
        life.inspect(campaign)?;
        life.revoke(campaign.year)?;
        life.rate(campaign.year)?;
        life.cancel(campaign.year)?;
        if life.course.ended.is_some() {
            return Ok(life.course);
        }
    }
    life.grow_grave(law.today)?;
    Ok(life.course)
}

struct Life<'a> {
    of: Calling,
    law: Law<'a>,
    sequence: Sequence,
    course: Course,
}

impl Life<'_> {
    /// A day so many days after `from`, unless it is still to come.
    fn after(&mut self, from: Date, least: i64, spread: usize) -> Option<Date> {
        let days = least + i64::try_from(self.sequence.below(spread)).unwrap_or(0);
        let day = from.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
        (day <= self.law.today).then_some(day)
    }

    fn inspect(&mut self, campaign: &Campaign) -> Result<(), Refusal> {
        let year = i16::try_from(campaign.year).unwrap_or(0);
        let state = match duty(self.of, year, self.law.rules) {
            Duty::None => return Ok(()),
            Duty::Exempt => InspectionState::Exempt,
            Duty::Due => InspectionState::Due,
        };
        let mut one =
            Inspected { year: campaign.year, state, outcome: None, on: None, ground: None, mending: None };
        let last = campaign.due_on(self.of.kind);
        if state == InspectionState::Due {
            // So many of a hundred stay silent.
            if self.sequence.percent(4) {
                self.miss(&mut one, last)?;
            } else {
                self.decide(&mut one, last)?;
            }
        }
        self.course.inspections.push(one);
        Ok(())
    }

    fn miss(&mut self, one: &mut Inspected, last: Date) -> Result<(), Refusal> {
        let Some(on) = self.after(last, 1, 14) else { return Ok(()) };
        may_record_absence(one.state, last, on)?;
        (one.state, one.on) = (InspectionState::Absent, Some(on));
        // Four of five report in the end and are taken off the list.
        let is_mended = self.sequence.percent(80);
        self.enter(ListingGround::ReportOverdue, on, is_mended)?;
        Ok(())
    }

    fn decide(&mut self, one: &mut Inspected, last: Date) -> Result<(), Refusal> {
        let Some(on) = self.after(last, 1, 45) else { return Ok(()) };
        one.ground = match self.sequence.below(100) {
            0..2 => self.sequence.pick(Ground::ALL).map(|ground| (*ground, Weight::Serious)),
            2..10 => self.sequence.pick(Ground::ALL).map(|ground| (*ground, Weight::Minor)),
            _ => None,
        };
        let open: Vec<Weight> = one.ground.iter().map(|(_, weight)| *weight).collect();
        let outcome = suggested(&open);
        may_propose(InspectionState::Reported, outcome, &open)?;
        (one.state, one.outcome, one.on) = (InspectionState::Decided, Some(outcome), Some(on));
        let Some(term) = term(outcome, on, self.law.rules, self.law.calendar)? else { return Ok(()) };
        // One of ten mends too late, and gets on the list for it.
        let verified_on = match term.due.tomorrow() {
            Ok(arose) if self.sequence.percent(10) => {
                let is_mended = self.sequence.percent(75);
                self.enter(ListingGround::RectificationOverdue, arose, is_mended)?
            }
            _ => self.after(on, 20, 60),
        };
        one.mending = Some(Mending { due_on: term.due, verified_on });
        Ok(())
    }

    /// On the list on the last day for it after its ground arose (B35); gives the day on which it ended.
    fn enter(
        &mut self,
        ground: ListingGround,
        arose_on: Date,
        is_mended: bool,
    ) -> Result<Option<Date>, Refusal> {
        let Some(list) = ground.list() else { return Ok(None) };
        let (rules, calendar) = (self.law.rules, self.law.calendar);
        let listed_on = rules.deadline(calendar, RuleKey::ListingEntryWorkingDays, arose_on)?.due;
        if listed_on > self.law.today {
            return Ok(None);
        }
        let mut place = Place { list, ground, arose_on, listed_on, removed_on: None };
        if is_mended {
            let removed_on = self.after(listed_on, 40, 400);
            place.removed_on =
                removed_on.filter(|day| check_time(&place.fact(), *day, self.law.rules).is_ok());
        }
        let removed_on = place.removed_on;
        self.course.places.push(place);
        Ok(removed_on)
    }

    /// Two full years on the abnormal list lead to the grave one, up to `limit` (B37).
    fn grow_grave(&mut self, limit: Date) -> Result<(), Refusal> {
        let facts: Vec<ListingFact> = self.course.places.iter().map(Place::fact).collect();
        if facts.iter().any(|fact| fact.list == CreditList::Serious) {
            return Ok(());
        }
        let ends = self.course.places.iter().filter_map(|place| place.removed_on?.yesterday().ok());
        let looks = ends.chain([limit]).filter(|day| *day <= limit);
        let full = looks.filter_map(|day| {
            serious_on(&facts, Moment::start_of(day), self.law.rules).filter(|full| *full <= day)
        });
        let Some(arose_on) = full.min() else { return Ok(()) };
        self.enter(ListingGround::AbnormalTwoYears, arose_on, false)?;
        Ok(())
    }

    /// Too many bad years in a row are a reason to revoke; not everyone who could be, is (B23, B27).
    fn revoke(&mut self, latest: i64) -> Result<(), Refusal> {
        let bad = past(&self.course.inspections).into_iter().filter_map(|one| match one.result {
            InspectionResult::Absent => Some(BadYear { year: one.year, is_absent: true }),
            InspectionResult::Fail => Some(BadYear { year: one.year, is_absent: false }),
            _ => None,
        });
        let bad: Vec<BadYear> = bad.collect();
        if proposal(&bad, latest, self.law.rules).is_none() || !self.sequence.percent(60) {
            return Ok(());
        }
        let last = self.course.inspections.last().and_then(|one| one.on);
        let Some(on) = last.and_then(|on| self.after(on, 30, 25)) else { return Ok(()) };
        self.grow_grave(on)?;
        self.end(OrganisationStatus::Revoked, on);
        let ground = ListingGround::CertificateRevoked;
        if let Some(list) = ground.list() {
            self.course.places.push(Place { list, ground, arose_on: on, listed_on: on, removed_on: None });
        }
        Ok(())
    }

    /// Nothing happens to an organisation after its end.
    fn end(&mut self, status: OrganisationStatus, on: Date) {
        let is_before = |day: &Date| *day < on;
        self.course.places.retain(|place| place.listed_on < on);
        for place in &mut self.course.places {
            place.removed_on = place.removed_on.filter(is_before);
        }
        for mending in self.course.inspections.iter_mut().filter_map(|one| one.mending.as_mut()) {
            mending.verified_on = mending.verified_on.filter(is_before);
        }
        self.course.ended = Some((status, on));
    }

    /// In the autumn some ask for a rating; the rules say whether they may, the points what comes of it.
    fn rate(&mut self, year: i64) -> Result<(), Refusal> {
        let is_asking = self.sequence.percent(6);
        let autumn = i16::try_from(year + 1).ok().and_then(|year| Date::new(year, 9, 1).ok());
        let (true, None, Some(autumn)) = (is_asking, self.course.ended, autumn) else { return Ok(()) };
        let Some(on) = self.after(autumn, 0, 80) else { return Ok(()) };
        let record = Record {
            kind: self.of.kind,
            legal: self.of.legal,
            status: self.of.status,
            registered_on: self.of.registered_on,
            grades: self.course.grades.clone(),
            inspections: past(&self.course.inspections),
            conduct: Conduct::default(),
        };
        let points = i64::try_from(400 + self.sequence.below(600)).unwrap_or(0);
        let grade = Mean { sum: points * HUNDREDTHS, count: 1 }.grade(&bands(self.law.rules)?);
        let until = valid_until(on, self.law.rules);
        let is_eligible = eligibility(&record, on, self.law.rules).is_eligible();
        let (true, Some(grade), Some(valid_until)) = (is_eligible, grade, until) else { return Ok(()) };
        if let Some(held) = grade_on(&self.course.grades, on) {
            let replaced = self.course.grades.iter_mut().filter(|one| **one == held);
            replaced.for_each(|one| one.ended = Some((on, GradeEnding::Replaced)));
        }
        self.course.grades.push(PastGrade { grade, confirmed_on: on, valid_until, ended: None });
        Ok(())
    }

    /// At the end of the year a few dissolve, when nothing is open against them (B22).
    fn cancel(&mut self, year: i64) -> Result<(), Refusal> {
        let is_dissolving = self.sequence.percent(if self.of.legal == Legal::Filed { 3 } else { 2 });
        let winter = i16::try_from(year + 1).ok().and_then(|year| Date::new(year, 12, 1).ok());
        let (true, None, Some(winter)) = (is_dissolving, self.course.ended, winter) else { return Ok(()) };
        let Some(on) = self.after(winter, 0, 30).filter(|on| self.of.registered_on < *on) else {
            return Ok(());
        };
        let is_listed = self.course.places.iter().any(|place| place.removed_on.is_none_or(|day| day >= on));
        let mendings = self.course.inspections.iter().filter_map(|one| one.mending);
        let is_mending = mendings.into_iter().any(|one| one.verified_on.is_none_or(|day| day >= on));
        if !is_listed && !is_mending {
            self.grow_grave(on)?;
            if self.course.places.iter().all(|place| place.removed_on.is_some()) {
                self.end(OrganisationStatus::Cancelled, on);
            }
        }
        Ok(())
    }
}
