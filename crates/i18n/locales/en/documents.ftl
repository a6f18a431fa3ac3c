# Mine data: the list, the search, one document.
documents-title = My data
documents-title-other = { $whose } data
documents-lead = This is what the municipality has written about you. Each document stands alone. The documents are in Danish.
documents-lead-other = This is what the municipality has written about { $name }. Each document stands alone. The documents are in Danish.
documents-search = Search in documents
search-error-empty = Write what you want to search for
search-error-long = The search is too long. Write at most 100 characters
documents-found = { $count ->
    [0] No documents about “{ $query }”
    [one] 1 document about “{ $query }”
   *[other] { $count } documents about “{ $query }”
 }
documents-count = { $count ->
    [0] No documents
    [one] 1 document
   *[other] { $count } documents
 }
documents-filtered = The documents you have chosen
documents-all = Your documents
documents-all-other = { $whose } documents
documents-none = There are no documents yet. They come here when the municipality has written something about you.
documents-none-other = There are no documents yet. They come here when the municipality has written something about { $name }.
documents-none-filtered = No documents match what you have chosen. Try to choose less.
documents-none-found = Try another word or a shorter one.
found-in-file = The word is in the file that belongs to the document.
documents-show-all = Show all documents
documents-youth = { $name } is 15 or older. There may be documents that you cannot see here.

filter-title = Choose type and time
filter-kind = Type
filter-area = Area
filter-period = Time
filter-unread = Only unread
filter-show = Show result
filter-reset = Reset
filter-remove = Remove { $what }
filter-remove-search = Remove the search
period-all = All
period-3m = Last 3 months
period-12m = Last 12 months
period-5y = Last 5 years

kind-letter = Letter
kind-form = Form
kind-instruction = Care instruction
kind-assessment = Assessment
kind-observation = Observation
kind-application = Application
kind-judgement = Professional opinion
kind-message = Message
kind-other = Other document
area-training = Training
area-rehabilitation = Rehabilitation
area-aids = Aids
area-home-help = Practical and personal help
area-nursing = Nursing
area-prevention = Preventive home visits
area-social = Social services
area-other = Other

words-title = What do the words mean?
explain-instruction = A care instruction (handlingsanvisning) says how the help is given: what is done, how and why.
explain-assessment = In an assessment (udredning) a professional looks closely at something, for example food, falls or memory.
explain-observation = An observation is a note about a change: something has become better or worse than usual.
explain-judgement = A professional opinion (faglig vurdering) says what a professional thinks about the need for help.
not-here-title = What you cannot see here
not-here-text = Measurements, medicine and messages between municipality, doctor and hospital.
not-here-fmk = See your medicine on FMK-online

document-back = Back to documents
document-kind = Type
document-area = Area
document-unit = Comes from
document-author = Written by
document-date = Date
document-file = Open { $format } ({ $size })
document-corrected = The document was corrected { $date }
document-corrected-why = What you see here is the newest text.
document-withdrawn = The municipality withdrew the document { $date }
document-withdrawn-undated = The municipality has withdrawn the document
document-withdrawn-why = You can no longer read it. Call the municipality if you want to know why.
document-wrong = Is something in the text wrong?
document-wrong-1 = You can ask to have mistakes about you corrected. Call
document-wrong-1-other = { $name } can ask to have mistakes corrected. You can also call
