package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class QueryTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

    @Test
    void readsParametersAndTheirEscapes() {
        Query query = new Query("model=gpt-4o%2Dmini&empty=&user=a+b&model=last");

        assertThat(query.get("model")).contains("last");
        assertThat(query.get("user")).contains("a b");
        assertThat(query.get("empty")).isEmpty();
        assertThat(new Query(null).all()).isEmpty();
    }

    @Test
    void readsInstantsAndSpans() {
        assertThat(new Query("since=90s").time("since", NOW))
                .contains(Instant.parse("2026-11-22T02:58:30Z"));
        assertThat(new Query("since=7d").time("since", NOW))
                .contains(Instant.parse("2026-11-15T03:00:00Z"));
        assertThat(new Query("since=2026-11-01T00:00:00Z").time("since", NOW))
                .contains(Instant.parse("2026-11-01T00:00:00Z"));
    }

    @Test
    void saysWhatATimeAndANumberLookLike() {
        assertThatThrownBy(() -> new Query("since=yesterday").time("since", NOW))
                .hasMessageContaining("since is 'yesterday'");
        assertThatThrownBy(() -> new Query("limit=ten").number("limit", 1))
                .hasMessageContaining("limit is 'ten'");
    }

    @Test
    void aBrokenEscapeIsTheAskersMistake() {
        assertThatThrownBy(() -> new Query("a=%zz")).isInstanceOf(IllegalArgumentException.class);
    }
}
