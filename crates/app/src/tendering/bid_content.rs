//! The fields of a bid as a form or a program sends them, read as a bid with every fault named at its field.

use std::collections::BTreeMap;

use domain::kernel::{Coded, CreditCode, Fen, Refusal};
use domain::tendering::bid::{self, BidContent, BidPart, Statement};
use domain::tendering::consortium::{self, ConsortiumRule, Joint};

/// No bid names more members; a technical limit.
pub const MEMBERS_MAX: usize = 20;

/// The names of the fields of a bid: price, the people, the statements, the parts, the consortium.
pub fn field_names() -> Vec<String> {
    let mut names: Vec<String> =
        ["price", "project_lead", "contact_name", "contact_phone", "members", "joint_liability"]
            .map(str::to_owned)
            .to_vec();
    names.extend(Statement::ALL.iter().map(|statement| format!("statements.{}", statement.code())));
    names.extend(BidPart::ALL.iter().map(|part| format!("parts.{}", part.code())));
    names
}

/// What the documents ask of a bid.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// The most it may cost.
    pub ceiling: Fen,
    /// Whether several may bid as one.
    pub consortia: ConsortiumRule,
}

/// What was typed, as a bid, with every fault of it. A price that cannot be read counts as zero, and its
/// own fault is the only one told of it. `has_agreement` is whether a file is marked as the agreement of a
/// consortium.
pub fn read(
    fields: &BTreeMap<String, String>,
    has_agreement: bool,
    terms: Terms,
) -> (BidContent, Vec<Refusal>) {
    let text = |name: &str| fields.get(name).map_or("", |text| text.trim());
    let is_ticked = |statement: &&Statement| !text(&format!("statements.{}", statement.code())).is_empty();
    let price = match text("price") {
        "" => Err(Refusal::new("tendering.price-missing", "C34").at("price")),
        typed => Fen::parse_yuan(typed).map_err(|refusal| refusal.at("price")),
    };
    let parts = BidPart::ALL.iter().map(|part| (*part, text(&format!("parts.{}", part.code())).to_owned()));
    let content = BidContent {
        price: price.clone().unwrap_or(Fen::ZERO),
        statements: Statement::ALL.iter().filter(is_ticked).copied().collect(),
        parts: parts.collect(),
        contact_name: text("contact_name").to_owned(),
        contact_phone: text("contact_phone").to_owned(),
        joint: Joint {
            members: codes(text("members")),
            has_agreement,
            accepts_liability: !text("joint_liability").is_empty(),
        },
    };
    let mut faults = bid::problems(&content, terms.ceiling);
    if let Err(unreadable) = price {
        faults.retain(|fault| fault.field.as_deref() != Some("price"));
        faults.insert(0, unreadable);
    }
    if text("project_lead").is_empty() {
        faults.push(Refusal::new("tendering.project-lead-missing", "C34").at("project_lead"));
    }
    faults.extend(consortium::problems(&content.joint, terms.consortia, MEMBERS_MAX));
    (content, faults)
}

/// The credit codes in a text, one to a line or between commas; what is no code stays as it is.
fn codes(text: &str) -> Vec<String> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；'));
    let words = words.filter(|word| !word.is_empty());
    words
        .map(|word| CreditCode::parse(word).map_or_else(|_| word.to_owned(), |code| code.as_str().to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_in_any_separation_and_kept_when_they_are_none() {
        let code = CreditCode::derive('5', '2', "320100", "5804886A").expect("a code").as_str().to_owned();
        let typed = format!("{}、甲方\n{code}", code.to_lowercase());
        assert_eq!(codes(&typed), [code.as_str(), "甲方", code.as_str()]);
        assert_eq!(codes(" "), Vec::<String>::new());
    }
}
