-- How many organisations ended, by the years in which they began and ended: derived from the register and its changes
-- of status, so neither versioned nor journalled. One that was revoked and then struck off ended once, at the first.
CREATE TABLE end_count (
  began TEXT NOT NULL,
  ended TEXT NOT NULL,
  kind TEXT NOT NULL,
  legal TEXT NOT NULL,
  number BIGINT NOT NULL,
  PRIMARY KEY (began, ended, kind, legal)
) /* WITHOUT ROWID */;
INSERT INTO end_count (began, ended, kind, legal, number)
SELECT substr(o.registered_on, 1, 4), substr(e.ended_on, 1, 4), o.kind, o.legal, count(*)
FROM (SELECT organisation_id, min(from_on) AS ended_on FROM status_change
      WHERE status IN ('cancelled', 'revoked') GROUP BY organisation_id) e
JOIN organisation o ON o.id = e.organisation_id
GROUP BY substr(o.registered_on, 1, 4), substr(e.ended_on, 1, 4), o.kind, o.legal;
