//! Service and acceptance: the ledger is filled, the milestone reported, recipients heard, the result published.

use anyhow::Context;
use app::performance::acceptance::{AcceptMilestone, CallAcceptance, JudgedItem};
use app::performance::call_back::{DrawCallBacks, RecordCallBack};
use app::performance::ledger::{RecordSheet, ServiceLine, SheetLine};
use app::performance::opinion::{GiveOpinion, RecordOpinion};
use app::performance::publication::PublishAcceptance;
use app::performance::read::{self, AcceptanceFile};
use app::performance::register::{self, AddRecipients, AddWorker};
use app::performance::report::ReportMilestone;
use domain::kernel::{AcceptanceId, Date};
use domain::performance::{CallBackOutcome, OpinionVerdict};

use super::{Project, Year, on};

/// Recipients of each project who come to an acceptance.
const INVITED: usize = 4;
/// Lines that each project's ledger gets in each half.
const LINES: usize = 24;
/// Days from one line to the next.
const DAYS_BETWEEN: usize = 4;

impl Year<'_> {
    /// Two workers, and those who are served: codes, no names.
    pub(super) async fn register(&self, project: &Project<'_>) -> anyhow::Result<()> {
        let contract = project.contract;
        for (code, name) in [("W01", "陈服务（示例）"), ("W02", "李服务（示例）")] {
            let worker =
                AddWorker { contract, code: code.into(), name: name.into(), is_of_subcontractor: false };
            self.act(&project.provider, worker).await?;
        }
        // Even where nobody in particular is served, somebody can say whether it was done: the applicants.
        let count = project.recipients.max(INVITED);
        let text: Vec<String> = (1..=count).map(|number| format!("R{number:03} 服务对象")).collect();
        self.act(&project.provider, AddRecipients { contract, text: text.join("\n") }).await?;
        Ok(())
    }

    /// Half a year of service, entered at its end, and the report that it is done.
    pub(super) async fn serve(&self, project: &Project<'_>, milestone: i64) -> anyhow::Result<()> {
        let (first, at) = if milestone == 1 {
            (Date::constant(2014, 4, 1), on(2014, 7, 31, 9))
        } else {
            (Date::constant(2014, 9, 9), on(2014, 12, 29, 9))
        };
        self.move_to(at);
        let mut lines = Vec::new();
        let mut served_on = first;
        for number in 0..LINES {
            let token = number * 5 % project.recipients.max(INVITED) + 1;
            lines.push(ServiceLine {
                milestone,
                unit: None,
                served_on,
                place: "市民政局会议室（示例）".into(),
                worker: if number % 2 == 0 { "W01" } else { "W02" }.into(),
                token: format!("R{token:03}"),
                units: 1,
                note: String::new(),
            });
            for _ in 0..DAYS_BETWEEN {
                served_on = served_on.tomorrow()?;
            }
        }
        let lines = lines.into_iter().map(SheetLine::from).collect();
        self.act(&project.provider, RecordSheet { contract: project.contract, lines }).await?;
        let report = if milestone == 1 {
            "上半年服务已按约定完成"
        } else {
            "全年服务已按约定完成"
        };
        let report = ReportMilestone { contract: project.contract, milestone, report: report.into() };
        self.act(&project.provider, report).await?;
        Ok(())
    }

    async fn file(&self, project: &Project<'_>, milestone: i64) -> anyhow::Result<AcceptanceFile> {
        Ok(read::acceptance(self.city, project.contract, milestone).await?)
    }

    /// The office says what it thinks, someone independent holds the acceptance with recipients, the result is
    /// published.
    pub(super) async fn accept_all(&self, projects: &[Project<'_>], milestone: i64) -> anyhow::Result<()> {
        self.move_to(if milestone == 1 { on(2014, 8, 1, 10) } else { on(2014, 12, 30, 10) });
        for project in projects {
            self.accept(project, milestone)
                .await
                .with_context(|| format!("{}: acceptance", project.number))?;
        }
        Ok(())
    }

    async fn accept(&self, project: &Project<'_>, milestone: i64) -> anyhow::Result<()> {
        let view = self.file(project, milestone).await?.view;
        let (acceptance, text) = (view.id, "服务按约定提供，同意验收（示例）".to_owned());
        let opinion = GiveOpinion { acceptance, version: view.version, text };
        self.act(&project.office.staff, opinion).await?;
        self.call(project, milestone).await?;
        self.hear_recipients(project, milestone).await?;
        let file = self.file(project, milestone).await?;
        let items =
            file.items.iter().map(|item| self.judged(project, milestone, &file, item.position, item.claimed));
        let items = items.collect();
        let accept = AcceptMilestone { acceptance, version: file.view.version, items };
        self.act(&self.cast.second_lead, accept).await?;
        let version = self.file(project, milestone).await?.view.version;
        self.act(&self.cast.second_lead, PublishAcceptance { acceptance, version }).await?;
        Ok(())
    }

    /// One project delivers a little late: the published table says what that costs.
    fn judged(
        &self,
        project: &Project<'_>,
        milestone: i64,
        file: &AcceptanceFile,
        position: i64,
        claimed: i64,
    ) -> JudgedItem {
        let is_late = project.place == 2 && milestone == 1;
        let share_line = file.lines.iter().find(|line| is_late && line.basis_points > 0).map(|line| line.id);
        let remark = if is_late { "个别服务晚于约定（示例）" } else { "" };
        JudgedItem { position, accepted: claimed, unit_line: None, share_line, remark: remark.to_owned() }
    }

    async fn call(&self, project: &Project<'_>, milestone: i64) -> anyhow::Result<()> {
        let view = self.file(project, milestone).await?.view;
        let acceptance: AcceptanceId = view.id;
        let register = register::recipients(self.city, project.contract).await?;
        let call = CallAcceptance {
            acceptance,
            version: view.version,
            meets_on: self.city.clock.now().date(),
            place: "市民政局会议室（示例）".into(),
            recipients: register.iter().take(INVITED).map(|row| row.id).collect(),
        };
        self.act(&self.cast.second_lead, call).await?;
        self.act(&self.cast.second_lead, DrawCallBacks { acceptance }).await?;
        for one in self.file(project, milestone).await?.call_backs {
            let outcome = Some(CallBackOutcome::Confirmed);
            let record = RecordCallBack { acceptance, call_back: one.id, outcome, note: String::new() };
            self.act(&self.cast.second_lead, record).await?;
        }
        Ok(())
    }

    async fn hear_recipients(&self, project: &Project<'_>, milestone: i64) -> anyhow::Result<()> {
        let file = self.file(project, milestone).await?;
        for (place, opinion) in file.opinions.iter().enumerate() {
            let verdict = if place == 3 { OpinionVerdict::Dissatisfied } else { OpinionVerdict::Satisfied };
            let record = RecordOpinion {
                acceptance: file.view.id,
                opinion: opinion.id,
                verdict: Some(verdict),
                words: if place == 3 { "等候时间较长（示例）".into() } else { String::new() },
                is_assisted: place == 0,
            };
            self.act(&self.cast.second_lead, record).await?;
        }
        Ok(())
    }
}
