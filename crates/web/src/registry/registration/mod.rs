//! Registration: guides for everyone, the applicant's task list, the approval office's desk, the certificate.

pub mod apply;
pub mod blank;
pub mod certificate;
pub mod charter;
pub mod check;
pub mod desk;
pub mod desk_act;
pub mod desk_case;
pub(crate) mod desk_filter;
pub mod guides;
pub mod handoff;
pub mod late;
pub mod opinion;
pub mod own_figures;
pub mod papers;
pub mod question;
pub mod receipt;
pub mod task_list;
pub mod visit;
pub(in crate::registry) mod words;

use app::registry::registration::{Case, read};
use domain::kernel::CaseId;

use crate::shell::{PageError, Visit};

/// The reader's own case, or a page that says that there is none.
async fn own(visit: &Visit, id: i64) -> Result<Case, PageError> {
    read::own(&visit.city, &visit.actor, CaseId(id)).await.map_err(|error| visit.error(error))
}
