-- Who has a case: the person of the office from whom its next step is expected; nobody when it was never given.
ALTER TABLE registration_case ADD COLUMN holder_id BIGINT REFERENCES person (id);
CREATE INDEX registration_case_holder ON registration_case (holder_id)
