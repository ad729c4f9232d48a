// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.connectors.demo.DemoData;
import dev.tollgate.governance.approval.Approval;
import dev.tollgate.governance.approval.ApprovalId;
import dev.tollgate.governance.approval.ApprovalLimits;
import dev.tollgate.governance.approval.Approvals;
import dev.tollgate.governance.approval.Approver;
import dev.tollgate.governance.approval.Decided;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.testing.Property;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// A gateway, its CRM as the CRM itself has it, and people who decide on another node of the same store.
final class Desk implements AutoCloseable {
    /// Longer than the time that a change must be looked at.
    private static final Duration READING = Duration.ofSeconds(5);

    private final GatewayUnderTest gateway;
    private final Store store;
    private final Approvals approvals;

    Desk(Path data) {
        this(data, GatewayUnderTest.start(data));
    }

    /// A gateway that keeps its store in `data`.
    Desk(Path data, GatewayUnderTest started) {
        gateway = started;
        store = Stores.open(StoreConfig.sqlite(data.resolve("tollgate.db")));
        // The gateway loads it too, in the background: whoever comes second waits for the first.
        DemoData.load(store, gateway.clock().instant());
        approvals = new Approvals(store, gateway.clock(), Property.random(7), ApprovalLimits.DEFAULT, (_, _, _) -> {});
    }

    GatewayUnderTest gateway() {
        return gateway;
    }

    Store store() {
        return store;
    }

    /// A person of the first tenant reads a change and approves it. Empty when it counts, else why not.
    String approve(String id, String user, String role) {
        Approver approver = new Approver(new UserId(user), new TenantId("acme"), Set.of(role));
        approvals.shown(new ApprovalId(id), approver);
        gateway.clock().advance(READING);
        Step<Decided> step = approvals.decide(
                new ApprovalId(id), approver, Approval.Verdict.APPROVE, "the customer confirmed it", Optional.empty());
        return switch (step) {
            case Step.Passed<Decided> _ -> "";
            case Step.Refused<Decided>(Refusal why) -> why.explain();
        };
    }

    /// What waits, as its people read it.
    Approval waiting(String id) {
        return approvals.find(new TenantId("acme"), new ApprovalId(id)).orElseThrow();
    }

    /// A column of a record, as the CRM has it; empty when it is null.
    String crm(String object, String id, String column) {
        return store.read(session -> session.one(
                        "select cast(\"" + column + "\" as text) as value from \"demo_" + object + "\" where id = ?",
                        id)
                .orElseThrow()
                .textIfAny("value")
                .orElse(""));
    }

    /// How many records of an object the CRM has.
    long records(String object) {
        return store.read(session -> session.query("select count(*) as many from \"demo_" + object + "\"")
                .getFirst()
                .number("many"));
    }

    /// The code of a refusal; empty when there was none.
    static String code(WireClient.Reply reply) {
        return reply.message().at("/result/_meta/dev.tollgate~1refusal/code").asString("");
    }

    /// The approval that a refused call waits for.
    static String pending(WireClient.Reply reply) {
        assertThat(code(reply)).as(reply.text()).isEqualTo("approval_pending");
        return reply.message()
                .at("/result/_meta/dev.tollgate~1refusal/approval")
                .asString("");
    }

    @Override
    public void close() {
        gateway.close();
        store.close();
    }
}
