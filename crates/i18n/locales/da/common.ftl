# What stands around every page: title, top row, on-behalf bar, menu, footer.
title-acting = På vegne af { $full } –{" "}
title-error = Fejl:{" "}
skip = Gå til indhold
brand-line = Til dig, der får hjælp fra kommunen
help-label = Hjælp:
log-on = Log på
log-off = Log af
change-person = Skift person
back-to-self = Tilbage til dig selv
back = Tilbage
cancel = Fortryd
search = Søg
print = Udskriv
unread = Ulæst
corrected = Rettet
withdrawn = Trukket tilbage
sent-by = Sendt af
info-label = Information
warning-label = Advarsel
error-summary = Der er noget, du skal rette
fmk-link = Se medicin på FMK-online
mitid-log-in = Log ind med MitID
mitid-confirm = Bekræft med MitID

nav-label = Hovedmenu
tabbar-label = Genveje
nav-front = Forside
nav-documents = Mine data
nav-documents-other = { $whose } data
nav-aids = Hjælpemidler
nav-calendar = Kalender
nav-messages = Beskeder
nav-grants = Bevillinger
nav-access-log = Hvem har set mine data
nav-access-log-other = Det, du har set

acting-label = Hvem du handler for
acting-for = Du handler på vegne af
acting-parent = Du ser oplysninger om
acting-child = (dit barn)
acting-guardian = du er værge
acting-read = du må læse
acting-act = du må læse og handle
acting-until = { $rights } { $until }
acting-until-nemlogin = { $rights } { $until } med en fuldmagt fra NemLog-in
until-day = til { $date }
until-clock = til { $time }

foot-help = Brug for hjælp?
foot-call = Ring til os { $hours }
foot-acute = Ved akut sygdom: Ring til lægen eller 1813. Ved livsfare: Ring
foot-about = Om siden
foot-how = Sådan bruger du Borgerportalen
foot-who = Hvem har set dine oplysninger?
foot-site = Kommunens egen side
foot-read = Læs op og større tekst

paging-label = Flere sider
paging-newer = Nyere
paging-older = Ældre

printed = Udskrevet { $day } { $time } af { $who }
printed-for = {" "}på vegne af { $full }

session-title = { $minutes ->
    [0] Du bliver snart logget af
    [one] Du bliver logget af om 1 minut
   *[other] Du bliver logget af om { $minutes } minutter
 }
session-box-title = Du bliver snart logget af
session-lead = Der er ikke sket noget i et stykke tid. Vi logger dig af for at passe på oplysningerne.
session-kept = Du kommer tilbage til den side, du var på.
session-stay = Bliv logget på
session-leave = Log af nu
stepup-title = Vi skal vide, at det er dig
stepup-mandate = En fuldmagt giver andre lov til at se dine oplysninger. Derfor skal du bruge MitID en gang til.
stepup-sensitive = De oplysninger passer vi ekstra på. Derfor skal du bruge MitID en gang til.
stepup-long-ago = Det er et stykke tid siden, du loggede på. Derfor skal du bruge MitID en gang til.
stepup-back = Du kommer tilbage til samme side bagefter. Det, du har skrevet, er gemt.
logged-out-title = Du er logget af
logged-out-lead = Ingen andre kan se oplysningerne på denne skærm nu.
logged-out-shared = Deler du computer eller telefon med andre? Så luk også browseren.
