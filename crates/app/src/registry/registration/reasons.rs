//! The reasons on record for doubtful conditions: given with an opinion, or later by whoever reviews (RULES 0).

use domain::kernel::{CaseId, Finding, Moment, PersonId, Refusal, Role};
use domain::registry::registration::reason::{self, Doubt};
use domain::registry::registration::{CaseAct, Reason};

use super::case::{self, Case, hold_on_desk};
use super::checks::{self, Checked};
use super::intake::TEXT_MAX;
use crate::frozen::freeze;
use crate::journal::FINDING_REASON;
use crate::{Act, App, Cx, Error, args, row};

/// Signs of a key: enough to tell the conditions of one case apart.
const KEY_LENGTH: usize = 16;

row! {
    /// A reason on record.
    pub struct Recorded {
        /// The key of its condition.
        finding: String,
        /// Who gave it.
        person_id: PersonId,
        /// Their name.
        by: String,
        /// When.
        at: Moment,
        /// Whether the condition stands in the way.
        stands: bool,
        /// Why, or why not.
        text: String,
    }
}

impl Recorded {
    fn reason(&self) -> Reason {
        Reason { key: self.finding.clone(), text: self.text.clone(), stands: self.stands }
    }
}

/// The key of a condition: what it says of what, so that a new neighbour in the register is a new condition.
pub fn key(finding: &Finding) -> String {
    let digest = evidence::Digest::of(freeze(std::slice::from_ref(finding)).as_bytes()).hex();
    digest.chars().take(KEY_LENGTH).collect()
}

/// The conditions that ask for a reason.
pub fn doubts(checked: &Checked) -> Vec<Doubt> {
    let all = checked.findings.iter().filter(|finding| reason::is_doubtful(finding));
    all.map(|finding| Doubt { key: key(finding), finding: finding.clone() }).collect()
}

const RECORDED: &str =
    "SELECT r.finding, r.person_id, n.name AS by, r.at, r.stands, r.text FROM finding_reason r
    JOIN person n ON n.id = r.person_id WHERE r.case_id = $1 ORDER BY r.at, r.id";

/// The reasons on record for a case, the oldest first.
///
/// # Errors
/// The database could not be read.
pub async fn of(app: &App, case: &Case) -> Result<Vec<Recorded>, Error> {
    Ok(app.db.all(RECORDED, args![case.id]).await?)
}

/// The conditions that no reason on record clears.
///
/// # Errors
/// The database could not be read.
pub async fn open(app: &App, case: &Case, checked: &Checked) -> Result<Vec<Doubt>, Error> {
    let recorded: Vec<Reason> = of(app, case).await?.iter().map(Recorded::reason).collect();
    let is_open = |doubt: &Doubt| !reason::unexplained(std::slice::from_ref(doubt), &recorded).is_empty();
    Ok(doubts(checked).into_iter().filter(is_open).collect())
}

/// Why the case cannot be allowed yet: each condition that no reason clears.
pub(super) async fn missing(cx: &mut Cx<'_>, case: &Case, checked: &Checked) -> Result<Vec<Refusal>, Error> {
    let recorded: Vec<Recorded> = cx.tx.all(RECORDED, args![case.id]).await?;
    let recorded: Vec<Reason> = recorded.iter().map(Recorded::reason).collect();
    Ok(reason::unexplained(&doubts(checked), &recorded))
}

/// What is wrong with the reasons that go with an opinion.
pub(super) fn faults(checked: &Checked, given: &[Reason], is_for: bool) -> Vec<Refusal> {
    reason::faults(&doubts(checked), given, is_for, TEXT_MAX)
}

/// Puts the reasons on record, but those that this officer has given before. Gives them with their rules, for the
/// timeline.
pub(super) async fn record(
    cx: &mut Cx<'_>,
    case: &Case,
    person: PersonId,
    (checked, given): (&Checked, &[Reason]),
) -> Result<String, Error> {
    let sql = "SELECT finding FROM finding_reason WHERE case_id = $1 AND person_id = $2";
    let own: Vec<(String,)> = cx.tx.all(sql, args![case.id, person]).await?;
    let mut said = Vec::new();
    for doubt in doubts(checked) {
        let Some(reason) = reason::given(&doubt, given) else { continue };
        if own.iter().any(|(key,)| *key == doubt.key) {
            continue;
        }
        let id = cx.id();
        let values = [
            ("case_id", case.id.into()),
            ("person_id", person.into()),
            ("at", cx.now.into()),
            ("finding", doubt.key.as_str().into()),
            ("rule", doubt.finding.rule.into()),
            ("said", freeze(std::slice::from_ref(&doubt.finding)).into()),
            ("stands", reason.stands.into()),
            ("text", reason.text.trim().into()),
        ];
        cx.insert(&FINDING_REASON, id, &values).await?;
        said.push(format!("{} {}", doubt.finding.rule, reason.text.trim()));
    }
    Ok(said.join("\n"))
}

/// Gives the reasons for conditions that have none yet: they arose after the opinions, or the opinions are older
/// than the rule.
#[derive(Clone)]
pub struct ExplainFindings {
    /// Which case.
    pub case: CaseId,
    /// The version that the officer saw.
    pub version: i64,
    /// The reasons.
    pub reasons: Vec<Reason>,
}

impl Act for ExplainFindings {
    type Outcome = ();
    const NAME: &'static str = "registry.explain_registration_findings";
    const WHO: &'static [Role] = &[Role::ApprovalOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (case, _, person) = hold_on_desk(cx, self.case, self.version, CaseAct::Explain).await?;
        case::hands(&case, &[], &[]).may_visit(person)?;
        let mut checked = checks::of(cx.app, &case).await?;
        let held: Vec<Recorded> = cx.tx.all(RECORDED, args![case.id]).await?;
        let all: Vec<Reason> = held.iter().map(Recorded::reason).collect();
        let is_own = |key: &str| held.iter().any(|one| one.person_id == person && one.finding == key);
        // What a reason clears already, and what this officer has spoken on, is asked no more.
        checked.findings.retain(|finding| {
            let doubt = Doubt { key: key(finding), finding: finding.clone() };
            !reason::unexplained(std::slice::from_ref(&doubt), &all).is_empty() && !is_own(&doubt.key)
        });
        if doubts(&checked).is_empty() {
            return Err(Refusal::new("registration.nothing-doubtful", "B9").into());
        }
        let faults = faults(&checked, &self.reasons, false);
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let said = record(cx, &case, person, (&checked, &self.reasons)).await?;
        case::note(cx, &case, CaseAct::Explain, Some(person), &said).await?;
        case::write(cx, &case, &[("saved_at", case.saved_at.into())]).await
    }
}
