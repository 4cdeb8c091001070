# Open House, the English texts.
product-name = Open House

## report
report-page-of = page { $page } of { $count }
report-show-table = Show as a table
report-target = Target
report-result = Result
report-amount = Amount
report-month-column = Month
report-indicator = Indicator
report-month = { $month ->
    [m1] January
    [m2] February
    [m3] March
    [m4] April
    [m5] May
    [m6] June
    [m7] July
    [m8] August
    [m9] September
    [m10] October
    [m11] November
   *[m12] December
 }
report-date = { $day } { $month } { $year }
report-date-time = { $date }, { $time }
report-quarter-name = quarter { $number } of { $year }
report-quarter-range = { $name } ({ $from } to { $until })
report-quarter-short = Q{ $number } { $year }
report-of = { $numerator } of { $denominator }
report-none = no cases
report-verdict = { $verdict ->
    [met] Met
    [attention] Attention
    [missed] Missed
    [not_applicable] N/A
   *[monitored] Monitored
 }
report-title = Quarter report { $provider }, { $quarter }
report-header = { $municipality } · Quarter report · { $status }
report-footer = { $provider } · { $quarter } · version { $version }
report-provisional = provisional
report-final = final
report-fact-municipality = Municipality
report-fact-provider = Provider
report-fact-kvk = Chamber of Commerce number
report-fact-agreement = Agreement
report-agreement = { $name }, version { $version }
report-fact-quarter = Quarter
report-fact-status = Status
report-status-provisional = Provisional
report-status-final = Set final on { $date }
report-fact-version = Version of this report
report-fact-statement = Quarter statement
report-statement-in-time = Received on { $received }, in time (due { $due })
report-statement-late = Received on { $received }, late (due { $due })
report-statement-missing = Not received (due { $due })
report-fact-made-on = Made on
report-fact-web = Also as a web page
report-fact-personal-data = Holds personal data
report-no = no
report-note-provisional = This report is provisional
report-note-provisional-text = The verdicts are computed proposals. The provider can still react. A verdict holds once the municipality has set it final.
report-note-missing = No quarter statement was received
report-note-missing-text = The statement was due on { $due }. The figures below rest on what the municipality itself knows.
report-indicators = Performance indicators
report-indicators-intro = Every result is a share of the cases that count in this quarter. A filled ground around the verdict means: set final. A dashed edge means: computed proposal.
report-indicators-caption = The ten performance indicators, result and verdict
report-indicators-summary = One row per indicator, with its number, name, target, result, verdict and the result of the last four quarters together.
report-number = No.
report-verdict-column = Verdict
report-rolling-column = Four quarters
report-strict = Without exclusions: { $share } ({ $percentage })
report-label-indicative = Indicative: fewer than 5 cases
report-label-small = Small number: fewer than 10 cases
report-decision-proposed = proposal
report-decision-overridden = computed: { $verdict }
report-bars-title = Result and target per indicator
report-bars-sentence = The bar is the result of this quarter. The stroke is the target. No bar: there was nothing to count.
report-bars-alt = Bar chart with the result and the target per indicator.
report-bars-alt-row = { $number }, { $name }: result { $result }, target { $target }, { $verdict }.
report-no-target = none
report-trend-title = Results over the quarters
report-trend-sentence = Every line runs from 0 to 100%. The dotted line is the target. A broken line means: there was nothing to count in that quarter.
report-trend-alt = Line charts with the result per indicator and per quarter.
report-trend-alt-row = { $number }, { $name }: { $points }.
report-explanations = Explanations and reactions
report-no-explanations = No explanation or reaction was given for this quarter.
report-reason = Reason:
report-reaction = Reaction of the provider:
report-duties = Other duties
report-duties-intro = These duties stand beside the indicators. They carry no verdict.
report-duties-caption = Duties beside the indicators
report-duties-summary = One row per duty, with how often it was fulfilled.
report-duty = Duty
report-duty-done = Fulfilled
report-exclusions = Excluded cases
report-exclusions-caption = Cases that do not count, per code
report-exclusions-summary = One row per code, with its meaning and the number of cases.
report-no-exclusions = All cases count. Nothing was excluded.
report-code = Code
report-meaning = Meaning
report-count = Number
report-costs = Costs
report-costs-caption = Costs per product and month, without VAT, against the previous quarter
report-costs-summary = One row per product, with the three months, the quarter, the previous quarter and the difference. The last row is the total.
report-no-costs = No costs were stated, in this quarter or the one before.
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
report-vog-persons = Persons with client contact
report-vog-valid = With a valid VOG
report-vog-renew = To be renewed within 90 days
report-complaints = Complaints
report-complaints-caption = Complaints received in this quarter
report-complaints-summary = One row per kind of complaint, with the number.
report-no-complaints = No complaint was received in this quarter.
report-category = Kind
report-actions = Open actions
report-actions-caption = What is still to be done, soonest first
report-actions-summary = One row per action, with who does it and the last day.
report-no-actions = There are no open actions.
report-action = Action
report-owner = Who
report-due-on = Due on
report-annex = Annex: what was counted, and how
report-definitions = Definitions
report-definitions-caption = What every indicator counts
report-definitions-summary = One row per indicator, with its number, its name and what is counted.
report-definition = What is counted
report-settings = Settings
report-settings-intro-same = All settings are the default.
report-settings-intro-different = Where it says 'different', the setting departs from the default.
report-settings-caption = Settings this report was made with
report-settings-summary = One row per setting, with the value used, the default and whether they differ.
report-setting = Setting
report-used = Used
report-default = Default
report-different = different
report-same = same
report-compared = Compared
report-frozen = Record
report-frozen-intro = With these data anybody can compute the report again. The SHA-256 belongs to the recorded assessment.
report-engine = Rules of counting
report-sha256 = SHA-256
report-not-frozen = Not yet recorded
report-document-id = Reference
