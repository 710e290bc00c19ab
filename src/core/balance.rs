//! Balance: what an account has at one instant, read from one state of its ledger.

use crate::core::{Credits, GrantKind, Instant, Level};

/// A snapshot of an account.
///
/// `posted` is what grants still have, held credits included, less debt; `available` is
/// `max(0, posted - held)`. Of two snapshots the one with the greater `(version, as_of)` is newer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// Counts every write of the account, those of holds too.
    pub version: u64,
    /// The ledger's time of the snapshot.
    pub as_of: Instant,
    /// What can be spent, 0 or more.
    pub available: Credits,
    /// The booked sum; below 0 while more is owed than held.
    pub posted: Credits,
    /// Reserved by open holds.
    pub held: Credits,
    /// Owed, and repaid before anything is available again.
    pub debt: Credits,
    /// An unlimited plan covers all use.
    pub unlimited: bool,
    /// When the unlimited plan ends; none where it is open-ended or there is none.
    pub unlimited_until: Option<Instant>,
    /// What is available and held, in burn order.
    pub pools: Vec<Pool>,
    /// How close to running out: the level of `available`.
    pub level: Level,
    /// The level that is worth saying: that of `posted`. What a hold reserves is no loss before it
    /// is settled, so one that dips under a threshold and is given back crosses nothing, however
    /// often; what was spent is said once, and once when it is made up for.
    pub alert: Level,
    /// The plan, while one is running.
    pub plan: Option<PlanLine>,
}

/// Credits of one kind with one expiry and one priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool {
    /// Lower burns first.
    pub priority: u8,
    /// Why they were granted.
    pub kind: GrantKind,
    /// What can be spent of them.
    pub available: Credits,
    /// What open holds reserve of them.
    pub held: Credits,
    /// When what is unused ends; none: never.
    pub expires_at: Option<Instant>,
}

/// The running plan in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanLine {
    /// The plan's key.
    pub key: String,
    /// Its name as shown.
    pub name: String,
    /// What this cycle brought, an upgrade's difference included, rolled-over credits not.
    pub allowance: Credits,
    /// The first instant of the next cycle.
    pub cycle_ends_at: Instant,
    /// When the subscription began, from which its cycles are counted; none where it is not told.
    pub started_at: Option<Instant>,
    /// No cycle that starts then or later brings an allowance; none: as long as it runs.
    pub paid_until: Option<Instant>,
}

impl PlanLine {
    /// Whether another cycle follows the running one. A plan that is paid for until then does not
    /// renew by itself, and nobody is told that it does.
    pub fn renews(&self) -> bool {
        self.paid_until.is_none_or(|until| until > self.cycle_ends_at)
    }
}
