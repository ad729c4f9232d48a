// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.connectors.Ask.Column;
import dev.tollgate.connectors.Ask.Kind;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.Write;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A guard before doors that the test writes.
abstract class GuardBeforeFakes {
    protected static final SystemId SYSTEM = new SystemId("fake");
    protected static final Layout LAYOUT = Layout.of(
            "x_things",
            "id",
            Map.of(
                    "id", new Column("x_id", Kind.RECORD),
                    "name", new Column("x_name", Kind.TEXT),
                    "amount", new Column("x_amount", Kind.NUMBER),
                    "tenant", new Column("x_tenant", Kind.TEXT)),
            Map.of(Fact.TENANT, "tenant"),
            50);
    protected static final Map<String, Value> GOOD =
            Map.of("x_name", Value.of("Ada"), "x_amount", Value.of(5), "x_tenant", Value.of("acme"));
    protected static final RowRule ACME = new RowRule(Fact.TENANT, Comparison.EQUALS, Value.of("acme"));

    protected final Authority authority = new Authority();

    protected final GuardedConnector guard(Door door) {
        return new GuardedConnector(
                SYSTEM,
                authority.check(),
                _ -> Step.pass(Credential.NONE),
                door,
                Map.of("thing", LAYOUT),
                new DoorLimits(50, 4 << 10, Duration.ofSeconds(5)));
    }

    protected final Step<Rows> execute(Door door, Operation operation) {
        try (GuardedConnector guard = guard(door)) {
            return guard.execute(authority.token(operation), operation);
        }
    }

    protected static Operation.Target target(Verb verb) {
        return new Operation.Target(SYSTEM, "thing", new ToolName("thing_tool"), verb, "agent");
    }

    protected static Operation.Get get(RowRule... rules) {
        return new Operation.Get(target(Verb.READ), new RecordId("1"), List.of("name", "amount"), List.of(rules));
    }

    protected static Operation.Search search(int limit) {
        return new Operation.Search(target(Verb.SEARCH), List.of(), List.of(), limit, 0, List.of("name"), List.of());
    }

    protected static Write.Create create(Map<String, Value> values, RowRule... rules) {
        return new Write.Create(target(Verb.CREATE), values, List.of("name"), List.of(rules));
    }

    protected static FakeDoor answering(Found.Raw... rows) {
        return new FakeDoor(_ -> Found.records(List.of(rows)));
    }

    protected static Step<Rows> failed(String why) {
        return Step.refuse(new Refusal.UpstreamFailed(SYSTEM, why));
    }
}
