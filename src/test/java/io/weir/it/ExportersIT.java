package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.it.ChatCalls.Chat;
import io.weir.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Calls are handed on to a file, whatever happens to Weir. */
class ExportersIT {
    private static final Duration GENEROUS = Duration.ofMinutes(2);
    private static final int KILLS = 4;
    private static final int CALLS = 40;

    private static final String CONFIG =
            """
            capture:
              level: full
            exporters:
              - name: file
                kind: jsonl
                path: handed-on/calls.jsonl
                batch:
                  events: 7
                  age: 20ms
                rename:
                  request_model: gen_ai.request.model
            """;

    @TempDir private Path directory;

    @Test
    void everyCallIsHandedOnThoughWeirIsKilledInBetween() throws Exception {
        RunningWeir.Start start = RunningWeir.in(directory.resolve("data")).config(CONFIG);
        for (int i = 0; i < KILLS; i++) {
            try (RunningWeir weir = start.start()) {
                calls(weir, CALLS);
                weir.kill9();
            }
        }
        try (RunningWeir weir = start.start()) {
            calls(weir, CALLS);
            await().atMost(GENEROUS)
                    .until(() -> ids(weir.admin("/calls?limit=1000")).size() == all());
            await().atMost(GENEROUS).until(() -> new HashSet<>(handedOn()).size() >= all());
            Set<String> stored = ids(weir.admin("/calls?limit=1000"));
            List<String> handedOn = handedOn();
            System.out.printf(
                    "exporter: %d kills, %d calls, %d handed on, %d lost, %d twice%n",
                    KILLS,
                    stored.size(),
                    handedOn.size(),
                    stored.stream().filter(id -> !handedOn.contains(id)).count(),
                    handedOn.size() - stored.size());
            assertThat(new HashSet<>(handedOn)).isEqualTo(stored);
            assertThat(Files.readString(file()))
                    .contains("\"gen_ai.request.model\":\"gpt-4o\"")
                    .doesNotContain("What is a weir?", weir.appKey(), weir.adminKey());
        }
    }

    @Test
    void isLookedAfterByCommand() throws Exception {
        try (RunningWeir weir = RunningWeir.in(directory.resolve("data")).config(CONFIG).start()) {
            calls(weir, 3);
            await().atMost(GENEROUS).until(() -> handedOn().size() == 3);
            ChildProcess.Ended list = weir.command("exporters", "list");
            assertThat(list.stdout()).contains("NAME", "file", "jsonl");
            assertThat(weir.command("exporters", "lag", "--most", "60").exitCode()).isZero();
            ChildProcess.Ended test = weir.command("exporters", "test", "file");
            assertThat(test.stdout()).contains("file took the event");
            assertThat(Files.readString(file())).contains("weir.test");
            ChildProcess.Ended unknown = weir.command("exporters", "test", "splunk");
            assertThat(unknown.exitCode()).isEqualTo(1);
            assertThat(unknown.stderr()).contains("no exporter 'splunk'; there are file");
            assertThat(weir.command("exporters", "reset", "file", "--to", "oldest").exitCode())
                    .isZero();
            await().atMost(GENEROUS).until(() -> handedOn().size() == 7);
            JsonNode status = weir.admin("/status").path("exporters").path(0);
            assertThat(status.path("ok").asBoolean()).isTrue();
            assertThat(status.path("sent").asLong()).isEqualTo(6);
        }
    }

    private static int all() {
        return (KILLS + 1) * CALLS;
    }

    private static void calls(RunningWeir weir, int count) throws IOException {
        ChatCalls chats = new ChatCalls(weir.origin());
        for (int i = 0; i < count; i++) {
            chats.ask(weir.appKey(), Chat.with("gpt-4o"));
        }
    }

    private Path file() {
        return directory.resolve("data/handed-on/calls.jsonl");
    }

    private List<String> handedOn() throws IOException {
        return Files.exists(file())
                ? Files.readAllLines(file()).stream()
                        .map(line -> Json.MAPPER.readTree(line).path("id").asString())
                        .toList()
                : List.of();
    }

    private static Set<String> ids(JsonNode page) {
        Set<String> ids = new HashSet<>();
        page.path("calls").forEach(call -> ids.add(call.path("id").asString()));
        return ids;
    }
}
