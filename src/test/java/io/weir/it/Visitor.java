package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Somebody who looks at a dashboard with a browser, in one tab, and notes whatever should not
 * happen on any page.
 */
final class Visitor implements AutoCloseable {
    /** A refused request for a page is told by its status, which whoever asked for it checks. */
    private static final String REFUSED = "Failed to load resource: the server responded with";

    private static final String NOTE_VIOLATIONS =
            """
            window.__violations = [];
            document.addEventListener('securitypolicyviolation', (event) =>
                window.__violations.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));
            """;

    private final URI origin;
    private final BrowserContext profile;
    private final Page tab;
    private final List<String> troubles = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();

    Visitor(Chromium chromium, URI origin, Browser.NewContextOptions options) {
        this.origin = origin;
        this.profile = chromium.profile(options);
        profile.addInitScript(NOTE_VIOLATIONS);
        this.tab = profile.newPage();
        tab.onConsoleMessage(this::note);
        tab.onPageError(error -> troubles.add("error: " + error));
        tab.onDialog(this::refuse);
        tab.onDownload(Download::cancel);
        profile.onRequest(this::note);
        profile.onResponse(this::note);
    }

    /** Logs in with the admin key, through the form. */
    Visitor logIn(String adminKey) {
        open("/login");
        tab.getByLabel("Password or admin key").fill(adminKey);
        tab.getByText("Log in", new Page.GetByTextOptions().setExact(true)).last().click();
        tab.waitForURL(origin + "/");
        return this;
    }

    /** Opens a path of the dashboard and waits until all of it has loaded. */
    Response open(String path) {
        Response answer = tab.navigate(origin + path);
        assertThat(answer).as(path).isNotNull();
        noteViolations();
        return answer;
    }

    /** The tab. */
    Page tab() {
        return tab;
    }

    /** The profile the tab belongs to. */
    BrowserContext profile() {
        return profile;
    }

    /** The address of the page without the server's. */
    String path() {
        return tab.url().substring(origin.toString().length());
    }

    /** Everything it was asked to load so far. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** What has gone wrong so far, with where; nothing of it is told again. */
    List<String> troubles() {
        noteViolations();
        List<String> told = List.copyOf(troubles);
        troubles.clear();
        return told;
    }

    @Override
    public void close() {
        profile.close();
    }

    private void note(ConsoleMessage message) {
        boolean matters = Set.of("error", "warning").contains(message.type());
        if (matters && !message.text().startsWith(REFUSED)) {
            troubles.add(tab.url() + " " + message.type() + ": " + message.text());
        }
    }

    private void note(Request request) {
        requests.add(request.url());
        boolean here =
                request.url().startsWith(origin + "/") || request.url().startsWith("data:image/");
        if (!here) {
            troubles.add(tab.url() + " asks for " + request.url());
        }
    }

    private void note(Response response) {
        boolean isPage = response.request().resourceType().equals("document");
        if (response.status() >= 400 && !isPage) {
            troubles.add(tab.url() + " got " + response.status() + " for " + response.url());
        }
    }

    private void refuse(Dialog dialog) {
        troubles.add(tab.url() + " asks: " + dialog.message());
        dialog.dismiss();
    }

    private void noteViolations() {
        Object violations = tab.evaluate("() => (window.__violations ?? []).splice(0)");
        if (violations instanceof List<?> list) {
            list.forEach(each -> troubles.add(tab.url() + " violates its policy: " + each));
        }
    }
}
