//! Statements: the entries of an account with a proof that anyone can recompute.
//!
//! A statement has, in this order: a head (account, time, zone); the opening, which is what the
//! account was before the first entry; every entry since, with its digest; the parts of every
//! grant at the end; the closing balances and totals; a seal. One that begins with the account
//! opens empty, and then nothing in it has to be believed.
//!
//! Three digests prove three things:
//!
//! - the **digest** of each entry is chained over ids, kinds, amounts, times and draws of all
//!   entries before it. The store keeps it with the entry. Two statements of one account that have
//!   a digest in common tell one history up to there, whoever wrote them, and nothing before it can
//!   be changed without a trace in every statement that was ever given out;
//! - the **details** digest of each entry is taken of what stands beside its figures: what was
//!   measured, the reference, the site, the reason. It is not chained, so a store may erase such
//!   texts for good and the proof of the figures stays;
//! - the **seal** is taken of the whole statement, so that any change of an exported file is found.
//!
//! The texts that these are taken of are described in [`canonical`], with vectors in
//! `tests/vectors/statement.json`. [`Verifier`] trusts none of them, and no balance or total: it
//! recomputes each draw from the burn order, the holds and the debt, each part of each grant, each
//! sum, and names the first entry that differs and what differs.

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
pub use parts::{Closing, FORMAT, Head, Opening, PoolSum, Row, Total, VERSION};
pub use verdict::{Difference, Matches, Place, Verdict, What};
pub use verify::Verifier;
