-- What an organisation that has ended gave back: certificate, seals and vouchers, each handed in, announced as lost, or
-- declared void (B22, B23).
CREATE TABLE surrender (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  ending_id BIGINT NOT NULL REFERENCES ending_case (id),
  thing TEXT NOT NULL CHECK (thing IN ('certificate', 'seals', 'vouchers')),
  way TEXT NOT NULL CHECK (way IN ('handed_in', 'lost', 'void')),
  given_on TEXT NOT NULL,
  note TEXT NOT NULL,
  recorded_by BIGINT NOT NULL REFERENCES person (id),
  recorded_at BIGINT NOT NULL,
  CONSTRAINT surrender__ending_id__thing UNIQUE (ending_id, thing),
  CONSTRAINT surrender__ground CHECK (way = 'handed_in' OR length(note) > 0)
);
