//! What a registered item may become: an amount that reaches its floor, the name of a person, an area within the
//! registrar's (B1-B3, B5, B16, B21).

use crate::kernel::{Fen, Refusal, RuleKey, Rules};
use crate::registry::OrganisationKind;
use crate::registry::area::Areas;
use crate::registry::registration::{Application, TEXT_MAX, applicant, threshold};

use super::ChangeItem;

/// The least funds and the rule that sets them.
pub type Floor = (Fen, &'static str);

/// The least funds of an organisation: those of the profile under which it was registered; of one that came with a
/// sheet, those of its kind. What an institution needs is set by its sector, so none is assumed (B1-B4, S34, S35).
pub fn floor(kind: OrganisationKind, registered_as: Option<&Application>, rules: Rules<'_>) -> Floor {
    match (registered_as, kind) {
        (Some(application), _) => threshold::funds_needed(application, rules),
        (None, OrganisationKind::Foundation) => (rules.money(RuleKey::FoundationFundMin), "B3"),
        (None, OrganisationKind::SocialAssociation) => (rules.money(RuleKey::AssociationFundsMin), "B1"),
        (None, _) => (Fen::ZERO, "B2"),
    }
}

/// The value as the register is to hold it: an amount in one form, everything else as typed.
///
/// # Errors
/// At `value`: no amount, less than the floor, no person's name, a name that no page can hold, or an area outside the
/// registrar's. What is not typed is the form's to say.
pub fn read(
    item: ChangeItem,
    typed: &str,
    (least, rule): Floor,
    areas: Areas<'_>,
) -> Result<String, Refusal> {
    if typed.is_empty() {
        return Ok(String::new());
    }
    match item {
        ChangeItem::Capital => {
            let told = Fen::parse_yuan(typed).map_err(|refusal| refusal.at("value"))?;
            if told < least {
                let refusal = Refusal::new("change.capital-low", rule).at("value");
                return Err(refusal.with("held", told).with("needed", least));
            }
            Ok(told.to_string())
        }
        ChangeItem::LegalRepresentative if !applicant::is_person_name(typed) => {
            Err(Refusal::new("change.no-person", "B21").at("value").with("most", applicant::NAME_MAX))
        }
        ChangeItem::Area => areas.read(typed).map_err(|refusal| refusal.at("value")),
        // As long as the application lets them be (B11).
        ChangeItem::Aim | ChangeItem::Scope if typed.chars().count() > TEXT_MAX => {
            Err(Refusal::new("change.value-too-long", "B16").at("value").with("most", TEXT_MAX))
        }
        ChangeItem::Name
        | ChangeItem::Domicile
        | ChangeItem::LegalRepresentative
        | ChangeItem::Aim
        | ChangeItem::Scope
        | ChangeItem::SupervisingUnit
        | ChangeItem::Charter => Ok(typed.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::rules;

    const AREAS: Areas<'_> = Areas { registrar: "南京市", districts: &["秦淮区"] };

    #[test]
    fn an_aim_has_its_length_and_an_area_its_bounds() {
        let long = "养".repeat(TEXT_MAX + 1);
        for (item, typed, expected) in [
            (ChangeItem::Aim, "服务老人", "服务老人"),
            (ChangeItem::Aim, "", ""),
            (ChangeItem::Aim, &long, "change.value-too-long B16"),
            (ChangeItem::Scope, &long, "change.value-too-long B16"),
            (ChangeItem::Area, "秦淮区", "南京市秦淮区"),
            (ChangeItem::Area, "南京市", "南京市"),
            (ChangeItem::Area, "江苏省", "registration.area B16"),
        ] {
            let found = read(item, typed, (Fen::ZERO, "B2"), AREAS)
                .unwrap_or_else(|refusal| format!("{} {}", refusal.code, refusal.rule));
            assert_eq!(found, expected, "{item:?}");
        }
    }

    #[test]
    fn an_amount_is_an_amount_and_reaches_the_floor_of_its_kind() {
        use OrganisationKind::{Foundation, SocialAssociation, SocialServiceInstitution as Institution};
        for (kind, typed, expected) in [
            (SocialAssociation, "30000", "30,000.00"),
            (SocialAssociation, "29999.99", "change.capital-low B1"),
            (SocialAssociation, "三万", "kernel.money-unreadable E10"),
            (SocialAssociation, "30000.005", "kernel.money-too-many-decimals E10"),
            (Foundation, "2000000", "2,000,000.00"),
            (Foundation, "1999999.99", "change.capital-low B3"),
            (Institution, "0", "0.00"),
            (Institution, "", ""),
        ] {
            let found = read(ChangeItem::Capital, typed, floor(kind, None, rules()), AREAS)
                .unwrap_or_else(|refusal| format!("{} {}", refusal.code, refusal.rule));
            assert_eq!(found, expected, "{kind:?} {typed}");
        }
    }

    #[test]
    fn a_representative_is_a_person() {
        for (typed, is_one) in [
            ("李四（示例）", true),
            ("阿卜杜拉·买买提", true),
            ("O'Neil, Ann-Marie", false),
            ("Ann-Marie O'Neil", true),
            ("李", false),
            ("13900000000", false),
            ("李四2", false),
            ("李四\n王五", false),
            ("（）", false),
        ] {
            let found = read(ChangeItem::LegalRepresentative, typed, (Fen::ZERO, "B2"), AREAS);
            assert_eq!(found.is_ok(), is_one, "{typed}");
        }
        assert!(read(ChangeItem::Scope, "13900000000", (Fen::ZERO, "B2"), AREAS).is_ok());
    }
}
