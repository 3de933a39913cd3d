//! The rating committee and the review board: formed for a term, with all their members by name (B32).

use domain::kernel::{Coded, Date, PersonId, Refusal, Role};
use domain::registry::rating::Body;
use domain::registry::rating::committee::{check_size, check_term};

use super::{DIRECTOR, person, require};
use crate::journal::{RATING_BODY, RATING_MEMBER};
use crate::{Act, App, Cx, Error, args, row};

/// Forms a body. Its members are experts, so that each can sign in and vote alone.
#[derive(Clone)]
pub struct FormBody {
    /// Which body.
    pub kind: Body,
    /// Its name, such as 第三届评估委员会.
    pub name: String,
    /// First day of its term.
    pub term_from: Date,
    /// Last day of its term.
    pub term_until: Date,
    /// Its members.
    pub members: Vec<PersonId>,
}

impl Act for FormBody {
    type Outcome = i64;
    const NAME: &'static str = "rating.form_body";
    const WHO: &'static [Role] = DIRECTOR;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let mut members: Vec<PersonId> = Vec::new();
        for member in &self.members {
            if !members.contains(member) {
                members.push(*member);
            }
        }
        let rules = cx.app.book.on(cx.now.date());
        let mut faults = Vec::new();
        faults.extend(require(&self.name, "name").err());
        faults.extend(check_term(self.term_from, self.term_until, rules).err());
        faults.extend(check_size(self.kind, members.len(), rules).err());
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        for member in &members {
            check_expert(cx, *member, "members").await?;
        }
        let body = cx.id();
        let values = [
            ("kind", self.kind.code().into()),
            ("name", self.name.trim().into()),
            ("term_from", self.term_from.into()),
            ("term_until", self.term_until.into()),
            ("formed_by", person(cx)?.into()),
            ("formed_at", cx.now.into()),
        ];
        cx.insert(&RATING_BODY, body, &values).await?;
        for (place, member) in members.iter().enumerate() {
            let id = cx.id();
            let values =
                [("body_id", body.into()), ("person_id", (*member).into()), ("position", (place + 1).into())];
            cx.insert(&RATING_MEMBER, id, &values).await?;
        }
        Ok(body)
    }
}

/// Refuses who holds no expert's post.
pub(super) async fn check_expert(
    cx: &mut Cx<'_>,
    person: PersonId,
    field: &'static str,
) -> Result<(), Error> {
    let sql = "SELECT count(*) FROM post WHERE person_id = $1 AND role = 'expert' AND until IS NULL";
    if cx.tx.number(sql, args![person]).await? == 0 {
        return Err(Refusal::new("rating.member-no-expert", "B32").at(field).into());
    }
    Ok(())
}

row! {
    /// A body.
    pub struct RatingBody {
        /// Its row.
        id: i64,
        /// Which body.
        @code kind: Body,
        /// Its name.
        name: String,
        /// First day of its term.
        term_from: Date,
        /// Last day of its term.
        term_until: Date,
        /// How many members it has in all.
        members: i64,
    }
}

const BODIES: &str = "SELECT b.id, b.kind, b.name, b.term_from, b.term_until,
       (SELECT count(*) FROM rating_member m WHERE m.body_id = b.id AND m.left_on IS NULL) AS members FROM rating_body b";

/// Every body, newest term first.
///
/// # Errors
/// The database could not be read.
pub async fn all(app: &App) -> Result<Vec<RatingBody>, Error> {
    Ok(app.db.all(&format!("{BODIES} ORDER BY b.term_from DESC, b.id DESC LIMIT 100"), &[]).await?)
}

/// One body, inside a transaction.
pub(super) async fn one_in(cx: &mut Cx<'_>, id: i64) -> Result<RatingBody, Error> {
    Ok(cx.tx.one(&format!("{BODIES} WHERE b.id = $1"), args![id]).await?)
}

row! {
    /// A member of a body.
    pub struct Member {
        /// Its row.
        id: i64,
        /// The body.
        body_id: i64,
        /// Who.
        person_id: PersonId,
        /// The member's name.
        name: String,
    }
}

const MEMBERS: &str = "SELECT m.id, m.body_id, m.person_id, p.name FROM rating_member m
     JOIN person p ON p.id = m.person_id WHERE m.body_id = $1 AND m.left_on IS NULL ORDER BY m.position, m.id";

/// The members of a body today, in order.
///
/// # Errors
/// The database could not be read.
pub async fn members(app: &App, body: i64) -> Result<Vec<Member>, Error> {
    Ok(app.db.all(MEMBERS, args![body]).await?)
}

/// The members of a body, inside a transaction.
pub(super) async fn members_in(cx: &mut Cx<'_>, body: i64) -> Result<Vec<Member>, Error> {
    Ok(cx.tx.all(MEMBERS, args![body]).await?)
}

row! {
    /// Somebody who may be made a member.
    pub struct Candidate {
        /// Who.
        id: PersonId,
        /// The name.
        name: String,
        /// The sign-in name, which tells namesakes apart.
        login: String,
    }
}

/// Everyone with an expert's post, by name.
///
/// # Errors
/// The database could not be read.
pub async fn candidates(app: &App) -> Result<Vec<Candidate>, Error> {
    let sql = "SELECT DISTINCT p.id, p.name, p.login FROM person p JOIN post o ON o.person_id = p.id
               WHERE o.role = 'expert' AND o.until IS NULL ORDER BY p.name, p.id LIMIT 500";
    Ok(app.db.all(sql, &[]).await?)
}

row! {
    /// Somebody who left a body within its term.
    pub struct FormerMember {
        /// The member's name.
        name: String,
        /// The first day without the member.
        left_on: Date,
        /// Why.
        left_why: String,
    }
}

/// Who left a body within its term, the last one first.
///
/// # Errors
/// The database could not be read.
pub async fn former_members(app: &App, body: i64) -> Result<Vec<FormerMember>, Error> {
    let sql = "SELECT p.name, m.left_on, m.left_why FROM rating_member m JOIN person p ON p.id = m.person_id
               WHERE m.body_id = $1 AND m.left_on IS NOT NULL ORDER BY m.left_on DESC, m.id";
    Ok(app.db.all(sql, args![body]).await?)
}
