package io.weir.policy;

import io.weir.access.LeakWatch;
import io.weir.call.Body;
import io.weir.call.Call;
import io.weir.call.Chain;
import io.weir.call.Policy;
import io.weir.call.Reply;

/**
 * Notices keys of this gateway in the URL of a request, also of a stranger's, and in its body. The
 * body is looked through when the call is over: nobody waits for that.
 */
public final class NoticeLeaks implements Policy {
    private final LeakWatch watch;

    /** Has them noted there. */
    public NoticeLeaks(LeakWatch watch) {
        this.watch = watch;
    }

    @Override
    public Reply apply(Call call, Chain next) {
        watch.lookAtUrl(call.target().path(), call.id());
        if (call.target().query() != null) {
            watch.lookAtUrl(call.target().query(), call.id());
        }
        return next.proceed(call)
                .whenDone(outcome -> {
                    if (call.trace().asRead(call).body() instanceof Body.Bytes held) {
                        watch.lookAtBody(held.bytes(), call.id());
                    }
                });
    }
}
