-- The same of sums: cache is one more column of those that calls of a row have in common. Answers
-- from the cache are in no histogram of latencies.
ALTER TABLE rollup_parts ADD COLUMN cache VARCHAR;
ALTER TABLE rollup_parts ADD COLUMN cache_saved_nano_usd BIGINT;

ALTER TABLE rollup_sums ADD COLUMN cache VARCHAR;
ALTER TABLE rollup_sums ADD COLUMN cache_saved_nano_usd BIGINT;

CREATE OR REPLACE VIEW rollups AS FROM rollup_sums UNION ALL FROM rollup_parts;
