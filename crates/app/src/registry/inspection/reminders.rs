//! Reminders: thirty and seven days before the last day and on it, inside the system; no mail is sent (B24).
//!
//! Who was reminded follows from who had not reported when the day began, so nothing is stored for it.

use domain::kernel::{Date, Moment};
use domain::registry::OrganisationKind;
use domain::registry::inspection::duty::reminders;

use super::campaign::Campaign;
use crate::{App, Error, args, row};

/// The most rows of a list.
const ROWS_MAX: usize = 1_000;

row! {
    /// Who was reminded.
    pub struct Named {
        /// Its code.
        uscc: String,
        /// Its name.
        name: String,
    }
}

/// One day on which those who had not reported were reminded.
pub struct Reminded {
    /// The day.
    pub on: Date,
    /// Whether foundations, or all the others.
    pub is_foundations: bool,
    /// Whether the day has come.
    pub has_come: bool,
    /// How many.
    pub number: i64,
    /// Who, the first of them.
    pub names: Vec<Named>,
}

const FROM: &str = " FROM inspection i JOIN organisation o ON o.id = i.organisation_id
     LEFT JOIN inspection_report r ON r.inspection_id = i.id
     WHERE i.year = $1 AND i.state <> 'exempt' AND (r.submitted_at IS NULL OR r.submitted_at >= $2)
       AND (o.kind = 'foundation') = (CAST($3 AS BIGINT) = 1)";

/// The reminder days of a campaign, with whom each reached.
///
/// # Errors
/// The database failed.
pub async fn reminded(app: &App, campaign: &Campaign) -> Result<Vec<Reminded>, Error> {
    let rules = app.book.on(campaign.rules_on);
    let today = app.clock.now().date();
    let mut all = Vec::new();
    for is_foundations in [true, false] {
        let kind =
            if is_foundations { OrganisationKind::Foundation } else { OrganisationKind::SocialAssociation };
        for on in reminders(campaign.due_on(kind), rules) {
            let has_come = on <= today;
            let (mut number, mut names) = (0, Vec::new());
            if has_come {
                let start = Moment::start_of(on);
                let sql = format!("SELECT count(*){FROM}");
                number = app.db.number(&sql, args![campaign.year, start, is_foundations]).await?;
                let sql = format!("SELECT o.uscc, o.name{FROM} ORDER BY o.id LIMIT $4");
                names = app.db.all(&sql, args![campaign.year, start, is_foundations, ROWS_MAX]).await?;
            }
            all.push(Reminded { on, is_foundations, has_come, number, names });
        }
    }
    all.sort_by_key(|one| (one.on, one.is_foundations));
    Ok(all)
}

/// The reminder that stands today for an organisation with this last day, if one does.
pub fn standing_reminder(app: &App, campaign: &Campaign, due: Date) -> Option<Date> {
    let today = app.clock.now().date();
    let days = reminders(due, app.book.on(campaign.rules_on));
    days.into_iter().rfind(|day| *day <= today)
}
