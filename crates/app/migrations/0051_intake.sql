-- A change and a cancellation are taken up before they are reviewed, or returned once with every defect (B9); until the
-- decision it may be taken back. What was asked for before has nothing here and counts as taken up.
ALTER TABLE change_case ADD COLUMN intake TEXT CHECK (intake IN ('received', 'returned', 'accepted', 'withdrawn'));
ALTER TABLE change_case ADD COLUMN received_on TEXT;
ALTER TABLE change_case ADD COLUMN is_corrected BIGINT CHECK (is_corrected IN (0, 1));
ALTER TABLE change_case ADD COLUMN defects TEXT;
ALTER TABLE change_case ADD COLUMN accepted_by BIGINT REFERENCES person (id);
ALTER TABLE change_case ADD COLUMN accepted_on TEXT;
ALTER TABLE ending_case ADD COLUMN intake TEXT CHECK (intake IN ('received', 'returned', 'accepted', 'withdrawn'));
ALTER TABLE ending_case ADD COLUMN received_on TEXT;
ALTER TABLE ending_case ADD COLUMN is_corrected BIGINT CHECK (is_corrected IN (0, 1));
ALTER TABLE ending_case ADD COLUMN defects TEXT;
ALTER TABLE ending_case ADD COLUMN accepted_by BIGINT REFERENCES person (id);
ALTER TABLE ending_case ADD COLUMN accepted_on TEXT;
DROP INDEX change_case__organisation_id__item;
CREATE UNIQUE INDEX change_case__organisation_id__item ON change_case (organisation_id, item)
  WHERE stage IN ('applied', 'reviewed') AND (intake IS NULL OR intake <> 'withdrawn');
DROP INDEX ending_case__organisation_id__kind;
CREATE UNIQUE INDEX ending_case__organisation_id__kind ON ending_case (organisation_id, kind)
  WHERE stage NOT IN ('decided', 'dropped') AND (intake IS NULL OR intake <> 'withdrawn');
