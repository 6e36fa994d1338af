package io.weir.emulator;

import io.weir.prices.PriceBook;
import io.weir.wire.Headers;
import io.weir.wire.Json;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A ChatGPT API that needs no network and no model. It speaks the exact protocol, counts real
 * tokens, takes its time, and fails on demand; what it says is made up. The same request gets the
 * same text. It scripts answers and sends nothing itself. Any thread may ask.
 */
public final class Emulator {
    static final String OFFERS =
            "POST /v1/chat/completions, /v1/completions, /v1/responses, /v1/embeddings and"
                    + " /v1/moderations, and GET /v1/models, /v1/models/{model},"
                    + " /v1/organization/usage/completions, /v1/organization/usage/embeddings and"
                    + " /v1/organization/costs";

    private static final String RESPONSES = "/v1/responses";
    private static final String EMBEDDINGS = "/v1/embeddings";
    private static final String MODERATIONS = "/v1/moderations";
    private static final String MODELS = "/v1/models";

    private final EmulatorConfig config;
    private final Delivery delivery;
    private final Map<String, Operation> operations;
    private final FailureCounts failureCounts = new FailureCounts();
    private final UsageLog usageLog;
    private final Organization organization;

    /**
     * An emulator.
     *
     * @param clock dates the answers
     * @param seed what ids and delays are drawn from; the texts depend on the requests alone
     */
    public Emulator(EmulatorConfig config, TokenCount tokenCount, InstantSource clock, long seed) {
        this.config = config;
        Ids ids = new Ids(seed);
        this.delivery = new Delivery(config, new ReplyHeaders(ids, clock), seed);
        this.usageLog = new UsageLog(PriceBook.shipped(), clock);
        this.organization = new Organization(usageLog, clock);
        TokenCount counted = new CountedTexts(tokenCount);
        Press press = new Press(counted, new Composer(counted), ids, clock);
        this.operations =
                Map.of(
                        "/v1/chat/completions",
                        new Chat(press),
                        "/v1/completions",
                        new Completions(press),
                        RESPONSES,
                        new Responses(press),
                        EMBEDDINGS,
                        new Embeddings(press),
                        MODERATIONS,
                        new Moderations(press));
    }

    /**
     * Answers a request.
     *
     * @param path without the query, beginning with {@code /v1/}
     * @param query what follows the question mark; only usage and costs depend on it
     */
    public Emulation answer(
            String method, String path, @Nullable String query, Headers headers, byte[] body) {
        Optional<Emulation> stranger = config.requireKey() ? keyless(headers) : Optional.empty();
        if (stranger.isPresent()) {
            return stranger.get();
        }
        if (path.equals(MODELS) || path.startsWith(MODELS + "/")) {
            return models(method, path);
        }
        if (path.startsWith(Organization.PATH)) {
            return switch (organization.answer(method, path, query, headers)) {
                case Organization.Page page -> delivery.document(page.json());
                case Organization.Refused refused -> delivery.error(refused.error());
            };
        }
        Operation operation = operations.get(path);
        if (operation == null) {
            return delivery.error(Refusals.unknownUrl(method, path));
        }
        if (!method.equals("POST")) {
            return delivery.error(Refusals.wrongMethod(method, path, "POST"));
        }
        return parsed(body)
                .map(json -> answer(operation, new Asked(path, headers, json, body)))
                .orElseGet(() -> delivery.error(Refusals.notJson()));
    }

    private Optional<Emulation> keyless(Headers headers) {
        String key = headers.bearer(Integer.MAX_VALUE).orElse("");
        if (key.isEmpty()) {
            return Optional.of(delivery.error(Refusals.noKey()));
        }
        return key.startsWith("sk-invalid")
                ? Optional.of(delivery.error(Refusals.wrongKey()))
                : Optional.empty();
    }

    private Emulation models(String method, String path) {
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return delivery.error(Refusals.wrongMethod(method, path, "GET"));
        }
        if (path.equals(MODELS)) {
            return delivery.document(Models.list());
        }
        String name = path.substring(MODELS.length() + 1);
        return Models.one(name)
                .map(delivery::document)
                .orElseGet(() -> delivery.error(Refusals.unknownListedModel(name)));
    }

    private static Optional<JsonNode> parsed(byte[] body) {
        try {
            JsonNode json = Json.MAPPER.readTree(body);
            return json.isObject() ? Optional.of(json) : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    /** A request that is JSON. */
    @SuppressWarnings("ArrayRecordComponent") // looked at once and never compared
    private record Asked(String path, Headers headers, JsonNode json, byte[] body) {}

    private Emulation answer(Operation operation, Asked asked) {
        String usual = asked.path.equals(MODERATIONS) ? Moderations.MODEL : "";
        JsonNode given = asked.json.path("model");
        String model = given.isMissingNode() ? usual : given.stringValue("");
        if (model.isEmpty()) {
            return delivery.error(
                    given.isMissingNode() || given.isString() || given.isNull()
                            ? Refusals.noModel()
                            : Refusals.wrongType("model", "a string", Check.kind(given)));
        }
        Optional<Behaviour> behaviour = EmulatedModels.behaviour(model);
        if (behaviour.isEmpty()) {
            return delivery.error(
                    asked.path.equals(RESPONSES)
                            ? Refusals.unknownRequestedModel(model)
                            : Refusals.unknownModel(model));
        }
        return switch (behaviour.get()) {
            case Behaviour.Fails failure -> delivery.failure(failure);
            case Behaviour.Flaky flaky ->
                    failureCounts.failsAgain(asked.body, flaky.failures())
                            ? delivery.error(EmulatedErrors.SERVER)
                            : deliver(operation, asked, model, Behaviour.ORDINARY);
            case Behaviour.Answers manner -> deliver(operation, asked, model, manner);
        };
    }

    private Emulation deliver(
            Operation operation, Asked asked, String model, Behaviour.Answers manner) {
        Answer answer = operation.answer(new Request(asked.json, model, manner.quirk()));
        Emulation script = delivery.of(answer, manner);
        if (script.status() == 200 && !asked.path.equals(MODERATIONS)) {
            usageLog.add(
                    asked.path.equals(EMBEDDINGS) ? "embeddings" : "completions",
                    asked.headers,
                    model,
                    Chat.tier(asked.json),
                    answer.usage());
        }
        return script;
    }
}
