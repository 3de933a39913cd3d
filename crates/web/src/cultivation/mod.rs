//! The targeted cultivation programme on the web: its public page with the rows behind every number, the
//! organisation's page, and the bureau's desk (S20-S36, D1-D3).

pub mod desk;
pub mod desk_one;
pub mod own;
pub mod public;
pub mod public_list;
mod view;

use app::cultivation::partners;
use domain::cultivation::{EnrolmentStage, ServiceTag};
use domain::kernel::Coded;
use domain::registry::enrolled::ProgrammeType;

use crate::shell::{Choice, Shell};

/// The tone of a stage's tag.
pub fn tone(stage: &EnrolmentStage) -> &'static str {
    match stage {
        EnrolmentStage::Applied | EnrolmentStage::Scored | EnrolmentStage::Heard => "wait",
        EnrolmentStage::Publicised => "live",
        EnrolmentStage::Enrolled => "ok",
        EnrolmentStage::Refused | EnrolmentStage::Exited => "stop",
        EnrolmentStage::Withdrawn => "warn",
    }
}

/// The department that is heard on a type; a dash where there is none.
fn partner_name(shell: &Shell, kind: ProgrammeType) -> String {
    let name = |partner: &'static partners::Partner| match shell.is_english() {
        true => partner.name_en.clone(),
        false => partner.name.clone(),
    };
    partners::of(kind).map_or_else(|| "—".to_owned(), name)
}

/// Sub-services in words.
fn services_text(shell: &Shell, services: &[ServiceTag]) -> String {
    let names: Vec<String> = services.iter().map(|service| shell.coded(service)).collect();
    names.join(&shell.t("cultivation-comma"))
}

/// Every member of a list as a choice, after "all".
fn all_or<C: Coded>(shell: &Shell, chosen: &str) -> Vec<Choice> {
    let all = Choice::new("", shell.t("cultivation-all"), chosen);
    let members = C::ALL.iter().map(|one| Choice::new(one.code(), shell.coded(one), chosen));
    std::iter::once(all).chain(members).collect()
}
