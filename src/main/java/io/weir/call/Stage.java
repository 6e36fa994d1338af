package io.weir.call;

import java.util.UUID;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * A stage of a call, as an event of the JDK's flight recorder. While nobody records, the JIT
 * compiler leaves nothing of it but a branch.
 */
@Name(Stage.EVENT)
@Label("Stage of a call")
@Category("Weir")
@Description("What one part of the gateway did for one call, what it called included")
@StackTrace(false)
public final class Stage extends Event {
    /** The event's name in a recording. */
    public static final String EVENT = "weir.Stage";

    /** The whole call, from its head to the last byte of its answer. */
    public static final String CALL = "Call";

    /** Getting a connection to the upstream. */
    public static final String CONNECT = "Connect";

    /** Writing the request to the upstream. */
    public static final String SEND = "Send";

    /** Waiting for the head of the upstream's answer. */
    public static final String AWAIT = "Await";

    /** Waiting for the next piece of the upstream's answer. */
    public static final String RECEIVE = "Receive";

    /** Writing the closing record to the journal. */
    public static final String CLOSE_RECORD = "CloseRecord";

    /** Writing the answer to the client. */
    public static final String REPLY = "Reply";

    @Label("Stage")
    @Nullable String stage;

    @Label("Call")
    @Nullable String call;

    private Stage() {}

    /** Begins a stage; {@link #done} ends it. */
    public static Stage begun() {
        Stage stage = new Stage();
        stage.begin();
        return stage;
    }

    /** Ends it, and says what it was. */
    public void done(String name, UUID callId) {
        end();
        if (shouldCommit()) {
            stage = name;
            call = callId.toString();
            commit();
        }
    }
}
