//! Seal specimen and bank account: what an organisation files with the registrar once it has its certificate (B16).
//!
//! Why: with the certificate an organisation has its seals made and opens an account; the registrar keeps what the
//! seals look like and which account it is, so that others can be told a true seal from a false one. The law sets no
//! number of days, so nothing here is ever late. A new name makes new seals: their specimen is filed anew, and what
//! was filed before stays on record as replaced.

use crate::coded;
use crate::kernel::{Refusal, half_width};
use crate::registry::{Legal, OrganisationKind, OrganisationStatus};

/// The longest name of a bank, in characters.
const BANK_MAX: usize = 100;
/// The longest reason, in characters.
const REASON_MAX: usize = 500;
/// An account number has this many digits at least and at most.
const ACCOUNT_DIGITS: std::ops::RangeInclusive<usize> = 8..=30;

coded! {
    /// What is filed.
    pub enum SealMatter as "seal_matter" {
        /// 印章式样.
        Seal = "seal",
        /// 银行账号.
        Account = "account",
    }
}

coded! {
    /// How far a filing has come.
    pub enum SealStage as "seal_stage" {
        /// The organisation handed it in.
        HandedIn = "handed_in",
        /// The registrar keeps it.
        Received = "received",
        /// It came back, with a reason.
        Returned = "returned",
        /// A later one took its place.
        Replaced = "replaced",
    }
}

/// A filing, as far as it matters for what is still owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    /// What.
    pub matter: SealMatter,
    /// How far it has come.
    pub stage: SealStage,
    /// The organisation's name when it was handed in.
    pub name: String,
}

/// What is known of an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owing<'a> {
    /// Its name now.
    pub name: &'a str,
    /// Its certificate was issued here.
    pub is_certified: bool,
    /// Its name was changed here.
    pub is_renamed: bool,
    /// The profile under which it was registered asks for an account of its own (S34).
    pub needs_account: bool,
    /// What it has filed.
    pub filed: &'a [Filed],
}

/// Only what is registered and alive files (B16, T3).
///
/// # Errors
/// `seal.not-registered`, or `seal.ended`.
pub fn may_file(kind: OrganisationKind, legal: Legal, status: OrganisationStatus) -> Result<(), Refusal> {
    if legal != Legal::Registered || !kind.is_social_organisation() {
        return Err(Refusal::new("seal.not-registered", "B16"));
    }
    match status {
        OrganisationStatus::Active | OrganisationStatus::Suspended => Ok(()),
        OrganisationStatus::Cancelled | OrganisationStatus::Revoked => {
            Err(Refusal::new("seal.ended", "B16").with_code("status", status))
        }
    }
}

/// What the organisation still has to hand in: the specimen after its certificate and after a new name, the account
/// after its certificate. What it has handed in waits for the registrar and is owed no more. What was filed on paper
/// before this register is not asked for again.
pub fn owed(of: &Owing<'_>) -> Vec<SealMatter> {
    let has = |matter: SealMatter, any_name: bool| {
        of.filed.iter().any(|one| {
            one.matter == matter
                && matches!(one.stage, SealStage::HandedIn | SealStage::Received)
                && (any_name || one.name == of.name)
        })
    };
    let mut owed = Vec::new();
    if (of.is_certified || of.is_renamed) && !has(SealMatter::Seal, false) {
        owed.push(SealMatter::Seal);
    }
    if of.is_certified && of.needs_account && !has(SealMatter::Account, true) {
        owed.push(SealMatter::Account);
    }
    owed
}

/// An account as it is typed: the bank's name and the digits without spaces or hyphens.
///
/// # Errors
/// Every fault at its field: `seal.bank-missing`, `seal.bank-too-long`, `seal.account-form` (B16).
pub fn account(bank: &str, number: &str) -> Result<(String, String), Vec<Refusal>> {
    let mut faults = Vec::new();
    let bank = bank.trim();
    match bank.chars().count() {
        0 => faults.push(Refusal::new("seal.bank-missing", "B16").at("bank")),
        signs if signs > BANK_MAX => {
            faults.push(Refusal::new("seal.bank-too-long", "B16").at("bank").with("max", BANK_MAX));
        }
        _ => {}
    }
    let digits: String =
        half_width(number).chars().filter(|sign| !sign.is_whitespace() && *sign != '-').collect();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) || !ACCOUNT_DIGITS.contains(&digits.len()) {
        let refusal = Refusal::new("seal.account-form", "B16").at("account");
        faults.push(refusal.with("least", *ACCOUNT_DIGITS.start()).with("most", *ACCOUNT_DIGITS.end()));
    }
    if faults.is_empty() { Ok((bank.to_owned(), digits)) } else { Err(faults) }
}

/// Whether the registrar may receive it or send it back now.
///
/// # Errors
/// `seal.settled` when somebody has.
pub fn may_settle(stage: SealStage) -> Result<(), Refusal> {
    if stage == SealStage::HandedIn {
        return Ok(());
    }
    Err(Refusal::new("seal.settled", "B16").with_code("stage", stage))
}

/// Why something comes back.
///
/// # Errors
/// `seal.reason-missing` or `seal.reason-too-long`, at its field (B16).
pub fn reason(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Refusal::new("seal.reason-missing", "B16").at("reason")),
        signs if signs > REASON_MAX => {
            Err(Refusal::new("seal.reason-too-long", "B16").at("reason").with("max", REASON_MAX))
        }
        _ => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filed(matter: SealMatter, stage: SealStage, name: &str) -> Filed {
        Filed { matter, stage, name: name.to_owned() }
    }

    #[test]
    fn the_certificate_asks_for_both_and_a_new_name_for_new_seals() {
        use SealMatter::{Account, Seal};
        use SealStage as S;
        for (is_certified, is_renamed, held, expected) in [
            (true, false, vec![], vec![Seal, Account]),
            (false, false, vec![], vec![]),
            (false, true, vec![], vec![Seal]),
            (true, false, vec![filed(Seal, S::HandedIn, "甲")], vec![Account]),
            (true, false, vec![filed(Seal, S::Returned, "甲")], vec![Seal, Account]),
            (true, true, vec![filed(Seal, S::Received, "旧"), filed(Account, S::Received, "旧")], vec![Seal]),
            (
                true,
                true,
                vec![
                    filed(Seal, S::Replaced, "旧"),
                    filed(Seal, S::Received, "甲"),
                    filed(Account, S::Received, "旧"),
                ],
                vec![],
            ),
        ] {
            let of = Owing { name: "甲", is_certified, is_renamed, needs_account: true, filed: &held };
            assert_eq!(owed(&of), expected, "{of:?}");
            // Whose funds another account may keep owes none of its own.
            let kept: Vec<_> = expected.into_iter().filter(|one| *one != Account).collect();
            assert_eq!(owed(&Owing { needs_account: false, ..of }), kept);
        }
    }

    #[test]
    fn only_what_is_registered_and_alive_files() {
        use OrganisationStatus as S;
        let association = OrganisationKind::SocialAssociation;
        let told = |kind, legal, status| may_file(kind, legal, status).err().map(|no| no.code);
        assert_eq!(told(association, Legal::Registered, S::Active), None);
        assert_eq!(told(association, Legal::Registered, S::Suspended), None);
        assert_eq!(told(association, Legal::Filed, S::Active), Some("seal.not-registered"));
        assert_eq!(
            told(OrganisationKind::Enterprise, Legal::Registered, S::Active),
            Some("seal.not-registered")
        );
        assert_eq!(told(association, Legal::Registered, S::Cancelled), Some("seal.ended"));
    }

    #[test]
    fn an_account_is_read_as_people_type_it() {
        let told = |bank: &str, number: &str| match account(bank, number) {
            Ok((bank, number)) => format!("{bank} {number}"),
            Err(faults) => faults.iter().map(|no| no.code).collect::<Vec<_>>().join(" "),
        };
        assert_eq!(told(" 示例银行 ", "6222 0000-1111 2222"), "示例银行 6222000011112222");
        assert_eq!(told("示例银行", "０１２３４５６７"), "示例银行 01234567");
        assert_eq!(told("", "1234567"), "seal.bank-missing seal.account-form");
        assert_eq!(told(&"行".repeat(101), "12345678a"), "seal.bank-too-long seal.account-form");
    }

    #[test]
    fn the_registrar_settles_once_and_says_why_something_comes_back() {
        assert_eq!(may_settle(SealStage::HandedIn), Ok(()));
        assert_eq!(may_settle(SealStage::Received).unwrap_err().code, "seal.settled");
        assert_eq!(reason(" 印文不清 "), Ok("印文不清".to_owned()));
        assert_eq!(reason(" ").unwrap_err().code, "seal.reason-missing");
        assert_eq!(reason(&"长".repeat(501)).unwrap_err().code, "seal.reason-too-long");
    }
}
