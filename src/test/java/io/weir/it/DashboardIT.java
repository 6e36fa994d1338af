package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import io.weir.it.ChatCalls.Chat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every page of the dashboard in a browser, after some calls of all kinds. */
@NeedsChromium
class DashboardIT {
    private static final List<String> MODELS =
            List.of(
                    "gpt-4o-mini",
                    "gpt-4o",
                    "gpt-4.1-nano",
                    "reasoning",
                    "cached",
                    "no-usage",
                    "refusal",
                    "error-400",
                    "error-429",
                    "error-500",
                    "dropped-stream",
                    "a-model-that-nobody-knows-and-whose-name-is-so-long-that-it-has-no-room-in-any-table");

    private static final String STICKS_OUT =
            """
            () => document.documentElement.scrollWidth <= innerWidth ? [] :
              [document.documentElement.scrollWidth + ' px wide', ...[...document.body.querySelectorAll('*')]
                .filter((each) => each.checkVisibility() && !each.closest('.scroll'))
                .filter((each) => each.getBoundingClientRect().right > innerWidth - 2)
                .map((each) => each.outerHTML.slice(0, 120))]
            """;

    /** What a page shows only in part: notes that are cut, and names that leave figures no room. */
    private static final String LACKS_ROOM =
            """
            () => [...document.querySelectorAll('.tile .note, .legend button')]
              .filter((each) => each.scrollWidth > each.clientWidth)
              .concat([...document.querySelectorAll('td.id:first-child')]
                .filter((each) => each.offsetWidth > each.closest('.scroll').clientWidth / 2))
              .map((each) => each.textContent.trim())
            """;

    /** What of a plot's last label is in its canvas, by what is drawn to the right of the axes. */
    private static final String LAST_LABEL =
            """
            (plot) => {
              const canvas = plot.querySelector('canvas');
              const axes = plot.querySelector('.u-over');
              const end = Math.ceil((axes.offsetLeft + axes.offsetWidth) * devicePixelRatio) + 1;
              const drawn = (from) => canvas.getContext('2d')
                .getImageData(from, 0, canvas.width - from, canvas.height).data.some((each) => each);
              return drawn(canvas.width - 2) ? 'cut' : drawn(end) ? 'whole' : 'none';
            }
            """;

    /**
     * What has the focus: whether it shows, where it is, and whether the order is the page's. Empty
     * at the end, which is the document or, in a browser without a window, the beginning.
     */
    private static final String FOCUS =
            """
            () => {
              const now = document.activeElement;
              const last = window.__last;
              window.__last = now;
              window.__first ??= now;
              if (now === document.body || last && now === window.__first) return '';
              const style = getComputedStyle(now);
              const box = now.getBoundingClientRect();
              const name = now.outerHTML.slice(0, 100);
              if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 1) return 'no outline: ' + name;
              if (box.width < 1 || box.bottom < 1 || box.top > innerHeight) return 'out of sight: ' + name;
              if (last && !(last.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING)) return 'out of order: ' + name;
              return 'fine';
            }
            """;

    private static final boolean JUDGES = Accessibility.canBeJudged();

    @TempDir private static Path directory;

    private static RunningWeir weir;
    private static Chromium chromium;
    private static String session;
    private static List<String> pages;

    @BeforeAll
    static void fill() throws IOException, InterruptedException {
        weir =
                RunningWeir.in(directory.resolve("data"))
                        .config(
                                "emulator: {first_token: 1ms, per_token: 0ms}\ncapture: {level: full}\n")
                        .start();
        ChatCalls calls = new ChatCalls(weir.origin());
        for (String model : MODELS) {
            calls.ask(weir.appKey(), Chat.with(model));
            calls.ask(weir.appKey(), Chat.with(model).streamed());
        }
        new StoredCalls(weir).atLeast("", 2 * MODELS.size());
        chromium = Chromium.launch();
        try (Visitor visitor =
                new Visitor(chromium, weir.origin(), Chromium.Look.LIGHT.options())) {
            visitor.logIn(weir.adminKey());
            addUser(visitor);
            makeKey(visitor);
            session = visitor.profile().storageState();
            pages = DashboardPages.all(visitor);
            assertThat(visitor.troubles()).isEmpty();
        }
        System.out.println("pages of the dashboard: " + pages);
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        weir.close();
    }

    @Test
    void leadsToAllItsPages() {
        assertThat(pages)
                .anyMatch(page -> page.startsWith("/health"))
                .anyMatch(page -> page.startsWith("/users"));
    }

    @ParameterizedTest
    @EnumSource
    void everyPageIsSoundFitsAndIsAccessible(Chromium.Look look) {
        SoftAssertions all = new SoftAssertions();
        try (Visitor visitor = visitor(look)) {
            for (String page : pages) {
                Response answer = visitor.open(page);
                all.assertThat(answer.status()).as(page).isEqualTo(200);
                all.assertThat(visitor.tab().title()).as(page).matches("\\S.* · Weir");
                all.assertThat(visitor.tab().locator("h1").count()).as(page).isEqualTo(1);
                all.assertThat(visitor.tab().evaluate(STICKS_OUT)).as(page).isEqualTo(List.of());
                all.assertThat(visitor.tab().evaluate(LACKS_ROOM)).as(page).isEqualTo(List.of());
                all.assertThat(violations(visitor.tab())).as(page).isEmpty();
                all.assertThat(visitor.troubles()).as(page).isEmpty();
            }
        }
        all.assertAll();
    }

    @ParameterizedTest
    @EnumSource
    void strangersFindASoundLogin(Chromium.Look look) {
        try (Visitor stranger = new Visitor(chromium, weir.origin(), look.options())) {
            stranger.open("/login");
            assertThat(stranger.tab().evaluate(STICKS_OUT)).isEqualTo(List.of());
            assertThat(violations(stranger.tab())).isEmpty();
            assertThat(stranger.troubles()).isEmpty();
        }
    }

    @Test
    void everyPageCanBeWalkedByKeyboard() {
        SoftAssertions all = new SoftAssertions();
        try (Visitor visitor = visitor(Chromium.Look.LIGHT)) {
            for (String page : pages) {
                visitor.open(page);
                List<String> steps = new ArrayList<>();
                do {
                    visitor.tab().keyboard().press("Tab");
                    steps.add(String.valueOf(visitor.tab().evaluate(FOCUS)));
                } while (!steps.getLast().isEmpty() && steps.size() < 400);
                all.assertThat(steps.getLast()).as(page + " holds the focus fast").isEmpty();
                all.assertThat(steps.subList(0, steps.size() - 1)).as(page).containsOnly("fine");
            }
        }
        all.assertAll();
    }

    @Test
    void theFirstKeyLeadsToTheContent() {
        try (Visitor visitor = visitor(Chromium.Look.LIGHT)) {
            visitor.open("/");
            visitor.tab().keyboard().press("Tab");
            visitor.tab().keyboard().press("Enter");
            assertThat(visitor.tab().url()).endsWith("#main");
            visitor.tab().keyboard().press("Tab");
            assertThat(visitor.tab().evaluate("() => !!document.activeElement.closest('main')"))
                    .isEqualTo(true);
        }
    }

    @Test
    void everyPageWorksWithoutJavaScript() {
        Browser.NewContextOptions without = Chromium.Look.LIGHT.options();
        try (BrowserContext profile = chromium.profile(without.setJavaScriptEnabled(false))) {
            Page tab = profile.newPage();
            tab.navigate(weir.origin() + "/users");
            tab.locator("input[name=password]").fill(adminKey());
            tab.locator("button.main").click();
            assertThat(tab.url()).as("where it wanted to go").endsWith("/users");
            for (String page : pages) {
                Response answer = tab.navigate(weir.origin() + page);
                assertThat(answer.status()).as(page).isEqualTo(200);
                assertThat(tab.locator("main").innerText()).as(page).isNotBlank();
            }
            tab.locator(".self button[title='Log out']").click();
            assertThat(tab.url()).endsWith("/login");
        }
    }

    @Test
    void theNavigationChangesPagesInPlace() {
        try (Visitor visitor = visitor(Chromium.Look.LIGHT)) {
            visitor.open("/");
            visitor.tab().evaluate("() => { window.__kept = true; }");
            Locator links = visitor.tab().locator("nav[aria-label=Pages] a");
            for (int i = 0; i < links.count(); i++) {
                String title = links.nth(i).innerText().strip();
                links.nth(i).click();
                visitor.tab().locator("h1", titled(title)).waitFor();
                visitor.tab()
                        .waitForCondition(() -> visitor.tab().title().equals(title + " · Weir"));
                assertThat(links.nth(i).getAttribute("aria-current")).isEqualTo("page");
            }
            assertThat(visitor.tab().evaluate("() => window.__kept"))
                    .as("not loaded anew")
                    .isEqualTo(true);
            visitor.open("/");
            assertThat(visitor.tab().locator("figure .plot canvas").first().isVisible()).isTrue();
            assertThat(visitor.troubles()).isEmpty();
        }
    }

    @Test
    void callsAppearAsTheyEndWhereTheListIsLive() throws IOException {
        String model = "<img src=x onerror=window.__xss=1> live";
        try (Visitor visitor = visitor(Chromium.Look.LIGHT)) {
            visitor.open("/calls?live=1");
            visitor.tab().evaluate("() => { window.__kept = true; }");
            visitor.tab().getByText("Live: 0 since this page was opened").waitFor();
            new ChatCalls(weir.origin()).ask(weir.appKey(), Chat.with(model));

            Locator row = visitor.tab().locator("#calls tbody tr").first();
            row.getByText(model).waitFor();
            visitor.tab().getByText("Live: 1 since this page was opened").waitFor();
            assertThat(row.locator("img").count()).isZero();
            assertThat(visitor.tab().evaluate("() => [window.__kept, window.__xss]"))
                    .as("not loaded anew, and nothing ran")
                    .isEqualTo(Arrays.asList(true, null));
            assertThat(row.getByRole(AriaRole.LINK).getAttribute("href"))
                    .matches("/calls/[0-9a-f-]{36}");
            assertThat(visitor.troubles()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theLabelOfAChartsLastMomentIsWhole(Chromium.Look look) {
        try (Visitor visitor = visitor(look)) {
            visitor.open("/cost?since=2026-11-20T00:00&until=2026-11-21T00:00");
            assertThat(visitor.tab().locator("#spend .plot").evaluate(LAST_LABEL))
                    .isEqualTo("whole");
        }
    }

    @Test
    void theThemeIsKept() {
        try (Visitor visitor = visitor(Chromium.Look.LIGHT)) {
            visitor.open("/");
            Locator theme = visitor.tab().locator("[data-theme-switch]");
            theme.click();
            theme.click();
            assertThat(theme.innerText()).isEqualTo("Dark theme");
            visitor.open("/health");
            assertThat(visitor.tab().locator("html").getAttribute("data-theme")).isEqualTo("dark");
        }
    }

    @Test
    void whatCanBeDownloadedIsAFile() {
        try (Visitor visitor = visitor(Chromium.Look.LIGHT)) {
            List<String> downloads = new ArrayList<>();
            for (String page : pages) {
                visitor.open(page);
                downloads.addAll(DashboardPages.downloads(visitor.tab()));
            }
            assertThat(downloads).isNotEmpty();
            for (String download : downloads) {
                APIResponse answer = visitor.profile().request().get(weir.origin() + download);
                assertThat(answer.status()).as(download).isEqualTo(200);
                assertThat(answer.headers().get("content-disposition"))
                        .as(download)
                        .matches("attachment; filename=\"weir-[\\w.-]+\\.(csv|json|parquet)\"");
            }
        }
    }

    @Test
    void nobodyGetsInWithoutAKey() {
        try (Visitor stranger =
                new Visitor(chromium, weir.origin(), Chromium.Look.LIGHT.options())) {
            for (String page : pages) {
                stranger.open(page);
                assertThat(stranger.path()).startsWith("/login");
            }
            stranger.tab().locator("input[name=password]").fill("weir-admin-guessed");
            stranger.tab().locator("button.main").click();
            stranger.tab().getByRole(AriaRole.ALERT).waitFor();
            assertThat(stranger.tab().locator("nav").count()).isZero();
        }
    }

    private static List<String> violations(Page tab) {
        return JUDGES ? Accessibility.violations(tab) : List.of();
    }

    private static Page.LocatorOptions titled(String title) {
        return new Page.LocatorOptions().setHasText(Pattern.compile("^" + title + "$"));
    }

    private static void addUser(Visitor visitor) {
        visitor.open("/users");
        visitor.tab().locator("#add-name").fill("ada");
        visitor.tab().locator("#add-password").fill("correct horse battery");
        visitor.tab().locator("form[action='/users/add'] button").click();
        visitor.tab().waitForURL(Pattern.compile("notice="));
        assertThat(visitor.tab().locator("#users").innerText()).contains("ada");
    }

    /**
     * Its secret is on the page that the form leads to, and neither in an address nor there again.
     */
    private static void makeKey(Visitor visitor) {
        visitor.open("/keys");
        visitor.tab().locator("#key-name").fill("ci");
        visitor.tab().locator("#key-models").fill("gpt-4o*, gpt-4.1-nano");
        visitor.tab().locator("form[action='/keys/create'] button").click();
        visitor.tab().locator("#secret").waitFor();
        assertThat(visitor.tab().locator("#secret").innerText()).matches("weir-key-[\\w-]{43}");
        assertThat(visitor.path()).isEqualTo("/keys");
        visitor.tab().reload();
        assertThat(visitor.tab().locator("#keys").innerText()).contains("ci", "gpt-4.1-nano");
        assertThat(visitor.tab().content()).doesNotContain("weir-key-");
    }

    private static Visitor visitor(Chromium.Look look) {
        return new Visitor(chromium, weir.origin(), look.options().setStorageState(session));
    }

    private static String adminKey() {
        try {
            return weir.adminKey();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
