// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.connectors.Tap;
import dev.tollgate.scenarios.console.LyingProvider.Lie;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a provider, or whoever stands in for one or for its browser, says wrong lets nobody in.
class ProviderLiesTest {
    private static final String SESSION = "tollgate_console=";

    @TempDir
    private static Path folder;

    private static LyingProvider provider;
    private static GatewayUnderTest gateway;

    private final HttpClient browser = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws IOException {
        provider = new LyingProvider();
        gateway = GatewayUnderTest.start(
                ProviderSignInTest.configuration(
                        folder.resolve("data"), Tap.freePort(), provider.issuer(), LyingProvider.SECRET),
                new MovingClock());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        provider.close();
    }

    /// A browser that set out: what it was sent away with, and what it keeps.
    private record Errand(Map<String, String> asked, String cookie) {}

    private HttpResponse<String> get(String path, String cookie) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway.console() + path));
            if (!cookie.isEmpty()) {
                request.header("Cookie", cookie);
            }
            return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException broken) {
            throw new AssertionError(broken);
        }
    }

    private Errand out() {
        HttpResponse<String> away = get("oidc", "");
        assertThat(away.statusCode()).isEqualTo(303);
        String location = away.headers().firstValue("location").orElseThrow();
        assertThat(location).startsWith(provider.issuer() + "/auth?");
        Map<String, String> asked = Arrays.stream(
                        URI.create(location).getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        String cookie = away.headers().firstValue("set-cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax").contains("Path=/console/oidc");
        return new Errand(asked, cookie.substring(0, cookie.indexOf(';')));
    }

    private HttpResponse<String> back(String state, String cookie) {
        return get("oidc/back?code=abc&state=" + state, cookie);
    }

    private static boolean in(HttpResponse<String> reply) {
        return reply.headers().allValues("set-cookie").stream()
                .anyMatch(cookie -> cookie.startsWith(SESSION) && !cookie.startsWith(SESSION + ";"));
    }

    @Test
    void the_errand_asks_for_a_code_with_pkce_and_comes_back_once() {
        // Given
        Errand errand = out();
        String state = errand.asked().getOrDefault("state", "");
        provider.tell(Lie.NOTHING, errand.asked().getOrDefault("nonce", ""));

        // When
        HttpResponse<String> first = back(state, errand.cookie());
        HttpResponse<String> second = back(state, errand.cookie());

        // Then
        assertThat(errand.asked())
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "tollgate")
                .containsEntry("code_challenge_method", "S256")
                .containsKey("code_challenge");
        assertThat(in(first)).isTrue();
        assertThat(in(second)).isFalse();
        assertThat(second.statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource(
            value = Lie.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NOTHING"})
    @Requirement("S0-4")
    void a_lie_lets_nobody_in(Lie lie) {
        Errand errand = out();
        provider.tell(lie, errand.asked().getOrDefault("nonce", ""));

        HttpResponse<String> reply = back(errand.asked().getOrDefault("state", ""), errand.cookie());

        assertThat(in(reply)).isFalse();
        assertThat(reply.statusCode()).isIn(403, 503);
        assertThat(reply.body())
                .doesNotContain("dana")
                .doesNotContain("Exception")
                .doesNotContain("JWT")
                .doesNotContain(LyingProvider.SECRET);
    }

    @Test
    void another_browser_another_state_or_a_late_one_is_not_let_in() {
        Errand errand = out();
        Errand other = out();
        String state = errand.asked().getOrDefault("state", "");
        provider.tell(Lie.NOTHING, errand.asked().getOrDefault("nonce", ""));

        assertThat(in(back(state, ""))).isFalse();
        assertThat(in(back(state, other.cookie()))).isFalse();
        assertThat(in(back("forged", errand.cookie()))).isFalse();
        assertThat(in(back(state, "tollgate_errand=" + "A".repeat(75)))).isFalse();
        assertThat(in(back(state, errand.cookie() + "; " + other.cookie()))).isFalse();
        assertThat(in(get("oidc/back?error=access_denied&state=" + state, errand.cookie())))
                .isFalse();
        gateway.clock().advance(Duration.ofMinutes(6));
        assertThat(in(back(state, errand.cookie()))).isFalse();
    }

    @Test
    void a_provider_that_is_down_opens_nothing(@TempDir Path elsewhere) throws IOException {
        try (GatewayUnderTest alone = GatewayUnderTest.start(
                ProviderSignInTest.configuration(
                        elsewhere.resolve("data"),
                        Tap.freePort(),
                        URI.create("http://127.0.0.1:" + Tap.freePort()),
                        LyingProvider.SECRET),
                new MovingClock())) {
            HttpResponse<String> reply = browser.send(
                    HttpRequest.newBuilder(URI.create(alone.console() + "oidc")).build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(reply.statusCode()).isEqualTo(503);
            assertThat(reply.body()).contains("does not answer").doesNotContain("ConnectException");
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }
}
