//! Filing (备案) of community organisations that are below the threshold of registration (B20).
//!
//! Filing gives no legal personality: a filed body signs nothing, holds no rating, and its money is kept by
//! a registered host (T3). When it registers, the filing ends; both at once there never are.

pub mod amendment;

use super::registration::Answers;
use super::{Legal, OrganisationKind, OrganisationStatus, PaperKind};
use crate::coded;
use crate::kernel::{Date, Refusal};

coded! {
    /// Who leads a filed organisation.
    pub enum LedBy as "led_by" {
        /// The larger ones: the street or town.
        Street = "street",
        /// The small and loose ones: the community's party body, guided by the residents' committee.
        Community = "community",
    }
}

coded! {
    /// Why a filing ended.
    pub enum FilingEnd as "filing_end" {
        /// It became a registered organisation.
        Registered = "registered",
        /// Its members dissolved it.
        Dissolved = "dissolved",
        /// Nothing has been heard of it.
        Inactive = "inactive",
    }
}

coded! {
    /// What a filed organisation reports.
    pub enum FilingReportKind as "filing_report" {
        /// A festival, show, contest or gathering, before it takes place.
        Gathering = "gathering",
        /// A year, when it is over.
        Year = "year",
    }
}

coded! {
    /// How the two committees appraise a year.
    pub enum Appraisal as "appraisal" {
        /// 好.
        Good = "good",
        /// 一般.
        Fair = "fair",
        /// 差.
        Poor = "poor",
    }
}

/// The organisation that keeps a filed body's money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Host {
    /// What it is.
    pub kind: OrganisationKind,
    /// Registered or filed.
    pub legal: Legal,
    /// Whether its registration is alive.
    pub status: OrganisationStatus,
}

/// What a street keeps of a filing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filing {
    /// What it is.
    pub kind: OrganisationKind,
    /// How many members.
    pub members: i64,
    /// Who leads it.
    pub led_by: LedBy,
    /// Whether the community is named.
    pub has_community: bool,
    /// Whether the person who heads it is named.
    pub has_person: bool,
    /// Whether a telephone number is given.
    pub has_contact: bool,
    /// Whether it is said where it meets.
    pub has_place: bool,
    /// Who keeps its money, if it has any.
    pub host: Option<Host>,
}

/// Every fault of a filing, each at its field.
pub fn faults(filing: &Filing) -> Vec<Refusal> {
    let mut faults = Vec::new();
    let kinds = [OrganisationKind::SocialAssociation, OrganisationKind::SocialServiceInstitution];
    if !kinds.contains(&filing.kind) {
        faults.push(Refusal::new("filing.kind", "B20").at("kind").with_code("kind", filing.kind));
    }
    if filing.members < 1 {
        faults.push(Refusal::new("filing.members-missing", "B20").at("members"));
    }
    if filing.led_by == LedBy::Community && !filing.has_community {
        faults.push(Refusal::new("filing.community-missing", "B20").at("community"));
    }
    for (is_told, code, field) in [
        (filing.has_place, "filing.place-missing", "domicile"),
        (filing.has_person, "filing.person-missing", "person_in_charge"),
        (filing.has_contact, "filing.contact-missing", "contact"),
    ] {
        if !is_told {
            faults.push(Refusal::new(code, "B20").at(field));
        }
    }
    let is_fit = |host: Host| {
        host.kind.is_social_organisation()
            && host.legal == Legal::Registered
            && host.status == OrganisationStatus::Active
    };
    if filing.host.is_some_and(|host| !is_fit(host)) {
        faults.push(Refusal::new("filing.host-unfit", "B20").at("host"));
    }
    faults
}

/// What a street keeps of a filed organisation in its folder: its simple charter and the list of its members (B20).
pub const KEPT: [PaperKind; 2] = [PaperKind::Charter, PaperKind::MemberList];

/// Of what is to be kept, what `held` does not hold yet.
pub fn papers_missing(held: &[PaperKind]) -> Vec<PaperKind> {
    KEPT.into_iter().filter(|kind| !held.contains(kind)).collect()
}

/// Whether a paper of this kind is put into the folder of a filing that ended on `closed_on`.
///
/// # Errors
/// `filing.closed`, `filing.paper-kind` (B20).
pub fn may_keep(kind: PaperKind, closed_on: Option<Date>) -> Result<(), Refusal> {
    if let Some(day) = closed_on {
        return Err(Refusal::new("filing.closed", "B20").with("day", day));
    }
    if !KEPT.contains(&kind) {
        return Err(Refusal::new("filing.paper-kind", "B20").at("kind").with_code("kind", kind));
    }
    Ok(())
}

/// Whether an open filing may be ended. A registration ends it by itself, never a click.
///
/// # Errors
/// `filing.closed` for one that ended before, `filing.end-by-registration` for the end that only a
/// registration makes.
pub fn may_close(closed_on: Option<Date>, end: FilingEnd) -> Result<(), Refusal> {
    if let Some(day) = closed_on {
        return Err(Refusal::new("filing.closed", "B20").with("day", day));
    }
    if end == FilingEnd::Registered {
        return Err(Refusal::new("filing.end-by-registration", "B20").at("end"));
    }
    Ok(())
}

/// Whether a registration may grow out of a filing: the filing is alive, and no other case that grew out of it
/// is running under the number `running`.
///
/// # Errors
/// `filing.closed`, `filing.growing` (B20).
pub fn may_grow(closed_on: Option<Date>, running: Option<&str>) -> Result<(), Refusal> {
    if let Some(day) = closed_on {
        return Err(Refusal::new("filing.closed", "B20").with("day", day));
    }
    match running {
        Some(number) => Err(Refusal::new("filing.growing", "B20").with("number", number)),
        None => Ok(()),
    }
}

/// What a filing knows that an application asks for as well.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filed {
    /// The street's nine digits.
    pub division: String,
    /// Where it meets.
    pub domicile: String,
    /// Its fields, as stored.
    pub fields: String,
    /// How many members.
    pub members: i64,
    /// Who heads it; left to be typed by whoever begins alone.
    pub person_in_charge: String,
    /// Telephone; not for the public.
    pub contact: String,
}

impl Filed {
    /// The answers that are carried over into an application for `kind`; nothing is guessed. `is_known` says
    /// that an official who may read the whole filing starts it; anyone else gets where and in which fields.
    pub fn carried(&self, kind: OrganisationKind, is_known: bool) -> Answers {
        let members = self.members.to_string();
        let mut answers = vec![
            ("division", self.division.as_str()),
            ("domicile", self.domicile.as_str()),
            ("fields", self.fields.trim_matches(',')),
        ];
        if is_known {
            answers.push(("representative", self.person_in_charge.as_str()));
            answers.push(("telephone", self.contact.as_str()));
        }
        if is_known && kind == OrganisationKind::SocialAssociation {
            answers.push(("individual_members", members.as_str()));
        }
        let known = answers.into_iter().filter(|(_, text)| !text.is_empty());
        Answers(known.map(|(field, text)| (field.to_owned(), text.to_owned())).collect())
    }
}

/// What is wrong with a report (B20): a gathering is told before its day, a year when it is over, and nothing is
/// left blank: `filing.gathering-not-ahead`, `filing.year-not-over`, `filing.report-blank`.
pub fn report_faults(kind: FilingReportKind, day: Date, text: &str, today: Date) -> Vec<Refusal> {
    let mut faults = Vec::new();
    match kind {
        FilingReportKind::Gathering if day <= today => {
            faults.push(Refusal::new("filing.gathering-not-ahead", "B20").at("day").with("day", day));
        }
        FilingReportKind::Year if day.year() >= today.year() => {
            let year = i64::from(day.year());
            faults.push(Refusal::new("filing.year-not-over", "B20").at("day").with("year", year));
        }
        _ => {}
    }
    if text.trim().is_empty() {
        faults.push(Refusal::new("filing.report-blank", "B20").at("text"));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::day;

    const HOST: Host = Host {
        kind: OrganisationKind::SocialServiceInstitution,
        legal: Legal::Registered,
        status: OrganisationStatus::Active,
    };
    const SOUND: Filing = Filing {
        kind: OrganisationKind::SocialAssociation,
        members: 8,
        led_by: LedBy::Community,
        has_community: true,
        has_person: true,
        has_contact: true,
        has_place: true,
        host: Some(HOST),
    };

    #[test]
    fn a_filing_says_who_it_is_who_leads_it_and_who_keeps_its_money() {
        let host = |host| Filing { host: Some(host), ..SOUND };
        for (filing, expected) in [
            (SOUND, None),
            (Filing { host: None, ..SOUND }, None),
            (Filing { led_by: LedBy::Street, has_community: false, ..SOUND }, None),
            (Filing { kind: OrganisationKind::Foundation, ..SOUND }, Some("filing.kind")),
            (Filing { kind: OrganisationKind::Enterprise, ..SOUND }, Some("filing.kind")),
            (Filing { members: 0, ..SOUND }, Some("filing.members-missing")),
            (Filing { has_community: false, ..SOUND }, Some("filing.community-missing")),
            (Filing { has_person: false, ..SOUND }, Some("filing.person-missing")),
            (Filing { has_contact: false, ..SOUND }, Some("filing.contact-missing")),
            (Filing { has_place: false, ..SOUND }, Some("filing.place-missing")),
            (host(Host { legal: Legal::Filed, ..HOST }), Some("filing.host-unfit")),
            (host(Host { status: OrganisationStatus::Cancelled, ..HOST }), Some("filing.host-unfit")),
            (host(Host { kind: OrganisationKind::Enterprise, ..HOST }), Some("filing.host-unfit")),
        ] {
            let found = faults(&filing);
            assert_eq!(found.first().map(|fault| fault.code), expected, "{filing:?}");
        }
    }

    #[test]
    fn a_filing_has_a_charter_and_a_list_of_members_in_its_folder() {
        use PaperKind::{Charter, MemberList, Minutes};
        assert_eq!(papers_missing(&[]), [Charter, MemberList]);
        assert_eq!(papers_missing(&[MemberList, Minutes]), [Charter]);
        assert_eq!(papers_missing(&[Charter, MemberList]), []);
        let code = |kind, ended| may_keep(kind, ended).err().map(|refusal| refusal.code);
        assert_eq!(code(Charter, None), None);
        assert_eq!(code(Minutes, None), Some("filing.paper-kind"));
        assert_eq!(code(Charter, Some(day(2026, 1, 5))), Some("filing.closed"));
    }

    #[test]
    fn a_filing_ends_once_and_a_registration_ends_it_by_itself() {
        assert_eq!(may_close(None, FilingEnd::Dissolved), Ok(()));
        let code = |result: Result<(), Refusal>| result.err().map(|refusal| refusal.code);
        assert_eq!(code(may_close(Some(day(2026, 1, 5)), FilingEnd::Inactive)), Some("filing.closed"));
        assert_eq!(code(may_close(None, FilingEnd::Registered)), Some("filing.end-by-registration"));
    }

    #[test]
    fn a_registration_grows_out_of_a_living_filing_once() {
        let code = |result: Result<(), Refusal>| result.err().map(|refusal| refusal.code);
        assert_eq!(may_grow(None, None), Ok(()));
        assert_eq!(code(may_grow(Some(day(2026, 1, 5)), None)), Some("filing.closed"));
        assert_eq!(code(may_grow(None, Some("NJSL-2026-0001"))), Some("filing.growing"));
    }

    #[test]
    fn what_is_filed_is_carried_over_and_nothing_is_guessed() {
        let filed = Filed {
            division: "320104002".to_owned(),
            fields: ",elderly_care,".to_owned(),
            members: 12,
            person_in_charge: "示例负责人".to_owned(),
            ..Filed::default()
        };
        use OrganisationKind::{SocialAssociation, SocialServiceInstitution};
        for (kind, is_known, expected) in [
            (SocialAssociation, true, "division fields individual_members representative"),
            (SocialServiceInstitution, true, "division fields representative"),
            (SocialAssociation, false, "division fields"),
        ] {
            let carried = filed.carried(kind, is_known);
            let fields: Vec<&str> = carried.0.keys().map(String::as_str).collect();
            assert_eq!(fields.join(" "), expected, "{kind:?} {is_known}");
            assert_eq!(carried.text("fields"), "elderly_care");
        }
    }

    #[test]
    fn gatherings_are_told_before_and_years_after() {
        let today = day(2026, 3, 2);
        let check = |kind, on, text| report_faults(kind, on, text, today).first().map(|refusal| refusal.code);
        use FilingReportKind::{Gathering, Year};
        assert_eq!(check(Gathering, day(2026, 3, 3), "元宵灯会"), None);
        assert_eq!(check(Gathering, today, "元宵灯会"), Some("filing.gathering-not-ahead"));
        assert_eq!(check(Year, day(2025, 12, 31), "活动十次"), None);
        assert_eq!(check(Year, day(2026, 12, 31), "活动十次"), Some("filing.year-not-over"));
        assert_eq!(check(Year, day(2025, 12, 31), " "), Some("filing.report-blank"));
    }
}
