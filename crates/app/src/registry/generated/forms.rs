//! The organisations of a generated city: as invented by `specimen`, each with a name of its own and a day of
//! registration up to the present, active and with nothing against it. Their years come from `course`.

use std::collections::BTreeMap;

use domain::kernel::{Coded, Date};
use domain::registry::{CreditListing, InspectionResult, OrganisationStatus};

use super::super::form::OrganisationForm;
use super::super::specimen::{Sequence, invented};

const MARK: &str = "（示例）";

/// `count` organisations of this seed, for a city whose present day is `today`.
pub(super) fn forms(count: usize, seed: u64, years: i16, today: Date) -> Vec<OrganisationForm> {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let numbered = (0_u64..).zip(invented(count, seed));
    let mut forms = Vec::with_capacity(count);
    for (number, mut form) in numbered {
        form.name = form.name.replace("服务服务", "服务");
        let times = taken.entry(form.name.clone()).or_default();
        *times += 1;
        if *times > 1 {
            let bare = form.name.strip_suffix(MARK).unwrap_or(&form.name);
            form.name = format!("{bare}（示例{times}）");
        }
        let mut sequence = Sequence::of(seed, number);
        if let Some(day) = registered_on(&mut sequence, years, today) {
            form.registered_on = day.to_string();
        }
        form.status = OrganisationStatus::Active.code().to_owned();
        form.inspection = InspectionResult::NotDue.code().to_owned();
        form.listing = CreditListing::None.code().to_owned();
        forms.push(form);
    }
    forms
}

/// Two thirds are older than the years that are thought out, the others came in them.
fn registered_on(sequence: &mut Sequence, years: i16, today: Date) -> Option<Date> {
    let span = usize::try_from(years).ok()?;
    let year = today.year() - i16::try_from(sequence.below(span)).ok()?;
    let year = if sequence.percent(67) {
        today.year() - years - i16::try_from(sequence.below(18)).ok()?
    } else {
        year
    };
    let month = i8::try_from(1 + sequence.below(12)).ok()?;
    let day = i8::try_from(1 + sequence.below(28)).ok()?;
    let found = Date::new(year, month, day).ok()?;
    if found <= today { Some(found) } else { Date::new(year - 1, month, day).ok() }
}
