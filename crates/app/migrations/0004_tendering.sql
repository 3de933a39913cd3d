-- From the requirement to sealed bids. `authors` lists everyone who wrote in the documents (C14) and
-- `designers` the credit codes of organisations that helped to design the purchase (C35, T9).
CREATE TABLE tender (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  number TEXT NOT NULL,
  item_id BIGINT NOT NULL REFERENCES item (id),
  attempt BIGINT NOT NULL CHECK (attempt > 0),
  batch_id BIGINT NOT NULL REFERENCES batch (id),
  office_id BIGINT NOT NULL REFERENCES office (id),
  stage TEXT NOT NULL CHECK (stage IN ('drafting', 'checking', 'ready', 'bidding', 'opened', 'reviewing', 'ranked', 'publicised', 'awarded', 'contracted', 'failed', 'cancelled')),
  title TEXT NOT NULL,
  procedure TEXT NOT NULL,
  rules_on TEXT NOT NULL,
  requirement TEXT NOT NULL,
  deliverables TEXT NOT NULL,
  qualification TEXT NOT NULL,
  price_rule TEXT NOT NULL,
  recipients_role TEXT NOT NULL,
  performance_standard TEXT NOT NULL,
  contract_draft TEXT NOT NULL,
  challenge_contact TEXT NOT NULL,
  venue TEXT NOT NULL,
  term_months BIGINT NOT NULL CHECK (term_months > 0),
  ceiling_fen BIGINT NOT NULL CHECK (ceiling_fen > 0),
  tie_rule TEXT NOT NULL,
  is_price_fixed BIGINT NOT NULL CHECK (is_price_fixed IN (0, 1)),
  panel_size BIGINT NOT NULL CHECK (panel_size > 0),
  excludes_supervised BIGINT NOT NULL CHECK (excludes_supervised IN (0, 1)),
  designers TEXT NOT NULL,
  authors TEXT NOT NULL,
  author_id BIGINT NOT NULL REFERENCES person (id),
  checker_id BIGINT REFERENCES person (id),
  check_note TEXT NOT NULL,
  published_at BIGINT,
  notice_until BIGINT,
  questions_until BIGINT,
  deadline_at BIGINT,
  extensions BIGINT NOT NULL CHECK (extensions >= 0),
  opened_at BIGINT,
  ranked_at BIGINT,
  report_at BIGINT,
  publicised_at BIGINT,
  public_until BIGINT,
  awarded_at BIGINT,
  contract_due_on TEXT,
  ended_at BIGINT,
  ended_reason TEXT NOT NULL,
  next_check_at BIGINT,
  CONSTRAINT tender__number UNIQUE (number),
  CONSTRAINT tender__item_id__attempt UNIQUE (item_id, attempt),
  CHECK (checker_id IS NULL OR checker_id <> author_id)
);
CREATE INDEX tender_stage ON tender (stage);
CREATE INDEX tender_due ON tender (next_check_at);
CREATE INDEX tender_office ON tender (office_id);

CREATE TABLE criterion (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  tender_id BIGINT NOT NULL REFERENCES tender (id),
  position BIGINT NOT NULL,
  name TEXT NOT NULL,
  detail TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('price', 'quality', 'presentation')),
  weight BIGINT NOT NULL CHECK (weight > 0 AND weight <= 100),
  is_objective BIGINT NOT NULL CHECK (is_objective IN (0, 1)),
  CONSTRAINT criterion__tender_id__position UNIQUE (tender_id, position)
);

CREATE TABLE question (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  tender_id BIGINT NOT NULL REFERENCES tender (id),
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  asked_by BIGINT NOT NULL REFERENCES person (id),
  asked_at BIGINT NOT NULL,
  text TEXT NOT NULL,
  answer TEXT,
  answered_by BIGINT REFERENCES person (id),
  answered_at BIGINT
);
CREATE INDEX question_tender ON question (tender_id);

CREATE TABLE correction (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  tender_id BIGINT NOT NULL REFERENCES tender (id),
  number BIGINT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  reason TEXT NOT NULL,
  published_at BIGINT NOT NULL,
  published_by BIGINT REFERENCES person (id),
  deadline_before BIGINT NOT NULL,
  deadline_after BIGINT NOT NULL,
  CONSTRAINT correction__tender_id__number UNIQUE (tender_id, number)
);

-- What a bidder has typed so far; read by that bidder alone.
CREATE TABLE bid_draft (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  tender_id BIGINT NOT NULL REFERENCES tender (id),
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  fields TEXT NOT NULL,
  saved_at BIGINT NOT NULL,
  CONSTRAINT bid_draft__tender_id__organisation_id UNIQUE (tender_id, organisation_id)
);

CREATE TABLE bid_attachment (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  draft_id BIGINT NOT NULL REFERENCES bid_draft (id),
  digest TEXT NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes BIGINT NOT NULL
);
CREATE INDEX bid_attachment_draft ON bid_attachment (draft_id);

-- One row for each organisation and tender; a replacement overwrites the package and raises `edition`.
CREATE TABLE bid (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  tender_id BIGINT NOT NULL REFERENCES tender (id),
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  submitted_by BIGINT NOT NULL REFERENCES person (id),
  edition BIGINT NOT NULL CHECK (edition > 0),
  state TEXT NOT NULL CHECK (state IN ('submitted', 'withdrawn')),
  suite TEXT NOT NULL,
  package BYTEA NOT NULL,
  digest TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  receipt TEXT NOT NULL,
  alias TEXT,
  price_fen BIGINT CHECK (price_fen > 0),
  project_lead TEXT,
  contact TEXT,
  proposal TEXT,
  is_qualified BIGINT CHECK (is_qualified IN (0, 1)),
  qualification_note TEXT,
  is_conforming BIGINT CHECK (is_conforming IN (0, 1)),
  conformity_note TEXT,
  eligibility TEXT,
  is_eligible BIGINT CHECK (is_eligible IN (0, 1)),
  CONSTRAINT bid__tender_id__organisation_id UNIQUE (tender_id, organisation_id)
);

CREATE TABLE attendance (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  tender_id BIGINT NOT NULL REFERENCES tender (id),
  occasion TEXT NOT NULL CHECK (occasion IN ('opening', 'live', 'review')),
  person_id BIGINT NOT NULL REFERENCES person (id),
  role TEXT NOT NULL,
  organisation_id BIGINT REFERENCES organisation (id),
  at BIGINT NOT NULL,
  CONSTRAINT attendance__tender_id__occasion__person_id UNIQUE (tender_id, occasion, person_id)
);
