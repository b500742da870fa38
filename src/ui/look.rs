//! A look at the disk on a thread of its own: a share that has gone away holds that thread and not the window.

use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use eframe::egui::Context;

/// What was found for a key, and what is being looked for. A look that hangs is left behind when something else is asked.
#[derive(Debug)]
pub struct Look<K, T> {
    known: Option<(K, T)>,
    asked: Option<(K, Receiver<T>)>,
}

impl<K, T> Default for Look<K, T> {
    fn default() -> Self {
        Self { known: None, asked: None }
    }
}

impl<K: Clone + PartialEq + Send + 'static, T: Send + 'static> Look<K, T> {
    /// What `look` finds for the key; `None`: nothing yet. Another key than before is looked for anew.
    pub fn at(&mut self, context: &Context, key: &K, look: impl FnOnce(&K) -> T + Send + 'static) -> Option<&T> {
        self.take_in();
        let is_known = self.known.as_ref().is_some_and(|(known, _)| known == key);
        if !is_known && self.asked.as_ref().is_none_or(|(asked, _)| asked != key) {
            let (sender, found) = channel();
            let (context, asked) = (context.clone(), key.clone());
            std::thread::spawn(move || {
                // Nobody listens any more when something else is asked.
                let _ = sender.send(look(&asked));
                context.request_repaint();
            });
            self.asked = Some((key.clone(), found));
        }
        self.known.as_ref().filter(|(known, _)| known == key).map(|(_, found)| found)
    }

    /// What was found last, for whatever key.
    pub fn last(&self) -> Option<&T> {
        self.known.as_ref().map(|(_, found)| found)
    }

    /// What was found may have changed: it is looked for anew.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// Waits for what is being looked for: for tests, which look at it then.
    pub fn wait(&mut self, patience: Duration) {
        if let Some((key, found)) = self.asked.take()
            && let Ok(found) = found.recv_timeout(patience)
        {
            self.known = Some((key, found));
        }
    }

    fn take_in(&mut self) {
        if let Some((key, found)) = self.asked.take() {
            match found.try_recv() {
                Ok(found) => self.known = Some((key, found)),
                Err(std::sync::mpsc::TryRecvError::Empty) => self.asked = Some((key, found)),
                // The look broke off: it is tried again when it is next wanted.
                Err(std::sync::mpsc::TryRecvError::Disconnected) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Duration = Duration::from_secs(30);

    #[test]
    fn a_look_that_hangs_holds_nobody() {
        let context = Context::default();
        let mut look = Look::default();
        let (_hold, hung) = channel::<()>();
        assert_eq!(look.at(&context, &"/死", move |_| hung.recv().is_ok()), None);
        assert_eq!(look.at(&context, &"/死", |_| true), None, "asked once");
        assert_eq!(look.at(&context, &"/活", |_| true), None);
        look.wait(PATIENCE);
        assert_eq!(look.at(&context, &"/活", |_| false), Some(&true), "known");
        assert_eq!(look.at(&context, &"/别处", |_| false), None);
        assert_eq!(look.last(), Some(&true), "shown until something newer is known");
        look.forget();
        assert_eq!(look.last(), None);
    }
}
