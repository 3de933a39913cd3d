# Penalties: the items of the offences, the range of fines, orders, sealing; charities that must end
offence-certificate-lent = Certificate altered, let or lent, or seals let or lent
offence-beyond-scope = Activity beyond the aim and scope of the charter
offence-refuses-supervision = Supervision refused or not accepted as required
offence-change-not-registered = Changes not registered as required
offence-branches = Branches or offices set up against the rules, or neglected with serious consequences
offence-for-profit = Business for profit
offence-assets-taken = Property, donations or grants taken, shared out or diverted
offence-unlawful-fees = Fees, funds, donations or grants taken or used against the rules of the state
offence-false-accounts = Fraud in vouchers, books or financial reports
offence-spending-missed = Charitable spending below what is prescribed
offence-inspection-failed = Yearly inspection not undergone as required, or failed
offence-disclosure-failed = Duty of disclosure not met, or false information published
offence-other-law = Against another law (punished under that law, with a decision of its own)
statute-associations = Regulations on the Registration of Social Associations
statute-institutions = Interim Regulations on the Registration of Private Non-enterprise Units
statute-foundations = Regulations on Foundations
place-cited = { $statute }, article { $article }{ $paragraph ->
    [none] {""}
   *[other] , paragraph { $paragraph }
 }{ $item ->
    [none] {""}
   *[other] , item { $item }
 }
fine-base-turnover = illegal turnover
fine-base-gains = illegal gains
revocation-ground-unit-withdrew = The supervising unit withdrew its approval
revocation-ground-goes-on-after-end = Goes on although it ought to be cancelled
revocation-ground-branches = Branches or offices against the rules, serious
revocation-ground-false-accounts = Fraud in vouchers, books or financial reports, serious
revocation-ground-spending-missed = Charitable spending below what is prescribed, serious
revocation-ground-inspection-failed = Yearly inspection not undergone or failed, serious
revocation-ground-disclosure-failed = Disclosure not made or false, serious
revocation-ground-other-law = Against another law, and the body concerned asks for annulment
document-kind-penalty-decision = Decision on a penalty
document-kind-charity-end = Notice that a charity must end

credit-penalty-intro = For a penalty of this bureau under the regulations choose the offence; only those of this kind of organisation are listed. It is told to the organisation first; after its answer or hearing another person decides, and the decision is numbered and issued here. A penalty of another authority is confirmed by another person. Grave cases that call for annulment are proposed separately.
credit-offence = Offence
credit-offence-hint = Below each stands its article, paragraph and item. For penalties of other authorities or under other laws choose the last.
credit-offence-at = { $x } { $y }
credit-illegal-turnover = Illegal turnover
credit-illegal-hint = Leave empty when there is none. Illegal turnover or gains are confiscated, and a fine may be added.
credit-illegal-gains = Illegal gains
credit-illegal-evidence = Evidence of the amounts
credit-illegal-evidence-hint = Name books, vouchers and statements, and how the amounts follow. Leave empty without amounts.
credit-fine-base = Confiscation and fine go by
credit-fine-base-hint = Not needed where there is one amount only.
credit-range-show = Show the range of the fine
credit-ranges = With the amounts typed, a fine may be:
credit-range = By { $base } ({ $amount }), { $min } to { $max } times: from { $least } to { $most }
credit-mend-by = To be mended by
credit-mend-by-hint = The last day, when mending within a term was ordered, for example 2014-06-30
credit-replaced = Person in charge to be replaced
credit-replaced-hint = Leave empty when no replacement was ordered.
credit-document-number-hint = For a penalty of this bureau under the regulations the number of the file, which the number of the decision replaces; else the number of the decision.
credit-confiscated-note = { $x } confiscated
credit-mend-by-note = To be mended by { $x }
credit-replaced-note = To be replaced: { $x }
credit-obeyed-note = Mended and replaced on { $x }
credit-sealed-note = Certificate, seals and vouchers sealed since { $x }
credit-given-back-note = Given back on { $x }
credit-sealed-on = Sealed on
credit-given-back-on = Given back on
credit-obeyed-on = Mended or replaced on
credit-after-finish = Record that it was carried out
credit-after-seal = Record that certificate and seals were sealed
credit-after-give-back = Record that certificate and seals were given back
credit-after-obeyed = Record that the orders were obeyed
flash-credit-seal = Recorded as sealed.
flash-credit-give-back = Recorded as given back.
flash-credit-obeyed = Recorded as obeyed.
credit-own-penalties = Penalties
credit-own-penalties-hint = Mend what was ordered within the term and report it. During a stop of activity the registrar keeps certificate, seals and vouchers under seal and gives them back afterwards.
finding-ending-ground-cited = Ground in law: { $ground } ({ $statute }, article { $article }{ $paragraph ->
    [none] {""}
   *[other] , paragraph { $paragraph }
 }{ $item ->
    [none] {""}
   *[other] , item { $item }
 })
finding-credit-offence = Offence: { $offence }
finding-credit-offence-cited = Offence: { $offence } ({ $statute }, article { $article }{ $paragraph ->
    [none] {""}
   *[other] , paragraph { $paragraph }
 }{ $item ->
    [none] {""}
   *[other] , item { $item }
 })
finding-credit-warned = A warning is given
finding-credit-stopped = Activity stops from { $from } to { $until }
finding-credit-confiscated = Confiscated: { $base } of { $amount }
finding-credit-fined = A fine of { $amount } ({ $times_min } to { $times_max } times the { $base }, from { $least } to { $most })
finding-credit-mend-ordered = To be mended by { $last }
finding-credit-replacement-ordered = The person in charge is to be replaced: { $name }
finding-credit-to-be-sealed = While activity stops the registrar keeps certificate, seals and vouchers under seal
finding-credit-tax-relief = The tax authority is asked to claim back the relief enjoyed while the offence lasted
document-penalty-decision-body =
    { $name } (credit code { $code }, file { $file }): the following offence was found.
    Facts: { $reason }
    { $evidence ->
        [none] {""}
       *[other] Evidence of the amounts: { $evidence }
    }
    On { $imposed_on } it is decided:
refusal-credit-offence-not-of-this-kind = The regulations on { $kind } have no “{ $offence }”. Choose among the offences listed, or the last for a penalty under another law.
refusal-credit-fine-without-base = A fine for “{ $offence }” is measured by illegal turnover or gains. Enter amounts and evidence, or choose another penalty.
refusal-credit-fine-base-missing = There are both illegal turnover and illegal gains. Choose which confiscation and fine go by.
refusal-credit-fine-base-empty = You chose { $base }, but no { $base } is entered. Enter the amount or choose the other.
refusal-credit-fine-outside-range = A fine for “{ $offence }” is { $times_min } to { $times_max } times the { $base } ({ $amount }): from { $least } to { $most }. Correct the fine.
refusal-credit-fine-not-in-law = “{ $offence }” is punished under article 42 of the Regulations on Foundations, which knows no fine. Clear the amount and choose a warning or a stop of activity.
refusal-credit-confiscation-not-in-law = The article on “{ $offence }” confiscates no illegal turnover or gains. Clear these amounts.
refusal-credit-illegal-evidence-missing = Say what shows the illegal turnover or gains.
refusal-credit-replacement-not-in-law = Only article 30 of the Regulations on Social Associations lets a person in charge be ordered to be replaced; “{ $offence }” does not. Clear the field.
refusal-credit-mend-by-early = The term to mend may not end before the decision.
refusal-credit-sealing-not-suspended = Certificate and seals are sealed during a stop of activity alone. Choose a confirmed stop of activity.
refusal-credit-sealed-already = For this penalty they are recorded as sealed.
refusal-credit-sealing-day = The day lies from { $first } to today. Correct it.
refusal-credit-not-sealed = For this penalty nothing is under seal.
refusal-credit-sealed-until = Activity stops until { $last }; they are given back afterwards.
refusal-credit-no-order-open = No order of this penalty is left to be obeyed.
refusal-credit-obeyed-day = The day lies from { $first } to today. Correct it.
refusal-ending-ground-not-of-this-kind = The regulations on { $kind } have no “{ $ground }”. Choose among the grounds listed.

rule-fine-turnover-times-min = Fine at least, of the illegal turnover
rule-fine-turnover-times-max = Fine at most, of the illegal turnover
rule-fine-gains-times-min = Fine at least, of the illegal gains
rule-fine-gains-times-max = Fine at most, of the illegal gains
rule-charity-idle-years = Years without charitable activity after which a charity must end
rule-statutory-staff-min = Full-time staff at least
rule-community-staff-min = Staff under the community profile at least
rule-zero-threshold-staff-min = Staff under the zero threshold at least
rule-statutory-premises-shareable = Premises may be shared
rule-community-premises-shareable = Premises may be shared under the community profile
rule-zero-threshold-premises-shareable = Premises may be shared under the zero threshold
rule-statutory-account-own = An account of its own after the certificate
rule-community-account-own = An account of its own under the community profile
rule-zero-threshold-account-own = An account of its own under the zero threshold
finding-registration-premises-shared = The same address as { $name } ({ $others } in all): where premises may be shared, whoever lets or lends them agrees; where not, check the proof of premises.
finding-registration-account-own = After the certificate an account of its own is opened and filed; none is asked for before registration.
finding-registration-account-kept = The account of the street, the community or the incubator may keep its funds; an account of its own is filed once it is opened.
inspection-question-unit-opinion-on = Day of the supervising unit's preliminary opinion
refusal-inspection-opinion-missing = The yearly report goes to the supervising unit first: attach its preliminary opinion (supervising unit’s consent) among the papers.
refusal-inspection-opinion-ahead = The opinion cannot be dated after today. Correct the day.
finding-inspection-opinion-in-time = The supervising unit gave its opinion on { $day } (last day { $last })
inspection-unit-first = You have a supervising unit: report to it by { $x } first, then to the registrar with its opinion.
member-task-report-to-unit = Hand the yearly report to the supervising unit
task-tell-idle-charity = Tell a charity that it must end
member-task-end-as-charity = Form the liquidation group and end
finding-charity-idle-years = By its yearly reports there was no charitable activity and no spending on any from { $first } to { $last }: a charity without charitable activity for two years in a row must end
ending-charity-idle = By its yearly reports this charity had no charitable activity and no spending on any from { $x } to { $y }.
ending-charity-end = Tell it that it must end
ending-charity-end-intro = Verify first. The notice is issued, and the liquidation group is formed within { $x } days of it.
ending-charity-note = What was verified
ending-charity-note-hint = Say how you verified it and what the charity said; it goes into the notice.
ending-charity-end-send = Tell it to end
ending-charity-must-end = You did no charitable work from { $first } to { $last } and were told on { $told } that you must end. Form a liquidation group by { $by }, and ask for cancellation here once liquidation has ended.
flash-ending-charity-told = Told; the notice was issued.
document-charity-end-body = { $name } (credit code { $code }): for the following ground you must end. Verified: { $note } Form a liquidation group by { $group_by }, announce it, and ask this bureau for cancellation once liquidation has ended. Where no group is formed or it does not do its duty, this bureau may ask the court to appoint one.
refusal-charity-not-idle = The yearly reports do not show { $years } years in a row without charitable work. Look at the last { $years } reports.
refusal-charity-told-to-end = This organisation was told already. Go on in its application for cancellation.
credit-confiscated = Confiscated
task-seal-certificate = Seal certificate and seals during a stop of activity
task-give-back-sealed = Give back sealed certificate and seals
task-check-order = See whether an order to mend was obeyed
member-task-obey-penalty = Do what the penalty ordered
member-task-hand-over-to-seal = Hand over certificate and seals to be sealed
