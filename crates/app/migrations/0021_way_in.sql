-- How to reach whoever made their own account at the window; empty for accounts that were opened for people.
ALTER TABLE person ADD COLUMN contact TEXT;

-- The filing that a registration grows out of: it ends when the certificate is issued (B20).
ALTER TABLE registration_case ADD COLUMN filing_id BIGINT REFERENCES filing (id);
CREATE INDEX registration_case_filing ON registration_case (filing_id);
