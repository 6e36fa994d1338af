package io.weir.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** Which calls may be made, with a key or in a project. */
final class BoundsOptions {
    @Option(
            names = "--model",
            order = 20,
            paramLabel = "MODEL",
            description = {
                "A model that may be asked for, or its beginning and a star: 'gpt-4o*'.",
                "Can be repeated, as the next two can. 'any' alone allows every one (again)."
            })
    private @Nullable List<String> models;

    @Option(
            names = "--endpoint",
            order = 21,
            paramLabel = "ENDPOINT",
            description = "An endpoint that may be called: chat.completions, 'audio*'.")
    private @Nullable List<String> endpoints;

    @Option(
            names = "--network",
            order = 22,
            paramLabel = "NETWORK",
            description = "A network that calls may come from: 10.1.0.0/16, 2001:db8::/32.")
    private @Nullable List<String> networks;

    @Option(
            names = "--priority",
            order = 23,
            paramLabel = "PRIORITY",
            description = {
                "Whose calls go first where calls wait: high, normal or low.",
                "A key's is never above its project's, and that is normal unless said."
            })
    private @Nullable String priority;

    /** Adds what was given. */
    void addTo(ObjectNode wanted) {
        Given.add(wanted, "models", models);
        Given.add(wanted, "endpoints", endpoints);
        Given.add(wanted, "networks", networks);
        Given.add(wanted, "priority", priority);
    }
}
