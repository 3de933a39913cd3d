-- The year from which an organisation is in the register counts as a place of its own: four digits beside the six of
-- a district and the nine of a street. The figures by year are then a sum of cells, for any number of organisations.
INSERT INTO organisation_count (field, place, kind, legal, status, listing, is_supervised, number)
SELECT '', substr(registered_on, 1, 4), kind, legal, status, listing, is_supervised, count(*)
FROM organisation
GROUP BY substr(registered_on, 1, 4), kind, legal, status, listing, is_supervised;

-- Ends are few beside all changes of status.
CREATE INDEX status_change_status ON status_change (status, from_on, organisation_id);

-- The inbox asks what waits: each of these leads to the few rows that do, past all that are done.
CREATE INDEX inspection_state ON inspection (state, year, id);
CREATE INDEX inspection_absent ON inspection (state, absent_on, id);
CREATE INDEX rectification_state ON rectification (state, due_on, id);
CREATE INDEX rating_plaque_back ON rating_plaque (due_back_on, returned_on);
CREATE INDEX penalty_state ON penalty (state, kind);
CREATE INDEX credit_listing_open ON credit_listing (list, removed_on, organisation_id);
CREATE INDEX credit_listing_listed ON credit_listing (listed_on, arose_on);
CREATE INDEX deadline_open ON deadline (subject_kind, done_at, due_on);
CREATE INDEX registration_opinion_person ON registration_opinion (person_id);
CREATE INDEX item_stage ON item (stage);
CREATE INDEX award_state ON award (state);
CREATE INDEX question_answered ON question (answered_at, tender_id);
CREATE INDEX contract_stage ON contract (stage);
CREATE INDEX evaluation_plan_stage ON evaluation_plan (stage);
CREATE INDEX evaluation_stage ON evaluation (stage);
CREATE INDEX office_feedback_way ON office_feedback (way, given_at);
CREATE INDEX ticket_state ON ticket (state, due_on);

-- A profile, and an organisation's own page, read what belongs to it.
CREATE INDEX ending_case_organisation ON ending_case (organisation_id);
CREATE INDEX change_case_organisation ON change_case (organisation_id);
CREATE INDEX removal_case_organisation ON removal_case (organisation_id);

-- How often each answer was given to a survey, and how many cards it has (no answer, means 'issued'): derived from the
-- rows on record, so neither versioned nor journalled.
CREATE TABLE survey_count (
  survey_id BIGINT NOT NULL,
  answers TEXT NOT NULL,
  means TEXT NOT NULL,
  overall BIGINT NOT NULL,
  is_proxy BIGINT NOT NULL,
  number BIGINT NOT NULL,
  PRIMARY KEY (survey_id, answers, means, overall, is_proxy)
) /* WITHOUT ROWID */;
INSERT INTO survey_count (survey_id, answers, means, overall, is_proxy, number)
SELECT survey_id, answers, means, overall, is_proxy, count(*)
FROM survey_answer
GROUP BY survey_id, answers, means, overall, is_proxy;
INSERT INTO survey_count (survey_id, answers, means, overall, is_proxy, number)
SELECT survey_id, '', 'issued', 0, 0, count(*)
FROM survey_card
GROUP BY survey_id;
DROP INDEX survey_answer_count;
