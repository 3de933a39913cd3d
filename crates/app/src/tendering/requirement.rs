//! The requirement: an office starts a tender for one of its listed items and writes the documents (C14,
//! C19, S8).

use domain::catalogue::item::ItemStage;
use domain::kernel::{
    BatchId, Coded, Fen, ItemId, Moment, OfficeId, PersonId, Refusal, Role, RuleKey, TenderId,
};
use domain::tendering::consortium::ConsortiumRule;
use domain::tendering::panel::{self, Task};
use domain::tendering::procedure::ProcedureKind;
use domain::tendering::requirement::{self, DocumentPart, RequirementDraft};
use domain::tendering::scoring_table::TieRule;
use domain::tendering::stage::Stage;

use super::queries::{self, Tender};
use crate::db::{Row, Val};
use crate::journal::TENDER;
use crate::{Act, Cx, Error, args, row};

/// No part of the documents is longer, in characters.
const TEXT_MAX: usize = 20_000;

/// Starts the tender of a listed item; the office of the item alone may.
#[derive(Clone, Copy)]
pub struct StartTender {
    /// What is to be bought.
    pub item: ItemId,
}

row! {
    /// What a tender takes over from its item.
    pub struct ItemFacts {
        /// Its office.
        office_id: OfficeId,
        /// Its name.
        name: String,
        /// Its year.
        year: i64,
        /// Its stage.
        @code stage: ItemStage,
        /// The most it may cost.
        ceiling_fen: Fen,
        /// How performance will be judged.
        performance_standard: String,
        /// Whether the bureau's affiliates may not perform it (T8).
        excludes_supervised: bool,
        /// The open batch in which it is, if any.
        open_batch: Option<BatchId>,
    }
}

const ITEM: &str = "SELECT i.office_id, i.name, i.year, i.stage, i.ceiling_fen, i.performance_standard,
       i.excludes_supervised, b.id AS open_batch
     FROM item i LEFT JOIN batch b ON b.id = i.batch_id AND b.closed_at IS NULL WHERE i.id = $1";

impl Act for StartTender {
    type Outcome = TenderId;
    const NAME: &'static str = "tendering.start_tender";
    const WHO: &'static [Role] = &[Role::OfficeStaff];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<TenderId, Error> {
        let author = author(cx)?;
        let item: ItemFacts = cx.tx.one(ITEM, args![self.item]).await?;
        if cx.actor.office() != Some(item.office_id) {
            return Err(Error::NotFound);
        }
        lock_catalogue(cx, item.year).await?;
        if item.stage != ItemStage::Listed {
            return Err(Refusal::new("tendering.item-not-listed", "C12")
                .with_code("item", item.stage)
                .into());
        }
        let Some(batch) = item.open_batch else {
            return Err(Refusal::new("tendering.item-not-in-open-batch", "C13").into());
        };
        let attempt = next_attempt(cx, self.item).await?;
        let number = next_number(cx, item.year).await?;
        let id = TenderId(cx.id());
        let procedure = ProcedureKind::OpenCompetition;
        let rules = cx.app.book.on(cx.now.date());
        let task = Task { office: item.office_id, budget: item.ceiling_fen, is_weighty: false };
        let panel_size = panel::members_needed(&task, procedure.procedure(), rules);
        let mut values: Vec<(&'static str, Val)> = vec![
            ("number", number.into()),
            ("item_id", self.item.into()),
            ("attempt", attempt.into()),
            ("batch_id", batch.into()),
            ("office_id", item.office_id.into()),
            ("stage", Val::code(Stage::Drafting)),
            ("title", item.name.into()),
            ("procedure", Val::code(procedure)),
            ("rules_on", cx.now.date().into()),
            ("performance_standard", item.performance_standard.into()),
            ("term_months", rules.number(RuleKey::ContractTermMaxMonths).into()),
            ("ceiling_fen", item.ceiling_fen.into()),
            ("tie_rule", Val::code(TieRule::Lot)),
            ("is_price_fixed", false.into()),
            ("panel_size", panel_size.into()),
            ("excludes_supervised", item.excludes_supervised.into()),
            ("authors", author.0.to_string().into()),
            ("author_id", author.into()),
            ("extensions", 0_i64.into()),
        ];
        let blank = [
            "requirement",
            "deliverables",
            "qualification",
            "price_rule",
            "recipients_role",
            "contract_draft",
            "challenge_contact",
            "venue",
            "designers",
            "check_note",
            "ended_reason",
        ];
        values.extend(blank.map(|name| (name, Val::from(""))));
        cx.insert(&TENDER, id.0, &values).await?;
        Ok(id)
    }
}

/// The person who writes; a tender is never begun by the clock.
fn author(cx: &Cx<'_>) -> Result<PersonId, Error> {
    cx.actor.person.ok_or(Error::NotPermitted)
}

/// Measures and catalogue must be public before anything is tendered (S8, S14); holding the catalogue also
/// keeps two offices from taking the same number.
async fn lock_catalogue(cx: &mut Cx<'_>, year: i64) -> Result<(), Error> {
    let sql = "SELECT c.id FROM catalogue c JOIN measures m ON m.id = c.measures_id
               WHERE c.year = $1 AND m.published_at IS NOT NULL";
    let held: Option<(i64,)> = cx.tx.maybe(sql, args![year]).await?;
    let Some((catalogue,)) = held else {
        return Err(Refusal::new("tendering.catalogue-not-published", "S8").with("year", year).into());
    };
    Ok(cx.tx.lock("catalogue", catalogue).await?)
}

async fn next_attempt(cx: &mut Cx<'_>, item: ItemId) -> Result<i64, Error> {
    let sql = "SELECT number, stage, attempt FROM tender WHERE item_id = $1 ORDER BY attempt DESC LIMIT 1";
    let Some(last) = cx.tx.maybe::<Row>(sql, args![item]).await? else { return Ok(1) };
    let stage: Stage = last.code("stage")?;
    if !matches!(stage, Stage::Failed | Stage::Cancelled) {
        let number: String = last.get("number")?;
        return Err(Refusal::new("tendering.item-has-tender", "C13").with("number", number).into());
    }
    Ok(last.get::<i64>("attempt")? + 1)
}

/// Public numbers run through the year of the catalogue, three digits at least.
async fn next_number(cx: &mut Cx<'_>, year: i64) -> Result<String, Error> {
    let head = format!("NJGZ-{year}-");
    let sql = "SELECT number FROM tender WHERE number LIKE $1
               ORDER BY length(number) DESC, number DESC LIMIT 1";
    let last: Option<(String,)> = cx.tx.maybe(sql, args![format!("{head}%")]).await?;
    let last = last.and_then(|(number,)| number.strip_prefix(&head)?.parse::<i64>().ok()).unwrap_or(0);
    Ok(format!("{head}{:03}", last + 1))
}

/// Writes the documents of a tender that is being drafted. An incomplete text is kept as it is; what is
/// missing is said when it is sent to its check.
#[derive(Clone)]
pub struct WriteRequirement {
    /// Which tender.
    pub tender: TenderId,
    /// The version that the writer saw.
    pub version: i64,
    /// Its title.
    pub title: String,
    /// What is to be done.
    pub requirement: String,
    /// What is to be handed over.
    pub deliverables: String,
    /// What a bidder must fulfil.
    pub qualification: String,
    /// How the price is to be stated.
    pub price_rule: String,
    /// What recipients have to say.
    pub recipients_role: String,
    /// How performance will be judged.
    pub performance_standard: String,
    /// The contract that will be signed.
    pub contract_draft: String,
    /// Whom to turn to with a challenge.
    pub challenge_contact: String,
    /// Where the live session will be.
    pub venue: String,
    /// How long the contract runs, in months.
    pub term_months: i64,
    /// The most it may cost.
    pub ceiling: Fen,
    /// How ties are resolved.
    pub tie_rule: TieRule,
    /// Members of the panel.
    pub panel_size: i64,
    /// Credit codes of organisations that helped to design the purchase, in any separation (C35, T9).
    pub designers: String,
    /// Whether several may bid as one; silence admits them (C30).
    pub consortia: ConsortiumRule,
}

impl Act for WriteRequirement {
    type Outcome = ();
    const NAME: &'static str = "tendering.write_requirement";
    const WHO: &'static [Role] = &[Role::OfficeStaff];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let author = author(cx)?;
        let tender = queries::lock_own(cx, self.tender).await?;
        tender.stage.expect(Stage::Drafting)?;
        let (designers, mut faults) = self.designer_codes();
        faults.extend(self.problems(cx, &tender));
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let mut values: Vec<(&'static str, Val)> =
            self.texts().into_iter().map(|(name, text)| (name, Val::from(text.trim()))).collect();
        values.extend([
            ("term_months", self.term_months.into()),
            ("ceiling_fen", self.ceiling.into()),
            ("tie_rule", Val::code(self.tie_rule)),
            ("panel_size", self.panel_size.into()),
            ("designers", designers.into()),
            ("consortia", stated(self.consortia).into()),
        ]);
        values.extend(authorship(&tender, author));
        cx.update(&TENDER, self.tender.0, self.version, &values).await
    }
}

/// The rule as stored: silence is nothing.
fn stated(rule: ConsortiumRule) -> Option<&'static str> {
    (rule != ConsortiumRule::NotStated).then(|| rule.code())
}

/// Keeps on record that `author` wrote in the documents; an earlier check falls away.
pub(super) fn authorship(tender: &Tender, author: PersonId) -> Vec<(&'static str, Val)> {
    let mut authors = tender.author_ids();
    if !authors.contains(&author) {
        authors.push(author);
    }
    let authors: Vec<String> = authors.iter().map(|person| person.0.to_string()).collect();
    vec![
        ("authors", authors.join(",").into()),
        ("author_id", author.into()),
        ("checker_id", None::<PersonId>.into()),
    ]
}

impl WriteRequirement {
    fn texts(&self) -> [(&'static str, &str); 10] {
        [
            ("title", &self.title),
            ("requirement", &self.requirement),
            ("deliverables", &self.deliverables),
            ("qualification", &self.qualification),
            ("price_rule", &self.price_rule),
            ("recipients_role", &self.recipients_role),
            ("performance_standard", &self.performance_standard),
            ("contract_draft", &self.contract_draft),
            ("challenge_contact", &self.challenge_contact),
            ("venue", &self.venue),
        ]
    }

    /// The codes by line, and a fault for each that is none.
    fn designer_codes(&self) -> (String, Vec<Refusal>) {
        let (mut codes, mut faults) = (Vec::new(), Vec::new());
        let words =
            self.designers.split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；'));
        for word in words.filter(|word| !word.is_empty()) {
            match domain::kernel::CreditCode::parse(word) {
                Ok(code) => codes.push(code.as_str().to_owned()),
                Err(refusal) => faults.push(refusal.at("designers")),
            }
        }
        (codes.join("\n"), faults)
    }

    /// Faults of what was typed; parts that are merely missing come up when it is sent to its check.
    fn problems(&self, cx: &Cx<'_>, tender: &Tender) -> Vec<Refusal> {
        let mut faults = Vec::new();
        if self.title.trim().is_empty() {
            faults.push(Refusal::new("tendering.title-missing", "C19").at("title"));
        }
        for (name, text) in self.texts() {
            if text.chars().count() > TEXT_MAX {
                faults.push(Refusal::new("tendering.text-too-long", "C19").at(name).with("max", TEXT_MAX));
            }
        }
        let rules = cx.app.book.on(cx.now.date());
        let longest = rules.number(RuleKey::ContractTermLongMaxMonths);
        if !(1..=longest).contains(&self.term_months) {
            faults.push(
                Refusal::new("tendering.term-out-of-range", "C51").at("term_months").with("max", longest),
            );
        }
        let task = Task { office: tender.office_id, budget: self.ceiling, is_weighty: false };
        let needed = panel::members_needed(&task, tender.procedure.procedure(), rules);
        let members = usize::try_from(self.panel_size).unwrap_or(0);
        if members < needed {
            let refusal = Refusal::new("tendering.panel-too-small", "C36").at("panel_size");
            faults.push(refusal.with("members", self.panel_size).with("needed", needed));
        } else if members.is_multiple_of(2) {
            faults
                .push(Refusal::new("tendering.panel-even", "C36").at("panel_size").with("members", members));
        }
        let draft = RequirementDraft {
            parts: vec![(DocumentPart::Qualification, self.qualification.clone())],
            ceiling: self.ceiling,
            item_ceiling: tender.item_ceiling_fen,
        };
        let typed = requirement::problems(&draft).into_iter();
        faults.extend(typed.filter(|fault| fault.code != "tendering.document-part-missing"));
        faults
    }
}

/// The documents as the rules read them.
pub fn draft_of(tender: &Tender) -> RequirementDraft {
    let parts = [
        (DocumentPart::Requirement, &tender.requirement),
        (DocumentPart::Qualification, &tender.qualification),
        (DocumentPart::PriceRule, &tender.price_rule),
        (DocumentPart::ContractDraft, &tender.contract_draft),
        (DocumentPart::PerformanceStandard, &tender.performance_standard),
        (DocumentPart::RecipientsRole, &tender.recipients_role),
        (DocumentPart::ChallengeContact, &tender.challenge_contact),
    ];
    RequirementDraft {
        parts: parts.into_iter().map(|(part, text)| (part, text.clone())).collect(),
        ceiling: tender.ceiling_fen,
        item_ceiling: tender.item_ceiling_fen,
    }
}

/// Whether measures are in force at `now` (S14).
pub(super) async fn measures_in_force(cx: &mut Cx<'_>, now: Moment) -> Result<bool, Error> {
    let sql = "SELECT count(*) FROM measures WHERE published_at IS NOT NULL AND published_at <= $1";
    Ok(cx.tx.number(sql, args![now]).await? > 0)
}
