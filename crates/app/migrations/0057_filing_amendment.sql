-- When a street put a filing to rights, what of it, and why (B20). What it said before stands in the journal.
CREATE TABLE filing_amendment (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  filing_id BIGINT NOT NULL REFERENCES filing (id),
  items TEXT NOT NULL,
  why TEXT NOT NULL,
  amended_by BIGINT REFERENCES person (id),
  amended_at BIGINT NOT NULL
);
CREATE INDEX filing_amendment_filing ON filing_amendment (filing_id, amended_at);
