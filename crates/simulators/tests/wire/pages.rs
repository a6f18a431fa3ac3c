//! The broker's own pages, and requests it must not answer with a redirect.

use crate::world::{World, location};
use borgerportal_identity::oidc::Purpose;
use url::Url;

async fn page(world: &World, url: &Url) -> (u16, String) {
    let answer = world.browser.get(url.as_str()).await;
    assert!(location(&answer).is_none());
    let policy = answer.headers().get("content-security-policy").unwrap().to_str().unwrap().to_owned();
    assert!(policy.contains("default-src 'none'"));
    (answer.status().as_u16(), answer.text().await.unwrap())
}

fn with(url: &Url, name: &str, value: Option<&str>) -> Url {
    let mut changed = url.clone();
    let pairs: Vec<(String, String)> =
        url.query_pairs().filter(|(n, _)| n != name).map(|(n, v)| (n.into(), v.into())).collect();
    changed.query_pairs_mut().clear().extend_pairs(pairs).extend_pairs(value.map(|value| (name, value)));
    changed
}

#[tokio::test]
async fn the_page_shows_who_one_can_be_in_the_persons_language() {
    let world = World::new().await;
    let (url, _) = world.begin(Purpose::LogIn).await.unwrap();
    let (status, danish) = page(&world, &url).await;
    assert_eq!(status, 200);
    for text in [
        "<html lang=\"da\">",
        "<h1>Hvem vil du være?</h1>",
        "Inger Marie Holm",
        "Født 12.05.1950 · niveau Betydelig",
        "Log på Borgerportalen",
        "Annuller",
    ] {
        assert!(danish.contains(text), "{text}\n{danish}");
    }
    assert!(danish.contains("er en &#60;prøve&#62;"), "escaped: {danish}");
    assert!(!danish.contains("<script") && !danish.contains("7205500004"));
    let (_, english) = page(&world, &with(&url, "ui_locales", Some("en"))).await;
    for text in [
        "<html lang=\"en\">",
        "<h1>Who do you want to be?</h1>",
        "Born 12.05.1950 · level Substantial",
        "Cancel",
    ] {
        assert!(english.contains(text), "{text}\n{english}");
    }
}

#[tokio::test]
async fn a_step_up_says_that_it_is_one() {
    let world = World::new().await;
    let (url, _) = world.begin(Purpose::StepUp).await.unwrap();
    assert!(page(&world, &url).await.1.contains("<h1>Bekræft, hvem du er</h1>"));
}

#[tokio::test]
async fn nobody_is_sent_to_an_address_that_is_not_registered() {
    let world = World::new().await;
    let (url, _) = world.begin(Purpose::LogIn).await.unwrap();
    for wrong in [
        with(&url, "redirect_uri", Some("https://evil.example/")),
        with(&url, "redirect_uri", Some("https://us.example/log-paa/retur/")),
        with(&url, "client_id", Some("others")),
    ] {
        let (status, text) = page(&world, &wrong).await;
        assert_eq!(status, 400);
        assert!(text.contains("<h1>Forespørgslen kan ikke bruges</h1>"));
        let chosen = world.browser.post(wrong.as_str(), &[("person", "u-inger")]).await;
        assert!(location(&chosen).is_none(), "nor when a person is chosen");
    }
}

#[tokio::test]
async fn a_request_that_is_not_safe_is_sent_back_with_an_error() {
    let world = World::new().await;
    let (url, _) = world.begin(Purpose::LogIn).await.unwrap();
    for (name, value, error) in [
        ("code_challenge", None, "invalid_request"),
        ("code_challenge_method", Some("plain"), "invalid_request"),
        ("nonce", None, "invalid_request"),
        ("scope", Some("profile"), "invalid_request"),
        ("response_type", Some("token"), "unsupported_response_type"),
        ("prompt", Some("none"), "login_required"),
    ] {
        let back = location(&world.browser.get(with(&url, name, value).as_str()).await).unwrap();
        assert!(back.query_pairs().any(|(n, v)| n == "error" && v == error), "{name}: {back}");
        assert!(back.query_pairs().any(|(n, _)| n == "iss") && back.query_pairs().any(|(n, _)| n == "state"));
    }
}

#[tokio::test]
async fn userinfo_wants_a_token_that_lives() {
    let world = World::new().await;
    let url = format!("{}/userinfo", world.running.base());
    assert_eq!(world.browser.get(&url).await.status(), 401);
}

#[tokio::test]
async fn leaving_without_a_registered_way_back_ends_on_a_page() {
    let world = World::new().await;
    let url = format!(
        "{}/end_session?client_id=us+%26+co&post_logout_redirect_uri=https://evil.example/",
        world.running.base()
    );
    let answer = world.browser.get(&url).await;
    assert!(location(&answer).is_none());
    assert!(answer.text().await.unwrap().contains("<h1>Du er logget af</h1>"));
}
