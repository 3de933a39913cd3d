# Divisions and their days
division-title = Division codes and their days
division-lead = A district's code has a first and a last day. Districts that ended stay in the table: old cases and old codes show the district of their day, the directory and the figures count by the districts of today.
division-on = Only those of one day
division-on-hint = Such as 2012-06-30; leave it empty for all
division-count = { $n ->
    [one] { $n } division
   *[other] { $n } divisions
}
division-count-on = { $x } divisions on { $y }
division-code = Code
division-name = Name
division-from = First day
division-to = Last day
division-successor = Now part of
division-streets = Streets of today that lay in it
division-source = Source
division-former = ended
division-older = before this table
division-still = to this day
division-whole = all streets and towns
division-now = { $x } (now { $y })
division-until = { $x } (until { $y })
division-shown = { $district } ended on { $day }. What follows is of { $today } as it is today.
division-of-code = Division in the credit code
registry-authority-district = Civil Affairs Bureau of { $x }, Nanjing
division-then = District of the address at registration
statistics-divisions = Every year is counted by the districts of today: what lay in 白下区, 下关区, 溧水县 or 高淳县 before 28 March 2013 counts where it is now.
refusal-registry-code-division-ended = The division in the credit code, { $code } ({ $division }), ended on { $ended } and cannot be in the code of an organisation registered after that. Check the code and the day of registration; the division is now part of { $successor }.
finding-name-division-ended = { $former ->
    [none] The name uses no division that has ended.
   *[named] { $division } in the name ended on { $ended }; use { $successor } instead.
}
refusal-name-division-ended = { $division } ended on { $ended } and is in no new name. Use { $successor } instead.
refusal-supervision-district-ended = { $district } ended on { $day } and was no district in that quarter. Choose { $today }.
refusal-supervision-district-later = { $district } is a district since { $day } only and was none in that quarter. Choose the district of that time.
