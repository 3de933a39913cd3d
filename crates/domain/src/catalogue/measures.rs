//! The purchase measures: the document that every procedure cites, in its active version (S14, S62).
//!
//! It is complete only with its five parts, and nobody puts a version in force that he wrote himself.

use crate::coded;
use crate::kernel::{PersonId, Refusal};

coded! {
    /// The five parts without which measures are not complete (S62).
    pub enum MeasuresPart as "measures_part" {
        /// 专门机构.
        SpecialBody = "special_body",
        /// 项目清单.
        List = "list",
        /// 购买程序.
        Procedure = "procedure",
        /// 绩效标准.
        PerformanceStandards = "performance_standards",
        /// 责任.
        Responsibilities = "responsibilities",
    }
}

/// Checks that a version may come into force: all five parts written, once each, by another person.
pub fn publish(parts: &[(MeasuresPart, &str)], author: PersonId, publisher: PersonId) -> Result<(), Refusal> {
    use crate::kernel::Coded;
    for part in MeasuresPart::ALL {
        let mut texts = parts.iter().filter(|(kind, _)| kind == part);
        let written = texts.next().is_some_and(|(_, text)| !text.trim().is_empty());
        if !written {
            return Err(Refusal::new("catalogue.measures-part-missing", "S62")
                .at(part.code())
                .with_code("part", *part));
        }
        if texts.next().is_some() {
            return Err(Refusal::new("catalogue.measures-part-twice", "S62")
                .at(part.code())
                .with_code("part", *part));
        }
    }
    if author == publisher {
        return Err(Refusal::new("catalogue.measures-published-by-author", "E11"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Coded;

    fn check(parts: &[(MeasuresPart, &str)], publisher: i64, expected: Option<&str>) {
        let found = publish(parts, PersonId(1), PersonId(publisher));
        assert_eq!(found.err().map(|refusal| refusal.code), expected);
    }

    #[test]
    fn measures_have_five_parts_and_two_people() {
        let all: Vec<(MeasuresPart, &str)> = MeasuresPart::ALL.iter().map(|part| (*part, "条文")).collect();
        check(&all, 2, None);
        check(&all, 1, Some("catalogue.measures-published-by-author"));
        check(&all[1..], 2, Some("catalogue.measures-part-missing"));
        let blank: Vec<_> = all.iter().map(|(part, _)| (*part, " ")).collect();
        check(&blank, 2, Some("catalogue.measures-part-missing"));
        let twice: Vec<_> = all.iter().chain(&all[..1]).copied().collect();
        check(&twice, 2, Some("catalogue.measures-part-twice"));
    }
}
