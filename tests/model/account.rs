//! What the naive ledger keeps: plain numbers in plain lists.

use nivella_credits::core::GrantKind;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NaiveGrant {
    pub kind: GrantKind,
    pub priority: u8,
    pub from: i64,
    pub until: Option<i64>,
    pub amount: i128,
    pub available: i128,
    pub held: i128,
    pub consumed: i128,
    pub reversed: i128,
    pub expired: i128,
    pub item: Option<String>,
    /// The subscription's number, for a grant of one of its cycles.
    pub cycle_of: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoldState {
    Open,
    Lapsed,
    Done,
}

#[derive(Clone, Debug)]
pub struct NaiveHold {
    pub state: HoldState,
    pub lapses: i64,
    /// Grant number and amount.
    pub draws: Vec<(usize, i128)>,
}

#[derive(Clone, Debug, Default)]
pub struct NaiveItem {
    pub id: String,
    pub purchase: i128,
    pub bonus: i128,
    /// Purchase and bonus, as the next two.
    pub target: [i128; 2],
    /// What was taken of its own grants.
    pub own: [i128; 2],
    pub owed: i128,
    /// Micro-credits that others lent: number of the grant and amount, the last one last.
    pub lent: Vec<(usize, i128)>,
    pub forgiven: i128,
    pub spared: i128,
}

impl NaiveItem {
    pub fn lent(&self) -> i128 {
        self.lent.iter().map(|(_, amount)| amount).sum()
    }

    /// Used or held credits of it that others pay for, or nobody.
    pub fn covered(&self) -> i128 {
        self.owed + self.forgiven + self.lent()
    }
}

#[derive(Clone, Debug)]
pub struct NaivePlan {
    pub key: String,
    pub level: u32,
    pub allowance: i128,
    pub unlimited: bool,
    pub cap: i128,
    pub features: Vec<String>,
}

impl NaivePlan {
    pub fn allows(&self, feature: &str) -> bool {
        self.features.is_empty() || self.features.iter().any(|own| own == feature)
    }
}

#[derive(Clone, Debug)]
pub struct Sub {
    pub plan: usize,
    pub next: Option<usize>,
    pub start: i64,
    /// `i64::MAX` where it is open-ended.
    pub paid: i64,
    /// Start, end and allowance of every booked cycle.
    pub cycles: Vec<(i64, i64, i128)>,
    pub unused: i128,
}
