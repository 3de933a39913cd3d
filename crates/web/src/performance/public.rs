//! What everyone may read: progress, acceptances with their deductions line by line, changes (C53-C55).

use app::performance::read::{self, AcceptanceFile};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Subject, SubjectKind};
use domain::performance::OpinionVerdict;
use domain::performance::progress::MilestoneState;

use super::view::{Delivery, line_text};
use crate::documents::list::{self, DocumentLine};
use crate::shell::way::{self, Station, Stop};
use crate::shell::{PageError, Path, Shell, Visit, show};

#[derive(Template)]
#[template(path = "performance/public.html")]
struct DeliveryPage<'a> {
    shell: &'a Shell,
    delivery: Delivery,
    table: Vec<String>,
    documents: Vec<DocumentLine>,
    way: Vec<Stop>,
}

/// GET /contracts/{no}/delivery
pub async fn show_delivery(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let contract = super::contract(&visit, &number).await?;
    if contract.published_at.is_none() {
        return Err(visit.error(app::Error::NotFound));
    }
    let subject = Subject::new(SubjectKind::Contract, contract.id.0);
    let delivery = Delivery::of(&visit, contract).await?.public();
    let table = delivery.lines.iter().map(|line| line_text(&visit.shell, line)).collect();
    let documents = list::lines(&visit, subject).await?;
    let way = way::of_contract(&visit, &number, Station::Delivery).await?;
    show(&DeliveryPage { shell: &visit.shell, delivery, table, documents, way })
}

#[derive(Template)]
#[template(path = "performance/public_acceptance.html")]
struct AcceptancePage<'a> {
    shell: &'a Shell,
    number: &'a str,
    title: String,
    file: AcceptanceFile,
    counts: Counts,
    documents: Vec<DocumentLine>,
    way: Vec<Stop>,
}

/// How many recipients said what.
pub(super) struct Counts {
    /// Invited.
    pub invited: usize,
    /// Gave an opinion.
    pub given: usize,
    /// Were satisfied.
    pub satisfied: usize,
}

impl Counts {
    pub(super) fn of(file: &AcceptanceFile) -> Counts {
        let count =
            |is: &dyn Fn(&read::OpinionRow) -> bool| file.opinions.iter().filter(|one| is(one)).count();
        Counts {
            invited: file.opinions.len(),
            given: count(&|one| one.verdict.is_some()),
            satisfied: count(&|one| one.verdict == Some(OpinionVerdict::Satisfied)),
        }
    }

    pub(super) fn text(&self, shell: &Shell) -> String {
        let given = shell.txy("performance-opinions-given", self.invited, self.given);
        let said = shell.txy("performance-opinions-said", self.satisfied, self.given - self.satisfied);
        format!("{given}{said}")
    }
}

/// GET /contracts/{no}/acceptance/{milestone}
pub async fn show_acceptance(
    visit: Visit,
    Path((number, milestone)): Path<(String, i64)>,
) -> Result<Response, PageError> {
    let contract = super::contract(&visit, &number).await?;
    let file = read::acceptance(&visit.city, contract.id, milestone).await;
    let file = file.map_err(|error| visit.error(error))?;
    if file.view.published_at.is_none() {
        return Err(visit.error(app::Error::NotFound));
    }
    let subject = Subject::new(SubjectKind::Acceptance, file.view.id.0);
    show(&AcceptancePage {
        shell: &visit.shell,
        number: &number,
        title: contract.title,
        counts: Counts::of(&file),
        documents: list::lines(&visit, subject).await?,
        way: way::of_contract(&visit, &number, Station::Delivery).await?,
        file,
    })
}
