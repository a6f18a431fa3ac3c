//! Digital Post's answers in JSON. Read by the names that are needed; what is new is passed over. It refuses an
//! answer that speaks of another person than the one asked about.

use borgerportal_domain::Cpr;
use serde::Deserialize;
use uuid::Uuid;

use crate::http::object;

/// What became of a message, as Digital Post says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptOutcome {
    /// It lies in the box.
    Delivered,
    /// It will not be delivered.
    Rejected,
    /// On its way, or a word that is not known here.
    Other,
}

/// One receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The message it is for.
    pub message: Uuid,
    /// What became of it.
    pub outcome: ReceiptOutcome,
    /// Digital Post's code of an error: letters, digits and marks, at most 60; empty without one.
    pub code: String,
}

#[derive(Deserialize)]
struct Contacts {
    contacts: Vec<Contact>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Contact {
    cpr_number: Option<String>,
    mailbox_subscription: Option<Subscription>,
    nem_sms_subscription: Option<Subscription>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Subscription {
    public_registration_status: String,
}

/// Whether the contacts say that this person is enrolled. Nobody by that number is nobody enrolled.
pub(super) fn enrolled(answer: &[u8], person: &Cpr) -> Result<bool, &'static str> {
    registered(answer, person, |contact| contact.mailbox_subscription.as_ref())
}

/// The same of NemSMS.
pub(super) fn enrolled_for_sms(answer: &[u8], person: &Cpr) -> Result<bool, &'static str> {
    registered(answer, person, |contact| contact.nem_sms_subscription.as_ref())
}

fn registered(
    answer: &[u8],
    person: &Cpr,
    which: impl Fn(&Contact) -> Option<&Subscription>,
) -> Result<bool, &'static str> {
    let answer: Contacts = object(answer).ok_or("not a list of contacts")?;
    let Some(contact) = answer.contacts.first() else { return Ok(false) };
    // A filter that was not understood gives everybody.
    if answer.contacts.len() > 1 || contact.cpr_number.as_deref() != Some(person.expose()) {
        return Err("contacts of somebody else");
    }
    let status = which(contact).map(|it| it.public_registration_status.as_str());
    Ok(status == Some("REGISTERED"))
}

#[derive(Deserialize)]
struct Names {
    content: Vec<String>,
}

pub(super) fn names(answer: &[u8]) -> Result<Vec<String>, &'static str> {
    let answer: Names = object(answer).ok_or("not a list of receipts")?;
    Ok(answer.content)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    #[serde(rename = "messageUUID")]
    message: String,
    receipt_status: String,
    error_code: Option<String>,
}

pub(super) fn receipt(answer: &[u8]) -> Result<Receipt, &'static str> {
    let written: Written = object(answer).ok_or("not a receipt")?;
    let message = Uuid::try_parse(&written.message).map_err(|_| "a receipt for no message")?;
    let outcome = match written.receipt_status.as_str() {
        "COMPLETED" => ReceiptOutcome::Delivered,
        "INVALID" | "REJECTED" => ReceiptOutcome::Rejected,
        _ => ReceiptOutcome::Other,
    };
    Ok(Receipt { message, outcome, code: code(&written.error_code.unwrap_or_default()) })
}

/// A code goes into our log of a message; a sentence or the number of a person does not.
fn code(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let digits = text.split(|sign: char| !sign.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    let fits = text.len() <= 60 && digits < 6 && text.bytes().all(plain);
    if fits { text.to_owned() } else { "not_a_code".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contacts(number: &str, status: &str) -> Vec<u8> {
        serde_json::to_vec(&serde_json::json!({
            "currentPage": 0, "totalPages": 1, "elementsOnPage": 1, "totalElements": 1,
            "contacts": [{
                "id": "62e55094-66d3-4247-822b-ed57d416819b", "type": "CITIZEN", "cprNumber": number,
                "mailboxSubscription": {"registrationStatus": "AUTOMATIC_REGISTRATION", "publicRegistrationStatus": status},
            }],
        }))
        .unwrap()
    }

    #[test]
    fn only_who_is_registered_is_enrolled() {
        let person = Cpr::parse("7205440012").unwrap();
        assert_eq!(enrolled(&contacts("7205440012", "REGISTERED"), &person), Ok(true));
        assert_eq!(enrolled(&contacts("7205440012", "EXEMPT"), &person), Ok(false));
        assert_eq!(enrolled(br#"{"contacts":[]}"#, &person), Ok(false));
        let without = br#"{"contacts":[{"cprNumber":"7205440012"}]}"#;
        assert_eq!(enrolled(without, &person), Ok(false), "on the way in is not in");
    }

    #[test]
    fn a_mailbox_is_no_number_for_sms() {
        let person = Cpr::parse("7205440012").unwrap();
        let of = |mailbox: &str, sms: &str| {
            let contact = serde_json::json!({"contacts": [{
                "cprNumber": "7205440012",
                "mailboxSubscription": {"publicRegistrationStatus": mailbox},
                "nemSmsSubscription": {"publicRegistrationStatus": sms},
            }]});
            let bytes = contact.to_string().into_bytes();
            (enrolled(&bytes, &person), enrolled_for_sms(&bytes, &person))
        };
        assert_eq!(of("REGISTERED", "NOT_REGISTERED"), (Ok(true), Ok(false)));
        assert_eq!(of("NOT_REGISTERED", "REGISTERED"), (Ok(false), Ok(true)));
        assert_eq!(enrolled_for_sms(&contacts("7205440012", "REGISTERED"), &person), Ok(false));
        assert!(enrolled_for_sms(&contacts("7205440020", "REGISTERED"), &person).is_err());
    }

    #[test]
    fn an_answer_about_somebody_else_is_no_answer() {
        let person = Cpr::parse("7205440012").unwrap();
        assert!(enrolled(&contacts("7205440020", "REGISTERED"), &person).is_err());
        let two = br#"{"contacts":[{"cprNumber":"7205440012"},{"cprNumber":"7205440020"}]}"#;
        assert!(enrolled(two, &person).is_err());
        for nonsense in [&b"{}"[..], b"[]", b"<html>", b""] {
            assert!(enrolled(nonsense, &person).is_err());
        }
    }

    #[test]
    fn receipts_say_what_became_of_which_message() {
        let read = |status: &str, code: &str| {
            let text = format!(
                r#"{{"transactionId":"x","messageUUID":"6f1c2a34-8b7e-4d55-9c10-2f0a7b3d4e11",
                    "receiptStatus":"{status}","errorCode":"{code}","timeStamp":"2026-11-03T09:00:00.000Z"}}"#
            );
            receipt(text.as_bytes()).unwrap()
        };
        assert_eq!(read("COMPLETED", "").outcome, ReceiptOutcome::Delivered);
        assert_eq!(read("INVALID", "recipient.exempt").outcome, ReceiptOutcome::Rejected);
        assert_eq!(read("RECEIVED", "").outcome, ReceiptOutcome::Other);
        assert_eq!(read("INVALID", "recipient.exempt").code, "recipient.exempt");
        for text in ["Inger is exempt", "7205440012", "a\\u0000", &"a".repeat(61)] {
            assert_eq!(read("INVALID", text).code, "not_a_code", "{text}");
        }
        assert!(receipt(br#"{"messageUUID":"7","receiptStatus":"COMPLETED"}"#).is_err());
        assert_eq!(names(br#"{"content":["a","b"],"totalElements":2}"#), Ok(vec!["a".into(), "b".into()]));
    }
}
