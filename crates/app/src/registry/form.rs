//! What a person types about an organisation, and the facts it becomes.
//!
//! Every field is text as typed, so that a form or a sheet's row can be shown again whole; all its faults
//! are told at once, each at its field. A word may be a stable code or any word of `words`.

use domain::kernel::{Coded, CreditCode, Date, Refusal, half_width, parse_date};
use domain::registry::organisation::check_code_present;
use domain::registry::{
    BusinessField, CreditListing, InspectionResult, Legal, OrganisationKind, OrganisationStatus,
};

use super::sounds::sounds;
use super::words;
use crate::db::Val;
use crate::divisions::{self, Street};

/// An organisation as typed. Empty `status`, `inspection`, `listing` and `supervised` mean: in force, not
/// due, on no list, not supervised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrganisationForm {
    /// Unified social credit code; for a filed organisation without one, its filing number.
    pub code: String,
    /// Its name.
    pub name: String,
    /// A word for an `OrganisationKind`.
    pub kind: String,
    /// A word for a `Legal`.
    pub legal: String,
    /// A word for an `OrganisationStatus`.
    pub status: String,
    /// Yes or no.
    pub supervised: String,
    /// Street code or street name.
    pub division: String,
    /// Words for `BusinessField`s, separated by commas, semicolons or 、.
    pub fields: String,
    /// Where it sits.
    pub domicile: String,
    /// Day of registration or filing.
    pub registered_on: String,
    /// A word for an `InspectionResult`.
    pub inspection: String,
    /// A word for a `CreditListing`.
    pub listing: String,
    /// Last day of a ban from government purchase; empty for none.
    pub banned_until: String,
    /// Legal representative or person in charge.
    pub person_in_charge: String,
    /// Credit code of the body that controls it; empty for none.
    pub controller: String,
    /// Telephone or mail.
    pub contact: String,
    /// Invented for a demo.
    pub is_demo: bool,
}

/// What the form says, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationFacts {
    /// Credit code or filing number.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// Registered or filed.
    pub legal: Legal,
    /// Whether its registration is alive.
    pub status: OrganisationStatus,
    /// Whether the bureau is its supervising unit.
    pub is_supervised: bool,
    /// Where it sits.
    pub street: &'static Street,
    /// What it works in; never empty.
    pub fields: Vec<BusinessField>,
    /// Its address.
    pub domicile: String,
    /// Day of registration or filing.
    pub registered_on: Date,
    /// Last annual inspection.
    pub inspection: InspectionResult,
    /// Credit list.
    pub listing: CreditListing,
    /// Last day of a ban.
    pub banned_until: Option<Date>,
    /// Legal representative or person in charge.
    pub person_in_charge: String,
    /// Code of the controlling body.
    pub controller: Option<String>,
    /// Telephone or mail.
    pub contact: String,
    /// Invented for a demo.
    pub is_demo: bool,
}

const NAME_MAX: usize = 100;
const TEXT_MAX: usize = 200;
/// What a filing number starts with: then the street's nine digits and a serial of four.
const FILING_PREFIX: &str = "BA";
const FILING_LENGTH: usize = 15;

impl OrganisationForm {
    /// The facts, as seen on `today`.
    ///
    /// # Errors
    /// Every fault of the form, each at its field.
    pub fn read(&self, today: Date) -> Result<OrganisationFacts, Vec<Refusal>> {
        let mut faults = Vec::new();
        let kind: Option<OrganisationKind> = choice(&mut faults, "kind", &self.kind, "B1", None);
        let legal = choice(&mut faults, "legal", &self.legal, "T3", None);
        let status = choice(&mut faults, "status", &self.status, "C17", Some(OrganisationStatus::Active));
        let inspection =
            choice(&mut faults, "inspection", &self.inspection, "C17", Some(InspectionResult::NotDue));
        let listing = choice(&mut faults, "listing", &self.listing, "B38", Some(CreditListing::None));
        let is_supervised = self.read_supervised(&mut faults);
        let street = divisions::find(&half_width(&self.division));
        if street.is_none() {
            faults.push(at("division", missing_or("registry.division", "B44", &self.division)));
        }
        let name = self.read_name(&mut faults);
        let fields = self.read_fields(&mut faults);
        let registered_on = self.read_registered_on(&mut faults, today);
        let banned_until = optional_date(&mut faults, "banned_until", &self.banned_until);
        let code = kind.zip(legal).and_then(|(kind, legal)| {
            let code = self.read_code(kind, legal, street);
            code.map_err(|refusal| faults.push(at("code", refusal))).ok()
        });
        if kind.is_none() || legal.is_none() {
            // Without a kind the code can still be read on its own, so that one round of mending is enough.
            let of_filed = half_width(&self.code).to_uppercase().starts_with(FILING_PREFIX);
            if let (false, Err(refusal)) = (of_filed, CreditCode::parse(&self.code)) {
                faults.push(at("code", refusal));
            }
        }
        let controller = self.read_controller(&mut faults, code.as_deref());
        let domicile = short(&mut faults, "domicile", &self.domicile);
        let person_in_charge = short(&mut faults, "person_in_charge", &self.person_in_charge);
        let contact = short(&mut faults, "contact", &self.contact);
        let facts = (|| {
            Some(OrganisationFacts {
                code: code?,
                name,
                kind: kind?,
                legal: legal?,
                status: status?,
                is_supervised: is_supervised?,
                street: street?,
                fields,
                domicile,
                registered_on: registered_on?,
                inspection: inspection?,
                listing: listing?,
                banned_until,
                person_in_charge,
                controller,
                contact,
                is_demo: self.is_demo,
            })
        })();
        match facts {
            Some(facts) if faults.is_empty() => Ok(facts),
            _ => Err(faults),
        }
    }

    fn read_code(
        &self,
        kind: OrganisationKind,
        legal: Legal,
        street: Option<&Street>,
    ) -> Result<String, Refusal> {
        let typed: String = half_width(&self.code).to_uppercase().split_whitespace().collect();
        if legal == Legal::Filed {
            if !kind.is_social_organisation() {
                return Err(Refusal::new("registry.filed-kind", "T3").with_code("kind", kind));
            }
            if typed.is_empty() {
                return Err(Refusal::new("registry.filing-number-missing", "T3"));
            }
            if typed.starts_with(FILING_PREFIX) {
                return filing_number(typed, street);
            }
        }
        if typed.is_empty() {
            check_code_present(legal, None)?;
        }
        let code = CreditCode::parse(&typed)?;
        kind.agrees_with(&code)?;
        Ok(code.as_str().to_owned())
    }

    fn read_name(&self, faults: &mut Vec<Refusal>) -> String {
        let name = self.name.trim();
        if name.is_empty() {
            faults.push(Refusal::new("registry.name-missing", "B1").at("name"));
        } else if name.chars().count() > NAME_MAX || name.chars().any(char::is_control) {
            faults.push(Refusal::new("registry.name-form", "B1").at("name").with("most", NAME_MAX));
        }
        name.to_owned()
    }

    fn read_supervised(&self, faults: &mut Vec<Refusal>) -> Option<bool> {
        match (self.supervised.trim(), words::code_of("yes_no", &self.supervised)) {
            ("", _) | (_, Some("no")) => Some(false),
            (_, Some(_)) => Some(true),
            (text, None) => {
                faults.push(Refusal::new("registry.yes-or-no", "S70").at("supervised").with("text", text));
                None
            }
        }
    }

    fn read_fields(&self, faults: &mut Vec<Refusal>) -> Vec<BusinessField> {
        let mut fields = Vec::new();
        let mut has_fault = false;
        for word in self
            .fields
            .split([',', ';', '，', '；', '、', '|'])
            .map(str::trim)
            .filter(|word| !word.is_empty())
        {
            match words::member(word) {
                Some(field) if fields.contains(&field) => {}
                Some(field) => fields.push(field),
                None => {
                    has_fault = true;
                    faults.push(Refusal::new("registry.field-unknown", "S9").at("fields").with("text", word));
                }
            }
        }
        if fields.is_empty() && !has_fault {
            faults.push(Refusal::new("registry.fields-missing", "S9").at("fields"));
        }
        fields.sort();
        fields
    }

    fn read_registered_on(&self, faults: &mut Vec<Refusal>, today: Date) -> Option<Date> {
        if self.registered_on.trim().is_empty() {
            faults.push(Refusal::new("registry.registered-on-missing", "T3").at("registered_on"));
            return None;
        }
        match parse_date(&self.registered_on) {
            Ok(day) if day > today => {
                faults.push(
                    Refusal::new("registry.registered-on-ahead", "T3").at("registered_on").with("day", day),
                );
                None
            }
            Ok(day) => Some(day),
            Err(refusal) => {
                faults.push(at("registered_on", refusal));
                None
            }
        }
    }

    fn read_controller(&self, faults: &mut Vec<Refusal>, own: Option<&str>) -> Option<String> {
        if self.controller.trim().is_empty() {
            return None;
        }
        match CreditCode::parse(&self.controller) {
            Ok(code) if Some(code.as_str()) == own => {
                faults.push(Refusal::new("registry.controls-itself", "C35").at("controller"));
                None
            }
            Ok(code) => Some(code.as_str().to_owned()),
            Err(refusal) => {
                faults.push(at("controller", refusal));
                None
            }
        }
    }
}

/// A filing number of fifteen characters, given out by the street in which the organisation sits.
fn filing_number(typed: String, street: Option<&Street>) -> Result<String, Refusal> {
    let digits = typed.get(FILING_PREFIX.len()..).unwrap_or_default();
    if typed.len() != FILING_LENGTH || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Refusal::new("registry.filing-number-form", "T3").with("expected", FILING_LENGTH));
    }
    match street {
        Some(street) if !digits.starts_with(&street.code) => {
            Err(Refusal::new("registry.filing-number-elsewhere", "T3").with("street", street.code.as_str()))
        }
        _ => Ok(typed),
    }
}

fn at(field: &str, refusal: Refusal) -> Refusal {
    refusal.at(field)
}

fn missing_or(stem: &'static str, rule: &'static str, text: &str) -> Refusal {
    let text = text.trim();
    match (stem, text) {
        ("registry.division", "") => Refusal::new("registry.division-missing", rule),
        ("registry.division", _) => Refusal::new("registry.division-unknown", rule).with("text", text),
        (_, "") => Refusal::new("registry.choice-missing", rule),
        _ => Refusal::new("registry.choice-unknown", rule).with("text", text),
    }
}

fn choice<C: Coded>(
    faults: &mut Vec<Refusal>,
    field: &str,
    text: &str,
    rule: &'static str,
    default: Option<C>,
) -> Option<C> {
    let found = if text.trim().is_empty() { default } else { words::member(text) };
    if found.is_none() {
        faults.push(at(field, missing_or("registry.choice", rule, text)));
    }
    found
}

fn optional_date(faults: &mut Vec<Refusal>, field: &str, text: &str) -> Option<Date> {
    if text.trim().is_empty() {
        return None;
    }
    parse_date(text).map_err(|refusal| faults.push(at(field, refusal))).ok()
}

fn short(faults: &mut Vec<Refusal>, field: &str, text: &str) -> String {
    let text = text.trim();
    if text.chars().count() > TEXT_MAX {
        faults.push(Refusal::new("registry.text-too-long", "X1").at(field).with("most", TEXT_MAX));
    }
    text.to_owned()
}

/// The fields of a stored row; `,elderly_care,training,` with commas at both ends, so that one field can be
/// looked for with its commas.
pub fn fields_of(stored: &str) -> Vec<BusinessField> {
    stored.split(',').filter_map(BusinessField::from_code).collect()
}

impl OrganisationFacts {
    /// The columns of its row.
    pub(crate) fn values(&self) -> Vec<(&'static str, Val)> {
        let (pinyin, initials) = sounds(&self.name);
        let fields: Vec<&str> = self.fields.iter().map(|field| field.code()).collect();
        vec![
            ("uscc", self.code.as_str().into()),
            ("name", self.name.as_str().into()),
            ("kind", Val::code(self.kind)),
            ("legal", Val::code(self.legal)),
            ("status", Val::code(self.status)),
            ("is_supervised", self.is_supervised.into()),
            ("district", self.street.district.as_str().into()),
            ("division", self.street.code.as_str().into()),
            ("fields", format!(",{},", fields.join(",")).into()),
            ("domicile", self.domicile.as_str().into()),
            ("registered_on", self.registered_on.into()),
            ("inspection", Val::code(self.inspection)),
            ("listing", Val::code(self.listing)),
            ("banned_until", self.banned_until.into()),
            ("person_in_charge", self.person_in_charge.as_str().into()),
            ("controller_uscc", self.controller.as_deref().into()),
            ("contact", self.contact.as_str().into()),
            ("pinyin", pinyin.into()),
            ("initials", initials.into()),
            ("is_demo", self.is_demo.into()),
        ]
    }
}

#[cfg(test)]
#[path = "form_tests.rs"]
mod tests;
