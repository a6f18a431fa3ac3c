//! The portal's client and the simulated mail server: what arrives, and what each way of failing is taken for.

use borgerportal_domain::Timestamp;
use borgerportal_domain::news::MailAddress;
use borgerportal_partners::{
    Absence, Handed, Mail, MailServer as _, Partner, PartnerError, Security, SmtpAddress, SmtpClient, Trust,
};
use borgerportal_simulators::mail::{self, MailServer, Mails};
use borgerportal_simulators::{Fault, Orders};
use std::time::Duration;
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::world::Hands;

async fn open() -> (MailServer, Mails) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    mail::serve(listener, Hands::new().clock()).unwrap()
}

fn client(server: &MailServer, patience_ms: u64) -> SmtpClient {
    let address = SmtpAddress {
        host: "127.0.0.1".to_owned(),
        port: server.address().port(),
        security: Security::None,
        user: None,
        from: ("Borgerportalen".to_owned(), MailAddress::parse("svar-ikke@portal.example").unwrap()),
    };
    SmtpClient::new(address, &Trust::Only(Vec::new()), Duration::from_millis(patience_ms)).unwrap()
}

fn written(number: u8) -> Mail {
    Mail {
        id: Uuid::from_bytes([number; 16]),
        to: MailAddress::parse("inger@eksempel.dk").unwrap(),
        subject: "Du har nyt i Borgerportalen".to_owned(),
        text: "Log på for at se det: https://portal.example/\n.\nSå enkelt er det. Æøå = ja.\n".to_owned(),
        at: Timestamp::from_seconds(1_800_000_000),
    }
}

#[tokio::test]
async fn a_mail_arrives_as_it_was_written() {
    let (server, mails) = open().await;
    assert_eq!(client(&server, 20_000).send(&written(1)).await, Ok(Handed::Taken));
    let received = mails.received();
    let [mail] = received.as_slice() else { panic!("{received:?}") };
    assert_eq!(mail.to, "inger@eksempel.dk");
    assert_eq!(mail.header("Subject"), Some("Du har nyt i Borgerportalen"));
    assert_eq!(mail.header("From"), Some("Borgerportalen <svar-ikke@portal.example>"));
    assert_eq!(mail.text().replace("\r\n", "\n").trim_end(), written(1).text.trim_end());
}

#[tokio::test]
async fn a_mail_whose_answer_was_lost_comes_again_under_the_same_name() {
    let (server, mails) = open().await;
    mails.order(Orders::of(&[Fault::AcceptThenFail]).at("/data").times(1));
    let us = client(&server, 20_000);
    assert!(us.send(&written(1)).await.is_err(), "nobody knows");
    assert_eq!(us.send(&written(1)).await, Ok(Handed::Taken));
    us.send(&written(2)).await.unwrap();
    let names: Vec<_> =
        mails.received().iter().map(|mail| mail.header("Message-ID").map(str::to_owned)).collect();
    assert!(names[0].is_some() && names[0] == names[1] && names[1] != names[2], "{names:?}");
}

#[tokio::test]
async fn each_way_of_failing_is_told_apart() {
    let (server, mails) = open().await;
    let us = client(&server, 20_000);
    let away = |how| Err(PartnerError::Away { partner: Partner::Mail, how });
    let refused = |status| Err(PartnerError::Refused { partner: Partner::Mail, status });
    for (fault, word, becomes) in [
        (Fault::Status(451), "/rcpt", away(Absence::Status(451))),
        (Fault::Status(421), "/ehlo", away(Absence::Status(421))),
        (Fault::Status(550), "/rcpt", Ok(Handed::NoSuchAddress)),
        (Fault::Status(554), "/rcpt", refused(554)),
        (Fault::Status(554), "/mail", refused(554)),
        (Fault::Status(452), "/data", away(Absence::Status(452))),
    ] {
        mails.order(Orders::of(std::slice::from_ref(&fault)).at(word));
        assert_eq!(us.send(&written(1)).await, becomes, "{fault:?} {word}");
    }
    for (fault, word) in [(Fault::CutOff, "/ehlo"), (Fault::CutOff, "/data"), (Fault::Nonsense, "/mail")] {
        mails.order(Orders::of(std::slice::from_ref(&fault)).at(word));
        let error = us.send(&written(1)).await.unwrap_err();
        assert!(!matches!(error, PartnerError::Refused { .. }), "{fault:?} {word}: {error}");
    }
    assert!(mails.received().is_empty());
}

#[tokio::test]
async fn nobody_waits_for_a_slow_server_or_one_that_is_gone() {
    let (server, mails) = open().await;
    mails.order(Orders::of(&[Fault::SlowMs(60_000)]).at("/ehlo"));
    let us = client(&server, 100);
    let away = |how| Err(PartnerError::Away { partner: Partner::Mail, how });
    assert_eq!(us.send(&written(1)).await, away(Absence::TimedOut));
    mails.order(Orders::default());
    let gone = client(&server, 20_000);
    drop(server);
    // The task that listens ends soon after it was told to.
    for _ in 0..100 {
        if gone.send(&written(1)).await == away(Absence::Unreachable) {
            return;
        }
    }
    panic!("somebody still listens");
}
