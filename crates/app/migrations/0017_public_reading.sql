-- What visitors may see moves this counter with it, in the same commit; a sealed bid never does.
INSERT INTO counter (name, value) VALUES ('public', 0);

-- How many organisations there are of each sort: derived from the register, so neither versioned nor journalled.
-- An empty field stands for all fields, an empty place for the city; a place is a district or a street.
CREATE TABLE organisation_count (
  field TEXT NOT NULL,
  place TEXT NOT NULL,
  kind TEXT NOT NULL,
  legal TEXT NOT NULL,
  status TEXT NOT NULL,
  listing TEXT NOT NULL,
  is_supervised BIGINT NOT NULL,
  number BIGINT NOT NULL,
  PRIMARY KEY (field, place, kind, legal, status, listing, is_supervised)
) /* WITHOUT ROWID */;
INSERT INTO organisation_count (field, place, kind, legal, status, listing, is_supervised, number)
SELECT f.code, p.place, p.kind, p.legal, p.status, p.listing, p.is_supervised, count(*)
FROM (
  SELECT '' AS place, kind, legal, status, listing, is_supervised, fields FROM organisation
  UNION ALL SELECT district, kind, legal, status, listing, is_supervised, fields FROM organisation
  UNION ALL SELECT division, kind, legal, status, listing, is_supervised, fields FROM organisation
) AS p
JOIN (
  SELECT '' AS code
  UNION ALL SELECT 'elderly_care'
  UNION ALL SELECT 'child_and_youth'
  UNION ALL SELECT 'mediation_and_governance'
  UNION ALL SELECT 'general_service'
  UNION ALL SELECT 'rating_and_assessment'
  UNION ALL SELECT 'training'
  UNION ALL SELECT 'appraisal'
  UNION ALL SELECT 'community'
  UNION ALL SELECT 'charity'
  UNION ALL SELECT 'science_popularisation'
  UNION ALL SELECT 'heritage'
  UNION ALL SELECT 'social_work'
  UNION ALL SELECT 'volunteering'
  UNION ALL SELECT 'disability_support'
  UNION ALL SELECT 'environment'
  UNION ALL SELECT 'health'
  UNION ALL SELECT 'legal_and_psychological_aid'
  UNION ALL SELECT 'trade_and_industry'
  UNION ALL SELECT 'research'
) AS f ON f.code = '' OR p.fields LIKE '%,' || f.code || ',%'
GROUP BY f.code, p.place, p.kind, p.legal, p.status, p.listing, p.is_supervised;

-- The same pairs as before, kept once instead of twice: the key is the whole row.
CREATE TABLE search_pair (
  term BIGINT NOT NULL,
  organisation_id BIGINT NOT NULL,
  PRIMARY KEY (term, organisation_id)
) /* WITHOUT ROWID */;
INSERT INTO search_pair (term, organisation_id)
SELECT term, organisation_id FROM search_term ORDER BY term, organisation_id;
DROP TABLE search_term;
ALTER TABLE search_pair RENAME TO search_term;

-- A page of the directory is read in its own order, so the order stands behind each filter.
DROP INDEX organisation_district;
DROP INDEX organisation_division;
DROP INDEX organisation_kind;
DROP INDEX organisation_listing;
DROP INDEX organisation_legal;
CREATE INDEX organisation_district ON organisation (district, pinyin, id);
CREATE INDEX organisation_division ON organisation (division, pinyin, id);
CREATE INDEX organisation_kind ON organisation (kind, pinyin, id);
CREATE INDEX organisation_listing ON organisation (listing, pinyin, id);
CREATE INDEX organisation_legal ON organisation (legal, pinyin, id);
CREATE INDEX organisation_status ON organisation (status, pinyin, id);
