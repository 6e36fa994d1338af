package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyOptionsTest {
    @TempDir private Path data;
    private final FakeWeir weir = new FakeWeir();

    @AfterEach
    void close() {
        weir.close();
    }

    private String keySent(Shell shell, String... more) {
        weir.json("/v1/chat/completions", 200, "{\"choices\":[]}");
        List<String> args = new ArrayList<>(List.of("ask", "hi", "-q"));
        args.addAll(List.of(more));
        shell.run(args.toArray(String[]::new));
        return weir.requests().getLast().authorization();
    }

    private Shell shell() {
        return new Shell()
                .with("WEIR_BASE_URL", weir.baseUrl())
                .with("WEIR_DATA", data.toString())
                .with("OPENAI_API_KEY", "canary-openai");
    }

    @Test
    void aKeyFileComesFirst() throws IOException {
        Path file = Files.writeString(data.resolve("mine"), "canary-file\nsecond line\n");
        assertThat(keySent(shell().with("WEIR_KEY", "canary-weir"), "--key-file", file.toString()))
                .isEqualTo("Bearer canary-file");
    }

    @Test
    void thenTheVariableThenTheDataDirectoryThenTheProvidersKey() throws IOException {
        assertThat(keySent(shell())).isEqualTo("Bearer canary-openai");
        weir.keysIn(data);
        assertThat(keySent(shell())).isEqualTo("Bearer " + FakeWeir.APP_KEY);
        assertThat(keySent(shell().with("WEIR_KEY", "canary-weir")))
                .isEqualTo("Bearer canary-weir");
    }

    @Test
    void anotherMachineGetsTheProvidersKeyAndNeverThisMachinesOwn() throws IOException {
        weir.keysIn(data);
        Address other = Address.of("https://api.example.com", true);
        assertThat(other.url()).hasToString("https://api.example.com/v1");
        Terminal terminal = new Shell().with("OPENAI_API_KEY", "canary-openai").terminal();
        assertThat(new KeyOptions().app(other, terminal))
                .map(Key::source)
                .hasValue("OPENAI_API_KEY");
        Terminal without = new Shell().with("WEIR_DATA", data.toString()).terminal();
        assertThat(new KeyOptions().app(other, without)).isEmpty();
        assertThat(new KeyOptions().admin(other, without)).isEmpty();
        assertThat(new KeyOptions().admin(other, terminal)).isEmpty();
    }

    @Test
    void theProvidersKeyIsNotForWeirsOwnAddress() {
        Terminal terminal = new Shell().with("OPENAI_API_KEY", "canary-openai").terminal();
        Address own = Address.of(Address.DEFAULT_URL, false);
        assertThat(new KeyOptions().app(own, terminal)).isEmpty();
    }

    @Test
    void aKeyThatIsNoneIsRefusedWithoutShowingIt() {
        Shell.Result result =
                new Shell()
                        .with("WEIR_KEY", "canary key\nwith a break")
                        .run("ask", "hi", "--base-url", weir.baseUrl());
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("The key from WEIR_KEY").doesNotContain("canary");
    }

    @Test
    void aMissingKeyFileIsSaid() {
        Shell.Result result = new Shell().run("ask", "hi", "--key-file", "no-such-file");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("no-such-file");
    }

    @Test
    void aKeyNeverShowsItself() {
        assertThat(new Key("canary-secret", "here").toString()).isEqualTo("Key[here]");
    }
}
