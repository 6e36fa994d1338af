package io.weir.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.store.Column;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableRenderersTest {
    private static final Table TABLE =
            new Table(
                    List.of(
                            new Column("text", Unit.TEXT),
                            new Column("flag", Unit.FLAG),
                            new Column("time", Unit.TIME),
                            new Column("calls", Unit.CALLS),
                            new Column("tokens", Unit.TOKENS),
                            new Column("status", Unit.NUMBER),
                            new Column("took_ms", Unit.MS),
                            new Column("overhead_us", Unit.US),
                            new Column("share", Unit.SHARE),
                            new Column("tokens_per_second", Unit.PER_SECOND),
                            new Column("cost_nano_usd", Unit.NANO_USD),
                            new Column("cost_usd", Unit.USD)),
                    List.of(
                            Arrays.asList(
                                    "=1+1",
                                    true,
                                    Instant.parse("2026-11-22T01:02:03.000004Z"),
                                    1_234_567L,
                                    9_007_199_254_740_993L,
                                    1_200L,
                                    1_234.5678,
                                    12.4,
                                    0.12345,
                                    0.00001,
                                    1_234_567_890_123_456_789L,
                                    "1234567890.123456789"),
                            Arrays.asList(
                                    "a \"quoted\", long\r\none with \u001b[31mcolour\u202e that goes on and on and on",
                                    false,
                                    Instant.parse("2026-11-22T01:02:03Z"),
                                    0L,
                                    0L,
                                    0L,
                                    0.0,
                                    0.0,
                                    1.0,
                                    1e9,
                                    1_500_000_000L,
                                    "1.500000000"),
                            Arrays.asList(
                                    "漢字😀", null, null, null, null, null, null, null, null, null,
                                    null, null)));

    @Test
    void alignsForPeople() throws IOException {
        Golden.assertMatches("table.txt", TableText.of(TABLE));
    }

    @Test
    void saysSoWhereNothingWasFound() {
        assertThat(TableText.of(new Table(TABLE.columns(), List.of())))
                .isEqualTo("Nothing was found.\n");
    }

    @Test
    void showsSentencesInFullBeneathTheirRowAndNotesAtTheEnd() {
        String hostile = "calls\u001b[2J of a model are " + "very ".repeat(20) + "slow";
        Column number = new Column("rank", Unit.NUMBER);
        Column sentence = new Column("reads", Unit.SENTENCE);
        Table one =
                new Table(
                        List.of(number, sentence),
                        List.of(List.of(1L, hostile), Arrays.asList(2L, null)),
                        List.of("2 of 3\ncalls"));
        assertThat(TableText.of(one))
                .isEqualTo(
                        "rank\n   1\n      calls [2J of a model are "
                                + "very ".repeat(20)
                                + "slow\n   2\n\n2 of 3 calls\n");
        assertThat(TableJson.of(one)).endsWith("\"notes\":[\"2 of 3\\ncalls\"]}");
        assertThat(
                        TableCsv.of(
                                new Table(
                                        List.of(sentence), List.of(List.of("=1+1")), List.of("n"))))
                .isEqualTo("reads\r\n'=1+1\r\n");
        assertThat(TableText.of(new Table(List.of(number), List.of(), List.of("Nothing."))))
                .isEqualTo("Nothing.\n");
    }

    @Test
    void namesSentencesWhereThereAreSeveral() {
        List<Column> columns =
                List.of(
                        new Column("pattern", Unit.SENTENCE),
                        new Column("calls", Unit.CALLS),
                        new Column("advice", Unit.SENTENCE));
        assertThat(TableText.of(new Table(columns, List.of(List.of("it broke", 3L, "retry")))))
                .isEqualTo("calls\n    3\n      pattern: it broke\n      advice: retry\n");
    }

    @Test
    void writesExactCsv() throws IOException {
        Golden.assertMatches("table.csv", TableCsv.of(TABLE));
    }

    @Test
    void letsNoSpreadsheetRunAText() {
        for (String text : List.of("=1", "+1", "-1", "@x", "\t=1", "\r=1")) {
            Table one = new Table(List.of(new Column("t", Unit.TEXT)), List.of(List.of(text)));
            assertThat(TableCsv.of(one).split("\n", 2)[1]).containsPattern("^\"?'");
        }
        Table number = new Table(List.of(new Column("n", Unit.NUMBER)), List.of(List.of(-1L)));
        assertThat(TableCsv.of(number)).isEqualTo("n\r\n-1\r\n");
    }

    @Test
    void writesJsonForPrograms() throws IOException {
        Golden.assertMatches("table.json", TableJson.of(TABLE));
    }
}
