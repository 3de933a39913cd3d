//! The application: one question a page, read into facts with every fault at its field (B11, B16).
//!
//! Answers are kept as typed, so that a half-filled application can be shown again whole. What they mean is
//! decided here; whether they suffice is decided by `threshold` and `name`.

use std::collections::BTreeMap;

use super::personal::PersonalName;
use super::reading::Reader;
use crate::coded;
use crate::kernel::{Date, Fen, Refusal};
use crate::registry::{BusinessField, OrganisationKind};

coded! {
    /// On what footing an organisation asks to be registered; it decides the thresholds (B4, S34, S35).
    pub enum Basis as "basis" {
        /// As the statute says.
        Ordinary = "ordinary",
        /// A community organisation (B4).
        Community = "community",
        /// Enrolled in the targeted cultivation programme (S34).
        Programme = "programme",
        /// A home-care organisation (S35).
        HomeCare = "home_care",
    }
}

coded! {
    /// The classes that register directly, without a supervising unit (B17).
    pub enum DirectClass as "direct_class" {
        /// 行业协会商会.
        Trade = "trade",
        /// 科技.
        Science = "science",
        /// 公益慈善.
        Charity = "charity",
        /// 城乡社区服务.
        CommunityService = "community_service",
    }
}

coded! {
    /// The legal form of a social service institution (B2).
    pub enum LegalForm as "legal_form" {
        /// One natural person funds and heads it.
        Individual = "individual",
        /// Two or more natural persons.
        Partnership = "partnership",
        /// Two or more, or any organisation.
        LegalPerson = "legal_person",
    }
}

coded! {
    /// The level of the place that an out-of-area chamber comes from, the highest first (B19).
    pub enum OriginLevel as "origin_level" {
        /// A province, or what ranks with one.
        Province = "province",
        /// A city of prefecture level, or what ranks with one.
        Prefecture = "prefecture",
        /// A county, a district, or what ranks with one.
        County = "county",
    }
}

impl OriginLevel {
    /// Its number in the rule book: 1 is the highest.
    pub fn rank(self) -> i64 {
        match self {
            Self::Province => 1,
            Self::Prefecture => 2,
            Self::County => 3,
        }
    }
}

coded! {
    /// The pages of the application, in the order in which they are asked.
    pub enum Step as "application_step" {
        /// What it is to be called.
        Name = "name",
        /// Street and address.
        Premises = "premises",
        /// On what footing.
        Basis = "basis",
        /// Direct, or under which supervising unit.
        Path = "path",
        /// Aim, scope and fields.
        Purpose = "purpose",
        /// Members of an association.
        Members = "members",
        /// Sponsors of a social service institution.
        Sponsors = "sponsors",
        /// Council of a foundation.
        Council = "council",
        /// Funds and property.
        Capital = "capital",
        /// Legal representative and staff.
        Head = "head",
        /// What must be declared.
        Declaration = "declaration",
    }
}

impl Step {
    /// Whether organisations of this kind are asked it.
    pub fn is_asked_of(self, kind: OrganisationKind) -> bool {
        match self {
            // Foundations have the statutory thresholds, whatever they do (B3).
            Self::Basis => kind != OrganisationKind::Foundation,
            Self::Members => kind == OrganisationKind::SocialAssociation,
            Self::Sponsors => kind == OrganisationKind::SocialServiceInstitution,
            Self::Council => kind == OrganisationKind::Foundation,
            _ => true,
        }
    }

    /// Whether organisations of this kind are asked this field of a page: an area is an association's (B16).
    pub fn asks(kind: OrganisationKind, field: &str) -> bool {
        field != "area" || kind == OrganisationKind::SocialAssociation
    }

    /// The fields of the page, in order.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Name => {
                &["name", "name_reason", "personal_name", "personal_name_of", "personal_name_ground"]
            }
            Self::Premises => &["division", "domicile", "premises_from", "premises_until"],
            Self::Basis => &["basis"],
            Self::Path => &["path", "unit"],
            Self::Purpose => {
                &["aim", "scope", "area", "fields", "practice_licence", "is_charity", "charity_purpose"]
            }
            Self::Members => &[
                "individual_members",
                "unit_members",
                "sole_traders",
                "outside_members",
                "origin",
                "origin_level",
                "initiators",
            ],
            Self::Sponsors => &["legal_form", "sponsor_people", "sponsor_units"],
            Self::Council => &["council", "council_relatives", "council_paid", "is_public", "state_officers"],
            Self::Capital => &["capital", "state_assets"],
            Self::Head => &["representative", "identity", "telephone", "staff", "leads_other"],
            Self::Declaration => &["has_branches", "lost_rights"],
        }
    }
}

/// Answers as typed, by field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(pub BTreeMap<String, String>);

impl Answers {
    /// What was typed, without surrounding space; empty when nothing was.
    pub fn text(&self, field: &str) -> &str {
        self.0.get(field).map_or("", |text| text.trim())
    }

    /// Whether the page was answered without a fault.
    pub fn is_done(&self, step: Step, kind: OrganisationKind) -> bool {
        self.faults_at(step, kind).is_empty()
    }

    /// The faults of one page.
    pub fn faults_at(&self, step: Step, kind: OrganisationKind) -> Vec<Refusal> {
        let faults = Application::read(kind, self).err().unwrap_or_default();
        let is_here =
            |fault: &Refusal| fault.field.as_deref().is_some_and(|field| step.fields().contains(&field));
        faults.into_iter().filter(is_here).collect()
    }
}

/// Members of an association (B1, B19).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Members {
    /// Natural persons.
    pub individual: i64,
    /// Units.
    pub units: i64,
    /// Individual businesses; only a chamber counts them apart.
    pub sole_traders: i64,
    /// Members outside the area.
    pub outside: i64,
    /// The place that an out-of-area chamber comes from, without 省, 市, 县 or 区; empty for any other
    /// association.
    pub origin: String,
    /// The level of that place; `None` for any other association.
    pub origin_level: Option<OriginLevel>,
    /// Firms that initiate a chamber.
    pub initiators: i64,
}

/// Sponsors of a social service institution (B2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sponsors {
    /// Its legal form.
    pub form: LegalForm,
    /// Natural persons.
    pub people: i64,
    /// Organisations.
    pub units: i64,
}

/// Council of a foundation (B3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Council {
    /// How many members.
    pub members: i64,
    /// Members who are relatives of others.
    pub relatives: i64,
    /// Members who are paid.
    pub paid: i64,
    /// Raises funds from the public.
    pub is_public: bool,
    /// Serving state employees as chair, vice-chair or secretary-general.
    pub has_state_officers: bool,
}

/// Members, sponsors or council: what stands behind the organisation, by its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Of a social association.
    Members(Members),
    /// Of a social service institution.
    Sponsors(Sponsors),
    /// Of a foundation.
    Council(Council),
}

/// Direct, or under a supervising unit (B17).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Path {
    /// One of the direct classes.
    Direct(DirectClass),
    /// With the consent of a supervising unit.
    Supervised,
}

/// An application whose every question is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// What is to be registered.
    pub kind: OrganisationKind,
    /// Its name.
    pub name: String,
    /// The person's name that stands in it, if one does (B7).
    pub personal_name: Option<PersonalName>,
    /// The street's nine digits.
    pub division: String,
    /// Its address.
    pub domicile: String,
    /// First day of the right to the premises.
    pub premises_from: Date,
    /// Last day of that right; `None` when the premises are its own.
    pub premises_until: Option<Date>,
    /// On what footing.
    pub basis: Basis,
    /// Direct or supervised.
    pub path: Path,
    /// The supervising unit, or the industry guidance unit on the direct path.
    pub unit: String,
    /// Its aim.
    pub aim: String,
    /// Its scope.
    pub scope: String,
    /// The area in which an association works; empty for other kinds, and where it was not asked yet (B16).
    pub area: String,
    /// Its fields, never empty.
    pub fields: Vec<BusinessField>,
    /// The licence of another department that its work needs, and whose it is; empty when it needs none (B12).
    pub practice_licence: String,
    /// Its founders apply as a charity (B46).
    pub is_charity: bool,
    /// What stands behind it.
    pub body: Body,
    /// Activity funds, opening funds or original fund.
    pub capital: Fen,
    /// The state's part of the property.
    pub state_assets: Fen,
    /// Legal representative.
    pub representative: String,
    /// That person's identity number.
    pub identity: String,
    /// A telephone.
    pub telephone: String,
    /// Full-time staff.
    pub staff: i64,
    /// The legal representative leads another association.
    pub leads_other: bool,
    /// Branches are to be set up.
    pub has_branches: bool,
    /// An initiator or head was ever deprived of political rights or lacks full capacity.
    pub lost_rights: bool,
}

impl Application {
    /// Reads the answers.
    ///
    /// # Errors
    /// Every fault, each at its field.
    pub fn read(kind: OrganisationKind, answers: &Answers) -> Result<Application, Vec<Refusal>> {
        Reader::read(kind, answers)
    }

    /// Whether it is an out-of-area chamber of commerce (B19).
    pub fn origin(&self) -> Option<&str> {
        match &self.body {
            Body::Members(members) if !members.origin.is_empty() => Some(&members.origin),
            _ => None,
        }
    }

    /// Whether it registers without a supervising unit (B17).
    pub fn is_direct(&self) -> bool {
        matches!(self.path, Path::Direct(_))
    }
}

#[cfg(test)]
#[path = "application_tests.rs"]
pub(in crate::registry) mod tests;
