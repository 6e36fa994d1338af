package io.weir.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.wire.Secret;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class VaultTest {
    private static final Secret KEY = new Secret("sk-proj-a-key-of-the-provider");

    private final Vault vault = vault("weir-master-0123456789abcdefghijklmnopqrstuv");

    @Test
    void opensWhatItHasSealedAfterARestartToo() {
        String sealed = vault.seal("east", KEY);

        Secret opened = vault("weir-master-0123456789abcdefghijklmnopqrstuv").open("east", sealed);

        assertThat(opened.reveal()).isEqualTo(KEY.reveal());
        assertThat(sealed).doesNotContain(KEY.reveal(), "sk-proj");
    }

    @Test
    void sealsTheSameDifferentlyEachTime() {
        assertThat(vault.seal("east", KEY)).isNotEqualTo(vault.seal("east", KEY));
    }

    @Test
    void refusesAnotherMasterKeyAnotherNameAndWhatWasAltered() {
        String sealed = vault.seal("east", KEY);
        byte[] bytes = Base64.getDecoder().decode(sealed.substring("v1:".length()));
        bytes[bytes.length - 1] ^= 1;
        String altered = "v1:" + Base64.getEncoder().encodeToString(bytes);

        assertRefused(vault("another-master-key-of-enough-characters"), "east", sealed);
        assertRefused(vault, "west", sealed);
        assertRefused(vault, "east", altered);
        assertRefused(vault, "east", "v1:AAAA");
        assertRefused(vault, "east", "v2:" + sealed.substring("v1:".length()));
        assertRefused(vault, "east", "");
    }

    @Test
    void wantsAMasterKeyThatCannotBeGuessed() {
        assertThatThrownBy(() -> vault("secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 32 characters");
    }

    private static void assertRefused(Vault vault, String name, String sealed) {
        assertThatThrownBy(() -> vault.open(name, sealed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'%s' cannot be opened with this master key", name);
    }

    private static Vault vault(String master) {
        return new Vault(new Secret(master), new SecureRandom());
    }
}
