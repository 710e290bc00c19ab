//! Statements: the entries of an account with a proof that anyone can recompute.
//!
//! A statement has, in this order: the opening, which is what the account was before the first
//! entry; every entry since, with its digest; the parts of every grant at the end; the closing
//! balances and totals. One that begins with the account opens empty, and then nothing in it has to
//! be believed.
//!
//! The digest of each entry is chained over ids, kinds, amounts, times and draws of all entries
//! before it, in the form that [`canonical`] describes, with vectors in
//! `tests/vectors/statement.json`. The store keeps it with the entry. Two statements of one account
//! that have a digest in common tell one history up to there, whoever wrote them, and nothing
//! before it can be changed without a trace in every statement that was ever given out. What a
//! person wrote and what was measured is outside of it, so it can be erased and the proof stays.
//!
//! [`Verifier`] trusts no digest, balance or total: it recomputes each draw from the burn order,
//! the holds and the debt, each part of each grant, each sum, and names the first entry that
//! differs and what differs. That a text was not changed, figures or not, `wire::statement` sees.

pub mod canonical;
mod expect;
mod fold;
mod make;
mod parts;
mod step;
mod tally;
mod verdict;
mod verify;

pub use make::{Maker, Opened};
pub use parts::{Closing, Head, Opening, PoolSum, Row, Total};
pub use verdict::{Difference, Matches, Place, Verdict, What};
pub use verify::Verifier;
