package io.weir.limit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Rules by the key or the project that they are about, so that a call does not look at those of a
 * hundred thousand other keys.
 *
 * @param <R> a rule with its counters
 */
final class RuleIndex<R> {
    private final List<R> all;
    private final Map<String, List<R>> byKey = new HashMap<>();
    private final Map<String, List<R>> byProject = new HashMap<>();
    private final List<R> others = new ArrayList<>();
    private final Function<R, Which> which;

    RuleIndex(List<R> all, Function<R, Which> which) {
        this.all = List.copyOf(all);
        this.which = which;
        for (R rule : all) {
            @Nullable String key = which.apply(rule).exactly(Dimension.KEY);
            @Nullable String project = which.apply(rule).exactly(Dimension.PROJECT);
            if (key != null) {
                byKey.computeIfAbsent(key, unseen -> new ArrayList<>(2)).add(rule);
            } else if (project != null) {
                byProject.computeIfAbsent(project, unseen -> new ArrayList<>(2)).add(rule);
            } else {
                others.add(rule);
            }
        }
    }

    List<R> all() {
        return all;
    }

    /**
     * Whether each rule that counts such calls passes; those after one that does not are not asked.
     */
    boolean every(Caller caller, Predicate<R> passes) {
        return every(byKey.get(caller.principal().keyId()), caller, passes)
                && every(byProject.get(caller.principal().project()), caller, passes)
                && every(others, caller, passes);
    }

    void each(Caller caller, Consumer<R> deed) {
        every(
                caller,
                rule -> {
                    deed.accept(rule);
                    return true;
                });
    }

    private boolean every(@Nullable List<R> rules, Caller caller, Predicate<R> passes) {
        if (rules != null) {
            for (R rule : rules) {
                if (which.apply(rule).counts(caller) && !passes.test(rule)) {
                    return false;
                }
            }
        }
        return true;
    }
}
