//! The `app` module: menu, dialog, notices, the line in an order, and how credits work.

mod balance;
mod buy;
mod buy_cards;
mod buy_lasts;
mod buy_summary;
mod dom;
mod explain;
mod locale;
mod menu;
mod notice;
mod order;
mod rate_card;
mod rows;
