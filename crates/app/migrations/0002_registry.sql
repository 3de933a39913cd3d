-- Organisations, as much as bidding needs.
CREATE TABLE organisation (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  uscc TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('social_association', 'social_service_institution', 'foundation', 'enterprise', 'public_institution')),
  legal TEXT NOT NULL CHECK (legal IN ('registered', 'filed')),
  status TEXT NOT NULL CHECK (status IN ('active', 'suspended', 'cancelled', 'revoked')),
  is_supervised BIGINT NOT NULL CHECK (is_supervised IN (0, 1)),
  district TEXT NOT NULL,
  division TEXT NOT NULL,
  fields TEXT NOT NULL,
  domicile TEXT NOT NULL,
  registered_on TEXT NOT NULL,
  inspection TEXT NOT NULL CHECK (inspection IN ('not_due', 'pass', 'basic_pass', 'fail', 'absent')),
  listing TEXT NOT NULL CHECK (listing IN ('none', 'abnormal', 'serious')),
  banned_until TEXT,
  person_in_charge TEXT NOT NULL,
  controller_uscc TEXT,
  contact TEXT NOT NULL,
  pinyin TEXT NOT NULL,
  initials TEXT NOT NULL,
  is_demo BIGINT NOT NULL CHECK (is_demo IN (0, 1)),
  CONSTRAINT organisation__uscc UNIQUE (uscc)
);
CREATE INDEX organisation_sound ON organisation (pinyin, id);
CREATE INDEX organisation_district ON organisation (district, legal);
CREATE INDEX organisation_division ON organisation (division, legal);
CREATE INDEX organisation_kind ON organisation (kind, legal);
CREATE INDEX organisation_listing ON organisation (listing, legal);
CREATE INDEX organisation_legal ON organisation (legal);

-- By which pieces an organisation is found: derived from its name and code, so neither versioned nor journalled.
CREATE TABLE search_term (
  term BIGINT NOT NULL,
  organisation_id BIGINT NOT NULL,
  PRIMARY KEY (term, organisation_id)
);
