package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Endpoint.Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat/completions",
                "completions",
                "responses",
                "embeddings",
                "moderations",
                "images/generations",
                "images/edits",
                "images/variations",
                "audio/speech",
                "audio/transcriptions",
                "audio/translations"
            })
    void readsForTheirCostWhatIsPostedThereAndNothingElse(String path) {
        Endpoint posted = Endpoint.of("POST", "/v1/" + path);
        assertThat(posted.dialect()).isNotEqualTo(Dialect.OPAQUE);
        assertThat(posted.billed()).isTrue();
        assertThat(posted.unmetered()).isFalse();
        assertThat(Endpoint.of("GET", "/v1/" + path).charged()).isFalse();
    }

    /** Reading a stored answer costs nothing, although it says what making it has used. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/responses/resp_1",
                "DELETE /v1/responses/resp_1",
                "GET /v1/responses/resp_1/input_items",
                "GET /v1/chat/completions/chatcmpl-1",
                "POST /v1/chat/completions/chatcmpl-1",
                "GET /v1/batches/batch_1",
                "GET /v1/threads/thread_1/runs/run_1",
                "POST /v1/responses/resp_1/cancel",
                "POST /v1/responses/input_tokens",
                "POST /v1/batches/batch_1/cancel",
                "POST /v1/fine_tuning/jobs/ftjob-1/pause",
                "POST /v1/threads/thread_1/runs/run_1/cancel",
                "POST /v1/files",
                "POST /v1/uploads",
                "POST /v1/uploads/upload_1/parts",
                "POST /v1/uploads/upload_1/complete",
                "POST /v1/assistants",
                "POST /v1/assistants/asst_1",
                "POST /v1/threads",
                "POST /v1/threads/thread_1",
                "POST /v1/threads/thread_1/messages",
                "POST /v1/threads/thread_1/runs/run_1",
                "POST /v1/conversations/conv_1/items",
                "GET /v1/models",
                "HEAD /v1/anything"
            })
    void neitherBillsNorForbidsWhatCostsNothing(String request) {
        assertThat(endpoint(request).charged()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /v1/batches",
                "POST /v1/fine_tuning/jobs",
                "POST /v1/fine_tuning/jobs/ftjob-1/resume",
                "POST /v1/fine_tuning/alpha/graders/run",
                "POST /v1/threads/runs",
                "POST /v1/threads/thread_1/runs",
                "POST /v1/threads/thread_1/runs/run_1/submit_tool_outputs",
                "POST /v1/videos",
                "POST /v1/videos/video_1/remix",
                "POST /v1/responses/compact",
                "POST /v1/evals/eval_1/runs",
                "POST /v1/realtime/client_secrets",
                "POST /v1/containers",
                "POST /v1/vector_stores/vs_1/search",
                "POST /v1/what/comes/next",
                "PUT /v1/what/comes/next",
                "PATCH /v1/what/comes/next",
                "POST /v1/"
            })
    void knowsWhatMayCostAndIsNotRead(String request) {
        Endpoint endpoint = endpoint(request);
        assertThat(endpoint.unmetered()).isTrue();
        assertThat(endpoint.charged()).isTrue();
        assertThat(endpoint.billed()).isFalse();
    }

    /** A provider may take each of these for a path that costs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /v1/chat/completions/",
                "POST /v1//chat/completions",
                "POST /v1/chat%2Fcompletions",
                "POST /v1/files/../chat/completions",
                "POST /v1/threads/%72uns",
                "POST /v1/threads/thread_1%2Fruns",
                "POST /v1/threads/thread_1/messages/..",
                "POST /v1/chat/completions/.",
                "POST /v1/batches/x;/cancel",
                "POST /v1/uploads/",
                "POST /v1/Files"
            })
    void takesNoOtherSpellingForWhatCostsNothing(String request) {
        assertThat(endpoint(request).unmetered()).isTrue();
    }

    @Test
    void namesWhatItHasNeverHeardOfByItsFirstSegment() {
        assertThat(endpoint("POST /v1/videos/video_1/remix").name()).isEqualTo("videos");
        assertThat(endpoint("GET /v1/%2e%2e/x").name()).isEqualTo("other");
    }

    private static Endpoint endpoint(String request) {
        int space = request.indexOf(' ');
        return Endpoint.of(request.substring(0, space), request.substring(space + 1));
    }
}
