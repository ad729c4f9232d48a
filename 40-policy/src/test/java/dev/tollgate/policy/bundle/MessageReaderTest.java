// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.RestrictedTerm;
import dev.tollgate.catalog.yaml.Problem;
import dev.tollgate.catalog.yaml.ProblemLog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MessageReaderTest {
    @Test
    void a_bundle_says_what_messages_may_not_and_what_is_its_own() {
        // Given
        ProblemLog log = new ProblemLog();
        String yaml = """
                terms:
                  - {group: pricing, phrases: [floor price, PARTNER50]}
                house: {known: [Acme], hosts: [corp.acme.example], ids: ['acc_####']}
                """;

        // When
        MessageTerms read = read(log, yaml);

        // Then
        assertThat(log.isEmpty()).isTrue();
        assertThat(read.terms())
                .containsExactly(new RestrictedTerm(RestrictedTerm.Group.PRICING, List.of("floor price", "PARTNER50")));
        assertThat(read.house().domains()).containsExactly("acme.example");
        assertThat(read.house().ids()).containsExactly("acc_####");
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        // Given
        ProblemLog log = new ProblemLog();
        String yaml = """
                terms:
                  - {group: prices, phrases: [floor price]}
                  - {group: legal, phrases: ['%']}
                  - {group: legal}
                house: {hosts: ['*.acme.example'], ids: ['####'], domain: x}
                rules: []
                """;

        // When
        MessageTerms read = read(log, yaml);

        // Then
        assertThat(read.terms()).isEmpty();
        assertThat(log.problems().orElseThrow().all())
                .extracting(Problem::message)
                .anyMatch(text -> text.contains("prices"))
                .anyMatch(text -> text.startsWith("a phrase has 3 letters"))
                .anyMatch(text -> text.startsWith("a host is written"))
                .anyMatch(text -> text.startsWith("a form begins with letters"))
                .anyMatch(text -> text.contains("`domain` is not known here"))
                .anyMatch(text -> text.contains("`rules` is not known here"));
    }

    private static MessageTerms read(ProblemLog log, String yaml) {
        return MessageReader.read(log, "messages.yaml", yaml.getBytes(StandardCharsets.UTF_8), Set.of("acme.example"));
    }
}
