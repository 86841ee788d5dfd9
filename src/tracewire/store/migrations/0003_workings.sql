-- What a stage worked out and can work out again: kept so that the next run does only what is new. The key says all
-- that the value depends on, so a row is right or not there.

CREATE TABLE working (
  kind TEXT NOT NULL,
  key BLOB NOT NULL,
  value BLOB NOT NULL,
  PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;
