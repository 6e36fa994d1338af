package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.export.KafkaServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No key, and with capture off nothing of a body, is anywhere but where it belongs. */
class SecretsIT {
    private static final String UPSTREAM_KEY = "sk-canary-upstream-5up3rs3cr3t";
    private static final String TEAM_KEY = "weir-canary-team-5up3rs3cr3t";
    private static final String IN_BODY = "sk-canary-inbody-5up3rs3cr3t";
    private static final String ANSWERED = "canary-answer-5up3rs3cr3t";
    private static final String OWN = "0wnC4n4ry5up3r53cr3t00000000abcd";

    private static final Set<String> SHIPPED_TO =
            Set.of(
                    "otlp-grpc",
                    "email",
                    "splunk",
                    "loggly",
                    "webhook",
                    "otlp",
                    "s3",
                    "syslog",
                    "hook",
                    "slack",
                    "pagerduty",
                    "template");

    private static final String CHAT = "/v1/chat/completions";
    private static final String CONFIG =
            """
            capture: {level: metadata}
            keys: [{name: team, project: p, key: "env:TEAM_KEY"}]
            upstream: {keep_alive: 0s, timeouts: {first_byte: 500ms, idle: 500ms}}
            """;

    private final List<String> answers = new ArrayList<>();

    @Test
    void noSecretAppearsAnywhere(@TempDir Path directory)
            throws IOException, InterruptedException, GeneralSecurityException {
        try (ScriptedUpstream upstream = new ScriptedUpstream();
                Sinkhole sinkhole = new Sinkhole(directory, OWN);
                RunningWeir weir =
                        RunningWeir.in(directory.resolve("data"))
                                .config(CONFIG + sinkhole.config())
                                .variable("OWN_SECRET", OWN)
                                .variable("KAFKA_SECRET", KafkaServer.SCRAM_PASSWORD)
                                .variable("SLACK_URL", sinkhole.slackUrl())
                                .variable("TEAM_KEY", TEAM_KEY)
                                .variable("OPENAI_API_KEY", UPSTREAM_KEY)
                                .upstream(upstream.url())
                                .start()) {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> weir.stdout().contains(upstream.url() + "\n"));
            String greeting = weir.stdout();
            callInEveryWay(weir, upstream);
            callWrongly(weir);
            await().atMost(Duration.ofMinutes(1))
                    .until(() ->
                            weir.admin("/status")
                                    .path("journal")
                                    .path("reader_lag")
                                    .valueStream()
                                    .allMatch(lag -> lag.asLong() == 0));
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(
                            () -> assertThat(sinkhole.heardOf("gpt-4o")).containsAll(SHIPPED_TO));
            List<String> shown = shown(weir);
            String app = weir.appKey();
            String admin = weir.adminKey();
            assertThat(upstream.requests()).anyMatch(sent -> sent.head().contains(UPSTREAM_KEY));
            weir.stop();
            assertThat(greeting).contains(app);
            shown.add(weir.stdout().replace(greeting, ""));
            shown.add(weir.stderr());
            shown.addAll(files(weir.data()));
            for (String secret : List.of(UPSTREAM_KEY, TEAM_KEY, IN_BODY, app, admin)) {
                assertNowhere(shown, secret);
                assertNowhere(answers, secret);
            }
            assertNowhere(shown, ANSWERED);
            assertNowhere(shown, OWN);
            assertNowhere(shown, "0wn5ecretPath");
            assertNowhere(shown, KafkaServer.SCRAM_PASSWORD);
            Map<String, String> sent = sinkhole.everything();
            assertNothingLeft(sent, List.of(UPSTREAM_KEY, TEAM_KEY, IN_BODY, app, admin));
            assertNowhere(List.of(sent.getOrDefault("email", "")), OWN);
            assertNowhere(List.of(sent.getOrDefault("kafka", "")), KafkaServer.SCRAM_PASSWORD);
        }
    }

    /** What they were sent is of the calls, and has none of the secrets. */
    private static void assertNothingLeft(Map<String, String> everything, List<String> secrets) {
        everything.forEach((name, sent) -> {
            System.out.printf("%s was sent %,d characters%n", name, sent.length());
            assertThat(sent).as(name).contains("gpt-4o");
            for (String secret : secrets) {
                assertNowhere(List.of(sent), secret);
            }
            assertNowhere(List.of(sent), ANSWERED);
        });
    }

    private void callInEveryWay(RunningWeir weir, ScriptedUpstream upstream) throws IOException {
        List<ScriptedUpstream.Script> scripts =
                List.of(
                        peer -> {
                            peer.request();
                            peer.wire()
                                    .say(
                                            ScriptedUpstream.json(
                                                    "{\"choices\":[{\"message\":{\"content\":\""
                                                            + ANSWERED
                                                            + "\"}}]}"));
                        },
                        peer -> {
                            peer.request();
                            peer.wire()
                                    .say(ScriptedUpstream.eventsHead())
                                    .chunk(
                                            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
                                                    + ANSWERED
                                                    + "\"}}]}\n\n");
                        },
                        peer -> {
                            peer.request();
                            peer.wire().say("HTTP/1.1 2" + ANSWERED + "\r\n\r\n");
                        },
                        peer -> {
                            peer.request();
                            peer.wire().awaitClose();
                        },
                        peer -> {
                            String said = peer.request().field("authorization");
                            String error =
                                    "{\"error\":{\"message\":\"Incorrect API key provided: %s\"}}"
                                            .formatted(said);
                            peer.wire()
                                    .say(
                                            ScriptedUpstream.json(error)
                                                    .replace("200 OK", "401 Unauthorized"));
                        },
                        peer -> peer.wire().close());
        for (ScriptedUpstream.Script script : scripts) {
            upstream.does(script);
            for (String key : List.of(weir.appKey(), TEAM_KEY)) {
                ask(weir, post(CHAT + "?api_key=" + key, key, body(false)));
                ask(weir, post(CHAT, key, body(true)));
                ask(weir, post("/v1/files", key, IN_BODY));
            }
        }
    }

    private void callWrongly(RunningWeir weir) throws IOException {
        for (String key : List.of(IN_BODY, UPSTREAM_KEY, weir.adminKey(), "")) {
            ask(weir, post(CHAT, key, body(false)));
            ask(weir, get("/admin/api/calls", key));
            ask(weir, get("/admin/api/nothing?key=" + key, key));
        }
        String key = weir.appKey();
        ask(weir, "GET //" + key + "/v1 HTTP/1.1\r\nauthorization: Bearer " + key + "\r\n\r\n");
        ask(weir, "NONSENSE " + key + "\r\n\r\n");
        ask(weir, "GET /v1/models HTTP/1.1\r\nauthorization Bearer " + key + "\r\n\r\n");
        ask(weir, post(CHAT, key, "{\"" + IN_BODY + "\":1,\"" + IN_BODY));
        ask(weir, post(CHAT, key, "{\"messages\":[],\"messages\":[\"" + IN_BODY + "\"]}"));
    }

    private List<String> shown(RunningWeir weir) throws IOException, InterruptedException {
        List<String> shown = new ArrayList<>();
        shown.add(weir.admin("/calls?limit=500").toString());
        shown.add(weir.admin("/status").toString());
        for (List<String> command :
                List.of(
                        List.of("calls"),
                        List.of("calls", "--json"),
                        List.of("report", "errors"),
                        List.of("report", "usage"),
                        List.of("status"))) {
            ChildProcess.Ended ended = weir.command(command.toArray(new String[0]));
            shown.add(ended.stdout() + ended.stderr());
        }
        return shown;
    }

    private void ask(RunningWeir weir, String request) throws IOException {
        try (Wire wire =
                new Wire(new Socket(InetAddress.getLoopbackAddress(), weir.origin().getPort()))) {
            answers.add(wire.patience(60_000).say(request).rest());
        }
    }

    private static String body(boolean stream) {
        return "{\"model\":\"gpt-4o\",\"user\":\"ada\",\"stream\":%b,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                .formatted(stream, IN_BODY);
    }

    private static String post(String path, String key, String body) {
        return "POST %s HTTP/1.1\r\nhost: weir\r\nconnection: close\r\nauthorization: Bearer %s\r\ncontent-length: %d\r\n\r\n%s"
                .formatted(path, key, body.length(), body);
    }

    private static String get(String path, String key) {
        return "GET %s HTTP/1.1\r\nhost: weir\r\nconnection: close\r\nauthorization: Bearer %s\r\n\r\n"
                .formatted(path, key);
    }

    private static List<String> files(Path data) throws IOException {
        Set<String> keyFiles = Set.of("app.key", "admin.key");
        List<String> contents = new ArrayList<>();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!keyFiles.contains(file.getFileName().toString())) {
                    contents.add(Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        assertThat(contents).hasSizeGreaterThan(1);
        return contents;
    }

    private static void assertNowhere(List<String> texts, String secret) {
        for (String text : texts) {
            int at = text.indexOf(secret);
            assertThat(at < 0 ? "" : text.substring(Math.max(0, at - 200), at + secret.length()))
                    .isEmpty();
        }
    }
}
