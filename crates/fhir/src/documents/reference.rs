//! A DocumentReference as a document: title, type, area, author, date, files, and a form as its body. It
//! refuses files that are not what they say they are.

use borgerportal_domain::Timestamp;
use borgerportal_domain::documents::DocumentType;
use borgerportal_domain::items::{Area, Visibility};
use borgerportal_domain::time::copenhagen_date;

use super::{package, search_text};
use crate::delivery::{DocumentFacts, File, Incoming, ResourceType, Room, Source};
use crate::gate::{self, FileKind};
use crate::ingest::is_id;
use crate::json::{Node, Value};
use crate::order::VersionStamp;
use crate::outcome::{Issue, Reason};
use crate::{dates, facts, render};

/// Finds a resource of the same Bundle.
pub(crate) type Lookup<'l, 'n, 'a> = dyn Fn(&str) -> Option<(&'n Source, &'n Node<'a>)> + 'l;

/// The document, with its files and its form.
pub(crate) fn from_reference<'n, 'a: 'n>(
    node: &Node<'_>,
    source: Source,
    stamp: VersionStamp,
    visibility: Visibility,
    place: &str,
    lookup: &Lookup<'_, 'n, 'a>,
) -> Result<Incoming, Issue> {
    let time = stamp.time().unwrap_or_default();
    let Attached { files, binaries, file_missing } = attached(node, place, lookup)?;
    let forms: Vec<(&Source, &Node<'a>)> = related(node)
        .filter_map(lookup)
        .filter(|(form, form_node)| {
            form.kind == ResourceType::QuestionnaireResponse && !facts::rank(form.kind, form_node).is_gone()
        })
        .collect();
    let document = DocumentFacts { file_missing, ..head(node, time, lookup) };
    let gone = stamp.rank.is_gone();
    let own = || without_files(node);
    let raw = if gone {
        Vec::new()
    } else if forms.is_empty() {
        own()
    } else {
        let pieces = forms.iter().map(|(form, form_node)| (*form, form_node.compact()));
        package(node, std::iter::once((&source, own())).chain(pieces))
    };
    Ok(Incoming {
        room: Room::Documents,
        stamp: VersionStamp { hash: whole_hash(&stamp, &files, &forms), ..stamp },
        sort_at: facts::sort_at(source.kind, node, time),
        search_text: if gone { String::new() } else { search_text(&document, &raw) },
        document: Some(document),
        entry: None,
        visibility,
        raw,
        files: if gone { Vec::new() } else { files },
        binaries: if gone { Vec::new() } else { binaries },
        parts: if gone { Vec::new() } else { forms.iter().map(|(form, _)| (*form).clone()).collect() },
        source,
    })
}

/// The document is changed when a file or the form is.
fn whole_hash(stamp: &VersionStamp, files: &[File], forms: &[(&Source, &Node<'_>)]) -> [u8; 32] {
    if files.is_empty() && forms.is_empty() {
        return stamp.hash;
    }
    let mut all = stamp.hash.to_vec();
    all.extend(files.iter().flat_map(|file| file.hash));
    all.extend(forms.iter().flat_map(|(_, form)| facts::hash(form)));
    facts::digest_of(&all)
}

fn related<'n>(node: &'n Node<'_>) -> impl Iterator<Item = &'n str> {
    let context = node.get("context").map_or(&[][..], |context| context.list("related"));
    context.iter().filter_map(|related| related.str("reference"))
}

/// The area that a resource says it belongs to.
pub(crate) fn area_said(node: &Node<'_>) -> Option<Area> {
    node.list("category").iter().find_map(|one| coded(Some(one), crate::DOCUMENT_AREA, Area::from_code))
}

fn coded<T>(concept: Option<&Node<'_>>, system: &str, known: impl Fn(&str) -> Option<T>) -> Option<T> {
    let codings = concept.map_or(&[][..], |concept| concept.list("coding"));
    codings
        .iter()
        .filter(|coding| coding.str("system") == Some(system))
        .find_map(|coding| known(coding.str("code")?))
}

fn head<'n, 'a: 'n>(node: &Node<'_>, time: Timestamp, lookup: &Lookup<'_, 'n, 'a>) -> DocumentFacts {
    let kind = coded(node.get("type"), crate::DOCUMENT_TYPE, DocumentType::from_code);
    let area = area_said(node);
    let attachment = node.list("content").first().and_then(|content| content.get("attachment"));
    let said = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let title = said(node.str("description"))
        .or_else(|| said(attachment.and_then(|attachment| attachment.str("title"))))
        .or_else(|| said(node.at(&["type", "text"]).and_then(Node::text)))
        .unwrap_or_else(|| render::document_type_da(kind.unwrap_or(DocumentType::Other)).to_owned());
    let written = node.str("date").or_else(|| attachment.and_then(|attachment| attachment.str("creation")));
    let (mut author, mut unit) = (None, None);
    for (reference, is_author) in
        node.list("author").iter().map(|one| (one, true)).chain(node.get("custodian").map(|one| (one, false)))
    {
        let (name, is_person) = who(reference, node, lookup);
        let slot = if is_author && is_person { &mut author } else { &mut unit };
        if slot.is_none() {
            *slot = name;
        }
    }
    DocumentFacts {
        title,
        kind: kind.unwrap_or(DocumentType::Other),
        area: area.unwrap_or(Area::Other),
        author,
        unit,
        dated: written.and_then(dates::day).unwrap_or_else(|| copenhagen_date(time)),
        file_missing: false,
    }
}

/// The name behind a reference, and whether it is a person's.
fn who<'n, 'a: 'n>(
    reference: &Node<'_>,
    document: &Node<'_>,
    lookup: &Lookup<'_, 'n, 'a>,
) -> (Option<String>, bool) {
    let target = reference.str("reference").unwrap_or_default();
    let contained = target.strip_prefix('#').and_then(|id| {
        document.list("contained").iter().find(|inner| inner.str("id") == Some(id)).map(names_of)
    });
    let found = contained.or_else(|| lookup(target).map(|(_, node)| names_of(node)));
    let kind = reference.str("type").unwrap_or_default();
    let stated = reference.str("display").map(str::to_owned);
    let unit_by_name = kind == "Organization" || target.starts_with("Organization/");
    match found {
        Some((name, person)) => (stated.or(name), person),
        None => (stated, !unit_by_name),
    }
}

fn names_of(node: &Node<'_>) -> (Option<String>, bool) {
    if node.str("resourceType") == Some("Organization") {
        return (node.str("name").map(str::to_owned), false);
    }
    let name = node.list("name").first();
    let given = name.map_or(&[][..], |name| name.list("given")).iter().filter_map(Node::text);
    let parts: Vec<&str> = given.chain(name.and_then(|name| name.str("family"))).collect();
    let text = name.and_then(|name| name.str("text")).map(str::to_owned);
    (text.or_else(|| (!parts.is_empty()).then(|| parts.join(" "))), true)
}

/// What a document's contents are.
#[derive(Default)]
struct Attached {
    files: Vec<File>,
    binaries: Vec<(usize, String)>,
    /// One was named that did not come along.
    file_missing: bool,
}

fn attached<'n, 'a: 'n>(
    node: &Node<'_>,
    place: &str,
    lookup: &Lookup<'_, 'n, 'a>,
) -> Result<Attached, Issue> {
    let mut all = Attached::default();
    for (number, content) in node.list("content").iter().enumerate() {
        let Some(attachment) = content.get("attachment") else { continue };
        let at = format!("{place}.content[{number}].attachment");
        let title = attachment.str("title");
        if let Some(data) = attachment.str("data") {
            let file = file(data, attachment.str("contentType"), title, &at)?;
            all.files.push(File { number, ..file });
            continue;
        }
        let Some(url) = attachment.str("url") else { continue };
        let here = lookup(url).filter(|(source, _)| source.kind == ResourceType::Binary);
        let named = here.map(|(source, _)| source.id.clone()).or_else(|| elsewhere(url));
        all.binaries.extend(named.map(|id| (number, id)));
        match here.and_then(|(_, binary)| Some((binary.str("data")?, binary.str("contentType")))) {
            Some((data, stated)) => {
                let file = file(data, stated, title, &at)?;
                all.files.push(File { number, ..file });
            }
            None => all.file_missing = true,
        }
    }
    Ok(all)
}

/// The id in a relative address of a file that is not in this Bundle.
fn elsewhere(url: &str) -> Option<String> {
    url.strip_prefix("Binary/").filter(|id| is_id(id)).map(str::to_owned)
}

/// A Binary that stands on its own as a file.
pub(crate) fn binary(node: &Node<'_>, place: &str) -> Result<File, Issue> {
    let missing = || Issue::error(Reason::Missing, format!("{place}.data"));
    file(node.str("data").ok_or_else(missing)?, node.str("contentType"), None, place)
}

fn file(data: &str, stated: Option<&str>, title: Option<&str>, at: &str) -> Result<File, Issue> {
    let bytes = gate::decode(data).ok_or_else(|| Issue::error(Reason::Malformed, format!("{at}.data")))?;
    let kind = gate::sniff(&bytes).map_err(|reason| Issue::error(reason, format!("{at}.data")))?;
    let stated =
        stated.map(|stated| stated.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
    let agrees = stated.is_none_or(|stated| {
        stated == kind.content_type() || stated == "image/jpg" && kind == FileKind::Jpeg
    });
    if !agrees {
        return Err(Issue::error(Reason::File, format!("{at}.contentType")));
    }
    Ok(File { number: 0, kind, title: title.map(str::to_owned), hash: facts::digest_of(&bytes), bytes })
}

/// The resource without the bytes of its files, which are kept apart.
fn without_files(node: &Node<'_>) -> Vec<u8> {
    let mut attachments = node.list("content").iter().filter_map(|content| content.get("attachment"));
    if !attachments.any(|attachment| attachment.get("data").is_some()) {
        return node.compact();
    }
    let mut out = Vec::with_capacity(1024);
    write(node, false, &mut out);
    out
}

fn write(node: &Node<'_>, attachment: bool, out: &mut Vec<u8>) {
    match node.value() {
        Value::Object(members) => {
            let kept = members.iter().filter(|(name, _)| !(attachment && name == "data"));
            for (number, (name, value)) in kept.enumerate() {
                out.push(if number == 0 { b'{' } else { b',' });
                out.extend_from_slice(serde_json::Value::from(name.as_ref()).to_string().as_bytes());
                out.push(b':');
                write(value, name == "attachment", out);
            }
            if members.iter().all(|(name, _)| attachment && name == "data") {
                out.push(b'{');
            }
            out.push(b'}');
        }
        Value::Array(items) => {
            out.push(b'[');
            for (number, item) in items.iter().enumerate() {
                if number > 0 {
                    out.push(b',');
                }
                write(item, false, out);
            }
            out.push(b']');
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            out.extend_from_slice(&node.compact());
        }
    }
}
