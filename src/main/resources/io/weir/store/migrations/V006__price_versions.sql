-- What a call that was priced again has cost, each version: 1 is that of the call's end, and calls has the
-- last. A call that was priced once has no row here.
CREATE TABLE price_versions (
    call_id UUID NOT NULL,
    received_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL,
    cost_nano_usd BIGINT,
    cost_state VARCHAR NOT NULL,
    price_id VARCHAR,
    unpriced_reason VARCHAR,
    priced_at TIMESTAMP NOT NULL,
    priced_by VARCHAR NOT NULL
);
