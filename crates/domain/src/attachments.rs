//! Files that somebody sends along: how many and how large, under which name, and why one is not taken. What a file
//! is is told by its bytes, never by its name; that is looked at where bytes are read. It refuses content.

coded_enum! {
    /// Why a file is not taken.
    pub enum AttachmentRefusal {
        /// No file was chosen, or it is empty.
        Empty = "attachments.empty",
        /// Larger than [`FILE_BYTES`].
        TooLarge = "attachments.too_large",
        /// Neither PDF, JPEG nor PNG, whatever its name says.
        WrongType = "attachments.wrong_type",
        /// There are [`FILES`] already.
        TooMany = "attachments.too_many",
        /// Together larger than [`ALL_BYTES`].
        TooLargeTogether = "attachments.too_large_together",
        /// The scanner found something.
        Infected = "attachments.infected",
        /// The scanner gave no answer. Nothing is taken unseen.
        NotScanned = "attachments.not_scanned",
    }
}

/// Bytes of one file: a photo of a whole page, or a long PDF.
pub const FILE_BYTES: usize = 10 << 20;
/// Bytes of all files of one message.
pub const ALL_BYTES: usize = 20 << 20;
/// Files of one message.
pub const FILES: usize = 5;
/// Characters of a name that are kept.
const NAME: usize = 80;

/// Whether there is room for one more file of so many bytes beside these.
pub fn room_for(bytes: usize, beside: &[usize]) -> Result<(), AttachmentRefusal> {
    if bytes == 0 {
        return Err(AttachmentRefusal::Empty);
    }
    if bytes > FILE_BYTES {
        return Err(AttachmentRefusal::TooLarge);
    }
    if beside.len() >= FILES {
        return Err(AttachmentRefusal::TooMany);
    }
    let all = beside.iter().copied().fold(bytes, usize::saturating_add);
    if all > ALL_BYTES { Err(AttachmentRefusal::TooLargeTogether) } else { Ok(()) }
}

/// The name a file is shown by: without folders, without what hides or turns text, and with the ending that its
/// bytes deserve.
///
/// ```
/// use borgerportal_domain::attachments::shown_name;
/// assert_eq!(shown_name("C:\\fotos\\Sår ben.JPEG", "jpg"), "Sår ben.jpg");
/// assert_eq!(shown_name("regning.pdf.exe", "pdf"), "regning.pdf.pdf");
/// assert_eq!(shown_name("  ", "png"), "fil.png");
/// ```
#[must_use]
pub fn shown_name(typed: &str, ending: &str) -> String {
    let last = typed.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let plain: String = stem.chars().filter(|c| !hides(*c)).take(NAME).collect();
    let plain = plain.trim();
    format!("{}.{ending}", if plain.is_empty() { "fil" } else { plain })
}

/// Characters that no name of a file needs and that can make it look like another.
const fn hides(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '"' | '<' | '>' | '|' | ':' | '*' | '?'
        | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_file_is_taken_while_there_is_room() {
        const MB: usize = 1 << 20;
        for (bytes, beside, answer) in [
            (1, vec![], Ok(())),
            (0, vec![], Err(AttachmentRefusal::Empty)),
            (FILE_BYTES, vec![], Ok(())),
            (FILE_BYTES + 1, vec![], Err(AttachmentRefusal::TooLarge)),
            (1, vec![1; 4], Ok(())),
            (1, vec![1; 5], Err(AttachmentRefusal::TooMany)),
            (FILE_BYTES, vec![10 * MB], Ok(())),
            (FILE_BYTES, vec![10 * MB, 1], Err(AttachmentRefusal::TooLargeTogether)),
        ] {
            assert_eq!(room_for(bytes, &beside), answer, "{bytes} beside {beside:?}");
        }
    }

    #[test]
    fn a_name_shows_what_the_file_is_and_nothing_else() {
        for (typed, ending, shown) in [
            ("brev.pdf", "pdf", "brev.pdf"),
            ("brev", "pdf", "brev.pdf"),
            ("../../etc/passwd", "png", "passwd.png"),
            ("fak\u{202e}fdp.exe", "pdf", "fakfdp.pdf"),
            ("a\r\nb\".png", "png", "ab.png"),
            ("", "jpg", "fil.jpg"),
            (".pdf", "pdf", "fil.pdf"),
        ] {
            assert_eq!(shown_name(typed, ending), shown, "{typed:?}");
        }
    }

    proptest! {
        #[test]
        fn no_name_leads_anywhere(typed in ".{0,200}") {
            let shown = shown_name(&typed, "pdf");
            prop_assert!(shown.strip_suffix(".pdf").is_some() && shown.chars().count() <= NAME + 4);
            prop_assert!(!shown.contains(['/', '\\', '\n', '\r', '"', '\0']));
        }
    }
}
