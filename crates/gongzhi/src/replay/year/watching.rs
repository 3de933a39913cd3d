//! Supervision: a district falls short of two thirds twice running; the finding becomes a ticket, is answered and
//! judged, and closes itself once the district has caught up (E7, E10, S48).

use anyhow::Context;
use app::supervision::indicator::ReportDistrict;
use app::supervision::read::{self, Filter};
use app::supervision::stock;
use app::supervision::ticket::{AnswerTicket, JudgeTicket, OpenTicket};
use domain::kernel::{Fen, Moment};
use domain::supervision::Indicator;

use super::{Year, on};

/// The office that reports what districts spend.
const OFFICE: &str = "shequ";
/// The district that falls short, and one that does not.
const SHORT: &str = "320102";
const ENOUGH: &str = "320106";

impl Year<'_> {
    /// Two quarters below the floor, and the ticket that follows.
    pub(super) async fn watch(&self) -> anyhow::Result<()> {
        self.move_to(on(2014, 10, 21, 9));
        for quarter in [2, 3] {
            // One yuan short of two thirds of ten million is short.
            self.report_district(SHORT, quarter, 6_666_666).await?;
            self.report_district(ENOUGH, quarter, 7_200_000).await?;
        }
        stock::take(self.city).await?;
        let office = self.cast.office(OFFICE)?;
        let found = read::findings(self.city, &Filter::default()).await?;
        let finding =
            found.iter().find(|one| one.office_code == OFFICE).context("no finding of the district")?;
        let demand = "请说明玄武区两个季度未达三分之二的原因，并提出整改安排（示例）".to_owned();
        let number = self.act(&self.cast.supervisor, OpenTicket { finding: finding.id, demand }).await?;
        self.move_to(on(2014, 10, 27, 9));
        let answer = "已督促玄武区调整四季度支出，优先购买社会组织服务（示例）".to_owned();
        self.act(&office.staff, AnswerTicket { number: number.clone(), answer }).await?;
        self.move_to(on(2014, 10, 29, 9));
        let reason = "整改安排可行，四季度复核（示例）".to_owned();
        self.act(&self.cast.supervisor, JudgeTicket { number, is_accepted: true, reason }).await
    }

    /// The last quarter: the district has caught up.
    pub(super) async fn watch_again(&self, at: Moment) -> anyhow::Result<()> {
        self.move_to(at);
        self.report_district(SHORT, 4, 7_000_000).await?;
        self.report_district(ENOUGH, 4, 7_300_000).await?;
        stock::take(self.city).await?;
        Ok(())
    }

    async fn report_district(&self, district: &str, quarter: i64, yuan: i64) -> anyhow::Result<()> {
        let report = ReportDistrict {
            indicator: Indicator::CommunitySpending,
            district: district.to_owned(),
            year: 2014,
            quarter,
            part: Fen::yuan(yuan),
            whole: Fen::yuan(10_000_000),
            evidence: "区财政支出报表（示例）".to_owned(),
        };
        self.act(&self.cast.office(OFFICE)?.staff, report).await
    }
}
