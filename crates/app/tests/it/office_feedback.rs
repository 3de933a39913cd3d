//! Feedback both ways, judgements that name nobody, and a complaint that the office never sees.

use app::performance::feedback::{
    self, AcknowledgeFeedback, AnswerOfficeFeedback, ComplainOfRetaliation, FindOnRetaliation, GiveFeedback,
    JudgeOffice,
};
use app::{Error, deadlines, inbox, journal};
use domain::kernel::{Role, Scope};
use domain::performance::feedback::FeedbackMatter;

use crate::evaluation_ground::{NO_KEY, codes, day, go, somebody};
use crate::support::on_both;
use crate::surveyed;

fn tell(contract: domain::kernel::ContractId, matter: FeedbackMatter, evidence: &str) -> GiveFeedback {
    GiveFeedback {
        contract,
        matter,
        milestone: (matter == FeedbackMatter::Milestone).then_some(1),
        words: "要求另办两场合同外的活动".into(),
        evidence: evidence.into(),
    }
}

#[tokio::test]
async fn an_organisation_tells_the_office_and_is_answered_in_time() {
    on_both(async |city| {
        let (p, contract) = surveyed::signed(&city).await;
        let outside = tell(contract, FeedbackMatter::OutsideContract, "");
        assert_eq!(
            codes(city.act(&p.provider, &NO_KEY, &outside).await),
            ["performance.told-evidence-missing"]
        );
        let outside = tell(contract, FeedbackMatter::OutsideContract, "聊天记录（示例）");
        assert_eq!(
            city.act(&p.staff, &NO_KEY, &outside).await,
            Err(Error::NotFound),
            "not the office's word"
        );
        let id = city.act(&p.provider, &NO_KEY, &outside).await.expect("told");
        let held =
            deadlines::of(&city, domain::kernel::Subject::new(domain::kernel::SubjectKind::Feedback, id))
                .await
                .expect("deadlines");
        let mut due: Vec<_> = held.iter().filter_map(|one| one.due_on).collect();
        due.sort();
        assert_eq!(due, [day("2014-01-09"), day("2014-01-20")], "three and ten working days");
        let tasks = inbox::tasks(&city, &p.staff).await.expect("tasks");
        assert!(tasks.iter().any(|task| task.kind == inbox::TaskKind::AnswerOfficeFeedback && task.is_own));

        go(&city, "2014-01-10");
        let late = deadlines::late(&city, day("2014-01-10"), day("2013-01-10")).await.expect("late");
        let found = app::registry::late::about(&city, &late[0]).await.expect("read").expect("a contract");
        assert_eq!((late.len(), found.number.as_str()), (1, surveyed::NUMBER));
        let acknowledge = AcknowledgeFeedback { feedback: id, version: 1 };
        assert_eq!(city.act(&p.provider, &NO_KEY, &acknowledge).await, Err(Error::NotFound));
        city.act(&p.staff, &NO_KEY, &acknowledge).await.expect("acknowledged");
        let answer =
            |text: &str, version| AnswerOfficeFeedback { feedback: id, version, answer: text.to_owned() };
        assert_eq!(codes(city.act(&p.staff, &NO_KEY, &answer("", 2)).await), ["performance.told-no-answer"]);
        city.act(&p.director, &NO_KEY, &answer("活动取消，不再另提要求。", 2)).await.expect("answered");
        assert_eq!(
            codes(city.act(&p.staff, &NO_KEY, &answer("再答", 3)).await),
            ["performance.told-answered"]
        );
        let late = deadlines::late(&city, day("2014-02-10"), day("2014-01-10")).await.expect("late");
        assert_eq!(late.len(), 1, "acknowledged a day late, answered in time");
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn an_office_speaks_of_a_milestone_once_its_day_has_come() {
    on_both(async |city| {
        let (p, contract) = surveyed::signed(&city).await;
        let about = tell(contract, FeedbackMatter::Milestone, "");
        assert_eq!(codes(city.act(&p.staff, &NO_KEY, &about).await), ["performance.milestone-not-due"]);
        go(&city, "2015-01-06");
        let id = city.act(&p.staff, &NO_KEY, &about).await.expect("told");
        let answer = AnswerOfficeFeedback { feedback: id, version: 1, answer: "已整改。".into() };
        assert_eq!(city.act(&p.staff, &NO_KEY, &answer).await, Err(Error::NotFound));
        city.act(&p.provider, &NO_KEY, &answer).await.expect("answered");
        let lines = feedback::of_contract(&city, contract).await.expect("lines");
        assert_eq!((lines.len(), lines[0].acknowledged_at.is_some()), (1, true));
    })
    .await;
}

#[tokio::test]
async fn one_judgement_of_a_running_contract_is_shown_to_nobody() {
    on_both(async |city| {
        let (p, contract) = surveyed::signed(&city).await;
        let judge = |mark, words: &str| JudgeOffice { contract, mark, words: words.to_owned() };
        assert_eq!(
            codes(city.act(&p.provider, &NO_KEY, &judge(Some(6), "")).await),
            ["performance.mark-out-of-range", "performance.judgement-words-missing"]
        );
        city.act(&p.provider, &NO_KEY, &judge(Some(2), "付款拖延")).await.expect("judged");
        city.act(&p.provider, &NO_KEY, &judge(Some(1), "付款一再拖延")).await.expect("changed its mind");
        let marks = feedback::shown_marks(&city).await.expect("marks");
        assert_eq!((marks[0].together, marks[0].together_sum, marks[0].over), (0, 0, 0));
        assert!(feedback::shown_words(&city).await.expect("words").is_empty());
        assert!(feedback::own_judgement(&city, &p.staff, contract).await.expect("read").is_none());
        let own = feedback::own_judgement(&city, &p.provider, contract).await.expect("read");
        assert_eq!(own.map(|own| own.mark), Some(1));
        assert_eq!(city.act(&p.staff, &NO_KEY, &judge(Some(5), "很好")).await, Err(Error::NotPermitted));
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn a_complaint_of_retaliation_goes_past_the_office() {
    on_both(async |city| {
        let (p, contract) = surveyed::signed(&city).await;
        let complain = ComplainOfRetaliation {
            contract,
            words: "反馈后被要求重做验收".into(),
            evidence: "通知（示例）".into(),
        };
        let id = city.act(&p.provider, &NO_KEY, &complain).await.expect("complained");
        let discipline = somebody(&city, "discipline", Role::Supervisor, Scope::City).await;
        for actor in [&p.staff, &p.director, &p.lead, &p.finance] {
            assert!(matches!(feedback::complaints(&city, actor).await, Err(Error::NotFound)));
            let tasks = inbox::tasks(&city, actor).await.expect("tasks");
            assert!(tasks.iter().all(|task| task.kind != inbox::TaskKind::FindOnRetaliation));
        }
        let tasks = inbox::tasks(&city, &discipline).await.expect("tasks");
        assert!(tasks.iter().any(|task| task.kind == inbox::TaskKind::FindOnRetaliation));
        assert_eq!(feedback::complaints(&city, &discipline).await.expect("complaints").len(), 1);
        let find = FindOnRetaliation { complaint: id, version: 1, finding: "属实，已约谈。".into() };
        assert_eq!(city.act(&p.director, &NO_KEY, &find).await, Err(Error::NotPermitted));
        city.act(&discipline, &NO_KEY, &find).await.expect("found");
        let again = FindOnRetaliation { version: 2, ..find };
        assert_eq!(codes(city.act(&discipline, &NO_KEY, &again).await), ["performance.complaint-decided"]);
        let own = feedback::own_complaints(&city, &p.provider, contract).await.expect("own");
        assert_eq!(own[0].finding.as_deref(), Some("属实，已约谈。"));
        assert!(feedback::own_complaints(&city, &p.staff, contract).await.expect("read").is_empty());
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}
