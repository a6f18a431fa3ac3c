# The way in: role, municipality, person.
login-title = Log on
login-heading = Log on to Borgerportalen
login-lead = Read what the municipality has written about you or the person you help. You log on with MitID.
login-for-whom = Who do you want to log on for?
role-citizen = Myself
role-citizen-line = As a citizen. You are 15 or older and get help from the municipality.
role-parent = My child
role-parent-line = As a parent. You have custody of a child under 18.
role-relative = Another adult
role-relative-line = As a relative. You have a mandate, or you are a guardian.
login-no-mandate = Do you not have a mandate?
login-no-mandate-1 = You need a mandate before you can help another adult. The person has to say yes.
login-ask-mandate = Ask for or give a mandate
login-mandate-help = Read how to get a mandate
login-good = Good to know
login-good-1 = Logging on takes 1–2 minutes.
login-good-2 = Have your MitID app or code display ready.
login-good-3 = You cannot see medicine here.
login-help = Help to log on
login-help-1 = You can also go to Borgerservice (citizen service).

municipality-title = Choose municipality
municipality-question-citizen = Which municipality do you get help from?
municipality-question-parent = Which municipality does your child get help from?
municipality-question-relative = Which municipality does the person get help from?
municipality-search = Search for a municipality
municipality-hint = Write the first letters, for example “hels”
municipality-found = { $count ->
    [0] No municipality matches “{ $query }”
    [one] 1 municipality matches “{ $query }”
   *[other] { $count } municipalities match “{ $query }”
 }
municipality-all-count = { $count ->
    [one] 1 municipality
   *[other] { $count } municipalities from A to Å
 }
municipality-none = Check the spelling, or show all municipalities.
municipality-all = Show all municipalities from A to Å
municipality-last = You chose this one last on this device
municipality-here = Opens in Borgerportalen
municipality-elsewhere = Uses another system
municipality-missing = Choose the municipality that gives the help. It is not always the one a person lives in.

persons-title = Whose information do you want to see?
persons-own = Yourself – { $full }
persons-own-line = Your own record in { $place }
persons-child = { $full }, { $age } years (your child)
persons-child-line = You have custody · until { $name } turns 18
persons-giver-read = Mandate: read · valid { $until }
persons-giver-act = Mandate: read and act · valid { $until }
persons-nemlogin-read = Mandate from NemLog-in: read · valid { $until }
persons-nemlogin-act = Mandate from NemLog-in: read and act · valid { $until }
persons-log-in-again = Log on again to continue
persons-ward = You are the guardian
persons-ward-until = You are the guardian · valid { $until }
persons-no-own = You have no record of your own in { $place }.
persons-go = Continue
persons-change = Change person
persons-error = Choose whose information you want to see
persons-nobody = There is nobody whose information you can see right now.
persons-missing = Is somebody missing?
persons-missing-1 = The mandate may have expired, been stopped, or not been approved yet.
persons-lapsed-help = Ask the person for a new mandate if you still need to help.
persons-since = { $why } Date: { $date }.
