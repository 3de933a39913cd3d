# Rules and legal grounds
rules-title = Rules and legal grounds
rules-intro = Whenever this site says no, it names the rule; here are all rules with their legal grounds and dated values.
rules-search = Number of a rule, or words
rules-search-hint = For example: C26, recusal, contract
rules-none = No rule matches
rules-none-hint = Try another word.
rules-part-s = What the reform papers settled
rules-part-b = Registration, inspection, rating and credit
rules-part-c = Government purchase of services
rules-part-e = Performance, accountability and the calendar
rules-part-t = Where it is easy to go wrong
rules-calendars = Working-day calendars
rules-rule = Rule { $x }
rules-ground = Ground
rules-since = In force since
rules-until-now = now
rules-values = Values by date
rules-value-name = What
rules-value = Value
rules-from = From
rules-to = To
rules-source = Source
rules-note = Note
rules-in-force = In force
rules-dated = Each purchase is judged by the rules in force on the day it began; later changes do not touch it.
rules-calendar-title = Working days of { $x }
rules-calendar-working = { $n } working days in the year. Working days are Mondays to Fridays that are not listed as off, and the weekend days worked to make up.
rules-calendar-source = Sources:
rules-month = { $n ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[other] December
}
rules-month-working = { $n } working days
rules-weekday = { $n ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[other] Sun
}
rules-day-off = off
rules-day-work = work
rules-listed = Days off and days worked to make up
rules-listed-date = Date
rules-listed-kind = Arrangement
rules-listed-name = Festival
rules-listed-off = Off
rules-listed-work = Worked
rule-notice-working-days = How long a notice stays open at least, in working days
rule-documents-working-days = How long the tender documents can be had at least, in working days
rule-bid-period-days = From issuing the documents to the bid deadline at least, in days
rule-extension-days = How far the deadline moves when too few bid
rule-extensions-max = How often a tender may be extended for want of bidders
rule-clarification-days = How long before the deadline a correction that touches bids must be out
rule-inquiry-working-days = How soon a question is answered, in working days
rule-challenge-working-days = How long a supplier may challenge, in working days
rule-challenge-reply-working-days = How soon a challenge is answered, in working days
rule-complaint-working-days = How long a challenger may complain to finance, in working days
rule-min-bidders = How many must bid for the opening to go ahead
rule-min-bidders-after-extension = How many suffice after the one extension
rule-no-bad-record-years = Years back in which a major violation bars a supplier
rule-org-min-age-months = Months an organisation must have existed to bid: none may be asked
rule-market-survey-min = Parties asked in a market survey at least
rule-bid-deposit-max = Bid deposit as a share of the budget at most
rule-bid-deposit-default = Bid deposit unless the documents say otherwise
rule-bid-deposit-refund-working-days = How soon a bid deposit goes back, in working days
rule-performance-deposit-max = Performance deposit as a share of the contract at most
rule-panel-min = Members of a review panel at least; the number is odd
rule-panel-experts-ratio = Share of the panel that are experts at least
rule-panel-large-min = Members of the panel of a large purchase at least
rule-panel-large-budget = Budget from which a purchase is large
rule-draw-before-review-working-days = How many working days before the review experts may be drawn at the earliest
rule-recusal-years = Years back in which work for a bidder recuses an expert
rule-expert-age-max = Age below which an expert may sit
rule-expert-title-years = Years in a middle title that an expert needs
rule-expert-no-bad-record-years = Years back in which a bad record keeps an expert out
rule-session-presenter-minutes = Minutes each presenter has in a live session, the same for all
rule-session-question-minutes = Minutes of questions to each presenter, the same for all
rule-weights-sum = What the weights of a scoring table sum to
rule-price-weight-min = Price weight of services at least
rule-price-weight-max = Price weight of services at most
rule-score-decimals = Decimals of a published score
rule-score-reason-low = Share of the maximum below which a score needs a reason
rule-score-reason-high = Share of the maximum above which a score needs a reason
rule-deviation-warning = Deviation from the mean above which a score is pointed out
rule-low-price-mean-ratio = A bid below this share of the mean of conforming bids is abnormally low; 0 % means no such test
rule-low-price-next-ratio = A bid below this share of the next-lowest is abnormally low; 0 % means no such test
rule-low-price-ceiling-ratio = A bid below this share of the ceiling is abnormally low; 0 % means no such test
rule-low-price-ratio-max = The highest of these rates that documents may set; 0 % means none may be set
rule-low-price-explanation-minutes = Minutes a bidder has at least to explain a low price
rule-report-working-days = How soon the review report reaches the purchaser, in working days
rule-decide-working-days = How soon the purchaser decides, in working days
rule-result-public-working-days = How long the result is shown before the award, in working days
rule-result-notice-working-days = How soon result and award notice go out after the decision, in working days
rule-contract-days = Days from award notice to contract at most
rule-contract-publish-working-days = How soon a contract is published, in working days
rule-contract-filing-working-days = How soon a copy of the contract is filed, in working days
rule-contract-term-max-months = Months a contract runs at most as a rule
rule-contract-term-long-max-months = Months a contract runs at most when all four conditions hold
rule-supplement-max = Supplements together as a share of the contract at most
rule-payment-days = Days from delivery to payment as a rule
rule-payment-max-days = Days to payment at most by agreement
rule-files-kept-years = Years for which the files of a purchase are kept
rule-directors-per-item = Directors who answer for an item at any time
rule-director-handover-working-days = How soon a change of director is handed over on record, in working days
rule-sign-in-attempts-max = Failed sign-ins in the window that lock an account
rule-sign-in-window-minutes = Minutes in which failed sign-ins are counted
rule-sign-in-lock-minutes = Minutes for which an account stays locked
rule-password-length-min = Characters of a password at least
rule-session-idle-minutes = Minutes without use after which a session ends
rule-session-max-hours = Hours after which a session ends in any case
rule-fresh-password-minutes = Minutes for which a password given again counts as fresh
rule-attachment-max-megabytes = Size of one attachment at most, in megabytes
rule-attachments-max = Attachments of one bid at most
rule-unit-days = days
rule-unit-working-days = working days
rule-unit-minutes = minutes
rule-unit-hours = hours
rule-unit-months = months
rule-unit-years = years
rule-unit-bidders = bidders
rule-unit-people = people
rule-unit-times = times
rule-unit-points = points
rule-unit-decimals = decimals
rule-unit-parties = parties
rule-unit-share = (share)
rule-unit-yuan = yuan
rule-unit-characters = characters
rule-unit-megabytes = megabytes
rule-unit-files = files
