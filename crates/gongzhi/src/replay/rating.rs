//! A round of rating beside the purchases, through the acts: one organisation confirmed at 4A, one in
//! publicity, one with experts on the visit. All of it is invented (示例).

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::Context;
use app::papers::GivePaper;
use app::registry::rating::apply::{ApplyForRating, CheckApplication};
use app::registry::rating::bodies::{self, FormBody};
use app::registry::rating::confirm::ConfirmRating;
use app::registry::rating::meeting::{CallMeeting, CastVote, ConcludeMeeting};
use app::registry::rating::own;
use app::registry::rating::publicity::{Publicise, ReportUpward};
use app::registry::rating::rounds::OpenRound;
use app::registry::rating::sheet::{GiveOpinion, LockSheet, MarkEntry, SaveSheet};
use app::registry::rating::visit::AppointVisitor;
use app::tendering::expert;
use app::uploads::StoredFile;
use app::{City, RequestKey};
use domain::kernel::{Actor, Date, Fen, RatingId, Role, Scope};
use domain::registry::PaperKind;
use domain::registry::rating::{Body, Conduct, Grade};

use super::cast::Cast;

const NO_KEY: RequestKey = RequestKey::None;
/// The places of the committee, the visiting experts and the review board among the experts.
const COMMITTEE: Range<usize> = 0..9;
const VISITORS: Range<usize> = 9..12;
const BOARD: Range<usize> = 12..17;
/// The organisations, by how far their rating has come.
const CONFIRMED: &str = "org03";
const PUBLICISED: &str = "org04";
const VISITED: &str = "org07";

/// The round on its way.
pub struct Round {
    officer: Actor,
    director: Actor,
    number: String,
    committee: i64,
    first: RatingId,
}

/// What a round is played with.
pub struct Players<'a> {
    /// The city.
    pub city: &'a City,
    /// The expert pool.
    pub experts: &'a [Actor],
    /// Those who act for organisations, by sign-in name.
    pub users: &'a BTreeMap<String, Actor>,
}

impl Players<'_> {
    /// 7 February: the bodies are formed, the round opens, the first rating goes into publicity.
    pub async fn begin(&self, cast: &mut Cast) -> anyhow::Result<Round> {
        let city = self.city;
        let scope = Scope::City;
        let officer =
            cast.add(city, "rating-officer", "评估经办（示例）", Role::ApprovalOfficer, scope).await?;
        let director =
            cast.add(city, "rating-director", "审批处长（示例）", Role::ApprovalDirector, scope).await?;
        let committee = self.form(&director, Body::Committee, "第一届评估委员会（示例）", COMMITTEE).await?;
        self.form(&director, Body::ReviewBoard, "第一届复核委员会（示例）", BOARD).await?;
        let open = OpenRound {
            title: "2014年度社会组织等级评估（示例）".to_owned(),
            notice: "符合条件的社会团体、基金会和社会服务机构可以申报，请附自评报告和申报材料（示例）。"
                .to_owned(),
            apply_until: Date::constant(2014, 4, 30),
            fee: Fen::ZERO,
        };
        let number = city.act(&officer, &NO_KEY, &open).await?;
        let mut round = Round { officer, director, number, committee, first: RatingId(0) };
        round.first = self.visit(&round, CONFIRMED).await.context("the first application")?;
        self.assess(round.first, 5_900).await.context("the first assessment")?;
        self.decide(&round, round.first).await.context("the first decision")?;
        Ok(round)
    }

    /// 10 March: the first grade is confirmed, the second is in publicity, the third is being visited.
    pub async fn carry_on(&self, round: &Round) -> anyhow::Result<()> {
        let city = self.city;
        city.act(&round.officer, &NO_KEY, &ReportUpward { case: round.first }).await?;
        city.act(&round.director, &NO_KEY, &ConfirmRating { case: round.first }).await?;
        let second = self.visit(round, PUBLICISED).await.context("the second application")?;
        self.assess(second, 9_600).await.context("the second assessment")?;
        self.decide(round, second).await.context("the second decision")?;
        self.visit(round, VISITED).await.context("the third application")?;
        Ok(())
    }

    fn some(&self, range: Range<usize>) -> anyhow::Result<&[Actor]> {
        self.experts.get(range).context("too few experts")
    }

    async fn form(
        &self,
        director: &Actor,
        kind: Body,
        name: &str,
        range: Range<usize>,
    ) -> anyhow::Result<i64> {
        let form = FormBody {
            kind,
            name: name.to_owned(),
            term_from: Date::constant(2014, 1, 1),
            term_until: Date::constant(2018, 12, 31),
            members: self.some(range)?.iter().filter_map(|actor| actor.person).collect(),
        };
        Ok(self.city.act(director, &NO_KEY, &form).await?)
    }

    /// An application with its paper, found eligible, with three experts appointed.
    async fn visit(&self, round: &Round, login: &str) -> anyhow::Result<RatingId> {
        let city = self.city;
        let user = self.users.get(login).context("no such organisation")?;
        let file = StoredFile::store(
            city,
            "B31",
            "评估申报书（示例）.pdf",
            &super::leaf::pdf("评估申报书（示例）"),
        )?;
        let give = GivePaper {
            kind: PaperKind::RatingFile,
            title: "评估申报书（示例）".to_owned(),
            file,
            valid_until: None,
            on_behalf_of: None,
        };
        let paper = city.act(user, &NO_KEY, &give).await?;
        let apply = ApplyForRating {
            round: round.number.clone(),
            statement: "本单位章程完备，理事会按期换届，财务独立核算，服务对象评价良好（示例）。".to_owned(),
            papers: vec![paper],
            declares: true,
        };
        let number = city.act(user, &NO_KEY, &apply).await?;
        let case = own::id_of(city, &number).await?;
        let note = "经查询，无处罚和立案记录（示例）。".to_owned();
        let check = CheckApplication { case, conduct: Conduct::default(), note };
        city.act(&round.officer, &NO_KEY, &check).await?;
        for actor in self.some(VISITORS)? {
            let expert = expert::own(city, actor).await?.id;
            city.act(&round.officer, &NO_KEY, &AppointVisitor { case, expert }).await?;
        }
        Ok(case)
    }

    /// Three sheets with so many hundredths less than everything, and the opinion that they make.
    async fn assess(&self, case: RatingId, less: i64) -> anyhow::Result<()> {
        let city = self.city;
        let number = app::registry::rating::read::desk_list(city).await?;
        let number = number.into_iter().find(|line| line.id == case).context("no such rating")?.number;
        let visitors = self.some(VISITORS)?;
        for (place, actor) in visitors.iter().enumerate() {
            let sheet = own::sheet(city, actor, &number).await?;
            let mut left = less + 100 * i64::try_from(place)?;
            let entry = |item: &domain::registry::rating::Item| {
                let off = left.min(item.most * 10);
                left -= off;
                let points = Some(item.most * 100 - off);
                MarkEntry { item: item.code.clone(), points, remark: String::new() }
            };
            let entries = sheet.items.iter().map(entry).collect();
            city.act(actor, &NO_KEY, &SaveSheet { case, entries }).await?;
            city.act(actor, &NO_KEY, &LockSheet { case }).await?;
        }
        let author = visitors.first().context("no experts")?;
        let text = "管理规范，服务有特色；建议完善档案管理（示例）。".to_owned();
        city.act(author, &NO_KEY, &GiveOpinion { case, text }).await?;
        Ok(())
    }

    /// The committee sits, votes for 4A by seven to one, and the result goes into publicity.
    async fn decide(&self, round: &Round, case: RatingId) -> anyhow::Result<()> {
        let city = self.city;
        let members = bodies::members(city, round.committee).await?;
        let present = members.iter().take(8).map(|member| member.id).collect();
        let call = CallMeeting { case, body: round.committee, present };
        city.act(&round.officer, &NO_KEY, &call).await?;
        for (place, actor) in self.some(COMMITTEE)?.iter().take(8).enumerate() {
            let choice = Some(if place == 7 { Grade::ThreeA } else { Grade::FourA });
            city.act(actor, &NO_KEY, &CastVote { case, choice }).await?;
        }
        let conclude = ConcludeMeeting { case, reason: String::new() };
        city.act(&round.officer, &NO_KEY, &conclude).await?;
        city.act(&round.officer, &NO_KEY, &Publicise { case }).await?;
        Ok(())
    }
}
