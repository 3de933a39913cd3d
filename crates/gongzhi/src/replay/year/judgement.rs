//! Evaluation: mid-term and final, by experts, recipients and the purchaser, and the project's closing (E1-E3).

use anyhow::Context;
use app::performance::evaluation::{
    self, CloseProject, DrawExperts, GivePurchaserScore, GiveThirdPartyScore, LockSheet, OpenEvaluation,
    PublishMidTerm, PublishResult, ReportActuals, RoundRow, SaveSheet, SendResult, SheetEntry,
};
use domain::performance::evaluation::EvaluationKind;

use super::{Project, Year, on};

/// Experts of each evaluation.
const EXPERTS: usize = 3;

impl Year<'_> {
    /// Half the year: what was reached, published.
    pub(super) async fn mid_term(&self, project: &Project<'_>) -> anyhow::Result<()> {
        self.move_to(on(2014, 8, 21, 9));
        self.report(project, EvaluationKind::MidTerm).await?;
        let round = self.round(project).await?;
        let publish = PublishMidTerm { evaluation: round.id, version: round.version };
        self.act(&self.cast.lead, publish).await
    }

    async fn report(&self, project: &Project<'_>, kind: EvaluationKind) -> anyhow::Result<()> {
        let staff = &project.office.staff;
        let evaluation = self.act(staff, OpenEvaluation { contract: project.contract, kind }).await?;
        let indicators = evaluation::indicators_of(self.city, project.contract).await?;
        let actuals = indicators.iter().map(|_| "96%（示例）".to_owned()).collect();
        self.act(staff, ReportActuals { evaluation, version: 1, actuals }).await
    }

    async fn round(&self, project: &Project<'_>) -> anyhow::Result<RoundRow> {
        evaluation::rounds_of(self.city, project.contract).await?.pop().context("no round")
    }

    /// The end of the year: sheets, scores, the provider's days to reply, the result, the closing.
    pub(super) async fn judge(&self, projects: &[Project<'_>]) -> anyhow::Result<()> {
        self.move_to(on(2015, 1, 12, 9));
        for project in projects {
            self.score(project).await.with_context(|| format!("{}: scores", project.number))?;
            self.judge_office(project).await?;
        }
        self.move_to(on(2015, 1, 21, 9));
        for project in projects {
            let round = self.round(project).await?;
            let publish = PublishResult { evaluation: round.id, version: round.version };
            self.act(&self.cast.lead, publish).await.with_context(|| project.number.clone())?;
            let close = CloseProject { tender: project.tender };
            self.act(&project.office.director, close).await.with_context(|| project.number.clone())?;
        }
        Ok(())
    }

    async fn score(&self, project: &Project<'_>) -> anyhow::Result<()> {
        self.report(project, EvaluationKind::Final).await?;
        let round = self.round(project).await?;
        let draw = DrawExperts { evaluation: round.id, version: round.version, experts: EXPERTS };
        self.act(&self.cast.lead, draw).await?;
        self.fill_sheets(project).await?;
        let round = self.round(project).await?;
        let give = GivePurchaserScore {
            evaluation: round.id,
            version: round.version,
            score: Some(9500),
            evidence: "验收单、服务台账、付款记录（示例）".into(),
        };
        self.act(&project.office.director, give).await?;
        if project.recipients == 0 {
            let round = self.round(project).await?;
            let give = GiveThirdPartyScore {
                evaluation: round.id,
                version: round.version,
                score: Some(8800),
                evidence: "第三方评价报告（示例）".into(),
            };
            self.act(&self.cast.second_lead, give).await?;
        }
        let round = self.round(project).await?;
        self.act(&self.cast.lead, SendResult { evaluation: round.id, version: round.version }).await
    }

    /// Each expert drawn gives 85 to 88 of a hundred of what each indicator is worth; scores are kept in hundredths.
    async fn fill_sheets(&self, project: &Project<'_>) -> anyhow::Result<()> {
        let mut filled = 0;
        for expert in self.experts {
            let Ok(sheet) = evaluation::own_sheet(self.city, expert, &project.number).await else { continue };
            let share = 85 + i64::try_from(project.place).unwrap_or(0) % 4;
            let entry = |points: i64| SheetEntry { points: Some(points * share), reason: String::new() };
            let entries = sheet.indicators.iter().map(|one| entry(one.points)).collect();
            let seat = sheet.assignment.seat;
            self.act(expert, SaveSheet { seat, entries }).await?;
            self.act(expert, LockSheet { seat }).await?;
            filled += 1;
        }
        anyhow::ensure!(filled == EXPERTS, "{filled} experts gave a sheet");
        Ok(())
    }
}
