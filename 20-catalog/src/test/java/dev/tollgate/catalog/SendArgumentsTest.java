// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.contracts.Bundles;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Write;
import dev.tollgate.terms.testing.Requirement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SendArgumentsTest {
    private static final Catalog CATALOG = Bundles.load("default").catalog();
    private static final ToolType MAIL = CATALOG.tool(new ToolName("mail_send")).orElseThrow();

    private static Step<Operation> read(Map<String, Value> changed) {
        Map<String, Value> values = new HashMap<>(Map.of(
                "to", Value.texts(List.of("ada@engines.example", "contact:con_1")),
                "subject", Value.of("your case"),
                "body", Value.of("one line\nand another")));
        values.putAll(changed);
        ObjectType object = CATALOG.object(MAIL.system(), MAIL.object()).orElseThrow();
        return Arguments.read(
                MAIL,
                object,
                new Value.Fields(Map.of("values", new Value.Fields(values))),
                Set.of("id", "to", "cc", "subject", "body"),
                new FakeCursorSeal());
    }

    private static List<String> problems(Map<String, Value> changed) {
        return read(changed) instanceof Step.Refused<Operation>(Refusal.Malformed(List<String> problems))
                ? problems
                : List.of();
    }

    @Test
    void a_message_ends_where_the_contract_says() {
        Step<Operation> read = read(Map.of());

        assertThat(read)
                .isInstanceOfSatisfying(
                        Step.Passed.class,
                        passed -> assertThat(passed.state()).isInstanceOfSatisfying(Write.Send.class, send -> {
                            assertThat(send.target().destination()).isEqualTo("customer-mail");
                            assertThat(send.fields()).containsExactly("id");
                            assertThat(send.values()).containsOnlyKeys("to", "subject", "body");
                            assertThat(send.replaces()).isFalse();
                        }));
    }

    @Requirement("S1-24")
    @Test
    void a_recipient_that_two_programs_could_read_in_two_ways_is_refused_and_not_repeated() {
        Stream.of(
                        "Ada <ada@engines.example>",
                        "ada@engines.example\r\nBcc: eve@evil.example",
                        "\"ada\"@engines.example",
                        "ada(x)@engines.example",
                        "all:ada@engines.example;",
                        "ada@еngines.example",
                        "contact:",
                        "contact:con\u00011",
                        "lead:led_1")
                .forEach(hostile -> {
                    List<String> problems = problems(Map.of("to", Value.texts(List.of(hostile))));
                    assertThat(problems).hasSize(1);
                    assertThat(problems.getFirst())
                            .startsWith("`/values/to")
                            .doesNotContain("evil")
                            .doesNotContain("engines");
                });
    }

    @Test
    void a_subject_is_one_line_that_reads_in_one_direction() {
        Stream.of("a\r\nBcc: eve@evil.example", "a\nb", "a\tb", "a\u2028b", "a\u0085b", "a\u202eb", "a\u2066b")
                .forEach(hostile -> assertThat(problems(Map.of("subject", Value.of(hostile))))
                        .isNotEmpty());
    }

    @Test
    void a_message_has_few_recipients() {
        List<String> many = Stream.iterate(0, n -> n + 1)
                .limit(Outlet.RECIPIENTS_MAX)
                .map(n -> "a" + n + "@engines.example")
                .toList();

        assertThat(problems(Map.of("to", Value.texts(many)))).isEmpty();
        assertThat(problems(Map.of("to", Value.texts(many), "cc", Value.texts(List.of("b@engines.example")))))
                .containsExactly("a message has at most 10 recipients");
    }
}
