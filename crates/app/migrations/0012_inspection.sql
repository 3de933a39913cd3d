-- Annual inspection (B24-B28): the year's campaign, what each organisation answered, what was found, and
-- what is to be mended. The row of `inspection` itself, which `standing` reads, is in 0009.

-- One year's campaign with its last days; the rules of `rules_on` judge it.
CREATE TABLE inspection_campaign (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  year BIGINT NOT NULL,
  rules_on TEXT NOT NULL,
  due_on TEXT NOT NULL,
  foundation_due_on TEXT NOT NULL,
  supervisor_due_on TEXT NOT NULL,
  opened_by BIGINT REFERENCES person (id),
  opened_at BIGINT NOT NULL,
  CONSTRAINT inspection_campaign__year UNIQUE (year)
);

-- One organisation's report of one year, from the first draft on. `answers` is JSON by question.
CREATE TABLE inspection_report (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  inspection_id BIGINT NOT NULL REFERENCES inspection (id),
  answers TEXT NOT NULL,
  is_simplified BIGINT NOT NULL CHECK (is_simplified IN (0, 1)),
  saved_at BIGINT NOT NULL,
  submitted_at BIGINT,
  submitted_by BIGINT REFERENCES person (id),
  returns BIGINT NOT NULL CHECK (returns IN (0, 1)),
  return_reason TEXT NOT NULL,
  returned_at BIGINT,
  proposal TEXT CHECK (proposal IN ('pass', 'basic_pass', 'fail')),
  reviewed_by BIGINT REFERENCES person (id),
  reviewed_at BIGINT,
  review_note TEXT NOT NULL,
  decided_by BIGINT REFERENCES person (id),
  decided_at BIGINT,
  CHECK ((proposal IS NULL) = (reviewed_at IS NULL)),
  CONSTRAINT inspection_report__inspection UNIQUE (inspection_id)
);

-- What was found against an organisation in one inspection; open until it is verified as mended (B26).
CREATE TABLE inspection_ground (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  inspection_id BIGINT NOT NULL REFERENCES inspection (id),
  ground TEXT NOT NULL CHECK (ground IN ('law_breach', 'seal_misuse', 'no_activity', 'no_premises', 'disorder',
    'refuses_supervision', 'unregistered_change', 'branches', 'finance', 'net_assets', 'embezzlement',
    'illegal_charges', 'concealment')),
  weight TEXT NOT NULL CHECK (weight IN ('minor', 'serious')),
  found_by BIGINT REFERENCES person (id),
  found_at BIGINT NOT NULL,
  closed_at BIGINT,
  CONSTRAINT inspection_ground__once UNIQUE (inspection_id, ground)
);

-- What follows a basic pass or a fail (B27).
CREATE TABLE rectification (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  inspection_id BIGINT NOT NULL REFERENCES inspection (id),
  state TEXT NOT NULL CHECK (state IN ('open', 'reported', 'verified')),
  from_on TEXT NOT NULL,
  due_on TEXT NOT NULL,
  report TEXT NOT NULL,
  reported_at BIGINT,
  reported_by BIGINT REFERENCES person (id),
  verified_at BIGINT,
  verified_by BIGINT REFERENCES person (id),
  note TEXT NOT NULL,
  CONSTRAINT rectification__inspection UNIQUE (inspection_id)
);
CREATE INDEX inspection_of_year ON inspection (year, state);
