package io.weir.it;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What axe-core finds on a page against WCAG 2.1, levels A and AA. */
final class Accessibility {
    private static final Path AXE = Path.of("src/test/node/node_modules/axe-core/axe.min.js");

    private static final String RUN =
            """
            async () => {
              const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
              const found = await axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] });
              return found.violations.flatMap(({ id, help, nodes }) =>
                nodes.map((node) => `${id} (${help}): ${node.target.join(' ')} ${node.failureSummary.replace(/\\s+/g, ' ')}`));
            }
            """;

    private Accessibility() {}

    /**
     * Whether axe-core is there: {@code npm ci --prefix src/test/node} brings it. Where it is not,
     * this says so; with {@code CI=true} in the environment it fails instead.
     */
    static boolean canBeJudged() {
        if (Files.isReadable(AXE)) {
            return true;
        }
        String missing = AXE + " is not there: npm ci --prefix src/test/node brings it.";
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(missing);
        }
        System.out.println("NOT TESTED: accessibility. " + missing);
        return false;
    }

    /** What is wrong with the page in that tab, a sentence each. */
    static List<String> violations(Page tab) {
        tab.evaluate(source());
        return tab.evaluate(RUN) instanceof List<?> found
                ? found.stream().map(each -> tab.url() + " " + each).toList()
                : List.of();
    }

    private static String source() {
        try {
            return Files.readString(AXE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
