-- When an administrator set a password that its owner must change at the next sign-in; empty otherwise.
ALTER TABLE person ADD COLUMN reset_at BIGINT;

-- Who put a tie on record and when, how it was ended, and whether it was called an error (C38).
-- Rows without a declarer were put there by the bureau itself.
ALTER TABLE expert_relation ADD COLUMN declared_by BIGINT REFERENCES person (id);
ALTER TABLE expert_relation ADD COLUMN declared_at BIGINT;
ALTER TABLE expert_relation ADD COLUMN end_reason TEXT;
ALTER TABLE expert_relation ADD COLUMN error_state TEXT CHECK (error_state IN ('asked', 'confirmed', 'rejected'));
ALTER TABLE expert_relation ADD COLUMN error_reason TEXT;
ALTER TABLE expert_relation ADD COLUMN error_asked_by BIGINT REFERENCES person (id);
ALTER TABLE expert_relation ADD COLUMN error_asked_at BIGINT;
ALTER TABLE expert_relation ADD COLUMN error_decided_by BIGINT REFERENCES person (id);
ALTER TABLE expert_relation ADD COLUMN error_decided_at BIGINT;
