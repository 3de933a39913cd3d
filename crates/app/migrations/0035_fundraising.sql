-- The qualification to raise funds from the public: applied for, taken up, reviewed by one, decided by another,
-- and how a certificate ends (B39).
CREATE TABLE fundraising_case (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  number BIGINT NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  way TEXT NOT NULL CHECK (way IN ('application', 'claim')),
  stage TEXT NOT NULL CHECK (stage IN ('applied', 'returned', 'accepted', 'reviewed', 'granted', 'denied', 'withdrawn', 'revoked', 'ended')),
  statement TEXT NOT NULL,
  eligibility TEXT NOT NULL,
  applied_by BIGINT REFERENCES person (id),
  applied_at BIGINT NOT NULL,
  received_on TEXT NOT NULL,
  is_corrected BIGINT NOT NULL CHECK (is_corrected IN (0, 1)),
  defects TEXT NOT NULL,
  accepted_by BIGINT REFERENCES person (id),
  accepted_on TEXT,
  is_fit BIGINT CHECK (is_fit IN (0, 1)),
  opinion TEXT NOT NULL,
  reviewed_by BIGINT REFERENCES person (id),
  reviewed_at BIGINT,
  sent_back TEXT NOT NULL,
  decided_by BIGINT REFERENCES person (id),
  decided_at BIGINT,
  decision TEXT NOT NULL,
  grounds TEXT NOT NULL,
  certificate TEXT,
  granted_on TEXT,
  penalty_number TEXT,
  penalty_reason TEXT NOT NULL,
  penalty_on TEXT,
  penalty_by BIGINT REFERENCES person (id),
  ended_by BIGINT REFERENCES person (id),
  ended_on TEXT,
  CONSTRAINT fundraising_case__number UNIQUE (number),
  CHECK (reviewed_by IS NULL OR decided_by IS NULL OR reviewed_by <> decided_by),
  CHECK (penalty_by IS NULL OR ended_by IS NULL OR penalty_by <> ended_by),
  CHECK (stage NOT IN ('granted', 'revoked') OR (granted_on IS NOT NULL AND certificate IS NOT NULL)),
  CHECK (stage <> 'denied' OR decided_at IS NOT NULL)
);
CREATE INDEX fundraising_case_stage ON fundraising_case (stage);
CREATE INDEX fundraising_case_organisation ON fundraising_case (organisation_id);
CREATE UNIQUE INDEX fundraising_case__organisation_id ON fundraising_case (organisation_id)
  WHERE stage IN ('applied', 'returned', 'accepted', 'reviewed', 'granted');

-- One condition that the register does not know: as the applicant explains it, and as the officer found it.
CREATE TABLE fundraising_condition (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES fundraising_case (id),
  condition TEXT NOT NULL CHECK (condition IN ('governance', 'council', 'staff', 'supervisors', 'tax', 'internal_rules', 'spending', 'reports')),
  words TEXT NOT NULL,
  is_met BIGINT CHECK (is_met IN (0, 1)),
  finding TEXT NOT NULL,
  CONSTRAINT fundraising_condition__case_id__condition UNIQUE (case_id, condition)
);
