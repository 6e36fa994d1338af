package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.web.ErrorPattern.Piece;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ErrorPatternTest {
    private static final ViewQuery VIEW =
            ViewQuery.usual(Instant.parse("2026-11-22T12:00:00Z")).with("model", "gpt-4o");

    @Test
    void whatVariesIsToldFromWhatDoesNot() {
        assertThat(ErrorPattern.pieces("Limit <*>, used <*>"))
                .containsExactly(
                        new Piece("Limit ", false),
                        new Piece("<*>", true),
                        new Piece(", used ", false),
                        new Piece("<*>", true));
        assertThat(ErrorPattern.pieces("<*> failed"))
                .containsExactly(new Piece("<*>", true), new Piece(" failed", false));
        assertThat(ErrorPattern.pieces("")).isEmpty();
    }

    @Test
    void aTypeIsAFilterAndSoIsTheStatusOfWhatHasNone() {
        assertThat(ErrorType.narrowed(VIEW, "server_error", "").href("/errors"))
                .isEqualTo("/errors?last=24h&model=gpt-4o&error=server_error");
        assertThat(ErrorType.narrowed(VIEW, "server_error", "503").href("/errors"))
                .isEqualTo("/errors?last=24h&model=gpt-4o&error=server_error&status=503");
        assertThat(ErrorType.narrowed(VIEW, "client_gone", "0").href("/errors"))
                .isEqualTo("/errors?last=24h&model=gpt-4o&error=client_gone");
        assertThat(ErrorType.narrowed(VIEW, "status_502", "502").href("/errors"))
                .isEqualTo("/errors?last=24h&model=gpt-4o&status=502");
    }

    @Test
    void aChangeThatMayBeChanceIsNeitherGoodNorBad() {
        assertThat(ErrorType.change(100, 110, 1).tone()).isEqualTo("plain");
        assertThat(ErrorType.change(100, 190, 1).tone()).isEqualTo("bad");
        assertThat(ErrorType.change(100, 30, 1).tone()).isEqualTo("good");
        assertThat(ErrorType.change(0, 3, 1).tone()).isEqualTo("plain");
        assertThat(ErrorType.change(0, 30, 1)).isEqualTo(new Delta("new", "up", "bad"));
        assertThat(ErrorType.change(Double.NaN, 30, Double.NaN).text()).isEmpty();
    }
}
