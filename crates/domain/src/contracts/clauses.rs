//! The words of a contract, taken over from the tender: what was competed for is copied, and only what the
//! tender's own contract draft left open is filled with a standard clause (C50).

use super::contract::ContractPart;
use crate::kernel::Coded;

/// What the tender and the bid say that becomes the words of the contract.
#[derive(Clone, Copy, Debug)]
pub struct TenderWords<'a> {
    /// The requirement.
    pub requirement: &'a str,
    /// What is delivered.
    pub deliverables: &'a str,
    /// How good it must be.
    pub performance_standard: &'a str,
    /// What recipients have to say.
    pub recipients_role: &'a str,
    /// The contract draft of the tender's documents; a line such as `结算：` begins a part.
    pub contract_draft: &'a str,
    /// Digest of the bid's package, which binds the contract to the proposal.
    pub bid_digest: &'a str,
}

impl ContractPart {
    /// Whether the part is substance: competed for, and so copied and never edited (C50).
    pub fn is_substance(self) -> bool {
        matches!(self, Self::Content | Self::Quantity | Self::Quality | Self::RecipientsRole)
    }

    /// The words with which a tender's contract draft begins this part.
    fn headings(self) -> &'static [&'static str] {
        match self {
            Self::Settlement => &["结算与支付", "结算", "付款"],
            Self::RightsAndDuties => &["权利义务", "权利与义务", "双方权利义务"],
            Self::Breach => &["违约责任", "违约"],
            Self::PrivacyProtection => &["个人信息保护", "保密与个人信息保护", "保密"],
            Self::Feedback => &["意见反馈", "反馈渠道", "反馈"],
            Self::Content | Self::Quantity | Self::Quality | Self::RecipientsRole => &[],
        }
    }

    /// What stands in a contract whose tender left the part open.
    fn standard(self) -> &'static str {
        match self {
            Self::Settlement => "按本合同所列阶段结算：该阶段验收合格后，按所列金额支付。",
            Self::RightsAndDuties => {
                "购买主体提供必要条件、跟踪进度并组织验收；承接主体按招标文件和投标文件提供服务，不得转包。"
            }
            Self::Breach => {
                "一方不履行或不按约定履行的，依法承担继续履行、采取补救措施或赔偿损失等违约责任。"
            }
            Self::PrivacyProtection => {
                "服务中知悉的个人信息只用于本合同，依法保护，合同结束后按约定删除或移交。"
            }
            Self::Feedback => "双方各指定一名联系人；服务对象可向任何一方提出意见，双方共同答复并记录。",
            Self::Content | Self::Quantity | Self::Quality | Self::RecipientsRole => "",
        }
    }
}

/// Every part in words.
pub fn from_tender(words: &TenderWords<'_>) -> Vec<(ContractPart, String)> {
    ContractPart::ALL.iter().map(|part| (*part, part_text(*part, words))).collect()
}

fn part_text(part: ContractPart, words: &TenderWords<'_>) -> String {
    match part {
        ContractPart::Content => format!(
            "{}\n承接方案以投标文件为准，投标文件的 SHA-256 摘要为 {}。",
            words.requirement.trim(),
            words.bid_digest
        ),
        ContractPart::Quantity => words.deliverables.trim().to_owned(),
        ContractPart::Quality => words.performance_standard.trim().to_owned(),
        ContractPart::RecipientsRole => words.recipients_role.trim().to_owned(),
        open => {
            let written = written_under(open, words.contract_draft);
            if written.is_empty() { open.standard().to_owned() } else { written }
        }
    }
}

/// The lines of the draft that belong to a part; lines before any heading belong to rights and duties.
fn written_under(part: ContractPart, draft: &str) -> String {
    let mut here = ContractPart::RightsAndDuties;
    let mut lines = Vec::new();
    for line in draft.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (owner, rest) = heading_of(line).unwrap_or((here, line));
        here = owner;
        if owner == part && !rest.is_empty() {
            lines.push(rest);
        }
    }
    lines.join("\n")
}

fn heading_of(line: &str) -> Option<(ContractPart, &str)> {
    let (head, rest) = line.split_once(['：', ':'])?;
    let part = ContractPart::ALL.iter().find(|part| part.headings().contains(&head.trim()))?;
    Some((*part, rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(part: ContractPart, draft: &str) -> String {
        let words = TenderWords {
            requirement: "评估 40 家组织",
            deliverables: "40 份报告",
            performance_standard: "按期完成",
            recipients_role: "被评组织填写意见",
            contract_draft: draft,
            bid_digest: "ab12",
        };
        let parts = from_tender(&words);
        parts.into_iter().find(|(held, _)| *held == part).map(|(_, text)| text).unwrap()
    }

    #[test]
    fn the_tenders_own_clauses_come_before_standard_ones() {
        let draft = "双方按诚信原则履行。\n结算：分两期。\n第一期一半。\n\n违约责任：按日计。";
        for (part, expected) in [
            (ContractPart::RightsAndDuties, "双方按诚信原则履行。"),
            (ContractPart::Settlement, "分两期。\n第一期一半。"),
            (ContractPart::Breach, "按日计。"),
            (ContractPart::Quantity, "40 份报告"),
            (ContractPart::RecipientsRole, "被评组织填写意见"),
        ] {
            assert_eq!(text_of(part, draft), expected, "{part:?}");
        }
        assert!(text_of(ContractPart::Content, draft).ends_with("摘要为 ab12。"));
    }

    #[test]
    fn an_empty_draft_still_states_every_part() {
        for part in ContractPart::ALL {
            assert!(!text_of(*part, "").is_empty(), "{part:?}");
        }
    }

    #[test]
    fn what_was_competed_for_is_substance() {
        let substance: Vec<_> = ContractPart::ALL.iter().filter(|part| part.is_substance()).collect();
        assert_eq!(substance.len(), 4);
        assert!(!ContractPart::Settlement.is_substance());
    }
}
