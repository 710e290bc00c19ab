//! Shapes shared with the REST interface, parsed once into `core` and then trusted.

pub mod activity;
mod activity_columns;
pub mod activity_csv;
pub mod activity_export;
mod activity_record;
pub mod balance;
pub mod command;
pub mod command_answer;
pub mod command_usage;
pub(crate) mod fields;
pub mod ledger;
pub mod ledger_entry;
mod ledger_grant;
pub mod ledger_settings;
pub mod package;
pub mod projection;
pub mod statement;
mod statement_json;
mod statement_json_text;
mod statement_pieces;
mod statement_seal;
mod statement_shape;
mod statement_text;
mod statement_verdict;
pub mod value;
mod value_serde;
pub(crate) mod writer;
