//! Every key that a template or a page asks for has its text, and every text is asked for.

use borgerportal_domain::access::RefusalCode;
use borgerportal_domain::aids::{ApplyRefusal, AskRefusal as AidAsk};
use borgerportal_domain::attachments::AttachmentRefusal;
use borgerportal_domain::calendar::{CancelRefusal, FeedRefusal, VisitType};
use borgerportal_domain::mandates::{
    AskRefusal, DraftRefusal, GiveRefusal, MandateRefusal, NamedRefusal, RequestRefusal, SignRefusal, Subject,
};
use borgerportal_domain::messages::MessageRefusal;
use borgerportal_domain::news::NewsRefusal;
use borgerportal_i18n::{Lang, Texts};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// All text in quotes in our templates, page structs and letters that looks like a key or a single word.
fn quoted() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join("templates"), &mut files);
    collect(&root.join("src/pages"), &mut files);
    collect(&root.join("../service/src/notices"), &mut files);
    collect(&root.join("src/fuldmagt"), &mut files);
    collect(&root.join("src/portal"), &mut files);
    collect(&root.join("src/portal/calendar"), &mut files);
    collect(&root.join("../memo/src"), &mut files);
    collect(&root.join("../service/src"), &mut files);
    collect(&root.join("../service/src/mandates"), &mut files);
    let text: String =
        files.into_iter().filter(|file| !file.0.contains("tests")).map(|file| file.1).collect();
    text.split('"').skip(1).map(str::to_owned).collect()
}

fn collect(folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if let Ok(text) = fs::read_to_string(&path) {
            files.push((path.display().to_string(), text));
        }
    }
}

#[test]
fn every_text_asked_for_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join("templates"), &mut files);
    collect(&root.join("src"), &mut files);
    let known: BTreeSet<&str> = Texts::of(Lang::Da).contents().into_iter().map(|(key, _)| key).collect();
    let mut lost = BTreeSet::new();
    for (file, text) in files.iter().filter(|file| !file.0.contains("tests")) {
        for call in ["say(\"", "say_whose(\"", ".with(\"", "texts.get(\"", "(lang).get(\""] {
            for part in text.split(call).skip(1) {
                let arguments = part.split([')', '&', '[']).next().unwrap_or("");
                let keys = arguments.split('"').step_by(2).filter(|key| !key.contains([' ', ',', '=']));
                lost.extend(
                    keys.filter(|key| !key.is_empty() && !known.contains(key))
                        .map(|key| format!("{file}: {key}")),
                );
            }
        }
    }
    assert!(lost.is_empty(), "no text for {lost:?}");
}

#[test]
fn every_text_is_used() {
    let used = quoted();
    let mandates = mandate_codes();
    let aids = ApplyRefusal::ALL.iter().map(|one| one.code()).chain(AidAsk::ALL.iter().map(|one| one.code()));
    let visits: Vec<String> = VisitType::ALL.iter().map(|kind| format!("visit-{}", kind.code())).collect();
    let calendar = CancelRefusal::ALL.iter().map(|one| one.code());
    let calendar = calendar.chain(FeedRefusal::ALL.iter().map(|one| one.code()));
    let codes = RefusalCode::ALL.iter().map(|code| code.code()).chain(mandates.iter().map(String::as_str));
    let codes = codes.chain(aids).chain(calendar).chain(visits.iter().map(String::as_str));
    let codes = codes.chain(MessageRefusal::ALL.iter().map(|code| code.code()));
    let codes = codes.chain(NewsRefusal::ALL.iter().map(|code| code.code()));
    let codes = codes.chain(AttachmentRefusal::ALL.iter().map(|code| code.code()));
    let codes: BTreeSet<String> = codes.map(|code| code.replace('.', "-")).collect();
    let unused: Vec<&str> = Texts::of(Lang::Da)
        .contents()
        .into_iter()
        .map(|(key, _)| key)
        .filter(|key| !used.contains(*key) && !codes.contains(*key))
        .collect();
    assert!(unused.is_empty(), "nobody asks for {unused:?}");
}

/// Codes of the rules about mandates, and of the areas of the catalogue.
fn mandate_codes() -> Vec<String> {
    let areas = Subject::ALL.iter().map(|one| format!("mandates-subject-{}", one.code()));
    let named = NamedRefusal::ALL.iter().map(|one| one.code());
    let draft = DraftRefusal::ALL.iter().map(|one| one.code());
    let ask = AskRefusal::ALL.iter().map(|one| one.code());
    let give = GiveRefusal::ALL.iter().map(|one| one.code());
    let request = RequestRefusal::ALL.iter().map(|one| one.code());
    let sign = SignRefusal::ALL.iter().map(|one| one.code());
    let mandate = MandateRefusal::ALL.iter().map(|one| one.code());
    let all = named.chain(draft).chain(ask).chain(give).chain(request).chain(sign).chain(mandate);
    areas.chain(all.map(str::to_owned)).collect()
}

#[test]
fn whatever_the_reader_can_be_denied_has_its_own_sentence() {
    // What is left out cannot come of any page of ours; it is told by the sentence for everything else.
    let told = ["named.", "draft.", "ask.", "request.closed", "sign.overlaps", "sign.giver_too_young"];
    let silent = ["draft.not_yet", "draft.nothing_chosen", "draft.too_long", "ask.target_busy"];
    for lang in Lang::ALL {
        for code in mandate_codes() {
            let plain = code.trim_start_matches("mandates.");
            if told.iter().any(|start| plain.starts_with(start)) && !silent.contains(&plain) {
                assert!(Texts::of(lang).of_code(&code).is_some(), "{code}");
            }
        }
        for subject in Subject::ALL {
            let key = format!("mandates-subject-{}", subject.code());
            assert!(Texts::of(lang).of_code(&key).is_some(), "{key}");
        }
    }
}

#[test]
fn no_page_shows_a_key() {
    // A missing text shows its key, and keys have a form no sentence has: `word-word`.
    let keys: BTreeSet<&str> = Texts::of(Lang::Da).contents().into_iter().map(|(key, _)| key).collect();
    for page in super::every() {
        let visible: Vec<&str> =
            page.html.split('>').map(|part| part.split('<').next().unwrap_or("")).collect();
        for text in visible.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
            let word = !text.contains(' ') && text.contains('-') && text.to_lowercase() == text;
            assert!(
                !(word || keys.contains(text)),
                "{} ({}) shows the key {text}",
                page.name,
                page.lang.code()
            );
        }
        assert!(!page.html.contains("{ $"), "{} shows a placeholder", page.name);
    }
}

#[test]
fn every_refusal_has_a_sentence() {
    for lang in Lang::ALL {
        let refusals = CancelRefusal::ALL.iter().map(|one| one.code());
        for code in refusals.chain(FeedRefusal::ALL.iter().map(|one| one.code())) {
            assert!(Texts::of(lang).of_code(code).is_some_and(|said| said.ends_with('.')), "{code}");
        }
        for kind in VisitType::ALL.iter().filter(|kind| **kind != VisitType::Other) {
            assert!(Texts::of(lang).of_code(&format!("visit.{}", kind.code())).is_some(), "{kind:?}");
        }
        for code in RefusalCode::ALL {
            let sentence = Texts::of(lang).of_code(code.code()).unwrap_or_else(|| panic!("{}", code.code()));
            assert!(sentence.ends_with('.'), "{} is no sentence", code.code());
        }
    }
}

#[test]
fn whatever_a_message_or_a_file_can_be_denied_has_its_own_sentence() {
    let codes = MessageRefusal::ALL.iter().map(|one| one.code());
    for code in codes.chain(AttachmentRefusal::ALL.iter().map(|one| one.code())) {
        assert!(Lang::ALL.iter().all(|lang| Texts::of(*lang).of_code(code).is_some()), "{code}");
    }
}
