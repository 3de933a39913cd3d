//! What an organisation has to do, computed from the tables like the officials' inbox: a report for its unit or sent back,
//! a rectification, a penalty or a revocation to answer, a change or a cancellation to correct, what is to be given back
//! after the end, a rating against which it may still appeal, an application to correct
//! (B23, B26, B27, B32, B39, B46); seal and account to be filed (B16).

use domain::coded;
use domain::kernel::{Date, OrganisationId};
use domain::registry::seal::SealMatter;

use crate::db::Row;
use crate::registry::seal;
use crate::{App, Error, args};

coded! {
    /// What an organisation has to do.
    pub enum MemberTaskKind as "member_task" {
        /// Hand the yearly report to the supervising unit for its preliminary opinion.
        ReportToUnit = "report_to_unit",
        /// Complete a yearly report that came back.
        CompleteReport = "complete_report",
        /// Report what was mended.
        ReportRectification = "report_rectification",
        /// Answer the notice of a revocation.
        AnswerRevocation = "answer_revocation",
        /// Correct a change that came back.
        CorrectChange = "correct_change",
        /// Correct a cancellation that came back.
        CorrectCancellation = "correct_cancellation",
        /// Give certificate, seals and vouchers back after the end.
        Surrender = "surrender",
        /// Appeal against a rating, while it is public.
        AppealRating = "appeal_rating",
        /// Correct an application for public fundraising that came back.
        CorrectFundraising = "correct_fundraising",
        /// Hand in what the seals look like, after the certificate or a new name.
        HandInSeal = "hand_in_seal",
        /// Hand in which account it has, after the certificate.
        HandInAccount = "hand_in_account",
        /// Correct an application for recognition as a charity that came back.
        CorrectCharity = "correct_charity",
        /// Answer the notice that a recognition may be annulled.
        AnswerCharityNotice = "answer_charity_notice",
        /// Answer the notice that a penalty is intended.
        AnswerPenaltyNotice = "answer_penalty_notice",
        /// Come to the hearing on a penalty.
        AttendPenaltyHearing = "attend_penalty_hearing",
        /// Do what a decision on a penalty ordered: mend, replace whoever is responsible.
        ObeyPenalty = "obey_penalty",
        /// Hand certificate, seals and vouchers over to be sealed during a stop of activity.
        HandOverToSeal = "hand_over_to_seal",
        /// End, being a charity without charitable work for years: form the liquidation group.
        EndAsCharity = "end_as_charity",
    }
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberTask {
    /// What.
    pub kind: MemberTaskKind,
    /// The year or number that opens its page.
    pub subject: String,
    /// The last day.
    pub due: Option<Date>,
}

/// Gives `subject` and `due_on`; `$1` is the organisation, `$2` today.
const SOURCES: [(MemberTaskKind, &str); 16] = [
    (
        // Until the unit's paper is with the report, and only of whoever has a unit other than the bureau (B24).
        MemberTaskKind::ReportToUnit,
        "SELECT CAST(i.year AS TEXT) AS subject, c.supervisor_due_on AS due_on
         FROM inspection i JOIN inspection_campaign c ON c.year = i.year JOIN organisation o ON o.id = i.organisation_id
         WHERE i.organisation_id = $1 AND i.state = 'due' AND o.kind <> 'foundation' AND o.is_supervised = 0
           AND EXISTS (SELECT 1 FROM registered_item r WHERE r.organisation_id = o.id
             AND r.item = 'supervising_unit' AND r.until_on IS NULL AND r.value <> '')
           AND NOT EXISTS (SELECT 1 FROM paper_use u JOIN paper p ON p.id = u.paper_id
             WHERE u.subject_kind = 'inspection' AND u.subject_id = i.id AND p.kind = 'supervising_consent')
           AND CAST($2 AS TEXT) <> ''",
    ),
    (
        MemberTaskKind::CompleteReport,
        "SELECT CAST(i.year AS TEXT) AS subject,
           CASE WHEN o.kind = 'foundation' THEN c.foundation_due_on ELSE c.due_on END AS due_on
         FROM inspection i JOIN inspection_campaign c ON c.year = i.year JOIN organisation o ON o.id = i.organisation_id
         WHERE i.organisation_id = $1 AND i.state = 'returned' AND CAST($2 AS TEXT) <> ''",
    ),
    (
        MemberTaskKind::ReportRectification,
        "SELECT CAST(i.year AS TEXT) AS subject, m.due_on
         FROM rectification m JOIN inspection i ON i.id = m.inspection_id
         WHERE i.organisation_id = $1 AND m.state = 'open' AND CAST($2 AS TEXT) <> ''",
    ),
    (
        MemberTaskKind::AnswerRevocation,
        "SELECT 'e' || CAST(c.number AS TEXT) AS subject, c.answer_by AS due_on FROM ending_case c
         WHERE c.organisation_id = $1 AND c.stage = 'noticed' AND c.answer_by >= $2",
    ),
    (
        MemberTaskKind::CorrectChange,
        "SELECT 'c' || CAST(c.number AS TEXT) AS subject, CAST(NULL AS TEXT) AS due_on FROM change_case c
         WHERE c.organisation_id = $1 AND c.stage = 'applied' AND c.intake = 'returned'
           AND CAST($2 AS TEXT) <> ''",
    ),
    (
        MemberTaskKind::CorrectCancellation,
        "SELECT 'e' || CAST(c.number AS TEXT) AS subject, CAST(NULL AS TEXT) AS due_on FROM ending_case c
         WHERE c.organisation_id = $1 AND c.stage = 'opened' AND c.intake = 'returned'
           AND CAST($2 AS TEXT) <> ''",
    ),
    (
        MemberTaskKind::Surrender,
        "SELECT 'e' || CAST(c.number AS TEXT) AS subject, CAST(NULL AS TEXT) AS due_on FROM ending_case c
         WHERE c.organisation_id = $1 AND c.stage = 'decided' AND CAST($2 AS TEXT) <> ''
           AND (SELECT count(DISTINCT s.thing) FROM surrender s JOIN ending_case e ON e.id = s.ending_id
                 WHERE e.organisation_id = c.organisation_id AND (s.thing <> 'vouchers' OR c.kind = 'cancellation'))
             < CASE WHEN c.kind = 'cancellation' THEN 3 ELSE 2 END",
    ),
    (
        MemberTaskKind::AppealRating,
        "SELECT c.number AS subject, c.public_until AS due_on FROM rating_case c
         WHERE c.organisation_id = $1 AND c.stage = 'publicised' AND c.public_until >= $2",
    ),
    (
        MemberTaskKind::CorrectFundraising,
        "SELECT CAST(c.number AS TEXT) AS subject, CAST(NULL AS TEXT) AS due_on FROM fundraising_case c
         WHERE c.organisation_id = $1 AND c.stage = 'returned' AND CAST($2 AS TEXT) <> ''",
    ),
    (
        MemberTaskKind::CorrectCharity,
        "SELECT CAST(c.number AS TEXT) AS subject, CAST(NULL AS TEXT) AS due_on FROM charity_case c
         WHERE c.organisation_id = $1 AND c.stage = 'returned' AND CAST($2 AS TEXT) <> ''",
    ),
    (
        MemberTaskKind::AnswerCharityNotice,
        "SELECT CAST(c.number AS TEXT) AS subject, c.answer_by AS due_on FROM charity_case c
         WHERE c.organisation_id = $1 AND c.stage = 'noticed' AND c.answer_by >= $2",
    ),
    (
        MemberTaskKind::AnswerPenaltyNotice,
        "SELECT CAST(p.id AS TEXT) AS subject, p.answer_by AS due_on FROM penalty p
         WHERE p.organisation_id = $1 AND p.state = 'recorded' AND p.statement_kind IS NULL AND p.answer_by >= $2",
    ),
    (
        MemberTaskKind::AttendPenaltyHearing,
        "SELECT CAST(p.id AS TEXT) AS subject, p.hearing_on AS due_on FROM penalty p
         WHERE p.organisation_id = $1 AND p.state = 'recorded' AND p.heard_on IS NULL AND p.hearing_on >= $2",
    ),
    (
        MemberTaskKind::ObeyPenalty,
        "SELECT p.document_number AS subject, p.mend_by AS due_on FROM penalty p
         WHERE p.organisation_id = $1 AND p.state = 'confirmed' AND p.obeyed_on IS NULL
           AND (p.mend_by IS NOT NULL OR COALESCE(p.replaced, '') <> '') AND CAST($2 AS TEXT) <> ''",
    ),
    (
        MemberTaskKind::HandOverToSeal,
        "SELECT p.document_number AS subject, CAST(NULL AS TEXT) AS due_on FROM penalty p
         WHERE p.organisation_id = $1 AND p.state = 'confirmed' AND p.kind = 'suspension' AND p.sealed_on IS NULL
           AND p.offence <> 'other_law' AND p.until_on >= $2",
    ),
    (
        MemberTaskKind::EndAsCharity,
        "SELECT '' AS subject, n.group_by AS due_on
         FROM charity_end_notice n JOIN organisation o ON o.id = n.organisation_id
         WHERE n.organisation_id = $1 AND o.status IN ('active', 'suspended') AND CAST($2 AS TEXT) <> ''
           AND NOT EXISTS (SELECT 1 FROM ending_case c WHERE c.organisation_id = n.organisation_id
             AND c.kind = 'cancellation' AND c.opened_at >= n.told_at AND c.stage <> 'dropped')",
    ),
];

/// What this organisation has to do, what is due first at the top.
///
/// # Errors
/// The database could not be read.
pub async fn of_organisation(app: &App, id: OrganisationId) -> Result<Vec<MemberTask>, Error> {
    let today = app.clock.now().date();
    let mut found = Vec::new();
    for (kind, sql) in SOURCES {
        for row in app.db.all::<Row>(sql, args![id, today]).await? {
            found.push(MemberTask { kind, subject: row.get("subject")?, due: row.get("due_on")? });
        }
    }
    for matter in seal::owed(app, id).await? {
        let kind = match matter {
            SealMatter::Seal => MemberTaskKind::HandInSeal,
            SealMatter::Account => MemberTaskKind::HandInAccount,
        };
        // The law names no day (B16).
        found.push(MemberTask { kind, subject: String::new(), due: None });
    }
    found.sort_by_key(|task| (task.due.is_none(), task.due));
    Ok(found)
}
