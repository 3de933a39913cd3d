//! What kind of value a rule takes, and what its number counts.

use crate::coded;

coded! {
    /// The kind of value a rule takes.
    pub enum RuleShape as "rule_shape" {
        /// A whole number.
        Number = "number",
        /// An exact ratio.
        Ratio = "ratio",
        /// An amount of money.
        Money = "money",
    }
}

coded! {
    /// What a rule's number counts.
    pub enum RuleUnit as "rule_unit" {
        /// Calendar days (日).
        Days = "days",
        /// Working days (工作日).
        WorkingDays = "working_days",
        /// Minutes.
        Minutes = "minutes",
        /// Hours.
        Hours = "hours",
        /// Months.
        Months = "months",
        /// Years.
        Years = "years",
        /// Bidders.
        Bidders = "bidders",
        /// People.
        People = "people",
        /// Times.
        Times = "times",
        /// Points of a score.
        Points = "points",
        /// Decimals.
        Decimals = "decimals",
        /// Parties asked.
        Parties = "parties",
        /// A share of a whole.
        Share = "share",
        /// Yuan.
        Yuan = "yuan",
        /// Characters.
        Characters = "characters",
        /// Megabytes.
        Megabytes = "megabytes",
        /// Files.
        Files = "files",
        /// A month of the year, 1 to 12.
        Month = "month",
        /// A grade, by its number of As.
        Grade = "grade",
        /// A level of administration: 1 province, 2 prefecture, 3 county.
        Level = "level",
        /// Conditions of a list.
        Conditions = "conditions",
        /// Yes or no: 1 or 0.
        Switch = "switch",
        /// A year of the calendar.
        Year = "year",
        /// Organisations.
        Organisations = "organisations",
    }
}
