//! An item as typed into a form or a workbook, read field by field so that every fault is told at once.

use domain::catalogue::{FunctionKind, FundSource, ItemScope};
use domain::coded;
use domain::kernel::{Coded, Fen, Refusal};

use super::items::ItemContent;

coded! {
    /// The unit in which an amount was typed: chosen, never guessed.
    pub enum AmountUnit as "amount_unit" {
        /// 元.
        Yuan = "yuan",
        /// 万元.
        Wan = "wan",
    }
}

impl AmountUnit {
    /// Reads an amount in this unit.
    ///
    /// # Errors
    /// The text is not an amount of money.
    pub fn read(self, text: &str) -> Result<Fen, Refusal> {
        match self {
            AmountUnit::Yuan => Fen::parse_yuan(text),
            AmountUnit::Wan => Fen::parse_wan(text),
        }
    }
}

/// An item's fields as typed; choices by their codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedItem {
    /// Short name.
    pub title: String,
    /// Code of the kind of work.
    pub function: String,
    /// Why the function can be handed over.
    pub why_purchasable: String,
    /// How much of it.
    pub quantity: String,
    /// What makes it good.
    pub standard: String,
    /// The ceiling, in `unit`.
    pub ceiling: String,
    /// The budget, in `unit`.
    pub budget: String,
    /// Code of the unit of both amounts.
    pub unit: String,
    /// Code of the fund source.
    pub fund_source: String,
    /// Code of the scope.
    pub scope: String,
    /// Whom it serves.
    pub recipients: String,
    /// How its performance will be judged.
    pub performance_standard: String,
    /// Whether the bureau's own affiliates are excluded.
    pub excludes_affiliates: bool,
}

impl TypedItem {
    /// The item's content.
    ///
    /// # Errors
    /// A refusal at each field that cannot be read.
    pub fn read(&self) -> Result<ItemContent, Vec<Refusal>> {
        let mut faults = Vec::new();
        let function = choice::<FunctionKind>("function", &self.function, &mut faults);
        let fund_source = choice::<FundSource>("fund_source", &self.fund_source, &mut faults);
        let scope = choice::<ItemScope>("scope", &self.scope, &mut faults);
        let unit = choice::<AmountUnit>("unit", &self.unit, &mut faults);
        let ceiling = amount("ceiling", unit, &self.ceiling, &mut faults);
        let budget = amount("budget", unit, &self.budget, &mut faults);
        let (Some(function), Some(fund_source), Some(scope), true) =
            (function, fund_source, scope, faults.is_empty())
        else {
            return Err(faults);
        };
        Ok(ItemContent {
            title: self.title.clone(),
            function,
            why_purchasable: self.why_purchasable.clone(),
            quantity: self.quantity.clone(),
            standard: self.standard.clone(),
            ceiling,
            budget,
            fund_source,
            scope,
            recipients: self.recipients.clone(),
            performance_standard: self.performance_standard.clone(),
            excludes_affiliates: self.excludes_affiliates,
        })
    }
}

fn choice<C: Coded>(field: &'static str, text: &str, faults: &mut Vec<Refusal>) -> Option<C> {
    let found = C::from_code(text.trim());
    if found.is_none() {
        faults.push(Refusal::new("catalogue.choice-missing", "C12").at(field));
    }
    found
}

/// An empty amount is zero here: the item's own rules then say what is missing.
fn amount(field: &'static str, unit: Option<AmountUnit>, text: &str, faults: &mut Vec<Refusal>) -> Fen {
    let Some(unit) = unit.filter(|_| !text.trim().is_empty()) else { return Fen::ZERO };
    match unit.read(text) {
        Ok(amount) => amount,
        Err(refusal) => {
            faults.push(refusal.at(field));
            Fen::ZERO
        }
    }
}
