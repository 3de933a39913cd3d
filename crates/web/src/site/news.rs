//! Public news as a sentence with a link to what it is about.

use app::open_data::feed::Headline;

use crate::i18n;
use crate::shell::Shell;

/// A line of the latest news.
pub struct Line {
    /// What happened.
    pub text: String,
    /// To what: its name, or its number when it has none.
    pub name: String,
    /// Its number, when the name does not say it.
    pub number: String,
    /// Where it is.
    pub href: String,
    /// When, as people read it.
    pub at: String,
    /// When, for machines.
    pub iso: String,
}

/// News as the reader sees it.
pub fn line(shell: &Shell, news: &Headline) -> Line {
    let key = format!("news-{}", news.kind.replace(['.', '_'], "-"));
    let key = if i18n::has(&key) { key } else { "news-other".to_owned() };
    let is_named = !news.title.is_empty();
    Line {
        text: shell.t(&key),
        name: if is_named { news.title.clone() } else { news.subject.clone() },
        number: if is_named { news.subject.clone() } else { String::new() },
        href: shell.url(path(&news.kind, &news.subject)),
        at: shell.moment(&news.at),
        iso: news.at.rfc3339(),
    }
}

fn path(kind: &str, subject: &str) -> String {
    match kind {
        "rating.round_opened" => "/ratings".to_owned(),
        kind if kind.starts_with("rating.") => format!("/ratings/{subject}"),
        "cultivation.opened" => format!("/cultivation?year={subject}"),
        kind if kind.starts_with("cultivation.") => format!("/cultivation/{subject}"),
        "registry.established" => format!("/orgs/{subject}"),
        kind if kind.starts_with("tendering.") => format!("/tenders/{subject}"),
        kind if kind.starts_with("registry.") || kind.starts_with("inspection.") => {
            format!("/orgs/{subject}")
        }
        kind if kind.starts_with("evaluation.") => format!("/contracts/{subject}/evaluation"),
        kind if kind.starts_with("performance.") => format!("/contracts/{subject}/delivery"),
        kind if kind.starts_with("survey.") => format!("/contracts/{subject}/satisfaction"),
        kind if kind.starts_with("contract") => format!("/contracts/{subject}"),
        kind if kind.starts_with("item") => format!("/purchase/catalogue/{subject}"),
        kind if kind.starts_with("batch") => format!("/purchase/batches/{subject}"),
        kind if kind.starts_with("measures") => format!("/purchase/measures/{subject}"),
        kind if kind.starts_with("veto") || kind.starts_with("upheld") => "/oversight".to_owned(),
        kind if kind.starts_with("fund") => format!("/funds/{subject}"),
        kind if kind.starts_with("catalogue") => "/purchase/catalogue".to_owned(),
        _ => "/".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn news_leads_to_what_it_is_about() {
        for (kind, subject, expected) in [
            ("tendering.published", "NJGZ-2014-001", "/tenders/NJGZ-2014-001"),
            ("contract_published", "NJGZ-HT-2014-001", "/contracts/NJGZ-HT-2014-001"),
            ("performance.acceptance_published", "NJGZ-HT-2014-001", "/contracts/NJGZ-HT-2014-001/delivery"),
            ("evaluation.result_published", "NJGZ-HT-2014-001", "/contracts/NJGZ-HT-2014-001/evaluation"),
            ("registry.listed", "53100000500021676K", "/orgs/53100000500021676K"),
            ("batch_created", "2014-1", "/purchase/batches/2014-1"),
            ("rating.round_opened", "PG-2014-1", "/ratings"),
            ("rating.confirmed", "PG-2014-1-001", "/ratings/PG-2014-1-001"),
            ("fund_filled", "2014-BM", "/funds/2014-BM"),
            ("something_new", "x", "/"),
        ] {
            assert_eq!(path(kind, subject), expected, "{kind}");
        }
    }
}
