//! The facts of the seed, each beside what the city holds after the replay.

use app::tendering::round;
use app::{City, catalogue};
use domain::kernel::{Date, Fen};

use super::bidding::Bidders;
use super::catalogue::Listed;
use super::facts::Fact;
use super::review::FIRST_DAY;

/// Computes every fact.
pub async fn facts(city: &City, listed: &Listed, bidders: &Bidders) -> anyhow::Result<Vec<Fact>> {
    let mut facts = catalogue_facts(city).await?;
    let figures = round::figures(city, listed.batch).await?;
    let winners = round::winners(city, listed.batch).await?;
    let (month, day) = FIRST_DAY;
    let opened_first = round::opened_on(city, listed.batch, Date::constant(2014, month, day)).await?;
    let fairness = round::fairness(city).await?;
    let seed_winner = "南京市科学技术普及服务中心";
    facts.extend([
        Fact::equal("S60", "首批项目", 19, figures.items),
        Fact::equal("S17", "首批应标单位（社会组织、企事业单位）", 31, bidders.with_receipt.len()),
        Fact::of(
            "S17",
            "应标单位中有社会组织、企业、事业单位",
            "三类",
            bidders.kinds.len(),
            ["social_association", "enterprise", "public_institution"]
                .iter()
                .all(|kind| bidders.kinds.contains(*kind)),
        ),
        Fact::equal("S18", "2月21日首次开标项目", 7, opened_first),
        Fact::equal("S61", "现场竞标和专家评审场次", 14, figures.sessions),
        Fact::equal("S61", "中标单位", 5, figures.winners),
        Fact::equal("S61", "其中局主管以外的社会组织和单位", 3, figures.winners_outside),
        Fact::of(
            "S61",
            "中标单位之一",
            seed_winner,
            winners.join("、"),
            winners.iter().any(|name| name == seed_winner),
        ),
        Fact::equal("S67", "未经竞标排序而定标的项目", 0, fairness.awards_outside_ranking),
        Fact::equal("S68", "没有中标而签订的合同", 0, fairness.contracts_without_award),
        Fact::equal("S69", "不足两家竞标而定标的项目", 0, fairness.awards_with_one_bid),
        Fact::of(
            "S70",
            "局主管社会组织同场竞标",
            "平等参加",
            format!("{}家应标，{}家中标", bidders.supervised, figures.winners - figures.winners_outside),
            bidders.supervised > 0 && fairness.unequal_tables == 0,
        ),
        Fact::equal("S71", "已开标项目均签订合同", figures.opened, figures.contracts),
    ]);
    Ok(facts)
}

async fn catalogue_facts(city: &City) -> anyhow::Result<Vec<Fact>> {
    let listed = catalogue::read::catalogue(city, 2014, &catalogue::read::Filter::default()).await?;
    let named = |name: &str| listed.items.iter().filter(|item| item.name == name).count();
    let in_force = catalogue::measures::in_force(city, city.clock.now()).await?;
    let parts = in_force.map_or(0, |measures| {
        measures.text().parts().iter().filter(|(_, text)| !text.trim().is_empty()).count()
    });
    Ok(vec![
        Fact::equal("S62", "实施办法的五个部分", 5, parts),
        Fact::equal("S16", "清单项目", 52, listed.items.len()),
        Fact::equal("S16", "涉及处室", 14, listed.offices.len()),
        Fact::of(
            "S16",
            "总金额",
            "750多万元",
            format!("{}万元", listed.total.in_wan()),
            listed.total > Fen::yuan(7_500_000) && listed.total < Fen::yuan(7_600_000),
        ),
        Fact::equal("S58", "清单中的“千年古镇评定”", 1, named("千年古镇评定")),
        Fact::equal("S58", "清单中的“公益创投实务培训”", 1, named("公益创投实务培训")),
    ])
}
