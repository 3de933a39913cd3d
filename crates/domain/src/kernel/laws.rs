//! The names of laws in English. A ground is written as its law is, in Chinese; whoever reads English is told the same
//! with the names that this table gives.

/// The table: Chinese, English.
pub type Names = [(String, String)];

/// A legal ground in English: names by the table, the longest first, then articles and numbers of papers. What the
/// table does not know stays as it is.
pub fn in_english(ground: &str, names: &Names) -> String {
    let mut told = String::new();
    for (at, part) in ground.split('；').enumerate() {
        if at > 0 {
            told.push_str("; ");
        }
        told.push_str(&one(part, names));
    }
    told
}

fn one(part: &str, names: &Names) -> String {
    let mut sorted: Vec<&(String, String)> = names.iter().collect();
    sorted.sort_by_key(|(chinese, _)| std::cmp::Reverse(chinese.chars().count()));
    let mut text = part.to_owned();
    for (chinese, english) in sorted {
        text = text.replace(chinese.as_str(), english);
    }
    let text = text.replace('〔', " [").replace('〕', "] No. ");
    let text = articles(&text).replace('号', " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ,", ",")
}

/// `第8、13条` reads ` art. 8, 13`, `第26至31条` ` art. 26 to 31`.
fn articles(text: &str) -> String {
    let mut told = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('第') {
        told.push_str(before);
        let Some((numbers, tail)) = after.split_once('条') else {
            told.push('第');
            rest = after;
            continue;
        };
        told.push_str(" art. ");
        told.push_str(&numbers.replace('、', ", ").replace('至', " to "));
        rest = tail;
    }
    told.push_str(rest);
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ground_reads_in_english_with_its_articles_and_numbers() {
        let names = [
            ("《甲法》", "Law A"),
            ("《甲法实施条例》", "Regulations on Law A"),
            ("财政部令第87号", "Order 87 "),
            ("财库", "Caiku"),
            ("惯例", "practice"),
        ]
        .map(|(chinese, english)| (chinese.to_owned(), english.to_owned()));
        for (ground, expected) in [
            ("《甲法》第8、13条；《甲法实施条例》第5条", "Law A art. 8, 13; Regulations on Law A art. 5"),
            ("财政部令第87号第26至31条", "Order 87 art. 26 to 31"),
            ("财库〔2016〕198号第12、13条", "Caiku [2016] No. 198 art. 12, 13"),
            ("惯例", "practice"),
            ("未知第", "未知第"),
        ] {
            assert_eq!(in_english(ground, &names), expected, "{ground}");
        }
    }
}
