//! A catalogue item: one service an office wants to buy, with everything a supplier and a citizen ask.
//!
//! The office proposes, the purchase lead reviews, and only then is it listed; nobody reviews what he
//! proposed (C12, C14). An item names no provider: there is no field for one (S67).

use super::negative_list::{self, SignedCheck, own_duty_words};
use crate::coded;
use crate::kernel::{Fen, OfficeId, PersonId, Refusal};

coded! {
    /// Where an item stands before it is tendered (C12).
    pub enum ItemStage as "item_stage" {
        /// Written by the office.
        Proposed = "proposed",
        /// Passed by the purchase lead.
        Reviewed = "reviewed",
        /// In the published catalogue.
        Listed = "listed",
        /// Taken back.
        Withdrawn = "withdrawn",
    }
}

coded! {
    /// What kind of work an office hands over (S15).
    pub enum FunctionKind as "function_kind" {
        /// 评估.
        Rating = "rating",
        /// 培训.
        Training = "training",
        /// 考核.
        Appraisal = "appraisal",
        /// Services given directly to people.
        PublicService = "public_service",
        /// Surveys and studies.
        Research = "research",
        /// Events and publicity.
        Publicity = "publicity",
        /// Other supporting work for the organ.
        Support = "support",
    }
}

coded! {
    /// Where the money comes from; donations never pay for a purchase (T6).
    pub enum FundSource as "fund_source" {
        /// The department's budget.
        DepartmentBudget = "department_budget",
        /// Welfare lottery money.
        WelfareLottery = "welfare_lottery",
        /// A special fund of the budget.
        SpecialFund = "special_fund",
    }
}

coded! {
    /// Who buys (S65).
    pub enum ItemScope as "item_scope" {
        /// The city bureau.
        City = "city",
        /// A district, by delegation.
        Delegated = "delegated",
    }
}

/// An item as its office writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemDraft {
    /// The office that needs it.
    pub office: OfficeId,
    /// The director who answers for it (E4).
    pub director: Option<PersonId>,
    /// Short name.
    pub title: String,
    /// Kind of work.
    pub function: FunctionKind,
    /// Why the function can be handed over (S15).
    pub why_purchasable: String,
    /// How much of it, in words.
    pub quantity: String,
    /// What makes it good.
    pub standard: String,
    /// The most it may cost.
    pub ceiling: Fen,
    /// The budget line's amount (C9).
    pub budget: Fen,
    /// Where the money comes from.
    pub fund_source: FundSource,
    /// Who buys.
    pub scope: ItemScope,
    /// Whom it serves.
    pub recipients: String,
    /// How its performance will be judged (C12, S72).
    pub performance_standard: String,
    /// True when the bureau's own affiliates may not perform it (T8).
    pub excludes_affiliates: bool,
}

/// The longest title, in characters: it must fit a list and a label in a chart.
const TITLE_MAX: usize = 60;
/// The longest of the other texts, in characters.
const TEXT_MAX: usize = 2000;

/// Everything that keeps a draft from being proposed, field by field; empty when nothing does.
pub fn faults(draft: &ItemDraft) -> Vec<Refusal> {
    let mut found = Vec::new();
    if draft.director.is_none() {
        found.push(Refusal::new("catalogue.director-missing", "E4").at("director"));
    }
    let texts = [
        ("title", &draft.title, TITLE_MAX),
        ("why_purchasable", &draft.why_purchasable, TEXT_MAX),
        ("quantity", &draft.quantity, TEXT_MAX),
        ("standard", &draft.standard, TEXT_MAX),
        ("recipients", &draft.recipients, TEXT_MAX),
        ("performance_standard", &draft.performance_standard, TEXT_MAX),
    ];
    for (field, text, most) in texts {
        if text.trim().is_empty() {
            found.push(Refusal::new("catalogue.field-empty", "C12").at(field));
        } else if text.chars().count() > most {
            found.push(Refusal::new("catalogue.field-too-long", "C12").at(field).with("most", most));
        }
    }
    found.extend(money_faults(draft));
    // The free text on why it can be bought may well name the decision that stays behind; the others may not.
    if let Some(words) = [&draft.title, &draft.quantity].iter().find_map(|text| own_duty_words(text)) {
        found.push(Refusal::new("catalogue.own-duty", "T11").at("title").with("words", words));
    }
    found
}

fn money_faults(draft: &ItemDraft) -> Vec<Refusal> {
    let mut found = Vec::new();
    if draft.ceiling <= Fen::ZERO {
        found.push(Refusal::new("catalogue.ceiling-not-positive", "C9").at("ceiling"));
    }
    if draft.budget <= Fen::ZERO {
        found.push(Refusal::new("catalogue.budget-missing", "C8").at("budget"));
    } else if draft.ceiling > draft.budget {
        let refusal = Refusal::new("catalogue.ceiling-over-budget", "C9").at("ceiling");
        found.push(refusal.with("ceiling", draft.ceiling).with("budget", draft.budget));
    }
    found
}

/// Proposes an item.
pub fn propose(draft: &ItemDraft) -> Result<ItemStage, Vec<Refusal>> {
    let found = faults(draft);
    if found.is_empty() { Ok(ItemStage::Proposed) } else { Err(found) }
}

/// Lets the office change an item: only until it has passed the review.
pub fn edit(stage: ItemStage, draft: &ItemDraft) -> Result<ItemStage, Vec<Refusal>> {
    expect(stage, ItemStage::Proposed).map_err(|refusal| vec![refusal])?;
    propose(draft)
}

/// Takes the director's signature under the six answers of a proposed item (C7).
pub fn sign(stage: ItemStage, title: &str, quantity: &str, signed: &SignedCheck) -> Result<(), Refusal> {
    expect(stage, ItemStage::Proposed)?;
    negative_list::check(&[title, quantity], signed)
}

/// Passes a proposed and signed item. The reviewer is neither its author nor the signer of its check (C14).
pub fn review(
    stage: ItemStage,
    author: PersonId,
    signer: Option<PersonId>,
    reviewer: PersonId,
) -> Result<ItemStage, Refusal> {
    expect(stage, ItemStage::Proposed)?;
    let signer = signer.ok_or_else(|| Refusal::new("catalogue.negative-list-unsigned", "C7"))?;
    if reviewer == author || reviewer == signer {
        return Err(Refusal::new("catalogue.reviewed-by-author", "C14"));
    }
    Ok(ItemStage::Reviewed)
}

/// Gives a proposed item back to its office, which needs to know why.
pub fn give_back(stage: ItemStage, author: PersonId, reviewer: PersonId, note: &str) -> Result<(), Refusal> {
    expect(stage, ItemStage::Proposed)?;
    if reviewer == author {
        return Err(Refusal::new("catalogue.reviewed-by-author", "C14"));
    }
    if note.trim().is_empty() {
        return Err(Refusal::new("catalogue.note-missing", "C14").at("note"));
    }
    Ok(())
}

/// Puts a reviewed item into the published catalogue; measures must be in force before it (S8, S14).
pub fn list(stage: ItemStage, measures_in_force: bool) -> Result<ItemStage, Refusal> {
    expect(stage, ItemStage::Reviewed)?;
    if !measures_in_force {
        return Err(Refusal::new("catalogue.no-measures-in-force", "S14"));
    }
    Ok(ItemStage::Listed)
}

/// Takes an item back with a reason, unless a tender runs on it.
pub fn withdraw(stage: ItemStage, has_live_tender: bool, reason: &str) -> Result<ItemStage, Refusal> {
    if stage == ItemStage::Withdrawn {
        return Err(Refusal::new("catalogue.item-stage", "C12").with_code("stage", stage));
    }
    if has_live_tender {
        return Err(Refusal::new("catalogue.item-has-tender", "C12"));
    }
    if reason.trim().is_empty() {
        return Err(Refusal::new("catalogue.reason-missing", "S76").at("reason"));
    }
    Ok(ItemStage::Withdrawn)
}

/// The total of a catalogue or batch: the sum of its rows' ceilings and nothing else (S16).
pub fn total(ceilings: impl IntoIterator<Item = Fen>) -> Result<Fen, Refusal> {
    Fen::sum(ceilings).ok_or_else(|| Refusal::new("catalogue.total-too-large", "S16"))
}

/// Refuses a stated total that is not the sum of the rows, as when a workbook is imported (S16).
pub fn check_stated_total(stated: Fen, ceilings: impl IntoIterator<Item = Fen>) -> Result<(), Refusal> {
    let sum = total(ceilings)?;
    if stated == sum {
        return Ok(());
    }
    Err(Refusal::new("catalogue.total-differs", "S16").at("total").with("stated", stated).with("sum", sum))
}

fn expect(stage: ItemStage, needed: ItemStage) -> Result<(), Refusal> {
    if stage == needed {
        return Ok(());
    }
    Err(Refusal::new("catalogue.item-stage", "C12").with_code("stage", stage).with_code("needed", needed))
}

#[cfg(test)]
mod tests {
    use super::super::negative_list::tests::passed;
    use super::*;

    fn draft() -> ItemDraft {
        ItemDraft {
            office: OfficeId(1),
            director: Some(PersonId(9)),
            title: "社会组织评估".to_owned(),
            function: FunctionKind::Rating,
            why_purchasable: "辅助性工作,等级最终评定仍由本局作出".to_owned(),
            quantity: "120家".to_owned(),
            standard: "按评估指标".to_owned(),
            ceiling: Fen::yuan(200_000),
            budget: Fen::yuan(200_000),
            fund_source: FundSource::DepartmentBudget,
            scope: ItemScope::City,
            recipients: "参评社会组织".to_owned(),
            performance_standard: "按期完成".to_owned(),
            excludes_affiliates: false,
        }
    }

    fn check(change: impl FnOnce(&mut ItemDraft), expected: &[&str]) {
        let mut changed = draft();
        change(&mut changed);
        let codes = |found: Vec<Refusal>| found.into_iter().map(|refusal| refusal.code).collect::<Vec<_>>();
        assert_eq!(propose(&changed).map_err(codes).err().unwrap_or_default(), expected);
    }

    #[test]
    fn an_item_needs_director_budget_and_standard() {
        check(|_| {}, &[]);
        check(|item| item.director = None, &["catalogue.director-missing"]);
        check(|item| item.budget = Fen::ZERO, &["catalogue.budget-missing"]);
        check(|item| item.performance_standard = "  ".to_owned(), &["catalogue.field-empty"]);
        check(|item| item.ceiling = Fen::yuan(200_001), &["catalogue.ceiling-over-budget"]);
        check(|item| item.ceiling = Fen(-1), &["catalogue.ceiling-not-positive"]);
        check(|item| item.title = "社会组织登记审批".to_owned(), &["catalogue.own-duty"]);
        check(|item| item.title = "评".repeat(61), &["catalogue.field-too-long"]);
        check(
            |item| {
                item.title.clear();
                item.director = None;
            },
            &["catalogue.director-missing", "catalogue.field-empty"],
        );
    }

    fn code<T: std::fmt::Debug>(result: Result<T, Refusal>) -> &'static str {
        result.unwrap_err().code
    }

    #[test]
    fn a_signature_counts_on_proposed_items_only() {
        let signed = passed(PersonId(2));
        assert_eq!(sign(ItemStage::Proposed, "社会组织评估", "120家", &signed), Ok(()));
        assert_eq!(code(sign(ItemStage::Listed, "社会组织评估", "120家", &signed)), "catalogue.item-stage");
        assert_eq!(code(sign(ItemStage::Proposed, "社会组织登记审批", "1批", &signed)), "catalogue.own-duty");
        assert!(edit(ItemStage::Proposed, &draft()).is_ok());
        assert_eq!(edit(ItemStage::Reviewed, &draft()).unwrap_err()[0].code, "catalogue.item-stage");
    }

    #[test]
    fn makers_do_not_review_and_steps_keep_their_order() {
        let (author, signer, lead) = (PersonId(1), PersonId(2), PersonId(3));
        assert_eq!(review(ItemStage::Proposed, author, Some(signer), lead), Ok(ItemStage::Reviewed));
        for reviewer in [author, signer] {
            let refusal = review(ItemStage::Proposed, author, Some(signer), reviewer).unwrap_err();
            assert_eq!(refusal.code, "catalogue.reviewed-by-author");
        }
        assert_eq!(code(review(ItemStage::Listed, author, Some(signer), lead)), "catalogue.item-stage");
        assert_eq!(code(review(ItemStage::Proposed, author, None, lead)), "catalogue.negative-list-unsigned");
        assert_eq!(give_back(ItemStage::Proposed, author, lead, "请写明数量"), Ok(()));
        assert_eq!(code(give_back(ItemStage::Proposed, author, lead, " ")), "catalogue.note-missing");
        assert_eq!(code(give_back(ItemStage::Proposed, author, author, "x")), "catalogue.reviewed-by-author");
        assert_eq!(code(give_back(ItemStage::Reviewed, author, lead, "x")), "catalogue.item-stage");
        assert_eq!(list(ItemStage::Reviewed, true), Ok(ItemStage::Listed));
        assert_eq!(list(ItemStage::Reviewed, false).unwrap_err().code, "catalogue.no-measures-in-force");
        assert_eq!(list(ItemStage::Proposed, true).unwrap_err().code, "catalogue.item-stage");
        assert_eq!(withdraw(ItemStage::Listed, true, "x").unwrap_err().code, "catalogue.item-has-tender");
        assert_eq!(withdraw(ItemStage::Listed, false, " ").unwrap_err().code, "catalogue.reason-missing");
        assert_eq!(withdraw(ItemStage::Listed, false, "预算调整"), Ok(ItemStage::Withdrawn));
    }

    #[test]
    fn the_catalogue_total_is_the_sum_of_its_rows() {
        let rows = [Fen::yuan(3), Fen(50)];
        assert_eq!(total(rows), Ok(Fen(350)));
        assert!(check_stated_total(Fen(350), rows).is_ok());
        assert_eq!(check_stated_total(Fen(351), rows).unwrap_err().code, "catalogue.total-differs");
        assert_eq!(total([Fen(i64::MAX), Fen(1)]).unwrap_err().code, "catalogue.total-too-large");
    }
}
