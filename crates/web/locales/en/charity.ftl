### Charities (B46)
desk-my-charity = Recognition as a charity
desk-charity = Recognition as a charity
charity-word = Charity
charity-since = Since { $x } ({ $y })
charity-was = { $x } to { $y }, ended
charity-only = Only charities
charity-all = The charities of today
charity-condition-purpose = A charitable purpose, and a scope within Article 3 of the Charity Law
charity-condition-spending = Last year’s charitable spending and management cost as prescribed
charity-condition-non-profit = Not for profit: all income and surplus for the charitable purpose of the charter, nothing distributed to founders, donors or members
charity-condition-charter = A charter as Article 11 of the Charity Law asks, which passes the remainder to a like charity
charity-condition-finance = Sound rules of finance and reasonable pay
charity-condition-heads = No officer whom the law bars from heading a charity
charity-condition-lawful = No other breach of law, regulation or state policy
charity-stage-applied = Applied, to be taken up
charity-stage-returned = To be corrected
charity-stage-accepted = Taken up, to be reviewed
charity-stage-reviewed = Reviewed, to be decided
charity-stage-recognised = Recognised
charity-stage-denied = Not recognised
charity-stage-withdrawn = Withdrawn
charity-stage-noticed = Told of an annulment, to answer
charity-stage-answered = Answered, annulment to be decided
charity-stage-annulled = Recognition annulled
charity-stage-ended = Ended with the registration
charity-held = The organisation is a charity since { $x }.
charity-intro = Foundations, associations and social service institutions may apply for recognition as a charity. It is decided within { $x } days of acceptance: recognised, announced and the registration certificate issued anew, or written reasons for whoever does not meet the conditions. New organisations apply when they register.
charity-source = In force now: { $x }
charity-item = Measures on the Recognition of Charities, Article { $x }, item { $y }
charity-own-cases = Applications
charity-number = Number
charity-applied = Applied
charity-stage = Stage
charity-conditions = Conditions that the register checks
charity-under-way = An application is under way.
charity-see = See how far it has come
charity-not-now = Some conditions are not met, so an application is not possible now. See above which ones and their rules, and come back when they are met.
charity-apply = Apply for recognition as a charity
charity-apply-intro = Say why you apply, explain condition by condition how your organisation meets it, and promise it in writing. An officer checks each of them.
charity-statement = Why you apply, your charitable purpose and what you do for it
charity-statement-hint = A thousand characters at most.
charity-statement-free = A foundation may leave it empty; a thousand characters at most.
charity-last-year = Expense by last year’s report
charity-spent = { $x }, of it { $y } on activity
charity-papers = Needed: { $x }. The minutes say that the members or the council voted for the application; the audit is of last year, with charitable spending and management cost.
charity-promise = The conditions are met, nothing bars a recognition, and all explanations and papers are true and complete
charity-promise-hint = Whoever deceives loses the recognition, in public.
charity-apply-send = Send the application
charity-case-title = Recognition as a charity { $x }
charity-document = Decision
charity-recognised-on = Recognised on
charity-answer-by = May answer until
charity-annulment = Reasons on the annulment
charity-ended-on = Ended on
charity-answer = Your answer
charity-answer-hint = The registering department holds that the application was false and intends to annul the recognition. You may answer until { $x }, that day included; silence counts as no answer.
charity-answer-text = Answer
charity-answer-send = Send the answer
charity-cases = Applications for recognition
charity-none = No applications
charity-none-hint = They appear here once an organisation has applied.
charity-pause-title = Consultation, discussion and visits
charity-pause-hint = In a difficult case other departments may be asked, the case discussed or the organisation visited. That time does not count.
charity-paused = The days for the decision stand still. When consultation or visit is over, let them run again and then give the opinion.
charity-pause = Stop the days
charity-resume = Let the days run again
charity-decide-hint = A recognition needs every condition; a denial needs one that is not met, written reasons, and tells the rights of review.
charity-decision-hint = Give the reasons; the decision repeats them.
charity-recognise = Recognise as a charity
charity-deny = Do not recognise
charity-extend = Extend the term
charity-extend-hint = In special circumstances the term may be extended once with the approval of the ministry, by { $x } days at most from its last day; the applicant is told why.
charity-approval = Number and day of the ministry’s approval
charity-approval-hint = Record only an approval that was given.
charity-extension-reason = Circumstances and reasons
charity-extend-send = Extend and tell
charity-notice = Intend an annulment
charity-notice-hint = A recognition got by deceit is annulled. The organisation is told facts and ground first and may answer; another person decides.
charity-false-facts = What was false, and what shows it
charity-notice-send = Issue the notice
charity-annul = Decide on the annulment
charity-annul-hint = An annulment is announced at once: the organisation is no charity any more, a certificate for public fundraising ends and the registration certificate is issued anew. What was on record before stays.
charity-annulment-hint = Give facts, ground and what the answer was worth; the decision repeats them.
charity-annul-send = Annul and announce
charity-keep = The recognition stands
flash-charity-applied = Application sent. It waits to be taken up.
flash-charity-resubmit = Correction sent. It waits to be taken up.
flash-charity-withdraw = Application withdrawn.
flash-charity-answer = Answer sent.
flash-charity-desk-accept = Taken up; the notice is issued.
flash-charity-desk-correct = The notice of correction is issued.
flash-charity-desk-pause = The days stand still from tomorrow on.
flash-charity-desk-resume = The days run again from tomorrow on.
flash-charity-desk-review = Opinion recorded. Another person decides.
flash-charity-desk-back = Sent back for a new review.
flash-charity-desk-recognise = Recognised as a charity and announced.
flash-charity-desk-deny = The decision is issued.
flash-charity-desk-extend = The term is extended and the notice issued.
flash-charity-desk-notice = The notice is issued. The organisation may answer.
flash-charity-desk-annul = Recognition annulled and announced.
flash-charity-desk-keep = The recognition stands.
task-take-in-charity = Take up an application for recognition as a charity
task-review-charity = Review a recognition as a charity
task-decide-charity = Decide a recognition as a charity
task-decide-charity-annulment = Decide whether a recognition is annulled
member-task-correct-charity = Correct the application for recognition as a charity
member-task-answer-charity-notice = Answer the notice that the recognition may be annulled
news-registry-charity-registered = Registered as a charity
news-registry-charity-annulled = Recognition as a charity annulled

finding-registry-charity-law = The Charity Law is in force (since { $from })
refusal-registry-charity-law = The Charity Law is in force since { $from }. Before that day nobody is registered or recognised as a charity. Come back then.
finding-registry-charity-older = Registered before the Charity Law was published ({ $from })
refusal-registry-charity-older = Under the rules in force only organisations registered before the Charity Law was published ({ $from }) are recognised. Whoever is founded later applies when it registers.
finding-charity-not-yet = Not a charity yet
refusal-charity-not-yet = The organisation is a charity already and need not apply.
finding-charity-condition = Not met: { $condition }
refusal-charity-condition = “{ $condition }” was found not met, so it cannot be recognised. Deny it, or send it back for a new review.
finding-charity-founding-purpose = Founded as a charity: whether aim and scope are charitable, open to the public and not for profit is for the officers to check
refusal-charity-founding-purpose = Check aim and scope against Articles 3 and 9 of the Charity Law and give the reasons.
finding-charity-founding-charter = Founded as a charity: whether the charter rules the use of charitable property and passes the remainder to a like charity is for the officers to check
refusal-charity-founding-charter = Check the charter against Article 11 of the Charity Law and give the reasons.
refusal-charity-not-promised = Tick the promise of “{ $condition }”. If it is not met, apply when it is.
refusal-charity-words-missing = Explain how you meet “{ $condition }”, in { $most } characters at most.
refusal-charity-statement-missing = Say why you apply, your charitable purpose and what you do for it, in { $most } characters at most.
refusal-charity-paper-missing = “{ $paper }” is missing. Put it into your papers first, then choose it here.
refusal-charity-promise-missing = Tick the written promise.
refusal-charity-under-way = An application is under way or the organisation is recognised already.
refusal-charity-corrected-once = A correction was asked for once. Take it up and review it.
refusal-charity-wrong-stage = The application is “{ $stage }”, so this step is not possible.
refusal-charity-ground-missing = A denial needs a ground: choose at least one condition that is not met.
refusal-charity-check-missing = Choose whether “{ $condition }” is met.
refusal-charity-paused-already = The days stand still. Let them run again first.
refusal-charity-not-paused = The days run, so there is nothing to resume.
refusal-charity-extended-before = The term was extended once and cannot be extended again. Decide within it.
refusal-charity-term-over = The term ended on { $due } and cannot be extended any more. Decide soon; it is on the list of late steps.
refusal-charity-answer-late = The time for an answer ended on { $last }.
refusal-charity-answer-awaited = The organisation may answer until { $last }, that day included. Decide when it has, or when the time is over.

document-kind-charity-decision = Decision to recognise a charity
document-kind-charity-denial = Decision not to recognise a charity
document-kind-charity-notice = Prior notice of the annulment of a recognition
document-kind-charity-annulment = Decision to annul a recognition as a charity
document-charity-decision-body =
    { $name } (credit code { $code }) applied for recognition as a charity (number { $number }). It meets the conditions of the Charity Law and of the Measures on the Recognition of Charities and is recognised as a charity from { $from }; on this decision its registration certificate is exchanged for one with this attribute.
    Reasons: { $reason }
document-charity-denial-body =
    { $name } applied for recognition as a charity (number { $number }). On the following grounds, which the Charity Law and Articles 4 and 5 of the Measures on the Recognition of Charities name, it is not recognised.
    Reasons: { $reason }
document-charity-notice-body =
    Your application for recognition as a charity (number { $number }, decision { $decision }) appears to have been false. The department intends to annul the recognition under Article 11 of the Measures on the Recognition of Charities.
    Facts and evidence: { $evidence }
    You may answer until { $answer } (within { $days } working days); silence counts as no answer.
document-charity-annulment-body =
    The application of { $name } (credit code { $code }) for recognition as a charity (number { $number }) was false. Under Article 11 of the Measures on the Recognition of Charities the recognition ({ $decision }) is annulled from { $ended_on }.
    Facts: { $evidence }
    Reasons: { $reason }
document-acceptance-charity-body = The application of { $name } for recognition as a charity (number { $number }) is taken up as of { $accepted_on } and will be decided by { $due }.
document-correction-notice-charity-body =
    The application of { $name } for recognition as a charity (number { $number }) has to be corrected. This is everything that has to be mended:
    { $defects }
document-extension-notice-charity-body = The application of { $name } for recognition as a charity (number { $number }) has special circumstances and cannot be decided by { $due }. With the approval of the ministry ({ $approval }) the term is extended to { $until }. Reasons: { $reason }
document-announcement-charity-body = { $name } (credit code { $code }) is recognised as a charity from { $from } ({ $decision }).
document-announcement-charity-annulled-body = The recognition of { $name } (credit code { $code }) as a charity ({ $decision }) is annulled from { $ended_on } ({ $annulment }). It is no charity any more.
document-approval-charity-body = Your application to register “{ $name }” (number { $number }) was reviewed by two officers, meets the statutory conditions and those of the Charity Law, and is approved: registered as a charity.

apply-is-charity = Founded as a charity
apply-is-charity-hint = Whoever meets Articles 8 and 9 of the Charity Law may register as a charity, decided within thirty days of acceptance. No answer counts as no.
apply-charity-purpose = Charitable purpose and activities
apply-charity-purpose-hint = Needed when it is founded as a charity: which activities of Article 3 of the Charity Law it offers to the public, and how the charter passes the remainder to a like charity.
certificate-charity = Charity
certificate-charity-since = Charity (since { $x })

service-charity = Registration and recognition of charities
service-charity-lead = Foundations, associations and social service institutions that exist apply for recognition; new ones apply when they register.
service-charity-steps =
    The members or the council vote for it; a supervising unit consents where there is one.
    See under “Recognition as a charity” what the register checks, say why you apply and promise the other conditions one by one, and send it with the minutes and the auditor’s report (foundations need none).
    The approval office takes it up; what is missing is told once and completely.
    An officer checks every condition and gives an opinion.
    Another person decides: recognised, announced and the certificate issued anew, or written reasons with the rights of review.
rule-charity-old-only = Only organisations older than the Charity Law are recognised
rule-charity-clean-years = Years without a penalty before a recognition
rule-charity-recognition-days = Decision on a recognition as a charity
rule-charity-registration-days = Decision on a registration as a charity
rule-charity-extension-days = Longest extension with approval
