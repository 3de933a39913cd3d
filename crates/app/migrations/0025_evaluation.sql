-- Three-party evaluation of a contract, and feedback between office and organisation (E1-E3, E6, S71-S73, C56).

-- Deadlines may belong to a feedback: the closed list of kinds grows.
CREATE TABLE deadline_before AS SELECT * FROM deadline;
DROP TABLE deadline;
CREATE TABLE deadline (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  subject_kind TEXT NOT NULL CHECK (subject_kind IN ('case', 'filing', 'inspection', 'rating', 'listing', 'contract', 'acceptance', 'survey', 'evaluation', 'payment', 'fund', 'feedback')),
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

-- Weights are percent. The purchaser never has half, experts always count, and recipients wherever there are any.
CREATE TABLE evaluation_plan (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  contract_id BIGINT NOT NULL REFERENCES contract (id),
  service_kind TEXT NOT NULL CHECK (service_kind IN ('elderly', 'children', 'mediation', 'general', 'bureau_support')),
  w_experts BIGINT NOT NULL CHECK (w_experts > 0),
  w_recipients BIGINT NOT NULL CHECK (w_recipients >= 0),
  w_purchaser BIGINT NOT NULL CHECK (w_purchaser >= 0 AND w_purchaser < 50),
  w_third_party BIGINT NOT NULL CHECK (w_third_party >= 0),
  has_recipients BIGINT NOT NULL CHECK (has_recipients IN (0, 1)),
  no_recipients_reason TEXT NOT NULL,
  third_party TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('drafted', 'submitted', 'fixed')),
  rules_on TEXT NOT NULL,
  drafted_by BIGINT NOT NULL REFERENCES person (id),
  drafted_at BIGINT NOT NULL,
  checked_by BIGINT REFERENCES person (id),
  checked_at BIGINT,
  check_note TEXT NOT NULL,
  CONSTRAINT evaluation_plan__contract_id UNIQUE (contract_id),
  CONSTRAINT evaluation_plan__weights CHECK (w_experts + w_recipients + w_purchaser + w_third_party = 100),
  CONSTRAINT evaluation_plan__recipients CHECK ((has_recipients = 1 AND w_recipients > 0 AND w_third_party = 0)
    OR (has_recipients = 0 AND w_recipients = 0 AND w_third_party > 0)),
  CONSTRAINT evaluation_plan__two_people CHECK (checked_by IS NULL OR checked_by <> drafted_by),
  CHECK (stage <> 'fixed' OR (checked_by IS NOT NULL AND checked_at IS NOT NULL))
);

CREATE TABLE evaluation_indicator (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  plan_id BIGINT NOT NULL REFERENCES evaluation_plan (id),
  position BIGINT NOT NULL CHECK (position > 0),
  group_code TEXT NOT NULL CHECK (group_code IN ('budget_execution', 'quantity', 'quality', 'time', 'cost', 'effect', 'satisfaction')),
  code TEXT NOT NULL,
  title_zh TEXT NOT NULL,
  title_en TEXT NOT NULL,
  points BIGINT NOT NULL CHECK (points > 0),
  target TEXT NOT NULL,
  CONSTRAINT evaluation_indicator__plan_id__position UNIQUE (plan_id, position)
);

-- A round. Scores and result are hundredths of a point; expert_sum over expert_count and satisfied over valid stay
-- fractions, frozen when the result goes to the provider.
CREATE TABLE evaluation (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  contract_id BIGINT NOT NULL REFERENCES contract (id),
  plan_id BIGINT NOT NULL REFERENCES evaluation_plan (id),
  kind TEXT NOT NULL CHECK (kind IN ('mid_term', 'yearly', 'final')),
  round BIGINT NOT NULL CHECK (round > 0),
  stage TEXT NOT NULL CHECK (stage IN ('reporting', 'scoring', 'hearing', 'published')),
  opened_by BIGINT NOT NULL REFERENCES person (id),
  opened_at BIGINT NOT NULL,
  reported_by BIGINT REFERENCES person (id),
  reported_at BIGINT,
  purchaser_score BIGINT CHECK (purchaser_score BETWEEN 0 AND 10000),
  purchaser_evidence TEXT NOT NULL,
  purchaser_by BIGINT REFERENCES person (id),
  purchaser_at BIGINT,
  third_score BIGINT CHECK (third_score BETWEEN 0 AND 10000),
  third_evidence TEXT NOT NULL,
  third_by BIGINT REFERENCES person (id),
  third_at BIGINT,
  expert_sum BIGINT,
  expert_count BIGINT,
  recipients BIGINT,
  sample_minimum BIGINT,
  valid BIGINT,
  satisfied BIGINT,
  total BIGINT CHECK (total BETWEEN 0 AND 10000),
  grade TEXT CHECK (grade IN ('you', 'liang', 'zhong', 'cha')),
  sent_by BIGINT REFERENCES person (id),
  sent_at BIGINT,
  reply_until TEXT,
  reply TEXT,
  replied_by BIGINT REFERENCES person (id),
  replied_at BIGINT,
  answer TEXT,
  answered_by BIGINT REFERENCES person (id),
  answered_at BIGINT,
  published_by BIGINT REFERENCES person (id),
  published_at BIGINT,
  document_code TEXT,
  CONSTRAINT evaluation__contract_id__kind__round UNIQUE (contract_id, kind, round),
  CHECK ((total IS NULL) = (grade IS NULL)),
  CHECK (stage <> 'published' OR published_at IS NOT NULL),
  CONSTRAINT evaluation__graded CHECK (stage <> 'published' OR kind = 'mid_term' OR total IS NOT NULL),
  CONSTRAINT evaluation__answered CHECK (stage <> 'published' OR reply IS NULL OR answer IS NOT NULL)
);
CREATE INDEX evaluation_contract ON evaluation (contract_id);
CREATE INDEX evaluation_published ON evaluation (published_at);

CREATE TABLE evaluation_actual (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  evaluation_id BIGINT NOT NULL REFERENCES evaluation (id),
  indicator_id BIGINT NOT NULL REFERENCES evaluation_indicator (id),
  actual TEXT NOT NULL,
  CONSTRAINT evaluation_actual__evaluation_id__indicator_id UNIQUE (evaluation_id, indicator_id)
);

CREATE TABLE evaluation_draw (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  evaluation_id BIGINT NOT NULL REFERENCES evaluation (id),
  attempt BIGINT NOT NULL CHECK (attempt > 0),
  need BIGINT NOT NULL CHECK (need > 0),
  drawn_by BIGINT NOT NULL REFERENCES person (id),
  drawn_at BIGINT NOT NULL,
  seed TEXT NOT NULL,
  code_salt TEXT NOT NULL,
  record TEXT NOT NULL,
  CONSTRAINT evaluation_draw__evaluation_id__attempt UNIQUE (evaluation_id, attempt)
);

-- The public knows a seat by its code; the name is the bureau's.
CREATE TABLE evaluation_seat (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  evaluation_id BIGINT NOT NULL REFERENCES evaluation (id),
  draw_id BIGINT NOT NULL REFERENCES evaluation_draw (id),
  expert_id BIGINT NOT NULL REFERENCES expert (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  code TEXT NOT NULL,
  recused_at BIGINT,
  recuse_reason TEXT NOT NULL,
  locked_at BIGINT,
  CONSTRAINT evaluation_seat__evaluation_id__person_id UNIQUE (evaluation_id, person_id),
  CHECK (recused_at IS NULL OR locked_at IS NULL)
);
CREATE INDEX evaluation_seat_person ON evaluation_seat (person_id);

CREATE TABLE evaluation_score (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  seat_id BIGINT NOT NULL REFERENCES evaluation_seat (id),
  indicator_id BIGINT NOT NULL REFERENCES evaluation_indicator (id),
  points BIGINT CHECK (points BETWEEN 0 AND 10000),
  reason TEXT NOT NULL,
  CONSTRAINT evaluation_score__seat_id__indicator_id UNIQUE (seat_id, indicator_id)
);

-- One row for each project that was closed, and for each further year that a long contract may go on.
CREATE TABLE project_closing (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  contract_id BIGINT NOT NULL REFERENCES contract (id),
  evaluation_id BIGINT NOT NULL REFERENCES evaluation (id),
  closed_by BIGINT NOT NULL REFERENCES person (id),
  closed_at BIGINT NOT NULL,
  CONSTRAINT project_closing__contract_id UNIQUE (contract_id)
);

CREATE TABLE contract_year (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  contract_id BIGINT NOT NULL REFERENCES contract (id),
  year BIGINT NOT NULL CHECK (year > 1),
  evaluation_id BIGINT NOT NULL REFERENCES evaluation (id),
  decided_by BIGINT NOT NULL REFERENCES person (id),
  decided_at BIGINT NOT NULL,
  CONSTRAINT contract_year__contract_id__year UNIQUE (contract_id, year)
);

CREATE TABLE office_feedback (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  contract_id BIGINT NOT NULL REFERENCES contract (id),
  way TEXT NOT NULL CHECK (way IN ('to_organisation', 'to_office')),
  matter TEXT NOT NULL CHECK (matter IN ('milestone', 'late_payment', 'unclear_need', 'outside_contract', 'other')),
  milestone BIGINT,
  words TEXT NOT NULL,
  evidence TEXT NOT NULL,
  given_by BIGINT NOT NULL REFERENCES person (id),
  given_at BIGINT NOT NULL,
  acknowledged_by BIGINT REFERENCES person (id),
  acknowledged_at BIGINT,
  answer TEXT,
  answered_by BIGINT REFERENCES person (id),
  answered_at BIGINT,
  CHECK ((matter = 'milestone') = (way = 'to_organisation')),
  CHECK ((matter = 'milestone') = (milestone IS NOT NULL)),
  CHECK ((answer IS NULL) = (answered_at IS NULL))
);
CREATE INDEX office_feedback_contract ON office_feedback (contract_id);

-- What an organisation thinks of an office: shown in whole groups, or once the contract is over.
CREATE TABLE office_judgement (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  contract_id BIGINT NOT NULL REFERENCES contract (id),
  office_id BIGINT NOT NULL REFERENCES office (id),
  mark BIGINT NOT NULL CHECK (mark BETWEEN 1 AND 5),
  words TEXT NOT NULL,
  given_by BIGINT NOT NULL REFERENCES person (id),
  given_at BIGINT NOT NULL,
  CONSTRAINT office_judgement__contract_id UNIQUE (contract_id)
);
CREATE INDEX office_judgement_office ON office_judgement (office_id);

-- For the discipline role alone.
CREATE TABLE retaliation (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  contract_id BIGINT NOT NULL REFERENCES contract (id),
  words TEXT NOT NULL,
  evidence TEXT NOT NULL,
  given_by BIGINT NOT NULL REFERENCES person (id),
  given_at BIGINT NOT NULL,
  finding TEXT,
  found_by BIGINT REFERENCES person (id),
  found_at BIGINT,
  CHECK ((finding IS NULL) = (found_at IS NULL))
);
CREATE INDEX retaliation_contract ON retaliation (contract_id);
