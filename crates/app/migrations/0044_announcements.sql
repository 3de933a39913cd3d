-- The public list of announcements reads one kind of documents, the latest first.
CREATE INDEX document_kind_issued ON document (kind, issued_at)
