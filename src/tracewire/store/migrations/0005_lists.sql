-- Lists of a large case from indexes alone: each holds the columns that its filters ask for, in the order of the page.

DROP INDEX claim_date;
DROP INDEX claim_type;
DROP INDEX claim_judgement;
DROP INDEX claim_document;
CREATE INDEX claim_list ON claim (date_start DESC, id, type, modality, polarity, judgement, date_end, document);
CREATE INDEX claim_type ON claim (type, date_start DESC, id, modality, polarity, judgement, date_end, document);
CREATE INDEX claim_columns ON claim (id, type, modality, polarity, judgement, date_start, date_end, document);
CREATE INDEX claim_document ON claim (document, date_start DESC, id);
CREATE INDEX claim_judgement ON claim (judgement) WHERE judgement IS NOT NULL;
CREATE INDEX claim_judged ON claim (id) WHERE judged IS NOT NULL;

DROP INDEX event_date;
DROP INDEX event_type;
DROP INDEX event_queue;
CREATE INDEX event_list ON event (date_start DESC, id, type, status, date_end);
CREATE INDEX event_type ON event (type, date_start DESC, id, status, date_end);
CREATE INDEX event_queue ON event (status, weight DESC, id, type, date_start, date_end);

CREATE INDEX event_columns ON event (id, type, status, date_start, date_end, weight);

DROP INDEX document_published;
CREATE INDEX document_list ON document (published_start DESC, id, outlet, published_end);
CREATE INDEX document_id_outlet ON document (id, outlet);
CREATE INDEX relation_contradictions ON relation (json_extract(data, '$.severity') <> 'hard', source, target)
  WHERE type = 'contradicts';
CREATE INDEX judgement_batch ON judgement (json_extract(data, '$.change.batch'))
  WHERE json_extract(data, '$.change.batch') IS NOT NULL;

-- The keys of a claim with its day, so that the latest claims of a name come from an index.
DROP TRIGGER claim_key_insert;
DROP TRIGGER claim_key_update;
DROP TRIGGER claim_key_delete;
DROP TABLE claim_key;
CREATE TABLE claim_key (
  claim TEXT NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  date_start TEXT,
  PRIMARY KEY (claim, kind, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_key_list ON claim_key (kind, value, date_start DESC, claim);
DROP VIEW claim_key_source;
CREATE VIEW claim_key_source (claim, kind, value, date_start) AS
  SELECT c.id, 'entity', json_extract(e.value, '$.entity'), c.date_start
    FROM claim c, json_each(coalesce(c.judged, c.data), '$.roles') e
  UNION ALL SELECT c.id, 'source', json_extract(e.value, '$.entity'), c.date_start
    FROM claim c, json_each(coalesce(c.judged, c.data), '$.attribution') e
  UNION ALL SELECT c.id, 'place', json_extract(e.value, '$.place'), c.date_start
    FROM claim c, json_each(coalesce(c.judged, c.data), '$.places') e
  UNION ALL SELECT c.id, 'item', json_extract(e.value, '$.item'), c.date_start
    FROM claim c, json_each(coalesce(c.judged, c.data), '$.materiel') e;
INSERT OR IGNORE INTO claim_key SELECT * FROM claim_key_source WHERE value IS NOT NULL;

-- The words of a claim: its sentences and who says so. The document's index finds far more than a claim says.
CREATE TABLE claim_words (
  number INTEGER PRIMARY KEY,
  claim TEXT NOT NULL UNIQUE,
  date_start TEXT,
  text TEXT NOT NULL
) STRICT;
CREATE VIEW claim_words_source (claim, date_start, text) AS
  SELECT c.id, c.date_start,
    coalesce((SELECT group_concat(json_extract(e.value, '$.quote'), ' ')
      FROM json_each(coalesce(c.judged, c.data), '$.evidence') e), '')
    || ' ' || coalesce((SELECT group_concat(json_extract(a.value, '$.who'), ' ')
      FROM json_each(coalesce(c.judged, c.data), '$.attribution') a), '')
    FROM claim c;
CREATE VIRTUAL TABLE claim_text USING fts5 (
  text, content = 'claim_words', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO claim_words (claim, date_start, text) SELECT claim, date_start, text FROM claim_words_source;
INSERT INTO claim_text (claim_text) VALUES ('rebuild');
CREATE TRIGGER claim_words_insert AFTER INSERT ON claim_words
BEGIN INSERT INTO claim_text (rowid, text) VALUES (new.number, new.text); END;
CREATE TRIGGER claim_words_delete AFTER DELETE ON claim_words
BEGIN INSERT INTO claim_text (claim_text, rowid, text) VALUES ('delete', old.number, old.text); END;

CREATE TRIGGER claim_insert AFTER INSERT ON claim
BEGIN
  INSERT OR IGNORE INTO claim_key SELECT * FROM claim_key_source WHERE claim = new.id AND value IS NOT NULL;
  INSERT INTO claim_words (claim, date_start, text)
    SELECT claim, date_start, text FROM claim_words_source WHERE claim = new.id;
END;
CREATE TRIGGER claim_update AFTER UPDATE OF judged, date_start ON claim
BEGIN
  DELETE FROM claim_key WHERE claim = new.id;
  DELETE FROM claim_words WHERE claim = new.id;
  INSERT OR IGNORE INTO claim_key SELECT * FROM claim_key_source WHERE claim = new.id AND value IS NOT NULL;
  INSERT INTO claim_words (claim, date_start, text)
    SELECT claim, date_start, text FROM claim_words_source WHERE claim = new.id;
END;
CREATE TRIGGER claim_delete AFTER DELETE ON claim
BEGIN
  DELETE FROM claim_key WHERE claim = old.id;
  DELETE FROM claim_words WHERE claim = old.id;
END;
