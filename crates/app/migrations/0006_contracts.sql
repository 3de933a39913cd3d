-- Contracts and their milestones. A contract hangs on an award; there is no other way to have one.
CREATE TABLE contract (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  number TEXT NOT NULL,
  tender_id BIGINT NOT NULL REFERENCES tender (id),
  award_id BIGINT NOT NULL REFERENCES award (id),
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  office_id BIGINT NOT NULL REFERENCES office (id),
  title TEXT NOT NULL,
  content TEXT NOT NULL,
  quantity TEXT NOT NULL,
  quality TEXT NOT NULL,
  settlement TEXT NOT NULL,
  rights TEXT NOT NULL,
  breach TEXT NOT NULL,
  recipients_role TEXT NOT NULL,
  confidentiality TEXT NOT NULL,
  feedback TEXT NOT NULL,
  amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
  starts_on TEXT NOT NULL,
  ends_on TEXT NOT NULL,
  long_term_ticks TEXT NOT NULL,
  is_budget_assured BIGINT NOT NULL CHECK (is_budget_assured IN (0, 1)),
  stage TEXT NOT NULL CHECK (stage IN ('drafted', 'offered', 'signed', 'ended')),
  drafted_by BIGINT NOT NULL REFERENCES person (id),
  due_on TEXT NOT NULL,
  buyer_signed_by BIGINT REFERENCES person (id),
  buyer_signed_at BIGINT,
  provider_signed_by BIGINT REFERENCES person (id),
  provider_signed_at BIGINT,
  published_at BIGINT,
  CONSTRAINT contract__number UNIQUE (number),
  CONSTRAINT contract__award_id UNIQUE (award_id),
  CHECK (starts_on <= ends_on),
  CHECK (stage <> 'signed' OR (buyer_signed_at IS NOT NULL AND provider_signed_at IS NOT NULL)),
  CHECK (buyer_signed_by IS NULL OR provider_signed_by IS NULL OR buyer_signed_by <> provider_signed_by)
);

CREATE TABLE milestone (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  contract_id BIGINT NOT NULL REFERENCES contract (id),
  position BIGINT NOT NULL,
  name TEXT NOT NULL,
  due_on TEXT NOT NULL,
  amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
  CONSTRAINT milestone__contract_id__position UNIQUE (contract_id, position)
);
CREATE INDEX contract_office ON contract (office_id);
CREATE INDEX contract_organisation ON contract (organisation_id);
CREATE INDEX contract_tender ON contract (tender_id);
