# Rules for what is typed anywhere: money, dates, codes (refusal-kernel-)
refusal-kernel-money-unreadable = “{ $text }” is not an amount. Use digits only, for example 480000 or 48.5.
refusal-kernel-money-negative = An amount is never negative. Check “{ $text }”.
refusal-kernel-money-too-large = “{ $text }” has too many digits. Check it and the unit you chose.
refusal-kernel-money-too-many-decimals = Amounts go down to the fen. Check the decimals of “{ $text }” and the unit you chose.
refusal-kernel-date-unreadable = “{ $text }” cannot be read as a date; write it like 2014-03-05.
refusal-kernel-date-impossible = “{ $text }” is no date that exists; check year, month and day.
refusal-kernel-time-unreadable = “{ $text }” cannot be read as date and time; write it like 2014-03-05 09:00.
refusal-kernel-time-impossible = The time in “{ $text }” does not exist; check hours and minutes.
refusal-kernel-calendar-year-unpublished = The holidays of { $year } are not published, so { $date } cannot be reckoned with. Choose a day within the published years.
