package io.weir.call;

import java.util.List;

/**
 * Who makes a call: the owner of a gateway key.
 *
 * @param keyId the key's public id, never the key
 * @param keyName what people call it
 * @param project the project the key belongs to
 * @param tags free labels, sorted
 * @param priority of its calls where they have to wait
 */
public record Principal(
        String keyId, String keyName, String project, List<String> tags, Priority priority) {
    /** One whose calls are as urgent as most. */
    public Principal(String keyId, String keyName, String project, List<String> tags) {
        this(keyId, keyName, project, tags, Priority.NORMAL);
    }

    public Principal {
        tags = tags.stream().sorted().toList();
    }
}
