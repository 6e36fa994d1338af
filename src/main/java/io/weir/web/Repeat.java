package io.weir.web;

import io.weir.call.CallRecord;
import io.weir.wire.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call once more, as code for four languages. The key is the variable {@code APP_KEY}: no page
 * shows a key.
 *
 * @param exact whether the code sends what the call sent; otherwise its words are made up
 */
record Repeat(boolean exact, List<FirstCall.Snippet> snippets) {
    private static final String PREFIX = "/v1";

    /**
     * The code for a call.
     *
     * @param origin this server as the reader's browser knows it
     */
    static Repeat of(CallRecord call, String origin) {
        CallRecord.Content content = call.content();
        boolean kept = content != null && Bodies.json(content.request()).isPresent();
        String body = kept && content != null ? content.request().strip() : skeleton(call);
        JsonNode json = Bodies.json(body).orElseGet(Json.MAPPER::createObjectNode);
        String path = call.request().path();
        boolean asks = call.request().method().equals("POST");
        return new Repeat(
                kept || !asks,
                List.of(
                        new FirstCall.Snippet(
                                "curl", "curl", curl(call.request().method(), origin + path, body)),
                        new FirstCall.Snippet("python", "Python", python(call, origin, json)),
                        new FirstCall.Snippet("node", "Node", node(call, origin, json)),
                        new FirstCall.Snippet(
                                "java",
                                "Java",
                                java(call.request().method(), origin + path, body))));
    }

    private static String curl(String method, String url, String body) {
        boolean sends = method.equals("POST");
        return "curl -sS "
                + (sends ? "" : "-X " + Quoted.shell(method) + " ")
                + Quoted.shell(url)
                + " \\\n  -H \"authorization: Bearer $APP_KEY\""
                + (sends
                        ? " -H 'content-type: application/json' \\\n  --data-raw "
                                + Quoted.shell(body)
                        : "");
    }

    private static String python(CallRecord call, String origin, JsonNode body) {
        String method = call.request().method();
        String begin =
                """
                import os, httpx
                from openai import OpenAI

                client = OpenAI(base_url=%s, api_key=os.environ["APP_KEY"])
                """
                        .formatted(Quoted.json(origin + PREFIX));
        String path = Quoted.json(within(call));
        return method.equals("POST")
                ? begin
                        + "answer = client.post(%s, cast_to=httpx.Response, body=%s)\nprint(answer.text)"
                                .formatted(path, Quoted.python(body))
                : begin
                        + "answer = client.%s(%s, cast_to=httpx.Response)\nprint(answer.text)"
                                .formatted(word(method), path);
    }

    private static String node(CallRecord call, String origin, JsonNode body) {
        String method = call.request().method();
        String begin =
                """
                import OpenAI from "openai";

                const client = new OpenAI({ baseURL: %s, apiKey: process.env.APP_KEY });
                """
                        .formatted(Quoted.json(origin + PREFIX));
        String path = Quoted.json(within(call));
        String call0 =
                method.equals("POST")
                        ? "client.post(%s, { body: %s })".formatted(path, Quoted.script(body))
                        : "client.%s(%s)".formatted(word(method), path);
        return begin
                + "const answer = await "
                + call0
                + ".asResponse();\nconsole.log(await answer.text());";
    }

    private static String java(String method, String url, String body) {
        String publisher =
                method.equals("POST")
                        ? "HttpRequest.BodyPublishers.ofString(" + Quoted.java(body) + ")"
                        : "HttpRequest.BodyPublishers.noBody()";
        return """
        import java.net.URI;
        import java.net.http.*;

        void main() throws Exception {
            HttpRequest request = HttpRequest.newBuilder(URI.create(%s))
                .header("authorization", "Bearer " + System.getenv("APP_KEY"))
                .header("content-type", "application/json")
                .method(%s, %s)
                .build();
            IO.println(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
        }\
        """
                .formatted(Quoted.java(url), Quoted.java(method), publisher);
    }

    /** What the SDKs put behind their base URL. */
    private static String within(CallRecord call) {
        String path = call.request().path();
        return path.startsWith(PREFIX + "/") ? path.substring(PREFIX.length()) : path;
    }

    private static String word(String method) {
        return method.equals("DELETE") ? "delete" : "get";
    }

    /** A request of the same kind, where what was said is not known. */
    private static String skeleton(CallRecord call) {
        CallRecord.Request request = call.request();
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("model", request.model() == null ? "gpt-4o-mini" : request.model());
        switch (request.endpoint()) {
            case "chat.completions" ->
                    json.putArray("messages").addObject().put("role", "user").put("content", "…");
            case "completions" -> json.put("prompt", "…");
            default -> json.put("input", "…");
        }
        if (request.stream()) {
            json.put("stream", true);
        }
        return json.toString();
    }
}
