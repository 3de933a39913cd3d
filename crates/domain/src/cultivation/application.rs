//! What an application for the programme says: one type, its sub-services, and for mediation the one sub-quota in
//! which it counts (S21, S28, S31-S33).

use crate::coded;
use crate::kernel::Refusal;
use crate::registry::enrolled::ProgrammeType;

coded! {
    /// What the organisations of each type do, as the programme lists it.
    pub enum ServiceTag as "service_tag" {
        /// 居家养老服务中心 (S22, S23).
        HomeCareCentre = "home_care_centre",
        /// 以敬老院为依托的民营区域性养老服务中心 (S24).
        RegionalCentre = "regional_centre",
        /// 老年人健康生活体验馆 (S26).
        HealthExperience = "health_experience",
        /// 社区放学来吧 (S28).
        AfterSchool = "after_school",
        /// 自闭症儿童康复 (S28).
        AutismRehabilitation = "autism_rehabilitation",
        /// 困境儿童关爱 (S28).
        ChildrenInNeed = "children_in_need",
        /// 社区托管 (S28).
        CommunityCare = "community_care",
        /// 心理疏导 (S28).
        Counselling = "counselling",
        /// 健康康复 (S28).
        HealthRehabilitation = "health_rehabilitation",
        /// 重点重大信访事项第三方调解化解 (S31).
        Petitions = "petitions",
        /// 邻里、家庭、婚姻、赡养等社区民间纠纷调解 (S31).
        CommunityDisputes = "community_disputes",
        /// 社区困难群体的法律援助、心理干预、帮扶矫正 (S31).
        GroupsInNeed = "groups_in_need",
        /// 新市民融合、留守群体等其他调解 (S31).
        NewResidents = "new_residents",
        /// 志愿服务 (S33).
        Volunteering = "volunteering",
        /// 环保服务 (S33).
        Environment = "environment",
        /// 助残服务 (S33).
        Disability = "disability",
        /// 其他热点领域 (S33).
        OtherField = "other_field",
    }
}

impl ServiceTag {
    /// The type that it belongs to.
    pub fn of(self) -> ProgrammeType {
        match self {
            Self::HomeCareCentre | Self::RegionalCentre | Self::HealthExperience => ProgrammeType::Elderly,
            Self::AfterSchool
            | Self::AutismRehabilitation
            | Self::ChildrenInNeed
            | Self::CommunityCare
            | Self::Counselling
            | Self::HealthRehabilitation => ProgrammeType::Children,
            Self::Petitions | Self::CommunityDisputes | Self::GroupsInNeed | Self::NewResidents => {
                ProgrammeType::Mediation
            }
            Self::Volunteering | Self::Environment | Self::Disability | Self::OtherField => {
                ProgrammeType::Comprehensive
            }
        }
    }
}

coded! {
    /// The two sub-quotas of mediation; an organisation counts in one of them only (S32).
    pub enum MediationPart as "mediation_part" {
        /// 能够化解重点信访事项.
        MajorPetitions = "major_petitions",
        /// 具有项目运行基础的社区社会组织.
        ProjectBase = "project_base",
    }
}

/// What was asked, as it came in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Every type that was named.
    pub kinds: Vec<ProgrammeType>,
    /// Every sub-quota that was named.
    pub parts: Vec<MediationPart>,
    /// What it does.
    pub sub_services: Vec<ServiceTag>,
    /// What it says of its function, its effect and its nearness to people.
    pub statement: String,
    /// That all is true.
    pub declares: bool,
}

/// An application without faults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The one type.
    pub kind: ProgrammeType,
    /// The one sub-quota, for mediation.
    pub part: Option<MediationPart>,
    /// What it does, in the order of the list, each once.
    pub sub_services: Vec<ServiceTag>,
    /// What it says of itself.
    pub statement: String,
}

/// The longest statement, in characters.
const STATEMENT_MAX: usize = 2_000;

impl Asked {
    /// The application, or every fault of it at once.
    ///
    /// # Errors
    /// `cultivation.type-missing`, `cultivation.two-types` (S21), `cultivation.part-missing`, `cultivation.two-parts`,
    /// `cultivation.part-foreign` (S32), `cultivation.service-missing`, `cultivation.service-foreign` (S21),
    /// `cultivation.statement-missing`, `cultivation.statement-long` (S20), `cultivation.declaration-missing` (D1).
    pub fn check(&self) -> Result<Request, Vec<Refusal>> {
        let mut faults = Vec::new();
        let kind = match self.kinds.as_slice() {
            [] => Err(Refusal::new("cultivation.type-missing", "S21").at("kind")),
            [one, more @ ..] if more.iter().all(|other| other == one) => Ok(*one),
            _ => Err(Refusal::new("cultivation.two-types", "S21").at("kind")),
        };
        let kind = kind.map_err(|fault| faults.push(fault)).ok();
        let part = kind.map(|kind| self.part(kind)).transpose();
        let part = part.map_err(|fault| faults.push(fault)).ok().flatten().flatten();
        let mut sub_services = self.sub_services.clone();
        sub_services.sort_unstable();
        sub_services.dedup();
        if sub_services.is_empty() {
            faults.push(Refusal::new("cultivation.service-missing", "S21").at("service"));
        } else if let Some(kind) = kind
            && let Some(foreign) = sub_services.iter().find(|one| one.of() != kind)
        {
            faults.push(
                Refusal::new("cultivation.service-foreign", "S21")
                    .at("service")
                    .with_code("service", *foreign)
                    .with_code("kind", kind),
            );
        }
        let statement = self.statement.trim();
        if statement.is_empty() {
            faults.push(Refusal::new("cultivation.statement-missing", "S20").at("statement"));
        } else if statement.chars().count() > STATEMENT_MAX {
            faults.push(
                Refusal::new("cultivation.statement-long", "S20").at("statement").with("most", STATEMENT_MAX),
            );
        }
        if !self.declares {
            faults.push(Refusal::new("cultivation.declaration-missing", "D1").at("declares"));
        }
        match kind {
            Some(kind) if faults.is_empty() => {
                Ok(Request { kind, part, sub_services, statement: statement.to_owned() })
            }
            _ => Err(faults),
        }
    }

    /// Mediation names one sub-quota, the others none (S32).
    fn part(&self, kind: ProgrammeType) -> Result<Option<MediationPart>, Refusal> {
        let fault = |code| Err(Refusal::new(code, "S32").at("part"));
        match (kind, self.parts.as_slice()) {
            (ProgrammeType::Mediation, []) => fault("cultivation.part-missing"),
            (ProgrammeType::Mediation, [one, more @ ..]) if more.iter().all(|other| other == one) => {
                Ok(Some(*one))
            }
            (ProgrammeType::Mediation, _) => fault("cultivation.two-parts"),
            (_, []) => Ok(None),
            (_, _) => fault("cultivation.part-foreign"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Coded;

    fn codes(asked: &Asked) -> Vec<&'static str> {
        asked.check().map_or_else(|faults| faults.iter().map(|fault| fault.code).collect(), |_| Vec::new())
    }

    fn asked(kinds: &[ProgrammeType], parts: &[MediationPart], services: &[ServiceTag]) -> Asked {
        Asked {
            kinds: kinds.to_vec(),
            parts: parts.to_vec(),
            sub_services: services.to_vec(),
            statement: "社区托管，每周五次。".to_owned(),
            declares: true,
        }
    }

    #[test]
    fn an_application_has_one_type_and_mediation_one_part() {
        use MediationPart::{MajorPetitions, ProjectBase};
        use ProgrammeType::{Children, Comprehensive, Elderly, Mediation};
        use ServiceTag::{AfterSchool, HomeCareCentre, Petitions, Volunteering};
        type Row<'a> = (&'a [ProgrammeType], &'a [MediationPart], &'a [ServiceTag], &'a [&'static str]);
        let cases: [Row<'_>; 13] = [
            (&[Elderly], &[], &[HomeCareCentre], &[]),
            (&[Children, Children], &[], &[AfterSchool], &[]),
            (&[Comprehensive], &[], &[Volunteering], &[]),
            (&[Mediation], &[MajorPetitions], &[Petitions], &[]),
            (&[Mediation], &[ProjectBase], &[Petitions], &[]),
            (&[], &[], &[AfterSchool], &["cultivation.type-missing"]),
            (&[Elderly, Children], &[], &[AfterSchool], &["cultivation.two-types"]),
            (&[Mediation], &[], &[Petitions], &["cultivation.part-missing"]),
            (&[Mediation], &[MajorPetitions, ProjectBase], &[Petitions], &["cultivation.two-parts"]),
            (&[Elderly], &[ProjectBase], &[HomeCareCentre], &["cultivation.part-foreign"]),
            (&[Elderly], &[], &[], &["cultivation.service-missing"]),
            (&[Elderly], &[], &[HomeCareCentre, Volunteering], &["cultivation.service-foreign"]),
            (&[Mediation], &[], &[], &["cultivation.part-missing", "cultivation.service-missing"]),
        ];
        for (kinds, parts, services, expected) in cases {
            assert_eq!(codes(&asked(kinds, parts, services)), expected, "{kinds:?} {parts:?} {services:?}");
        }
    }

    #[test]
    fn everything_that_is_missing_is_told_at_once() {
        let expected = [
            "cultivation.type-missing",
            "cultivation.service-missing",
            "cultivation.statement-missing",
            "cultivation.declaration-missing",
        ];
        assert_eq!(codes(&Asked::default()), expected);
        let long = Asked {
            statement: "长".repeat(STATEMENT_MAX + 1),
            ..asked(&[ProgrammeType::Elderly], &[], &[ServiceTag::HomeCareCentre])
        };
        assert_eq!(codes(&long), ["cultivation.statement-long"]);
    }

    #[test]
    fn services_are_kept_once_and_in_order() {
        let services = [ServiceTag::Counselling, ServiceTag::AfterSchool, ServiceTag::Counselling];
        let request = asked(&[ProgrammeType::Children], &[], &services).check().unwrap();
        assert_eq!(request.sub_services, [ServiceTag::AfterSchool, ServiceTag::Counselling]);
    }

    #[test]
    fn every_type_has_services_and_mediation_its_four_scopes() {
        let count = |kind| ServiceTag::ALL.iter().filter(|one| one.of() == kind).count();
        let found: Vec<usize> = ProgrammeType::ALL.iter().map(|kind| count(*kind)).collect();
        assert_eq!(found, [3, 6, 4, 4]);
    }
}
