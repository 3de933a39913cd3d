//! What the site says of itself: short pages whose words are all in the message files.

use askama::Template;
use axum::response::Response;

use crate::shell::{NavLink, PageError, Shell, Visit, show};

/// A page: its key, how many sections it has, and links at its end as message key and path.
struct Page {
    key: &'static str,
    sections: usize,
    links: &'static [(&'static str, &'static str)],
}

const ABOUT: Page = Page {
    key: "about",
    sections: 4,
    links: &[("shell-footer-rules", "/rules"), ("shell-footer-open-data", "/open-data")],
};
const HELP: Page = Page {
    key: "help",
    sections: 5,
    links: &[
        ("shell-footer-rules", "/rules"),
        ("shell-footer-verify", "/verify"),
        ("nav-tenders", "/tenders"),
    ],
};
const OPEN_DATA: Page = Page {
    key: "open-data",
    sections: 4,
    links: &[("api-docs-title", "/api/docs"), ("api-docs-document", "/api/v1/openapi.json")],
};
const ACCESSIBILITY: Page =
    Page { key: "accessibility", sections: 4, links: &[("shell-footer-help", "/help")] };
const PRIVACY: Page = Page { key: "privacy", sections: 5, links: &[("shell-footer-rules", "/rules")] };

/// A section with heading and text.
struct Section {
    title: String,
    text: String,
}

#[derive(Template)]
#[template(path = "site/page.html")]
struct InfoPage<'a> {
    shell: &'a Shell,
    title: String,
    sections: Vec<Section>,
    links: Vec<NavLink>,
}

/// GET /about
pub async fn about(visit: Visit) -> Result<Response, PageError> {
    shown(&visit.shell, &ABOUT)
}

/// GET /help
pub async fn help(visit: Visit) -> Result<Response, PageError> {
    shown(&visit.shell, &HELP)
}

/// GET /open-data
pub async fn open_data(visit: Visit) -> Result<Response, PageError> {
    shown(&visit.shell, &OPEN_DATA)
}

/// GET /accessibility
pub async fn accessibility(visit: Visit) -> Result<Response, PageError> {
    shown(&visit.shell, &ACCESSIBILITY)
}

/// GET /privacy
pub async fn privacy(visit: Visit) -> Result<Response, PageError> {
    shown(&visit.shell, &PRIVACY)
}

fn shown(shell: &Shell, page: &Page) -> Result<Response, PageError> {
    let section = |number: usize| Section {
        title: shell.t(&format!("page-{}-{number}-title", page.key)),
        text: shell.t(&format!("page-{}-{number}-text", page.key)),
    };
    show(&InfoPage {
        shell,
        title: shell.t(&format!("shell-footer-{}", page.key)),
        sections: (1..=page.sections).map(section).collect(),
        links: links(shell, page.links),
    })
}

fn links(shell: &Shell, links: &[(&str, &str)]) -> Vec<NavLink> {
    let link = |(key, path): &(&str, &str)| {
        // The document has one address in every language.
        let href = if path.ends_with(".json") { (*path).to_owned() } else { shell.url(path) };
        NavLink { href, label: shell.t(key), current: false }
    };
    links.iter().map(link).collect()
}

/// A group of the site map.
struct Group {
    title: String,
    links: Vec<NavLink>,
}

#[derive(Template)]
#[template(path = "site/sitemap.html")]
struct SitemapPage<'a> {
    shell: &'a Shell,
    groups: Vec<Group>,
}

/// GET /sitemap
pub async fn sitemap(visit: Visit) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let around = [
        ("rating-title", "/ratings"),
        ("cultivation-title", "/cultivation"),
        ("promise-title", "/promises"),
        ("announcement-title", "/announcements"),
        ("nav-oversight", "/oversight"),
        ("shell-footer-about", "/about"),
        ("shell-footer-help", "/help"),
        ("shell-footer-open-data", "/open-data"),
        ("api-docs-title", "/api/docs"),
        ("shell-footer-verify", "/verify"),
        ("shell-footer-accessibility", "/accessibility"),
        ("shell-footer-privacy", "/privacy"),
        ("shell-footer-style", "/style"),
        ("shell-sign-in", "/sign-in"),
        ("sign-up-title", "/sign-up"),
    ];
    let mut groups = vec![
        Group { title: shell.t("sitemap-public"), links: shell.nav() },
        Group { title: shell.t("sitemap-around"), links: links(shell, &around) },
    ];
    if !shell.desk_nav().is_empty() {
        groups.push(Group { title: shell.t("shell-my-desk"), links: shell.desk_nav() });
    }
    show(&SitemapPage { shell, groups })
}
