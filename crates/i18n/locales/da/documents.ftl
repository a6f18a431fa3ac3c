# Mine data: the list, the search, one document.
documents-title = Mine data
documents-title-other = { $whose } data
documents-lead = Her er det, kommunen har skrevet om dig. Hvert dokument står for sig.
documents-lead-other = Her er det, kommunen har skrevet om { $name }. Hvert dokument står for sig.
documents-search = Søg i dokumenter
search-error-empty = Skriv det, du vil søge efter
search-error-long = Søgningen er for lang. Skriv højst 100 tegn
documents-found = { $count ->
    [0] Ingen dokumenter om “{ $query }”
    [one] 1 dokument om “{ $query }”
   *[other] { $count } dokumenter om “{ $query }”
 }
documents-count = { $count ->
    [0] Ingen dokumenter
    [one] 1 dokument
   *[other] { $count } dokumenter
 }
documents-filtered = De dokumenter, du har valgt
documents-all = Dine dokumenter
documents-all-other = { $whose } dokumenter
documents-none = Der er ingen dokumenter endnu. De kommer her, når kommunen har skrevet noget om dig.
documents-none-other = Der er ingen dokumenter endnu. De kommer her, når kommunen har skrevet noget om { $name }.
documents-none-filtered = Ingen dokumenter passer til det, du har valgt. Prøv at vælge mindre.
documents-none-found = Prøv med et andet ord eller et kortere ord.
found-in-file = Ordet står i den fil, der hører til dokumentet.
documents-show-all = Vis alle dokumenter
documents-youth = { $name } er fyldt 15 år. Derfor kan der være dokumenter, som du ikke kan se her.

filter-title = Vælg type og tid
filter-kind = Type
filter-area = Område
filter-period = Tid
filter-unread = Kun ulæste
filter-show = Vis resultat
filter-reset = Nulstil
filter-remove = Fjern { $what }
filter-remove-search = Fjern søgningen
period-all = Alle
period-3m = Seneste 3 måneder
period-12m = Seneste 12 måneder
period-5y = Seneste 5 år

kind-letter = Brev
kind-form = Skema
kind-instruction = Handlingsanvisning
kind-assessment = Udredning
kind-observation = Observation
kind-application = Ansøgning
kind-judgement = Faglig vurdering
kind-message = Besked
kind-other = Andet dokument
area-training = Træning
area-rehabilitation = Genoptræning
area-aids = Hjælpemidler
area-home-help = Praktisk og personlig hjælp
area-nursing = Sygepleje
area-prevention = Forebyggende hjemmebesøg
area-social = Social indsats
area-other = Andet

words-title = Hvad betyder ordene?
explain-instruction = I en handlingsanvisning står der, hvad hjælpen er, hvordan den gives, og hvorfor den er sådan.
explain-assessment = I en udredning ser en fagperson grundigt på noget, fx mad, fald eller hukommelse.
explain-observation = En observation er en note om en ændring: Noget er blevet bedre eller værre, end det plejer.
explain-judgement = En faglig vurdering siger, hvad en fagperson mener om behovet for hjælp.
not-here-title = Det kan du ikke se her
not-here-text = Målinger, medicin og beskeder mellem kommune, læge og hospital.
not-here-fmk = Se din medicin på FMK-online

document-back = Tilbage til dokumenter
document-kind = Type
document-area = Område
document-unit = Kommer fra
document-author = Skrevet af
document-date = Dato
document-file = Åbn { $format } ({ $size })
document-corrected = Dokumentet er rettet { $date }
document-corrected-why = Det, du ser her, er den nyeste tekst.
document-withdrawn = Kommunen har trukket dokumentet tilbage { $date }
document-withdrawn-undated = Kommunen har trukket dokumentet tilbage
document-withdrawn-why = Du kan derfor ikke læse det mere. Ring til kommunen, hvis du vil vide hvorfor.
document-wrong = Er der noget galt i teksten?
document-wrong-1 = Du kan bede om at få fejl om dig rettet. Ring på
document-wrong-1-other = { $name } kan bede om at få fejl rettet. Du kan også ringe på
