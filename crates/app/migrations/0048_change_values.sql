-- What a change of a registered item is checked by: the street of a new domicile (B44), why a like name is no
-- confusion (B8), and by which the new head's other posts are found (B5).
ALTER TABLE change_case ADD COLUMN division TEXT;
ALTER TABLE change_case ADD COLUMN name_reason TEXT;
ALTER TABLE change_case ADD COLUMN identity_digest TEXT;
CREATE INDEX change_case_identity ON change_case (identity_digest);
