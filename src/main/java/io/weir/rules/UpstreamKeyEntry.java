package io.weir.rules;

import io.weir.access.StoredKey;
import io.weir.access.StoredKeys;
import io.weir.upstream.UpstreamKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key of the provider's.
 *
 * @param stored null where it stands in the configuration
 * @param standing how calls fare with it; null where none goes out with it
 */
public record UpstreamKeyEntry(
        String name, @Nullable StoredKey stored, UpstreamKeys.@Nullable Standing standing) {
    /** All of them, those in use first. */
    public static List<UpstreamKeyEntry> all(StoredKeys stored, UpstreamKeys keys) {
        Map<String, StoredKey> left = new LinkedHashMap<>();
        stored.all().forEach(key -> left.put(key.name(), key));
        List<UpstreamKeyEntry> all = new ArrayList<>();
        for (UpstreamKeys.Standing standing : keys.standings()) {
            String name = standing.name();
            all.add(new UpstreamKeyEntry(name, left.remove(name), standing));
        }
        left.forEach((name, key) -> all.add(new UpstreamKeyEntry(name, key, null)));
        return all;
    }
}
