//! Where money comes from. Lanes do not mix (T6): a donation never pays for a purchase.

use crate::catalogue::FundSource;
use crate::coded;
use crate::kernel::Refusal;

coded! {
    /// Where a fund's money comes from.
    pub enum MoneySource as "money_source" {
        /// The department's budget.
        DepartmentBudget = "department_budget",
        /// Welfare lottery money.
        WelfareLottery = "welfare_lottery",
        /// A special fund of the budget.
        SpecialFund = "special_fund",
        /// Given by donors.
        Donation = "donation",
    }
}

impl From<FundSource> for MoneySource {
    fn from(source: FundSource) -> Self {
        match source {
            FundSource::DepartmentBudget => Self::DepartmentBudget,
            FundSource::WelfareLottery => Self::WelfareLottery,
            FundSource::SpecialFund => Self::SpecialFund,
        }
    }
}

/// Refuses money for a catalogue item whose budget names another source (T6, C9).
pub fn check(fund: MoneySource, item: FundSource) -> Result<(), Refusal> {
    if fund == MoneySource::from(item) {
        return Ok(());
    }
    let refusal = Refusal::new("funds.other-source", "T6").at("fund");
    Err(refusal.with_code("fund", fund).with_code("item", MoneySource::from(item)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Coded;

    #[test]
    fn only_money_of_the_item_s_own_source_pays_for_it() {
        for source in MoneySource::ALL {
            for item in FundSource::ALL {
                let is_same = source.code() == item.code();
                assert_eq!(check(*source, *item).is_ok(), is_same, "{source:?} for {item:?}");
            }
        }
        assert!(FundSource::ALL.iter().all(|item| check(MoneySource::Donation, *item).is_err()));
    }
}
