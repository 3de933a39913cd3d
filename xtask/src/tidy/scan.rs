//! Reads a Rust file well enough to check it: code without comments and strings, the strings apart, and
//! which lines are tests. It is not a parser; it needs only to be right about formatted code.

/// A string literal of a source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The line on which it starts, counted from 1.
    pub line: usize,
    /// Where its first quote stands in [`Source::code`], in bytes.
    pub at: usize,
    /// What it says, escapes as written.
    pub words: String,
}

/// A source file, taken apart.
pub struct Source {
    /// The path inside the repository.
    pub path: String,
    /// The file as it is, line by line.
    pub lines: Vec<String>,
    /// The code: comments and the inside of strings are blanks, line breaks stay.
    pub code: String,
    /// All string literals.
    pub texts: Vec<Text>,
    /// For each line, whether it belongs to a test.
    tests: Vec<bool>,
    /// Where each line starts in `code`, in bytes.
    starts: Vec<usize>,
}

impl Source {
    /// Takes the text of the file at `path` apart.
    pub fn parse(path: String, text: &str) -> Self {
        let (code, texts) = mask(text);
        let starts = line_starts(&code);
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let tests = test_lines(&path, &code, lines.len());
        Self { path, lines, code, texts, tests, starts }
    }

    /// The line, counted from 1, of the byte `at` of the code.
    pub fn line_of(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).max(1)
    }

    /// Whether the line, counted from 1, belongs to a test.
    pub fn is_test(&self, line: usize) -> bool {
        self.tests.get(line.saturating_sub(1)).copied().unwrap_or(false)
    }

    /// Where `word` stands in the code as a whole word or path, as byte offsets.
    pub fn uses(&self, word: &str) -> Vec<usize> {
        let bytes = self.code.as_bytes();
        let part_of_name = |at: Option<usize>| {
            at.and_then(|at| bytes.get(at)).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
        };
        let ends_in_name = word.ends_with(|last: char| last.is_alphanumeric());
        self.code
            .match_indices(word)
            .map(|(at, _)| at)
            .filter(|at| !part_of_name(at.checked_sub(1)))
            .filter(|at| !(ends_in_name && part_of_name(Some(at + word.len()))))
            .collect()
    }
}

fn line_starts(code: &str) -> Vec<usize> {
    let breaks = code.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
    std::iter::once(0).chain(breaks).collect()
}

/// The code with comments and strings blanked, and the strings.
fn mask(text: &str) -> (String, Vec<Text>) {
    let chars: Vec<char> = text.chars().collect();
    let mut masked = Masked::default();
    let mut at = 0;
    while at < chars.len() {
        let rest = &chars[at..];
        at += match rest {
            ['/', '/', ..] => masked.blank(rest, rest.iter().take_while(|c| **c != '\n').count()),
            ['/', '*', ..] => masked.blank(rest, block_comment(rest)),
            ['"', ..] => masked.text(rest, 1, 0),
            ['r', '"' | '#', ..] if !masked.in_name() => match raw_opening(rest) {
                Some(hashes) => masked.text(rest, hashes + 2, hashes),
                None => masked.keep(rest, 1),
            },
            ['\'', '\\', ..] => {
                masked.blank(rest, 3 + rest.iter().skip(3).take_while(|c| **c != '\'').count())
            }
            ['\'', _, '\'', ..] => masked.blank(rest, 3),
            _ => masked.keep(rest, 1),
        };
    }
    (masked.code, masked.texts)
}

#[derive(Default)]
struct Masked {
    code: String,
    texts: Vec<Text>,
    line: usize,
}

impl Masked {
    fn keep(&mut self, rest: &[char], count: usize) -> usize {
        self.code.extend(rest.iter().take(count));
        self.line += rest.iter().take(count).filter(|c| **c == '\n').count();
        count
    }

    fn blank(&mut self, rest: &[char], count: usize) -> usize {
        let blanks = rest.iter().take(count).map(|c| if *c == '\n' { '\n' } else { ' ' });
        self.code.extend(blanks);
        self.line += rest.iter().take(count).filter(|c| **c == '\n').count();
        count
    }

    /// A string whose opening is `opening` characters long and that ends with `hashes` hashes.
    fn text(&mut self, rest: &[char], opening: usize, hashes: usize) -> usize {
        let mut end = opening;
        while end < rest.len() && !closes(&rest[end..], hashes) {
            end += if rest[end] == '\\' && opening == 1 { 2 } else { 1 };
        }
        let inside = end.min(rest.len());
        let words = rest[opening.min(inside)..inside].iter().collect();
        self.texts.push(Text { line: self.line + 1, at: self.code.len(), words });
        self.code.push('"');
        self.blank(&rest[1..], inside.saturating_sub(1));
        self.code.push('"');
        (inside + 1 + hashes).min(rest.len())
    }

    fn in_name(&self) -> bool {
        self.code.ends_with(|last: char| last.is_alphanumeric() || last == '_')
    }
}

fn closes(rest: &[char], hashes: usize) -> bool {
    rest.first() == Some(&'"') && rest.iter().skip(1).take(hashes).filter(|c| **c == '#').count() == hashes
}

fn raw_opening(rest: &[char]) -> Option<usize> {
    let hashes = rest.iter().skip(1).take_while(|c| **c == '#').count();
    (rest.get(hashes + 1) == Some(&'"')).then_some(hashes)
}

fn block_comment(rest: &[char]) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < rest.len() {
        match &rest[at..] {
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] => (depth, at) = (depth.saturating_sub(1), at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// Lines under `#[cfg(test)]`, and whole files in `tests/` folders.
fn test_lines(path: &str, code: &str, count: usize) -> Vec<bool> {
    let mut tests = vec![path.contains("/tests/") || path.ends_with("/tests.rs"); count];
    let mut until_depth: Option<i64> = None;
    let (mut depth, mut waiting) = (0_i64, false);
    for (index, line) in code.lines().enumerate() {
        waiting |= line.contains("#[cfg(test)]") || line.contains("#[test]");
        let before = depth;
        depth += braces(line);
        if waiting && line.contains('{') {
            until_depth = until_depth.or(Some(before));
            waiting = false;
        } else if waiting && line.trim_end().ends_with(';') {
            waiting = false;
        }
        if let Some(test) = tests.get_mut(index) {
            *test |= waiting || until_depth.is_some();
        }
        if until_depth.is_some_and(|outer| depth <= outer) {
            until_depth = None;
        }
    }
    tests
}

/// Opening minus closing braces.
pub fn braces(line: &str) -> i64 {
    line.chars().fold(0, |depth, c| match c {
        '{' => depth + 1,
        '}' => depth - 1,
        _ => depth,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Source {
        Source::parse("crates/domain/src/x.rs".to_owned(), text)
    }

    #[test]
    fn comments_and_strings_are_not_code() {
        let source = parse("let a = \"f64 // {\"; // f64\n/* f64 */ let b = r#\"say \"f64\"\"#; let c: f64;");
        assert_eq!(source.uses("f64").len(), 1);
        assert_eq!(source.line_of(source.uses("f64")[0]), 2);
        let words: Vec<&str> = source.texts.iter().map(|text| text.words.as_str()).collect();
        assert_eq!(words, ["f64 // {", "say \"f64\""]);
        assert_eq!(source.texts[1].line, 2);
    }

    #[test]
    fn characters_and_lifetimes_do_not_open_strings() {
        let source = parse("fn a<'a>(x: &'a str) { x.split('\"'); x.split('\\''); let y = \"end\"; }");
        assert_eq!(source.texts.len(), 1);
        assert_eq!(source.texts[0].words, "end");
    }

    #[test]
    fn words_are_whole() {
        let source = parse("let my_rand: u8; rand::random(); operand::x();");
        assert_eq!(source.uses("rand::").len(), 1);
    }

    #[test]
    fn lines_of_tests_are_known() {
        let source = parse("fn a() {\n}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\nfn c() {}\n");
        let tests: Vec<usize> = (1..=7).filter(|line| source.is_test(*line)).collect();
        assert_eq!(tests, [3, 4, 5, 6]);
    }
}
