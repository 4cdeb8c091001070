# Open House, the English texts.
product-name = Open House

## config
config-about-database-url = Where the data are: a file (SQLite) or a PostgreSQL server.
config-about-files = The folder for evidence, statements and reports.
config-about-listen = The address and port the web application listens on.
config-about-public-url = The address users type; it stands in links and mails. When left out: http:// with the listening address.
config-about-log-level = How much is logged: error, warn, info, debug or trace.
config-about-lang = The language of the commands and of new reports: nl or en.
config-expected-database-url = sqlite:PATH or postgres://user:password@server/name
config-expected-files = file:FOLDER
config-expected-listen = an IP address with a port, such as 127.0.0.1:8080
config-expected-public-url = an address without a path, such as https://openhouse.example.org
config-expected-log-level = error, warn, info, debug or trace
config-expected-lang = nl or en
config-about-max-requests = How many requests the program answers at the same time. Who comes after that is told that it is busy.
config-about-accessibility-statement = The address of the municipality's accessibility statement. When left out: the page Accessibility refers to the municipality.
config-about-security-contact = Where somebody reports a weakness; it stands in security.txt.
config-expected-max-requests = a number between quotes, from 1 to 100000
config-expected-accessibility-statement = an address that begins with https://, or nothing
config-expected-security-contact = mailto:address, https://… or tel:…, or nothing
config-source-flag = option { $name }
config-source-env = environment variable { $name }
config-source-secret-file = file { $path } (from { $name })
config-source-file = { $path }, line { $line }
config-source-default = default
config-hidden = (hidden)
config-fault-unknown = { $what } does not exist.
config-fault-nearest = { $what } does not exist. Did you mean { $nearest }?
config-fault-unfit = { $source }: { $key } is { $found }. Expected: { $expected }.
config-fault-twice = { $first } and { $second } are both set. Leave one out.
config-fault-half = { $there } is set and { $missing } is not. Set both, or leave both empty.
config-fault-unreadable = { $path } cannot be read: { $cause }
config-fault-toml = { $path }, line { $line }: this is not valid TOML. { $cause }
## facts
facts-fault-empty = The file is empty. Give a JSON file with quarter facts.
facts-fault-not-utf8 = The file is not UTF-8 (byte { $byte }). Save it again as UTF-8.
facts-fault-truncated = The file stops halfway. Make it again or send it once more.
facts-fault-not-json = This is not valid JSON: line { $line }, character { $column }.
facts-fault-number-too-large = The number on line { $line }, character { $column } is too large.
facts-fault-too-deep = The lists and objects are nested too deeply. This is not a file of quarter facts.
facts-fault-unknown = { $path }: this field is not known. Remove it.
facts-fault-unknown-nearest = { $path }: this field is not known. Do you mean { $nearest }?
facts-fault-missing = { $path }: this field must be filled in.
facts-fault-duplicate = { $path }: this field is there twice. Keep one.
facts-fault-not-expected = { $path }: expected { $expected }, found { $found }.
facts-fault-whole-not-expected = The file should be { $expected }, but it is { $found }.
facts-fault-unreadable = The file cannot be read: { $detail }.
facts-fault-below-indicative = { $path }: this number must be at least { $least }, like small.indicative_below.
facts-expected-text = text
facts-expected-date = a date that exists, as YYYY-MM-DD
facts-expected-quarter = a quarter, as 2026-Q3
facts-expected-kvk = a KvK number of eight digits
facts-expected-flag = true or false
facts-expected-whole = a whole number from { $from } to { $to }
facts-expected-whole-or-null = a whole number from { $from } to { $to }, or null
facts-expected-exactly = "{ $word }"
facts-expected-one-of = one of these codes: { $words }
facts-expected-list = a list […]
facts-expected-object = an object {"{"}…{"}"}
## report
report-page-of = page { $page } of { $count }
report-show-table = Show as a table
report-target = Target
report-result = Result
report-amount = Amount
report-month-column = Month
report-indicator = Indicator
report-of = { $numerator } of { $denominator }
report-none = no cases
report-verdict = { $verdict ->
    [met] Met
    [attention] Attention
    [missed] Missed
    [not_applicable] Not applicable
   *[monitored] Monitored
 }
report-title = Quarterly report { $provider }, { $quarter }
report-header = Quarterly report · { $status }
report-footer = { $quarter } · version { $version }
report-provisional = provisional
report-final = final
report-fact-municipality = Municipality
report-fact-provider = Provider
report-provider = { $name }, KvK number { $kvk }
report-fact-agreement = Agreement
report-agreement = { $name }, version { $version }
report-fact-quarter = Quarter
report-fact-status = Status
report-status-provisional = Provisional, version { $version } of this report
report-status-final = Final since { $date }, version { $version } of this report
report-fact-statement = Quarterly statement
report-statement-in-time = Received on { $received }, in time (due { $due })
report-statement-late = Received on { $received }, late (due { $due })
report-statement-missing = Not received (due { $due })
report-fact-made-on = Made on
report-fact-web = Also as a web page
report-fact-personal-data = Contains personal data
report-no = no
report-note-provisional = This report is provisional
report-note-provisional-text = The verdicts are computed proposals. The provider can still react. A verdict holds once the municipality has set it final.
report-note-missing = No quarterly statement was received
report-note-missing-text = The statement was due on { $due }. The figures below rest on what the municipality itself knows.
report-indicators = Performance indicators
report-indicators-intro = Every result is the share of the cases that was met. A coloured ground around the verdict means: final. A dashed edge means: computed proposal, a person decides.
report-indicators-caption = The ten performance indicators, result and verdict
report-indicators-summary = One row per indicator, with its number, name, target, result, verdict and the result of the last four quarters together.
report-number = No.
report-verdict-column = Verdict
report-rolling-column = Four quarters
report-strict = Without exclusions: { $share } ({ $percentage })
report-label-indicative = Indicative: fewer than 5 cases
report-label-small = Small number: fewer than 10 cases
report-decision-proposed = proposal
report-decision-overridden = set final; computed: { $verdict }
report-bars-title = Result and target per indicator
report-bars-sentence = The bar is the result of this quarter. The stroke is the target. No bar: there were no cases.
report-bars-alt = Bar chart with the result and the target per indicator.
report-bars-alt-row = { $number }, { $name }: result { $result }, target { $target }, { $verdict }.
report-no-target = none
report-trend-title = Results over the quarters
report-trend-sentence = Every line runs from 0 to 100%. The dotted line is the target. Where the line is broken, there were no cases in that quarter.
report-trend-alt = Line charts with the result per indicator and per quarter.
report-trend-alt-row = { $number }, { $name }: { $points }.
report-explanations = Explanations and reactions
report-no-explanations = No explanation or reaction was given for this quarter.
report-reason = Reason:
report-reaction = Reaction of the provider:
report-duties = Other duties
report-duties-caption = Duties beside the indicators, without a verdict
report-duties-summary = One row per duty, with how often it was fulfilled.
report-duty = Duty
report-duty-done = Fulfilled
report-exclusions = Excluded cases
report-exclusions-caption = Cases that do not count, per code
report-exclusions-summary = One row per code, with its meaning and the number of cases.
report-no-exclusions = No cases were excluded.
report-code = Code
report-meaning = Meaning
report-count = Number
report-costs = Costs
report-costs-caption = Costs per product and month, without VAT, against the previous quarter
report-costs-summary = One row per product, with the three months, the quarter, the previous quarter and the difference. The last row is the total.
report-no-costs = No costs were stated in this quarter or the one before.
report-product = Product
report-this-quarter = This quarter
report-previous-quarter = Previous quarter
report-difference = Difference
report-total = Total
report-months-title = Costs per month
report-months-sentence = Amounts in whole euros, without VAT. The dark bars are the months of this quarter.
report-months-alt = Bar chart with the costs per month.
report-months-alt-row = { $month }: { $amount }.
report-expiring = Expires within 90 days
report-expiring-caption = What expires, soonest first
report-expiring-summary = One row per item, with the day on which it expires.
report-no-expiring = Nothing expires within 90 days of the end of the quarter.
report-what = What
report-expires-on = Expires on
report-vogs = Certificates of conduct (VOG)
report-vog-persons = Professionals who work with clients
report-vog-valid = With a valid VOG
report-vog-renew = To be renewed within 90 days
report-complaints = Complaints
report-complaints-caption = Complaints received in this quarter
report-complaints-summary = One row per kind of complaint, with the number.
report-no-complaints = No complaint was received in this quarter.
report-nothing = Nothing to report
report-no-duties = There were no cases for the other duties.
report-no-vogs = No professionals are known who work with clients.
report-settings-same = all as the default
report-settings-different = These settings differ from the default. All others are the default.
report-category = Kind
report-actions = Open actions
report-actions-caption = What is still to be done, soonest first
report-actions-summary = One row per action, with who does it and the last day.
report-no-actions = There are no open actions.
report-action = Action
report-owner = Who
report-due-on = Due on
report-annex = Annex: what was counted, and how
report-definitions-caption = What every indicator counts
report-definitions-summary = One row per indicator, with what is counted.
report-definition = What is counted
report-settings = Settings
report-settings-caption = Settings that differ from the default
report-settings-summary = One row per setting, with the value used and the default.
report-setting = Setting
report-used = Used
report-default = Default
report-frozen = Record
report-frozen-intro = With these data anybody can compute the report again. The SHA-256 belongs to the recorded assessment.
report-engine = Rules of counting
report-sha256 = SHA-256
report-not-frozen = Not yet recorded
report-document-id = Reference
## page: the frame around every page
page-skip = Skip to content
page-municipality = Municipality of { $name }
page-main-menu = Main menu
page-crumbs = Breadcrumbs
page-menu-providers = Providers
page-menu-organisation = Your organisation
page-menu-statement = Quarterly statement
page-sign-in = Sign in
page-sign-out = Sign out
page-version = Open House, version { $version }
page-licence = Open source, licence EUPL-1.2
page-accessibility = Accessibility
page-security = Report a weakness
page-tabs = Provider
page-tab-overview = Overview
page-tab-quarters = Quarters
page-errors =
    { $count ->
        [one] There is 1 problem
       *[other] There are { $count } problems
    }
page-error-word = Error
page-other-quarter = Other quarter
page-paging = Pages
page-previous = Previous
page-next = Next
page-by = by { $name }
page-search = Search
page-search-providers = Search for a provider
page-reference = Your reference number:
page-to-start = Go to the start
page-try-again = Try again
page-back-to-form = Go back
page-show-current = See how it is now
page-bad-request = We do not understand this request
page-bad-request-advice = Nothing was saved. Go back and try again.
page-not-allowed = You have no access here
page-not-allowed-advice = This page belongs to another role. Do you need it? Then ask the administrator of your organisation, or that of the municipality, for access.
page-not-allowed-ask = Ask { $who } for access.
page-not-found = This page does not exist
page-not-found-advice = The address may be mistyped, or the page has moved.
page-not-found-search = The address may be mistyped. Search below for the provider you want to see.
page-conflict = This has been changed in the meantime
page-conflict-by = Changed in the meantime by { $by }
page-conflict-advice = What you did was not saved. First see how it is now. Then do it again if that is still needed.
page-too-large = This file is too large
page-too-large-advice = A file may be at most { $limit } MB. Nothing was saved.
page-wrong-type = We cannot read this kind of file
page-wrong-type-advice = Hand in an XLSX file, a ZIP file or separate CSV files. Nothing was saved.
page-broken = Something went wrong on our side
page-broken-advice = Nothing was saved. Try again. If it keeps going wrong, give the number below to the municipality.
page-busy = It is too busy now
page-busy-advice = Nothing was saved. Wait a minute and try again.
page-wrong-verb = This cannot be done at this address
page-wrong-verb-advice = The page exists, but not for what your program asks. Nothing was saved.
page-too-slow = Sending took too long
page-too-slow-advice = Nothing was saved. See whether your connection is good, and send it again.
page-too-long = This address is too long
page-too-long-advice = Start at the first page, or search with fewer words.
page-wrong-host = This site has another address
page-wrong-host-advice = Go to { $right }. If you use a bookmark, change it.

## desk: pages across chapters
desk-providers = Providers
desk-alphabetical = In alphabetical order. Providers are never ordered by result.
desk-search = Search for a provider
desk-search-hint = Name, KvK number or number with the municipality
desk-quarter = Quarter
desk-show = Show
desk-show-all = Show all providers
desk-none-yet = No providers yet
desk-none-yet-advice = The providers with whom the municipality has an agreement will appear here. Import them with: openhouse import providers FILE.
desk-none-found = No provider found for “{ $query }”
desk-none-found-advice = Search for a part of the name, or for the KvK number of eight digits.
desk-found =
    { $count ->
        [one] 1 provider, { $quarter }
       *[other] { $count } providers, { $quarter }
    }
desk-provider = Provider
desk-number = number { $number }
desk-own-number = Number
desk-kvk = KvK number
desk-kvk-line = KvK { $kvk }
desk-agreement = Agreement
desk-no-agreement = no agreement
desk-no-agreement-yet = There is no agreement yet.
desk-agreement-line = Agreement { $number }, version { $version }
desk-agreement-number = Number
desk-agreement-version = Version
desk-agreement-ahead = Not begun yet
desk-agreement-active = Active
desk-agreement-ended = Ended
desk-statement = Quarterly statement
desk-state = Status
desk-report = Report
desk-report-read = Read the report
desk-no-report = not yet
desk-newest-quarters = Latest quarters
desk-all-quarters = All quarters
desk-quarters = Quarters
desk-quarters-of = Quarters of { $name }
desk-no-quarters = No quarters yet. The first appears here once there is an agreement.
desk-products = Products and tariffs
desk-no-products = No products have been agreed yet.
desk-product = Product
desk-product-code = Code
desk-tariff = Tariff
desk-unit = Unit
desk-valid-from = Valid from
desk-organisation = Organisation
desk-legal-form = Legal form
desk-place = Place
desk-contact = Contact person
desk-email = E-mail
desk-phone = Telephone
desk-from = From
desk-until = Until
desk-no-end = without an end
desk-profiles = Client profiles

## statement: the quarterly statement on screen
statement-received = Received { $day }
statement-late = Late, { $day }
statement-expected = Not yet, due { $day }
statement-overdue = Not received, was due { $day }
statement-line-received = Statement received on { $day }
statement-line-late = Statement received late, on { $day }
statement-line-expected = Statement due on { $day }
statement-line-overdue = No statement received, it was due on { $day }

## assessment: the quarter, the verdicts and the cases behind them
assessment-at-municipality = With the municipality
assessment-hand-in = Hand in your statement
assessment-not-needed = Not needed
assessment-not-needed-title = No statement has to come over this quarter
assessment-not-needed-text = There was no agreement in this quarter. There is nothing to judge.
assessment-awaiting = Awaiting statement
assessment-received = To be computed
assessment-to-finalise = Ready to set final
assessment-to-judge =
    { $count ->
        [one] 1 verdict needed
       *[other] { $count } verdicts needed
    }
assessment-final = Final
assessment-final-on = Set final on { $day }
assessment-finalise-before = Set final before { $day }
assessment-agreement = Agreement { $number }, version { $version }
assessment-read-report = Read report
assessment-report-word = Report
assessment-finalise = Set quarter final
assessment-no-statement = No quarterly statement yet
assessment-no-statement-advice = As soon as the statement is in, the ten performance indicators appear here.
assessment-state = Hand in the statement
assessment-not-judged = The statement has been received
assessment-not-judged-advice = The indicators have not been computed yet. That is done for all providers at once.
assessment-provisional-provider = The municipality is looking at this quarter
assessment-provisional-provider-advice = A verdict with a dashed edge is a computed proposal. The municipality decides.
assessment-left =
    { $count ->
        [one] 1 verdict left to give
       *[other] { $count } verdicts left to give
    }
assessment-left-line = Indicator { $number } comes to { $share } ({ $count }) against a target of { $target }.
assessment-judge = Look at indicator { $number }
assessment-see-missed = See the cases that were missed
assessment-ready = Everything is ready to be set final
assessment-ready-advice = None of the indicators needs a verdict any more.
assessment-standing = State of the ten performance indicators
assessment-all-decided = Final
assessment-all-proposed = Computed proposal
assessment-tally = { $verdict }: { $count }
assessment-indicators = Performance indicators
assessment-table-key = Result against the target (the line). Dashed edge: computed proposal, a person decides.
assessment-number = No.
assessment-indicator-word = Indicator
assessment-indicator = { $number }. { $name }
assessment-target = Target
assessment-no-target = none
assessment-result = Result
assessment-verdict = Verdict
assessment-trend = Trend, 5 quarters
assessment-trend-sentence = Trend: { $quarters }
assessment-no-cases-short = no cases
assessment-no-data = No data
assessment-decided = final
assessment-proposal = proposal
assessment-met = Met
assessment-attention = Attention
assessment-missed = Missed
assessment-not-applicable = Not applicable
assessment-monitored = Monitored
assessment-case-met = Met
assessment-case-missed = Missed
assessment-case-excluded = Not counted
assessment-strict = without exclusions { $share } ({ $part } of { $whole })
assessment-strict-word = Without exclusions
assessment-rolling = four quarters together { $share } ({ $part } of { $whole })
assessment-four-quarters = Four quarters together
assessment-label-indicative = indicative, fewer than 5
assessment-label-small = small number
assessment-no-cases = no cases this quarter
assessment-count-trajectories =
    { $all ->
        [one] { $met } of 1 trajectory
       *[other] { $met } of { $all } trajectories
    }
assessment-count-plans =
    { $all ->
        [one] { $met } of 1 plan
       *[other] { $met } of { $all } plans
    }
assessment-count-surveys =
    { $all ->
        [one] { $met } of 1 survey
       *[other] { $met } of { $all } surveys
    }
assessment-count-persons =
    { $all ->
        [one] { $met } of 1 professional
       *[other] { $met } of { $all } professionals
    }
assessment-count-elements =
    { $all ->
        [one] { $met } of 1 element
       *[other] { $met } of { $all } elements
    }
assessment-count-clients =
    { $all ->
        [one] { $met } of 1 client
       *[other] { $met } of { $all } clients
    }
assessment-count-statements =
    { $all ->
        [one] { $met } of 1 statement
       *[other] { $met } of { $all } statements
    }
assessment-code-N1 = Died
assessment-code-N2 = Moved out of the municipality
assessment-code-N3 = Benefit ended for a reason other than work
assessment-code-N4 = Withdrawn by the municipality
assessment-code-N5 = Referred twice
assessment-code-N6 = Profile changed before the deadline
assessment-code-R1 = Client unreachable, documented
assessment-code-R2 = Illness or admission
assessment-code-R3 = Detention
assessment-code-R4 = Data missing at the municipality
assessment-code-R5 = Client refuses agreement, with reasons
assessment-code-R6 = Force majeure
assessment-code-ended-before-due = Ended before the deadline, without a plan
assessment-code-dropout = Dropped out before the end of the term
assessment-excluded-by-code = { $code }: { $words }
assessment-would-have-been = without the exclusion: { $outcome }
assessment-duty-1b = 1b. Trajectories with a plan
assessment-duty-6b = 6b. Extension permitted beforehand
assessment-duty-6c = 6c. Reason recorded when not everything was achieved
assessment-duties = Duties without a verdict
assessment-of = { $part } of { $whole }
assessment-none = none
assessment-register = VOG, complaints and terms
assessment-vog-valid = Professionals with a valid VOG
assessment-vog-soon = VOGs that end within 90 days
assessment-complaints = Complaints received
assessment-expiring = Ends within 90 days
assessment-costs = Costs per quarter
assessment-no-costs = No costs have been stated for this quarter yet.
assessment-costs-now = × €1,000. This quarter { $now }.
assessment-costs-against = × €1,000. This quarter { $now }, in { $quarter } { $amount }.
assessment-as-table = Show as a table
assessment-per-product = Show per product
assessment-product = Product
assessment-before = Quarter before
assessment-now = This quarter
assessment-quarter-word = Quarter
assessment-amount = Costs
assessment-timeline = Timeline
assessment-no-events = Nothing has happened in this quarter yet.
assessment-other-indicator = Other indicator
assessment-cases = The cases behind this figure
assessment-case = Case
assessment-outcome = Outcome
assessment-filter = Filter by outcome
assessment-filter-all = All ({ $count })
assessment-filter-met = Met ({ $count })
assessment-filter-missed = Missed ({ $count })
assessment-filter-excluded = Not counted ({ $count })
assessment-no-cases-filtered = There are no cases with this outcome.
assessment-no-cases-advice = No case had its deadline in this quarter. That is why there is no result.
assessment-not-shown = not shown
assessment-what-is-counted = What is asked
assessment-measure = What is counted
assessment-settings = Settings
assessment-reasons = Reason and reaction
assessment-reason = Reason of the municipality
assessment-reaction = Reaction of the provider
assessment-back-to-quarter = Back to the quarter
assessment-element-procedure = Complaints procedure
assessment-element-adviser = Confidential adviser
assessment-element-statement = Statement
assessment-column-referred = Referred
assessment-column-due = Due
assessment-column-plan = Plan agreed
assessment-column-results = Results
assessment-column-client-agreed = Client agreed
assessment-column-coach-agreed = Coach agreed
assessment-column-moments = Moments
assessment-column-in-time = In time
assessment-column-cooperated = Cooperated
assessment-column-kind = Group
assessment-column-active-from = Active from
assessment-column-active-until = Active until
assessment-column-vog-until = VOG valid until
assessment-column-term = End of term
assessment-column-ended = Ended
assessment-column-end-reason = Reason for ending
assessment-column-extension = Extension permitted
assessment-column-received = Received
assessment-column-benefit-ended = Benefit ended
assessment-column-benefit-reason = Reason
assessment-column-indication = Indication
assessment-column-placed = Placed
assessment-column-returned = Returned
assessment-column-repaired = Repaired

## account: coming in and going out
account-role-contract-manager = contract manager
account-role-decision-maker = decision maker
account-role-viewer = viewer
account-role-provider = provider
account-role-assessor = assessor
account-role-contact-person = contact person
account-role-finance = finance
account-role-privacy-officer = privacy officer
account-role-records-officer = records officer
account-role-auditor = auditor
account-role-functional-admin = functional administrator
account-role-provider-admin = provider’s administrator
account-role-provider-signatory = signatory
account-role-system = system
account-home-title = A shared view of re-integration
account-home-lead = Open House is the place where a municipality and its re-integration providers agree, account and assess. Every verdict shows what it rests on.
account-home-state = State
account-home-state-text = Every quarter the provider hands in one file. Faults come back row by row.
account-home-judge = Assess
account-home-judge-text = Ten performance indicators are computed in the same way for everybody. A person sets them final.
account-home-report = Account
account-home-report-text = For every provider there is a quarterly report, on screen and as an accessible PDF.
account-how = You get access by an invitation from the municipality or from the administrator of your organisation. You sign in with your password and a code from an app.
account-confirm-title = Is this you?
account-confirm-as = You are signing in as { $name }, { $role }.
account-confirm = Yes, sign me in
account-confirm-not-you = Is this not you? Close this page and tell the municipality.
account-link-gone = This link no longer works
account-link-gone-text = The link was used or is too old. Ask for a new one with “Forgotten your password?”, or ask your administrator.
account-link-gone-how = How do I get in?
account-signed-out = You are signed out
account-signed-out-text = Close your browser if others use this computer too.

## assessment: setting final
assessment-finalise-title = Set { $quarter } final, { $name }
assessment-nothing-open = Nothing is open
assessment-open-points =
    { $count ->
        [one] 1 point left to look at
       *[other] { $count } points left to look at
    }
assessment-open-points-advice = You can set the quarter final now. First see whether you agree with these proposals.
assessment-becomes-final = This becomes final
assessment-finalise-freezes = Facts and verdicts are frozen, with your name and the time.
assessment-finalise-report = The provider sees the verdict and the report.
assessment-finalise-again = If a new fact arrives later, you make a new assessment. This one is kept.
assessment-not-now = Not now

## report-web: the report on screen
report-web-title = Report { $name }, { $quarter }
report-web-same = The same contents as the PDF
report-web-pdf = Download the PDF
report-web-language = Language of the report

## statement: handing in the statement
statement-title = Statement of { $quarter }
statement-due = Due on { $day }
statement-template = Template (XLSX)
statement-file = Your file
statement-file-hint = One XLSX file, one ZIP file or several CSV files. Together at most 25 MB.
statement-send = Hand in a file
statement-send-again = Hand in the corrected file
statement-check-and-send = Check and hand in
statement-replaces = There is a statement already. A new file takes its place. The old statement is kept.
statement-replace = Hand in another file
statement-how = How it works
statement-how-fill = Fill in the template
statement-how-fill-text = Or make the same file with your own system.
statement-how-send = Hand in the file
statement-how-send-text = We check every row and report all faults at once.
statement-how-receipt = Keep the receipt
statement-how-receipt-text = It has the number and the time.
statement-closed = This quarter was set final on { $day }
statement-closed-next = You cannot hand in a statement any more. If something is not right, tell the contract manager of the municipality.
statement-accepted = Your statement has been received
statement-accepted-next = The municipality computes the indicators when the statements of all providers are in. You see the outcome on the page of the quarter.
statement-sent-back =
    { $count ->
        [one] 1 row was not saved.
       *[other] { $count } rows were not saved.
    }
statement-receipt = Receipt
statement-receipt-number = Number
statement-receipt-at = Received
statement-receipt-file = File
statement-receipt-hash = Checksum (SHA-256)
statement-receipt-keep = Keep or print this receipt.
statement-read = What we read
statement-nil = You stated that you had nothing to report this quarter.
statement-rows =
    { $count ->
        [one] 1 row
       *[other] { $count } rows
    }
statement-refused =
    { $count ->
        [one] There is 1 fault in your file
       *[other] There are { $count } faults in your file
    }
statement-refused-nothing = Nothing has been saved yet.
statement-refused-rows = Of the rows, { $good } are good and { $refused } are not.
statement-to-faults = See what you can correct
statement-faults = What you can correct
statement-faults-all =
    { $count ->
        [one] 1 fault
       *[other] { $count } faults
    }
statement-faults-first = the first { $shown } of { $count } faults; the marked file shows them all
statement-place = Place
statement-found = It says
statement-expectation = Expected
statement-empty = empty or not shown
statement-place-cell = { $sheet }, row { $row }, { $column }
statement-place-row = { $sheet }, row { $row }
statement-place-column = { $sheet }, { $column }
statement-two-ways = How do you want to go on?
statement-two-ways-text = Correct the marked file and hand it in again below. Or let us save the good rows now. You then send the others later.
statement-marked = Download your file with the faults marked
statement-take-good = Save { $good } good rows, send { $refused } back
statement-warnings =
    { $count ->
        [one] Please note: 1 remark
       *[other] Please note: { $count } remarks
    }
statement-warnings-text = We accept your statement all the same. Please check whether it is right.
statement-to-quarter = To the quarter
## sheet
sheet-place-sheet = Sheet { $sheet }
sheet-place-row = row { $row }
sheet-place-column = column { $column }
sheet-found = it says "{ $found }".
sheet-missing = This cell is empty. Fill it in.
sheet-holds-bsn = There is a number here that may be a citizen service number (BSN). A BSN may not be in this file. Remove it and use a number of your own.
sheet-holds-invisible = This cell holds a character that you cannot see, or a line break. Type the text again.
sheet-too-long = The text is too long. Use at most { $max } characters.
sheet-formula-error = The formula in this cell gives an error. Enter a value.
sheet-formula-without-result = The result of this formula is not in the file. Open the file in your spreadsheet program and save it again, or enter the result yourself.
sheet-not-a-date = Enter a date, for example 30-09-2026.
sheet-two-digit-year = Write the year with four digits, for example 30-09-2026.
sheet-no-such-day = This day does not exist. Enter a date, for example 30-09-2026.
sheet-year-out-of-range = This year cannot be right. Enter a date between 1950 and 2100.
sheet-number-for-date = This is a number. Format the cell as a date, for example 30-09-2026.
sheet-text-became-date = Your spreadsheet program turned this into a date. Format the cell as text and type the value again.
sheet-text-became-number = Your spreadsheet program turned this into a number, which is no longer exact. Format the cell as text and type the value again.
sheet-not-an-amount = Enter an amount, for example 45,00.
sheet-not-a-quantity = Enter a number, for example 1,5.
sheet-ambiguous-number = This can mean two things. Write { $large } or { $small }.
sheet-too-many-decimals = Round to two decimals.
sheet-number-too-large = This number is too large.
sheet-not-whole = Enter a whole number from { $min } to { $max }.
sheet-not-yes-no = Enter ja or nee (yes or no).
sheet-not-on-list = Choose one of these words: { $words }.
sheet-not-an-email = Enter an e-mail address, for example name@gemeente.nl.
sheet-not-a-kvk = Enter a KvK number of eight digits.
sheet-not-a-quarter = Enter a quarter, for example 2026-Q3.
sheet-quarter-became-date = Your spreadsheet program turned the quarter into a date. Type it with a Q, for example 2026-Q3.
sheet-not-codes = Enter codes of two digits with a semicolon between them, for example 12;85.
sheet-column-missing = This column is missing. Add it, with this name in row 1.
sheet-column-twice = This column is there twice. Remove one.
sheet-sheet-twice = This sheet is there twice. Remove one.
sheet-heading-elsewhere = The names of the columns are in row { $row }. Remove the rows above. Then they are in row 1.
sheet-no-heading = The names of the columns are missing. Put them in row 1, as in the template.
sheet-unknown-column = We do not know this column. We skip it.
sheet-unknown-column-near = We do not know this column. We skip it. Do you mean { $name }?
sheet-unknown-sheet = We do not know this sheet. We skip it.
sheet-hidden-sheet = This sheet is hidden. We do read it. Is that right?
sheet-merged-cells = Cells are merged here. We read only the first cell. Is that right?
sheet-file-ignored = This file is not CSV. We skip it.
sheet-list-sheet = sheet
sheet-list-row = row
sheet-list-column = column
sheet-list-found = it says
sheet-list-message = what you can do
sheet-note-required = Required.
sheet-note-example = Example: { $example }
sheet-explain-how = Fill in the sheets. Leave the names of sheets and columns as they are. A sheet without lines may stay empty. We do not read this sheet.
sheet-explain-required = required
sheet-explain-explanation = explanation
sheet-explain-example = example
sheet-refused-empty = The file is empty. Choose another file.
sheet-refused-too-large = The file is too large. It may be at most { $max } MB. Remove formatting and pictures, or send the sheets as CSV.
sheet-refused-bomb = This file becomes far too large when we unpack it. That is why we do not open it. Copy your lines to an empty template and try again.
sheet-refused-too-many-files = There are too many files in this file. There may be at most { $max }.
sheet-refused-encrypted = The file has a password. Save it without a password and try again.
sheet-refused-old-xls = This is an old Excel file (.xls). In Excel choose Save as, then Excel workbook (.xlsx).
sheet-refused-xlsb = This is a binary Excel file (.xlsb). In Excel choose Save as, then Excel workbook (.xlsx).
sheet-refused-ods = This is a file of LibreOffice or OpenOffice (.ods). Choose Save as, then Excel 2007-365 (.xlsx).
sheet-refused-pdf = This is a PDF. Send the statement as an Excel workbook (.xlsx) or as a ZIP of CSV files.
sheet-refused-html = This is a web page, not an Excel file. Open it in Excel, choose Save as, then Excel workbook (.xlsx).
sheet-refused-lone-csv = This is one CSV file. Put the CSV files of all sheets together in one ZIP file.
sheet-refused-not-a-spreadsheet = We do not recognise this file. Send an Excel workbook (.xlsx), or a ZIP of CSV files.
sheet-refused-damaged = The file is damaged or not complete. Open it in Excel, save it again and try once more.
sheet-refused-no-sheets = There are no sheets in this file that we can read. Send an Excel workbook (.xlsx), or a ZIP of CSV files.
sheet-refused-too-many-sheets = This file has too many sheets. There may be at most { $max }.
sheet-refused-too-many-rows = Sheet { $sheet } has more than { $max } rows. Send fewer rows, or call the contract manager.

## statement
statement-head-missing = This sheet is missing or empty. Make a sheet Opgave with your kvk and the quarter.
statement-head-twice = This sheet may have only one row. Remove this row.
statement-nil-with-lines = You enter ja (yes), but there are { $lines } lines in the file. Enter nee (no), or remove the lines.
statement-nothing-stated = There are no lines in the file. Do you have nothing to state this quarter? Then enter ja (yes) here.
statement-nothing-in-file = There are no lines in the file.
statement-duplicate = This number is also in row { $row }. Give every row its own number, or remove one.
statement-until-before-from = The column tot lies before the column van. Change one of the two.
statement-rests-on-refused = This row belongs to { $of }, and that row was refused. Correct that row first. Then hand this row in again.
statement-other-provider = This is not the KvK number of your organisation. Your number is { $expected }.
statement-other-quarter = This statement is about { $expected }. Choose another file, or change the quarter.
statement-quarter-closed = This quarter has been set final. Contact the contract manager.
statement-unknown-case = This dossier number is not on sheet Trajecten, nor in an earlier statement. Add the trajectory, or change the number.
statement-unknown-profile = We do not know this profile. Choose a profile from the template.
statement-unknown-contact = We do not know this contact person. Enter the e-mail address of your contact person at the municipality.
statement-contact-not-active = This contact person did not work for the municipality on { $day }. Enter the contact person of that time.
statement-product-not-agreed = This product is not in your agreement. Choose a product from your agreement.
statement-no-tariff = No tariff is valid for this product on { $day }. Check the product and the date.
statement-other-unit = This product has another unit: { $units }.
statement-other-tariff = Another tariff is valid on { $day }: { $tariff }.
statement-negative-tariff = A tariff is never negative. Make the quantity negative.
statement-no-agreement = There is no agreement with you for this period. Contact the contract manager.
statement-outside-agreement = This day lies outside your agreement ({ $period }).
statement-before-trajectory = This day lies before the beginning of the trajectory. The client was referred on { $start }.
statement-after-trajectory = This day lies after the end of the trajectory. It ended on { $end }.
statement-more-than-approved = Together with earlier lines this is { $charged }. The municipality approved { $approved }.
statement-charged-twice = The same dossier, with the same product and period, is also on line { $line } ({ $place }). Remove one.
statement-month-twice = This product is also charged for this month on line { $line } ({ $place }). You may charge a month once.
statement-in-row = row { $row }
statement-in-quarter = statement { $quarter }
statement-other-amount = Quantity times tariff is { $amount }. Change the amount, the quantity or the tariff.
statement-negative-without-line = This amount is negative. Enter here which line you correct.
statement-corrects-nothing = We do not know a line with this number. Enter the number of the line that you correct.
statement-unknown-vog-code = This code is not on the list of Justis. Check which code is on the VOG.
statement-earlier-than = This day lies before { $than }. Is that right?
statement-after-quarter = This day lies after the quarter. Is that right?
statement-incomplete = The column { $other } is empty. Is that right?
statement-other-than-in-row = The data of this professional differ from those in row { $row }. Is that right?
statement-same-as-row = This row is the same as row { $row }. Is that right?
statement-same-amount = Row { $row } has the same dossier, the same product and the same amount in the same month. Is this right? Are they two separate deliveries?
statement-outside-quarter = The period of this line is not wholly within the quarter. Is that right?
statement-positive-correction = This line corrects another line, but the amount is not negative. Is that right?
statement-corrects-more = This correction is larger than the amount that is left of that line. Is that right?
statement-corrects-other = The line that you correct has another dossier or another product. Is that right?
statement-far-from-last-year = The total differs by { $percentage } per cent from the same quarter last year. It was { $last_year } then. Is that right?
statement-column-opgave-kvk = Your number in the Dutch company register: eight digits.
statement-column-opgave-kwartaal = The quarter that the statement is about.
statement-column-opgave-nulopgave = Enter ja (yes) when you have nothing to state this quarter.
statement-column-opgave-toelichting = What goes well, what gets stuck, how long is the waiting time? At most 2,000 characters. No names of clients.
statement-column-trajecten-dossiernummer = Your own number of the trajectory. Every number occurs once.
statement-column-trajecten-clientnummer = The municipality's number of the client. Never the BSN.
statement-column-trajecten-clientnaam = The name of the client. We keep it encrypted. Only you and the contact person of the client see it.
statement-column-trajecten-contactpersoon = The e-mail address of the contact person at the municipality.
statement-column-trajecten-profiel = The profile of the client.
statement-column-trajecten-product = The code of the product, as it stands on the page of your organisation.
statement-column-trajecten-aangemeld_op = The day on which the municipality referred the client to you.
statement-column-trajecten-gestart_op = The first day of the trajectory.
statement-column-trajecten-plan_akkoord_op = The day on which the trajectory plan was agreed.
statement-column-trajecten-aantal_resultaatafspraken = How many agreed results the plan holds.
statement-column-trajecten-client_akkoord_op = The day on which the client agreed to the plan.
statement-column-trajecten-coach_betrokken = Is an activation coach involved?
statement-column-trajecten-coach_akkoord_op = The day on which the coach agreed to the plan.
statement-column-trajecten-contactpersoon_geinformeerd_op = The day on which you informed the contact person of the plan.
statement-column-trajecten-termijn_eindigt_op = The day on which the agreed term ends.
statement-column-trajecten-opschorting_dagen = How many days the trajectory was suspended with the municipality's consent.
statement-column-trajecten-verlenging_toegestaan_op = The day on which the municipality permitted an extension.
statement-column-trajecten-beeindigd_op = The last day of the trajectory.
statement-column-trajecten-reden_einde = Why the trajectory ended.
statement-column-trajecten-resultaat = How much of the agreed results was achieved.
statement-column-trajecten-reden_vastgelegd = Has the reason been recorded if not all was achieved?
statement-column-trajecten-werk_gestart_op = The client's first day at work.
statement-column-trajecten-uren_per_week = How many hours a week the client works.
statement-column-trajecten-indicatie_op = The day of the indication for sheltered work.
statement-column-trajecten-plek_beschikbaar_op = The day on which a place for sheltered work was free.
statement-column-trajecten-geplaatst_op = The day on which the client began in that place.
statement-column-trajecten-trede_start = The step on the participation ladder at the start: 1 to 6.
statement-column-trajecten-trede_nu = The step on the participation ladder now, or at the end: 1 to 6.
statement-column-terugkoppelingen-dossiernummer = The number of the trajectory, as on sheet Trajecten.
statement-column-terugkoppelingen-afgesproken_op = The day on which you were to give feedback.
statement-column-terugkoppelingen-gedaan_op = The day on which you gave feedback. Empty if it did not happen.
statement-column-terugkoppelingen-wijze = How you gave feedback, for example by telephone.
statement-column-medewerkers-personeelsnummer = Your own number of the professional. No name.
statement-column-medewerkers-functiegroep = The group the professional belongs to.
statement-column-medewerkers-klantcontact = Does this professional work with clients?
statement-column-medewerkers-in_dienst_op = The first working day with you.
statement-column-medewerkers-uit_dienst_op = The last working day with you. Empty if the professional still works with you.
statement-column-medewerkers-vog_datum = The date that stands on the VOG. Two VOGs are two rows.
statement-column-medewerkers-vog_soort = Does the VOG carry function aspects, or one specific profile?
statement-column-medewerkers-vog_codes = The codes on the VOG, with a semicolon between them.
statement-column-medewerkers-vog_gecontroleerd_op = The day on which you saw the VOG.
statement-column-klachten-klachtnummer = Your own number of the complaint. Every number occurs once.
statement-column-klachten-ontvangen_op = The day on which you received the complaint.
statement-column-klachten-gemeld_op = The day on which you reported the complaint to the municipality.
statement-column-klachten-soort = What the complaint was about. No names.
statement-column-klachten-afgehandeld_op = The day on which the complaint had been handled.
statement-column-klachten-uitkomst = How it ended. No names.
statement-column-kosten-regel = The number of the line. Every number occurs once.
statement-column-kosten-dossiernummer = The number of the trajectory, as on sheet Trajecten.
statement-column-kosten-contactpersoon = The e-mail address of the contact person at the municipality.
statement-column-kosten-product = The code of the product, as it stands on the page of your organisation.
statement-column-kosten-van = The first day you charge for.
statement-column-kosten-tot = The last day you charge for.
statement-column-kosten-eenheid = The unit of the tariff, for example uur (hour) or maand (month).
statement-column-kosten-aantal = The number of units, with at most two decimals.
statement-column-kosten-tarief = The tariff per unit, without VAT.
statement-column-kosten-bedrag = Quantity times tariff, without VAT.
statement-column-kosten-btw = The VAT on the amount.
statement-column-kosten-factuurnummer = The number of your invoice.
statement-column-kosten-corrigeert_regel = Only with a negative amount: the number of the line that you correct.
statement-column-uitstroom-clientnummer = The municipality's number of the client. Never the BSN.
statement-column-uitstroom-uitkering_beeindigd_op = The day on which the benefit ended.
statement-column-uitstroom-reden = Why the benefit ended.
statement-column-plaatsingen-clientnummer = The municipality's number of the client. Never the BSN.
statement-column-plaatsingen-bevestigd = Has the placement in sheltered work been confirmed?
statement-column-plaatsingen-wachtlijst_dagen = How many days the client was on the waiting list.
statement-column-uitsluitingen-dossiernummer = The provider's number of the trajectory.
statement-column-uitsluitingen-indicator = For which indicator, 1 to 10. Empty means: for all.
statement-column-uitsluitingen-code = The reason for exclusion, from the fixed list.
statement-column-uitsluitingen-akkoord = Does the municipality agree to the exclusion?
statement-column-uitsluitingen-reden = Why, in a few words. No names.
statement-column-onderzoeken-onderzoek = The name of the survey.
statement-column-onderzoeken-uiterlijk_op = The last day to take part.
statement-column-onderzoeken-kvk = The KvK number of the provider: eight digits.
statement-column-onderzoeken-meegewerkt_op = The day on which the provider took part. Empty if that did not happen.

## procedure
procedure-unit-minute = minute
procedure-unit-hour = hour
procedure-unit-half-day = half-day
procedure-unit-day = day
procedure-unit-week = week
procedure-unit-month = month
procedure-unit-trajectory = trajectory
procedure-unit-piece = piece
procedure-unit-placement = placement
procedure-unit-report = report

## facts: de instellingen in woorden
facts-setting-definitions = Version of the definitions
facts-setting-k1-days = 1: days for the trajectory plan after referral
facts-setting-k1-boundary = 1: whether the last day counts
facts-setting-k2-agree-within-days = 2: days for agreement after the plan
facts-setting-k3-inform-within-days = 3: days to inform the contact person
facts-setting-k3-grace-days = 3: days of grace when comparing
facts-setting-k5-include = 5: who counts
facts-setting-k6-permitted-extension = 6: extension with permission
facts-setting-k7-report-within-working-days = 7: working days to report a complaint
facts-setting-k8-months = 8: months until outflow
facts-setting-k8-outflow = 8: what outflow is
facts-setting-k9-clock = 9: when the term begins
facts-setting-k9-months = 9: months until placement
facts-setting-k10-due-days = 10: days for the statement after the quarter
facts-setting-k10-repair-days = 10: days for repair
facts-setting-attention-points = Points below the target for attention
facts-setting-small-indicative-below = Indicative below this number
facts-setting-small-small-below = Small number below this number
facts-setting-target = Target of indicator { $number }, in percent

## assessment: wat er verloopt
assessment-expiring-procedure = Complaints procedure
assessment-expiring-agreement = Agreement

## assessment: wat er gebeurde en wat besliste
assessment-event-received = Quarterly statement handed in
assessment-event-reason = Reason given for indicator { $number }
assessment-event-reaction = Reaction of the provider to indicator { $number }
assessment-event-judged = Provisional verdict computed, version { $version }
assessment-event-final = Quarter set final
assessment-superseded = The figures have been computed again in the meantime. Below are the new figures. Check them and then set the quarter final.
assessment-no-coach = not needed
assessment-still-there = still there
assessment-valid-until = valid until { $day }
assessment-adviser-named = named
assessment-end-completed = completed
assessment-end-work = work
assessment-end-study = study
assessment-end-dropout = dropped out
assessment-end-moved-on = moved on
assessment-end-own-firm = own firm
assessment-end-other = other
assessment-kind-employee = employee
assessment-kind-self-employed = self-employed
assessment-kind-temp = temp
assessment-kind-intern = intern
assessment-kind-volunteer = volunteer
statement-no-file = Choose a file first.
report-web-provisional = Provisional

## cli: de voorbeeldgemeente
cli-demo-made = The invented municipality is in { $folder }. Assessed: { $quarter } and the seven quarters before it.
cli-demo-statements = Statements of the providers: { $folder }
cli-demo-reports = { $count } reports: { $folder }
cli-demo-sign-in = Open { $address } in your browser. Each link works once:
cli-demo-as-manager = contract manager
cli-demo-as-provider = provider ({ $name })
cli-demo-as-viewer = viewer
cli-demo-look = Look first at:
cli-demo-look-quarter = the last quarter of { $name }: ten indicators, with proposal and decision
cli-demo-look-cases = the cases behind indicator 1: click the name of the indicator
cli-demo-look-refused = a refused file with marked cells: { $folder }/…-met-fouten.xlsx
cli-demo-look-report = the report as a page and as PDF
cli-demo-letters = { $count } letters about applications: { $folder }
cli-demo-as-assessor = assessor of applications
cli-demo-as-decision-maker = decision maker on applications
cli-demo-as-applicant = applicant ({ $name }): this organisation is asked for a supplement
cli-demo-look-applications = the applications: at least one in every status, with evidence, verdicts and letters
cli-demo-stop = Stop: Ctrl+C.
## cli: the command line
cli-trouble = This did not work: { $cause }
cli-no-municipality = There is no municipality yet. Begin with openhouse demo. Or choose with --database-url the database that holds your municipality.
cli-which-municipality = Which municipality? Give one of these names with --municipality: { $names }.
cli-unknown-provider = This municipality has no provider with KvK number { $kvk }. Check the number.
cli-no-agreement = The provider with KvK number { $kvk } has no agreement in this quarter.
cli-not-judged = There is no assessment of { $quarter } yet. Run openhouse assess first.
cli-import-whose = We cannot read in this file which provider the statement is from. Give the KvK number with --provider.
cli-import-when = We cannot read in this file which quarter the statement is about. Give the quarter with --quarter, for example 2026-Q3.
cli-import-taken = Statement of { $name } about { $quarter }: all rows are good.
cli-import-partly = Statement of { $name } about { $quarter }: the good rows go ahead, the others go back.
cli-import-refused = Statement of { $name } about { $quarter }: refused. No row was taken. Correct the faults and hand the file in again.
cli-import-dry-run = This is a dry run: nothing was stored.
cli-import-receipt = The receipt is recorded under number { $number }, { $at }.
cli-import-digest = Checksum (SHA-256): { $digest }
cli-import-fault = fault: { $message }
cli-import-warning = note: { $message }
cli-import-marked = The faults are marked in { $path }
cli-import-not-marked = The file with the marked faults cannot be written: { $path } ({ $cause })
cli-import-municipality = The municipal file of { $name } is recorded.
cli-import-municipality-good = The municipal file of { $name }: all rows are good.
cli-migrate-nothing = The database was up to date already.
cli-migrate-done = The database was brought up to date: { $changes }
cli-database-behind = The database { $database } does not exist yet or is not up to date: { $changes }. Run openhouse migrate first.
cli-check-configuration = Configuration
cli-check-database = Database
cli-check-files = Files
cli-check-audit = Audit log
cli-check-good = { $what }: in order
cli-check-wrong = { $what }: not in order. { $why }
cli-check-no-folder = The folder { $folder } does not exist. Run openhouse migrate, or choose another folder with --files.
cli-check-audit-unseen = The audit log can be checked once the database is in order.
cli-audit-whole =
    { $lines ->
        [0] The audit log is empty.
        [one] The audit log is intact: 1 line. The last one has checksum { $head }.
       *[other] The audit log is intact: { $lines } lines. The last one has checksum { $head }.
    }
cli-audit-broken = The audit log is not intact. Line { $id } does not follow from the line before it, or was changed.
cli-user-none = There are no users yet.
cli-user-unknown = There is no user with e-mail address { $email }. Run openhouse user list to see all users.
cli-user-link = Invitation for { $name }, to be used before { $until }. Give it to this person only (start openhouse serve first):

## statement: who or what in the municipal file is not known
statement-contradicts = Row { $row } says something else about this. Remove one of the two rows, or make them the same.
statement-stranger-client = This client is not known. Check the number.
statement-stranger-case = This case is not known, or more than one provider has a case with this number. Check the number.
statement-stranger-provider = This provider is not known to the municipality. Check the KvK number.

## facts: de waarden van instellingen
facts-setting-none = none
facts-setting-inclusive = yes, it counts
facts-setting-strict = no
facts-setting-late = counts as late
facts-setting-within = counts as in time
facts-setting-through-work = benefit ended through work
facts-setting-work-study-firm = benefit ended through work, study or own firm
facts-setting-paid-work = paid work started
facts-setting-latest = the latest of the dates
facts-setting-indication = at the indication
facts-setting-referral = at referral
facts-setting-employee = employee
facts-setting-self-employed = self-employed
facts-setting-temp = temp
facts-setting-intern = intern
facts-setting-volunteer = volunteer
statement-not-needed = Not needed
statement-line-not-needed = No statement needed: there was no agreement in this quarter

## cli: de eerste gemeente
cli-setup-name = Give a name of at most 200 characters, for the municipality and for the contract manager.
cli-setup-email = { $email } is not an e-mail address.
cli-setup-known = The municipality { $name } exists already. Nothing was changed.
cli-setup-done = The municipality { $name } is ready, with requirements, indicators, profiles, VOG rules and a product catalogue without tariffs.
statement-gone = The file is no longer waiting. Choose it again and send it once more.
statement-quarter-not-open = You cannot hand in a statement about this quarter: it is not over yet, or you had no agreement in it. Choose a quarter that is over.

## evidence
evidence-refused-name-missing = This file has no name. Give it one and send it again.
evidence-refused-name-too-long = The name of this file is too long. Use at most { $max } characters.
evidence-refused-name-characters = The name of this file holds invisible characters. Give it an ordinary name and send it again.
evidence-refused-name-path = The name of this file holds a slash or a colon. Take it out and send it again.
evidence-refused-empty = This file is empty. See whether you chose the right one.
evidence-refused-too-large = This file is too large. A file may be at most { $max } MB. Make it smaller or cut it in parts.
evidence-refused-quota-full = Your organisation has no room left for this file. Ask the municipality for more room.
evidence-refused-unknown-kind = We do not take this kind of file. Send a PDF, JPG, PNG, DOCX, XLSX or CSV.
evidence-refused-not-what-it-says = The content of this file does not fit its name. Open it and save it again, as a PDF for instance.
evidence-refused-two-in-one = Another file is hidden in this file. Open it and save it again as a PDF or a picture.
evidence-refused-virus = This file holds a virus. We did not keep it. Have your computer checked.
evidence-refused-bomb = This file grows far too large when it is opened. Save it again with smaller pictures.
evidence-refused-pdf-damaged = This PDF is damaged or not complete. Open it and choose “Save as PDF”, and send the new PDF.
evidence-refused-pdf-encrypted = This PDF has a password or a protection. Take it off, or print it to a new PDF.
evidence-refused-pdf-script = This PDF holds a program (JavaScript). Print it to a new PDF and send that one.
evidence-refused-pdf-launch = This PDF wants to start another program. Print it to a new PDF and send that one.
evidence-refused-pdf-embedded = This PDF holds attachments. Send each of them as a file of its own, and print this PDF to a new PDF.
evidence-refused-pdf-xfa = This is a form of a kind that we cannot show (XFA). Print it to a new PDF.
evidence-refused-pdf-media = This PDF holds film or sound that can play. Print it to a new PDF and send that one.
evidence-refused-pdf-action = This PDF fetches something from elsewhere or sends something away. Print it to a new PDF and send that one.
evidence-refused-office-damaged = This document is damaged. Open it and save it again, or save it as a PDF.
evidence-refused-office-encrypted = This document has a password. Take it off, or save it as a PDF.
evidence-refused-office-old = This is a document of an old kind. Save it as DOCX, XLSX or PDF.
evidence-refused-office-macros = This document holds macros. Save it without macros, or as a PDF.
evidence-refused-office-objects = This document holds parts of other programs. Save it as a PDF.
evidence-refused-office-links = This document fetches something from another file or from the internet. Save it as a PDF.
evidence-refused-office-too-many-parts = This document has too many parts. Save it as a PDF.
evidence-refused-image-damaged = This picture is damaged. Open it and save it again, or take a new photo.
evidence-refused-image-too-large = This picture has too many pixels. Make it smaller.
evidence-refused-csv-not-text = This CSV file is not plain text. Save it as CSV again in your spreadsheet program.
evidence-refused-csv-command = This CSV file holds a command that starts a program. Take it out.
evidence-refused-not-checked = We could not check this file. Open it and save it again as a PDF.
config-about-evidence-quota = How many MB of evidence one provider may store.
config-about-scan = The virus scanner: off, or clamd with its address. With clamd every file waits until it was looked at.
config-expected-evidence-quota = a whole number of MB, at least 25
config-expected-scan = off or clamd:HOST:PORT, such as clamd:127.0.0.1:3310
page-cannot-store = We cannot save anything now
page-cannot-store-advice = Nothing was saved. It is not you: our storage is out of order. Try again later. If it keeps going wrong, give the number below to the municipality.
evidence-title = Evidence
evidence-count = { $count ->
    [0] none yet
    [one] 1 piece
   *[other] { $count } pieces
 }
evidence-yours = Your evidence
evidence-none = You have no evidence yet. Add some with the form on this page.
evidence-piece = Piece
evidence-valid-until = Valid until
evidence-no-end = no end date
evidence-received-on = Received
evidence-received-by = Handed in by
evidence-state = Status
evidence-version = version { $number }
evidence-version-heading = Version { $number }
evidence-withdrawn = Withdrawn
evidence-infected = Infected, blocked
evidence-waits-for-scan = Waits for virus scan
evidence-expired = Expired
evidence-clean = Scanned, clean
evidence-received-state = Received
evidence-size = Size
evidence-pages = Pages
evidence-hash = Fingerprint
evidence-not-told = not filled in
evidence-download = Download
evidence-add = Add evidence
evidence-add-version = Add a new version
evidence-add-version-text = The versions that are there stay.
evidence-file = File
evidence-files = Files
evidence-files-hint = PDF, JPG, PNG, DOCX, XLSX or CSV, at most 25 MB a file. You can choose more than one.
evidence-file-hint = PDF, JPG, PNG, DOCX, XLSX or CSV, at most 25 MB.
evidence-title-field = Name of the evidence (optional)
evidence-title-hint = For instance: Liability policy 2027. Left empty, we use the name of the file.
evidence-dated = Date on the document
evidence-valid-until-field = Valid until (optional)
evidence-valid-until-hint = The last day on which the evidence counts.
evidence-send = Add
evidence-how = How it works
evidence-how-once = You hand evidence in once. After that you use it for any requirement and with any municipality. A municipality sees it only once you hand it in with a requirement.
evidence-how-checked = Every file is checked at once. If it does not pass, you read why and what you can do.
evidence-withdraw = Withdraw this evidence
evidence-withdraw-text = You cannot hand it in anew then. Who got it already keeps it.
evidence-stored = Saved.
evidence-outcome = { $stored ->
    [0] Nothing saved
    [one] 1 file saved
   *[other] { $stored } files saved
 }, { $refused } not
evidence-received = { $count ->
    [one] 1 file saved
   *[other] { $count } files saved
 }
evidence-received-next = You can now use it with a requirement.
evidence-choose = Choose one or more files.
evidence-choose-one = Choose one file.
evidence-wrong-title = Use at most 120 ordinary characters for the name.
evidence-wrong-date = Give a date, such as 31-12-2027.
evidence-ends-before = This date lies before the date on the document.
evidence-wrong-key = The form did not arrive whole. Send it again.
evidence-flag-bsn = The name of this file holds a number that looks like a BSN. Better send a version with another name.
evidence-flag-links = This file holds links to other websites.
evidence-flag-formulas = This file holds formulas. Do not open it without looking.
evidence-script-sending = Sending:
evidence-script-checking = Sent. We are checking the file.
evidence-script-failed = It did not arrive. Press Add once more.
evidence-script-done = Files saved:
evidence-script-drop = Or drag your files here.
evidence-script-drop-one = Or drag your file here.
page-menu-evidence = Evidence

## config: mail
config-about-mail-smtp-host = The mail server (SMTP). Left empty: mails are not sent, but wait.
config-about-mail-smtp-port = The port of the mail server. Left empty: 587 for starttls, 465 for tls, 25 for none.
config-about-mail-smtp-tls = How the line to the mail server is secured: starttls, tls or none. none only without a password or on this computer.
config-about-mail-smtp-user = The user at the mail server. Left empty: without signing in.
config-about-mail-smtp-password = The password at the mail server.
config-about-mail-from = The sender of every mail, with name and address. What cannot be delivered comes back here too.
config-about-mail-contact = Where the reader of a mail can ask; it stands below every mail.
config-expected-mail-smtp-host = the name of a server, such as smtp.example.org
config-expected-mail-smtp-port = a port, such as 587
config-expected-mail-smtp-tls = starttls or tls; none only without a user or on this computer
config-expected-mail-smtp-user = a name on one line
config-expected-mail-smtp-password = a password on one line
config-expected-mail-from = a name and an address, such as Open House <openhouse@example.org>
config-expected-mail-contact = a telephone number or address on one line
config-about-kvk-api-key = The key of the service KVK Zoeken. Left empty: a KvK number is not looked up in the trade register.
config-about-kvk-api-url = The address of that service.
config-about-kvk-api-root = A file (PEM) with the government certificate by which that service proves itself, when it is one that programs do not trust by themselves.
config-expected-kvk-api-key = a key without spaces
config-expected-kvk-api-url = an address that begins with https://
config-expected-kvk-api-root = a file
config-about-seal-certificate = The file (PEM) with the certificate by which the municipality seals its decisions, signed agreements and final reports, with the certificates up to the root below it. Left empty: nothing is sealed.
config-about-seal-key = The file (PEM, PKCS#8) with the key of that certificate: RSA of 2048 to 4096 bits, or P-256. Only the user as which Open House runs may read it.
config-about-seal-municipality = The municipality whose seal it is.
config-expected-seal = a file

## mail: what stands around every mail
mail-greeting = Dear { $name },
mail-link = Open this page: { $address }
mail-link-hidden = (only the recipient sees the personal link)
mail-closing = Kind regards,
mail-closing-from = Municipality of { $name }
mail-last-line = You cannot reply to this mail. Questions? { $contact }
mail-ask-municipality = Get in touch with the municipality.

## admin: looking after the mail
page-menu-admin = Administration
admin-mail = Mail
admin-mail-lead = What was sent, what waits and what came back
admin-texts = Mail texts
admin-no-server = No mail server is set
admin-no-server-advice = Mails are not sent. They wait until there is a mail server. Ask who looks after the installation to fill in mail_smtp_host and mail_from.
admin-stranded =
    { $count ->
        [one] One mail did not arrive
       *[other] { $count } mails did not arrive
    }
admin-newest = Newest mails
admin-older = Older mails
admin-no-mail = There are no mails yet.
admin-subject = Subject
admin-to = To
admin-email = Email address
admin-posted = Made
admin-state = State
admin-to-newest = To the newest
admin-to-older = Older mails
admin-health = How it goes
admin-waiting = Waiting
admin-waits-since = Waits longest, since
admin-not-delivered = Did not arrive
admin-sent-week = Sent in 7 days
admin-last-trouble = What the mail server said last:
admin-way = The way it goes
admin-destination = Mail server
admin-from = Sender
admin-contact = Questions to
admin-not-set = not set
admin-folder = folder “{ $folder }” of the demonstration; nothing is really sent
admin-send-test = Send yourself a test mail
admin-send-test-hint = The mail goes to your own address, along the way of every mail. Then you see what the mail server said about it.
admin-state-waiting = Waiting
admin-state-sent = Sent
admin-state-bounced = Refused
admin-state-given-up = Given up
admin-advice-waiting = The mail is sent by itself. If that fails, the system tries again for three days.
admin-advice-sent = The mail server took the mail.
admin-advice-laid-down = The mail lies as a file in the folder of the demonstration. Nothing was really sent.
admin-advice-bounced = The mail server refuses this mail. Check the email address, then send the mail again.
admin-advice-given-up = For three days the mail server did not take the mail. Check the mail server, then send the mail again.
admin-advice-secret = This mail did not arrive. The personal link in it was not kept. Check the email address and make a new invitation or link.
admin-text = Text
admin-fared = What became of it
admin-attempts = Attempts
admin-next = Next attempt
admin-server-said = The mail server said:
admin-in-portal = This message is also with the provider in the system. Nobody can change it there.
admin-file = File:
admin-send-again = Send again
admin-look-again = Look again
admin-texts-lead = What the system mails. You can replace each text by one of your own.
admin-texts-all = All mails
admin-when = When
admin-code = Code
admin-formal = Formal
admin-formal-yes = yes
admin-formal-no = not formal
admin-formal-lead = Formal: the text is also kept as a message in the system. The mail is only the notice.
admin-which-text = Text
admin-own-text = own text
admin-shipped-text = standard text
admin-subject-nl = Subject, Dutch
admin-body-nl = Text, Dutch
admin-subject-en = Subject, English
admin-body-en = Text, English
admin-around = The system itself adds the greeting, the link, the closing and the last line. Put no names of clients and no amounts in a mail.
admin-save = Save
admin-preview = Preview
admin-to-shipped = Put the standard text back
admin-preview-unsaved = This is how the mail will be (not saved yet)
admin-preview-saved = This is how the mail is
admin-preview-invented = The data in this example are invented.
admin-placeholders = What you can fill in
admin-placeholders-lead = Put such a word between double braces in the text. The system fills it in.
admin-versions = Versions
admin-no-versions = The standard text is in force.
admin-text-empty = Fill in a text.
admin-text-long = Make the text shorter: at most { $count } characters.
admin-text-nearest = { $found } does not exist here. Do you mean { $nearest }?
admin-text-unknown = { $found } does not exist here. Choose a word from the list.
admin-text-braces = “{ $found }” cannot be. Between double braces stands one word from the list, and nothing else.
admin-text-overtaken = { $name } has changed this text in the meantime. Your text is still in the form. Compare, and save again if your text must be in force.

## cli: de mail van de voorbeeldgemeente
cli-demo-as-admin = functional administrator
cli-demo-look-mail = Mail that the system makes lies in { $folder } as .eml: nothing is really sent.
cli-not-over = You can only assess { $quarter } once it is over.
cli-port-taken = The address { $address } is in use already. Choose another port, for instance with --port 8081.

## public: wat iedereen mag lezen
public-accessibility = Accessibility
public-accessibility-lead = Everybody should be able to work with this site, also with a screen reader, enlarged, or with a keyboard alone.
public-accessibility-how = How the site was made
public-accessibility-standard = Every page was made to WCAG 2.2, level AA: the guidelines for accessible websites.
public-accessibility-keyboard = Everything works with the keyboard. You always see where you are.
public-accessibility-script = Everything works without JavaScript, on a wide screen and on a telephone.
public-accessibility-tested = For every new version a program looks at every page, in two languages and at two widths. A program does not find everything.
public-accessibility-statement = The municipality's statement
public-accessibility-statement-at = In its statement the municipality says what has yet to be better on this site, and when that is ready.
public-accessibility-statement-link = Accessibility statement of the municipality
public-accessibility-statement-unknown = The municipality publishes its accessibility statement on its own website.
public-accessibility-stuck = Are you stuck?
public-accessibility-stuck-text = Tell the contract manager of the municipality. Say which page it was and what you wanted to do. You may also ask for the data in another form.

## report: wat onder de SHA-256 valt
report-no-agreement = No agreement in this quarter
report-note-as-of = Part of this report is as it stood on { $date }
report-covers-whole = The SHA-256 covers everything this report says about this quarter: facts, verdicts, agreement, definitions, costs, complaints, VOGs, what expires, reasons, reactions and actions. The figures of other quarters were recorded with it.
report-covers-quarter = The SHA-256 covers the facts, the verdicts, the agreement, the definitions, the costs of this quarter, the complaints, the VOGs and what expires. Reasons, reactions, actions and the figures of other quarters are not covered yet: they are as they stood on { $date }. They will be once the municipality sets the quarter final.
report-covers-findings = This assessment was recorded by an earlier version of the program. The SHA-256 covers the facts and the verdicts only. Agreement, definitions, costs, complaints, VOGs, what expires, reasons, reactions, actions and the figures of other quarters are as they stood on { $date } and are not covered.

## statement: twee keer verzonden, en regels die vervallen
statement-form-used = This form was sent before, with another file or with an outcome that is no longer there. Choose the file again and send it once more.
statement-drop-earlier = The cost lines that I stated before may be dropped
statement-drop-earlier-hint = Only needed for a nil return, or for a statement without cost lines.
statement-no-known-sheet = This file has no sheet that we know. We read the sheets { $known }. Give your sheets these names, or use the template.
statement-nil-over-filled = There is a statement about this quarter already, with { $lines } cost lines. A nil return drops those lines. Do you want that? Then tick that the earlier cost lines may be dropped (at the command line: --drop-earlier-lines) and hand in again.
statement-costs-dropped = There is no good cost line in this file. There are { $lines } about this quarter already, which would be dropped. Do you want that? Then tick that the earlier cost lines may be dropped (at the command line: --drop-earlier-lines) and hand in again.
sheet-misspelt-sheet = We do not know this sheet, and sheet { $name } is missing. Do you mean { $name }? Give the sheet that name, or remove it.

## facts: wat elkaar tegenspreekt
facts-fault-ends-before = { $path }: this day lies before { $start }. An end does not lie before its beginning.
facts-fault-same-ref = { $path }: { $found } also stands at { $first }. Every number stands in the list once.

## register
register-nothing-in-file = There are no rows in the file.
register-duplicate = Row { $row } says the same. Remove one of the two rows.
register-other-than-in-row = This says something else about the professional than row { $row }. Make them the same.
register-ends-before-it-begins = This day lies before the first day. Change one of the two.
register-negative-tariff = A tariff is never negative. Fill in an amount, for example 45,00.
register-number-taken = { $name } has this number already. Choose another number, or leave the cell empty.
register-other-number = This provider has number { $number }. A number does not change. Fill in that number, or leave the cell empty.
register-other-name = Another municipality knows this provider as { $name }. Fill in that name.
register-unknown-provider = This provider is not known to the municipality. Check the KvK number, or put the provider on sheet Aanbieders.
register-unknown-product = Product { $code } is not known. Check the code, or put the product on sheet Producten.
register-no-products = Fill in one or more product codes, with a semicolon between them.
register-unit-in-use = This product was charged per { $unit } before. Make a new product for another unit.
register-other-holder = This agreement is with { $name }. Check its number and the KvK number.
register-tariffs-overlap = Another tariff holds in this period ({ $period }). Fill in an earlier last day for the older tariff.
register-unknown-vog-code = Code { $code } is not on the list of Justis. Look on the VOG which code stands there.
register-column-aanbieders-kvk = The number in the trade register, eight digits.
register-column-aanbieders-naam = The name of the provider.
register-column-aanbieders-aanbiedernummer = Your own number for the provider. Empty: a new provider gets the next free number.
register-column-aanbieders-klachtenregeling_tot_en_met = The last day on which the complaints procedure holds. Empty: what is known stays.
register-column-aanbieders-vertrouwenspersoon = Did the provider name a confidential adviser?
register-column-producten-code = The code of the product, as it stands in the statements.
register-column-producten-naam_nl = The name of the product in Dutch.
register-column-producten-naam_en = The name in English.
register-column-producten-eenheid = What a quantity counts: hours, months, trajectories.
register-column-tarieven-product = The code of the product.
register-column-tarieven-tarief = The amount per unit, without VAT.
register-column-tarieven-geldig_vanaf = The first day of this tariff.
register-column-tarieven-geldig_tot_en_met = The last day of this tariff. Empty: until a next tariff begins.
register-column-overeenkomsten-overeenkomstnummer = The number of the agreement.
register-column-overeenkomsten-versie = The version that the provider acceded to.
register-column-overeenkomsten-kvk = The KvK number of the provider.
register-column-overeenkomsten-actief_vanaf = The first day of the agreement.
register-column-overeenkomsten-actief_tot_en_met = The last day. Empty if no end is known.
register-column-overeenkomsten-producten = The codes of the products that the provider may deliver, with a semicolon between them.
register-column-contactpersonen-email = The e-mail address by which providers know this person.
register-column-contactpersonen-naam = The name of the contact person.
register-column-contactpersonen-actief_vanaf = The first day as contact person.
register-column-contactpersonen-actief_tot_en_met = The last day. Empty if no end is known.
register-column-vogregister-kvk = The KvK number of the provider that the professional works for.
register-column-vogregister-personeelsnummer = The provider's number of the professional. No name.
register-column-vogregister-functiegroep = The group the professional belongs to.
register-column-vogregister-klantcontact = Does this professional work with clients?
register-column-vogregister-in_dienst_op = The first working day with the provider.
register-column-vogregister-uit_dienst_op = The last working day. Empty if the professional still works there.
register-column-vogregister-vog_datum = The date that stands on the VOG. Two VOGs are two rows.
register-column-vogregister-vog_soort = Does the VOG carry function aspects, or one specific profile?
register-column-vogregister-vog_codes = The codes on the VOG, with a semicolon between them.
register-column-vogregister-vog_gecontroleerd_op = The day on which the VOG was seen.

## cli: the municipality's own files
cli-import-providers = The register of { $name } is up to date.
cli-import-providers-good = The register of { $name }: all rows are good.
cli-import-staff = The VOG register of { $name } is up to date.
cli-import-staff-good = The VOG register of { $name }: all rows are good.
cli-import-template = The empty template is in { $path }
cli-import-template-there = { $path } is there already. Choose another name for the template.

## cli: looking at the stored files
cli-check-stored = { $wrong } of the { $seen } stored files are not in order:
cli-check-missing = { $digest } is missing. It belongs to { $what }.
cli-check-corrupted = { $digest } was changed on disk (now { $found }). It belongs to { $what }.
cli-check-unreadable = { $digest } cannot be read ({ $cause }). It belongs to { $what }.
cli-check-submission = receipt { $number } ({ $file }, { $quarter })
cli-check-report = the report of assessment { $number } ({ $language })
cli-check-letter = letter { $number } ({ $language })
cli-check-certificate = certificate of signing { $number } ({ $language })
cli-check-evidence = evidence { $number }, { $file }
cli-check-document = document of the procedure, { $file }

## help: the help of the command line
help-about = Contract management for re-integration services bought through Open House.
help-demo = Make an invented municipality, judge its quarters, write its reports, and serve it
help-setup = Make the first municipality with its definitions and its contract manager
help-serve = Serve the web application
help-judge = Judge one QuarterFacts document: facts in, findings out
help-import = Read a spreadsheet, a ZIP or a folder of CSV files
help-assess = Gather and judge a quarter
help-facts = Write the QuarterFacts document that assess uses
help-report = Write the report of a quarter per provider, as PDF and as HTML
help-migrate = Bring the tables of the database up to date
help-check = Look whether configuration, database, files and audit are in order
help-config = Show the configuration
help-audit = Look after the audit
help-user = Look after users
help-import-statement = Take in the quarterly statement of a provider
help-import-municipality = Take in what only the municipality knows: outflow, placements, exclusions and surveys
help-import-providers = Take in the register: providers, products, tariffs, agreements and contact persons
help-import-staff = Take in the VOG register: who works for which provider, and which VOGs were seen
help-config-show = Every setting with its value and where that came from; a password is never shown
help-as-json = As JSON
help-config-example = An example of openhouse.toml
help-audit-verify = Compute the chain of the audit again, line by line
help-user-list = Everybody who may sign in, with every role
help-demo-dir = The folder for database, files, spreadsheets and reports; default openhouse-demo
help-demo-port = Port of the web application; default 8080
help-demo-once = Stop after the reports
help-setup-name = The name of the municipality, without the word municipality
help-setup-manager = Name of the first contract manager
help-setup-email = E-mail address of the first contract manager
help-judge-facts = A QuarterFacts document; - reads standard input
help-import-file = An XLSX workbook, a ZIP of CSV files or a folder of CSV files
help-import-dry-run = Read and check, and store nothing
help-import-json = Tell the outcome as JSON
help-import-template = Write the empty template to this file, and read nothing
help-import-provider = KvK number of the provider, when the file is not to tell
help-import-quarter = 2026-Q3 or 2026-3, when the file is not to tell
help-import-good-rows = Take the good rows and send the others back
help-import-drop-earlier-lines = Let a nil return, or a file without cost lines, take the place of the cost lines stated before
help-one-provider = KvK number of one provider
help-quarter = 2026-Q3 or 2026-3
help-assess-json = Write the Findings documents, one after the other
help-assess-dry-run = Judge, and store nothing
help-provider = KvK number of the provider
help-report-out = The folder to write to
help-user-email = E-mail address of the user
help-user-role = The role, such as contract_manager, functional_admin, viewer or provider_admin
help-user-provider = KvK number of the provider, for a role with a provider
help-municipality = The municipality, when there is more than one
help-flag-config = Settings file; default openhouse.toml, when it is there
help-flag-database = sqlite:PATH or postgres://…
help-flag-files = file:DIR
help-flag-listen = Address and port of the web application
help-flag-public = Address that users type
help-flag-log = error, warn, info, debug or trace
help-flag-lang = nl or en
help-flag-max-requests = So many requests are answered at the same time
help-flag-accessibility = The address of your accessibility statement
help-flag-security = Where a weakness can be reported (mailto: or https:)
help-flag-evidence-quota = How many MB of evidence one provider may store
help-flag-scan = The virus scanner: off, or clamd:HOST:PORT
help-completions = Write a completion script for bash, zsh or fish
help-completions-shell = bash, zsh or fish
help-apart = Look at one file in a process of its own; the server starts this itself
help-apart-inspect = Judge the file that comes in
help-apart-name = The name of the file
help-apart-page = Draw a page of the PDF that comes in
help-apart-number = Which page
help-apart-sha256 = The SHA-256 of the PDF
help-apart-signatures = Read the signatures in the PDF that comes in
help-help = Show this help
help-version = Show the version
help-usage = Usage:
help-options = Options
help-commands = Commands
help-arguments = Arguments
help-any-options = [OPTIONS]
help-value-command = COMMAND
help-value-dir = DIR
help-value-name = NAME
help-value-address = ADDRESS
help-value-file = FILE
help-value-where = WHERE
help-value-level = LEVEL
help-value-quarter = QUARTER
help-value-lang = LANG
help-value-role = ROLE
help-value-facts = FACTS.json
help-value-municipality = MUNICIPALITY
help-wrong-value = { $argument } is "{ $value }". That is not what belongs here. { $expected }
help-no-value = { $argument } lacks its value.
help-unknown-argument = { $argument } does not exist with this command.
help-unknown-command = There is no command { $command }.
help-did-you-mean = Do you mean { $nearest }?
help-conflict = { $argument } and { $other } do not go together.
help-missing = This is missing: { $arguments }.
help-twice = { $argument } stands there more than once.
help-wrong-use = This command is not right.
help-try = --help shows all options.
help-expect-quarter = A quarter is expected, such as 2026-Q3.
help-expect-kvk = A KvK number of eight digits is expected.
help-expect-one-of = Choose one of: { $known }.
help-expect-number = A number is expected.

## trouble: what broke, in words
trouble-not-found = file or folder not found
trouble-no-permission = you have no permission here
trouble-there-already = this is there already
trouble-disk-full = the disk is full
trouble-read-only = this cannot be written to
trouble-is-folder = this is a folder, not a file
trouble-no-folder = this is a file, not a folder
trouble-port-taken = something else runs at this address
trouble-no-such-address = this computer has no such address
trouble-no-answer = there is no answer from the other side
trouble-too-late = it took too long
trouble-damaged = the file is damaged or incomplete
trouble-system = the system refuses this
trouble-file-missing = the stored file { $hash } is missing
trouble-file-changed = the stored file { $hash } was changed on disk
trouble-database-closed = the database does not open
trouble-database-refused = the database refuses this
trouble-database = the database has trouble
help-backup = Make a backup, look it over or put it back
help-backup-create = Make one file with database, files and check numbers
help-backup-verify = Compute every file and the audit of a backup again
help-backup-restore = Put a backup back into an empty database and an empty folder
help-backup-out = The file to make; a file that is there stays as it is
help-backup-file = The backup

## cli: backup
cli-backup-there = { $path } is there already. Choose another name.
cli-backup-made = The backup is in { $path }, with the database and { $files } files.
cli-backup-no-pg = The program { $program } is not on this computer. Install the programs of PostgreSQL (on Debian the package postgresql-client).
cli-backup-none = { $path } is no backup of openhouse, or is damaged.
cli-backup-whole = The backup of { $at } is whole: the database and { $files } files.
cli-backup-audit-later = The audit in a backup of PostgreSQL can only be verified once it is restored.
cli-backup-lacks = { $name } is missing from the backup.
cli-backup-changed = { $name } is not what was put into the backup.
cli-backup-more = The backup holds files that do not belong there.
cli-backup-other-database = The backup is of another kind of database. Choose the same kind with --database-url.
cli-backup-database-full = The database { $database } is there already or is not empty. Choose an empty one with --database-url.
cli-backup-folder-full = The folder { $folder } is not empty. Choose an empty one with --files.
cli-backup-back = Put back: the database { $database } and { $files } files.

## term
term-today = today
term-left = { $days ->
    [one] 1 day left
   *[other] { $days } days left
}
term-over = { $days ->
    [one] 1 day late
   *[other] { $days } days late
}
term-working-days = { $count ->
    [one] 1 working day after { $start }
   *[other] { $count } working days after { $start }
}
term-calendar-days = { $count ->
    [one] 1 day after { $start }
   *[other] { $count } days after { $start }
}
term-weeks = { $count ->
    [one] 1 week after { $start }
   *[other] { $count } weeks after { $start }
}
term-months = { $count ->
    [one] 1 month after { $start }
   *[other] { $count } months after { $start }
}
term-extended = { $days ->
    [one] { $rule }, 1 day longer because of an outage
   *[other] { $rule }, { $days } days longer because of an outage
}
term-moved = { $rule }; { $day } is not a working day, so the next working day counts
term-due-moved = { $due } (as { $day } is not a working day)

## procedure
procedure-state-draft = Draft
procedure-state-published = Published
procedure-state-open = Open
procedure-state-paused = Paused
procedure-state-closed = Closed
procedure-state-ended = Ended
procedure-entry-continuous = You can apply at any time
procedure-entry-fixed = You can apply at fixed times
procedure-entry-at-start = You can apply at the start only
procedure-remedy-court = start summary proceedings (kort geding) at the { $court } court
procedure-remedy-objection = object to the municipal executive. You can do so within 6 weeks
procedure-remedy-complaint = file a complaint with our complaints desk. You get an answer within 6 weeks
procedure-gap-code = a short code of letters, digits and hyphens
procedure-gap-name = the name in Dutch and English
procedure-gap-intro = the introduction in Dutch and English
procedure-gap-contact = name, phone and e-mail of the contact person
procedure-gap-court = the name of the court
procedure-gap-days = the first and the last day, in the right order
procedure-gap-criteria = criteria that hold for this domain
procedure-refused-not-found = There is no such procedure.
procedure-refused-role = You cannot do this in your role.
procedure-refused-state = This cannot be done now: the procedure has the status { $state }.
procedure-refused-incomplete = Something is missing: { $gaps }. Complete this first.
procedure-refused-not-proposed = A contract manager has to propose the publication first.
procedure-refused-four-eyes = Proposing and publishing are done by two different people. Ask a colleague.
procedure-refused-reason = Write down what you want to say.
procedure-refused-early = This can be done only after { $day }.
procedure-refused-no-end = This procedure has no last day. You can pause it.
procedure-refused-agreements = { $count ->
    [one] 1 agreement is still running. End it first.
   *[other] { $count } agreements are still running. End them first.
}
procedure-refused-code = This code is in use. Choose another.
procedure-refused-changed = { $by } changed this meanwhile. Look at the new version and try again.

## dossier
dossier-state-draft = Draft
dossier-state-submitted = Submitted
dossier-state-under-review = Under review
dossier-state-supplement-asked = Supplement asked
dossier-state-advised = Advice ready
dossier-state-admitted = Admitted
dossier-state-refused = Refused
dossier-state-refusal-final = Refusal final
dossier-state-in-court = Summary proceedings
dossier-state-set-aside = Not treated further
dossier-state-withdrawn = Withdrawn
dossier-state-lapsed = Lapsed
dossier-criterion-open = To do
dossier-criterion-handed-in = Handed in
dossier-criterion-under-review = Under review
dossier-criterion-met = Met
dossier-criterion-not-met = Not met
dossier-criterion-repair-asked = Supplement needed
dossier-criterion-not-applicable = Not applicable
dossier-criterion-expiring = Expires soon
dossier-criterion-expired = Expired
dossier-verb-start = Application begun
dossier-verb-submit = Application submitted
dossier-verb-take-up = Taken up for review
dossier-verb-ask-supplement = Supplement asked
dossier-verb-hand-in-supplement = Supplement handed in
dossier-verb-set-aside = Not treated further
dossier-verb-advise = Advice given
dossier-verb-send-back = Sent back with a question
dossier-verb-admit = Admitted
dossier-verb-refuse = Refused
dossier-verb-close-refusal = Refusal final
dossier-verb-note-case = Summary proceedings noted
dossier-verb-reopen = Under review again after the judgment
dossier-verb-lose-case = Refusal stands after the judgment
dossier-verb-withdraw = Application withdrawn
dossier-verb-lapse = Admission lapsed
dossier-term-completeness = Check whether everything is there
dossier-term-supplement = Supplement
dossier-term-assessment = Assessment
dossier-term-legal-protection = Legal protection
dossier-step-organisation = Your organisation
dossier-step-contact = Contact person
dossier-step-locations = Locations
dossier-step-offer = What you want to deliver
dossier-step-signatory = Who signs
dossier-step-declaration = Self-declaration
dossier-step-statements = Agreement and explanation
dossier-holds-until = The evidence is valid until { $day }.
dossier-holds-register = Its validity is in the VOG register.
dossier-holds-no-date = The date of the document is not filled in.
dossier-holds-no-end = The end date is not filled in.
dossier-holds-future = The date of the document ({ $day }) is after the day of receipt.
dossier-holds-too-old = The document was too old on receipt: it could not be from before { $day }.
dossier-holds-ended = The evidence was valid until { $day }.
dossier-again-at-once = whenever you want
dossier-refused-not-found = There is no such dossier.
dossier-refused-role = You cannot do this in your role.
dossier-refused-state = This cannot be done now: the application has the status { $state }.
dossier-refused-criterion = This cannot be done now: the criterion has the status { $state }.
dossier-refused-account = For this you have to be signed in with an account of your own.
dossier-refused-own-advice = You gave the advice. A colleague has to take the decision.
dossier-refused-incomplete = The application is not complete yet. Still needed: { $parts }.
dossier-refused-nothing-asked = Choose what you still need from the provider.
dossier-refused-reason = Write down why.
dossier-refused-term-over = The term ran until { $day }. Please contact the municipality.
dossier-refused-term-runs = The term still runs until { $day }.
dossier-refused-unjudged = Not all criteria have been judged: { $codes }.
dossier-refused-not-met = The provider does not meet: { $codes }.
dossier-refused-not-repairable = This criterion leaves no room for repair.
dossier-refused-closed = You cannot apply to this procedure now.
dossier-refused-already = There is an application already: { $number }. Go on with that one.
dossier-refused-known = This organisation has an account already. We passed on your request for access. You will hear from your administrator or the municipality.
dossier-refused-not-asked = The municipality did not ask for this: { $part }. You cannot change it now.
dossier-refused-evidence = You cannot use this file now. Choose another one.
dossier-refused-bulk = A refusal is given per provider, with a reason of its own.
dossier-refused-changed = { $by } changed this meanwhile. Look at both versions and choose.
dossier-refused-some-changed = These applications were changed meanwhile: { $numbers }. Nothing was recorded.

## bench: judging applications
page-menu-queue = Work queue
page-menu-queue-count = Work queue ({ $count })
bench-own-count = { $count ->
    [0] Nothing waits for you.
    [one] 1 task waits for you.
   *[other] { $count } tasks wait for you.
}
bench-whose = Whose
bench-whose-all = Everything
bench-whose-own = Only for you
bench-ours = With you
bench-ours-none = Nothing to do. New applications will appear here.
bench-theirs = With the provider
bench-theirs-none = Nothing waits for a provider.
bench-soon = Soon
bench-soon-none = Nothing ends in the near future.
bench-what = What
bench-provider = Provider
bench-since = Since
bench-day = Date
bench-term = Term
bench-no-term = No term runs.
bench-work-take-up = Take up a new application
bench-work-judge = { $count ->
    [one] Judge 1 criterion
   *[other] Judge { $count } criteria
}
bench-work-advise = Give advice
bench-work-decide = Take a decision
bench-work-set-aside = The supplement did not come in time
bench-work-court = Summary proceedings: record the judgment
bench-work-recheck = { $count ->
    [one] Judge new evidence for 1 criterion
   *[other] Judge new evidence for { $count } criteria
}
bench-work-supplement = Supplement requested
bench-work-renew = { $count ->
    [one] 1 piece of evidence has expired
   *[other] { $count } pieces of evidence have expired
}
bench-work-protection = Refused: the term of legal protection runs
bench-work-expires = { $count ->
    [one] 1 piece of evidence expires
   *[other] { $count } pieces of evidence expire
}
bench-application = Application { $number }
bench-kvk = KvK { $kvk }
bench-on-paper = came in on paper
bench-start-judging = Judge
bench-asked = Asked of the provider
bench-criteria = Criteria
bench-criterion = Criterion
bench-state = State
bench-evidence = Evidence
bench-progress = { $ready } of { $all } in order, { $municipality } with the municipality, { $provider } with the provider
bench-progress-later = { $parts }, { $later } later
bench-at-work = { $by } has been at work on this since
bench-at-work-lead = You may look and judge too. Whoever saves second sees both versions.
bench-timeline = Timeline
bench-next = What you can do now
bench-next-none = There is nothing to do for your role at the moment.
bench-terms = Term
bench-until = At the latest
bench-received = Received on
bench-decision = Decision
bench-advice = Advice
bench-outcome-admit = Admit
bench-outcome-refuse = Refuse
bench-remedy = Until { $day } the provider can { $remedy } ({ $rule }).
bench-ask = Ask for a supplement
bench-along = Order
bench-along-application = This application
bench-along-criterion = This criterion with every provider
bench-along-all = All that waits
bench-place = { $number } of { $all } to judge
bench-place-none = This criterion does not wait for a verdict.
bench-previous = Previous
bench-next-one = Next
bench-row = To judge
bench-row-open = Open
bench-row-theirs = With the provider
bench-row-judged = Judged
bench-no-evidence = No evidence was handed in for this criterion.
bench-stated = Statement of the provider
bench-agreed = The provider agreed.
bench-version = version { $number }
bench-pages = { $count ->
    [one] 1 page
   *[other] { $count } pages
}
bench-file-clean = No virus found
bench-file-received = Received, not scanned for viruses
bench-file-waits = Waits for the virus scan
bench-file-infected = Blocked: it holds a virus
bench-dated = Date on the document
bench-valid-until = Valid until
bench-digest = Hash (SHA-256)
bench-asked-what = What does the criterion ask?
bench-checks = Checked automatically
bench-check-insured = Check the cover yourself: at least { $event } per event and { $year } per year.
bench-verdict = Your verdict
bench-reason = Reason
bench-reason-hint = The provider can read this. Required, except with ‘Met’.
bench-holds-until = The verdict holds until
bench-holds-hint = Only with ‘Met’. Empty: without an end.
bench-save-next = Save and next
bench-earlier = { $count ->
    [one] 1 earlier verdict
   *[other] { $count } earlier verdicts
}
bench-choose = Choose a verdict
bench-no-day = Fill in a date, such as 31-12-2027, or leave the field empty
bench-theirs-came = { $by } changed this criterion meanwhile. Your verdict is not saved yet. Compare both versions and choose.
bench-their-version = The version of { $by },
bench-their-change = There is new evidence or the state changed.
bench-compare = Leave it so, or save your own verdict below. Both then stand in the history.
bench-own-version = Your version
bench-act-take-up = Take up
bench-act-advise = Give advice
bench-act-admit = Admit
bench-act-refuse = Refuse
bench-act-send-back = Send back with a question
bench-act-set-aside = Set aside
bench-act-note-case = Note summary proceedings
bench-act-reopen = Judgment: review again
bench-act-lose-case = Judgment: the refusal stands
bench-act-lapse = Let the admission lapse
bench-lead-take-up = You saw that the application is complete enough to judge. The term of the assessment begins today.
bench-lead-advise = Your advice goes to whoever decides. That is always somebody else. The provider does not see the advice.
bench-lead-admit = The provider is admitted and gets a message. The verdicts per criterion become visible to the provider.
bench-lead-refuse = The provider is refused and gets a message with the reasons per criterion and what it can do. The term of legal protection begins today.
bench-lead-send-back = The application goes back to the assessor with your question. The provider does not see the question.
bench-lead-set-aside = The supplement did not come in time. The application is not treated further. The provider gets a message and may apply again.
bench-lead-note-case = The provider has gone to court. The term stops until the judgment.
bench-lead-reopen = After the judgment the application is reviewed again. The term of the assessment begins today.
bench-lead-lose-case = After the judgment the refusal stands and is final.
bench-lead-lapse = The admission lapses, for instance because it was not signed in time. The provider may apply again.
bench-words-advise = Explanation of your advice
bench-words-admit = Explanation (may stay empty)
bench-words-question = Your question to the assessor
bench-words-case = Court and case number
bench-words-judgment = The judgment in short
bench-words-reason = Reason
bench-check = Check: { $act }
bench-to-check = Continue to check
bench-change = Change
bench-not-now = Not now
bench-blocked = This still stands in the way
bench-proposal = Proposal
bench-choose-proposal = Choose a proposal
bench-not-met = Criteria that are not met
bench-remedy-title = What the provider can do
bench-ask-lead = The provider gets a message and can change only the parts asked for. The term begins today: { $day } at the latest ({ $rule }).
bench-ask-what = What do you still need?
bench-ask-hint = Tick what you still need and write what must be done. The provider reads this.
bench-ask-words = What must the provider do?
bench-ask-message = General message (may stay empty)
bench-ask-check = Check: ask for a supplement
bench-ask-missing = Write what must be done: { $part }
bench-many = Judge many at once
bench-many-per = By criterion, for all providers
bench-many-waiting = To judge
bench-many-count = { $count ->
    [one] 1 provider
   *[other] { $count } providers
 }, { $waiting } to judge
bench-many-done = { $count ->
    [one] 1 verdict saved
   *[other] { $count } verdicts saved
 }
bench-many-check-lead = { $count ->
    [one] You give 1 provider this verdict. Check that it is right.
   *[other] You give { $count } providers the same verdict. It is recorded for each provider separately. Check that it is right.
 }
bench-many-who = Providers
bench-many-save = Save the verdicts
bench-many-empty = No provider has this criterion.
bench-many-look = Look at { $number }
bench-many-no-evidence = no evidence
bench-many-verdict = One verdict for all ticked providers
bench-many-never = ‘Not met’ is given per provider, not here. ‘Met’ holds as long as the provider’s own evidence does.
bench-many-reason-hint = Every ticked provider can read this. Required, except for ‘Met’.
bench-many-not-yours = This criterion is judged by another role.
bench-many-all-judged = Everything is judged. New evidence will appear here.
bench-many-none = Tick at least one provider
bench-many-doubtful = The evidence of { $names } does not count. Remove the tick and judge it separately
bench-download = Download
bench-pages-of = Pages of { $label }
bench-page-of = Page { $page } of { $label }
bench-more-pages = These are the first pages. Download the file to read all of it.
bench-only-download = This kind of file is not shown here. Download it to look at it.
bench-papers = Letters and report
bench-letter-of = { $name }, { $day }
bench-letter-receipt = Confirmation of receipt
bench-letter-supplement = Request for a supplement
bench-letter-admission = Admission
bench-letter-refusal = Refusal
bench-letter-set-aside = Set aside
bench-letter-withdrawal = Withdrawal
bench-report = Dossier report
## report-letter: letters about an application
report-letter-title = Letter { $reference }
report-letter-language = Language of the paper
report-letter-municipality = Municipality of { $name }
report-letter-translation = Translation
report-letter-translation-text = This is a translation. The letter in Dutch is the legal one.
report-letter-to = To
report-letter-attention = attn. { $name }
report-letter-date = Date
report-letter-reference = Our reference
report-letter-procedure = Procedure
report-letter-contact = Questions
report-letter-page = Online
report-letter-dear = Dear { $name },
report-letter-dear-provider = Dear provider,
report-letter-regards = Kind regards,
report-letter-footer = letter { $reference }
report-letter-last-day = Last day
report-letter-counted = How we count
report-letter-received = We have received your application
report-letter-received-text = We received your application on { $day } at { $time }. Your number is { $number }.
report-letter-received-paper = We received your application on paper on { $day }. On { $entered } we entered everything for you. Your number is { $number }.
report-letter-received-next = We check whether it is complete. You will hear from us by { $due }.
report-letter-received-supplement = We have received your supplement
report-letter-received-supplement-text = We received your supplement on { $day } at { $time }. Your number is { $number }.
report-letter-received-supplement-next = We are assessing your application. You will hear from us by { $due }.
report-letter-receipt = Receipt
report-letter-digest = Check number
report-letter-received-keep = Keep this letter. With the check number you can show later what you sent.
report-letter-supplement = Something is missing in your application
report-letter-supplement-text = Your application is not complete yet. Below you can read what we still need.
report-letter-asked-caption = What we still need
report-letter-asked-summary = For each part of the application what we ask of you.
report-letter-part = Part
report-letter-asked = What we ask of you
report-letter-supplement-until = When must it be there?
report-letter-supplement-term = You have until { $due } to supply this, that day included.
report-letter-supplement-late = Can you not manage that? Tell us before that day. If nothing comes, we cannot treat your application any further.
report-letter-admitted = You have been admitted
report-letter-admitted-text = Good news: you meet our requirements. We admit you to the procedure { $procedure }.
report-letter-next = What happens next?
report-letter-admitted-next = The next step is signing. You may begin once both you and we have signed.
report-letter-refused = You have not been admitted
report-letter-refused-text = You do not meet all our requirements. Therefore we do not admit you to the procedure { $procedure }.
report-letter-why = Why?
report-letter-why-caption = You do not meet these criteria
report-letter-why-summary = For each criterion the reason.
report-letter-criterion = Criterion
report-letter-reason = Reason
report-letter-disagree = Do you disagree with our decision?
report-letter-remedy = Then you can, until { $due }, that day included, { $remedy }.
report-letter-call-first = Would you like an explanation first? You may call us: { $phone }.
report-letter-ask-first = Would you like an explanation first? You may ask us.
report-letter-set-aside = We will not treat your application any further
report-letter-set-aside-asked = On { $asked } we asked you to complete your application. You had until { $due }.
report-letter-set-aside-text = You did not complete your application { $number } in time. Therefore we stop with this application.
report-letter-again = You can apply again whenever you want.
report-letter-withdrawn = You have withdrawn your application
report-letter-withdrawn-text = You withdrew your application { $number } on { $day }. We do nothing more with it.

## report-dossier: the dossier report
report-dossier-title = Dossier report application { $number }
report-dossier-header = dossier report
report-dossier-footer = application { $number }
report-dossier-state = State
report-dossier-received = Received
report-dossier-criteria = Criteria
report-dossier-no-criteria = No criteria have been assessed yet: the application has not been submitted.
report-dossier-criteria-caption = Criteria, with evidence and verdict
report-dossier-criteria-summary = For each criterion the verdict, the kind of evidence with its dates, and when and in what role it was judged.
report-dossier-result = Verdict
report-dossier-evidence = Evidence
report-dossier-dated = Dated
report-dossier-valid = Valid until
report-dossier-judged = Judged
report-dossier-others = { $count ->
    [one] and 1 other piece
   *[other] and { $count } other pieces
}
report-dossier-reasons = Reasons
report-dossier-reasons-caption = Criteria whose verdict has a reason
report-dossier-reasons-summary = For each criterion the verdict and the reason.
report-dossier-history = History and decisions
report-dossier-history-caption = All steps, the oldest first
report-dossier-history-summary = For each step when, what and in what role, and the words given.
report-dossier-when = When
report-dossier-what = What and in what role
report-dossier-words = Words given
report-dossier-remedy = Against the decision of { $decided } the provider could, until { $due }, { $remedy }.
report-dossier-agreements = Agreements
report-dossier-no-agreements = There is no agreement with this provider.
report-dossier-agreements-caption = Versions of the agreement that the provider takes part in
report-dossier-agreements-summary = For each agreement the version and the days on which it holds.
report-dossier-agreement = Agreement
report-dossier-version = Version
report-dossier-from = Holds from
report-dossier-until = Until
report-dossier-kind-document = document
report-dossier-kind-document-or-register = document or register
report-dossier-kind-signed-form = signed form
report-dossier-kind-seen = shown, not kept
report-dossier-kind-list = list
report-dossier-kind-vog = VOG register
report-dossier-kind-statement = statement
report-dossier-kind-tick = agreed in the form
## front
front-choose = Choose your municipality
front-menu-start = About Open House
front-menu-criteria = Quality criteria
front-menu-documents = Documents
front-menu-questions = Questions and answers
front-menu-register = Register
front-menu-apply = Apply
front-title = Open House { $name }
front-lead = The municipality works with every provider that meets the criteria. There is no contest and no ranking. The resident chooses.
front-see-criteria = See the criteria
front-entry = You can apply
front-opens = Open from
front-closes = Last day
front-what = What is Open House?
front-what-everybody = Do you meet all the criteria? Then we admit you. There is no maximum.
front-what-choice = The resident chooses a provider that fits, together with the municipality.
front-what-same = The same criteria, tariffs and rules hold for everybody.
front-what-once = You hand in your evidence once. You can use it again later.
front-how = How it works
front-how-apply = Apply
front-how-apply-text = You tell us about your organisation and get a link by mail.
front-how-fill = Fill your dossier
front-how-fill-text = You answer questions and show evidence, at your own pace.
front-how-review = Review
front-how-review-text = We look at each criterion. You read the reason at the criterion.
front-how-register = Admitted
front-how-register-text = You are in the public register.
front-contact = Contact
front-ask-here = Ask a question
front-criteria-day = Criteria on this day
front-criteria-day-wrong = Fill in a date, such as 1-12-2026.
front-criteria-show = Show
front-criteria-on = { $count ->
    [one] 1 criterion in force on { $day }
   *[other] { $count } criteria in force on { $day }
 }
front-criteria-count = { $count ->
    [one] 1 criterion
   *[other] { $count } criteria
 }
front-criteria-none = No criteria are in force on this day
front-criteria-none-advice = Choose another day.
front-criterion-evidence = What counts as evidence
front-criterion-equivalent = Equivalent evidence is accepted too.
front-criterion-holds = How long the evidence counts
front-criterion-why = Why
front-criterion-from = In force from
front-criterion-until = until { $day }
front-documents-none = No documents have been published yet.
front-document = Document
front-document-file = File
front-questions-same = Everybody reads the same answers, at the same moment.
front-questions-none = No answers have been published yet
front-questions-none-advice = Feel free to ask the first question.
front-question-published = Published on { $day }
front-question-ask = Ask a question
front-question = Your question
front-question-hint = Do not write names of clients or other people. The question and the answer will be public.
front-question-name = Your name (optional)
front-question-name-hint = Only the municipality sees your name.
front-question-nobody = A visitor
front-question-send = Send the question
front-question-empty = Write down your question.
front-question-received = We have received your question
front-question-received-next = The answer will appear on this page, for everybody at once.
front-too-long = Use no more than { $most } characters.
front-register-title = Register of admitted providers
front-register-none = No provider has been admitted yet
front-register-none-advice = As soon as a provider is admitted, you find it here.
front-register-provider = Provider
front-register-for = Admitted for
front-register-profiles = Client profiles: { $profiles }
front-apply-title = Apply as a provider
front-apply-time = This step takes 2 minutes. After that you fill your dossier at your own pace.
front-apply-closed = You cannot apply now
front-apply-closed-next = See when you can again:
front-apply-who = Your organisation and you
front-apply-procedure = What do you apply for?
front-apply-organisation = Name of your organisation
front-apply-organisation-empty = Fill in the name of your organisation.
front-apply-kvk = KvK number
front-apply-kvk-hint = Eight digits, as in the Business Register.
front-apply-kvk-wrong = Fill in a KvK number of eight digits.
front-apply-name = Your name
front-apply-name-empty = Fill in your name.
front-apply-email = Your e-mail address
front-apply-email-hint = We send the link to this address.
front-apply-email-wrong = Fill in an e-mail address, such as name@organisation.nl.
front-apply-send = Apply
front-apply-help = Help with applying
front-apply-kvk-unknown = This KvK number is not in the trade register. Check whether you typed it right.
front-apply-next = What happens next?
front-apply-next-link = You get a mail with a link. The link works for seven days.
front-apply-next-draft = Your application is then ready for you. You can stop and go on later.
front-apply-next-known = Is your organisation known already? Then we ask your administrator or the municipality to let you in.
front-applied = We have received your details
front-applied-new = You get a mail with a link to go on. The link works for seven days.
front-applied-known = Do we know your organisation already, but not you? Then your request for access was passed on. You will hear from your administrator or from the municipality.
front-applied-unchecked = We could not look up your KvK number in the trade register just now. That does not matter: your application simply goes on.
front-applied-nothing = No mail?
front-applied-nothing-text = Look in your spam folder too. Nothing after an hour? Contact us:

## procedure: criteria in words
procedure-ask-at-application = With the application
procedure-ask-on-request = When we ask for it
procedure-ask-before-start = Before the agreement starts
procedure-ask-periodic = Regularly, during the agreement
procedure-source-national-standard = This criterion is in the national contract standards.
procedure-source-usual-practice = This criterion is usual practice among municipalities.
procedure-source-startdocument = This criterion is in the municipality's starting document.
procedure-source-case-law = This criterion follows from court judgments.
procedure-source-local-policy = This criterion follows from the municipality's policy.
procedure-source-proposal = This criterion is a proposal of the municipality.
procedure-holds-received-within = On receipt no older than { $months ->
    [one] 1 month
   *[other] { $months } months
 }
procedure-holds-whole-term = As long as the agreement runs
procedure-holds-per-application = Once for each application
procedure-holds-per-version = Again with every new version of the agreement
procedure-holds-until-its-date = Until the end date that stands on it
procedure-holds-months = { $months ->
    [one] 1 month
   *[other] { $months } months
 }
procedure-holds-vog = By the rules for the certificate of conduct (VOG)

## mine
page-menu-mine = Overview
page-menu-messages = Messages
mine-applications = Your applications
mine-no-applications = You have no application yet.
mine-begin = Begin an application
mine-no-messages = There are no messages yet.
mine-no-messages-advice = As soon as the municipality formally lets you know something, you find it here.
mine-all-messages = All messages
mine-messages-kept = Everything the municipality formally let you know is kept here.
mine-messages-newest = Newest first
mine-message-subject = Subject
mine-message-at = Sent
mine-agreement = Agreement and quarters
mine-agreement-see = See your agreement
mine-quarters-see = See your quarters
mine-no-agreement = You have no agreement yet.
mine-dossier = Your dossier
mine-dossier-number = Application { $number }
mine-changed = Last changed
mine-state-draft = Not handed in yet
mine-to-check = Check and hand in
mine-to-check-supplement = Check and hand in the supplement
mine-supplement = The municipality asks for a supplement
mine-supplement-until = Hand in the supplement by { $day } ({ $left }). Only these parts are open.
mine-waiting = It is the municipality's turn
mine-term = { $what }: by { $day } ({ $left })
mine-decision = The decision
mine-remedy = Do you disagree with this decision? Until { $day } you can { $remedy }
mine-again = You can apply again
mine-again-text = You begin a new application. You can use your evidence again.
mine-again-button = Apply again
mine-progress = { $ready } of { $all } criteria are ready
mine-progress-split = { $own } with you · { $municipality } with the municipality · { $later } later
mine-your-details = Your details
mine-ready-of = { $ready } of { $all } ready
mine-status-ready = Ready
mine-status-begun = Begun
mine-status-todo = To do
mine-status-repair = Supplement needed
mine-status-later = Later
mine-aside = Help with your dossier
mine-how-account = Account and organisation
mine-how-fill = Evidence per criterion, in any order
mine-how-decision = Decision
mine-how-decision-text = Somebody other than the assessor decides.
mine-contact = Your contact
mine-receipts = Receipts
mine-receipt-number = Receipt { $number }
mine-history = What happened
mine-withdraw = Withdraw the application
mine-step-of = Step { $number } of { $of }
mine-step-before = Previous step
mine-theirs = { $by } saved this step meanwhile
mine-theirs-next = Below is what your colleague filled in. The form holds what you filled in. If you save again, your version counts.
mine-theirs-take = Use your colleague's version
mine-saved = Saved
mine-saved-incomplete = We have saved what you filled in. Something is still missing.
mine-save = Save
mine-save-next = Save and go on
mine-save-later = Save and go on later
mine-more-places = Another location
mine-as-filled = As you filled it in
mine-closed-title = Not open now
mine-closed = You cannot change this now.
mine-fill-in = Still to fill in: { $field }
mine-yes = Yes
mine-no = No
mine-field-organisation = Name of the organisation
mine-field-legal-form = Legal form
mine-field-legal-form-hint = For instance foundation, private company or sole trader.
mine-field-establishment = Establishment number (optional)
mine-field-establishment-hint = Twelve digits. Empty: you apply for the whole organisation.
mine-field-street = Street and number
mine-field-postcode = Postcode
mine-field-place = Place
mine-field-website = Website (optional)
mine-field-size = How large is your organisation?
mine-size-micro = Fewer than 10 staff and a turnover of at most 2 million euros
mine-size-other = Larger
mine-field-name = Name
mine-field-function = Position
mine-field-function-optional = Position (optional)
mine-field-phone = Phone number
mine-field-email = E-mail address
mine-location = Location { $number }
mine-field-location-name = Name of the location (optional)
mine-field-accessible = Reachable and accessible for clients with a disability
mine-field-products = What do you apply for?
mine-field-products-hint = Choose everything you want to deliver.
mine-field-profiles = For which client profiles? (optional)
mine-field-subcontractors = We work with subcontractors
mine-field-authority = What shows that this person may sign?
mine-authority-register = The Business Register
mine-authority-power = A power of attorney
mine-declare-no-ground = There is no ground to exclude our organisation.
mine-declare-explanation = Explanation
mine-declare-explanation-hint = Only if there is a ground: what happened and what did you do about it?
mine-declare-suitable = Our organisation meets the criteria.
mine-declare-true = Everything we fill in is complete and true.
mine-asked = The municipality asks for a supplement here
mine-what-asked = What we ask
mine-shown = What you have shown
mine-shown-none = You have not shown a file for this criterion yet.
mine-shown-received = Received on { $day }
mine-shown-waits = Goes along when you hand in
mine-take-back = Do not use it after all
mine-verdicts = Review
mine-judged = { $result }, { $day }
mine-agree-title = Your agreement
mine-agree = We agree to this.
mine-state-title = Your statement
mine-state-words = How do you meet this criterion?
mine-state-hint = Do not write down anything about clients.
mine-statement-meanwhile = { $by } saved another statement meanwhile. See whether your text is still right and save again.
mine-all-title = Everything we have of you
mine-all-see = Download everything as one ZIP file
mine-all-text = Here you get everything that the municipality of { $municipality } has of your organisation in this system. You get one ZIP file.
mine-all-what = This is in it
mine-all-organisation = Your organisation and your agreements
mine-all-users = Your users and their roles
mine-all-applications = Your applications, with the verdicts, the receipts and the letters
mine-all-the-messages = The messages you got
mine-all-evidence = Your evidence, all versions
mine-all-statements = Your statements per quarter
mine-all-reports = The quarter reports
mine-all-sums = With the list SHA256SUMS.txt you check whether all files arrived well.
mine-all-download = Download the ZIP file
mine-all-logged = We record who gets this file and when.
mine-all-read-me-title = Everything that the municipality of { $municipality } has of { $name }, on { $day }
mine-all-read-me-time = Times in the JSON files are in UTC. We keep statements without the names of clients. A file that still waits for the virus scan or is blocked is not in it; it does stand in bewijsstukken.json.
mine-all-missing-about = Is in it only when a file is missing: which file, and why
mine-all-missing-title = These files belong in the ZIP file but are missing. Everything else is in it.
mine-all-missing-gone = This file is no longer in the system.
mine-all-missing-damaged = This file is damaged. It is no longer what we stored.
mine-all-missing-unreadable = We could not read this file now. Try again later.
mine-all-missing-do = We noted that this is missing. Call the municipality when you need one of these files.
mine-send = Send a file
mine-received = { $count ->
    [one] Your file is stored.
   *[other] Your { $count } files are stored.
}
mine-received-next = It belongs to this criterion now. The municipality sees it once you hand in.
mine-reuse = Choose a file you have already
mine-reuse-none = You have stored no other file yet.
mine-reuse-choose = Your evidence
mine-reuse-button = Show this file
mine-piece-until = { $title } (valid until { $day })
mine-choose-piece = Choose a file.
mine-optional = We can look this up in the register ourselves. A file is welcome, but not needed.
mine-back = Back to your dossier
mine-check-title = Check and hand in
mine-check-supplement = Check and hand in the supplement
mine-check-parts = What you hand in
mine-check-part = Part
mine-check-shown = What you show
mine-check-stated = Statement
mine-check-nothing = Nothing yet
mine-hand-in = Hand in
mine-hand-in-text = After handing in you can change nothing, except what the municipality asks. You get a receipt at once.
mine-who-hands-in = Only your administrator or authorised signatory can hand in
mine-receipt-application = We have received your application
mine-receipt-supplement = We have received your supplement
mine-receipt-lead = Your application has number { $number }.
mine-receipt = Receipt
mine-receipt-no = Number
mine-receipt-at = Received at
mine-receipt-by = Handed in by
mine-receipt-hash = SHA-256 of what you handed in
mine-receipt-keep = Keep this receipt. With this code you can show later what you handed in.
mine-receipt-answer = You will hear from us by { $day }.
mine-receipt-mail = Everything we let you know is also under Messages.
mine-withdraw-title = Withdraw the application
mine-withdraw-text = You withdraw application { $number }. We will not look at it any more. You can apply again later.
mine-withdraw-reason = Why? (optional)
mine-withdraw-button = Withdraw the application
mine-withdraw-not = Do not withdraw
mine-missing = { $count ->
    [one] 1 part is still missing
   *[other] { $count } parts are still missing
 }
## bench: judging applications
}
}
}
}
}
}
}
## account: wachtwoord, tweede stap en herstelcodes; de kluis
cli-user-which-provider = A role with a provider needs --provider with the KvK number of a known provider; a role with the municipality has none. system is no role for a person.
config-about-key = The key that seals secrets before they go into the database. When left out: from key_file.
config-about-key-file = The file with that key. When left out: openhouse.key beside the database, made at the first start. Keep it apart from the back-ups.
config-expected-key = 64 hexadecimal digits, or several such keys with a space between them and the newest first
config-expected-key-file = a path
vault-not-a-key = The key is not right. A key is 64 hexadecimal digits.
vault-no-key = The key is missing: { $path } is not there. Put the file back, or tell where it is with --key-file. No new one is made: the data may have been sealed with the old one.
vault-other-key = This is another key than the one the data were sealed with (fingerprint { $id }). Give the old key too, behind the new one.
cli-check-key = Key
cli-check-key-unseen = The key can only be checked when the database is in order.
page-switch = Switch role
page-menu-users = Users
account-email = E-mail address
account-password = Password
account-name = Name
account-next = Continue
account-forgotten = Forgotten your password?
account-email-empty = Fill in your e-mail address.
account-email-wrong = Fill in an e-mail address, such as name@example.org.
account-name-wrong = Fill in a name of at most 200 characters.
account-wrong = We do not know this combination of e-mail address and password. Try again, or choose a new password.
account-wait-seconds = You have tried too often. Wait { $count } seconds and then try again.
account-wait-minutes =
    { $count ->
        [one] You have tried too often. Wait 1 minute and then try again.
       *[other] You have tried too often. Wait { $count } minutes and then try again.
    }
account-busy = Very many people are signing in now. Wait half a minute and try again.
account-not-finished = Your access is not ready yet. Open the link in your invitation. Does it no longer work? Ask for a new one with “Forgotten your password?”.
account-no-role = You have no access to an organisation at the moment. Ask your administrator for a role.
account-code-title = Second step
account-code-text = Open the app on your telephone and copy the code. A code works once.
account-code = Code
account-code-hint = Six digits from your app, or a recovery code
account-code-empty = Fill in the code.
account-code-wrong = This code is not right, or was used already. Wait for the next code in your app and try again.
account-code-too-often = You have filled in a wrong code too often. Sign in again with your password.
account-code-lost = Lost your telephone? Use one of your recovery codes. If you do not have those either, ask your administrator to have the second step set up anew.
account-begin-again = Begin again
account-choose = For whom do you want to work?
account-choose-text = You have more than one role. At the top of every page you see in which role you work. You can always switch.
account-choose-current = You work here now
account-choose-go = Choose
account-forgotten-title = Choose a new password
account-forgotten-text = Fill in your e-mail address. You get a mail with a link by which you choose a new password.
account-forgotten-send = Send me a link
account-forgotten-sent = Look in your mail
account-forgotten-sent-text = If we know this e-mail address, you get a mail within a few minutes. Look among the unwanted mail too.
account-back-to-sign-in = Back to signing in
account-choose-password = Choose a password
account-invited = Welcome, { $name }. First choose a password. After that you set up the second step.
account-password-for = You choose a new password for { $name }. After that we still ask a code.
account-new-password = New password
account-password-again = New password, once more
account-password-hint = At least 12 characters. A sentence of four unrelated words is good.
account-password-advice = Use this password nowhere else. A password manager can think of one and keep it for you.
account-password-empty = Fill in a password.
account-password-short = The password must have at least { $least } characters. You typed { $typed }.
account-password-long = The password may have at most { $most } characters.
account-password-differs = Type the same password here as above.
account-password-weak = This password is too easy to guess.
account-password-keys = Characters that are next to each other on the keyboard are easy to guess.
account-password-repeats = What repeats itself is easy to guess.
account-password-common = This password is often used.
account-password-sequence = Sequences such as abcd or 1234 are easy to guess.
account-password-date = Years and dates are easy to guess.
account-password-word = A single word is easy to guess.
account-password-name = Names are easy to guess.
account-password-tip-words = Choose a few words that do not belong together.
account-password-tip-tricks = Capitals and replaced letters help little. Add a word.
account-password-tip-dates = Leave out years and dates and add a word.
account-set-up = Set up the second step
account-set-up-why = Beside your password we ask a code that only your telephone knows. So nobody comes in with your password alone.
account-set-up-scan = Put Open House in your app
account-set-up-scan-text = Open an app for codes on your telephone, such as Aegis, FreeOTP or the app of your organisation. Add an account and scan the picture.
account-set-up-picture = QR code with the key that stands below in letters
account-set-up-type = Cannot scan? Then type this key into the app:
account-set-up-confirm = Check that it works
account-set-up-code-hint = Six digits from your app
account-codes = Recovery codes
account-codes-why = If you lose your telephone, a recovery code lets you in. Each code works once. You only see them now.
account-codes-yours = Your { $count } recovery codes
account-codes-download = Save as a file
account-codes-print = Or print this page. Do not keep the codes with your password.
account-codes-kept = I have kept the codes
account-codes-file = Recovery codes for Open House. Each code works once.
account-codes-left =
    { $count ->
        [one] 1 left
       *[other] { $count } left
    }
account-own = My account
account-who = Who you are
account-works-as = You now work as
account-language = Language
account-language-now = English. At the top of the page you choose Dutch.
account-who-changes = Is your name or e-mail address not right? Ask your administrator.
account-no-password = You come in by a one-time link of the installation. This account has no password.
account-change-password = Change password
account-new-codes = New recovery codes
account-new-codes-text = You get ten new recovery codes. The old ones then no longer work. First fill in a code.
account-old-password = Your present password
account-old-password-empty = Fill in your present password.
account-old-or-code-wrong = Your present password or the code is not right. Wait for the next code and try again.
account-change-ends = After the change you are signed out on all your other devices.
account-cancel = Cancel
account-sessions = Where you are signed in
account-device = Device
account-device-unknown = Unknown device
account-seen = Last seen
account-sign-out-column = Sign out
account-this-session = This device
account-end-session = Sign out
account-end-sessions = Sign out everywhere but here
account-done-password = Your password was changed. On your other devices you were signed out.
account-done-codes = You have new recovery codes. The old ones no longer work.
account-done-session = That device was signed out.
account-done-everywhere = You were signed out on all your other devices.
account-call-municipality = the municipality
account-people = Users
account-people-roles = Who has which role
account-people-none = Nobody yet. Invite somebody below.
account-people-role = Role
account-people-state = Access
account-people-reviewed = Last reviewed on
account-people-change = Change
account-people-you = This is you
account-people-active = Active
account-people-invited = Invited
account-people-disabled = Disabled
account-people-seen = Last seen:
account-people-never = Never yet
account-people-review = Still needed, I have reviewed it
account-people-due =
    { $count ->
        [one] Review 1 role with special rights
       *[other] Review { $count } roles with special rights
    }
account-people-due-text = Every quarter you review whether somebody still needs his special rights. If not, end the role.
account-people-four-eyes = Four eyes: who advises does not decide
account-people-has-both = Four eyes: never decides on his own advice
account-people-end = End role
account-people-disable = Disable account
account-people-enable = Enable account
account-people-reset = Have the second step set up anew
account-people-invite-again = Send a new invitation
account-people-invite = Invite somebody
account-people-choose-role = Choose a role
account-people-provider = Number of the provider
account-people-provider-hint = Only for a role with a provider, such as 1042
account-people-which-provider = Fill in the number of a provider that you know.
account-people-send = Send an invitation
account-people-invite-text = Who has no account yet gets a mail with a link. The link works for seven days. Who has an account signs in as always.
account-people-done-invited = The invitation was sent.
account-people-done-ended = The role was ended.
account-people-done-disabled = The account was disabled. All its sessions were ended.
account-people-done-enabled = The account was enabled again.
account-people-done-reviewed = It is recorded that you reviewed this role.
account-people-oneself = You cannot do this to yourself. Ask another administrator.
account-people-has-it = This person has this role already.
account-people-own-last = This is your last role as an administrator. Ask another administrator to end it.
account-people-elsewhere = This person works for another organisation too. You can end the role with you. For the whole account: ask who keeps the installation.
help-user-add = Give somebody a role and make an invitation
help-user-reset = Take somebody's password and second factor away and make a new invitation
help-user-name = Name of the user
help-flag-key = The key that seals secrets, in 64 hexadecimal digits
help-flag-key-file = The file with that key

## oidc: the settings of signing in elsewhere
config-about-oidc-issuer = The address of the identity provider where staff signs in (OpenID Connect). Left empty: password and code alone.
config-about-oidc-client-id = The name under which the identity provider knows this installation.
config-about-oidc-client-secret = The secret that goes with it. Left empty: without a secret, with PKCE alone.
config-about-oidc-scopes = What the identity provider is asked for.
config-about-oidc-municipality = The municipality the staff belongs to. Left empty: the only one of this installation.
config-about-oidc-claim-name = The claim with the name of the person.
config-about-oidc-claim-email = The claim with the e-mail address of the person.
config-about-oidc-claim-roles = The claim with the roles or groups. A dot goes one level down: realm_access.roles.
config-about-oidc-roles = Which value of that claim gives which role: value=role, with commas between.
config-about-oidc-acr = One of these values must be in the claim acr. Left empty: it is not looked at.
config-about-oidc-amr = One of these values must be in the claim amr, such as mfa. Left empty: it is not looked at.
config-about-eherkenning-issuer = The address of the broker for eHerkenning (OpenID Connect). Left empty: no eHerkenning.
config-about-eherkenning-client-id = The name under which the broker knows this installation.
config-about-eherkenning-client-secret = The secret that goes with it. Left empty: without a secret, with PKCE alone.
config-about-eherkenning-scopes = What the broker is asked for.
config-about-eherkenning-claim-person = The claim that says who the person is: the same at every sign-in.
config-about-eherkenning-claim-kvk = The claim with the KvK number.
config-about-eherkenning-claim-level = The claim with the level of assurance.
config-about-eherkenning-minimum = The lowest level that comes in: eh2, eh2+, eh3 or eh4.
config-expected-oidc-issuer = an address that begins with https://
config-expected-oidc-client-id = a name on one line
config-expected-oidc-client-secret = a secret on one line
config-expected-oidc-scopes = words, such as openid profile email
config-expected-oidc-municipality = the name of a municipality of this installation
config-expected-oidc-claim-name = the name of a claim, such as name
config-expected-oidc-claim-email = the name of a claim, such as email
config-expected-oidc-claim-roles = the name of a claim, such as roles
config-expected-oidc-roles = value=role with commas between, such as oh-contract=contract_manager; only roles of the municipality
config-expected-oidc-acr = words on one line
config-expected-oidc-amr = words on one line, such as mfa
config-expected-eherkenning-issuer = an address that begins with https://
config-expected-eherkenning-client-id = a name on one line
config-expected-eherkenning-client-secret = a secret on one line
config-expected-eherkenning-scopes = words, such as openid
config-expected-eherkenning-claim-person = the name of a claim, such as sub
config-expected-eherkenning-claim-kvk = the name of a claim
config-expected-eherkenning-claim-level = the name of a claim, such as acr
config-expected-eherkenning-minimum = eh2, eh2+, eh3 or eh4

## elsewhere: signing in at the organisation and with eHerkenning
elsewhere-sign-in = Or sign in without a password
elsewhere-sign-in-organisation = Sign in at your organisation
elsewhere-sign-in-eherkenning = Sign in with eHerkenning
elsewhere-or = Or:
elsewhere-accept-organisation = sign in at your organisation, without a password
elsewhere-accept-eherkenning = sign in with eHerkenning, without a password
elsewhere-link-organisation = Link with signing in at your organisation
elsewhere-link-eherkenning = Link with eHerkenning
elsewhere-linked = You can also sign in without a password, at your organisation or with eHerkenning.
elsewhere-at-organisation = your organisation
elsewhere-at-eherkenning = eHerkenning
elsewhere-title-unreachable = You cannot sign in now
elsewhere-unreachable = We get no answer from { $at } now. Wait a few minutes and try again. If you also have a password and a code, you can sign in with those. Does it stay like this? Then tell your administrator.
elsewhere-title-cancelled = You are not signed in
elsewhere-cancelled = Signing in with { $at } was stopped, or you were not let through there. Try again, or sign in another way.
elsewhere-title-again = Begin signing in again
elsewhere-lost = Signing in took too long, was used already or began in another browser. Begin again, in this browser.
elsewhere-not-believed = The answer of { $at } is not right. Begin again. Does it happen again? Then tell your administrator.
elsewhere-title-no-access = You have no access
elsewhere-claim-missing = Your organisation does not send your name or a confirmed e-mail address. Without those two you cannot come in. Tell your administrator.
elsewhere-kvk-missing = eHerkenning sends no KvK number or no person. Without those two we do not know for which organisation you work. Tell the municipality.
elsewhere-no-second-factor = You signed in at your organisation without a second step. Sign in there again, with the second step.
elsewhere-no-role = Your organisation gives you no role in Open House. Ask your administrator for a role, and then sign in again.
elsewhere-title-known-account = You have an account here already
elsewhere-known-account = There is already an account with your e-mail address. Sign in once with your password and code. Then choose My account and link it. Do you have no password? Then ask your administrator for an invitation.
elsewhere-title-not-linked = The account was not linked
elsewhere-other-email = Your e-mail address at your organisation is another address than that of this account. Sign in with the account that goes with that address, or ask your administrator for help.
elsewhere-linked-elsewhere = With { $at } you are linked to another account already. Ask your administrator for help.
elsewhere-disabled = Your account was disabled. Ask your administrator why.
elsewhere-wrong-kvk = The KvK number that eHerkenning sends does not have eight digits. Sign in again and choose the right organisation. Does it happen again? Then tell the municipality.
elsewhere-title-level = You need a higher level of eHerkenning
elsewhere-level-unknown = eHerkenning does not say at which level you signed in. Tell the municipality.
elsewhere-level-too-low = You signed in at level { $found }. Here at least { $minimum } is needed. Sign in with a means of that level, or ask your supplier of eHerkenning for one.
elsewhere-title-unknown-organisation = We do not know your organisation yet
elsewhere-unknown-organisation = Your organisation has not applied here yet. See how to apply; you need no account for that.
elsewhere-how-to-apply = See how to apply
elsewhere-title-unknown-person = We know your organisation, but not you yet
elsewhere-unknown-person = Ask the administrator of your organisation to invite you. In the invitation you choose eHerkenning. Do you have an account already? Then sign in once with your password and code, choose My account and link it.
elsewhere-other-organisation = This account does not work for the organisation with which you signed in at eHerkenning. Choose the right organisation there.
elsewhere-title-access-asked = Your access waits for your organisation
elsewhere-access-asked = Your account does not work for this organisation. Your request for access is noted. Ask its administrator to give you access, and then sign in again.
elsewhere-to-account = To My account
## admin: criteria
admin-tabs = Administration
admin-tab-criteria = Criteria
admin-tab-procedures = Procedures
admin-tab-outages = Outages
admin-yes = Yes
admin-no = No
admin-back = Back to the list
admin-choose = Make a choice.
admin-choose-one = Choose
admin-day-wrong = Fill in a date, such as 31-12-2027.
admin-criterion = Criterion
admin-criterion-new = New criterion
admin-criteria-lead = What you ask of providers, with the days on which it holds
admin-criteria-on = Criteria that hold on
admin-criteria-show = Show
admin-criteria-coming = What will change
admin-criteria-none = No criteria hold on this day.
admin-criteria-of-day =
    { $count ->
        [one] 1 criterion is asked on { $day }
       *[other] { $count } criteria are asked on { $day }
    }
admin-criterion-published = Criterion { $code } is published. Below are the criteria that hold on { $day }.
admin-criterion-asked = Asked
admin-criterion-not-asked = Not asked
admin-criterion-since = Holds since
admin-criterion-weight = Admission
admin-criterion-must = needed
admin-criterion-may = not needed
admin-criterion-lead = You write a new version. The present one holds until the day before.
admin-criterion-no-versions = There is no version yet.
admin-criterion-versions-text = An application that was handed in keeps the version of the day on which it was handed in.
admin-criterion-from = from { $from }
admin-criterion-from-until = from { $from } until { $until }
admin-criterion-only-products = Only for who delivers this
admin-criterion-insured-micro = Cover for a small firm, per event / per year
admin-criterion-insured-other = Cover for other firms, per event / per year
admin-criterion-group-when = When does the new version hold?
admin-criterion-group-what = What do you ask?
admin-criterion-group-why = Why do you ask this?
admin-criterion-group-evidence = When, and with which evidence?
admin-criterion-group-valid = How long does the evidence count?
admin-criterion-group-judged = How do you judge it?
admin-criterion-first-day = First day
admin-criterion-first-day-hint = { $day } at the earliest
admin-criterion-first-day-wrong = Fill in a day after today, such as 31-12-2027.
admin-criterion-too-early = A version begins already. Choose { $day } or later.
admin-criterion-active = This criterion is asked
admin-criterion-name-nl = Name, Dutch
admin-criterion-name-en = Name, English
admin-criterion-text-nl = Criterion, Dutch
admin-criterion-text-en = Criterion, English
admin-criterion-source = Where does the criterion come from?
admin-criterion-why-nl = Explanation, Dutch (optional)
admin-criterion-why-en = Explanation, English (optional)
admin-criterion-why-hint = For which task you need this, and why you cannot find it elsewhere.
admin-criterion-ask = Moment
admin-criterion-kind = Form of the evidence
admin-criterion-evidence-nl = What counts as evidence, Dutch
admin-criterion-evidence-en = What counts as evidence, English
admin-criterion-equivalent = Equivalent evidence is accepted too
admin-criterion-valid = Validity
admin-criterion-months = Number of months
admin-criterion-months-hint = Needed with “no older than” and with “a number of months”. As long as the agreement runs: after so many months you look again. With an end date: never longer than this.
admin-criterion-months-without = Number of months when it shows no end date
admin-criterion-months-without-hint = Only with “until the end date”. Empty: without an end date the evidence does not count.
admin-criterion-months-wrong = Fill in a number from 1 to { $most }.
admin-criterion-months-missing = Fill in the number of months.
admin-criterion-review = After { $months } months we look again
admin-criterion-at-most = Never longer than { $months } months
admin-criterion-without-date = Without an end date { $months } months
admin-criterion-checker = Who judges the evidence?
admin-criterion-knock-out = No admission without this
admin-criterion-repairable = The provider may repair this
admin-criterion-domains = For which law?
admin-criterion-no-domain = Choose at least one law.
admin-criterion-nothing-changed = You changed nothing. Change something, or go back to the list.
admin-criterion-overtaken = A colleague changed this criterion in the meantime. Your text is still in the form. Compare, and look at the effects again.
admin-criterion-preview = Look at the effects
admin-criterion-preview-hint = First you see which admitted providers meet it already. Only then do you publish.
admin-rule-received-within = On receipt no older than a number of months
admin-rule-months = A number of months
admin-kind-document = Document
admin-kind-document-or-register = Document, or we look in the public register
admin-kind-signed-form = Signed form
admin-kind-seen-not-stored = Shown; we keep no copy
admin-kind-list = List
admin-kind-vog-register = VOG register
admin-kind-statement = Statement
admin-kind-agreement-tick = Agreement by a tick
admin-checker-assessor = The assessor
admin-checker-contract-manager = The contract manager
admin-checker-privacy-officer = The privacy officer
admin-checker-automatic = The system, by itself
admin-domain-pw = Participatiewet (Participation Act)
admin-domain-wmo = Wet maatschappelijke ondersteuning (Social Support Act)
admin-domain-jeugd = Jeugdwet (Youth Act)
admin-impact-title = Criterion { $code }: the effects
admin-impact-from = from { $day }
admin-impact-not-yet = Not published yet
admin-impact-text = See whether everything is right. You publish at the bottom of this page.
admin-impact-changes = What changes
admin-impact-line = Part
admin-impact-before = Now
admin-impact-after = Then
admin-impact-nothing = nothing
admin-impact-providers = Admitted providers
admin-impact-nobody = No provider has been admitted yet for this law.
admin-impact-counts = With the evidence that is there: { $met ->
    [one] 1 provider meets it
   *[other] { $met } providers meet it
 }, { $missing } not yet.
admin-impact-on-first-day = On the first day
admin-impact-why = Why
admin-impact-met = Meets it already
admin-impact-not-met = Does not meet it yet
admin-impact-nothing-shown = The provider has shown nothing yet for this criterion.
admin-impact-person = This follows from the dates of the evidence. Whether its content is good, a colleague judges.
admin-impact-sure = Publish?
admin-impact-sure-text = The new version holds from { $day }. From now on everybody can read it. A published version cannot be taken away; you can put a new one after it.
admin-impact-publish = Publish this version
admin-impact-edit = Edit

## admin: outages
admin-time-wrong = Fill in a time, such as 09:30.
admin-outages-lead = When providers could hand in nothing. A term that ran becomes longer.
admin-outages-known = Known outages
admin-outages-none = No outages are known.
admin-outage-done = The outage is noted. Terms that ran then are longer now.
admin-outage-from = From
admin-outage-until = Until
admin-outage-lasts = Still going on
admin-outage-noted = Noted by { $name }
admin-outage-tell-end = Tell the end
admin-outage-new = Note an outage
admin-outage-from-day = Start, day
admin-outage-from-time = Start, time
admin-outage-until-day = End, day
admin-outage-until-time = End, time
admin-outage-until-hint = Is it still going on? Then leave the end empty.
admin-outage-explanation = What did not work?
admin-outage-explanation-hint = For example: signing in failed because of an outage at the supplier.
admin-outage-explanation-missing = Write down what did not work.
admin-outage-future = The outage cannot begin in the future. Fill in another start.
admin-outage-end-future = The end cannot lie in the future. If it is still going on, leave the end empty.
admin-outage-ends-before = The end lies before the start. Fill in a later end.
admin-outage-look = Look at the effects
admin-outage-one = End of the outage
admin-outage-check = Outage: the effects
admin-outage-not-yet = Not noted yet
admin-outage-check-text = See whether everything is right. You note it at the bottom of this page.
admin-outage-lasts-text = The outage is still going on. Now only the first day counts. The other days count as soon as you tell the end.
admin-outage-moved =
    { $count ->
        [0] No term becomes longer
        [one] 1 term becomes longer
       *[other] { $count } terms become longer
    }
admin-outage-moved-none = No term ran on these days.
admin-outage-application = Application
admin-outage-term = Term
admin-outage-due = Due now
admin-outage-due-then = Due then
admin-outage-sure = Note it?
admin-outage-sure-text = The new last days hold at once. You cannot undo this.
admin-outage-note = Note it

## admin: procedures, documents and questions
admin-procedures-lead = What everybody reads of your procedures: documents, questions and answers
admin-procedures-all = All procedures
admin-procedures-none = There is no procedure yet.
admin-procedure = Procedure
admin-questions = Questions
admin-questions-counts = { $open } without an answer, { $waiting } to be published
admin-questions-title = Questions and answers
admin-questions-none = There are no questions yet.
admin-question-open = Without an answer
admin-question-waits = To be published
admin-question-published = Published
admin-question-published-at = Published on
admin-question-answer = Answer
admin-question-save = Keep the answer
admin-question-saved = The answer is kept. Nobody reads it until you publish.
admin-answers-waiting =
    { $count ->
        [one] 1 answer is not published yet
       *[other] { $count } answers are not published yet
    }
admin-answers-waiting-text = You publish all answers at once. So nobody knows anything earlier than another.
admin-answers-look = Look and publish
admin-answers-check = Publish answers
admin-answers-check-text = This is what everybody reads. Who asked a question is not told.
admin-answers-count =
    { $count ->
        [one] 1 answer
       *[other] { $count } answers
    }
admin-answers-names = Do they hold names or details of people? Take them out first. Once it is published you cannot change an answer.
admin-answers-publish =
    { $count ->
        [one] Publish this answer
       *[other] Publish { $count } answers
    }
admin-answers-none = There are no answers to publish.
admin-answers-back = Back to the procedure
admin-answers-changed = The answers were changed in the meantime. Look at them again, then publish.
admin-answers-published = The answers are published. Everybody can read them now.
admin-documents = Documents
admin-documents-none = There are no documents yet.
admin-document = Document
admin-document-days = Holds
admin-document-change = Change
admin-document-holds = Holds now
admin-document-coming = Holds later
admin-document-over = Holds no more
admin-document-end = Let it end
admin-document-last-day = Last day
admin-document-last-day-wrong = Fill in a day: { $day } or later.
admin-document-add = Add a document
admin-document-file = File
admin-document-file-hint = A PDF, or a file of Word or Excel.
admin-document-file-missing = Choose one file.
admin-document-not-scanned = The virus scanner gives no answer now. Try again later.
admin-document-title-nl = Title, Dutch
admin-document-title-en = Title, English
admin-document-title-missing = Fill in a title.
admin-document-first-day = First day
admin-document-first-day-hint = From this day on everybody can read the document.
admin-document-first-day-wrong = Fill in today or a later day, such as 31-12-2027.
admin-document-publish = Publish the document
admin-document-published = The document has been added.
admin-document-ended = The last day of the document is noted.

## desk: applications on paper
desk-paper-enter = Application on paper
desk-paper-title = Applications on paper
desk-paper-lead = You fill in what came on paper. From then on it goes as every other application.
desk-paper-drafts = Not ready yet
desk-paper-application = Application
desk-paper-changed-by = Last changed by
desk-paper-none-open = No procedure is open now. You cannot enter an application.
desk-paper-begin = Enter a new application
desk-paper-begin-button = Begin
desk-paper-procedure = Procedure
desk-paper-kvk = KvK number
desk-paper-kvk-hint = 8 digits
desk-paper-kvk-wrong = Fill in a KvK number of 8 digits.
desk-paper-name = Name of the organisation
desk-paper-name-hint = Do we know the KvK number already? Then we use the name we know.
desk-paper-name-missing = Fill in the name of the organisation.
desk-paper-saved = The details are kept.
desk-paper-shown = The files have been added.
desk-paper-taken-back = The file no longer belongs to this criterion.
desk-paper-criteria = What came in for each criterion
desk-paper-came = Came in
desk-paper-missing = Still missing
desk-paper-there = In
desk-paper-not-needed = Not needed now
desk-paper-take-back = Take away
desk-paper-scans = Add scanned paper
desk-paper-file = File
desk-paper-file-hint = The scan as PDF, JPG or PNG.
desk-paper-file-missing = Choose a file.
desk-paper-file-title = Name of the evidence (optional)
desk-paper-dated = Date on the document (optional)
desk-paper-valid-until = Valid until (optional)
desk-paper-ends-before = The document ends before it begins. Fill in a later day.
desk-paper-send = Add
desk-paper-save = Keep the details
desk-paper-overtaken = { $name } changed this application in the meantime. What you typed is still in the form. Compare, and keep it again.
desk-paper-hand-in = Ready? Note the application as received
desk-paper-missing-steps = Something is still missing here:
desk-paper-received = Day of receipt
desk-paper-received-hint = The day on which the paper reached you. The terms count from that day.
desk-paper-received-wrong = Fill in the day of receipt: today or earlier.
desk-paper-hand-in-text = Keep the details first. Once it is noted you cannot change anything any more. The provider gets a confirmation of receipt: by mail if there is an e-mail address, and otherwise you send it by post.
desk-paper-hand-in-button = Note as received
desk-paper-entered = The application has been received
desk-paper-entered-text = It now stands in the work queue, with the day on which the paper came.
desk-paper-to-dossier = To the dossier
desk-paper-receipt = Receipt
desk-paper-receipt-number = Number
desk-paper-receipt-hash = Check sum (SHA-256)
desk-paper-step-organisation = The organisation
desk-paper-step-offer = What the provider wants to deliver
desk-paper-organisation = Name
desk-paper-legal-form = Legal form
desk-paper-establishment = Establishment number (optional)
desk-paper-street = Street and number
desk-paper-postcode = Postcode
desk-paper-place = Place
desk-paper-website = Website (optional)
desk-paper-size = Size
desk-paper-size-micro = Fewer than 10 staff and a turnover of at most 2 million euros
desk-paper-size-other = Larger
desk-paper-person = Name
desk-paper-function = Position
desk-paper-phone = Telephone
desk-paper-email = E-mail address
desk-paper-location = Location { $number }: name (optional)
desk-paper-accessible = Accessible for people with a disability
desk-paper-products = Products
desk-paper-profiles = Client profiles
desk-paper-subcontractors = Works with subcontractors
desk-paper-authority = What shows that this person may sign?
desk-paper-authority-register = The Business Register
desk-paper-authority-power = A power of attorney
desk-paper-no-ground = Declares: there is no reason for exclusion
desk-paper-explanation = Explanation, when there is a reason
desk-paper-suitable = Declares: meets the criteria
desk-paper-true = Declares: everything is complete and true
## The daily round

help-remind = What the calendar asks for
help-remind-run = Do the daily round: reminders, terms and evidence that expires
help-remind-dry-run = Show what would happen, and store nothing
cli-remind-dry-run = Nothing was stored and nothing was sent. This is what the round would do now:
cli-remind-nothing = Nothing to do.
cli-remind-procedures = { $count ->
    [one] 1 procedure opened or closed
   *[other] { $count } procedures opened or closed
}
cli-remind-reminders = { $count ->
    [one] 1 provider reminded of a supplement
   *[other] { $count } providers reminded of a supplement
}
cli-remind-refusals = { $count ->
    [one] 1 refusal is final
   *[other] { $count } refusals are final
}
cli-remind-criteria = { $count ->
    [one] the evidence of 1 criterion expires soon, or has expired
   *[other] the evidence of { $count } criteria expires soon, or has expired
}
cli-remind-successors = { $count ->
    [one] 1 provider asked for new evidence
   *[other] { $count } providers asked for new evidence
}
cli-remind-without-clients = { $count ->
    [one] 1 provider told that it had no clients for long
   *[other] { $count } providers told that they had no clients for long
}
bench-sleeping = Sleeping providers
bench-sleeping-lead = Their agreement has run for more than a year. In the last 12 months they had no client of ours.
bench-sleeping-never = never had a client
bench-sleeping-last = last client: { $day }

## Letters and receipts in a dossier

report-letters = Letters
report-seal = Seal of the municipality of { $town }
report-letter-kind-receipt = Receipt
report-letter-kind-supplement = Supplement asked
report-letter-kind-admission = Admission
report-letter-kind-refusal = Refusal
report-letter-kind-set-aside = Not treated further
report-letter-kind-withdrawal = Withdrawal
mine-receipt-letter = Receipt as a letter
mine-receipt-pdf = Receipt as PDF
## guard: the signed head of the audit log
cli-audit-signed =
    { $signed ->
        [one] The first line stands under the signed head ({ $path }).
       *[other] The first { $signed } lines stand under the signed head ({ $path }).
    }
cli-audit-unsigned = There is no key yet, and so no signed head. Whether lines are missing at the end cannot be told.
cli-audit-cut = The audit log is not intact. Lines are missing at the end: { $signed } lines were signed, and there are { $lines }.
cli-audit-rewritten = The audit log is not intact. It was written again: line { $signed } is not the line that was signed.
cli-audit-head-missing = The signed head of the audit log is missing ({ $path }). After a new version openhouse serve makes it at its first start. If it was there before, compare with the head from a backup: openhouse audit verify --head.
cli-audit-head-forged = The signed head of the audit log ({ $path }) was changed, or was not signed with the key of this installation.
help-audit-head = Compare with this signed head, from a backup for example; audit-head.json among the files by default

## client: names of clients
client-names-title = Clients
client-names-list = Clients by name
client-names-intro = Names stand encrypted in the database. Only the provider and the contact person of a client see the name. Every time you open this page, the log says so.
client-names-none = There are no clients whose name you may see.
client-names-case = Case
client-names-client = Client number
client-names-name = Name
client-names-contact = Contact person
client-names-unknown = not given
client-names-link = Names of clients

## guard: proxies that are believed
config-about-trusted-proxies = The proxies that the program believes when they say whom a request is from (X-Forwarded-For, Forwarded). When left out: none.
config-expected-trusted-proxies = addresses or networks with a comma between them, such as 10.0.0.1, 10.1.0.0/16, or nothing
help-flag-trusted-proxies = Proxies that are believed about the origin of a request, with a comma between them
## agreement: the text

agreement-kind-dialogue = Dialogue statement of intent
agreement-kind-framework = Framework text
agreement-kind-domain = Agreement per domain
agreement-kind-requirements = Statement of requirements
agreement-kind-tariffs = Products and tariffs
agreement-kind-privacy = Arrangements on personal data
agreement-kind-annex = Annex
agreement-privacy-processor = Processor
agreement-privacy-joint = Joint controller
agreement-privacy-independent = Independent controller
agreement-scope-all = For all providers
agreement-scope-individual = Filled in per provider
agreement-scope-generic = Generic text
agreement-text-draft = Draft
agreement-text-consultation = In consultation
agreement-text-established = Established
agreement-text-verb-make = Version made
agreement-text-verb-edit = Text changed
agreement-text-verb-read-in = Text read in from a document
agreement-text-verb-consult = Put before the table
agreement-text-verb-take-back = Taken back to be rewritten
agreement-text-verb-amend = Changed by a decision of the table
agreement-text-verb-establish = Established
agreement-change-same = unchanged
agreement-change-changed = changed
agreement-change-new = new
agreement-change-dropped = dropped
agreement-change-renumbered = renumbered
agreement-body-html = There is HTML in the text. Remove the brackets < and >.
agreement-body-heading = There is a heading in the text. Make it an article of its own.
agreement-body-image = There is an image in the text. An article consists of words.
agreement-body-code = There is program code in the text. Remove the spaces at the start of the line or the ` signs.
agreement-body-quote = There is a quotation in the text. Remove the > at the start of the line.
agreement-body-rule = There is a ruled line in the text. Remove it.
agreement-body-link = There is a link in the text that does not begin with https://. Change or remove the link.
agreement-lack-articles = articles
agreement-lack-words = a number, heading and text for every article
agreement-lack-numbers = a number of its own in digits for every article
agreement-lack-days = the day on which the text takes effect
agreement-lack-explanation = an explanation of what changes
agreement-lack-minutes = the minutes of the table
agreement-text-refused-not-found = This text does not exist.
agreement-text-refused-role = You cannot do this in your role.
agreement-text-refused-state = This is not possible now: this version has the status { $state }.
agreement-text-refused-incomplete = Something is still missing: { $lacks }. Complete it first.
agreement-text-refused-reason = Write down why.
agreement-text-refused-open = Version { $number } is not established yet. Go on with that one.
agreement-text-refused-early = The version before this one takes effect on { $day }. Choose a later day.
agreement-text-refused-four-eyes = Putting it before the table and establishing it are done by two different people. Ask a colleague.
agreement-text-refused-code = This code is in use already. Choose another.
agreement-text-refused-article = This article is no longer in this version. Look at the text again.
agreement-text-refused-bsn = The text holds a number that may be a citizen service number. Remove it.
agreement-text-refused-meanwhile = { $by } changed this version meanwhile. Look at the new text and try again.

## consultation
page-menu-tables = Consultation
cli-remind-tables = { $count ->
    [one] 1 consultation table reminded of the term to react
   *[other] { $count } consultation tables reminded of the term to react
}
consultation-gone = This link does not work any more
consultation-gone-text = The link is too old, or you have no seat at this table any more. Ask the municipality for a new link.
consultation-tables = Consultation tables
consultation-tables-lead = Here providers, client representatives and the municipality talk about the text of the agreement.
consultation-tables-all = All tables
consultation-new-table = New table
consultation-no-tables = There is no table yet
consultation-no-tables-advice = As soon as there is a table with a seat for you, it stands here.
consultation-name = Name
consultation-name-hint = For example: Consultation table re-integration
consultation-kind = Kind
consultation-days = Runs
consultation-status = Status
consultation-procedure = Procedure
consultation-purpose = What this table is for
consultation-purpose-hint = Write in plain words what you talk about together.
consultation-first-day = First day
consultation-last-day = Last day
consultation-last-day-hint = Is the last day not known yet? Then leave it empty.
consultation-open = Everybody at the table reads each other's reactions at once
consultation-open-hint = Without a tick the table reads the reactions only after the decision.
consultation-set-table = Make the table
consultation-not-now = Not now
consultation-runs = Runs
consultation-runs-not = Does not run
consultation-from = from { $from }
consultation-from-until = { $from } until { $until }
consultation-kind-consultation = consultation table
consultation-kind-advisory = advisory table
consultation-kind-digital = digital table
consultation-role = Role
consultation-role-chair = chair
consultation-role-municipality = municipality
consultation-role-provider = provider
consultation-role-provider-title = Provider
consultation-role-client = client representative
consultation-proposal-change = Change the article
consultation-proposal-add = New article
consultation-proposal-drop = Drop the article
consultation-state-open = waits for a decision
consultation-state-withdrawn = withdrawn
consultation-outcome-adopted = adopted
consultation-outcome-amended = adopted in amended wording
consultation-outcome-rejected = rejected
consultation-outcome-carried-over = carried over
consultation-stance-agree = agree
consultation-stance-objection = objection
consultation-stance-remark = remark
consultation-told-welcome = you now have a seat at this table
consultation-told-invitation = Invitation to meeting { $number }
consultation-told-moved = Meeting { $number } has changed
consultation-told-called-off = Meeting { $number } is called off
consultation-told-minutes = Minutes of meeting { $number }
consultation-told-proposal = Proposal { $number }
consultation-told-withdrawn = Proposal { $number } was withdrawn
consultation-told-decision = Decision { $number }
consultation-told-established = Version { $number } of the text was established
consultation-told-announcement = Announcement
consultation-told-answer = Answer to a question
consultation-told-reminder = Reminder: react to version { $number }
consultation-told-count = { $count ->
    [one] { $count } participant
   *[other] { $count } participants
}
consultation-told-mails = { $count ->
    [one] { $count } mail
   *[other] { $count } mails
}
consultation-place = Place
consultation-place-online = our online meeting room
consultation-minutes-name = Verslag { $number } van { $table }, { $day }
consultation-decision-of = Decision { $number } of { $table }
consultation-born-from = Born from decision { $number } of { $table }, { $day }
consultation-refused-not-found = This is not there.
consultation-refused-role = You cannot do this in your role.
consultation-refused-seat = You have no seat at this table.
consultation-refused-state = This is not possible any more: this proposal is { $state }.
consultation-refused-late = You could react until { $day }. That term is over. Is there more to say? Then say it in the meeting.
consultation-refused-version = The table does not talk about this version, or not any more.
consultation-refused-over = On that day this table does not run.
consultation-refused-reason = Write down why.
consultation-refused-words = A field is still empty. Fill in every field that cannot stay empty.
consultation-refused-same = Nothing changes. Change the words.
consultation-refused-bsn = The text holds a number that may be a citizen service number. Take it out.
consultation-refused-seated = This participant has a seat already.
consultation-refused-days = The last day is before the first.
consultation-refused-place = Fill in a place or an online address.
consultation-refused-agenda = Fill in the subjects.
consultation-refused-called-off = This meeting is called off.
consultation-refused-not-held = A decision and minutes belong to a meeting that has begun. Plan a meeting first.
consultation-refused-held = This meeting was held already.
consultation-refused-established = These minutes are established. Make a correction.
consultation-refused-minutes = Establish the minutes of this meeting first.
consultation-refused-open = { $count ->
    [one] One proposal still waits for a decision.
   *[other] { $count } proposals still wait for a decision.
}
consultation-refused-meanwhile = { $by } has changed this meanwhile. Look at what stands there now. What you typed is still there.
consultation-fill-in = Fill in the field “{ $field }”.
consultation-too-long = This is too long. Use at most { $most } characters.
consultation-email-wrong = Fill in an e-mail address, such as name@example.com.
consultation-day-wrong = Fill in a date, such as 18-11-2026.
consultation-time-wrong = Fill in a time, such as 14:30.
consultation-ends-before = The meeting ends before it begins.
consultation-online-wrong = An online address begins with https://
consultation-done-proposal = Your proposal is on the table. All participants were told at the same moment.
consultation-done-reaction = Your reaction was sent.
consultation-done-withdrawn = The proposal was withdrawn. All participants were told at the same moment.
consultation-done-decision = The decision is taken. All participants were told at the same moment.
consultation-done-message = All participants were told at the same moment.
consultation-done-seat = The participant has a seat and was told.
consultation-done-planned = The meeting is planned. Everybody can be invited now.
consultation-done-changed = The meeting has changed. Those invited were told.
consultation-done-invited = All participants were invited at the same moment.
consultation-done-called-off = The meeting is called off. Those invited were told.
consultation-done-minutes = The minutes are saved.
consultation-done-established = Established. All participants were told at the same moment.
consultation-consulted = Consulted about:
consultation-consulted-none = There is no text on the table now
consultation-consulted-none-text = As soon as the municipality puts a version before the table, you can propose and react here.
consultation-text-version = { $title }, version { $number }
consultation-until-day = React until
consultation-term = Term to react
consultation-term-over = term to react is over
consultation-propose = Make a proposal
consultation-proposals = Proposals
consultation-proposals-none = There are no proposals yet.
consultation-article = Article
consultation-proposed-by = Proposed by
consultation-meetings = Meetings
consultation-meetings-none = No meeting is planned yet.
consultation-meeting = Meeting
consultation-meeting-number = Meeting { $number }
consultation-meeting-of = Meeting { $number }, { $day }
consultation-meeting-planned = planned
consultation-meeting-invited = invited
consultation-meeting-held = held
consultation-meeting-called-off = called off
consultation-plan = Plan a meeting
consultation-plan-lead = Nobody is told yet. You invite everybody after this, all at the same moment.
consultation-plan-save = Plan
consultation-is-open = All participants read each other's proposals and reactions.
consultation-is-closed = The proposals are for everybody at the table. You read what others say after the decision.
consultation-seats = Participants
consultation-seats-now = At the table
consultation-seats-lead = Every participant gets every message of this table, all at the same moment.
consultation-seats-change = Change participants
consultation-change = Change
consultation-leave = Take the seat away
consultation-add-provider = Providers
consultation-providers-all = All providers with an agreement have a seat.
consultation-providers-waiting = { $count ->
    [one] One provider with an agreement has no seat yet.
   *[other] { $count } providers with an agreement have no seat yet.
}
consultation-add-all = Seat them all
consultation-add-one = Seat this provider
consultation-add-client = Client representative
consultation-add-client-text = A client representative needs no account. With a link of his own from the mail he can read and react.
consultation-add-client-button = Seat the client representative
consultation-add-colleague = Colleague of the municipality
consultation-add-colleague-button = Seat the colleague
consultation-colleague = Colleague
consultation-person-name = Name
consultation-email = E-mail address
consultation-email-hint = The link is sent here.
consultation-language = Language of the mails
consultation-to-table = To the table
consultation-news = Announcements and answers
consultation-news-none = There are no messages yet.
consultation-register = Who knew what when
consultation-register-lead = Every message of this table goes to all participants at one moment. Here you see when, and to whom.
consultation-register-all = All messages
consultation-register-download = Download as CSV
consultation-register-file = who-knew-what-when
consultation-announce = Message to the whole table
consultation-announce-send = Send to all
consultation-message-kind = Kind of message
consultation-message-words = Message
consultation-message-hint = Write no names of clients. In an answer: repeat the question first.
consultation-csv-number = Number
consultation-csv-what = Message
consultation-csv-words = Text
consultation-csv-at = Moment
consultation-csv-utc = Moment (UTC)
consultation-csv-by = By
consultation-csv-who = Participant
consultation-csv-role = Role
consultation-csv-mails = Number of mails
consultation-day = Day
consultation-time-from = From
consultation-time-until = Until
consultation-online = Online address
consultation-online-hint = May stay empty. Begins with https://
consultation-agenda = Subjects
consultation-agenda-hint = One subject on every line.
consultation-invite-title = Nobody is invited yet
consultation-invite-text = All participants get a mail with a link and a calendar file at the same moment.
consultation-invite = Invite all
consultation-calendar = Put it in your calendar
consultation-calendar-title = { $table }, meeting { $number }
consultation-calendar-file = meeting
consultation-join = Join online
consultation-decisions = Decisions
consultation-decision = Decision
consultation-outcome = Outcome
consultation-reason = Reason
consultation-reason-hint = All participants read this reason.
consultation-minutes = Minutes
consultation-minutes-none = There are no established minutes yet.
consultation-minutes-number = Minutes { $number }
consultation-minutes-draft = Minutes { $number }, not established yet
consultation-minutes-later = You write the minutes once the meeting has begun.
consultation-minutes-words = Text of the minutes
consultation-minutes-save = Save
consultation-minutes-establish = Establish and tell all
consultation-minutes-establish-text = Established minutes never change. They can only be corrected under a new number.
consultation-minutes-correct = Make a correction
consultation-established-by = Established by { $name }
consultation-establish-title = Establish the text on these minutes
consultation-establish-text = You establish the version as it is now. After that the text does not change.
consultation-establish = Establish { $title }, version { $number }
consultation-move = Change the meeting
consultation-move-text = Those invited are told, all at the same moment.
consultation-move-save = Change
consultation-call-off = Call the meeting off
consultation-call-off-text = The meeting will not take place. Those invited are told.
consultation-markdown-hint = An empty line begins a paragraph. A line with a dash before it is an item of a list.
consultation-choose-lead = Choose the article that your proposal is about.
consultation-choose-change = Change
consultation-choose-drop = Drop
consultation-choose-add = New article behind it
consultation-articles = Articles
consultation-propose-change = Change an article
consultation-propose-add = Propose a new article
consultation-propose-drop = Drop an article
consultation-propose-send = Make the proposal
consultation-propose-told = All participants are told at the same moment.
consultation-motive = Why
consultation-motive-hint = What does not go well now, and what becomes better?
consultation-now = As it stands now
consultation-behind = Comes behind this article
consultation-article-number = Number
consultation-article-heading = Heading
consultation-article-scope = For whom
consultation-article-words = Text of the article
consultation-article-changed = This article was changed by another decision after this was proposed. You see the difference with the present text.
consultation-only-number = Only the number changes.
consultation-proposal-about = Proposal { $number } about article { $article }
consultation-proposal-number = Proposal { $number }
consultation-reactions = Reactions
consultation-reactions-none = There are no reactions yet.
consultation-reactions-later = You read what others say after the decision.
consultation-counts = agree: { $agree }, objection: { $objection }, remark: { $remark }
consultation-your-reaction = Your reaction
consultation-stance = What do you think?
consultation-stance-missing = Choose what you think.
consultation-reaction-words = Explanation
consultation-reaction-hint = Write no names of clients. If you agree, this may stay empty.
consultation-reaction-missing = Write down what your objection or remark is.
consultation-react = Send the reaction
consultation-only-reading = You read along. Whoever has a seat at this table can react.
consultation-typed-kept = Your text was not sent. What you typed stands below, so that you can keep it.
consultation-withdraw = Withdraw the proposal
consultation-withdraw-text = The proposal can still be read as withdrawn.
consultation-decide = Decide
consultation-decide-title = Decide on proposal { $number }
consultation-decide-send = Take the decision
consultation-decide-told = If the table adopts the proposal, the text changes at once. All participants are told at the same moment.
consultation-decided-in = Decided in
consultation-decision-missing = Choose what was decided.
consultation-amend-words = Other words (when adopted in amended wording)
consultation-amend-hint = These fields count only when it is adopted in amended wording.
consultation-became = What it became
consultation-work-decide = A proposal waits for a decision
consultation-work-term = The term to react ends soon
consultation-work-number = proposal { $number }
## farewell: signing out where somebody signed in
farewell-still-in = You are signed out of Open House. You are still signed in at { $at }: whoever uses this computer after you can come in again just like that. Sign out there too if others use this computer.
farewell-out-too = You are signed out of Open House and at { $at }. Close your browser if others use this computer too.
farewell-title-not-from-here = You cannot sign out from here
farewell-not-from-here = You are signed out of Open House. You are still signed in at { $at }, and we cannot end that for you now. Sign out there yourself, or close all windows of your browser.
farewell-leave-organisation = Sign out at your organisation too
farewell-leave-eherkenning = Sign out of eHerkenning too
## life: the life of an agreement
life-state-signed = signed
life-state-active = active
life-state-client-stop = client stop
life-state-notice = under notice
life-state-ended = ended
life-state-dissolved = dissolved
life-verb-accede = Agreement signed
life-verb-revise = Data brought up to date
life-verb-begin = Agreement began
life-verb-replace = New version replaces the one before
life-verb-stop-clients = Client stop by the municipality
life-verb-ask-stop = Provider asks for a client stop
life-verb-agree-stop = Client stop agreed
life-verb-refuse-stop = Client stop refused
life-verb-lift-stop = Client stop lifted
life-verb-give-notice = Notice by the provider
life-verb-terminate = Notice by the municipality
life-verb-intend = Intention to dissolve
life-verb-state-views = Views of the provider
life-verb-drop-intention = Intention withdrawn
life-verb-dissolve = Agreement dissolved
life-verb-dissolve-at-once = Agreement dissolved urgently
life-verb-warn = Provider warned of the end
life-verb-extend = Agreement extended
life-verb-end = Agreement ended
life-ground-signs-of-fraud = Clear signs of fraud
life-ground-signs-of-bad-quality = Clear signs of bad quality
life-ground-signs-of-unsafety = Clear signs of unsafety
life-ground-leaving = The provider leaves
life-ground-insufficient-use = Insufficient use of the agreement
life-ground-forced-change = Change forced by a new law
life-ground-refused-change = A change of the agreement was not accepted
life-ground-exclusion = Exclusion ground, or no longer meets the requirements
life-ground-no-delivery = No delivery for 12 months
life-ground-repair-not-done = Ordered repair was not carried out
life-ground-quality-failure = Serious quality failure after an attempt to repair
life-ground-proven-fraud = Proven fraud
life-ground-negative-bibob = Negative Bibob advice
life-ground-administrative-fine = Administrative fine
life-warning-told-late = This extension was told later than was agreed.
life-warning-not-heard = The provider was not heard first, because it was urgent.
life-version-ahead = begins later
life-version-active = active
life-version-replaced = replaced
life-version-ended = ended
life-sub-asked = consent asked
life-sub-agreed = agreed
life-sub-refused = refused
life-sub-ended = ended
life-refused-not-found = This agreement does not exist.
life-refused-role = Your role cannot do this.
life-refused-state = This cannot be done now: the agreement is { $state }.
life-refused-reason = Write down why.
life-refused-ground = Choose a ground from the list.
life-refused-account = This takes an account of your own.
life-refused-four-eyes = You wrote the intention. A colleague takes the decision.
life-refused-stop-too-soon = Ask for a client stop at least 14 days ahead. The first possible day is { $day }.
life-refused-stop-asked = You already asked for a client stop. Wait for the answer.
life-refused-no-stop-asked = No client stop was asked for.
life-refused-intention-open = There is already an intention to dissolve.
life-refused-no-intention = There is no intention to dissolve. Write that first.
life-refused-views-run = The provider can give its views until { $day }. Wait for them.
life-refused-views-over = You could give your views until { $day }. That day is over. Call the contact person in the letter.
life-refused-was-used = The term for insufficient use still runs. It counts from { $day }.
life-refused-never-begun = The agreement has not begun yet.
life-refused-spared = Confirm that the offer is not scarce or unique and that clients do not rate it 8.5 or more.
life-refused-no-end = This agreement has no last day.
life-refused-not-later = Choose a day after { $day }.
life-refused-day-not-reached = The agreement runs until { $day }.
life-refused-line = This line is gone. Look at the page again.
life-refused-half-settled = Also fill in to whom the client was handed over.
life-refused-future = { $day } is still to come. Fill in a day that has been.
life-refused-list-closed = The list is closed.
life-refused-no-list = There is no transfer list.
life-refused-not-registered = A subcontractor is in the trade register. Check this and tick the box.
life-refused-incomplete = Fill in the name and choose at least one product.
life-refused-end-before-beginning = The last day is before the first.
life-refused-bsn = The text holds a number that may be a citizen service number. Take it out.
life-refused-changed = { $by } changed this agreement meanwhile. Look at the page again.
life-for-you = For you
life-mail-dissolution = dissolution of the agreement
life-mail-warning = The agreement ends within half a year. We will let you know whether we extend it.
life-mail-extended = We have extended the agreement.
life-mail-terminated = We have given notice of the agreement. The letter tells you why and what you can do.
life-mail-dissolved = We have dissolved the agreement. The letter tells you why and what you can do.
life-mail-ended = The agreement has now ended.
life-mail-stopped = a client stop
life-mail-stop-refused = no client stop
life-mail-stop-lifted = the end of the client stop
life-mail-intention-dropped = the intention to dissolve is withdrawn
life-mail-subcontractor = a subcontractor
life-verb-stop-delivery = Provider stops supporting a client
life-verb-new-tariffs = New tariffs established
life-act-stop-delivery = Stop with a client
life-lead-stop-delivery = You stop supporting one client. You tell us at least a month ahead. The agreement goes on.
life-refused-delivery-too-soon = Choose { $day } or later as the last day. You tell us at least a month ahead.
life-refused-no-case = Choose the case number of a client whom you support now.
life-case = Case number of the client
life-mail-unanswered = We got no answer about the new terms. Therefore the agreement ends.
life-mail-new-tariffs = new tariffs
life-mail-stop-request = your request for a client stop
life-mail-views = your views
life-mail-delivery-stop = your message that you stop supporting a client
indexation-letter-line = { $code } { $name }: { $new } (was { $old })
report-life-tariffs = The new tariffs
report-life-stop-asked = We have received your request for a client stop
report-life-stop-asked-text = On { $on } you asked for a client stop from { $day }. You get a letter with our answer. Until then you can get new clients.
report-life-views-received = We have received your views
report-life-views-received-text = We received your views on { $on }. We read them before we decide. You get a letter with our decision.
report-life-delivery-stop = You stop supporting a client
report-life-delivery-stop-text = You stop supporting the client with case number { $case }. The last day is { $day }.
report-life-delivery-stop-next = Until then you go on supporting the client. Together we arrange who takes over.
report-life-new-tariffs = New tariffs are coming
report-life-new-tariffs-text = New tariffs hold from { $day }. They follow the rise of wages and prices.
report-life-new-tariffs-before = For support before { $day } you charge the old tariff.
report-life-unanswered-text = We asked you to answer about the new terms. We got no answer. Therefore the agreement ends on { $day }.
report-life-change-refused-text = On { $on } you told us that you do not agree with the new terms. That counts as notice. The agreement ends on { $day }.
report-life-agreement = Agreement
report-life-last-day = Last day
report-life-your-words = You wrote
report-life-client-stop = You get no new clients for now
report-life-client-stop-text = From { $day } you get no new clients from us.
report-life-client-stop-clients = You go on supporting the clients you have now.
report-life-stop-agreed = We agree with the client stop
report-life-stop-agreed-text = You asked for a client stop. We agree. From { $day } you get no new clients from us.
report-life-stop-refused = We do not agree with the client stop
report-life-stop-refused-text = You asked for a client stop from { $day }. We do not agree. You can still get new clients.
report-life-stop-lifted = The client stop is over
report-life-stop-lifted-text = From { $day } you can get new clients from us again.
report-life-notice-confirmed = We have received your notice
report-life-notice-confirmed-text = We received your notice on { $on }. The agreement ends on { $day }.
report-life-transfer = Together we make arrangements about your clients. Open House holds a list with their case numbers. Write there for each client to whom you hand over and on which day.
report-life-terminated = We give notice of the agreement
report-life-terminated-text = We give notice of the agreement. The last day is { $day }.
report-life-intention = We intend to dissolve the agreement
report-life-intention-text = We intend to dissolve the agreement. That means the agreement ends at once. We have not decided yet.
report-life-intention-views = You can first tell your side. These are your views. You have until { $day }. After that we take a decision.
report-life-intention-dropped = We do not dissolve the agreement
report-life-intention-dropped-text = We wrote that we intended to dissolve the agreement. We will not. The agreement goes on.
report-life-dissolved = We have dissolved the agreement
report-life-dissolved-text = We have dissolved the agreement. The last day is { $day }. After that you may not support clients for us any more.
report-life-dissolved-urgent = It was urgent. That is why we did not ask for your side first.
report-life-extended = We extend the agreement
report-life-extended-text = We extend the agreement. The new last day is { $day }. The arrangements stay the same.
report-life-ends-soon = Your agreement ends soon
report-life-ends-soon-text = Your agreement runs until { $day }.
report-life-ends-soon-next = We will let you know whether we extend the agreement. Any questions? Do call or mail us.
report-life-ended = The agreement has ended
report-life-ended-text = The last day of the agreement was { $day }. The agreement has now ended.
report-life-ended-keep = Do hand in the statement of your last quarter. You can still read your data in Open House.
page-menu-lives = Terms of agreements
life-title = Agreement { $number }
life-choice = Agreements
life-none = No agreement was signed yet.
life-overview = Terms of agreements
life-overview-lead = All agreements that run, by the name of the provider
life-overview-none = No agreements run yet.
life-overview-list = Agreements ({ $count })
life-provider = Provider
life-state = State
life-from = Begins on
life-until = Runs until
life-no-end = no last day
life-not-begun = (not begun yet)
life-stop-from = No new clients from
life-signals = Watch
life-no-signal = nothing
life-signal-stop-asked = Asks for a client stop from { $day }
life-signal-views = Views can come until { $day }
life-signal-decide = Decide on the intention to dissolve
life-signal-ends = Ends on { $day }: extend or let it end
life-days = Term
life-versions = Versions
life-version = Version
life-history = What happened
life-counts-from = Day:
life-was = was
life-next = What you can do now
life-next-none = You need not do anything now.
life-also = With this agreement
life-waits-title = The last day is over, but the agreement has not ended yet
life-waits-text = Not all clients are handed over. Settle the transfer list.
life-ends-soon-title = The agreement ends within half a year
life-ends-soon-office = Decide whether you extend it. The provider should know.
life-ends-soon-provider = The municipality will let you know whether it extends the agreement.
life-intention-title = There is an intention to dissolve the agreement
life-intention-until = The provider can give its views until
life-stop-asked-title = The provider asks for a client stop
life-stop-asked-from = Asked from
life-act-stop-clients = Stop new clients
life-act-ask-stop = Ask for a client stop
life-act-agree-stop = Agree with the client stop
life-act-refuse-stop = Refuse the client stop
life-act-lift-stop = Lift the client stop
life-act-give-notice = Give notice
life-act-terminate = Give notice for the municipality
life-act-intend = Send an intention to dissolve
life-act-state-views = Give your views
life-act-drop-intention = Withdraw the intention
life-act-dissolve = Dissolve the agreement
life-act-dissolve-at-once = Dissolve urgently
life-act-extend = Extend the agreement
life-lead-stop-clients = From today the provider gets no new clients. Who is a client already stays. The provider gets a letter.
life-lead-ask-stop = You ask the municipality to send you no new clients for a time. Ask at least 14 days ahead. The stop only begins when the municipality agrees in writing.
life-lead-agree-stop = The client stop begins on the day that was asked. If that day is over, it begins today. The provider gets a letter.
life-lead-refuse-stop = The provider still gets new clients, and a letter with your reason.
life-lead-lift-stop = From today the provider can get new clients again.
life-lead-give-notice = You leave this agreement. You get a confirmation. After that you arrange with the municipality to whom you hand over your clients.
life-lead-terminate = The agreement ends after the notice term. The provider gets a letter with your reason and what it can do.
life-lead-intend = The provider gets a letter and can tell its side. After that a colleague takes the decision.
life-lead-state-views = Tell why you agree or disagree with the intention. The municipality reads this before it decides.
life-lead-drop-intention = The agreement simply goes on. The provider gets a letter.
life-lead-dissolve = The agreement ends today. This cannot be undone. The provider gets a letter with your reason and what it can do.
life-lead-dissolve-at-once = The agreement ends today, without the provider telling its side first. Write down why this cannot wait.
life-lead-extend = Choose the new last day. The provider gets a letter.
life-ground = Ground
life-first-day = First day of the stop
life-new-last-day = New last day
life-last-day = Last day
life-last-day-now = Last day now
life-last-day-by = Last day with: { $ground }
life-counted = How it was counted
life-last-client = Last day with a client
life-never-client = never a client yet
life-satisfaction = Client satisfaction
life-satisfaction-unknown = not known
life-earliest-stop = First possible day
life-views-until = Views can come until
life-views-of = Views of { $day }
life-views = Views
life-views-none = not given yet
life-intention-words = Reason of the intention
life-words-reason = Reason
life-words-free = Explanation (may stay empty)
life-words-views = Your views
life-words-hint = This stands in the letter and in the history. Write no names of clients and no data on health, debts or crimes.
life-not-spared = I checked: the offer is not scarce or unique, and clients do not rate it 8.5 or more.
life-day-wanted = Fill in a day, such as 31-12-2027.
life-too-long = One of the texts is too long. Make it shorter.
life-check = Check: { $act }
life-blocked = This cannot be done now
life-warning = Watch out
life-facts = What we know
life-to-check = To the check
life-change = Change
life-not-now = Not now
life-transfer = Transfer list
life-transfer-open = See the transfer list
life-transfer-closed = Closed
life-transfer-progress = { $done } of { $all } settled
life-transfer-lead = The clients who are still with the provider, by their case number. Write for each to whom the support was handed over and on which day. Write no names of clients here.
life-transfer-clients = Clients
life-transfer-none = There are no clients to hand over.
life-line-title = Case number { $case }
life-line-to = Handed over to
life-line-to-hint = The name of the organisation, or that the support is finished.
life-line-day = Settled on
life-line-day-hint = Leave empty as long as this is not settled.
life-line-remark = Remark, or why this is still open
life-line-remark-hint = No names of clients, no data on health, debts or crimes.
life-line-save = Save
life-line-settled = settled
life-line-open = to do
life-line-nobody = nobody yet
life-line-no-day = not yet
life-close-title = Close the list
life-close-reason = Remark (may be left empty)
life-close-hint-done = All is settled. No reason is needed.
life-close-button = Close the list
life-subs = Subcontractors
life-subs-lead = A subcontractor needs consent beforehand. A solo self-employed person is only reported. Every subcontractor is in the trade register.
life-subs-list = Reported subcontractors
life-subs-none = No subcontractors were reported.
life-sub-name = Name
life-sub-kvk = KvK number
life-sub-products = Products
life-sub-products-hint = Codes with commas between. You can choose from: { $codes }.
life-sub-from = From
life-sub-until = Until
life-sub-until-hint = Leave empty when the last day is not known yet.
life-sub-solo = This is a solo self-employed person
life-sub-solo-hint = Then no consent is needed.
life-sub-registered = I saw that this subcontractor is in the trade register
life-sub-no-consent = no consent needed
life-sub-ask-title = Report a subcontractor
life-sub-ask = Ask for consent
life-sub-answer-lead = Give consent, or refuse with a reason. The provider is told.
life-sub-reason = Reason when you refuse
life-sub-agree = Give consent
life-sub-refuse = Refuse
life-sub-end = End
life-sub-last-day = Last day
life-sub-name-wanted = Fill in a name.
life-sub-kvk-wanted = Fill in the KvK number: 8 digits.
life-sub-products-wanted = Fill in at least one code of the list.
life-queue = Agreements
life-link = See the term, the letters and what you can do
cli-remind-agreements = Agreements that began, end soon or ended: { $count }
indexation-list = Indexation of tariffs
indexation-lead = The system computes a proposal. A person decides.
indexation-proposals = Proposals
indexation-none = There is no proposal yet.
indexation-title = Indexation from { $day }
indexation-from = New tariffs hold from
indexation-state = State
indexation-made-by = Made by
indexation-count = Products
indexation-proposed = proposal
indexation-established = established
indexation-established-by = established by { $name }
indexation-note-title = This is a proposal
indexation-note = The system computes, a person decides. New tariffs hold only when they are established.
indexation-new-title = New proposal
indexation-new-lead = Every product with a tariff on the day before comes into the proposal.
indexation-method = How it is computed
indexation-method-fixed = One fixed percentage
indexation-method-shares = Shares of OVA and PPC, correcting last year's forecast
indexation-percentage = Fixed percentage
indexation-percentage-hint = For example 3.5. Only for a fixed percentage. The table below is for shares.
indexation-share = Share of the tariff
indexation-forecast = Forecast for the new year
indexation-forecast-before = Forecast of last year
indexation-actual = What last year became
indexation-compute = Compute a proposal
indexation-percent-wanted = Fill in a percentage, such as 3.5.
indexation-formula = Formula
indexation-lines = Tariffs
indexation-summary = Per product the old tariff, the computed one and the new one
indexation-product = Product
indexation-code = Code
indexation-old = Old
indexation-computed = Computed
indexation-new = New
indexation-reason = Reason
indexation-sheet = Indexation
indexation-changed = changed
indexation-amount = New amount in euros
indexation-amount-hint = Another amount than was computed takes a reason.
indexation-amount-wanted = Fill in an amount, such as 62,55.
indexation-change = Save the amount
indexation-pdf = Proposal as PDF
indexation-xlsx = Proposal as Excel
indexation-decide = Establish
indexation-decide-lead = Who made the proposal does not establish it.
indexation-check = Check: establish the tariffs
indexation-check-lead = The old tariffs end on the day before. The new ones hold from
indexation-establish = Establish the tariffs
indexation-refused-not-found = This proposal does not exist.
indexation-refused-role = Your role cannot do this.
indexation-refused-state = This proposal is established already.
indexation-refused-account = This takes an account of your own.
indexation-refused-four-eyes = You made the proposal. A colleague establishes it.
indexation-refused-reason = Write down why the amount differs from what was computed.
indexation-refused-day = Choose a day after today.
indexation-refused-there = There is a proposal for this day already.
indexation-refused-no-tariffs = No product has a tariff on the day before.
indexation-refused-tariffs = The tariffs of these products changed meanwhile: { $codes }. Make a new proposal.
indexation-refused-shares = The shares are not 100% together.
indexation-refused-range = Check the figures: this cannot be right.
indexation-refused-bsn = The text holds a number that may be a citizen service number. Take it out.
indexation-refused-changed = { $by } changed this proposal meanwhile. Look at it again.
life-refused-clients-left = { $count ->
    [one] 1 client is not handed over yet. Settle that or write down why not.
   *[other] { $count } clients are not handed over yet. Settle these or write down why not.
}
life-signal-clients = { $count ->
    [one] 1 client still to hand over
   *[other] { $count } clients still to hand over
}
life-signal-subcontractors = { $count ->
    [one] 1 subcontractor waits for consent
   *[other] { $count } subcontractors wait for consent
}
life-transfer-left = { $count ->
    [one] 1 client left
   *[other] { $count } clients left
}
life-close-hint = { $count ->
    [one] Of 1 client it does not say where he went, nor why that is still open. Write it at that client. Then you can close the list.
   *[other] Of { $count } clients it does not say where they went, nor why that is still open. Write it at each client. Then you can close the list.
}
## input: wat er binnenkomt
page-correction = Correct your text
page-correction-text = Nothing has been saved yet. Everything you filled in is still here. Correct what is shown below and send it again.
page-correction-bsn = There is a number here that may be a citizen service number (BSN). We are not allowed to keep it. Remove the number. Is it another number of nine digits? Then leave out a digit or describe it in words.
page-correction-long = The text is too long: { $typed } characters. { $most } fit. Make the text shorter.
page-correction-send = Send again
page-at-most = At most { $most } characters.
page-form-too-large = This form is too large
page-form-too-large-advice = A form without files may be at most 1 MB. Nothing was saved. Go back and make the texts shorter.
page-correction-sign = We cannot print the character { $sign } in a letter. Write the name in ordinary letters.
mine-wrong-postcode = This is not a postcode. Write four digits and two letters, for example 1234 AB.
mine-wrong-website = This is not the address of a website. Write for example www.voorbeeld.nl.
mine-wrong-establishment = An establishment number has twelve digits. You find it in the trade register (Handelsregister).
mine-wrong-phone = This is not a telephone number. Write for example 0500 000 001 or +31 500 000 001.
mine-wrong-email = This is not an e-mail address. Write for example name@voorbeeld.nl.
account-password-known = This password is mostly your name, your organisation, the municipality or a year.
account-password-same = Choose another password than the one you had.
front-criterion-only = Only for those who want to deliver this: { $products }.
front-criteria-some = { $count ->
    [one] of which one only for certain products
   *[other] of which { $count } only for certain products
  }
admin-criteria-tied = These criteria are asked of nobody
admin-criteria-tied-to = is tied to { $products }, which is not in the product catalogue. Change the code in the catalogue or write a new version of the criterion.
mine-check-all-at-once = You hand in a supplement all at once, because after that we go on assessing your application. What you added already is kept. You have until { $day } ({ $rule }). Will you not make it? Then tell us before that day.
mine-term-rule = How we count: { $rule }.
mine-why-register = We look this up ourselves in a public register. You only need to send something if it is not there.
mine-why-seen = This is in no register that we may look into. We keep no copy.
mine-why-said = Only you can state this. We do not find it anywhere else.
mine-why-only-you = This is in no register that we may look into. That is why we ask you.
mine-from-earlier = Taken from your application { $number }
mine-from-earlier-next = Check that everything is still right. It only counts once you save it. Evidence from then can be used again at every criterion.
mine-ruled-out = Does not apply: you do not work with subcontractors
mine-ruled-out-next = You filled that in with what you offer. You need not send anything here. The municipality checks it.
bench-ruled-out = Does not apply according to the applicant: no subcontractors (step What you offer).
account-people-search = Search by name, e-mail address or organisation
account-people-found = { $count } of { $all } shown
account-people-all = Nobody found. Show everybody
evidence-dated-optional = Not mandatory.
evidence-dated-needed = Fill in this date: for this criterion it counts how old the document is.
evidence-twin = You have this file as well as
evidence-twin-next = Once is enough: you can withdraw one of the two.
evidence-flag-bsn-inside = There is a number of nine digits in this file. The provider has said that it is no citizen service number (BSN).
evidence-refused-bsn-inside = There is a number in this file that may be a citizen service number (BSN). Remove it and send the file again. Is it another number? Then tick that you have looked.
evidence-looked = I have looked: there is no citizen service number (BSN) in the file
mine-twin = You have the same file as { $title } too. Once is enough.
## access: requests for access
access-title = Requests for access
access-lead = People who say they work for your organisation. You decide who comes in.
access-all = All requests
access-none = Nobody has asked for access.
access-one = Request for access
access-who = Who is asking?
access-organisation = Organisation
access-municipality = Municipality
access-asked = Asked on
access-waits = Waits for an answer
access-let-in = Let in
access-refused = Refused
access-answered-by = { $name }, { $day }
access-outcome-in = { $name } gave access on { $day } as { $role }
access-outcome-refused = { $name } refused the request on { $day }
access-mailed = The applicant got a mail to sign in.
access-tell-him = The applicant gets no mail about this. Tell them yourself.
access-lead-provider = This person wants to work for your organisation. Look closely at the e-mail address: the mail to sign in goes there. Do you not know this person or this address? Then refuse the request.
access-lead-municipality = This organisation has no administrator who can answer. That is why you decide whether this person may work for it.
access-choice = Your answer
access-choice-missing = Choose an answer.
access-role-user = Let in as a user: hands in data and evidence
access-role-admin = Let in as an administrator: also lets colleagues in and withdraws an application
access-role-signatory = Let in as a signatory: also submits and signs
access-choice-refuse = Refuse
access-checked = I have checked with the organisation itself that this person may work for it
access-checked-missing = Check this first, then tick the box.
access-reason = Reason
access-reason-hint-provider = Needed only if you refuse.
access-reason-hint-municipality = How did you check this? Or: why do you refuse?
access-reason-missing = Fill in the reason.
access-mail-hint = Who is let in gets a mail to sign in; who is refused does not.
access-answer = Record your answer
access-overtaken = This request has been answered meanwhile. Below you see what the answer was.
access-care = Know who you are dealing with
access-care-text = Whoever you let in sees everything this organisation handed in. Call it on the number in the trade register. Do not use the e-mail address in this request.
access-care-elsewhere = This organisation already works with another municipality. Whoever you let in also sees its evidence from there. After that it is on your list of providers too.
bench-work-publish = Publish a procedure: { $name }
access-work = Request for access: { $name }
access-home =
    { $count ->
        [one] 1 person asks for access
       *[other] { $count } people ask for access
    }
access-home-text = See whether you know who it is, and answer.
access-home-see = See the requests
access-home-link = Who asked for access
page-menu-mine-count = Overview ({ $count })
elsewhere-title-access-answered = You have no access
elsewhere-access-answered = Your request for access to this organisation has been answered, and you cannot come in. Ask its administrator why.

## admin: making and publishing a procedure
procedure-verb-make = Made as a draft
procedure-verb-edit = Changed
procedure-verb-propose = Proposed for publishing
procedure-verb-publish = Published
procedure-verb-open = Opened
procedure-verb-pause = Paused
procedure-verb-resume = Opened again
procedure-verb-close = Closed
procedure-verb-end = Ended
procedure-refused-announced = The code, the domain and the days have been announced. They no longer change.
term-rule-working-days = { $count ->
    [one] 1 working day
   *[other] { $count } working days
}
term-rule-calendar-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
term-rule-weeks = { $count ->
    [one] 1 week
   *[other] { $count } weeks
}
term-rule-months = { $count ->
    [one] 1 month
   *[other] { $count } months
}
admin-procedure-new = New procedure
admin-procedure-edit = Details of { $name }
admin-procedure-form-lead = You make a draft. Nobody outside reads it until two people publish it.
admin-procedure-form-lead-public = Everybody reads these details.
admin-procedure-public = This procedure has been announced
admin-procedure-public-text = What you save, everybody reads at once. The code, the domain and the days no longer change: providers count on them.
admin-procedure-takes-back = There is a proposal to publish
admin-procedure-takes-back-text = If you change anything, the proposal lapses. Then propose to publish again.
admin-procedure-group-what = What is it?
admin-procedure-group-when = When can a provider apply?
admin-procedure-group-remedy = What can a provider do against a decision?
admin-procedure-group-contact = Contact person
admin-procedure-name-nl = Name, Dutch
admin-procedure-name-en = Name, English
admin-procedure-intro-nl = Introduction, Dutch
admin-procedure-intro-en = Introduction, English
admin-procedure-code = Code
admin-procedure-code-hint = Small letters, digits and hyphens, such as re-integratie-2027. The code is in the address of the page.
admin-procedure-code-wrong = Fill in a code with small letters, digits and hyphens only. The word ‘nieuw’ is not possible.
admin-procedure-domain = Domain
admin-procedure-entry = Entry
admin-procedure-entry-continuous = Continuous: at any moment
admin-procedure-entry-fixed = Fixed dates: between two days
admin-procedure-entry-at-start = Only at the start: between two days, and not after
admin-procedure-opens = First day
admin-procedure-opens-hint = Empty with continuous entry: the procedure then opens as soon as it is published.
admin-procedure-closes = Last day
admin-procedure-closes-hint = Leave empty with continuous entry.
admin-procedure-no-last-day = With continuous entry there is no last day. Empty this field.
admin-procedure-days-wrong = The last day is before the first. Fill in a later day.
admin-procedure-remedy = Remedy
admin-procedure-remedy-court = Summary proceedings at the court
admin-procedure-remedy-objection = An objection to the municipal executive
admin-procedure-remedy-complaint = A complaint to the complaints desk
admin-procedure-court = Court
admin-procedure-court-hint = Only with summary proceedings: the place, such as Noord-Nederland.
admin-procedure-contact-name = Name
admin-procedure-contact-phone = Telephone
admin-procedure-contact-email = E-mail address
admin-procedure-save = Save the draft
admin-procedure-save-public = Save; everybody reads it at once
admin-procedure-made = The draft has been made. Add documents, and then check it.
admin-procedure-changed = The details have been saved.
admin-procedure-details = Details
admin-procedure-details-text = Name, introduction, days, remedy and terms.
admin-procedure-see = See the details
admin-procedure-change = Change the details
admin-procedure-nobody-reads = Nobody outside reads this draft
admin-procedure-waits = Waits for a decision maker
admin-procedure-draft-text = Check what everybody is going to read. Two people publish: a contract manager proposes, a decision maker publishes.
admin-procedure-to-check = Check and publish
admin-procedure-check = Publish { $name }
admin-procedure-missing = Something is still missing
admin-procedure-complete = Complete the details
admin-procedure-proposed = { $name } proposed on { $day } to publish
admin-procedure-your-turn = You decide. See below what everybody is going to read. Is anything wrong? Ask your colleague to change it: this proposal then lapses.
admin-procedure-own-proposal = Somebody else publishes: a decision maker, who finds it in the work queue.
admin-procedure-their-turn = A decision maker publishes, and finds it in the work queue.
admin-procedure-not-proposed = Nobody has proposed to publish this procedure yet. A contract manager does that.
admin-procedure-is-public = Everybody can read this procedure.
admin-procedure-public-page = See the page
admin-procedure-will-read = This is what everybody is going to read
admin-procedure-reads = This is what everybody reads
admin-procedure-at-once = as soon as it is published
admin-procedure-never = there is no last day
admin-procedure-term-completeness = Term: is the application complete?
admin-procedure-term-supplement = Term: supplement
admin-procedure-term-assessment = Term: assessment
admin-procedure-term-remedy = Term: remedy
admin-procedure-criteria = { $count ->
    [one] 1 criterion in this domain.
   *[other] { $count } criteria in this domain.
}
admin-procedure-criteria-see = See the criteria
admin-procedure-propose-title = Is everything right?
admin-procedure-propose-text = A decision maker gets your proposal in the work queue and publishes. You cannot publish yourself: that takes two different people.
admin-procedure-propose = Propose to publish
admin-procedure-publish-title = Publish?
admin-procedure-publish-text = After this everybody reads it. The code, the domain and the days no longer change. If the first day has come, providers can apply at once.
admin-procedure-publish = Publish
admin-procedure-history = What happened

## desk: paper without e-mail, and withdrawing a draft
desk-paper-email-optional = E-mail address (optional)
desk-paper-email-hint = Is there no e-mail address on the paper? Leave it empty. All letters then go by post.
desk-paper-post = Send the confirmation of receipt by post
desk-paper-by-post = No e-mail address of this provider is known. Print all letters and send them by post.
desk-paper-print = Open the letter
desk-paper-withdraw = Stop entering this application
desk-paper-withdraw-text = The application leaves your list. What you entered is kept. The provider gets no message.
desk-paper-withdraw-reason = Reason
desk-paper-withdraw-reason-hint = For example: the provider withdrew its application, or it had been entered already.
desk-paper-withdraw-button = Stop entering
desk-paper-withdrawn = This application was not entered any further
desk-paper-withdrawn-text = It was withdrawn before it was recorded.

## admin: insured amounts and products of a criterion
admin-criterion-group-insured = What is the least that must be insured?
admin-criterion-insured-hint = In euros, such as 1.250.000. Does the criterion ask for no insurance? Leave all four fields empty.
admin-criterion-micro-event = Small firm, per event
admin-criterion-micro-year = Small firm, per year
admin-criterion-other-event = Other firm, per event
admin-criterion-other-year = Other firm, per year
admin-criterion-amount-wrong = Fill in an amount in euros, such as 1.250.000. Or leave all four fields empty.
admin-criterion-products = Codes of products (optional)
admin-criterion-products-hint = Does the criterion hold only for who delivers certain products? Fill in their codes, with commas between. You can choose from: { $codes }.
admin-criterion-products-unknown = This is not in the product catalogue: { $codes }. Choose codes that are.
## The workbench: standard texts, whose work, and versions beside each other

bench-whose-colleague = Last handled by
bench-whose-everybody = Everybody
bench-whose-show = Show
bench-whose-now = You see what { $name } handled last.
bench-handled-by = last handled by { $name }
bench-texts = Standard texts ({ $count })
bench-texts-lead = Choose a text. It is put below what you already wrote in the reason. You can still change it there.
bench-texts-insert = Insert
bench-compare-before = Compare with previous version
bench-compare-title = Compare versions: { $title }
bench-compare-back = Back to the verdict
bench-compare-same = The two files are exactly the same. Only the data may differ.
bench-compare-facts = Data
bench-compare-what = What
bench-compare-difference = Difference
bench-compare-differs = Different
bench-compare-equal = Equal
bench-compare-none = not known
bench-compare-name = File name
bench-compare-size = Size
bench-compare-pages = Pages
bench-compare-page = Page { $page }
bench-compare-no-page = This version does not have this page.
admin-standard = Standard texts
admin-standard-of = Standard texts for { $name }
admin-standard-of-all = Standard texts for all requirements
admin-standard-lead = Assessors can put these texts in their reason.
admin-standard-hint = Write as in a letter: the provider reads the text. Empty a field to remove a text. After saving there are new empty fields. The reason stands in a Dutch letter, so write Dutch.
admin-standard-text = Text { $number }
admin-standard-from = Valid from
admin-standard-too-early = Choose { $day } or a later day.
admin-standard-saved = The texts are saved.
admin-standard-overtaken = Somebody else changed these texts in the meantime. What you typed is still here. If you save now, your texts take their place.
admin-standard-shipped = You have no texts of your own yet. Assessors see the texts that come with the program.
admin-standard-version = { $count ->
    [one] From { $day }: 1 text
   *[other] From { $day }: { $count } texts
}
admin-standard-all-too = The assessor sees those at this requirement too.
admin-standard-to = See the standard texts
admin-standard-to-all = See the texts for all requirements
## offer: aanbod en ondertekening
offer-kind-first = First agreement
offer-kind-change = Change of the agreement
offer-side = Party
offer-side-provider = Provider
offer-side-municipality = Municipality
offer-state-offered = Offered
offer-state-change-offered = Change offered
offer-state-uploaded = Signed file to look at
offer-state-signed-by-provider = Signed by the provider
offer-state-signed = Signed by both
offer-state-declined = Not accepted
offer-state-lapsed = Lapsed
offer-state-withdrawn = Withdrawn
offer-verb-offer = Offered
offer-verb-sign = Signed by the provider
offer-verb-hand-in = Signed file received
offer-verb-accept = Signed file accepted
offer-verb-send-back = Signed file sent back
offer-verb-countersign = Signed by the municipality
offer-verb-decline = Refused
offer-verb-lapse = The term is over
offer-verb-withdraw = Withdrawn
offer-hindrance-offered = An offer is already open.
offer-hindrance-has-it = Has this version already.
offer-hindrance-ends = The agreement ends on { $day }, before this version begins.
offer-refused-end-before = The agreement of these providers ends before this begins: { $names }. Take them out of the selection.
offer-refused-nothing-left = The agreement ends on { $day }, before this change begins. So there is nothing left to sign.
offer-proof-app = Code from the app of this account
offer-proof-mail = Code by mail to this account
offer-proof-upload = Signed outside this system; the municipality looked at the file and accepted it
offer-file-unknown-signer = somebody without a readable certificate
offer-file-signed-by = Signed by { $name }, on { $at }.
offer-file-signed-by-undated = Signed by { $name }, without a date.
offer-file-intact = The file has not been changed since
offer-file-extended = Something was added after this signature
offer-file-changed = The file has been changed since
offer-file-unknown = We cannot check this signature
offer-refused-not-found = This offer does not exist.
offer-refused-role = You cannot do this in your role.
offer-refused-state = This is not possible now. The state is: { $state }.
offer-refused-not-established = You can only offer an established text. Have the text established first.
offer-refused-nobody = Choose at least one provider.
offer-refused-names = This is not possible now for { $names }: an offer is open there, or they already work under this version.
offer-refused-products = Choose at least one product.
offer-refused-early = Choose { $day } or a later day.
offer-refused-late = This version holds until { $day }. Choose that day or an earlier one, or offer the version that holds after it.
offer-refused-within-term = A change begins after the term to react. Choose a day after { $day }.
offer-refused-withdrawn = The municipality withdrew this offer. Reason: { $reason }
offer-refused-term = You could sign until { $day }. Get in touch with the municipality.
offer-refused-signed = { $by } already signed this, on { $at }. You need not do anything.
offer-refused-other-text = The text on your page is not the text that was offered. Nothing was signed. Read the text below and sign again.
offer-refused-text-changed = The text was changed after the offer. Nothing was signed. Get in touch with the municipality: a new offer is needed.
offer-refused-not-read = Tick the box when you have read the text.
offer-refused-not-authorised = Tick the box if you may sign.
offer-refused-position = Fill in your position.
offer-refused-reason = Write down why.
offer-refused-bsn = It holds a number that may be a citizen service number. Take it out.
offer-refused-meanwhile = { $by } was before you with { $provider }. Nothing was signed. Look at the new state.
offer-mail-documents = { $title } and { $count ->
    [one] the annex
   *[other] { $count } annexes
}
offer-code-wrong = This code is wrong or was used. Wait for a new code and try again.
offer-code-app = Code from your app
offer-code-app-hint = 6 digits. Did you just sign in? Then wait for the next code.
offer-code-mail = Code from the mail
offer-code-mail-hint = 8 digits. Ask for a code with the button above first.
offer-code-send = Send me a code
offer-code-sent = The code was sent to your e-mail address. It works for 10 minutes.
offer-code-too-many = You asked for too many codes. Try again in an hour.
offer-position = Position
offer-version = Version { $number }
offer-version-from = Version { $number }, holds from { $from }
offer-version-from-until = Version { $number }, holds from { $from } until { $until }
offer-document = { $title }, version { $number }
offer-signed = Signed
offer-to-sign = To be signed
offer-follows = Follows after that
offer-looked-at = Is being looked at
offer-not-signed = Not signed
offer-standing-title = Accession
offer-standing-lead = Who works under which version, and what waits for whom
offer-standing-none = There is no agreement yet
offer-standing-none-text = As soon as there is a text, you see here which provider works under which version.
offer-standing-count = { $count ->
    [one] 1 provider
   *[other] { $count } providers
} under version { $number }
offer-standing-version = Version { $number }
offer-standing-offer = Offer version { $number }
offer-standing-not-established = No version is established yet
offer-standing-nobody = Nobody has been admitted yet.
offer-to-countersign = { $count ->
    [one] Sign for 1 provider
   *[other] Sign for { $count } providers
}
offer-provider = Provider
offer-works-under = Works under
offer-works-under-none = No agreement yet
offer-state = Offer
offer-until = Sign by
offer-since = since
offer-from = from
offer-ends = Ends after
offer-look = Look
offer-not-offered = Not offered
offer-new-title = Offer the agreement
offer-check-title = Check the offer
offer-check-lead = { $count ->
    [one] You offer this to 1 provider.
   *[other] You offer this to { $count } providers. They are told at the same moment.
}
offer-documents = Documents
offer-sign-until = Sign until
offer-starts = First day
offer-starts-hint = The agreement never starts before both parties have signed.
offer-start-wrong = Fill in a day that exists, such as 01-01-2027.
offer-products = Products
offer-products-hint = For providers without an agreement. A change does not change the products.
offer-to-whom = To whom
offer-what = What
offer-make = Offer
offer-term = Signing is possible until { $day } ({ $rule }).
offer-not-yours = The contract manager offers the agreement.
offer-nobody-left = Everybody has this version already, or has an offer that is still open.
offer-not-established-text = A text can be offered when the table has discussed it and it is established.
offer-earlier = Earlier offers
offer-earlier-one = Offer to { $count ->
    [one] 1 provider
   *[other] { $count } providers
}
offer-made-title = Offer
offer-made-count = { $signed } of { $count ->
    [one] 1 provider
   *[other] { $count } providers
} signed by both
offer-withdrawn-title = This offer was withdrawn
offer-offered = Offered on
offer-by = By
offer-left = Left
offer-withdraw = Withdraw the offer
offer-withdraw-lead = { $count ->
    [one] 1 provider has not signed yet, and can then no longer sign.
   *[other] { $count } providers have not signed yet, and can then no longer sign.
} Who signed already is not touched by it.
offer-reason = Why? The providers read this.
offer-countersign = Sign for the municipality
offer-countersign-title = Signing for the municipality
offer-countersign-check = Check and sign
offer-countersign-lead = The provider has signed already
offer-countersign-names = { $count ->
    [one] You sign for 1 provider. After that the agreement holds.
   *[other] You sign for { $count } providers. After that the agreements hold.
}
offer-countersign-none = Nothing waits for your signature
offer-countersign-waits = Waits for your signature
offer-signed-by = Signed by
offer-certificate = Certificate of signing (PDF)
offer-signed-agreement = Signed agreement (PDF)
offer-signatures = Signatures
offer-facts = Facts
offer-number = Number of the agreement
offer-to-offer = The whole offer
offer-genuine = Authenticity
offer-digest = Check number (SHA-256) of all documents
offer-digest-all = Check number of all documents together
offer-history = History
offer-file-title = File signed elsewhere
offer-file-came = Received from { $by },
offer-file-unsigned = Without a signature
offer-file-unsigned-text = This file holds no electronic signature. It may be a scan of paper.
offer-file-issuer = Certificate issued by { $name }. Whether you trust them is for you to decide.
offer-file-read-it = Read the file yourself. A text with strike-outs or other words is invalid.
offer-file-open = Open the file (PDF)
offer-file-waits = The file waits for the virus scan.
offer-file-reason = Why do you accept it, or send it back?
offer-file-reason-hint = To accept: write in at least { $count } letters what you looked at. The provider reads this.
offer-file-accept = Accept as signature
offer-file-send-back = Send back
offer-file-came-back = The signed file was sent back
offer-file-choose = The signed file
offer-file-hint = One PDF, with the signature in it. A scan of the paper will do too.
offer-file-lead = Did you sign on paper or with another program? Then send the PDF. Do not write or strike out anything in the text: then the agreement is not valid. The municipality looks at the file before it counts.
offer-file-send = Send the file
offer-file-name = { $title }, signed
offer-file-no-pdf = Choose a PDF.
offer-file-one = Choose one file.
offer-file-not-read = This file cannot be read. Make the PDF again.
offer-file-digest = Check number (SHA-256) of the file
offer-you-can-sign = You can sign
offer-sign-by = Sign until { $day }
offer-home = To sign
offer-sign = Sign
offer-on-behalf = On behalf of { $organisation }, KvK { $kvk }, by { $name }.
offer-tick-read = I have read version { $number }
offer-tick-authorised = I may sign on behalf of { $organisation }
offer-sign-button = Sign version { $number }
offer-sign-next = You get a proof by e-mail at once. The municipality signs after that.
offer-otherwise = Rather another way?
offer-otherwise-file = Send a file that you signed elsewhere
offer-decline = Do not accept
offer-decline-notice = Not accepting counts as notice
offer-decline-first = You then get no agreement under this version. The municipality reads your reason.
offer-decline-reason = Why do you not accept?
offer-decline-button = I do not accept
offer-decline-not = Back, do not decide yet
offer-change-title = This change begins on { $day }
offer-change-stops = If you do not accept, your agreement ends after { $day }.
offer-changes = { $title }: what differs from version { $number }
offer-changes-none = Nothing changed.
offer-forced = This is a forced change
offer-forced-hint = Because of a new law, for example. Who does not accept has { $months ->
    [one] { $months } month
   *[other] { $months } months
  } notice after the last day to sign.
offer-forced-word = Forced change
offer-forced-yes = Yes: { $months ->
    [one] { $months } month
   *[other] { $months } months
  } notice for who does not accept
offer-forced-told = This change is forced, by a new law for example. That is why a longer notice holds.
offer-box-text = { $state ->
    [open] You can sign version { $number } until { $day }.
   *[other] Version { $number } was offered to you.
  }
offer-box-button = Read and sign
offer-box-look = See how far it is
offer-whole-text = Whole text
offer-invite-title = Invite your authorised signatory
offer-invite-text = Only who may sign on behalf of { $organisation } can sign this.
offer-invite-button = Invite somebody
offer-switch-role = May you sign yourself? Then you can do so in your other role.
offer-invite-ask = Ask the administrator of your organisation to invite somebody in the role of signatory.
offer-see-receipt = See the receipt
offer-closed-uploaded = The municipality looks at your signed file
offer-closed-signed = You have signed; now the municipality signs
offer-closed-both = Signed by you and the municipality. The agreement starts on { $day }
offer-closed-declined = You did not agree
offer-receipt-title = You have signed
offer-receipt-both = Signed by you and the municipality
offer-receipt-next = What happens now?
offer-receipt-start = The agreement starts on { $day }. From that day you can support clients.
offer-receipt-municipality = Now the municipality signs.
offer-receipt-not-yet = Do not start with clients yet: the agreement holds only when both have signed.
offer-receipt-mail = You get a mail when the municipality has signed.
offer-receipt-back = To the agreement
offer-certificate-title = Certificate of signing
offer-certificate-lead = Below stands who signed, when, and how it was established that it was them.
offer-certificate-how = The check number (SHA-256) changes when one character of the text changes. The line of the log is linked to all earlier lines: who changes anything breaks the chain.
offer-certificate-footer = certificate of signing { $reference }
offer-certificate-table = What was signed
offer-certificate-summary = For each document its version and check number.
offer-agreement = Document
offer-starts-on = Starts on
offer-name = Name
offer-organisation = Organisation
offer-kvk = KvK number
offer-accepted-at = Accepted by the municipality on
offer-moment = Signed on
offer-proof = Proof
offer-in-file = In the file
offer-signed-digest = Signed check number (SHA-256)
offer-audit-line = Line of the log
offer-work-file = Look at a signed file
offer-work-countersign = Sign an agreement
offer-work-sign = Signs the agreement
offer-term-kind = Signing
offer-remind-lapsed = { $count ->
    [one] 1 offer lapsed
   *[other] { $count } offers lapsed
}

## agreement-page, report-agreement: the text of the agreement on screen and paper
report-contents = Contents
report-added = added
report-removed = removed
report-agreement-individual = This article is filled in for each provider.
report-agreement-about = About this text
report-agreement-about-text = The checksum belongs to exactly this text. One other letter gives another number.
report-agreement-version = version { $number }
report-agreement-version-word = Version
report-agreement-kind = Kind
report-agreement-annex-to = Annex to
report-agreement-role = Role of the provider (GDPR)
report-agreement-state = Status
report-agreement-days = Valid
report-agreement-no-days = not known yet
report-agreement-from = from { $from }
report-agreement-from-until = from { $from } up to and including { $until }
report-agreement-draft = This is a draft
report-agreement-draft-text = The municipality is still working on this text. Nobody can derive rights from it.
report-agreement-asked = This text has not been established yet
report-agreement-asked-text = The text lies before the consultation table and may still change. Nobody can derive rights from it.
report-agreement-article = Article { $number } { $heading }
report-agreement-count = Number of articles
report-agreement-established = Established on
report-agreement-minutes = Minutes of the table
report-agreement-digest = Checksum (SHA-256)
report-agreement-changes-title = { $title }: what version { $now } changes in version { $before }
report-agreement-compared = Compared with version
report-agreement-why = Why
report-agreement-changes = Changes
report-agreement-heading-changed = The heading:
report-agreement-changes-about = This paper shows only what changes. The whole text is a document of its own. The checksum belongs to the whole text.
report-agreement-no-changes = No article changed between these two versions.
report-agreement-key-added = Underlined: these words are added.
report-agreement-key-removed = Struck through: these words are removed.
page-menu-agreements = Agreements
page-menu-agreement = Agreement
agreement-page-version = version { $number }
agreement-page-version-first = Version { $number }
agreement-page-version-word = Version
agreement-page-added = added
agreement-page-removed = removed
agreement-page-valid-from = Version { $number }, valid from { $from }
agreement-page-valid = Version { $number }, valid from { $from } up to and including { $until }
agreement-page-valid-word = Valid
agreement-page-no-days = not known yet
agreement-page-from = from { $from }
agreement-page-from-until = { $from } up to and including { $until }
agreement-page-respond = You can react up to and including { $day }
agreement-page-respond-until = react up to and including { $day }
agreement-page-tabs = View
agreement-page-tab-changes = Changes ({ $count })
agreement-page-tab-whole = Whole text
agreement-page-tab-annexes = Annexes ({ $count })
agreement-page-tab-versions = Versions ({ $count })
agreement-page-pdf = Version { $number } (PDF)
agreement-page-pdf-changes = Changes (PDF)
agreement-page-word = Download as a Word document
agreement-page-article = Article { $number } { $heading }
agreement-page-individual = This article is filled in for each provider.
agreement-page-empty = This version has no articles yet.
agreement-page-changes = Changes
agreement-page-different = What differs from version { $number }
agreement-page-heading-changed = The heading:
agreement-page-no-changes = No article changed.
agreement-page-compare = Compare version { $number } with
agreement-page-compare-button = Compare
agreement-page-annexes = Annexes
agreement-page-annex = Annex
agreement-page-no-annexes = This text has no annexes.
agreement-page-versions = All versions
agreement-page-see = See
agreement-page-first-version = first version
agreement-page-state = Status
agreement-page-next = What you can do
agreement-page-about = About this text
agreement-page-kind = Kind
agreement-page-domain = Domain
agreement-page-domain-pw = Participation Act
agreement-page-domain-wmo = Social Support Act
agreement-page-domain-jeugd = Youth Act
agreement-page-role = Role of the provider (GDPR)
agreement-page-annex-to = Annex to
agreement-page-established = Established on
agreement-page-minutes = Minutes of the table
agreement-page-minutes-hint = Where are they? For example: Minutes of the table of 10 December 2026, page 2.
agreement-page-minutes-empty = Fill in on which minutes of the table this decision rests.
agreement-page-genuine = Authenticity
agreement-page-digest-of = Checksum (SHA-256) of version { $number }
agreement-page-digest-now = Checksum (SHA-256) of the text as it is now. It is fixed only when the text is established.
agreement-page-digest = Checksum
agreement-page-history = History
agreement-page-act-write = Write the text
agreement-page-act-consult = Put before the table
agreement-page-act-take-back = Take back
agreement-page-act-establish = Establish
agreement-page-act-begin = Make a new version
agreement-page-list-lead = One text for all providers, in versions.
agreement-page-new = New text
agreement-page-none = There are no texts yet
agreement-page-none-writer = Make the first text. You can begin with a sample.
agreement-page-none-reader = As soon as the municipality puts a text before the table or establishes one, it stands here.
agreement-page-text = Text
agreement-page-holds-now = Holds today
agreement-page-holds-none = no version yet
agreement-page-newest = Newest version
agreement-page-procedure = Procedure
agreement-page-new-lead = You make the text as a draft. Nobody outside the municipality sees it until you put it before the table.
agreement-page-new-title = Title in Dutch
agreement-page-new-title-hint = This is the title that counts. The address of the text is made from it.
agreement-page-new-title-en = Title in English (may stay empty)
agreement-page-new-title-empty = Give the text a title.
agreement-page-new-title-wrong = The title holds a sign or number that cannot stand there. Choose other words.
agreement-page-new-no-whole = No annex, a text of its own
agreement-page-new-no-role = Does not apply
agreement-page-new-role-hint = Only for arrangements about personal data.
agreement-page-new-role-wrong = Choose a role for arrangements about personal data, and otherwise none.
agreement-page-new-whole-missing = This kind of text is an annex. Choose the text it belongs to.
agreement-page-new-whole-signed = This kind of text is signed by itself and is no annex. Choose “No annex”.
agreement-page-new-whole-elsewhere = That text belongs to another procedure.
agreement-page-new-make = Make the text
agreement-page-not-now = Not now
agreement-page-choose = Choose one of the options at “{ $field }”.
agreement-page-too-long = This is too long. Use at most { $most } characters.
agreement-page-odd = The sign “{ $sign }” cannot be printed. Take it out or choose another.
agreement-page-draft-title = Write { $title }, version { $number }
agreement-page-draft-lead = Draft: only the municipality sees this.
agreement-page-draft-read = Read the whole text
agreement-page-draft-empty = There are no articles yet.
agreement-page-begin-with-first = Begin with the sample text
agreement-page-articles = Articles
agreement-page-article-new = New article
agreement-page-article-write = Write article { $number }
agreement-page-read-in = Read in a Word document
agreement-page-up = Up
agreement-page-down = Down
agreement-page-faulty = not right yet
agreement-page-lacking = Still missing
agreement-page-days-title = When and why
agreement-page-holds-from = Begins on
agreement-page-holds-until = Holds up to and including
agreement-page-holds-until-hint = Empty: no end is known yet.
agreement-page-explanation = What changes, and why?
agreement-page-explanation-hint = Everybody at the table reads this.
agreement-page-day-wrong = Fill in a date, for example 01-01-2027.
agreement-page-until-before = The last day lies before the first. Choose a later day.
agreement-page-save = Save
agreement-page-done-saved = Saved.
agreement-page-done-dropped = The article was dropped.
agreement-page-done-read-in = The articles stand in the draft.
agreement-page-number = Number
agreement-page-number-hint = For example 4, 4.2 or 3a
agreement-page-number-wrong = Write the number in digits, for example 4, 4.2 or 3a.
agreement-page-heading = Heading
agreement-page-heading-empty = Give the article a heading.
agreement-page-scope = For whom
agreement-page-place = Place
agreement-page-place-first = First of all
agreement-page-place-after = After { $name }
agreement-page-body = Text
agreement-page-body-hint = **bold**, *italic*. A list: each line begins with - or with 1. An empty line begins a new paragraph. A chapter without words of its own stays empty.
agreement-page-preview = Preview
agreement-page-preview-empty = Press Preview to see how the article looks.
agreement-page-drop = Drop the article
agreement-page-drop-text = The article goes from this draft. In earlier versions it stays.
agreement-page-drop-sure = Yes, drop the article
agreement-page-article-faulty = Article { $number } is not right yet. Open the article to see what is wrong with it.
agreement-page-blocked = This still stands in the way
agreement-page-consult-title = Put version { $number } before the table
agreement-page-consult-lead = All providers see the text from the same moment on and can react. After that the text changes only by a decision of the table.
agreement-page-seen-by = Who sees it
agreement-page-all-providers = { $count ->
    [one] the only provider
   *[other] all { $count } providers
  }
agreement-page-respond-last = Last day to react
agreement-page-days = Term to react in days
agreement-page-days-hint = The term begins tomorrow. When it ends in a weekend or on a holiday, it is the working day after.
agreement-page-days-wrong = Fill in a number of days from 1 to { $most }.
agreement-page-take-back-title = Take version { $number } back
agreement-page-take-back-lead = The text becomes a draft again. Providers no longer see it, until you put it before the table again.
agreement-page-why = Why do you take the text back?
agreement-page-why-hint = This reason stands in the history of the text.
agreement-page-establish-title = Establish version { $number }
agreement-page-establish-lead = Once established, this version never changes again. The checksum below is what parties sign later.
agreement-page-asked = Put before the table
agreement-page-early = Everybody can still react until { $day }. If you establish the version now, that is no longer possible.
agreement-page-asked-by = by { $by }, reactions until { $day } inclusive
agreement-page-read-in-title = Read a Word document into version { $number }
agreement-page-read-in-lead = Every heading in the document becomes an article. You first see what was found; nothing is stored yet.
agreement-page-read-in-file = Word document
agreement-page-read-in-hint = A .docx of at most 25 MB.
agreement-page-read-in-none = Choose a Word document.
agreement-page-read-in-look = See what is in it
agreement-page-read-in-virus = There is a virus in this file. It was not read.
agreement-page-read-in-unscanned = The virus scanner gives no answer now. Try again later.
agreement-page-read-in-gone = The document is no longer with us. Choose it again.
agreement-page-read-in-not-yet = { $count ->
    [one] One article found. Nothing is stored yet.
   *[other] { $count } articles found. Nothing is stored yet.
  }
agreement-page-read-in-fills = When you take them over, they stand in the draft and you can write on.
agreement-page-read-in-replaces = { $count ->
    [one] When you take them over, they replace the article that stands there now. An article with the same number stays the same article.
   *[other] When you take them over, they replace the { $count } articles that stand there now. An article with the same number stays the same article.
  }
agreement-page-read-in-yes = Take these articles over
agreement-page-read-in-other = Choose another document
agreement-page-read-in-left-out = Take note
agreement-page-read-in-odd = Article { $number } holds the sign “{ $sign }”. It cannot be printed; change it after reading in.
agreement-page-read-in-before = This stands before the first article and does not come along
agreement-page-read-in-found = Found in { $name }
agreement-docx-tracked = { $count ->
    [one] One tracked change counts as accepted: what was added comes along, what was deleted does not.
   *[other] { $count } tracked changes count as accepted: what was added comes along, what was deleted does not.
  }
agreement-docx-comments = { $count ->
    [one] One comment does not come along.
   *[other] { $count } comments do not come along.
  }
agreement-docx-tables = { $count ->
    [one] One table does not come along. Make it a list, or an annex.
   *[other] { $count } tables do not come along. Make them lists, or an annex.
  }
agreement-docx-images = { $count ->
    [one] One image does not come along.
   *[other] { $count } images do not come along.
  }
agreement-docx-footnotes = { $count ->
    [one] One footnote does not come along.
   *[other] { $count } footnotes do not come along.
  }
agreement-docx-boxes = { $count ->
    [one] One text box does not come along.
   *[other] { $count } text boxes do not come along.
  }
agreement-docx-headers = Headers and footers do not come along.
agreement-docx-links = { $count ->
    [one] Of one link that does not begin with https:// only the words come along.
   *[other] Of { $count } links that do not begin with https:// only the words come along.
  }
agreement-docx-fields = { $count ->
    [one] One field that Word fills in does not come along as a field.
   *[other] { $count } fields that Word fills in do not come along as fields.
  }
agreement-docx-empty = This file is empty. Choose another.
agreement-docx-large = This file is larger than { $most } MB. Choose a smaller document.
agreement-docx-bomb = Unpacked this file becomes far too large. It was not read.
agreement-docx-files = There are too many parts in this file. It was not read.
agreement-docx-encrypted = This document has a password. Save it without a password and try again.
agreement-docx-old = This document has the old form (.doc). Save it in Word as .docx and try again.
agreement-docx-not-word = This is no Word document. Choose a file that ends in .docx.
agreement-docx-damaged = This document is damaged. Open it in Word, save it again and try once more.
agreement-docx-no-articles = There are no headings in this document. Give every article the style Heading 1 or Heading 2 in Word.
agreement-docx-many = There are more than { $most } headings in this document. That is too many for an agreement.
front-agreement-text = Agreement or annex
front-agreement-kind = Kind
front-agreement-version = Version

## office: what the municipality's side got besides
dossier-refused-own-verdict = You judged a criterion of this application. A colleague has to take the decision.
dossier-refused-own-interest = You have a role with this provider, or had one in the last { $months } months. A colleague has to do this.
dossier-refused-end-in-past = { $day } is over. Choose a later day, or another verdict.
dossier-refused-beyond-evidence = The evidence counts until { $day }. Write down why your verdict holds longer.
account-people-interest = This person has a role with a provider, or had one lately (provider { $numbers }). Here this person may not judge or decide anything about that provider. Do you want to invite all the same? Then tick the box.
account-people-interest-known = I know that this person works or worked for a provider, and invite all the same
told-title = Details of the application
told-handed-in = Handed in on
told-back = Back to the application
told-organisation = Organisation
told-offer = What the provider wants to deliver
told-nothing = Nothing was filled in at this step.
told-changes = A supplement changed something. Below the new answer stands what was there before.
told-before = Before, handed in on
told-exclusion = The provider tells of a reason to exclude it
told-exclusion-silent = The provider does not declare that there is no reason to exclude it, and writes nothing about it.
told-exclusion-more = See the self-declaration
told-establishment = Establishment number
told-address = Address
told-website = Website
told-size = Size
told-accessible = reachable and accessible for clients with a disability
told-not-accessible = not accessible for clients with a disability
told-products = Products
told-profiles = Client profiles
told-subcontractors = Works with subcontractors
told-authority = Authority to sign
told-yes = Yes
told-no = No
bench-colleagues = With your colleagues
bench-exclusion-line = Tells of a reason to exclude it
dossier-term-before-start = Before the start
bench-work-before-start = { $count ->
    [one] 1 criterion left before the start
   *[other] { $count } criteria left before the start
}
mine-your-turn = You can still do something
mine-before-start = Still needed before the start
mine-before-start-text = { $count ->
    [one] We still need evidence from you for 1 criterion. Send it by { $day }: { $left }.
   *[other] We still need evidence from you for { $count } criteria. Send it by { $day }: { $left }.
}
mine-before-start-list = See which
report-letter-before-start = What we still need before the start
report-letter-before-start-text = Send us by { $due } what stands below. After that you can start.
admin-outage-long-ago = This outage began more than 14 days ago. Is the day right?
admin-outage-withdraw = Withdraw the outage
admin-outage-withdraw-text = The outage will not count any more. Terms that became longer by it become shorter again. What stood there stays to be read.
admin-outage-withdrawn = Withdrawn
admin-outage-correct = Correct the end
admin-outage-reason = Why is it not right?
admin-outage-reason-hint = Needed when you correct an end or withdraw the outage.
admin-outage-reason-missing = Write down why you change this.
admin-outage-tells = Providers whose term changes get a mail.
admin-outage-was-withdrawn = Withdrawn
admin-outage-was-until = The end was { $moment }
admin-outage-was-lasting = Was not over yet
admin-question-words = The question, as everybody reads it
admin-question-words-hint = You can change the words, for instance when they hold a name. The first words stay to be read by you.
admin-question-was = As it was asked:
admin-question-bsn = There is a number here that may be a citizen service number (BSN). Take it out.
admin-question-remove = Take the question away
admin-question-reason = Why do you take the question away?
admin-question-removed = Taken away
admin-question-gone = The question was taken away. Nobody outside the municipality reads it any more.
mine-own-version = You saved this step yourself meanwhile, in another window
mine-own-version-next = Below stands what you filled in there. The form holds what you filled in now. If you save again, what stands in the form counts.
mine-own-version-take = Use what you saved in the other window
report-letter-signed = the { $role }

## catalogue: the product catalogue
catalogue-tab = Products
catalogue-title = Products and tariffs
catalogue-lead = What the municipality buys, for whom, and at what tariff. Every change is a new version with a first day.
catalogue-on = Products on
catalogue-show = Show
catalogue-new = New product
catalogue-matrix = Products and profiles
catalogue-published = { $code } is recorded and holds from { $day }.
catalogue-undescribed = { $count ->
    [one] 1 product has not been described yet
   *[other] { $count } products have not been described yet
}
catalogue-undescribed-text = Of these products only the code, the name and the tariff are known. Write a version: it says whom the product is for and how you pay for it.
catalogue-of-day = { $count ->
    [one] 1 product on { $day }
   *[other] { $count } products on { $day }
}
catalogue-none = There are no products on this day.
catalogue-product = Product
catalogue-pricing = Pricing
catalogue-tariff = Tariff
catalogue-profiles = Profiles
catalogue-limits = Limits
catalogue-no-limits = None
catalogue-no-tariff = No tariff
catalogue-per = per { $unit }
catalogue-pricing-per-unit = Per unit
catalogue-pricing-fixed = Fixed amount per trajectory
catalogue-pricing-instalments = In instalments
catalogue-pricing-bonus = Bonus at the result
catalogue-pricing-batch = Batch paid in advance
catalogue-pricing-actual = Actual cost up to a cap
catalogue-vat-exempt = exempt from VAT
catalogue-vat-percent = excluding { $pct }% VAT
catalogue-vat-none = Not filled in yet
catalogue-vat-rate = With VAT
catalogue-vat-pct = What percentage of VAT?
catalogue-vat = VAT
catalogue-only-named = Only by { $name }
catalogue-places-count = { $count ->
    [one] 1 place at a time
   *[other] { $count } places at a time
}
catalogue-yearly-count = { $most } a year ({ $unit })
catalogue-most-each = At most { $most } per trajectory ({ $unit })
catalogue-most-months = { $count ->
    [one] At most 1 month
   *[other] At most { $count } months
}
catalogue-months = { $count ->
    [one] 1 month
   *[other] { $count } months
}
catalogue-code = Code
catalogue-code-hint = As providers write it in the quarterly statement. Only letters, digits and hyphens. A code never changes.
catalogue-name-nl = Name in Dutch
catalogue-name-en = Name in English
catalogue-domain = Domain
catalogue-unit = Unit
catalogue-unit-hint = What the tariff is for. Another unit is another product.
catalogue-instalments = Instalments
catalogue-instalments-hint = Only for payment in instalments. One instalment on each line: the percentage, the moment in Dutch and in English, with a semicolon between. Together 100 per cent.
catalogue-profiles-hint = The codes, with a comma between. Known are: { $codes }.
catalogue-ladder = Participation ladder
catalogue-ladder-steps = Step { $from } to { $to }
catalogue-ladder-from = From step
catalogue-ladder-to = Up to and including step
catalogue-max-quantity = Highest quantity per trajectory
catalogue-max-months = Longest duration
catalogue-max-months-in = Longest duration in months
catalogue-empty-free = Empty: no limit.
catalogue-approval = The contact person must agree beforehand
catalogue-results = Delivers results that stand in the plan
catalogue-only-by = Only by this provider
catalogue-only-by-nobody = By everybody who offers it
catalogue-places = Places at a time
catalogue-places-hint = How many trajectories may run at the same time, with all providers together. Empty: no limit.
catalogue-yearly = Volume a year
catalogue-yearly-hint = How many units in a calendar year, with all providers together. Empty: no limit.
catalogue-first-day = First day
catalogue-first-day-hint = At the earliest { $day }.
catalogue-until = Last day
catalogue-until-hint = Only when the product stops. Empty: until there is a new version.
catalogue-group-when = From when
catalogue-group-what = What it is
catalogue-group-whom = Whom it is for
catalogue-group-pay = How you pay
catalogue-group-trajectory = In a trajectory
catalogue-group-limits = Who and how much
catalogue-form-lead = You always write a new version. The version of now holds until the day before.
catalogue-form-code = Fill in a code of letters, digits and hyphens, at least two characters long.
catalogue-form-code-taken = This code belongs to another product already. Choose another one.
catalogue-form-name = Fill in a name.
catalogue-form-choose = Choose one from the list.
catalogue-form-profiles = These profiles are not known: { $codes }. Choose from the list.
catalogue-form-profiles-none = Fill in at least one profile.
catalogue-form-number = Fill in a whole number from { $least } to { $most }.
catalogue-form-quantity = Fill in a quantity, such as 40 or 12,5.
catalogue-form-amount = Fill in an amount, such as 62,55 or 1.250.
catalogue-form-ladder = Fill in two steps, the lowest first, or leave both empty.
catalogue-form-instalments = Write each instalment on a line of its own, such as: 40; bij het plan; at the plan. The percentages add up to 100.
catalogue-form-first-day = Fill in a day.
catalogue-form-too-early = That is too early. Choose { $day } or later.
catalogue-form-last-day = Choose a day after the first day.
catalogue-look = See what it does
catalogue-look-hint = Nothing is recorded yet.
catalogue-overtaken = Somebody recorded a new version in the meantime. See what holds now and try again. What you filled in is still there.
catalogue-next-version = New version of { $code }
catalogue-write-version = New version
catalogue-noted = Recorded.
catalogue-use = What of it is used
catalogue-running-now = Running trajectories
catalogue-of-places = of { $places } places
catalogue-delivered-in = Delivered in { $year }
catalogue-of-yearly = of { $most }
catalogue-not-shared = For this product there is no limit that providers share.
catalogue-left = { $left } left
catalogue-full = Used up
catalogue-over = { $over } too many
catalogue-nobody = Nobody offers this product.
catalogue-provider = Provider
catalogue-offers-for = Offers it for
catalogue-offers-not = Does not offer it
catalogue-batch-left = Left of what was paid in advance
catalogue-drawn = { $drawn } used of { $bought }
catalogue-not-prepaid = Not paid in advance
catalogue-holds-from = Holds from { $day }
catalogue-holds = What holds
catalogue-not-described = Not described yet. Write a version.
catalogue-batches = Batches paid in advance
catalogue-batch-day = Counts from
catalogue-quantity = Quantity
catalogue-paid = Paid
catalogue-paid-unknown = Not filled in
catalogue-tariffs = Tariffs
catalogue-no-tariffs = There is no tariff yet. Without a tariff nobody can state this product.
catalogue-new-tariff = New tariff
catalogue-tariff-per = Tariff per { $unit }
catalogue-tariff-hint = Without VAT.
catalogue-no-versions = There is no version yet.
catalogue-new-batch = Batch paid in advance
catalogue-new-batch-text = What you buy ahead from a provider. The lines in its quarterly statements draw it down.
catalogue-batch-quantity = Quantity ({ $unit })
catalogue-batch-hint = Recorded something wrongly? Fill in the quantity with a minus sign before it.
catalogue-batch-paid = Amount paid
catalogue-batch-paid-hint = May stay empty.
catalogue-batch-reason = Explanation
catalogue-batch-why = Write down why you take this back.
catalogue-batch-for = For { $name }. Lines of before that day do not count.
catalogue-batch-back = The batch counts from { $day } already. Is the day right?
catalogue-check-new = New product { $code }
catalogue-check-version = What the new version of { $code } does
catalogue-check-tariff = What the new tariff of { $code } does
catalogue-check-batch = Record a batch for { $code }
catalogue-check-not-yet = Nothing is recorded yet
catalogue-check-text = See what changes and record it after that.
catalogue-check-same = Nothing changes in what stands there.
catalogue-put-down = Record it
catalogue-impact-running = { $count ->
    [0] Running trajectories
    [one] 1 running trajectory
   *[other] { $count } running trajectories
}
catalogue-impact-none = No trajectories run for which this changes anything.
catalogue-impact-what = What it means
catalogue-impact-fits = Fits
catalogue-impact-look = Look at this
catalogue-impact-vat = No VAT is filled in. Providers and visitors then read nothing about VAT.
catalogue-impact-places = { $taken } trajectories run now. That is more than { $places } places.
catalogue-impact-ends = The product stops after { $day }. What still runs then can no longer be stated.
catalogue-impact-closed = { $count ->
    [one] 1 trajectory runs with a provider who may then no longer state this product.
   *[other] { $count } trajectories run with a provider who may then no longer state this product.
}
catalogue-impact-profile = { $count ->
    [one] 1 trajectory is of a profile that the product is then no longer for.
   *[other] { $count } trajectories are of a profile that the product is then no longer for.
}
catalogue-impact-longer = { $count ->
    [one] 1 trajectory then runs longer than it may.
   *[other] { $count } trajectories then run longer than they may.
}
catalogue-impact-more = { $count ->
    [one] Of 1 trajectory the highest quantity was stated already.
   *[other] Of { $count } trajectories the highest quantity was stated already.
}
catalogue-impact-charged = { $count ->
    [one] 1 line was already stated about { $day } or later. It keeps the old tariff.
   *[other] { $count } lines were already stated about { $day } or later. They keep the old tariff.
}
catalogue-impact-share = Difference with the tariff of now: { $share }.
catalogue-matrix-lead = Tick every profile that a product is meant for.
catalogue-matrix-table = Which product for which profile
catalogue-matrix-box = { $product } for { $profile }
catalogue-matrix-none = There is nothing to tick yet
catalogue-matrix-none-text = Describe a product first. A profile scheme must be in force too.
catalogue-matrix-same = You did not change a single box.
catalogue-matrix-check = What the other boxes do
catalogue-offer-title = What is offered
catalogue-offer-count = { $count ->
    [one] 1 product
   *[other] { $count } products
}
catalogue-offer-table = The product catalogue on { $day }
catalogue-offer-lead = Tick every profile for which you offer the product. Without a tick you do not offer it.
catalogue-offer-save = Save what we offer
catalogue-offer-save-hint = This holds from today. The contract manager takes new products over into your agreement. Trajectories that run already are finished.
catalogue-offer-closed = Only by another
catalogue-offer-agreed = In the agreement
catalogue-offer-waits = Not in the agreement yet
catalogue-offer-only-agreed = Not offered, still in the agreement
catalogue-offer-not = Not offered
catalogue-offer-since = Offered since { $day }
catalogue-offer-until = until { $day }
catalogue-offer-ended = What is no longer offered
catalogue-offer-ended-text = Trajectories that still run are finished and stated.
catalogue-offer-beyond = { $count ->
    [one] 1 product is not in the agreement yet
   *[other] { $count } products are not in the agreement yet
}
catalogue-offer-beyond-text = Take over what the provider may deliver. See first whether it meets the criteria that come with the product.
catalogue-offer-take = Take over into the agreement
catalogue-offer-wait-text = The contract manager takes this over. Until then you can state nothing of it.
catalogue-offer-no-agreement = No agreement runs yet.
catalogue-offer-changed = The catalogue changed in the meantime. See what stands there now and save again.
catalogue-offer-see = See all that is offered
catalogue-offer-mine = What we offer
catalogue-public-title = Products and tariffs
catalogue-public-lead = What the municipality buys and what it pays for it. The tariff is the same for every provider.
catalogue-public-none = Choose another day.
catalogue-check-above-cap = On { $day } the municipality pays at most { $tariff }. Fill in the actual cost, up to that amount.
catalogue-check-reserved = On this day only another provider delivers this product. Contact the contract manager.
catalogue-check-most = Together with other lines this is { $charged } for this case. The highest quantity per trajectory is { $most }.
catalogue-check-prepaid = Together with other lines this is { $charged }. Paid in advance was { $bought }. Ask the contract manager for a new batch.
catalogue-check-places = On the last day of the quarter { $taken } trajectories run with this statement. There are { $places } places for all providers together. Is that right?
catalogue-check-year = With this statement { $delivered } was delivered this year, by all providers together. Agreed was { $yearly }. Is that right?
## Mended after the review of applications
dossier-refused-never-asked = You have not asked the provider for this evidence yet. Ask for it first, with a supplement. Only after that can the verdict be “does not meet”.
dossier-looked-up = We look this up ourselves
dossier-replaced = Replaced by a newer version.
dossier-holds-no-end-given = No end date was given.
dossier-holds-new-enough = The evidence was at most { $months } months old on receipt.
dossier-reckoned-written = That day is on the evidence.
dossier-reckoned-dated = That is { $months } months after { $start }, the date of the evidence.
dossier-reckoned-sooner = That is { $months } months after { $start }, the date of the evidence. The date on the evidence itself, { $written }, is later.
dossier-reckoned-received = That is { $months } months after { $start }, the day of receipt.
dossier-event-verdict = { $code }: { $result }
dossier-event-verdict-replaced = { $code }: { $result } (replaced by another verdict later)
dossier-event-evidence = { $code }: new evidence received
dossier-event-successor = { $code }: asked for new evidence, the old holds until { $day }
dossier-event-expired = { $code }: the evidence has expired
report-dossier-newer = newer document received on { $day }, not judged yet
evidence-refused-name-bsn = The name of the file holds a number that may be a citizen service number (BSN). We are not allowed to keep it. Give the file a name without that number and send it again.
## planning: planningsbord en collegebesluiten
planning-phase-preparation = Phase 0: preparation
planning-phase-dialogue = Phase 1: dialogue
planning-phase-admission = Phase 2: admission
planning-phase-contract = Phase 3: contracts and start
planning-verb-lay-out = Plan laid out
planning-verb-shift = First month changed
planning-verb-add = Activity added
planning-verb-move = Activity moved
planning-verb-rename = Activity renamed
planning-verb-change = Activity changed
planning-verb-drop = Activity dropped
planning-verb-restore = Activity taken up again
planning-verb-deliver = Delivered
planning-verb-take-back = Not delivered after all
page-menu-planning = Planning
planning-title = Planning
planning-lead = What happens when in each procedure, and what the college decided.
planning-tabs = Planning and decisions
planning-tab-boards = Planning
planning-tab-decisions = Decisions of the college
planning-per-procedure = By procedure
planning-no-procedures = There is no procedure yet.
planning-procedure = Procedure
planning-delivered-count = Delivered
planning-late-head = Late
planning-none-yet = No plan yet
planning-none-reader = As soon as the contract manager makes a plan, you find it here.
planning-done-of = { $done } of { $all }
planning-late-count = { $count ->
    [0] Nothing late
    [one] 1 activity late
   *[other] { $count } activities late
}
planning-of = Plan of { $name }
planning-from-month = From { $month }
planning-months = { $first } to { $last }
planning-activities = Activities by phase and month
planning-no-activities = There is nothing on the board yet. Add an activity.
planning-activity = Activity
planning-state = State
planning-now = now
planning-is-planned = planned
planning-delivered = Delivered on { $day }
planning-dropped = Dropped
planning-late = { $count ->
    [one] Late: 1 day
   *[other] Late: { $count } days
}
planning-running = At work, due on { $day }
planning-planned = Begins in { $month }
planning-new = Add an activity
planning-plan = What and when
planning-name-nl = Name in Dutch
planning-name-en = Name in English (may be empty)
planning-deliverable-nl = What there is then, in Dutch (may be empty)
planning-deliverable-en = What there is then, in English (may be empty)
planning-deliverable-hint = For example: minutes of the tables.
planning-phase = Phase
planning-from = First month
planning-until = Last month
planning-save = Save
planning-deliver = Deliver
planning-deliver-text = Is it there? Fill in the day on which it was ready. Your name is put beside it.
planning-deliver-do = Mark as delivered
planning-delivered-on = Ready on
planning-take-back = Not delivered after all
planning-take-back-text = The activity is open again. The history keeps that it was delivered.
planning-take-back-reason = Why was it not ready?
planning-drop = Drop this activity
planning-drop-text = Nothing is lost: the activity can still be read on the board.
planning-drop-reason = Why is the activity dropped?
planning-restore = Take it up again
planning-restore-reason = Why is the activity done after all?
planning-make = Make the plan
planning-make-text = Choose the month in which you begin. The usual plan takes six months. After that you change anything you like.
planning-make-do = Make the plan
planning-first-month = First month
planning-first-month-hint = Year and month, such as 2027-01.
planning-with = What do you begin with?
planning-with-usual = With the usual plan of six months
planning-with-nothing = With an empty board
planning-shift = Change the first month
planning-shift-text = All activities move along.
planning-shift-reason = Why does the first month change?
planning-shift-do = Move the plan
planning-history = History ({ $count })
planning-history-title = History of this plan
planning-done-made = The plan is made.
planning-done-shifted = The plan is moved.
planning-done-added = The activity is added.
planning-done-changed = The activity is saved.
planning-done-delivered = The activity is marked as delivered.
planning-done-taken-back = The activity is open again.
planning-done-dropped = The activity is dropped.
planning-done-restored = The activity is taken up again.
planning-month-wrong = Fill in a year and a month, such as 2027-01.
planning-day-wrong = Fill in a day, such as 31-12-2027.
planning-day-future = This day has not come yet. Fill in today or an earlier day.
planning-reason-missing = Write down why you do this.
planning-name-missing = Fill in a name.
planning-months-wrong = Choose a last month that does not come before the first.
planning-changed-meanwhile = This changed meanwhile. First look at how it is now.
planning-not-yours = You cannot change this.
planning-too-long = This is too long. { $count } characters fit here.
planning-work = Plan: { $activity }
planning-work-due = Due in { $month }
planning-decisions-lead = What the college of mayor and aldermen decided about these procedures.
planning-decisions-found = { $count } of { $all } decisions
planning-decisions-nothing = No decision fits what you search for.
planning-decisions-show-all = Show all decisions
planning-decisions-none = No decision has been noted yet.
planning-decisions-csv = Download as CSV
planning-decisions-xlsx = Download as XLSX
planning-decision-new = Note a decision
planning-decision-kept = The decision is saved.
planning-decision-search = Search by number, subject or words
planning-decision-every-procedure = All procedures
planning-decision-find = Search
planning-decision-number = Number
planning-decision-number-hint = As the college numbers it.
planning-decision-number-taken = Another decision in the register has this number.
planning-decision-day = Date
planning-decision-subject = Subject
planning-decision-decided = What was decided
planning-decision-decided-hint = Do not put names of clients in it.
planning-decision-about = Belongs to
planning-decision-text = Agreement
planning-decision-criteria-from = Criteria that hold from
planning-decision-criteria = Criteria from { $day }
planning-decision-link = Where the decision is published
planning-decision-link-hint = The address of the page, which begins with https://. May be empty.
planning-decision-link-wrong = Fill in an address that begins with https://, or leave it empty.
planning-decision-not-published = Not filled in
planning-decision-none = None
planning-decision-choose = Choose something from the list.
procedure-closed-by-day = The last day to apply, { $day }, is over.
planning-decision-empty = Fill in what the college decided, in the words of the decision.
planning-decision-number-empty = Fill in the number by which you know the decision.
planning-decision-subject-empty = Fill in what the decision is about, in one line.
planning-decision-bsn = There is a number here that may be a citizen service number. Take it out.
planning-decision-same = You changed nothing.
planning-decision-correct = Correct the decision
planning-decision-correct-text = You save a new version. What stood there can still be read.
planning-decision-reason = Why do you correct it?
planning-decision-why = Why:
planning-decision-earlier = Earlier versions
planning-decision-version = Version
planning-decision-is-version = Version { $number }
planning-decision-noted = Noted by
planning-decision-noted-on = Noted on
planning-decision-noted-by = Noted by

## listing, front-register: het openbare register
listing-title = Your entry in the register
listing-home = Locations, languages and waiting time
listing-lead = Everybody reads this in the register, as soon as you are admitted. You may leave everything empty.
listing-see = See the register
listing-done = Your entry is saved. Everybody now reads it like this.
listing-old = Your waiting time is older than three months. The register says so. Does it still hold?
listing-waiting = Waiting time
listing-weeks = Waiting time in weeks
listing-weeks-hint = How many weeks does somebody wait before you begin? A whole number; 0 when you begin at once.
listing-weeks-wrong = Fill in a whole number from 0 to 260, or leave it empty.
listing-still = This waiting time still holds today
listing-still-hint = You gave this waiting time on { $day }. With a tick that becomes today.
listing-locations = Locations
listing-locations-text = Where can people come to you? Do not fill in an address where you live, nor the name of a person.
listing-location = Location { $number }
listing-location-name = Name of the location (may be empty)
listing-location-missing = Fill in a street and a place, or empty the whole location.
listing-street = Street and number
listing-postcode = Postcode (may be empty)
listing-place = Place
listing-accessible = Reachable and accessible for people with a disability
listing-more = One more location
listing-beside = Website and languages
listing-website = Website (may be empty)
listing-website-wrong = Fill in an address such as www.voorbeeld.nl, or leave it empty.
listing-languages = In which languages do you help people?
listing-languages-hint = Only choose languages that somebody of your staff speaks well.
listing-language-wrong = Choose languages from the list.
listing-keep = Save
listing-too-long = This is too long. { $count } characters fit here.
listing-too-much = This is too much for this form. Fill in less.
listing-bsn = There is a number here that may be a citizen service number. Take it out.
front-register-lead = Who is admitted, without a score and without a ranking.
front-register-filter = Search the register
front-register-show = Show
front-register-all = All
front-register-product = Product
front-register-profile = Client profile
front-register-place = Place
front-register-language = Language
front-register-sorting = Order
front-register-alphabetical = Alphabetical
front-register-random = Random
front-register-seed = Random order with number
front-register-seed-again = This number stands in the address. With the same number you see the same order.
front-register-found = { $count } of { $all } providers
front-register-nothing = No provider fits what you chose.
front-register-show-all = Show all providers
front-register-about = KvK { $kvk }, admitted since { $day }
front-register-where = Locations
front-register-languages = Languages
front-register-waiting = Waiting time
front-register-accessible = accessible
front-register-not-told = Not told
front-register-weeks = { $count ->
    [0] None
    [one] 1 week
   *[other] { $count } weeks
}
front-register-told-on = told by the provider on { $day }
front-register-stopped = Takes no new clients since { $day }
front-register-old = Older than 3 months
front-register-open-data = The same list as open data:

## admin: the state of a procedure
admin-state-title = Pause or close the procedure
admin-state-change = Pause, open again or close
admin-state-effect = What happens
admin-state-pause = Pause
admin-state-resume = Open again
admin-state-close = Close
admin-state-end = End the procedure
admin-state-pause-text = Nobody can apply any more, until you open the procedure again. What was handed in is treated as usual.
admin-state-resume-text = Everybody can apply again.
admin-state-close-text = Nobody can apply any more. This cannot be undone. What was handed in is treated as usual.
admin-state-end-text = The procedure is over and does not change any more. This is possible when no agreement runs any more.
admin-state-told = { $count ->
    [0] Nobody has an application that still counts, so no message goes out.
    [one] A message of this goes out for one application, with the reason.
   *[other] A message of this goes out for { $count } applications at the same moment, with the reason.
}
admin-state-reason = Why
admin-state-reason-hint = They read this word for word. Write down no names or numbers of people.
admin-state-nothing-closed = This procedure is closed. The decision maker can end it when no agreement runs any more.
admin-state-done = This is done. Who has an application got a message.

## consultation, agreement, offer: mended after the review of agreements

consultation-lands-next = Version { $number } has been established since and does not change any more. If this proposal is adopted, it comes into version { $next }.
consultation-lands-begins = Version { $number } has been established since and does not change any more. If this proposal is adopted, it comes into version { $next }, which then begins as a draft.
consultation-caution = Please note
consultation-caution-reactions = Everybody at the table can still react now.
consultation-caution-term = At this meeting the term to react had not ended yet.
consultation-caution-proposal = This proposal was made after this meeting had begun.
consultation-caution-confirm = I have read this and decide all the same
consultation-caution-kept = This is kept with the decision. The whole table reads it.
consultation-despite-reactions = Decided while everybody could still react.
consultation-despite-term = Decided in a meeting before the term to react had ended.
consultation-despite-proposal = Decided in a meeting that had already begun when this proposal came.
consultation-refused-unconfirmed = Read the warning at “Please note” and tick the box there, or decide later.
consultation-refused-own = You made this proposal yourself. A colleague who is a contract manager decides on it. You can withdraw it yourself.
consultation-refused-last-chair = This is the only chair. First seat another contract manager as chair, at “Colleague of the municipality”.
consultation-replaced = replaced later, does not count
consultation-leave-title = { $name } leaves the table
consultation-leave-text = This participant gets no more messages of the table and reads nothing any more. A personal link stops working at once. What was said stays.
agreement-body-table = There is a table in the text. Write it as a list, or put the table in an annex.
agreement-body-line = Line { $line }: { $fault }
agreement-lack-changes = a change in at least one article (it now says the same as the version before it)
agreement-text-refused-short = Give the table at least { $rule }. The last day to react is then { $day } or later.
agreement-page-meanwhile = As it stands now, by { $by }
agreement-page-meanwhile-choose = What you typed is in the form. Copy what you want to keep. If you save now, your text takes the place of this one.
agreement-page-meanwhile-dropped = { $by } has taken this article out meanwhile. Nothing was saved.
agreement-page-meanwhile-new = The article is no longer in this draft. What you typed is in the form. If you save now, it becomes a new article.
offer-choose-version = Which version
offer-version-now = Version { $number }, holds now
offer-version-now-until = Version { $number }, holds now, until { $until }
offer-products-same = stay the same
offer-products-first-only = Only for a first agreement. With a change the products stay the same.
statement-before-agreement = Not applicable: the agreement runs from { $day }
statement-not-due = You need not hand in anything for this quarter.
## signing rules: ondertekenen en afsluiten
offer-to-look-at = { $count ->
    [one] Look at 1 signed file
   *[other] Look at { $count } signed files
}
offer-standing-count-signed = { $count ->
    [one] 1 provider
   *[other] { $count } providers
} with version { $number }, signed by both
offer-signed-text = Signed text
offer-not-yet-both = Not yet signed by both
offer-signed-by-both = signed by both on
offer-ended-on = until
offer-refused-day = Fill in the day that stands on the paper, such as 23-11-2026.
offer-refused-short = Write in at least { $count } letters what you looked at, and why it is right.
offer-file-signed-on = The paper says { $day }.
offer-file-before-offer = Signed on { $day }: that is before the day of the offer. See whether this is the right text.
offer-file-after-receipt = Signed on { $day }: that is after the day on which the file came in.
offer-file-pages = Pages of the signed file
offer-file-page = Page { $page } of the signed file
offer-file-day = Which date stands beside the signature?
offer-file-day-hint = The day on which it was signed.
offer-file-again = Choose the file again: a browser does not keep it.
offer-file-back = Back to signing
offer-otherwise-paper = The agreement with annexes, to sign elsewhere (PDF)
offer-paper-lead = Sign here only when you do not sign in the portal. Then send the whole file as PDF. Do not write or strike out anything in the text.
offer-paper-day = Date
offer-paper-signature = Signature
offer-paper-municipality = The municipality signs in the portal, after it looked at your file.
offer-brought-by = Handed in by
offer-on-paper = Date on the paper
offer-tariffs = Products and tariffs
offer-tariffs-lead = Tariffs per unit as they hold on { $day }. A tariff that is established later holds from its own first day.
offer-tariffs-show = { $count ->
    [one] Look at 1 product
   *[other] Look at { $count } products
}
offer-tariffs-yours = Of these you deliver: { $names }.
offer-tariffs-own = Of these the provider delivers: { $names }.
offer-tariffs-summary = Per product the unit, the pricing and the tariff.
offer-closed-silent = You could respond until { $day }. You did not: that counts as not agreeing.
offer-receipt-start-change = The change begins on { $day }. Until that day you work under the version of now.
offer-receipt-goes-on = Your agreement simply goes on. The change holds only when both have signed.
report-agreement-annex-title = Annex { $number }: { $title }
life-refused-unexplained = { $count ->
    [one] Client { $cases } is not handed over yet, and it does not say why. Write it at that client.
   *[other] These { $count } clients are not handed over yet, and it does not say why: { $cases }. Write it at each client.
}
life-lines-open = { $count ->
    [one] To do: 1 client
   *[other] To do: { $count } clients
}
life-lines-done = { $count ->
    [one] Settled: 1 client
   *[other] Settled: { $count } clients
}
life-line-explained = with a reason
life-line-write = Write it down
life-close-hint-explained = { $count ->
    [one] 1 client is still open, with the reason. You can close the list.
   *[other] { $count } clients are still open, each with a reason. You can close the list.
}
indexation-figures = Figures for shares
indexation-index = Index
front-register-offers = Offers now: { $products }.
front-register-offers-none = Offers none of these now.
life-signed-here = Look at the signatures
life-not-signed-here = Not signed here: brought in from a file of the municipality.
cli-demo-as-signatory = As signatory of { $name }:
## confirmation
confirmation-title = Check costs
confirmation-title-quarter = Check costs, { $quarter }
confirmation-lead = These are the lines that providers charge for your clients. Is it right that this support was given? Say so for each line.
confirmation-not-listed = You are not on the list of contact persons yet
confirmation-not-listed-text = Ask the contract manager to put your e-mail address on the list. Then you see the lines of your clients here.
confirmation-quarters = Quarters
confirmation-quarter = Quarter
confirmation-state = State
confirmation-lines = Lines
confirmation-no-lines = There are no lines.
confirmation-besides = What else we ask you
confirmation-count-waits = { $count ->
    [0] nothing waits for you
    [one] 1 waits for you
   *[other] { $count } wait for you
}
confirmation-nothing-waits = All has been looked at
confirmation-waits = { $count ->
    [0] Nothing waits for you
    [one] 1 line waits for you
   *[other] { $count } lines wait for you
}
confirmation-of-lines = { $count ->
    [one] of 1 line
   *[other] of { $count } lines
}
confirmation-show = Which lines
confirmation-show-open = To do
confirmation-show-all = All lines
confirmation-how = Tick a line when it is right. Is it not, or is the quantity or amount another? Say why. Write no names or numbers of people in the reason: the provider reads it.
confirmation-tick = Right
confirmation-otherwise = Not right, or another
confirmation-line-word = line { $line }
confirmation-line-case = line { $line }, case { $case }
confirmation-all-client = All is right of this client
confirmation-all-page = All on this page is right
confirmation-save = Save
confirmation-rest-waits = What you say nothing about stays ‘not confirmed’. It is never approved by itself.
confirmation-saved = { $count ->
    [one] Your answer about 1 line is saved.
   *[other] Your answers about { $count } lines are saved.
}
confirmation-closed = This quarter is final. Nothing changes in its lines any more.
confirmation-closed-now = The quarter of { $name } was set final meanwhile. Your answers are not saved. Take away what you filled in for this provider and save the rest again.
confirmation-changed = { $count ->
    [one] 1 line changed since you opened this page: there is a new statement, or somebody said something of it already. Nothing is saved. Look at the lines and save again.
   *[other] { $count } lines changed since you opened this page: there is a new statement, or somebody said something of them already. Nothing is saved. Look at the lines and save again.
}
confirmation-lost = This is what you filled in at lines that do not read so any more
confirmation-lapsed = The provider changed this line after something was said of it. Look at it again.
confirmation-nothing-said = You have not ticked or filled in anything yet.
confirmation-kind = What is it with line { $line }?
confirmation-quantity = The right quantity, line { $line }
confirmation-quantity-hint = Only when the quantity is another, for example 1.5.
confirmation-amount = The right amount, line { $line }
confirmation-amount-hint = Only when the amount is another, for example 125.50.
confirmation-reason = Why, line { $line }
confirmation-reason-hint = The provider reads this.
confirmation-choose-kind = Line { $line }: choose whether it is not right, or the quantity or amount is another.
confirmation-both = Line { $line }: you ticked ‘right’ and also said that it is not. Choose one of the two.
confirmation-quantity-wrong = Line { $line }: fill in a quantity, for example 1.5.
confirmation-amount-wrong = Line { $line }: fill in an amount, for example 125.50.
confirmation-reason-missing = Line { $line }: say why.
confirmation-reason-long = Line { $line }: keep the reason shorter than { $most } characters.
confirmation-nothing-corrected = Line { $line }: fill in another quantity or another amount.
confirmation-should-be = Should be: { $what }
confirmation-word-confirmed = Confirmed
confirmation-word-contested = Contested
confirmation-word-corrected = Corrected
confirmation-word-none = Not confirmed
confirmation-by-screen = on screen
confirmation-by-file = by file
confirmation-link = Confirmation per line
confirmation-lines-title = Confirmation per line, { $quarter }
confirmation-never-silent = The contact person of the municipality says of each line whether it is right. Without an answer a line stays ‘not confirmed’.
confirmation-who-waits = Who it waits for
confirmation-contact = Contact person
confirmation-remind = Remind
confirmation-remind-button = Send a reminder
confirmation-reminded-at = Reminded on { $at }
confirmation-reminder-sent = The reminder goes out now.
confirmation-nothing-to-remind = Nothing waits for this contact person.
confirmation-told-today = This contact person has had a reminder today.
confirmation-no-account = This contact person cannot sign in yet. Ask the functional administrator to send an invitation to the address on the list of contact persons.
confirmation-per-line = Line by line
confirmation-line = Line
confirmation-case = Case
confirmation-product = Product
confirmation-charged = Charged
confirmation-waits-for = Waits for { $name }
outcome-title = Outflow and placement
outcome-lead = Providers report that these clients of yours have work, a course or a place. Say whether it is so. Without your word it does not count.
outcome-saved = Saved. The assessment was computed again.
outcome-clients = Your clients
outcome-none = Of none of your clients outflow or placement was reported.
outcome-client = Client
outcome-stated = By the provider
outcome-outflow = Outflow
outcome-placement = Placement
outcome-not-asked = n/a
outcome-write = Fill in
outcome-work-started = Work started on { $day }
outcome-ended = Trajectory ended on { $day }
outcome-placed = Placed on { $day }
outcome-benefit-ended = Benefit ended on { $day }, { $reason }
outcome-outflow-waits = Not confirmed yet
outcome-placement-waits = Not confirmed yet
outcome-placement-yes = { $days ->
    [0] Confirmed
    [one] Confirmed, 1 day on the waiting list
   *[other] Confirmed, { $days } days on the waiting list
}
outcome-placement-no = Not placed
outcome-reason-work = work
outcome-reason-study = study
outcome-reason-own-firm = own firm
outcome-reason-other = other
outcome-outflow-of = Outflow of { $who }
outcome-placement-of = Placement of { $who }
outcome-day = The benefit ended on
outcome-day-hint = Did the benefit not end? Then fill in nothing.
outcome-reason = Why did the benefit end?
outcome-placed-question = Has this client been placed in sheltered work?
outcome-placed-yes = Yes
outcome-placed-no = No
outcome-waiting-days = Days on the waiting list
outcome-waiting-days-hint = These days do not count. Empty is 0.
outcome-save = Save
outcome-not-now = Not now
outcome-choose = Choose an answer.
outcome-days-wrong = Fill in a whole number of days, from 0 to 3650.
outcome-day-wrong = Fill in a day, for example 30-09-2026.
outcome-day-ahead = This day is still to come. Fill in the day once the benefit has ended.
outcome-too-long = What you filled in is too long.
outcome-changed = Something else was recorded here meanwhile. Your answer is not saved. See what stands there now and save again.
extension-title = Extensions
extension-link = Extension of trajectories
extension-lead = Before the term ends, a provider asks whether a trajectory may take longer. The contact person of the client permits it, or refuses with a reason.
extension-requests = Requests
extension-none = There are no requests.
extension-term = Term
extension-from-to = From { $term } to { $until }
extension-asked-on = Asked on { $day }
extension-state-asked = Waits for an answer
extension-state-given = Permitted
extension-state-refused = Refused
extension-saved = Saved.
extension-of = Extension for { $who }
extension-answer = Your answer
extension-answer-link = Answer
extension-give = I permit it
extension-refuse = I refuse
extension-reason = Why not
extension-reason-hint = Needed when you refuse. The provider reads this.
extension-save = Save
extension-ask = Ask for an extension
extension-ask-button = Ask permission
extension-case = Case
extension-choose = Choose a case
extension-case-until = { $case }, term until { $day }
extension-until = Extend until
extension-until-hint = A day after the end of the term.
extension-motive = Motive
extension-motive-hint = Why is more time needed? Write no names.
extension-choose-case = Choose a case from the list.
extension-too-late = The term of this trajectory is over, or the trajectory has ended. It cannot be extended any more.
extension-not-later = Choose a day after the end of the term.
extension-motive-missing = Write why more time is needed.
extension-asked-already = A request for this case waits for an answer already.
extension-answered = This request was answered already.
extension-reason-missing = Say why you refuse.
extension-answer-missing = Choose whether you permit or refuse.
extension-until-missing = Fill in a day, for example 31-12-2026.
extension-too-long = What you wrote is too long.
statement-column-clienten-clientnummer = The municipality's number of the client. Never the BSN.
statement-column-clienten-contactpersoon = The e-mail address of the contact person of this client. It goes before what a provider states.
cli-demo-as-contact = contact person, with clients of his own
cli-demo-as-other-contact = another contact person, with other clients
## The quarter from both sides (hearing), and the quarter of all providers (quarters)
page-menu-quarters = Quarters
hearing-word = Hearing
hearing-title = Hearing about the { $quarter }, { $name }
hearing-put = Put before the provider
hearing-put-title = Put before the provider: { $quarter }, { $name }
hearing-put-sees = What the provider sees
hearing-put-again = The earlier time does not count any more: something changed after it. The provider gets a new term.
hearing-put-mail = The provider gets a mail with a link to this result.
hearing-put-final = You can set it final only when the term is over, or when the provider has no remarks.
hearing-until = One can react until
hearing-counted = How that was counted
hearing-opened = Put before the provider
hearing-term = Term
hearing-not-yet = This quarter was not put before the provider yet.
hearing-findings = The provisional result, and what was said about it
hearing-finding = Result
hearing-said = What was said
hearing-nothing-said = Nothing was said about this indicator yet.
hearing-react = React
hearing-react-until = You can react until { $day }. You may react more than once.
hearing-answer = Answer the reaction
hearing-read = Read
hearing-back = Back to the hearing
hearing-done = The provider has no (further) remarks. { $name } said so on { $day }.
hearing-no-remarks = No (further) remarks
hearing-no-remarks-text = Then the municipality does not have to wait until the term is over. You cannot react after that.
hearing-sure = I have seen the result and have no (further) remarks.
hearing-sure-missing = Tick the box if you have no (further) remarks.
hearing-words = Your reaction
hearing-words-hint = What is wrong, and why? Write no names or numbers of clients.
hearing-pieces = Evidence
hearing-pieces-hint = From your own evidence. The municipality can open them.
hearing-send = Send the reaction
hearing-answer-choice = What do you do with this reaction?
hearing-answer-words = Your answer
hearing-answer-hint = If you do not adopt the reaction, write why. The provider reads this, and it stands in the report.
hearing-answer-missing = Choose whether you adopt the reaction.
hearing-answer-send = Send the answer
hearing-adopted = Adopted
hearing-not-adopted = Not adopted
hearing-waits = No answer yet
hearing-state-react = You can react
hearing-state-runs = With the provider
hearing-state-to-open = To be put forward
hearing-state-answer =
    { $count ->
        [one] 1 reaction to answer
       *[other] { $count } reactions to answer
    }
hearing-to-answer =
    { $count ->
        [one] The provider reacted: 1 reaction has no answer yet
       *[other] The provider reacted: { $count } reactions have no answer yet
    }
hearing-ready = Everything is ready to be put forward
hearing-own = You can react until { $day }
hearing-own-advice = Is something wrong? Say so per indicator, with evidence. No remarks? Tell us that too.
hearing-runs = The provider can react until { $day }
hearing-runs-advice = After that you can set it final, or earlier if the provider has no remarks.
hearing-heard-advice = Both sides were heard.
finalise-lines-open = Mind: not everything was said of the cost lines
finalise-lines-tally = { $waiting } of { $lines } lines are not confirmed, { $contested } contested and { $corrected } corrected. You can make the quarter final; after that nobody can say anything of them any more.
finalise-lines-look = Look at the lines
hearing-in-the-way = It cannot be set final yet
hearing-replaces = Version { $version } takes the place of version { $before }, which was set final
hearing-replaces-facts = It was computed again, because something in the data changed after it was set final.
hearing-instead = Computed: { $computed }. Verdict: { $verdict }, because: { $reason } ({ $name }, { $day })
hearing-computed = Computed: { $verdict } ({ $count }).
hearing-otherwise = Another verdict
hearing-ruling = Decide otherwise
hearing-ruling-title = Decide otherwise about indicator { $number }: { $name }
hearing-ruling-stays = What was computed does not change and can still be read.
hearing-ruling-shown = Your verdict and your reason stand beside it, in the report too.
hearing-ruling-stricter = If the verdict becomes stricter, you put the quarter before the provider again.
hearing-ruling-choice = Your verdict
hearing-ruling-back = As computed after all: { $verdict }
hearing-ruling-reason = Why
hearing-ruling-reason-hint = A reason is needed. The provider reads this word for word.
hearing-ruling-missing = Choose a verdict.
hearing-ruling-send = Record the verdict
hearing-correct = Correct
hearing-correct-title = Correct: { $quarter }, { $name }
hearing-correct-new = A new version takes the place of version { $version }, which is kept as it is.
hearing-correct-open = The quarter is open again: a statement can come in, and everything is computed anew.
hearing-correct-heard = You first put the new version before the provider.
hearing-correct-facts = This version came because something in the data changed after the quarter was set final. Write down what happened.
hearing-correct-reason = Why is the quarter corrected?
hearing-correct-hint = The provider reads this, and it stands in the report.
hearing-correct-reason-link = Write down the reason
hearing-correct-send = Make a new version
hearing-correct-keep = Keep the reason
hearing-event-opened = Version { $version } put before the provider, until { $day }
hearing-event-done = The provider has no (further) remarks
hearing-event-override = Another verdict on indicator { $number }
hearing-event-adopted = Reaction adopted on indicator { $number }
hearing-event-not-adopted = Reaction not adopted on indicator { $number }
hearing-mail-reaction = your reaction to arrangement { $number }
hearing-mail-no-remarks = you have no (further) remarks
hearing-work-answer =
    { $count ->
        [one] Answer 1 reaction to a quarter
       *[other] Answer { $count } reactions to a quarter
    }
hearing-work-final =
    { $count ->
        [one] Set the quarter of 1 provider final
       *[other] Set the quarter of { $count } providers final
    }
hearing-work-runs =
    { $count ->
        [one] 1 provider can react to a quarter
       *[other] { $count } providers can react to a quarter
    }
hearing-task = Provisional result of the { $quarter }
hearing-task-until = You can react until { $day }.
hearing-refused-not-heard = First put this version before the provider. Nothing becomes final without hearing its side.
hearing-refused-already = This version was put before the provider already.
hearing-refused-runs = The provider can still react until { $day }. After that you can set it final, or earlier if the provider has no remarks.
hearing-refused-over = One cannot react any more: the term is over, or there are no remarks.
hearing-refused-unanswered =
    { $count ->
        [one] 1 reaction has no answer yet. Answer it first.
       *[other] { $count } reactions have no answer yet. Answer them first.
    }
hearing-refused-answered = { $name } answered this reaction already.
hearing-refused-unexplained = First write down why this quarter is corrected.
hearing-refused-not-final = This quarter is not final. There is nothing to correct.
hearing-refused-words = Write down what you want to say.
hearing-refused-bsn = There is a number in it that may be a citizen service number. Take it out.
hearing-refused-piece = One of the pieces of evidence is gone, or cannot be opened. Choose again.
hearing-refused-same = That verdict stands there already. Choose another.
quarters-title = Quarters of all providers
quarters-found =
    { $count ->
        [one] 1 of { $all } providers
       *[other] { $count } of { $all } providers
    }
quarters-none = No provider fits this choice
quarters-key = The result per indicator. A * is another verdict than was computed.
quarters-filter = Waits for
quarters-everybody = Everybody
quarters-filter-us = The municipality
quarters-filter-provider = The provider
quarters-filter-nobody = Nobody any more
quarters-waits = Waits for
quarters-waits-statement = Provider: statement
quarters-waits-reaction = Provider: reaction
quarters-waits-judging = Municipality: compute
quarters-waits-opening = Municipality: put forward
quarters-waits-answer = Municipality: answer
quarters-waits-final = Municipality: set final
quarters-waits-nobody = Nobody
quarters-until = until { $day }
quarters-due = Due
quarters-received-on = Statement received
quarters-reminded-on = reminded on { $day }
quarters-not-judged = Not computed yet
quarters-mark = { $verdict }, { $part } of { $whole }
quarters-overridden = { $words }; other than computed
quarters-remind = Remind the ticked providers
quarters-remind-none = Tick whom you want to remind.
quarters-remind-title =
    { $count ->
        [one] Remind 1 provider
       *[other] Remind { $count } providers
    }
quarters-remind-what = Of what
quarters-remind-before = Last reminder
quarters-remind-reaction = To react to the provisional result, possible until { $day }
quarters-remind-statement = To hand in the statement, until { $day }
quarters-remind-late = The statement is late, it was due on { $day }
quarters-remind-send = Send the reminder
quarters-reminded =
    { $count ->
        [one] 1 provider was reminded.
       *[other] { $count } providers were reminded.
    }
quarters-csv = This list as CSV
quarters-xlsx = This list as an Excel file
quarters-what-if = What if
quarters-what-if-title = What if: try a setting
quarters-what-if-lead = You see which results would change. Nothing is stored.
quarters-what-if-stored = This was only computed, from the data of today. The setting was not changed.
quarters-setting = Setting
quarters-setting-now = { $what } (now { $now })
quarters-value = Another value
quarters-value-hint = A whole number. Leave empty for an indicator without a target.
quarters-value-wrong = This value does not fit the setting. Fill in a whole number; a target is 100 at most.
quarters-try = Compute
quarters-changed =
    { $count ->
        [0] Nothing changes, with { $all } providers
        [one] 1 result changes, with { $all } providers
       *[other] { $count } results change, with { $all } providers
    }
quarters-unchanged = This value changes no result.
quarters-now = Now
quarters-then = Then
report-hearing = Hearing both sides
report-no-hearing = This quarter was not put before the provider yet.
report-hearing-put = Version { $version } was put before the provider on { $day } by { $name }, who could react until { $until }.
report-hearing-done = On { $day } { $name } said that there were no (further) remarks.
report-instead = Computed: { $computed }. Verdict: { $verdict }.
report-instead-why = Because: { $reason } ({ $name }, { $day })
report-decision-instead = verdict; computed: { $verdict }
report-adopted = Answer of the municipality: adopted.
report-not-adopted = Answer of the municipality: not adopted.
report-said-by = ({ $name }, { $day })
report-said-evidence = Evidence: { $files }.
report-note-replaces = In the place of version { $version }
report-note-replaces-facts = It was computed again, because something in the data changed after it was set final.
## budget

page-menu-budget = Budget
budget-alarm = { $percent }% spent
budget-alarm-text = Discuss this within 2 weeks. Finance was told of it by mail once.
budget-alarm-title = More than { $percent }% spent
budget-already-back = This booking was taken back already.
budget-already-waits = This client is on the waiting list of this product already.
budget-amount = Amount
budget-amount-hint = In euros, without VAT, written the Dutch way. For example 438.198 or 1.250,50.
budget-amount-of-year = Budget for this year
budget-amount-wrong = Fill in an amount in euros, for example 438.198 or 1.250,50.
budget-approve = Approve
budget-contact-said = Contact person: { $word }
budget-approve-do = Approve the ticked lines
budget-approved-lines = Lines approved
budget-averages = Averages
budget-back-text = A booking of the same amount below nought is added. Both stay to be read.
budget-batch-empty = Used up
budget-batch-left = Left to be used
budget-batch-over = More stated than paid
budget-batches = Batches paid in advance
budget-book = Book other costs
budget-book-do = Book
budget-bookings = Bookings
budget-bought = Bought
budget-budget = Budget
budget-by-month = By month
budget-by-product = By product
budget-by-profile = By client profile
budget-by-provider = By provider
budget-by-source = By source of funds
budget-cannot-be-told = Cannot be computed
budget-case = Case
budget-category = Kind of costs
budget-category-hint = In your own words, for example transport or wage subsidy.
budget-changed-meanwhile = This changed meanwhile. Open the page again.
budget-choose-period = Choose these months
budget-choose-source = Choose a source of funds.
budget-client = Client
budget-client-hint = The number that the municipality uses. Write no name or BSN here.
budget-client-number = Client number
budget-committed = Committed
budget-committed-lead = What the trajectories that run now are still going to cost this year.
budget-contact = Contact person
budget-control = By product, profile, provider and month the count comes to the same amount.
budget-control-sum = Control sum without VAT
budget-count = Count again
budget-count-title = How this was counted
budget-counted = Counted on
budget-day-wrong = Fill in a day that is not before the indication and not in the future.
budget-demo-as-finance = finance
budget-description = Description
budget-description-hint = Write no names or numbers of people.
budget-done-approved = The lines were approved and the year was counted again.
budget-done-booked = The booking was kept.
budget-done-counted = The year was counted again.
budget-done-set = The budget was kept.
budget-done-waiting = The waiting list was brought up to date.
budget-download-logged = Each download is written in the log, with the control sum.
budget-drawn = Used
budget-end-day = On which day
budget-end-how = What happened
budget-end-left = Off the list without a place
budget-end-placed = Placed
budget-end-reason = Reason, when somebody leaves the list without a place
budget-end-title = Off the waiting list
budget-ends = End date
budget-every = All
budget-export-lead = The approved lines of one or more months, as a list and as data for an invoice in UBL.
budget-file-lines-csv = Approved lines (CSV)
budget-file-lines-xlsx = Approved lines (XLSX)
budget-file-ubl-csv = Data for UBL invoices (CSV)
budget-file-ubl-xlsx = Data for UBL invoices (XLSX)
budget-files = Files
budget-find = Find
budget-forecast = Forecast
budget-from = From
budget-from-month = From month
budget-history = History
budget-how = How it was counted
budget-how-alarm = The percentage is spent divided by budget, rounded down. From { $percent }% on finance gets one mail for each source and year.
budget-how-committed = For each trajectory that runs: the tariff of that month × what is still to be delivered until the month of its end date, as far as that is in this year. Assumed: there is no extension; who runs on after the end date runs until this month; hours and pieces are delivered up to their maximum, spread evenly over the months; instalments fall evenly between start and end; a result bonus counts only when the result is there; a batch paid in advance was paid already; of actual costs the ceiling counts; after the last known tariff that one goes on.
budget-how-forecast = Spent + not confirmed + committed until 31 December. Trajectories that are still to begin do not count.
budget-how-left = The budget less the forecast.
budget-how-open = Cost lines of this year that nobody approved yet. They never count as spent by themselves.
budget-how-outflow = Spent on trajectories, divided by the { $count } clients with a trajectory who left their benefit for work this year.
budget-how-spent = Cost lines that finance approved, in the month in which the delivery begins, batches paid this year, and other costs. Lines that draw on a paid batch do not count again.
budget-how-trajectory = Spent on trajectories, divided by the { $count } trajectories with an approved line in this year.
budget-indication = Indication on
budget-invoice = Invoice
budget-join = Put somebody on the waiting list
budget-join-do = Put on the list
budget-kvk = KvK number
budget-later = Committed after this year
budget-left = Left
budget-left-out = Not confirmed, not in the files
budget-line = line
budget-line-state = State
budget-lines-found = { $count } lines
budget-lines-lead = The cost lines that the amounts rest on. Lines that draw on a batch paid in advance are under Places.
budget-lines-title = Cost lines
budget-month = Month
budget-month-hint = For example 2026-03.
budget-month-wrong = Fill in a month of this year, for example 2026-03.
budget-name-missing = Fill in the name of the source of funds.
budget-name-taken = There is a source with this name already. Open that one to fill in the budget of this year.
budget-never-counted = This year was not counted yet. That happens every morning once there is a budget.
budget-new-source = Add a source of funds
budget-no-batches = Nothing was paid in advance.
budget-no-bookings = No other costs were booked.
budget-no-budget = No budget filled in
budget-no-figures = Nothing was counted yet.
budget-no-lines = No lines fit this.
budget-no-places = No product has a number of places or a yearly number.
budget-no-sources = Fill in a source of funds with a budget first.
budget-nobody-waits = Nobody waits.
budget-none-running = No trajectory that fits this is running.
budget-noted-by = Booked by
budget-of-which-other = of which other costs
budget-off-list = Off the list on { $day }
budget-open = Not confirmed
budget-other-lead = Costs that do not belong to one trajectory, by month and source.
budget-over = { $percent }% spent, forecast over budget
budget-overtaken = After this count another statement came in. Count again.
budget-paid = Paid
budget-pays = Pays these products
budget-pays-hint = In a year a product belongs to one source.
budget-per-outflow = Average cost per outflow to work
budget-per-trajectory = Average cost per trajectory
budget-period-wrong = Choose two months of this year, the first not after the last.
budget-placed = Placed on { $day }
budget-places = Places and yearly number
budget-places-lead = What was paid in advance, which places are taken and who waits, in the order of the indication.
budget-product = Product
budget-product-taken = One of these products belongs to { $source } this year already.
budget-profile = Client profile
budget-provider = Provider
budget-providers-lead = In the order of the alphabet. This is no ranking.
budget-quantity = Quantity
budget-quarter = Quarter
budget-reason = Reason
budget-reason-missing = Write down the reason.
budget-remind = Sources of funds that passed the alarm: { $count }
budget-running = Trajectories that run now
budget-same = This stands there already.
budget-save = Save
budget-since = Since
budget-source = Source of funds
budget-source-hint = For example Participatiebudget.
budget-source-lead = Each change is a new version; the one before stays to be read.
budget-spent = Spent
budget-state = State
budget-state-approved = Approved
budget-state-open = Not confirmed
budget-stated = Stated by the provider
budget-still = Still left
budget-tab-committed = Committed
budget-tab-export = Export
budget-tab-lines = Lines
budget-tab-other = Other costs
budget-tab-places = Places
budget-tab-providers = By provider
budget-tab-year = Budget { $year }
budget-tabs = Parts of the budget
budget-take-back = Take back
budget-taken = Taken
budget-taken-back = Taken back
budget-tariff = Tariff
budget-text-missing = Fill this in.
budget-this-year = Delivered this year
budget-tick-one = Tick at least one line.
budget-title = Budget { $year }
budget-to-come = Still to be delivered
budget-too-long = This is too long. { $count } characters fit here.
budget-total = Total
budget-trajectories-found = { $count } trajectories
budget-unit = Unit
budget-unknown = Of { $count } trajectories that run it cannot be computed what they are still going to cost: there is no tariff, no end date or no maximum. They are under Committed.
budget-until = Until
budget-until-month = Until month
budget-vat = VAT
budget-version = Version { $number }
budget-waiting = Waiting
budget-waiting-list = Waiting list
budget-waits = Waits
budget-within = { $percent }% spent
budget-without-profile = Batches paid in advance
budget-without-source = No source yet
budget-year = { $year }
