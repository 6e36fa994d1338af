package io.weir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.store.StoreUnavailable.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigratorTest {
    private static final List<Column> NUMBER = List.of(new Column("n", Unit.NUMBER));

    private final Migration one = new Migration("V001__one.sql", "CREATE TABLE a (n INTEGER)");
    private final Migration two =
            new Migration("V002__two.sql", "INSERT INTO a VALUES (1); INSERT INTO a VALUES (2)");

    @TempDir private Path directory;

    @Test
    void listsEveryFileInOrder() throws IOException {
        try (Stream<Path> files =
                Files.list(Path.of("src/main/resources/io/weir/store/migrations"))) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted())
                    .containsExactlyElementsOf(Migration.FILES);
        }
    }

    @Test
    void appliesEachStepOnce() throws StoreUnavailable {
        open(one).close();
        open(one, two).close();
        try (CallStore store = open(one, two)) {
            assertThat(store.table("SELECT sum(n) FROM a", List.of(), NUMBER).cell(0, "n"))
                    .isEqualTo(3L);
            assertThat(
                            store.table("SELECT count(*) FROM schema_version", List.of(), NUMBER)
                                    .cell(0, "n"))
                    .isEqualTo(2L);
        }
    }

    @Test
    void refusesAStepThatWasChangedAfterwards() throws StoreUnavailable {
        open(one).close();
        assertThatThrownBy(() -> open(new Migration(one.name(), one.sql() + " ")))
                .isInstanceOfSatisfying(
                        StoreUnavailable.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.SCHEMA))
                .hasMessageContaining("V001__one.sql")
                .hasMessageContaining("must not change");
    }

    @Test
    void refusesADatabaseThatIsNewerThanTheSoftware() throws StoreUnavailable {
        open(one, two).close();
        assertThatThrownBy(() -> open(one))
                .isInstanceOfSatisfying(
                        StoreUnavailable.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.SCHEMA))
                .hasMessageContaining("has schema 2, this software knows 1");
    }

    @Test
    void leavesNothingOfAStepThatFails() throws StoreUnavailable {
        Migration wrong =
                new Migration(
                        "V002__two.sql", "INSERT INTO a VALUES (1); INSERT INTO b VALUES (2)");
        assertThatThrownBy(() -> open(one, wrong)).isInstanceOf(StoreUnavailable.class);
        try (CallStore store = open(one, two)) {
            assertThat(store.table("SELECT count(*) FROM a", List.of(), NUMBER).cell(0, "n"))
                    .isEqualTo(2L);
        }
    }

    private CallStore open(Migration... migrations) throws StoreUnavailable {
        CallStore store =
                new CallStore(directory, Stores.CONFIG, System::nanoTime, List.of(migrations));
        try {
            store.open();
            return store;
        } catch (StoreUnavailable e) {
            store.close();
            throw e;
        }
    }
}
