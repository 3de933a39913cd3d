//! `gongzhi user`: the first accounts of a city, before anyone can sign in, and what an administrator does on
//! the desk for whoever has only a terminal.

use std::io::BufRead;

use anyhow::Context;
use app::access::accounts::{self, Account};
use app::access::leaving::{ActivatePerson, DeactivatePerson, EndPost, ResetPassword};
use app::access::offices::{self, AppointDirector, Office};
use app::access::one_time;
use app::access::people::{self, AddPerson, GivePost, HeldPost};
use app::{City, Error, RequestKey};
use clap::{Args, Subcommand};
use domain::kernel::{Actor, Coded, Post, Role, Scope, parse_date};
use web::i18n::Lang;
use web::shell::words;

use crate::{Answer, Place, serve};

/// Accounts read at once when all are listed.
const LISTED_AT_ONCE: usize = 500;

#[derive(Subcommand)]
pub enum Command {
    /// Add a person; the password is read from the first line of standard input.
    #[command(after_help = "Example: printf 'a long pass phrase' | gongzhi user add --data /srv/nanjing \
                            --login admin --name 张三 --role administrator")]
    Add(AddOptions),
    /// List every account: sign-in name, name, open or closed, posts; one line each, split by tabs.
    #[command(after_help = "Example: gongzhi user list --data /srv/nanjing")]
    List(Place),
    /// End a post at once or with a last day; a director's post needs the successor and a hand-over record.
    #[command(after_help = "Example: gongzhi user end-post --data /srv/nanjing --login li --role finance \
                            --last-day 2026-12-31")]
    EndPost(EndPostOptions),
    /// Close an account: its sessions and API tokens end, what its owner did stays.
    #[command(after_help = "Example: gongzhi user deactivate --data /srv/nanjing --login li")]
    Deactivate(OneOptions),
    /// Open a closed account again, with the posts it had.
    #[command(after_help = "Example: gongzhi user activate --data /srv/nanjing --login li")]
    Activate(OneOptions),
    /// Set a one-time password and print it, once; it must be changed at the next sign-in.
    #[command(after_help = "Example: gongzhi user reset-password --data /srv/nanjing --login li")]
    ResetPassword(OneOptions),
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
    /// What is handed over, for an office_director who follows another.
    #[arg(long, default_value = "")]
    handover: String,
}

#[derive(Args)]
pub struct OneOptions {
    #[command(flatten)]
    place: Place,
    /// Sign-in name.
    #[arg(long)]
    login: String,
}

#[derive(Args)]
pub struct EndPostOptions {
    #[command(flatten)]
    one: OneOptions,
    /// Role code of the post.
    #[arg(long)]
    role: String,
    /// The office's code, when the person holds the role in several, and for office_director.
    #[arg(long)]
    office: Option<String>,
    /// The last day, such as 2026-12-31; without it the post ends at once.
    #[arg(long)]
    last_day: Option<String>,
    /// Sign-in name of the next director; for office_director only.
    #[arg(long)]
    successor: Option<String>,
    /// What is handed over; for office_director only.
    #[arg(long, default_value = "")]
    handover: String,
}

/// Runs the command. What a rule refuses is said and answers "not everything came out".
pub async fn run(command: Command) -> Answer {
    match perform(command).await {
        Ok(()) => Ok(true),
        Err(error) => match error.downcast::<NotDone>() {
            Ok(NotDone(what)) => {
                eprintln!("gongzhi: {what}");
                Ok(false)
            }
            Err(error) => Err(error),
        },
    }
}

async fn perform(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Add(options) => add(options).await,
        Command::List(place) => list(&open(&place).await?).await,
        Command::EndPost(options) => end_post(options).await,
        Command::Deactivate(options) => {
            let (city, held) = find(&options).await?;
            tell(city.act(&Actor::SYSTEM, &RequestKey::None, &DeactivatePerson { person: held.id }).await)?;
            println!("deactivated {}", held.login);
            Ok(())
        }
        Command::Activate(options) => {
            let (city, held) = find(&options).await?;
            tell(city.act(&Actor::SYSTEM, &RequestKey::None, &ActivatePerson { person: held.id }).await)?;
            println!("activated {}", held.login);
            Ok(())
        }
        Command::ResetPassword(options) => reset_password(&options).await,
    }
}

/// A rule, or the name of somebody unknown, stands in the way: said in a sentence.
#[derive(Debug)]
struct NotDone(String);

impl std::fmt::Display for NotDone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotDone {}

fn tell<T>(done: Result<T, Error>) -> anyhow::Result<T> {
    done.map_err(|error| match error {
        Error::Refused(refusal) => NotDone(words::refusal(Lang::En, &refusal)).into(),
        other => other.into(),
    })
}

async fn open(place: &Place) -> anyhow::Result<City> {
    let city = serve::open(place)?;
    city.db.migrate().await.context("the database could not be brought up to date")?;
    Ok(city)
}

async fn find(options: &OneOptions) -> anyhow::Result<(City, Account)> {
    let city = open(&options.place).await?;
    let held = known(&city, &options.login).await?;
    Ok((city, held))
}

async fn known(city: &City, login: &str) -> anyhow::Result<Account> {
    let held = accounts::by_login(city, login).await?;
    held.ok_or_else(|| NotDone(format!("there is no account {login}")).into())
}

async fn office(city: &City, code: &str) -> anyhow::Result<Office> {
    let found = offices::all(city).await?.into_iter().find(|office| office.code == code);
    found.ok_or_else(|| NotDone(format!("there is no office {code}")).into())
}

fn role(code: &str) -> anyhow::Result<Role> {
    Role::from_code(code).with_context(|| format!("unknown role {code}"))
}

async fn add(options: AddOptions) -> anyhow::Result<()> {
    let role = role(&options.role)?;
    let city = open(&options.place).await?;
    let scope = match &options.office {
        None => Scope::City,
        Some(code) => {
            let office = office(&city, code).await?;
            let needs_handover = role == Role::OfficeDirector && office.director_id.is_some();
            if needs_handover && options.handover.trim().is_empty() {
                // Said before the account is made, so that a second try finds nothing in its way.
                return Err(
                    NotDone(format!("{code} has a director: say with --handover what goes over")).into()
                );
            }
            Scope::Office(office.id)
        }
    };
    let mut password = String::new();
    std::io::stdin().lock().read_line(&mut password).context("standard input holds no password")?;
    let password_hash = tell(city.hashing.hash(password.trim_end_matches(['\r', '\n'])).await)?;
    let person = AddPerson { login: options.login, name: options.name, password_hash, is_demo: false };
    let id = tell(city.act(&Actor::SYSTEM, &RequestKey::None, &person).await)?;
    match (role, scope) {
        // A director answers for the office, so the office is handed over on record (E4).
        (Role::OfficeDirector, Scope::Office(office)) => {
            let appoint = AppointDirector { office, person: id, handover: options.handover };
            tell(city.act(&Actor::SYSTEM, &RequestKey::None, &appoint).await)?;
        }
        _ => {
            let give = GivePost { person: id, post: Post { role, scope } };
            tell(city.act(&Actor::SYSTEM, &RequestKey::None, &give).await)?;
        }
    }
    println!("added {}", person.login);
    Ok(())
}

async fn list(city: &City) -> anyhow::Result<()> {
    let mut after = String::new();
    loop {
        let page = accounts::accounts(city, &after, LISTED_AT_ONCE).await?;
        for (one, posts) in &page {
            let posts: Vec<String> = posts.iter().map(post_text).collect();
            let state = if one.is_active { "open" } else { "closed" };
            println!("{}\t{}\t{state}\t{}", one.login, one.name, posts.join(", "));
        }
        match page.last() {
            Some((last, _)) if page.len() == LISTED_AT_ONCE => after.clone_from(&last.login),
            _ => return Ok(()),
        }
    }
}

fn post_text(held: &HeldPost) -> String {
    let role = held.post.role.code();
    let place = if held.place.is_empty() { role.to_owned() } else { format!("{role} {}", held.place) };
    match held.until {
        None => place,
        Some(until) => format!("{place} until {until}"),
    }
}

async fn end_post(options: EndPostOptions) -> anyhow::Result<()> {
    let role = role(&options.role)?;
    let (city, held) = find(&options.one).await?;
    let scope = match &options.office {
        None => None,
        Some(code) => Some(Scope::Office(office(&city, code).await?.id)),
    };
    let posts = people::posts_of(&city, held.id).await?;
    let fits =
        |post: &&HeldPost| post.post.role == role && scope.is_none_or(|scope| post.post.scope == scope);
    let found: Vec<&HeldPost> = posts.iter().filter(fits).collect();
    let [post] = found[..] else {
        let what = format!("{} holds {} such posts; name the office", held.login, found.len());
        return Err(NotDone(what).into());
    };
    match (post.post.scope, &options.successor) {
        (Scope::Office(office), Some(successor)) if role == Role::OfficeDirector => {
            let person = known(&city, successor).await?.id;
            let appoint = AppointDirector { office, person, handover: options.handover };
            tell(city.act(&Actor::SYSTEM, &RequestKey::None, &appoint).await)?;
        }
        _ => {
            let last_day = options.last_day.as_deref().map(parse_date).transpose();
            let last_day = tell(last_day.map_err(Error::from))?;
            let end = EndPost { post_id: post.id, last_day };
            tell(city.act(&Actor::SYSTEM, &RequestKey::None, &end).await)?;
        }
    }
    println!("ended {} of {}", role.code(), held.login);
    Ok(())
}

async fn reset_password(options: &OneOptions) -> anyhow::Result<()> {
    let (city, held) = find(options).await?;
    let password = one_time(&city.chance)?;
    let password_hash = city.hashing.hash(&password).await?;
    let reset = ResetPassword { person: held.id, password_hash };
    tell(city.act(&Actor::SYSTEM, &RequestKey::None, &reset).await)?;
    println!("{password}");
    Ok(())
}
