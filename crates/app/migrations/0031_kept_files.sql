-- A file that a program has sent and may name by its digest in an act; found by its own organisation alone. The same
-- bytes are kept once, under the name with which they came first.
CREATE TABLE kept_file (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  kept_by BIGINT NOT NULL REFERENCES person (id),
  kept_at BIGINT NOT NULL,
  digest TEXT NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes BIGINT NOT NULL CHECK (bytes > 0),
  CONSTRAINT kept_file__organisation_id__digest UNIQUE (organisation_id, digest)
);
CREATE INDEX kept_file_kept ON kept_file (organisation_id, kept_at);
