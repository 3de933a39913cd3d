-- Filing of community organisations by streets (B20). The organisation itself is a row of `organisation`.
CREATE TABLE filing (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  street BIGINT NOT NULL,
  led_by TEXT NOT NULL CHECK (led_by IN ('street', 'community')),
  community TEXT NOT NULL,
  members BIGINT NOT NULL CHECK (members > 0),
  host_id BIGINT REFERENCES organisation (id),
  filed_on TEXT NOT NULL,
  filed_by BIGINT REFERENCES person (id),
  closed_on TEXT,
  closed_by TEXT CHECK (closed_by IN ('registered', 'dissolved', 'inactive')),
  CHECK ((closed_on IS NULL) = (closed_by IS NULL)),
  CONSTRAINT filing__organisation_id UNIQUE (organisation_id)
);
CREATE INDEX filing_street ON filing (street, closed_on);

-- What a filed organisation tells its street: a gathering before it takes place, a year when it is over.
CREATE TABLE filing_report (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  filing_id BIGINT NOT NULL REFERENCES filing (id),
  kind TEXT NOT NULL CHECK (kind IN ('gathering', 'year')),
  on_day TEXT NOT NULL,
  text TEXT NOT NULL,
  appraisal TEXT CHECK (appraisal IN ('good', 'fair', 'poor')),
  recorded_by BIGINT REFERENCES person (id),
  recorded_at BIGINT NOT NULL,
  CONSTRAINT filing_report__filing_id__kind__on_day UNIQUE (filing_id, kind, on_day)
);
