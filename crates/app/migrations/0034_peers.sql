-- What other cities of the province count, entered by a person with its source (S7).
CREATE TABLE peer_figure (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  year BIGINT NOT NULL,
  city TEXT NOT NULL,
  organisations BIGINT NOT NULL CHECK (organisations >= 0),
  residents BIGINT NOT NULL CHECK (residents > 0),
  source TEXT NOT NULL CHECK (length(source) > 0),
  entered_by BIGINT NOT NULL REFERENCES person (id),
  entered_at BIGINT NOT NULL,
  CONSTRAINT peer_figure__year__city UNIQUE (year, city)
);

-- That the city led the province up to and with a year, stated only when every year's figures show it.
CREATE TABLE lead_claim (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  last_year BIGINT NOT NULL,
  years BIGINT NOT NULL CHECK (years > 0),
  claimed_by BIGINT NOT NULL REFERENCES person (id),
  claimed_at BIGINT NOT NULL,
  CONSTRAINT lead_claim__last_year UNIQUE (last_year)
);
