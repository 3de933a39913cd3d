//! `gongzhi user`: the first accounts of a city, before anyone can sign in.

use std::io::BufRead;

use anyhow::Context;
use app::RequestKey;
use app::access::offices;
use app::access::people::{AddPerson, GivePost};
use clap::{Args, Subcommand};
use domain::kernel::{Actor, Coded, Post, Role, Scope};

use crate::{Answer, Place, serve};

#[derive(Subcommand)]
pub enum Command {
    /// Add a person; the password is read from the first line of standard input.
    #[command(after_help = "Example: printf 'a long pass phrase' | gongzhi user add --data /srv/nanjing \
                            --login admin --name 张三 --role administrator")]
    Add(AddOptions),
}

#[derive(Args)]
pub struct AddOptions {
    #[command(flatten)]
    place: Place,
    /// Sign-in name: a-z, 0-9 and hyphens.
    #[arg(long)]
    login: String,
    /// The person's name.
    #[arg(long)]
    name: String,
    /// Role code, such as administrator, purchase_lead, office_staff, supervisor, finance, expert.
    #[arg(long)]
    role: String,
    /// The office's code, for office_staff and office_director.
    #[arg(long)]
    office: Option<String>,
}

/// Runs the command.
pub async fn run(command: Command) -> Answer {
    let Command::Add(options) = command;
    let role = Role::from_code(&options.role).with_context(|| format!("unknown role {}", options.role))?;
    let city = serve::open(&options.place)?;
    city.db.migrate().await?;
    let scope = match &options.office {
        None => Scope::City,
        Some(code) => {
            let all = offices::all(&city).await?;
            let found = all.into_iter().find(|office| office.code == *code);
            Scope::Office(found.with_context(|| format!("no office {code}"))?.id)
        }
    };
    let mut password = String::new();
    std::io::stdin().lock().read_line(&mut password).context("standard input holds no password")?;
    let password_hash = city.hashing.hash(password.trim_end_matches(['\r', '\n'])).await?;
    let person = AddPerson { login: options.login, name: options.name, password_hash, is_demo: false };
    let id = city.act(&Actor::SYSTEM, &RequestKey::None, &person).await?;
    city.act(&Actor::SYSTEM, &RequestKey::None, &GivePost { person: id, post: Post { role, scope } }).await?;
    println!("added {}", person.login);
    Ok(true)
}
