package io.weir.it;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Debian's Chromium, without a window. For one thread, as all of Playwright is. */
final class Chromium implements AutoCloseable {
    private static final Path PROGRAM =
            Path.of(System.getProperty("weir.chromium", "/usr/bin/chromium"));

    /** The last five keep it from talking to anybody of its own accord. */
    private static final List<String> OPTIONS =
            List.of(
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright) {
        this.playwright = playwright;
        this.browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(PROGRAM)
                                        .setArgs(OPTIONS));
    }

    /** How somebody looks at a page. */
    enum Look {
        LIGHT(1440, 900, ColorScheme.LIGHT),
        DARK(1440, 900, ColorScheme.DARK),
        NARROW(390, 844, ColorScheme.LIGHT),
        NARROW_DARK(390, 844, ColorScheme.DARK);

        private final int width;
        private final int height;
        private final ColorScheme scheme;

        Look(int width, int height, ColorScheme scheme) {
            this.width = width;
            this.height = height;
            this.scheme = scheme;
        }

        /**
         * A browser's profile that looks so, with a clock and a language that tests can rely on.
         */
        Browser.NewContextOptions options() {
            return new Browser.NewContextOptions()
                    .setViewportSize(width, height)
                    .setColorScheme(scheme)
                    .setLocale("en-GB")
                    .setTimezoneId("UTC");
        }
    }

    /** Whether it is installed. */
    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /** Where it is looked for. */
    static Path program() {
        return PROGRAM;
    }

    /** Starts one. */
    static Chromium launch() {
        Map<String, String> environment = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        return new Chromium(Playwright.create(new Playwright.CreateOptions().setEnv(environment)));
    }

    /** A profile of its own: no cookie, no cache. */
    BrowserContext profile(Browser.NewContextOptions options) {
        return browser.newContext(options);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
