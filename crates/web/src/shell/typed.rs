//! A form as an act reads it: all that is wrong is told at once, in the order of its fields.
//!
//! A date that cannot be read must not hide that the reason is missing. Something stands in for it, and the act is
//! rehearsed on the rest (decision 4): what it refuses is told beside what could not be read, and nothing is kept.

use app::documents::Document;
use app::{Act, Error, RequestKey};
use domain::kernel::{Actor, Coded, Date, Fen, Refusal, parse_date};

use super::fault::PageError;
use super::form::Form;
use super::visit::Visit;

/// What whoever sends a form wants of its act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// That it is done.
    Done,
    /// To see what it would issue.
    Seen,
}

impl Wish {
    /// What the pressed button says; see `preview` of documents.
    pub fn of(form: &Form) -> Self {
        let is_shown = form.trimmed("preview").split('.').next() == Some("show");
        if is_shown { Wish::Seen } else { Wish::Done }
    }
}

/// A form that is being read, field by field, in the order in which the page shows them.
pub struct Typed<'f> {
    form: &'f Form,
    /// What stands in for a day that cannot be read.
    today: Date,
    order: Vec<String>,
    faults: Vec<Refusal>,
    hushed: Vec<String>,
}

impl<'f> Typed<'f> {
    /// Begins to read.
    pub fn of(visit: &Visit, form: &'f Form) -> Self {
        let today = visit.shell.now().date();
        Self { form, today, order: Vec::new(), faults: Vec::new(), hushed: Vec::new() }
    }

    /// A text as typed; the act says what is wrong with it.
    pub fn text(&mut self, field: &str) -> String {
        self.order.push(field.to_owned());
        self.form.text(field).to_owned()
    }

    /// What was read, or `stand_in` with a fault at the field.
    pub fn read<T>(&mut self, field: &str, stand_in: T, read: Result<T, Refusal>) -> T {
        self.order.push(field.to_owned());
        read.unwrap_or_else(|refusal| {
            self.faults.push(refusal.at(field));
            stand_in
        })
    }

    /// A day that must be there.
    pub fn date(&mut self, field: &str) -> Date {
        self.read(field, self.today, parse_date(self.form.trimmed(field)))
    }

    /// A day, or nothing when nothing was typed.
    pub fn date_if_any(&mut self, field: &str) -> Option<Date> {
        match self.form.trimmed(field) {
            "" => self.read(field, None, Ok(None)),
            typed => self.read(field, None, parse_date(typed).map(Some)),
        }
    }

    /// An amount in yuan that must be there.
    pub fn yuan(&mut self, field: &str) -> Fen {
        self.read(field, Fen::ZERO, Fen::parse_yuan(self.form.trimmed(field)))
    }

    /// An amount in yuan; nothing typed is nothing to pay.
    pub fn yuan_or_zero(&mut self, field: &str) -> Fen {
        match self.form.trimmed(field) {
            "" => self.read(field, Fen::ZERO, Ok(Fen::ZERO)),
            _ => self.yuan(field),
        }
    }

    /// A member of a closed list; `missing` is told when none was chosen. `stand_in` should ask for the least, so
    /// that nothing is told of the other fields that only the true choice decides.
    pub fn chosen<C: Coded>(&mut self, field: &str, stand_in: C, missing: Refusal) -> C {
        let found = C::from_code(self.form.trimmed(field));
        self.read(field, stand_in, found.ok_or(missing))
    }

    /// Yes or no; `missing` is told when neither was chosen. A no stands in, which asks for less.
    pub fn verdict(&mut self, field: &str, missing: Refusal) -> bool {
        let found = match self.form.trimmed(field) {
            "yes" => Ok(true),
            "no" => Ok(false),
            _ => Err(missing),
        };
        self.read(field, false, found)
    }

    /// A number, such as of a row that was chosen; `missing` is told when there is none.
    pub fn number(&mut self, field: &str, missing: Refusal) -> i64 {
        self.read(field, 0, self.form.number(field).ok_or(missing))
    }

    /// What is wrong with fields that were read elsewhere, each at its own.
    pub fn faulty(&mut self, faults: Vec<Refusal>) {
        self.faults.extend(faults);
    }

    /// Says nothing of `field`, which cannot be judged, while `on` could not be read.
    pub fn hangs(&mut self, field: &str, on: &str) {
        if self.is_faulty(on) {
            self.hushed.push(field.to_owned());
        }
    }

    /// Whether all could be read.
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }

    /// Does the act, when all could be read; else rehearses it.
    ///
    /// # Errors
    /// `Invalid` with what could not be read and what the act refuses; what no typing mends, as the act says it.
    pub async fn ask<A: Act>(self, visit: &Visit, key: &RequestKey, act: &A) -> Result<A::Outcome, Error> {
        if self.is_whole() {
            return visit.city.act(&visit.actor, key, act).await.map_err(|error| self.joined(error));
        }
        let rehearsing = Actor { rehearses: true, ..visit.actor.clone() };
        visit.city.act(&rehearsing, &RequestKey::None, act).await.map_err(|error| self.joined(error))
    }

    /// Does the act, or shows the documents that it would issue; none when it was done.
    ///
    /// # Errors
    /// As `ask`.
    pub async fn carry<A: Act>(
        self,
        visit: &Visit,
        key: &RequestKey,
        wish: Wish,
        act: &A,
    ) -> Result<Vec<Document>, Error> {
        if wish == Wish::Done || !self.is_whole() {
            return self.ask(visit, key, act).await.map(|_| Vec::new());
        }
        visit.city.foresee(&visit.actor, act).await.map_err(|error| self.joined(error))
    }

    /// What an act refused, and what could not be read, in the order of the fields; the whole form comes first.
    fn joined(mut self, error: Error) -> Error {
        let refused = match error {
            Error::Refused(refusal) if self.is_whole() => return Error::Refused(refusal),
            Error::Refused(refusal) => vec![refusal],
            Error::Invalid(refusals) => refusals,
            Error::Db(_) | Error::Folder(_) | Error::RuleBook(_) => return error,
            // What stands in is no row's number; and the password is asked for when there is something to do.
            _ if !self.is_whole() => Vec::new(),
            other => return other,
        };
        let is_told = |refusal: &Refusal| match refusal.field.as_deref() {
            Some(field) => !self.is_faulty(field) && !self.hushed.iter().any(|hushed| hushed == field),
            None => true,
        };
        let kept: Vec<Refusal> = refused.into_iter().filter(is_told).collect();
        self.faults.extend(kept);
        let place = |refusal: &Refusal| match refusal.field.as_deref() {
            Some(field) => self.order.iter().position(|known| known == field).map_or(usize::MAX, |at| at + 1),
            None => 0,
        };
        self.faults.sort_by_key(place);
        Error::Invalid(self.faults)
    }

    fn is_faulty(&self, field: &str) -> bool {
        self.faults.iter().any(|fault| fault.field.as_deref() == Some(field))
    }
}

impl Visit {
    /// The same visit by somebody who only wants to hear what would be said, before anything is typed.
    pub fn rehearsing(&self) -> Self {
        let actor = Actor { rehearses: true, fresh: true, ..self.actor.clone() };
        Self { actor, ..self.clone() }
    }

    /// Passes when an act that was rehearsed with an empty form lacks nothing but what is typed.
    ///
    /// # Errors
    /// Everything that bars it whatever is typed, as a page with the rules and the way `back`: a form that cannot be
    /// sent is not offered.
    pub fn expect_possible(&self, rehearsed: Result<(), Error>, back: &str) -> Result<(), PageError> {
        let refusals = match rehearsed {
            Err(Error::Refused(refusal)) => vec![refusal],
            Err(Error::Invalid(refusals)) => refusals,
            _ => return Ok(()),
        };
        let bars: Vec<_> = refusals.into_iter().filter(|refusal| refusal.field.is_none()).collect();
        if bars.is_empty() { Ok(()) } else { Err(self.error(Error::Invalid(bars)).leading_to(back)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(form: &Form, error: Error) -> String {
        let today = parse_date("2014-03-10").expect("a day");
        let mut typed = Typed { form, today, order: Vec::new(), faults: Vec::new(), hushed: Vec::new() };
        typed.date("from");
        typed.date_if_any("until");
        typed.text("reason");
        typed.yuan_or_zero("fee");
        typed.hangs("until", "from");
        match typed.joined(error) {
            Error::Invalid(faults) => faults
                .iter()
                .map(|fault| format!("{} {}", fault.field.as_deref().unwrap_or("-"), fault.code))
                .collect::<Vec<_>>()
                .join(", "),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn all_that_is_wrong_is_told_in_the_order_of_the_fields() {
        let refused = |field: &str| Refusal::new("x.refused", "T13").at(field);
        let all = || Error::Invalid(["paper", "reason", "from", "until"].map(refused).to_vec());
        let cases = [
            // What stands in for an unreadable day is not judged, nor what hangs on it.
            (
                Form::of([("from", "soon"), ("fee", "much")]),
                all(),
                "from kernel.date-unreadable, reason x.refused, fee kernel.money-unreadable, paper x.refused",
            ),
            (
                Form::of([("from", "2014-03-01")]),
                all(),
                "from x.refused, until x.refused, reason x.refused, paper x.refused",
            ),
            (
                Form::of([("until", "x")]),
                Error::Rehearsed,
                "from kernel.date-missing, until kernel.date-unreadable",
            ),
            (Form::of([("from", "")]), Error::PasswordNeeded, "from kernel.date-missing"),
            (
                Form::of([("from", "")]),
                Refusal::new("x.closed", "T13").into(),
                "- x.closed, from kernel.date-missing",
            ),
            (Form::of([("from", "2014-03-01")]), Error::Rehearsed, "Rehearsed"),
            (Form::of([("from", "")]), Error::NotFound, "from kernel.date-missing"),
            (Form::of([("from", "2014-03-01")]), Error::NotFound, "NotFound"),
        ];
        for (form, error, expected) in cases {
            assert_eq!(told(&form, error), expected, "{form:?}");
        }
    }
}
