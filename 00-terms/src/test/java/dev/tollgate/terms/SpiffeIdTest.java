// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.terms.testing.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SpiffeIdTest {
    @Requirement("S1-3")
    @Test
    void a_spiffe_id_is_read_and_written_as_it_was() {
        String text = "spiffe://crm.example/agents/sales-copilot";

        assertThat(SpiffeId.parse(text)).contains(new SpiffeId("crm.example", "/agents/sales-copilot"));
        assertThat(SpiffeId.parse(text).orElseThrow()).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "spiffe://",
                "spiffe://crm.example",
                "spiffe://crm.example/",
                "spiffe:///agents/a",
                "SPIFFE://crm.example/a",
                "https://crm.example/a",
                "spiffe://Crm.example/a",
                "spiffe://crm.example:443/a",
                "spiffe://user@crm.example/a",
                "spiffe://crm.example/a/",
                "spiffe://crm.example//a",
                "spiffe://crm.example/a/../b",
                "spiffe://crm.example/./b",
                "spiffe://crm.example/..",
                "spiffe://crm.example/a?x=1",
                "spiffe://crm.example/a#x",
                "spiffe://crm.example/a%2Fb",
                "spiffe://crm.example/ä",
                "spiffe://crm.example/a b",
                "spiffe://crm.example/a\n"
            })
    void another_spelling_is_no_spiffe_id(String text) {
        assertThat(SpiffeId.parse(text)).isEmpty();
    }

    @Test
    void a_spiffe_id_ends_at_2048_characters() {
        String most = "spiffe://crm.example/" + "a".repeat(2_048 - "spiffe://crm.example/".length());

        assertThat(SpiffeId.parse(most)).isPresent();
        assertThat(SpiffeId.parse(most + "a")).isEmpty();
    }
}
