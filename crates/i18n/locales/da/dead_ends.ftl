# Pages where the way ends: heading, why, one next step.
dead-help = Har du brug for hjælp? Ring på
dead-call = Ring på { $phone }
dead-to-front = Gå til forsiden
dead-to-start = Gå til Log på
dead-try-again = Prøv igen
dead-choose-person = Vælg en anden person
dead-number = Nummer til den, der hjælper dig:

dead-inactive = Journalen er ikke aktiv
dead-inactive-1 = Kommunen giver ikke hjælp lige nu. Derfor er journalen lukket i Borgerportalen.
dead-inactive-months = { $months ->
    [one] Du kunne læse i journalen 1 måned, efter at hjælpen sluttede. Den tid er gået.
   *[other] Du kunne læse i journalen { $months } måneder, efter at hjælpen sluttede. Den tid er gået.
 }
dead-inactive-2 = Du har stadig ret til at se, hvad kommunen har skrevet. Det hedder aktindsigt. Du kan bede kommunen om det.
dead-inactive-next = Bed om aktindsigt
dead-no-mandate = Du har ikke en fuldmagt
dead-no-mandate-1 = Der er ikke nogen, som har givet dig fuldmagt i denne kommune.
dead-no-mandate-2 = Den, du vil hjælpe, skal selv sige ja. Det kan også ske på papir i Borgerservice.
dead-no-mandate-next = Bed om en fuldmagt
dead-no-mandate-help = Læs, hvordan du får en fuldmagt
dead-no-child = Vi kan ikke finde et barn
dead-no-child-1 = Du kan kun se oplysninger om et barn under 18 år, som du har forældremyndighed over.
dead-no-child-2 = Ring til kommunen, hvis du mener, der er en fejl.
dead-refused = Du kan ikke se det her
dead-refused-who = Det handler om { $name }.
dead-refused-2 = Ring til kommunen, hvis du mener, der er en fejl.
dead-expired = Fuldmagten er udløbet
dead-expired-1 = Du kan ikke længere se oplysninger om { $name }. Fuldmagten gjaldt til { $date }.
dead-expired-2 = Bed { $name } om en ny fuldmagt, hvis du stadig skal hjælpe.
dead-suspended = Fuldmagten er sat på pause
dead-child-of-age = Dit barn er fyldt 18 år
dead-custody-stale = Vi kan ikke tjekke forældremyndigheden lige nu
dead-read-only = Du må kun læse
dead-claim = Du skal logge på igen
dead-claim-1 = Din fuldmagt til { $name } kommer fra NemLog-in. Den gælder her i 30 minutter, efter at du har logget på.
dead-claim-2 = Log på igen. Så spørger vi NemLog-in på ny, og du kommer tilbage til samme side.
dead-too-young = Du skal være fyldt 15 år
dead-too-young-1 = Du kan selv logge på, når du er fyldt 15 år.
dead-too-young-2 = Indtil da kan den, der har forældremyndighed over dig, se dine oplysninger her.
dead-not-here = Kommunen er ikke med i Borgerportalen
dead-not-here-1 = { $place } bruger et andet system.
dead-not-here-2 = På borger.dk kan du finde vej til det.
dead-not-here-next = Gå til borger.dk
dead-mitid-stop = Du er ikke logget på
dead-mitid-stop-1 = Du stoppede, før MitID var færdig. Der er ikke sket noget.
dead-mitid-stop-2 = Du kan prøve igen nu.
dead-mitid-away = MitID svarer ikke
dead-mitid-away-1 = Vi kan ikke få fat i MitID lige nu. Det er ikke din skyld.
dead-mitid-away-2 = Vent et par minutter, og prøv så igen.
dead-level = Du skal logge på mere sikkert
dead-level-1 = Du skal bruge MitID-app, kodeviser eller chip. En kode alene er ikke nok.
dead-level-2 = Du kan prøve igen nu.
dead-session = Du er logget af
dead-session-1 = { $minutes ->
    [one] Du er logget af, fordi der ikke skete noget i 1 minut.
   *[other] Du er logget af, fordi der ikke skete noget i { $minutes } minutter.
 }
dead-session-2 = Log på igen. Så kommer du tilbage til samme side.
dead-session-next = Log på igen
dead-mismatch = Vi stoppede, fordi personen ikke passer
dead-mismatch-1 = Du har skiftet person i et andet vindue. Derfor har vi ikke gemt noget.
dead-mismatch-2 = Tjek øverst på siden, hvem du handler for, før du prøver igen.
dead-stale = Siden var for gammel
dead-stale-1 = Siden har stået åben for længe. Derfor har vi ikke gemt noget.
dead-stale-2 = Åbn siden igen, og prøv en gang til.
dead-many = Du har prøvet mange gange
dead-many-1 = Vi har sat det på pause for at passe på oplysningerne.
dead-many-2 = Vent et par minutter, og prøv så igen.
dead-missing = Vi kan ikke finde siden
dead-missing-1 = Den findes ikke, eller du har ikke adgang til den.
dead-missing-2 = Har du skrevet adressen selv? Så tjek, om den er rigtig.
dead-failed = Der er sket en fejl hos os
dead-failed-1 = Det er ikke din skyld. Prøv igen om lidt.
dead-failed-2 = Sker det igen? Så ring til os, og sig nummeret her.
dead-away = Vi kan ikke hente oplysningerne lige nu
dead-away-1 = Det er ikke din skyld. Oplysningerne er der stadig.
dead-away-2 = Vent et par minutter, og prøv så igen.
