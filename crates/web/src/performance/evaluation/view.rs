//! A plan and its rounds as every page of them shows them: each figure beside the rows it is made of.

use app::Error;
use app::performance::evaluation::held::HeldContract;
use app::performance::evaluation::{
    self, ActualRow, DrawRow, IndicatorRow, PlanRow, RoundRow, ScoreRow, SeatRow,
};
use domain::kernel::{Coded, Ratio};
use domain::performance::evaluation::EvaluationStage;
use domain::performance::survey::Round;

use super::{grade_tone, plan_tone, stage_tone};
use crate::shell::{Shell, Visit, words};

/// An indicator with its target.
pub struct PlanLine {
    /// Place, from 1.
    pub position: i64,
    /// Where it stands.
    pub group: String,
    /// Its name.
    pub title: String,
    /// Its points.
    pub points: i64,
    /// Its target.
    pub target: String,
}

/// A plan.
pub struct PlanView {
    /// As held.
    pub plan: PlanRow,
    /// Its indicators.
    pub lines: Vec<PlanLine>,
    /// Tone of its tag.
    pub tone: &'static str,
}

/// An indicator with what was reached and what each expert gave.
pub struct RoundLine {
    /// Its name.
    pub title: String,
    /// Its points.
    pub points: i64,
    /// Its target.
    pub target: String,
    /// What was reached.
    pub actual: String,
    /// One score for each locked sheet, with its reason.
    pub scores: Vec<(String, String)>,
}

/// A round.
pub struct RoundView {
    /// As held.
    pub round: RoundRow,
    /// Its name.
    pub name: String,
    /// The survey whose answers it counts; empty when nobody can be asked.
    pub survey: String,
    /// Tone of its tag.
    pub tone: &'static str,
    /// Its grade in a word; empty while there is none.
    pub grade: String,
    /// Tone of its grade.
    pub grade_tone: &'static str,
    /// Seats that were drawn.
    pub seats: Vec<SeatRow>,
    /// Sheets whose scores may be seen.
    pub sheets: Vec<SeatRow>,
    /// Indicators.
    pub lines: Vec<RoundLine>,
    /// Draws.
    pub draws: Vec<DrawRow>,
    /// Mean of the sheets.
    pub experts: String,
    /// Satisfaction rate.
    pub rate: String,
    /// How the result came about.
    pub sum: String,
}

/// What somebody may see of the rounds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// Published rounds.
    Public,
    /// Those that the provider has as well.
    Provider,
    /// All.
    Bureau,
}

impl Sight {
    fn shows(self, stage: EvaluationStage) -> bool {
        match self {
            Self::Public => stage == EvaluationStage::Published,
            Self::Provider => matches!(stage, EvaluationStage::Hearing | EvaluationStage::Published),
            Self::Bureau => true,
        }
    }
}

/// The plan of a contract, if there is one.
pub(super) async fn plan(visit: &Visit, contract: &HeldContract) -> Result<Option<PlanView>, Error> {
    let Some(plan) = evaluation::plan_of(&visit.city, contract.id).await? else { return Ok(None) };
    let indicators = evaluation::indicators_of(&visit.city, contract.id).await?;
    let lines = indicators.iter().map(|one| line(&visit.shell, one)).collect();
    Ok(Some(PlanView { tone: plan_tone(&plan.stage), plan, lines }))
}

fn line(shell: &Shell, one: &IndicatorRow) -> PlanLine {
    PlanLine {
        position: one.position,
        group: shell.coded(&one.group_code),
        title: title(shell, one),
        points: one.points,
        target: one.target.clone(),
    }
}

/// The indicator's name in the reader's language.
pub(super) fn title(shell: &Shell, one: &IndicatorRow) -> String {
    if shell.is_english() { one.title_en.clone() } else { one.title_zh.clone() }
}

/// The rounds of a contract that may be seen, the latest first.
pub(super) async fn rounds(
    visit: &Visit,
    contract: &HeldContract,
    sight: Sight,
) -> Result<Vec<RoundView>, Error> {
    let city = &visit.city;
    let plan = evaluation::plan_of(city, contract.id).await?;
    let indicators = evaluation::indicators_of(city, contract.id).await?;
    let mut views = Vec::new();
    for round in evaluation::rounds_of(city, contract.id).await?.into_iter().rev() {
        if !sight.shows(round.stage) {
            continue;
        }
        let seats = evaluation::seats(city, round.id).await?;
        let scores = evaluation::scores(city, round.id).await?;
        let actuals = evaluation::actuals(city, round.id).await?;
        let draws = evaluation::draws(city, round.id).await?;
        views.push(view(
            &visit.shell,
            plan.as_ref(),
            round,
            Parts { indicators: &indicators, seats, scores, actuals, draws },
        ));
    }
    Ok(views)
}

struct Parts<'a> {
    indicators: &'a [IndicatorRow],
    seats: Vec<SeatRow>,
    scores: Vec<ScoreRow>,
    actuals: Vec<ActualRow>,
    draws: Vec<DrawRow>,
}

fn view(shell: &Shell, plan: Option<&PlanRow>, round: RoundRow, parts: Parts<'_>) -> RoundView {
    let is_open = parts.scores.is_empty();
    let sheets: Vec<SeatRow> =
        parts.seats.iter().filter(|seat| seat.locked_at.is_some() && !is_open).cloned().collect();
    let score = |indicator: &IndicatorRow, seat: &SeatRow| {
        let found =
            parts.scores.iter().find(|one| one.seat_id == seat.id && one.indicator_id == indicator.id);
        let points =
            found.and_then(|one| one.points).map_or("—".to_owned(), |points| shell.points(&points));
        (points, found.map(|one| one.reason.clone()).unwrap_or_default())
    };
    let lines = parts.indicators.iter().map(|one| RoundLine {
        title: title(shell, one),
        points: one.points,
        target: one.target.clone(),
        actual: actual(&parts.actuals, one.id),
        scores: sheets.iter().map(|seat| score(one, seat)).collect(),
    });
    let name = match round.kind.code() {
        "yearly" => shell.tn("evaluation-year", round.round),
        _ => shell.coded(&round.kind),
    };
    let survey = match plan.is_some_and(|plan| plan.has_recipients) {
        true => Round::feeding(round.kind, round.round).to_string(),
        false => String::new(),
    };
    RoundView {
        name,
        survey,
        tone: stage_tone(&round.stage),
        grade: round.grade.as_ref().map_or_else(String::new, |grade| shell.coded(grade)),
        grade_tone: round.grade.as_ref().map_or("", grade_tone),
        lines: lines.collect(),
        experts: mean(shell, &round),
        rate: rate(&round),
        sum: plan.map_or_else(String::new, |plan| sum(shell, plan, &round)),
        sheets,
        seats: parts.seats,
        draws: parts.draws,
        round,
    }
}

/// What was reached of an indicator.
pub(super) fn actual(actuals: &[ActualRow], indicator: i64) -> String {
    let found = actuals.iter().find(|one| one.indicator_id == indicator);
    found.map_or_else(|| "—".to_owned(), |one| one.actual.clone())
}

/// The mean of the sheets for reading; the result itself is made of the exact fraction.
fn mean(shell: &Shell, round: &RoundRow) -> String {
    match (round.expert_sum, round.expert_count) {
        (Some(sum), Some(count)) if count > 0 => shell.points(&((2 * sum + count) / (2 * count))),
        _ => "—".to_owned(),
    }
}

fn rate(round: &RoundRow) -> String {
    let part = round.satisfied.and_then(|part| u32::try_from(part).ok());
    let whole = round.valid.and_then(|whole| u32::try_from(whole).ok());
    let ratio = part.zip(whole).and_then(|(part, whole)| Ratio::new(part, whole));
    ratio.map_or_else(|| "—".to_owned(), Ratio::percent_text)
}

/// `40%×85.00 + 40%×87.88% + 20%×95.00 ≈ 88.20`
fn sum(shell: &Shell, plan: &PlanRow, round: &RoundRow) -> String {
    let Some(total) = round.total else { return String::new() };
    let points = |score: Option<i64>| score.map_or("—".to_owned(), |score| shell.points(&score));
    let party = |name| words::member(shell.lang, "evaluation_party", name);
    let mut parts = vec![format!("{} {}%×{}", party("experts"), plan.w_experts, mean(shell, round))];
    if plan.has_recipients {
        parts.push(format!("{} {}%×{}", party("recipients"), plan.w_recipients, rate(round)));
    } else {
        let third = points(round.third_score);
        parts.push(format!("{} {}%×{third}", party("third_party"), plan.w_third_party));
    }
    parts.push(format!("{} {}%×{}", party("purchaser"), plan.w_purchaser, points(round.purchaser_score)));
    format!("{} ≈ {}", parts.join(" + "), shell.points(&total))
}
