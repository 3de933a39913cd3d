//! The survey for everyone to recount: keys, answers, signatures, totals, sorted by key.

use domain::kernel::{Coded, RuleKey};
use evidence::survey::{Answers, Published, PublishedAnswer, Totals};

use super::SurveyView;
use crate::db::{DbError, Row};
use crate::{App, Error, args};

/// A survey as it is published. While there are few answers, none is in it: their figures would show persons.
///
/// # Errors
/// The database could not be read.
pub async fn published(app: &App, number: &str, survey: &SurveyView) -> Result<Published, Error> {
    let sql = "SELECT public_key, is_void FROM survey_card WHERE survey_id = $1 ORDER BY public_key";
    let cards: Vec<Row> = app.db.all(sql, args![survey.id]).await?;
    let (mut keys, mut void) = (Vec::new(), Vec::new());
    for card in &cards {
        let key: String = card.get("public_key")?;
        if card.get("is_void")? {
            void.push(key.clone());
        }
        keys.push(key);
    }
    let mut found = Published {
        contract: number.to_owned(),
        round: survey.round().to_string(),
        root: survey.root.clone().unwrap_or_default(),
        keys,
        void,
        answers: answers(app, survey.id).await?,
        totals: Totals::default(),
    };
    let least = app.book.on(app.clock.now().date()).count(RuleKey::SurveyShownMin);
    if found.answers.len() < least {
        found.answers.clear();
    }
    found.totals = found.counted();
    Ok(found)
}

async fn answers(app: &App, survey: i64) -> Result<Vec<PublishedAnswer>, Error> {
    let sql = "SELECT public_key, answers, nonce, signature, means, given_on FROM survey_answer
               WHERE survey_id = $1 ORDER BY public_key";
    let rows: Vec<Row> = app.db.all(sql, args![survey]).await?;
    rows.iter()
        .map(|row| {
            Ok(PublishedAnswer {
                public_key: row.get("public_key")?,
                answers: answers_of(&row.get::<String>("answers")?)?,
                nonce: row.get("nonce")?,
                signature: row.get("signature")?,
                means: row.get("means")?,
                on: row.get("given_on")?,
            })
        })
        .collect()
}

/// The answers that a column holds.
pub(super) fn answers_of(text: &str) -> Result<Answers, Error> {
    serde_json::from_str(text).map_err(|_| DbError::corrupt("answers", "a map of whole numbers").into())
}

/// The same answers as CSV, with the survey's questions as columns.
pub fn csv(survey: &SurveyView, published: &Published) -> String {
    let questions = survey.questions().map(|question| question.code());
    let mut text = format!("public_key,{},is_proxy,means,on,nonce,signature\n", questions.join(","));
    for answer in &published.answers {
        let number = |code: &str| answer.answers.get(code).map_or(String::new(), i64::to_string);
        let marks = questions.map(number).join(",");
        text.push_str(&format!(
            "{},{marks},{},{},{},{},{}\n",
            answer.public_key,
            number("is_proxy"),
            answer.means,
            answer.on,
            answer.nonce,
            answer.signature
        ));
    }
    text
}
