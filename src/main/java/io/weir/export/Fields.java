package io.weir.export;

import io.weir.call.CallRecord;
import io.weir.call.CallRecordJson;
import io.weir.ledger.RecordReader;
import io.weir.wire.Json;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which fields of a record an event has, and what they are called. The call's id is always there:
 * by it an event that comes twice is known.
 *
 * @param chosen names of fields; all where none is chosen
 * @param renamed names to send instead, by the record's own
 * @param content whether captured text may leave
 */
public record Fields(List<String> chosen, Map<String, String> renamed, boolean content) {
    /** Every field but captured text. */
    public static final Fields ALL = new Fields(List.of(), Map.of(), false);

    /** Every name that there is, in the order of a record. */
    static final List<String> KNOWN =
            List.of(
                    "id",
                    "received_at",
                    "endpoint",
                    "operation",
                    "method",
                    "path",
                    "request_model",
                    "stream",
                    "choices",
                    "max_tokens",
                    "end_user",
                    "request_service_tier",
                    "request_bytes",
                    "client_retry",
                    "user_agent",
                    "trace_id",
                    "parent_span_id",
                    "span_id",
                    "trace_flags",
                    "request_fingerprint",
                    "prompt_beginnings",
                    "key_id",
                    "key_name",
                    "project",
                    "tags",
                    "outcome",
                    "status",
                    "error_type",
                    "error_code",
                    "error_message",
                    "upstream",
                    "provider",
                    "response_id",
                    "response_model",
                    "service_tier",
                    "finish_reasons",
                    "response_bytes",
                    "chunks",
                    "input_tokens",
                    "cache_read_tokens",
                    "cache_write_tokens",
                    "input_audio_tokens",
                    "input_image_tokens",
                    "output_tokens",
                    "reasoning_tokens",
                    "output_audio_tokens",
                    "output_image_tokens",
                    "usage_confidence",
                    "cost_state",
                    "cost_nano_usd",
                    "price_id",
                    "unpriced_reason",
                    "admitted_us",
                    "connected_us",
                    "request_sent_us",
                    "first_byte_us",
                    "first_token_us",
                    "last_byte_us",
                    "closed_us",
                    "longest_gap_us",
                    "upstream_us",
                    "attempts",
                    "cache",
                    "cache_saved_nano_usd",
                    "cache_call",
                    "cache_likeness_ppm",
                    "cache_answer_likeness_ppm",
                    "content");

    private static final String ID = "id";

    public Fields {
        chosen = List.copyOf(chosen);
        renamed = Map.copyOf(renamed);
    }

    /** The event of a call, as the journal has it. */
    Event event(RecordReader.Line line) {
        boolean asItIs =
                chosen.isEmpty() && renamed.isEmpty() && (content || line.call().content() == null);
        return asItIs
                ? new Event(line.sequence(), line.call(), this, line.json())
                : event(line.sequence(), line.call());
    }

    /** The event of a call. */
    Event event(long sequence, CallRecord call) {
        CallRecord shown = content ? call : withoutText(call);
        byte[] whole = CallRecordJson.write(shown);
        boolean same = chosen.isEmpty() && renamed.isEmpty();
        return new Event(sequence, shown, this, same ? whole : picked(whole));
    }

    /** Whether a field is sent. */
    public boolean sends(String field) {
        return chosen.isEmpty() || chosen.contains(field) || field.equals(ID);
    }

    /** What a field is sent as: what it was renamed to, else its usual name. */
    public String nameOf(String field, String usual) {
        return renamed.getOrDefault(field, usual);
    }

    private byte[] picked(byte[] whole) {
        ObjectNode picked = Json.MAPPER.createObjectNode();
        for (Map.Entry<String, JsonNode> field : Json.MAPPER.readTree(whole).properties()) {
            String name = field.getKey();
            if (sends(name)) {
                picked.set(nameOf(name, name), field.getValue());
            }
        }
        return Json.MAPPER.writeValueAsBytes(picked);
    }

    private static CallRecord withoutText(CallRecord call) {
        return call.content() == null ? call : call.with(call.attempts(), null);
    }
}
