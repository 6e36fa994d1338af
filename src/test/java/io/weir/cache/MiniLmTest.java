package io.weir.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cache.Embedder.EmbeddingFailure;
import io.weir.export.NeedsServer;
import io.weir.it.LiveGateway;
import io.weir.it.Message;
import io.weir.it.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The real model. */
@NeedsServer(variable = MiniLmTest.VARIABLE)
class MiniLmTest {
    static final String VARIABLE = "SEMANTIC_CACHE";

    private static final Path LIBRARY = NeedsServer.Condition.path(VARIABLE, "not-installed");
    private static final String ANSWER =
            "{\"id\":\"c\",\"object\":\"chat.completion\",\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"%s\"}}],\"usage\":{\"prompt_tokens\":40,\"completion_tokens\":90,\"total_tokens\":130}}";

    @TempDir private Path data;

    /** Two texts, and whether one answer does for both. */
    private record Pair(boolean same, String one, String other) {
        static Pair of(String line) {
            String[] parts = line.split(" \\| ", -1);
            return new Pair(parts[0].equals("same"), parts[1], parts[2]);
        }

        boolean hits(Embedder model, double threshold) {
            try {
                return Particulars.of(one).allow(Particulars.of(other))
                        && Embedder.likeness(model.embed(one), model.embed(other)) >= threshold;
            } catch (EmbeddingFailure e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void noOtherQuestionIsTakenForTheSameAndManyThatAreTheSameAreFound() throws IOException {
        List<Pair> pairs =
                Files.readAllLines(Path.of("src/test/resources/io/weir/cache/pairs.txt")).stream()
                        .filter(line -> !line.startsWith("#"))
                        .map(Pair::of)
                        .toList();
        MiniLm model = MiniLm.load(LIBRARY);
        for (double threshold : new double[] {0.85, 0.9, 0.93, 0.95, 0.97}) {
            System.out.printf(
                    "threshold %.2f: %d of %d that mean the same, %d of %d that do not%n",
                    threshold,
                    pairs.stream().filter(Pair::same).filter(p -> p.hits(model, threshold)).count(),
                    pairs.stream().filter(Pair::same).count(),
                    pairs.stream()
                            .filter(p -> !p.same())
                            .filter(p -> p.hits(model, threshold))
                            .count(),
                    pairs.stream().filter(p -> !p.same()).count());
        }
        double usual = SemanticConfig.OFF.threshold();
        assertThat(pairs).filteredOn(p -> !p.same()).noneMatch(p -> p.hits(model, usual));
        assertThat(pairs)
                .filteredOn(Pair::same)
                .filteredOn(p -> p.hits(model, usual))
                .hasSizeGreaterThan(14);
    }

    @Test
    void aQuestionOfTheSameMeaningIsAnsweredAndRecorded() throws IOException {
        try (ScriptedUpstream upstream =
                        new ScriptedUpstream().answers(ANSWER.formatted("Paris."));
                LiveGateway weir = start(upstream, 0)) {
            Message first = chat(weir, "What is the capital of France?", "");
            Message again = chat(weir, "What's the capital of France?", "");
            assertThat(first.field("x-weir-cache")).isEqualTo("miss");
            assertThat(again.field("x-weir-cache")).isEqualTo("semantic");
            assertThat(again.field("x-weir-cache-likeness")).startsWith("0.9");
            assertThat(again.field("x-weir-cache-call")).isEqualTo(first.field("x-weir-call-id"));
            assertThat(again.body()).isEqualTo(first.body());
            JsonNode record = weir.record(again);
            assertThat(record.path("cache").asString()).isEqualTo("hit");
            assertThat(record.path("cache_call").asString())
                    .isEqualTo(first.field("x-weir-call-id"));
            assertThat(record.path("cache_likeness_ppm").asLong()).isGreaterThan(950_000);
            assertThat(record.path("cost_nano_usd").longValue(-1)).isZero();
            assertThat(record.path("cache_saved_nano_usd").asLong()).isEqualTo(1_000_000);

            assertThat(chat(weir, "What is the capital of Spain?", "").field("x-weir-cache"))
                    .isEqualTo("miss");
            assertThat(
                            chat(
                                            weir,
                                            "Tell me: what's the capital of France?",
                                            "x-weir-cache: exact")
                                    .field("x-weir-cache"))
                    .isEqualTo("miss");
            assertThat(upstream.requests()).hasSize(3);
            JsonNode standing = weir.admin("/admin/api/cache");
            assertThat(standing.path("semantic").path("hits").asInt()).isEqualTo(1);
        }
    }

    @Test
    void whatIsCheckedIsAskedForAndRecordedWithHowAlikeTheAnswersAre() throws IOException {
        Queue<String> answers =
                new ConcurrentLinkedQueue<>(
                        List.of("It is Paris.", "The shop opens in the evening."));
        try (ScriptedUpstream upstream =
                        new ScriptedUpstream()
                                .does(peer -> {
                                    while (true) {
                                        peer.request();
                                        String said = String.valueOf(answers.poll());
                                        peer.wire()
                                                .say(ScriptedUpstream.json(ANSWER.formatted(said)));
                                    }
                                });
                LiveGateway weir = start(upstream, 1)) {
            chat(weir, "What is the capital of France?", "");
            Message again = chat(weir, "What's the capital of France?", "");
            assertThat(again.field("x-weir-cache")).isEqualTo("miss");
            assertThat(again.body()).contains("evening");
            JsonNode record = weir.record(again);
            assertThat(record.path("cache_answer_likeness_ppm").asLong(-1)).isBetween(0L, 799_999L);
            assertThat(weir.admin("/admin/api/cache").path("semantic").path("unlike").asInt())
                    .isEqualTo(1);
        }
    }

    private LiveGateway start(ScriptedUpstream upstream, int share) throws IOException {
        return LiveGateway.start(
                data,
                upstream.url(),
                """
                cache:
                  enabled: true
                  semantic: {enabled: true, library: "%s", check_share: %d}
                """
                        .formatted(LIBRARY.toAbsolutePath(), share));
    }

    private static Message chat(LiveGateway weir, String text, String field) throws IOException {
        String asked =
                weir.post(
                        "/v1/chat/completions",
                        "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                                .formatted(text));
        return weir.ask(
                field.isEmpty() ? asked : asked.replace("\r\nhost:", "\r\n" + field + "\r\nhost:"));
    }
}
