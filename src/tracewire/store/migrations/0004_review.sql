-- What reviewing asks for: the judged claim beside the machine's own, and keys by which pages look claims up.

-- The claim as people left it; NULL where nobody judged it, so that undoing gives the machine's own back.
ALTER TABLE claim ADD COLUMN judged TEXT;
CREATE INDEX claim_date ON claim (date_start, id);
CREATE INDEX claim_judgement ON claim (judgement, id);

-- What a claim names: entity (in a role), source (in its chain), place, item.
CREATE TABLE claim_key (
  claim TEXT NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (kind, value, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_key_claim ON claim_key (claim);
CREATE VIEW claim_key_source (claim, kind, value) AS
  SELECT c.id, 'entity', json_extract(e.value, '$.entity')
    FROM claim c, json_each(coalesce(c.judged, c.data), '$.roles') e
  UNION ALL SELECT c.id, 'source', json_extract(e.value, '$.entity')
    FROM claim c, json_each(coalesce(c.judged, c.data), '$.attribution') e
  UNION ALL SELECT c.id, 'place', json_extract(e.value, '$.place')
    FROM claim c, json_each(coalesce(c.judged, c.data), '$.places') e
  UNION ALL SELECT c.id, 'item', json_extract(e.value, '$.item')
    FROM claim c, json_each(coalesce(c.judged, c.data), '$.materiel') e;
INSERT OR IGNORE INTO claim_key SELECT * FROM claim_key_source WHERE value IS NOT NULL;
CREATE TRIGGER claim_key_insert AFTER INSERT ON claim
BEGIN INSERT OR IGNORE INTO claim_key SELECT * FROM claim_key_source WHERE claim = new.id AND value IS NOT NULL; END;
CREATE TRIGGER claim_key_update AFTER UPDATE OF judged ON claim
BEGIN
  DELETE FROM claim_key WHERE claim = new.id;
  INSERT OR IGNORE INTO claim_key SELECT * FROM claim_key_source WHERE claim = new.id AND value IS NOT NULL;
END;
CREATE TRIGGER claim_key_delete AFTER DELETE ON claim
BEGIN DELETE FROM claim_key WHERE claim = old.id; END;

-- The queue has the events with most claims first.
ALTER TABLE event ADD COLUMN weight INTEGER GENERATED ALWAYS AS (json_array_length(data, '$.claims')) VIRTUAL;
CREATE INDEX event_queue ON event (status, weight DESC, id);
CREATE INDEX event_date ON event (date_start, id);
CREATE INDEX event_parent ON event (json_extract(data, '$.parent'));

CREATE TABLE story_document (
  document TEXT NOT NULL,
  story TEXT NOT NULL,
  PRIMARY KEY (story, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_document_document ON story_document (document);
INSERT OR IGNORE INTO story_document SELECT e.value, s.id FROM story s, json_each(s.data, '$.documents') e;
CREATE TRIGGER story_document_insert AFTER INSERT ON story
BEGIN INSERT OR IGNORE INTO story_document SELECT e.value, new.id FROM json_each(new.data, '$.documents') e; END;
CREATE TRIGGER story_document_delete AFTER DELETE ON story
BEGIN DELETE FROM story_document WHERE story = old.id; END;
ALTER TABLE story ADD COLUMN pages INTEGER GENERATED ALWAYS AS (json_array_length(data, '$.documents')) VIRTUAL;
CREATE INDEX story_pages ON story (pages DESC, id);

CREATE INDEX document_published ON document (published_start, id);
CREATE INDEX document_outlet ON document (outlet, id);
CREATE INDEX copy_document ON copy (document);
CREATE INDEX copy_other ON copy (other);
CREATE INDEX origin_document ON origin (document);
