//! The papers of a case where it is worked on: one is chosen by a link and read in the page itself (W5).

use app::papers::Paper;
use askama::Template;

use crate::shell::download::is_shown;
use crate::shell::{Form, Shell, Visit, form::pairs};

/// How the chosen paper is shown.
#[derive(PartialEq, Eq)]
enum Way {
    /// As a page within the page.
    Frame,
    /// As a picture.
    Picture,
    /// Not at all: the browser has nothing for it.
    Never,
}

/// A paper in the list.
struct Line {
    id: i64,
    kind: String,
    name: String,
    given: String,
    choose_href: String,
    href: String,
    is_open: bool,
}

/// The paper that is read.
struct Chosen {
    title: String,
    view_href: String,
    href: String,
    way: Way,
}

/// The list of a case's papers, with the chosen one below it.
#[derive(Template)]
#[template(path = "papers/pane.html")]
pub struct Pane<'a> {
    shell: &'a Shell,
    lines: Vec<Line>,
    chosen: Option<Chosen>,
}

impl askama::filters::HtmlSafe for Pane<'_> {}

impl<'a> Pane<'a> {
    /// The papers of the thing whose page the reader is on; the caller has checked that the reader may see it.
    pub fn of(visit: &'a Visit, papers: &[Paper]) -> Self {
        Self::on(visit, papers, &visit.shell.path)
    }

    /// The same for the page at `path`, when a form of it was sent to another address.
    pub fn on(visit: &'a Visit, papers: &[Paper], path: &str) -> Self {
        let shell = &visit.shell;
        let asked = Form::of(pairs(shell.query.as_bytes())).number("paper");
        let line = |paper: &Paper| Line {
            id: paper.id.0,
            kind: shell.coded(&paper.kind),
            name: paper.name.clone(),
            given: shell.moment(&paper.given_at),
            choose_href: shell.url(format!("{path}?paper={}#paper", paper.id.0)),
            href: shell.url(format!("/papers/{}", paper.id.0)),
            is_open: asked == Some(paper.id.0),
        };
        let chosen = papers.iter().find(|paper| asked == Some(paper.id.0)).map(|paper| {
            let way = match paper.media_type.as_str() {
                kind if !is_shown(kind) => Way::Never,
                kind if kind.starts_with("image/") => Way::Picture,
                _ => Way::Frame,
            };
            if way == Way::Frame {
                shell.own.frames();
            }
            Chosen {
                title: format!("{} {}", shell.coded(&paper.kind), paper.name),
                view_href: shell.url(format!("/papers/{}/view", paper.id.0)),
                href: shell.url(format!("/papers/{}", paper.id.0)),
                way,
            }
        });
        Self { lines: papers.iter().map(line).collect(), chosen, shell }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}
