// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Response;
import dev.tollgate.terms.testing.Requirement;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whom the console lets decide nothing, and what it says to them.
class ConsoleRefusalsTest {
    private static Browser browser;

    private final Stage stage;

    @BeforeAll
    static void open() {
        browser = new Browser();
    }

    @AfterAll
    static void shut() {
        browser.close();
    }

    ConsoleRefusalsTest(@TempDir Path data) {
        stage = new Stage(browser, data);
    }

    @AfterEach
    void stop() {
        stage.close();
        assertThat(browser.complaints()).isEmpty();
    }

    private int status(Browser.Person person, String path) {
        Response response =
                Objects.requireNonNull(person.page().navigate(stage.gateway().console() + path));
        return response.status();
    }

    @Test
    @Requirement({"S1-11", "B-11"})
    void nothing_is_approved_when_the_device_does_not_verify_its_person() {
        // Given
        BigDecimal before = stage.amount();
        String after = stage.more("1.05");
        String id = Stage.pending(stage.set(after));
        Browser.Person dana = stage.enrolled("dana");
        stage.open(dana, id);

        // When
        dana.verified(false);
        stage.approve(dana);
        Stage.sees(dana, "Your device did not sign");

        // Then
        assertThat(stage.set(after).passed()).isFalse();
        assertThat(stage.amount()).isEqualByComparingTo(before);
    }

    @Test
    @Requirement({"S1-11", "B-11"})
    void a_signature_for_one_change_approves_no_other() {
        // Given
        String after = stage.more("1.05");
        String first = Stage.pending(stage.set(after));
        Browser.Person dana = stage.enrolled("dana");
        stage.open(dana, first);
        String asked = dana.page().locator("form[data-options]").getAttribute("data-options");
        String other = stage.more("1.06");
        String second = Stage.pending(stage.set(other));

        // When
        stage.open(dana, second);
        dana.page()
                .locator("form[data-options]")
                .evaluate("(form, options) => { form.dataset.options = options; }", asked);
        stage.approve(dana);
        Stage.sees(dana, "none of your passkeys signed exactly this change");

        // Then
        assertThat(stage.set(other).passed()).isFalse();
        assertThat(status(dana, "approvals/" + first)).isEqualTo(200);
        Stage.sees(dana, "It is void: the call changed");
        dana.picture("void");
    }

    @Test
    @Requirement("B-11")
    void the_person_it_was_asked_for_sees_it_and_cannot_decide_it() {
        // Given
        String id = Stage.pending(stage.set(stage.more("1.05")));
        Browser.Person alice = stage.enrolled("alice");

        // When
        stage.open(alice, id);

        // Then
        Stage.sees(alice, "Nothing is written until somebody approves it");
        assertThat(alice.page().getByText("Approve with passkey").count()).isZero();
        assertThat(alice.page().getByText("Your decision").count()).isZero();
    }

    @Test
    void another_tenants_and_unknown_approvals_are_the_same_page() {
        // Given
        String id = Stage.pending(stage.set(stage.more("1.05")));
        Browser.Person mallory = stage.enrolled("mallory");

        // When
        int foreign = status(mallory, "approvals/" + id);
        String foreignPage = mallory.page().locator("main").innerText();
        int unknown = status(mallory, "approvals/0123456789abcdef0123456789abcdef");
        String unknownPage = mallory.page().locator("main").innerText();
        int absurd = status(mallory, "approvals/..%2f%00");

        // Then
        assertThat(foreign).isEqualTo(404).isEqualTo(unknown);
        assertThat(absurd).isBetween(400, 404);
        assertThat(foreignPage).isEqualTo(unknownPage).contains("There is no such approval");
    }

    @Test
    void a_code_works_once_and_a_session_ends_with_sign_out() {
        // Given
        String code = stage.gateway().enrol("dana");
        Browser.Person dana = browser.person();
        dana.enrol(stage.gateway().console(), code);

        // When
        Browser.Person stranger = browser.person();
        stranger.page().navigate(stage.gateway().console() + "enrol#" + code);
        stranger.page().getByText("Go on").click();
        Stage.sees(stranger, "This code does not work");
        dana.page().getByText("Sign out").click();
        Stage.sees(dana, "Sign in with a passkey");
        dana.picture("sign-in");
        dana.page().navigate(stage.gateway().console() + "approvals");

        // Then
        assertThat(dana.page().url()).endsWith("/console/sign-in");
        dana.page().getByText("Sign in with a passkey").click();
        dana.page().waitForURL(stage.gateway().console());
        Stage.sees(dana, "Waiting for you");
    }
}
