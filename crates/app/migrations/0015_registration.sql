-- Registration as a case at the one window (B9-B19).

CREATE TABLE registration_case (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  number TEXT,
  serial_year BIGINT,
  serial BIGINT,
  kind TEXT NOT NULL CHECK (kind IN ('social_association', 'social_service_institution', 'foundation')),
  state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'correction_requested', 'accepted', 'under_review', 'approved', 'denied', 'certificate_issued', 'announced', 'not_accepted', 'withdrawn')),
  name TEXT NOT NULL,
  district TEXT NOT NULL,
  answers TEXT NOT NULL,
  identity_digest TEXT NOT NULL,
  applicant_id BIGINT NOT NULL REFERENCES person (id),
  assisted_by BIGINT REFERENCES person (id),
  opened_at BIGINT NOT NULL,
  saved_at BIGINT NOT NULL,
  submitted_at BIGINT,
  received_on TEXT,
  accepted_on TEXT,
  is_deemed BIGINT NOT NULL CHECK (is_deemed IN (0, 1)),
  is_corrected BIGINT NOT NULL CHECK (is_corrected IN (0, 1)),
  reviews_missing BIGINT NOT NULL CHECK (reviews_missing >= 0),
  decided_at BIGINT,
  decided_by BIGINT REFERENCES person (id),
  organisation_id BIGINT REFERENCES organisation (id),
  is_demo BIGINT NOT NULL CHECK (is_demo IN (0, 1)),
  CONSTRAINT registration_case__number UNIQUE (number),
  CONSTRAINT registration_case__serial UNIQUE (serial_year, serial),
  CHECK ((state = 'draft') = (submitted_at IS NULL) OR state = 'withdrawn')
);
CREATE INDEX registration_case_applicant ON registration_case (applicant_id);
CREATE INDEX registration_case_state ON registration_case (state, kind);
CREATE INDEX registration_case_name ON registration_case (name);
CREATE INDEX registration_case_identity ON registration_case (identity_digest);

-- What was done with a case, by whom: its timeline.
CREATE TABLE registration_event (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES registration_case (id),
  place BIGINT NOT NULL,
  at BIGINT NOT NULL,
  person_id BIGINT REFERENCES person (id),
  act TEXT NOT NULL,
  note TEXT NOT NULL,
  CONSTRAINT registration_event__place UNIQUE (case_id, place)
);

-- One officer's opinion; two are needed before anyone decides.
CREATE TABLE registration_opinion (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES registration_case (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  at BIGINT NOT NULL,
  is_for BIGINT NOT NULL CHECK (is_for IN (0, 1)),
  text TEXT NOT NULL,
  CONSTRAINT registration_opinion__once UNIQUE (case_id, person_id)
);

-- Whether one more organisation is necessary beside those that are named (B18).
CREATE TABLE necessity_opinion (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES registration_case (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  at BIGINT NOT NULL,
  is_necessary BIGINT NOT NULL CHECK (is_necessary IN (0, 1)),
  named TEXT NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX necessity_opinion_case ON necessity_opinion (case_id);

-- Another department was asked (B12, B17).
CREATE TABLE consultation (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES registration_case (id),
  department TEXT NOT NULL,
  question TEXT NOT NULL,
  asked_by BIGINT NOT NULL REFERENCES person (id),
  asked_at BIGINT NOT NULL,
  reply TEXT,
  replied_at BIGINT,
  recorded_by BIGINT REFERENCES person (id)
);
CREATE INDEX consultation_case ON consultation (case_id);

-- What the certificate registers, each item with the day from which it holds (B16).
CREATE TABLE registered_item (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  item TEXT NOT NULL CHECK (item IN ('name', 'domicile', 'aim', 'scope', 'area', 'legal_representative', 'capital', 'supervising_unit', 'industry_guidance_unit', 'legal_form')),
  value TEXT NOT NULL,
  from_on TEXT NOT NULL,
  until_on TEXT
);
CREATE INDEX registered_item_organisation ON registered_item (organisation_id, item);
