//! The targeted cultivation programme (专项培育计划): who may be enrolled, how, and what is counted (S20-S36, D1-D3).
//!
//! `application` holds the sub-services of each type and what an application must say, `course` the steps from it to
//! the end, `score` the three criteria, `progress` the floors and what counts towards them.

pub mod application;
pub mod course;
pub mod progress;
pub mod score;

pub use application::{Asked, MediationPart, Request, ServiceTag};
pub use course::{EnrolmentStage, RefusalGround};
pub use score::{Criterion, Score};
