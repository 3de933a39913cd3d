//! A rating as its pages show it: facts, points by head, sittings with names and votes.

use app::Error;
use app::registry::rating::case::RatingCase;
use app::registry::rating::read::{self, Meeting};
use domain::kernel::RuleKey;
use domain::registry::rating::RatingStage;

use super::{choice_name, grade_name};
use crate::shell::Visit;

/// A sitting with its ballot.
pub struct Sitting {
    /// Body and day.
    pub title: String,
    /// How it ended.
    pub outcome: String,
    /// Why it was decided off the points.
    pub reason: String,
    /// Name, part and vote of each member.
    pub votes: Vec<(String, String, String)>,
}

/// What a page shows of a rating.
pub struct CaseView {
    /// Facts, each with its name.
    pub rows: Vec<(String, String)>,
    /// Points of each head: name, points, most.
    pub heads: Vec<(String, String, String)>,
    /// Sittings, oldest first.
    pub sittings: Vec<Sitting>,
}

/// The view of a rating. Before publicity only `is_official` readers see points, votes and decisions.
pub async fn view(visit: &Visit, case: &RatingCase, is_official: bool) -> Result<CaseView, Error> {
    let shell = &visit.shell;
    let mut rows = vec![
        (shell.t("rating-number"), case.number.clone()),
        (shell.t("rating-organisation"), format!("{}（{}）", case.organisation, case.uscc)),
        (shell.t("rating-round"), case.round_title.clone()),
        (shell.t("rating-applied"), shell.moment(&case.applied_at)),
    ];
    if let Some(agency) = &case.agency {
        rows.push((shell.t("rating-agency"), agency.clone()));
    }
    if !is_official && !case.stage.is_public() {
        return Ok(CaseView { rows, heads: Vec::new(), sittings: Vec::new() });
    }
    if let Some(mean) = case.mean() {
        let by_points = case.by_points(&visit.city)?;
        let most = case.rules(&visit.city).number(RuleKey::RatingPointsMax);
        rows.push((
            shell.t("rating-points"),
            shell.txy("rating-points-of", shell.points(&mean.hundredths()), most),
        ));
        rows.push((shell.t("rating-by-points"), grade_name(shell, by_points)));
        rows.push((shell.t("rating-opinion"), case.opinion.clone()));
    }
    decision_rows(visit, case, &mut rows).await?;
    let heads = read::heads(&visit.city, case).await?;
    let heads =
        heads.iter().map(|one| (shell.coded(&one.head), shell.points(&one.hundredths), one.most.to_string()));
    let mut sittings = Vec::new();
    for meeting in read::meetings(&visit.city, case.id).await? {
        sittings.push(sitting(visit, &meeting).await?);
    }
    Ok(CaseView { rows, heads: heads.collect(), sittings })
}

async fn decision_rows(
    visit: &Visit,
    case: &RatingCase,
    rows: &mut Vec<(String, String)>,
) -> Result<(), Error> {
    let shell = &visit.shell;
    if case.decided_at.is_some() {
        rows.push((shell.t("rating-decided"), grade_name(shell, case.grade)));
    }
    if let Some(until) = &case.public_until {
        rows.push((shell.t("rating-public-until"), shell.date(until)));
    }
    if let Some(appeal) = read::appeal(&visit.city, case.id).await? {
        let outcome = match appeal.is_upheld {
            None => "rating-appeal-open",
            Some(true) => "rating-appeal-upheld",
            Some(false) => "rating-appeal-changed",
        };
        rows.push((shell.t("rating-appeal"), shell.t(outcome)));
        if appeal.served_at.is_some() {
            rows.push((shell.t("rating-served"), shell.moment_or_dash(&appeal.served_at)));
        }
    }
    if let Some(day) = &case.reported_on {
        rows.push((shell.t("rating-reported"), shell.date(day)));
    }
    if case.stage == RatingStage::Confirmed {
        rows.push((shell.t("rating-confirmed"), shell.moment_or_dash(&case.confirmed_at)));
        let today = shell.now().date();
        let held =
            app::registry::rating::grade::held_grade_on(&visit.city, case.organisation_id, today).await?;
        if let (Some(held), true) = (held, case.grade_id.is_some()) {
            rows.push((shell.t("rating-valid-until"), shell.date(&held.valid_until)));
        }
    }
    for lowering in read::lowerings(&visit.city, case.id).await? {
        let to = grade_name(shell, lowering.to_grade);
        let text = shell.txy("rating-lowered-line", to, shell.coded(&lowering.ground));
        rows.push((shell.t("rating-lowered"), format!("{text} {}", lowering.reason)));
    }
    Ok(())
}

async fn sitting(visit: &Visit, meeting: &Meeting) -> Result<Sitting, Error> {
    let shell = &visit.shell;
    let votes = read::ballots(&visit.city, meeting.id).await?;
    let votes = votes.into_iter().map(|line| {
        let vote = line.choice.map_or_else(|| "—".to_owned(), |code| choice_name(shell, &code));
        (line.name, shell.coded(&line.state), vote)
    });
    let outcome = match &meeting.outcome {
        Some(code) => choice_name(shell, code),
        None => shell.coded(&meeting.state),
    };
    Ok(Sitting {
        title: shell.txy("rating-sitting", &meeting.body, shell.date(&meeting.held_on)),
        outcome,
        reason: meeting.reason.clone(),
        votes: votes.collect(),
    })
}
