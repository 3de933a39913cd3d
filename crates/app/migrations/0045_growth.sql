-- Growth by district and field (S6): an organisation counts once more in its district's year, a place of ten
-- digits such as '3201042013', and in the year of each of its fields.
INSERT INTO organisation_count (field, place, kind, legal, status, listing, is_supervised, number)
SELECT '', district || substr(registered_on, 1, 4), kind, legal, status, listing, is_supervised, count(*)
FROM organisation
GROUP BY district || substr(registered_on, 1, 4), kind, legal, status, listing, is_supervised;
INSERT INTO organisation_count (field, place, kind, legal, status, listing, is_supervised, number)
SELECT f.code, substr(o.registered_on, 1, 4), o.kind, o.legal, o.status, o.listing, o.is_supervised, count(*)
FROM organisation o
JOIN (SELECT DISTINCT field AS code FROM organisation_count WHERE field <> '') f ON o.fields LIKE '%,' || f.code || ',%'
GROUP BY f.code, substr(o.registered_on, 1, 4), o.kind, o.legal, o.status, o.listing, o.is_supervised;

-- Ends are counted for the whole city (no part), for each district and for each field.
DROP TABLE end_count;
CREATE TABLE end_count (
  part TEXT NOT NULL,
  began TEXT NOT NULL,
  ended TEXT NOT NULL,
  kind TEXT NOT NULL,
  legal TEXT NOT NULL,
  number BIGINT NOT NULL,
  PRIMARY KEY (part, began, ended, kind, legal)
) /* WITHOUT ROWID */;
INSERT INTO end_count (part, began, ended, kind, legal, number)
SELECT p.part, substr(o.registered_on, 1, 4), substr(e.ended_on, 1, 4), o.kind, o.legal, count(*)
FROM (SELECT organisation_id, min(from_on) AS ended_on FROM status_change
      WHERE status IN ('cancelled', 'revoked') GROUP BY organisation_id) e
JOIN organisation o ON o.id = e.organisation_id
JOIN (SELECT DISTINCT field AS part FROM organisation_count
      UNION SELECT DISTINCT district FROM organisation) p
  ON p.part = '' OR p.part = o.district OR o.fields LIKE '%,' || p.part || ',%'
GROUP BY p.part, substr(o.registered_on, 1, 4), substr(e.ended_on, 1, 4), o.kind, o.legal;
