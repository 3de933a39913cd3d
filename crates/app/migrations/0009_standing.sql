-- What `standing(organisation, moment)` reads: every fact with the day from which it holds, so that the
-- past never changes. The columns of `organisation` show the present for lists and filters.

-- One organisation's annual inspection of one year (B24-B28). Absence is a state, not an outcome (B27).
CREATE TABLE inspection (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  year BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('due', 'exempt', 'reported', 'returned', 'reviewed', 'decided', 'absent')),
  outcome TEXT CHECK (outcome IN ('pass', 'basic_pass', 'fail')),
  decided_on TEXT,
  absent_on TEXT,
  CHECK ((state = 'decided') = (outcome IS NOT NULL AND decided_on IS NOT NULL)),
  CHECK ((state = 'absent') = (absent_on IS NOT NULL)),
  CONSTRAINT inspection__organisation_id__year UNIQUE (organisation_id, year)
);

-- A grade that was confirmed (B33). Expired, lowered or cancelled ones stay, with the day they ended.
CREATE TABLE rating_grade (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  grade TEXT NOT NULL CHECK (grade IN ('1a', '2a', '3a', '4a', '5a')),
  confirmed_on TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  ended_on TEXT,
  ended_by TEXT CHECK (ended_by IN ('lowered', 'cancelled', 'replaced')),
  CHECK ((ended_on IS NULL) = (ended_by IS NULL))
);
CREATE INDEX rating_grade_organisation ON rating_grade (organisation_id);

-- A place on a credit list (B35, B37).
CREATE TABLE credit_listing (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  list TEXT NOT NULL CHECK (list IN ('abnormal', 'serious')),
  ground TEXT NOT NULL,
  arose_on TEXT NOT NULL,
  listed_on TEXT,
  removed_on TEXT,
  CHECK (removed_on IS NULL OR listed_on IS NOT NULL)
);
CREATE INDEX credit_listing_organisation ON credit_listing (organisation_id);

-- From which day an organisation is active, suspended, cancelled or revoked (B22, B23).
CREATE TABLE status_change (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  status TEXT NOT NULL CHECK (status IN ('active', 'suspended', 'cancelled', 'revoked')),
  from_on TEXT NOT NULL,
  ground TEXT NOT NULL
);
CREATE INDEX status_change_organisation ON status_change (organisation_id);
