//! What was said of an organisation and has no answer keeps it from being cancelled, and is named with its contract
//! and with whose it is (B22).

use app::performance::feedback::{AnswerOfficeFeedback, GiveFeedback};
use app::performance::halt::AskHalt;
use app::performance::survey::feedback::{AcknowledgeFeedback, AnswerFeedback};
use app::registry::ending::cancellation::ApplyCancellation;
use app::registry::ending::open::{self, ComplaintSort, OpenComplaint};
use app::supervision::read::{self, Filter};
use app::supervision::stock;
use app::supervision::ticket::{AnswerTicket, JudgeTicket, OpenTicket};
use app::{City, journal};
use domain::kernel::{ContractId, Role, Scope};
use domain::performance::feedback::FeedbackMatter;
use domain::performance::survey::Mark;
use domain::performance::{HaltGround, HaltKind};
use domain::registry::PaperKind;
use domain::supervision::FindingKind;

use crate::credit_cast::{act, at, code, person};
use crate::ending::{cancellation, paper};
use crate::planted::Planted;
use crate::support::on_both;
use crate::surveyed::{self, NUMBER, give, typed};

/// Ends the planted contract, so that nothing but a complaint is open of its provider.
async fn end(city: &City, p: &Planted, contract: ContractId) {
    let ask = AskHalt {
        contract,
        kind: HaltKind::End,
        ground: Some(HaltGround::PublicInterest),
        reason: "服务点拆除（示例）".into(),
        compensation: "按已完成的服务结算（示例）".into(),
    };
    act(city, &p.director, &ask).await.expect("ended");
}

/// What the provider is told when it asks for its cancellation now; empty when it may.
async fn barred(city: &City, p: &Planted) -> String {
    let report = paper(city, &p.provider, PaperKind::LiquidationReport).await;
    let ask = ApplyCancellation { liquidated_on: city.clock.now().date(), ..cancellation(&[report]) };
    match act(city, &p.provider, &ask).await {
        Ok(_) => String::new(),
        refused => code(refused),
    }
}

/// The only reason why it is barred here.
const COMPLAINT: &str = "ending.no-open-complaints@";

async fn only(city: &City, p: &Planted) -> OpenComplaint {
    let mut found = open::complaints(city, p.organisation).await.expect("read");
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

async fn none_is_left(city: &City, p: &Planted) {
    assert!(open::complaints(city, p.organisation).await.expect("read").is_empty());
    assert_eq!(barred(city, p).await, "");
    assert_eq!(journal::verify(&city.db).await.expect("a comparison"), vec![]);
}

#[tokio::test]
async fn feedback_of_the_office_bars_until_it_is_answered() {
    on_both(async |city| {
        let (p, contract) = surveyed::signed(&city).await;
        assert!(open::complaints(&city, p.organisation).await.expect("read").is_empty());
        assert!(city.clock.move_to(at("2015-01-06", 9)));
        let tell = GiveFeedback {
            contract,
            matter: FeedbackMatter::Milestone,
            milestone: Some(1),
            words: "服务记录不全（示例）".into(),
            evidence: String::new(),
        };
        let feedback = act(&city, &p.staff, &tell).await.expect("told");
        let both = "ending.no-open-contracts@ ending.no-open-complaints@";
        assert_eq!(barred(&city, &p).await, both);
        end(&city, &p, contract).await;
        assert_eq!(barred(&city, &p).await, COMPLAINT);
        let one = only(&city, &p).await;
        assert_eq!((one.sort, one.number.as_str(), one.since), (ComplaintSort::Office, NUMBER, None));
        let answer = AnswerOfficeFeedback { feedback, version: 1, answer: "已补齐（示例）".into() };
        act(&city, &p.provider, &answer).await.expect("answered");
        none_is_left(&city, &p).await;
    })
    .await;
}

#[tokio::test]
async fn a_follow_up_that_a_recipient_asked_for_bars_until_it_is_answered() {
    on_both(async |city| {
        let at = surveyed::open(&city, 120, 40).await;
        let p = &at.planted;
        end(&city, p, at.contract).await;
        let mut answer = typed(at.survey, 1, Mark::Dissatisfied);
        answer.words = Some("上门服务迟到两次（示例）".into());
        let receipt = give(&city, &answer).await.expect("answered").feedback.expect("a receipt");
        let one = only(&city, p).await;
        assert_eq!((one.sort, one.number.as_str()), (ComplaintSort::Recipient, NUMBER));
        assert_eq!(one.since, Some(city.clock.now().date()), "the day on which it was filed");
        assert_eq!(barred(&city, p).await, COMPLAINT);
        let take_up = AcknowledgeFeedback { receipt: receipt.clone(), version: 1 };
        act(&city, &p.staff, &take_up).await.expect("taken up");
        assert_eq!(barred(&city, p).await, COMPLAINT, "whoever is heard has no answer yet");
        let reply =
            AnswerFeedback { receipt, version: 2, answer: "已调整上门时间（示例）".into() };
        act(&city, &p.staff, &reply).await.expect("answered");
        none_is_left(&city, p).await;
    })
    .await;
}

#[tokio::test]
async fn an_errand_of_supervision_on_its_contract_bars_until_it_is_closed() {
    on_both(async |city| {
        let (p, contract) = surveyed::signed(&city).await;
        end(&city, &p, contract).await;
        assert!(city.clock.move_to(at("2015-06-01", 9)));
        let discipline = person(&city, "discipline", Role::Supervisor, Scope::City).await;
        stock::take(&city).await.expect("looked");
        let filter = Filter { kind: Some(FindingKind::EvaluationMissing), ..Filter::default() };
        let found = read::findings(&city, &filter).await.expect("findings");
        assert_eq!(barred(&city, &p).await, "", "what was only found bars nobody");
        withdraw(&city, &p).await;
        let ask = OpenTicket { finding: found[0].id, demand: "说明未评价的原因（示例）".into() };
        let number = act(&city, &discipline, &ask).await.expect("a ticket");
        let one = only(&city, &p).await;
        assert_eq!((one.sort, one.number.as_str()), (ComplaintSort::Errand, NUMBER));
        assert_eq!(one.since, Some(found[0].arose_on), "the day on which it arose");
        assert_eq!(barred(&city, &p).await, COMPLAINT);
        let answer = AnswerTicket { number: number.clone(), answer: "合同已终止（示例）".into() };
        act(&city, &p.staff, &answer).await.expect("answered");
        assert_eq!(barred(&city, &p).await, COMPLAINT, "an answer is not yet accepted");
        let judge = JudgeTicket { number, is_accepted: true, reason: "属实（示例）".into() };
        act(&city, &discipline, &judge).await.expect("closed");
        none_is_left(&city, &p).await;
    })
    .await;
}

/// Takes the one application back, so that another may be made.
async fn withdraw(city: &City, p: &Planted) {
    let cases = app::registry::ending::read::own(city, p.organisation).await.expect("read");
    let take_back = app::registry::ending::intake::WithdrawCancellation { number: cases[0].number };
    act(city, &p.provider, &take_back).await.expect("taken back");
}
