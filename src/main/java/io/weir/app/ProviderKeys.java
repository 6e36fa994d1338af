package io.weir.app;

import io.weir.access.StoredKey;
import io.weir.access.StoredKeys;
import io.weir.config.ConfigException;
import io.weir.upstream.UpstreamKey;
import io.weir.upstream.UpstreamKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives the upstream its keys: those of the configuration, whose files are read again now and then,
 * and those that are stored. What cannot be read is told once.
 */
final class ProviderKeys {
    private static final System.Logger LOG = System.getLogger(ProviderKeys.class.getName());

    private final List<UpstreamKeySource> configured;
    private final StoredKeys stored;
    private final UpstreamKeys keys;
    private final Map<String, UpstreamKey> read = new HashMap<>();
    private final Set<String> told = new HashSet<>();

    ProviderKeys(List<UpstreamKeySource> configured, StoredKeys stored, UpstreamKeys keys) {
        this.configured = configured;
        this.stored = stored;
        this.keys = keys;
        configured.forEach(source -> read.put(source.reference(), source.first()));
        stored.follow(this::refresh);
        refresh();
    }

    /** Reads again what may have changed without anybody telling: files. */
    void reread() {
        if (configured.stream().anyMatch(UpstreamKeySource::isFile)) {
            refresh();
        }
    }

    /** Puts together what there is now. */
    private synchronized void refresh() {
        List<UpstreamKey> all = new ArrayList<>();
        for (UpstreamKeySource source : configured) {
            try {
                read.put(source.reference(), source.now());
                told.remove(source.reference());
            } catch (ConfigException e) {
                tell(source.reference(), e.getMessage() + " The key from before stays in use.");
            }
            all.add(read.getOrDefault(source.reference(), source.first()));
        }
        for (StoredKey key : stored.all()) {
            if (!key.disabled()) {
                open(key, all);
            }
        }
        keys.replace(all);
    }

    private void open(StoredKey key, List<UpstreamKey> into) {
        try {
            into.add(new UpstreamKey(key.name(), stored.open(key)));
        } catch (IllegalArgumentException e) {
            tell(
                    key.name() + key.created(),
                    "The provider's key %s. Give the master key it was stored with, or store it again."
                            .formatted(e.getMessage()));
        }
    }

    private void tell(String of, String problem) {
        if (told.add(of)) {
            LOG.log(System.Logger.Level.ERROR, problem);
        }
    }
}
