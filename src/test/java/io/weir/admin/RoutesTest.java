package io.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.weir.it.GatewayTest;
import io.weir.it.Message;
import io.weir.it.Wire;
import io.weir.wire.Json;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoutesTest extends GatewayTest {
    private static final String WRONG = "authorization: Bearer weir-admin-wrong\r\n";

    RoutesTest() throws IOException {
        super("");
    }

    Stream<Route> adminRoutes() {
        return gateway().gateway().routes().stream()
                .filter(route -> route.access() == Access.ADMIN);
    }

    Stream<Route> publicRoutes() {
        return gateway().gateway().routes().stream()
                .filter(route -> route.access() == Access.PUBLIC);
    }

    @ParameterizedTest
    @MethodSource("adminRoutes")
    void anAdminRouteWantsTheAdminKey(Route route) throws IOException {
        for (String method : List.of(route.method(), "HEAD")) {
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
            assertThat(status(route.method(), route, key)).isEqualTo(200);
        }
    }

    @Test
    void onlyTheseAreOpenToEverybody() {
        assertThat(publicRoutes().map(Route::path))
                .containsExactlyInAnyOrder("/", "/health/live", "/health/ready");
    }

    @Test
    void whatIsUnderAdminIsForAdmins() {
        assertThat(adminRoutes().map(Route::path)).allMatch(path -> path.startsWith("/admin/"));
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

    private int status(String method, Route route, String key) throws IOException {
        String path = route.path().replace("*", "01a20129-8408-796e-8dc6-ed2e69ae940c");
        try (Wire wire = gateway().connect()) {
            return wire.say(method + " " + path + " HTTP/1.1\r\nhost: weir\r\n" + key + "\r\n")
                    .headOnly()
                    .status();
        }
    }
}
