//! A form with a file in it. Its fields come first, then at most one file; what is more or too large is not read. It
//! refuses to judge the file: that is done by its bytes, where it is kept.

use crate::form::Fields;
use axum::extract::Multipart;
use borgerportal_domain::attachments::{AttachmentRefusal, FILE_BYTES};
use borgerportal_service::attachments::Upload;

/// Bytes of a form with one file of the largest size.
pub(crate) const BYTES: usize = FILE_BYTES + (64 << 10);
/// Bytes of an ordinary field.
const FIELD: usize = 4 << 10;

/// The fields, and the file if one was chosen.
pub(crate) async fn read(mut form: Multipart) -> Result<(Fields, Option<Upload>), AttachmentRefusal> {
    let (mut fields, mut upload) = (Vec::new(), None);
    // The form ends early where it is larger than it may be.
    while let Some(field) = form.next_field().await.map_err(|_| AttachmentRefusal::TooLarge)? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(str::to_owned);
        let bytes = field.bytes().await.map_err(|_| AttachmentRefusal::TooLarge)?;
        match file {
            Some(file) if upload.is_none() && !file.is_empty() => {
                upload = Some(Upload { name: file, bytes: bytes.to_vec() });
            }
            None if bytes.len() <= FIELD => {
                fields.push((name, String::from_utf8_lossy(&bytes).into_owned()));
            }
            Some(_) | None => {}
        }
    }
    Ok((Fields::of(fields), upload))
}
