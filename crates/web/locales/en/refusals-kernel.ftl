# Rules for what is typed anywhere: credit codes, dates, times, ratios
refusal-kernel-credit-code-length = A unified social credit code has { $expected } characters; this one has { $found }. Check for one too many or too few.
refusal-kernel-credit-code-character = Character { $position }, “{ $character }”, does not occur in such codes (no I, O, S, V, Z). Check it.
refusal-kernel-credit-code-division = Character { $position }, “{ $character }”, must be a digit: the third to eighth are the division. Check it.
refusal-kernel-credit-code-check = Character { $position } does not check: “{ $expected }” was expected, “{ $found }” was found. Compare the code character by character; often two neighbours are swapped.
refusal-kernel-subject-code-check = The older check character at { $position } should be “{ $expected }” and is “{ $found }”. Early codes have this; it is only a hint.
refusal-kernel-ratio-unreadable = “{ $text }” is not a ratio. Write it like 10% or 2/3.
refusal-kernel-rule-value-unreadable = The rule's value “{ $text }” cannot be read. Check the rule table.
