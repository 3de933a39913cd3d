-- Amended charters, released supervising units, liquidation groups, members who leave a body (B21, B22, B32).

-- Whoever leaves a body stays on file beside those who voted with them; whoever follows comes on a day.
ALTER TABLE rating_member ADD COLUMN joined_on TEXT;
ALTER TABLE rating_member ADD COLUMN left_on TEXT;
ALTER TABLE rating_member ADD COLUMN left_why TEXT;
ALTER TABLE rating_member ADD COLUMN seated_by BIGINT REFERENCES person (id);

-- A grade ends with the registration of whoever held it; that is no sanction and bars nothing.
ALTER TABLE rating_grade ADD COLUMN lapsed_on TEXT;

-- When the ground for ending arose, when the liquidation group was formed, and why an application came late.
ALTER TABLE ending_case ADD COLUMN ground_on TEXT;
ALTER TABLE ending_case ADD COLUMN group_on TEXT;
ALTER TABLE ending_case ADD COLUMN late_why TEXT;

-- An amended charter is approved the way an item is changed: the closed list of items grows by one.
CREATE TABLE change_case_before AS SELECT * FROM change_case;
DROP TABLE change_case;
CREATE TABLE change_case (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  number BIGINT NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  item TEXT NOT NULL CHECK (item IN ('name', 'domicile', 'legal_representative', 'scope', 'capital', 'supervising_unit', 'charter')),
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
INSERT INTO change_case (id, version, number, organisation_id, item, old_value, new_value, consent_on, reason, stage,
  applied_by, applied_at, is_fit, opinion, reviewed_by, reviewed_at, decided_by, decided_at, decision)
SELECT id, version, number, organisation_id, item, old_value, new_value, consent_on, reason, stage,
  applied_by, applied_at, is_fit, opinion, reviewed_by, reviewed_at, decided_by, decided_at, decision
FROM change_case_before;
DROP TABLE change_case_before;
CREATE INDEX change_case_stage ON change_case (stage);
CREATE UNIQUE INDEX change_case__organisation_id__item ON change_case (organisation_id, item) WHERE stage IN ('applied', 'reviewed');

-- A supervising unit no longer wants to supervise; a new one is found within the days of the rule (B21).
CREATE TABLE unit_release (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  unit TEXT NOT NULL,
  released_on TEXT NOT NULL,
  due_on TEXT NOT NULL,
  reason TEXT NOT NULL,
  recorded_by BIGINT REFERENCES person (id),
  recorded_at BIGINT NOT NULL,
  settled_on TEXT,
  settled_by TEXT CHECK (settled_by IN ('new_unit', 'ended')),
  CHECK ((settled_on IS NULL) = (settled_by IS NULL))
);
CREATE INDEX unit_release_due ON unit_release (due_on);
CREATE UNIQUE INDEX unit_release__organisation_id ON unit_release (organisation_id) WHERE settled_on IS NULL;
