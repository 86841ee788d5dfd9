-- The first layout of a case. Facts: page, custody, document, reading, failure, judgement, meta. The rest is derived.
-- `data` is the whole model object as JSON; the other columns are those that questions filter by.

PRAGMA application_id = 0x54574952;

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- One file as it came; its bytes lie under raw/, named by their hash.
CREATE TABLE page (
  document TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  given TEXT NOT NULL
) STRICT;
CREATE INDEX page_name ON page (name);

CREATE TABLE custody (
  document TEXT PRIMARY KEY REFERENCES page (document),
  location TEXT NOT NULL,
  how TEXT NOT NULL,
  retrieved TEXT NOT NULL,
  version TEXT NOT NULL,
  sha256 TEXT NOT NULL
) STRICT;
CREATE TRIGGER custody_is_final BEFORE UPDATE ON custody
BEGIN SELECT raise(ABORT, 'custody rows are never changed'); END;
CREATE TRIGGER custody_is_kept BEFORE DELETE ON custody
BEGIN SELECT raise(ABORT, 'custody rows are never removed'); END;

-- `data` lacks the raw text (it is decoded again from the bytes) and the reading text (it stands in `text`).
CREATE TABLE document (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE REFERENCES page (document),
  name TEXT NOT NULL,
  encoding TEXT NOT NULL,
  outlet TEXT,
  language TEXT,
  published_start TEXT,
  published_end TEXT,
  stale INTEGER NOT NULL DEFAULT 0,
  text TEXT NOT NULL,
  data TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE document_text USING fts5 (
  text, content = 'document', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER document_text_insert AFTER INSERT ON document
BEGIN INSERT INTO document_text (rowid, text) VALUES (new.number, new.text); END;
CREATE TRIGGER document_text_delete AFTER DELETE ON document
BEGIN INSERT INTO document_text (document_text, rowid, text) VALUES ('delete', old.number, old.text); END;
CREATE TRIGGER document_text_update AFTER UPDATE OF text ON document
BEGIN
  INSERT INTO document_text (document_text, rowid, text) VALUES ('delete', old.number, old.text);
  INSERT INTO document_text (rowid, text) VALUES (new.number, new.text);
END;

CREATE TABLE failure (
  name TEXT NOT NULL,
  stage TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (name, stage)
) STRICT;

CREATE TABLE reading (
  document TEXT NOT NULL REFERENCES document (id),
  reader TEXT NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (document, reader)
) STRICT;

-- Appended only: undoing a judgement is a further row with the same id; the last row counts.
CREATE TABLE judgement (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  what TEXT NOT NULL,
  "on" TEXT NOT NULL,
  undone INTEGER NOT NULL,
  data TEXT NOT NULL
) STRICT;
CREATE INDEX judgement_id ON judgement (id);
CREATE INDEX judgement_on ON judgement ("on");
CREATE TRIGGER judgement_is_final BEFORE UPDATE ON judgement
BEGIN SELECT raise(ABORT, 'judgements are never changed'); END;
CREATE TRIGGER judgement_is_kept BEFORE DELETE ON judgement
BEGIN SELECT raise(ABORT, 'judgements are never removed'); END;

CREATE TABLE copy (
  document TEXT NOT NULL REFERENCES document (id),
  other TEXT NOT NULL REFERENCES document (id),
  relation TEXT NOT NULL,
  data TEXT NOT NULL
) STRICT;

CREATE TABLE origin (
  document TEXT NOT NULL REFERENCES document (id),
  name TEXT NOT NULL,
  basis TEXT NOT NULL,
  data TEXT NOT NULL
) STRICT;

CREATE TABLE story (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  data TEXT NOT NULL
) STRICT;

CREATE TABLE claim (
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL REFERENCES document (id),
  type TEXT NOT NULL,
  modality TEXT NOT NULL,
  polarity TEXT NOT NULL,
  date_start TEXT,
  date_end TEXT,
  judgement TEXT,
  data TEXT NOT NULL
) STRICT;
CREATE INDEX claim_document ON claim (document);
CREATE INDEX claim_type ON claim (type, date_start);

CREATE TABLE mention (
  document TEXT NOT NULL REFERENCES document (id),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  type TEXT NOT NULL,
  entity TEXT,
  place TEXT,
  data TEXT NOT NULL
) STRICT;
CREATE INDEX mention_document ON mention (document, start);
CREATE INDEX mention_entity ON mention (entity) WHERE entity IS NOT NULL;
CREATE INDEX mention_place ON mention (place) WHERE place IS NOT NULL;

CREATE TABLE entity (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  name TEXT NOT NULL,
  data TEXT NOT NULL
) STRICT;

CREATE TABLE place (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  latitude REAL,
  longitude REAL,
  country TEXT,
  data TEXT NOT NULL
) STRICT;

CREATE TABLE event (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  date_start TEXT,
  date_end TEXT,
  place TEXT,
  status TEXT NOT NULL,
  data TEXT NOT NULL
) STRICT;
CREATE INDEX event_type ON event (type, date_start);

CREATE TABLE event_claim (
  event TEXT NOT NULL REFERENCES event (id),
  claim TEXT NOT NULL REFERENCES claim (id),
  PRIMARY KEY (event, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_claim_claim ON event_claim (claim);

CREATE TABLE relation (
  source TEXT NOT NULL,
  type TEXT NOT NULL,
  target TEXT NOT NULL,
  aspect TEXT,
  data TEXT NOT NULL
) STRICT;
CREATE INDEX relation_source ON relation (source);
CREATE INDEX relation_target ON relation (target);
