//! The review panel: odd, large enough, mostly experts from outside the office, chaired by an expert (C36,
//! C18), and drawn no earlier than the rule allows (C23).

use super::procedure::Procedure;
use crate::coded;
use crate::kernel::{
    Calendar, Date, DayKind, Fen, OfficeId, PersonId, Refusal, Role, RuleKey, Rules, SeatId,
};

coded! {
    /// For whom a member sits.
    pub enum SeatKind as "seat_kind" {
        /// Drawn from the expert pool.
        Expert = "expert",
        /// Sent by the purchasing office.
        Purchaser = "purchaser",
    }
}

/// One seat as filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Its id.
    pub seat: SeatId,
    /// For whom.
    pub kind: SeatKind,
    /// Who.
    pub person: PersonId,
    /// The office of the bureau where the member works, if any.
    pub office: Option<OfficeId>,
    /// The member's posts in the bureau.
    pub posts: Vec<Role>,
    /// Whether the member chairs.
    pub is_chair: bool,
}

/// What the panel judges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Task {
    /// The purchasing office.
    pub office: OfficeId,
    /// Its budget.
    pub budget: Fen,
    /// Whether it is complex or of high social impact, which asks for a large panel like a large budget.
    pub is_weighty: bool,
}

/// How many members a task needs at least.
pub fn members_needed(task: &Task, procedure: &Procedure, rules: Rules<'_>) -> usize {
    let is_large = task.is_weighty || task.budget >= rules.money(RuleKey::PanelLargeBudget);
    rules.count(if is_large { RuleKey::PanelLargeMin } else { procedure.panel_min })
}

/// How many of so many members must be experts.
pub fn experts_needed(members: usize, procedure: &Procedure, rules: Rules<'_>) -> usize {
    let members = u32::try_from(members).unwrap_or(u32::MAX);
    usize::try_from(rules.ratio(procedure.panel_experts).least_of(members)).unwrap_or(usize::MAX)
}

/// Everything wrong with a panel; empty when it may sit.
pub fn problems(seats: &[Seat], task: &Task, procedure: &Procedure, rules: Rules<'_>) -> Vec<Refusal> {
    let mut found = Vec::new();
    let needed = members_needed(task, procedure, rules);
    if seats.len() < needed {
        let refusal = Refusal::new("tendering.panel-too-small", "C36");
        found.push(refusal.with("members", seats.len()).with("needed", needed));
    }
    if seats.len().is_multiple_of(2) {
        found.push(Refusal::new("tendering.panel-even", "C36").with("members", seats.len()));
    }
    let experts = seats.iter().filter(|seat| seat.kind == SeatKind::Expert).count();
    let experts_needed = experts_needed(seats.len(), procedure, rules);
    if experts < experts_needed {
        let refusal = Refusal::new("tendering.panel-too-few-experts", "C36");
        found.push(refusal.with("experts", experts).with("needed", experts_needed));
    }
    for (index, seat) in seats.iter().enumerate() {
        found.extend(check_seat(seat, task).err());
        if seats.iter().take(index).any(|earlier| earlier.person == seat.person) {
            found.push(Refusal::new("tendering.panel-person-twice", "C36").with("seat", seat.seat.0));
        }
    }
    found.extend(check_chair(seats).err());
    found
}

fn check_seat(seat: &Seat, task: &Task) -> Result<(), Refusal> {
    let refusal = |code, rule| Err(Refusal::new(code, rule).with("seat", seat.seat.0));
    match seat.kind {
        SeatKind::Expert if seat.office == Some(task.office) => {
            refusal("tendering.expert-of-own-office", "C18")
        }
        SeatKind::Purchaser if seat.office != Some(task.office) => {
            refusal("tendering.purchaser-of-other-office", "C36")
        }
        _ if seat
            .posts
            .iter()
            .any(|post| matches!(post, Role::Finance | Role::Supervisor | Role::PurchaseLead)) =>
        {
            refusal("tendering.panel-barred-post", "C36")
        }
        _ => Ok(()),
    }
}

fn check_chair(seats: &[Seat]) -> Result<(), Refusal> {
    let mut chairs = seats.iter().filter(|seat| seat.is_chair);
    match (chairs.next(), chairs.next()) {
        (Some(chair), None) if chair.kind == SeatKind::Expert => Ok(()),
        (Some(_), None) => Err(Refusal::new("tendering.purchaser-chairs", "C36")),
        _ => Err(Refusal::new("tendering.panel-one-chair", "C36")),
    }
}

/// Refuses a draw held too long before the review (C23).
pub fn check_draw_day(
    drawn: Date,
    review: Date,
    rules: Rules<'_>,
    calendar: &Calendar,
) -> Result<(), Refusal> {
    let count = u32::try_from(rules.number(RuleKey::DrawBeforeReviewWorkingDays)).unwrap_or(0);
    let earliest = calendar.latest_start(review, count, DayKind::WorkingDays)?;
    if drawn < earliest {
        return Err(Refusal::new("tendering.draw-too-early", "C23")
            .with("earliest", earliest)
            .with("review", review));
    }
    if drawn > review {
        return Err(Refusal::new("tendering.draw-after-review", "C23").with("review", review));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::procedure::OPEN_COMPETITION;
    use super::*;
    use crate::specimen::{calendar, day, rules};

    const TASK: Task = Task { office: OfficeId(1), budget: Fen::yuan(200_000), is_weighty: false };

    fn panel(experts: usize, purchasers: usize) -> Vec<Seat> {
        let seat = |number: usize| {
            let kind = if number < experts { SeatKind::Expert } else { SeatKind::Purchaser };
            let office = (kind == SeatKind::Purchaser).then_some(TASK.office);
            let id = i64::try_from(number).unwrap();
            Seat {
                seat: SeatId(id),
                kind,
                person: PersonId(id),
                office,
                posts: vec![],
                is_chair: number == 0,
            }
        };
        (0..experts + purchasers).map(seat).collect()
    }

    fn check(seats: &[Seat], task: Task, expected: &[&str]) {
        let codes: Vec<_> =
            problems(seats, &task, &OPEN_COMPETITION, rules()).iter().map(|found| found.code).collect();
        assert_eq!(codes, expected);
    }

    #[test]
    fn a_panel_is_odd_large_enough_and_two_thirds_expert() {
        check(&panel(4, 1), TASK, &[]);
        check(&panel(3, 2), TASK, &["tendering.panel-too-few-experts"]);
        check(&panel(5, 2), TASK, &[]);
        check(&panel(6, 3), TASK, &[]);
        check(&panel(3, 0), TASK, &["tendering.panel-too-small"]);
        check(&panel(6, 0), TASK, &["tendering.panel-even"]);
        check(&[], TASK, &["tendering.panel-too-small", "tendering.panel-even", "tendering.panel-one-chair"]);
    }

    #[test]
    fn a_large_or_weighty_purchase_takes_seven() {
        let large = Task { budget: Fen::yuan(10_000_000), ..TASK };
        check(&panel(4, 1), large, &["tendering.panel-too-small"]);
        check(&panel(5, 2), large, &[]);
        check(&panel(4, 1), Task { is_weighty: true, ..TASK }, &["tendering.panel-too-small"]);
        check(&panel(4, 1), Task { budget: Fen(999_999_999), ..TASK }, &[]);
    }

    #[test]
    fn who_sits_and_who_chairs_is_limited() {
        let change = |change: fn(&mut Vec<Seat>)| {
            let mut seats = panel(4, 1);
            change(&mut seats);
            seats
        };
        check(
            &change(|seats| seats[1].office = Some(OfficeId(1))),
            TASK,
            &["tendering.expert-of-own-office"],
        );
        check(
            &change(|seats| seats[4].office = Some(OfficeId(2))),
            TASK,
            &["tendering.purchaser-of-other-office"],
        );
        check(&change(|seats| seats[1].posts = vec![Role::Finance]), TASK, &["tendering.panel-barred-post"]);
        check(&change(|seats| seats[1].person = PersonId(0)), TASK, &["tendering.panel-person-twice"]);
        check(&change(|seats| seats[1].is_chair = true), TASK, &["tendering.panel-one-chair"]);
        let purchaser_chairs = change(|seats| {
            seats[0].is_chair = false;
            seats[4].is_chair = true;
        });
        check(&purchaser_chairs, TASK, &["tendering.purchaser-chairs"]);
    }

    #[test]
    fn experts_are_drawn_at_most_two_working_days_ahead() {
        let code = |drawn| {
            check_draw_day(drawn, day(2026, 9, 28), rules(), calendar()).err().map(|found| found.code)
        };
        assert_eq!(code(day(2026, 9, 28)), None);
        assert_eq!(code(day(2026, 9, 24)), None);
        assert_eq!(code(day(2026, 9, 22)), Some("tendering.draw-too-early"));
        assert_eq!(code(day(2026, 9, 29)), Some("tendering.draw-after-review"));
    }
}
