//! Small, valid PDF files for invented letters: A4, one standard font, Danish letters, as many pages as the text
//! needs. It refuses layout beyond paragraphs; a real letter comes from a real system.

use std::fmt::Write as _;

const LINE_LETTERS: usize = 88;
const PAGE_LINES: usize = 50;
const LEADING: usize = 15;

/// What a letter says.
pub(super) struct Letter<'a> {
    pub(super) from: &'a str,
    pub(super) to: &'a str,
    pub(super) date: &'a str,
    pub(super) title: &'a str,
    /// Heading and text of each part.
    pub(super) parts: &'a [(String, String)],
}

enum Line {
    Plain(String),
    Bold(String),
}

/// The letter as a file.
pub(super) fn write(letter: &Letter<'_>) -> Vec<u8> {
    let lines = lines(letter);
    let pages: Vec<&[Line]> = lines.chunks(PAGE_LINES).collect();
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 6 + 2 * page)).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R /Lang (da-DK) /ViewerPreferences << /DisplayDocTitle true >> >>"
            .to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()).into_bytes(),
        font("Helvetica"),
        font("Helvetica-Bold"),
        [b"<< /Title ".as_slice(), &text(letter.title), b" /Producer (Borgerportal demo) >>"].concat(),
    ];
    for (number, page) in pages.iter().enumerate() {
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R \
                 /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>",
                7 + 2 * number
            )
            .into_bytes(),
        );
        objects.push(content(page, number + 1, pages.len()));
    }
    file(&objects)
}

fn font(name: &str) -> Vec<u8> {
    format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>").into_bytes()
}

fn lines(letter: &Letter<'_>) -> Vec<Line> {
    let mut lines = vec![
        Line::Bold(letter.from.to_owned()),
        Line::Plain(letter.date.to_owned()),
        Line::Plain(String::new()),
        Line::Plain(format!("Til {}", letter.to)),
        Line::Plain(String::new()),
        Line::Bold(letter.title.to_owned()),
        Line::Plain(String::new()),
    ];
    for (heading, body) in letter.parts {
        lines.push(Line::Bold(heading.clone()));
        for paragraph in body.lines() {
            lines.extend(wrap(paragraph).into_iter().map(Line::Plain));
        }
        lines.push(Line::Plain(String::new()));
    }
    lines
}

fn wrap(paragraph: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in paragraph.split_whitespace() {
        let last = lines.last().map_or(0, |line| line.chars().count());
        if last > 0 && last + 1 + word.chars().count() > LINE_LETTERS {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

fn content(page: &[Line], number: usize, of: usize) -> Vec<u8> {
    let mut stream = format!("BT {LEADING} TL 60 780 Td\n").into_bytes();
    for line in page {
        let (font, words) = match line {
            Line::Plain(words) => ("/F1 11 Tf ", words),
            Line::Bold(words) => ("/F2 11 Tf ", words),
        };
        stream.extend_from_slice(font.as_bytes());
        stream.extend_from_slice(&text(words));
        stream.extend_from_slice(b" Tj T*\n");
    }
    stream.extend_from_slice(b"ET BT /F1 8 Tf 60 36 Td ");
    stream.extend_from_slice(&text(&format!("Opdigtet brev i Borgerportalens demo. Side {number} af {of}")));
    stream.extend_from_slice(b" Tj ET");
    let head = format!("<< /Length {} >>\nstream\n", stream.len());
    [head.as_bytes(), &stream, b"\nendstream"].concat()
}

/// A string in WinAnsi (Latin-1 and a few dashes), as hexadecimal digits.
fn text(words: &str) -> Vec<u8> {
    let byte = |letter: char| match letter {
        '–' => 0x96,
        '—' => 0x97,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '•' => 0x95,
        other => u8::try_from(u32::from(other)).unwrap_or(b'?'),
    };
    let mut out = String::from("<");
    for letter in words.chars() {
        // Writing to a String does not fail.
        let _ = write!(out, "{:02x}", byte(letter));
    }
    out.push('>');
    out.into_bytes()
}

/// Objects, the table of where they lie, and the end.
fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut table = String::from("0000000000 65535 f \n");
    for (number, object) in (1..).zip(objects) {
        let _ = writeln!(table, "{:010} 00000 n ", out.len());
        out.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let start = out.len();
    let count = objects.len() + 1;
    out.extend_from_slice(format!("xref\n0 {count}\n{table}").as_bytes());
    let trailer =
        format!("trailer\n<< /Size {count} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{start}\n%%EOF\n");
    out.extend_from_slice(trailer.as_bytes());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(parts: &[(String, String)]) -> Vec<u8> {
        write(&Letter {
            from: "Helsingør Kommune",
            to: "Inger Holm",
            date: "1. maj 2026",
            title: "Afgørelse – hjælp",
            parts,
        })
    }

    #[test]
    fn every_object_lies_where_the_table_says() {
        let long = vec![("Vi har besluttet".to_owned(), "Sådan er det. ".repeat(700))];
        let file = letter(&long);
        // The two odd bytes of the head become dots, so that places in text and file agree.
        let text: String =
            file.iter().map(|byte| if byte.is_ascii() { char::from(*byte) } else { '.' }).collect();
        let start: usize =
            text.rsplit("startxref\n").next().unwrap().lines().next().unwrap().parse().unwrap();
        assert!(text[start..].starts_with("xref\n0 "));
        let rows = text[start..].lines().skip(3).take_while(|line| line.ends_with("n "));
        for (number, row) in (1..).zip(rows) {
            let at: usize = row[..10].parse().unwrap();
            assert!(text[at..].starts_with(&format!("{number} 0 obj\n")), "{row}");
        }
        assert!(text.contains("/Count 3 "), "the text needs three pages");
    }

    #[test]
    fn danish_letters_are_single_bytes() {
        assert_eq!(text("Æå–"), b"<c6e596>");
        assert_eq!(wrap(&"a".repeat(200)).len(), 1);
        assert_eq!(wrap(&"ord ".repeat(50)).len(), 3);
    }
}
