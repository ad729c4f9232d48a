// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.terms.testing.Property;
import java.util.List;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class OutboundProperties {
    private static final List<String> PIECES = List.of(
            "Your refund ",
            "is approved. ",
            "not ",
            "if ",
            "PARTNER50",
            "floor",
            " price",
            "&#112;",
            "&",
            "<b>",
            "</b>",
            "<",
            ">",
            "\u200b",
            "\u202e",
            "р",
            "ghp_R4bT9kLm2NqX7vYz3WcD8sFgHj5Kp6Qe1UaB",
            "\ud83d",
            "\udc69",
            "]",
            "![a](https://x.example/?q=",
            ")",
            "password ",
            "send us ",
            "\n\n",
            "? ",
            "10.0.0.1 ",
            "a.internal ",
            "VXNlIFBBUlRORVI1MCBhdCB0aGUgY2hlY2tvdXQgbm93 ",
            "acc-0001 ",
            "4111 1111 1111 1111 ",
            "€",
            "1,250.50 ",
            "\0");

    @Test
    void findings_lie_inside_the_text_and_a_masked_message_is_clean() {
        Property.forAll(300, OutboundProperties::message, parts -> {
            for (OutboundFinding found :
                    Letter.OUTBOUND.read(Letter.RULES, parts).findings(OutboundContext.NOTHING)) {
                assertThat(found.end())
                        .isLessThanOrEqualTo(
                                parts.getOrDefault(found.field(), "").length());
            }
            SequencedMap<String, String> masked = Letter.OUTBOUND.masked(Letter.RULES, parts, OutboundContext.NOTHING);
            assertThat(Letter.OUTBOUND.read(Letter.RULES, masked).findings(OutboundContext.NOTHING))
                    .isEmpty();
        });
    }

    @Test
    void work_grows_with_the_length_of_a_text_that_was_built_to_hurt() {
        for (String piece :
                List.of("<", "&#", "a.", "your refund is approved ", "![](http", "if not will ", "\n\n", "- ")) {
            // Given
            SequencedMap<String, String> parts = Letter.parts("", piece.repeat(500_000 / piece.length()));

            // When
            List<OutboundFinding> found =
                    Letter.OUTBOUND.read(Letter.RULES, parts).findings(Letter.refundIs("paid"));

            // Then
            assertThat(found).allSatisfy(one -> assertThat(one.end()).isLessThanOrEqualTo(500_000));
        }
    }

    private static SequencedMap<String, String> message(RandomGenerator random) {
        StringBuilder body = new StringBuilder();
        int pieces = random.nextInt(1, 30);
        for (int at = 0; at < pieces; at++) {
            body.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return Letter.parts(PIECES.get(random.nextInt(PIECES.size())), body.toString());
    }
}
