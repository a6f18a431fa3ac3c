//! The whole life of a mandate on the pages: a son asks, his mother sees the request, looks at what he would see,
//! says yes to part; he reads what he may and nothing more; she stops it while his page is open.

use borgerportal_both::both;
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{bundle, labelled, letter, patient};
use borgerportal_stories::mandates::{ACT, CALENDAR, READ, form_to};
use borgerportal_stories::{HELSINGOR, INGER, LONE, PREBEN, Page, Visitor, World};

async fn world(store: TestStore) -> World {
    let (world, record) = World::with_inger(store).await;
    world.offer_packages().await;
    let open = letter(&INGER, "d1", "Brev om genoptræning", "2026-10-01");
    let secret = labelled(letter(&INGER, "d2", "Til Inger alene", "2026-10-02"), &["withheld-from-relative"]);
    record.delivers(&bundle("transaction", "2026-10-03T10:00:00Z", &[patient(&INGER), open, secret])).await;
    world
}

#[both]
async fn from_the_question_to_the_stop(store: TestStore) {
    let world = world(store).await;
    let (name, cpr) = INGER.typed();
    let son = world.log_in_for_mandates(PREBEN).await;
    let receipt = son.send("bed-om", (&name, &cpr), &[ACT, CALENDAR]).await;
    assert_eq!(
        (receipt.status, receipt.h1().as_str()),
        (200, "Din anmodning er sendt"),
        "{}",
        receipt.words()
    );
    assert!(receipt.words().contains("Nummer: F-") && receipt.words().contains("bortfalder anmodningen"));
    assert!(receipt.words().contains("læse og handle"), "acting brings reading: {}", receipt.words());

    let mother = world.log_in_for_mandates(INGER).await;
    let list = mother.browser.get("/fuldmagter").await;
    assert!(list.words().contains("Preben Holm beder om at hjælpe dig"), "{}", list.words());
    let request = list.link("Se og svar");
    let question = mother.browser.get(&request).await;
    let words = question.words();
    assert_eq!(question.h1(), "Vil du give Preben Holm fuldmagt?");
    let places = ["Er du i tvivl? Så vent", "Det får Preben lov til", "Dit svar"];
    let found: Vec<usize> =
        places.iter().map(|part| words.find(part).unwrap_or_else(|| panic!("{part}: {words}"))).collect();
    assert!(found.is_sorted(), "the warning stands before everything else: {words}");
    assert!(!words.contains("ikke lov til"), "of the whole portal nothing is left out: {words}");
    assert!(
        form_to(&question, "/anmodning/").fields.iter().all(|(name, _)| name != "svar"),
        "nothing is chosen"
    );

    let seen = mother.browser.get(&question.link("Se præcis")).await.words();
    assert!(seen.contains("Brev om genoptræning") && seen.contains("Der er 1."), "{seen}");
    assert!(!seen.contains("Til Inger alene"), "what relatives may not see is not in it: {seen}");

    say_yes_to_reading(&mother, &question).await;

    let mut helper = world.log_in_as_relative(PREBEN, HELSINGOR).await;
    helper.choose("Inger Holm").await;
    assert_eq!(helper.titles().await, ["Brev om genoptræning"]);
    let front = helper.at("/").await.words();
    assert!(front.contains("du må læse til 30. juni 2027"), "{front}");

    let given = mother.browser.get("/fuldmagter?side=givet").await;
    let stop = given
        .links()
        .into_iter()
        .find(|(_, words)| words.contains("Preben Holm") && words.contains("Stop"))
        .unwrap()
        .0;
    let ask = mother.browser.get(&stop).await;
    assert_eq!(ask.h1(), "Vil du stoppe fuldmagten til Preben?");
    let stopped = mother.reply(&ask, &[]).await;
    assert!(stopped.words().contains("Du har stoppet fuldmagten"), "{}", stopped.words());
    assert!(stopped.words().contains("Du stoppede: det hele"), "{}", stopped.words());
    let refused = helper.at("/documents").await;
    assert_eq!(refused.status, 403);
    assert!(refused.words().contains("Fuldmagten er stoppet af den, der gav den"), "{}", refused.words());
    assert!(!refused.words().contains("Brev om genoptræning"));
    let again = mother.reply(&ask, &[]).await;
    assert_eq!(again.status, 200, "pressing twice is no fault: {}", again.words());
}

/// Yes to reading alone, until the end of June.
async fn say_yes_to_reading(mother: &Visitor, question: &Page) {
    let part = mother.reply(question, &[("svar", "noget")]).await;
    assert_eq!(part.h1(), "Hvad må Preben?");
    let read =
        part.form("/noget").fields.into_iter().filter(|(name, _)| name == "valg").map(|(_, code)| code);
    let asked: Vec<String> = read.collect();
    assert_eq!(asked.len(), 3, "everything that was asked for is ticked");
    let reading =
        asked.iter().find(|one| part.words().contains("Læse") && **one == reading_code(&part)).unwrap();
    let signing = mother
        .reply(
            &part,
            &[("valg", reading), ("periode", "own"), ("dag", "30."), ("maaned", "juni"), ("aar", "27")],
        )
        .await;
    assert_eq!(signing.h1(), "Underskriv fuldmagten", "{}", signing.words());
    assert!(signing.words().contains("30. juni 2027"), "{}", signing.words());
    assert!(!signing.words().contains("Handle: Social- og sundhedsportal"), "{}", signing.words());
    let unsigned = mother.browser.submit(&form_to(&signing, "/underskriv"), &[]).await;
    assert_eq!(unsigned.status, 422, "without the declaration nothing is signed");
    let done = mother.browser.submit(&form_to(&unsigned, "/underskriv"), &[("forstaaet", "1")]).await;
    assert_eq!(done.h1(), "Du har givet Preben Holm fuldmagt", "{}", done.words());
}

fn reading_code(part: &Page) -> String {
    let html = part.html();
    let labels: Vec<_> = borgerportal_stories::html::all(&html, "label").collect();
    let label =
        labels.iter().find(|label| label.words().starts_with("Social- og sundhedsportal: Læse")).unwrap();
    label.get("for").unwrap().trim_start_matches("v-").to_owned()
}

#[both]
async fn a_no_needs_no_mitid_and_opens_nothing(store: TestStore) {
    let world = world(store).await;
    let (name, cpr) = INGER.typed();
    let son = world.log_in_for_mandates(PREBEN).await;
    let receipt = son.send("bed-om", (&name, &cpr), &[READ]).await;
    let mother = world.log_in_for_mandates(INGER).await;
    world.minutes_later(20);
    let list = mother.browser.get("/fuldmagter").await;
    let question = mother.browser.get(&list.link("Se og svar")).await;
    let missing = mother.reply(&question, &[]).await;
    assert_eq!(
        (missing.status, missing.title()),
        (422, "Fejl: Vil du give Preben Holm fuldmagt? – Borgerportalen".to_owned())
    );
    assert!(missing.words().contains("Vælg, hvad du vil svare"));
    let said = mother.reply(&question, &[("svar", "nej")]).await;
    assert!(said.words().contains("Du har sagt nej"), "{}", said.words());
    assert_eq!(mother.reply(&question, &[("svar", "nej")]).await.h1(), "Du har sagt nej", "twice is once");
    let his = son.browser.get(receipt.url.path()).await.words();
    assert!(his.contains("Afvist"), "{his}");
    let helper = world.log_in_as_relative(PREBEN, HELSINGOR).await;
    assert!(!helper.can_choose().await.contains(&"Inger Holm".to_owned()));
}

#[both]
async fn a_yes_asks_for_mitid_again_and_comes_back_to_the_same_page(store: TestStore) {
    let world = world(store).await;
    let (name, cpr) = INGER.typed();
    let son = world.log_in_for_mandates(PREBEN).await;
    son.send("bed-om", (&name, &cpr), &[READ]).await;
    let mut mother = world.log_in_for_mandates(INGER).await;
    world.minutes_later(11);
    let list = mother.browser.get("/fuldmagter").await;
    let question = mother.browser.get(&list.link("Se og svar")).await;
    let proof = mother.reply(&question, &[("svar", "ja")]).await;
    assert_eq!(proof.h1(), "Vi skal vide, at det er dig", "{}", proof.words());
    let back = mother.go_to_broker(&proof.link("Bekræft med MitID")).await;
    let signing = mother.arrive(back).await;
    assert_eq!(signing.h1(), "Underskriv fuldmagten", "{}", signing.words());
    let form = form_to(&signing, "/underskriv");
    let first = mother.browser.submit(&form, &[("forstaaet", "1")]).await;
    let second = mother.browser.submit(&form, &[("forstaaet", "1")]).await;
    assert_eq!((first.status, first.path()), (200, second.path()), "sent twice is one mandate");
    let given = mother.browser.get("/fuldmagter?side=givet").await;
    assert!(given.words().contains("Du har givet (2)"), "Mette's and Preben's: {}", given.words());
    world.minutes_later(11);
    let late =
        mother.browser.submit(&form_to(&signing, "/underskriv"), &[("forstaaet", "1"), ("id", "")]).await;
    assert_eq!(
        late.h1(),
        "Vi skal vide, at det er dig",
        "a signature needs a fresh log-in: {}",
        late.words()
    );
}

#[both]
async fn what_was_signed_is_what_was_shown(store: TestStore) {
    let world = world(store).await;
    let (name, cpr) = INGER.typed();
    let son = world.log_in_for_mandates(PREBEN).await;
    let check = son.to_check("bed-om", (&name, &cpr), &[READ]).await;
    let signing = son.browser.visit(&check.link("Underskriv med MitID")).await;
    let form = form_to(&signing, "/underskriv");
    let changed = son.browser.submit(&form, &[("tekst", &"0".repeat(64))]).await;
    assert_eq!((changed.status, changed.h1().as_str()), (409, "Siden var for gammel"));
    let twice =
        [son.browser.submit(&form, &[("id", "")]).await, son.browser.submit(&form, &[("id", "")]).await];
    assert_eq!(twice[0].h1(), "Din anmodning er sendt");
    assert_eq!(twice[1].status, 404, "a draft that was sent is gone");
    let again = son.send("bed-om", (&name, &cpr), &[READ]).await;
    assert_eq!((again.status, again.h1().as_str()), (409, "Det kan ikke lade sig gøre"));
    assert!(again.words().contains("Du har allerede bedt om det samme"), "{}", again.words());
}

#[both]
async fn a_mother_gives_without_being_asked_and_renews(store: TestStore) {
    let world = world(store).await;
    let mother = world.log_in_for_mandates(INGER).await;
    let (name, cpr) = LONE.typed();
    let address = mother.begin("giv").await;
    let wrong = mother.reply(&address, &[("navn", &name), ("adresse", "Havnegade 1")]).await;
    assert_eq!(wrong.status, 422, "a mandate is given to somebody who is known by number");
    let page = mother.to_period("giv", (&name, &cpr), &[READ]).await;
    let soon =
        mother.reply(&page, &[("periode", "own"), ("dag", "1"), ("maaned", "12"), ("aar", "2026")]).await;
    let receipt = mother.sign(&soon.link("Underskriv med MitID")).await;
    assert_eq!(receipt.h1(), "Du har givet Lone Krogh fuldmagt", "{}", receipt.words());
    let pdf = mother.browser.get(&receipt.link("Hent kvittering")).await;
    assert!(pdf.status == 200 && pdf.body.starts_with(b"%PDF"), "{}", pdf.status);
    let daughter = world.log_in_for_mandates(LONE).await;
    let hers = daughter.browser.get("/fuldmagter").await;
    assert!(
        hers.words().contains("Du har fået (1)") && hers.words().contains("Inger Holm"),
        "{}",
        hers.words()
    );
    let theirs = daughter.browser.get(&hers.link("Se mere")).await;
    assert!(!theirs.words().contains("Forlæng"), "only the giver lets it go on");
    let list = mother.browser.get("/fuldmagter?side=givet").await;
    let renew = list
        .links()
        .into_iter()
        .find(|(href, words)| href.ends_with("/forny") && words.contains("Lone"))
        .unwrap()
        .0;
    let page = mother.browser.get(&renew).await;
    let none = mother
        .browser
        .submit(&form_to(&page, "/forny"), &[("periode", "own"), ("dag", ""), ("maaned", ""), ("aar", "")])
        .await;
    assert_eq!(none.status, 422);
    let signing = mother.browser.submit(&form_to(&page, "/forny"), &[]).await;
    assert_eq!(signing.h1(), "Underskriv forlængelsen", "{}", signing.words());
    let done = mother.browser.submit(&form_to(&signing, "/underskriv"), &[("forstaaet", "1")]).await;
    assert_eq!(done.h1(), "Fuldmagten til Lone Krogh er forlænget", "{}", done.words());
    let gave_up = daughter.browser.get(&format!("{}/stop", hers.link("Se mere"))).await;
    let stopped = daughter.reply(&gave_up, &[]).await;
    assert!(stopped.words().contains("Du har stoppet fuldmagten"), "{}", stopped.words());
}
