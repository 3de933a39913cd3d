-- What an officer found of each item that the law wants a charter to say: the draft of a registration, or an amended one
-- (B11, B2, B21).
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

-- Items that the charter lacks; none before it was compared with the list, and again after the applicant has mended it.
ALTER TABLE registration_case ADD COLUMN charter_missing BIGINT CHECK (charter_missing >= 0);
