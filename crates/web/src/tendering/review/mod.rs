//! Opening, review and award on the web: the room, the sessions, the desks, the experts' sheets, the result.
//!
//! Pages of one tender share a row of links, `steps`, so that an official finds the next step beside the
//! last one.

pub mod desk_expert_new;
pub mod desk_experts;
pub mod desk_opening;
pub mod desk_panel;
pub mod desk_qualification;
pub mod desk_result;
pub mod desk_review;
pub mod desk_sessions;
pub mod expert_relations;
pub mod invitation;
pub mod live;
pub mod own_price;
pub mod own_result;
pub mod prices;
pub mod public;
pub mod recheck;
pub mod report;
pub mod room;
pub mod scores;
mod tie_back;

use app::tendering::past_evaluation::PastEvaluation;
use domain::kernel::Coded;
use domain::tendering::stage::Stage;

use crate::i18n;
pub(super) use crate::shell::findings::{FindingLine, finding_lines};
use crate::shell::{Choice, NavLink, Shell, words};

/// The desk pages of one tender, in the order of events.
pub(super) fn steps(shell: &Shell, number: &str, here: &str) -> Vec<NavLink> {
    ["opening", "qualification", "panel", "sessions", "review", "result"]
        .into_iter()
        .map(|name| NavLink {
            href: shell.url(format!("/desk/tenders/{number}/{name}")),
            label: i18n::text(shell.lang, &format!("review-step-{name}")),
            current: name == here,
        })
        .collect()
}

/// The published results of one bidder's earlier contracts in words: facts, never a bonus (C56).
pub(super) fn past_lines(shell: &Shell, past: &[PastEvaluation], uscc: &str) -> Vec<String> {
    let own = past.iter().filter(|one| one.uscc == uscc);
    own.map(|one| {
        let grade = words::member(shell.lang, "evaluation_grade", &one.grade);
        let result = format!("{} {grade}", shell.points(&one.total));
        shell.txy("review-past-evaluation", format!("{} {}", one.number, one.title), result)
    })
    .collect()
}

/// Every member of a closed list as an option.
pub(super) fn options<C: Coded>(shell: &Shell, current: &str) -> Vec<Choice> {
    C::ALL.iter().map(|one| Choice::new(one.code(), words::coded(shell.lang, *one), current)).collect()
}

/// A member of a closed list by its code, as a text.
pub(super) fn member(shell: &Shell, list: &str, code: &str) -> String {
    words::member(shell.lang, list, code)
}

/// Why a tender ended: a failed one carries a code of our own list, a cancelled one its reason in words.
pub fn ended(shell: &Shell, stage: &Stage, reason: &str) -> String {
    match stage {
        Stage::Failed => member(shell, "end_reason", reason),
        _ => reason.to_owned(),
    }
}
