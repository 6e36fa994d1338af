package io.weir.access;

import io.weir.config.ConfigException;
import io.weir.config.ReplacedFile;
import io.weir.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The file with the users: readable by its owner only, and either the old one or the new one. */
public record UserFile(Path path) {
    /**
     * Everybody in it; nobody where there is no file.
     *
     * @throws ConfigException when it cannot be understood
     */
    List<User> read() {
        if (Files.notExists(path)) {
            return List.of();
        }
        try {
            List<User> users = new ArrayList<>();
            for (JsonNode user : Json.MAPPER.readTree(Files.readString(path)).path("users")) {
                users.add(read(user));
            }
            return users;
        } catch (IOException | JacksonException | IllegalArgumentException | DateTimeException e) {
            throw new ConfigException(
                    "The file of users "
                            + path
                            + " cannot be read: "
                            + e.getMessage()
                            + ". Mend it, or move it away and add the users anew.");
        }
    }

    /** Users that were written before there were projects have none. */
    private static User read(JsonNode user) {
        Actor actor =
                new Actor(
                        user.path("name").asString(),
                        Role.of(user.path("role").asString()),
                        user.path("projects")
                                .valueStream()
                                .map(JsonNode::asString)
                                .collect(Collectors.toSet()));
        return new User(
                actor,
                user.path("password").asString(),
                Instant.parse(user.path("since").asString()));
    }

    /** Replaces it, all or nothing. */
    void write(Collection<User> users) throws IOException {
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode list = json.putArray("users");
        for (User user : users) {
            list.add(user.json().put("password", user.password()));
        }
        ReplacedFile.write(
                path, json.toPrettyString().concat("\n").getBytes(StandardCharsets.UTF_8));
    }
}
