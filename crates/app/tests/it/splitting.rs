//! The cumulative counter: what an office reports is counted, a finding comes from the second purchase that passes
//! the threshold, and finance's consent cures it.

use app::supervision::counter::{self, ConsentToPurchase, ReportPurchase};
use app::supervision::read::{self, Filter, FindingLine};
use app::supervision::stock;
use app::{City, Error, RequestKey, journal};
use domain::catalogue::item::{FunctionKind, FundSource};
use domain::catalogue::splitting::{ClosedWay, Consent};
use domain::kernel::{Date, Fen, Role, Scope};
use domain::supervision::FindingKind;

use crate::account::{add, signed};
use crate::planted;
use crate::support::on_both;
use crate::tendering_ground::codes;

const NO_KEY: RequestKey = RequestKey::None;

fn purchase(yuan: i64, day: i8) -> ReportPurchase {
    ReportPurchase {
        function: FunctionKind::Support,
        source: FundSource::SpecialFund,
        way: ClosedWay::Inquiry,
        title: "资料印制（示例）".into(),
        supplier: "某印务（示例）".into(),
        amount: Fen::yuan(yuan),
        bought_on: Date::constant(2014, 1, day),
        paper: "合同一号（示例）".into(),
    }
}

async fn split(city: &City) -> Vec<FindingLine> {
    stock::take(city).await.expect("stock is taken");
    let filter = Filter { kind: Some(FindingKind::SplitPurchase), ..Filter::default() };
    read::findings(city, &filter).await.expect("findings")
}

#[tokio::test]
async fn purchases_by_closed_ways_add_up_until_finance_consents() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        signed(&city, &p).await;
        let finance = add(&city, "finance2", Role::Finance, Scope::City).await;
        assert_eq!(city.act(&p.lead, &NO_KEY, &purchase(1, 2)).await, Err(Error::NotPermitted));
        let blank = ReportPurchase {
            title: " ".into(),
            supplier: String::new(),
            amount: Fen::ZERO,
            bought_on: Date::constant(2030, 1, 1),
            paper: String::new(),
            ..purchase(1, 2)
        };
        assert_eq!(
            codes(city.act(&p.staff, &NO_KEY, &blank).await),
            [
                "splitting.title-missing",
                "splitting.supplier-missing",
                "splitting.paper-missing",
                "splitting.amount-missing",
                "splitting.day-to-come",
            ]
        );
        let first = city.act(&p.staff, &NO_KEY, &purchase(300_000, 2)).await.expect("reported");
        city.act(&p.staff, &NO_KEY, &purchase(200_000, 3)).await.expect("reported");
        assert_eq!(split(&city).await.len(), 0, "exactly the threshold is not over it");
        city.act(&p.staff, &NO_KEY, &purchase(1, 6)).await.expect("reported");
        let found = split(&city).await;
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].arose_on, found[0].office_id), (Date::constant(2014, 1, 6), p.office));
        let linked = counter::findings(&city).await.expect("findings");
        assert_eq!((linked[0].number, linked[0].ticket.as_deref()), (found[0].number, None));
        let rows = counter::bought(&city, Some(2014)).await.expect("rows");
        assert_eq!(
            rows.iter().filter(|one| one.contract.is_some()).count(),
            1,
            "the signed contract is there"
        );
        let consent = |number, paper: &str| ConsentToPurchase {
            number,
            consent: Consent::MethodApproved,
            paper: paper.into(),
        };
        assert_eq!(city.act(&p.staff, &NO_KEY, &consent(first, "x")).await, Err(Error::NotPermitted));
        assert_eq!(city.act(&finance, &NO_KEY, &consent(99, "x")).await, Err(Error::NotFound));
        assert_eq!(
            codes(city.act(&finance, &NO_KEY, &consent(first, " ")).await),
            ["splitting.paper-missing"]
        );
        city.act(&finance, &NO_KEY, &consent(first, "批复（示例）")).await.expect("consented");
        assert_eq!(
            codes(city.act(&finance, &NO_KEY, &consent(first, "又批")).await),
            ["splitting.consent-given"]
        );
        assert_eq!(split(&city).await.len(), 0, "what was approved does not count");
        assert_eq!(counter::years(&city).await.expect("years"), [2014]);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}
