# The whole record to take away: the page about it, and the printed record.
export-title = Download the whole record
export-title-other = Download { $whose } record
export-lead = Here you can download everything that you can read in Borgerportalen and keep it yourself.
export-lead-other = Here you can download everything that you can read about { $name } in Borgerportalen and keep it yourself.
export-pdf = As PDF to read
export-pdf-more = All text of the record with a list of contents. Files that were sent along are only mentioned.
export-pdf-whole = Download PDF
export-pdf-part = Download PDF, part { $part } of { $parts }
export-nothing = There is nothing to download yet.
export-fhir = As data for another system
export-fhir-more = Everything in the format FHIR, also the files that were sent along. It is one large file.
export-fhir-get = Download data
export-care = Take good care of what you download. Others can read it if they get hold of the file.
export-logged = It is kept that you have downloaded the record.
export-link = Download the whole record
export-link-other = Download { $whose } record
export-documents = Documents
export-conditions = Conditions
export-plans = Action plans
export-grants = Grants and help
export-aids = Aids
export-calendar = Visits and appointments
export-messages = Messages

record-title = Record of { $who }
record-taken = Downloaded by { $by } on { $when }.
record-covered = CPR numbers in the text are covered with dots.
record-contents = Contents
record-on-page = { $what }, page { $page }
record-files = { $count ->
    [one] 1 file belongs to it.
   *[other] { $count } files belong to it.
 }
