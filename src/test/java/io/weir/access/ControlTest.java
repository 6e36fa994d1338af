package io.weir.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.ConfigException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final Actor ALICE = new Actor("alice", Role.ADMIN, Set.of());

    @TempDir private Path directory;

    @Test
    void whatChangedIsThereAfterARestartAndSaysWhoDidIt() throws IOException {
        try (Control control = open()) {
            Register<Project> projects = control.register(Project.KIND);
            projects.add(ALICE, "search", project("search", "Search"));
            projects.add(ALICE, "chat", project("chat", ""));
            projects.change(ALICE, "search", "set", before -> project("search", "Find"));
            projects.remove(ALICE, "chat");
        }
        try (Control control = open()) {
            assertThat(control.register(Project.KIND).all())
                    .containsExactly(project("search", "Find"));
            List<Change> latest = control.latest(change -> true, 3);
            assertThat(latest)
                    .extracting(Change::number, Change::action, Change::id, Change::by)
                    .containsExactly(
                            Tuple.tuple(4L, "project.delete", "chat", "alice"),
                            Tuple.tuple(3L, "project.set", "search", "alice"),
                            Tuple.tuple(2L, "project.create", "chat", "alice"));
            Change set = latest.get(1);
            assertThat(String.valueOf(set.before())).contains("\"title\":\"Search\"");
            assertThat(String.valueOf(set.after())).contains("\"title\":\"Find\"");
            assertThat(latest.getFirst().after()).isNull();
        }
    }

    @Test
    void whatIsThereIsNotAddedAndWhatIsNotThereIsNotChanged() throws IOException {
        try (Control control = open()) {
            Register<Project> projects = control.register(Project.KIND);
            projects.add(ALICE, "search", project("search", ""));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> projects.add(ALICE, "search", project("search", "x")))
                    .withMessage("there is a project 'search' already");
            assertThatThrownBy(() -> projects.remove(ALICE, "other"))
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessage("there is no project 'other'");
            assertThatThrownBy(() -> projects.change(ALICE, "other", "set", before -> before))
                    .isInstanceOf(NoSuchElementException.class);
            assertThat(control.latest(change -> true, 10)).hasSize(1);
        }
    }

    @Test
    void everyTruncationLosesAtMostTheLastLineAndNeverACompleteOne() throws IOException {
        try (Control control = open()) {
            for (int i = 0; i < 3; i++) {
                control.register(Project.KIND).add(ALICE, "p" + i, project("p" + i, ""));
            }
        }
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            long complete =
                    new String(whole, 0, length, StandardCharsets.UTF_8)
                            .chars()
                            .filter(it -> it == '\n')
                            .count();
            try (Control control = open()) {
                assertThat(control.register(Project.KIND).all()).hasSize((int) complete);
                control.register(Project.KIND).add(ALICE, "next", project("next", ""));
            }
            try (Control control = open()) {
                assertThat(control.register(Project.KIND).all()).hasSize((int) complete + 1);
            }
        }
    }

    @Test
    void aLineThatWasAlteredLeftOutOrPutInIsFound() throws IOException {
        try (Control control = open()) {
            for (int i = 0; i < 4; i++) {
                control.register(Project.KIND).add(ALICE, "p" + i, project("p" + i, ""));
            }
        }
        List<String> lines = Files.readAllLines(file());
        List<String> altered = new ArrayList<>(lines);
        altered.set(1, lines.get(1).replace("alice", "mallory"));
        List<String> leftOut = new ArrayList<>(lines);
        leftOut.remove(1);
        List<String> putIn = new ArrayList<>(lines);
        putIn.add(2, lines.get(0));
        List<String> swapped = new ArrayList<>(lines);
        swapped.set(1, lines.get(2));
        swapped.set(2, lines.get(1));
        List<String> junk = new ArrayList<>(lines);
        junk.set(3, "{}");
        for (List<String> each : List.of(altered, leftOut, putIn, swapped, junk)) {
            Files.write(file(), each);
            assertThatThrownBy(this::open)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("is not what was written");
        }
        Files.write(file(), lines);
        open().close();
    }

    @Test
    void linesLongerThanABlockAreReadFromBothEnds() throws IOException {
        Random random = new Random(7);
        Path path = directory.resolve("lines");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            lines.add("x".repeat(random.nextInt(i % 20 == 0 ? 300_000 : 50)) + i);
        }
        Files.write(path, lines);
        long end = Files.size(path);
        Files.writeString(path, "incomplete", StandardOpenOption.APPEND);
        try (FileChannel file = FileChannel.open(path)) {
            assertThat(texts(scan(file))).isEqualTo(lines);
            assertThat(texts(Lines.backwards(file, end))).isEqualTo(lines.reversed());
        }
    }

    @Test
    void theFileIsItsOwnersOnly() throws IOException {
        open().close();
        assertThat(Files.getPosixFilePermissions(file()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    private Control open() throws IOException {
        return Control.open(directory, () -> NOW, List.of(Project.KIND, GatewayKey.KIND));
    }

    private Path file() {
        return directory.resolve("changes.jsonl");
    }

    private static List<String> texts(Lines.Reader reader) throws IOException {
        List<String> texts = new ArrayList<>();
        byte[] line = reader.next();
        while (line != null) {
            texts.add(new String(line, StandardCharsets.UTF_8));
            line = reader.next();
        }
        return texts;
    }

    private static Lines.Reader scan(FileChannel file) throws IOException {
        LineScan scan =
                new LineScan(
                        file.map(FileChannel.MapMode.READ_ONLY, 0, file.size(), Arena.ofAuto()));
        return () ->
                scan.next()
                        ? Arrays.copyOfRange(scan.text(), scan.from(), scan.from() + scan.length())
                        : null;
    }

    private static Project project(String name, String title) {
        return new Project(name, title, "", ZoneId.of("UTC"), Bounds.NONE, false);
    }
}
