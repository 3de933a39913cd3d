-- The ledger of public money: funds, their accounts, and transfers of two entries each.
--
-- Nobody can overspend, unbalance or mix lanes, whatever the program does: every entry starts where the one before
-- it on its account ended, no account but the source falls below zero, an entry needs the other of its transfer with
-- the same amount, money moves only on the ways listed below, and all of it stays within one fund. A correction is a
-- transfer back.
CREATE TABLE fund (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  code TEXT NOT NULL,
  year BIGINT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('department_budget', 'welfare_lottery', 'special_fund', 'donation')),
  name TEXT NOT NULL,
  opened_by BIGINT NOT NULL REFERENCES person (id),
  opened_at BIGINT NOT NULL,
  CONSTRAINT fund__code UNIQUE (code),
  CONSTRAINT fund__year__source UNIQUE (year, source),
  CONSTRAINT fund__id__source UNIQUE (id, source)
);

CREATE TABLE account (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  fund_id BIGINT NOT NULL,
  source TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('source', 'appropriation', 'allotment', 'commitment', 'transit', 'paid')),
  subject TEXT NOT NULL,
  item_id BIGINT REFERENCES item (id),
  contract_id BIGINT REFERENCES contract (id),
  CONSTRAINT account__fund_id__kind__subject UNIQUE (fund_id, kind, subject),
  CONSTRAINT account__id__kind__fund_id UNIQUE (id, kind, fund_id),
  FOREIGN KEY (fund_id, source) REFERENCES fund (id, source),
  CHECK ((kind IN ('source', 'appropriation')) = (item_id IS NULL)),
  CHECK ((kind IN ('commitment', 'transit', 'paid')) = (contract_id IS NOT NULL)),
  CONSTRAINT account__purchase_money CHECK (contract_id IS NULL OR source <> 'donation')
);
CREATE INDEX account_item ON account (item_id);
CREATE INDEX account_contract ON account (contract_id);

CREATE TABLE transfer (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  fund_id BIGINT NOT NULL REFERENCES fund (id),
  serial BIGINT NOT NULL CHECK (serial > 0),
  kind TEXT NOT NULL,
  amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
  contract_id BIGINT REFERENCES contract (id),
  payment_id BIGINT,
  basis TEXT NOT NULL CHECK (length(basis) > 0),
  made_by BIGINT NOT NULL REFERENCES person (id),
  made_at BIGINT NOT NULL,
  CONSTRAINT transfer__id__kind__amount_fen__fund_id UNIQUE (id, kind, amount_fen, fund_id),
  CONSTRAINT transfer__fund_id__serial UNIQUE (fund_id, serial),
  CONSTRAINT transfer__payment_id__kind UNIQUE (payment_id, kind),
  CONSTRAINT transfer__cites_contract
    CHECK ((kind IN ('commit', 'send', 'pay', 'fail', 'release')) = (contract_id IS NOT NULL)),
  CONSTRAINT transfer__cites_payment CHECK ((kind IN ('send', 'pay', 'fail')) = (payment_id IS NOT NULL))
);
CREATE INDEX transfer_contract ON transfer (contract_id);

CREATE TABLE entry (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  transfer_id BIGINT NOT NULL,
  transfer_kind TEXT NOT NULL,
  fund_id BIGINT NOT NULL,
  side TEXT NOT NULL,
  other_side TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  account_kind TEXT NOT NULL,
  amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
  place BIGINT NOT NULL,
  place_before BIGINT,
  before_fen BIGINT NOT NULL,
  after_fen BIGINT NOT NULL,
  CONSTRAINT entry__transfer_id__side UNIQUE (transfer_id, side),
  CONSTRAINT entry__transfer_id__side__amount_fen UNIQUE (transfer_id, side, amount_fen),
  CONSTRAINT entry__account_id__place UNIQUE (account_id, place),
  CONSTRAINT entry__account_id__place__after_fen UNIQUE (account_id, place, after_fen),
  FOREIGN KEY (transfer_id, transfer_kind, amount_fen, fund_id)
    REFERENCES transfer (id, kind, amount_fen, fund_id),
  FOREIGN KEY (account_id, account_kind, fund_id) REFERENCES account (id, kind, fund_id),
  FOREIGN KEY (account_id, place_before, before_fen) REFERENCES entry (account_id, place, after_fen),
  FOREIGN KEY (transfer_id, other_side, amount_fen)
    REFERENCES entry (transfer_id, side, amount_fen) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT entry__sides
    CHECK ((side = 'debit' AND other_side = 'credit') OR (side = 'credit' AND other_side = 'debit')),
  CONSTRAINT entry__follows CHECK ((place = 1 AND place_before IS NULL AND before_fen = 0)
    OR (place > 1 AND place_before IS NOT NULL AND place_before = place - 1)),
  CONSTRAINT entry__adds_up CHECK ((side = 'debit' AND after_fen = before_fen - amount_fen)
    OR (side = 'credit' AND after_fen = before_fen + amount_fen)),
  CONSTRAINT entry__covered CHECK (after_fen >= 0 OR account_kind = 'source'),
  CONSTRAINT entry__way CHECK (transfer_kind || ' ' || side || ' ' || account_kind IN (
    'appropriate debit source', 'appropriate credit appropriation',
    'reduce debit appropriation', 'reduce credit source',
    'allot debit appropriation', 'allot credit allotment',
    'withdraw debit allotment', 'withdraw credit appropriation',
    'commit debit allotment', 'commit credit commitment',
    'release debit commitment', 'release credit allotment',
    'send debit commitment', 'send credit transit',
    'pay debit transit', 'pay credit paid',
    'fail debit transit', 'fail credit commitment'))
);
