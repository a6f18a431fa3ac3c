//! Which messages belong together. Record systems and this portal name each other's messages, and answers may arrive
//! before what they answer: whatever the order, the threads are the same. It refuses to sort and to hide.

use std::collections::{BTreeMap, HashMap};

/// What ties one message to others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Every name that others may know it by; the first is its own.
    pub names: Vec<String>,
    /// Names of what it answers, and of the thread it says it belongs to.
    pub answers: Vec<String>,
}

/// The messages of each thread, by their place in `said`. Threads stand in the order of their first message there,
/// and so do the messages within them.
///
/// ```
/// use borgerportal_domain::messages::{Said, threads};
/// let said = |name: &str, answers: &[&str]| Said {
///     names: vec![name.to_owned()],
///     answers: answers.iter().map(|one| (*one).to_owned()).collect(),
/// };
/// let all = [said("answer", &["question"]), said("other", &[]), said("question", &[])];
/// assert_eq!(threads(&all), [vec![0, 2], vec![1]]);
/// ```
#[must_use]
pub fn threads<'s>(said: impl IntoIterator<Item = &'s Said>) -> Vec<Vec<usize>> {
    let mut heads: Vec<usize> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (at, one) in said.into_iter().enumerate() {
        heads.push(at);
        // Also a name that nobody bears ties together all who speak of it: what they answer is still to come.
        for name in one.names.iter().chain(&one.answers) {
            let other = *known.entry(name).or_insert(at);
            join(&mut heads, at, other);
        }
    }
    let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..heads.len() {
        found.entry(head(&heads, at)).or_default().push(at);
    }
    found.into_values().collect()
}

/// The first message of the thread that holds this one.
fn head(heads: &[usize], mut at: usize) -> usize {
    while let Some(next) = heads.get(at).copied().filter(|next| *next != at) {
        at = next;
    }
    at
}

fn join(heads: &mut [usize], one: usize, other: usize) {
    let (one, other) = (head(heads, one), head(heads, other));
    if let Some(later) = heads.get_mut(one.max(other)) {
        *later = one.min(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn said(names: &[&str], answers: &[&str]) -> Said {
        let own = |list: &[&str]| list.iter().map(|&one| one.to_owned()).collect();
        Said { names: own(names), answers: own(answers) }
    }

    #[test]
    fn answers_to_answers_are_one_thread() {
        let all = [said(&["1"], &[]), said(&["2"], &["1"]), said(&["3"], &["2"]), said(&["4"], &[])];
        assert_eq!(threads(&all), [vec![0, 1, 2], vec![3]]);
    }

    #[test]
    fn a_message_is_known_by_every_name_it_has() {
        // The record system gave our message a name of its own and answers to that.
        let all = [said(&["ours"], &[]), said(&["theirs", "ours"], &[]), said(&["answer"], &["theirs"])];
        assert_eq!(threads(&all), [vec![0, 1, 2]]);
    }

    #[test]
    fn two_answers_to_something_that_is_not_here_belong_together() {
        assert_eq!(threads(&[said(&["1"], &["x"]), said(&["2"], &["x"])]), [vec![0, 1]]);
        assert_eq!(threads(&[]), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn one_that_answers_itself_ends() {
        assert_eq!(threads(&[said(&["1"], &["2"]), said(&["2"], &["1"])]), [vec![0, 1]]);
    }

    proptest! {
        #[test]
        fn whatever_the_order_the_threads_are_the_same(
            answers in prop::collection::vec(prop::collection::vec(0usize..12, 0..2), 0..12),
            turn in 0usize..12,
        ) {
            let all: Vec<Said> = answers.iter().enumerate().map(|(at, to)| Said {
                names: vec![at.to_string()],
                answers: to.iter().map(ToString::to_string).collect(),
            }).collect();
            let mut turned = all.clone();
            turned.rotate_left(turn.min(all.len()));
            let names = |said: &[Said]| -> BTreeSet<BTreeSet<String>> {
                let named = |one: Vec<usize>| one.into_iter().map(|at| said[at].names[0].clone()).collect();
                threads(said).into_iter().map(named).collect()
            };
            prop_assert_eq!(names(&all), names(&turned));
            prop_assert_eq!(threads(&all).iter().map(Vec::len).sum::<usize>(), all.len());
        }
    }
}
