//! Those served answer by card, providers tell the offices what they lack, offices tell providers how they did
//! (E2, E6, S72, S73).

use app::performance::feedback::{
    AcknowledgeFeedback, AnswerOfficeFeedback, FeedbackLine, GiveFeedback, JudgeOffice, of_contract,
};
use app::performance::survey::{self, AnswerSurvey, CloseSurvey, DrawSample, Given, HandInKeys, StartSurvey};
use domain::catalogue::FunctionKind;
use domain::kernel::{Actor, Coded};
use domain::performance::feedback::FeedbackMatter;
use domain::performance::survey::{LedgerLine, Mark, Round, questions};
use evidence::survey::{CardCode, CardKey, KeyList};

use super::{Project, Year, on};

/// Cards issued beyond the sample: some are lost, some stay in the drawer.
const SPARE: u16 = 6;
/// Who answers of a sample of thirty.
const ANSWERS: u16 = 33;

impl Year<'_> {
    /// The sample drawn, cards handed out, answers given, the survey closed.
    pub(super) async fn hear(&self, project: &Project<'_>) -> anyhow::Result<()> {
        if project.recipients == 0 {
            return Ok(());
        }
        self.move_to(on(2014, 11, 3, 9));
        let staff = &project.office.staff;
        let ledger = (1..=project.recipients)
            .map(|number| LedgerLine { token: format!("R{number:03}"), excluded: None })
            .collect();
        let beacon = "2014年11月4日福利彩票双色球开奖号码（示例）".to_owned();
        let start = StartSurvey { contract: project.contract, round: Round::Final, ledger, beacon };
        let survey = self.act(staff, start).await?;
        let beacon_value = "03 07 12 19 25 31 + 08（示例）".to_owned();
        self.act(staff, DrawSample { survey, version: 1, beacon_value }).await?;
        let cards = ANSWERS + SPARE;
        let keys = (0..cards).map(|card| CardKey::of(&code(project, card), &project.number).public());
        let text = KeyList::new(&project.number, keys).text();
        self.act(staff, HandInKeys { survey, version: 2, text }).await?;
        self.move_to(on(2014, 11, 10, 9));
        for card in 0..ANSWERS {
            survey::give(self.city, &Actor::VISITOR, &self.ballot(project, survey, card)).await?;
        }
        self.move_to(on(2014, 12, 8, 9));
        let version = survey::one(self.city, project.contract, Round::Final).await?.version;
        self.act(staff, CloseSurvey { survey, version }).await
    }

    fn ballot(&self, project: &Project<'_>, survey: i64, card: u16) -> AnswerSurvey {
        // Four in thirty-three are not satisfied, in one project seven.
        let unsatisfied = if project.place == 3 { 7 } else { 4 };
        let mark = match card {
            card if card < unsatisfied => Mark::Neutral,
            card if card % 3 == 0 => Mark::VerySatisfied,
            _ => Mark::Satisfied,
        };
        let kind = FunctionKind::from_code(&project.function).unwrap_or(FunctionKind::Support);
        let marks = questions(kind).map(|question| (question, mark)).to_vec();
        let given = Given::Code(code(project, card).text());
        AnswerSurvey { survey, given, marks, is_proxy: card.is_multiple_of(11), words: None, asker: None }
    }

    /// Offices say how the first half went; two providers say what they miss. One office answers in time, one late.
    pub(super) async fn tell_offices(&self, projects: &[Project<'_>]) -> anyhow::Result<()> {
        self.move_to(on(2014, 9, 9, 10));
        for project in projects {
            self.act(&project.office.director, told(project, FeedbackMatter::Milestone)).await?;
        }
        for (place, matter) in [(0, FeedbackMatter::OutsideContract), (4, FeedbackMatter::UnclearNeed)] {
            if let Some(project) = projects.get(place) {
                self.act(&project.provider, told(project, matter)).await?;
            }
        }
        self.move_to(on(2014, 9, 10, 10));
        for project in projects {
            for line in self.given(project).await? {
                let by = if line.matter == FeedbackMatter::Milestone {
                    &project.provider
                } else {
                    &project.office.staff
                };
                self.act(by, AcknowledgeFeedback { feedback: line.id, version: line.version }).await?;
            }
        }
        for (place, at) in [(0, on(2014, 9, 16, 10)), (4, on(2014, 10, 20, 10))] {
            self.move_to(at);
            if let Some(project) = projects.get(place) {
                self.answer_office(project).await?;
            }
        }
        Ok(())
    }

    async fn answer_office(&self, project: &Project<'_>) -> anyhow::Result<()> {
        for line in self.given(project).await? {
            if line.matter != FeedbackMatter::Milestone {
                let answer = "已改正，合同外的要求不再提出（示例）".to_owned();
                let answer = AnswerOfficeFeedback { feedback: line.id, version: line.version, answer };
                self.act(&project.office.staff, answer).await?;
            }
        }
        Ok(())
    }

    async fn given(&self, project: &Project<'_>) -> anyhow::Result<Vec<FeedbackLine>> {
        Ok(of_contract(self.city, project.contract).await?)
    }

    /// Each provider judges the office it worked with.
    pub(super) async fn judge_office(&self, project: &Project<'_>) -> anyhow::Result<()> {
        let mark = Some(if project.place == 0 { 3 } else { 5 });
        let words = "沟通及时，付款按期（示例）".to_owned();
        self.act(&project.provider, JudgeOffice { contract: project.contract, mark, words }).await
    }
}

fn told(project: &Project<'_>, matter: FeedbackMatter) -> GiveFeedback {
    let (words, evidence) = match matter {
        FeedbackMatter::Milestone => ("上半年服务质量较好，个别场次准备不足（示例）", ""),
        FeedbackMatter::OutsideContract => {
            ("处室要求承担合同以外的会务工作（示例）", "2014年8月22日工作联系单（示例）")
        }
        _ => ("下半年服务对象名单迟迟没有提供（示例）", "2014年8月往来邮件（示例）"),
    };
    let milestone = (matter == FeedbackMatter::Milestone).then_some(1);
    let (words, evidence) = (words.to_owned(), evidence.to_owned());
    GiveFeedback { contract: project.contract, matter, milestone, words, evidence }
}

/// The code of a card. The replay plays every recipient, so it makes the codes; a street office makes them by
/// chance and keeps none.
fn code(project: &Project<'_>, card: u16) -> CardCode {
    let mut secret = [0x20; 16];
    secret[..2].copy_from_slice(&card.to_be_bytes());
    secret[2] = u8::try_from(project.place).unwrap_or(u8::MAX);
    CardCode::new(secret)
}
