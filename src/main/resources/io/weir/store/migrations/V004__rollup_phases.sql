-- How long the calls of a row were in each phase, in microseconds, and histograms of what Weir adds to
-- a call, by logarithms as those of latencies are, and of how many tokens a second a stream writes
-- after its first, by FLOOR(LN(tokens per second) * 20). Null in rows of before there were these
-- columns. The time in Weir itself is what closed_us has beyond the other phases.
ALTER TABLE rollup_parts ADD COLUMN connecting_us BIGINT;
ALTER TABLE rollup_parts ADD COLUMN sending_us BIGINT;
ALTER TABLE rollup_parts ADD COLUMN waiting_us BIGINT;
ALTER TABLE rollup_parts ADD COLUMN streaming_us BIGINT;
ALTER TABLE rollup_parts ADD COLUMN overhead_logs SMALLINT[];
ALTER TABLE rollup_parts ADD COLUMN overhead_counts INTEGER[];
ALTER TABLE rollup_parts ADD COLUMN pace_logs SMALLINT[];
ALTER TABLE rollup_parts ADD COLUMN pace_counts INTEGER[];

ALTER TABLE rollup_sums ADD COLUMN connecting_us BIGINT;
ALTER TABLE rollup_sums ADD COLUMN sending_us BIGINT;
ALTER TABLE rollup_sums ADD COLUMN waiting_us BIGINT;
ALTER TABLE rollup_sums ADD COLUMN streaming_us BIGINT;
ALTER TABLE rollup_sums ADD COLUMN overhead_logs SMALLINT[];
ALTER TABLE rollup_sums ADD COLUMN overhead_counts INTEGER[];
ALTER TABLE rollup_sums ADD COLUMN pace_logs SMALLINT[];
ALTER TABLE rollup_sums ADD COLUMN pace_counts INTEGER[];

CREATE OR REPLACE VIEW rollups AS FROM rollup_sums UNION ALL FROM rollup_parts;
