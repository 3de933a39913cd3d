-- The journal, people and their posts, and what keeps a request from counting twice.
CREATE TABLE counter (name TEXT PRIMARY KEY, value BIGINT NOT NULL CHECK (value >= 0));
INSERT INTO counter (name, value) VALUES ('journal', 0);
INSERT INTO counter (name, value) VALUES ('feed', 0);

CREATE TABLE journal (
  seq BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  person_id BIGINT,
  role TEXT NOT NULL,
  action TEXT NOT NULL,
  body TEXT NOT NULL,
  salt BYTEA NOT NULL,
  private_salt BYTEA NOT NULL,
  leaf BYTEA NOT NULL
);

-- What the public may follow, in the order of commits; its own counter, so that gaps tell nothing.
CREATE TABLE feed (
  seq BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  journal_seq BIGINT NOT NULL REFERENCES journal (seq)
);

CREATE TABLE idempotency (
  actor BIGINT NOT NULL,
  request_key TEXT NOT NULL,
  action TEXT NOT NULL,
  digest TEXT NOT NULL,
  outcome TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (actor, request_key)
);

CREATE TABLE setting (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  CONSTRAINT setting__name UNIQUE (name)
);

CREATE TABLE blob (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  digest TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes BIGINT NOT NULL CHECK (bytes > 0),
  CONSTRAINT blob__digest UNIQUE (digest)
);

CREATE TABLE office (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  name_en TEXT NOT NULL,
  duties TEXT NOT NULL,
  CONSTRAINT office__code UNIQUE (code)
);

CREATE TABLE person (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  login TEXT NOT NULL,
  name TEXT NOT NULL,
  password TEXT NOT NULL,
  is_demo BIGINT NOT NULL CHECK (is_demo IN (0, 1)),
  is_active BIGINT NOT NULL CHECK (is_active IN (0, 1)),
  CONSTRAINT person__login UNIQUE (login)
);

-- A role within a scope; office_id or organisation_id narrows it.
CREATE TABLE post (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES person (id),
  role TEXT NOT NULL,
  office_id BIGINT REFERENCES office (id),
  organisation_id BIGINT,
  since BIGINT NOT NULL,
  until BIGINT,
  CHECK (office_id IS NULL OR organisation_id IS NULL)
);
CREATE INDEX post_person ON post (person_id);

-- Who answers for an office, and from when to when (E4). One open row for each office.
CREATE TABLE directorship (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  office_id BIGINT NOT NULL REFERENCES office (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  since BIGINT NOT NULL,
  until BIGINT,
  handover TEXT NOT NULL
);
CREATE UNIQUE INDEX directorship__office_id ON directorship (office_id) WHERE until IS NULL;

-- Signed-in browsers: not business, so neither versioned nor journalled.
CREATE TABLE sign_in (
  token TEXT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES person (id),
  post_id BIGINT NOT NULL REFERENCES post (id),
  csrf TEXT NOT NULL,
  began_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  fresh_until BIGINT NOT NULL
);

CREATE TABLE throttle (
  name TEXT PRIMARY KEY,
  failures BIGINT NOT NULL,
  last_at BIGINT NOT NULL
);

-- Keys of programs that act for an organisation through the API; only their digests are kept.
CREATE TABLE api_token (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  digest TEXT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES person (id),
  post_id BIGINT NOT NULL REFERENCES post (id),
  label TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  revoked_at BIGINT,
  CONSTRAINT api_token__digest UNIQUE (digest)
);
