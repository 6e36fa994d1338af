package io.weir.it;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotAnimations;
import io.weir.it.Chromium.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Pictures of pages; kept in {@code docs/screenshots} with {@code -Dweir.screenshots=true}. */
final class Screenshots {
    private static final Path KEPT = Path.of("docs/screenshots");
    private static final int LARGEST = 250_000;

    private final Chromium chromium;
    private final RunningWeir weir;
    private final String session;
    private final List<String> problems = new ArrayList<>();

    /**
     * Of a gateway's pages.
     *
     * @param session the browser's cookies of somebody who is logged in
     */
    Screenshots(Chromium chromium, RunningWeir weir, String session) {
        this.chromium = chromium;
        this.weir = weir;
        this.session = session;
    }

    /** Takes one of what a window shows of a page. */
    void take(String name, Look look, String page) throws IOException {
        try (Visitor visitor =
                new Visitor(chromium, weir.origin(), look.options().setStorageState(session))) {
            visitor.open(page);
            byte[] png =
                    visitor.tab()
                            .screenshot(
                                    new Page.ScreenshotOptions()
                                            .setAnimations(ScreenshotAnimations.DISABLED));
            if (png.length > LARGEST) {
                problems.add("%s has %,d bytes".formatted(name, png.length));
            }
            problems.addAll(visitor.troubles());
            if (Boolean.getBoolean("weir.screenshots")) {
                Files.createDirectories(KEPT);
                Files.write(KEPT.resolve(name + ".png"), png);
            }
        }
    }

    /** What was wrong with a page or its picture. */
    List<String> problems() {
        return List.copyOf(problems);
    }
}
