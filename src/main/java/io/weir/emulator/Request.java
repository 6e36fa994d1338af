package io.weir.emulator;

import tools.jackson.databind.JsonNode;

/**
 * A request that names a model which answers.
 *
 * @param body a JSON object
 * @param quirk what is peculiar about that model
 */
record Request(JsonNode body, String model, Quirk quirk) {
    /** Whether events are wanted. */
    boolean streamed() {
        return body.path("stream").booleanValue(false);
    }

    /** How many answers are wanted. */
    int choices() {
        return body.path("n").intValue(1);
    }

    /** The first of these limits that is given. */
    int limit(String... names) {
        for (String name : names) {
            if (body.path(name).isIntegralNumber()) {
                return body.path(name).intValue(Integer.MAX_VALUE);
            }
        }
        return Ask.UNLIMITED;
    }
}
