//! Drafts, requests and mandates are their owner's alone: to everybody else they look like none. Answers are kept
//! whatever was wrong with them, and asking tells nothing of whom one asked.

use borgerportal_both::both;
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{bundle, letter, patient};
use borgerportal_stories::mandates::{ACT, READ, form_to};
use borgerportal_stories::{HELSINGOR, INGER, JONAS, KAREN, LONE, METTE, PREBEN, Page, Visitor, World};

const NOBODYS: &str = "0192d3a4-0000-7000-8000-00000000beef";

async fn world(store: TestStore) -> World {
    let (world, record) = World::with_inger(store).await;
    world.offer_packages().await;
    let brev = letter(&INGER, "d1", "Brev", "2026-10-01");
    record.delivers(&bundle("transaction", "2026-10-01T10:00:00Z", &[patient(&INGER), brev])).await;
    world
}

#[both]
async fn a_receipt_says_the_same_whoever_was_asked(store: TestStore) {
    let world = world(store).await;
    // Somebody there, somebody else's name on her number, a child, nobody at all.
    let (_, inger) = INGER.typed();
    let (child, childs) = JONAS.typed();
    let cases = [
        ("Inger Holm", inger.clone()),
        ("Grethe Ludvigsen", inger),
        (child.as_str(), childs),
        ("Ingen Ukendt", "7203801999".to_owned()),
    ];
    let mut seen = Vec::new();
    for ((name, cpr), person) in cases.iter().zip([PREBEN, KAREN, LONE, METTE]) {
        let asker = world.log_in_for_mandates(person).await;
        let receipt = asker.send("bed-om", (name, cpr), &[READ]).await;
        let first = name.split(' ').next().unwrap();
        let number = receipt.words().split("Nummer: ").nth(1).unwrap()[..11].to_owned();
        let plain = |text: &str| text.replace(name, "*").replace(first, "*").replace(&number, "#");
        let list = asker.browser.get("/fuldmagter?side=faaet").await.words();
        let list = list.split("Dine anmodninger").nth(1).unwrap().split("Gælder").next().unwrap().to_owned();
        seen.push((receipt.status, plain(main(&receipt)), plain(&list)));
    }
    for other in &seen[1..] {
        assert_eq!(other, &seen[0]);
    }
}

/// The words of the page without the frame, which has the reader's name.
fn main(page: &Page) -> &'static str {
    let words = page.words();
    let main = words.split("Log af").nth(1).unwrap().split("Brug for hjælp").next().unwrap().to_owned();
    Box::leak(main.into_boxed_str())
}

/// A draft and a request of the son, and the mandate of the mother.
struct Things {
    world: World,
    son: Visitor,
    mother: Visitor,
    draft: String,
    request: String,
    mandate: String,
}

async fn things(store: TestStore) -> Things {
    let world = world(store).await;
    let (name, cpr) = INGER.typed();
    let son = world.log_in_for_mandates(PREBEN).await;
    let question = son.begin("bed-om").await;
    let draft = question.url.path().rsplit('/').nth(1).unwrap().to_owned();
    let receipt = son.send("bed-om", (&name, &cpr), &[READ]).await;
    let request = receipt.url.path().rsplit('/').next().unwrap().to_owned();
    let mother = world.log_in_for_mandates(INGER).await;
    let list = mother.browser.get("/fuldmagter?side=givet").await;
    let mandate = list.link("Se mere").rsplit('/').next().unwrap().to_owned();
    Things { world, son, mother, draft, request, mandate }
}

#[both]
async fn what_is_not_mine_looks_like_nothing(store: TestStore) {
    let Things { world, draft, request, mandate, .. } = things(store).await;
    let lone = world.log_in_for_mandates(LONE).await;
    let mut asked = 0;
    for (mine, paths) in [
        (
            &draft,
            &[
                "bed-om/{}/person",
                "bed-om/{}/rettigheder",
                "bed-om/{}/periode",
                "bed-om/{}/sending",
                "bed-om/{}/tjek",
                "bed-om/{}/underskriv",
                "giv/{}/person",
            ][..],
        ),
        (
            &request,
            &[
                "bed-om/kvittering/{}",
                "bed-om/kvittering/{}/pdf",
                "anmodning/{}",
                "anmodning/{}/noget",
                "anmodning/{}/underskriv",
                "anmodning/{}/forhaandsvisning",
                "anmodning/{}/traek-tilbage",
            ][..],
        ),
        (
            &mandate,
            &["{}", "{}/stop", "{}/forny", "{}/pdf", "{}/kvittering", "{}/underskriv?sidste=2027-01-01"][..],
        ),
    ] {
        for path in paths {
            let there = lone.browser.get(&format!("/fuldmagter/{}", path.replace("{}", mine))).await;
            let nothing = lone.browser.get(&format!("/fuldmagter/{}", path.replace("{}", NOBODYS))).await;
            assert_eq!((there.status, nothing.status), (404, 404), "{path}");
            assert_eq!(there.words(), nothing.words(), "{path}");
            asked += 1;
        }
    }
    assert_eq!(asked, 20);
}

#[both]
async fn what_is_not_mine_cannot_be_changed(store: TestStore) {
    let Things { world, son, mother, draft, request, mandate } = things(store).await;
    let lone = world.log_in_for_mandates(LONE).await;
    let csrf = lone.browser.get("/fuldmagter/giv").await.csrf();
    for path in [
        format!("bed-om/{draft}/drop"),
        format!("anmodning/{request}"),
        format!("anmodning/{request}/traek-tilbage"),
        format!("bed-om/{draft}/person"),
        format!("{mandate}/stop"),
    ] {
        let fields = [
            ("csrf", csrf.as_str()),
            ("svar", "nej"),
            ("del", "alt"),
            ("navn", "En Anden"),
            ("cpr", "7208431104"),
        ];
        let tried = lone.browser.post(&format!("/fuldmagter/{path}"), &fields).await;
        assert!(tried.status == 404 || path.ends_with("/drop"), "{path}: {}", tried.status);
    }
    assert_eq!(son.browser.get(&format!("/fuldmagter/bed-om/{draft}/person")).await.status, 200, "still his");
    assert!(mother.browser.get("/fuldmagter").await.words().contains("Preben Holm beder"), "still open");
    let wrong_side = son.browser.get(&format!("/fuldmagter/anmodning/{request}")).await;
    assert_eq!(wrong_side.status, 404, "who asks cannot answer");
}

#[both]
async fn a_helper_never_comes_to_the_mandates_of_the_one_they_help(store: TestStore) {
    let world = world(store).await;
    let mut mette = world.log_in_as_relative(METTE, HELSINGOR).await;
    let front = mette.choose("Inger Holm").await;
    assert!(!front.links().iter().any(|(href, _)| href.starts_with("/fuldmagter")), "no way leads there");
    let own = mette.browser.get("/fuldmagter").await;
    assert_eq!(own.status, 200);
    assert!(!own.html().contains("bp-is-acting") && own.words().contains("Du har fået (1)"), "her own");
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let list = inger.browser.get("/fuldmagter").await;
    assert!(
        list.words().contains("Du har givet (1)") && list.words().contains("Mette Holm"),
        "{}",
        list.words()
    );
}

type Headers<'a> = &'a [(&'a str, &'a str)];

#[both]
async fn forms_are_taken_from_here_alone_and_change_nothing_else(store: TestStore) {
    let world = world(store).await;
    let mother = world.log_in_for_mandates(INGER).await;
    let list = mother.browser.get("/fuldmagter?side=givet").await;
    let stop = format!("{}/stop", list.link("Se mere"));
    let right = mother.browser.get(&stop).await.csrf();
    let cases: [(Option<&str>, Headers<'_>); 4] = [
        (None, &[("sec-fetch-site", "same-origin")]),
        (Some("AAAA"), &[("sec-fetch-site", "same-origin")]),
        (Some(&right), &[("sec-fetch-site", "cross-site")]),
        (Some(&right), &[]),
    ];
    for path in [stop.as_str(), "/fuldmagter/bed-om", "/fuldmagter/giv"] {
        for (secret, headers) in cases {
            let mut fields = vec![("del", "alt")];
            fields.extend(secret.map(|secret| ("csrf", secret)));
            let page = mother.browser.post_from(path, &fields, headers).await;
            assert_eq!(
                (page.status, page.h1().as_str()),
                (409, "Siden var for gammel"),
                "{path} {secret:?} {headers:?}"
            );
        }
    }
    let after = mother.browser.get("/fuldmagter?side=givet").await;
    assert!(after.words().contains("Du har givet (1)"), "nothing was stopped: {}", after.words());
}

#[both]
async fn answers_are_kept_whatever_was_wrong(store: TestStore) {
    let world = world(store).await;
    let son = world.log_in_for_mandates(PREBEN).await;
    let page = son.begin("bed-om").await;
    let own = PREBEN.typed().1;
    for (name, cpr, address, said) in [
        ("", "", "", vec!["Skriv personens fulde navn", "Skriv CPR-nummeret, eller skriv adressen i stedet"]),
        ("Inger", "720543", "", vec!["Skriv både fornavn og efternavn", "CPR-nummeret skal have 10 tal"]),
        ("Preben Holm", own.as_str(), "", vec!["Det er dit eget CPR-nummer"]),
    ] {
        let wrong = son.reply(&page, &[("navn", name), ("cpr", cpr), ("adresse", address)]).await;
        assert_eq!(wrong.status, 422, "{}", wrong.words());
        assert!(
            wrong.title().starts_with("Fejl: ") && wrong.title().contains("trin 1 af 5"),
            "{}",
            wrong.title()
        );
        for sentence in said {
            assert!(wrong.words().matches(sentence).count() >= 2, "above and at the field: {sentence}");
        }
        let kept = form_to(&wrong, "/person").fields;
        assert!(
            kept.contains(&("navn".into(), name.into())) && kept.contains(&("cpr".into(), cpr.into())),
            "{kept:?}"
        );
    }
    let (name, cpr) = INGER.typed();
    let rights = son.reply(&page, &[("navn", &name), ("cpr", &cpr)]).await;
    let none = son.reply(&rights, &[]).await;
    assert_eq!(none.status, 422);
    assert!(none.words().contains("Vælg mindst én ting, du vil have lov til"), "{}", none.words());
    let period = son.to_period("bed-om", (&name, &cpr), &[ACT]).await;
    for (day, month, year, said) in [
        ("31", "6", "2027", "Datoen findes ikke. Tjek dag og måned"),
        ("1", "1", "2026", "Datoen er gået. Vælg en dag, der kommer"),
        ("1", "1", "2040", "Datoen er for langt fremme. Vælg senest"),
        ("", "", "", "Skriv den sidste dag, fuldmagten skal gælde"),
    ] {
        let wrong =
            son.reply(&period, &[("periode", "own"), ("dag", day), ("maaned", month), ("aar", year)]).await;
        assert_eq!(wrong.status, 422, "{day} {month} {year}");
        assert!(wrong.words().contains(said), "{said}: {}", wrong.words());
        let kept = form_to(&wrong, "/periode").fields;
        assert!(
            kept.contains(&("dag".into(), day.into())) && kept.contains(&("periode".into(), "own".into()))
        );
    }
}

#[both]
async fn a_draft_waits_for_its_writer(store: TestStore) {
    let world = world(store).await;
    let (name, cpr) = INGER.typed();
    let son = world.log_in_for_mandates(PREBEN).await;
    let period = son.to_period("bed-om", (&name, &cpr), &[READ]).await;
    let later = son
        .reply(&period, &[("gem", "1"), ("periode", "own"), ("dag", "1"), ("maaned", "2"), ("aar", "2027")])
        .await;
    assert!(later.words().contains("Din kladde er gemt"), "{}", later.words());
    son.log_off().await;
    let again = world.log_in_for_mandates(PREBEN).await;
    let intro = again.browser.get("/fuldmagter/bed-om").await;
    let going_on = again.browser.get(&intro.link("Anmodning til Inger Holm")).await;
    assert_eq!(going_on.h1(), "Hvordan skal Inger have besked?", "at the first question without an answer");
    let early = again.browser.get(&going_on.url.path().replace("/sending", "/tjek")).await;
    assert!(early.location().is_some_and(|to| to.ends_with("/sending")), "no question is jumped over");
    let back = again.browser.get(&going_on.link("Hvor længe")).await;
    assert!(form_to(&back, "/periode").fields.contains(&("aar".into(), "2027".into())), "as it was answered");
    let dropped = again.browser.submit(&form_to(&intro, "/drop"), &[]).await;
    assert!(!dropped.words().contains("Anmodning til Inger Holm"), "{}", dropped.words());
}

#[both]
async fn a_message_leads_through_the_log_in_to_what_it_is_about(store: TestStore) {
    let world = world(store).await;
    let (name, cpr) = INGER.typed();
    let son = world.log_in_for_mandates(PREBEN).await;
    let receipt = son.send("bed-om", (&name, &cpr), &[READ]).await;
    let request = receipt.url.path().rsplit('/').next().unwrap().to_owned();
    let mut mother = world.person(INGER);
    let sent = mother.browser.get(&format!("/fuldmagter/anmodning/{request}")).await;
    let log_in = sent.location().unwrap().to_owned();
    let page = mother.go_to_broker(&log_in).await;
    let page = mother.arrive(page).await;
    assert_eq!(page.h1(), "Vil du give Preben Holm fuldmagt?", "{}", page.words());
    let taken_back = son.browser.get(&format!("/fuldmagter/anmodning/{request}/traek-tilbage")).await;
    let list = son.reply(&taken_back, &[]).await;
    assert!(list.words().contains("Du har trukket anmodningen tilbage"), "{}", list.words());
    assert_eq!(mother.browser.get(page.url.path()).await.h1(), "Anmodningen er trukket tilbage");
    let paper = world.browser().get("/fuldmagter/papir").await;
    assert!(paper.status == 200 && paper.body.starts_with(b"%PDF"), "the form is for everybody");
}

#[both]
async fn somebody_elses_form_sent_again_gets_nothing_and_ones_own_the_first_answer(store: TestStore) {
    let world = world(store).await;
    let (name, cpr) = INGER.typed();
    let son = world.log_in_for_mandates(PREBEN).await;
    let check = son.to_check("bed-om", (&name, &cpr), &[READ]).await;
    let page = son.browser.visit(&check.link("Underskriv med MitID")).await;
    let form = form_to(&page, "/underskriv");
    let receipt = son.browser.submit(&form, &[("forstaaet", "1")]).await;
    assert!(receipt.url.path().contains("/kvittering/"), "{}", receipt.url);
    let again = son.browser.submit(&form, &[("forstaaet", "1")]).await;
    assert_eq!(again.url, receipt.url, "sent twice is sent once, and answered twice");
    let lone = world.log_in_for_mandates(LONE).await;
    let own = lone.browser.get("/fuldmagter/giv").await.csrf();
    let stolen: Vec<(&str, &str)> = form
        .fields
        .iter()
        .map(|(name, value)| (name.as_str(), if name == "csrf" { own.as_str() } else { value.as_str() }))
        .chain([("forstaaet", "1")])
        .collect();
    let theirs = lone.browser.post(&form.action, &stolen).await;
    assert_eq!((theirs.status, theirs.location()), (404, None), "she learns no receipt: {}", theirs.words());
    // Nor does she with his secret, for it is not hers.
    let his: Vec<(&str, &str)> =
        form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(lone.browser.post(&form.action, &his).await.status, 409);
    let without = son.browser.post(&form.action, &[("id", form_id(&form.fields)), ("forstaaet", "1")]).await;
    assert_eq!(without.status, 409, "nor he himself without the secret of his session");
    let list = son.browser.get("/fuldmagter?side=faaet").await.words();
    assert_eq!(list.matches("Afventer svar").count(), 1, "{list}");
}

fn form_id(fields: &[(String, String)]) -> &str {
    fields.iter().find(|(name, _)| name == "id").map_or("", |(_, value)| value)
}

#[both]
async fn of_many_mandates_a_page_is_shown_and_the_next_one_is_linked(store: TestStore) {
    let world = world(store).await;
    let inger = world.log_in_for_mandates(INGER).await;
    let before = inger.browser.get("/fuldmagter?side=givet").await;
    let live = before.words().matches("Gælder til og med").count();
    for number in 0..19 {
        // Nobody has these numbers; what was given is listed all the same.
        let cpr = format!("72038019{number:02}");
        inger.send("giv", ("Ingen Ukendt", &cpr), &[READ]).await;
    }
    let first = inger.browser.get("/fuldmagter?side=givet").await;
    assert!(first.words().contains(&format!("Du har givet ({})", live + 19)), "{}", first.words());
    let cards = |page: &Page| page.html().matches("bp-card-head").count();
    assert_eq!(cards(&first), 20.min(live + 19));
    let second = inger.browser.get("/fuldmagter?side=givet&fra=2").await;
    assert_eq!(cards(&first) + cards(&second), live + 19, "no mandate is lost between the pages");
    let beyond = inger.browser.get("/fuldmagter?side=givet&fra=18446744073709551615").await;
    assert_eq!((beyond.status, cards(&beyond)), (200, 0), "a page nobody has is an empty one");
}
