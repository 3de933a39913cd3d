-- What supervision counts beside this program's own tenders: purchases by closed ways (C2) and deposits (C27).

-- A purchase that an office made elsewhere by other than open methods; finance may say why it does not count.
CREATE TABLE other_purchase (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  number BIGINT NOT NULL,
  office_id BIGINT NOT NULL REFERENCES office (id),
  year BIGINT NOT NULL,
  fund_source TEXT NOT NULL,
  function_kind TEXT NOT NULL,
  way TEXT NOT NULL CHECK (way IN ('invited', 'negotiation', 'consultation', 'inquiry', 'single_source', 'own_purchase')),
  title TEXT NOT NULL CHECK (length(title) > 0),
  supplier TEXT NOT NULL CHECK (length(supplier) > 0),
  amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
  bought_on TEXT NOT NULL,
  paper TEXT NOT NULL CHECK (length(paper) > 0),
  entered_by BIGINT NOT NULL REFERENCES person (id),
  entered_at BIGINT NOT NULL,
  consent TEXT CHECK (consent IN ('budget_adjusted', 'method_approved')),
  consent_paper TEXT,
  consent_by BIGINT REFERENCES person (id),
  consent_at BIGINT,
  CONSTRAINT other_purchase__number UNIQUE (number),
  CONSTRAINT other_purchase__two_people CHECK (consent_by IS NULL OR consent_by <> entered_by),
  CHECK ((consent IS NULL) = (consent_paper IS NULL) AND (consent IS NULL) = (consent_by IS NULL) AND (consent IS NULL) = (consent_at IS NULL))
);
CREATE INDEX other_purchase_year ON other_purchase (year, office_id);

-- What the documents of a tender ask as deposits; no row asks for none (C27).
CREATE TABLE deposit_term (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  tender_id BIGINT NOT NULL REFERENCES tender (id),
  bid_fen BIGINT NOT NULL CHECK (bid_fen >= 0),
  performance_fen BIGINT NOT NULL CHECK (performance_fen >= 0),
  set_by BIGINT NOT NULL REFERENCES person (id),
  set_at BIGINT NOT NULL,
  CONSTRAINT deposit_term__tender_id UNIQUE (tender_id)
);

-- A deposit that finance holds, or gave back. Entered after the opening only: before it nobody may see who bids.
CREATE TABLE deposit (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('bid', 'performance')),
  tender_id BIGINT NOT NULL REFERENCES tender (id),
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
  means TEXT NOT NULL CHECK (means IN ('transfer', 'cheque', 'draft', 'guarantee')),
  paper TEXT NOT NULL CHECK (length(paper) > 0),
  received_on TEXT NOT NULL,
  entered_by BIGINT NOT NULL REFERENCES person (id),
  entered_at BIGINT NOT NULL,
  returned_on TEXT,
  return_paper TEXT,
  returned_by BIGINT REFERENCES person (id),
  CONSTRAINT deposit__kind__tender_id__organisation_id UNIQUE (kind, tender_id, organisation_id),
  CHECK ((returned_on IS NULL) = (return_paper IS NULL) AND (returned_on IS NULL) = (returned_by IS NULL))
);
CREATE INDEX deposit_tender ON deposit (tender_id);
