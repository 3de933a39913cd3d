//! Scripts of the site hold no sentence: what readers see stands in the message files, in both languages, and
//! pages bring it along.

use super::Finding;
use crate::repo;
use anyhow::Result;
use std::path::Path;

const ASSETS: &str = "crates/web/assets";
const MEND: &str = "put the words into the message files and name them in web/src/shell/script_words.rs";

/// Checks the scripts that are ours; vendored ones speak only through our words.
pub fn check(root: &Path, found: &mut Vec<Finding>) -> Result<()> {
    for path in repo::files(&root.join(ASSETS), "mjs")? {
        let relative = repo::relative(root, &path);
        for (line, text) in texts(&std::fs::read_to_string(&path)?) {
            if speaks(&text) {
                let what = format!("a script says `{text}`");
                found.push(Finding { path: relative.clone(), line, what, mend: MEND });
            }
        }
    }
    Ok(())
}

/// Whether a text is meant for people: it has letters beyond ASCII, begins like a sentence or a label, or
/// strings three words together.
fn speaks(text: &str) -> bool {
    if text.chars().any(|c| !c.is_ascii() && c.is_alphanumeric()) {
        return true;
    }
    let is_word = |word: &&str| {
        let bare = word.trim_end_matches([',', '.', ':', '!', '?', '…']);
        !bare.is_empty() && bare.chars().all(|c| c.is_ascii_alphabetic() || c == '\'')
    };
    let parts: Vec<&str> = text.split_whitespace().collect();
    let words = parts.iter().filter(|part| is_word(part)).count();
    let first = parts.first().filter(|part| is_word(part));
    let is_label = first.is_some_and(|part| {
        part.starts_with(|c: char| c.is_ascii_uppercase())
            && part.chars().skip(1).any(|c| c.is_ascii_lowercase())
    });
    is_label || words >= 3
}

/// The texts of a script with their lines, counted from 1; comments and the code inside templates are none.
fn texts(script: &str) -> Vec<(usize, String)> {
    let chars: Vec<char> = script.chars().collect();
    let (mut found, mut at, mut line) = (Vec::new(), 0, 1);
    while at < chars.len() {
        let rest = &chars[at..];
        let taken = match rest {
            ['/', '/', ..] => rest.iter().take_while(|c| **c != '\n').count(),
            ['/', '*', ..] => {
                rest.windows(2).skip(2).position(|pair| pair == ['*', '/']).map_or(rest.len(), |end| end + 4)
            }
            [quote @ ('\'' | '"' | '`'), ..] => {
                let (taken, text) = text(rest, *quote);
                found.push((line, text));
                taken
            }
            _ => 1,
        };
        line += rest.iter().take(taken).filter(|c| **c == '\n').count();
        at += taken;
    }
    found
}

/// A text from its opening quote: how many characters it takes, and what it says without `${…}`.
fn text(rest: &[char], quote: char) -> (usize, String) {
    let (mut at, mut said) = (1, String::new());
    while at < rest.len() && rest[at] != quote {
        match &rest[at..] {
            ['\\', ..] => at += 2,
            ['$', '{', ..] if quote == '`' => {
                let mut depth = 0;
                while at < rest.len() {
                    match rest[at] {
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        _ => {}
                    }
                    at += 1;
                    if depth == 0 && rest[at - 1] == '}' {
                        break;
                    }
                }
                said.push(' ');
            }
            _ => {
                said.push(rest[at]);
                at += 1;
            }
        }
    }
    ((at + 1).min(rest.len()), said)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(script: &str, expected: &[&str]) {
        let said: Vec<String> =
            texts(script).into_iter().map(|(_, text)| text).filter(|text| speaks(text)).collect();
        assert_eq!(said, expected, "{script}");
    }

    #[test]
    fn sentences_and_labels_are_heard_and_the_words_of_programs_are_not() {
        check("note.textContent = '草稿已自动保存'", &["草稿已自动保存"]);
        check("place.textContent = \"Closed\"", &["Closed"]);
        check("say('Draft saved'); say('you have none left')", &["Draft saved", "you have none left"]);
        check("say(`You have ${left.map((one) => { return one })} left`)", &["You have   left"]);
        check("// Says 草稿 and 'Closed'\n/* 'Closed' */ say(words.over)", &[]);
        check("one.querySelectorAll('tbody tr'); form('en-GB', 'Asia/Shanghai', '2-digit')", &[]);
        check("one.closest('input,select,textarea'); key(`draft:${one}`)", &[]);
    }

    #[test]
    fn a_text_is_found_on_its_line() {
        assert_eq!(texts("let a = 1\n\n  say('x y z')"), [(3, "x y z".to_owned())]);
    }
}
