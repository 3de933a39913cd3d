//! A card answers: once, whatever comes twice (E2). Nothing here is journalled but a request to follow up.

use domain::kernel::Coded;
use domain::kernel::{OrganisationId, Refusal, Role};
use domain::performance::survey::{Answer, Mark, Means, Question, answer as rule};
use evidence::hex;
use evidence::survey::{Answers, Ballot, CardCode, CardKey, CodeFault, is_signed};

use super::{GroupAnswers, feedback, held};
use crate::act::Kept;
use crate::db::{Row, urn};
use crate::{Act, App, Cx, Error, RequestKey, args};
use domain::kernel::Actor;

/// Characters of a nonce: sixteen bytes in hexadecimal.
const NONCE_CHARACTERS: usize = 32;

/// How a card proves itself.
#[derive(Clone)]
pub enum Given {
    /// The browser signed; the code stayed there.
    Signed {
        /// The card's public key.
        public_key: String,
        /// The nonce in the message.
        nonce: String,
        /// The signature.
        signature: String,
    },
    /// The code itself; it is used once and kept nowhere.
    Code(String),
}

/// Answers with a card. Comes with no request key: what comes twice is known by its card.
#[derive(Clone)]
pub struct AnswerSurvey {
    /// Which survey.
    pub survey: i64,
    /// The card.
    pub given: Given,
    /// The marks.
    pub marks: Vec<(Question, Mark)>,
    /// Given in the recipient's name by somebody else.
    pub is_proxy: bool,
    /// What to follow up, in words; none when nothing was ticked.
    pub words: Option<String>,
    /// For whom the asker is signed in, if for anyone: the provider's people do not answer.
    pub asker: Option<OrganisationId>,
}

/// What the answerer gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The receipt of the answer that counts.
    pub receipt: String,
    /// The card had answered before; that answer counts.
    pub is_repeat: bool,
    /// The receipt of the request to follow up, when this act filed one.
    pub feedback: Option<String>,
}

impl Kept for Answered {
    fn keep(&self) -> String {
        let feedback = self.feedback.as_deref().unwrap_or_default();
        format!("{} {} {feedback}", self.receipt, i64::from(self.is_repeat))
    }
    fn restore(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, ' ');
        let (receipt, is_repeat, feedback) = (parts.next()?, parts.next()?, parts.next()?);
        let feedback = (!feedback.is_empty()).then(|| feedback.to_owned());
        Some(Self { receipt: receipt.to_owned(), is_repeat: is_repeat == "1", feedback })
    }
}

impl Act for AnswerSurvey {
    type Outcome = Answered;
    const NAME: &'static str = "performance.answer_survey";
    const WHO: &'static [Role] = &[Role::Public, Role::StreetOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<Answered, Error> {
        let held = held::shared(cx, self.survey).await?;
        held.step().expect_open()?;
        rule::expect_recipient(self.asker == Some(held.organisation_id))?;
        let answer = self.answer(&held.questions())?;
        let proof = self.proof(cx, &held.number, &answer)?;
        let sql = "SELECT id, is_void FROM survey_card WHERE survey_id = $1 AND public_key = $2";
        let card: Option<Row> = cx.tx.maybe(sql, args![self.survey, &proof.public_key]).await?;
        let card = card.ok_or_else(|| at_code("performance.card-unknown"))?;
        // Whoever comes with the same card at the same moment waits here, and then finds the answer.
        cx.tx.lock("survey_card", card.get("id")?).await?;
        if let Some((ballot, signature)) = earlier(cx, self.survey, &proof.public_key).await? {
            let ballot = Ballot { contract: held.number, ..ballot };
            let receipt = ballot.receipt(&signature);
            return Ok(Answered { receipt, is_repeat: true, feedback: None });
        }
        let sql = "SELECT is_void FROM survey_card WHERE id = $1";
        let (is_void,): (bool,) = cx.tx.one(sql, args![card.get::<i64>("id")?]).await?;
        if is_void {
            return Err(at_code("performance.card-void"));
        }
        let waiting = urn::Waiting {
            public_key: proof.public_key,
            answers: serde_json::to_string(&proof.ballot.answers).unwrap_or_default(),
            overall: answer.overall(),
            is_proxy: self.is_proxy,
            means: proof.means.code().to_owned(),
            nonce: proof.ballot.nonce.clone(),
            signature: proof.signature.clone(),
            given_on: cx.now.date().to_string(),
        };
        urn::put(&mut cx.tx, self.survey, &waiting).await?;
        let feedback = match &self.words {
            Some(words) => Some(feedback::file(cx, held.contract_id, words).await?),
            None => None,
        };
        Ok(Answered { receipt: proof.ballot.receipt(&proof.signature), is_repeat: false, feedback })
    }
}

/// A ballot with what proves that a card gave it.
struct Proof {
    ballot: Ballot,
    public_key: String,
    signature: String,
    means: Means,
}

impl AnswerSurvey {
    fn answer(&self, asked: &[Question]) -> Result<Answer, Error> {
        let given = |question| self.marks.iter().find(|(held, _)| *held == question).map(|(_, mark)| *mark);
        let mut faults = Answer::of(asked, given, self.is_proxy).err().unwrap_or_default();
        if let Some(words) = &self.words {
            faults.extend(domain::performance::survey::feedback::check_words(words).err());
        }
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        Answer::of(asked, given, self.is_proxy).map_err(Error::Invalid)
    }

    fn proof(&self, cx: &Cx<'_>, contract: &str, answer: &Answer) -> Result<Proof, Error> {
        let answers: Answers = answer.numbers().collect();
        let contract = contract.to_owned();
        match &self.given {
            Given::Signed { public_key, nonce, signature } => {
                let ballot = Ballot { contract, answers, nonce: nonce.clone() };
                let is_nonce = nonce.len() == NONCE_CHARACTERS && hex::decode(nonce).is_some();
                if !is_nonce || !is_signed(&ballot, public_key, signature) {
                    return Err(at_code("performance.signature-false"));
                }
                let (public_key, signature) = (public_key.clone(), signature.clone());
                Ok(Proof { ballot, public_key, signature, means: Means::Signed })
            }
            Given::Code(text) => {
                let code = CardCode::parse(text).map_err(|fault| {
                    at_code(match fault {
                        CodeFault::Shape => "performance.card-shape",
                        CodeFault::Checksum => "performance.card-checksum",
                    })
                })?;
                let nonce = cx.app.chance.token()?.chars().take(NONCE_CHARACTERS).collect();
                let key = CardKey::of(&code, &contract);
                let ballot = Ballot { contract, answers, nonce };
                let (public_key, signature) = (key.public(), key.sign(&ballot));
                let is_assisted = cx.actor.post.role == Role::StreetOfficer;
                let means = if is_assisted { Means::Assisted } else { Means::Typed };
                Ok(Proof { ballot, public_key, signature, means })
            }
        }
    }
}

fn at_code(code: &'static str) -> Error {
    Error::Invalid(vec![Refusal::new(code, "E2").at("code")])
}

/// What this card answered before, with its signature; the contract's number is left empty. The urn is read
/// first: what leaves it in between is then found on record.
pub(super) async fn earlier(
    cx: &mut Cx<'_>,
    survey: i64,
    public_key: &str,
) -> Result<Option<(Ballot, String)>, Error> {
    for table in ["survey_urn", "survey_answer"] {
        let sql =
            format!("SELECT answers, nonce, signature FROM {table} WHERE survey_id = $1 AND public_key = $2");
        let row: Option<Row> = cx.tx.maybe(&sql, args![survey, public_key]).await?;
        if let Some(row) = row {
            let answers = super::export::answers_of(&row.get::<String>("answers")?)?;
            let ballot = Ballot { contract: String::new(), answers, nonce: row.get("nonce")? };
            return Ok(Some((ballot, row.get("signature")?)));
        }
    }
    Ok(None)
}

/// Answers, and puts a full group on record: by the system itself, so that no visitor's act is beside it.
///
/// # Errors
/// What `AnswerSurvey` says. That a group could not be put on record takes nothing from the answer: the next
/// one does it.
pub async fn give(app: &App, actor: &Actor, answer: &AnswerSurvey) -> Result<Answered, Error> {
    let answered = app.act(actor, &RequestKey::None, answer).await?;
    let grouped = app.act(&Actor::SYSTEM, &RequestKey::None, &GroupAnswers { survey: answer.survey }).await;
    if let Err(error) = grouped {
        tracing::warn!(%error, "a group of answers still waits");
    }
    Ok(answered)
}
