# The shell of the pages: header, footer, navigation and shared components
shell-service-name = Gongzhi
shell-service-owner = Nanjing social organisations and purchasing
shell-title-suffix = Gongzhi · Nanjing social organisations and purchasing
shell-skip-to-main = Skip to main content
shell-language-label = Language
shell-language-zh = 中文
shell-language-en = English
shell-display-heading = Text size and contrast
shell-display-size = Text size
shell-display-size-100 = Standard
shell-display-size-125 = Large (125%)
shell-display-size-150 = Larger (150%)
shell-display-size-200 = Largest (200%)
shell-display-contrast = High contrast
shell-display-apply = Apply
shell-sign-in = Sign in
shell-sign-out = Sign out
shell-signed-in-as = Signed in as
shell-my-desk = My desk
shell-menu = Menu
shell-nav-label = Main navigation
shell-desk-nav-label = Desk navigation
shell-breadcrumb-label = You are here
shell-demo-tag = Sample
shell-demo-text = Demonstration: all organisations, people and amounts are invented, save the names in the bureau's own text.
shell-demo-accounts = Sample accounts
shell-demo-clock = Sample time
shell-flash-title = Notice
shell-success-title = Done
shell-error-title = There is a problem
shell-error-named = { $x }: { $y }
shell-error-prefix = Error:
shell-warning-prefix = Warning
shell-back = Back
shell-continue = Continue
shell-save = Save
shell-cancel = Cancel
shell-search = Search
shell-filter-heading = Filter
shell-filter-apply = Apply filters
shell-filter-clear = Clear filters
shell-filter-chosen = Chosen filters
shell-filter-remove = Remove filter:
shell-previous = Previous
shell-next = Next
shell-pagination-label = Pagination
shell-page-of = Page { $page } of { $pages }
shell-result-count =
    { $n ->
        [one] { $n } result
       *[other] { $n } results
    }
shell-empty-value = —
shell-not-given = Not given
shell-change = Change
shell-table-view = Data table
shell-print = Print
shell-printed-at = Printed at
shell-download-csv = Download CSV
shell-day-left =
    { $n ->
        [one] { $n } working day left
       *[other] { $n } working days left
    }
shell-step-done = Done
shell-step-current = Current stage
shell-step-next = Not started
shell-stepper-label = Stages of the project
shell-date-year = Year
shell-date-month = Month
shell-date-day = Day
shell-draft-saved = Draft saved
shell-draft-restored = Your unsent entries were restored
shell-draft-saved-at = Saved by itself at { $x }
shell-draft-stale = Someone (or another window) saved newer content after you opened this page, so saving by itself has stopped. What you typed is still on this page and kept on this device. Look at the newest content in a new window first, then press Save.
shell-draft-faulty = Not yet saved on the server: mend the marked places first. What you typed is kept on this device.
shell-results-more = { $n } results on this page, more follow
shell-countdown-days = days
shell-countdown-hours = hours
shell-countdown-minutes = minutes
shell-countdown-seconds = seconds
shell-countdown-over = Closed
shell-footer-host = Run by Nanjing Civil Affairs Bureau (sample)
shell-footer-about = About this site
shell-footer-help = Help
shell-footer-sitemap = Site map
shell-footer-accessibility = Accessibility statement
shell-footer-privacy = Privacy
shell-footer-open-data = Open data
shell-footer-verify = Verify a document
shell-footer-rules = Rules and legal grounds
shell-footer-style = Style of the pages
shell-footer-note = Every purchase is an open competition, no supplier is assigned, and each number opens to its rows.
shell-footer-support = Services and notes
shell-doc-issuer = Document of Nanjing Civil Affairs Bureau
shell-doc-sample = Sample document without legal effect
shell-doc-verify = Scan or enter the code to verify this document
