-- Consortia and files sent by programs. What the documents say of consortia: NULL is silence, which admits
-- them (C30).
ALTER TABLE tender ADD COLUMN consortia TEXT CHECK (consortia IN ('admitted', 'excluded'));

-- The agreement of a consortium's members is marked among the files of a draft.
ALTER TABLE bid_attachment ADD COLUMN is_joint_agreement BIGINT CHECK (is_joint_agreement IN (0, 1));

-- The same file of an opened bid, for the purchaser: it names the members, which the committee must not read.
ALTER TABLE bid ADD COLUMN agreement TEXT;

-- A file that a program has sent for a bid to come; read by its own organisation alone.
CREATE TABLE bid_upload (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  tender_id BIGINT NOT NULL REFERENCES tender (id),
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  uploaded_by BIGINT NOT NULL REFERENCES person (id),
  uploaded_at BIGINT NOT NULL,
  digest TEXT NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  CONSTRAINT bid_upload__tender_id__organisation_id__digest UNIQUE (tender_id, organisation_id, digest)
);

-- An organisation's own word that it joins a consortium; read by it and by the lead it named alone. One for
-- each organisation and tender, so that nobody is a member twice.
CREATE TABLE joining (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  tender_id BIGINT NOT NULL REFERENCES tender (id),
  member_id BIGINT NOT NULL REFERENCES organisation (id),
  lead_id BIGINT NOT NULL REFERENCES organisation (id),
  joined_by BIGINT NOT NULL REFERENCES person (id),
  joined_at BIGINT NOT NULL,
  CONSTRAINT joining__tender_id__member_id UNIQUE (tender_id, member_id),
  CHECK (member_id <> lead_id)
);

-- A member of a consortium that bid, written at the opening with what the register said of it.
CREATE TABLE bid_member (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  bid_id BIGINT NOT NULL REFERENCES bid (id),
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  position BIGINT NOT NULL CHECK (position > 0),
  has_joined BIGINT NOT NULL CHECK (has_joined IN (0, 1)),
  eligibility TEXT NOT NULL,
  is_eligible BIGINT NOT NULL CHECK (is_eligible IN (0, 1)),
  CONSTRAINT bid_member__bid_id__organisation_id UNIQUE (bid_id, organisation_id)
);

-- An organisation finds its own without passing those of others.
CREATE INDEX bid_own ON bid (organisation_id);

-- Pages for everyone look at opened bids alone, through indexes that hold no sealed one: neither what they
-- show nor what they cost depends on bids before the opening. An alias is given by the opening.
CREATE INDEX bid_opened_by_organisation ON bid (organisation_id) WHERE alias IS NOT NULL;
CREATE INDEX bid_opened_by_tender ON bid (tender_id) WHERE alias IS NOT NULL;
