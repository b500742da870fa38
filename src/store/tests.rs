//! What needs the inside of the store: the rest is in `tests/store.rs`.
