//! The requirement and the way to the notice: the office writes, the purchase lead checks, and nothing is
//! published before the catalogue and the measures are (S8, C14, C19).
//!
//! It asks what a bidder must be able to do, never how big, old or local he is (C5, C6), and it has no field
//! for a provider's name (S67).

use super::scoring_table::barred_factor;
use super::stage::Stage;
use crate::catalogue::ItemStage;
use crate::coded;
use crate::kernel::{Coded, Fen, PersonId, Refusal};

coded! {
    /// What tender documents contain besides the scoring table (C19).
    pub enum DocumentPart as "document_part" {
        /// What is to be done.
        Requirement = "requirement",
        /// What a bidder must fulfil.
        Qualification = "qualification",
        /// How the price is to be stated.
        PriceRule = "price_rule",
        /// The contract that will be signed.
        ContractDraft = "contract_draft",
        /// How performance will be judged.
        PerformanceStandard = "performance_standard",
        /// What recipients have to say.
        RecipientsRole = "recipients_role",
        /// Whom to turn to with a challenge.
        ChallengeContact = "challenge_contact",
    }
}

/// A requirement as its office writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequirementDraft {
    /// The words.
    pub parts: Vec<(DocumentPart, String)>,
    /// The most it may cost.
    pub ceiling: Fen,
    /// The ceiling of its catalogue item.
    pub item_ceiling: Fen,
}

/// Everything that keeps a requirement from being sent to its check; empty when nothing does.
pub fn problems(draft: &RequirementDraft) -> Vec<Refusal> {
    let mut found = Vec::new();
    for part in DocumentPart::ALL {
        let is_written = draft.parts.iter().any(|(kind, text)| kind == part && !text.trim().is_empty());
        if !is_written {
            let refusal = Refusal::new("tendering.document-part-missing", "C19").at(part.code());
            found.push(refusal.with_code("part", *part));
        }
    }
    let conditions = draft.parts.iter().filter(|(kind, _)| *kind == DocumentPart::Qualification);
    for words in conditions.filter_map(|(_, text)| barred_factor(text)) {
        let refusal = Refusal::new("tendering.condition-discriminates", "C5");
        found.push(refusal.at(DocumentPart::Qualification.code()).with("words", words));
    }
    if draft.ceiling <= Fen::ZERO {
        found.push(Refusal::new("tendering.ceiling-not-positive", "C9").at("ceiling"));
    }
    if draft.ceiling > draft.item_ceiling {
        let refusal = Refusal::new("tendering.ceiling-over-item", "C9").at("ceiling");
        found.push(refusal.with("ceiling", draft.ceiling).with("item_ceiling", draft.item_ceiling));
    }
    found
}

/// Sends a complete requirement to its check.
pub fn submit(stage: Stage, draft: &RequirementDraft) -> Result<Stage, Vec<Refusal>> {
    stage.expect(Stage::Drafting).map_err(|refusal| vec![refusal])?;
    let found = problems(draft);
    if found.is_empty() { Ok(Stage::Checking) } else { Err(found) }
}

/// Passes the requirement. Nobody checks what he wrote (C14).
pub fn pass(stage: Stage, authors: &[PersonId], checker: PersonId) -> Result<Stage, Refusal> {
    check_checker(stage, authors, checker)?;
    Ok(Stage::Ready)
}

/// Gives the requirement back to its office with what is to be mended.
pub fn send_back(
    stage: Stage,
    authors: &[PersonId],
    checker: PersonId,
    reason: &str,
) -> Result<Stage, Refusal> {
    check_checker(stage, authors, checker)?;
    if reason.trim().is_empty() {
        return Err(Refusal::new("tendering.send-back-reason-missing", "C14").at("reason"));
    }
    Ok(Stage::Drafting)
}

/// Publishes the notice. The item must be in the published catalogue and measures in force (S8, S14);
/// whether the periods are long enough is decided by `schedule`.
pub fn publish(stage: Stage, item: ItemStage, measures_in_force: bool) -> Result<Stage, Refusal> {
    stage.expect(Stage::Ready)?;
    if item != ItemStage::Listed {
        return Err(Refusal::new("tendering.item-not-listed", "C12").with_code("item", item));
    }
    if !measures_in_force {
        return Err(Refusal::new("tendering.no-measures-in-force", "S14"));
    }
    stage.advance(Stage::Bidding)
}

fn check_checker(stage: Stage, authors: &[PersonId], checker: PersonId) -> Result<(), Refusal> {
    stage.expect(Stage::Checking)?;
    if authors.contains(&checker) {
        return Err(Refusal::new("tendering.checked-by-author", "C14"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(change: impl FnOnce(&mut RequirementDraft), expected: &[&str]) {
        let parts = DocumentPart::ALL.iter().map(|part| (*part, "内容".to_owned())).collect();
        let mut draft = RequirementDraft { parts, ceiling: Fen::yuan(100), item_ceiling: Fen::yuan(100) };
        change(&mut draft);
        let found = submit(Stage::Drafting, &draft).err().unwrap_or_default();
        assert_eq!(found.iter().map(|refusal| refusal.code).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn documents_are_complete_and_open_to_all() {
        check(|_| {}, &[]);
        check(|draft| draft.parts[5].1.clear(), &["tendering.document-part-missing"]);
        check(
            |draft| draft.parts[1].1 = "注册资金50万元以上".to_owned(),
            &["tendering.condition-discriminates"],
        );
        check(|draft| draft.ceiling = Fen::yuan(101), &["tendering.ceiling-over-item"]);
        check(|draft| draft.ceiling = Fen::ZERO, &["tendering.ceiling-not-positive"]);
    }

    #[test]
    fn the_author_does_not_check_and_nothing_skips_the_check() {
        let authors = [PersonId(1)];
        assert_eq!(pass(Stage::Checking, &authors, PersonId(2)), Ok(Stage::Ready));
        let code = |found: Result<Stage, Refusal>| found.unwrap_err().code;
        assert_eq!(code(pass(Stage::Checking, &authors, PersonId(1))), "tendering.checked-by-author");
        assert_eq!(code(pass(Stage::Drafting, &authors, PersonId(2))), "tendering.wrong-stage");
        assert_eq!(send_back(Stage::Checking, &authors, PersonId(2), "标准不清"), Ok(Stage::Drafting));
        let silent = send_back(Stage::Checking, &authors, PersonId(2), "");
        assert_eq!(code(silent), "tendering.send-back-reason-missing");
    }

    #[test]
    fn no_tender_opens_before_catalogue_and_measures() {
        assert_eq!(publish(Stage::Ready, ItemStage::Listed, true), Ok(Stage::Bidding));
        let code = |found: Result<Stage, Refusal>| found.unwrap_err().code;
        assert_eq!(code(publish(Stage::Ready, ItemStage::Reviewed, true)), "tendering.item-not-listed");
        assert_eq!(code(publish(Stage::Ready, ItemStage::Listed, false)), "tendering.no-measures-in-force");
        assert_eq!(code(publish(Stage::Drafting, ItemStage::Listed, true)), "tendering.wrong-stage");
    }
}
