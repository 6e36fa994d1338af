-- Sums of calls by five minutes and by what the columns up to cost_state say. Columns are named as in
-- calls, so that the conditions and the dimensions of a report hold here as they do there; received_at
-- is the start of the five minutes. Nothing is updated: a row is a sum of some calls, several rows may
-- stand for the same group, and whoever reads adds them up.
--
-- A histogram is two lists of equal length: logarithms, FLOOR(LN(milliseconds) * 20), ascending, and
-- how many calls have each. Buckets are 5 % wide, and histograms add up where percentiles do not.
-- Calls that Weir refused are in no histogram of latencies.

-- One row a group and batch, as batches are written.
CREATE TABLE rollup_parts (
    received_at TIMESTAMP NOT NULL,
    endpoint VARCHAR NOT NULL,
    request_model VARCHAR,
    response_model VARCHAR,
    stream BOOLEAN NOT NULL,
    key_id VARCHAR,
    key_name VARCHAR,
    project VARCHAR,
    outcome VARCHAR NOT NULL,
    status INTEGER NOT NULL,
    error_type VARCHAR,
    error_code VARCHAR,
    upstream VARCHAR,
    usage_confidence VARCHAR NOT NULL,
    cost_state VARCHAR NOT NULL,
    calls BIGINT NOT NULL,
    input_tokens BIGINT NOT NULL,
    cache_read_tokens BIGINT NOT NULL,
    cache_write_tokens BIGINT NOT NULL,
    input_audio_tokens BIGINT NOT NULL,
    input_image_tokens BIGINT NOT NULL,
    output_tokens BIGINT NOT NULL,
    reasoning_tokens BIGINT NOT NULL,
    output_audio_tokens BIGINT NOT NULL,
    output_image_tokens BIGINT NOT NULL,
    cost_nano_usd BIGINT,
    request_bytes BIGINT NOT NULL,
    response_bytes BIGINT NOT NULL,
    closed_us BIGINT NOT NULL,
    upstream_us BIGINT NOT NULL,
    closed_logs SMALLINT[] NOT NULL,
    closed_counts INTEGER[] NOT NULL,
    first_token_logs SMALLINT[] NOT NULL,
    first_token_counts INTEGER[] NOT NULL
);

-- One row a group, once its five minutes are over; a late call makes a further one.
CREATE TABLE rollup_sums AS FROM rollup_parts;

CREATE VIEW rollups AS FROM rollup_sums UNION ALL FROM rollup_parts;

-- The calls that are there already: a row each, which the next compaction adds up.
INSERT INTO rollup_parts
SELECT time_bucket(INTERVAL 5 MINUTE, received_at), endpoint, request_model, response_model, stream,
    key_id, key_name, project, outcome, status, error_type, error_code, upstream, usage_confidence,
    cost_state, 1, input_tokens, cache_read_tokens, cache_write_tokens, input_audio_tokens,
    input_image_tokens, output_tokens, reasoning_tokens, output_audio_tokens, output_image_tokens,
    cost_nano_usd, request_bytes, response_bytes, coalesce(closed_us, 0), upstream_us,
    CASE WHEN closed_us IS NULL OR outcome = 'refused' THEN []
        ELSE [floor(ln(greatest(closed_us, 1) / 1000) * 20)] END,
    CASE WHEN closed_us IS NULL OR outcome = 'refused' THEN [] ELSE [1] END,
    CASE WHEN first_token_us IS NULL THEN []
        ELSE [floor(ln(greatest(first_token_us, 1) / 1000) * 20)] END,
    CASE WHEN first_token_us IS NULL THEN [] ELSE [1] END
FROM calls;
