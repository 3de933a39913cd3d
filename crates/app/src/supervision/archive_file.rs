//! The file of a purchase as one open file: canonical JSON with its own digest, readable without this program.

use domain::kernel::{Coded, Fact};
use evidence::Digest;
use evidence::canonical::canonical;
use serde_json::{Value, json};

use super::archive::Archive;
use crate::Error;

impl Archive {
    /// `{"file": …, "sha256": …}`: the digest is that of the canonical text of `file`.
    ///
    /// # Errors
    /// `Folder` when a value has no canonical text.
    pub fn to_json(&self) -> Result<Vec<u8>, Error> {
        let file = self.value();
        let text = canonical(&file).map_err(|error| Error::Folder(error.to_string()))?;
        let whole = json!({ "file": file, "sha256": Digest::of(&text).hex() });
        canonical(&whole).map_err(|error| Error::Folder(error.to_string()))
    }

    fn value(&self) -> Value {
        let parts = self.parts.iter().map(|one| {
            let facts = one.facts.iter().map(|(name, fact)| ((*name).to_owned(), fact_value(fact)));
            json!({
                "part": one.part.code(),
                "state": one.state.code(),
                "facts": Value::Object(facts.collect()),
            })
        });
        let followed = self.followed.iter().map(|one| {
            let facts = one.facts.iter().map(|(name, fact)| ((*name).to_owned(), fact_value(fact)));
            json!({
                "part": one.part.code(),
                "state": one.state.code(),
                "facts": Value::Object(facts.collect()),
            })
        });
        let files = self.files.iter().map(|one| {
            json!({
                "kind": one.kind,
                "name": one.name,
                "at": one.at.map(|at| at.rfc3339()),
                "sha256": one.digest,
            })
        });
        json!({
            "tender": self.tender.number,
            "title": self.tender.title,
            "office": self.tender.office_name,
            "stage": self.tender.stage.code(),
            "record": parts.collect::<Vec<Value>>(),
            "followed": followed.collect::<Vec<Value>>(),
            "missing": self.missing().map(Coded::code)
                .chain(self.missing_after().map(Coded::code)).collect::<Vec<&str>>(),
            "files": files.collect::<Vec<Value>>(),
            "ended_on": self.ended_on.map(|day| day.to_string()),
            "keep_until": self.keep_until.map(|day| day.to_string()),
            "years": self.years,
        })
    }
}

/// Money in fen, moments and days as ISO text, members of closed lists as their code.
fn fact_value(fact: &Fact) -> Value {
    match fact {
        Fact::Number(number) => json!(number),
        Fact::Money(fen) => json!({ "fen": fen.0 }),
        Fact::Moment(at) => json!(at.rfc3339()),
        Fact::Date(day) => json!(day.to_string()),
        Fact::Text(text) => json!(text),
        Fact::Code(_, code) => json!(code),
    }
}
