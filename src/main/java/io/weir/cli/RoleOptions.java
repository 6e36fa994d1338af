package io.weir.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** What somebody who is let in may do, and of which projects. */
final class RoleOptions {
    @Option(
            names = "--role",
            paramLabel = "ROLE",
            order = 10,
            defaultValue = "viewer",
            description = "viewer, project-admin or admin. Default: ${DEFAULT-VALUE}.")
    private String role = "viewer";

    @Option(
            names = "--project",
            paramLabel = "PROJECT",
            order = 11,
            description = "A project of a project-admin. Can be repeated.")
    private @Nullable List<String> projects;

    void addTo(ObjectNode wanted) {
        wanted.put("role", role);
        addProjects(wanted, projects);
    }

    /** Those that were named, which may be called anything. */
    static void addProjects(ObjectNode wanted, @Nullable List<String> projects) {
        if (projects != null) {
            projects.forEach(wanted.putArray("projects")::add);
        }
    }
}
