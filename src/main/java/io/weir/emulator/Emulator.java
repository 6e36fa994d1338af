package io.weir.emulator;

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
                    + " /v1/moderations, and GET /v1/models and /v1/models/{model}";

    private static final String RESPONSES = "/v1/responses";
    private static final String MODERATIONS = "/v1/moderations";
    private static final String MODELS = "/v1/models";

    private final EmulatorConfig config;
    private final Delivery delivery;
    private final Map<String, Operation> operations;
    private final FailureCounts failureCounts = new FailureCounts();

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
                        "/v1/embeddings",
                        new Embeddings(press),
                        MODERATIONS,
                        new Moderations(press));
    }

    /**
     * Answers a request.
     *
     * @param path without the query, beginning with {@code /v1/}
     * @param query what follows the question mark; nothing depends on it
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
        Operation operation = operations.get(path);
        if (operation == null) {
            return delivery.error(Refusals.unknownUrl(method, path));
        }
        if (!method.equals("POST")) {
            return delivery.error(Refusals.wrongMethod(method, path, "POST"));
        }
        return parsed(body)
                .map(json -> answer(operation, path, json, body))
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

    private Emulation answer(Operation operation, String path, JsonNode json, byte[] body) {
        String usual = path.equals(MODERATIONS) ? Moderations.MODEL : "";
        JsonNode given = json.path("model");
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
                    path.equals(RESPONSES)
                            ? Refusals.unknownRequestedModel(model)
                            : Refusals.unknownModel(model));
        }
        return switch (behaviour.get()) {
            case Behaviour.Fails failure -> delivery.failure(failure);
            case Behaviour.Flaky flaky ->
                    failureCounts.failsAgain(body, flaky.failures())
                            ? delivery.error(EmulatedErrors.SERVER)
                            : deliver(operation, json, model, Behaviour.ORDINARY);
            case Behaviour.Answers manner -> deliver(operation, json, model, manner);
        };
    }

    private Emulation deliver(
            Operation operation, JsonNode json, String model, Behaviour.Answers manner) {
        return delivery.of(operation.answer(new Request(json, model, manner.quirk())), manner);
    }
}
