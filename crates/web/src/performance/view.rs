//! A contract's delivery as every page shows it: milestones with their units, and what was changed.

use app::contracts::Contract;
use app::contracts::plan::{self, LineRow};
use app::performance::halt::{self, HaltRow};
use app::performance::read::{self, MilestoneProgress, UnitProgress};
use app::performance::subcontract::{self, SubcontractRow};
use app::performance::supplement::{self, SupplementRow};
use domain::contracts::DeductionKind;
use domain::performance::progress::MilestoneState;
use domain::performance::{AcceptanceState, HaltState, SubcontractState};

use crate::shell::{PageError, Shell, Visit};

/// A milestone as pages show it.
pub struct MilestoneLine {
    /// What the tables hold.
    pub row: MilestoneProgress,
    /// How it stands today.
    pub state: MilestoneState,
    /// The tone of its tag.
    pub tone: &'static str,
    /// Its units with what was done.
    pub units: Vec<UnitProgress>,
    /// Whether the provider may report it done now.
    pub may_report: bool,
    /// Whether its result is public.
    pub is_published: bool,
}

/// Everything about a contract's delivery.
pub struct Delivery {
    /// The contract.
    pub contract: Contract,
    /// Its milestones, in order.
    pub milestones: Vec<MilestoneLine>,
    /// Its deduction table.
    pub lines: Vec<LineRow>,
    /// Its supplements.
    pub supplements: Vec<SupplementRow>,
    /// Its subcontracts.
    pub subcontracts: Vec<SubcontractRow>,
    /// Its suspensions, or its end.
    pub halts: Vec<HaltRow>,
}

impl Delivery {
    /// Loads everything about a contract's delivery.
    pub async fn of(visit: &Visit, contract: Contract) -> Result<Delivery, PageError> {
        let (city, fail) = (&visit.city, |error| visit.error(error));
        let (milestones, units) = read::of(city, contract.id).await.map_err(fail)?;
        let today = visit.shell.now().date();
        let line = |row: MilestoneProgress| {
            let state = row.state(today);
            let own = units.iter().filter(|unit| unit.milestone == row.position).cloned();
            let is_open = matches!(row.acceptance_state, None | Some(AcceptanceState::Returned));
            MilestoneLine {
                state,
                tone: super::milestone_tone(state),
                units: own.collect(),
                may_report: is_open && row.records > 0,
                is_published: row.published_at.is_some(),
                row,
            }
        };
        Ok(Delivery {
            milestones: milestones.into_iter().map(line).collect(),
            lines: plan::lines(city, contract.id).await.map_err(fail)?,
            supplements: supplement::of(city, contract.id).await.map_err(fail)?,
            subcontracts: subcontract::of(city, contract.id).await.map_err(fail)?,
            halts: halt::of(city, contract.id).await.map_err(fail)?,
            contract,
        })
    }

    /// The same without what only the parties may know.
    pub fn public(mut self) -> Delivery {
        self.supplements.retain(|one| one.state == "signed");
        self.subcontracts.retain(|one| one.state == SubcontractState::Consented);
        self.halts.retain(|one| matches!(one.state, HaltState::InForce | HaltState::Lifted));
        for line in &mut self.milestones {
            if !line.is_published && line.state == MilestoneState::Accepted {
                (line.state, line.tone) =
                    (MilestoneState::Reported, super::milestone_tone(MilestoneState::Reported));
            }
        }
        self
    }

    /// Whether the contract was changed, handed on in part, or halted.
    pub fn has_changes(&self) -> bool {
        !self.supplements.is_empty() || !self.subcontracts.is_empty() || !self.halts.is_empty()
    }
}

/// A line of the deduction table in words.
pub fn line_text(shell: &Shell, line: &LineRow) -> String {
    match line.kind {
        DeductionKind::Unit => line.ground.clone(),
        DeductionKind::Share => shell.txy("performance-line-share", &line.ground, percent(line.basis_points)),
    }
}

/// Hundredths of a percent as people write them: 500 is 5, 1250 is 12.5.
pub fn percent(basis_points: i64) -> String {
    let text = format!("{}.{:02}", basis_points / 100, basis_points % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn shares_are_written_without_empty_decimals() {
        for (points, expected) in [(500, "5"), (1_250, "12.5"), (5, "0.05"), (10_000, "100"), (1_000, "10")] {
            assert_eq!(percent(points), expected);
        }
    }
}
