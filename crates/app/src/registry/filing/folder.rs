//! The folder of a filing: its simple charter and the list of its members (B20). A paper that is handed in again
//! stands beside the earlier one; nothing is thrown away.

use domain::kernel::{Coded, PaperId, Role, Subject, SubjectKind};
use domain::registry::PaperKind;
use domain::registry::filing::{may_keep, papers_missing};

use super::file::own;
use crate::journal::PAPER;
use crate::papers::{self, Owner, Paper};
use crate::uploads::StoredFile;
use crate::{Act, App, Cx, Error};

/// Puts a paper into the folder. The outcome is its id.
#[derive(Clone)]
pub struct KeepPaper {
    /// Of which filing.
    pub filing: i64,
    /// What it is.
    pub kind: PaperKind,
    /// The file, looked into and stored.
    pub file: StoredFile,
}

impl Act for KeepPaper {
    type Outcome = PaperId;
    const NAME: &'static str = "registry.keep_filing_paper";
    const WHO: &'static [Role] = &[Role::StreetOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<PaperId, Error> {
        let held = own(cx, self.filing).await?;
        may_keep(self.kind, held.closed_on)?;
        let person = cx.actor.person.ok_or(Error::NotPermitted)?;
        let id = PaperId(cx.id());
        let values = [
            ("person_id", person.into()),
            ("organisation_id", held.organisation_id.into()),
            ("kind", self.kind.code().into()),
            ("title", "".into()),
            ("digest", self.file.digest().into()),
            ("name", self.file.name().into()),
            ("media_type", self.file.media_type().into()),
            ("bytes", self.file.bytes().into()),
            ("given_at", cx.now.into()),
        ];
        cx.insert(&PAPER, id.0, &values).await?;
        papers::use_for(cx, id, subject(self.filing), Owner::Organisation(held.organisation_id)).await?;
        Ok(id)
    }
}

fn subject(filing: i64) -> Subject {
    Subject::new(SubjectKind::Filing, filing)
}

/// What lies in the folder and what it lacks; the caller has found the filing in the reader's ledger.
///
/// # Errors
/// The database failed.
pub async fn folder(app: &App, filing: i64) -> Result<(Vec<Paper>, Vec<PaperKind>), Error> {
    let papers = papers::of(app, subject(filing)).await?;
    let kinds: Vec<PaperKind> = papers.iter().map(|paper| paper.kind).collect();
    let missing = papers_missing(&kinds);
    Ok((papers, missing))
}
