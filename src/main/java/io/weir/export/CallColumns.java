package io.weir.export;

import io.weir.store.ParquetFile;
import java.util.Set;

/** What the fields of a record hold, for formats whose columns have types. */
final class CallColumns {
    private static final Set<String> TEXTS =
            Set.of(
                    "id",
                    "endpoint",
                    "operation",
                    "method",
                    "path",
                    "request_model",
                    "end_user",
                    "request_service_tier",
                    "user_agent",
                    "trace_id",
                    "parent_span_id",
                    "span_id",
                    "key_id",
                    "key_name",
                    "project",
                    "outcome",
                    "error_type",
                    "error_code",
                    "error_message",
                    "upstream",
                    "request_fingerprint",
                    "provider",
                    "response_id",
                    "response_model",
                    "service_tier",
                    "usage_confidence",
                    "cost_state",
                    "cache",
                    "cache_call",
                    "price_id",
                    "unpriced_reason");

    private CallColumns() {}

    /** The type of a field, by the record's own name. */
    static ParquetFile.Type type(String field) {
        return switch (field) {
            case "received_at" -> ParquetFile.Type.TIME;
            case "stream" -> ParquetFile.Type.FLAG;
            case "tags", "finish_reasons", "prompt_beginnings" -> ParquetFile.Type.TEXTS;
            case "attempts" -> ParquetFile.Type.ATTEMPTS;
            case "content" -> ParquetFile.Type.CONTENT;
            default -> TEXTS.contains(field) ? ParquetFile.Type.TEXT : ParquetFile.Type.NUMBER;
        };
    }
}
