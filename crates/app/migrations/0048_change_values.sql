-- What a change of a registered item is checked by: the street of a new domicile (B44), and why a like name is no
-- confusion (B8).
ALTER TABLE change_case ADD COLUMN division TEXT;
ALTER TABLE change_case ADD COLUMN name_reason TEXT;
