# Front page and menu.
front-title = Front page
front-greeting = Hello, { $name }
front-heading-other = { $fullWhose } front page
front-news = New for you
front-news-other = New for { $name }
front-no-news = There is nothing new for you right now.
front-no-news-other = There is nothing new for { $name } right now.
front-all-documents = See all documents
front-areas = What do you want to see?
tile-documents = Letters, forms, conditions and plans
tile-aids = Apply, follow an application and see loans
tile-calendar = Visits and appointments. Cancel a visit
tile-messages = Write to the municipality and read answers
tile-grants = The help the municipality has granted
front-who = Who can see your information?
front-nobody = No relatives can see your information.
front-parents = Whoever has custody of you can see some of it until you turn 18.
front-no-documents = Your mandate does not cover documents.
front-no-documents-other = Your mandate does not cover { $whose } documents.
front-staff = Those who help you in the municipality can see what they need.
front-log = See who has opened your record
front-log-other = See what you have opened
watcher-read = { $name } can read your information as a relative.
watcher-act = { $name } can read and act for you as a relative.
watcher-parent = { $name } can see your information as a parent, until you turn 18.
watcher-guardian = { $name } can see your information as your guardian.
watcher-until = It is valid { $until }.
front-right-heading = Your mandate
front-right-heading-parent = Your child
front-right-heading-guardian = You are the guardian
front-right-read = { $name } has allowed you to read in Borgerportalen. The mandate is valid { $until }. Everything you open is kept, so that { $name } can see it.
front-right-act = { $name } has allowed you to read and act in Borgerportalen. The mandate is valid { $until }. Everything you do is kept, so that { $name } can see it.
front-right-parent = You can see information about { $name } because you have custody. Everything you open is kept.
front-right-guardian = You can see information about { $name } because you are the guardian. Everything you open is kept.
menu-title = Menu
menu-you = You
menu-logged-in = Logged on as
front-visits = Your next visit
front-visits-other = { $whose } next visit
front-visits-then = After that
front-all-visits = See all visits
front-visit-near = { $day } { $times }
tile-unread = { $count ->
    [one] 1 unread message
   *[other] { $count } unread messages
 }
