-- A charity without charitable activity for years in a row was told that it must end (B22).
CREATE TABLE charity_end_notice (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  first_year BIGINT NOT NULL,
  last_year BIGINT NOT NULL,
  told_on TEXT NOT NULL,
  group_by TEXT NOT NULL,
  note TEXT NOT NULL,
  told_by BIGINT REFERENCES person (id),
  told_at BIGINT NOT NULL,
  CHECK (first_year <= last_year),
  CONSTRAINT charity_end_notice__organisation_id__last_year UNIQUE (organisation_id, last_year)
);
