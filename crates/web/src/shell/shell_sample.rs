//! A shell for tests of templates, without a request: only what the layouts ask for.

use super::assets;
use crate::i18n::{self, Lang};

/// A link of a navigation.
pub struct NavLink {
    pub href: String,
    pub label: String,
    pub current: bool,
}

/// The request's surroundings, as the layouts see them.
#[derive(Clone, Copy, Default)]
pub struct Shell {
    pub lang: Lang,
    pub signed_in: bool,
    pub size: &'static str,
    pub contrast: bool,
}

impl Shell {
    pub fn t(&self, key: &str) -> String {
        i18n::text(self.lang, key)
    }
    pub fn tn(&self, key: &str, n: impl std::borrow::Borrow<i64>) -> String {
        i18n::text_with(self.lang, key, &[("n", (*n.borrow()).into())])
    }
    pub fn url(&self, path: &str) -> String {
        match self.lang {
            Lang::Zh => path.to_owned(),
            Lang::En => format!("/en{path}"),
        }
    }
    pub fn lang(&self) -> &'static str {
        self.lang.tag()
    }
    pub fn other_lang_url(&self) -> String {
        Shell {
            lang: self.lang.other(),
            ..*self
        }
        .url("/style")
    }
    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }
    pub fn csrf(&self) -> String {
        "token".to_owned()
    }
    pub fn signed_in(&self) -> bool {
        self.signed_in
    }
    pub fn person_name(&self) -> String {
        self.t("gallery-person")
    }
    pub fn role_name(&self) -> String {
        self.t("gallery-role")
    }
    pub fn nav(&self) -> Vec<NavLink> {
        self.links(
            &[
                "orgs",
                "services",
                "purchase",
                "grants",
                "incubators",
                "oversight",
                "notices",
                "help",
            ],
            2,
        )
    }
    pub fn desk_nav(&self) -> Vec<NavLink> {
        self.links(
            &[
                "todo",
                "cases",
                "inspection",
                "tenders",
                "room",
                "contracts",
                "payments",
            ],
            0,
        )
    }
    fn links(&self, names: &[&str], current: usize) -> Vec<NavLink> {
        let link = |(index, name): (usize, &&str)| NavLink {
            href: self.url(&format!("/{name}")),
            label: self.t(&format!("gallery-nav-{name}")),
            current: index == current,
        };
        names.iter().enumerate().map(link).collect()
    }
    pub fn demo(&self) -> bool {
        true
    }
    pub fn clock_text(&self) -> String {
        "2014-02-20 09:00".to_owned()
    }
    pub fn size(&self) -> &str {
        if self.size.is_empty() {
            "100"
        } else {
            self.size
        }
    }
    pub fn contrast(&self) -> bool {
        self.contrast
    }
    pub fn flash(&self) -> Option<String> {
        None
    }
    pub fn path(&self) -> &str {
        "/style"
    }
}
