//! An account in the reader's words: the result, each part, each line with its points and its director.

use app::performance::account::{Evidence, OfficeAccount};
use domain::kernel::{Coded, Date, PersonId};
use domain::performance::account::{Account, Part, PartResult, Standing, Step};

use crate::shell::chart::{self, Mark, Words};
use crate::shell::{Shell, words};

/// A line of evidence.
pub struct LineTold {
    /// What was to be done.
    pub step: String,
    /// Of what: its name.
    pub title: String,
    /// Its public number.
    pub subject: String,
    /// Its page.
    pub href: String,
    /// The last day, or a dash.
    pub due: String,
    /// The day it was done, or a dash.
    pub done: String,
    /// How it came out.
    pub verdict: String,
    /// The tone of that.
    pub tone: &'static str,
    /// Its points.
    pub points: String,
    /// Who directed the office on that day.
    pub director: String,
    /// Whether that is the reader.
    pub is_own: bool,
    /// The rule.
    pub rule: &'static str,
}

/// A part of the account.
pub struct PartTold {
    /// Anchor on the page.
    pub anchor: String,
    /// Its name.
    pub name: String,
    /// Its points.
    pub points: String,
    /// The points it may have here.
    pub most: String,
    /// Its points by the rule.
    pub weight: i64,
    /// What was earned of what could be.
    pub share: String,
    /// Why it has no points, or whose points it took over; may be empty.
    pub note: String,
    /// Its lines.
    pub lines: Vec<LineTold>,
}

/// A veto.
pub struct VetoTold {
    /// Its number.
    pub number: String,
    /// What for.
    pub ground: String,
    /// The rule.
    pub rule: &'static str,
    /// What it is about.
    pub subject: String,
    /// The day of the act.
    pub acted: String,
    /// Who answers.
    pub director: String,
    /// Where it stands.
    pub state: String,
    /// The tone of that.
    pub tone: &'static str,
}

/// What stays with the director of its day and costs no points.
pub struct AttachedTold {
    /// What it is.
    pub kind: String,
    /// The rule.
    pub rule: &'static str,
    /// What it is about.
    pub subject: String,
    /// The day of the act, or on which it arose.
    pub acted: String,
    /// Who answers.
    pub director: String,
    /// Whether that is the reader.
    pub is_own: bool,
    /// What proves it.
    pub evidence: String,
    /// The page of it; empty when the reader has none.
    pub href: String,
    /// Where it stands.
    pub state: String,
    /// The tone of that.
    pub tone: &'static str,
}

/// An account.
pub struct Told {
    /// The office.
    pub office: String,
    /// Its code.
    pub code: String,
    /// The year.
    pub year: i16,
    /// The result.
    pub result: String,
    /// The sum before a veto caps it.
    pub sum: String,
    /// What it comes to.
    pub standing: String,
    /// The tone of that.
    pub tone: &'static str,
    /// Whether a veto caps it.
    pub is_capped: bool,
    /// The parts.
    pub parts: Vec<PartTold>,
    /// The parts as bars.
    pub bars: String,
    /// Directors with their time.
    pub directors: Vec<(String, String)>,
    /// Vetoes.
    pub vetoes: Vec<VetoTold>,
    /// What authorities upheld and supervision found (E5).
    pub attached: Vec<AttachedTold>,
}

/// How an account reads for this reader; everyone but the desks sees proven vetoes and what authorities upheld only.
pub fn told(shell: &Shell, one: &OfficeAccount, reader: Option<PersonId>, is_public: bool) -> Told {
    let office = match shell.is_english() && !one.office.name_en.is_empty() {
        true => one.office.name_en.clone(),
        false => one.office.name.clone(),
    };
    let vetoes = one.vetoes.iter().filter(|veto| !is_public || veto.is_proven());
    Told {
        office,
        code: one.office.code.clone(),
        year: one.year,
        result: result(shell, &one.account),
        sum: shell.points(&one.account.sum),
        standing: shell.coded(&one.account.standing),
        tone: tone(one.account.standing),
        is_capped: one.account.standing == Standing::Capped,
        parts: one.account.parts.iter().map(|part| part_told(shell, one, part, reader)).collect(),
        bars: bars(shell, &one.account),
        directors: one
            .directors
            .iter()
            .map(|held| {
                let since = shell.moment(&held.since);
                let time = match &held.until {
                    Some(until) => shell.txy("registry-from-to", since, shell.moment(until)),
                    None => shell.tx("registry-since", since),
                };
                (held.name.clone(), time)
            })
            .collect(),
        attached: attached(shell, one, reader, is_public),
        vetoes: vetoes
            .map(|veto| VetoTold {
                number: veto.number.clone(),
                ground: shell.coded(&veto.ground),
                rule: veto.ground.rule(),
                subject: veto.subject.clone(),
                acted: shell.date(&veto.acted_on),
                director: veto.director.clone(),
                state: shell.coded(&veto.state),
                tone: if veto.is_proven() { "stop" } else { "" },
            })
            .collect(),
    }
}

/// What authorities upheld, then what supervision found. What did not stand, and what no authority has decided, is for
/// the desks alone.
fn attached(
    shell: &Shell,
    one: &OfficeAccount,
    reader: Option<PersonId>,
    is_public: bool,
) -> Vec<AttachedTold> {
    let is_own = |director: Option<PersonId>| reader.is_some() && director == reader;
    let desk = |path: String| if is_public { String::new() } else { shell.url(path) };
    let upheld = one.attached.upheld.iter().filter(|matter| !is_public || matter.withdrawn_at.is_none());
    let upheld = upheld.map(|matter| {
        let is_withdrawn = matter.withdrawn_at.is_some();
        let key = if is_withdrawn { "account-upheld-withdrawn" } else { "account-upheld-stands" };
        AttachedTold {
            kind: shell.coded(&matter.kind),
            rule: "E5",
            subject: matter.subject.clone(),
            acted: shell.date(&matter.acted_on),
            director: matter.director.clone(),
            is_own: is_own(Some(matter.director_id)),
            evidence: format!(
                "{} {} · {}",
                matter.authority,
                matter.decision,
                shell.date(&matter.decided_on)
            ),
            href: desk(format!("/desk/upheld/{}", matter.number)),
            state: shell.t(key),
            tone: if is_withdrawn { "" } else { "stop" },
        }
    });
    let found = one.attached.findings.iter().filter(|_| !is_public).map(|finding| {
        let is_cured = finding.cured_at.is_some();
        AttachedTold {
            kind: shell.coded(&finding.kind),
            rule: finding.kind.rule(),
            subject: finding.subject.clone(),
            acted: shell.date(&finding.arose_on),
            director: one.name_of(finding.director_id).unwrap_or("—").to_owned(),
            is_own: is_own(finding.director_id),
            evidence: finding.title.clone(),
            href: desk(format!("/desk/supervision/{}", finding.number)),
            state: shell.t(if is_cured { "account-finding-cured" } else { "account-finding-open" }),
            tone: if is_cured { "ok" } else { "warn" },
        }
    });
    upheld.chain(found).collect()
}

/// The result in points; a dash while nothing could be judged, since that is no zero.
pub fn result(shell: &Shell, account: &Account) -> String {
    match account.standing {
        Standing::Nothing => "—".to_owned(),
        _ => shell.points(&account.result),
    }
}

/// The tone of a result.
pub fn tone(standing: Standing) -> &'static str {
    match standing {
        Standing::Nothing => "",
        Standing::Pass => "ok",
        Standing::Fail => "warn",
        Standing::Capped => "stop",
    }
}

fn anchor(part: Part) -> String {
    format!("part-{}", part.code().replace('_', "-"))
}

fn part_told(shell: &Shell, one: &OfficeAccount, part: &PartResult, reader: Option<PersonId>) -> PartTold {
    let note = match (part.of, part.most - part.weight * 100) {
        (0, _) => shell.t("account-nothing-to-judge"),
        (_, 0) => String::new(),
        (_, more) => shell.tx("account-took-over", shell.points(&more)),
    };
    PartTold {
        anchor: anchor(part.part),
        name: shell.coded(&part.part),
        points: if part.of == 0 { "—".to_owned() } else { shell.points(&part.points) },
        most: if part.of == 0 { "—".to_owned() } else { shell.points(&part.most) },
        weight: part.weight,
        share: if part.of == 0 { "—".to_owned() } else { format!("{} / {}", part.got, part.of) },
        note,
        lines: one.lines_of(part.part).map(|line| line_told(shell, one, line, reader)).collect(),
    }
}

fn line_told(shell: &Shell, one: &OfficeAccount, line: &Evidence, reader: Option<PersonId>) -> LineTold {
    let is_whole = line.got == line.of;
    let (verdict, tone) = match (line.step, line.due, line.done, is_whole) {
        (Step::Evaluate | Step::AskRecipients, ..) => (format!("{} / {}", line.got, line.of), ""),
        (Step::ShareItem, .., true) => (shell.t("account-shared"), "ok"),
        (Step::ShareItem, .., false) => (shell.t("account-not-shared"), "warn"),
        (_, _, Some(_), true) => (shell.t("account-in-time"), "ok"),
        (_, Some(due), Some(done), false) => (shell.tn("account-days-late", days_between(due, done)), "stop"),
        _ => (shell.t("account-not-done"), "stop"),
    };
    let day = |day: Option<Date>| day.map_or_else(|| "—".to_owned(), |day| shell.date(&day));
    LineTold {
        step: shell.coded(&line.step),
        title: line.title.clone(),
        subject: line.subject.clone(),
        href: shell.url(page_of(line.step, &line.subject)),
        due: day(line.due),
        done: day(line.done),
        verdict,
        tone,
        points: shell.points(&line.points),
        director: one.name_of(line.director).unwrap_or("—").to_owned(),
        is_own: reader.is_some() && line.director == reader,
        rule: line.step.rule(),
    }
}

/// Calendar days from one day to a later one.
fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// The public page that shows what a line says: a point opens to its evidence.
fn page_of(step: Step, subject: &str) -> String {
    match step {
        Step::DecideAward | Step::SignContract => format!("/tenders/{subject}"),
        Step::AnswerQuestion => format!("/tenders/{subject}/qa"),
        Step::ShareItem => format!("/purchase/catalogue/{subject}"),
        Step::PublishContract => format!("/contracts/{subject}"),
        Step::DeliverMilestone | Step::PublishAcceptance => format!("/contracts/{subject}/delivery"),
        Step::PayProvider => format!("/contracts/{subject}/money"),
        Step::Evaluate => format!("/contracts/{subject}/evaluation"),
        Step::AskRecipients | Step::AnswerFeedback => format!("/contracts/{subject}/satisfaction"),
    }
}

fn bars(shell: &Shell, account: &Account) -> String {
    let texts =
        ["account-bars-title", "account-bars-says", "account-bars-table", "account-part", "account-points"]
            .map(|key| shell.t(key));
    let [title, says, table, name_head, value_head] = &texts;
    let marks: Vec<Mark> = account
        .parts
        .iter()
        .map(|part| {
            let shown = match part.of {
                0 => "—".to_owned(),
                _ => format!("{} / {}", shell.points(&part.points), shell.points(&part.most)),
            };
            let mark = Mark::new(words::coded(shell.lang, part.part), part.points, shown);
            // A part without lines has no place on the page to go to.
            if part.lines == 0 { mark } else { mark.to(format!("#{}", anchor(part.part))) }
        })
        .collect();
    chart::bars(&Words { id: "account", title, says, table, name_head, value_head }, &marks, None)
}
