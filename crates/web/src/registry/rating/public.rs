//! What everyone sees: rounds, results in publicity, grades in force, one result with its votes, the plaque.

use app::registry::rating::case::RatingCase;
use app::registry::rating::public::{self, Filter, GradeLine, PAGE, Plaque};
use app::registry::rating::read::CaseLine;
use app::registry::rating::rounds::{self, Round};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, RuleKey};
use domain::registry::rating::Grade;

use super::view::{CaseView, view};
use super::{grade_name, tone};
use crate::documents::list::{DocumentLine, lines};
use crate::registry::lists_nav;
use crate::shell::address::urlencode;
use crate::shell::form::pairs;
use crate::shell::{Choice, Form, NavLink, PageError, Path, Shell, Visit, qr, show};

/// A result in publicity.
struct PublicResult {
    number: String,
    organisation: String,
    grade: String,
    until: String,
    stage: String,
    tone: &'static str,
}

#[derive(Template)]
#[template(path = "registry/rating/list.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    intro: String,
    lists: Vec<NavLink>,
    rounds: &'a [Round],
    results: Vec<PublicResult>,
    grades: &'a [GradeLine],
    count: i64,
    words: &'a str,
    grade_choices: Vec<Choice>,
    next: String,
}

/// GET /ratings
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let query = Form::of(pairs(visit.shell.query.as_bytes()));
    let filter = Filter {
        grade: Grade::from_code(query.trimmed("grade")),
        words: query.trimmed("q").to_owned(),
        before: query.number("before"),
    };
    let (city, shell) = (&visit.city, &visit.shell);
    let fault = |error| visit.error(error);
    let rounds = rounds::open(city).await.map_err(fault)?;
    let results = public::in_publicity(city).await.map_err(fault)?;
    let grades = public::in_force(city, &filter).await.map_err(fault)?;
    let count = public::count_in_force(city, &filter).await.map_err(fault)?;
    let chosen = filter.grade.map_or("", Coded::code);
    let mut grade_choices = vec![Choice::new("", shell.t("rating-all-grades"), chosen)];
    grade_choices
        .extend(Grade::ALL.iter().rev().map(|grade| Choice::new(grade.code(), shell.coded(grade), chosen)));
    let is_full = i64::try_from(grades.len()).is_ok_and(|lines| lines == PAGE);
    let next = match grades.last() {
        Some(last) if is_full => {
            let words = urlencode(&filter.words);
            shell.url(format!("/ratings?q={words}&grade={chosen}&before={}", last.id))
        }
        _ => String::new(),
    };
    let words = filter.words.as_str();
    let results = results.iter().map(|line| result(shell, line)).collect();
    let (lists, rounds, grades) = (lists_nav(shell), &rounds, &grades);
    let rules = city.book.on(shell.now().date());
    let intro = shell.by_rules(rules, "rating-intro", &[("years", RuleKey::RatingValidYears)]);
    show(&ListPage { shell, intro, lists, rounds, results, grades, count, words, grade_choices, next })
}

fn result(shell: &Shell, line: &CaseLine) -> PublicResult {
    PublicResult {
        number: line.number.clone(),
        organisation: line.organisation.clone(),
        grade: grade_name(shell, line.grade),
        until: line.public_until.map_or_else(|| "—".to_owned(), |day| shell.date(&day)),
        stage: shell.coded(&line.stage),
        tone: tone(&line.stage),
    }
}

#[derive(Template)]
#[template(path = "registry/rating/one.html")]
struct OnePage<'a> {
    shell: &'a Shell,
    case: &'a RatingCase,
    view: CaseView,
    documents: Vec<DocumentLine>,
    plaque_href: String,
    tone: &'static str,
}

/// GET /ratings/{no}
pub async fn show_one(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let case = public::by_number(&visit.city, &number).await.map_err(|error| visit.error(error))?;
    let has_plaque = public::plaque(&visit.city, &number).await.is_ok();
    let plaque_href =
        if has_plaque { visit.shell.url(format!("/ratings/{number}/plaque")) } else { String::new() };
    let documents = lines(&visit, case.subject()).await?;
    let view = view(&visit, &case, false).await.map_err(|error| visit.error(error))?;
    let tone = tone(&case.stage);
    show(&OnePage { shell: &visit.shell, case: &case, view, documents, plaque_href, tone })
}

#[derive(Template)]
#[template(path = "registry/rating/plaque.html")]
struct PlaquePage<'a> {
    shell: &'a Shell,
    plaque: &'a Plaque,
    stars: String,
    grade: String,
    qr: String,
}

/// GET /ratings/{no}/plaque
pub async fn show_plaque(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let plaque = public::plaque(&visit.city, &number).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let address = shell.absolute(format!("/verify/{}", plaque.code));
    let stars = usize::try_from(plaque.grade.stars()).unwrap_or(0);
    show(&PlaquePage {
        stars: "★".repeat(stars),
        grade: shell.coded(&plaque.grade),
        qr: qr::svg(&address, &shell.t("document-qr")),
        plaque: &plaque,
        shell,
    })
}
