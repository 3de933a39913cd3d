-- What the social organisation bureau wants the register to reach in a year (S12). A target that is set again stands
-- beside the earlier one; the one that was not replaced counts.
CREATE TABLE register_target (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  figure TEXT NOT NULL CHECK (figure IN ('stock', 'density', 'growth')),
  year BIGINT NOT NULL,
  value BIGINT NOT NULL CHECK (value > 0),
  reason TEXT NOT NULL CHECK (length(reason) > 0),
  set_by BIGINT NOT NULL REFERENCES person (id),
  set_at BIGINT NOT NULL,
  replaced_at BIGINT
);
CREATE UNIQUE INDEX register_target__in_force ON register_target (year, figure) WHERE replaced_at IS NULL;
