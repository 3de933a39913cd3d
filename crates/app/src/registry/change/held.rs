//! A change as a row, and the registered item as it stands.

use domain::kernel::{Coded, Date, Fact, Moment, OrganisationId, PersonId, RuleKey, Subject, SubjectKind};
use domain::registry::change::{ChangeItem, ChangeStage, ChangeStanding};
use domain::registry::course::Intake;
use domain::registry::registration::{PersonalGround, PersonalName};
use domain::registry::{DocumentKind, Legal, OrganisationKind, OrganisationStatus};

use crate::db::Val;
use crate::journal::{CHANGE_CASE, Table};
use crate::registry::area;
use crate::registry::course::{self, Application, Held, Values};
use crate::registry::registration::certificate::BUREAU;
use crate::registry::standing::Source;
use crate::{Cx, Error, args, row};

row! {
    /// A change as a case.
    pub struct ChangeCase {
        /// Its row.
        id: i64,
        /// The row's version.
        version: i64,
        /// Its number: the year and a serial of four digits.
        number: i64,
        /// Whose.
        organisation_id: OrganisationId,
        /// Which item.
        @code item: ChangeItem,
        /// As it stood when it was asked for.
        old_value: String,
        /// As it is to be.
        new_value: String,
        /// The day on which the supervising unit consented.
        consent_on: Date,
        /// Why.
        reason: String,
        /// How far it has come.
        @code stage: ChangeStage,
        /// When it was asked for.
        applied_at: Moment,
        /// How far its taking up has come; none for one from before that was kept.
        @code_option intake: Option<Intake>,
        /// The day of the last handing in.
        received_on: Option<Date>,
        /// Whether the one correction was asked for.
        is_corrected: Option<bool>,
        /// Every defect that was told.
        defects: Option<String>,
        /// From which day it counts as taken up.
        accepted_on: Option<Date>,
        /// Whether the officer found it fit.
        is_fit: Option<bool>,
        /// The officer's opinion.
        opinion: String,
        /// Who gave it.
        reviewed_by: Option<PersonId>,
        /// When.
        reviewed_at: Option<Moment>,
        /// The street of a new domicile.
        division: Option<String>,
        /// Why a like name is no confusion.
        name_reason: Option<String>,
        /// By which a new head is found again; `head` alone reads it.
        identity_digest: Option<String>,
        /// Whether a new head leads another association, as declared.
        leads_other: Option<bool>,
        /// Whether a new head was ever deprived of political rights, or lacks full capacity, as declared.
        lost_rights: Option<bool>,
        /// Whether a foundation's new head is a serving state employee, as declared.
        is_state_officer: Option<bool>,
        /// The person whose name stands in a new name.
        personal_name: Option<String>,
        /// Why it may.
        @code_option personal_name_ground: Option<PersonalGround>,
        /// When it was decided.
        decided_at: Option<Moment>,
        /// Why so.
        decision: String,
    }
}

impl ChangeCase {
    /// What documents, papers and deadlines of it hang on.
    pub fn subject(&self) -> Subject {
        Subject::new(SubjectKind::Case, self.id)
    }

    /// The person's name that stands in a new name, if it was told that one does (B7).
    pub fn personal(&self) -> Option<PersonalName> {
        let (of, ground) = (self.personal_name.clone()?, self.personal_name_ground?);
        Some(PersonalName { of, ground })
    }

    /// Where it stands on its course.
    pub fn standing(&self) -> ChangeStanding {
        ChangeStanding { stage: self.stage, intake: self.intake }
    }

    /// What its documents say it is about: a charter is approved, not registered.
    pub(super) fn matter_code(&self) -> &'static str {
        if self.item.is_registered() { "change" } else { "charter" }
    }
}

impl Application for ChangeCase {
    type Stage = ChangeStanding;
    const TABLE: &'static Table = &CHANGE_CASE;
    const RECEIVED: &'static str =
        "SELECT * FROM change_case WHERE stage = 'applied' AND intake = 'received' ORDER BY number";

    fn held(&self) -> Held {
        Held {
            id: self.id,
            version: self.version,
            number: self.number,
            organisation: self.organisation_id,
            received_on: self.received_on.unwrap_or(self.applied_at.date()),
            is_corrected: self.is_corrected == Some(true),
        }
    }

    fn stage(&self) -> ChangeStanding {
        self.standing()
    }

    fn columns(at: ChangeStanding) -> Values {
        vec![("stage", Val::code(at.stage)), ("intake", at.intake.map(Coded::code).into())]
    }

    fn term(&self, accepted_on: Date) -> (RuleKey, Date) {
        match self.item {
            // The law counts the days for a charter from the receipt of the papers (SAR18, PNR15).
            ChangeItem::Charter => (RuleKey::CharterApprovalDays, self.held().received_on),
            _ => (RuleKey::ChangeDecisionWorkingDays, accepted_on),
        }
    }

    fn matter(&self) -> &'static str {
        self.matter_code()
    }

    fn named(&self) -> Vec<(&'static str, Fact)> {
        vec![("item", Fact::Code(ChangeItem::LIST, self.item.code()))]
    }

    fn is_public(kind: DocumentKind) -> bool {
        matches!(kind, DocumentKind::ChangeApproval | DocumentKind::Announcement)
    }
}

row! {
    /// What of an organisation a change or an ending looks at.
    pub struct Registered {
        /// Its row.
        id: OrganisationId,
        /// The row's version.
        version: i64,
        /// Its code.
        uscc: String,
        /// Its name.
        name: String,
        /// What it is.
        @code kind: OrganisationKind,
        /// Registered or only filed.
        @code legal: Legal,
        /// Whether its registration is alive.
        @code status: OrganisationStatus,
        /// The street in which it is.
        division: String,
        /// Where it is.
        domicile: String,
        /// Who speaks for it.
        person_in_charge: String,
        /// Since when it is registered.
        registered_on: Date,
    }
}

/// The organisation, inside a transaction and held against other writers.
pub(in crate::registry) async fn lock_organisation(
    cx: &mut Cx<'_>,
    id: OrganisationId,
) -> Result<Registered, Error> {
    cx.tx.lock("organisation", id.0).await?;
    Ok(cx.tx.one("SELECT * FROM organisation WHERE id = $1", args![id]).await?)
}

/// The value of an item now, or the amendment of the charter approved last; of an organisation that came with a sheet, what its row says.
pub(in crate::registry) async fn current(
    source: &mut Source<'_>,
    of: &Registered,
    item: ChangeItem,
) -> Result<String, Error> {
    let sql = "SELECT value FROM registered_item
               WHERE organisation_id = $1 AND item = $2 AND until_on IS NULL ORDER BY from_on DESC, id DESC LIMIT 1";
    let approved = "SELECT new_value FROM change_case WHERE organisation_id = $1 AND item = $2
                    AND stage = 'approved' ORDER BY decided_at DESC, id DESC LIMIT 1";
    let sql = if item.is_registered() { sql } else { approved };
    let found: Vec<(String,)> = source.all(sql, args![of.id, item.code()]).await?;
    Ok(found.into_iter().next().map_or_else(|| of_row(of, item), |(value,)| value))
}

/// Whether the register names a supervising unit other than the bureau itself, so that its consent or its opinion is
/// asked for; whoever was registered directly has none (B22, CO58-6, PF74-6).
pub(in crate::registry) async fn has_other_unit(
    source: &mut Source<'_>,
    of: &Registered,
) -> Result<bool, Error> {
    let unit = current(source, of, ChangeItem::SupervisingUnit).await?;
    Ok(!unit.is_empty() && unit != BUREAU)
}

fn of_row(of: &Registered, item: ChangeItem) -> String {
    match item {
        ChangeItem::Name => of.name.clone(),
        ChangeItem::Domicile => of.domicile.clone(),
        ChangeItem::LegalRepresentative => of.person_in_charge.clone(),
        ChangeItem::Area => area::of(of.kind, of.legal, &of.name, None).unwrap_or_default(),
        ChangeItem::Aim
        | ChangeItem::Scope
        | ChangeItem::Capital
        | ChangeItem::SupervisingUnit
        | ChangeItem::Charter => String::new(),
    }
}

/// The case with this number, held against other writers.
pub(super) async fn lock_case(cx: &mut Cx<'_>, number: i64) -> Result<ChangeCase, Error> {
    course::lock(cx, number).await
}
