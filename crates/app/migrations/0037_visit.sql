-- What two officers found at the premises of an applicant: one writes it down, the other signs or says why not (B9).
CREATE TABLE registration_visit (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES registration_case (id),
  visited_on TEXT NOT NULL,
  place TEXT NOT NULL CHECK (length(place) > 0),
  met TEXT NOT NULL CHECK (length(met) > 0),
  is_premises BIGINT NOT NULL CHECK (is_premises IN (0, 1)),
  is_originals BIGINT NOT NULL CHECK (is_originals IN (0, 1)),
  is_purpose BIGINT NOT NULL CHECK (is_purpose IN (0, 1)),
  text TEXT NOT NULL CHECK (length(text) > 0),
  recorded_by BIGINT NOT NULL REFERENCES person (id),
  recorded_at BIGINT NOT NULL,
  companion_id BIGINT NOT NULL REFERENCES person (id),
  signed_at BIGINT,
  declined_at BIGINT,
  declined_why TEXT NOT NULL,
  CONSTRAINT registration_visit__two_people CHECK (recorded_by <> companion_id),
  CONSTRAINT registration_visit__one_end CHECK (signed_at IS NULL OR declined_at IS NULL)
);
CREATE INDEX registration_visit_case ON registration_visit (case_id);
CREATE UNIQUE INDEX registration_visit__waiting ON registration_visit (case_id)
  WHERE signed_at IS NULL AND declined_at IS NULL;

-- Signed visits that a case still needs before it is decided; none asked of cases taken up before there was a record.
ALTER TABLE registration_case ADD COLUMN visits_missing BIGINT CHECK (visits_missing >= 0);
