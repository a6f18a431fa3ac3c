//! Files and lists that others write: the catalogue of packages, lists of privileges, messages of Digital Post. What is
//! taken can be written again and means the same; what is refused is refused without repeating it.

use crate::mutate::{Random, bytes, text};
use crate::play::Target;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use borgerportal_domain::mandates::import::{self, ImportError, PackageRow};
use borgerportal_domain::{Cpr, Timestamp};
use borgerportal_identity::oiobpp::{self, Constraint, Group, Scope, Unreadable};
use borgerportal_memo::message::{Action, ActionKind, Draft, File, Format, Message, Sender};
use borgerportal_memo::{read, xml};
use borgerportal_stories::INGER;
use std::collections::BTreeSet;

fn words(random: &mut Random, input: &[u8], others: &[Vec<u8>]) -> Vec<u8> {
    if random.once_in(3) {
        let mut bent = input.to_vec();
        bytes(random, &mut bent, others);
        return bent;
    }
    text(random, &String::from_utf8_lossy(input)).into_bytes()
}

/// The values of a line, each in quotation marks.
fn line(values: &[String]) -> String {
    let quoted: Vec<String> =
        values.iter().map(|value| format!("\"{}\"", value.replace('"', "\"\""))).collect();
    quoted.join(";")
}

fn row(row: &PackageRow) -> String {
    let kinds: Vec<&str> = row.holder_kinds.iter().map(|kind| kind.code()).collect();
    line(&[
        row.code.clone(),
        row.number.to_string(),
        row.title.da.clone(),
        row.title.en.clone(),
        row.says.da.clone(),
        row.says.en.clone(),
        row.subject.code().to_owned(),
        row.access.code().to_owned(),
        row.channel.code().to_owned(),
        row.kle.clone(),
        row.publisher.clone(),
        row.least_giver_age.to_string(),
        row.usual_days.to_string(),
        row.longest_days.to_string(),
        kinds.join(" "),
        row.from.to_string(),
        row.last_day.map(|day| day.to_string()).unwrap_or_default(),
    ])
}

/// A mistake is told with a place that is in the file.
fn told(error: &ImportError, input: &str, columns: &[&str]) -> String {
    assert!((1..=input.lines().count().max(1)).contains(&error.line), "{error}");
    assert_eq!(columns.get(error.column - 1), Some(&error.name), "{error}");
    format!("{} {}", error.column, error.hint.split(' ').take(3).collect::<Vec<_>>().join(" "))
}

fn shows(text: &str) -> bool {
    !text.chars().any(char::is_control) && text.trim() == text
}

fn catalogue(input: &str) -> String {
    let rows = match import::catalogue(input) {
        Ok(rows) => rows,
        Err(error) => return told(&error, input, &import::CATALOGUE_COLUMNS),
    };
    let names: BTreeSet<_> = rows.iter().map(|row| (&row.code, row.number)).collect();
    assert_eq!(names.len(), rows.len(), "a version twice");
    for row in &rows {
        assert!(row.number > 0 && row.usual_days <= row.longest_days && row.least_giver_age >= 15);
        assert!(row.last_day.is_none_or(|day| day >= row.from));
        for said in [&row.title.da, &row.title.en, &row.says.da, &row.says.en, &row.publisher, &row.kle] {
            assert!(shows(said), "{said:?}");
        }
    }
    let written: Vec<String> = rows.iter().map(row).collect();
    let again = [vec![import::CATALOGUE_COLUMNS.join(";")], written].concat().join("\r\n");
    assert_eq!(import::catalogue(&again).as_ref(), Ok(&rows), "{again}");
    format!("{} packages", rows.len())
}

fn lists(input: &str) -> String {
    let known = match import::activations(input) {
        Ok(rows) => {
            let begins: BTreeSet<_> =
                rows.iter().map(|row| (row.municipality, &row.package, row.from)).collect();
            assert_eq!(begins.len(), rows.len(), "begins twice");
            assert!(rows.iter().all(|row| row.last_day.is_none_or(|day| day >= row.from)));
            format!("{} activations", rows.len())
        }
        Err(error) => told(&error, input, &import::ACTIVATION_COLUMNS),
    };
    match import::map(input) {
        Ok(rows) => {
            assert!(rows.iter().all(|row| shows(&row.service) && shows(&row.privilege) && row.number > 0));
            format!("{} lines of a map", rows.len())
        }
        Err(error) => format!("{known}, {}", told(&error, input, &import::MAP_COLUMNS)),
    }
}

#[test]
fn a_file_of_packages() {
    let head = import::CATALOGUE_COLUMNS.join(";");
    let package = "social.read;1;Læs;Read;Se \"breve\";\"See; letters\";social;read;self_service;27.00;KL;18;365;1095;person;2026-01-01;";
    let seeds = [
        format!("{head}\n{package}\n{}2027-12-31\n", package.replacen(";1;", ";2;", 1)),
        format!("\u{feff}{head}\r\n\r\n{package}\r\n"),
        format!(
            "{}\n0217;social.read;2026-01-01;\n0230;social.read;2026-02-01;2026-03-01\n",
            import::ACTIVATION_COLUMNS.join(";")
        ),
        format!("{}\nsocial.read;1;https://aula.example;documents.read\n", import::MAP_COLUMNS.join(";")),
    ];
    let read = |input: &[u8]| {
        let input = String::from_utf8_lossy(input);
        format!("{} {}", catalogue(&input), lists(&input))
    };
    let seeds = seeds.map(String::into_bytes).to_vec();
    Target { name: "packages", seeds, bend: &words, read: &read }.play();
}

fn groups() -> Vec<Group> {
    let person = || Scope::Person(INGER.cpr());
    let bound = Constraint { name: "urn:dk:kle".to_owned(), value: "27.* og  <mere>".to_owned() };
    vec![
        Group::over(person(), vec!["urn:dk:borgerportal:documents.read".to_owned(), "urn:x&y".to_owned()]),
        Group { constraints: vec![bound], ..Group::over(person(), vec!["urn:dk:limited".to_owned()]) },
        Group::over(
            Scope::Other("urn:dk:gov:saml:cvrNumberIdentifier:90000001".to_owned()),
            vec!["urn:z".to_owned()],
        ),
    ]
}

#[test]
fn a_list_of_privileges() {
    let strict = oiobpp::write(&groups()).unwrap();
    let old = strict.replace(oiobpp::NAMESPACE, oiobpp::NAMESPACE_OLD).replace("cprNumber", "CprNumber");
    let read = |input: &[u8]| {
        let answer = oiobpp::read(input);
        let packed = oiobpp::read_attribute(&BASE64_STANDARD.encode(input));
        assert_eq!(packed, answer, "the same bytes, packed");
        let Ok(groups) = answer else { return format!("{answer:?}") };
        let values: usize = groups.iter().map(|group| group.privileges.len() + group.constraints.len()).sum();
        assert!(groups.len() <= oiobpp::GROUPS_MAX && values <= oiobpp::VALUES_MAX);
        assert!(groups.iter().all(|group| !group.privileges.is_empty()));
        let (nothing, all) = (oiobpp::of_people(&groups, |_| false), oiobpp::of_people(&groups, |_| true));
        for (person, privileges) in &nothing {
            let free = groups
                .iter()
                .any(|group| group.constraints.is_empty() && group.scope == Scope::Person(person.clone()));
            assert!(
                free && all.get(person).is_some_and(|more| more.is_superset(privileges)),
                "a constraint overlooked"
            );
        }
        if let Ok(written) = oiobpp::write(&groups) {
            assert_eq!(oiobpp::read(written.as_bytes()).as_ref(), Ok(&groups), "{written}");
        }
        format!("{} {} {}", groups.len().min(5), nothing.len(), all.len())
    };
    let seeds = [strict, old].map(String::into_bytes).to_vec();
    Target { name: "oiobpp", seeds, bend: &words, read: &read }.play();
    assert_eq!(oiobpp::read(b"<x/>"), Err(Unreadable::Root));
}

fn at() -> Timestamp {
    Timestamp::from_seconds(1_796_116_500)
}

fn draft<'a>(recipient: &'a Cpr, words: &'a str) -> Draft<'a> {
    let button = Action {
        label: words,
        kind: ActionKind::Selvbetjening,
        url: "https://borgerportal.example/fuldmagter",
        from: Some(at()),
        until: None,
    };
    Draft {
        uuid: uuid(),
        id: Some("FM-2026-000117"),
        code: "FULDMAGT_ANMODNING",
        label: words,
        notification: Some(words),
        mandatory: false,
        legal: true,
        sender: Sender { cvr: "90000001", label: words },
        recipient,
        created_at: at(),
        document: words,
        files: vec![File {
            format: Format::Text,
            name: "brev.txt",
            lang: borgerportal_i18n::Lang::Da,
            content: words.as_bytes(),
        }],
        actions: vec![button],
    }
}

fn uuid() -> uuid::Uuid {
    uuid::Uuid::from_u128(0x6f1c_2a34_8b7e_4d55_9c10_2f0a_7b3d_4e11)
}

/// Whatever words we were given to send: either they are refused, or the receiver reads just these.
#[test]
fn words_that_shall_be_sent() {
    let recipient = INGER.cpr();
    let read = |input: &[u8]| {
        let words = String::from_utf8_lossy(input);
        let message = match Message::new(draft(&recipient, &words)) {
            Ok(message) => message,
            Err(refused) => return format!("{refused:?}"),
        };
        let written = xml::write(&message);
        assert_eq!(
            written.matches(recipient.expose()).count(),
            1,
            "the number stands where it must, and only there"
        );
        let got = read::read(written.as_bytes()).unwrap();
        let said =
            [&got.label, got.notification.as_ref().unwrap(), &got.sender, got.document.as_ref().unwrap()];
        for said in said.into_iter().chain([&got.actions[0].label]) {
            assert_eq!(said.trim(), words.trim(), "{written}");
        }
        assert_eq!(got.files[0].content, words.as_bytes());
        assert_eq!((got.recipient, got.uuid, got.created_at), (recipient.clone(), uuid(), at()));
        format!("sent {}", words.chars().count() / 20)
    };
    let seeds =
        ["Du har en anmodning om fuldmagt", "Ja & <nej> \"måske\"", "Sag 27.00.00-G01 af 3. november"];
    let seeds = seeds.map(|seed| seed.as_bytes().to_vec()).to_vec();
    Target { name: "memo_written", seeds, bend: &words, read: &read }.play();
}

#[test]
fn a_message_from_anybody() {
    let recipient = INGER.cpr();
    let whole = xml::write(&Message::new(draft(&recipient, "Du har en anmodning")).unwrap());
    let bare =
        Draft { id: None, code: "", notification: None, actions: Vec::new(), ..draft(&recipient, "Svar") };
    let seeds = [whole, xml::write(&Message::new(bare).unwrap())].map(String::into_bytes).to_vec();
    let read = |input: &[u8]| {
        let got = match read::read(input) {
            Ok(got) => got,
            Err(why) => {
                assert!(!why.to_string().contains(recipient.expose()), "a refusal repeats a number");
                return why.to_string();
            }
        };
        assert!(!got.files.is_empty() && got.uuid.get_version_num() == 4 && got.sender_cvr.len() == 8);
        for line in [Some(&got.label), got.notification.as_ref()].into_iter().flatten() {
            assert!(!line.trim().is_empty() && !borgerportal_memo::lint::has_cpr_like(line), "{line}");
        }
        format!("{} {} {} {}", got.files.len().min(3), got.actions.len().min(3), got.reply, got.legal)
    };
    Target { name: "memo", seeds, bend: &words, read: &read }.play();
}
