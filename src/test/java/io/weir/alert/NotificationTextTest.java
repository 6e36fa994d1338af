package io.weir.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.alert.Notification.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NotificationTextTest {
    @Test
    void saysEachKindInWords() throws IOException {
        List<Notification> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            all.add(Notifications.of(kind));
        }
        all.add(Notifications.acknowledged(Kind.REMINDER));
        all.add(Notifications.ofAlerts(12, "gpt-"));
        StringBuilder said = new StringBuilder();
        all.forEach(each -> said.append(NotificationText.of(each).text()).append("\n\n"));
        assertMatches("notifications.txt", said.toString());
    }

    @Test
    void saysItInJson() throws IOException {
        StringBuilder said = new StringBuilder();
        for (Kind kind : List.of(Kind.OPENED, Kind.RESOLVED)) {
            said.append(NotificationJson.of(Notifications.of(kind)).toPrettyString()).append('\n');
        }
        assertMatches("notifications.json", said.toString());
    }

    @ParameterizedTest
    @MethodSource("io.weir.alert.Hostile#names")
    void eachLineIsOneWhateverIsInIt(String name) {
        NotificationText words = NotificationText.of(Notifications.named(name));
        assertThat(words.title()).hasSizeLessThan(400).doesNotContainPattern("[\\p{C}\u2028]");
        assertThat(words.lines()).hasSize(3);
        assertThat(words.text().lines()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s",
        "PT59.9S, 59 s",
        "PT14M50S, 14 min",
        "PT2H, 2 h",
        "PT2H5M, 2 h 5 min",
        "P3DT4H50M, 3 d 4 h",
        "PT-5S, 0 s"
    })
    void saysHowLong(Duration length, String words) {
        assertThat(NotificationText.words(length)).isEqualTo(words);
    }

    private static void assertMatches(String file, String text) throws IOException {
        Path actual = Path.of("target", "golden", file);
        Files.createDirectories(actual.getParent());
        Files.writeString(actual, text);
        try (InputStream golden = NotificationTextTest.class.getResourceAsStream(file)) {
            assertThat(golden).as("no golden file; what it would be is in " + actual).isNotNull();
            assertThat(text).isEqualTo(new String(golden.readAllBytes(), UTF_8));
        }
    }
}
