package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.weir.access.Role;
import io.weir.it.GatewayTest;
import io.weir.it.Message;
import io.weir.it.Wire;
import io.weir.wire.Json;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoutesTest extends GatewayTest {
    private static final String WRONG = "authorization: Bearer weir-admin-wrong\r\n";

    private final Map<Role, String> sessions = new EnumMap<>(Role.class);
    private final Map<Role, String> tokens = new EnumMap<>(Role.class);

    RoutesTest() throws IOException {
        super("");
    }

    @BeforeAll
    void logIn() throws IOException {
        String key = gateway().gateway().data().key("admin.key", "").reveal();
        String admin = session("password=" + key);
        sessions.put(Role.ADMIN, admin);
        String page =
                gateway().ask("GET /users HTTP/1.1\r\nhost: weir\r\n" + admin + "\r\n").body();
        Matcher token = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"").matcher(page);
        assertThat(token.find()).as(page).isTrue();
        for (String user :
                List.of("name=eve&role=viewer", "name=sue&role=project-admin&projects=default")) {
            String form = user + "&password=correct-horse-9&csrf=" + token.group(1);
            assertThat(post("/users/add", form, admin).status()).isEqualTo(303);
        }
        sessions.put(Role.VIEWER, session("name=eve&password=correct-horse-9"));
        sessions.put(Role.PROJECT_ADMIN, session("name=sue&password=correct-horse-9"));
        for (Role role : Role.values()) {
            String projects = role == Role.PROJECT_ADMIN ? "[\"default\"]" : "[]";
            String wanted =
                    "{\"name\":\"%s\",\"role\":\"%s\",\"projects\":%s}"
                            .formatted(role.word(), role.word(), projects);
            String made = post("/admin/api/tokens", wanted, gateway().adminAuth()).body();
            String secret = Json.MAPPER.readTree(made).path("secret").asString();
            tokens.put(role, "authorization: Bearer " + secret + "\r\n");
        }
    }

    Stream<Route> adminRoutes() {
        return by(Access.Proof.KEY);
    }

    Stream<Route> sessionRoutes() {
        return by(Access.Proof.SESSION);
    }

    private Stream<Route> by(Access.Proof proof) {
        return gateway().gateway().routes().stream()
                .filter(route -> route.access().proof() == proof);
    }

    @ParameterizedTest
    @MethodSource("adminRoutes")
    void anAdminRouteIsForItsRoleAndThoseAbove(Route route) throws IOException {
        for (Role role : Role.values()) {
            int status = status(route.method(), route, String.valueOf(tokens.get(role)));
            if (role.covers(route.access().least())) {
                assertThat(status).as(role.word()).isNotIn(401, 403, 500);
            } else {
                assertThat(status).as(role.word()).isEqualTo(403);
            }
        }
    }

    Stream<Route> publicRoutes() {
        return gateway().gateway().routes().stream()
                .filter(route -> route.access() == Access.PUBLIC);
    }

    @ParameterizedTest
    @MethodSource("adminRoutes")
    void anAdminRouteWantsTheAdminKey(Route route) throws IOException {
        List<String> methods =
                route.method().equals("GET") ? List.of("GET", "HEAD") : List.of(route.method());
        for (String method : methods) {
            for (String key : List.of("", gateway().auth(), WRONG, WRONG + gateway().adminAuth())) {
                assertThat(status(method, route, key)).as(method + " " + key).isEqualTo(401);
            }
        }
        assertThat(status(route.method(), route, gateway().adminAuth())).isNotIn(401, 403, 500);
    }

    @ParameterizedTest
    @MethodSource("publicRoutes")
    void aPublicRouteWantsNoKey(Route route) throws IOException {
        for (String key : List.of("", gateway().auth(), WRONG, gateway().adminAuth())) {
            assertThat(status(route.method(), route, key)).isNotIn(303, 401, 500);
        }
    }

    @ParameterizedTest
    @MethodSource("sessionRoutes")
    void aPageWantsASessionOfItsRoleAndNoKeyWillDo(Route route) throws IOException {
        for (String key : List.of("", gateway().auth(), WRONG, gateway().adminAuth())) {
            assertThat(status(route.method(), route, key)).isEqualTo(303);
            assertThat(location(route, key)).startsWith("/login");
        }
        for (Map.Entry<Role, String> each : sessions.entrySet()) {
            boolean may = each.getKey().covers(route.access().least());
            assertThat(status(route.method(), route, each.getValue()))
                    .as(each.getKey().word())
                    .isEqualTo(may ? ok(route) : 403);
        }
        assertThat(status(route.method(), route, "cookie: weir_session=guessed\r\n"))
                .isEqualTo(303);
    }

    @ParameterizedTest
    @MethodSource("adminRoutes")
    void aSessionDoesNotOpenTheAdminApi(Route route) throws IOException {
        for (String session : sessions.values()) {
            assertThat(status(route.method(), route, session)).isEqualTo(401);
        }
    }

    @Test
    void onlyTheseAreOpenToEverybody() {
        assertThat(publicRoutes().map(route -> route.method() + " " + route.path()))
                .containsExactlyInAnyOrder(
                        "GET /assets/*",
                        "GET /login",
                        "POST /login",
                        "GET /health/live",
                        "GET /health/ready");
    }

    @Test
    void whatIsUnderAdminIsForAdminsAndSoAreMetrics() {
        assertThat(adminRoutes().map(Route::path))
                .contains("/metrics")
                .allMatch(path -> path.equals("/metrics") || path.startsWith("/admin/"));
    }

    @Test
    void aRouteWithoutAnAccessCannotBeMade() {
        assertThatNullPointerException().isThrownBy(RoutesTest::withoutAccess);
    }

    @Test
    void aMalformedQuestionIsRefusedWithASentence() throws IOException {
        for (String path :
                List.of(
                        "/admin/api/calls/not-an-id",
                        "/admin/api/calls?limit=-1",
                        "/admin/api/calls?limit=9999999999",
                        "/admin/api/calls?after=%zz",
                        "/admin/api/calls?after=junk",
                        "/admin/api/calls?since=yesterday",
                        "/admin/api/calls?status=abc",
                        "/admin/api/reports/why?window=yesterday",
                        "/admin/api/reports/why?window=1h&since=2h",
                        "/admin/api/reports/why?window=2h&against=1h",
                        "/admin/api/reports/why?what=late",
                        "/admin/api/reports/cost?against=1h",
                        "/admin/api/calls?nonsense=1")) {
            Message answer =
                    gateway()
                            .ask(
                                    "GET "
                                            + path
                                            + " HTTP/1.1\r\nhost: weir\r\n"
                                            + gateway().adminAuth()
                                            + "\r\n");
            assertThat(answer.status()).as(path + " " + answer).isIn(400, 503);
            assertThat(Json.MAPPER.readTree(answer.body()).path("error").path("message").asString())
                    .isNotEmpty();
        }
    }

    @SuppressWarnings("NullAway")
    private static Route withoutAccess() {
        return new Route("GET", "/x", null, (exchange, segment) -> {});
    }

    /** A page is shown; a form without its token is not done; nobody has called yet. */
    private static int ok(Route route) {
        if (route.path().equals("/first-call")) {
            return 204;
        }
        if (route.path().equals("/logout")) {
            return 303;
        }
        return route.method().equals("POST") ? 400 : 200;
    }

    private String session(String form) throws IOException {
        String cookie = post("/login", form, "").field("set-cookie");
        assertThat(cookie).isNotEmpty();
        return "cookie: " + cookie.substring(0, cookie.indexOf(';')) + "\r\n";
    }

    private Message post(String path, String form, String fields) throws IOException {
        return gateway()
                .ask(
                        "POST %s HTTP/1.1\r\nhost: weir\r\n%scontent-type: application/x-www-form-urlencoded\r\ncontent-length: %d\r\n\r\n%s"
                                .formatted(path, fields, form.length(), form));
    }

    private String location(Route route, String key) throws IOException {
        return gateway()
                .ask(
                        route.method()
                                + " "
                                + route.path().replace("*", "x")
                                + " HTTP/1.1\r\nhost: weir\r\n"
                                + key
                                + "\r\n")
                .field("location");
    }

    private int status(String method, Route route, String key) throws IOException {
        String path = route.path().replace("*", "01a20129-8408-796e-8dc6-ed2e69ae940c");
        try (Wire wire = gateway().connect()) {
            return wire.say(method + " " + path + " HTTP/1.1\r\nhost: weir\r\n" + key + "\r\n")
                    .headOnly()
                    .status();
        }
    }
}
