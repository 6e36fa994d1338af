package io.weir.store;

import io.weir.call.CallRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some calls of a list, newest first, without their attempts and content.
 *
 * @param next where the next page begins, opaque; null where this page is the last
 */
public record CallPage(List<CallRecord> calls, @Nullable String next) {
    public CallPage {
        calls = List.copyOf(calls);
    }
}
