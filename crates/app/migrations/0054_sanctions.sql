-- On which item of its regulation a penalty rests, what was unlawfully gained, what is confiscated, what is ordered beside
-- it, and what is sealed during a stop of activity (B23).

ALTER TABLE penalty ADD COLUMN offence TEXT;
ALTER TABLE penalty ADD COLUMN fine_beside_fen BIGINT CHECK (fine_beside_fen >= 0);
ALTER TABLE penalty ADD COLUMN illegal_turnover_fen BIGINT CHECK (illegal_turnover_fen >= 0);
ALTER TABLE penalty ADD COLUMN illegal_gains_fen BIGINT CHECK (illegal_gains_fen >= 0);
ALTER TABLE penalty ADD COLUMN fine_base TEXT CHECK (fine_base IN ('turnover', 'gains'));
ALTER TABLE penalty ADD COLUMN illegal_evidence TEXT;
ALTER TABLE penalty ADD COLUMN confiscated_fen BIGINT CHECK (confiscated_fen >= 0);
ALTER TABLE penalty ADD COLUMN mend_by TEXT;
ALTER TABLE penalty ADD COLUMN replaced TEXT;
ALTER TABLE penalty ADD COLUMN obeyed_on TEXT;
ALTER TABLE penalty ADD COLUMN sealed_on TEXT;
ALTER TABLE penalty ADD COLUMN given_back_on TEXT;
