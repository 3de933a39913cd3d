-- Recipients' satisfaction: sample, cards without names, answers in groups, requests to follow up.
CREATE TABLE survey (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  contract_id BIGINT NOT NULL REFERENCES contract (id),
  round TEXT NOT NULL CHECK (round IN ('midterm', 'final')),
  function_kind TEXT NOT NULL,
  recipients BIGINT NOT NULL CHECK (recipients > 0),
  sample_minimum BIGINT NOT NULL CHECK (sample_minimum > 0),
  pool TEXT NOT NULL,
  commitment TEXT NOT NULL,
  secret TEXT NOT NULL,
  beacon TEXT NOT NULL,
  beacon_value TEXT,
  seed TEXT,
  started_on TEXT NOT NULL,
  drawn_on TEXT,
  root TEXT,
  keys_on TEXT,
  closed_on TEXT,
  CONSTRAINT survey__contract_id__round UNIQUE (contract_id, round),
  CHECK (sample_minimum <= recipients),
  CHECK ((seed IS NULL) = (drawn_on IS NULL)),
  CHECK ((root IS NULL) = (keys_on IS NULL)),
  CHECK (closed_on IS NULL OR (seed IS NOT NULL AND root IS NOT NULL))
);

-- The service ledger as handed in: tokens, no names. Place is the order of the draw.
CREATE TABLE survey_recipient (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  survey_id BIGINT NOT NULL REFERENCES survey (id),
  token TEXT NOT NULL,
  code TEXT NOT NULL,
  excluded TEXT CHECK (excluded IN ('provider_staff', 'relative')),
  place BIGINT,
  CONSTRAINT survey_recipient__survey_id__token UNIQUE (survey_id, token),
  CONSTRAINT survey_recipient__survey_id__code UNIQUE (survey_id, code)
);

-- One card's public key. A key belongs to one survey for ever.
CREATE TABLE survey_card (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  survey_id BIGINT NOT NULL REFERENCES survey (id),
  public_key TEXT NOT NULL,
  is_void BIGINT NOT NULL CHECK (is_void IN (0, 1)),
  void_on TEXT,
  CONSTRAINT survey_card__public_key UNIQUE (public_key),
  CHECK ((is_void = 1) = (void_on IS NOT NULL))
);
CREATE INDEX survey_card_survey ON survey_card (survey_id, is_void);

-- Answers on record. Neither row nor journal says when within its group an answer came.
CREATE TABLE survey_answer (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  survey_id BIGINT NOT NULL REFERENCES survey (id),
  public_key TEXT NOT NULL,
  answers TEXT NOT NULL,
  overall BIGINT NOT NULL CHECK (overall BETWEEN 1 AND 5),
  is_proxy BIGINT NOT NULL CHECK (is_proxy IN (0, 1)),
  means TEXT NOT NULL CHECK (means IN ('signed', 'typed', 'assisted')),
  nonce TEXT NOT NULL,
  signature TEXT NOT NULL,
  given_on TEXT NOT NULL,
  CONSTRAINT survey_answer__survey_id__public_key UNIQUE (survey_id, public_key)
);

CREATE INDEX survey_answer_count ON survey_answer (survey_id, overall, means, is_proxy);

-- The urn: answers that wait for their group. Kept in the order of their keys, so that the order in which
-- they came is nowhere; not journalled, since an entry of its own would tell each one's moment.
CREATE TABLE survey_urn (
  survey_id BIGINT NOT NULL REFERENCES survey (id),
  public_key TEXT NOT NULL,
  answers TEXT NOT NULL,
  overall BIGINT NOT NULL,
  is_proxy BIGINT NOT NULL,
  means TEXT NOT NULL,
  nonce TEXT NOT NULL,
  signature TEXT NOT NULL,
  given_on TEXT NOT NULL,
  PRIMARY KEY (survey_id, public_key)
) /* WITHOUT ROWID */;

-- What a recipient asked to be followed up. It names neither card nor answer.
CREATE TABLE feedback_ticket (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  contract_id BIGINT NOT NULL REFERENCES contract (id),
  receipt TEXT NOT NULL,
  words TEXT NOT NULL,
  filed_on TEXT NOT NULL,
  acknowledge_due_on TEXT NOT NULL,
  answer_due_on TEXT NOT NULL,
  acknowledged_on TEXT,
  answered_on TEXT,
  answered_by BIGINT REFERENCES person (id),
  answer TEXT,
  CONSTRAINT feedback_ticket__receipt UNIQUE (receipt),
  CHECK ((answer IS NULL) = (answered_on IS NULL)),
  CHECK (answered_on IS NULL OR acknowledged_on IS NOT NULL)
);
CREATE INDEX feedback_ticket_contract ON feedback_ticket (contract_id, filed_on);
CREATE INDEX feedback_ticket_open ON feedback_ticket (answered_on, answer_due_on);
