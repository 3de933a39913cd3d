-- Rating of social organisations: rounds, the two bodies, applications from eligibility to plaque (B28-B34).

CREATE TABLE rating_round (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  number TEXT NOT NULL,
  title TEXT NOT NULL,
  notice TEXT NOT NULL,
  apply_until TEXT NOT NULL,
  opened_by BIGINT NOT NULL REFERENCES person (id),
  opened_at BIGINT NOT NULL,
  CONSTRAINT rating_round__number UNIQUE (number)
);

-- The rating committee and the review board, each for a term (B32).
CREATE TABLE rating_body (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('committee', 'review_board')),
  name TEXT NOT NULL,
  term_from TEXT NOT NULL,
  term_until TEXT NOT NULL,
  formed_by BIGINT NOT NULL REFERENCES person (id),
  formed_at BIGINT NOT NULL,
  CHECK (term_from <= term_until)
);

CREATE TABLE rating_member (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  body_id BIGINT NOT NULL REFERENCES rating_body (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  position BIGINT NOT NULL,
  CONSTRAINT rating_member__body_id__person_id UNIQUE (body_id, person_id)
);
CREATE INDEX rating_member_person ON rating_member (person_id);

CREATE TABLE rating_case (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  number TEXT NOT NULL,
  round_id BIGINT NOT NULL REFERENCES rating_round (id),
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  stage TEXT NOT NULL CHECK (stage IN ('applied', 'ineligible', 'eligible', 'visiting', 'assessed', 'decided', 'publicised', 'appealed', 'reviewed', 'confirmed')),
  rules_on TEXT NOT NULL,
  statement TEXT NOT NULL,
  applied_by BIGINT NOT NULL REFERENCES person (id),
  applied_at BIGINT NOT NULL,
  eligibility TEXT NOT NULL,
  checked_by BIGINT REFERENCES person (id),
  checked_at BIGINT,
  check_note TEXT NOT NULL,
  agency_id BIGINT REFERENCES organisation (id),
  opinion TEXT NOT NULL,
  points_sum BIGINT,
  points_count BIGINT CHECK (points_count > 0),
  opinion_at BIGINT,
  grade TEXT CHECK (grade IN ('1a', '2a', '3a', '4a', '5a')),
  decided_at BIGINT,
  decision_reason TEXT NOT NULL,
  publicised_at BIGINT,
  public_until TEXT,
  reported_on TEXT,
  confirmed_by BIGINT REFERENCES person (id),
  confirmed_at BIGINT,
  grade_id BIGINT REFERENCES rating_grade (id),
  CONSTRAINT rating_case__number UNIQUE (number),
  CHECK ((points_sum IS NULL) = (points_count IS NULL)),
  CHECK ((publicised_at IS NULL) = (public_until IS NULL)),
  CHECK (stage <> 'confirmed' OR confirmed_at IS NOT NULL)
);
CREATE INDEX rating_case_organisation ON rating_case (organisation_id);
CREATE INDEX rating_case_round ON rating_case (round_id);
CREATE INDEX rating_case_stage ON rating_case (stage);

-- An expert on a visit: sits, or stepped back and made room for another.
CREATE TABLE rating_visitor (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES rating_case (id),
  expert_id BIGINT NOT NULL REFERENCES expert (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  state TEXT NOT NULL CHECK (state IN ('sits', 'recused')),
  reason TEXT NOT NULL,
  appointed_at BIGINT NOT NULL,
  total BIGINT,
  locked_at BIGINT,
  CHECK ((total IS NULL) = (locked_at IS NULL)),
  CONSTRAINT rating_visitor__case_id__expert_id UNIQUE (case_id, expert_id)
);
CREATE INDEX rating_visitor_person ON rating_visitor (person_id);

-- One item of one expert's sheet, in hundredths of a point.
CREATE TABLE rating_mark (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  visitor_id BIGINT NOT NULL REFERENCES rating_visitor (id),
  item TEXT NOT NULL,
  points BIGINT CHECK (points >= 0),
  remark TEXT NOT NULL,
  saved_at BIGINT NOT NULL,
  CONSTRAINT rating_mark__visitor_id__item UNIQUE (visitor_id, item)
);

-- A sitting of a body over one case; a new one adjourns the one before.
CREATE TABLE rating_meeting (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES rating_case (id),
  body_id BIGINT NOT NULL REFERENCES rating_body (id),
  attempt BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'decided', 'adjourned')),
  held_on TEXT NOT NULL,
  called_by BIGINT NOT NULL REFERENCES person (id),
  outcome TEXT CHECK (outcome IN ('none', '1a', '2a', '3a', '4a', '5a')),
  reason TEXT NOT NULL,
  concluded_at BIGINT,
  CHECK ((state = 'decided') = (outcome IS NOT NULL)),
  CONSTRAINT rating_meeting__case_id__attempt UNIQUE (case_id, attempt)
);

-- Every member of the body at a sitting: present, absent or recused, and how the member voted.
CREATE TABLE rating_ballot (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  meeting_id BIGINT NOT NULL REFERENCES rating_meeting (id),
  member_id BIGINT NOT NULL REFERENCES rating_member (id),
  state TEXT NOT NULL CHECK (state IN ('present', 'absent', 'recused')),
  choice TEXT CHECK (choice IN ('none', '1a', '2a', '3a', '4a', '5a')),
  reason TEXT NOT NULL,
  cast_at BIGINT,
  CHECK ((choice IS NULL) = (cast_at IS NULL)),
  CHECK (choice IS NULL OR state = 'present'),
  CONSTRAINT rating_ballot__meeting_id__member_id UNIQUE (meeting_id, member_id)
);

CREATE TABLE rating_appeal (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES rating_case (id),
  text TEXT NOT NULL,
  filed_by BIGINT NOT NULL REFERENCES person (id),
  filed_at BIGINT NOT NULL,
  is_upheld BIGINT CHECK (is_upheld IN (0, 1)),
  decided_on TEXT,
  served_at BIGINT,
  CHECK ((is_upheld IS NULL) = (decided_on IS NULL)),
  CONSTRAINT rating_appeal__case_id UNIQUE (case_id)
);

-- A plaque that was given; it goes back when its grade is lowered or cancelled.
CREATE TABLE rating_plaque (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES rating_case (id),
  grade_id BIGINT NOT NULL REFERENCES rating_grade (id),
  given_on TEXT NOT NULL,
  due_back_on TEXT,
  returned_on TEXT,
  CHECK (returned_on IS NULL OR due_back_on IS NOT NULL),
  CONSTRAINT rating_plaque__grade_id UNIQUE (grade_id)
);

-- A grade lowered or cancelled on a listed ground; `to_grade_id` is the lower one that follows.
CREATE TABLE rating_lowering (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES rating_case (id),
  grade_id BIGINT NOT NULL REFERENCES rating_grade (id),
  to_grade_id BIGINT REFERENCES rating_grade (id),
  ground TEXT NOT NULL CHECK (ground IN ('false_material', 'forged_certificate', 'basic_two_years', 'failed_or_absent', 'penalty')),
  reason TEXT NOT NULL,
  decided_by BIGINT NOT NULL REFERENCES person (id),
  decided_at BIGINT NOT NULL
);
CREATE INDEX rating_lowering_case ON rating_lowering (case_id);
