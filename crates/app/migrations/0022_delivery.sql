-- Delivery and acceptance of a signed contract (C28, C52-C55, E3b, S64, S71).

-- Documents and deadlines may belong to a contract and to what follows it: the closed list of kinds grows.
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
  subject_kind TEXT NOT NULL CHECK (subject_kind IN ('case', 'filing', 'inspection', 'rating', 'listing', 'contract', 'acceptance', 'survey', 'evaluation', 'payment', 'fund')),
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

CREATE TABLE deadline_before AS SELECT * FROM deadline;
DROP TABLE deadline;
CREATE TABLE deadline (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  subject_kind TEXT NOT NULL CHECK (subject_kind IN ('case', 'filing', 'inspection', 'rating', 'listing', 'contract', 'acceptance', 'survey', 'evaluation', 'payment', 'fund')),
  subject_id BIGINT NOT NULL,
  rule TEXT NOT NULL,
  rules_on TEXT NOT NULL,
  trigger_on TEXT NOT NULL,
  count BIGINT NOT NULL CHECK (count >= 0),
  day_kind TEXT NOT NULL CHECK (day_kind IN ('calendar_days', 'working_days')),
  due_on TEXT,
  done_at BIGINT,
  done_on TEXT,
  CONSTRAINT deadline__subject_kind__subject_id__rule__trigger_on UNIQUE (subject_kind, subject_id, rule, trigger_on)
);
INSERT INTO deadline (id, version, subject_kind, subject_id, rule, rules_on, trigger_on, count, day_kind, due_on, done_at, done_on)
SELECT id, version, subject_kind, subject_id, rule, rules_on, trigger_on, count, day_kind, due_on, done_at, done_on
FROM deadline_before;
DROP TABLE deadline_before;
CREATE INDEX deadline_due ON deadline (due_on, done_at);

-- What a milestone consists of and what one unit of it costs; kept with the contract when it is offered.
CREATE TABLE service_unit (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  contract_id BIGINT NOT NULL REFERENCES contract (id),
  milestone BIGINT NOT NULL,
  position BIGINT NOT NULL,
  name TEXT NOT NULL,
  measure TEXT NOT NULL,
  planned BIGINT NOT NULL CHECK (planned > 0),
  price_fen BIGINT NOT NULL CHECK (price_fen > 0),
  CONSTRAINT service_unit__contract_id__milestone__position UNIQUE (contract_id, milestone, position)
);

-- The deduction table of a contract: no other deduction is ever made (E3b).
CREATE TABLE deduction_line (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  contract_id BIGINT NOT NULL REFERENCES contract (id),
  position BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('unit', 'share')),
  ground TEXT NOT NULL,
  basis_points BIGINT NOT NULL CHECK (basis_points BETWEEN 0 AND 10000),
  CONSTRAINT deduction_line__contract_id__position UNIQUE (contract_id, position),
  CHECK ((kind = 'unit') = (basis_points = 0))
);

-- Parts outside the core that another organisation does, named and consented to, once (C52).
CREATE TABLE subcontract (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  contract_id BIGINT NOT NULL REFERENCES contract (id),
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  part TEXT NOT NULL,
  amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
  state TEXT NOT NULL CHECK (state IN ('asked', 'consented', 'refused')),
  asked_by BIGINT NOT NULL REFERENCES person (id),
  asked_at BIGINT NOT NULL,
  decided_by BIGINT REFERENCES person (id),
  decided_at BIGINT,
  reason TEXT NOT NULL,
  CHECK ((state = 'asked') = (decided_at IS NULL))
);
CREATE UNIQUE INDEX subcontract__contract_id ON subcontract (contract_id) WHERE state IN ('asked', 'consented');

-- Who serves: people of the provider or of the named subcontractor, by a number.
CREATE TABLE service_worker (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  contract_id BIGINT NOT NULL REFERENCES contract (id),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  subcontract_id BIGINT REFERENCES subcontract (id),
  left_on TEXT,
  added_by BIGINT NOT NULL REFERENCES person (id),
  added_at BIGINT NOT NULL,
  CONSTRAINT service_worker__contract_id__code UNIQUE (contract_id, code)
);

-- Who is served: a code and a group, never a name.
CREATE TABLE recipient (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  contract_id BIGINT NOT NULL REFERENCES contract (id),
  token TEXT NOT NULL,
  cohort TEXT NOT NULL,
  added_by BIGINT NOT NULL REFERENCES person (id),
  added_at BIGINT NOT NULL,
  CONSTRAINT recipient__contract_id__token UNIQUE (contract_id, token)
);

-- The project ledger: units of service, corrected only by a reversing record (C54).
CREATE TABLE service_record (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  contract_id BIGINT NOT NULL REFERENCES contract (id),
  milestone_id BIGINT NOT NULL REFERENCES milestone (id),
  unit_id BIGINT REFERENCES service_unit (id),
  served_on TEXT NOT NULL,
  place TEXT NOT NULL,
  worker_id BIGINT NOT NULL REFERENCES service_worker (id),
  recipient_id BIGINT NOT NULL REFERENCES recipient (id),
  units BIGINT NOT NULL CHECK (units <> 0),
  note TEXT NOT NULL,
  reverses_id BIGINT REFERENCES service_record (id),
  entered_by BIGINT NOT NULL REFERENCES person (id),
  entered_at BIGINT NOT NULL,
  CONSTRAINT service_record__reverses_id UNIQUE (reverses_id),
  CHECK ((reverses_id IS NULL) = (units > 0))
);
CREATE INDEX service_record_milestone ON service_record (milestone_id, served_on);
CREATE INDEX service_record_contract ON service_record (contract_id, id);
CREATE TABLE service_photo (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  record_id BIGINT NOT NULL REFERENCES service_record (id),
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  digest TEXT NOT NULL,
  bytes BIGINT NOT NULL
);
CREATE INDEX service_photo_record ON service_photo (record_id);

-- More of the same service, a tenth of the contract in all (C53).
CREATE TABLE supplement (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  contract_id BIGINT NOT NULL REFERENCES contract (id),
  position BIGINT NOT NULL,
  amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
  content TEXT NOT NULL,
  reason TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('offered', 'signed', 'dropped')),
  drafted_by BIGINT NOT NULL REFERENCES person (id),
  drafted_at BIGINT NOT NULL,
  buyer_signed_by BIGINT REFERENCES person (id),
  buyer_signed_at BIGINT,
  provider_signed_by BIGINT REFERENCES person (id),
  provider_signed_at BIGINT,
  CONSTRAINT supplement__contract_id__position UNIQUE (contract_id, position),
  CHECK ((state = 'signed') = (buyer_signed_at IS NOT NULL AND provider_signed_at IS NOT NULL)),
  CHECK (buyer_signed_by IS NULL OR provider_signed_by IS NULL OR buyer_signed_by <> provider_signed_by)
);

-- A contract stands still or ends before its time: by agreement, or for the public interest (C53).
CREATE TABLE contract_halt (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  contract_id BIGINT NOT NULL REFERENCES contract (id),
  kind TEXT NOT NULL CHECK (kind IN ('suspension', 'end')),
  ground TEXT NOT NULL CHECK (ground IN ('public_interest', 'agreement')),
  reason TEXT NOT NULL,
  compensation TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('asked', 'in_force', 'declined', 'lifted')),
  asked_by BIGINT NOT NULL REFERENCES person (id),
  asked_at BIGINT NOT NULL,
  agreed_by BIGINT REFERENCES person (id),
  in_force_at BIGINT,
  lifted_by BIGINT REFERENCES person (id),
  lifted_at BIGINT,
  CHECK (state <> 'in_force' OR in_force_at IS NOT NULL),
  CHECK ((state = 'lifted') = (lifted_at IS NOT NULL))
);
CREATE UNIQUE INDEX contract_halt__contract_id ON contract_halt (contract_id) WHERE state IN ('asked', 'in_force');

-- Acceptance of one milestone: reported, called with recipients, accepted or sent back (C55).
CREATE TABLE acceptance (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  contract_id BIGINT NOT NULL REFERENCES contract (id),
  milestone_id BIGINT NOT NULL REFERENCES milestone (id),
  round BIGINT NOT NULL CHECK (round > 0),
  claimed_fen BIGINT NOT NULL CHECK (claimed_fen >= 0),
  deducted_fen BIGINT NOT NULL CHECK (deducted_fen >= 0),
  accepted_fen BIGINT NOT NULL CHECK (accepted_fen >= 0),
  state TEXT NOT NULL CHECK (state IN ('reported', 'called', 'accepted', 'returned')),
  reported_by BIGINT NOT NULL REFERENCES person (id),
  reported_at BIGINT NOT NULL,
  report TEXT NOT NULL,
  opinion TEXT NOT NULL,
  opinion_by BIGINT REFERENCES person (id),
  opinion_at BIGINT,
  called_by BIGINT REFERENCES person (id),
  called_at BIGINT,
  meets_on TEXT,
  place TEXT NOT NULL,
  accepted_by BIGINT REFERENCES person (id),
  accepted_at BIGINT,
  returned_why TEXT NOT NULL,
  repair_by TEXT,
  published_by BIGINT REFERENCES person (id),
  published_at BIGINT,
  CONSTRAINT acceptance__milestone_id UNIQUE (milestone_id),
  CHECK (accepted_fen = claimed_fen - deducted_fen),
  CHECK ((state = 'accepted') = (accepted_at IS NOT NULL)),
  CHECK (state <> 'returned' OR repair_by IS NOT NULL),
  CHECK (published_at IS NULL OR accepted_at IS NOT NULL)
);
CREATE INDEX acceptance_contract ON acceptance (contract_id);
CREATE INDEX acceptance_state ON acceptance (state);
CREATE TABLE acceptance_item (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  acceptance_id BIGINT NOT NULL REFERENCES acceptance (id),
  round BIGINT NOT NULL,
  position BIGINT NOT NULL,
  unit_id BIGINT REFERENCES service_unit (id),
  name TEXT NOT NULL,
  measure TEXT NOT NULL,
  price_fen BIGINT NOT NULL CHECK (price_fen > 0),
  claimed BIGINT NOT NULL CHECK (claimed >= 0),
  accepted BIGINT CHECK (accepted >= 0 AND accepted <= claimed),
  unit_line_id BIGINT REFERENCES deduction_line (id),
  share_line_id BIGINT REFERENCES deduction_line (id),
  deducted_fen BIGINT NOT NULL CHECK (deducted_fen >= 0),
  remark TEXT NOT NULL,
  CONSTRAINT acceptance_item__acceptance_id__round__position UNIQUE (acceptance_id, round, position),
  CHECK (accepted IS NULL OR ((accepted < claimed) = (unit_line_id IS NOT NULL)))
);
CREATE TABLE acceptance_opinion (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  acceptance_id BIGINT NOT NULL REFERENCES acceptance (id),
  round BIGINT NOT NULL,
  recipient_id BIGINT NOT NULL REFERENCES recipient (id),
  invited_by BIGINT NOT NULL REFERENCES person (id),
  invited_at BIGINT NOT NULL,
  verdict TEXT CHECK (verdict IN ('satisfied', 'dissatisfied')),
  words TEXT NOT NULL,
  is_assisted BIGINT CHECK (is_assisted IN (0, 1)),
  recorded_by BIGINT REFERENCES person (id),
  given_at BIGINT,
  CONSTRAINT acceptance_opinion__acceptance_id__round__recipient_id UNIQUE (acceptance_id, round, recipient_id),
  CHECK ((verdict IS NULL) = (given_at IS NULL))
);

-- Call-backs: records drawn by a published seed, and what those who were served said (E3b).
CREATE TABLE call_back_draw (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  acceptance_id BIGINT NOT NULL REFERENCES acceptance (id),
  round BIGINT NOT NULL,
  drawn_by BIGINT NOT NULL REFERENCES person (id),
  drawn_at BIGINT NOT NULL,
  need BIGINT NOT NULL CHECK (need > 0),
  seed TEXT NOT NULL,
  code_salt TEXT NOT NULL,
  record TEXT NOT NULL,
  CONSTRAINT call_back_draw__acceptance_id__round UNIQUE (acceptance_id, round)
);
CREATE TABLE call_back (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  draw_id BIGINT NOT NULL REFERENCES call_back_draw (id),
  position BIGINT NOT NULL,
  code TEXT NOT NULL,
  record_id BIGINT NOT NULL REFERENCES service_record (id),
  outcome TEXT CHECK (outcome IN ('confirmed', 'differs', 'not_reached')),
  note TEXT NOT NULL,
  recorded_by BIGINT REFERENCES person (id),
  recorded_at BIGINT,
  CONSTRAINT call_back__draw_id__position UNIQUE (draw_id, position),
  CHECK ((outcome IS NULL) = (recorded_at IS NULL))
);
