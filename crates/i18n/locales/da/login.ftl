# The way in: role, municipality, person.
login-title = Log på
login-heading = Log på Borgerportalen
login-lead = Læs det, kommunen har skrevet om dig eller den, du hjælper. Du logger på med MitID.
login-for-whom = Hvem vil du logge på for?
role-citizen = Mig selv
role-citizen-line = Som borger. Du er fyldt 15 år og får hjælp fra kommunen.
role-parent = Mit barn
role-parent-line = Som forælder. Du har forældremyndighed over et barn under 18 år.
role-relative = En anden voksen
role-relative-line = Som pårørende. Du har en fuldmagt, eller du er værge.
login-no-mandate = Har du ikke en fuldmagt?
login-no-mandate-1 = Du skal have en fuldmagt, før du kan hjælpe en anden voksen. Personen skal selv sige ja.
login-ask-mandate = Bed om eller giv en fuldmagt
login-mandate-help = Læs, hvordan du får en fuldmagt
login-good = Godt at vide
login-good-1 = Det tager 1–2 minutter at logge på.
login-good-2 = Hav din MitID-app eller kodeviser klar.
login-good-3 = Du kan ikke se medicin her.
login-help = Hjælp til at logge på
login-help-1 = Du kan også møde op i Borgerservice.

municipality-title = Vælg kommune
municipality-question-citizen = Hvilken kommune får du hjælp fra?
municipality-question-parent = Hvilken kommune får dit barn hjælp fra?
municipality-question-relative = Hvilken kommune får personen hjælp fra?
municipality-search = Søg efter kommune
municipality-hint = Skriv de første bogstaver, fx “hels”
municipality-found = { $count ->
    [0] Ingen kommuner passer til “{ $query }”
    [one] 1 kommune passer til “{ $query }”
   *[other] { $count } kommuner passer til “{ $query }”
 }
municipality-all-count = { $count ->
    [one] 1 kommune
   *[other] { $count } kommuner fra A til Å
 }
municipality-none = Tjek, om navnet er stavet rigtigt, eller vis alle kommuner.
municipality-all = Vis alle kommuner fra A til Å
municipality-last = Du valgte den sidst på denne enhed
municipality-here = Åbner i Borgerportalen
municipality-elsewhere = Bruger et andet system
municipality-missing = Vælg den kommune, der giver hjælpen. Det er ikke altid den, man bor i.

persons-title = Hvem vil du se oplysninger for?
persons-own = Dig selv – { $full }
persons-own-line = Din egen journal i { $place }
persons-child = { $full }, { $age } år (dit barn)
persons-child-line = Du har forældremyndighed · gælder, til { $name } fylder 18 år
persons-giver-read = Fuldmagt: læse · gælder { $until }
persons-giver-act = Fuldmagt: læse og handle · gælder { $until }
persons-nemlogin-read = Fuldmagt fra NemLog-in: læse · gælder { $until }
persons-nemlogin-act = Fuldmagt fra NemLog-in: læse og handle · gælder { $until }
persons-log-in-again = Log på igen for at fortsætte
persons-ward = Du er værge
persons-ward-until = Du er værge · gælder { $until }
persons-no-own = Du har ikke selv en journal i { $place }.
persons-go = Fortsæt
persons-change = Skift person
persons-error = Vælg, hvem du vil se oplysninger for
persons-nobody = Der er ikke nogen, du kan se oplysninger for lige nu.
persons-missing = Mangler der en person?
persons-missing-1 = Fuldmagten kan være udløbet, stoppet eller endnu ikke godkendt.
persons-lapsed-help = Bed personen om en ny fuldmagt, hvis du stadig skal hjælpe.
persons-since = { $why } Dato: { $date }.
