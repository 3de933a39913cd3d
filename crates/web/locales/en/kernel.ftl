# Rules for what is typed anywhere: money, dates, codes (refusal-kernel-)
refusal-kernel-money-unreadable = “{ $text }” is not an amount. Use digits only, for example 480000 or 48.5.
refusal-kernel-money-negative = An amount is never negative. Check “{ $text }”.
refusal-kernel-money-too-large = “{ $text }” has too many digits. Check it and the unit you chose.
refusal-kernel-money-too-many-decimals = Amounts go down to the fen. Check the decimals of “{ $text }” and the unit you chose.
