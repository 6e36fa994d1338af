package io.weir.rules;

import io.weir.access.Actor;
import io.weir.access.Control;
import io.weir.cache.AnswerCache;
import io.weir.cache.SemanticCache;
import io.weir.wire.Json;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The cache of answers as it is looked after: how it stands, and having it forget. */
public final class CacheDesk {
    private final AnswerCache cache;
    private final @Nullable SemanticCache semantic;
    private final Control control;

    /**
     * Of that cache.
     *
     * @param semantic null where it is off
     * @param control notes who has had it forget
     */
    public CacheDesk(AnswerCache cache, @Nullable SemanticCache semantic, Control control) {
        this.cache = cache;
        this.semantic = semantic;
        this.control = control;
    }

    /** The cache itself. */
    public AnswerCache cache() {
        return cache;
    }

    /** How answers to questions that mean the same do; empty where that is off. */
    public Optional<SemanticCache.Standing> semantic() {
        return Optional.ofNullable(semantic).map(SemanticCache::standing);
    }

    /**
     * Forgets every answer, or a project's.
     *
     * @param project null for all
     * @return how many were forgotten
     * @throws IOException where that cannot be noted
     */
    public long forget(Actor by, @Nullable String project) throws IOException {
        long entries = cache.clear(project);
        ObjectNode what = Json.MAPPER.createObjectNode().put("entries", entries);
        control.note(by, "clear", "cache", project == null ? "all" : project, null, what);
        return entries;
    }
}
