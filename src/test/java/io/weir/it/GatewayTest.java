package io.weir.it;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tests of one gateway before one scripted upstream; both live as long as the class's tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class GatewayTest {
    private final ScriptedUpstream upstream;
    private final String yaml;
    private LiveGateway gateway;

    /** With that configuration, in YAML. */
    @SuppressWarnings("NullAway.Init")
    protected GatewayTest(String yaml) throws IOException {
        this.upstream = new ScriptedUpstream();
        this.yaml = yaml;
    }

    @BeforeAll
    void start(@TempDir Path data) throws IOException {
        gateway = LiveGateway.start(data, upstream.url(), yaml);
    }

    @AfterAll
    void stop() throws IOException {
        upstream.close();
        gateway.close();
    }

    /** What stands behind the gateway. */
    protected ScriptedUpstream upstream() {
        return upstream;
    }

    /** What is tested. */
    protected LiveGateway gateway() {
        return gateway;
    }
}
