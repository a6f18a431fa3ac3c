//! A queue that some threads fill and others empty, several at a time. A thread is woken only when one sleeps, and wakes
//! no other: handing work over is a good part of what a page costs. It refuses more than it has room for.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

struct Shared<T> {
    state: Mutex<State<T>>,
    came: Condvar,
    room: usize,
}

struct State<T> {
    waiting: VecDeque<T>,
    /// Threads that sleep until something comes.
    sleeping: usize,
    senders: usize,
}

impl<T> Shared<T> {
    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where work is put in. When the last one is gone, the threads behind the queue come to their end.
pub(crate) struct Sender<T>(Arc<Shared<T>>);

/// Where work is taken out.
pub(crate) struct Queue<T>(Arc<Shared<T>>);

/// A queue with room for so many.
pub(crate) fn bounded<T>(room: usize) -> (Sender<T>, Queue<T>) {
    let state = Mutex::new(State { waiting: VecDeque::new(), sleeping: 0, senders: 1 });
    let shared = Arc::new(Shared { state, came: Condvar::new(), room });
    (Sender(Arc::clone(&shared)), Queue(shared))
}

impl<T> Sender<T> {
    /// Puts one in, or gives it back where there is no room.
    pub(crate) fn send(&self, one: T) -> Result<(), T> {
        let mut state = self.0.state();
        if state.waiting.len() >= self.0.room {
            return Err(one);
        }
        state.waiting.push_back(one);
        let wake = state.sleeping > 0;
        drop(state);
        if wake {
            self.0.came.notify_one();
        }
        Ok(())
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        self.0.state().senders += 1;
        Self(Arc::clone(&self.0))
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.senders -= 1;
        let last = state.senders == 0;
        drop(state);
        if last {
            self.0.came.notify_all();
        }
    }
}

impl<T> Clone for Queue<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Queue<T> {
    /// Waits until there is something and moves at most `most` of it to `taken`, oldest first. False when nothing
    /// is left and nobody can send any more.
    pub(crate) fn take(&self, taken: &mut impl Extend<T>, most: usize) -> bool {
        let mut state = self.0.state();
        while state.waiting.is_empty() {
            if state.senders == 0 {
                return false;
            }
            state.sleeping += 1;
            state = self.0.came.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.sleeping -= 1;
        }
        let count = most.min(state.waiting.len());
        taken.extend(state.waiting.drain(..count));
        true
    }

    /// The next one if it waits already.
    pub(crate) fn try_next(&self) -> Option<T> {
        self.0.state().waiting.pop_front()
    }

    /// The next one, or nothing when the store is closing.
    pub(crate) fn next(&self) -> Option<T> {
        let mut one = Vec::with_capacity(1);
        self.take(&mut one, 1);
        one.pop()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::thread;

    #[test]
    fn what_was_put_in_first_comes_out_first_and_no_more_than_was_asked_for() {
        let (sender, queue) = bounded(10);
        (0..7).for_each(|number| sender.send(number).unwrap());
        let mut taken = Vec::new();
        assert!(queue.take(&mut taken, 4));
        assert_eq!(taken, [0, 1, 2, 3]);
        assert_eq!((queue.next(), queue.try_next()), (Some(4), Some(5)));
        assert!(queue.take(&mut taken, 4));
        assert_eq!(taken, [0, 1, 2, 3, 6], "fewer are not waited for");
        assert_eq!(queue.try_next(), None);
    }

    #[test]
    fn a_full_queue_gives_the_work_back_and_takes_again_when_there_is_room() {
        let (sender, queue) = bounded(2);
        sender.send('a').unwrap();
        sender.send('b').unwrap();
        assert_eq!(sender.send('c'), Err('c'));
        assert_eq!(queue.next(), Some('a'));
        assert_eq!(sender.send('c'), Ok(()));
    }

    #[test]
    fn what_waits_is_still_done_after_the_last_sender_has_gone() {
        let (sender, queue) = bounded(4);
        let second = sender.clone();
        sender.send(1).unwrap();
        drop(sender);
        second.send(2).unwrap();
        drop(second);
        assert_eq!((queue.next(), queue.next(), queue.next()), (Some(1), Some(2), None));
        assert!(!queue.take(&mut Vec::new(), 4));
    }

    #[test]
    fn sleeping_threads_end_when_the_last_sender_goes() {
        let (sender, queue) = bounded::<u8>(4);
        let threads: Vec<_> = (0..3)
            .map(|_| {
                let queue = queue.clone();
                thread::spawn(move || queue.next())
            })
            .collect();
        drop(sender);
        assert!(threads.into_iter().all(|thread| thread.join().unwrap().is_none()));
    }

    #[test]
    fn many_threads_lose_nothing_and_do_nothing_twice() {
        let (sender, queue) = bounded(100_000);
        let takers: Vec<_> = (0..4)
            .map(|_| {
                let queue = queue.clone();
                thread::spawn(move || {
                    let (mut all, mut taken) = (Vec::new(), Vec::new());
                    while queue.take(&mut taken, 3) {
                        all.append(&mut taken);
                    }
                    all
                })
            })
            .collect();
        let senders: Vec<_> = (0..4_u32)
            .map(|part| {
                let sender = sender.clone();
                thread::spawn(move || {
                    for number in 0..5_000 {
                        sender.send(part * 5_000 + number).unwrap();
                    }
                })
            })
            .collect();
        for thread in senders {
            thread.join().unwrap();
        }
        drop(sender);
        let all: Vec<u32> = takers.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
        assert_eq!(all.len(), 20_000);
        assert_eq!(all.into_iter().collect::<BTreeSet<_>>().len(), 20_000);
    }
}
