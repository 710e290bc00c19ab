//! A card for each agent.

use crate::core::Credits;
use crate::core::activity::{Dimension, Filter, Part, Summary, Sums};
use crate::view::dashboard::share::{Change, change};

/// Agents of one kind share a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Written conversations.
    Chat,
    /// Calls.
    Voice,
    /// What runs by itself.
    Auto,
    /// Everything else.
    Other,
}

impl Family {
    /// Every family, in the order of the stack.
    pub const ALL: [Family; 4] = [Family::Chat, Family::Voice, Family::Auto, Family::Other];

    /// Its name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Family::Chat => "chat",
            Family::Voice => "voice",
            Family::Auto => "auto",
            Family::Other => "other",
        }
    }
}

/// What an agent's work is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantityUnit {
    /// Messages answered.
    Reply,
    /// Minutes of call, each begun one.
    Minute,
    /// Runs that did not fail.
    Run,
    /// Tasks that did not fail.
    Task,
    /// Images made.
    Image,
    /// Uses that did not fail.
    Use,
}

const MINUTE_MS: u64 = 60_000;

impl QuantityUnit {
    /// Every unit.
    pub const ALL: [QuantityUnit; 6] = [
        QuantityUnit::Reply,
        QuantityUnit::Minute,
        QuantityUnit::Run,
        QuantityUnit::Task,
        QuantityUnit::Image,
        QuantityUnit::Use,
    ];

    /// Its name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            QuantityUnit::Reply => "reply",
            QuantityUnit::Minute => "minute",
            QuantityUnit::Run => "run",
            QuantityUnit::Task => "task",
            QuantityUnit::Image => "image",
            QuantityUnit::Use => "use",
        }
    }

    /// How much of it these sums hold.
    pub const fn count(self, sums: &Sums) -> u64 {
        match self {
            QuantityUnit::Reply => sums.messages,
            QuantityUnit::Minute => sums.call_ms.div_ceil(MINUTE_MS),
            QuantityUnit::Image => sums.images,
            _ => sums.uses.saturating_sub(sums.failed),
        }
    }
}

/// How an agent is shown: configuration of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentStyle {
    /// The agent's key.
    pub key: String,
    /// Its colour's family.
    pub family: Family,
    /// What its work is counted in.
    pub unit: QuantityUnit,
}

/// The style of an agent; one that nobody configured counts uses among the others.
pub(super) fn style_of<'a>(styles: &'a [AgentStyle], key: &str) -> (Family, QuantityUnit) {
    let style: Option<&'a AgentStyle> = styles.iter().find(|style| style.key == key);
    style.map_or((Family::Other, QuantityUnit::Use), |style| (style.family, style.unit))
}

/// The family of an agent.
pub fn family_of(styles: &[AgentStyle], key: &str) -> Family {
    style_of(styles, key).0
}

/// One card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentLine {
    /// The agent's key.
    pub key: String,
    /// Its colour's family.
    pub family: Family,
    /// What its work cost in the range.
    pub credits: Credits,
    /// What the work is counted in.
    pub unit: QuantityUnit,
    /// How much of that.
    pub quantity: u64,
    /// Against the period before; none where there is none.
    pub change: Option<Change>,
    /// Whether it is the one that is filtered for.
    pub pressed: bool,
}

/// A card for each configured agent, in their order, and behind them one for each other that had
/// use. `before` is the summary of the period before, where there is one.
pub fn agents(
    summary: &Summary<'_>,
    before: Option<&Summary<'_>>,
    filter: &Filter,
    styles: &[AgentStyle],
) -> Vec<AgentLine> {
    let parts = summary.parts_of(Dimension::Agent);
    // One that is configured twice has one card, else the cards come to more than the total.
    let first = |(place, style): &(usize, &AgentStyle)| {
        styles.iter().take(*place).all(|other| other.key != style.key)
    };
    let named = styles.iter().enumerate().filter(first).map(|(_, style)| style.key.as_str());
    let unknown = |part: &&Part<'_>| styles.iter().all(|style| style.key != part.key);
    let others = parts.iter().filter(unknown).map(|part| part.key);
    let line = |key: &str| {
        let (family, unit) = style_of(styles, key);
        let sums = sums_of(parts, key);
        let earlier = before.map(|before| sums_of(before.parts_of(Dimension::Agent), key));
        AgentLine {
            key: key.to_owned(),
            family,
            credits: sums.credits,
            unit,
            quantity: unit.count(&sums),
            change: earlier.and_then(|earlier| change(sums.credits, earlier.credits)),
            pressed: filter.key(Dimension::Agent) == Some(key),
        }
    };
    named.chain(others).map(line).collect()
}

fn sums_of(parts: &[Part<'_>], key: &str) -> Sums {
    parts.iter().find(|part| part.key == key).map(|part| part.sums).unwrap_or_default()
}
