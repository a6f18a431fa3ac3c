//! Sessions: a new token at every log-in, the end without use and the end whatever happens, a warning with a way to
//! stay, a way back, a fresh log-in that comes back to the same page, and a log-off that is one.

use borgerportal_both::both;
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{bundle, letter, patient};
use borgerportal_stories::{HELSINGOR, INGER, LONE, METTE, Visitor, World};

const SESSION: &str = "__Host-session";

async fn mette_at_her_mothers(store: TestStore) -> (World, Visitor) {
    let (world, record) = World::with_inger(store).await;
    let brev = letter(&INGER, "d1", "Brev", "2026-10-01");
    record.delivers(&bundle("transaction", "2026-10-01T10:00:00Z", &[patient(&INGER), brev])).await;
    let mut mette = world.log_in_as_relative(METTE, HELSINGOR).await;
    mette.choose("Inger Holm").await;
    (world, mette)
}

#[both]
async fn every_log_in_makes_a_new_token_and_ends_the_old(store: TestStore) {
    let (_world, mette) = mette_at_her_mothers(store).await;
    let thief = mette.browser.copy();
    assert_eq!(thief.get("/personer").await.status, 200);
    let old = mette.browser.cookie(SESSION).unwrap();
    let answer = mette.go_to_broker("/log-paa/0217?rolle=paaroerende").await;
    let back = mette.browser.get(answer.location().unwrap()).await;
    let set = back.cookies();
    let session = set.iter().find(|cookie| cookie.starts_with(SESSION)).unwrap();
    assert!(session.ends_with("; Path=/; Secure; HttpOnly; SameSite=Lax"), "{session}");
    assert!(
        set.iter().any(|cookie| cookie.starts_with("__Host-login=;") && cookie.contains("Max-Age=0")),
        "{set:?}"
    );
    mette.browser.follow(back).await;
    assert_ne!(mette.browser.cookie(SESSION).unwrap(), old);
    assert_eq!(mette.browser.get("/personer").await.status, 200);
    assert_eq!(thief.get("/personer").await.status, 303, "the old token is dead");
}

#[both]
async fn a_session_that_is_not_used_ends_and_leads_back(store: TestStore) {
    let (world, mut mette) = mette_at_her_mothers(store).await;
    world.minutes_later(29);
    assert_eq!(mette.at("/documents").await.status, 200);
    world.minutes_later(29);
    assert_eq!(mette.at("/documents?type=letter").await.status, 200, "use gives it time");
    world.minutes_later(31);
    let gone = mette.at("/documents?type=letter").await;
    assert_eq!(gone.status, 303);
    assert!(gone.cookies().iter().any(|cookie| cookie.starts_with(SESSION) && cookie.contains("Max-Age=0")));
    let ended = mette.browser.follow(gone).await;
    assert_eq!((ended.status, ended.h1().as_str()), (200, "Du er logget af"));
    assert!(ended.words().contains("fordi der ikke skete noget i 30 minutter"), "{}", ended.words());
    let again = mette.go_to_broker(&ended.link("Log på igen")).await;
    let page = mette.arrive(again).await;
    assert_eq!((page.status, page.path()), (200, format!("{}/documents?type=letter", mette.journal())));
}

#[both]
async fn however_much_it_is_used_it_ends(store: TestStore) {
    let (world, mette) = mette_at_her_mothers(store).await;
    for _ in 0..8 {
        world.minutes_later(20);
        assert_eq!(mette.at("/documents").await.status, 200);
    }
    world.minutes_later(20);
    assert_eq!(mette.at("/documents").await.status, 303, "the broker's own session ends after three hours");
}

#[both]
async fn the_warning_gives_a_way_to_stay_and_no_time_by_itself(store: TestStore) {
    let (world, mette) = mette_at_her_mothers(store).await;
    let front = mette.at("/documents").await;
    let refresh = borgerportal_stories::html::all(&front.html(), "meta")
        .find_map(|tag| tag.get("http-equiv").is_some().then(|| tag.get("content").unwrap().to_owned()));
    let (seconds, address) = refresh.as_deref().unwrap().split_once(";url=").unwrap();
    assert_eq!(seconds, "1500", "without script the browser goes to the warning five minutes before the end");
    world.minutes_later(26);
    let warning = mette.browser.get(address).await;
    assert_eq!((warning.status, warning.h1().as_str()), (200, "Du bliver logget af om 4 minutter"));
    world.minutes_later(2);
    assert_eq!(
        mette.browser.get(address).await.h1(),
        "Du bliver logget af om 2 minutter",
        "looking gives no time"
    );
    let page = mette.browser.submit(&warning.form("/session/extension"), &[]).await;
    assert_eq!((page.status, page.path()), (200, format!("{}/documents", mette.journal())));
    world.minutes_later(29);
    assert_eq!(mette.at("/documents").await.status, 200);
}

#[both]
async fn logging_off_ends_it_on_the_server(store: TestStore) {
    let (_world, mette) = mette_at_her_mothers(store).await;
    let thief = mette.browser.copy();
    let persons = mette.browser.get("/personer").await;
    let csrf = persons.csrf();
    let off = mette.browser.post("/log-af", &[("csrf", &csrf)]).await;
    assert_eq!((off.status, off.location()), (303, Some("/log-af")));
    assert_eq!(off.header("clear-site-data"), Some("\"cache\", \"storage\""));
    assert_eq!(mette.browser.cookie(SESSION), None);
    assert_eq!(mette.browser.follow(off).await.h1(), "Du er logget af");
    for path in ["/personer", &format!("{}/documents", mette.journal())] {
        assert_eq!(thief.get(path).await.status, 303, "the old cookie opens nothing: {path}");
    }
    assert_eq!(thief.post("/session/extension", &[("csrf", &csrf)]).await.status, 303);
    assert_eq!(thief.get("/personer").await.status, 303);
}

#[both]
async fn a_fresh_log_in_keeps_session_and_page(store: TestStore) {
    let (world, mut mette) = mette_at_her_mothers(store).await;
    let token = mette.browser.cookie(SESSION);
    world.minutes_later(10);
    let page = format!("{}/documents?type=letter", mette.journal());
    let back = page.replace('?', "%3F").replace('=', "%3D");
    let asked = mette.browser.get(&format!("/session/step-up?back={back}")).await;
    let to = asked.location().unwrap().to_owned();
    assert!(to.contains("prompt=login") && to.contains("max_age="), "{to}");
    let answer = mette.be_there(&to).await;
    let there = mette.arrive(answer).await;
    assert_eq!((there.status, there.path()), (200, page));
    assert_eq!(mette.browser.cookie(SESSION), token, "the session goes on");
}

#[both]
async fn a_fresh_log_in_of_somebody_else_is_refused(store: TestStore) {
    let (_world, mette) = mette_at_her_mothers(store).await;
    let asked = mette.browser.get("/session/step-up").await;
    let mut lone = mette;
    lone.person = LONE;
    let answer = lone.be_there(asked.location().unwrap()).await;
    let back = lone.browser.follow(answer).await;
    assert_eq!(back.status, 400, "{}", back.words());
    assert!(back.words().contains("Mette Holm") && !back.words().contains("Lone"), "{}", back.words());
    assert_eq!(lone.browser.get("/personer").await.status, 200, "the session is still Mette's");
}
