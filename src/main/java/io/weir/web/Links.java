package io.weir.web;

import io.weir.report.Trouble;
import org.jspecify.annotations.Nullable;

/** Addresses of the pages where a view's calls can be looked into further. */
final class Links {
    private Links() {}

    /** The view's calls, one by one. */
    static String calls(ViewQuery view) {
        return view.carried().href("/calls");
    }

    /** Those of them that failed, where that is what is wrong; else all. */
    static String calls(ViewQuery view, @Nullable Trouble what) {
        return calls(what == Trouble.FAILED ? view.with("failed", "true") : view);
    }

    /** Those calls of that model that should have a price and have none, one by one. */
    static String unpriced(ViewQuery view, String model) {
        return calls(view.with("model", model).with("cost_state", "unpriced"));
    }

    /** What of their cost could be saved. */
    static String savings(ViewQuery view) {
        return view.carried().href("/savings");
    }

    /**
     * What sets the slow, failed or costly ones of them apart from those of the time before. A
     * range of latency is left out: its calls are all alike slow.
     *
     * @param what null where it is not known which of these is the matter
     */
    static String why(ViewQuery view, @Nullable Trouble what) {
        return view.carried()
                .without("min_latency_ms")
                .without("max_latency_ms")
                .withParameter("what", what == null ? "" : what.word())
                .href("/why");
    }
}
