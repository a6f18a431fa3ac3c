//! What is signed: the exact text that is shown, byte for byte, made from the catalogue and the answers. The same
//! answers give the same text, so that what comes back signed can be held against what would be shown now.

use super::packages::{Catalogue, versions};
use crate::hex::hex;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::ids::{EvidenceId, PackageVersionId};
use borgerportal_domain::mandates::{CatalogueEntry, Channel, Named, RightAccess};
use borgerportal_domain::time::{Date, copenhagen_date};
use borgerportal_i18n::{Lang, Texts};
use borgerportal_store::keys::sha256;
use borgerportal_store::mandates::evidence::{self, Evidence, Proof};
use borgerportal_store::tx::Tx;

/// A text to be shown and signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedText {
    /// Paragraphs with an empty line between, lines inside a paragraph with a line break. Show all of it, and
    /// nothing else, above the button that signs.
    pub text: String,
    /// SHA-256 of the text in UTF-8, in hexadecimal. Comes back with the form, so that what was signed is what
    /// was shown: if anything has changed meanwhile the errand answers [`Problem::Stale`].
    pub hash: String,
}

impl SignedText {
    /// The paragraphs, each with its lines.
    pub fn paragraphs(&self) -> impl Iterator<Item = Vec<&str>> {
        self.text.split("\n\n").map(|paragraph| paragraph.lines().collect())
    }

    fn of(text: String) -> Self {
        let hash = hex(&sha256(text.as_bytes()));
        Self { text, hash }
    }
}

/// What kind of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Somebody asks.
    Ask,
    /// Somebody gives, asked or not.
    Give,
    /// Somebody gives again.
    Renew,
}

/// What goes into a text.
pub(super) struct Words<'a> {
    pub(super) kind: Kind,
    /// The signer's name as the register has it.
    pub(super) me: &'a str,
    /// The other's name.
    pub(super) other: &'a str,
    /// How the signer named the other, where they did.
    pub(super) named: Option<&'a Named>,
    pub(super) versions: &'a [PackageVersionId],
    pub(super) first_day: Date,
    pub(super) last_day: Date,
    pub(super) lang: Lang,
}

/// The text of a draft that is complete, from today on.
pub(super) fn of_draft(
    tx: &Tx<'_>,
    catalogue: &Catalogue,
    kind: Kind,
    (me, named): (&str, &Named),
    (entries, last_day): (&[&CatalogueEntry], Date),
    lang: Lang,
) -> SignedText {
    let words = Words {
        kind,
        me,
        other: &named.name,
        named: Some(named),
        versions: &versions(entries),
        first_day: copenhagen_date(tx.now()),
        last_day,
        lang,
    };
    text(catalogue, &words)
}

/// The text. The same words always give the same bytes.
pub(super) fn text(catalogue: &Catalogue, words: &Words<'_>) -> SignedText {
    let texts = Texts::of(words.lang);
    let (me, other) = (words.me, words.other);
    let say = |key| texts.with(key, &[("me", me.into()), ("other", other.into())]);
    let asks = words.kind == Kind::Ask;
    let title = match words.kind {
        Kind::Ask => "sign-ask-title",
        Kind::Give => "sign-give-title",
        Kind::Renew => "sign-renew-title",
    };
    let mut who = vec![say(if asks { "sign-asks" } else { "sign-gives" })];
    if let Some(named) = words.named {
        if let Some(cpr) = &named.cpr {
            let digits: String = cpr.expose().chars().take(6).collect();
            who.push(texts.with("sign-number", &[("other", other.into()), ("digits", (&digits).into())]));
        }
        if let Some(address) = &named.address {
            who.push(texts.with("sign-lives", &[("other", other.into()), ("address", address.into())]));
        }
    }
    let mut rights = vec![say(if asks { "sign-ask-rights" } else { "sign-give-rights" })];
    rights.extend(words.versions.iter().filter_map(|version| line(catalogue, *version, words.lang)));
    let (first, last) =
        (words.lang.day(words.first_day).to_string(), words.lang.day(words.last_day).to_string());
    let days = [("first", (&first).into()), ("last", (&last).into())];
    let until = texts.with(if asks { "sign-ask-until" } else { "sign-give-until" }, &days);
    let declared = if asks {
        vec![say("sign-ask-why")]
    } else {
        vec![say("sign-consent-1"), say("sign-consent-2"), say("sign-consent-3"), say("sign-consent-4")]
    };
    let paragraphs = [vec![texts.get(title).to_owned()], who, rights, vec![until], declared];
    SignedText::of(paragraphs.map(|lines| lines.join("\n")).join("\n\n"))
}

/// One right: whether it reads, acts or contacts, its title, what it gives.
fn line(catalogue: &Catalogue, version: PackageVersionId, lang: Lang) -> Option<String> {
    let right = catalogue.right(version, lang)?;
    let key = match (right.channel, right.access) {
        (Channel::Contact, _) => "sign-contact",
        (Channel::SelfService, RightAccess::Act) => "sign-act",
        (Channel::SelfService, RightAccess::Read) => "sign-read",
    };
    let args = [("title", (&right.title).into()), ("says", (&right.says).into())];
    Some(format!("– {}", Texts::of(lang).with(key, &args)))
}

/// Keeps what was signed, if it is what was shown.
pub(super) fn sign(
    tx: &Tx<'_>,
    who: &SignedIn,
    text: SignedText,
    shown: &str,
) -> Result<EvidenceId, Problem> {
    if text.hash != shown {
        return Err(Problem::Stale);
    }
    let id = EvidenceId::from_uuid(tx.mint());
    let evidence = Evidence {
        id,
        proof: Proof::Digital { text: text.text, session: who.token_hash },
        signer: who.caller.actor,
        level: who.caller.level,
        authenticated_at: who.caller.authenticated_at,
        at: tx.now(),
    };
    evidence::keep(tx, &evidence)?;
    Ok(id)
}
