package io.weir.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.HttpResponseFor;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.sun.net.httpserver.HttpExchange;
import io.weir.outbound.LoopbackServer;
import io.weir.wire.Json;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A small web application: a request for its page makes one chat call with OpenAI's own SDK, and
 * the page says which call it was, as an application's log would.
 */
final class WebApplication implements Closeable {
    private static final String CALL_ID = "x-weir-call-id";

    private final OpenAIClient openAi;
    private final LoopbackServer server;

    /** Serves on a free port of loopback. */
    WebApplication(String baseUrl, String key) throws IOException {
        this.openAi =
                OpenAIOkHttpClient.builder().baseUrl(baseUrl).apiKey(key).maxRetries(0).build();
        this.server = LoopbackServer.plain(this::answer);
    }

    /**
     * The page, as its visitor gets it.
     *
     * @param exception the simple name of what the SDK has thrown; empty where it has not
     * @param call the id of the call that was made for it
     */
    record Page(int status, String exception, String call) {}

    /** Visits the page, which asks that model. */
    Page visit(String model) throws IOException, InterruptedException {
        URI page = server.settings("/?" + model, false).url();
        try (HttpClient browser = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    browser.send(
                            HttpRequest.newBuilder(page).build(),
                            HttpResponse.BodyHandlers.ofString(UTF_8));
            JsonNode told = Json.MAPPER.readTree(answer.body());
            return new Page(
                    answer.statusCode(),
                    told.path("exception").asString(""),
                    told.path("call").asString(""));
        }
    }

    @Override
    public void close() {
        server.close();
        openAi.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        ObjectNode page = Json.MAPPER.createObjectNode();
        int status = 200;
        try (HttpResponseFor<ChatCompletion> answer =
                openAi.chat()
                        .completions()
                        .withRawResponse()
                        .create(question(exchange.getRequestURI().getQuery()))) {
            page.put("call", answer.headers().values(CALL_ID).getFirst());
            page.put("choices", answer.parse().choices().size());
        } catch (OpenAIServiceException e) {
            status = 503;
            page.put("exception", e.getClass().getSimpleName());
            page.put("call", e.headers().values(CALL_ID).getFirst());
        }
        LoopbackServer.answer(exchange, status, page.toString());
    }

    private static ChatCompletionCreateParams question(String model) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .addUserMessage("Which boats are in the harbour?")
                .build();
    }
}
