package io.weir.web;

import java.util.List;

/**
 * How to make the first call, for a dashboard that has nothing to show yet.
 *
 * @param baseUrl what an SDK has to be given
 */
record FirstCall(String baseUrl, List<Snippet> snippets) {
    /** A way to make it. */
    record Snippet(String id, String title, String code) {}

    static FirstCall of(Visit visit) {
        String baseUrl = visit.origin() + "/v1";
        return new FirstCall(
                baseUrl,
                List.of(
                        new Snippet(
                                "python",
                                "Python",
                                "client = OpenAI(base_url=\"%s\", api_key=APP_KEY)"
                                        .formatted(baseUrl)),
                        new Snippet(
                                "node",
                                "Node",
                                "const client = new OpenAI({ baseURL: \"%s\", apiKey: APP_KEY });"
                                        .formatted(baseUrl)),
                        new Snippet(
                                "java",
                                "Java",
                                "OpenAIClient client = OpenAIOkHttpClient.builder().baseUrl(\"%s\").apiKey(APP_KEY).build();"
                                        .formatted(baseUrl)),
                        new Snippet(
                                "curl",
                                "curl",
                                """
                                curl %s/chat/completions \\
                                  -H "authorization: Bearer $APP_KEY" -H "content-type: application/json" \\
                                  -d '{"model":"gpt-4o-mini","messages":[{"role":"user","content":"What is a weir?"}]}'\
                                """
                                        .formatted(baseUrl))));
    }
}
