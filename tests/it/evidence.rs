//! Evidence: owned by the provider, seen by a municipality only with the proof that it was shown.

mod kept;
