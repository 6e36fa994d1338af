package io.weir.access;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** Makes many keys in a data directory, as an administrator would: {@code MakeKeys DIR COUNT}. */
public final class MakeKeys {
    private static final int PROJECTS = 20;

    private MakeKeys() {}

    /** Each has an owner and tags, and every third may use some models only. */
    public static void main(String[] args) throws IOException {
        InstantSource clock = InstantSource.system();
        try (Control control =
                Control.open(
                        Path.of(args[0], "control"),
                        clock,
                        List.of(Project.KIND, GatewayKey.KIND, AdminToken.KIND))) {
            Keyring keyring =
                    new Keyring(
                            control.register(GatewayKey.KIND),
                            control.register(Project.KIND),
                            List.of(),
                            clock);
            KeyDesk desk = new KeyDesk(control, keyring, new NewSecret(new SecureRandom()), clock);
            for (int i = 0; i < PROJECTS; i++) {
                desk.createProject(Actor.ADMIN_KEY, "team-" + i, project -> project);
            }
            int count = Integer.parseInt(args[1]);
            for (int i = 0; i < count; i++) {
                List<String> models = i % 3 == 0 ? List.of("gpt-5*", "gpt-4o-mini") : List.of();
                desk.create(
                        Actor.ADMIN_KEY,
                        "team-" + i % PROJECTS,
                        new KeyDesk.Wanted(
                                "service-" + i,
                                "owner-" + i % 500,
                                List.of("env:prod", "cost-centre:" + i % 50),
                                Bounds.of(models, List.of(), List.of()),
                                null));
            }
        }
    }
}
