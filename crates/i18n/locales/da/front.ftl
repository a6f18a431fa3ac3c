# Front page and menu.
front-title = Forside
front-greeting = Goddag, { $name }
front-heading-other = { $fullWhose } forside
front-news = Nyt til dig
front-news-other = Nyt til { $name }
front-no-news = Der er ikke noget nyt til dig lige nu.
front-no-news-other = Der er ikke noget nyt til { $name } lige nu.
front-all-documents = Se alle dokumenter
front-areas = Hvad vil du se?
tile-documents = Breve, skemaer, tilstande og planer
tile-aids = Søg, følg ansøgning og se udlån
tile-calendar = Besøg og aftaler. Afmeld et besøg
tile-messages = Skriv til kommunen og læs svar
tile-grants = Den hjælp kommunen har givet
front-who = Hvem kan se dine oplysninger?
front-nobody = Ingen pårørende kan se dine oplysninger.
front-parents = Den, der har forældremyndighed over dig, kan se noget af det, til du fylder 18 år.
front-no-documents = Du har ikke fuldmagt til dokumenter.
front-no-documents-other = Du har ikke fuldmagt til { $whose } dokumenter.
front-staff = De, der hjælper dig i kommunen, kan se det, de skal bruge.
front-log = Se, hvem der har åbnet din journal
front-log-other = Se, hvad du har åbnet
watcher-read = { $name } kan læse dine oplysninger som pårørende.
watcher-act = { $name } kan læse og handle for dig som pårørende.
watcher-parent = { $name } kan se dine oplysninger som forælder, til du fylder 18 år.
watcher-guardian = { $name } kan se dine oplysninger som værge.
watcher-until = Det gælder { $until }.
front-right-heading = Din fuldmagt
front-right-heading-parent = Dit barn
front-right-heading-guardian = Du er værge
front-right-read = { $name } har givet dig lov til at læse i Borgerportalen. Fuldmagten gælder { $until }. Alt, du åbner, bliver gemt, så { $name } kan se det.
front-right-act = { $name } har givet dig lov til at læse og handle i Borgerportalen. Fuldmagten gælder { $until }. Alt, du gør, bliver gemt, så { $name } kan se det.
front-right-parent = Du kan se oplysninger om { $name }, fordi du har forældremyndighed. Alt, du åbner, bliver gemt.
front-right-guardian = Du kan se oplysninger om { $name }, fordi du er værge. Alt, du åbner, bliver gemt.
menu-title = Menu
menu-you = Dig
menu-logged-in = Logget på som
front-visits = Dit næste besøg
front-visits-other = { $whose } næste besøg
front-visits-then = Derefter
front-all-visits = Se alle besøg
front-visit-near = { $day } kl. { $times }
tile-unread = { $count ->
    [one] 1 ulæst besked
   *[other] { $count } ulæste beskeder
 }
