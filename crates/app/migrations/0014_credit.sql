-- Credit: penalties, special letters, listings as cases, removals; and what was entered by hand, with its moment.

-- A decision of a day holds from its moment, so that a bid deadline earlier that day is not touched.
ALTER TABLE credit_listing ADD COLUMN listed_at BIGINT;
ALTER TABLE credit_listing ADD COLUMN removed_at BIGINT;
ALTER TABLE credit_listing ADD COLUMN removed_how TEXT;

-- What was entered by hand or came with a sheet; the columns of `organisation` as they stood from then on.
CREATE TABLE standing_entry (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  from_at BIGINT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('active', 'suspended', 'cancelled', 'revoked')),
  inspection TEXT NOT NULL CHECK (inspection IN ('not_due', 'pass', 'basic_pass', 'fail', 'absent')),
  listing TEXT NOT NULL CHECK (listing IN ('none', 'abnormal', 'serious')),
  banned_until TEXT
);
CREATE INDEX standing_entry_organisation ON standing_entry (organisation_id);

-- From when to when an organisation is a charity (B12, B38).
CREATE TABLE charity_status (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  document_number TEXT NOT NULL,
  from_on TEXT NOT NULL,
  to_on TEXT,
  recorded_by BIGINT REFERENCES person (id)
);
CREATE INDEX charity_status_organisation ON charity_status (organisation_id);

CREATE TABLE penalty (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  kind TEXT NOT NULL CHECK (kind IN ('warning', 'fine', 'suspension')),
  amount_fen BIGINT NOT NULL CHECK (amount_fen >= 0),
  document_number TEXT NOT NULL,
  authority TEXT NOT NULL,
  reason TEXT NOT NULL,
  imposed_on TEXT NOT NULL,
  until_on TEXT,
  state TEXT NOT NULL CHECK (state IN ('recorded', 'confirmed', 'dropped')),
  recorded_by BIGINT REFERENCES person (id),
  recorded_at BIGINT NOT NULL,
  confirmed_by BIGINT REFERENCES person (id),
  confirmed_at BIGINT,
  finished_on TEXT,
  CHECK ((kind = 'fine') = (amount_fen > 0)),
  CHECK ((kind = 'suspension') = (until_on IS NOT NULL)),
  CHECK (state <> 'confirmed' OR confirmed_at IS NOT NULL),
  CHECK (recorded_by IS NULL OR confirmed_by IS NULL OR recorded_by <> confirmed_by),
  CONSTRAINT penalty__document_number UNIQUE (document_number)
);
CREATE INDEX penalty_organisation ON penalty (organisation_id);

-- Special letters to the registered domicile (B35).
CREATE TABLE special_letter (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  sent_on TEXT NOT NULL,
  address TEXT NOT NULL,
  mail_number TEXT NOT NULL,
  returned_on TEXT,
  recorded_by BIGINT REFERENCES person (id),
  recorded_at BIGINT NOT NULL,
  CHECK (returned_on IS NULL OR returned_on >= sent_on)
);
CREATE INDEX special_letter_organisation ON special_letter (organisation_id);

-- How a place on a list came to be decided, or not.
CREATE TABLE listing_case (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  number BIGINT NOT NULL,
  listing_id BIGINT NOT NULL REFERENCES credit_listing (id),
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  list TEXT NOT NULL CHECK (list IN ('abnormal', 'serious')),
  ground TEXT NOT NULL,
  arose_on TEXT NOT NULL,
  evidence TEXT NOT NULL,
  penalty_id BIGINT REFERENCES penalty (id),
  inspection_id BIGINT REFERENCES inspection (id),
  rules_on TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('proposed', 'noticed', 'stated', 'decided', 'dropped')),
  proposed_by BIGINT REFERENCES person (id),
  proposed_at BIGINT NOT NULL,
  noticed_by BIGINT REFERENCES person (id),
  noticed_at BIGINT,
  answer_by TEXT,
  statement_kind TEXT CHECK (statement_kind IN ('waived', 'written', 'hearing')),
  statement TEXT NOT NULL,
  stated_by BIGINT REFERENCES person (id),
  stated_at BIGINT,
  heard_on TEXT,
  hearing_note TEXT NOT NULL,
  decided_by BIGINT REFERENCES person (id),
  decided_at BIGINT,
  reason TEXT NOT NULL,
  CHECK (proposed_by IS NULL OR decided_by IS NULL OR proposed_by <> decided_by),
  CHECK ((stage IN ('decided', 'dropped')) = (decided_at IS NOT NULL)),
  CONSTRAINT listing_case__number UNIQUE (number),
  CONSTRAINT listing_case__listing_id UNIQUE (listing_id),
  CONSTRAINT listing_case__penalty_id UNIQUE (penalty_id),
  CONSTRAINT listing_case__inspection_id UNIQUE (inspection_id)
);
CREATE INDEX listing_case_organisation ON listing_case (organisation_id);
CREATE INDEX listing_case_stage ON listing_case (stage);

-- Applied for, verified by one, decided by another (B36, B37, C14).
CREATE TABLE removal_case (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  listing_id BIGINT NOT NULL REFERENCES credit_listing (id),
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  stage TEXT NOT NULL CHECK (stage IN ('applied', 'verified', 'removed', 'refused')),
  statement TEXT NOT NULL,
  applied_by BIGINT REFERENCES person (id),
  applied_at BIGINT NOT NULL,
  finding TEXT NOT NULL,
  verified_by BIGINT REFERENCES person (id),
  verified_at BIGINT,
  decided_by BIGINT REFERENCES person (id),
  decided_at BIGINT,
  reason TEXT NOT NULL,
  CHECK (verified_by IS NULL OR decided_by IS NULL OR verified_by <> decided_by OR stage = 'refused')
);
CREATE UNIQUE INDEX removal_case__listing_id ON removal_case (listing_id) WHERE stage IN ('applied', 'verified');
CREATE INDEX removal_case_stage ON removal_case (stage);
