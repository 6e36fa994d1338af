package io.weir.export;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the code in an answer of Splunk's HTTP Event Collector means for a batch. The codes are
 * those of Splunk's table "Possible error codes" for HEC.
 */
final class HecCode {
    static final int SUCCESS = 0;
    static final int ACK_IS_DISABLED = 14;

    private HecCode() {}

    /**
     * What became of a batch that was not accepted; {@code code} is below 0 where there is none.
     */
    static Sent of(int status, int code, int event, Optional<Duration> retryAfter) {
        if (status == 413) {
            return new Sent.Refused(
                    "Splunk answered 413: the batch is larger than max_content_length in its limits.conf");
        }
        return switch (code) {
            case 6, 12, 13, 15 ->
                    new Sent.Refused(
                            "Splunk refused %s (code %d: %s)"
                                    .formatted(
                                            event < 0
                                                    ? "an event"
                                                    : "the event at position %d, counted from 0"
                                                            .formatted(event),
                                            code,
                                            meaning(code)),
                            event < 0 ? OptionalInt.empty() : OptionalInt.of(event));
            default ->
                    new Sent.Failed(
                            code < 0
                                    ? "Splunk answered %d without a code of the event collector. Check that url is its event collector's"
                                            .formatted(status)
                                    : "Splunk answered %d (code %d: %s)%s"
                                            .formatted(status, code, meaning(code), advice(code)),
                            retryAfter);
        };
    }

    private static String meaning(int code) {
        return switch (code) {
            case 1 -> "token disabled";
            case 2 -> "token is required";
            case 3 -> "invalid authorization";
            case 4 -> "invalid token";
            case 5 -> "no data";
            case 6 -> "invalid data format";
            case 7 -> "incorrect index";
            case 8 -> "internal server error";
            case 9 -> "server is busy";
            case 10 -> "data channel is missing";
            case 11 -> "invalid data channel";
            case 12 -> "event field is required";
            case 13 -> "event field cannot be blank";
            case 14 -> "acknowledgement is disabled";
            case 15 -> "error in handling indexed fields";
            case 16 -> "query string authorization is not enabled";
            case 23 -> "server is shutting down";
            case 26 -> "queue at capacity";
            case 27 -> "acknowledgement channel at capacity";
            default -> "unknown";
        };
    }

    private static String advice(int code) {
        return switch (code) {
            case 1 -> ". Enable the token in Splunk";
            case 2, 3, 4 -> ". Check token";
            case 7 -> ". Let the token write to the index, or give another";
            case 10, 11 -> ". The token wants acknowledgement: set ack to true";
            case 14 -> ". Enable acknowledgement for the token in Splunk, or set ack to false";
            default -> "";
        };
    }
}
