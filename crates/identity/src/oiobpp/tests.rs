use super::*;
use proptest::prelude::*;
use std::path::{Path, PathBuf};

const READ: &str = "https://fuldmagt.example.dk/priv/omsorgsjournal/laes";
const ACT: &str = "https://fuldmagt.example.dk/priv/hjaelpemidler/handle";
const INGER: &str = "7205500004";
const POUL: &str = "8311380007";

fn cpr(number: &str) -> Cpr {
    Cpr::parse(number).unwrap()
}

/// Groups inside a root of the new namespace.
fn list(groups: &str) -> String {
    format!("<b:PrivilegeList xmlns:b=\"{NAMESPACE}\">{groups}</b:PrivilegeList>")
}

fn group(inside: &str) -> String {
    list(&format!(
        "<PrivilegeGroup Scope=\"urn:dk:gov:saml:cprNumberIdentifier:{INGER}\">{inside}</PrivilegeGroup>"
    ))
}

/// What a service that knows no constraint understands.
fn understood(xml: &str) -> Result<Vec<(String, Vec<String>)>, Unreadable> {
    let people = of_people(&read(xml.as_bytes())?, |_| false);
    Ok(people.iter().map(|(cpr, all)| (cpr.expose().to_owned(), all.iter().cloned().collect())).collect())
}

fn one_read() -> Vec<(String, Vec<String>)> {
    vec![(INGER.to_owned(), vec![READ.to_owned()])]
}

#[test]
fn lists_are_read_in_every_spelling_that_is_sent() {
    let scope = format!("urn:dk:gov:saml:cprNumberIdentifier:{INGER}");
    let inside = |open: &str, close: &str| {
        format!("<{open} Scope=\"{scope}\"><Privilege>{READ}</Privilege></{close}>")
    };
    let plain = inside("PrivilegeGroup", "PrivilegeGroup");
    let spellings = [
        ("1.2", list(&plain)),
        ("old namespace", list(&plain).replace(NAMESPACE, NAMESPACE_OLD)),
        ("default namespace", format!("<PrivilegeList xmlns=\"{NAMESPACE}\">{plain}</PrivilegeList>")),
        ("prefixed children", list(&plain).replace("Privilege>", "b:Privilege>").replace("b:b:", "b:")),
        ("byte order mark", format!("\u{feff}{}", list(&plain))),
        ("declaration", format!("<?xml version='1.0' encoding='utf-8'?>\n{}", list(&plain))),
        ("white space", list(&plain.replace("ilege>h", "ilege>\n  h").replace("</Priv", "\n</Priv"))),
        ("comment between", list(&format!("<!-- our list -->{plain}<?app x?>"))),
        ("characters by number", list(&plain.replace("https", "&#104;ttps"))),
        ("marked section", list(&plain.replace(READ, &format!("<![CDATA[{READ}]]>")))),
        ("capital c", list(&plain.replace("cprNumber", "CprNumber"))),
        ("schema location", list(&plain).replacen('>', " xmlns:x='urn:x' x:schemaLocation='a b'>", 1)),
    ];
    for (what, xml) in spellings {
        assert_eq!(understood(&xml), Ok(one_read()), "{what}");
    }
}

#[test]
fn what_could_be_understood_twice_is_refused_whole() {
    use Unreadable as U;
    let value = format!("<Privilege>{READ}</Privilege>");
    let cases = [
        ("document type", format!("<!DOCTYPE x [<!ENTITY p 'x'>]>{}", group(&value)), U::Doctype),
        ("own entity", group("<Privilege>&p;</Privilege>"), U::Malformed),
        ("comment inside", group("<Privilege>a<!-- x -->/b</Privilege>"), U::Interrupted),
        ("instruction inside", group("<Privilege>a<?x y?>/b</Privilege>"), U::Interrupted),
        (
            "comment in constraint",
            group(&format!("{value}<Constraint Name='n'>a<!---->b</Constraint>")),
            U::Interrupted,
        ),
        ("no scope", list(&format!("<PrivilegeGroup>{value}</PrivilegeGroup>")), U::Missing),
        ("empty scope", list(&format!("<PrivilegeGroup Scope=' '>{value}</PrivilegeGroup>")), U::Missing),
        (
            "scope twice",
            list(&format!("<PrivilegeGroup Scope='a' b:Scope='c'>{value}</PrivilegeGroup>")),
            U::Malformed,
        ),
        ("no privilege", group("<Constraint Name='n'/>"), U::Missing),
        ("empty privilege", group("<Privilege> </Privilege>"), U::Missing),
        ("nameless constraint", group(&format!("{value}<Constraint>x</Constraint>")), U::Missing),
        ("unknown element", group(&format!("{value}<NotAfter>2020</NotAfter>")), U::Element),
        (
            "foreign element",
            group(&format!("{value}<o:Privilege xmlns:o='urn:o'>x</o:Privilege>")),
            U::Element,
        ),
        ("element in value", group("<Privilege><b/></Privilege>"), U::Element),
        ("group in group", group(&format!("{value}<PrivilegeGroup Scope='x'/>")), U::Element),
        ("text between", group(&format!("loose{value}")), U::Malformed),
        ("root of another kind", group(&value).replace(NAMESPACE, "urn:other"), U::Root),
        ("root without namespace", "<PrivilegeList/>".to_owned(), U::Root),
        ("two roots", group(&value).repeat(2), U::Malformed),
        ("cut short", group(&value).replace("</b:PrivilegeList>", ""), U::Malformed),
        (
            "other letters",
            format!("<?xml version='1.0' encoding='iso-8859-1'?>{}", group(&value)),
            U::Malformed,
        ),
        ("nothing", String::new(), U::Malformed),
    ];
    for (what, xml, why) in cases {
        assert_eq!(read(xml.as_bytes()), Err(why), "{what}");
    }
    assert_eq!(read(b"<a\xff/>"), Err(U::Malformed));
}

#[test]
fn a_constraint_that_is_not_known_voids_its_group_and_no_other() {
    let person = |number, inside: &str| {
        format!(
            "<PrivilegeGroup Scope=\"urn:dk:gov:saml:cprNumberIdentifier:{number}\">{inside}</PrivilegeGroup>"
        )
    };
    let unit =
        format!("<Constraint Name='urn:dk:kombit:orgUnit'>u1</Constraint><Privilege>{ACT}</Privilege>");
    let both = format!("{unit}<Constraint Name='urn:new'>true</Constraint>");
    let xml = list(
        &(person(INGER, &unit)
            + &person(POUL, &both)
            + &person(INGER, &format!("<Privilege>{READ}</Privilege>"))),
    );
    let groups = read(xml.as_bytes()).unwrap();
    let knows = |value: &'static str| {
        of_people(&groups, move |one| one.name == "urn:dk:kombit:orgUnit" && one.value == value)
    };
    assert_eq!(knows("u1").len(), 1, "the second constraint of Poul's group is not known");
    assert_eq!(knows("u1")[&cpr(INGER)].len(), 2, "groups of one giver are joined");
    assert_eq!(knows("u2")[&cpr(INGER)], BTreeSet::from([READ.to_owned()]), "known, but another unit");
}

#[test]
fn only_a_person_is_a_person() {
    for (scope, number) in [
        ("urn:dk:gov:saml:cprNumberIdentifier:7205500004", Some(INGER)),
        ("URN:DK:GOV:SAML:CPRNUMBERIDENTIFIER:7205500004", Some(INGER)),
        ("urn:dk:gov:saml:cvrNumberIdentifier:90000001", None),
        ("urn:dk:gov:saml:cvrNumberIdentifier:7205500004", None),
        ("urn:dk:gov:saml:cprNumberIdentifier:720550-0004", None),
        ("urn:dk:gov:saml:cprNumberIdentifier:", None),
        ("urn:dk:gov:saml:cprNumberIdentifier", None),
        ("urn:dk:other:cprNumberIdentifier:7205500004", None),
        ("7205500004", None),
        ("æøå", None),
    ] {
        let found = match Scope::parse(scope) {
            Scope::Person(cpr) => Some(cpr),
            Scope::Other(_) => None,
        };
        assert_eq!(found.as_ref().map(Cpr::expose), number, "{scope}");
    }
}

#[test]
fn limits_stand_at_both_doors() {
    let small = Group::over(Scope::Person(cpr(INGER)), vec![READ.to_owned()]);
    assert_eq!(write(&[]), Err(Unwritable::Empty));
    assert_eq!(write(&[Group { privileges: Vec::new(), ..small.clone() }]), Err(Unwritable::Empty));
    assert_eq!(write(&vec![small.clone(); GROUPS_MAX + 1]), Err(Unwritable::TooLarge));
    let short = Group::over(Scope::Other("s".to_owned()), vec!["p".to_owned()]);
    let most = write(&vec![short.clone(); GROUPS_MAX]).unwrap();
    assert_eq!(read(most.as_bytes()).unwrap().len(), GROUPS_MAX);
    let more = most.replace("</b", "<PrivilegeGroup Scope='s'><Privilege>p</Privilege></PrivilegeGroup></b");
    assert_eq!(read(more.as_bytes()), Err(Unreadable::TooLarge));
    let values = group(&"<Privilege>p</Privilege>".repeat(VALUES_MAX + 1));
    assert_eq!(read(values.as_bytes()), Err(Unreadable::TooLarge));
    let long = "x".repeat(VALUE_BYTES_MAX + 1);
    assert_eq!(read(group(&format!("<Privilege>{long}</Privilege>")).as_bytes()), Err(Unreadable::TooLarge));
    assert_eq!(read(&vec![b' '; BYTES_MAX + 1]), Err(Unreadable::TooLarge));
    let deep = format!("{}{}", "<a>".repeat(10_000), "</a>".repeat(10_000));
    assert_eq!(read(group(&deep).as_bytes()), Err(Unreadable::Element));
    for wrong in ["", "a b", "a\nb", "a\u{0}b", long.as_str()] {
        let group = Group::over(Scope::Person(cpr(INGER)), vec![wrong.to_owned()]);
        assert_eq!(write(&[group]), Err(Unwritable::Value), "{wrong:?}");
    }
    let disguised = Group { scope: Scope::Other(small.scope.text()), ..small };
    assert_eq!(write(&[disguised]), Err(Unwritable::Value), "what reads as a person was not meant as one");
}

#[test]
fn the_value_of_an_attribute_is_base64_with_or_without_line_breaks() {
    let groups = vec![Group::over(Scope::Person(cpr(INGER)), vec![READ.to_owned()])];
    let value = write_attribute(&groups).unwrap();
    assert!(!value.contains('\n'));
    assert_eq!(read_attribute(&value), Ok(groups.clone()));
    let (one, two) = value.split_at(64);
    assert_eq!(read_attribute(&format!("{one}\r\n {two}\n")), Ok(groups));
    assert_eq!(read_attribute("****"), Err(Unreadable::Base64));
    assert_eq!(read_attribute(&"A".repeat(BYTES_MAX * 2 + 1)), Err(Unreadable::TooLarge));
}

/// A file beside this one: our own samples, and the rules of version 1.2 in our own words.
fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/oiobpp/samples").join(name)
}

#[test]
fn the_samples_get_the_verdicts_of_their_list() {
    let sample = |name: &str| std::fs::read(sample(name)).unwrap();
    let people = |name: &str| {
        let text = String::from_utf8(sample(name)).unwrap();
        understood(&text)
    };
    let two = vec![
        (INGER.to_owned(), vec![READ.to_owned()]),
        (POUL.to_owned(), vec![ACT.to_owned(), READ.to_owned()]),
    ];
    for same in [
        "01-one-giver-one-privilege",
        "03-unknown-constraint",
        "04-default-namespace-children",
        "05-old-101-namespace",
    ] {
        assert_eq!(people(&format!("{same}.xml")), Ok(one_read()), "{same}");
    }
    assert_eq!(people("02-two-givers.xml"), Ok(two));
    assert_eq!(people("06-constraint-before-privilege.xml"), Ok(Vec::new()));
    let unit = read(&sample("06-constraint-before-privilege.xml")).unwrap();
    assert_eq!(of_people(&unit, |one| one.name == "urn:dk:kombit:orgUnit").len(), 1);
    for (bad, why) in [
        ("n1-doctype", Unreadable::Doctype),
        ("n2-comment-inside-value", Unreadable::Interrupted),
        ("n3-missing-scope", Unreadable::Missing),
        ("n4-wrong-root-namespace", Unreadable::Root),
    ] {
        assert_eq!(read(&sample(&format!("{bad}.xml"))), Err(why), "{bad}");
    }
    let value = String::from_utf8(sample("01-one-giver-one-privilege.attribute-value.b64")).unwrap();
    assert_eq!(read_attribute(&value), read(&sample("01-one-giver-one-privilege.xml")));
}

/// What `xmllint` says of a list, by our own rules and, where it lies beside this repository, by the published schema.
fn lint(xml: &str) -> Vec<Result<(), String>> {
    let file = std::env::temp_dir().join(format!("oiobpp-{}-{}.xml", std::process::id(), xml.len()));
    std::fs::write(&file, xml).unwrap();
    let published = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/identity-post/oiobpp/BasicPrivilegeProfileSchema_v12.xsd");
    let by = |schema: &PathBuf| {
        let mut lint = std::process::Command::new("xmllint");
        let lint = lint.args(["--noout", "--nonet", "--schema"]).arg(schema).arg(&file);
        let lint = lint.output().expect("xmllint (Debian: libxml2-utils)");
        if lint.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&lint.stderr).into_owned()) }
    };
    let schemas = [sample("rules.xsd"), published];
    let verdicts = schemas.iter().filter(|schema| schema.exists()).map(by).collect();
    std::fs::remove_file(file).unwrap();
    verdicts
}

#[test]
fn what_is_written_is_valid_by_the_schema() {
    let constraint = Constraint { name: "urn:dk:kombit:KLE".to_owned(), value: " 27.* & <æ> ".to_owned() };
    let first = Group::over(Scope::Person(cpr(INGER)), vec![READ.to_owned(), format!("{ACT}?a=1&b='\"")]);
    let groups = [
        first,
        Group {
            scope: Scope::Other("urn:dk:gov:saml:cvrNumberIdentifier:90000001".to_owned()),
            privileges: vec![ACT.to_owned()],
            constraints: vec![constraint.clone(), constraint],
        },
    ];
    let xml = write(&groups).unwrap();
    assert_eq!(read(xml.as_bytes()).unwrap(), groups);
    for verdict in lint(&xml) {
        verdict.unwrap();
    }
    // The rules can say no, and say it of the same samples as the published schema.
    for (name, valid) in [
        ("02-two-givers", true),
        ("03-unknown-constraint", true),
        ("04-default-namespace-children", false),
        ("06-constraint-before-privilege", false),
        ("n3-missing-scope", false),
        ("n4-wrong-root-namespace", false),
    ] {
        let xml = std::fs::read_to_string(sample(&format!("{name}.xml"))).unwrap();
        for verdict in lint(&xml) {
            assert_eq!(verdict.is_ok(), valid, "{name}: {verdict:?}");
        }
    }
}

fn a_group() -> impl Strategy<Value = Group> {
    let scope = prop_oneof![
        "[0-9]{6}[0-9A-Z]{4}".prop_map(|number| Scope::Person(cpr(&number))),
        "urn:[a-z]{1,8}:[!-~æøå]{1,20}".prop_map(Scope::Other),
    ];
    let constraint = ("[!-~]{1,20}", "[ -~æøå€]{0,20}").prop_map(|(name, value)| Constraint { name, value });
    (scope, prop::collection::vec("[!-~æøå]{1,40}", 1..4), prop::collection::vec(constraint, 0..3))
        .prop_map(|(scope, privileges, constraints)| Group { scope, privileges, constraints })
}

proptest! {
    #[test]
    fn what_is_written_is_what_is_read(groups in prop::collection::vec(a_group(), 1..6)) {
        let xml = write(&groups).unwrap();
        prop_assert_eq!(read(xml.as_bytes()), Ok(groups.clone()));
        prop_assert_eq!(read_attribute(&write_attribute(&groups).unwrap()), Ok(groups));
    }

    #[test]
    fn no_change_of_bytes_makes_it_panic_or_gives_more(
        groups in prop::collection::vec(a_group(), 1..4),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = write(&groups).unwrap().into_bytes();
        prop_assert!(read(&bytes[..cut.index(bytes.len() - 1)]).is_err(), "a list cut short is no list");
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(changed) = read(&bytes) {
            prop_assert!(changed.len() <= groups.len());
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "(<|>|b:|/|!|-|\\[|PrivilegeGroup|Privilege|Constraint|Scope=|&|;|\"|\\?|[a-z ]){0,60}") {
        let _ = read(list(&text).as_bytes());
        let _ = read_attribute(&text);
    }
}
