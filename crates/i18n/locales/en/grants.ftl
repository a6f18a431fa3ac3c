# Grants: what the municipality has decided, and how one complains.
grants-title = Grants
grants-title-other = { $whose } grants
grants-lead = Here is the help the municipality has decided that you get. You can see why, for how long, and how to complain.
grants-lead-other = Here is the help the municipality has decided that { $name } gets. You can see why, for how long, and how to complain.
grants-complain = You can still complain
grants-complain-other = { $name } can still complain
grants-complain-lead = Do you think a decision is wrong? You can complain up to and including the day shown here.
grants-complain-lead-other = Is a decision wrong? A complaint can be made up to and including the day shown here.
grants-now = What you get now
grants-now-other = What { $name } gets now
grants-none = There are no grants at present.
grants-planned = Planned help
grants-planned-lead = The municipality has written this help in the plan. No decision came with it to us.
grants-former = Earlier
grants-former-lead = What has ended, was refused or was changed.
grants-former-all = { $count ->
    [one] Show the one more
   *[other] Show all { $count }
 }
grants-youth = { $name } is 15 or older. There may therefore be grants that you cannot see here.
grants-words = What do the words mean?
grants-word-grant = Grant (bevilling)
grants-word-grant-is = The municipality has said yes to help and decided what you get.
grants-word-supplier = Supplier (leverandør)
grants-word-supplier-is = The firm or team that gives the help.
grants-word-refused = Refusal (afslag)
grants-word-refused-is = The municipality has said no. You can complain.
grants-word-ceased = Stopped (ophør)
grants-word-ceased-is = The municipality has decided that the help stops. You can complain.

standing-applied = Waiting for an answer
standing-coming = Begins later
standing-running = In progress
standing-refused = Refused
standing-lapsed = Expired
standing-finished = Ended
standing-dropped = Given up
standing-ceased = Stopped
standing-replaced = Changed
standing-applied-is = The municipality has not decided anything yet.
standing-refused-is = The municipality has said no to giving this help.
standing-lapsed-is = The grant was in force until the last day shown here.
standing-finished-is = The help has ended.
standing-dropped-is = The help was declined or not used.
standing-ceased-is = The municipality has decided that the help stops.
standing-replaced-is = A new decision has taken its place.

grant-back = Back to grants
grant-standing = Status
grant-amount = How much
grant-period = When
grant-supplier = Supplier
grant-law = Law
grant-meaning = It means
grant-decided = Decided
grant-unit = Decided by
grant-newer = See the new decision
grant-letter = Read the decision
grant-letter-none = The decision is not here. You got it as a letter or in Digital Post.
grant-letter-none-other = The decision is not here. It was sent as a letter or in Digital Post.
grant-planned-is = The help stands in the municipality's plan. No decision came with it to us. Call if you miss it.
grant-no-minutes = The help is one whole course. You agree with those who come what it is used for.
grant-no-minutes-other = The help is one whole course. { $name } agrees with those who come what it is used for.
grant-from = from { $from }
grant-to = until { $to }
grant-from-to = { $from }–{ $to }
grant-minutes = { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
 }
grant-every-d = { $span ->
    [one] every day
   *[other] every { $span } days
 }
grant-every-wk = { $span ->
    [one] every week
   *[other] every { $span } weeks
 }
grant-every-mo = { $span ->
    [one] every month
   *[other] every { $span } months
 }
grant-every-a = { $span ->
    [one] every year
   *[other] every { $span } years
 }
grant-times-d = { $times } times a day
grant-times-wk = { $times } times a week
grant-times-mo = { $times } times a month
grant-times-a = { $times } times a year
grant-times-in-d = { $times } times in { $span } days
grant-times-in-wk = { $times } times in { $span } weeks
grant-times-in-mo = { $times } times in { $span } months
grant-times-in-a = { $times } times in { $span } years

law-serviceloven = Social Services Act (serviceloven)
law-aeldreloven = Elder Care Act (ældreloven)
law-sundhedsloven = Health Act (sundhedsloven)
law-barnets_lov = Children's Act (barnets lov)
means-home_help = Help with washing and dressing, with cleaning and shopping, or with food.
means-reablement = A course of practising to manage more oneself.
means-relief = Help so that the one who cares for somebody close every day can have time off. It can also be a short stay elsewhere.
means-social_support = Support in everyday life for somebody who has a disability or is in a hard time.
means-training = Training after an illness that was not treated in hospital.
means-maintenance = Training to keep what one can do.
means-own_helpers = Money for helpers one employs oneself.
means-companion = A companion, so that one can get out.
means-sheltered_work = Work on special terms for somebody who cannot have an ordinary job.
means-activity = A place to come and be together with others.
means-temporary_home = A place to live for a time, with help and support.
means-lasting_home = A place to stay and live, with help and support.
means-aid = An aid, when one lastingly cannot do the same as before.
means-goods = Something one can buy in a shop that helps in everyday life.
means-car = Support to buy a car.
means-home_changes = Changes to the home so that one can be there.
means-extra_costs = Money for what a disability costs extra.
means-lost_earnings = Money instead of pay for the one who cares for their child at home.
means-elderly_course = One whole help for older people: care, cleaning, food and training. One helps to decide from time to time.
means-nursing = Help from a nurse at home.
means-training_after_hospital = Training after a stay in hospital.
means-prevention = Help to stay well.

complaint-heading = If you want to complain
complaint-heading-other = If a complaint is to be made
complaint-left = { $days ->
    [0] Today is the last day
    [one] There is 1 day left
   *[other] There are { $days } days left
 }
complaint-until = up to and including { $day }
complaint-running = You can complain up to and including { $day }.
complaint-running-other = A complaint for { $name } can be made up to and including { $day }.
complaint-passed = The last day was { $day }.
complaint-passed-more = You can complain all the same. Write why the complaint comes late. It is then decided whether it can be taken.
complaint-unknown = You can complain for four weeks from the day the decision arrived.
complaint-letter = This decision has its own way to complain. It stands in the letter.
complaint-how = How the day was worked out
complaint-to-citizen = Sent to you
complaint-to-citizen-other = Sent to { $name }
complaint-to-parent = Sent to a parent
complaint-to-representative = Sent to the one who helps in the case
complaint-by-digital_post = in Digital Post on { $sent }. Digital Post has arrived the same day. The last day is then { $last }.
complaint-by-letter = as a letter on { $sent }. A letter has arrived on { $received }. The last day is then { $last }.
complaint-weeks = The time is four weeks. If it ends on a day that is closed, the next working day counts.
complaint-then = What happens when you complain
complaint-then-1 = The municipality looks at the case again. You get an answer within four weeks.
complaint-then-2 = If you are not found to be right, the municipality sends the complaint on to Ankestyrelsen, the appeals board. You do not have to do that yourself.
complaint-then-other = What happens when a complaint is made
complaint-then-1-other = The municipality looks at the case again and answers within four weeks.
complaint-then-2-other = If { $name } is not found to be right, the municipality sends the complaint on to Ankestyrelsen, the appeals board.
complaint-write = Complain about the decision
complaint-write-late = Complain although the time has passed
complaint-call = You can also complain by calling
complaint-only-call = You can complain by calling or by writing a letter. Call
complaint-read-only = You may only read here. { $name } can complain or allow you more.
complaint-guide = Read more about complaining

closed-until = The record is closed. You can read it up to and including { $day }.
closed-letters = The record is closed. You can still read letters and decisions.
closed-shut = The record is closed.
closed-to-letters = See letters
closed-to-grants = See decisions
closed-access = How to get access to documents
closed-access-other = { $name } still has a right to see what the municipality has written. It is called access to documents (aktindsigt). { $name } can ask the municipality for it.
closed-call = Call
closed-write = Write to
closed-come = Come to
closed-complain = You can still complain
closed-complain-other = A complaint can still be made
closed-complain-lead = The record is closed, but the time for a complaint is running.
