use super::*;
use crate::municipality::{AidKind, Settings};
use crate::outgoing::{OutgoingState, Progress};
use crate::time::{Date, Timestamp};

fn kind(more: &str) -> AidKind {
    let text = format!(
        "municipality = \"0217\"\n[[aids.kind]]\ncode = \"stockings\"\nname_da = \"Kompressionsstrømper\"\n\
         name_en = \"Compression stockings\"\nquestion = [\n\
         {{ code = \"legs\", da = \"Hvilke ben?\", en = \"Which legs?\", option = [\n\
         {{ code = \"left\", da = \"Venstre\", en = \"Left\" }}, {{ code = \"both\", da = \"Begge\", en = \"Both\" }}] }},\n\
         {{ code = \"more\", da = \"Andet?\", en = \"More?\", optional = true }}]\n{more}"
    );
    Settings::from_toml(&text).unwrap().aids.kind.remove(0)
}

fn draft() -> Draft {
    Draft {
        why: Some(Why {
            lasting: Lasting::Yes,
            need: "Benene hæver op".to_owned(),
            aims: vec![Aim::Everyday],
        }),
        answers: Some(Answers {
            occasion: Occasion::Again,
            answers: [("legs".to_owned(), "both".to_owned())].into(),
            supplier: Supplier::Municipality,
        }),
        files_seen: true,
        ..Draft::new("stockings".to_owned())
    }
}

/// A draft with something changed in it.
type Change = fn(&mut Draft);

#[test]
fn an_application_says_everything_the_law_and_the_municipality_ask_for() {
    let kind = kind("");
    assert!(draft().check(&kind, 0).is_ok());
    let cases: [(Change, ApplyRefusal); 9] = [
        (|it| it.why = None, ApplyRefusal::NeedMissing),
        (|it| it.why.as_mut().unwrap().need = "  ".to_owned(), ApplyRefusal::NeedMissing),
        (|it| it.why.as_mut().unwrap().need = "a".repeat(2_001), ApplyRefusal::TooLong),
        (|it| it.why.as_mut().unwrap().aims.clear(), ApplyRefusal::AimMissing),
        (|it| it.answers = None, ApplyRefusal::AnswerMissing),
        (|it| it.answers.as_mut().unwrap().answers.clear(), ApplyRefusal::AnswerMissing),
        (
            |it| {
                it.answers.as_mut().unwrap().answers.insert("legs".to_owned(), "third".to_owned());
            },
            ApplyRefusal::AnswerMissing,
        ),
        (
            |it| it.answers.as_mut().unwrap().supplier = Supplier::Own(String::new()),
            ApplyRefusal::SupplierMissing,
        ),
        (|it| it.answers.as_mut().unwrap().occasion = Occasion::First, ApplyRefusal::PapersMissing),
    ];
    for (number, (change, refusal)) in cases.into_iter().enumerate() {
        let mut draft = draft();
        change(&mut draft);
        assert_eq!(draft.check(&kind, 0).err(), Some(refusal), "case {number}");
    }
}

#[test]
fn papers_go_along_when_the_municipality_wants_them() {
    for (papers, occasion, needed) in [
        ("first_time", Occasion::First, true),
        ("first_time", Occasion::Changed, true),
        ("first_time", Occasion::Again, false),
        ("always", Occasion::Again, true),
        ("never", Occasion::First, false),
    ] {
        let kind = kind(&format!("papers = \"{papers}\"\n"));
        let mut draft = draft();
        draft.answers.as_mut().unwrap().occasion = occasion;
        assert_eq!(draft.needs_papers(&kind), needed, "{papers} {occasion:?}");
        assert_eq!(draft.check(&kind, 0).is_err(), needed);
        assert!(draft.check(&kind, 1).is_ok());
    }
}

#[test]
fn an_answer_is_promised_by_a_day() {
    let kind = kind("answer_weeks = 6\nrepeat_weeks = 3\n");
    let sent = Date::constant(2026, 11, 22);
    assert_eq!(draft().answer_by(&kind, sent), Date::constant(2026, 12, 13));
    assert_eq!(Draft::new("stockings".to_owned()).answer_by(&kind, sent), Date::constant(2027, 1, 3));
}

#[test]
fn a_draft_goes_on_with_the_first_question_without_an_answer() {
    let mut it = Draft::new("stockings".to_owned());
    assert_eq!(it.step(), Step::Why);
    it.why = draft().why;
    assert_eq!(it.step(), Step::Details);
    it.answers = draft().answers;
    assert_eq!(it.step(), Step::Files);
    it.files_seen = true;
    assert_eq!(it.step(), Step::Check);
}

#[test]
fn a_draft_is_kept_as_it_was() {
    let kept = toml::Value::try_from(draft()).unwrap();
    assert_eq!(kept.try_into::<Draft>().unwrap(), draft());
}

#[test]
fn how_far_it_has_come_follows_from_what_was_answered() {
    let at = Timestamp::from_millis(0);
    let delivered = OutgoingState::Delivered { at };
    let refused = OutgoingState::Refused { at, reason: String::new() };
    for (state, last, withdrawn, stage) in [
        (&OutgoingState::Waiting, None, false, Stage::Sent),
        (&OutgoingState::GivenUp { at }, None, false, Stage::Undelivered),
        (&delivered, None, false, Stage::Received),
        (&delivered, Some(Progress::Received), false, Stage::Received),
        (&delivered, Some(Progress::Accepted), false, Stage::InProgress),
        (&delivered, Some(Progress::InProgress), false, Stage::InProgress),
        (&delivered, Some(Progress::OnHold), false, Stage::OnHold),
        (&delivered, Some(Progress::Completed), false, Stage::Decided),
        (&delivered, Some(Progress::Cancelled), false, Stage::Withdrawn),
        (&refused, Some(Progress::Rejected), false, Stage::Rejected),
        (&delivered, Some(Progress::InProgress), true, Stage::Withdrawn),
        (&delivered, Some(Progress::Completed), true, Stage::Decided),
    ] {
        assert_eq!(Stage::of(state, last, withdrawn), stage, "{state:?} {last:?} {withdrawn}");
    }
    let open: Vec<_> = Stage::ALL.iter().filter(|stage| stage.is_open()).collect();
    assert_eq!(open.len(), 5);
}

#[test]
fn a_loan_comes_in_four_steps_and_is_asked_about_when_it_is_there() {
    let row = |step: DeliveryStep| {
        (step.reached(), step.may_ask(AskKind::Repair), step.may_ask(AskKind::PickUp), step.is_over())
    };
    let all: Vec<_> = DeliveryStep::ALL.iter().map(|step| row(*step)).collect();
    assert_eq!(
        all,
        [
            (0, false, false, false),
            (0, false, false, false),
            (1, false, false, false),
            (2, false, false, false),
            (3, true, true, false),
            (3, false, true, false),
            (3, false, false, true),
            (3, false, false, false),
            (3, false, false, true),
        ]
    );
}

fn lent(device: &str, from: i8, step: DeliveryStep) -> Told {
    let from = Some(Date::constant(2026, 9, from));
    let (title, law) = ("Lån".to_owned(), String::new());
    Told::Lent(Lent { device: Some(device.to_owned()), title, law, from, until: None, step: Some(step) })
}

fn comes(device: &str, day: i8, step: DeliveryStep) -> Told {
    let on = Some(Date::constant(2026, 10, day));
    Told::Comes(Comes { device: Some(device.to_owned()), step, from: None, until: None, on })
}

#[test]
fn loans_have_their_own_way_and_stand_in_the_order_people_wait_for_them() {
    let device = Device {
        name: "Device/bed".to_owned(),
        title: "Plejeseng".to_owned(),
        hmi: "1".to_owned(),
        serial: "2".to_owned(),
    };
    let told = [
        lent("Device/chair", 3, DeliveryStep::Delivered),
        comes("Device/bed", 9, DeliveryStep::BackOrder),
        lent("Device/old", 9, DeliveryStep::Returned),
        comes("Device/old", 1, DeliveryStep::Delivered),
        Told::Device(device),
        comes("Device/bed", 2, DeliveryStep::Ordered),
        lent("Device/bed", 1, DeliveryStep::Ordered),
        lent("Device/frame", 5, DeliveryStep::Delivered),
    ];
    let loans = loans(told.into_iter().enumerate());
    let order: Vec<_> = loans.iter().map(|loan| (loan.item, loan.step())).collect();
    assert_eq!(
        order,
        [
            (6, DeliveryStep::BackOrder),
            (7, DeliveryStep::Delivered),
            (0, DeliveryStep::Delivered),
            (2, DeliveryStep::Returned),
        ]
    );
    assert_eq!((loans[0].title(), loans[1].title()), ("Plejeseng", "Lån"));
    assert_eq!(loans[0].way.len(), 2);
}
