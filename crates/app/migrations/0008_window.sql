-- What every thing at the one window shares: papers given once, documents issued, deadlines that run.

-- A paper belongs to who gave it: a person before there is an organisation, then the organisation.
CREATE TABLE paper (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES person (id),
  organisation_id BIGINT REFERENCES organisation (id),
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  digest TEXT NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes BIGINT NOT NULL CHECK (bytes > 0),
  given_at BIGINT NOT NULL,
  valid_until TEXT
);
CREATE INDEX paper_person ON paper (person_id);
CREATE INDEX paper_organisation ON paper (organisation_id);

-- A paper used for something, as often as it is needed.
CREATE TABLE paper_use (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  paper_id BIGINT NOT NULL REFERENCES paper (id),
  subject_kind TEXT NOT NULL CHECK (subject_kind IN ('case', 'filing', 'inspection', 'rating', 'listing')),
  subject_id BIGINT NOT NULL,
  used_at BIGINT NOT NULL,
  CONSTRAINT paper_use__subject_kind__subject_id__paper_id UNIQUE (subject_kind, subject_id, paper_id)
);

CREATE TABLE document (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  kind TEXT NOT NULL,
  series TEXT NOT NULL,
  year BIGINT NOT NULL,
  serial BIGINT NOT NULL CHECK (serial > 0),
  number TEXT NOT NULL,
  code TEXT NOT NULL,
  subject_kind TEXT NOT NULL CHECK (subject_kind IN ('case', 'filing', 'inspection', 'rating', 'listing')),
  subject_id BIGINT NOT NULL,
  organisation_id BIGINT REFERENCES organisation (id),
  person_id BIGINT REFERENCES person (id),
  addressee TEXT NOT NULL,
  facts TEXT NOT NULL,
  items TEXT NOT NULL,
  is_public BIGINT NOT NULL CHECK (is_public IN (0, 1)),
  issued_by BIGINT REFERENCES person (id),
  issued_at BIGINT NOT NULL,
  withdrawn_at BIGINT,
  withdrawn_why TEXT NOT NULL,
  CONSTRAINT document__series__year__serial UNIQUE (series, year, serial),
  CONSTRAINT document__code UNIQUE (code)
);
CREATE INDEX document_subject ON document (subject_kind, subject_id);
CREATE INDEX document_organisation ON document (organisation_id);

CREATE TABLE deadline (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  subject_kind TEXT NOT NULL CHECK (subject_kind IN ('case', 'filing', 'inspection', 'rating', 'listing')),
  subject_id BIGINT NOT NULL,
  rule TEXT NOT NULL,
  rules_on TEXT NOT NULL,
  trigger_on TEXT NOT NULL,
  count BIGINT NOT NULL CHECK (count >= 0),
  day_kind TEXT NOT NULL CHECK (day_kind IN ('calendar_days', 'working_days')),
  due_on TEXT,
  done_at BIGINT,
  done_on TEXT,
  CONSTRAINT deadline__subject_kind__subject_id__rule__trigger_on UNIQUE (subject_kind, subject_id, rule, trigger_on)
);
CREATE INDEX deadline_due ON deadline (due_on, done_at);

-- Days that count in no deadline of the thing (E17).
CREATE TABLE suspension (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  subject_kind TEXT NOT NULL CHECK (subject_kind IN ('case', 'filing', 'inspection', 'rating', 'listing')),
  subject_id BIGINT NOT NULL,
  ground TEXT NOT NULL CHECK (ground IN ('correction', 'testing', 'hearing', 'consultation')),
  from_on TEXT NOT NULL,
  to_on TEXT
);
CREATE INDEX suspension_subject ON suspension (subject_kind, subject_id);
