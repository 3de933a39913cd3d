//! Service guides: conditions with the values in force, papers, limits, and where to begin (B1-B34).

use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, RuleKey, RuleUnit, RuleValue};
use domain::registry::PaperKind;

use super::blank;
use crate::shell::nav::NavLink;
use crate::shell::{PageError, Path, Shell, Visit, show, terms, words};

/// A guide: what is asked, what is to be brought, how long it takes.
struct Guide {
    key: &'static str,
    conditions: &'static [RuleKey],
    papers: &'static [PaperKind],
    limits: &'static [RuleKey],
    /// Rules that no number tells, such as who is refused.
    rules: &'static [&'static str],
    /// Where it begins; empty when it begins with a visit or a notice.
    start: &'static str,
}

/// Where applications for registration begin.
const APPLY: &str = "/apply";

use PaperKind as P;
use RuleKey as R;

const GUIDES: [Guide; 10] = [
    Guide {
        key: "social-association",
        conditions: &[
            R::AssociationIndividualMembersMin,
            R::AssociationUnitMembersMin,
            R::AssociationMixedMembersMin,
            R::AssociationFundsMin,
            R::CommunityIndividualMembersMin,
            R::CommunityUnitMembersMin,
            R::CommunityMixedMembersMin,
            R::CommunityFundsMin,
            R::StatutoryStaffMin,
            R::CommunityStaffMin,
            R::StatutoryPremisesShareable,
            R::CommunityPremisesShareable,
            R::StatutoryAccountOwn,
            R::CommunityAccountOwn,
            R::ChamberUnitMembersMin,
            R::ChamberMixedMembersMin,
            R::ChamberInitiatorsMin,
            R::ChamberOriginLevelMin,
        ],
        papers: &[
            P::Application,
            P::Charter,
            P::PremisesRight,
            P::Identity,
            P::CapitalVerification,
            P::MemberList,
            P::SupervisingConsent,
        ],
        limits: REGISTRATION_LIMITS,
        rules: &["B5", "B7", "B11", "B16", "B17", "B18", "B19", "B15", "B10"],
        start: APPLY,
    },
    Guide {
        key: "social-service-institution",
        conditions: &[
            R::PremisesMonthsMin,
            R::NonStateAssetsMin,
            R::ZeroThresholdFundsMin,
            R::CommunityFundsMin,
            R::StatutoryStaffMin,
            R::CommunityStaffMin,
            R::ZeroThresholdStaffMin,
            R::StatutoryPremisesShareable,
            R::CommunityPremisesShareable,
            R::ZeroThresholdPremisesShareable,
            R::StatutoryAccountOwn,
            R::CommunityAccountOwn,
            R::ZeroThresholdAccountOwn,
        ],
        papers: &[
            P::Application,
            P::Charter,
            P::PremisesRight,
            P::Identity,
            P::SupervisingConsent,
            P::PracticeLicence,
        ],
        limits: REGISTRATION_LIMITS,
        rules: &["B2", "B7", "B11", "B12", "B16", "B17", "S35", "B15", "B10"],
        start: APPLY,
    },
    Guide {
        key: "foundation",
        conditions: &[
            R::FoundationDelegated,
            R::FoundationFundMin,
            R::FoundationPublicFundMin,
            R::CouncilMin,
            R::CouncilMax,
            R::CouncilRelativesMax,
            R::CouncilPaidMax,
            R::PremisesMonthsMin,
            R::StatutoryStaffMin,
            R::StatutoryPremisesShareable,
            R::StatutoryAccountOwn,
        ],
        papers: &[
            P::Application,
            P::Charter,
            P::PremisesRight,
            P::Identity,
            P::CapitalVerification,
            P::MemberList,
            P::SupervisingConsent,
        ],
        limits: REGISTRATION_LIMITS,
        rules: &["B3", "B7", "B11", "B16", "B15", "B10"],
        start: APPLY,
    },
    Guide {
        key: "filing",
        conditions: &[],
        papers: &[P::Charter, P::MemberList, P::Identity],
        limits: &[],
        rules: &["B20", "T3"],
        start: "",
    },
    Guide {
        key: "change",
        conditions: &[R::ChangeApplicationDays, R::CharterApprovalDays, R::NewSupervisingUnitDays],
        papers: &[P::Application, P::Minutes, P::SupervisingConsent, P::AuditReport],
        limits: &[R::CorrectionWorkingDays, R::ChangeDecisionWorkingDays],
        rules: &["B21"],
        start: "/me/changes",
    },
    Guide {
        key: "cancellation",
        conditions: &[R::CancellationApplicationDays, R::CharityLiquidationDays],
        papers: &[P::Application, P::LiquidationReport, P::SupervisingConsent],
        limits: &[R::CorrectionWorkingDays, R::CancellationDecisionWorkingDays],
        rules: &["B22"],
        start: "/me/cancellation",
    },
    Guide {
        key: "inspection",
        conditions: &[
            R::InspectionReportMonth,
            R::SupervisorReportMonth,
            R::FoundationReportMonth,
            R::InspectionExemptMonths,
            R::SimplifiedGrade,
        ],
        papers: &[P::FinancialReport, P::AuditReport],
        limits: &[R::RectificationMonths, R::ReminderFirstDays, R::ReminderSecondDays],
        rules: &["B25", "B26", "B27", "B28", "B35"],
        start: "/me/inspection",
    },
    Guide {
        key: "rating",
        conditions: &[
            R::RatingAgeYears,
            R::RatingValidYears,
            R::RatingAgainYears,
            R::RatingPoints5a,
            R::RatingPoints4a,
            R::RatingPoints3a,
            R::RatingPoints2a,
            R::RatingPoints1a,
        ],
        papers: &[P::RatingFile, P::Appeal],
        limits: &[R::RatingPublicityWorkingDays, R::RatingReviewServedDays],
        rules: &["B29", "B30", "B31", "B32", "B33", "T2", "T8"],
        start: "/me/rating",
    },
    Guide {
        key: "charity",
        conditions: &[R::CharityOldOnly, R::CharityCleanYears],
        papers: &[P::Minutes, P::AuditReport, P::SupervisingConsent],
        limits: &[
            R::CorrectionWorkingDays,
            R::CharityRecognitionDays,
            R::CharityRegistrationDays,
            R::CharityExtensionDays,
        ],
        rules: &["B46", "B12", "B38"],
        start: "/me/charity",
    },
    Guide {
        key: "fundraising",
        conditions: &[
            R::FundraisingCharityYears,
            R::RatingPriorityGrade,
            R::FundraisingCleanYears,
            R::FundraisingConditions,
            R::FundraisingBarYears,
        ],
        papers: &[P::AuditReport, P::Minutes, P::SupervisingConsent],
        limits: &[R::CorrectionWorkingDays, R::FundraisingDecisionDays],
        rules: &["B39", "B38"],
        start: "/me/fundraising",
    },
];

const REGISTRATION_LIMITS: &[RuleKey] = &[
    R::CorrectionWorkingDays,
    R::RegistrationPromiseWorkingDays,
    R::RegistrationDecisionDays,
    R::JointHandlingWorkingDays,
    R::JointExtensionWorkingDays,
    R::CertificateWorkingDays,
    R::ReconsiderationDays,
];

/// A value of the rule book.
struct Value {
    name: String,
    amount: String,
    ground: String,
    href: String,
    source: String,
}

#[derive(Template)]
#[template(path = "registry/registration/guides.html")]
struct GuidesPage<'a> {
    shell: &'a Shell,
    guides: Vec<(NavLink, String)>,
}

#[derive(Template)]
#[template(path = "registry/registration/guide.html")]
struct GuidePage<'a> {
    shell: &'a Shell,
    title: String,
    lead: String,
    steps: Vec<String>,
    conditions: Vec<Value>,
    papers: Vec<String>,
    /// Blank forms to be printed.
    forms: Vec<NavLink>,
    limits: Vec<Value>,
    /// Where the reader begins; empty for who cannot.
    start: String,
    /// Whose account is needed when the reader's own is another; empty else.
    needed: String,
    /// Whether whoever reads it may have no account yet, because there is no organisation yet.
    is_founding: bool,
    /// What goes with the list of papers.
    note: String,
    /// Where filed organisations are found, on the guide to filing; empty elsewhere.
    filed_href: String,
    rules: Vec<Told>,
}

/// A rule in the words of its page.
struct Told {
    title: String,
    text: String,
    href: String,
}

/// GET /services
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let link = |guide: &Guide| {
        let link = NavLink {
            href: shell.url(format!("/services/{}", guide.key)),
            label: shell.t(&format!("service-{}", guide.key)),
            current: false,
        };
        (link, shell.t(&format!("service-{}-lead", guide.key)))
    };
    show(&GuidesPage { shell, guides: GUIDES.iter().map(link).collect() })
}

/// GET /services/{key}
pub async fn show_one(visit: Visit, Path(key): Path<String>) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let guide = GUIDES.iter().find(|guide| guide.key == key);
    let guide = guide.ok_or_else(|| visit.error(app::Error::NotFound))?;
    let values = |keys: &[RuleKey]| keys.iter().filter_map(|key| value(&visit, *key)).collect();
    let steps = shell.t(&format!("service-{}-steps", guide.key));
    show(&GuidePage {
        shell,
        title: shell.t(&format!("service-{}", guide.key)),
        lead: shell.t(&format!("service-{}-lead", guide.key)),
        steps: steps.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        conditions: values(guide.conditions),
        papers: guide.papers.iter().map(|kind| words::coded(shell.lang, *kind)).collect(),
        forms: forms(shell, guide.key),
        limits: values(guide.limits),
        start: if may_start(shell, guide) { shell.url(guide.start) } else { String::new() },
        needed: match (guide.start, may_start(shell, guide)) {
            ("", _) | (_, true) => String::new(),
            (APPLY, _) => shell.t("services-needs-applicant"),
            _ => shell.t("services-needs-organisation"),
        },
        rules: guide.rules.iter().filter_map(|id| told(&visit, id)).collect(),
        is_founding: guide.start == APPLY,
        note: shell.t(if guide.start == APPLY { "services-papers-which" } else { "services-papers-once" }),
        filed_href: match guide.key {
            "filing" => shell.url("/orgs?legal=filed"),
            _ => String::new(),
        },
    })
}

/// The blank forms of a guide.
fn forms(shell: &Shell, guide: &str) -> Vec<NavLink> {
    let link = |form: &blank::Blank| NavLink {
        href: shell.url(format!("/services/{guide}/forms/{}", form.key())),
        label: blank::title(shell, guide, *form),
        current: false,
    };
    blank::forms_of(guide).iter().map(link).collect()
}

/// Whether the reader may begin here: visitors sign in on the way.
fn may_start(shell: &Shell, guide: &Guide) -> bool {
    let roles: &[&str] = match guide.start {
        "" => return false,
        APPLY => &["public", "applicant", "approval_officer"],
        _ => &["public", "organisation_user"],
    };
    roles.iter().any(|role| shell.is_role(role))
}

/// The value in force today, with its ground; `None` for a term that the law of the day does not set.
fn value(visit: &Visit, key: RuleKey) -> Option<Value> {
    let shell = &visit.shell;
    let rule = visit.city.book.on(shell.now().date()).rule(key);
    if rule.unit == RuleUnit::Years && rule.value == RuleValue::Number(0) {
        return None;
    }
    Some(Value {
        name: words::member(shell.lang, RuleKey::LIST, key.code()),
        amount: terms::amount(shell, rule),
        ground: rule.ground.clone(),
        href: shell.url(format!("/rules/{}", rule.ground)),
        source: rule.law(shell.is_english()).to_owned(),
    })
}

/// A rule as its page tells it; `None` when the law at hand has none of this id.
fn told(visit: &Visit, id: &str) -> Option<Told> {
    let shell = &visit.shell;
    let ground = visit.city.grounds.get(id)?;
    let (title, text) = match shell.is_english() {
        true => (&ground.title_en, &ground.text_en),
        false => (&ground.title_zh, &ground.text_zh),
    };
    Some(Told { title: title.clone(), text: text.clone(), href: shell.url(format!("/rules/{id}")) })
}
