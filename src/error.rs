//! Every refusal has a stable code. This one table is the list; `tests/vectors/error_codes.json`
//! holds Rust, JavaScript and PHP to it.

use std::fmt;
use std::ops::Deref;

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $text:literal, $status:literal;)+) => {
        /// A stable error code: what a caller may match on. Texts may change, codes do not.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $variant,)+ }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)+];

            /// The code as it stands on the wire, in `NivellaError.code` and in `WP_Error`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $text,)+ }
            }

            /// The HTTP status that a REST answer with this code has.
            pub const fn status(self) -> u16 {
                match self { $(Code::$variant => $status,)+ }
            }
        }
    };
}

codes! {
    /// An amount is not a plain decimal string with at most 6 decimals.
    AmountInvalid = "amount_invalid", 400;
    /// An amount is above 10^12 credits, or 0 where 0 means nothing.
    AmountOutOfRange = "amount_out_of_range", 400;
    /// A sum would leave the range of 64 bits; nothing was booked.
    AmountOverflow = "amount_overflow", 400;
    /// A quantity is not a whole number from 0 to 10^9.
    QuantityInvalid = "quantity_invalid", 400;
    /// A price or rate is not a plain decimal in range.
    DecimalInvalid = "decimal_invalid", 400;
    /// An instant is not RFC 3339, or outside the years 1 to 9999.
    TimeInvalid = "time_invalid", 400;
    /// A usage time is more than 35 days old or more than 5 minutes ahead.
    OccurredAtOutOfRange = "occurred_at_out_of_range", 422;
    /// A period ends before it starts.
    PeriodInvalid = "period_invalid", 400;
    /// A time zone's table of offset transitions is empty, unordered or absurd.
    ZoneInvalid = "zone_invalid", 400;
    /// A required field is missing or of another type.
    FieldInvalid = "field_invalid", 400;
    /// A request id is missing, longer than 191 bytes or not printable ASCII.
    RequestIdInvalid = "request_id_invalid", 400;
    /// The request id was used before with another body.
    RequestIdConflict = "request_id_conflict", 409;
    /// No such account, grant, hold or entry (or not the caller's).
    NotFound = "not_found", 404;
    /// Strict use, hold or settle is not covered by what is available.
    InsufficientCredits = "insufficient_credits", 402;
    /// The hold was settled or released before.
    HoldResolved = "hold_resolved", 409;
    /// The hold's time ran out before it was settled.
    HoldLapsed = "hold_lapsed", 409;
    /// The account has as many open holds as it may; one of them resolves first.
    TooManyHolds = "too_many_holds", 409;
    /// The plan does not include this feature.
    FeatureNotInPlan = "feature_not_in_plan", 403;
    /// No plan with this key.
    PlanUnknown = "plan_unknown", 400;
    /// A plan's allowance, cap or features are out of range.
    PlanInvalid = "plan_invalid", 400;
    /// A rate card is empty, has two rates for one thing, or a rate out of range.
    RateCardInvalid = "rate_card_invalid", 400;
    /// No rate covers this feature, model or time.
    RateNotFound = "rate_not_found", 422;
    /// The item was granted before, or a reversal does not fit what was granted.
    ReversalInvalid = "reversal_invalid", 409;
    /// A stored or received snapshot does not have the expected shape.
    SnapshotInvalid = "snapshot_invalid", 422;
    /// A snapshot has a version that this module does not know.
    SnapshotVersion = "snapshot_version", 422;
    /// A snapshot is longer or deeper than any true one.
    SnapshotTooLarge = "snapshot_too_large", 413;
    /// The package does not say how many credits it holds.
    PackageWithoutCredits = "package_without_credits", 422;
    /// No package with this id is on offer.
    PackageUnknown = "package_unknown", 404;
    /// The package can't be bought now (sold out, options to choose, no price).
    PackageUnavailable = "package_unavailable", 409;
    /// The store put another quantity into the cart than was asked for.
    QuantityLimited = "quantity_limited", 409;
    /// The store does not answer.
    StoreUnreachable = "store_unreachable", 503;
    /// The store answered with something that is not its documented JSON.
    StoreAnswerInvalid = "store_answer_invalid", 502;
    /// The store refused; its own code is in the details.
    StoreRefused = "store_refused", 400;
    /// The store asks to slow down.
    StoreRateLimited = "store_rate_limited", 429;
    /// The `store` attribute names another origin than the page's.
    StoreOriginRefused = "store_origin_refused", 400;
    /// The page names no store, and the plugin printed none.
    StoreNotConfigured = "store_not_configured", 400;
    /// The store does not run the Nivella Credits plugin, so no balance can be read.
    LedgerMissing = "ledger_missing", 404;
    /// The reader is not signed in.
    NotSignedIn = "not_signed_in", 401;
    /// The reader may not see or do this.
    Forbidden = "forbidden", 403;
    /// An attribute has a value that the element does not know.
    AttributeInvalid = "attribute_invalid", 400;
    /// There is no such locale; English is shown.
    LocaleUnknown = "locale_unknown", 400;
    /// The clock of this device is far from the server's; the server's is used.
    ClockSkewed = "clock_skewed", 400;
    /// The browser's own storage can't be read or written.
    StorageUnavailable = "storage_unavailable", 507;
    /// WebAssembly can't be loaded here; the printed text stays.
    ModuleUnavailable = "module_unavailable", 503;
    /// The module stopped and was replaced by a fresh one.
    ModuleTrapped = "module_trapped", 500;
}

/// A refusal: code, English text for developers, and the field that it is about.
///
/// Elements show a translated text by code, never `message`. It is one pointer wide, because it
/// passes through every function that can refuse.
///
/// ```
/// use nivella_credits::{core::Credits, Code};
/// let refused = Credits::parse("1e3").unwrap_err();
/// assert_eq!(refused.code, Code::AmountInvalid);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Box<Refusal>);

/// What an [`Error`] says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What a caller matches on.
    pub code: Code,
    /// For a developer's eyes.
    pub message: &'static str,
    /// The field of the input that was refused, where there is one.
    pub field: Option<&'static str>,
    /// Figures that explain the refusal, such as `short_by`; ordered, plain strings.
    pub details: Vec<(&'static str, String)>,
}

/// The result of everything that can be refused.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// A refusal with a fixed text.
    #[cold]
    #[inline(never)]
    pub fn new(code: Code, message: &'static str) -> Error {
        Error(Box::new(Refusal { code, message, field: None, details: Vec::new() }))
    }

    /// The same refusal, naming the field that it is about.
    #[cold]
    #[inline(never)]
    pub fn at(mut self, field: &'static str) -> Error {
        self.0.field = Some(field);
        self
    }

    /// The same refusal with one more figure that explains it.
    #[cold]
    #[inline(never)]
    pub fn with(mut self, name: &'static str, value: String) -> Error {
        self.0.details.push((name, value));
        self
    }

    /// The same refusal under another code; its own becomes a detail, `cause`.
    #[cold]
    #[inline(never)]
    pub fn recoded(mut self, code: Code) -> Error {
        let cause = std::mem::replace(&mut self.0.code, code);
        self.with("cause", cause.as_str().to_owned())
    }
}

impl Deref for Error {
    type Target = Refusal;

    fn deref(&self) -> &Refusal {
        &self.0
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.as_str())?;
        f.write_str(": ")?;
        f.write_str(self.message)
    }
}

impl std::error::Error for Error {}
