//! How messages are put together to threads, for whom.

use super::*;

const INGER: PersonId = PersonId::from_bytes([1; 16]);
const METTE: PersonId = PersonId::from_bytes([2; 16]);

fn id(number: u8) -> ItemId {
    ItemId::from_bytes([number; 16])
}

fn message(number: u8, sender: &str, name: &str, answers: &[&str]) -> Message {
    let head = Arc::new(Head {
        name: name.to_owned(),
        ours: Vec::new(),
        answers: answers.iter().map(|&one| one.to_owned()).collect(),
        kind: "question".to_owned(),
        title: format!("Besked {number}"),
        start: String::new(),
        unit: String::new(),
        department: None,
        writer: Writer::Municipality,
        files: 0,
    });
    let place = Place { sort_at: Timestamp::from_seconds(i64::from(number)), id: id(number) };
    Message { place, head, sender: sender.to_owned(), new: true }
}

/// Written here by somebody.
fn by(person: PersonId, number: u8, answers: &[&str]) -> Message {
    let mut one = message(number, PORTAL, &borgerportal_fhir::messages::name(id(number)), answers);
    Arc::make_mut(&mut one.head).writer =
        Writer::Here { person, name: "Inger Holm".to_owned(), basis: "own".to_owned() };
    one
}

/// The numbers of the messages in each thread, the last touched first.
fn put(all: Vec<(Message, bool)>, reader: PersonId) -> Vec<Vec<u8>> {
    let number = |one: &Message| one.place.id.into_bytes()[0];
    let said: Vec<Said> = all.iter().map(|(one, _)| said(&one.sender, &one.head)).collect();
    let all = All { messages: all, threads: Arc::new(gather(&said)) };
    let threads = all.put_together(reader);
    threads.iter().map(|thread| thread.messages.iter().map(number).collect()).collect()
}

fn seen(all: Vec<Message>) -> Vec<(Message, bool)> {
    all.into_iter().map(|one| (one, false)).collect()
}

#[test]
fn answers_follow_what_they_answer_and_the_last_touched_thread_is_first() {
    let ours = borgerportal_fhir::messages::name(id(1));
    let all = seen(vec![
        by(INGER, 1, &[]),
        message(2, "nexus", "Communication/7", &[]),
        message(3, "nexus", "Communication/8", &[&ours]),
        by(INGER, 4, &["nexus Communication/8"]),
    ]);
    assert_eq!(put(all, INGER), [vec![1, 3, 4], vec![2]]);
}

#[test]
fn a_name_is_a_senders_own() {
    let all = seen(vec![
        message(1, "nexus", "Communication/7", &[]),
        message(2, "columna", "Communication/8", &["Communication/7"]),
    ]);
    assert_eq!(put(all, INGER), [vec![2], vec![1]], "another system has another 7");
}

#[test]
fn what_comes_back_of_ours_stands_once_and_its_new_name_leads_on() {
    let mut echo = message(2, "nexus", "Communication/55", &[]);
    Arc::make_mut(&mut echo.head).ours = vec![borgerportal_fhir::messages::name(id(1))];
    let all =
        seen(vec![by(INGER, 1, &[]), echo, message(3, "nexus", "Communication/56", &["Communication/55"])]);
    assert_eq!(put(all, INGER), [vec![1, 3]]);
    let same = message(2, "nexus", &borgerportal_fhir::messages::name(id(1)), &[]);
    assert_eq!(put(seen(vec![by(INGER, 1, &[]), same]), INGER), [vec![1]]);
}

#[test]
fn a_parent_reads_on_in_their_own_thread_and_in_no_other() {
    let ours = borgerportal_fhir::messages::name(id(1));
    let all = |writer| {
        let answer = message(2, "nexus", "Communication/8", &[&ours]);
        vec![(by(writer, 1, &[]), true), (answer, true), (message(3, "nexus", "Communication/9", &[]), true)]
    };
    assert_eq!(put(all(METTE), METTE), [vec![1, 2]]);
    assert_eq!(put(all(INGER), METTE), Vec::<Vec<u8>>::new());
}

#[test]
fn what_somebody_wrote_is_not_new_to_them() {
    assert!(by(INGER, 1, &[]).is_of(INGER) && !by(INGER, 1, &[]).is_of(METTE));
    assert!(!message(1, "nexus", "Communication/1", &[]).is_of(INGER));
}
