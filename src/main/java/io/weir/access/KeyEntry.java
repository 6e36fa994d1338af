package io.weir.access;

import io.weir.call.Principal;
import io.weir.call.Priority;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key as calls meet it: what it and its project say together. Immutable; replaced when either
 * changes.
 */
public final class KeyEntry {
    private final Principal principal;
    private final GatewayKey key;
    private final @Nullable Project project;

    KeyEntry(GatewayKey key, @Nullable Project project) {
        this.key = key;
        this.project = project;
        this.principal =
                new Principal(
                        key.id(), key.name(), key.project(), key.tags(), priority(key, project));
    }

    /** The key's, but not above its project's. */
    private static Priority priority(GatewayKey key, @Nullable Project project) {
        Priority most = project == null ? null : project.bounds().priority();
        Priority limit = most == null ? Priority.NORMAL : most;
        Priority own = key.bounds().priority();
        return own == null || own.compareTo(limit) < 0 ? limit : own;
    }

    /** Who calls with it. */
    public Principal principal() {
        return principal;
    }

    /** The key. */
    public GatewayKey key() {
        return key;
    }

    /** Why it may not call at that time, as a clause; empty where it may. */
    public Optional<String> hindrance(Instant now) {
        Instant expires = key.expires();
        if (key.disabled()) {
            return Optional.of("this key is disabled");
        }
        if (project != null && project.disabled()) {
            return Optional.of("the project of this key is disabled");
        }
        return expires != null && !now.isBefore(expires)
                ? Optional.of("this key expired at " + expires)
                : Optional.empty();
    }

    /** Whether calls may come from there. */
    public boolean allowsFrom(InetAddress address) {
        return key.bounds().networks().allow(address)
                && (project == null || project.bounds().networks().allow(address));
    }

    /** Whether that endpoint may be called. */
    public boolean allowsEndpoint(String endpoint) {
        return key.bounds().endpoints().allow(endpoint)
                && (project == null || project.bounds().endpoints().allow(endpoint));
    }

    /** Whether it is said by name which endpoints may be called. */
    public boolean namesEndpoints() {
        return !key.bounds().endpoints().all().isEmpty()
                || (project != null && !project.bounds().endpoints().all().isEmpty());
    }

    /** Whether that model may be asked for. */
    public boolean allowsModel(String model) {
        return key.bounds().models().allow(model)
                && (project == null || project.bounds().models().allow(model));
    }

    /** Whether every model may be asked for. */
    public boolean allowsEveryModel() {
        return key.bounds().models().all().isEmpty()
                && (project == null || project.bounds().models().all().isEmpty());
    }
}
