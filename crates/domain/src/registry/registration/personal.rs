//! A person's name in the name of an organisation: it needs the person's consent, or great merit in the field of one who
//! is dead, and an officer weighs it (B7).

use crate::coded;
use crate::kernel::{Coded, Finding, Refusal};

coded! {
    /// Why a person's name may stand in the name of an organisation (B7).
    pub enum PersonalGround as "personal_ground" {
        /// The person consents.
        Consent = "consent",
        /// The person is dead, and was of great merit in the field.
        Merit = "merit",
    }
}

/// The longest name of a person that is told, in characters.
const NAME_MAX: usize = 40;

/// A person's name in the name of an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonalName {
    /// Whose it is.
    pub of: String,
    /// Why it may stand there.
    pub ground: PersonalGround,
}

impl PersonalName {
    /// What was typed: whether there is one, whose, and why. Nobody needs to answer, so nothing is none.
    ///
    /// # Errors
    /// `registration.answer-missing` and `registration.text-form`, each at its field.
    pub fn read(says: &str, of: &str, ground: &str) -> Result<Option<Self>, Vec<Refusal>> {
        if says != "yes" {
            return Ok(None);
        }
        let mut faults = Vec::new();
        let of = of.trim();
        if of.is_empty() {
            faults.push(Refusal::new("registration.answer-missing", "B11").at("personal_name_of"));
        } else if of.chars().count() > NAME_MAX || of.chars().any(char::is_control) {
            let refusal = Refusal::new("registration.text-form", "B11").with("max", NAME_MAX);
            faults.push(refusal.at("personal_name_of"));
        }
        let ground = PersonalGround::from_code(ground);
        if ground.is_none() {
            faults.push(Refusal::new("registration.answer-missing", "B11").at("personal_name_ground"));
        }
        match ground {
            Some(ground) if faults.is_empty() => Ok(Some(Self { of: of.to_owned(), ground })),
            _ => Err(faults),
        }
    }

    /// What an officer weighs: it may be passed over, with a reason on record.
    pub fn finding(&self) -> Finding {
        Finding::warn("name.person", "B7").with("person", self.of.as_str()).with_code("ground", self.ground)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{Fact, Level};

    #[test]
    fn a_persons_name_is_told_with_whose_it_is_and_why() {
        let missing = "registration.answer-missing";
        for (says, of, ground, expected) in [
            ("", "", "", vec![]),
            ("no", "行知（示例）", "consent", vec![]),
            ("yes", "", "", vec![(missing, "personal_name_of"), (missing, "personal_name_ground")]),
            ("yes", "行知（示例）", "fame", vec![(missing, "personal_name_ground")]),
            ("yes", &"行".repeat(41), "merit", vec![("registration.text-form", "personal_name_of")]),
            ("yes", " 行知（示例） ", "merit", vec![]),
        ] {
            let found = PersonalName::read(says, of, ground).err().unwrap_or_default();
            let found: Vec<(&str, &str)> =
                found.iter().map(|no| (no.code, no.field.as_deref().unwrap_or_default())).collect();
            assert_eq!(found, expected, "{says} {of} {ground}");
        }
        assert_eq!(PersonalName::read("no", "", ""), Ok(None));
    }

    #[test]
    fn an_officer_weighs_it() {
        let held = PersonalName::read("yes", "行知（示例）", "merit").unwrap().unwrap();
        let finding = held.finding();
        assert_eq!((finding.code, finding.rule, finding.level), ("name.person", "B7", Level::Warn));
        assert_eq!(finding.facts[0], ("person", Fact::Text("行知（示例）".to_owned())));
        assert_eq!(finding.facts[1], ("ground", Fact::Code("personal_ground", "merit")));
    }
}
