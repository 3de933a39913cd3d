//! All sheets side by side once everyone has locked: doubting another's score, correcting one's own (C46).

use app::Error;
use app::tendering::recheck::{self, Recheck};
use app::tendering::score_sheet::{CorrectScore, DoubtScore};
use askama::Template;
use axum::response::Response;
use domain::kernel::{BidId, Coded, Fen, Refusal, SeatId};
use domain::tendering::score::ScoreCorrectionGround;

use super::options;
use crate::shell::{
    Choice, FieldFault, Form, PageError, Path, Shell, Typed, Visit, fault_at, show, show_faults,
};

#[derive(Template)]
#[template(path = "tendering/review/recheck.html")]
struct RecheckPage<'a> {
    shell: &'a Shell,
    room: &'a Recheck,
    members: Vec<Choice>,
    of_bids: Vec<Choice>,
    of_positions: Vec<Choice>,
    bids: Vec<Choice>,
    positions: Vec<Choice>,
    grounds: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /expert/{no}/recheck
pub async fn show_all(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let room = load(&visit, &number).await?;
    show(&page(&visit, &room, &Form::default(), &[]))
}

async fn load(visit: &Visit, number: &str) -> Result<Recheck, PageError> {
    recheck::read(&visit.city, &visit.actor, number).await.map_err(|error| visit.error(error))
}

fn page<'a>(
    visit: &'a Visit,
    room: &'a Recheck,
    form: &'a Form,
    faults: &'a [FieldFault],
) -> RecheckPage<'a> {
    let others = room.members.iter().filter(|member| member.id != room.seat.seat);
    let members = others.map(|one| Choice::new(one.id.0.to_string(), &one.name, form.text("member")));
    let bids = |current: &str| -> Vec<Choice> {
        room.bids.iter().map(|bid| Choice::new(bid.id.0.to_string(), &bid.alias, current)).collect()
    };
    let positions = |current: &str| -> Vec<Choice> {
        room.scored().map(|one| Choice::new(one.position.to_string(), &one.name, current)).collect()
    };
    RecheckPage {
        shell: &visit.shell,
        room,
        members: members.collect(),
        of_bids: bids(form.text("of_bid")),
        of_positions: positions(form.text("of_position")),
        bids: bids(form.text("bid")),
        positions: positions(form.text("position")),
        grounds: options::<ScoreCorrectionGround>(&visit.shell, form.text("ground")),
        form,
        faults,
    }
}

/// POST /expert/{no}/recheck: `act` is doubt or correct.
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let room = load(&visit, &number).await?;
    match perform(&visit, &room, &form).await {
        Ok(done) => Ok(visit.done(&format!("/expert/{number}/recheck"), done)),
        Err(error) => {
            let faults = visit.faults(error)?;
            show_faults(&page(&visit, &room, &form, &faults))
        }
    }
}

async fn perform(visit: &Visit, room: &Recheck, form: &Form) -> Result<&'static str, Error> {
    let (city, actor, key, seat) = (&visit.city, &visit.actor, form.key(), room.seat.seat);
    let number = |name: &str| form.number(name).ok_or(Error::NotFound);
    if form.text("act") == "doubt" {
        let (of, bid) = (SeatId(number("member")?), BidId(number("of_bid")?));
        let doubt = DoubtScore { seat, of, bid, position: number("of_position")? };
        city.act(actor, &key, &doubt).await?;
        return Ok("review-doubted");
    }
    // Points are typed like money: at most two decimals, read as whole hundredths.
    let unreadable = |_| Refusal::new("tendering.score-unreadable", "C46");
    let mut typed = Typed::of(visit, form);
    let correct = CorrectScore {
        seat,
        bid: BidId(number("bid")?),
        position: number("position")?,
        ground: ScoreCorrectionGround::from_code(form.text("ground")).ok_or(Error::NotFound)?,
        points: typed.read(
            "after",
            0,
            Fen::parse_yuan(form.trimmed("after")).map(|points| points.0).map_err(unreadable),
        ),
        reason: typed.text("reason").trim().to_owned(),
    };
    typed.ask(visit, &key, &correct).await?;
    Ok("review-corrected")
}
