package io.weir.store;

import io.weir.call.CallRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some calls of a list, newest first, without their attempts and content.
 *
 * @param next where the next page begins, opaque; null where this page is the last
 * @param previous where the page before ends, opaque; null where this page is the first, or was not
 *     found by its place in the list
 */
public record CallPage(List<CallRecord> calls, @Nullable String next, @Nullable String previous) {
    public CallPage {
        calls = List.copyOf(calls);
    }
}
