//! The municipality's pages on applications, as its people press their way through them.

mod helped;
mod judged;
mod many;
mod mended;
mod offices;
mod shown;
pub mod street;
