package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class QuotedTest {
    static Stream<String> texts() {
        return Stream.concat(
                Hostile.TEXTS.stream().filter(text -> text.indexOf('\0') < 0),
                Stream.of(
                        "",
                        "it's",
                        "'; rm -rf \"$HOME\"; echo '",
                        "$(id) `id` !! \\ \\' %s %n",
                        "-n --data @/etc/passwd",
                        "a\nb\r\n\tc\u00017",
                        "\\u0041 \\\\u0041 \\N{DASH}",
                        "漢字 é 😀 \u2028 \u202e"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aShellReadsTheTextItself(String text) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", "printf %s " + Quoted.shell(text)).start();
        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        assertThat(printed).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aCompilerReadsTheTextItself(String text) {
        String literal = Quoted.java(text);
        String inside = literal.substring(1, literal.length() - 1);
        assertThat(inside).doesNotContain("\n", "\r").doesNotContainPattern("(?<!\\\\)\"");
        assertThat(inside.translateEscapes()).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aScriptReadsTheTextItself(String text) {
        assertThat(Quoted.json(text)).doesNotContain("\n", "\r");
        assertThat(Json.MAPPER.readTree(Quoted.json(text)).asString()).isEqualTo(text);
    }

    @Test
    void pythonHasItsOwnWordsForThreeValues() {
        JsonNode json =
                Json.MAPPER.readTree(
                        "{\"a\":true,\"b\":[false,null,1.5,\"true\"],\"c\":{},\"d\":[]}");
        assertThat(Quoted.python(json))
                .isEqualTo(
                        """
                        {
                            "a": True,
                            "b": [
                                False,
                                None,
                                1.5,
                                "true",
                            ],
                            "c": {},
                            "d": [],
                        }\
                        """);
    }

    @Test
    void aMemberThatJavaScriptWouldTakeForThePrototypeStaysAMember() {
        JsonNode json = Json.MAPPER.readTree("{\"__proto__\":{\"a\":1}}");
        assertThat(Quoted.script(json))
                .isEqualTo("JSON.parse(\"{\\\"__proto__\\\":{\\\"a\\\":1}}\")");
        assertThat(List.of(Quoted.script(Json.MAPPER.readTree("{\"a\":1}"))))
                .allSatisfy(script -> assertThat(script).doesNotContain("parse"));
    }
}
