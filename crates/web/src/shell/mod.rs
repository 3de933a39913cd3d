//! The shell: what all pages share. Layouts, components, assets, charts.

pub mod assets;
pub mod chart;
pub mod choice;
#[cfg(test)]
mod gallery;
#[cfg(test)]
mod shell_sample;
