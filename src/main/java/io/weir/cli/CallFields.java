package io.weir.cli;

import java.util.List;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/** The fields of a call as the admin API names them, and how they are shown. */
final class CallFields {
    /** Those that fit a table; attempts and content do not. */
    static final List<String> FLAT =
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
                    "total_input_tokens",
                    "input_tokens",
                    "cache_read_tokens",
                    "cache_write_tokens",
                    "input_audio_tokens",
                    "input_image_tokens",
                    "total_output_tokens",
                    "output_tokens",
                    "reasoning_tokens",
                    "output_audio_tokens",
                    "output_image_tokens",
                    "usage_confidence",
                    "cost_nano_usd",
                    "cost_state",
                    "price_id",
                    "unpriced_reason",
                    "cache",
                    "cache_saved_nano_usd",
                    "latency_us",
                    "overhead_us",
                    "admitted_us",
                    "connected_us",
                    "request_sent_us",
                    "first_byte_us",
                    "first_token_us",
                    "last_byte_us",
                    "closed_us",
                    "longest_gap_us",
                    "upstream_us");

    private CallFields() {}

    /** A field as text, one line: arrays joined by semicolons, null as nothing. */
    static String text(JsonNode call, String name) {
        JsonNode value = call.path(name);
        if (value.isArray()) {
            StringJoiner all = new StringJoiner(";");
            value.forEach(item -> all.add(item.asString("")));
            return Printable.line(all.toString());
        }
        return Printable.line(value.asString(""));
    }

    /** How it ended, in few words: the status, or what stood in its way. */
    static String result(JsonNode call) {
        String outcome = text(call, "outcome");
        String status = text(call, "status");
        String error = text(call, "error_code");
        String word = error.isEmpty() ? text(call, "error_type") : error;
        String first = outcome.equals("completed") ? status : outcome;
        return (first + " " + (word.equals(outcome) ? "" : word)).strip();
    }

    /** The model that answered, else the one asked for. */
    static String model(JsonNode call) {
        String answered = text(call, "response_model");
        return answered.isEmpty() ? text(call, "request_model") : answered;
    }

    /** Tokens, marked with ~ where they are not the provider's own. */
    static String tokens(JsonNode call, String name) {
        if (!call.path(name).isNumber()) {
            return "-";
        }
        String count = Amounts.count(call.path(name).longValue());
        return switch (text(call, "usage_confidence")) {
            case "estimated", "partial" -> "~" + count;
            default -> count;
        };
    }

    /** Money; a call without a price says so. */
    static String cost(JsonNode call) {
        JsonNode amount = call.path("cost_nano_usd");
        String state = text(call, "cost_state");
        return state.equals("priced") && amount.isNumber()
                ? Amounts.dollars(amount.longValue())
                : state.isEmpty() ? "-" : state;
    }

    /** A moment or a duration; a dash where it never came. */
    static String time(JsonNode call, String name) {
        long micros = call.path(name).asLong(-1);
        return micros < 0 ? "-" : Amounts.time(micros * 1_000);
    }
}
