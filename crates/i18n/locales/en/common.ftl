# What stands around every page: title, top row, on-behalf bar, menu, footer.
title-acting = On behalf of { $full } –{" "}
title-error = Error:{" "}
skip = Skip to content
brand-line = For you who get help from your municipality
help-label = Help:
log-on = Log on
log-off = Log off
change-person = Change person
back-to-self = Back to yourself
back = Back
cancel = Cancel
search = Search
print = Print
unread = Unread
corrected = Corrected
withdrawn = Withdrawn
sent-by = Sent by
info-label = Information
warning-label = Warning
error-summary = There is something you need to correct
fmk-link = See medicine on FMK-online
mitid-log-in = Log on with MitID
mitid-confirm = Confirm with MitID

nav-label = Main menu
tabbar-label = Shortcuts
nav-front = Front page
nav-documents = My data
nav-documents-other = { $whose } data
nav-aids = Aids
nav-calendar = Calendar
nav-messages = Messages
nav-grants = Grants
nav-access-log = Who has seen my data
nav-access-log-other = What you have seen

acting-label = Who you are acting for
acting-for = You are acting on behalf of
acting-parent = You are looking at information about
acting-child = (your child)
acting-guardian = you are the guardian
acting-read = you may read
acting-act = you may read and act
acting-until = { $rights } { $until }
acting-until-nemlogin = { $rights } { $until } with a mandate from NemLog-in
until-day = until { $date }
until-clock = until { $time }

foot-help = Need help?
foot-call = Call us { $hours }
foot-acute = If someone falls ill: call the doctor or 1813. If life is in danger: call
foot-about = About this site
foot-how = How to use Borgerportalen
foot-who = Who has seen your information?
foot-site = The municipality’s own site
foot-read = Read aloud and larger text

paging-label = More pages
paging-newer = Newer
paging-older = Older

printed = Printed { $day } { $time } by { $who }
printed-for = {" "}on behalf of { $full }

session-title = { $minutes ->
    [0] You will be logged off soon
    [one] You will be logged off in 1 minute
   *[other] You will be logged off in { $minutes } minutes
 }
session-box-title = You will be logged off soon
session-lead = Nothing has happened for a while. We log you off to keep the information safe.
session-kept = You will come back to the page you were on.
session-stay = Stay logged on
session-leave = Log off now
stepup-title = We need to know it is you
stepup-mandate = A mandate lets others see your information. That is why you need to use MitID once more.
stepup-sensitive = We take extra care of this information. That is why you need to use MitID once more.
stepup-long-ago = It is a while since you logged on. That is why you need to use MitID once more.
stepup-back = You will come back to the same page afterwards. What you have written is kept.
logged-out-title = You are logged off
logged-out-lead = Nobody else can see the information on this screen now.
logged-out-shared = Do you share the computer or phone with others? Then close the browser too.
