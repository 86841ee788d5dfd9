-- How a page came over the network, and the file that its text was taken out of; part of custody, so never changed.

CREATE TABLE exchange (
  document TEXT PRIMARY KEY REFERENCES page (document),
  url TEXT NOT NULL,
  final TEXT NOT NULL,
  status INTEGER,
  data TEXT NOT NULL
) STRICT;
CREATE INDEX exchange_url ON exchange (url);
CREATE TRIGGER exchange_is_final BEFORE UPDATE ON exchange
BEGIN SELECT raise(ABORT, 'custody rows are never changed'); END;
CREATE TRIGGER exchange_is_kept BEFORE DELETE ON exchange
BEGIN SELECT raise(ABORT, 'custody rows are never removed'); END;

-- The bytes lie under raw/ like those of pages.
CREATE TABLE original (
  document TEXT PRIMARY KEY REFERENCES page (document),
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  media_type TEXT NOT NULL
) STRICT;
CREATE TRIGGER original_is_final BEFORE UPDATE ON original
BEGIN SELECT raise(ABORT, 'custody rows are never changed'); END;
CREATE TRIGGER original_is_kept BEFORE DELETE ON original
BEGIN SELECT raise(ABORT, 'custody rows are never removed'); END;
