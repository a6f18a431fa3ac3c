# Pages where the way ends: heading, why, one next step.
dead-help = Do you need help? Call
dead-call = Call { $phone }
dead-to-front = Go to the front page
dead-to-start = Go to Log on
dead-try-again = Try again
dead-choose-person = Choose another person
dead-number = Number for the one who helps you:

dead-inactive = The record is not active
dead-inactive-1 = The municipality does not give help right now. That is why the record is closed in Borgerportalen.
dead-inactive-months = { $months ->
    [one] You could read the record for 1 month after the help ended. That time has passed.
   *[other] You could read the record for { $months } months after the help ended. That time has passed.
 }
dead-inactive-2 = You still have the right to see what the municipality has written. It is called access to documents (aktindsigt). You can ask the municipality for it.
dead-inactive-next = Ask for access to documents
dead-no-mandate = You do not have a mandate
dead-no-mandate-1 = Nobody has given you a mandate in this municipality.
dead-no-mandate-2 = The person you want to help has to say yes. It can also be done on paper in Borgerservice (citizen service).
dead-no-mandate-next = Ask for a mandate
dead-no-mandate-help = Read how to get a mandate
dead-no-child = We cannot find a child
dead-no-child-1 = You can only see information about a child under 18 whom you have custody of.
dead-no-child-2 = Call the municipality if you think this is a mistake.
dead-refused = You cannot see this
dead-refused-who = This is about { $name }.
dead-refused-2 = Call the municipality if you think this is a mistake.
dead-expired = The mandate has expired
dead-expired-1 = You can no longer see information about { $name }. The mandate was valid until { $date }.
dead-expired-2 = Ask { $name } for a new mandate if you still need to help.
dead-suspended = The mandate is paused
dead-child-of-age = Your child has turned 18
dead-custody-stale = We cannot check the custody right now
dead-read-only = You may only read
dead-claim = You need to log on again
dead-claim-1 = Your mandate for { $name } comes from NemLog-in. Here it is valid for 30 minutes after you have logged on.
dead-claim-2 = Log on again. Then we ask NemLog-in once more, and you come back to the same page.
dead-too-young = You have to be 15
dead-too-young-1 = You can log on yourself when you are 15.
dead-too-young-2 = Until then the person who has custody of you can see your information here.
dead-not-here = The municipality is not part of Borgerportalen
dead-not-here-1 = { $place } uses another system.
dead-not-here-2 = You can find the way to it on borger.dk (in Danish).
dead-not-here-next = Go to borger.dk
dead-mitid-stop = You are not logged on
dead-mitid-stop-1 = You stopped before MitID had finished. Nothing has happened.
dead-mitid-stop-2 = You can try again now.
dead-mitid-away = MitID does not answer
dead-mitid-away-1 = We cannot reach MitID right now. It is not your fault.
dead-mitid-away-2 = Wait a few minutes and try again.
dead-level = You need to log on more securely
dead-level-1 = You have to use the MitID app, code display or chip. A password alone is not enough.
dead-level-2 = You can try again now.
dead-session = You are logged off
dead-session-1 = { $minutes ->
    [one] You are logged off because nothing happened for 1 minute.
   *[other] You are logged off because nothing happened for { $minutes } minutes.
 }
dead-session-2 = Log on again. You will come back to the same page.
dead-session-next = Log on again
dead-mismatch = We stopped because the person does not match
dead-mismatch-1 = You have changed person in another window. That is why we have not saved anything.
dead-mismatch-2 = Check at the top of the page who you are acting for before you try again.
dead-stale = The page was too old
dead-stale-1 = The page has been open for too long. That is why we have not saved anything.
dead-stale-2 = Open the page again and try once more.
dead-many = You have tried many times
dead-many-1 = We have paused it to keep the information safe.
dead-many-2 = Wait a few minutes and try again.
dead-missing = We cannot find the page
dead-missing-1 = It does not exist, or you do not have access to it.
dead-missing-2 = Did you write the address yourself? Then check that it is right.
dead-failed = Something went wrong on our side
dead-failed-1 = It is not your fault. Try again in a moment.
dead-failed-2 = Does it happen again? Then call us and tell us this number.
dead-away = We cannot fetch the information right now
dead-away-1 = It is not your fault. The information is still there.
dead-away-2 = Wait a few minutes and try again.
