//! When a post may end and an account may close, so that the bureau is never without those who must be
//! there: one accountable director for each office (E4), and somebody who looks after accounts (E11).

use crate::kernel::{Date, Refusal};

/// What somebody who is to leave a post, or the house, holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaving {
    /// The one who asks is the one who is to leave.
    pub is_own: bool,
    /// A directorship is at stake: the post itself, or one that the person holds.
    pub is_director: bool,
    /// No other active person holds an administrator's post without a last day.
    pub is_last_administrator: bool,
}

impl Leaving {
    /// Whether the post may end on `last_day`, or at once.
    ///
    /// # Errors
    /// E4 for a directorship, which ends when the successor is appointed with a hand-over record; E11 for
    /// one's own post, the last administrator's, and a last day that is over.
    pub fn check_post(self, last_day: Option<Date>, today: Date) -> Result<(), Refusal> {
        if self.is_director {
            return Err(Refusal::new("access.director-hands-over", "E4").at("post"));
        }
        self.check_both("post")?;
        if last_day.is_some_and(|day| day < today) {
            return Err(Refusal::new("access.last-day-over", "E11").at("last_day"));
        }
        Ok(())
    }

    /// Whether the account may close.
    ///
    /// # Errors
    /// E4 while the person directs an office, which would be without an accountable director; E11 for one's
    /// own account and the last administrator's.
    pub fn check_account(self) -> Result<(), Refusal> {
        if self.is_director {
            return Err(Refusal::new("access.director-leaves-office", "E4"));
        }
        self.check_both("account")
    }

    fn check_both(self, field: &str) -> Result<(), Refusal> {
        if self.is_last_administrator {
            return Err(Refusal::new("access.last-administrator", "E11").at(field));
        }
        if self.is_own {
            return Err(Refusal::new("access.own-leaving", "E11").at(field));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::day;

    const PLAIN: Leaving = Leaving { is_own: false, is_director: false, is_last_administrator: false };

    fn code(result: Result<(), Refusal>) -> &'static str {
        result.err().map_or("", |refusal| refusal.code)
    }

    #[test]
    fn a_post_ends_today_later_or_at_once_but_not_in_the_past() {
        let today = day(2026, 9, 18);
        for (last_day, expected) in [
            (None, ""),
            (Some(today), ""),
            (Some(day(2026, 12, 31)), ""),
            (Some(day(2026, 9, 17)), "access.last-day-over"),
        ] {
            assert_eq!(code(PLAIN.check_post(last_day, today)), expected, "{last_day:?}");
        }
    }

    #[test]
    fn those_who_must_be_there_stay() {
        let today = day(2026, 9, 18);
        let director = Leaving { is_director: true, ..PLAIN };
        let last = Leaving { is_last_administrator: true, ..PLAIN };
        let own = Leaving { is_own: true, ..PLAIN };
        for (leaving, of_post, of_account) in [
            (PLAIN, "", ""),
            (director, "access.director-hands-over", "access.director-leaves-office"),
            (last, "access.last-administrator", "access.last-administrator"),
            (own, "access.own-leaving", "access.own-leaving"),
            (Leaving { is_own: true, ..last }, "access.last-administrator", "access.last-administrator"),
        ] {
            assert_eq!(code(leaving.check_post(None, today)), of_post, "{leaving:?}");
            assert_eq!(code(leaving.check_account()), of_account, "{leaving:?}");
        }
    }
}
