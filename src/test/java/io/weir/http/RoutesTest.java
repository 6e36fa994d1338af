package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.weir.it.GatewayTest;
import io.weir.it.Message;
import io.weir.it.Wire;
import io.weir.wire.Json;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoutesTest extends GatewayTest {
    private static final String WRONG = "authorization: Bearer weir-admin-wrong\r\n";

    private String admin = "";
    private String viewer = "";

    RoutesTest() throws IOException {
        super("");
    }

    @BeforeAll
    void logIn() throws IOException {
        String key = gateway().gateway().data().key("admin.key", "").reveal();
        admin = session("password=" + key);
        String page =
                gateway().ask("GET /users HTTP/1.1\r\nhost: weir\r\n" + admin + "\r\n").body();
        Matcher token = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"").matcher(page);
        assertThat(token.find()).as(page).isTrue();
        String form = "name=eve&role=viewer&password=correct-horse-9&csrf=" + token.group(1);
        assertThat(post("/users/add", form, admin).status()).isEqualTo(303);
        viewer = session("name=eve&password=correct-horse-9");
    }

    Stream<Route> adminRoutes() {
        return gateway().gateway().routes().stream()
                .filter(route -> route.access() == Access.ADMIN_KEY);
    }

    Stream<Route> sessionRoutes() {
        return gateway().gateway().routes().stream()
                .filter(route ->
                        route.access() == Access.VIEWER_SESSION
                                || route.access() == Access.ADMIN_SESSION);
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
        boolean forAdmins = route.access() == Access.ADMIN_SESSION;
        assertThat(status(route.method(), route, viewer)).isEqualTo(forAdmins ? 403 : ok(route));
        assertThat(status(route.method(), route, admin)).isEqualTo(ok(route));
        assertThat(status(route.method(), route, "cookie: weir_session=guessed\r\n"))
                .isEqualTo(303);
    }

    @ParameterizedTest
    @MethodSource("adminRoutes")
    void aSessionDoesNotOpenTheAdminApi(Route route) throws IOException {
        assertThat(status(route.method(), route, admin)).isEqualTo(401);
        assertThat(status(route.method(), route, viewer)).isEqualTo(401);
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
