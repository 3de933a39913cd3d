//! The department that is asked about each type, as the programme names it; a type may have none (D1).

use std::sync::LazyLock;

use domain::kernel::Coded;
use domain::registry::enrolled::ProgrammeType;

const TABLE: &str = include_str!("../../data/programme_types.csv");

/// A partner department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    /// The type on which it is heard.
    pub kind: ProgrammeType,
    /// Its name.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// The rule that names it.
    pub rule: String,
}

static PARTNERS: LazyLock<Vec<Partner>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(TABLE.as_bytes());
    let cell = |record: &csv::StringRecord, at: usize| record.get(at).unwrap_or_default().trim().to_owned();
    let partner = |record: csv::StringRecord| {
        let kind = ProgrammeType::from_code(&cell(&record, 0))?;
        let (name, name_en, rule) = (cell(&record, 1), cell(&record, 2), cell(&record, 3));
        (!name.is_empty()).then_some(Partner { kind, name, name_en, rule })
    };
    reader.records().flatten().filter_map(partner).collect()
});

/// The department that is asked about a type; none where the programme names none.
pub fn of(kind: ProgrammeType) -> Option<&'static Partner> {
    PARTNERS.iter().find(|partner| partner.kind == kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_types_have_a_partner_and_comprehensive_services_have_none() {
        let found: Vec<Option<&str>> =
            ProgrammeType::ALL.iter().map(|kind| of(*kind).map(|partner| partner.name.as_str())).collect();
        assert_eq!(found, [Some("市卫生部门"), Some("团市委"), Some("市委政法委"), None]);
    }
}
