### The steps that every application of a registered organisation shares
course-accept = Take it up
course-accept-hint = A complete application is taken up with a notice. When no correction is asked for within { $days } working days it counts as taken up from its receipt.
course-correct = Ask for a correction
course-correct-hint = Tell everything at once; a correction cannot be asked for again.
course-defects = Everything to be corrected
course-finding = What was looked at (needed where it is not met)
course-review-send = Send the opinion
course-explained = Condition by condition
course-meets = We promise that we meet this condition
course-says = Explanation
course-accepted-on = Taken up on
course-sent-back = Sent back for a new review because
course-back = Send back for a new review
course-grounds = Further conditions not met
course-grounds-hint = What the register or the officer found not met is a ground by itself; add others here.
course-resubmit = Send the correction
course-resubmit-intro = A correction is asked for once. Mend everything that was told and send it again; the written promise has to be ticked anew.
course-withdraw = Withdraw the application
course-withdraw-hint = Possible until it is decided. You may apply again afterwards.
course-fit = Every condition is met
course-unfit = A condition is not met

intake-received = Waits to be taken up
intake-returned = Returned for correction
intake-accepted = Taken up, waits for review
intake-withdrawn = Withdrawn
refusal-course-not-accepted = The application is now “{ $intake }”, so this step is not possible. Review and decision follow when it is taken up; what was withdrawn goes no further.
refusal-course-corrected-once = A correction is asked for once, and it was. Take the application up, or decide it by law afterwards.
refusal-course-accepted-by-silence = No correction was asked for within { $days } working days, so the application counts as taken up from its receipt on { $from }. Go on with it as taken up.

course-correct-once = A correction is asked for once. Mend everything that was told and send it again; papers that were handed in still count, choose only new ones or what replaces them.
course-correct-go = Correct it
flash-course-resubmitted = The correction is sent and waits to be taken up.
flash-course-withdrawn = Withdrawn; it may be asked for again.
