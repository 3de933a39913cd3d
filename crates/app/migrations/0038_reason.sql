-- Why a doubtful condition does not stand in the way of a registration, or that it does, as one officer sees it (RULES 0).
CREATE TABLE finding_reason (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES registration_case (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  at BIGINT NOT NULL,
  finding TEXT NOT NULL CHECK (length(finding) > 0),
  rule TEXT NOT NULL CHECK (length(rule) > 0),
  said TEXT NOT NULL,
  stands BIGINT NOT NULL CHECK (stands IN (0, 1)),
  text TEXT NOT NULL CHECK (length(text) > 0),
  CONSTRAINT finding_reason__once UNIQUE (case_id, person_id, finding)
);
