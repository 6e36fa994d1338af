-- Times are UTC. Ids are UUIDv7 and nearly sorted, so that a look-up by id and time reads few row
-- groups: no index is kept, because keeping one costs more than everything else of an append.
-- A duration (_us) is in microseconds after received_at, null where the moment never came.
CREATE TABLE calls (
    id UUID NOT NULL,
    received_at TIMESTAMP NOT NULL,
    endpoint VARCHAR NOT NULL,
    operation VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    request_model VARCHAR,
    stream BOOLEAN NOT NULL,
    choices INTEGER NOT NULL,
    max_tokens BIGINT,
    end_user VARCHAR,
    request_service_tier VARCHAR,
    request_bytes BIGINT NOT NULL,
    client_retry INTEGER NOT NULL,
    user_agent VARCHAR,
    key_id VARCHAR,
    key_name VARCHAR,
    project VARCHAR,
    tags VARCHAR[],
    outcome VARCHAR NOT NULL,
    status INTEGER NOT NULL,
    error_type VARCHAR,
    error_code VARCHAR,
    error_message VARCHAR,
    upstream VARCHAR,
    provider VARCHAR,
    response_id VARCHAR,
    response_model VARCHAR,
    service_tier VARCHAR,
    finish_reasons VARCHAR[],
    response_bytes BIGINT NOT NULL,
    chunks BIGINT NOT NULL,
    input_tokens BIGINT NOT NULL,
    cache_read_tokens BIGINT NOT NULL,
    cache_write_tokens BIGINT NOT NULL,
    input_audio_tokens BIGINT NOT NULL,
    input_image_tokens BIGINT NOT NULL,
    output_tokens BIGINT NOT NULL,
    reasoning_tokens BIGINT NOT NULL,
    output_audio_tokens BIGINT NOT NULL,
    output_image_tokens BIGINT NOT NULL,
    usage_confidence VARCHAR NOT NULL,
    cost_nano_usd BIGINT,
    cost_state VARCHAR NOT NULL,
    price_id VARCHAR,
    unpriced_reason VARCHAR,
    admitted_us BIGINT,
    connected_us BIGINT,
    request_sent_us BIGINT,
    first_byte_us BIGINT,
    first_token_us BIGINT,
    last_byte_us BIGINT,
    closed_us BIGINT,
    longest_gap_us BIGINT,
    upstream_us BIGINT NOT NULL
);

CREATE TABLE attempts (
    call_id UUID NOT NULL,
    received_at TIMESTAMP NOT NULL,
    number INTEGER NOT NULL,
    upstream VARCHAR NOT NULL,
    reused BOOLEAN NOT NULL,
    started_us BIGINT,
    connected_us BIGINT,
    sent_us BIGINT,
    first_byte_us BIGINT,
    ended_us BIGINT,
    status INTEGER NOT NULL,
    failure VARCHAR,
    request_id VARCHAR
);

CREATE TABLE contents (
    call_id UUID NOT NULL,
    received_at TIMESTAMP NOT NULL,
    request VARCHAR NOT NULL USING COMPRESSION zstd,
    response VARCHAR NOT NULL USING COMPRESSION zstd,
    truncated BOOLEAN NOT NULL
);

-- The journal's last sequence of which everything is in the tables above.
CREATE TABLE applied (sequence BIGINT NOT NULL);
INSERT INTO applied VALUES (0);
