// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.inspection.finding.Finding;
import dev.tollgate.inspection.finding.Kind;
import dev.tollgate.inspection.finding.Spans;
import dev.tollgate.terms.testing.Property;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretScannerTest {
    private static final SecretScanner SCANNER = new SecretScanner();
    private static final String DRAWN = "k7Qz9XmW2vB8nR4tL6pJ3sF5hD1gC0yA";

    private static List<String> found(String text) {
        return Spans.settle(SCANNER.scan(text)).stream()
                .map(finding -> finding.kind() + " " + text.substring(finding.start(), finding.end()))
                .toList();
    }

    @Test
    void more_than_two_hundred_rules_ship_with_the_room() {
        assertThat(SCANNER.size()).isGreaterThan(200);
    }

    @Test
    void tokens_of_vendors_are_found_whole() {
        // Given
        String github = "ghp_" + DRAWN + "a1b2";
        String stripe = "sk_live_" + DRAWN.substring(8);
        String slack = "xoxb-123456789012-210987654321-" + DRAWN.substring(8);

        // Then
        assertThat(found("key " + github + ", please rotate")).containsExactly("API_KEY " + github);
        assertThat(found("{\"key\":\"" + stripe + "\"}")).containsExactly("API_KEY " + stripe);
        assertThat(found("line\\n" + slack)).containsExactly("API_KEY " + slack);
    }

    @Test
    void a_token_inside_a_longer_word_or_of_a_wrong_length_is_none() {
        assertThat(found("word_ghp_" + DRAWN + "a1b2")).isEmpty();
        assertThat(found("ghp_" + DRAWN)).isEmpty();
        assertThat(found("ghp_" + "x".repeat(36))).isEmpty();
    }

    @Test
    void a_value_is_known_by_the_vendor_that_its_name_holds() {
        // Given
        String hex = "a3f91c07d2e84b6590ab3c1d7e2f4068";

        // Then
        assertThat(found("DATADOG_API_KEY = \"" + hex + "\"")).containsExactly("API_KEY " + hex);
        assertThat(found("rookTable = " + hex)).isEmpty();
        assertThat(found("Commit " + hex + " is on main.")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The admin password is Summer2019$ until Friday.|Summer2019$",
                "db password = \"s4aiWf7EYGjT$\"|s4aiWf7EYGjT$",
                "The temporary password is HZDeTtbgumor@, please change it.|HZDeTtbgumor@",
                "Passwort lautet Hund7!katze, bitte ändern.|Hund7!katze",
                "login with pw: tr0ub4dor&3 today|tr0ub4dor&3",
                "the passphrase for the portal is now Blau#4711.|Blau#4711"
            })
    void passwords_are_found_in_prose(String text, String password) {
        assertThat(found(text)).containsExactly("PASSWORD " + password);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The password must have at least 36 characters.",
                "password reset for CASE-129646 done",
                "Bearer <token> header is required for CASE-227716",
                "I forgot my password and the reset link does not work.",
                "password: ********",
                "request id cb8045f7-06b5-4e19-a3bb-a7b06bda6421 failed",
                "The secret of good coffee is fresh beans.",
                "risk-averse customers asked for task-lists"
            })
    void talk_about_secrets_is_no_secret(String text) {
        assertThat(found(text)).isEmpty();
    }

    @Test
    void a_url_with_a_password_and_a_private_key_are_found_whole() {
        // Given
        String url = "postgres://api_user:myC0mpl3xPwd@db.internal.example:5432/orders";
        String key = "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIPxNGFGYusUOxF0KN1SiT8qNauIetVOqmtCkKgjdsEsDfFtiqo2zGN\n"
                + "-----END EC PRIVATE KEY-----";

        // Then
        assertThat(found("see " + url + " now")).containsExactly("PASSWORD " + url);
        assertThat(found("the file:\n" + key + "\nThanks")).containsExactly("PRIVATE_KEY " + key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Your verification code is 937174. Do not share it.|937174",
                "599483 is your Initech login code.|599483",
                "Use one-time passcode 542804 to confirm the transfer of $6,457.73.|542804",
                "Ihr Bestätigungscode lautet 48 12 90|48 12 90",
                "G-558213 is your verification code|558213",
                "Su código de verificación es 4471|4471",
                "Verification code: 8 8 1 2 0 4|8 8 1 2 0 4"
            })
    void one_time_codes_are_found_even_as_read_off_a_picture(String text, String code) {
        assertThat(found(text)).containsExactly("OTP " + code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Error code 212200 appears when opening CASE-958166.",
                "Ticket CASE-38461 was reopened, zip code missing on invoice INV-48750535.",
                "Two-factor login was switched on in 2024.",
                "The verification of the address takes two days."
            })
    void other_numbers_are_no_codes(String text) {
        assertThat(found(text)).isEmpty();
    }

    @Test
    void each_token_rule_finds_what_its_form_says() {
        // Given
        SecretScanner own =
                new SecretScanner("token own API_KEY own_[A-Z]{4}-[0-9]{2,3}\nnear far API_KEY far [a-f]{4}");

        // Then
        Property.forAll(
                random -> "own_" + "ABCD" + "-" + random.nextInt(10, 1_000),
                token -> assertThat(own.scan("a " + token + " b"))
                        .containsExactly(new Finding(Kind.API_KEY, 2, 2 + token.length(), "own")));
        assertThat(own.scan("far_key: 'abcd'")).containsExactly(new Finding(Kind.API_KEY, 10, 14, "far"));
    }

    @Test
    void a_rule_that_could_go_back_or_is_misspelt_does_not_load() {
        assertThatThrownBy(() -> new SecretScanner("token x API_KEY a[a-z]{1,9}b[0-9]"))
                .hasMessageContaining("does not end clearly");
        assertThatThrownBy(() -> new SecretScanner("tokn x API_KEY ab[0-9]")).hasMessageContaining("not a rule");
        assertThatThrownBy(() -> new SecretScanner("token x API_KEY ab[0-9] f=3"))
                .hasMessageContaining("unknown option");
        assertThatThrownBy(() -> new SecretScanner("token x API_KEY [0-9]{4}")).hasMessageContaining("no literal");
    }
}
