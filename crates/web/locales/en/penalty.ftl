# Penalties of the bureau's own: prior notice, statement, hearing, decision
document-kind-penalty-notice = Prior notice of a penalty
document-kind-penalty-hearing = Call to a hearing on a penalty
withdrawal-not-punished = No penalty was imposed
withdrawal-hearing-moved = The hearing was moved
penalty-stage-proposed = To be told
penalty-stage-noticed = Told, waiting for an answer
penalty-stage-stated = Answered
penalty-stage-imposed = Imposed
penalty-stage-dropped = Dropped
penalty-case = Penalty case
penalty-case-title = Penalty case { $x }
penalty-case-open = Open the case
penalty-file = Number of the file or decision
penalty-filed-on = File opened on
penalty-told-stop = Activity stops for { $x } days from the decision
penalty-point = Basis and content
penalty-mend-note = To be mended within { $x } days of the decision
penalty-day = Filed or decided on
penalty-hearing-by = Hearing to be asked for by
penalty-hearing-none = This penalty gives no right to a hearing
penalty-notice-send = Send the prior notice
penalty-notice-send-hint = It tells the penalty intended, the facts, grounds, basis and rights. Nothing is decided before the answer or the end of its time, and nothing heavier than told.
penalty-hearing-call = Call to the hearing
penalty-hearing-call-hint = { $kind ->
    [working_days] Day and place are told { $days } working days before. To move a hearing call again; the earlier call is withdrawn.
   *[other] Day and place are told { $days } days before. To move a hearing call again; the earlier call is withdrawn.
 }
penalty-hearing-on = Called for
penalty-hearing-place = Hour and place of the hearing
penalty-hearing-place-hint = Hour, minute and place, for example: 14:30, room 301 of the bureau
penalty-hearing-note-hint = Who presided, who came, what both sides said and showed.
penalty-minutes = Minutes of the hearing
penalty-minutes-hint = A scan of the signed minutes, PDF or picture; may be left out.
penalty-decide = Decide
penalty-decide-hint = Filled in as told. It may be lighter, never heavier; a stop of activity runs from the decision.
penalty-stop-days = Days of the stop of activity
penalty-stop-days-hint = Leave empty when activity does not stop.
penalty-reason = What became of the defence, and why so
penalty-reason-hint = Where the organisation stated its case or was heard, say point by point what was accepted; it goes into the decision.
penalty-impose = Impose the penalty
penalty-drop = Impose none
penalty-own-title = Penalties intended
penalty-own-hint = You may state and defend your case, and ask for a hearing where you have a right to one; you are not punished harder for it.
penalty-answer-hint = You may state your case in writing or raise nothing; you are not punished harder for it. Without an answer the decision follows when the time is over.
penalty-answer-hearing-hint = You may state your case in writing, ask for a hearing (and say what you have to say), or raise nothing; you are not punished harder for it. Without an answer the decision follows when the time is over.
flash-penalty-proposed = Proposed. Send the prior notice next.
flash-penalty-notice = The prior notice was sent.
flash-penalty-call = The call to the hearing was sent.
flash-penalty-heard = The hearing was recorded.
flash-penalty-impose = The penalty was imposed and its decision issued.
flash-penalty-drop = No penalty was imposed; the notice was withdrawn.
flash-penalty-answered = Your answer was sent.
task-send-penalty-notice = Send the prior notice of a penalty
task-hear-penalty = Hold the hearing on a penalty
task-decide-penalty = Decide a penalty
member-task-answer-penalty-notice = Answer the notice of a penalty
member-task-attend-penalty-hearing = Come to the hearing on a penalty
rule-penalty-decision-days = Decision on a penalty within
rule-penalty-statement-days = Statement after the notice of a penalty within
rule-penalty-hearing-request-days = Hearing asked for after the notice within
rule-penalty-hearing-notice-days = Day and place told before a hearing
rule-penalty-hearing-fine-min = Least fine that gives a hearing
rule-penalty-hearing-confiscation-min = Least confiscation that gives a hearing
finding-credit-stop-intended = Activity stops for { $days } days from the decision
finding-credit-mend-intended = To be mended within { $days } days of the decision
finding-credit-hearing-was-held = At your request a hearing was held on { $on }
finding-credit-statement-weighed = What became of your statement: { $text }
document-penalty-notice-body =
    { $name } (credit code { $code }, file { $file }): the following offence was found.
    Facts: { $reason }
    { $evidence ->
        [none] {""}
       *[other] Evidence of the amounts: { $evidence }
    }
    You may state and defend your case until the end of { $answer }; you are not punished harder for it.
    { $right ->
        [hearing] You may ask for a hearing until the end of { $hearing }; it costs you nothing.
       *[other] {""}
    }
    After that these rights are taken as waived.
    It is intended:
document-penalty-hearing-body =
    { $name } (credit code { $code }, file { $file }): at your request a hearing is held on { $on }. Hour and place: { $place }.
    Your legal representative comes, or one or two agents with a written authority. Whoever stays away without good reason is taken to waive the hearing.
refusal-penalty-not-ours = This is another authority's penalty. Its decision is recorded and confirmed by another person; this bureau neither tells nor decides it.
refusal-penalty-not-noticed = A penalty that was not told beforehand does not stand. Have the prior notice sent first.
refusal-penalty-wrong-stage = The case stands at “{ $stage }”, where this step is not taken. Load the page again.
refusal-penalty-answer-late = The time to answer ended on { $last }.
refusal-penalty-hearing-late = The time to ask for a hearing ended on { $last }. You may still state your case in writing.
refusal-penalty-no-hearing-right = This penalty gives no right to a hearing. State your case in writing instead.
refusal-penalty-no-hearing-asked = No hearing was asked for, or it was held.
refusal-penalty-hearing-not-held = A hearing was asked for. Decide once it was held and recorded.
refusal-penalty-answer-awaited = The organisation may answer until { $last }. Decide after its answer or that day.
refusal-penalty-hearing-soon = { $kind ->
    [working_days] A hearing is told at least { $days } working days before. Choose a later day.
   *[other] A hearing is told at least { $days } days before. Choose a later day.
 }
refusal-penalty-hearing-not-called = Day and place of the hearing were not told yet. Call to it first.
refusal-penalty-hearing-day = The day lies from { $first }, to which it was called, to today. Correct it.
refusal-penalty-heavier-after-statement = Nobody is punished harder for defending themselves. Choose nothing heavier than was told.
refusal-penalty-heavier-than-noticed = This is heavier than what was told beforehand. Choose nothing heavier, or drop it, propose it anew and tell it.
refusal-penalty-stop-days = A stop of activity has its days; other penalties have none.
