-- A change and a cancellation are taken up before they are reviewed, or returned once with every defect (B9). What was
-- asked for before has nothing here and counts as taken up.
ALTER TABLE change_case ADD COLUMN intake TEXT CHECK (intake IN ('received', 'returned', 'accepted'));
ALTER TABLE change_case ADD COLUMN received_on TEXT;
ALTER TABLE change_case ADD COLUMN is_corrected BIGINT CHECK (is_corrected IN (0, 1));
ALTER TABLE change_case ADD COLUMN defects TEXT;
ALTER TABLE change_case ADD COLUMN accepted_by BIGINT REFERENCES person (id);
ALTER TABLE change_case ADD COLUMN accepted_on TEXT;
ALTER TABLE ending_case ADD COLUMN intake TEXT CHECK (intake IN ('received', 'returned', 'accepted'));
ALTER TABLE ending_case ADD COLUMN received_on TEXT;
ALTER TABLE ending_case ADD COLUMN is_corrected BIGINT CHECK (is_corrected IN (0, 1));
ALTER TABLE ending_case ADD COLUMN defects TEXT;
ALTER TABLE ending_case ADD COLUMN accepted_by BIGINT REFERENCES person (id);
ALTER TABLE ending_case ADD COLUMN accepted_on TEXT;
