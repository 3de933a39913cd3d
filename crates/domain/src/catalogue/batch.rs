//! A batch: listed items that are tendered together (C13, S60).

use super::item::{ItemScope, ItemStage};
use crate::kernel::{BatchId, ItemId, Refusal};

/// An item that is to join a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Which item.
    pub item: ItemId,
    /// Where it stands.
    pub stage: ItemStage,
    /// Who buys it.
    pub scope: ItemScope,
    /// The open batch in which it already is.
    pub open_batch: Option<BatchId>,
}

/// Checks that these items may form one batch: some, each once, each listed, none in another open batch.
pub fn form(items: &[Candidate]) -> Result<(), Refusal> {
    if items.is_empty() {
        return Err(Refusal::new("catalogue.batch-empty", "C13").at("items"));
    }
    for (index, candidate) in items.iter().enumerate() {
        let refusal = |code| Refusal::new(code, "C13").at("items").with("item", candidate.item.0);
        if items.iter().take(index).any(|earlier| earlier.item == candidate.item) {
            return Err(refusal("catalogue.batch-item-twice"));
        }
        if candidate.stage != ItemStage::Listed {
            return Err(refusal("catalogue.batch-item-not-listed").with_code("stage", candidate.stage));
        }
        // Delegated items are tendered by their district, not by the bureau (S65).
        if candidate.scope == ItemScope::Delegated {
            let refusal = Refusal::new("catalogue.batch-item-delegated", "S65").at("items");
            return Err(refusal.with("item", candidate.item.0));
        }
        if let Some(other) = candidate.open_batch {
            return Err(refusal("catalogue.batch-item-elsewhere").with("batch", other.0));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(items: &[(i64, ItemStage, Option<i64>)], expected: Option<&str>) {
        let candidates: Vec<Candidate> = items
            .iter()
            .map(|(item, stage, batch)| Candidate {
                item: ItemId(*item),
                stage: *stage,
                scope: ItemScope::City,
                open_batch: batch.map(BatchId),
            })
            .collect();
        assert_eq!(form(&candidates).err().map(|refusal| refusal.code), expected);
    }

    #[test]
    fn a_delegated_item_is_left_to_its_district() {
        let item = ItemId(1);
        let delegated =
            Candidate { item, stage: ItemStage::Listed, scope: ItemScope::Delegated, open_batch: None };
        assert_eq!(form(&[delegated]).unwrap_err().code, "catalogue.batch-item-delegated");
    }

    #[test]
    fn a_listed_item_is_in_one_open_batch_at_most() {
        use ItemStage::*;
        check(&[(1, Listed, None), (2, Listed, None)], None);
        check(&[], Some("catalogue.batch-empty"));
        check(&[(1, Listed, None), (1, Listed, None)], Some("catalogue.batch-item-twice"));
        check(&[(1, Reviewed, None)], Some("catalogue.batch-item-not-listed"));
        check(&[(1, Listed, Some(7))], Some("catalogue.batch-item-elsewhere"));
    }
}
