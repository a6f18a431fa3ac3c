//! A form (QuestionnaireResponse): groups become sections, questions with their answers become pairs. It
//! refuses to look up the Questionnaire; a question without text is called "Svar".

use super::words::Word;
use super::{Body, Entry, Lang, Section, label};
use crate::dates;
use crate::json::{Node, Value};

/// Groups inside groups are read this deep; the JSON itself is bound already.
const DEEPEST: usize = 12;

pub(super) fn sections(form: &Node<'_>, lang: Lang, body: &mut Body) {
    let mut section = Section { heading: Word::Forms.text(lang).to_owned(), ..Section::default() };
    items(form.list("item"), &mut section, lang, body, 0);
    body.push(section);
}

/// Questions go into the section around; groups push it and open their own.
fn items(list: &[Node<'_>], around: &mut Section, lang: Lang, body: &mut Body, depth: usize) {
    for item in list {
        let text = item.str("text").unwrap_or_default().trim();
        let answers: Vec<String> =
            item.list("answer").iter().filter_map(|answer| value(answer, lang)).collect();
        if !answers.is_empty() {
            let name = if text.is_empty() { Word::Answer.text(lang) } else { text };
            around.entries.push(Entry { label: name.to_owned(), value: answers.join("\n") });
        }
        if depth >= DEEPEST {
            continue;
        }
        for answer in item.list("answer") {
            items(answer.list("item"), around, lang, body, depth + 1);
        }
        let inner = item.list("item");
        if !inner.is_empty() && answers.is_empty() && !text.is_empty() {
            // What follows the group in the same list stands under a heading of its own.
            let rest = Section { heading: Word::Other.text(lang).to_owned(), ..Section::default() };
            body.push(std::mem::replace(around, rest));
            let mut section = Section { heading: text.to_owned(), ..Section::default() };
            items(inner, &mut section, lang, body, depth + 1);
            body.push(section);
        } else {
            items(inner, around, lang, body, depth + 1);
        }
    }
}

fn value(answer: &Node<'_>, lang: Lang) -> Option<String> {
    let (name, value) = answer.members().iter().find(|(name, _)| name.starts_with("value"))?;
    let text = match (name.as_ref(), value.value()) {
        ("valueDate" | "valueDateTime", Value::String(date)) => {
            dates::words(date, lang).unwrap_or(date.to_string())
        }
        (_, Value::String(text)) => text.trim().to_owned(),
        (_, Value::Bool(truth)) => (if *truth { Word::Yes } else { Word::No }).text(lang).to_owned(),
        (_, Value::Number(digits)) if lang == Lang::Da => digits.replace('.', ","),
        (_, Value::Number(digits)) => (*digits).to_owned(),
        ("valueCoding", Value::Object(_)) => coding(value, lang),
        ("valueReference", Value::Object(_)) => value.str("display")?.to_owned(),
        ("valueAttachment", Value::Object(_)) => {
            value.str("title").unwrap_or(Word::Attachment.text(lang)).to_owned()
        }
        (_, Value::Object(_) | Value::Array(_) | Value::Null) => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn coding(coding: &Node<'_>, lang: Lang) -> String {
    let known = coding
        .str("system")
        .zip(coding.str("code"))
        .and_then(|(system, code)| crate::codes::concept(system, code));
    match known {
        Some(concept) => concept.label.to_owned(),
        None if coding.members().iter().any(|(name, _)| name == "coding") => label(coding, lang),
        None => coding.str("display").unwrap_or(Word::UnknownCode.text(lang)).to_owned(),
    }
}
