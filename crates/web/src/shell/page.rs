//! What every page knows of its reader: language, session, place in the site, and how values read.

use std::borrow::Borrow;
use std::fmt::Display;
use std::sync::Arc;

use domain::kernel::{Coded, Date, Fen, Grounds, Moment, OrganisationId, Refusal, Role, RuleKey, Rules};

use super::early::Early;
use super::own::Own;
use super::{assets, words};
use crate::i18n::{self, Lang, Value};

/// A post that the reader may change to.
#[derive(Clone, Debug)]
pub struct PostChoice {
    /// The post's row.
    pub id: i64,
    /// Role and place.
    pub label: String,
    /// The post in use.
    pub current: bool,
    /// The organisation for which it acts, if it does.
    pub organisation: Option<OrganisationId>,
}

/// The frame of a page: templates call its methods.
#[derive(Clone, Debug)]
pub struct Shell {
    pub(crate) lang: Lang,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) origin: String,
    pub(crate) csrf: String,
    pub(crate) own: Own,
    pub(crate) person: Option<String>,
    pub(crate) role: Role,
    pub(crate) place: String,
    pub(crate) posts: Vec<PostChoice>,
    pub(crate) is_demo: bool,
    pub(crate) now: Moment,
    pub(crate) size: &'static str,
    pub(crate) has_contrast: bool,
    pub(crate) done: Option<String>,
    pub(crate) early: Early,
    pub(crate) grounds: Arc<Grounds>,
}

impl Shell {
    /// The sentence with this key.
    pub fn t(&self, key: &str) -> String {
        i18n::text(self.lang, key)
    }

    /// The sentence with this key and one number.
    pub fn tn(&self, key: &str, number: impl Borrow<i64>) -> String {
        i18n::text_with(self.lang, key, &[("n", Value::from(*number.borrow()))])
    }

    /// How many results a list shows, as a sentence; `has_more` when another page follows.
    pub fn results(&self, count: impl Borrow<usize>, has_more: impl Borrow<bool>) -> String {
        let key = if *has_more.borrow() { "shell-results-more" } else { "shell-result-count" };
        self.tn(key, i64::try_from(*count.borrow()).unwrap_or(i64::MAX))
    }

    /// The sentence with this key and one text, named `x` in the message.
    pub fn tx(&self, key: &str, text: impl Display) -> String {
        i18n::text_with(self.lang, key, &[("x", Value::from(text.to_string()))])
    }

    /// The sentence with this key and numbers of the rule book, each by its name in the message.
    pub fn by_rules(&self, rules: Rules<'_>, key: &str, numbers: &[(&str, RuleKey)]) -> String {
        let numbers = numbers.iter().map(|(name, rule)| (*name, Value::from(rules.number(*rule))));
        i18n::text_with(self.lang, key, &numbers.collect::<Vec<_>>())
    }

    /// The sentence with this key and two texts, named `x` and `y` in the message.
    pub fn txy(&self, key: &str, x: impl Display, y: impl Display) -> String {
        let (x, y) = (x.to_string(), y.to_string());
        i18n::text_with(self.lang, key, &[("x", Value::from(x)), ("y", Value::from(y))])
    }

    /// A path of the site in the reader's language.
    pub fn url(&self, path: impl AsRef<str>) -> String {
        let path = path.as_ref();
        match (self.lang, path) {
            (Lang::Zh, _) => path.to_owned(),
            (Lang::En, "/") => "/en".to_owned(),
            (Lang::En, _) => format!("/en{path}"),
        }
    }

    /// A path of the site as a whole address, for QR codes and printed pages; always the Chinese page.
    pub fn absolute(&self, path: impl AsRef<str>) -> String {
        format!("{}{}", self.origin, path.as_ref())
    }

    /// The language's tag for `lang` attributes.
    pub fn lang(&self) -> &'static str {
        self.lang.tag()
    }

    /// Whether the reader reads English.
    pub fn is_english(&self) -> bool {
        self.lang == Lang::En
    }

    /// This page in the other language.
    pub fn other_lang_url(&self) -> String {
        let other = Shell { lang: self.lang.other(), ..self.clone() };
        let query = if self.query.is_empty() { String::new() } else { format!("?{}", self.query) };
        format!("{}{query}", other.url(&self.path))
    }

    /// The address of a file of ours.
    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }

    /// The token that forms carry.
    pub fn csrf(&self) -> &str {
        &self.csrf
    }

    /// A fresh key for a form, so that sending it twice does its work once.
    pub fn request_key(&self) -> &str {
        self.own.request_key()
    }

    /// The nonce of this answer's content security policy.
    pub fn nonce(&self) -> &str {
        self.own.nonce()
    }

    /// Whether someone is signed in.
    pub fn signed_in(&self) -> bool {
        self.person.is_some()
    }

    /// The reader's name, empty for visitors.
    pub fn person_name(&self) -> &str {
        self.person.as_deref().unwrap_or_default()
    }

    /// The reader's role and place.
    pub fn role_name(&self) -> String {
        let role = words::coded(self.lang, self.role);
        if self.place.is_empty() { role } else { format!("{role} · {}", self.place) }
    }

    /// Whether the reader acts in this role (by its code).
    pub fn is_role(&self, code: &str) -> bool {
        self.role.code() == code
    }

    /// The posts that the reader may change to.
    pub fn posts(&self) -> &[PostChoice] {
        &self.posts
    }

    /// The post in which the reader acts for an organisation, unless it is in use already.
    pub fn post_for(&self, organisation: &OrganisationId) -> Option<&PostChoice> {
        self.posts.iter().find(|post| post.organisation.as_ref() == Some(organisation) && !post.current)
    }

    /// Whether this is a demo.
    pub fn demo(&self) -> bool {
        self.is_demo
    }

    /// What the clock shows.
    pub fn clock_text(&self) -> String {
        words::moment(self.lang, self.now)
    }

    /// The present moment as programs read it.
    pub fn now_iso(&self) -> String {
        self.now.rfc3339()
    }

    /// The present moment.
    pub fn now(&self) -> Moment {
        self.now
    }

    /// Text size in percent.
    pub fn size(&self) -> &str {
        self.size
    }

    /// Whether the reader wants high contrast.
    pub fn contrast(&self) -> bool {
        self.has_contrast
    }

    /// The sentence about what was just done, after a redirect.
    pub fn flash(&self) -> Option<String> {
        let key = format!("flash-{}", self.done.as_deref()?);
        i18n::has(&key).then(|| self.t(&key))
    }

    /// This page's path, without language.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// An amount in yuan.
    pub fn money(&self, amount: &Fen) -> String {
        words::money(self.lang, *amount)
    }

    /// A moment, with hours and minutes.
    pub fn moment(&self, at: &Moment) -> String {
        words::moment(self.lang, *at)
    }

    /// A moment that may be absent.
    pub fn moment_or_dash(&self, at: &Option<Moment>) -> String {
        at.as_ref().map_or_else(|| "—".to_owned(), |at| self.moment(at))
    }

    /// A date.
    pub fn date(&self, day: &Date) -> String {
        words::date(self.lang, *day)
    }

    /// A member of a closed list.
    pub fn coded<C: Coded>(&self, of: &C) -> String {
        words::coded(self.lang, *of)
    }

    /// The name of a district; of a former one also what it became.
    pub fn district(&self, code: &str) -> String {
        words::district(self.lang, code)
    }

    /// Why a document was withdrawn: a code in the reader's language, an official's own words as they are.
    pub fn why(&self, why: &str) -> String {
        let key = why.replace(['.', '_'], "-");
        if why.contains('.') && i18n::has(&key) { self.t(&key) } else { why.to_owned() }
    }

    /// On what a rule rests, as a link to its page says it: the law first, then the rule's id.
    pub fn basis(&self, rule: &str) -> String {
        match self.grounds.get(rule) {
            Some(ground) => self.txy("fault-basis", ground.law(self.is_english()), rule),
            None => self.tx("fault-rule", rule),
        }
    }

    /// A refusal's sentence.
    pub fn refusal(&self, refusal: &Refusal) -> String {
        words::refusal(self.lang, refusal)
    }

    /// Points given in hundredths, with two decimals.
    pub fn points(&self, hundredths: &i64) -> String {
        format!("{}.{:02}", hundredths / 100, hundredths.rem_euclid(100))
    }
}
