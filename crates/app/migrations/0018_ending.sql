-- Change, cancellation and revocation of registered organisations (B16, B21-B23, B27).

-- A decision of a day holds from its moment, so that a bid deadline earlier that day is not touched.
ALTER TABLE status_change ADD COLUMN from_at BIGINT;

-- One registered item that is to change: applied for, reviewed by one, decided by another.
CREATE TABLE change_case (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  number BIGINT NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  item TEXT NOT NULL CHECK (item IN ('name', 'domicile', 'legal_representative', 'scope', 'capital', 'supervising_unit')),
  old_value TEXT NOT NULL,
  new_value TEXT NOT NULL,
  consent_on TEXT NOT NULL,
  reason TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('applied', 'reviewed', 'approved', 'refused')),
  applied_by BIGINT REFERENCES person (id),
  applied_at BIGINT NOT NULL,
  is_fit BIGINT CHECK (is_fit IN (0, 1)),
  opinion TEXT NOT NULL,
  reviewed_by BIGINT REFERENCES person (id),
  reviewed_at BIGINT,
  decided_by BIGINT REFERENCES person (id),
  decided_at BIGINT,
  decision TEXT NOT NULL,
  CONSTRAINT change_case__number UNIQUE (number),
  CHECK ((stage IN ('approved', 'refused')) = (decided_at IS NOT NULL)),
  CHECK ((stage = 'applied') = (reviewed_at IS NULL)),
  CHECK (reviewed_by IS NULL OR decided_by IS NULL OR reviewed_by <> decided_by)
);
CREATE INDEX change_case_stage ON change_case (stage);
CREATE UNIQUE INDEX change_case__organisation_id__item ON change_case (organisation_id, item) WHERE stage IN ('applied', 'reviewed');

-- The end of an organisation: cancelled because it asks, or annulled or revoked by the authority.
CREATE TABLE ending_case (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  number BIGINT NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  kind TEXT NOT NULL CHECK (kind IN ('cancellation', 'revocation')),
  ground TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('opened', 'reviewed', 'noticed', 'stated', 'decided', 'dropped')),
  evidence TEXT NOT NULL,
  liquidated_on TEXT,
  remainder TEXT,
  recipient TEXT NOT NULL,
  opened_by BIGINT REFERENCES person (id),
  opened_at BIGINT NOT NULL,
  rules_on TEXT NOT NULL,
  noticed_at BIGINT,
  answer_by TEXT,
  statement_kind TEXT CHECK (statement_kind IN ('waived', 'written', 'hearing')),
  statement TEXT NOT NULL,
  stated_at BIGINT,
  heard_on TEXT,
  hearing_note TEXT NOT NULL,
  is_fit BIGINT CHECK (is_fit IN (0, 1)),
  opinion TEXT NOT NULL,
  reviewed_by BIGINT REFERENCES person (id),
  reviewed_at BIGINT,
  decided_by BIGINT REFERENCES person (id),
  decided_at BIGINT,
  decision TEXT NOT NULL,
  CONSTRAINT ending_case__number UNIQUE (number),
  CHECK ((kind = 'cancellation') = (liquidated_on IS NOT NULL AND remainder IS NOT NULL)),
  CHECK ((stage IN ('decided', 'dropped')) = (decided_at IS NOT NULL)),
  CHECK (reviewed_by IS NULL OR decided_by IS NULL OR reviewed_by <> decided_by),
  CHECK (kind = 'cancellation' OR opened_by IS NULL OR decided_by IS NULL OR opened_by <> decided_by)
);
CREATE INDEX ending_case_stage ON ending_case (stage);
CREATE UNIQUE INDEX ending_case__organisation_id__kind ON ending_case (organisation_id, kind) WHERE stage NOT IN ('decided', 'dropped');
