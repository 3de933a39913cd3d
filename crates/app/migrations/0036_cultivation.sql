-- The targeted cultivation programme: one a year, and the enrolments in it from application to exit (S20-S36, D1-D3).

-- Documents may belong to an enrolment: the closed list of kinds grows.
CREATE TABLE document_before AS SELECT * FROM document;
DROP TABLE document;
CREATE TABLE document (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  kind TEXT NOT NULL,
  series TEXT NOT NULL,
  year BIGINT NOT NULL,
  serial BIGINT NOT NULL CHECK (serial > 0),
  number TEXT NOT NULL,
  code TEXT NOT NULL,
  subject_kind TEXT NOT NULL CHECK (subject_kind IN ('case', 'filing', 'inspection', 'rating', 'listing', 'contract', 'acceptance', 'survey', 'evaluation', 'payment', 'fund', 'enrolment')),
  subject_id BIGINT NOT NULL,
  organisation_id BIGINT REFERENCES organisation (id),
  person_id BIGINT REFERENCES person (id),
  addressee TEXT NOT NULL,
  facts TEXT NOT NULL,
  items TEXT NOT NULL,
  is_public BIGINT NOT NULL CHECK (is_public IN (0, 1)),
  issued_by BIGINT REFERENCES person (id),
  issued_at BIGINT NOT NULL,
  withdrawn_at BIGINT,
  withdrawn_why TEXT NOT NULL,
  CONSTRAINT document__series__year__serial UNIQUE (series, year, serial),
  CONSTRAINT document__code UNIQUE (code)
);
INSERT INTO document (id, version, kind, series, year, serial, number, code, subject_kind, subject_id, organisation_id,
  person_id, addressee, facts, items, is_public, issued_by, issued_at, withdrawn_at, withdrawn_why)
SELECT id, version, kind, series, year, serial, number, code, subject_kind, subject_id, organisation_id,
  person_id, addressee, facts, items, is_public, issued_by, issued_at, withdrawn_at, withdrawn_why
FROM document_before;
DROP TABLE document_before;
CREATE INDEX document_subject ON document (subject_kind, subject_id);
CREATE INDEX document_organisation ON document (organisation_id);

-- The programme of a year; its floors are rows of the rule book.
CREATE TABLE programme (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  year BIGINT NOT NULL,
  notice TEXT NOT NULL,
  apply_until TEXT NOT NULL,
  opened_by BIGINT NOT NULL REFERENCES person (id),
  opened_at BIGINT NOT NULL,
  CONSTRAINT programme__year UNIQUE (year)
);

-- One organisation's way into the programme and out of it. Mediation alone counts in a sub-quota, and in one only.
CREATE TABLE enrolment (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  number TEXT NOT NULL,
  programme_id BIGINT NOT NULL REFERENCES programme (id),
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  kind TEXT NOT NULL CHECK (kind IN ('elderly', 'children', 'mediation', 'comprehensive')),
  part TEXT CHECK (part IN ('major_petitions', 'project_base')),
  sub_services TEXT NOT NULL,
  statement TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('applied', 'scored', 'heard', 'publicised', 'enrolled', 'refused', 'withdrawn', 'exited')),
  rules_on TEXT NOT NULL,
  conditions TEXT NOT NULL,
  applied_by BIGINT NOT NULL REFERENCES person (id),
  applied_at BIGINT NOT NULL,
  functionality BIGINT CHECK (functionality >= 0),
  effectiveness BIGINT CHECK (effectiveness >= 0),
  convenience BIGINT CHECK (convenience >= 0),
  score_note TEXT NOT NULL,
  scored_by BIGINT REFERENCES person (id),
  scored_at BIGINT,
  partner TEXT,
  partner_is_for BIGINT CHECK (partner_is_for IN (0, 1)),
  partner_text TEXT NOT NULL,
  partner_number TEXT NOT NULL,
  partner_on TEXT,
  partner_by BIGINT REFERENCES person (id),
  publicised_at BIGINT,
  public_until TEXT,
  decided_by BIGINT REFERENCES person (id),
  decided_at BIGINT,
  refusal_ground TEXT CHECK (refusal_ground IN ('criteria_not_met', 'partner_against', 'outside_type', 'standing', 'objection', 'false_material')),
  decision_reason TEXT NOT NULL,
  enrolled_at BIGINT,
  counted_year BIGINT,
  ended_at BIGINT,
  exit_ground TEXT CHECK (exit_ground IN ('serious_list', 'ended', 'failed_reviews', 'own_wish')),
  exit_reason TEXT NOT NULL,
  ended_by BIGINT REFERENCES person (id),
  CONSTRAINT enrolment__number UNIQUE (number),
  CHECK ((kind = 'mediation') = (part IS NOT NULL)),
  CHECK ((scored_at IS NULL) = (scored_by IS NULL)),
  CHECK ((scored_at IS NULL) = (functionality IS NULL)),
  CHECK ((scored_at IS NULL) = (effectiveness IS NULL)),
  CHECK ((scored_at IS NULL) = (convenience IS NULL)),
  CHECK ((publicised_at IS NULL) = (public_until IS NULL)),
  CHECK (scored_by IS NULL OR decided_by IS NULL OR scored_by <> decided_by),
  CHECK ((stage IN ('enrolled', 'exited')) = (enrolled_at IS NOT NULL)),
  CHECK (counted_year IS NULL OR enrolled_at IS NOT NULL),
  CHECK ((stage = 'exited') = (exit_ground IS NOT NULL)),
  CHECK ((stage = 'refused') = (refusal_ground IS NOT NULL))
);
CREATE INDEX enrolment_programme ON enrolment (programme_id);
CREATE INDEX enrolment_counted ON enrolment (counted_year);
CREATE INDEX enrolment_stage ON enrolment (stage);
CREATE INDEX enrolment_of_organisation ON enrolment (organisation_id);
CREATE UNIQUE INDEX enrolment__organisation_id ON enrolment (organisation_id) WHERE stage IN ('applied', 'scored', 'heard', 'publicised', 'enrolled');

-- The review of a year; so many failures end an enrolment.
CREATE TABLE enrolment_review (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  enrolment_id BIGINT NOT NULL REFERENCES enrolment (id),
  year BIGINT NOT NULL,
  is_passed BIGINT NOT NULL CHECK (is_passed IN (0, 1)),
  text TEXT NOT NULL,
  reviewed_by BIGINT NOT NULL REFERENCES person (id),
  reviewed_at BIGINT NOT NULL,
  CONSTRAINT enrolment_review__enrolment_id__year UNIQUE (enrolment_id, year)
);
