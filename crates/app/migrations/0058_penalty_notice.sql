-- What a penalty of the registrar's own goes through before it is decided: told with its last days, answered, called to a
-- hearing, heard, and decided with a reason (B23). Penalties that stand from before keep none of it.

ALTER TABLE penalty ADD COLUMN noticed_by BIGINT REFERENCES person (id);
ALTER TABLE penalty ADD COLUMN noticed_at BIGINT;
ALTER TABLE penalty ADD COLUMN stop_days BIGINT CHECK (stop_days > 0);
ALTER TABLE penalty ADD COLUMN answer_by TEXT;
ALTER TABLE penalty ADD COLUMN hearing_by TEXT;
ALTER TABLE penalty ADD COLUMN statement_kind TEXT CHECK (statement_kind IN ('waived', 'written', 'hearing'));
ALTER TABLE penalty ADD COLUMN statement TEXT;
ALTER TABLE penalty ADD COLUMN stated_by BIGINT REFERENCES person (id);
ALTER TABLE penalty ADD COLUMN stated_at BIGINT;
ALTER TABLE penalty ADD COLUMN hearing_on TEXT;
ALTER TABLE penalty ADD COLUMN hearing_place TEXT;
ALTER TABLE penalty ADD COLUMN heard_on TEXT;
ALTER TABLE penalty ADD COLUMN hearing_note TEXT;
ALTER TABLE penalty ADD COLUMN decision TEXT;
CREATE INDEX penalty_recorded ON penalty (recorded_at) WHERE state = 'recorded';
