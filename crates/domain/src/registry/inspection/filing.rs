//! Before a report is filed: how its form begins, what must be there, and who takes the short form (B24, B25, B28).

use std::collections::BTreeMap;

use super::super::organisation::OrganisationKind;
use super::super::paper::PaperKind;
use super::report::{Answers, Question};
use super::unit::Unit;
use crate::kernel::{Coded, Date, Fen, Refusal, RuleKey, Rules};

/// What must be there before a report is filed: every answer of its form, its papers, and what the supervising unit says
/// of it (B24, B25).
///
/// # Errors
/// Each question without an answer, each part above its whole, each paper that is missing.
pub fn check_whole(
    answers: &Answers,
    kind: OrganisationKind,
    is_simplified: bool,
    unit: &Unit,
    papers: &[PaperKind],
) -> Result<(), Vec<Refusal>> {
    let missing =
        Question::ALL.iter().filter(|one| one.is_required(is_simplified) && answers.text(**one).is_empty());
    let mut faults: Vec<Refusal> = missing.map(|one| one.fault("inspection.answer-missing")).collect();
    for (part, whole) in [
        (Question::GovernmentIncome, Question::Income),
        (Question::ActivityExpense, Question::Expense),
        (Question::FullTime, Question::Staff),
    ] {
        if let (Some(one), Some(all)) = (answers.count(part), answers.count(whole))
            && one > all
        {
            faults.push(part.fault("inspection.part-above-whole").with_code("whole", whole));
        }
    }
    if answers.is_yes(Question::HasChanged) == Some(false) {
        // Without a change there is nothing to have registered, so that answer may stay away.
        faults.retain(|fault| fault.field.as_deref() != Some(Question::ChangesRegistered.code()));
    }
    faults.extend(missing_papers(kind, is_simplified, papers));
    faults.extend(unit.faults(answers, papers));
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

/// A foundation brings an audit (FR36); the others a financial report or an audit, but for the simplified procedure.
fn missing_papers(kind: OrganisationKind, is_simplified: bool, papers: &[PaperKind]) -> Option<Refusal> {
    let has_audit = papers.contains(&PaperKind::AuditReport);
    let missing = |lacks: bool, code: &'static str, rule: &'static str| {
        lacks.then(|| Refusal::new(code, rule).at("papers"))
    };
    if kind == OrganisationKind::Foundation {
        return missing(!has_audit, "inspection.audit-missing", "B24");
    }
    let has_report = has_audit || papers.contains(&PaperKind::FinancialReport);
    missing(!has_report && !is_simplified, "inspection.financial-report-missing", "B25")
}

/// What the register says and a form begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known<'a> {
    /// Its address.
    pub domicile: &'a str,
    /// Who is in charge.
    pub person_in_charge: &'a str,
    /// What was recorded of the year itself.
    pub year: Recorded,
    /// The last day at the supervising unit, of whoever reports to one first.
    pub unit_due_on: Option<Date>,
}

/// What the system recorded of an organisation in the year reported on. Others may have punished or paid it as well,
/// so nothing recorded is no answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    /// Penalties that were confirmed.
    pub penalties: i64,
    /// Changes of registered matters that were approved.
    pub changes: i64,
    /// What was paid to it under contracts of purchase.
    pub paid: Fen,
}

/// The beginning of a form: what the register knows, what was recorded of the year, what seldom changes from last year, and last year's
/// closing balance as this year's opening one.
pub fn prefill(known: Known<'_>, last_year: Option<&Answers>) -> Answers {
    let mut answers = BTreeMap::new();
    let mut put = |question, text: &str| {
        if !text.is_empty() {
            answers.insert(question, text.to_owned());
        }
    };
    put(Question::Domicile, known.domicile);
    put(Question::PersonInCharge, known.person_in_charge);
    if known.year.penalties > 0 {
        put(Question::WasPunished, "yes");
    }
    if known.year.changes > 0 {
        put(Question::HasChanged, "yes");
        put(Question::ChangesRegistered, "yes");
    }
    if known.year.paid > Fen(0) {
        put(Question::GovernmentIncome, &known.year.paid.0.to_string());
    }
    if let Some(last) = last_year {
        for question in Question::ALL.iter().copied().filter(|one| one.carries_over()) {
            put(question, last.text(question));
        }
        put(Question::NetAssetsBefore, last.text(Question::NetAssets));
    }
    Answers(answers)
}

/// Whether a grade of so many As, valid from and to these days, opens the simplified procedure (B28).
pub fn is_simplified(grade: Option<(i64, Date, Date)>, today: Date, rules: Rules<'_>) -> bool {
    let least = rules.number(RuleKey::SimplifiedGrade);
    grade.is_some_and(|(grade, from, until)| grade >= least && from <= today && today <= until)
}

#[cfg(test)]
mod tests {
    use super::super::report::tests::whole;
    use super::*;
    use crate::specimen::{day, rules};

    fn faults(answers: &Answers, kind: OrganisationKind, simple: bool, papers: &[PaperKind]) -> Vec<String> {
        let unit = Unit { kind, is_bureau: false, is_known: false, today: day(2026, 3, 1) };
        let faults = check_whole(answers, kind, simple, &unit, papers).err().unwrap_or_default();
        faults
            .into_iter()
            .map(|fault| format!("{} {}", fault.field.unwrap_or_default(), fault.code))
            .collect()
    }

    #[test]
    fn a_report_is_filed_whole_with_its_papers() {
        use OrganisationKind::{Foundation, SocialServiceInstitution as Institution};
        let report = [PaperKind::FinancialReport];
        let sound = whole(&[]);
        for (answers, kind, simple, papers, expected) in [
            (&sound, Institution, false, &report[..], &[][..]),
            (&sound, Institution, false, &[], &["papers inspection.financial-report-missing"]),
            (&sound, Institution, true, &[], &[]),
            (
                &sound,
                Foundation,
                true,
                &report,
                &["papers inspection.audit-missing", "papers inspection.consent-missing"],
            ),
            (&sound, Foundation, false, &[PaperKind::AuditReport], &["papers inspection.consent-missing"]),
            (&sound, Foundation, false, &[PaperKind::AuditReport, PaperKind::SupervisingConsent], &[]),
            (&whole(&[(Question::Staff, "")]), Institution, true, &report, &[]),
            (
                &whole(&[(Question::Staff, "")]),
                Institution,
                false,
                &report,
                &["staff inspection.answer-missing"],
            ),
            (
                &whole(&[(Question::HasChanged, "yes")]),
                Institution,
                false,
                &report,
                &["changes_registered inspection.answer-missing"],
            ),
            (
                &whole(&[(Question::GovernmentIncome, "130000")]),
                Institution,
                false,
                &report,
                &["government_income inspection.part-above-whole"],
            ),
        ] {
            assert_eq!(faults(answers, kind, simple, papers), expected, "{kind:?} {simple}");
        }
    }

    #[test]
    fn nobody_brings_the_consent_of_the_bureau_itself() {
        let audit = [PaperKind::AuditReport];
        let kind = OrganisationKind::Foundation;
        let unit = Unit { kind, is_bureau: true, is_known: true, today: day(2026, 3, 1) };
        assert_eq!(check_whole(&whole(&[]), kind, false, &unit, &audit), Ok(()));
    }

    #[test]
    fn a_form_begins_with_what_is_known() {
        let known = Known {
            domicile: "新址",
            person_in_charge: "周晨（示例）",
            year: Recorded::default(),
            unit_due_on: None,
        };
        let first = prefill(known, None);
        assert_eq!((first.text(Question::Domicile), first.text(Question::Staff)), ("新址", ""));
        let second = prefill(known, Some(&whole(&[(Question::NetAssets, "77")])));
        assert_eq!(second.typed(Question::NetAssetsBefore), "77.00");
        assert_eq!((second.text(Question::Staff), second.text(Question::Income)), ("12", ""));
        assert_eq!(second.text(Question::Domicile), "新址", "the register knows better than last year");
        let silent = [Question::WasPunished, Question::HasChanged, Question::GovernmentIncome];
        assert!(silent.iter().all(|one| second.text(*one).is_empty()), "nothing recorded is no answer");
        let year = Recorded { penalties: 1, changes: 2, paid: Fen(4_800_000) };
        let third = prefill(Known { year, ..known }, None);
        assert_eq!(silent.map(|one| third.typed(one)), ["yes", "yes", "48000.00"]);
        assert_eq!(third.text(Question::ChangesRegistered), "yes");
    }

    #[test]
    fn four_as_in_force_open_the_simplified_procedure() {
        let (from, until) = (day(2025, 1, 1), day(2029, 12, 31));
        for (grade, today, expected) in [
            (Some((4, from, until)), day(2026, 3, 1), true),
            (Some((5, from, until)), day(2029, 12, 31), true),
            (Some((3, from, until)), day(2026, 3, 1), false),
            (Some((4, from, until)), day(2030, 1, 1), false),
            (None, day(2026, 3, 1), false),
        ] {
            assert_eq!(is_simplified(grade, today, rules()), expected, "{grade:?} {today}");
        }
    }
}
