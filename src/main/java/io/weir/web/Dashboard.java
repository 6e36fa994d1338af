package io.weir.web;

import io.weir.access.Users;
import io.weir.call.ClientGoneException;
import io.weir.http.Access;
import io.weir.http.Door;
import io.weir.http.Exchange;
import io.weir.http.Query;
import io.weir.http.Route;
import io.weir.report.TableCsv;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.web.KeptAnswers.Given;
import io.weir.wire.Headers;
import io.weir.wire.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Serves every page of the catalogue, and lets in those who have logged in. */
public final class Dashboard implements Door {
    private final List<Page> pages;
    private final Sessions sessions;
    private final CallStore store;
    private final Login login;
    private final KeptAnswers answers;
    private final Assets assets;
    private final Layout layout;
    private final Deployment deployment;
    private final InstantSource clock;

    /**
     * A dashboard.
     *
     * @param adminKey lets in whoever has it, under no name
     * @param users those who log in by name
     */
    public Dashboard(
            Sources sources,
            Secret adminKey,
            Users users,
            Deployment deployment,
            InstantSource clock,
            SecureRandom random) {
        this.sessions = new Sessions(clock, random, deployment);
        users.follow(sessions::endAllOf);
        this.store = sources.store();
        this.answers = new KeptAnswers(store::count, clock, Thread::startVirtualThread);
        this.pages = Pages.all(sources, new UsersPage(users, sources.keys()));
        this.assets = new Assets();
        this.layout = new Layout(pages, new Templates(), assets, deployment.emulated());
        this.login = new Login(sessions, users, layout, adminKey, clock);
        this.deployment = deployment;
        this.clock = clock;
    }

    /** The routes. */
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(assets.route());
        routes.addAll(login.routes());
        routes.add(
                new Route(
                        "GET",
                        "/first-call",
                        Access.VIEWER_SESSION,
                        (exchange, segment) -> firstCall(exchange)));
        for (Page page : pages) {
            routes.add(
                    new Route(
                            "GET",
                            page.path(),
                            page.access(),
                            (exchange, segment) -> show(page, exchange, segment)));
            for (Form form : page.forms()) {
                routes.add(
                        new Route(
                                "POST",
                                form.path(),
                                form.access(),
                                (exchange, segment) -> fill(page, form, exchange, segment)));
            }
        }
        return routes;
    }

    @Override
    public boolean admits(Headers headers, Access access) {
        return sessions.visitor(headers)
                .map(visitor -> visitor.role().covers(access.least()))
                .orElse(false);
    }

    /** To the login, and from there back; who has logged in already is told that it won't do. */
    @Override
    public void turnAway(Exchange exchange) throws ClientGoneException {
        if (sessions.visitor(exchange.headers()).isPresent()) {
            Answer.View view =
                    Trouble.view(403, "This is for administrators", "Ask one of them for it.");
            Html.page(exchange, 403, layout.bare(exchange.headers(), "Not for you", view));
            return;
        }
        String query = exchange.target().query();
        String asked = exchange.target().path() + (query == null ? "" : "?" + query);
        boolean returns = exchange.method().equals("GET") && !asked.equals("/");
        Html.redirect(
                exchange,
                returns
                        ? "/login?next=" + URLEncoder.encode(asked, StandardCharsets.UTF_8)
                        : "/login",
                Headers.NONE);
    }

    /** Tells the page that waits for the first call whether it has come. */
    private void firstCall(Exchange exchange) throws ClientGoneException {
        boolean here;
        try {
            here = store.count() > 0;
        } catch (StoreUnavailable e) {
            here = false;
        }
        Html.reloadOrWait(exchange, here);
    }

    private void show(Page page, Exchange exchange, String segment) throws ClientGoneException {
        Query query = new Query("");
        try {
            query = new Query(exchange.target().query());
            ViewQuery view = ViewQuery.of(query, clock.instant());
            if (ViewQuery.addsFilter(query)) {
                String settled = view.href(exchange.target().path());
                Html.redirect(exchange, settled, Headers.NONE);
                return;
            }
            Visit visit = visit(exchange, view, segment);
            finish(page, exchange, visit, query, given(page, visit, exchange.headers()));
        } catch (IllegalArgumentException e) {
            Visit usual = visit(exchange, ViewQuery.usual(clock.instant()), segment);
            Answer trouble = Trouble.view(400, "That cannot be shown", e);
            finish(page, exchange, usual, query, given(trouble, usual));
        }
    }

    /** A browser that reloads a page in earnest wants nothing that was kept. */
    private Given given(Page page, Visit visit, Headers headers) {
        boolean anew = headers.first("cache-control").orElse("").contains("no-cache");
        try {
            return answers.answer(page, visit, anew);
        } catch (StoreUnavailable e) {
            return given(Trouble.storeAway(e), visit);
        }
    }

    private static Given given(Answer answer, Visit visit) {
        return new Given(answer, visit.now());
    }

    private void fill(Page page, Form form, Exchange exchange, String segment)
            throws ClientGoneException {
        Visit visit = visit(exchange, ViewQuery.usual(clock.instant()), segment);
        Answer answer;
        try {
            Fields.Posted posted = Fields.read(exchange, form.takesFiles());
            answer =
                    sessions.agrees(exchange.headers(), Fields.token(exchange, posted.fields()))
                            ? answer(() -> form.deed().done(visit, posted.fields(), posted.files()))
                            : Trouble.view(
                                    403, "Not done", "The form was too old. Reload and try again.");
        } catch (IllegalArgumentException e) {
            answer = Trouble.view(400, "Not done", e);
        }
        finish(page, exchange, visit, new Query(""), given(answer, visit));
    }

    private void finish(Page page, Exchange exchange, Visit visit, Query query, Given given)
            throws ClientGoneException {
        switch (given.answer()) {
            case Answer.Redirect redirect ->
                    Html.redirect(exchange, redirect.location(), Headers.NONE);
            case Answer.File file -> Html.file(exchange, file);
            case Answer.Events events ->
                    events.tail().follow(exchange, () -> admits(exchange.headers(), page.access()));
            case Answer.View view -> {
                if (query.get("format").equals(Optional.of("csv")) && !view.tables().isEmpty()) {
                    download(exchange, view, query.get("table"));
                } else {
                    Html.page(
                            exchange,
                            view.status(),
                            layout.page(exchange.headers(), page, visit, view, given.asked()));
                }
            }
        }
    }

    private static void download(Exchange exchange, Answer.View view, Optional<String> name)
            throws ClientGoneException {
        Map.Entry<String, Table> first = view.tables().firstEntry();
        String chosen = name.filter(view.tables()::containsKey).orElse(first.getKey());
        Table table = view.tables().getOrDefault(chosen, first.getValue());
        Html.csv(exchange, "weir-" + chosen, TableCsv.of(table));
    }

    private static Answer answer(Asked asked) {
        try {
            return asked.answer();
        } catch (StoreUnavailable e) {
            return Trouble.storeAway(e);
        }
    }

    private Visit visit(Exchange exchange, ViewQuery view, String segment) {
        Headers headers = exchange.headers();
        Visitor visitor = sessions.visitor(headers).orElse(Visitor.NOBODY);
        return new Visit(
                exchange.target().path(),
                view,
                visitor,
                clock.instant(),
                segment,
                deployment.origin(headers));
    }

    /** Something that may need the store. */
    @FunctionalInterface
    private interface Asked {
        Answer answer() throws StoreUnavailable;
    }
}
