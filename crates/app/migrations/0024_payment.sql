-- Payments: asked for an accepted milestone, checked by one person, paid by another, told by the bank.
--
-- No payment lacks its acceptance, none is larger or smaller, none is made twice: the keys below say so.
CREATE UNIQUE INDEX acceptance__id__accepted_fen__state ON acceptance (id, accepted_fen, state);

CREATE TABLE payment_request (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  number TEXT NOT NULL,
  contract_id BIGINT NOT NULL REFERENCES contract (id),
  milestone_id BIGINT NOT NULL REFERENCES milestone (id),
  acceptance_id BIGINT NOT NULL,
  acceptance_state TEXT NOT NULL CHECK (acceptance_state = 'accepted'),
  amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
  invoice_number TEXT NOT NULL CHECK (length(invoice_number) > 0),
  invoice_on TEXT NOT NULL,
  invoice_fen BIGINT NOT NULL,
  invoice_name TEXT NOT NULL,
  invoice_type TEXT NOT NULL,
  invoice_digest TEXT NOT NULL,
  payee_name TEXT NOT NULL,
  payee_bank TEXT NOT NULL,
  payee_account TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('requested', 'returned', 'approved', 'sent', 'paid')),
  requested_by BIGINT NOT NULL REFERENCES person (id),
  requested_at BIGINT NOT NULL,
  due_on TEXT NOT NULL,
  checked_by BIGINT REFERENCES person (id),
  checked_at BIGINT,
  return_reason TEXT NOT NULL,
  CONSTRAINT payment_request__number UNIQUE (number),
  CONSTRAINT payment_request__acceptance_id UNIQUE (acceptance_id),
  CONSTRAINT payment_request__milestone_id UNIQUE (milestone_id),
  CONSTRAINT payment_request__invoice_number UNIQUE (invoice_number),
  CONSTRAINT payment_request__id__amount_fen__checked_by UNIQUE (id, amount_fen, checked_by),
  FOREIGN KEY (acceptance_id, amount_fen, acceptance_state) REFERENCES acceptance (id, accepted_fen, state),
  CONSTRAINT payment_request__invoice_matches CHECK (invoice_fen = amount_fen),
  CHECK (checked_by IS NULL OR checked_by <> requested_by),
  CHECK (state NOT IN ('approved', 'sent', 'paid') OR checked_by IS NOT NULL)
);
CREATE INDEX payment_request_contract ON payment_request (contract_id);
CREATE INDEX payment_request_state ON payment_request (state, due_on);

CREATE TABLE payment_batch (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  number TEXT NOT NULL,
  made_by BIGINT NOT NULL REFERENCES person (id),
  made_at BIGINT NOT NULL,
  count BIGINT NOT NULL CHECK (count > 0),
  total_fen BIGINT NOT NULL CHECK (total_fen > 0),
  CONSTRAINT payment_batch__number UNIQUE (number)
);

CREATE TABLE payment (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  batch_id BIGINT NOT NULL REFERENCES payment_batch (id),
  request_id BIGINT NOT NULL,
  live_request_id BIGINT,
  reference TEXT NOT NULL,
  amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
  approved_by BIGINT NOT NULL REFERENCES person (id),
  paid_by BIGINT NOT NULL REFERENCES person (id),
  outcome TEXT NOT NULL CHECK (outcome IN ('pending', 'paid', 'failed')),
  told_at BIGINT,
  told_by BIGINT REFERENCES person (id),
  told_note TEXT NOT NULL,
  CONSTRAINT payment__reference UNIQUE (reference),
  CONSTRAINT payment__live_request_id UNIQUE (live_request_id),
  FOREIGN KEY (request_id, amount_fen, approved_by) REFERENCES payment_request (id, amount_fen, checked_by),
  CONSTRAINT payment__two_persons CHECK (paid_by <> approved_by),
  CONSTRAINT payment__live CHECK ((outcome = 'failed') = (live_request_id IS NULL)),
  CHECK (live_request_id IS NULL OR live_request_id = request_id),
  CHECK ((outcome = 'pending') = (told_at IS NULL))
);
CREATE INDEX payment_batch_payments ON payment (batch_id);
CREATE INDEX payment_request_payments ON payment (request_id);
