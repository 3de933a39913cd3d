//! The sheet of cards: A4, six to a page, cut along the lines. One file that needs nothing else.

use domain::performance::survey::Round;
use evidence::survey::CardCode;
use web::i18n::{Lang, Value, text, text_with};
use web::shell::qr;
use web::shell::words::coded;

const CARDS_ON_A_PAGE: usize = 6;
const STYLE: &str = include_str!("../../data/cards.css");

/// What stands on every card beside its code.
pub struct Sheet<'a> {
    /// The contract's public number.
    pub contract: &'a str,
    /// Which survey of it, when it is told.
    pub round: Option<Round>,
    /// Name of the service.
    pub service: Option<&'a str>,
    /// The site's address.
    pub site: Option<&'a str>,
}

impl Sheet<'_> {
    /// The sheet for these cards. The link carries the code behind `#`, which no browser sends to a server.
    pub fn html(&self, codes: &[CardCode]) -> String {
        sheet(self, codes)
    }
}

fn sheet(told: &Sheet<'_>, codes: &[CardCode]) -> String {
    let lang = Lang::Zh;
    let title = text(lang, "cards-title");
    let pages: String = codes
        .chunks(CARDS_ON_A_PAGE)
        .map(|page| {
            let cards: String = page.iter().map(|code| card(told, code)).collect();
            format!("<section class=\"page\">{cards}</section>\n")
        })
        .collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>{} {}</title><style>{STYLE}</style></head>\n<body><p class=\"note\">{}</p>\n{pages}</body></html>\n",
        escaped(&title),
        escaped(told.contract),
        escaped(&text(lang, "cards-print-note")),
    )
}

fn card(told: &Sheet<'_>, code: &CardCode) -> String {
    let lang = Lang::Zh;
    let Sheet { contract, round, service, site } = *told;
    let round = round.map_or_else(String::new, |round| match round.year() {
        Some(year) => text_with(lang, "survey-round-of-year", &[("n", Value::from(year))]),
        None => coded(lang, round.kind()),
    });
    let groups: Vec<String> = code.text().split('-').map(|group| format!("<span>{group}</span>")).collect();
    let picture = site.map_or(String::new(), |site| {
        let link = format!("{site}/s/{contract}#{}", code.text().replace('-', ""));
        qr::svg(&link, &text(lang, "cards-scan"))
    });
    let address = site.map_or(String::new(), |site| {
        let place = site.split_once("://").map_or(site, |(_, place)| place);
        format!("<p class=\"where\">{} {}/s</p>", escaped(&text(lang, "cards-where")), escaped(place))
    });
    let steps = ["cards-step-scan", "cards-step-nameless", "cards-step-once", "cards-step-help"];
    let steps: String = steps.iter().map(|key| format!("<li>{}</li>", escaped(&text(lang, key)))).collect();
    format!(
        "<article class=\"card\"><h1>{}</h1><p class=\"service\">{}</p><div class=\"body\">{picture}<ol>{steps}</ol></div>{address}<p class=\"code\">{}</p><p class=\"contract\">{} {} {}</p></article>",
        escaped(&text(lang, "cards-title")),
        escaped(service.unwrap_or_default()),
        groups.concat(),
        escaped(&text(lang, "cards-contract")),
        escaped(contract),
        escaped(&round),
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_shows_its_code_in_groups_and_sends_it_to_no_server() {
        let code = CardCode::new([9; 16]);
        let told = Sheet {
            contract: "NJGZ-HT-2014-001",
            round: Some(Round::Yearly(2)),
            service: Some("<养老>"),
            site: Some("https://gongzhi.example"),
        };
        let sheet = told.html(std::slice::from_ref(&code));
        assert!(
            sheet.contains("第 2 年度评价"),
            "whoever hands the cards out sees which survey they are for"
        );
        for group in code.text().split('-') {
            assert!(sheet.contains(&format!("<span>{group}</span>")));
        }
        assert!(sheet.contains("<svg"), "with a site there is a QR code");
        assert!(sheet.contains("&lt;养老&gt;"));
        let without = Sheet { site: None, ..told }.html(&[code]);
        assert!(!without.contains("<svg"), "without a site there is none");
    }
}
