// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.connectors.Rows;
import dev.tollgate.store.Store;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.Write;
import dev.tollgate.terms.testing.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The connector asks the CRM itself whether an answer goes to the person who asked.
final class DemoReplyTest extends BundledDemo {
    private static final String CASE = "cas_000001";

    private Store.Record asked() {
        return store.read(
                session -> session.one("select contact_id, account_id, tenant_id from demo_case where id = ?", CASE)
                        .orElseThrow());
    }

    private long answers() {
        return store.read(session -> session.query("select count(*) as many from demo_case_reply"))
                .getFirst()
                .number("many");
    }

    private static RowRule is(Fact fact, String value) {
        return new RowRule(fact, Comparison.EQUALS, Value.of(value));
    }

    private static Write.Send answer(Map<String, String> changed, RowRule... rules) {
        Map<String, Value> values = new TreeMap<>();
        values.put("case_id", Value.of(CASE));
        values.put("body", Value.of("it is solved"));
        values.put("sent_to", Value.of("ada@engines.example"));
        changed.forEach((field, value) -> values.put(field, Value.of(value)));
        return new Write.Send(
                target("case_reply", Verb.SEND, "case_reply_send"), values, List.of("id"), List.of(rules));
    }

    @Requirement("S1-24")
    @Test
    void an_answer_to_the_person_who_asked_is_kept_with_its_case() {
        // Given
        long before = answers();
        Store.Record own = asked();

        // When
        Rows made = rows(answer(
                Map.of("contact_id", own.text("contact_id")),
                is(Fact.TENANT, own.text("tenant_id")),
                is(Fact.CUSTOMER, own.text("account_id"))));

        // Then
        assertThat(answers()).isEqualTo(before + 1);
        Store.Record kept = store.read(session -> session.one(
                        "select * from demo_case_reply where id = ?",
                        made.rows().getFirst().id().value())
                .orElseThrow());
        assertThat(kept.text("account_id")).isEqualTo(own.text("account_id"));
        assertThat(kept.text("tenant_id")).isEqualTo(own.text("tenant_id"));
        assertThat(kept.text("body")).isEqualTo("it is solved");
    }

    @Requirement("S1-24")
    @Test
    void an_answer_to_somebody_else_or_over_a_wall_is_stale_and_nothing_is_kept() {
        // Given
        long before = answers();
        String asker = asked().text("contact_id");
        String account = asked().text("account_id");

        // When
        List<Step<Rows>> refused = new ArrayList<>(Stream.of(
                        answer(Map.of("contact_id", "con_000999")),
                        answer(Map.of("contact_id", asker, "case_id", "cas_999999")),
                        answer(Map.of("contact_id", asker), is(Fact.TENANT, "globex")),
                        answer(Map.of("contact_id", asker), is(Fact.CUSTOMER, account + "0")))
                .map(this::execute)
                .toList());
        Step<Rows> nobody = execute(answer(Map.of()));

        // Then
        assertThat(refused)
                .filteredOn(step -> step instanceof Step.Passed<Rows>)
                .isEmpty();
        assertThat(refused.getFirst()).isEqualTo(Step.refuse(new Refusal.StaleRecord()));
        assertThat(nobody)
                .isEqualTo(Step.refuse(
                        new Refusal.Malformed(List.of("an answer names the record that it is for and who asked"))));
        assertThat(answers()).isEqualTo(before);
    }
}
