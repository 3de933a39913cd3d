-- A post may end at one street or town.
ALTER TABLE post ADD COLUMN street BIGINT;
