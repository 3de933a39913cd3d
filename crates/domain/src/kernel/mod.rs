//! What every rule speaks in: ids, money, moments, working days, codes, actors, dated rules, refusals.
//!
//! Invariant: the kernel knows no capability; capabilities know the kernel.

mod actor;
mod calendar;
mod charity_rules;
mod coded;
mod credit_code;
mod date_text;
mod deadline;
mod finding;
mod grounds;
mod ids;
pub mod laws;
mod moment;
mod money;
mod money_text;
mod plan_number;
mod purchase_rules;
mod ratio;
mod refusal;
mod rule_book;
mod rule_faults;
mod rule_key;
mod rule_unit;
mod sanction_rules;
mod subject;
mod suspension;
mod text;

pub use actor::{Actor, Post, Role, Scope, Street};
pub use calendar::{Calendar, CalendarFault, CalendarRow, DayKind, DayStatus, ListedDay};
pub use coded::Coded;
pub use credit_code::{CodeKind, CreditCode};
pub use date_text::{
    clock, date_in_chinese, date_in_english, date_with_weekday_in_chinese, moment_for_field,
    moment_in_chinese, moment_in_english, parse_date, parse_moment,
};
pub use deadline::{Deadline, Step};
pub use finding::{Finding, Level};
pub use grounds::{Ground, Grounds};
pub use ids::*;
pub use moment::{Date, Moment};
pub use money::Fen;
pub use plan_number::PlanNumber;
pub use ratio::Ratio;
pub use refusal::{Fact, Refusal};
pub use rule_book::{Rule, RuleBook, RuleValue, Rules};
pub use rule_faults::RuleBookFault;
pub use rule_key::RuleKey;
pub use rule_unit::{RuleShape, RuleUnit};
pub use subject::{Subject, SubjectKind};
pub use suspension::{SuspendedEnd, Suspension};
pub use text::{half_width, half_width_char};
