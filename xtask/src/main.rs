//! Everything a developer types: `cargo xtask <task>`.

mod vendor;

fn main() -> anyhow::Result<()> {
    match std::env::args().nth(1).as_deref() {
        Some("vendor") => vendor::run(),
        _ => anyhow::bail!("tasks: vendor"),
    }
}
