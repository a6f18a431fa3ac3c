//! Every kind in both languages as it stands on the wire: read back by the reader, the same at every try, and valid
//! by the rules of MeMo, in our own words and by the published schema where that is at hand.

use super::write;
use crate::notices::{Pace, Post, Sender};
use async_trait::async_trait;
use borgerportal_domain::ids::{NoticeId, PersonId, RequestId};
use borgerportal_domain::notices::{Cause, NoticeKind, Says, Sending};
use borgerportal_domain::person::{Language, PersonFacts, PersonName};
use borgerportal_domain::{Cpr, Date, Timestamp};
use borgerportal_i18n::Lang;
use borgerportal_memo::lint::has_cpr_like;
use borgerportal_memo::read;
use borgerportal_partners::{AddressRegister, DigitalPost, Envelope, PartnerError, PrintSpool, Receipt};
use borgerportal_store::notices::Message;
use borgerportal_store::people::Person;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use url::Url;
use uuid::Uuid;

/// Nobody: these tests send nothing.
struct Nobody;

#[async_trait]
impl DigitalPost for Nobody {
    async fn is_enrolled(&self, _: &Cpr) -> Result<bool, PartnerError> {
        unreachable!()
    }
    async fn is_enrolled_for_sms(&self, _: &Cpr) -> Result<bool, PartnerError> {
        unreachable!()
    }
    async fn send(&self, _: Uuid, _: Vec<u8>) -> Result<(), PartnerError> {
        unreachable!()
    }
    async fn waiting_receipts(&self, _: usize, _: usize) -> Result<Vec<String>, PartnerError> {
        unreachable!()
    }
    async fn receipt(&self, _: &str) -> Result<Receipt, PartnerError> {
        unreachable!()
    }
    async fn take_receipt(&self, _: &str) -> Result<(), PartnerError> {
        unreachable!()
    }
}

#[async_trait]
impl AddressRegister for Nobody {
    async fn envelope_of(&self, _: &Cpr) -> Result<Option<Envelope>, PartnerError> {
        unreachable!()
    }
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("borgerportal-memo-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn post(folder: &Path) -> Post {
    Post {
        digital: Arc::new(Nobody),
        addresses: Arc::new(Nobody),
        print: PrintSpool::in_folder(folder).unwrap(),
        sender: Sender {
            cvr: "90000001".to_owned(),
            name: "Eksempel Kommune".to_owned(),
            address: vec!["Rådhuspladsen 1".to_owned(), "3000 Helsingør".to_owned()],
            phone: "70 20 00 00".to_owned(),
        },
        links: Url::parse("https://portal.example").unwrap(),
        pace: Pace::default(),
    }
}

fn spoken_in(lang: Lang, mut message: Message) -> Message {
    message.says.language = if lang == Lang::En { Language::English } else { Language::Danish };
    message
}

fn message(kind: NoticeKind) -> Message {
    let facts = PersonFacts {
        id: PersonId::from_bytes([1; 16]),
        birth_on: Date::constant(1944, 5, 12),
        deceased_on: None,
        protected: false,
    };
    let name = PersonName { given: "Inger".to_owned(), family: "Holm".to_owned() };
    Message {
        id: NoticeId::from_bytes([2; 16]),
        uuid: uuid::Builder::from_random_bytes([9; 16]).into_uuid(),
        recipient: Some(Person { facts, name, cpr: Cpr::parse("7205440012").unwrap() }),
        kind,
        // Digits only: an opaque id may look like anything.
        cause: Cause::request(RequestId::from_bytes([1; 16])),
        says: Says {
            other: Some("Bent <Holm> & søn".to_owned()),
            last_day: Some(Date::constant(2027, 12, 31)),
            answer_by: Some(Date::constant(2026, 12, 1)),
            number: Some("FM-2026-000117".to_owned()),
            items: Vec::new(),
            language: Language::Danish,
        },
        code: "K7MP2X9QR4TV".to_owned(),
        sending: Sending::by_post(false),
        at: Timestamp::from_seconds(1_793_696_400),
    }
}

#[test]
fn every_kind_reads_back_in_both_languages_and_names_the_recipient_only_where_it_must() {
    let folder = folder("reads");
    let post = post(&folder);
    for lang in Lang::ALL {
        for kind in NoticeKind::ALL {
            let message = spoken_in(lang, message(*kind));
            let bytes = write(&message, &post).unwrap_or_else(|why| panic!("{}: {why}", kind.code()));
            let memo = read::read(&bytes).unwrap();
            assert_eq!(
                (memo.uuid, &memo.recipient),
                (message.uuid, &message.recipient.as_ref().unwrap().cpr)
            );
            assert!(!memo.mandatory && !memo.legal && !memo.reply);
            let text = String::from_utf8(bytes.clone()).unwrap();
            assert_eq!(text.matches("7205440012").count(), 1, "once, as the recipient");
            for file in &memo.files {
                assert_eq!(file.language, lang.code());
                assert!(!has_cpr_like(&String::from_utf8_lossy(&file.content)), "{}", kind.code());
            }
            assert_eq!(write(&message, &post).unwrap(), bytes, "the same message at every try");
        }
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn every_kind_is_valid_by_the_rules() {
    let beside = |path: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let ours = beside("../memo/tests/samples/memo/rules.xsd");
    assert!(ours.exists());
    let published = beside("../../../shared/identity-post/memo-1.1/MeMo_core.xsd");
    let folder = folder("valid");
    let post = post(&folder);
    let mut files = Vec::new();
    for lang in Lang::ALL {
        for kind in NoticeKind::ALL {
            let file = folder.join(format!("{}-{}.xml", kind.code(), lang.code()));
            std::fs::write(&file, write(&spoken_in(lang, message(*kind)), &post).unwrap()).unwrap();
            files.push(file);
        }
    }
    for schema in [ours, published].iter().filter(|schema| schema.exists()) {
        let mut lint = Command::new("xmllint");
        lint.args(["--nonet", "--noout", "--schema"]).arg(schema).args(&files);
        let done = lint.output().expect("xmllint (Debian: libxml2-utils)");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_the_rules_refuse_is_a_code_and_not_a_text() {
    let folder = folder("refused");
    let post = post(&folder);
    let named = Says { other: Some("720544-0012".to_owned()), ..message(NoticeKind::MandateGiven).says };
    let odd = Message { says: named, ..message(NoticeKind::MandateGiven) };
    assert_eq!(write(&odd, &post), Err("memo.text"), "a number where a name should be");
    let plain = Post { links: Url::parse("http://portal.example").unwrap(), ..post.clone() };
    assert_eq!(write(&message(NoticeKind::MandateGiven), &plain), Err("memo.rules"));
    std::fs::remove_dir_all(folder).unwrap();
}
