//! Files and functions stay short enough to be read in one sitting.

use super::Finding;
use super::exceptions::Exceptions;
use super::scan::{Source, braces};
use anyhow::Result;
use std::path::Path;

const FILE_LINES_MAX: usize = 400;
const FUNCTION_LINES_MAX: usize = 70;

/// Checks all files against the limits and the list of exceptions.
pub fn check(root: &Path, sources: &[Source], found: &mut Vec<Finding>) -> Result<()> {
    let mut exceptions = Exceptions::read(root)?;
    for source in sources {
        let lines = source.lines.len();
        if lines > FILE_LINES_MAX && !exceptions.allow("file-length", &source.path, lines) {
            let what = format!("{lines} lines in one file (at most {FILE_LINES_MAX})");
            let mend = "split it by idea: one idea per file";
            found.push(Finding { path: source.path.clone(), line: FILE_LINES_MAX + 1, what, mend });
        }
        for function in functions(source) {
            let place = format!("{}:{}", source.path, function.name);
            if function.lines > FUNCTION_LINES_MAX
                && !exceptions.allow("function-length", &place, function.lines)
            {
                let what =
                    format!("{} lines in `{}` (at most {FUNCTION_LINES_MAX})", function.lines, function.name);
                let mend = "keep the branches here and move the straight lines into functions below";
                found.push(Finding { path: source.path.clone(), line: function.line, what, mend });
            }
        }
    }
    exceptions.report_unused(found);
    Ok(())
}

struct Function {
    name: String,
    line: usize,
    lines: usize,
}

/// Functions with a body, from their `fn` line to their closing brace.
fn functions(source: &Source) -> Vec<Function> {
    let code: Vec<&str> = source.code.lines().collect();
    let mut functions = Vec::new();
    for at in source.uses("fn ") {
        let first = source.line_of(at);
        let name: String =
            source.code[at + 3..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        if name.is_empty() {
            continue;
        }
        let (mut depth, mut opened) = (0_i64, false);
        for (offset, line) in code.iter().skip(first - 1).enumerate() {
            depth += braces(line);
            opened |= line.contains('{');
            if depth <= 0 && (opened || line.trim_end().ends_with(';')) {
                functions.push(Function { name, line: first, lines: offset + 1 });
                break;
            }
        }
    }
    functions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_measured_from_signature_to_brace() {
        let code = "trait T {\n    fn a();\n}\nfn b(\n    x: u8,\n) {\n    if x {\n    }\n}\nfn c() {}\n";
        let source = Source::parse("a.rs".to_owned(), code);
        let lengths: Vec<(String, usize)> =
            functions(&source).into_iter().map(|f| (f.name, f.lines)).collect();
        assert_eq!(lengths, [("a".to_owned(), 1), ("b".to_owned(), 6), ("c".to_owned(), 1)]);
    }
}
