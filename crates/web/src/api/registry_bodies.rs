//! What the API says of the one window: inspections, grades, credit lists, standing, promises, figures, offices,
//! documents.

use app::access::offices;
use app::open_data::registry;
use app::registry::figures::{CITY, Figures, Part, Year, residents};
use app::registry::promises::Kept;
use app::registry::public_lists::PenaltyLine;
use app::registry::{announcements, target};
use domain::kernel::{Coded, Date, Finding, Moment};
use domain::registry::figures::Stock;
use domain::registry::promise::SLOTS;
use domain::registry::{Gate, Known};
use serde::Serialize;
use utoipa::ToSchema;

use super::bodies::bodies;

bodies! {
    /// One year's inspection of an organisation.
    Inspection from registry::Inspection {
        /// Its credit code.
        #[schema(example = "51320100MJ5858585X")]
        uscc: String = |row| row.uscc.clone(),
        /// Its name.
        name: String = |row| row.name.clone(),
        /// The year that was inspected.
        #[schema(example = 2013)]
        year: i64 = |row| row.year,
        /// pass, basic_pass or fail; null when no report came.
        #[schema(example = "pass")]
        outcome: Option<String> = |row| row.outcome.clone(),
        /// When it was decided.
        decided_on: Option<String> = |row| row.decided_on.map(|day| day.to_string()),
        /// When it was found that no report had come.
        absent_on: Option<String> = |row| row.absent_on.map(|day| day.to_string()),
    }
    /// A place on a credit list, past or present.
    CreditPlace from registry::Place {
        /// The organisation's credit code.
        #[schema(example = "51320100MJ5858585X")]
        uscc: String = |row| row.uscc.clone(),
        /// Its name.
        name: String = |row| row.name.clone(),
        /// abnormal or serious.
        #[schema(example = "abnormal")]
        list: String = |row| row.list.clone(),
        /// Code of the ground.
        ground: String = |row| row.ground.clone(),
        /// The day on which the ground arose.
        arose_on: String = |row| row.arose_on.to_string(),
        /// Since when it is listed.
        listed_on: String = |row| row.listed_on.to_string(),
        /// Until when; null while it is listed.
        removed_on: Option<String> = |row| row.removed_on.map(|day| day.to_string()),
        /// The number of the decision.
        document: Option<String> = |row| row.document.clone(),
    }
    /// A penalty that was confirmed, as the organisation's public record shows it.
    Penalty from PenaltyLine {
        /// warning, fine or suspension.
        #[schema(example = "fine")]
        kind: String = |row| row.kind.code().to_owned(),
        /// The fine, in fen; 0 for none.
        amount_fen: i64 = |row| row.amount_fen.0,
        /// What was confiscated, in fen; 0 for nothing.
        confiscated_fen: i64 = |row| row.confiscated_fen.0,
        /// Code of the offence; null where it was not said.
        offence: Option<String> = |row| row.offence.map(|offence| offence.code().to_owned()),
        /// The number of the decision.
        document: String = |row| row.document_number.clone(),
        /// Who imposed it.
        authority: String = |row| row.authority.clone(),
        /// For what, in words.
        reason: String = |row| row.reason.clone(),
        /// The day of the decision.
        #[schema(example = "2014-02-01")]
        imposed_on: String = |row| row.imposed_on.to_string(),
        /// Last day of a suspension; null for anything else.
        until_on: Option<String> = |row| row.until_on.map(|day| day.to_string()),
    }
    /// What the register told the public of an organisation: founded, changed, ended.
    Announcement from announcements::Announcement {
        /// Its number.
        number: String = |row| row.number.clone(),
        /// The code by which it is read at /documents/{code} and verified at /verify/{code}.
        code: String = |row| row.code.clone(),
        /// What it is of; null for what names nothing that is known.
        #[schema(example = "establishment")]
        kind: Option<String> = |row| row.kind().map(|kind| kind.code().to_owned()),
        /// The organisation's name as it was announced.
        name: String = |row| row.addressee.clone(),
        /// The organisation's credit code.
        #[schema(example = "51320100MJ5858585X")]
        uscc: String = |row| row.uscc.clone(),
        /// Its district.
        #[schema(example = "320104")]
        district: String = |row| row.district.clone(),
        /// When it was made.
        issued_at: String = |row| row.issued_at.to_string(),
        /// When it was withdrawn; null while it holds.
        withdrawn_at: Option<String> = |row| row.withdrawn_at.map(|at| at.to_string()),
    }
    /// What the register is to reach in a year, beside what is counted.
    TargetOfYear from target::Progress {
        /// stock, density or growth.
        #[schema(example = "density")]
        figure: String = |row| row.held.figure.code().to_owned(),
        /// The year.
        #[schema(example = 2014)]
        year: i64 = |row| row.held.year,
        /// What is to be reached: a number, or hundredths for a density and a growth.
        value: i64 = |row| row.held.value,
        /// What is counted at the year's end, or today while it runs; null where nothing can be.
        counted: Option<i64> = |row| row.counted,
        /// Whether that reaches it; null where nothing is counted.
        is_reached: Option<bool> = |row| row.is_reached,
        /// Why it was set.
        reason: String = |row| row.held.reason.clone(),
        /// When it was set.
        set_at: String = |row| row.held.set_at.to_string(),
        /// When a later one replaced it; null while it is in force.
        replaced_at: Option<String> = |row| row.held.replaced_at.map(|at| at.to_string()),
    }
    /// An office of the bureau.
    Office from offices::Office {
        /// Its code.
        #[schema(example = "shezu")]
        code: String = |row| row.code.clone(),
        /// Its name.
        name: String = |row| row.name.clone(),
        /// Its name in English; may be empty.
        name_en: String = |row| row.name_en.clone(),
        /// What it does.
        duties: String = |row| row.duties.clone(),
        /// The director who answers for it; null while there is none.
        director: Option<String> = |row| row.director_name.clone(),
    }
}

/// A grade that was confirmed.
#[derive(Serialize, ToSchema)]
pub struct Rating {
    /// The organisation's credit code.
    #[schema(example = "51320100MJ5858585X")]
    pub uscc: String,
    /// Its name.
    pub name: String,
    /// 1a, 2a, 3a, 4a or 5a.
    #[schema(example = "3a")]
    pub grade: String,
    /// First day.
    #[schema(example = "2013-12-20")]
    pub confirmed_on: String,
    /// Last day.
    #[schema(example = "2018-12-19")]
    pub valid_until: String,
    /// When it ended before its last day.
    pub ended_on: Option<String>,
    /// lowered, cancelled, replaced or lapsed.
    pub ended_by: Option<String>,
    /// Whether it holds today.
    #[schema(example = true)]
    pub is_in_force: bool,
    /// The rating that gave it; null when it was taken over from older files.
    pub rating: Option<String>,
}

impl Rating {
    /// The grade as it stands on a day.
    pub fn on(row: registry::Rating, today: Date) -> Self {
        let has_ended = row.ended_on.is_some_and(|day| day <= today);
        Self {
            is_in_force: row.confirmed_on <= today && today <= row.valid_until && !has_ended,
            uscc: row.uscc,
            name: row.name,
            grade: row.grade,
            confirmed_on: row.confirmed_on.to_string(),
            valid_until: row.valid_until.to_string(),
            ended_on: row.ended_on.map(|day| day.to_string()),
            ended_by: row.ended_by,
            rating: row.number,
        }
    }
}

/// What an organisation may do at this moment, and why.
#[derive(Serialize, ToSchema)]
pub struct Standing {
    /// Its credit code.
    #[schema(example = "51320100MJ5858585X")]
    pub uscc: String,
    /// The moment that is judged.
    pub at: String,
    /// Each thing that an organisation may do, with its conditions.
    pub gates: Vec<GateBody>,
}

/// A thing that an organisation may do.
#[derive(Serialize, ToSchema)]
#[schema(as = Gate)]
pub struct GateBody {
    /// bid, sign, rating, charity, public_fundraising, programme, incubator or grant.
    #[schema(example = "bid")]
    pub gate: String,
    /// met, warn or barred: the worst of its conditions.
    #[schema(example = "met")]
    pub level: String,
    /// Its conditions.
    pub conditions: Vec<ConditionBody>,
}

/// A condition.
#[derive(Serialize, ToSchema)]
#[schema(as = Condition)]
pub struct ConditionBody {
    /// Its stable code.
    #[schema(example = "registry.legal-personality")]
    pub code: String,
    /// The rule that sets it.
    #[schema(example = "C4")]
    pub rule: String,
    /// met, warn or barred.
    #[schema(example = "met")]
    pub level: String,
}

impl Standing {
    /// Every gate's answer for what is known, by the rules of the day.
    pub fn of(uscc: &str, known: &Known, rules: domain::kernel::Rules<'_>, at: Moment) -> Self {
        let condition = |finding: &Finding| ConditionBody {
            code: finding.code.to_owned(),
            rule: finding.rule.to_owned(),
            level: finding.level.code().to_owned(),
        };
        let gate = |gate: &Gate| {
            let answer = known.gate(*gate, rules);
            GateBody {
                gate: gate.code().to_owned(),
                level: answer.level().code().to_owned(),
                conditions: answer.findings.iter().map(condition).collect(),
            }
        };
        Self { uscc: uscc.to_owned(), at: at.rfc3339(), gates: Gate::ALL.iter().map(gate).collect() }
    }
}

/// A slot of the register of promises. The source speaks of ten and names five; the others stay empty.
#[derive(Serialize, ToSchema)]
pub struct PromiseSlot {
    /// Its place, from 1 to 10.
    pub slot: i64,
    /// direct_registration, several_associations, out_of_area_chambers, lower_thresholds or simpler_procedure.
    #[schema(example = "direct_registration")]
    pub promise: Option<String>,
    /// The rule that it is about.
    #[schema(example = "B17")]
    pub rule: Option<String>,
    /// Decided cases that it is about.
    pub about: Option<i64>,
    /// Of them, those that keep it.
    pub kept: Option<i64>,
}

/// All slots in order.
pub fn slots(kept: &[Kept]) -> Vec<PromiseSlot> {
    let slot = |at: usize| {
        let held = kept.get(at);
        PromiseSlot {
            slot: i64::try_from(at + 1).unwrap_or(i64::MAX),
            promise: held.map(|held| held.promise.code().to_owned()),
            rule: held.map(|held| held.promise.rule().to_owned()),
            about: held.map(|held| held.about),
            kept: held.map(|held| held.kept),
        }
    };
    (0..SLOTS).map(slot).collect()
}

/// The register in figures.
#[derive(Serialize, ToSchema)]
pub struct Statistics {
    /// Living social organisations of the whole city.
    pub city: StockBody,
    /// By kind.
    pub kinds: Vec<StockBody>,
    /// By district, with density.
    pub districts: Vec<StockBody>,
    /// By field; one that works in several counts in each.
    pub fields: Vec<StockBody>,
    /// Registered ones year by year.
    pub years: Vec<YearBody>,
}

/// A stock of living social organisations.
#[derive(Serialize, ToSchema)]
#[schema(as = Stock)]
pub struct StockBody {
    /// The code of city, kind, district or field.
    #[schema(example = "320100")]
    pub code: String,
    /// Registered.
    pub registered: i64,
    /// Filed.
    pub filed: i64,
    /// Permanent residents; null where they are not asked for.
    pub residents: Option<i64>,
    /// Organisations for every 10,000 residents, rounded down.
    pub density: Option<i64>,
    /// Who counted the residents.
    pub residents_source: Option<String>,
    /// Its registered year by year, oldest first.
    pub years: Vec<YearBody>,
}

/// A year of the registered.
#[derive(Serialize, ToSchema)]
#[schema(as = Year)]
pub struct YearBody {
    /// The year.
    #[schema(example = 2013)]
    pub year: i64,
    /// Newly registered in it.
    pub added: i64,
    /// Cancelled or revoked in it.
    pub ended: i64,
    /// Alive at its end, or today in the running year.
    pub at_end: i64,
    /// Growth in hundredths of a per cent; null when there was none at its start.
    #[schema(example = 2700)]
    pub growth: Option<i64>,
}

impl Statistics {
    /// The figures, with densities by the count of residents that holds in `year`.
    pub fn of(found: &Figures, year: i16) -> Self {
        let plain = |part: &Part| stock(&part.code, part.stock, None, &part.years);
        let dense = |part: &Part| stock(&part.code, part.stock, Some(year), &part.years);
        Self {
            city: stock(CITY, found.stock, Some(year), &found.years),
            kinds: found.kinds.iter().map(plain).collect(),
            districts: found.districts.iter().map(dense).collect(),
            fields: found.fields.iter().map(plain).collect(),
            years: found.years.iter().map(year_body).collect(),
        }
    }
}

fn stock(code: &str, stock: Stock, year: Option<i16>, years: &[Year]) -> StockBody {
    let counted = year.and_then(|year| residents(code, year));
    StockBody {
        code: code.to_owned(),
        registered: stock.registered,
        filed: stock.filed,
        residents: counted.map(|held| held.number),
        density: counted.and_then(|held| stock.density(held.number)),
        residents_source: counted.map(|held| held.source.clone()),
        years: years.iter().map(year_body).collect(),
    }
}

fn year_body(year: &Year) -> YearBody {
    YearBody {
        year: i64::from(year.year),
        added: year.added,
        ended: year.ended,
        at_end: year.at_end,
        growth: year.growth,
    }
}

/// Whether a document was issued and still holds; no more than the page behind its QR code says.
#[derive(Serialize, ToSchema)]
pub struct IssuedDocument {
    /// What it is.
    #[schema(example = "certificate")]
    pub kind: String,
    /// Its number.
    pub number: String,
    /// To whom it speaks; a person's name is masked.
    pub addressee: String,
    /// When it was issued.
    pub issued_at: String,
    /// When it was withdrawn; null while it holds.
    pub withdrawn_at: Option<String>,
    /// Whether anyone may read the whole of it.
    #[schema(example = true)]
    pub is_public: bool,
}
