//! From what was taken to what is printed: a chapter for each room, an entry for each item, in the reader's language.

use crate::pages::grants;
use crate::session::Visit;
use crate::site::Web;
use borgerportal_domain::time::copenhagen;
use borgerportal_fhir::delivery::Room;
use borgerportal_fhir::{export, render};
use borgerportal_i18n::{Lang, Texts};
use borgerportal_memo::letters::{Chapter, Entry, House, Part, RecordCopy};
use borgerportal_memo::pdf::Pdf;
use borgerportal_service::Problem;
use borgerportal_service::export::{Printed, Taken};

/// Prints a volume, apart from the threads that answer others.
pub(super) async fn print(web: &Web, visit: &Visit, volume: Printed) -> Result<Pdf, Problem> {
    let (lang, site) = (visit.lang, web.site.clone());
    let here = copenhagen(web.app.clock.now());
    let settings = web.app.municipalities.get(volume.municipality);
    let name = settings.map_or_else(|| site.owner.clone(), borgerportal_domain::municipality::Settings::name);
    let printed = tokio::task::spawn_blocking(move || {
        let chapters = chapters(&volume.items, lang);
        let house = House {
            lang,
            name: &name,
            address: &[],
            phone: &site.support_phone,
            site: site.public_url.host_str().unwrap_or_default(),
            date: here.date(),
        };
        let at = (here.date(), here.time());
        RecordCopy { who: &volume.whose, by: &volume.by, at, chapters: &chapters }.print(&house)
    });
    let printed = printed.await.map_err(|_| Problem::Away("print"))?;
    printed.map_err(|error| {
        tracing::error!(%error, "a record could not be printed");
        Problem::Away("print")
    })
}

fn chapters(items: &[Taken], lang: Lang) -> Vec<Chapter<'static>> {
    items
        .chunk_by(|one, other| one.room == other.room)
        .filter_map(|items| {
            let title = Texts::of(lang).get(room_name(items.first()?.room));
            Some(Chapter { title, entries: items.iter().map(|item| entry(item, lang)).collect() })
        })
        .collect()
}

fn entry(item: &Taken, lang: Lang) -> Entry {
    let body = render::body(&export::shown(&item.body, item.whole), lang);
    let mut parts = Vec::new();
    if let Some(grant) = &item.grant {
        let facts = grants::facts(lang, grant).into_iter().map(|(name, words)| (name.to_owned(), words));
        parts.push(Part::Pairs(facts.collect()));
    }
    let mut title = item.title.clone();
    for section in body.sections {
        let mut pairs: Vec<_> = section.entries.into_iter().map(|entry| (entry.label, entry.value)).collect();
        // What has no title of its own is called by the first thing it says.
        if title.is_none() && !pairs.is_empty() {
            title = Some(pairs.remove(0)).map(|(label, value)| {
                parts.push(Part::Paragraph(value));
                label
            });
        } else if !section.heading.is_empty() {
            parts.push(Part::Heading(section.heading));
        }
        parts.push(Part::Pairs(pairs));
        parts.extend(section.paragraphs.into_iter().map(Part::Paragraph));
    }
    Entry { title: title.unwrap_or_default(), dated: item.dated, parts, files: item.files.len() }
}

const fn room_name(room: Room) -> &'static str {
    match room {
        Room::Documents | Room::Other => "export-documents",
        Room::Conditions => "export-conditions",
        Room::Plans => "export-plans",
        Room::Grants => "export-grants",
        Room::Aids => "export-aids",
        Room::Calendar => "export-calendar",
        Room::Messages => "export-messages",
    }
}
