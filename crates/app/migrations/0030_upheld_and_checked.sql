-- What an authority upheld against an office (E5): a challenge, a complaint, a listing, an audit finding. `director_id`
-- answers: the director of the day of the act, whoever directs the office later.
CREATE TABLE upheld_matter (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  number TEXT NOT NULL,
  office_id BIGINT NOT NULL REFERENCES office (id),
  director_id BIGINT NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL CHECK (kind IN ('challenge', 'complaint', 'listing', 'audit')),
  subject TEXT NOT NULL CHECK (length(subject) > 0),
  acted_on TEXT NOT NULL,
  year BIGINT NOT NULL,
  authority TEXT NOT NULL CHECK (length(authority) > 0),
  decision TEXT NOT NULL CHECK (length(decision) > 0),
  decided_on TEXT NOT NULL,
  evidence TEXT NOT NULL CHECK (length(evidence) > 0),
  recorded_by BIGINT NOT NULL REFERENCES person (id),
  recorded_at BIGINT NOT NULL,
  withdrawn_by BIGINT REFERENCES person (id),
  withdrawn_at BIGINT,
  withdrawn_why TEXT NOT NULL,
  CONSTRAINT upheld_matter__number UNIQUE (number),
  CONSTRAINT upheld_matter__authority__decision__office_id__subject UNIQUE (authority, decision, office_id, subject),
  CONSTRAINT upheld_matter__two_people CHECK (withdrawn_by IS NULL OR withdrawn_by <> recorded_by),
  CONSTRAINT upheld_matter__days CHECK (decided_on >= acted_on),
  CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL))
);
CREATE INDEX upheld_matter_office ON upheld_matter (office_id, year);

-- The telephone check of a survey: recipients of the ledger drawn by a published seed, and whether they are there, were
-- served and got a card (E2, TRUST 2h). Nobody is asked what they answered, and no row leads from a token to a card.
CREATE TABLE survey_check_draw (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  survey_id BIGINT NOT NULL REFERENCES survey (id),
  drawn_by BIGINT NOT NULL REFERENCES person (id),
  drawn_at BIGINT NOT NULL,
  need BIGINT NOT NULL CHECK (need > 0),
  seed TEXT NOT NULL,
  code_salt TEXT NOT NULL,
  record TEXT NOT NULL,
  CONSTRAINT survey_check_draw__survey_id UNIQUE (survey_id)
);
CREATE TABLE survey_check (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  draw_id BIGINT NOT NULL REFERENCES survey_check_draw (id),
  position BIGINT NOT NULL CHECK (position > 0),
  code TEXT NOT NULL,
  recipient_id BIGINT NOT NULL REFERENCES survey_recipient (id),
  outcome TEXT CHECK (outcome IN ('confirmed', 'not_served', 'no_card', 'not_reached')),
  note TEXT NOT NULL,
  recorded_by BIGINT REFERENCES person (id),
  recorded_at BIGINT,
  CONSTRAINT survey_check__draw_id__position UNIQUE (draw_id, position),
  CHECK ((outcome IS NULL) = (recorded_at IS NULL))
);
