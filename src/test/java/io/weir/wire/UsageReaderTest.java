package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Endpoint.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class UsageReaderTest {
    private static final List<Dialect> DIALECTS =
            List.of(
                    Dialect.CHAT,
                    Dialect.COMPLETIONS,
                    Dialect.RESPONSES,
                    Dialect.EMBEDDINGS,
                    Dialect.GENERIC);

    @Test
    void cutsTheDetailsOutOfTheTotals() {
        assertThat(
                        usage(
                                Dialect.CHAT,
                                """
                                {"prompt_tokens":100,"completion_tokens":50,"total_tokens":150,
                                "prompt_tokens_details":{"cached_tokens":40,"audio_tokens":5,
                                "cache_write_tokens":10,"image_tokens":3,"text_tokens":92},
                                "completion_tokens_details":{"reasoning_tokens":20,"audio_tokens":7,
                                "accepted_prediction_tokens":1,"rejected_prediction_tokens":2}}\
                                """))
                .isEqualTo(new Usage(42, 40, 10, 5, 3, 23, 20, 7, 0));
    }

    @Test
    void totalsWinOverDetailsThatDoNotFit() {
        assertThat(
                        usage(
                                Dialect.CHAT,
                                """
                                {"prompt_tokens":7,"completion_tokens":1,"total_tokens":8,
                                "prompt_tokens_details":{"cached_tokens":163,"text_tokens":7},
                                "completion_tokens_details":{"reasoning_tokens":9,"audio_tokens":9}}\
                                """))
                .isEqualTo(new Usage(0, 7, 0, 0, 0, 0, 1, 0, 0));
    }

    @Test
    void reasoningBesideTheCompletionIsAddedToIt() {
        assertThat(
                        usage(
                                Dialect.CHAT,
                                """
                                {"prompt_tokens":32,"completion_tokens":9,"total_tokens":135,
                                "completion_tokens_details":{"reasoning_tokens":94}}\
                                """))
                .isEqualTo(new Usage(32, 0, 0, 0, 0, 9, 94, 0, 0));
    }

    @Test
    void readsEmbeddings() {
        assertThat(usage(Dialect.EMBEDDINGS, "{\"prompt_tokens\":4,\"total_tokens\":4}"))
                .isEqualTo(Usage.ofText(4, 0));
        assertThat(usage(Dialect.EMBEDDINGS, "{\"total_tokens\":4}")).isEqualTo(Usage.ofText(4, 0));
        assertThat(usage(Dialect.CHAT, "{\"total_tokens\":4}")).isNull();
    }

    @Test
    void readsImages() {
        assertThat(
                        usage(
                                Dialect.GENERIC,
                                """
                                {"input_tokens":50,"output_tokens":100,"total_tokens":150,
                                "input_tokens_details":{"text_tokens":10,"image_tokens":40}}\
                                """))
                .isEqualTo(new Usage(10, 0, 0, 0, 40, 0, 0, 0, 100));
        assertThat(
                        usage(
                                Dialect.GENERIC,
                                """
                                {"input_tokens":50,"output_tokens":100,"total_tokens":150,
                                "input_tokens_details":{"text_tokens":50,"image_tokens":0},
                                "output_tokens_details":{"text_tokens":30,"image_tokens":70}}\
                                """))
                .isEqualTo(new Usage(50, 0, 0, 0, 0, 30, 0, 0, 70));
    }

    @Test
    void readsTranscriptions() {
        assertThat(
                        usage(
                                Dialect.GENERIC,
                                """
                                {"type":"tokens","input_tokens":37,"output_tokens":145,"total_tokens":182,
                                "input_token_details":{"text_tokens":2,"audio_tokens":35}}\
                                """))
                .isEqualTo(new Usage(2, 0, 0, 35, 0, 145, 0, 0, 0));
    }

    @Test
    void aMissingTotalIsWhatIsLeftOfAll() {
        assertThat(usage(Dialect.CHAT, "{\"prompt_tokens\":4,\"total_tokens\":10}"))
                .isEqualTo(Usage.ofText(4, 6));
        assertThat(usage(Dialect.RESPONSES, "{\"output_tokens\":4}")).isEqualTo(Usage.ofText(0, 4));
    }

    @Test
    void anyUsageIsReadLikeATreeAndItsPartsSumToItsTotals() {
        Random random = new Random(6);
        for (int i = 0; i < 20_000; i++) {
            Dialect dialect = DIALECTS.get(random.nextInt(DIALECTS.size()));
            ObjectNode usage = randomUsage(random);
            Usage read = usage(dialect, usage.toString());
            assertThat(read)
                    .as(usage.toString())
                    .isEqualTo(SlowFacts.usage(dialect, usage, ""))
                    .isNotNull();
            checkSums(usage, read);
        }
    }

    @Test
    void thePartsOfEveryRecordedUsageSumToItsTotals() {
        int checked = 0;
        for (Recorded recorded : Recorded.wholes()) {
            Usage read = AnswerReader.read(recorded.dialect(), recorded.answer()).usage();
            if (read != null) {
                checkSums((ObjectNode) SlowFacts.tree(recorded.answer()).get("usage"), read);
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(50);
    }

    private static void checkSums(ObjectNode usage, @Nullable Usage found) {
        Usage read = Objects.requireNonNull(found);
        long in = usage.path("prompt_tokens").asLong(usage.path("input_tokens").asLong(0));
        long out = usage.path("completion_tokens").asLong(usage.path("output_tokens").asLong(0));
        assertThat(read.inputTotal()).isEqualTo(in);
        boolean beside = usage.path("total_tokens").asLong(0) == in + out + read.reasoning();
        assertThat(read.outputTotal()).isEqualTo(beside ? out + read.reasoning() : out);
    }

    private static ObjectNode randomUsage(Random random) {
        boolean chat = random.nextBoolean();
        long in = random.nextInt(1_000);
        long out = random.nextInt(1_000);
        ObjectNode usage = JsonNodeFactory.instance.objectNode();
        usage.put(chat ? "prompt_tokens" : "input_tokens", in);
        usage.put(chat ? "completion_tokens" : "output_tokens", out);
        usage.put("total_tokens", in + out);
        if (random.nextInt(4) > 0) {
            ObjectNode details =
                    usage.putObject(chat ? "prompt_tokens_details" : "input_tokens_details");
            for (String part :
                    List.of(
                            "cached_tokens",
                            "cache_write_tokens",
                            "audio_tokens",
                            "image_tokens")) {
                randomPart(random, details, part);
            }
        }
        if (random.nextInt(4) > 0) {
            ObjectNode details =
                    usage.putObject(chat ? "completion_tokens_details" : "output_tokens_details");
            for (String part : List.of("reasoning_tokens", "audio_tokens", "image_tokens")) {
                randomPart(random, details, part);
            }
        }
        return usage;
    }

    private static void randomPart(Random random, ObjectNode details, String part) {
        switch (random.nextInt(5)) {
            case 0 -> details.putNull(part);
            case 1 -> details.put(part, -random.nextInt(50));
            case 2 -> {}
            default -> details.put(part, random.nextInt(600));
        }
    }

    private static @Nullable Usage usage(Dialect dialect, String usage) {
        byte[] answer = ("{\"usage\":" + usage + "}").getBytes(StandardCharsets.UTF_8);
        return AnswerReader.read(dialect, answer).usage();
    }
}
