-- Experts, panels, sessions, scores and results.
CREATE TABLE expert (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES person (id),
  title TEXT NOT NULL,
  fields TEXT NOT NULL,
  employer TEXT NOT NULL,
  employer_uscc TEXT,
  office_id BIGINT REFERENCES office (id),
  born_on TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('active', 'suspended')),
  CONSTRAINT expert__person_id UNIQUE (person_id)
);

-- Declared relations to organisations, for recusal (C38, T9).
CREATE TABLE expert_relation (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  expert_id BIGINT NOT NULL REFERENCES expert (id),
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  kind TEXT NOT NULL,
  ended_on TEXT
);
CREATE INDEX expert_relation_expert ON expert_relation (expert_id);

CREATE TABLE draw (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  tender_id BIGINT NOT NULL REFERENCES tender (id),
  attempt BIGINT NOT NULL,
  purpose TEXT NOT NULL,
  drawn_at BIGINT NOT NULL,
  drawn_by BIGINT NOT NULL REFERENCES person (id),
  need BIGINT NOT NULL,
  seed TEXT NOT NULL,
  code_salt TEXT NOT NULL,
  record TEXT NOT NULL,
  CONSTRAINT draw__tender_id__attempt UNIQUE (tender_id, attempt)
);

CREATE TABLE seat (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  tender_id BIGINT NOT NULL REFERENCES tender (id),
  draw_id BIGINT REFERENCES draw (id),
  kind TEXT NOT NULL CHECK (kind IN ('expert', 'purchaser')),
  person_id BIGINT NOT NULL REFERENCES person (id),
  expert_id BIGINT REFERENCES expert (id),
  position BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('invited', 'accepted', 'declined', 'recused')),
  reason TEXT NOT NULL,
  is_chair BIGINT NOT NULL CHECK (is_chair IN (0, 1)),
  answered_at BIGINT,
  locked_at BIGINT,
  signed_at BIGINT,
  dissent TEXT,
  CONSTRAINT seat__tender_id__person_id UNIQUE (tender_id, person_id)
);

-- A live session (场次): competitive bidding in the room, or the committee's review.
CREATE TABLE live_session (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  tender_id BIGINT NOT NULL REFERENCES tender (id),
  kind TEXT NOT NULL CHECK (kind IN ('live', 'review')),
  place TEXT NOT NULL,
  starts_at BIGINT NOT NULL,
  started_at BIGINT,
  ended_at BIGINT,
  order_seed TEXT,
  minutes BIGINT NOT NULL CHECK (minutes > 0),
  CONSTRAINT live_session__tender_id__kind UNIQUE (tender_id, kind)
);

CREATE TABLE presentation (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  session_id BIGINT NOT NULL REFERENCES live_session (id),
  bid_id BIGINT NOT NULL REFERENCES bid (id),
  position BIGINT NOT NULL,
  started_at BIGINT,
  ended_at BIGINT,
  CONSTRAINT presentation__session_id__position UNIQUE (session_id, position),
  CONSTRAINT presentation__session_id__bid_id UNIQUE (session_id, bid_id)
);

CREATE TABLE conformity_vote (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  bid_id BIGINT NOT NULL REFERENCES bid (id),
  seat_id BIGINT NOT NULL REFERENCES seat (id),
  is_conforming BIGINT NOT NULL CHECK (is_conforming IN (0, 1)),
  ground TEXT,
  reason TEXT NOT NULL,
  at BIGINT NOT NULL,
  CONSTRAINT conformity_vote__bid_id__seat_id UNIQUE (bid_id, seat_id)
);

-- Points are hundredths of a point; a saved sheet may still have gaps, a locked one has none.
CREATE TABLE score (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  tender_id BIGINT NOT NULL REFERENCES tender (id),
  seat_id BIGINT NOT NULL REFERENCES seat (id),
  bid_id BIGINT NOT NULL REFERENCES bid (id),
  criterion_id BIGINT NOT NULL REFERENCES criterion (id),
  points BIGINT CHECK (points >= 0 AND points <= 10000),
  reason TEXT NOT NULL,
  saved_at BIGINT NOT NULL,
  CONSTRAINT score__seat_id__bid_id__criterion_id UNIQUE (seat_id, bid_id, criterion_id)
);
CREATE INDEX score_tender ON score (tender_id);

CREATE TABLE score_correction (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  score_id BIGINT NOT NULL REFERENCES score (id),
  points_before BIGINT NOT NULL,
  points_after BIGINT NOT NULL,
  ground TEXT NOT NULL,
  explanation TEXT NOT NULL,
  by_person BIGINT NOT NULL REFERENCES person (id),
  at BIGINT NOT NULL
);

-- Members who find a locked score clearly too high or too low (C46).
CREATE TABLE score_doubt (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  score_id BIGINT NOT NULL REFERENCES score (id),
  seat_id BIGINT NOT NULL REFERENCES seat (id),
  at BIGINT NOT NULL,
  CONSTRAINT score_doubt__score_id__seat_id UNIQUE (score_id, seat_id)
);

-- An abnormally low price, the bidder's explanation and the committee's verdict (C47).
CREATE TABLE low_price (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  tender_id BIGINT NOT NULL REFERENCES tender (id),
  bid_id BIGINT NOT NULL REFERENCES bid (id),
  tests TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  explanation TEXT,
  explained_at BIGINT,
  is_accepted BIGINT CHECK (is_accepted IN (0, 1)),
  verdict TEXT,
  judged_at BIGINT,
  CONSTRAINT low_price__bid_id UNIQUE (bid_id)
);
CREATE INDEX low_price_tender ON low_price (tender_id);

-- A request to end a tender, and who consented (C33, E11).
CREATE TABLE cancellation (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  tender_id BIGINT NOT NULL REFERENCES tender (id),
  ground TEXT NOT NULL,
  reason TEXT NOT NULL,
  asked_by BIGINT NOT NULL REFERENCES person (id),
  asked_at BIGINT NOT NULL,
  consented_by BIGINT REFERENCES person (id),
  consented_at BIGINT,
  CONSTRAINT cancellation__tender_id UNIQUE (tender_id),
  CHECK (consented_by IS NULL OR consented_by <> asked_by)
);

-- Published scores are hundredths, rounded half up; the order was decided on exact fractions.
CREATE TABLE ranking (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  tender_id BIGINT NOT NULL REFERENCES tender (id),
  bid_id BIGINT NOT NULL REFERENCES bid (id),
  rank BIGINT NOT NULL CHECK (rank > 0),
  price_score BIGINT NOT NULL,
  quality_score BIGINT NOT NULL,
  total_score BIGINT NOT NULL,
  decided_by TEXT NOT NULL,
  CONSTRAINT ranking__tender_id__rank UNIQUE (tender_id, rank),
  CONSTRAINT ranking__tender_id__bid_id UNIQUE (tender_id, bid_id)
);

-- A decision names a ranked bid of a closed competition: the key of `ranking` is the only way in (S67, S69).
CREATE TABLE award (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  tender_id BIGINT NOT NULL,
  bid_id BIGINT NOT NULL,
  rank BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('decided', 'notified', 'refused')),
  decided_by BIGINT NOT NULL REFERENCES person (id),
  decided_at BIGINT NOT NULL,
  reason TEXT NOT NULL,
  refused_at BIGINT,
  refused_ground TEXT,
  refused_reason TEXT,
  FOREIGN KEY (tender_id, bid_id) REFERENCES ranking (tender_id, bid_id)
);
CREATE UNIQUE INDEX award__tender_id ON award (tender_id) WHERE state <> 'refused';
