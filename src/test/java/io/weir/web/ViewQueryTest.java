package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.http.Query;
import io.weir.report.Dimension;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewQueryTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "last=24h",
                "last=7d&model=gpt-4o&key=a+b&by=model%2Cday",
                "since=2026-11-20T00%3A00%3A00Z&until=2026-11-21T00%3A00%3A00Z&status=429",
                "last=1h&user=%3Cb%3E%26%22&sort=p95_ms"
            })
    void anAddressIsReadAndWrittenAgain(String query) {
        assertThat(view(query).href("/x")).isEqualTo("/x?" + query);
    }

    @Test
    void withoutATimeItIsTheLastDay() {
        Window window = view("").window();

        assertThat(window.last()).isEqualTo("24h");
        assertThat(window.since()).isEqualTo(NOW.minus(Duration.ofHours(24)));
        assertThat(window.until()).isEqualTo(NOW);
    }

    @Test
    void aBrowsersFieldForATimeIsInUtc() {
        Window window = view("since=2026-11-20T08:30&until=2026-11-20T09:30").window();

        assertThat(window.since()).isEqualTo(Instant.parse("2026-11-20T08:30:00Z"));
        assertThat(window.field(window.until())).isEqualTo("2026-11-20T09:30");
    }

    @Test
    void aFilterIsAddedByNameAndValue() {
        ViewQuery view = view("model=a&filter=key&value=b");

        assertThat(view.filters()).containsEntry("model", "a").containsEntry("key", "b");
        assertThat(view.with("model", "c").without("key").href("/"))
                .isEqualTo("/?last=24h&model=c");
    }

    @Test
    void anotherPageGetsTimeAndFiltersOnly() {
        ViewQuery view = view("last=7d&model=a&by=key&sort=x");

        assertThat(view.by()).containsExactly(Dimension.KEY);
        assertThat(view.carried().href("/other")).isEqualTo("/other?last=7d&model=a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "last=2h",
                "since=yesterday",
                "since=2026-11-21T00:00:00Z&until=2026-11-20T00:00:00Z",
                "status=abc",
                "filter=colour&value=red",
                "by=colour"
            })
    void whatMakesNoSenseIsTheAskersMistake(String query) {
        assertThatThrownBy(() -> view(query)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ViewQuery view(String query) {
        return ViewQuery.of(new Query(query), NOW);
    }
}
