package io.weir.access;

import io.weir.wire.Secret;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;

/** The provider's keys that are kept here, for those who may change them. */
public final class StoredKeys {
    private static final int HINT_CHARS = 4;
    private static final int LEAST_HINTED_CHARS = 20;

    private final Register<StoredKey> keys;
    private final Vault vault;
    private final InstantSource clock;

    /** Those that are looked after there. */
    public StoredKeys(Control control, Vault vault, InstantSource clock) {
        this.keys = control.register(StoredKey.KIND);
        this.vault = vault;
        this.clock = clock;
    }

    /** All of them, by name. */
    public List<StoredKey> all() {
        return keys.all().stream().sorted(Comparator.comparing(StoredKey::name)).toList();
    }

    /**
     * Stores a key, or puts it in the place of the one of its name.
     *
     * @throws IOException where the log cannot be written; nothing has changed then
     */
    public StoredKey store(Actor by, String name, Secret secret) throws IOException {
        by.requireAdmin("store keys of the provider");
        String text = secret.reveal();
        boolean hinted = text.length() >= LEAST_HINTED_CHARS;
        StoredKey key =
                new StoredKey(
                        name,
                        vault.seal(name, secret),
                        hinted ? text.substring(text.length() - HINT_CHARS) : "",
                        clock.instant(),
                        false);
        keys.put(by, name, key);
        return key;
    }

    /**
     * Has calls go out without it, or with it again.
     *
     * @throws java.util.NoSuchElementException where there is none of that name
     * @throws IOException where the log cannot be written; nothing has changed then
     */
    public StoredKey disable(Actor by, String name, boolean whether) throws IOException {
        by.requireAdmin("disable keys of the provider");
        return keys.change(by, name, whether ? "disable" : "enable", key -> key.disabled(whether));
    }

    /**
     * Removes one.
     *
     * @throws java.util.NoSuchElementException where there is none of that name
     * @throws IOException where the log cannot be written; nothing has changed then
     */
    public void remove(Actor by, String name) throws IOException {
        by.requireAdmin("remove keys of the provider");
        keys.remove(by, name);
    }

    /**
     * What calls go out with.
     *
     * @throws IllegalArgumentException where it was sealed with another master key
     */
    public Secret open(StoredKey key) {
        return vault.open(key.name(), key.sealed());
    }

    /** Tells of changes from now on. */
    public void follow(Runnable changed) {
        keys.follow((name, before, after) -> changed.run());
    }
}
