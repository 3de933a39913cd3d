//! An organisation's last inspected years as everyone may read them: the outcome, and what the report of a decided
//! year says of its money and branches (W2).
//!
//! A report is read only after its year was decided; what is not decided is not public.

use domain::kernel::{Fen, OrganisationId};
use domain::registry::InspectionResult;
use domain::registry::inspection::{Answers, Question};

use super::inspection::held::thaw;
use crate::{App, Error, args, row};

row! {
    struct Year {
        year: i64,
        @code_option outcome: Option<InspectionResult>,
        answers: Option<String>,
    }
}

/// One inspected year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicYear {
    /// The year reported on.
    pub year: i64,
    /// How it came out; absence is a result of its own.
    pub result: InspectionResult,
    /// Income of the year.
    pub income: Option<Fen>,
    /// Expense of the year.
    pub expense: Option<Fen>,
    /// Of it on activity.
    pub activity_expense: Option<Fen>,
    /// Net assets at its end.
    pub net_assets: Option<Fen>,
    /// Branches and representative offices.
    pub branches: Option<i64>,
}

/// How many years are shown.
const YEARS: usize = 5;

/// The last inspected years of an organisation, latest first.
///
/// # Errors
/// The database failed.
pub async fn years(app: &App, organisation: OrganisationId) -> Result<Vec<PublicYear>, Error> {
    let sql = "SELECT i.year, i.outcome, r.answers FROM inspection i
               LEFT JOIN inspection_report r ON r.inspection_id = i.id AND r.submitted_at IS NOT NULL
               WHERE i.organisation_id = $1 AND i.state IN ('decided', 'absent') ORDER BY i.year DESC LIMIT $2";
    let rows: Vec<Year> = app.db.all(sql, args![organisation, YEARS]).await?;
    Ok(rows.iter().map(public).collect())
}

fn public(row: &Year) -> PublicYear {
    let answers: Option<Answers> = row.outcome.and(row.answers.as_deref()).map(thaw);
    let money = |question| answers.as_ref().and_then(|answers| answers.money(question));
    PublicYear {
        year: row.year,
        result: row.outcome.unwrap_or(InspectionResult::Absent),
        income: money(Question::Income),
        expense: money(Question::Expense),
        activity_expense: money(Question::ActivityExpense),
        net_assets: money(Question::NetAssets),
        branches: answers.as_ref().and_then(|answers| answers.count(Question::Branches)),
    }
}
