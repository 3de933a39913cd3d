-- Purchase measures, catalogue items and batches.
CREATE TABLE measures (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  edition BIGINT NOT NULL CHECK (edition > 0),
  title TEXT NOT NULL,
  document_no TEXT NOT NULL,
  special_body TEXT NOT NULL,
  list TEXT NOT NULL,
  purchase_procedure TEXT NOT NULL,
  performance_standards TEXT NOT NULL,
  responsibilities TEXT NOT NULL,
  author_id BIGINT NOT NULL REFERENCES person (id),
  drafted_at BIGINT NOT NULL,
  reviewer_id BIGINT REFERENCES person (id),
  published_at BIGINT,
  CONSTRAINT measures__edition UNIQUE (edition),
  CHECK (reviewer_id IS NULL OR reviewer_id <> author_id)
);

CREATE TABLE catalogue (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  year BIGINT NOT NULL,
  measures_id BIGINT NOT NULL REFERENCES measures (id),
  published_at BIGINT NOT NULL,
  published_by BIGINT NOT NULL REFERENCES person (id),
  item_count BIGINT NOT NULL,
  office_count BIGINT NOT NULL,
  total_fen BIGINT NOT NULL CHECK (total_fen >= 0),
  CONSTRAINT catalogue__year UNIQUE (year)
);

CREATE TABLE batch (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  year BIGINT NOT NULL,
  number BIGINT NOT NULL CHECK (number > 0),
  title TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  closed_at BIGINT,
  CONSTRAINT batch__year__number UNIQUE (year, number)
);

CREATE TABLE item (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  code TEXT NOT NULL,
  year BIGINT NOT NULL,
  office_id BIGINT NOT NULL REFERENCES office (id),
  director_id BIGINT NOT NULL REFERENCES person (id),
  name TEXT NOT NULL,
  function_kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  quantity TEXT NOT NULL,
  standard TEXT NOT NULL,
  ceiling_fen BIGINT NOT NULL CHECK (ceiling_fen > 0),
  budget_fen BIGINT NOT NULL CHECK (budget_fen >= ceiling_fen),
  fund_source TEXT NOT NULL,
  scope TEXT NOT NULL,
  recipients TEXT NOT NULL,
  performance_standard TEXT NOT NULL,
  negative_list TEXT NOT NULL,
  negative_signed_by BIGINT REFERENCES person (id),
  negative_signed_at BIGINT,
  excludes_supervised BIGINT NOT NULL CHECK (excludes_supervised IN (0, 1)),
  stage TEXT NOT NULL CHECK (stage IN ('proposed', 'reviewed', 'listed', 'withdrawn')),
  author_id BIGINT NOT NULL REFERENCES person (id),
  proposed_at BIGINT NOT NULL,
  reviewer_id BIGINT REFERENCES person (id),
  reviewed_at BIGINT,
  review_note TEXT NOT NULL,
  listed_at BIGINT,
  withdrawn_reason TEXT NOT NULL,
  batch_id BIGINT REFERENCES batch (id),
  CONSTRAINT item__code UNIQUE (code),
  CHECK (reviewer_id IS NULL OR reviewer_id <> author_id),
  CHECK (stage = 'proposed' OR stage = 'withdrawn' OR reviewer_id IS NOT NULL)
);
CREATE INDEX item_office ON item (office_id);
CREATE INDEX item_year ON item (year, stage);
CREATE INDEX item_batch ON item (batch_id);
