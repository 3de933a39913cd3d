//! Messages: every sentence a reader sees, in Chinese and in English, from `locales/`.
//!
//! Each folder of business has its own file `<folder>.ftl` in both languages; `refusals.ftl` holds
//! `refusal-<capability>-<code>`, `codes.ftl` holds `<list>-<code>` for the members of closed lists.
//! `build.rs` refuses a key that one language lacks, so a missing message cannot reach a reader;
//! keys made at run time fall back to the key itself, which the tests of their makers look for.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

pub use fluent_bundle::FluentValue as Value;

/// A language of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Chinese as written on the mainland; the language of the house.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The tag for `lang` attributes and headers.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }

    /// The language that the link in the header offers.
    pub fn other(self) -> Lang {
        match self {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        }
    }
}

type Bundle = FluentBundle<FluentResource>;

static CHINESE: LazyLock<Bundle> =
    LazyLock::new(|| bundle(Lang::Zh, include_str!(concat!(env!("OUT_DIR"), "/zh-CN.ftl"))));
static ENGLISH: LazyLock<Bundle> =
    LazyLock::new(|| bundle(Lang::En, include_str!(concat!(env!("OUT_DIR"), "/en.ftl"))));

fn bundle(lang: Lang, text: &str) -> Bundle {
    let tag = lang.tag().parse::<LanguageIdentifier>().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    // Isolation marks around arguments would be copied with numbers and addresses.
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(read, _)| read);
    bundle.add_resource_overriding(resource);
    bundle
}

/// Whether there is a message with this key.
pub fn has(key: &str) -> bool {
    CHINESE.has_message(key)
}

/// The message of a key without arguments; the key itself when there is none.
pub fn text(lang: Lang, key: &str) -> String {
    text_with(lang, key, &[])
}

/// The message of a key, with its arguments: `text_with(lang, "inbox-count", &[("n", 3.into())])`.
pub fn text_with(lang: Lang, key: &str, arguments: &[(&str, Value<'_>)]) -> String {
    let bundle = match lang {
        Lang::Zh => &CHINESE,
        Lang::En => &ENGLISH,
    };
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return key.to_owned();
    };
    let mut given = FluentArgs::with_capacity(arguments.len());
    for (name, value) in arguments {
        given.set((*name).to_owned(), value.clone());
    }
    bundle.format_pattern(pattern, Some(&given), &mut Vec::new()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Lang, has, text, text_with};

    fn check(lang: Lang, key: &str, n: i64, expected: &str) {
        assert_eq!(text_with(lang, key, &[("n", n.into())]), expected);
    }

    #[test]
    fn messages_speak_both_languages_and_count() {
        check(Lang::Zh, "shell-result-count", 24_000, "共 24000 条");
        check(Lang::En, "shell-result-count", 1, "1 result");
        check(Lang::En, "shell-result-count", 2, "2 results");
    }

    #[test]
    fn an_unknown_key_is_shown_as_itself() {
        const UNKNOWN: &str = "no-such-key";
        assert_eq!(text(Lang::Zh, UNKNOWN), UNKNOWN);
        assert!(!has(UNKNOWN));
        assert!(has("shell-service-name"));
    }
}
