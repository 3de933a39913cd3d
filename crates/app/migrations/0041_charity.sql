-- Recognition as a charity: applied for, taken up, reviewed by one, decided by another, extended once with the
-- ministry's approval; and how one that was got by deceit is annulled (B46, B12).
CREATE TABLE charity_case (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  number BIGINT NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  stage TEXT NOT NULL CHECK (stage IN ('applied', 'returned', 'accepted', 'reviewed', 'recognised', 'denied', 'withdrawn', 'noticed', 'answered', 'annulled', 'ended')),
  statement TEXT NOT NULL,
  eligibility TEXT NOT NULL,
  applied_by BIGINT REFERENCES person (id),
  applied_at BIGINT NOT NULL,
  received_on TEXT NOT NULL,
  is_corrected BIGINT NOT NULL CHECK (is_corrected IN (0, 1)),
  defects TEXT NOT NULL,
  accepted_by BIGINT REFERENCES person (id),
  accepted_on TEXT,
  extended_by BIGINT REFERENCES person (id),
  extended_at BIGINT,
  extension_approval TEXT NOT NULL,
  extension_reason TEXT NOT NULL,
  is_fit BIGINT CHECK (is_fit IN (0, 1)),
  opinion TEXT NOT NULL,
  reviewed_by BIGINT REFERENCES person (id),
  reviewed_at BIGINT,
  sent_back TEXT NOT NULL,
  decided_by BIGINT REFERENCES person (id),
  decided_at BIGINT,
  decision TEXT NOT NULL,
  grounds TEXT NOT NULL,
  document_number TEXT,
  recognised_on TEXT,
  false_facts TEXT NOT NULL,
  noticed_by BIGINT REFERENCES person (id),
  noticed_at BIGINT,
  answer_by TEXT,
  answer TEXT NOT NULL,
  answered_at BIGINT,
  annulment TEXT NOT NULL,
  annulled_by BIGINT REFERENCES person (id),
  ended_on TEXT,
  CONSTRAINT charity_case__number UNIQUE (number),
  CHECK (reviewed_by IS NULL OR decided_by IS NULL OR reviewed_by <> decided_by),
  CHECK (noticed_by IS NULL OR annulled_by IS NULL OR noticed_by <> annulled_by),
  CHECK (stage NOT IN ('recognised', 'noticed', 'answered', 'annulled') OR (recognised_on IS NOT NULL AND document_number IS NOT NULL)),
  CHECK (stage NOT IN ('noticed', 'answered', 'annulled') OR (noticed_at IS NOT NULL AND answer_by IS NOT NULL)),
  CHECK (stage <> 'denied' OR decided_at IS NOT NULL),
  CHECK ((extended_at IS NULL) = (extension_approval = ''))
);
CREATE INDEX charity_case_stage ON charity_case (stage);
CREATE INDEX charity_case_organisation ON charity_case (organisation_id);
CREATE UNIQUE INDEX charity_case__organisation_id ON charity_case (organisation_id)
  WHERE stage IN ('applied', 'returned', 'accepted', 'reviewed', 'recognised', 'noticed', 'answered');

-- One condition that the register does not know: as the applicant explains it, and as the officer found it.
CREATE TABLE charity_condition (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES charity_case (id),
  condition TEXT NOT NULL CHECK (condition IN ('purpose', 'spending', 'non_profit', 'charter', 'finance', 'heads', 'lawful')),
  words TEXT NOT NULL,
  is_met BIGINT CHECK (is_met IN (0, 1)),
  finding TEXT NOT NULL,
  CONSTRAINT charity_condition__case_id__condition UNIQUE (case_id, condition)
);
CREATE INDEX charity_status_now ON charity_status (organisation_id) WHERE to_on IS NULL;
