//! Reading answers: each field into its type, every fault at its field, all of them at once.

use super::applicant::is_telephone;
use super::application::{
    Answers, Application, Basis, Body, Council, DirectClass, Members, OriginLevel, Path, Sponsors, Step,
};
use super::personal::PersonalName;
use crate::kernel::{Coded, Date, Fen, Refusal, half_width, parse_date};
use crate::registry::{BusinessField, OrganisationKind, head};

/// No answer is longer, in characters.
pub const TEXT_MAX: usize = 500;
/// No count is higher: what is more is a slip of the finger.
const COUNT_MAX: i64 = 1_000_000;

/// Reads field by field and gathers the faults.
pub(super) struct Reader<'a> {
    answers: &'a Answers,
    faults: Vec<Refusal>,
}

impl Reader<'_> {
    /// Reads the whole application, or tells every fault.
    pub(super) fn read(kind: OrganisationKind, answers: &Answers) -> Result<Application, Vec<Refusal>> {
        let mut reader = Reader { answers, faults: Vec::new() };
        match reader.application(kind) {
            Some(application) if reader.faults.is_empty() => Ok(application),
            _ => Err(reader.faults),
        }
    }

    fn application(&mut self, kind: OrganisationKind) -> Option<Application> {
        // Every field is read before any is asked for, so that one look tells all faults.
        let (name, division, domicile) = (self.text("name"), self.street(), self.text("domicile"));
        // Why a like name is no confusion is for the officers; the application stands without it (B8).
        self.optional_text("name_reason");
        let personal_name = self.personal_name();
        let (from, until) = (self.date("premises_from"), self.optional_date("premises_until"));
        let (basis, path) = (self.basis(kind), self.path());
        let unit = self.text("unit");
        let (aim, scope, fields) = (self.text("aim"), self.text("scope"), self.fields());
        let area = if Step::asks(kind, "area") { self.optional_text("area") } else { String::new() };
        let practice_licence = self.optional_text("practice_licence");
        let is_charity = self.charity();
        let body = self.body(kind);
        let (capital, state_assets) = (self.money("capital"), self.optional_money("state_assets"));
        let (representative, identity) = (self.text("representative"), self.identity());
        let (telephone, staff) = (self.telephone(), self.count("staff"));
        let leads_other = self.yes("leads_other");
        let (has_branches, lost_rights) = (self.yes("has_branches"), self.yes("lost_rights"));
        Some(Application {
            kind,
            name: name?,
            personal_name: personal_name?,
            division: division?,
            domicile: domicile?,
            premises_from: from?,
            premises_until: until?,
            basis: basis?,
            path: path?,
            unit: unit?,
            aim: aim?,
            scope: scope?,
            area,
            fields: fields?,
            practice_licence,
            is_charity,
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

    /// Whose name stands in the organisation's, if it is told that one does (B7).
    fn personal_name(&mut self) -> Option<Option<PersonalName>> {
        let text = |field| self.answers.text(field);
        let read =
            PersonalName::read(text("personal_name"), text("personal_name_of"), text("personal_name_ground"));
        read.map_err(|faults| self.faults.extend(faults)).ok()
    }

    fn basis(&mut self, kind: OrganisationKind) -> Option<Basis> {
        if Step::Basis.is_asked_of(kind) { self.member("basis") } else { Some(Basis::Ordinary) }
    }

    /// Whether it is to be a charity; whoever says so tells its charitable purpose (B46).
    fn charity(&mut self) -> bool {
        let is_charity = self.answers.text("is_charity") == "yes";
        if is_charity {
            self.text("charity_purpose");
        } else {
            self.optional_text("charity_purpose");
        }
        is_charity
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
        let (origin, origin_level) = self.origin();
        Some(Body::Members(Members {
            individual: individual?,
            units: units?,
            sole_traders: sole_traders?,
            outside: outside?,
            origin,
            origin_level,
            initiators: initiators?,
        }))
    }

    /// Where a chamber comes from, as its name says it, and on which level; nothing for any other association.
    fn origin(&mut self) -> (String, Option<OriginLevel>) {
        let typed = self.answers.text("origin");
        if typed.is_empty() {
            return (String::new(), None);
        }
        (stem(typed).to_owned(), self.member::<OriginLevel>("origin_level"))
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

    fn optional_text(&mut self, field: &'static str) -> String {
        if self.answers.text(field).is_empty() { String::new() } else { self.text(field).unwrap_or_default() }
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
        let typed = self.text("identity")?;
        head::identity(&typed).map_err(|refusal| self.fault(refusal, "identity")).ok()
    }

    fn telephone(&mut self) -> Option<String> {
        let typed = self.text("telephone")?;
        let is_form = is_telephone(half_width(&typed).trim());
        if !is_form {
            self.fault(Refusal::new("registration.telephone-form", "B11"), "telephone");
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

/// A place as names have it: 温州市 is 温州. Two characters stay: 沙市 is a name.
pub(super) fn stem(place: &str) -> &str {
    let short = place.strip_suffix(['省', '市', '县', '区']).unwrap_or(place);
    if short.chars().count() < 2 { place } else { short }
}
