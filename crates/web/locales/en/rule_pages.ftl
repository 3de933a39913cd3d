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
festival-new-year = New Year
festival-spring = Spring Festival
festival-qingming = Qingming Festival
festival-labour = Labour Day
festival-dragon-boat = Dragon Boat Festival
festival-mid-autumn = Mid-Autumn Festival
festival-national-day = National Day
festival-victory = 70th anniversary of victory in the war of resistance and the world war against fascism
