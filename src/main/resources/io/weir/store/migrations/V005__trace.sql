-- A call's place in a distributed trace (W3C Trace Context), ids as lower case hexadecimal digits. Null in
-- calls that are older; parent_span_id is null where the call began the trace.
ALTER TABLE calls ADD COLUMN trace_id VARCHAR;
ALTER TABLE calls ADD COLUMN parent_span_id VARCHAR;
ALTER TABLE calls ADD COLUMN span_id VARCHAR;
ALTER TABLE calls ADD COLUMN trace_flags INTEGER;
