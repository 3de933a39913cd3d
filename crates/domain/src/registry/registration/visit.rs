//! The visit to the premises: what two officers found on the spot, one of them writes down, and both sign (B9).
//!
//! Whatever has to be checked against the facts is checked by two officers at least, who make a record on the
//! spot and sign it. Home care brings no funds to be verified (S35), so its premises are looked at; elsewhere the
//! officers go when they see a need.

use super::application::Application;
use super::threshold::{Profile, profile};
use crate::coded;
use crate::kernel::{Coded, Date, PersonId, Refusal, RuleKey, Rules, parse_date};

/// The longest line, in characters.
const LINE_MAX: usize = 200;
/// The longest account, in characters.
const TEXT_MAX: usize = 2_000;

coded! {
    /// What is compared on the spot.
    pub enum VisitPoint as "visit_point" {
        /// The premises are where the application says, and can be used.
        Premises = "premises",
        /// The papers agree with their originals.
        Originals = "originals",
        /// Room and equipment serve the purpose that is applied for.
        Purpose = "purpose",
    }
}

/// How many signed visits a case needs before it is decided (B9, S35).
pub fn visits_needed(application: &Application, rules: Rules<'_>) -> usize {
    match profile(application.kind, application.basis) {
        Profile::ZeroThreshold => rules.count(RuleKey::ZeroThresholdVisitsMin),
        Profile::Statutory | Profile::Community => 0,
    }
}

/// A record as an officer types it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedVisit {
    /// The day, as typed.
    pub visited_on: String,
    /// Where they were.
    pub place: String,
    /// Whom they met there, and in what capacity.
    pub met: String,
    /// Whether each point agrees; a point without an answer is missing.
    pub agrees: Vec<(VisitPoint, bool)>,
    /// What they found.
    pub text: String,
}

impl TypedVisit {
    /// Whether a point agrees; `None` when it was not answered.
    pub fn verdict(&self, point: VisitPoint) -> Option<bool> {
        self.agrees.iter().find(|(one, _)| *one == point).map(|(_, agrees)| *agrees)
    }

    /// The day of the visit, when the record is whole.
    ///
    /// # Errors
    /// Every fault, each at its field: a day that cannot be read, or is not between acceptance and today; an
    /// empty or too long text; a point without an answer (B9).
    pub fn day(&self, accepted_on: Date, today: Date) -> Result<Date, Vec<Refusal>> {
        let mut faults = Vec::new();
        let day = parse_date(&self.visited_on).map_err(|refusal| faults.push(refusal.at("visited_on"))).ok();
        if day.is_some_and(|day| day < accepted_on || day > today) {
            let refusal = Refusal::new("registration.visit-day", "B9").at("visited_on");
            faults.push(refusal.with("from", accepted_on).with("until", today));
        }
        faults.extend(text_fault("place", &self.place, LINE_MAX));
        faults.extend(text_fault("met", &self.met, LINE_MAX));
        let unanswered = VisitPoint::ALL.iter().filter(|point| self.verdict(**point).is_none());
        faults.extend(unanswered.map(|point| {
            let refusal = Refusal::new("registration.visit-point", "B9").with_code("point", *point);
            refusal.at(format!("point-{}", point.code()))
        }));
        faults.extend(text_fault("text", &self.text, TEXT_MAX));
        match day {
            Some(day) if faults.is_empty() => Ok(day),
            _ => Err(faults),
        }
    }
}

fn text_fault(field: &'static str, text: &str, most: usize) -> Option<Refusal> {
    match text.trim().chars().count() {
        0 => Some(Refusal::new("registration.text-missing", "B9").at(field)),
        signs if signs > most => {
            Some(Refusal::new("registration.text-too-long", "B9").at(field).with("max", most))
        }
        _ => None,
    }
}

/// The other of the two officers.
///
/// # Errors
/// `registration.visit-alone` when nobody else is named (B9).
pub fn companion(recorder: PersonId, named: Option<PersonId>) -> Result<PersonId, Refusal> {
    match named {
        Some(person) if person != recorder => Ok(person),
        _ => Err(Refusal::new("registration.visit-alone", "B9").at("companion")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::day;

    fn whole() -> TypedVisit {
        TypedVisit {
            visited_on: "2026-03-10".to_owned(),
            place: "夕照里1号（示例）".to_owned(),
            met: "周示例（拟任法定代表人）".to_owned(),
            agrees: VisitPoint::ALL.iter().map(|point| (*point, true)).collect(),
            text: "场所已装修，可以使用。".to_owned(),
        }
    }

    fn check(change: impl Fn(&mut TypedVisit), expected: &[&str]) {
        let mut typed = whole();
        change(&mut typed);
        let found = typed.day(day(2026, 3, 9), day(2026, 3, 11)).err().unwrap_or_default();
        let found: Vec<String> = found
            .iter()
            .map(|fault| format!("{} {}", fault.field.as_deref().unwrap_or_default(), fault.code))
            .collect();
        assert_eq!(found, expected, "{typed:?}");
    }

    #[test]
    fn a_record_is_whole_or_tells_every_fault_at_once() {
        check(|_| (), &[]);
        check(|visit| visit.visited_on = "2026-03-09".to_owned(), &[]);
        check(|visit| visit.visited_on = "2026-03-11".to_owned(), &[]);
        check(|visit| visit.visited_on = "2026-03-08".to_owned(), &["visited_on registration.visit-day"]);
        check(|visit| visit.visited_on = "2026-03-12".to_owned(), &["visited_on registration.visit-day"]);
        check(|visit| visit.place = "里".repeat(201), &["place registration.text-too-long"]);
        check(|visit| visit.agrees.truncate(2), &["point-purpose registration.visit-point"]);
        check(
            |visit| *visit = TypedVisit::default(),
            &[
                "visited_on kernel.date-missing",
                "place registration.text-missing",
                "met registration.text-missing",
                "point-premises registration.visit-point",
                "point-originals registration.visit-point",
                "point-purpose registration.visit-point",
                "text registration.text-missing",
            ],
        );
    }

    #[test]
    fn nobody_visits_alone() {
        let [one, other] = [1, 2].map(PersonId);
        assert_eq!(companion(one, Some(other)), Ok(other));
        for named in [None, Some(one)] {
            assert_eq!(companion(one, named).unwrap_err().code, "registration.visit-alone");
        }
    }
}
