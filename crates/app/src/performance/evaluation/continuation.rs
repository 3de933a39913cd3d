//! Going on after a year: within a long term behind its yearly gate, beyond the term only by competition (C51, C56).

use domain::contracts::LongTermTick;
use domain::kernel::{Coded, ContractId, Role};
use domain::performance::evaluation::renewal::{self, Continuation};
use domain::performance::evaluation::{EvaluationKind, EvaluationStage};

use super::held;
use crate::journal::CONTRACT_YEAR;
use crate::{Act, Cx, Error, args};

/// The office asks that the provider go on for another year.
#[derive(Clone, Copy)]
pub struct ContinueContract {
    /// The contract.
    pub contract: ContractId,
}

impl Act for ContinueContract {
    /// The year that may begin, counted from 1.
    type Outcome = i64;
    const NAME: &'static str = "performance.continue_contract";
    const WHO: &'static [Role] = &[Role::OfficeDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let contract = held::contract(cx, self.contract).await?;
        contract.require_office(cx)?;
        let rounds = held::rounds(cx, contract.id).await?;
        let graded = rounds.iter().filter(|round| round.stage == EvaluationStage::Published);
        let yearly: Vec<_> = graded.clone().filter(|round| round.kind == EvaluationKind::Yearly).collect();
        let rules = cx.app.book.on(contract.starts_on);
        let sql = "SELECT count(*) FROM contract_year WHERE contract_id = $1";
        let passed = usize::try_from(cx.tx.number(sql, args![contract.id]).await?).unwrap_or(usize::MAX);
        let ticks = contract.long_term_ticks.split(',').filter_map(LongTermTick::from_code).collect();
        let asked = Continuation {
            term: contract.term(),
            ticks,
            is_budget_assured: contract.is_budget_assured,
            years_passed: passed,
            yearly: yearly.iter().filter_map(|round| round.grade).collect(),
        };
        let next = match renewal::next_year(&asked, rules) {
            Ok(next) => next,
            Err(refusal) if refusal.rule == "C56" => {
                // The grade at hand is the final one where there is one; it changes nothing.
                let last = graded.rev().find_map(|round| round.grade);
                return Err(renewal::beyond(contract.ends_on, last).into());
            }
            Err(refusal) => return Err(refusal.into()),
        };
        contract.require_force()?;
        let gate = yearly.get(passed).map_or(0, |round| round.id);
        let (id, year) = (cx.id(), i64::try_from(next).unwrap_or(i64::MAX));
        let values = [
            ("contract_id", contract.id.into()),
            ("year", year.into()),
            ("evaluation_id", gate.into()),
            ("decided_by", held::person(cx)?.into()),
            ("decided_at", cx.now.into()),
        ];
        cx.insert(&CONTRACT_YEAR, id, &values).await?;
        cx.announce("evaluation.contract_year", contract.number);
        Ok(year)
    }
}
