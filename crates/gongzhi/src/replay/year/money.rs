//! Payment: each accepted milestone is billed, checked by one person, paid by another, answered by the bank.

use anyhow::Context;
use app::funds::contract_money;
use app::funds::payments::{self, RequestLine};
use app::funds::{ApproveRequest, BankRow, Bill, Reconcile, ReleaseRest, RequestPayment, SendBatch};
use app::uploads::StoredFile;
use domain::funds::RequestState;
use domain::kernel::Fen;

use super::{Project, Year, on};

impl Year<'_> {
    /// Bills, checks, pays; one payment of the first half comes back from the bank and is sent again.
    pub(super) async fn pay_all(&self, projects: &[Project<'_>], milestone: i64) -> anyhow::Result<()> {
        let days = if milestone == 1 {
            [
                on(2014, 8, 8, 9),
                on(2014, 8, 11, 9),
                on(2014, 8, 13, 9),
                on(2014, 8, 15, 9),
                on(2014, 8, 19, 9),
            ]
        } else {
            [on(2015, 1, 5, 9), on(2015, 1, 6, 9), on(2015, 1, 7, 9), on(2015, 1, 8, 9), on(2015, 1, 9, 9)]
        };
        self.move_to(days[0]);
        for project in projects {
            self.bill(project, milestone).await.with_context(|| format!("{}: bill", project.number))?;
        }
        self.move_to(days[1]);
        for line in self.in_state(RequestState::Requested).await? {
            self.act(&self.cast.finance, ApproveRequest { request: line.id, version: line.version }).await?;
        }
        self.move_to(days[2]);
        let batch = self.send().await?;
        self.move_to(days[3]);
        let fails = (milestone == 1).then_some(1);
        self.answer(&batch, fails).await?;
        if fails.is_some() {
            self.move_to(days[4]);
            let again = self.send().await?;
            self.answer(&again, None).await?;
        }
        Ok(())
    }

    async fn bill(&self, project: &Project<'_>, milestone: i64) -> anyhow::Result<()> {
        let billable = payments::billable(self.city, project.contract).await?;
        let open = billable.iter().find(|one| one.state.is_none()).context("nothing was accepted")?;
        let bill = Bill {
            invoice_number: format!("示例-{}-{milestone}", project.number),
            invoice_on: Some(self.city.clock.now().date()),
            invoice_amount: open.accepted_fen,
            bank: "南京示例银行".into(),
            account: format!("0000 0000 {:04}", project.place),
        };
        let file = StoredFile::store(
            self.city,
            "C28",
            "发票（示例）.pdf",
            &super::super::leaf::pdf("发票（示例）"),
        )?;
        self.act(&project.provider, RequestPayment { acceptance: open.id, bill, file }).await?;
        Ok(())
    }

    async fn in_state(&self, state: RequestState) -> anyhow::Result<Vec<RequestLine>> {
        Ok(payments::requests(self.city, Some(state)).await?)
    }

    async fn send(&self) -> anyhow::Result<String> {
        let approved = self.in_state(RequestState::Approved).await?;
        let requests = approved.iter().map(|line| line.id).collect();
        self.act(&self.cast.payer, SendBatch { requests }).await
    }

    async fn answer(&self, batch: &str, fails: Option<usize>) -> anyhow::Result<()> {
        let lines = payments::of_batch(self.city, batch).await?;
        let row = |(place, line): (usize, &payments::PaymentLine)| {
            let is_failed = Some(place) == fails;
            BankRow {
                number: place + 2,
                reference: line.reference.clone(),
                amount: line.amount_fen.to_string(),
                outcome: if is_failed { "失败" } else { "成功" }.into(),
                note: if is_failed { "账号已变更（示例）" } else { "" }.into(),
            }
        };
        let rows = lines.iter().enumerate().map(row).collect();
        self.act(&self.cast.payer, Reconcile { rows }).await?;
        Ok(())
    }

    /// What a closed contract has not used goes back to its item.
    pub(super) async fn settle(&self, projects: &[Project<'_>]) -> anyhow::Result<()> {
        for project in projects {
            if contract_money(self.city, project.contract).await?.committed > Fen::ZERO {
                self.act(&self.cast.finance, ReleaseRest { contract: project.contract }).await?;
            }
        }
        Ok(())
    }
}
