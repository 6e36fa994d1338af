package io.weir.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.export.Sent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertDeskTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final String KEYS =
            "'metric': 'error_rate', 'above': '10%', 'by': ['model'], 'resolve_after': '0s', 'repeat': '1h', 'group_interval': '5m'";

    @TempDir private Path directory;
    private Rule rule = Rules.rule(KEYS);
    private AlertDesk desk;

    @BeforeEach
    void open() throws IOException {
        desk = reopened();
    }

    @Test
    void anIncidentIsToldOnceAndSoIsItsEnd() throws InterruptedException {
        read(0, "a", "b");
        read(1, "a", "b");
        read(2);
        read(3);
        assertThat(told("mail")).containsExactly("opened a b", "resolved");
        assertThat(told("pager")).containsExactly("opened a b", "resolved");
    }

    @Test
    void moreAlertsAreNewsWhenAWhileHasPassed() throws InterruptedException {
        read(0, "a");
        read(1, "a", "b");
        read(4, "a", "b", "c");
        read(5, "a", "b", "c");
        read(6, "a", "b", "c");
        assertThat(told("mail")).containsExactly("opened a", "grown a b c");
    }

    @Test
    void whoDoesNotAcknowledgeIsToldAgain() throws InterruptedException {
        for (int minute = 0; minute <= 130; minute++) {
            read(minute, "a");
        }
        assertThat(told("mail")).containsExactly("opened a", "reminder a", "reminder a");
        assertThat(desk.acknowledge("r", "alice", at(131)).acknowledgedBy()).isEqualTo("alice");
        for (int minute = 131; minute <= 300; minute++) {
            read(minute, "a");
        }
        read(301);
        assertThat(told("mail")).containsExactly("resolved");
    }

    @Test
    void othersAreToldWhereNobodyAcknowledges() throws Exception {
        rule = Rules.rule(KEYS + ", 'to': ['mail'], 'escalate': {'after': '15m', 'to': ['pager']}");
        desk = reopened();
        for (int minute = 0; minute <= 20; minute++) {
            read(minute, "a");
        }
        assertThat(told("mail")).containsExactly("opened a");
        assertThat(told("pager")).containsExactly("escalated a");
        read(21);
        assertThat(told("mail")).containsExactly("resolved");
        assertThat(told("pager")).containsExactly("resolved");
        read(22, "a");
        desk.acknowledge("r", "bob", at(23));
        for (int minute = 23; minute <= 60; minute++) {
            read(minute, "a");
        }
        assertThat(told("pager")).isEmpty();
    }

    @Test
    void aRestartNeitherForgetsNorBeginsAgain() throws Exception {
        read(0, "a");
        desk = reopened();
        read(1, "a");
        assertThat(desk.waiting("mail")).isEqualTo(1);
        String first = desk.next("mail").id();
        desk = reopened();
        assertThat(desk.next("mail").id()).isEqualTo(first);
        assertThat(told("mail")).containsExactly("opened a");
        desk = reopened();
        read(2, "a");
        assertThat(told("mail")).isEmpty();
        read(3);
        desk = reopened();
        assertThat(told("mail")).containsExactly("resolved");
        assertThat(told("pager")).containsExactly("opened a", "resolved");
    }

    @Test
    void whatHoldsGoesOnHoldingOverARestart() throws Exception {
        rule = Rules.rule(KEYS + ", 'for': '10m'");
        desk = reopened();
        read(0, "a");
        read(5, "a");
        desk = reopened();
        read(9, "a");
        assertThat(told("mail")).isEmpty();
        read(10, "a");
        assertThat(told("mail")).containsExactly("opened a");
    }

    @Test
    void nobodyIsToldOfWhatIsSilenced() throws Exception {
        Silence silence = desk.silence(silence("r", "a", 30));
        read(1, "a");
        assertThat(desk.standings(at(1)).getFirst().state()).isEqualTo("silenced");
        read(10, "a", "b");
        assertThat(told("mail")).containsExactly("opened b");
        desk = reopened();
        read(20, "a", "b");
        assertThat(told("mail")).isEmpty();
        assertThat(desk.silences()).containsExactly(silence);
        read(31, "a", "b");
        assertThat(desk.silences()).isEmpty();
        assertThat(told("mail")).containsExactly("grown a b");
    }

    @Test
    void aSilenceCanBeEndedAndIsOfARuleThatThereIs() {
        Silence silence = desk.silence(silence("*", "a", 30));
        desk.unsilence(silence.id().substring(0, 5), "alice", at(1));
        assertThat(desk.silences()).isEmpty();
        assertThatThrownBy(() -> desk.unsilence(silence.id(), "alice", at(1)))
                .isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> desk.silence(silence("moon", "a", 30)))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void whatBeginsInQuietHoursIsToldWhenTheyEndIfItGoesOn() throws Exception {
        rule = Rules.rule(KEYS + ", 'quiet': {'from': '11:00', 'to': '13:00'}");
        desk = reopened();
        read(0, "a");
        read(10);
        assertThat(told("mail")).isEmpty();
        read(20, "b");
        read(59, "b");
        assertThat(told("mail")).isEmpty();
        read(60, "b");
        assertThat(told("mail")).containsExactly("opened b");
    }

    @Test
    void theEndOfARuleIsTheEndOfItsIncident() throws Exception {
        read(0, "a");
        assertThat(told("mail")).containsExactly("opened a");
        desk.watch(List.of(), at(1));
        assertThat(told("mail")).containsExactly("resolved");
    }

    @Test
    void aRuleThatIsWrittenAnewKeepsItsIncident() throws Exception {
        read(0, "a");
        assertThat(told("mail")).containsExactly("opened a");
        rule = Rules.rule(KEYS + ", 'severity': 'critical'");
        desk.watch(List.of(rule), at(1));
        read(2, "a");
        assertThat(told("mail")).isEmpty();
        assertThat(desk.standings(at(2)).getFirst().severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void peopleAreLedToTheIncident() throws InterruptedException {
        read(0, "a");
        Notification told = desk.next("mail");
        assertThat(told.link())
                .isEqualTo("https://weir.example/alerts#incident-" + told.incident().id());
    }

    @Test
    void historySaysWhatHappened() throws Exception {
        read(0, "a");
        told("mail");
        desk.settled("pager", desk.next("pager"), new Sent.Refused("no such pager"), at(1));
        read(2);
        assertThat(new History(directory).since(Instant.EPOCH, 100).reversed())
                .extracting(entry -> entry.event() + " " + entry.text())
                .containsExactly(
                        "opened error rate above 10 % in 5 min, by model",
                        "fired model a: 50 % of 100 calls failed in 5 min, more than 10 %",
                        "told opened",
                        "not_told opened: no such pager",
                        "ended after 2 min");
        assertThat(new History(directory).since(at(2), 100)).hasSize(1);
        assertThat(new History(directory).since(Instant.EPOCH, 2)).hasSize(2);
    }

    @Test
    void aDamagedStateIsPutAside() throws Exception {
        Files.writeString(directory.resolve("state.json"), "{\"rules\": [");
        desk = reopened();
        read(0, "a");
        assertThat(told("mail")).containsExactly("opened a");
        assertThat(directory.resolve("state.json.damaged")).exists();
    }

    private AlertDesk reopened() throws IOException {
        return new AlertDesk(
                new StateFile<>(directory.resolve("state.json"), AlertsState.class),
                new History(directory),
                List.of(rule),
                Rules.CHANNELS,
                RandomGenerator.getDefault(),
                "https://weir.example/alerts",
                NOON);
    }

    private static Silence silence(String of, String model, int minutes) {
        TreeMap<String, String> group = new TreeMap<>();
        group.put("model", model);
        return new Silence("", of, group, NOON, at(minutes), "alice", "known");
    }

    /** These models fail at that minute, and people are told. */
    private void read(int minute, String... models) {
        List<Reading> readings = new ArrayList<>();
        for (String model : models) {
            readings.add(Rules.reading(model, 0.5, 100));
        }
        desk.step(rule, at(minute), readings);
        desk.tell(at(minute));
    }

    /** What a channel is told now, each with the models of its alerts that fire. */
    private List<String> told(String channel) throws InterruptedException {
        List<String> told = new ArrayList<>();
        while (desk.waiting(channel) > 0) {
            Notification next = desk.next(channel);
            StringBuilder line = new StringBuilder(next.kind().word());
            next.incident().firing().stream()
                    .map(alert -> alert.group().get("model"))
                    .sorted()
                    .forEach(model -> line.append(' ').append(model));
            told.add(line.toString());
            desk.settled(channel, next, Sent.DELIVERED, next.at());
        }
        return told;
    }

    private static Instant at(int minute) {
        return NOON.plus(Duration.ofMinutes(minute));
    }
}
