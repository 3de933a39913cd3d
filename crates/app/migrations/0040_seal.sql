-- What an organisation files of its seals and its account after its certificate (B16); history is kept.
CREATE TABLE seal_filing (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  number BIGINT NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  matter TEXT NOT NULL CHECK (matter IN ('seal', 'account')),
  stage TEXT NOT NULL CHECK (stage IN ('handed_in', 'received', 'returned', 'replaced')),
  name TEXT NOT NULL,
  bank TEXT NOT NULL,
  account TEXT NOT NULL,
  handed_by BIGINT REFERENCES person (id),
  handed_at BIGINT NOT NULL,
  settled_by BIGINT REFERENCES person (id),
  settled_at BIGINT,
  reason TEXT NOT NULL,
  replaced_at BIGINT,
  CONSTRAINT seal_filing__number UNIQUE (number),
  CHECK ((stage = 'handed_in') = (settled_at IS NULL)),
  CHECK (matter = 'seal' OR (length(bank) > 0 AND length(account) > 0))
);
CREATE INDEX seal_filing_organisation ON seal_filing (organisation_id);
CREATE INDEX seal_filing_stage ON seal_filing (stage);
CREATE UNIQUE INDEX seal_filing__organisation_id__matter ON seal_filing (organisation_id, matter) WHERE stage = 'handed_in';
CREATE UNIQUE INDEX seal_filing__kept ON seal_filing (organisation_id, matter) WHERE stage = 'received';
