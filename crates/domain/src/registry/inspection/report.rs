//! The yearly report: six heads, each a few typed questions (AI27-6, B25).
//!
//! Answers are kept by the code of their question, so last year's stand beside this year's and fill the form.

use std::collections::BTreeMap;

use crate::coded;
use crate::kernel::{Coded, Date, Fen, Refusal, half_width, parse_date};

coded! {
    /// The six heads of the report.
    pub enum Head as "inspection_head" {
        /// 遵守法律法规和政策.
        Lawfulness = "lawfulness",
        /// 登记事项和变更.
        Changes = "changes",
        /// 按章程开展活动.
        Activities = "activities",
        /// 财务、资金来源和使用.
        Finance = "finance",
        /// 机构和人员.
        People = "people",
        /// 其他.
        Other = "other",
    }
}

coded! {
    /// What the report asks.
    pub enum Question as "inspection_question" {
        /// Punished in the year?
        WasPunished = "was_punished",
        /// How law and policy were kept.
        LawNote = "law_note",
        /// Where it is seated.
        Domicile = "domicile",
        /// Whether it has a right to those premises.
        HasPremises = "has_premises",
        /// Who is in charge.
        PersonInCharge = "person_in_charge",
        /// Did a registered matter change?
        HasChanged = "has_changed",
        /// Was every such change registered?
        ChangesRegistered = "changes_registered",
        /// How many activities.
        Activities = "activities",
        /// How many people they reached.
        Beneficiaries = "beneficiaries",
        /// What was done under the charter.
        ActivityNote = "activity_note",
        /// Income of the year.
        Income = "income",
        /// Of it from government.
        GovernmentIncome = "government_income",
        /// Expense of the year.
        Expense = "expense",
        /// Of it on activity.
        ActivityExpense = "activity_expense",
        /// Net assets at the beginning.
        NetAssetsBefore = "net_assets_before",
        /// Net assets at the end.
        NetAssets = "net_assets",
        /// Staff.
        Staff = "staff",
        /// Of them full time.
        FullTime = "full_time",
        /// Branches and representative offices.
        Branches = "branches",
        /// Meetings of its council.
        CouncilMeetings = "council_meetings",
        /// Has it a party body where one is asked for?
        HasPartyBody = "has_party_body",
        /// Were fees and donations taken within the rules?
        ChargesAreLawful = "charges_are_lawful",
        /// The day of the supervising unit's preliminary opinion, of whoever has such a unit.
        UnitOpinionOn = "unit_opinion_on",
        /// What else is to be said.
        OtherNote = "other_note",
    }
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `yes` or `no`.
    YesNo,
    /// A whole number from zero.
    Count,
    /// Yuan from zero.
    Money,
    /// Yuan, below zero too.
    Balance,
    /// A day.
    Day,
    /// Words on one line.
    Line,
    /// Words, may be empty.
    Note,
}

/// The longest line, in characters.
pub const LINE_MAX: usize = 120;
/// The longest note, in characters.
pub const NOTE_MAX: usize = 2_000;

impl Question {
    /// The head under which it is asked.
    pub fn head(self) -> Head {
        use Question::*;
        match self {
            WasPunished | LawNote => Head::Lawfulness,
            Domicile | HasPremises | PersonInCharge | HasChanged | ChangesRegistered => Head::Changes,
            Activities | Beneficiaries | ActivityNote => Head::Activities,
            Income | GovernmentIncome | Expense | ActivityExpense | NetAssetsBefore | NetAssets => {
                Head::Finance
            }
            Staff | FullTime | Branches | CouncilMeetings => Head::People,
            HasPartyBody | ChargesAreLawful | UnitOpinionOn | OtherNote => Head::Other,
        }
    }

    /// How its answer is written.
    pub fn shape(self) -> Shape {
        use Question::*;
        match self {
            WasPunished | HasPremises | HasChanged | ChangesRegistered | HasPartyBody | ChargesAreLawful => {
                Shape::YesNo
            }
            Activities | Beneficiaries | Staff | FullTime | Branches | CouncilMeetings => Shape::Count,
            Income | GovernmentIncome | Expense | ActivityExpense => Shape::Money,
            NetAssetsBefore | NetAssets => Shape::Balance,
            UnitOpinionOn => Shape::Day,
            Domicile | PersonInCharge => Shape::Line,
            LawNote | ActivityNote | OtherNote => Shape::Note,
        }
    }

    /// Whether it must be answered; the simplified procedure leaves activities and people out (B28).
    pub fn is_required(self, is_simplified: bool) -> bool {
        let is_left_out = is_simplified && matches!(self.head(), Head::Activities | Head::People);
        // Only some have a unit that gives an opinion: `unit` asks them.
        !matches!(self.shape(), Shape::Note | Shape::Day) && !is_left_out
    }

    /// Whether last year's answer is a good beginning for this year's: what seldom changes, and no figure of
    /// the year itself.
    pub(super) fn carries_over(self) -> bool {
        use Question::*;
        matches!(
            self,
            HasPremises | Branches | Staff | FullTime | CouncilMeetings | HasPartyBody | ActivityNote
        )
    }

    pub(super) fn fault(self, code: &'static str) -> Refusal {
        Refusal::new(code, "B25").at(self.code()).with_code("question", self)
    }
}

/// Answers by question, as they are kept: dates and words as typed, money in fen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(pub BTreeMap<Question, String>);

impl Answers {
    /// The words of an answer; empty when there is none.
    pub fn text(&self, question: Question) -> &str {
        self.0.get(&question).map_or("", String::as_str)
    }

    /// A count.
    pub fn count(&self, question: Question) -> Option<i64> {
        self.text(question).parse().ok()
    }

    /// An amount.
    pub fn money(&self, question: Question) -> Option<Fen> {
        self.count(question).map(Fen)
    }

    /// A day.
    pub fn day(&self, question: Question) -> Option<Date> {
        parse_date(self.text(question)).ok()
    }

    /// Yes or no.
    pub fn is_yes(&self, question: Question) -> Option<bool> {
        match self.text(question) {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        }
    }

    /// The answer as its field shows it: amounts in yuan.
    pub fn typed(&self, question: Question) -> String {
        match (question.shape(), self.money(question)) {
            (Shape::Money | Shape::Balance, Some(amount)) => amount.to_string().replace(',', ""),
            _ => self.text(question).to_owned(),
        }
    }
}

/// Reads what was typed, as far as it was; an empty answer is left out.
///
/// # Errors
/// Every answer that cannot be read, at its field.
pub fn read<'a>(typed: impl Fn(Question) -> &'a str) -> Result<Answers, Vec<Refusal>> {
    let (answers, faults) = readable(typed);
    if faults.is_empty() { Ok(answers) } else { Err(faults) }
}

/// The answers that can be read, and what is wrong with the others.
pub fn readable<'a>(typed: impl Fn(Question) -> &'a str) -> (Answers, Vec<Refusal>) {
    let (mut answers, mut faults) = (BTreeMap::new(), Vec::new());
    for question in Question::ALL.iter().copied() {
        match read_one(question, typed(question).trim()) {
            Ok(answer) if answer.is_empty() => {}
            Ok(answer) => {
                answers.insert(question, answer);
            }
            Err(refusal) => faults.push(refusal),
        }
    }
    (Answers(answers), faults)
}

fn read_one(question: Question, typed: &str) -> Result<String, Refusal> {
    if typed.is_empty() {
        return Ok(String::new());
    }
    let too_long = |max: usize| match typed.chars().count() {
        length if length > max => Err(question.fault("inspection.answer-too-long").with("max", max)),
        _ => Ok(typed.to_owned()),
    };
    match question.shape() {
        Shape::YesNo if matches!(typed, "yes" | "no") => Ok(typed.to_owned()),
        Shape::YesNo => Err(question.fault("inspection.answer-unreadable")),
        Shape::Count => match half_width(typed).parse::<u32>() {
            Ok(count) => Ok(count.to_string()),
            Err(_) => Err(question.fault("inspection.answer-no-count")),
        },
        Shape::Money => {
            fen(typed).map(|fen| fen.0.to_string()).map_err(|refusal| refusal.at(question.code()))
        }
        Shape::Balance => {
            let plain = half_width(typed);
            let (sign, amount) = match plain.strip_prefix('-') {
                Some(rest) => (-1, rest.to_owned()),
                None => (1, plain),
            };
            fen(&amount).map(|fen| (sign * fen.0).to_string()).map_err(|refusal| refusal.at(question.code()))
        }
        Shape::Day => {
            parse_date(typed).map(|day| day.to_string()).map_err(|refusal| refusal.at(question.code()))
        }
        Shape::Line => too_long(LINE_MAX),
        Shape::Note => too_long(NOTE_MAX),
    }
}

fn fen(typed: &str) -> Result<Fen, Refusal> {
    Fen::parse_yuan(typed)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A whole report of a sound institution.
    pub(in super::super) fn whole(change: &[(Question, &str)]) -> Answers {
        read(|question| {
            let changed = change.iter().find(|(one, _)| *one == question).map(|(_, text)| *text);
            changed.unwrap_or(match question {
                Question::WasPunished | Question::HasChanged => "no",
                Question::ChangesRegistered | Question::UnitOpinionOn => "",
                Question::Income | Question::Expense => "120,000",
                Question::NetAssets | Question::NetAssetsBefore => "50000.50",
                Question::Domicile => "玄武区示例路1号",
                Question::PersonInCharge => "周晨（示例）",
                _ => match question.shape() {
                    Shape::YesNo => "yes",
                    Shape::Note => "按章程开展",
                    _ => "12",
                },
            })
        })
        .unwrap()
    }

    #[test]
    fn answers_are_read_by_their_shape() {
        for (question, typed, expected) in [
            (Question::Income, "１２0,000.5", Ok("12000050")),
            (Question::NetAssets, "-3", Ok("-300")),
            (Question::Staff, "７", Ok("7")),
            (Question::Staff, "-1", Err("inspection.answer-no-count")),
            (Question::HasPremises, "maybe", Err("inspection.answer-unreadable")),
            (Question::Domicile, "  ", Ok("")),
        ] {
            let found = read(|one| if one == question { typed } else { "" });
            let found =
                found.map(|answers| answers.text(question).to_owned()).map_err(|faults| faults[0].code);
            assert_eq!(found, expected.map(str::to_owned), "{question:?} {typed}");
        }
        let long = "长".repeat(LINE_MAX + 1);
        assert_eq!(read(|one| if one == Question::Domicile { &long } else { "" }).unwrap_err().len(), 1);
    }
}
