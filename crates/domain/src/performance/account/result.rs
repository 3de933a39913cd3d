//! The sum of an account: points in hundredths, from summed parts, in whole numbers (E4, E8, E10).
//!
//! A part in which nothing could be judged gives its points to the others in proportion, and says so. What a
//! part earns is one fraction of its summed lines; no percentage is averaged.

use super::part::{Part, Step};
use crate::coded;
use crate::kernel::{Coded, RuleKey, Rules};

/// A hundred points, in hundredths.
const WHOLE: i64 = 10_000;

/// What one line of evidence is worth: `got` of `of`, such as 1 of 1 step or 29 of 33 answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Worth {
    /// What it is about.
    pub step: Step,
    /// What was earned.
    pub got: i64,
    /// What could be earned.
    pub of: i64,
}

/// What a part came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartResult {
    /// The part.
    pub part: Part,
    /// Its points by the rule, whole.
    pub weight: i64,
    /// Its points after those of parts without anything to judge were spread, in hundredths.
    pub most: i64,
    /// How many lines were judged.
    pub lines: usize,
    /// What was earned, summed.
    pub got: i64,
    /// What could be earned, summed.
    pub of: i64,
    /// Its points, in hundredths.
    pub points: i64,
}

coded! {
    /// What an account comes to.
    pub enum Standing as "account_standing" {
        /// Nothing could be judged yet.
        Nothing = "nothing",
        /// Enough points.
        Pass = "pass",
        /// Too few points.
        Fail = "fail",
        /// A proven veto holds the result below the pass (E4).
        Capped = "capped",
    }
}

/// An office's account of a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The parts, in their order.
    pub parts: Vec<PartResult>,
    /// The sum of the parts' points, in hundredths.
    pub sum: i64,
    /// The result: the sum, or less when a veto caps it.
    pub result: i64,
    /// What it comes to.
    pub standing: Standing,
}

/// The account of all lines under the rules of the year, with the number of proven vetoes (E4).
pub fn account(lines: &[Worth], vetoes: usize, rules: Rules<'_>) -> Account {
    let mut parts: Vec<PartResult> = Part::ALL.iter().map(|part| summed(*part, lines, rules)).collect();
    spread_weights(&mut parts);
    for part in &mut parts {
        part.points = rounded(part.most, part.got, part.of);
    }
    let sum: i64 = parts.iter().map(|part| part.points).sum();
    let pass = rules.number(RuleKey::AccountPassPoints).saturating_mul(100);
    let is_judged = parts.iter().any(|part| part.of > 0);
    let (result, standing) = match (vetoes > 0, is_judged) {
        (true, _) => (sum.min(pass.saturating_sub(1)), Standing::Capped),
        (false, false) => (0, Standing::Nothing),
        (false, true) if sum >= pass => (sum, Standing::Pass),
        (false, true) => (sum, Standing::Fail),
    };
    Account { parts, sum, result, standing }
}

fn summed(part: Part, lines: &[Worth], rules: Rules<'_>) -> PartResult {
    let own = lines.iter().filter(|line| line.step.part() == part && line.of > 0);
    let count = own.clone().count();
    let got: i64 = own.clone().map(|line| line.got.clamp(0, line.of)).sum();
    let all: i64 = own.map(|line| line.of).sum();
    // S47 asks for a share of the items, not for all: that share earns the whole part.
    let of = match part {
        Part::JointWork => {
            i64::from(rules.ratio(RuleKey::JointWorkShare).least_of(u32::try_from(all).unwrap_or(u32::MAX)))
        }
        _ => all,
    };
    let weight = rules.number(part.weight());
    PartResult { part, weight, most: 0, lines: count, got: got.min(of), of, points: 0 }
}

/// A hundred points over the parts that were judged, by their weights; the shares sum to the whole exactly.
fn spread_weights(parts: &mut [PartResult]) {
    let judged = parts.iter().map(|part| if part.of > 0 { part.weight } else { 0 }).collect::<Vec<i64>>();
    for (part, most) in parts.iter_mut().zip(shares(WHOLE, &judged)) {
        part.most = most;
    }
}

/// `whole` split in proportion to `weights`, in whole numbers that sum to it; nothing when all weigh nothing.
pub fn shares(whole: i64, weights: &[i64]) -> Vec<i64> {
    let all: i128 = weights.iter().map(|weight| i128::from((*weight).max(0))).sum();
    let (mut before, mut weight_before) = (0_i128, 0_i128);
    let share = |weight: &i64| {
        if all == 0 {
            return 0;
        }
        weight_before += i128::from((*weight).max(0));
        let until = i128::from(whole) * weight_before / all;
        let own = until - before;
        before = until;
        i64::try_from(own).unwrap_or(0)
    };
    weights.iter().map(share).collect()
}

/// `most × got ÷ of`, rounded half up.
fn rounded(most: i64, got: i64, of: i64) -> i64 {
    if of <= 0 {
        return 0;
    }
    let exact = i128::from(most) * i128::from(got) * 2 + i128::from(of);
    i64::try_from(exact.div_euclid(2 * i128::from(of))).unwrap_or(most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{book, day};

    fn worth(step: Step, got: i64, of: i64) -> Worth {
        Worth { step, got, of }
    }

    fn of(lines: &[Worth], vetoes: usize) -> Account {
        account(lines, vetoes, book().on(day(2014, 12, 31)))
    }

    #[test]
    fn every_part_at_its_best_is_a_hundred() {
        let lines = [
            worth(Step::SignContract, 1, 1),
            worth(Step::Evaluate, 100, 100),
            worth(Step::AskRecipients, 33, 33),
            worth(Step::PublishContract, 1, 1),
            worth(Step::AnswerQuestion, 1, 1),
            worth(Step::ShareItem, 1, 1),
        ];
        let full = of(&lines, 0);
        assert_eq!((full.sum, full.standing), (10_000, Standing::Pass));
        assert_eq!(
            full.parts.iter().map(|part| part.most).collect::<Vec<_>>(),
            [2000, 3000, 2000, 1000, 1000, 1000]
        );
    }

    #[test]
    fn what_cannot_be_judged_gives_its_points_to_the_others() {
        let only_on_time = of(&[worth(Step::SignContract, 1, 1), worth(Step::DecideAward, 0, 1)], 0);
        assert_eq!((only_on_time.parts[0].most, only_on_time.sum), (10_000, 5_000));
        assert_eq!(only_on_time.standing, Standing::Fail);
        // 20 : 20 : 10 over a hundred points.
        let three = of(
            &[
                worth(Step::SignContract, 1, 1),
                worth(Step::AskRecipients, 29, 33),
                worth(Step::AnswerQuestion, 0, 1),
            ],
            0,
        );
        let most: Vec<i64> = three.parts.iter().map(|part| part.most).collect();
        assert_eq!(most, [4000, 0, 4000, 0, 2000, 0]);
        assert_eq!(three.parts[2].points, 3515);
        assert_eq!(of(&[], 0).standing, Standing::Nothing);
    }

    #[test]
    fn ratios_come_from_summed_parts_and_not_from_percentages() {
        // 1 of 2 and 98 of 98: the mean of percentages would say 75.
        let found = of(&[worth(Step::AskRecipients, 1, 2), worth(Step::AskRecipients, 98, 98)], 0);
        assert_eq!(found.sum, 9_900);
    }

    #[test]
    fn four_fifths_of_joint_items_earn_the_whole_part() {
        let joint = |shared: usize, items: usize| {
            let lines: Vec<Worth> =
                (0..items).map(|place| worth(Step::ShareItem, i64::from(place < shared), 1)).collect();
            of(&lines, 0).sum
        };
        assert_eq!((joint(4, 5), joint(5, 5), joint(3, 5)), (10_000, 10_000, 7_500));
    }

    #[test]
    fn one_proven_veto_keeps_the_result_below_the_pass() {
        let lines = [worth(Step::SignContract, 1, 1)];
        let capped = of(&lines, 1);
        assert_eq!((capped.sum, capped.result, capped.standing), (10_000, 5_999, Standing::Capped));
        let low = of(&[worth(Step::SignContract, 0, 1)], 1);
        assert_eq!((low.result, low.standing), (0, Standing::Capped));
    }

    #[test]
    fn shares_sum_to_the_whole() {
        assert_eq!(shares(10_000, &[1, 1, 1]), [3333, 3333, 3334]);
        assert_eq!(shares(5, &[0, 0]), [0, 0]);
        assert_eq!(shares(3515, &[29, 0, 4]).iter().sum::<i64>(), 3515);
    }
}
