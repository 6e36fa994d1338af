package io.weir.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.Outcome;
import io.weir.call.UpstreamFailure.Timer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdviceTest {
    private static final String NONE = Advice.of("no such class", null);

    @ParameterizedTest
    @EnumSource(Timer.class)
    void isThereForEachTimer(Timer timer) {
        assertThat(Advice.of(timer.errorType(), null)).isNotEqualTo(NONE);
    }

    @Test
    void isThereForEachClassOfUpstreamErrorsInTheGuide() throws IOException {
        String guide = Files.readString(Path.of("GUIDE.md"));
        int from =
                guide.indexOf(
                        "Upstream errors keep their status and body; `error_type` sorts them");
        String paragraph = guide.substring(from, guide.indexOf("\n\n", from));
        assertThat(Pattern.compile("`([a-z]+(?:_[a-z]+)*)`").matcher(paragraph).results())
                .hasSizeGreaterThan(12)
                .filteredOn(word -> !word.group(1).equals("error_type"))
                .allSatisfy(word -> assertThat(Advice.of(word.group(1), null)).isNotEqualTo(NONE));
    }

    @Test
    void isThereForEachWayACallCanEndBadly() {
        assertThat(new Outcome.ClientGone().errorType()).satisfies(AdviceTest::isKnown);
        assertThat(new Outcome.DeadlinePassed().errorType()).satisfies(AdviceTest::isKnown);
        assertThat(new Outcome.Interrupted().errorType()).satisfies(AdviceTest::isKnown);
        isKnown("upstream_unreachable");
        isKnown("upstream_broken");
    }

    @Test
    void tellsWhoseKeyIsWrong() {
        assertThat(Advice.of("invalid_api_key", "invalid_api_key")).contains("gateway key");
        assertThat(Advice.of("authentication", "invalid_api_key")).contains("upstream key");
    }

    @Test
    void regardsTheProvidersCodeBeforeTheClass() {
        assertThat(Advice.of("bad_request", "context_length_exceeded"))
                .contains("shorten the prompt");
        assertThat(Advice.of("bad_request", "odd")).isEqualTo(Advice.of("bad_request", null));
    }

    private static void isKnown(String type) {
        assertThat(Advice.of(type, null)).as(type).isNotEqualTo(NONE);
    }
}
