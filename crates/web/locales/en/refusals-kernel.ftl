# Rules for what is typed anywhere: credit codes, dates, times, ratios
refusal-kernel-credit-code-length = A unified social credit code has { $expected } characters; this one has { $found }. Check for one too many or too few.
refusal-kernel-credit-code-character = Character { $position }, “{ $character }”, does not occur in such codes (no I, O, S, V, Z). Check it.
refusal-kernel-credit-code-division = Character { $position }, “{ $character }”, must be a digit: the third to eighth are the division. Check it.
refusal-kernel-credit-code-check = Character { $position } does not check: “{ $expected }” was expected, “{ $found }” was found. Compare the code character by character; often two neighbours are swapped.
refusal-kernel-subject-code-check = The older check character at { $position } should be “{ $expected }” and is “{ $found }”. Early codes have this; it is only a hint.
refusal-kernel-ratio-unreadable = “{ $text }” is not a ratio. Write it like 10% or 2/3.
refusal-kernel-rule-value-unreadable = The rule's value “{ $text }” cannot be read. Check the rule table.
refusal-kernel-date-missing = Enter the date, for example 2014-03-05.
refusal-kernel-date-unreadable = “{ $text }” cannot be read as a date; write it like 2014-03-05.
refusal-kernel-date-impossible = “{ $text }” is no date that exists; check year, month and day.
refusal-kernel-time-unreadable = “{ $text }” cannot be read as date and time; write it like 2014-03-05 09:00.
refusal-kernel-time-impossible = The time in “{ $text }” does not exist; check hours and minutes.
refusal-kernel-calendar-year-unpublished = The holidays of { $year } are not published, so { $date } cannot be reckoned with. Choose a day within the published years.
