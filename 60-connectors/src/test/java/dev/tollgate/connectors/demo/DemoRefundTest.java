// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.connectors.Row;
import dev.tollgate.connectors.Rows;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.Write;
import dev.tollgate.terms.testing.Requirement;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The one record that the demo CRM lets agents make.
final class DemoRefundTest extends BundledDemo {
    private static Write.Create refund(Map<String, Value> values, List<RowRule> rules) {
        return new Write.Create(
                target("refund_request", Verb.CREATE, "refund_request_create"), values, List.of("id", "status"), rules);
    }

    private static Map<String, Value> values(String account, String order, String amount) {
        return Map.of(
                "account_id", Value.of(account),
                "order_id", Value.of(order),
                "amount", new Value.Num(new BigDecimal(amount)),
                "currency", Value.of("EUR"),
                "reason", Value.of("late"),
                "justification", Value.of("The order is two weeks late."));
    }

    private static final RowRule ACME = new RowRule(Fact.TENANT, Comparison.EQUALS, Value.of("acme"));

    @Test
    void a_refund_request_is_made_and_can_be_read_back() {
        // When
        Row made = rows(refund(values("acc_000001", "ord_000001", "12.34"), List.of(ACME)))
                .rows()
                .getFirst();
        var read = new Operation.Get(
                target("refund_request", Verb.READ, "refund_request_get"),
                made.id(),
                List.of("amount", "status", "owner_id", "tenant_id", "created_at"),
                List.of(ACME));
        Row found = rows(read).rows().getFirst();

        // Then
        assertThat(made.fields()).containsEntry("status", Value.of("requested"));
        assertThat(found.fields())
                .containsEntry("amount", new Value.Num(new BigDecimal("12.3400")))
                .containsEntry("owner_id", Value.of("usr_001"))
                .containsEntry("tenant_id", Value.of("acme"))
                .containsEntry("created_at", new Value.Moment(NOW));
    }

    @Requirement("S1-14")
    @Test
    void a_refund_request_cannot_reach_over_the_tenant_wall() {
        // Given
        long before = count();
        String other = "acc_000005";
        Map<String, Value> forged = new TreeMap<>(values("acc_000001", "ord_000001", "10"));
        forged.put("tenant_id", Value.of("globex"));

        // When
        Step<Rows> otherAccount = execute(refund(values(other, "ord_000007", "10"), List.of(ACME)));
        Step<Rows> otherTenant = execute(refund(forged, List.of(ACME)));
        Step<Rows> otherTenantWithoutRule = execute(refund(forged, List.of()));

        // Then
        assertThat(otherAccount).isEqualTo(rejected());
        assertThat(otherTenant).isInstanceOf(Step.Refused.class);
        assertThat(((Step.Refused<Rows>) otherTenant).why()).isInstanceOf(Refusal.Denied.class);
        assertThat(otherTenantWithoutRule).isEqualTo(rejected());
        assertThat(count()).isEqualTo(before);
    }

    @Test
    void a_refund_request_that_breaks_the_crms_rules_is_rejected() {
        // Given
        long before = count();

        // When
        List<Step<Rows>> answers = List.of(
                execute(refund(values("acc_000001", "ord_000900", "10"), List.of(ACME))),
                execute(refund(values("acc_000001", "ord_000001", "0"), List.of(ACME))),
                execute(refund(values("acc_000001", "ord_000001", "-5"), List.of(ACME))),
                execute(refund(values("acc_000001", "ord_000001", "0.00001"), List.of(ACME))),
                execute(refund(Map.of("amount", Value.of(5)), List.of(ACME))));

        // Then
        assertThat(answers).allSatisfy(answer -> assertThat(answer).isEqualTo(rejected()));
        assertThat(count()).isEqualTo(before);
    }

    @Test
    void nothing_else_is_made() {
        // Given
        var note = new Write.Create(
                target("note", Verb.CREATE, "note_create"), Map.of("title", Value.of("x")), List.of("id"), List.of());

        // When
        Step<Rows> answer = execute(note);

        // Then
        assertThat(answer).isEqualTo(Step.refuse(new Refusal.UpstreamFailed(contract.system(), "unsupported")));
    }

    private static Step<Rows> rejected() {
        return Step.refuse(new Refusal.UpstreamFailed(contract.system(), "rejected"));
    }

    private long count() {
        return rows(new Operation.Count(
                        target("refund_request", Verb.SEARCH, "refund_request_count"), List.of(), List.of()))
                .count()
                .orElseThrow();
    }
}
