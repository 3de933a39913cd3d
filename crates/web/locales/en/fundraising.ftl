### The qualification to raise funds from the public (B39)
desk-my-fundraising = Public fundraising
desk-fundraising = Public fundraising
fundraising-way-application = Application
fundraising-way-claim = Claim on the registration certificate
fundraising-condition-governance = Sound internal governance, a council that decides, officers lawfully in post
fundraising-condition-council = At most a third of the council from one organisation and its affiliates, no close relatives together, at most a third from outside the mainland, a legal representative from the mainland
fundraising-condition-staff = A full-time secretary-general who is not the chair, and full-time staff
fundraising-condition-supervisors = Supervisors who do their duty
fundraising-condition-tax = Registered with the tax authority, taxes paid
fundraising-condition-internal-rules = Complete internal rules and risk control, kept in practice
fundraising-condition-spending = Last year’s charitable spending and management cost as prescribed
fundraising-condition-reports = Lawful accounts, yearly reports in time, information disclosed
fundraising-stage-applied = Applied, to be taken up
fundraising-stage-returned = To be corrected
fundraising-stage-accepted = Taken up, to be reviewed
fundraising-stage-reviewed = Reviewed, to be decided
fundraising-stage-granted = Certificate issued
fundraising-stage-denied = No certificate
fundraising-stage-withdrawn = Withdrawn
fundraising-stage-revoked = Certificate revoked
fundraising-stage-ended = Ended with the registration or as a charity
fundraising-held = The organisation holds certificate { $x } and may raise funds from the public since { $y }.
fundraising-open-certificate = See the certificate
fundraising-verify = Verify the certificate
fundraising-intro = Only a charity with this qualification may raise funds from the public. It is decided within { $x } days of acceptance: a certificate for whoever meets the conditions, written reasons for whoever does not.
fundraising-source = In force now: { $x }
fundraising-item = { $x }, item { $y }
fundraising-own-cases = Applications
fundraising-number = Number
fundraising-way = Way
fundraising-applied = Applied
fundraising-stage = Stage
fundraising-conditions = Conditions that the register checks
fundraising-claim-conditions = Conditions of a claim
fundraising-under-way = An application is under way.
fundraising-see = See how far it has come
fundraising-keep = You hold a certificate and need not apply again. Whoever no longer meets the conditions goes on the abnormal list{ $years ->
        [0] .
       *[other] ; after a revocation nobody applies again for { $years } years.
    }
fundraising-not-now = Some conditions are not met, so an application is not possible now. See above which ones and their rules, and come back when they are met.
fundraising-apply = Apply for public fundraising
fundraising-apply-intro = Explain condition by condition how your organisation meets it, and promise it in writing. An officer checks each of them.
fundraising-statement = Anything else
fundraising-statement-hint = May stay empty.
fundraising-papers = Needed: an auditor’s report on last year with spending and management cost, and the council’s resolution to apply.
fundraising-papers-consent = Needed: an auditor’s report on last year with spending and management cost, the council’s resolution to apply, and the consent of the supervising unit.
fundraising-promise = All explanations and papers are true and complete
fundraising-promise-hint = Whoever deceives answers for it by law.
fundraising-apply-send = Send the application
fundraising-claim = Claim on the registration certificate
fundraising-claim-intro = A public foundation registered before the Charity Law came into force claims the certificate on its registration certificate that names it a charity, without an application.
fundraising-claim-statement = What the registration certificate says
fundraising-claim-statement-hint = Number and day of the certificate, and how it names public fundraising and charity.
fundraising-claim-promise = This is what the registration certificate says
fundraising-claim-send = Send the claim
fundraising-case-title = Public fundraising { $x }
fundraising-certificate = Certificate
fundraising-granted-on = Issued on
fundraising-penalty-number = Number of the penalty
fundraising-penalty-reason = Penalised for
fundraising-penalty-on = Day of the penalty
fundraising-ended-on = Ended on
fundraising-cases = Applications for public fundraising
fundraising-none = No applications
fundraising-none-hint = They appear here once a charity has applied.
fundraising-wanting = Holders who no longer meet the conditions
fundraising-wanting-hint = A holder who no longer meets the conditions goes on the abnormal list, in public. Open the organisation and propose it as “No longer qualified to raise public funds”.
fundraising-pause-title = Consultation and visits
fundraising-pause-hint = In a difficult case other departments may be asked or the organisation visited. That time does not count.
fundraising-paused = The days for the decision stand still. When consultation or visit is over, let them run again and then give the opinion.
fundraising-pause = Stop the days
fundraising-resume = Let the days run again
flash-fundraising-desk-pause = The days stand still from tomorrow on.
flash-fundraising-desk-resume = The days run again from tomorrow on.
refusal-fundraising-paused-already = The days stand still. Let them run again first.
refusal-fundraising-not-paused = The days run, so there is nothing to resume.
fundraising-is-public = The registration certificate names public fundraising and charity
fundraising-is-public-hint = Compare with the certificate.
fundraising-decide-hint = A certificate needs every condition; a denial needs one that is not met, written reasons, and tells the rights of review.
fundraising-decision-hint = Give the reasons; the decision repeats them.
fundraising-grant = Issue the certificate
fundraising-deny = Issue none
fundraising-penalty = Record a revoking penalty
fundraising-penalty-hint = Record only a penalty that was lawfully decided and revokes the certificate. It takes effect when another person confirms it.
fundraising-penalty-send = Record the penalty
fundraising-penalty-confirm = Confirm the revocation
fundraising-penalty-confirm-hint = { $years ->
        [0] The certificate ends at once and the public is told. If the record is wrong, drop it.
       *[other] The certificate ends at once and the public is told; no new application for { $years } years. If the record is wrong, drop it.
    }
fundraising-revoke = Confirm and announce
fundraising-drop = The record is wrong
fundraising-public = May raise funds from the public: certificate { $x }, since { $y }.
fundraising-only = Only those who may raise funds from the public
flash-fundraising-applied = Application sent. It waits to be taken up.
flash-fundraising-resubmit = Correction sent. It waits to be taken up.
flash-fundraising-withdraw = Application withdrawn.
flash-fundraising-desk-accept = Taken up; the notice is issued.
flash-fundraising-desk-correct = The notice of correction is issued.
flash-fundraising-desk-review = Opinion recorded. Another person decides.
flash-fundraising-desk-back = Sent back for a new review.
flash-fundraising-desk-grant = Certificate issued and announced.
flash-fundraising-desk-deny = The decision is issued.
flash-fundraising-desk-penalty = Penalty recorded. Another person confirms it.
flash-fundraising-desk-revoke = Certificate revoked and announced.
flash-fundraising-desk-drop = Record dropped; the certificate holds.
task-take-in-fundraising = Take up an application for public fundraising
task-review-fundraising = Review public fundraising
task-decide-fundraising = Decide public fundraising
task-confirm-fundraising-penalty = Confirm the revocation of a fundraising certificate
member-task-correct-fundraising = Correct the application for public fundraising
news-registry-fundraising-granted = Certificate for public fundraising issued
news-registry-fundraising-revoked = Certificate for public fundraising revoked

finding-registry-fundraising-law = The Charity Law is in force (since { $from })
refusal-registry-fundraising-law = The Charity Law is in force since { $from }. Before that day there is no such qualification to apply for. Come back then.
finding-registry-yearly-reported = The yearly report was handed in on time
refusal-registry-yearly-reported = The yearly report was not handed in on time, so the conditions are not met. Make up for it and pass the inspection first.
finding-fundraising-not-revoked = No fundraising certificate revoked within { $years } years
refusal-fundraising-not-revoked = After a revoked certificate nobody applies again for { $years } years. You may from { $free }.
finding-fundraising-charity-now = Registered or recognised as a charity
refusal-fundraising-charity-now = The organisation is no charity yet. Apply for recognition first.
finding-fundraising-old-foundation = A foundation registered before the Charity Law ({ $from })
refusal-fundraising-old-foundation = Only public foundations registered before { $from } claim on their registration certificate. Others apply.
finding-fundraising-public-foundation = The registration certificate does not name public fundraising and charity
refusal-fundraising-public-foundation = By the opinion the registration certificate does not name public fundraising and charity. Deny it, or send it back for a new review.
finding-fundraising-condition = Not met: { $condition }
refusal-fundraising-condition = “{ $condition }” was found not met, so no certificate may be issued. Deny it, or send it back for a new review.
refusal-fundraising-not-promised = Tick the promise of “{ $condition }”. If it is not met, apply when it is.
refusal-fundraising-words-missing = Explain how you meet “{ $condition }”, in { $most } characters at most.
refusal-fundraising-paper-missing = “{ $paper }” is missing. Put it into your papers first, then choose it here.
refusal-fundraising-promise-missing = Tick the written promise.
refusal-fundraising-under-way = An application is under way or a certificate is held already.
refusal-fundraising-corrected-once = A correction was asked for once. Take it up and review it.
refusal-fundraising-wrong-stage = The application is “{ $stage }”, so this step is not possible.
refusal-fundraising-ground-missing = A denial needs a ground: choose at least one condition that is not met.
refusal-fundraising-check-missing = Choose whether “{ $condition }” is met.
refusal-fundraising-fit-missing = Choose what the registration certificate says.
refusal-fundraising-penalty-recorded = A penalty is recorded already and waits for another person.
refusal-fundraising-penalty-day = The day of the penalty lies not before { $first }, when the certificate was issued, and not after today.
refusal-fundraising-no-penalty = No penalty is recorded, so there is nothing to confirm.

document-kind-fundraising-certificate = Certificate for public fundraising
document-kind-fundraising-denial = Decision to issue no certificate for public fundraising
document-fundraising-certificate-body =
    { $name } (credit code { $code }) meets the conditions of Article 22 of the Charity Law and of the Measures on public fundraising and may raise funds from the public since { $granted_on }.
    This certificate may not be forged, altered, let or lent. Every campaign needs a plan that is filed.
document-fundraising-denial-body =
    { $name } applied for public fundraising (number { $number }). The following conditions of Article 22 of the Charity Law and Article 5 of the Measures on public fundraising are not met, so no certificate is issued.
    Reasons: { $reason }
document-acceptance-fundraising-body = The application of { $name } for public fundraising (number { $number }) is taken up as of { $accepted_on } and will be decided by { $due }.
document-correction-notice-fundraising-body =
    The application of { $name } for public fundraising (number { $number }) has to be corrected. This is everything that has to be mended:
    { $defects }
document-announcement-fundraising-body = { $name } (credit code { $code }) may raise funds from the public since { $granted_on }, certificate { $certificate }.
document-announcement-fundraising-revoked-body = Certificate { $certificate } of { $name } (credit code { $code }) was revoked on { $revoked_on } (penalty { $penalty }). Public fundraising stops at once.

service-fundraising = Public fundraising
service-fundraising-lead = For organisations that have been a charity for the years that the law asks for.
service-fundraising-steps =
    See under “Public fundraising” what the register checks, explain the other conditions one by one, and apply with the auditor’s report and the council’s resolution.
    The approval office takes it up; what is missing is told once and completely.
    An officer checks every condition and gives an opinion.
    Another person decides: a certificate, announced, or none with written reasons and the rights of review.
rule-fundraising-conditions = Conditions promised for public fundraising
rule-fundraising-decision-days = Decision on public fundraising
rule-fundraising-announce-days = Announcement of a revoked fundraising certificate
rule-fundraising-bar-years = Years without a new application after revocation
rule-unit-conditions = conditions
