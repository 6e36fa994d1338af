package io.weir.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceReaderTest {
    private static final String AZURE = "TIMESTAMP,ContextTokens,GeneratedTokens\n";
    private static final String PLAIN = "offset_ms,input_tokens,output_tokens,model\n";

    @Test
    void readsTheAzureConversationTrace() throws IOException {
        Path file = Path.of("src/test/data/traces/AzureLLMInferenceTrace_conv.csv");
        try (Reader in = Files.newBufferedReader(file, UTF_8)) {
            Trace trace = TraceReader.read(in);
            assertThat(trace.calls()).hasSize(19_366);
            assertThat(trace.calls().getFirst()).isEqualTo(new TraceCall(0, 374, 44, null));
            assertThat(trace.calls().get(1).offsetMicros()).isEqualTo(4_314_579);
            assertThat(trace.span()).isBetween(Duration.ofMinutes(58), Duration.ofMinutes(59));
            assertThat(trace.inputTokens()).isEqualTo(22_361_870);
            assertThat(trace.outputTokens()).isEqualTo(4_088_665);
        }
    }

    @Test
    void readsThePlainFormatWithAndWithoutModel() throws IOException {
        Trace trace = read(PLAIN + "0,10,20,gpt-4o\n1500.25,11,21,\n1500.25,12,22\n\n");
        assertThat(trace.calls())
                .containsExactly(
                        new TraceCall(0, 10, 20, "gpt-4o"),
                        new TraceCall(1_500_250, 11, 21, null),
                        new TraceCall(1_500_250, 12, 22, null));
    }

    @Test
    void takesTheFirstCallsOnly() throws IOException {
        Trace trace = read(PLAIN + "0,10,20\n1,11,21\n2,12,22\n");
        assertThat(trace.first(2).calls()).hasSize(2);
        assertThat(trace.first(9)).isSameAs(trace);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    1,2 | line 2: expected 3 or 4 fields, found 2
                    x,2,3 | line 2: "x" is not a number of milliseconds
                    -1,2,3 | line 2: "-1" is not a number of milliseconds
                    NaN,2,3 | line 2: "NaN" is not a number of milliseconds
                    0,0,3 | line 2: "0" is not a number of tokens, 1 or more
                    0,2,many | line 2: "many" is not a number of tokens, 1 or more
                    """)
    void saysWhichLineIsWrong(String line, String message) {
        assertThatThrownBy(() -> read(PLAIN + line)).hasMessage(message);
    }

    @Test
    void saysThatAnAzureTimeIsWrong() {
        assertThatThrownBy(() -> read(AZURE + "2023-11-16 18:15:46.6805900,1,1\nnoon,2,3\n"))
                .hasMessageStartingWith("line 3: \"noon\" is not a time");
    }

    @Test
    void saysThatTheOrderIsWrong() {
        assertThatThrownBy(() -> read(PLAIN + "5,1,1\n4,1,1\n"))
                .hasMessageStartingWith("line 3: comes before the line above");
    }

    @Test
    void saysWhatAHeaderLooksLike() {
        assertThatThrownBy(() -> read("when,in,out\n")).hasMessageContaining("ContextTokens");
        assertThatThrownBy(() -> read("")).hasMessageStartingWith("line 1: expected");
    }

    @FuzzTest
    void readsOrRefusesAnything(String text) throws IOException {
        for (String header : new String[] {"", AZURE, PLAIN}) {
            try {
                read(header + text).calls().forEach(call -> assertThat(call).isNotNull());
            } catch (BadTrace e) {
                assertThat(e).hasMessageStartingWith("line ");
            }
        }
    }

    private static Trace read(String text) throws IOException {
        return TraceReader.read(new StringReader(text));
    }
}
