# Bevillinger: what the municipality has decided, and how one complains.
grants-title = Bevillinger
grants-title-other = { $whose } bevillinger
grants-lead = Her er den hjælp, kommunen har besluttet, at du får. Du kan se hvorfor, hvor længe, og hvordan du klager.
grants-lead-other = Her er den hjælp, kommunen har besluttet, at { $name } får. Du kan se hvorfor, hvor længe, og hvordan man klager.
grants-complain = Du kan stadig klage
grants-complain-other = { $name } kan stadig klage
grants-complain-lead = Synes du, at en afgørelse er forkert? Så kan du klage til og med den dag, der står her.
grants-complain-lead-other = Er en afgørelse forkert? Så kan der klages til og med den dag, der står her.
grants-now = Det får du nu
grants-now-other = Det får { $name } nu
grants-none = Der er ingen bevillinger lige nu.
grants-planned = Planlagt hjælp
grants-planned-lead = Kommunen har skrevet denne hjælp i planen. Der er ikke en afgørelse med hos os.
grants-former = Tidligere
grants-former-lead = Det, der er slut, afslået eller ændret.
grants-former-all = { $count ->
    [one] Vis den ene, der er mere
   *[other] Vis alle { $count }
 }
grants-youth = { $name } er fyldt 15 år. Derfor kan der være bevillinger, som du ikke kan se her.
grants-words = Hvad betyder ordene?
grants-word-grant = Bevilling
grants-word-grant-is = Kommunen har sagt ja til hjælp og besluttet, hvad du får.
grants-word-supplier = Leverandør
grants-word-supplier-is = Det firma eller hold, der giver hjælpen.
grants-word-refused = Afslag
grants-word-refused-is = Kommunen har sagt nej. Du kan klage.
grants-word-ceased = Ophør
grants-word-ceased-is = Kommunen har besluttet, at hjælpen stopper. Du kan klage.

standing-applied = Venter på svar
standing-coming = Begynder senere
standing-running = I gang
standing-refused = Afslået
standing-lapsed = Udløbet
standing-finished = Afsluttet
standing-dropped = Frafaldet
standing-ceased = Ophørt
standing-replaced = Ændret
standing-applied-is = Kommunen har ikke besluttet noget endnu.
standing-refused-is = Kommunen har sagt nej til at give denne hjælp.
standing-lapsed-is = Bevillingen gjaldt til den sidste dag, der står her.
standing-finished-is = Hjælpen er slut.
standing-dropped-is = Hjælpen blev valgt fra eller ikke brugt.
standing-ceased-is = Kommunen har besluttet, at hjælpen stopper.
standing-replaced-is = En ny afgørelse er kommet i stedet.

grant-back = Tilbage til bevillinger
grant-standing = Status
grant-amount = Hvor meget
grant-period = Hvornår
grant-supplier = Leverandør
grant-law = Lov
grant-meaning = Det betyder
grant-decided = Besluttet
grant-unit = Besluttet af
grant-newer = Se den nye afgørelse
grant-letter = Læs afgørelsen
grant-letter-none = Afgørelsen ligger ikke her. Du har fået den som brev eller i Digital Post.
grant-letter-none-other = Afgørelsen ligger ikke her. Den er sendt som brev eller i Digital Post.
grant-planned-is = Hjælpen står i kommunens plan. Vi har ikke fået en afgørelse med. Ring, hvis du mangler den.
grant-no-minutes = Hjælpen er ét samlet forløb. Du aftaler med dem, der kommer, hvad den skal bruges til.
grant-no-minutes-other = Hjælpen er ét samlet forløb. { $name } aftaler med dem, der kommer, hvad den skal bruges til.
grant-from = fra { $from }
grant-to = til { $to }
grant-from-to = { $from }–{ $to }
grant-minutes = { $minutes ->
    [one] 1 minut
   *[other] { $minutes } minutter
 }
grant-every-d = { $span ->
    [one] hver dag
   *[other] hver { $span }. dag
 }
grant-every-wk = { $span ->
    [one] hver uge
   *[other] hver { $span }. uge
 }
grant-every-mo = { $span ->
    [one] hver måned
   *[other] hver { $span }. måned
 }
grant-every-a = { $span ->
    [one] hvert år
   *[other] hvert { $span }. år
 }
grant-times-d = { $times } gange om dagen
grant-times-wk = { $times } gange om ugen
grant-times-mo = { $times } gange om måneden
grant-times-a = { $times } gange om året
grant-times-in-d = { $times } gange på { $span } dage
grant-times-in-wk = { $times } gange på { $span } uger
grant-times-in-mo = { $times } gange på { $span } måneder
grant-times-in-a = { $times } gange på { $span } år

law-serviceloven = serviceloven
law-aeldreloven = ældreloven
law-sundhedsloven = sundhedsloven
law-barnets_lov = barnets lov
means-home_help = Hjælp til at vaske sig og klæde sig på, til rengøring og indkøb eller til mad.
means-reablement = Et forløb, hvor man øver sig i at klare mere selv.
means-relief = Hjælp, så den, der passer en nær til daglig, kan holde fri. Det kan også være et kort ophold et andet sted.
means-social_support = Støtte i hverdagen til den, der har et handicap eller er i en svær tid.
means-training = Træning efter en sygdom, der ikke er behandlet på hospital.
means-maintenance = Træning, så man ikke mister det, man kan.
means-own_helpers = Penge til hjælpere, som man selv ansætter.
means-companion = En ledsager, så man kan komme ud.
means-sheltered_work = Arbejde på særlige vilkår for den, der ikke kan have et almindeligt job.
means-activity = Et sted at komme og være sammen med andre.
means-temporary_home = Et sted at bo for en tid, med hjælp og støtte.
means-lasting_home = Et sted at blive boende, med hjælp og støtte.
means-aid = Et hjælpemiddel, når man varigt ikke kan det samme som før.
means-goods = Noget, man kan købe i en butik, og som hjælper i hverdagen.
means-car = Støtte til at købe en bil.
means-home_changes = Ændringer i hjemmet, så man kan være der.
means-extra_costs = Penge til det ekstra, et handicap koster.
means-lost_earnings = Penge i stedet for løn til den, der passer sit barn hjemme.
means-elderly_course = Én samlet hjælp til ældre: pleje, rengøring, mad og træning. Man er selv med til at bestemme fra gang til gang.
means-nursing = Hjælp fra en sygeplejerske i hjemmet.
means-training_after_hospital = Træning efter et ophold på hospital.
means-prevention = Hjælp til at holde sig rask.

complaint-heading = Hvis du vil klage
complaint-heading-other = Hvis der skal klages
complaint-left = { $days ->
    [0] I dag er sidste dag
    [one] Der er 1 dag endnu
   *[other] Der er { $days } dage endnu
 }
complaint-until = til og med { $day }
complaint-running = Du kan klage til og med { $day }.
complaint-running-other = Der kan klages for { $name } til og med { $day }.
complaint-passed = Fristen var { $day }.
complaint-passed-more = Du kan klage alligevel. Skriv, hvorfor klagen kommer for sent. Så bliver det afgjort, om den kan komme med.
complaint-unknown = Du kan klage i fire uger fra den dag, afgørelsen kom frem.
complaint-letter = Denne afgørelse har sin egen vej til at klage. Den står i brevet.
complaint-how = Sådan er dagen regnet ud
complaint-to-citizen = Sendt til dig
complaint-to-citizen-other = Sendt til { $name }
complaint-to-parent = Sendt til en forælder
complaint-to-representative = Sendt til den, der hjælper i sagen
complaint-by-digital_post = i Digital Post { $sent }. Digital Post er kommet frem samme dag. Så er sidste dag { $last }.
complaint-by-letter = som brev { $sent }. Et brev er kommet frem { $received }. Så er sidste dag { $last }.
complaint-weeks = Fristen er fire uger. Slutter den på en dag, hvor der er lukket, gælder den næste hverdag.
complaint-then = Det sker der, når du klager
complaint-then-1 = Kommunen ser på sagen igen. Du får svar inden fire uger.
complaint-then-2 = Får du ikke ret, sender kommunen klagen videre til Ankestyrelsen. Det skal du ikke selv gøre.
complaint-then-other = Det sker der, når der klages
complaint-then-1-other = Kommunen ser på sagen igen og svarer inden fire uger.
complaint-then-2-other = Får { $name } ikke ret, sender kommunen klagen videre til Ankestyrelsen.
complaint-write = Klag over afgørelsen
complaint-write-late = Klag, selv om fristen er gået
complaint-call = Du kan også klage ved at ringe på
complaint-only-call = Du kan klage ved at ringe eller skrive et brev. Ring på
complaint-read-only = Du må kun læse her. { $name } kan selv klage eller give dig lov til mere.
complaint-guide = Læs mere om at klage

closed-until = Journalen er lukket. Du kan læse i den til og med { $day }.
closed-letters = Journalen er lukket. Du kan stadig læse breve og afgørelser.
closed-shut = Journalen er lukket.
closed-to-letters = Se breve
closed-to-grants = Se afgørelser
closed-access = Sådan får du aktindsigt
closed-access-other = { $name } har stadig ret til at se, hvad kommunen har skrevet. Det hedder aktindsigt. { $name } kan bede kommunen om det.
closed-call = Ring på
closed-write = Skriv til
closed-come = Kom til
closed-complain = Du kan stadig klage
closed-complain-other = Der kan stadig klages
closed-complain-lead = Journalen er lukket, men fristen for at klage løber.
