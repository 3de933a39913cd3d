-- Each year of a long contract is judged by its own answers (C51, E2): `year` counts the years of the contract and is
-- empty for the mid-term and the final survey. Everything that hangs on a survey is laid aside while its table is made
-- anew, since both engines keep foreign keys at every moment.
CREATE TABLE survey_before AS SELECT * FROM survey;
CREATE TABLE survey_recipient_before AS SELECT * FROM survey_recipient;
CREATE TABLE survey_card_before AS SELECT * FROM survey_card;
CREATE TABLE survey_answer_before AS SELECT * FROM survey_answer;
CREATE TABLE survey_urn_before AS SELECT * FROM survey_urn;
DROP TABLE survey_recipient;
DROP TABLE survey_card;
DROP TABLE survey_answer;
DROP TABLE survey_urn;
DROP TABLE survey;

CREATE TABLE survey (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  contract_id BIGINT NOT NULL REFERENCES contract (id),
  round TEXT NOT NULL CHECK (round IN ('midterm', 'yearly', 'final')),
  year BIGINT CHECK (year > 0),
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
  CONSTRAINT survey__contract_id__round__year UNIQUE (contract_id, round, year),
  CONSTRAINT survey__yearly CHECK ((round = 'yearly') = (year IS NOT NULL)),
  CHECK (sample_minimum <= recipients),
  CHECK ((seed IS NULL) = (drawn_on IS NULL)),
  CHECK ((root IS NULL) = (keys_on IS NULL)),
  CHECK (closed_on IS NULL OR (seed IS NOT NULL AND root IS NOT NULL))
);
-- A rule of uniqueness lets rounds without a year pass.
CREATE UNIQUE INDEX survey__contract_id__round ON survey (contract_id, round) WHERE year IS NULL;
INSERT INTO survey (id, version, contract_id, round, function_kind, recipients, sample_minimum, pool, commitment, secret,
  beacon, beacon_value, seed, started_on, drawn_on, root, keys_on, closed_on)
SELECT id, version, contract_id, round, function_kind, recipients, sample_minimum, pool, commitment, secret,
  beacon, beacon_value, seed, started_on, drawn_on, root, keys_on, closed_on
FROM survey_before;

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
INSERT INTO survey_recipient (id, version, survey_id, token, code, excluded, place)
SELECT id, version, survey_id, token, code, excluded, place
FROM survey_recipient_before;

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
INSERT INTO survey_card (id, version, survey_id, public_key, is_void, void_on)
SELECT id, version, survey_id, public_key, is_void, void_on
FROM survey_card_before;

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
INSERT INTO survey_answer (id, version, survey_id, public_key, answers, overall, is_proxy, means, nonce, signature, given_on)
SELECT id, version, survey_id, public_key, answers, overall, is_proxy, means, nonce, signature, given_on
FROM survey_answer_before;

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
INSERT INTO survey_urn (survey_id, public_key, answers, overall, is_proxy, means, nonce, signature, given_on)
SELECT survey_id, public_key, answers, overall, is_proxy, means, nonce, signature, given_on
FROM survey_urn_before;

DROP TABLE survey_before;
DROP TABLE survey_recipient_before;
DROP TABLE survey_card_before;
DROP TABLE survey_answer_before;
DROP TABLE survey_urn_before;
