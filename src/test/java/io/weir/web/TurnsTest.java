package io.weir.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.web.Turn.Kind;
import io.weir.web.Turn.Piece;
import io.weir.wire.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
    @Test
    void aChatIsReadTurnByTurn() {
        List<Turn> turns =
                asked(
                        """
                        {"messages":[
                          {"role":"system","content":"Be brief."},
                          {"role":"user","name":"ada","content":[
                            {"type":"text","text":"What is it?"},
                            {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAAAAAA"}},
                            {"type":"input_audio","input_audio":{"format":"wav","data":"AAAA"}}]},
                          {"role":"assistant","content":null,"tool_calls":[
                            {"id":"c1","type":"function","function":{"name":"look","arguments":"{\\"a\\":1}"}}]},
                          {"role":"tool","tool_call_id":"c1","content":"a weir"}]}
                        """);

        assertThat(turns)
                .extracting(Turn::role)
                .containsExactly("system", "user", "assistant", "tool");
        assertThat(turns.get(1).note()).isEqualTo("ada");
        assertThat(turns.get(1).pieces())
                .extracting(Piece::kind)
                .containsExactly(Kind.TEXT, Kind.MEDIA, Kind.MEDIA);
        assertThat(turns.get(1).pieces().get(1).text())
                .isEqualTo("data:image/png;base64, " + Figures.bytes(6).text());
        assertThat(turns.get(2).pieces())
                .containsExactly(
                        new Piece(Kind.FOLDED, "Calls look", "{%n  \"a\" : 1%n}".formatted()));
        assertThat(turns.get(3).pieces())
                .containsExactly(new Piece(Kind.FOLDED, "Result", "a weir"));
    }

    @Test
    void theOtherOperationsHaveTurnsToo() {
        assertThat(asked("{\"instructions\":\"Be brief.\",\"input\":\"Hello\"}"))
                .containsExactly(Turn.text("system", "Be brief."), Turn.text("user", "Hello"));
        assertThat(asked("{\"input\":[\"a\",\"b\"]}"))
                .containsExactly(Turn.text("user", "a"), Turn.text("user", "b"));
        assertThat(
                        asked(
                                "{\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"a\"}]}]}"))
                .containsExactly(Turn.text("user", "a"));
        assertThat(asked("{\"prompt\":\"Once\"}")).containsExactly(Turn.text("user", "Once"));
        assertThat(asked("{\"prompt\":[[1,2]]}")).containsExactly(Turn.text("user", "2 tokens"));
        assertThat(asked("{\"input\":[1,2,3]}")).containsExactly(Turn.text("user", "3 tokens"));
        assertThat(asked("{\"messages\":7,\"input\":{\"a\":[]}}")).isEmpty();
    }

    @Test
    void aStreamIsPutTogetherChoiceByChoice() {
        List<Turn> turns =
                AnsweredTurns.of(
                        """
                        data: {"choices":[{"index":1,"delta":{"role":"assistant","content":"B"}}]}

                        data: {"choices":[{"index":0,"delta":{"content":"A"}}]}

                        : a comment

                        data: {"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"length"}]}

                        data: {"choices":[{"index":1,"delta":{},"finish_reason":"stop"}]}

                        data: [DONE]

                        """);

        assertThat(turns)
                .containsExactly(
                        new Turn("assistant", "ended by length", List.of(Turn.plain("Aa"))),
                        new Turn("assistant", "choice 2", List.of(Turn.plain("B"))));
    }

    @Test
    void aToolCallThatCameInPiecesIsWhole() {
        List<Turn> turns =
                AnsweredTurns.of(
                        """
                        data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"name":"look","arguments":""}}]}}]}

                        data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"[1"}}]}}]}

                        data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"]"}}]}}]}

                        """);
        assertThat(turns)
                .containsExactly(new Turn("assistant", "", List.of(Turn.call("look", "[ 1 ]"))));
    }

    @Test
    void ofAStreamThatWasCutWhatThereIsIsShown() {
        assertThat(
                        AnsweredTurns.of(
                                "data: {\"choices\":[{\"delta\":{\"content\":\"A\"}}]}\n\ndata: {\"choi"))
                .containsExactly(Turn.text("assistant", "A"));
    }

    @Test
    void theResponsesApiIsReadFromItsLastEventOrFromItsPieces() {
        String delta =
                "data: {\"type\":\"response.output_text.delta\",\"output_index\":0,\"delta\":\"Hel\"}\n\n";
        String last =
                "data: {\"type\":\"response.completed\",\"response\":{\"output\":[{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hello\"}]}]}}\n\n";
        assertThat(AnsweredTurns.of(delta)).containsExactly(Turn.text("assistant", "Hel"));
        assertThat(AnsweredTurns.of(delta + last)).containsExactly(Turn.text("assistant", "Hello"));
    }

    @Test
    void anErrorIsATurnOfItsOwn() {
        assertThat(AnsweredTurns.of("{\"error\":{\"message\":\"Too much\"}}"))
                .containsExactly(Turn.text("error", "Too much"));
        assertThat(AnsweredTurns.of("data: {\"error\":{\"message\":\"Gone\"}}\n\n"))
                .containsExactly(Turn.text("error", "Gone"));
    }

    @Test
    void whatIsNoConversationHasNoTurns() {
        for (String body : List.of("", "<html>502</html>", "{", "[]", "{\"choices\":7}", "null")) {
            assertThat(AnsweredTurns.of(body)).as(body).isEmpty();
        }
    }

    @Test
    void vectorsAreSaidByTheirSize() {
        assertThat(AnsweredTurns.of("{\"data\":[{\"embedding\":[1,2,3]},{\"embedding\":[1,2,3]}]}"))
                .containsExactly(Turn.text("assistant", "2 vectors of 3 numbers"));
    }

    @Test
    void aStreamWhosePaceIsKnownSaysWhenEachTextCame() {
        String first = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Grüß\"}}]}\n\n";
        String second =
                "data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"B\"}}]}\n\n"
                        + "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\" 😀\"}}]}\n\n";
        int cut = first.getBytes(UTF_8).length - 3;
        String pace = "350000+%d 18000+%d".formatted(cut, second.getBytes(UTF_8).length + 3);

        assertThat(AnsweredTurns.of(first + second, pace))
                .flatExtracting(Turn::pieces)
                .containsExactly(
                        new Piece(Kind.TEXT, "", "Grüß 😀", "368+4 368+3"),
                        new Piece(Kind.TEXT, "", "B", "368+1"));
        assertThat(AnsweredTurns.of(first + second, "350000+9999999"))
                .flatExtracting(Turn::pieces)
                .extracting(Piece::pace)
                .containsExactly("350+4 350+3", "350+1");
        assertThat(AnsweredTurns.of(first + second, "nonsense"))
                .flatExtracting(Turn::pieces)
                .extracting(Piece::pace)
                .containsOnly("");
    }

    private static List<Turn> asked(String json) {
        return AskedTurns.of(Json.MAPPER.readTree(json));
    }
}
