//! Long work, seen from outside: where it stands, and whether it is still wanted.

/// Where long work stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Steps done and in all.
    pub done: usize,
    pub of: usize,
    /// What is being made now.
    pub what: String,
}

/// Who waits for long work. A plain function is told and never calls off.
pub trait Watcher {
    /// Another step begins.
    fn tell(&self, progress: &Progress);

    /// Asked every fraction of a second; once it is true the work ends with [`super::OpError::Cancelled`].
    fn is_cancelled(&self) -> bool {
        false
    }
}

impl<F: Fn(&Progress)> Watcher for F {
    fn tell(&self, progress: &Progress) {
        self(progress);
    }
}

/// Nobody waits.
pub(super) struct Unwatched;

impl Watcher for Unwatched {
    fn tell(&self, _: &Progress) {}
}

/// Counts the steps of one piece of work.
pub(super) struct Steps<'a> {
    done: usize,
    of: usize,
    watcher: &'a dyn Watcher,
}

impl<'a> Steps<'a> {
    pub fn new(of: usize, watcher: &'a dyn Watcher) -> Self {
        Self { done: 0, of, watcher }
    }

    /// Says what begins now.
    pub fn next(&mut self, what: &str) -> Result<(), super::OpError> {
        go_on(self.watcher)?;
        self.watcher.tell(&Progress { done: self.done, of: self.of, what: what.to_owned() });
        self.done += 1;
        Ok(())
    }

    pub fn watcher(&self) -> &'a dyn Watcher {
        self.watcher
    }
}

/// An error once the work has been called off.
pub(super) fn go_on(watcher: &dyn Watcher) -> Result<(), super::OpError> {
    if watcher.is_cancelled() { Err(super::OpError::Cancelled) } else { Ok(()) }
}

/// Whatever stopped work that was called off: it was called off.
pub(super) fn called_off<T>(outcome: Result<T, super::OpError>, watcher: &dyn Watcher) -> Result<T, super::OpError> {
    match outcome {
        Err(_) if watcher.is_cancelled() => Err(super::OpError::Cancelled),
        outcome => outcome,
    }
}
