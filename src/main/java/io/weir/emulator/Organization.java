package io.weir.emulator;

import io.weir.wire.ApiError;
import io.weir.wire.Headers;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * {@code GET /v1/organization/usage/completions}, {@code …/embeddings} and {@code
 * /v1/organization/costs}: what the emulator has answered, as a provider bills it.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/usage">The reference</a>
 */
final class Organization {
    static final String PATH = "/v1/organization/";

    private static final String BEARER = "Bearer ";
    private static final Set<String> USAGE_GROUPS =
            Set.of("project_id", "user_id", "api_key_id", "model", "batch", "service_tier");
    private static final Set<String> EMBEDDING_GROUPS =
            Set.of("project_id", "user_id", "api_key_id", "model");
    private static final Set<String> COST_GROUPS = Set.of("project_id", "line_item", "api_key_id");

    private final UsageLog log;
    private final InstantSource clock;

    /** What a question comes to. */
    sealed interface Reply {}

    /** Buckets. */
    @SuppressWarnings("ArrayRecordComponent") // sent once and never compared
    record Page(byte[] json) implements Reply {}

    /** A refusal. */
    record Refused(ApiError error) implements Reply {}

    Organization(UsageLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /** Answers a request for a path below {@link #PATH}. */
    Reply answer(String method, String path, @Nullable String query, Headers headers) {
        String key = headers.first("Authorization").orElse("");
        UsageFault fault =
                UsageFault.of(key.startsWith(BEARER) ? key.substring(BEARER.length()).strip() : "")
                        .orElse(null);
        if (fault == null) {
            return new Refused(Refusals.noAdministrator());
        }
        if (!method.equals("GET")) {
            return new Refused(Refusals.wrongMethod(method, path, "GET"));
        }
        try {
            return switch (path.substring(PATH.length())) {
                case "usage/completions" -> completions(query, fault);
                case "usage/embeddings" -> embeddings(query, fault);
                case "costs" -> costs(query, fault);
                default -> new Refused(Refusals.unknownUrl(method, path));
            };
        } catch (UsageQuery.Wrong wrong) {
            return new Refused(wrong.error());
        }
    }

    private Page completions(@Nullable String query, UsageFault fault) throws UsageQuery.Wrong {
        UsageQuery asked = UsageQuery.of(query, USAGE_GROUPS, UsageQuery.USAGE_DAYS, now());
        return page(
                asked,
                books("completions", fault),
                used -> Billed.usage(asked, used),
                UsageResults::completions);
    }

    private Page embeddings(@Nullable String query, UsageFault fault) throws UsageQuery.Wrong {
        UsageQuery asked = UsageQuery.of(query, EMBEDDING_GROUPS, UsageQuery.USAGE_DAYS, now());
        return page(
                asked,
                books("embeddings", fault),
                used -> Billed.usage(asked, used),
                UsageResults::embeddings);
    }

    private Page costs(@Nullable String query, UsageFault fault) throws UsageQuery.Wrong {
        UsageQuery asked = UsageQuery.of(query, COST_GROUPS, UsageQuery.COST_DAYS, now());
        BigDecimal share = BigDecimal.valueOf(fault.percent(), 2);
        return page(
                asked,
                fault.bend(log.all()),
                used -> Billed.costs(asked, used, log.prices()),
                (out, line) -> UsageResults.costs(out, line, line.usd().multiply(share)));
    }

    private List<Used> books(String api, UsageFault fault) {
        return fault.bend(log.all()).stream().filter(used -> used.api().equals(api)).toList();
    }

    private static Page page(
            UsageQuery asked,
            List<Used> books,
            Function<Used, List<Billed>> billed,
            BiConsumer<JsonGenerator, Billed> result) {
        long end = Math.min(asked.end(), asked.start() + asked.limit() * asked.width());
        byte[] json =
                JsonText.bytes(out -> {
                    out.writeStartObject();
                    out.writeStringProperty("object", "page");
                    out.writeArrayPropertyStart("data");
                    for (long start = asked.start(); start < end; start += asked.width()) {
                        bucket(out, asked, start, grouped(asked, start, books, billed), result);
                    }
                    out.writeEndArray();
                    next(out, asked, end);
                    out.writeEndObject();
                });
        return new Page(json);
    }

    private static Collection<Billed> grouped(
            UsageQuery asked, long start, List<Used> books, Function<Used, List<Billed>> billed) {
        Map<Map<String, @Nullable String>, Billed> groups = new LinkedHashMap<>();
        for (Used used : books) {
            long second = used.epochSecond();
            if (second >= start && second < start + asked.width() && asked.means(used)) {
                billed.apply(used).forEach(one -> groups.merge(one.by(), one, Billed::plus));
            }
        }
        return groups.values();
    }

    private static void bucket(
            JsonGenerator out,
            UsageQuery asked,
            long start,
            Collection<Billed> groups,
            BiConsumer<JsonGenerator, Billed> result) {
        out.writeStartObject();
        out.writeStringProperty("object", "bucket");
        out.writeNumberProperty("start_time", start);
        out.writeNumberProperty("end_time", start + asked.width());
        out.writeArrayPropertyStart("results");
        groups.forEach(group -> result.accept(out, group));
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void next(JsonGenerator out, UsageQuery asked, long end) {
        out.writeBooleanProperty("has_more", end < asked.end());
        out.writeName("next_page");
        if (end < asked.end()) {
            out.writeString(UsageQuery.page(end));
        } else {
            out.writeNull();
        }
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
