-- A change asks who the new head is, as a registration does, and whether a person's name stands in the new name; aim and
-- area of activity are registered items that may change (B5, B7, B10, B16).

-- The checklist of an amended charter hangs on its change, so both tables are written anew.
CREATE TABLE charter_mark_before AS SELECT * FROM charter_mark;
DROP TABLE charter_mark;
CREATE TABLE change_case_before AS SELECT * FROM change_case;
DROP TABLE change_case;
CREATE TABLE change_case (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  number BIGINT NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  item TEXT NOT NULL CHECK (item IN ('name', 'domicile', 'aim', 'scope', 'area', 'legal_representative', 'capital', 'supervising_unit', 'charter')),
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
  division TEXT,
  name_reason TEXT,
  -- What a new head declares, and the digest by which the register finds the person again; never the number itself.
  identity_digest TEXT,
  leads_other BIGINT CHECK (leads_other IN (0, 1)),
  lost_rights BIGINT CHECK (lost_rights IN (0, 1)),
  is_state_officer BIGINT CHECK (is_state_officer IN (0, 1)),
  -- The person whose name stands in the new name, and why it may.
  personal_name TEXT,
  personal_name_ground TEXT CHECK (personal_name_ground IN ('consent', 'merit')),
  CONSTRAINT change_case__number UNIQUE (number),
  CHECK ((stage IN ('approved', 'refused')) = (decided_at IS NOT NULL)),
  CHECK ((stage = 'applied') = (reviewed_at IS NULL)),
  CHECK (reviewed_by IS NULL OR decided_by IS NULL OR reviewed_by <> decided_by),
  CHECK ((personal_name IS NULL) = (personal_name_ground IS NULL))
);
INSERT INTO change_case (id, version, number, organisation_id, item, old_value, new_value, consent_on, reason, stage,
  applied_by, applied_at, is_fit, opinion, reviewed_by, reviewed_at, decided_by, decided_at, decision, division, name_reason)
SELECT id, version, number, organisation_id, item, old_value, new_value, consent_on, reason, stage,
  applied_by, applied_at, is_fit, opinion, reviewed_by, reviewed_at, decided_by, decided_at, decision, division, name_reason
FROM change_case_before;
DROP TABLE change_case_before;
CREATE INDEX change_case_stage ON change_case (stage);
CREATE INDEX change_case_organisation ON change_case (organisation_id);
CREATE INDEX change_case_identity ON change_case (identity_digest);
CREATE UNIQUE INDEX change_case__organisation_id__item ON change_case (organisation_id, item) WHERE stage IN ('applied', 'reviewed');
CREATE TABLE charter_mark (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  case_id BIGINT REFERENCES registration_case (id),
  change_id BIGINT REFERENCES change_case (id),
  item TEXT NOT NULL CHECK (item IN ('name_and_domicile', 'aim_scope_and_area', 'aim_and_scope', 'benefit_aim_and_scope', 'membership', 'democratic_organisation', 'organisation', 'leaders', 'head', 'original_fund', 'council', 'representative_duties', 'supervisors', 'accounts', 'property_rules', 'assets', 'amendment', 'ending', 'foundation_ending', 'other_matters', 'no_distribution', 'public_benefit')),
  is_there BIGINT NOT NULL CHECK (is_there IN (0, 1)),
  note TEXT NOT NULL,
  checked_by BIGINT NOT NULL REFERENCES person (id),
  checked_at BIGINT NOT NULL,
  CONSTRAINT charter_mark__case_id__item UNIQUE (case_id, item),
  CONSTRAINT charter_mark__change_id__item UNIQUE (change_id, item),
  CONSTRAINT charter_mark__of_one CHECK ((case_id IS NULL) <> (change_id IS NULL))
);
INSERT INTO charter_mark (id, version, case_id, change_id, item, is_there, note, checked_by, checked_at)
SELECT id, version, case_id, change_id, item, is_there, note, checked_by, checked_at FROM charter_mark_before;
DROP TABLE charter_mark_before;
