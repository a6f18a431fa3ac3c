//! Forms are taken from our own pages only, with the secret of the session they are sent in.

use borgerportal_both::both;
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{bundle, letter, patient};
use borgerportal_stories::{HELSINGOR, INGER, METTE, World};

/// What is tried, the secret that is sent, and what the browser says of where it comes from.
type Case<'a> = (&'static str, Option<&'a str>, &'a [(&'a str, &'a str)]);

const HERE: (&str, &str) = ("sec-fetch-site", "same-origin");

#[both]
async fn wrong_secrets_and_wrong_places(store: TestStore) {
    let (world, record) = World::with_inger(store).await;
    let brev = letter(&INGER, "d1", "Brev", "2026-10-01");
    record.delivers(&bundle("transaction", "2026-10-01T10:00:00Z", &[patient(&INGER), brev])).await;
    let mette = world.log_in_as_relative(METTE, HELSINGOR).await;
    let other = world.log_in_as_relative(METTE, HELSINGOR).await;
    let journal = world.journal_of(&INGER).await;
    let right = mette.browser.get("/personer").await.csrf();
    let anothers = other.browser.get("/personer").await.csrf();
    let (base, search) = (world.base().origin().ascii_serialization(), format!("{journal}/documents/search"));
    let cases: [Case<'_>; 8] = [
        ("no secret", None, &[HERE]),
        ("an empty one", Some(""), &[HERE]),
        ("another session's", Some(&anothers), &[HERE]),
        ("cross-site", Some(&right), &[("sec-fetch-site", "cross-site")]),
        ("same site, another origin", Some(&right), &[("sec-fetch-site", "same-site")]),
        ("another origin", Some(&right), &[("origin", "https://evil.example")]),
        ("another origin on this machine", Some(&right), &[("origin", "http://127.0.0.1:1")]),
        ("no word where it comes from", Some(&right), &[]),
    ];
    for (what, secret, headers) in cases {
        for path in ["/personer", "/session/extension", "/log-af", search.as_str()] {
            let mut fields = vec![("journal", &journal[3..]), ("q", "brev"), ("back", "/personer")];
            fields.extend(secret.map(|secret| ("csrf", secret)));
            let page = mette.browser.post_from(path, &fields, headers).await;
            assert_eq!((page.status, page.h1().as_str()), (409, "Siden var for gammel"), "{path}: {what}");
        }
    }
    assert_eq!(mette.browser.get("/personer").await.status, 200, "still logged on");
    for headers in [&[HERE][..], &[("origin", base.as_str())], &[HERE, ("origin", "null")]] {
        let page = mette.browser.post_from(&search, &[("csrf", &right), ("q", "brev")], headers).await;
        assert_eq!(page.status, 200, "{headers:?}: {}", page.words());
    }
    assert_ne!(right, mette.browser.get("/personer").await.csrf(), "masked anew in every page");
}

#[both]
async fn a_refused_form_changes_no_row(store: TestStore) {
    let (world, _) = World::with_inger(store).await;
    let mette = world.log_in_as_relative(METTE, HELSINGOR).await;
    mette.browser.get("/personer").await;
    let before = world.store.rows();
    for path in ["/personer", "/session/extension", "/log-af"] {
        mette.browser.post_from(path, &[], &[("sec-fetch-site", "cross-site")]).await;
    }
    assert_eq!(world.store.rows(), before);
}
