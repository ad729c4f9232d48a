// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.tollgate.app.Configuration;
import dev.tollgate.connectors.Tap;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.RealProvider;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// People sign in at a real OpenID provider, in a real browser, with a real passkey for what they approve.
class ProviderSignInTest {
    private static final String SECRET = "the client's own secret";

    /// The provider's own pages name fonts elsewhere, which no test reaches.
    private static final String FONTS_OF_THE_PROVIDER = "ERR_NAME_NOT_RESOLVED";

    @TempDir
    private static Path folder;

    private static Browser browser;
    private static RealProvider provider;
    private static GatewayUnderTest gateway;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        int port = Tap.freePort();
        provider = new RealProvider(URI.create("http://localhost:" + port + "/console/oidc/back"), SECRET);
        browser = new Browser();
        gateway = GatewayUnderTest.start(
                configuration(folder.resolve("data"), port, provider.issuer(), SECRET), new MovingClock());
    }

    @AfterAll
    static void stop() {
        browser.closeWindows();
        gateway.close();
        browser.close();
        provider.close();
    }

    /// The embedded default whose people sign in at `issuer`.
    static Configuration configuration(Path data, int port, URI issuer, String secret) throws IOException {
        Path file = data.resolve("secrets").resolve("oidc-client");
        Files.createDirectories(file.getParent());
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, secret);
        Configuration from = Configuration.embedded(data).on(port);
        return new Configuration(
                from.listen(),
                from.data(),
                from.bundle(),
                from.store(),
                from.secrets(),
                from.systems(),
                from.demo(),
                from.log(),
                from.telemetry(),
                Optional.of(new Configuration.Provider(
                        issuer, "tollgate", Optional.of("oidc-client"), "preferred_username")),
                from.fixtures(),
                from.egress(),
                from.models());
    }

    private static Browser.Person at(String user) {
        Browser.Person person = browser.person();
        person.page().navigate(gateway.console());
        person.page().getByText("Sign in at 127.0.0.1").click();
        signIn(person, user);
        return person;
    }

    /// At the provider's own pages.
    private static void signIn(Browser.Person person, String user) {
        Page page = person.page();
        page.locator("input[name=login]").fill(user);
        page.locator("input[name=password]").fill("any");
        page.locator("button[type=submit]").first().click();
        page.getByText("Continue").first().click();
    }

    @Test
    @Requirement("S1-11")
    void a_person_signs_in_at_the_provider_and_makes_the_passkey_that_approvals_need() {
        // When
        Browser.Person dana = at("dana");
        Stage.sees(dana, "You are signed in");
        dana.picture("signed-in");
        dana.page().getByText("Make a passkey").click();
        dana.page().getByText("Make the passkey").click();
        dana.page().waitForURL(gateway.console());

        // Then
        Stage.sees(dana, "dana");
        dana.page().navigate(gateway.console() + "approvals");
        assertThat(dana.page().title()).contains("Approvals");
        assertThat(dana.page().context().cookies().toString()).doesNotContain(SECRET);
        assertThat(browser.complaints()).allMatch(words -> words.contains(FONTS_OF_THE_PROVIDER));

        // And the next time the provider is enough
        Browser.Person again = browser.person();
        again.page().navigate(gateway.console() + "oidc");
        signIn(again, "dana");
        again.page().waitForURL(gateway.console());
        Stage.sees(again, "dana");
    }

    @Test
    void whoever_the_bundle_does_not_know_is_not_let_in() {
        Browser.Person zed = at("zed");

        Stage.sees(zed, "this console knows nobody of that name");
        zed.page().navigate(gateway.console() + "approvals");
        assertThat(zed.page().url()).endsWith("/console/sign-in");
    }

    @Test
    void a_passkey_lets_nobody_in_where_people_sign_in_at_a_provider() {
        // Given a passkey that was made with an operator's code
        Browser.Person erin = browser.person();
        erin.page().navigate(gateway.console() + "enrol#" + gateway.enrol("erin"));
        erin.page().getByText("Go on").click();
        erin.page().getByText("Make the passkey").click();

        // Then
        erin.page().waitForURL("**/console/sign-in");
        Stage.sees(erin, "Sign in at 127.0.0.1");
        assertThat(erin.page().getByText("Sign in with a passkey").count()).isZero();
        erin.picture("sign-in-provider");
    }
}
