//! The application: one question a page, read into facts with every fault at its field (B11, B16).
//!
//! Answers are kept as typed, so that a half-filled application can be shown again whole. What they mean is
//! decided here; whether they suffice is decided by `threshold` and `name`.

use std::collections::BTreeMap;

use crate::coded;
use crate::kernel::{Coded, Date, Fen, Refusal, half_width, parse_date};
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
            Self::Members => kind == OrganisationKind::SocialAssociation,
            Self::Sponsors => kind == OrganisationKind::SocialServiceInstitution,
            Self::Council => kind == OrganisationKind::Foundation,
            _ => true,
        }
    }

    /// The fields of the page, in order.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Name => &["name"],
            Self::Premises => &["division", "domicile", "premises_from", "premises_until"],
            Self::Basis => &["basis"],
            Self::Path => &["path", "unit"],
            Self::Purpose => &["aim", "scope", "fields"],
            Self::Members => &[
                "individual_members",
                "unit_members",
                "sole_traders",
                "outside_members",
                "origin",
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
    /// The place that an out-of-area chamber comes from; empty for any other association.
    pub origin: String,
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
    /// Its fields, never empty.
    pub fields: Vec<BusinessField>,
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

/// No answer is longer, in characters.
const TEXT_MAX: usize = 500;
/// No count is higher: what is more is a slip of the finger.
const COUNT_MAX: i64 = 1_000_000;

impl Application {
    /// Reads the answers.
    ///
    /// # Errors
    /// Every fault, each at its field.
    pub fn read(kind: OrganisationKind, answers: &Answers) -> Result<Application, Vec<Refusal>> {
        let mut reader = Reader { answers, faults: Vec::new() };
        let found = reader.application(kind);
        match found {
            Some(application) if reader.faults.is_empty() => Ok(application),
            _ => Err(reader.faults),
        }
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

/// Reads field by field and gathers the faults.
struct Reader<'a> {
    answers: &'a Answers,
    faults: Vec<Refusal>,
}

impl Reader<'_> {
    fn application(&mut self, kind: OrganisationKind) -> Option<Application> {
        // Every field is read before any is asked for, so that one look tells all faults.
        let (name, division, domicile) = (self.text("name"), self.street(), self.text("domicile"));
        let (from, until) = (self.date("premises_from"), self.optional_date("premises_until"));
        let (basis, path) = (self.member::<Basis>("basis"), self.path());
        let unit = self.text("unit");
        let (aim, scope, fields) = (self.text("aim"), self.text("scope"), self.fields());
        let body = self.body(kind);
        let (capital, state_assets) = (self.money("capital"), self.optional_money("state_assets"));
        let (representative, identity) = (self.text("representative"), self.identity());
        let (telephone, staff) = (self.text("telephone"), self.count("staff"));
        let leads_other = self.yes("leads_other");
        let (has_branches, lost_rights) = (self.yes("has_branches"), self.yes("lost_rights"));
        Some(Application {
            kind,
            name: name?,
            division: division?,
            domicile: domicile?,
            premises_from: from?,
            premises_until: until?,
            basis: basis?,
            path: path?,
            unit: unit?,
            aim: aim?,
            scope: scope?,
            fields: fields?,
            body: body?,
            capital: capital?,
            state_assets: state_assets?,
            representative: representative?,
            identity: identity?,
            telephone: telephone?,
            staff: staff?,
            leads_other: leads_other?,
            has_branches: has_branches?,
            lost_rights: lost_rights?,
        })
    }

    fn body(&mut self, kind: OrganisationKind) -> Option<Body> {
        if kind == OrganisationKind::SocialServiceInstitution {
            let form = self.member("legal_form");
            let (people, units) = (self.count("sponsor_people"), self.count("sponsor_units"));
            return Some(Body::Sponsors(Sponsors { form: form?, people: people?, units: units? }));
        }
        if kind == OrganisationKind::Foundation {
            let (members, relatives) = (self.count("council"), self.count("council_relatives"));
            let paid = self.count("council_paid");
            let (is_public, officers) = (self.yes("is_public"), self.yes("state_officers"));
            return Some(Body::Council(Council {
                members: members?,
                relatives: relatives?,
                paid: paid?,
                is_public: is_public?,
                has_state_officers: officers?,
            }));
        }
        let (individual, units) = (self.count("individual_members"), self.count("unit_members"));
        let (sole_traders, outside) =
            (self.count_or_none("sole_traders"), self.count_or_none("outside_members"));
        let initiators = self.count_or_none("initiators");
        Some(Body::Members(Members {
            individual: individual?,
            units: units?,
            sole_traders: sole_traders?,
            outside: outside?,
            origin: self.answers.text("origin").to_owned(),
            initiators: initiators?,
        }))
    }

    fn fault(&mut self, code: Refusal, field: &'static str) {
        self.faults.push(code.at(field));
    }

    fn missing(&mut self, field: &'static str) {
        self.fault(Refusal::new("registration.answer-missing", "B11"), field);
    }

    fn text(&mut self, field: &'static str) -> Option<String> {
        let typed = self.answers.text(field);
        if typed.is_empty() {
            self.missing(field);
            return None;
        }
        if typed.chars().count() > TEXT_MAX
            || typed.chars().any(|sign| sign.is_control() && sign != '\n' && sign != '\r')
        {
            self.fault(Refusal::new("registration.text-form", "B11").with("max", TEXT_MAX), field);
            return None;
        }
        Some(typed.to_owned())
    }

    fn street(&mut self) -> Option<String> {
        let code = self.text("division")?;
        let is_code = code.len() == 9 && code.bytes().all(|byte| byte.is_ascii_digit());
        if !is_code {
            self.fault(Refusal::new("registration.street-unknown", "B44"), "division");
        }
        is_code.then_some(code)
    }

    fn identity(&mut self) -> Option<String> {
        let typed = half_width(&self.text("identity")?).to_uppercase();
        let is_form = typed.len() == 18 && typed.bytes().all(|byte| byte.is_ascii_digit() || byte == b'X');
        if !is_form {
            self.fault(Refusal::new("registration.identity-form", "B11"), "identity");
        }
        is_form.then_some(typed)
    }

    fn fields(&mut self) -> Option<Vec<BusinessField>> {
        let mut fields: Vec<BusinessField> =
            self.answers.text("fields").split(',').filter_map(BusinessField::from_code).collect();
        fields.sort();
        fields.dedup();
        if fields.is_empty() {
            self.missing("fields");
            return None;
        }
        Some(fields)
    }

    fn member<C: Coded>(&mut self, field: &'static str) -> Option<C> {
        let found = C::from_code(self.answers.text(field));
        if found.is_none() {
            self.missing(field);
        }
        found
    }

    fn path(&mut self) -> Option<Path> {
        match self.answers.text("path") {
            "" => {
                self.missing("path");
                None
            }
            "supervised" => Some(Path::Supervised),
            code => {
                let class = DirectClass::from_code(code).map(Path::Direct);
                if class.is_none() {
                    self.fault(Refusal::new("registration.direct-class-unknown", "B17"), "path");
                }
                class
            }
        }
    }

    fn yes(&mut self, field: &'static str) -> Option<bool> {
        match self.answers.text(field) {
            "yes" => Some(true),
            "no" => Some(false),
            _ => {
                self.missing(field);
                None
            }
        }
    }

    fn count(&mut self, field: &'static str) -> Option<i64> {
        let typed = half_width(self.answers.text(field));
        if typed.is_empty() {
            self.missing(field);
            return None;
        }
        let found = typed.parse().ok().filter(|count| (0..=COUNT_MAX).contains(count));
        if found.is_none() {
            self.fault(Refusal::new("registration.count-form", "B11").with("max", COUNT_MAX), field);
        }
        found
    }

    /// A count that only some have: nothing typed means none.
    fn count_or_none(&mut self, field: &'static str) -> Option<i64> {
        if self.answers.text(field).is_empty() { Some(0) } else { self.count(field) }
    }

    fn money(&mut self, field: &'static str) -> Option<Fen> {
        if self.answers.text(field).is_empty() {
            self.missing(field);
            return None;
        }
        let read = Fen::parse_yuan(self.answers.text(field));
        read.map_err(|refusal| self.fault(refusal, field)).ok()
    }

    fn optional_money(&mut self, field: &'static str) -> Option<Fen> {
        if self.answers.text(field).is_empty() { Some(Fen(0)) } else { self.money(field) }
    }

    fn date(&mut self, field: &'static str) -> Option<Date> {
        if self.answers.text(field).is_empty() {
            self.missing(field);
            return None;
        }
        let read = parse_date(self.answers.text(field));
        read.map_err(|refusal| self.fault(refusal, field)).ok()
    }

    fn optional_date(&mut self, field: &'static str) -> Option<Option<Date>> {
        if self.answers.text(field).is_empty() { Some(None) } else { self.date(field).map(Some) }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A home-care centre with nothing wrong.
    pub fn home_care() -> Answers {
        answers(&[
            ("name", "南京市秦淮区夕照居家养老服务中心"),
            ("division", "320104002"),
            ("domicile", "夕照里1号"),
            ("premises_from", "2026-03-01"),
            ("premises_until", "2027-02-28"),
            ("basis", "home_care"),
            ("path", "community_service"),
            ("unit", "南京市民政局"),
            ("aim", "服务老人"),
            ("scope", "居家养老服务"),
            ("fields", "elderly_care"),
            ("legal_form", "legal_person"),
            ("sponsor_people", "3"),
            ("sponsor_units", "0"),
            ("capital", "0"),
            ("representative", "示例甲"),
            ("identity", "320104197001010011"),
            ("telephone", "025-83630000"),
            ("staff", "1"),
            ("leads_other", "no"),
            ("has_branches", "no"),
            ("lost_rights", "no"),
        ])
    }

    /// A trade association with 53 members, 23 of them firms.
    pub fn association() -> Answers {
        with(
            &home_care(),
            &[
                ("name", "南京市家庭服务业协会"),
                ("basis", "ordinary"),
                ("path", "trade"),
                ("fields", "trade_and_industry"),
                ("individual_members", "30"),
                ("unit_members", "23"),
                ("capital", "30000"),
            ],
        )
    }

    pub fn answers(pairs: &[(&str, &str)]) -> Answers {
        Answers(pairs.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect())
    }

    pub fn with(of: &Answers, pairs: &[(&str, &str)]) -> Answers {
        let mut changed = of.clone();
        changed.0.extend(answers(pairs).0);
        changed
    }

    #[test]
    fn every_fault_is_told_at_its_field() {
        let kind = OrganisationKind::SocialServiceInstitution;
        for (field, text, expected) in [
            ("name", "", "registration.answer-missing"),
            ("name", "长长长长长", ""),
            ("division", "320104", "registration.street-unknown"),
            ("premises_until", "2026-02-30", "kernel.date-impossible"),
            ("premises_until", "", ""),
            ("basis", "free", "registration.answer-missing"),
            ("path", "politics", "registration.direct-class-unknown"),
            ("fields", "nothing", "registration.answer-missing"),
            ("sponsor_people", "三", "registration.count-form"),
            ("sponsor_people", "-1", "registration.count-form"),
            ("capital", "", "registration.answer-missing"),
            ("identity", "123", "registration.identity-form"),
            ("lost_rights", "", "registration.answer-missing"),
        ] {
            let faults =
                Application::read(kind, &with(&home_care(), &[(field, text)])).err().unwrap_or_default();
            let found: Vec<(&str, &str)> =
                faults.iter().map(|fault| (fault.code, fault.field.as_deref().unwrap_or_default())).collect();
            let expected = if expected.is_empty() { Vec::new() } else { vec![(expected, field)] };
            assert_eq!(found, expected, "{field}={text}");
        }
    }

    #[test]
    fn an_empty_application_names_every_question_of_its_kind() {
        for kind in [
            OrganisationKind::SocialAssociation,
            OrganisationKind::SocialServiceInstitution,
            OrganisationKind::Foundation,
        ] {
            let empty = Answers::default();
            let asked = Step::ALL.iter().filter(|step| step.is_asked_of(kind));
            assert!(asked.clone().all(|step| !empty.is_done(*step, kind)));
            let count: usize = asked.map(|step| empty.faults_at(*step, kind).len()).sum();
            assert_eq!(Application::read(kind, &empty).err().map(|faults| faults.len()), Some(count));
        }
    }
}
