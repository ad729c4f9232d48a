// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.app.Configuration;
import dev.tollgate.app.IdentityTrust;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.RealProvider;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A certified OpenID provider runs here: a person signs in there, and an agent acts for them.
final class RealProviderExchangeTest {
    private static final URI CALLBACK = URI.create("http://127.0.0.1:9/back");
    private static final String SECRET = "a secret that the provider and the client share";

    @TempDir
    private static Path folder;

    private static RealProvider provider;
    private static GatewayUnderTest gateway;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        provider = new RealProvider(CALLBACK, SECRET);
        IdentityTrust.Keys keys =
                new IdentityTrust.Keys(provider.issuer().toString(), Optional.empty(), Optional.empty());
        Configuration configuration = GatewayUnderTest.embedded(folder.resolve("data"))
                .trusting(new IdentityTrust(
                        List.of(), List.of(new IdentityTrust.People(keys, "tollgate", "preferred_username", false))));
        gateway = GatewayUnderTest.start(configuration, new MovingClock());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        provider.close();
    }

    private static Map<String, String> form(TokenDesk desk, String idToken) {
        Map<String, String> form = desk.form("sales-copilot", "alice", "prepare-sales-call");
        form.put("subject_token", idToken);
        form.put("subject_token_type", TokenDesk.TYPES + "id_token");
        return form;
    }

    @Requirement({"S1-3", "S1-4", "S1-5", "S1-7"})
    @Test
    void a_person_signs_in_there_and_an_agent_calls_a_tool_for_them() throws IOException, InterruptedException {
        TokenDesk desk = new TokenDesk(gateway);
        SignedIn person = new SignedIn(provider.issuer(), CALLBACK, SECRET);

        TokenDesk.Answer answer = desk.ask(form(desk, person.idToken("alice")));

        assertThat(answer.body().toString()).contains("access_token");
        assertThat(answer.claims().path("sub").asString("")).isEqualTo("alice");
        assertThat(answer.scopes()).contains("crm:account:read").doesNotContain("email:message:send");
        try (WireClient agent = new WireClient(gateway.port(), answer.token())) {
            assertThat(agent.call("account_search", "{\"limit\":3}").exchange().text())
                    .contains("acc_");
        }
    }

    @Requirement("S2-2")
    @Test
    void the_person_who_signed_in_is_the_person_and_whoever_the_bundle_does_not_know_is_nobody()
            throws IOException, InterruptedException {
        TokenDesk desk = new TokenDesk(gateway);
        SignedIn person = new SignedIn(provider.issuer(), CALLBACK, SECRET);

        TokenDesk.Answer other = desk.ask(form(desk, person.idToken("bob")));
        TokenDesk.Answer nobody =
                desk.ask(form(desk, new SignedIn(provider.issuer(), CALLBACK, SECRET).idToken("eve")));

        assertThat(other.error()).as("sales-copilot does not act for support").isEqualTo("invalid_grant");
        assertThat(nobody.error()).isEqualTo("invalid_grant");
        assertThat(nobody.body()).isEqualTo(other.body());
    }

    @Requirement("S0-15")
    @Test
    void a_provider_that_is_down_opens_nothing() throws IOException, InterruptedException {
        String idToken;
        IdentityTrust.Keys keys;
        try (RealProvider gone = new RealProvider(CALLBACK, SECRET)) {
            idToken = new SignedIn(gone.issuer(), CALLBACK, SECRET).idToken("alice");
            keys = new IdentityTrust.Keys(gone.issuer().toString(), Optional.empty(), Optional.empty());
        }
        Configuration configuration = GatewayUnderTest.embedded(folder.resolve("alone"))
                .trusting(new IdentityTrust(
                        List.of(), List.of(new IdentityTrust.People(keys, "tollgate", "preferred_username", false))));

        try (GatewayUnderTest alone = GatewayUnderTest.start(configuration, new MovingClock())) {
            TokenDesk desk = new TokenDesk(alone);

            assertThat(desk.ask(form(desk, idToken)).error()).isEqualTo("invalid_grant");
            assertThat(desk.ask("sales-copilot", "alice", "prepare-sales-call", "crm:account:read")
                            .status())
                    .as("who does not need the provider")
                    .isEqualTo(200);
        }
    }
}
