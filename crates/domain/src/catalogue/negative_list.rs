//! The negative list: what may never be bought, answered row by row and signed for each item (C7, T11).
//!
//! Besides the answers, the words of the item are read: an item that names a decision only government can
//! take is refused whatever was ticked. Supporting work for such decisions stays purchasable.

use crate::coded;
use crate::kernel::{Coded, Moment, PersonId, Refusal};

coded! {
    /// The six reasons for which something may not be bought (C7).
    pub enum NegativeListRow as "negative_list_row" {
        /// Not a duty of government at all.
        OutsideDuty = "outside_duty",
        /// Must be done by government itself.
        OwnDuty = "own_duty",
        /// Goods, works, or bundles of works and services.
        GoodsOrWorks = "goods_or_works",
        /// Financing.
        Financing = "financing",
        /// Recruitment, labour dispatch, public-welfare posts.
        Labour = "labour",
        /// Forbidden by another law.
        OtherLaw = "other_law",
    }
}

/// The answer to one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowAnswer {
    /// Which row.
    pub row: NegativeListRow,
    /// True when the row applies, so that the item may not be bought.
    pub applies: bool,
    /// Why it does or does not.
    pub reason: String,
}

/// Six answers under one signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedCheck {
    /// One answer for each row.
    pub answers: Vec<RowAnswer>,
    /// Who signed.
    pub signer: PersonId,
    /// When.
    pub signed_at: Moment,
}

/// Decisions that stay with government, as items name them (T11).
const OWN_DUTIES: [&str; 24] = [
    "准予登记",
    "核准登记",
    "登记审批",
    "登记核准",
    "登记许可",
    "颁发登记证",
    "发放登记证",
    "办理登记",
    "年检结论",
    "年检审定",
    "年检决定",
    "行政许可",
    "行政审批",
    "许可决定",
    "行政处罚",
    "处罚决定",
    "等级审定",
    "等级终评",
    "最终评定",
    "行政强制",
    "grant registration",
    "grant licence",
    "impose penalt",
    "inspection decision",
];

/// The words in `text` that name a duty of government's own, if there are any (T11).
pub fn own_duty_words(text: &str) -> Option<&'static str> {
    let plain: String =
        text.chars().filter(|character| *character != '\u{3000}').collect::<String>().to_lowercase();
    OWN_DUTIES.into_iter().find(|words| plain.contains(words))
}

/// Checks the six answers and the item's own words; the refusal names the row.
pub fn check(item_texts: &[&str], signed: &SignedCheck) -> Result<(), Refusal> {
    for row in NegativeListRow::ALL {
        let mut answers = signed.answers.iter().filter(|answer| answer.row == *row);
        let refusal = |code| Refusal::new(code, "C7").at(row.code()).with_code("row", *row);
        let answer = answers.next().ok_or_else(|| refusal("catalogue.negative-list-row-open"))?;
        if answers.next().is_some() {
            return Err(refusal("catalogue.negative-list-row-twice"));
        }
        if answer.applies {
            return Err(refusal("catalogue.negative-list-applies"));
        }
        if answer.reason.trim().is_empty() {
            return Err(refusal("catalogue.negative-list-reason-missing"));
        }
    }
    match item_texts.iter().find_map(|text| own_duty_words(text)) {
        Some(words) => Err(Refusal::new("catalogue.own-duty", "T11")
            .at(NegativeListRow::OwnDuty.code())
            .with("words", words)),
        None => Ok(()),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Six answers that let an item pass.
    pub(crate) fn passed(signer: PersonId) -> SignedCheck {
        let answer =
            |row: &NegativeListRow| RowAnswer { row: *row, applies: false, reason: "不属于".to_owned() };
        SignedCheck {
            answers: NegativeListRow::ALL.iter().map(answer).collect(),
            signer,
            signed_at: Moment(0),
        }
    }

    fn verdict(text: &str, change: impl FnOnce(&mut Vec<RowAnswer>), expected: Option<&str>) {
        let mut signed = passed(PersonId(1));
        change(&mut signed.answers);
        assert_eq!(check(&[text], &signed).err().map(|refusal| refusal.code), expected, "{text}");
    }

    #[test]
    fn each_row_is_answered_once_with_a_reason_and_none_applies() {
        verdict("社会组织评估", |_| {}, None);
        verdict("社会组织评估", |answers| drop(answers.pop()), Some("catalogue.negative-list-row-open"));
        verdict(
            "社会组织评估",
            |answers| answers.push(answers[0].clone()),
            Some("catalogue.negative-list-row-twice"),
        );
        verdict("社会组织评估", |answers| answers[3].applies = true, Some("catalogue.negative-list-applies"));
        verdict(
            "社会组织评估",
            |answers| answers[3].reason.clear(),
            Some("catalogue.negative-list-reason-missing"),
        );
    }

    #[test]
    fn decisions_stay_with_government_whatever_was_ticked() {
        for text in ["社会组织登记审批", "Grant registrations", "作出行政处罚决定", "社会组织年检结论出具"]
        {
            verdict(text, |_| {}, Some("catalogue.own-duty"));
        }
        for text in ["社会组织登记档案整理", "社会组织年检材料初审辅助", "千年古镇评定", "公益创投实务培训"]
        {
            verdict(text, |_| {}, None);
        }
    }
}
