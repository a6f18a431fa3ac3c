# The whole record to take away: the page about it, and the printed record.
export-title = Hent hele journalen
export-title-other = Hent { $whose } journal
export-lead = Her kan du hente alt det, du kan læse i Borgerportalen, og gemme det selv.
export-lead-other = Her kan du hente alt det, du kan læse om { $name } i Borgerportalen, og gemme det selv.
export-pdf = Som PDF til at læse
export-pdf-more = Al tekst fra journalen med en liste over indhold. Filer, der er sendt med, er kun nævnt.
export-pdf-whole = Hent PDF
export-pdf-part = Hent PDF, del { $part } af { $parts }
export-nothing = Der er ikke noget at hente endnu.
export-fhir = Som data til et andet system
export-fhir-more = Alt i formatet FHIR, også de filer, der er sendt med. Det er én stor fil.
export-fhir-get = Hent data
export-care = Pas godt på det, du henter. Andre kan læse det, hvis de får fat i filen.
export-logged = Det bliver gemt, at du har hentet journalen.
export-link = Hent hele journalen
export-link-other = Hent { $whose } journal
export-documents = Dokumenter
export-conditions = Tilstande
export-plans = Handlingsplaner
export-grants = Bevillinger og indsatser
export-aids = Hjælpemidler
export-calendar = Besøg og aftaler
export-messages = Beskeder

record-title = Journal for { $who }
record-taken = Hentet af { $by } { $when }.
record-covered = CPR-numre i teksten er dækket med prikker.
record-contents = Indhold
record-on-page = { $what }, side { $page }
record-files = { $count ->
    [one] Der hører 1 fil til.
   *[other] Der hører { $count } filer til.
 }
