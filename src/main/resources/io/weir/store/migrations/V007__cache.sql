-- What Weir's own cache of answers did for a call: hit, miss or bypass; null where it was not asked.
-- cache_saved_nano_usd is what a hit would have cost; null where that is not known.
ALTER TABLE calls ADD COLUMN cache VARCHAR;
ALTER TABLE calls ADD COLUMN cache_saved_nano_usd BIGINT;
