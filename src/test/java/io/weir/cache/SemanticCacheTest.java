package io.weir.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cache.SemanticCache.Match;
import io.weir.cache.SemanticCache.Question;
import io.weir.call.Call;
import io.weir.call.Calls;
import io.weir.call.Likeness;
import io.weir.call.Principal;
import io.weir.wire.AnswerFacts;
import io.weir.wire.Headers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SemanticCacheTest {
    private static final String ASKED = "where is the order that was sent to me";

    private final AtomicLong now = new AtomicLong();
    private final WordPoints points = new WordPoints();
    private final AnswerCache answers =
            new AnswerCache(
                    new CacheConfig(
                            true,
                            Duration.ofHours(1),
                            1 << 20,
                            1 << 20,
                            CacheConfig.Scope.PROJECT,
                            true,
                            new SemanticConfig(true, Path.of("none"), 0.9, 2, 0.5)),
                    "openai",
                    now::get);
    private final SemanticCache semantic = new SemanticCache(answers, points, () -> 0.4, 4);

    @Test
    void aQuestionOfTheSameMeaningGetsTheAnswer() {
        Call first = remember(chat(ASKED), "It is on its way.");
        Match match = Objects.requireNonNull(find(chat("Where is the order that was sent to me?")));
        assertThat(AnswerText.of(match.answer())).isEqualTo("It is on its way.");
        assertThat(match.likeness().of()).isEqualTo(first.id());
        assertThat(match.likeness().questionPpm()).isGreaterThan(990_000);
        assertThat(find(chat("what is the weather in the mountains"))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"n\",\"messages\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"%s\"}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"t\"},{\"role\":\"user\",\"content\":\"%s\"}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}",
                "{\"model\":\"m\",\"temperature\":0,\"messages\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"%s\"}]}",
                "{\"model\":\"m\",\"response_format\":{\"type\":\"json_object\"},\"messages\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"%s\"}]}",
                "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"%s\"}]}",
            })
    void whateverElseDiffersMakesAnotherQuestion(String body) {
        remember(chat(ASKED), "It is on its way.");
        assertThat(find(Calls.chat(body.formatted(ASKED)))).isNull();
    }

    @Test
    void whoAsksMakesNoDifferenceWithinAProjectAndOneBetweenThem() {
        remember(chat(ASKED), "It is on its way.");
        Call other =
                Calls.chat(
                        "{\"model\":\"m\",\"user\":\"u\",\"messages\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"%s!\"}]}"
                                .formatted(ASKED));
        assertThat(find(other)).isNotNull();
        Question elsewhere =
                Objects.requireNonNull(
                        semantic.question(
                                chat(ASKED),
                                chat(ASKED).view().orElseThrow(),
                                new Principal("k", "k", "other", List.of())));
        assertThat(semantic.find(elsewhere, CacheControl.NONE)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"m\",\"tools\":[{}],\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
                "{\"model\":\"m\",\"functions\":[{}],\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
                "{\"model\":\"m\",\"n\":2,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"assistant\",\"content\":\"a\"}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\" \"}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]}",
                "{\"model\":\"m\",\"messages\":[]}",
                "{\"model\":\"m\"}",
                "no JSON",
            })
    void whatIsNoPlainQuestionIsNotCompared(String body) {
        assertThat(question(Calls.chat(body))).isNull();
    }

    @Test
    void aPartOfTextIsAQuestionAndALongOneIsNot() {
        assertThat(
                        question(
                                Calls.chat(
                                        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"}]}]}")))
                .isNotNull();
        assertThat(question(chat("a".repeat(1_001)))).isNull();
    }

    @Test
    void anotherNumberIsAnotherQuestion() {
        remember(chat(ASKED + " 17"), "It is on its way.");
        assertThat(find(chat(ASKED + " 18"))).isNull();
        assertThat(find(chat(ASKED + " , 17"))).isNotNull();
    }

    @Test
    void anAnswerThatIsForgottenOrStaleIsNotGiven() {
        remember(chat(ASKED), "It is on its way.");
        now.addAndGet(Duration.ofMinutes(5).toNanos());
        Question again = Objects.requireNonNull(question(chat(ASKED)));
        assertThat(semantic.find(again, new CacheControl(false, false, false, 60))).isNull();
        assertThat(semantic.find(again, CacheControl.NONE)).isNotNull();
        answers.clear(null);
        assertThat(semantic.find(again, CacheControl.NONE)).isNull();
    }

    @Test
    void noMoreAreRememberedThanThereIsRoomFor() {
        for (String name : List.of("apples", "pears", "plums", "cherries")) {
            remember(chat("tell me all about " + name + " and trees"), name);
        }
        assertThat(semantic.standing().entries()).isEqualTo(2);
        now.addAndGet(Duration.ofHours(2).toNanos());
        assertThat(semantic.standing().entries()).isZero();
    }

    @Test
    void aModelThatFailsOrIsBusyMakesAMiss() {
        remember(chat(ASKED), "It is on its way.");
        points.fails = true;
        assertThat(question(chat(ASKED))).isNull();
        assertThat(semantic.standing().failures()).isEqualTo(1);
        SemanticCache none = new SemanticCache(answers, points, () -> 0, 0);
        assertThat(none.question(chat(ASKED), chat(ASKED).view().orElseThrow(), CALLER)).isNull();
        assertThat(none.standing().busy()).isEqualTo(1);
    }

    @Test
    void aCheckSaysWhetherTheAnswersAreAlike() {
        remember(chat(ASKED), "It is on its way to you, dear friend.");
        Match match = Objects.requireNonNull(find(chat(ASKED + "?")));
        assertThat(checked(match, "it is on its way to you dear friend")).isEqualTo(1_000_000);
        assertThat(checked(match, "We have lost it.")).isLessThan(800_000);
        assertThat(checked(match, "It is on its way to you, dear friend, 5 of it.")).isZero();
        assertThat(semantic.standing().checks()).isEqualTo(3);
        assertThat(semantic.standing().unlike()).isEqualTo(2);
    }

    @Test
    void asManyAreCheckedAsIsSaid() {
        assertThat(semantic.checks()).isTrue();
        assertThat(new SemanticCache(answers, points, () -> 0.5, 1).checks()).isFalse();
    }

    @Test
    void theTextOfAStreamIsThatOfItsPieces() {
        String stream =
                """
                data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}

                data: {"choices":[{"index":0,"delta":{"content":"It is "}},{"index":1,"delta":{"content":"no"}}]}

                data: {"choices":[{"index":0,"delta":{"content":"there."}}]}

                data: [DONE]

                """;
        assertThat(AnswerText.of(answer(stream, true))).isEqualTo("It is there.");
        assertThat(AnswerText.of(answer("<html>", false))).isEmpty();
    }

    private long checked(Match match, String text) {
        Likeness likeness = semantic.checked(match, answer(json(text), false));
        return Objects.requireNonNull(likeness.answerPpm());
    }

    private static final Principal CALLER = new Principal("key", "app", "shop", List.of());

    private Call remember(Call call, String text) {
        CacheKey key = answers.key(call, call.view().orElseThrow(), CALLER);
        answers.keep(key, answer(json(text), false), 0);
        semantic.keep(Objects.requireNonNull(question(call)), key, call.id());
        return call;
    }

    private @Nullable Match find(Call call) {
        return semantic.find(Objects.requireNonNull(question(call)), CacheControl.NONE);
    }

    private @Nullable Question question(Call call) {
        return semantic.question(call, call.view().orElseThrow(), CALLER);
    }

    private CachedAnswer answer(String body, boolean streamed) {
        return new CachedAnswer(
                "shop",
                Headers.NONE,
                body.getBytes(UTF_8),
                streamed,
                -1,
                0,
                AnswerFacts.NONE,
                1L,
                now.get());
    }

    private static String json(String text) {
        return "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"%s\"}}]}".formatted(text);
    }

    private static Call chat(String text) {
        return Calls.chat(
                "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"%s\"}]}"
                        .formatted(text));
    }
}
