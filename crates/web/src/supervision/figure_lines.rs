//! The rows that an indicator of a year is the sum of, for everyone (E7, E8).

use app::supervision::figure_lines::{About, FigureLine, lines};
use askama::Template;
use axum::response::Response;
use domain::kernel::Coded;
use domain::supervision::indicator::{self, Indicator};

use super::indicators::{percent, share_text};
use crate::performance::account::chosen_year;
use crate::shell::{Choice, PageError, Path, Shell, Visit, show};

/// A row, with the way to what it is about.
struct Line {
    subject: String,
    href: String,
    title: String,
    office: String,
    office_href: String,
    share: String,
}

#[derive(Template)]
#[template(path = "supervision/figure_lines.html")]
struct FigureLinesPage<'a> {
    shell: &'a Shell,
    name: String,
    path: String,
    rule: &'static str,
    year: i16,
    years: Vec<Choice>,
    share: String,
    percent: String,
    lines: Vec<Line>,
}

/// GET /oversight/indicators/{indicator}
pub async fn index(visit: Visit, Path(code): Path<String>) -> Result<Response, PageError> {
    let indicator = Indicator::from_code(&code).ok_or_else(|| visit.error(app::Error::NotFound))?;
    let (year, years) = chosen_year(&visit).await?;
    let found = lines(&visit.city, indicator, year).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let share = indicator::sum(found.iter().map(|line| line.share));
    show(&FigureLinesPage {
        name: shell.coded(&indicator),
        path: format!("/oversight/indicators/{code}"),
        rule: indicator.rule(),
        year,
        years,
        share: share_text(shell, indicator, share),
        percent: percent(share),
        lines: found.iter().map(|one| line(shell, indicator, year, one)).collect(),
        shell,
    })
}

fn line(shell: &Shell, indicator: Indicator, year: i16, one: &FigureLine) -> Line {
    let account = format!("/offices/{}/account?year={year}", one.office_code);
    let (subject, path) = match one.about {
        About::District => {
            let name = shell.district(&one.subject);
            (name, format!("/districts/{}/orgs", one.subject))
        }
        About::Item => (one.subject.clone(), format!("/catalogue/items/{}", one.subject)),
        About::Contract => (one.subject.clone(), format!("/contracts/{}", one.subject)),
        About::Account => (one.subject.clone(), account.clone()),
    };
    Line {
        subject,
        href: shell.url(path),
        title: one.title.clone(),
        office: one.office.clone(),
        office_href: shell.url(account),
        share: share_text(shell, indicator, one.share),
    }
}
