// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.inspection.Redactor.Redacted;
import dev.tollgate.inspection.finding.Kind;
import dev.tollgate.terms.testing.Property;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RedactorTest {
    private static final Redactor REDACTOR = new Redactor(new Inspector());
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    private static final List<String> AROUND =
            List.of(" ", "\n", "\"", "(", ": ", "=", "'", "> ", "\\n", "/", "\u200b", "\u00a0", "é", "，");

    @Test
    void a_one_time_code_becomes_its_placeholder_and_the_event_does_not_hold_it() {
        // When
        Redacted redacted =
                REDACTOR.withoutSecrets("Hi, your code is: 937174. Verification code 48 12 90 (from the screenshot)");

        // Then
        assertThat(redacted.text())
                .isEqualTo("Hi, your code is: [verification code removed]. "
                        + "Verification code [verification code removed] (from the screenshot)");
        assertThat(Redactor.counts(redacted.events())).containsEntry(Kind.OTP, 2);
        assertThat(redacted.events().toString()).doesNotContain("937174", "48 12 90");
    }

    @Test
    void nothing_that_begins_with_sk_dash_or_akia_survives() {
        Property.forAll(
                2_000,
                random -> around(random) + (random.nextBoolean() ? "sk-" : "AKIA") + drawn(random) + around(random),
                text -> {
                    String left = REDACTOR.withoutSecrets("the key" + text + "is here")
                            .text();
                    assertThat(left).doesNotContainPattern("(?<![A-Za-z0-9])(sk-[A-Za-z0-9_-]|AKIA)");
                });
    }

    @Test
    void a_secret_with_invisible_letters_inside_is_removed_whole() {
        // Given
        String key = "gh\u200bp_k7Qz9XmW2vB8nR4tL6p\u2060J3sF5hD1gC0yAa1b2";

        // When
        Redacted redacted = REDACTOR.withoutSecrets("key " + key + " end");

        // Then
        assertThat(redacted.text()).isEqualTo("key [API key removed] end");
    }

    @Test
    void a_secret_in_base64_is_removed_with_its_wrapping_even_when_nested() {
        // Given
        String once = encoded("my key is sk-" + "k7Qz9XmW2vB8nR4tL6pJ3sF5");
        String twice = encoded(once);

        // Then
        assertThat(REDACTOR.withoutSecrets("see " + once + " ok").text()).isEqualTo("see [API key removed] ok");
        assertThat(REDACTOR.withoutSecrets("see " + twice + " ok").text()).isEqualTo("see [API key removed] ok");
    }

    @Test
    void only_the_kinds_asked_for_are_removed() {
        // When
        Redacted redacted =
                REDACTOR.without("Mail to ada@example.com, card 4111 1111 1111 1111", kind -> kind == Kind.EMAIL);

        // Then
        assertThat(redacted.text()).isEqualTo("Mail to [e-mail removed], card 4111 1111 1111 1111");
    }

    @Test
    void redacting_twice_changes_nothing_more() {
        Property.forAll(
                300,
                random -> around(random) + "password: " + drawn(random) + around(random) + "otp "
                        + random.nextInt(100_000, 999_999),
                text -> {
                    String once = REDACTOR.withoutSecrets(text).text();
                    assertThat(REDACTOR.withoutSecrets(once).text()).isEqualTo(once);
                });
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String around(RandomGenerator random) {
        return AROUND.get(random.nextInt(AROUND.size()));
    }

    private static String drawn(RandomGenerator random) {
        StringBuilder drawn = new StringBuilder();
        int length = random.nextInt(1, 60);
        for (int at = 0; at < length; at++) {
            drawn.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return drawn.toString();
    }
}
