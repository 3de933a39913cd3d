//! The style of the pages: one page that shows each component with invented text.
//!
//! Why: who writes a page sees here what there is, and a change of style is looked at in one place.

use super::chart::{self, Group, Mark, Stack, Step, Words};
use super::choice::{Choice, FieldFault};
use super::fault::PageError;
use super::page::Shell;
use super::visit::{Visit, show};
use askama::Template;
use axum::response::Response;

/// GET /style
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    show(&GalleryPage::new(visit.shell))
}

/// The page with every component.
#[derive(Template)]
#[template(path = "shell/gallery.html")]
pub struct GalleryPage {
    shell: Shell,
    faults: Vec<FieldFault>,
    choices: Vec<Choice>,
    ratings: Vec<Choice>,
    charts: Vec<String>,
}

impl GalleryPage {
    /// The page in the language of the shell.
    pub fn new(shell: Shell) -> Self {
        let kinds = ["association", "institution", "foundation"];
        let choices =
            kinds.map(|kind| Choice::new(kind, shell.t(&format!("gallery-kind-{kind}")), "institution"));
        let rating = |n: i64| Choice::new(n.to_string(), shell.t(&format!("gallery-rating-{n}")), "5");
        Self {
            faults: vec![FieldFault::new("uscc", shell.t("gallery-uscc-error"))],
            choices: choices.into(),
            ratings: (1..=5).rev().map(rating).collect(),
            charts: charts(&shell),
            shell,
        }
    }
}

/// Each kind of chart once.
fn charts(shell: &Shell) -> Vec<String> {
    let (table, name_head, value_head) =
        (shell.t("shell-table-view"), shell.t("gallery-name"), shell.t("gallery-amount"));
    let (district, says, office) =
        (shell.t("gallery-chart-district"), shell.t("gallery-chart-says"), shell.t("gallery-office"));
    let words = |id, title| Words {
        id,
        title,
        says: &says,
        table: &table,
        name_head: &name_head,
        value_head: &value_head,
    };
    let district_of = |n: i64| shell.t(&format!("gallery-district-{n}"));
    let wan = |n: i64| format!("{}.{:02}", n / 100, n % 100);
    let bars: Vec<Mark> = [8_650, 7_420, 6_980, 5_110, 3_240]
        .iter()
        .zip(1..)
        .map(|(value, n)| Mark::new(district_of(n), *value, wan(*value)).to("/style"))
        .collect();
    let stacks: Vec<Stack> = [[30, 50, 20], [25, 45, 10], [12, 18, 6]]
        .iter()
        .zip(1..)
        .map(|(parts, n)| Stack {
            label: district_of(n),
            parts: parts.to_vec(),
            shown: parts.iter().sum::<i64>().to_string(),
            href: String::new(),
        })
        .collect();
    let keys: Vec<String> = ["association", "institution", "foundation"]
        .iter()
        .map(|kind| shell.t(&format!("gallery-kind-{kind}")))
        .collect();
    let groups: Vec<Group> = (1..=14)
        .map(|group: i64| Group {
            label: format!("{office} {group}"),
            marks: (1..=2 + group % 4)
                .map(|item| {
                    let value = 300 + (group * 37 + item * 911) % 2_900;
                    Mark::new(format!("{} {group}-{item}", shell.t("gallery-item")), value, wan(value))
                        .to("/style")
                })
                .collect(),
        })
        .collect();
    let years: Vec<Mark> = [9_800, 12_400, 15_100, 18_900, 24_000]
        .iter()
        .zip(2009..)
        .map(|(value, year)| Mark::new(year.to_string(), *value, value.to_string()))
        .collect();
    let stage_keys = ["notice", "bidding", "opening", "award"];
    let steps: Vec<Step> = stage_keys
        .iter()
        .zip([0, 14, 21, 40])
        .map(|(stage, at)| Step {
            label: shell.t(&format!("gallery-stage-{stage}")),
            at,
            shown: format!("2014-02-{:02}", at.min(27) + 1),
            done: at < 20,
        })
        .collect();
    vec![
        chart::bars(&words("bars", &district), &bars, Some(7_000)),
        chart::stacked(&words("stack", &shell.t("gallery-chart-kinds")), &keys, &stacks),
        chart::treemap(&words("map", &shell.t("gallery-chart-catalogue")), &groups),
        chart::line(&words("line", &shell.t("gallery-chart-years")), &years),
        chart::steps(&words("steps", &shell.t("shell-stepper-label")), &steps),
    ]
}

#[cfg(test)]
mod tests {
    use super::GalleryPage;
    use crate::i18n::Lang;
    use crate::shell::Early;
    use crate::shell::own::Own;
    use crate::shell::page::Shell;
    use askama::Template;
    use domain::kernel::{Moment, Role};

    #[derive(Template)]
    #[template(path = "shell/gallery_desk.html")]
    struct DeskPage {
        shell: Shell,
    }

    #[derive(Template)]
    #[template(path = "shell/gallery_doc.html")]
    struct DocPage {
        shell: Shell,
    }

    #[derive(Template)]
    #[template(path = "shell/gallery_room.html")]
    struct RoomPage {
        shell: Shell,
    }

    /// A reader of the demo who is not signed in.
    fn sample(lang: Lang) -> Shell {
        Shell {
            origin: "http://127.0.0.1:8080".to_owned(),
            lang,
            path: "/style".to_owned(),
            query: String::new(),
            csrf: "token".to_owned(),
            own: Own::of("key".to_owned(), "nonce".to_owned()),
            person: None,
            role: Role::PurchaseLead,
            place: String::new(),
            posts: Vec::new(),
            is_demo: true,
            now: Moment(1_392_858_000_000_000),
            size: "100",
            has_contrast: false,
            done: None,
            early: Early::Not,
            grounds: std::sync::Arc::default(),
        }
    }

    fn pages(lang: Lang) -> Vec<(&'static str, String)> {
        let person = Some(sample(lang).t("gallery-person"));
        let desk = Shell { person, ..sample(lang) };
        let large = Shell { size: "200", has_contrast: true, ..sample(lang) };
        let html = |result: askama::Result<String>| result.unwrap_or_else(|error| error.to_string());
        vec![
            ("style", html(GalleryPage::new(sample(lang)).render())),
            ("large", html(GalleryPage::new(large).render())),
            ("desk", html(DeskPage { shell: desk }.render())),
            ("room", html(RoomPage { shell: sample(lang) }.render())),
            ("doc", html(DocPage { shell: sample(lang) }.render())),
        ]
    }

    #[test]
    fn pages_have_no_inline_script_or_style_and_no_untranslated_key() {
        let folder = std::env::var("GONGZHI_GALLERY_DIR").ok();
        for lang in [Lang::Zh, Lang::En] {
            for (name, html) in pages(lang) {
                assert!(html.contains("</html>"), "{name}: {html}");
                for banned in ["style=", "<style", "onclick", "javascript:", ">gallery-", ">shell-"] {
                    assert!(!html.contains(banned), "{name} {lang:?} has {banned}");
                }
                assert!(
                    html.matches("<script").count() == html.matches("<script type=\"module\" src").count()
                );
                assert_eq!(html.matches("<h1").count(), 1, "{name}: one main heading");
                if let Some(folder) = &folder {
                    let file = format!("{folder}/{name}-{}.html", lang.tag());
                    assert!(std::fs::write(file, html).is_ok());
                }
            }
        }
    }

    #[test]
    fn ids_are_unique_on_the_page() {
        for (name, html) in pages(Lang::Zh) {
            let mut ids: Vec<&str> =
                html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            let count = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), count, "{name}");
        }
    }
}
