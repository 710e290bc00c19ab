//! The ledger of one account: every rule of booking, from a command and the time to entries.
//!
//! [`Ledger::apply`] books a command as a whole or changes nothing. What time alone does (a grant
//! expires, a hold lapses, a cycle begins) is booked before any command, in the order in which it
//! happened and as of the instant at which it did, so that it never matters how late an account is
//! touched.
//!
//! ```
//! use nivella_credits::core::ledger::{Charge, Command, Note, Op, Outcome, Request, Settings};
//! use nivella_credits::core::{Credits, DEFAULT_PRIORITY, GrantKind, Instant, Ledger, Mode};
//! let now = Instant::parse("2026-11-21T10:00:00Z")?;
//! let mut ledger = Ledger::new(Settings::default())?;
//! let one = |id: &str, op| {
//!     Command::One(Request { id: id.to_owned(), note: Note::default(), op })
//! };
//! let grant = Op::Grant {
//!     kind: GrantKind::Purchase,
//!     amount: Credits::parse("2000")?,
//!     bonus: Credits::ZERO,
//!     order_item: Some("order-1-item-1".into()),
//!     priority: DEFAULT_PRIORITY,
//!     effective_at: None,
//!     expires_at: None,
//! };
//! ledger.apply(one("order-1-item-1", grant), now)?;
//! let cost = |text| Credits::parse(text).map(Charge::Amount);
//! let answer = Op::Use { mode: Mode::Strict, charge: cost("1.2")?, occurred_at: None };
//! ledger.apply(one("message-1", answer), now)?;
//! assert_eq!(ledger.balance(now)?.available.to_string(), "1998.8");
//!
//! let call = Op::Use { mode: Mode::Strict, charge: cost("2000")?, occurred_at: None };
//! let Outcome::Refused(no) = ledger.apply(one("call-1", call), now)? else { panic!() };
//! assert_eq!(no.short_by.to_string(), "1.2");
//! # Ok::<(), nivella_credits::Error>(())
//! ```

mod book;
mod command;
mod grants;
mod holds;
mod items;
mod known;
mod outcome;
mod read;
mod request;
mod restore;
mod settings;
mod spend;
mod state;
mod subscription;
mod time;
mod undo;

pub use command::{Charge, Command, Note, Op, Request, Term};
pub use outcome::{Booked, Outcome, Refused, Ticket};
pub use restore::Snapshot;
pub use settings::Settings;
pub use subscription::Subscribed;

use std::sync::Arc;

use crate::core::digest::Digest;
use crate::core::{Credits, Entry, EntryKind, Grant, Instant};
use crate::error::{Code, Error, Result};
use book::Stamp;
use known::{Known, Requests};
use outcome::Answer;
use request::{check_note, check_request_id};
use state::State;

/// The ledger of one account.
#[derive(Clone, Debug)]
pub struct Ledger {
    settings: Arc<Settings>,
    state: State,
    grants: Vec<Grant>,
    entries: Vec<Entry>,
    requests: Requests,
    /// While entries are still being loaded: the fold of those that are.
    loading: Option<Box<State>>,
}

const MAX_BATCH: usize = 1_000;

/// What a write must restore when it is undone.
struct Mark {
    state: State,
    grants: usize,
    entries: usize,
    requests: usize,
}

impl Ledger {
    /// An empty account.
    ///
    /// # Errors
    /// What [`Settings::validate`] refuses.
    pub fn new(settings: Settings) -> Result<Ledger> {
        settings.validate()?;
        Ok(Ledger {
            settings: Arc::new(settings),
            state: State::default(),
            grants: Vec::new(),
            entries: Vec::new(),
            requests: Requests::default(),
            loading: None,
        })
    }

    /// Books a command as a whole, or changes nothing.
    ///
    /// A clock that was set back counts as standing still: nothing is booked before the last entry.
    ///
    /// # Errors
    /// A coded refusal of what is asked for; the ledger is as it was. A strict request that is not
    /// covered is no error but [`Outcome::Refused`].
    pub fn apply(&mut self, command: Command, now: Instant) -> Result<Outcome> {
        self.check_complete()?;
        let now = self.clock(now);
        match command {
            Command::Touch => self.apply_touch(now),
            Command::One(request) => self.apply_one(request, now),
            Command::Batch(requests) => self.apply_batch(requests, now),
        }
    }

    fn apply_touch(&mut self, now: Instant) -> Result<Outcome> {
        let (mark, first) = (self.mark(), self.state.seq + 1);
        if let Err(error) = self.catch_up(now) {
            self.undo(mark);
            return Err(error);
        }
        self.written(first);
        let count = (self.state.seq + 1 - first) as u32;
        Ok(Outcome::Booked(Booked { first, count, hold: None, replayed: false }))
    }

    fn apply_one(&mut self, request: Request, now: Instant) -> Result<Outcome> {
        check_request_id(&request.id)?;
        let hash = request.hash();
        if let Some(booked) = self.replay(&request.id, hash)? {
            return Ok(Outcome::Booked(booked));
        }
        // These write one entry, and an entry is taken in as a whole or not at all.
        let single = matches!(request.op, Op::Use { .. } | Op::Hold { .. }) && !self.is_due(now);
        let (mark, first) = ((!single).then(|| self.mark()), self.state.seq + 1);
        let done = self.catch_up(now).and_then(|()| self.book(request, hash, now));
        match done {
            Ok(Ok(booked)) if single => {
                // A use brings no event of time, and a hold has noted its own.
                self.state.version = self.state.version.saturating_add(1);
                Ok(Outcome::Booked(booked))
            }
            Ok(Ok(booked)) => {
                self.written(first);
                Ok(Outcome::Booked(booked))
            }
            Ok(Err(refused)) => {
                mark.into_iter().for_each(|mark| self.undo(mark));
                Ok(Outcome::Refused(refused))
            }
            Err(error) => {
                mark.into_iter().for_each(|mark| self.undo(mark));
                Err(error)
            }
        }
    }

    fn apply_batch(&mut self, requests: Vec<Request>, now: Instant) -> Result<Outcome> {
        let only_uses = requests.iter().all(|request| matches!(request.op, Op::Use { .. }));
        if requests.is_empty() || requests.len() > MAX_BATCH || !only_uses {
            let message = "a batch is 1 to 1,000 uses";
            return Err(Error::new(Code::FieldInvalid, message).at("items"));
        }
        let (mark, first) = (self.mark(), self.state.seq + 1);
        let done = self.catch_up(now).and_then(|()| self.book_all(requests, now));
        if let Ok(Ok(_)) = done {
            self.written(first);
        } else {
            self.undo(mark);
        }
        done.map(|answers| answers.map_or_else(Outcome::Refused, Outcome::Batch))
    }

    /// Books each request that was not booked before.
    fn book_all(&mut self, requests: Vec<Request>, now: Instant) -> Result<Answer<Vec<Booked>>> {
        let mut answers = Vec::with_capacity(requests.len());
        for request in requests {
            check_request_id(&request.id)?;
            let hash = request.hash();
            if let Some(booked) = self.replay(&request.id, hash)? {
                answers.push(booked);
                continue;
            }
            match self.book(request, hash, now)? {
                Ok(booked) => answers.push(booked),
                Err(refused) => return Ok(Err(refused)),
            }
        }
        Ok(Ok(answers))
    }

    /// Books one new request. On a refusal or an error some entries may have been written.
    fn book(&mut self, request: Request, hash: Digest, now: Instant) -> Result<Answer<Booked>> {
        let Note { reference, site, reason } = &request.note;
        check_note(reference.as_deref(), site.as_deref(), reason.as_deref())?;
        let id: Arc<str> = Arc::from(request.id);
        let first = self.state.seq + 1;
        let mut stamp =
            Stamp { now, request: Some(Arc::clone(&id)), hash, note: request.note, kind: None };
        if let Some(refused) = self.perform(request.op, &mut stamp)? {
            return Ok(Err(refused));
        }
        let count = (self.state.seq + 1 - first) as u32;
        if count > 0 {
            self.requests.push(id, Known { hash, first, count });
        }
        let hold = self.ticket(first);
        Ok(Ok(Booked { first, count, hold, replayed: false }))
    }

    fn perform(&mut self, op: Op, stamp: &mut Stamp) -> Result<Option<Refused>> {
        match op {
            Op::Use { mode, charge, occurred_at } => {
                self.use_credits(mode, charge, occurred_at, stamp)
            }
            Op::Hold { mode, charge, duration_ms } => self.hold(mode, charge, duration_ms, stamp),
            Op::Settle { hold, mode, charge, occurred_at } => {
                self.settle(hold, mode, charge, occurred_at, stamp)
            }
            Op::Take { amount } => self.take(amount, stamp),
            other => self.perform_always(other, stamp).map(|()| None),
        }
    }

    /// The first answer to this request, if it was booked before.
    fn replay(&self, id: &str, hash: Digest) -> Result<Option<Booked>> {
        let Some(known) = self.requests.get(id) else { return Ok(None) };
        if known.hash != hash {
            let message = "the request id was used before with another body";
            return Err(Error::new(Code::RequestIdConflict, message).at("request_id"));
        }
        let hold = self.ticket(known.first);
        Ok(Some(Booked { first: known.first, count: known.count, hold, replayed: true }))
    }

    fn ticket(&self, seq: u64) -> Option<Ticket> {
        let entry = self.entry(seq).filter(|entry| entry.kind == EntryKind::Hold)?;
        let micro = entry.draws.iter().fold(0_i64, |sum, d| sum.saturating_add(d.amount.micro()));
        let amount = Credits::from_micro(micro);
        Some(Ticket { id: entry.hold?, amount, lapses_at: entry.lapses_at? })
    }

    fn mark(&self) -> Mark {
        Mark {
            state: self.state.clone(),
            grants: self.grants.len(),
            entries: self.entries.len(),
            requests: self.requests.len(),
        }
    }

    fn undo(&mut self, mark: Mark) {
        self.state = mark.state;
        self.grants.truncate(mark.grants);
        self.entries.truncate(mark.entries);
        self.requests.truncate(mark.requests);
    }
}
