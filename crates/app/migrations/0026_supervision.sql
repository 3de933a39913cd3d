-- Director's account, supervision of purchase and the archive (C57, E4, E5, E7, S47, S63, S67, S68).

-- Joint work of offices on an item (S47): named by the item's office, confirmed by the other one.
CREATE TABLE joint_work (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  item_id BIGINT NOT NULL REFERENCES item (id),
  office_id BIGINT NOT NULL REFERENCES office (id),
  share TEXT NOT NULL CHECK (length(share) > 0),
  named_by BIGINT NOT NULL REFERENCES person (id),
  named_at BIGINT NOT NULL,
  confirmed_by BIGINT REFERENCES person (id),
  confirmed_at BIGINT,
  CONSTRAINT joint_work__item_id__office_id UNIQUE (item_id, office_id),
  CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
  CONSTRAINT joint_work__two_people CHECK (confirmed_by IS NULL OR confirmed_by <> named_by)
);

-- What caps an office's yearly result once it is proven (E4). `director_id` answers: the director of the day of the act (E5).
CREATE TABLE veto (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  number TEXT NOT NULL,
  office_id BIGINT NOT NULL REFERENCES office (id),
  director_id BIGINT NOT NULL REFERENCES person (id),
  ground TEXT NOT NULL CHECK (ground IN ('designation', 'unlawful_allocation', 'splitting', 'acceptance_alone')),
  subject TEXT NOT NULL,
  acted_on TEXT NOT NULL,
  year BIGINT NOT NULL,
  evidence TEXT NOT NULL CHECK (length(evidence) > 0),
  state TEXT NOT NULL CHECK (state IN ('raised', 'proven', 'unfounded')),
  raised_by BIGINT NOT NULL REFERENCES person (id),
  raised_at BIGINT NOT NULL,
  decided_by BIGINT REFERENCES person (id),
  decided_at BIGINT,
  reason TEXT NOT NULL,
  CONSTRAINT veto__number UNIQUE (number),
  CONSTRAINT veto__two_people CHECK (decided_by IS NULL OR decided_by <> raised_by),
  CONSTRAINT veto__decided CHECK ((state = 'raised') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL))
);
CREATE INDEX veto_office ON veto (office_id, year);

-- What the tables prove to be late, missing or odd, from the day it was first seen until it is set right.
CREATE TABLE supervision_finding (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  number BIGINT NOT NULL,
  kind TEXT NOT NULL,
  row_id BIGINT NOT NULL,
  occasion TEXT NOT NULL,
  subject TEXT NOT NULL,
  title TEXT NOT NULL,
  office_id BIGINT NOT NULL REFERENCES office (id),
  director_id BIGINT REFERENCES person (id),
  arose_on TEXT NOT NULL,
  due_on TEXT,
  rules_on TEXT NOT NULL,
  first_seen_at BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'cured')),
  cured_at BIGINT,
  CONSTRAINT supervision_finding__number UNIQUE (number),
  CONSTRAINT supervision_finding__kind__row_id__occasion UNIQUE (kind, row_id, occasion),
  CHECK ((state = 'cured') = (cured_at IS NOT NULL))
);
CREATE INDEX supervision_finding_office ON supervision_finding (office_id, state);
CREATE INDEX supervision_finding_state ON supervision_finding (state, arose_on);

-- An errand to set a finding right; whoever answers it never closes it.
CREATE TABLE ticket (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  number TEXT NOT NULL,
  finding_id BIGINT NOT NULL REFERENCES supervision_finding (id),
  office_id BIGINT NOT NULL REFERENCES office (id),
  demand TEXT NOT NULL CHECK (length(demand) > 0),
  opened_by BIGINT NOT NULL REFERENCES person (id),
  opened_at BIGINT NOT NULL,
  due_on TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'closed', 'cured')),
  answer TEXT NOT NULL,
  answered_by BIGINT REFERENCES person (id),
  answered_at BIGINT,
  returns BIGINT NOT NULL CHECK (returns >= 0),
  escalated_at BIGINT,
  escalated_by BIGINT REFERENCES person (id),
  closed_by BIGINT REFERENCES person (id),
  closed_at BIGINT,
  closed_why TEXT NOT NULL,
  CONSTRAINT ticket__number UNIQUE (number),
  CONSTRAINT ticket__two_people CHECK (closed_by IS NULL OR answered_by IS NULL OR closed_by <> answered_by),
  CONSTRAINT ticket__ended CHECK ((state IN ('closed', 'cured')) = (closed_at IS NOT NULL)),
  CONSTRAINT ticket__answered CHECK (state <> 'answered' OR answered_at IS NOT NULL)
);
CREATE UNIQUE INDEX ticket__finding_id ON ticket (finding_id) WHERE state IN ('open', 'answered');
CREATE INDEX ticket_office ON ticket (office_id, state);

-- What a district reports of money spent, as two parts and never as a percentage (E7, E8, E10).
CREATE TABLE district_report (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  indicator TEXT NOT NULL CHECK (indicator IN ('community_spending', 'elderly_spending')),
  district TEXT NOT NULL,
  year BIGINT NOT NULL,
  quarter BIGINT NOT NULL CHECK (quarter BETWEEN 1 AND 4),
  part_fen BIGINT NOT NULL CHECK (part_fen >= 0),
  whole_fen BIGINT NOT NULL CHECK (whole_fen > 0),
  evidence TEXT NOT NULL CHECK (length(evidence) > 0),
  office_id BIGINT NOT NULL REFERENCES office (id),
  reported_by BIGINT NOT NULL REFERENCES person (id),
  reported_at BIGINT NOT NULL,
  CONSTRAINT district_report__indicator__district__year__quarter UNIQUE (indicator, district, year, quarter),
  CONSTRAINT district_report__part CHECK (part_fen <= whole_fen)
);
