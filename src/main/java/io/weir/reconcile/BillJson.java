package io.weir.reconcile;

import io.weir.wire.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/**
 * Reads pages of OpenAI's usage and costs, {@code {"object": "page", "data": [buckets]}}, or an
 * array of them, into a {@link Bill}.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/usage">The reference</a>
 */
final class BillJson {
    private static final ObjectReader EXACT =
            Json.MAPPER.reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final String USAGE = "organization.usage.";
    private static final String COSTS = "organization.costs.result";

    private final Bill bill;

    BillJson(Bill bill) {
        this.bill = bill;
    }

    /**
     * Reads a page, or several.
     *
     * @return the cursor of the page behind it; empty where it is the last
     */
    Optional<String> read(byte[] json) throws BillProblem {
        JsonNode tree;
        try {
            tree = EXACT.readTree(json);
        } catch (JacksonException e) {
            throw new BillProblem("It is not JSON: " + e.getOriginalMessage(), e);
        }
        if (tree != null && tree.isArray()) {
            for (JsonNode page : tree) {
                page(page);
            }
            return Optional.empty();
        }
        return page(tree);
    }

    private Optional<String> page(@Nullable JsonNode page) throws BillProblem {
        if (page == null || !page.path("data").isArray()) {
            throw new BillProblem(
                    "It is no page of usage or costs: there is no \"data\" with buckets in it.");
        }
        for (JsonNode bucket : page.path("data")) {
            bucket(bucket);
        }
        String next = page.path("next_page").asString("");
        return next.isEmpty() ? Optional.empty() : Optional.of(next);
    }

    private void bucket(JsonNode bucket) throws BillProblem {
        JsonNode start = bucket.path("start_time");
        if (!start.isNumber() || !bucket.path("results").isArray()) {
            throw new BillProblem("A bucket of it has no start_time or no results.");
        }
        long second = Bill.count("start_time", start.toString());
        LocalDate day = Instant.ofEpochSecond(second).atZone(ZoneOffset.UTC).toLocalDate();
        for (JsonNode result : bucket.path("results")) {
            result(day, result);
        }
    }

    private void result(LocalDate day, JsonNode result) throws BillProblem {
        String type = result.path("object").asString("");
        String project = text(result, "project_id");
        if (type.equals(COSTS)) {
            JsonNode amount = result.path("amount");
            bill.cost(
                    day,
                    text(result, "line_item"),
                    project,
                    number(amount.path("value")),
                    amount.path("currency").asString(""));
        } else if (type.startsWith(USAGE)) {
            String model = text(result, "model");
            bill.use(day, model == null ? LineItem.UNSAID : model, project, used(result));
        } else {
            throw new BillProblem("It has results of the kind '%s'.".formatted(type));
        }
    }

    private static Billed used(JsonNode result) throws BillProblem {
        String tier = text(result, "service_tier");
        return Billed.used(
                count(result, "num_model_requests"),
                count(result, "input_tokens"),
                count(result, "output_tokens"),
                result.path("batch").asBoolean(false) || ServiceTiers.apart(tier));
    }

    private static long count(JsonNode result, String name) throws BillProblem {
        JsonNode count = result.path(name);
        return count.isMissingNode() || count.isNull()
                ? 0
                : Bill.count(name, count.asString(count.toString()));
    }

    /** A number may come as a string, so that no reader rounds it. */
    private static String number(JsonNode value) {
        if (value.isNumber()) {
            BigDecimal exact = value.decimalValue();
            return exact.toString();
        }
        return value.asString("");
    }

    private static @Nullable String text(JsonNode result, String name) {
        String text = result.path(name).asString("");
        return text.isEmpty() ? null : text;
    }
}
