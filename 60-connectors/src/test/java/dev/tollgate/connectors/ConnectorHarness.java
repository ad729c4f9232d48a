// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Verb;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What the tests of the contract kit share: a system under test behind a guard, and operations on its sample.
public abstract class ConnectorHarness {
    protected static final SystemId SYSTEM = new SystemId("sample");

    protected final Authority authority = new Authority();
    protected World world;
    protected Sample sample;
    protected GuardedConnector connector;

    /// The system under test.
    protected abstract World world();

    @BeforeEach
    void open() {
        world = world();
        sample = world.sample();
        connector = guarded(world.door());
        world.sent();
    }

    @AfterEach
    void close() {
        connector.close();
        world.close();
    }

    protected final GuardedConnector guarded(Door door) {
        return guarded(door, DoorLimits.DEFAULT);
    }

    protected final GuardedConnector guarded(Door door, DoorLimits limits) {
        Layout layout =
                Layout.of(sample.upstream(), sample.idField(), sample.columns(), sample.facts(), limits.rowsMax());
        CredentialSource credentials = _ -> Step.pass(world.credential());
        return new GuardedConnector(
                SYSTEM, authority.check(), credentials, door, Map.of(sample.object(), layout), limits);
    }

    protected final World current() {
        return world;
    }

    protected final Operation.Target target(Verb verb) {
        return new Operation.Target(SYSTEM, sample.object(), new ToolName("sample_tool"), verb, "agent");
    }

    protected final Operation.Get get(String record, List<RowRule> rules) {
        return new Operation.Get(target(Verb.READ), new RecordId(record), sample.fields(), rules);
    }

    protected final Operation.Search search(List<Operation.Condition> where, List<RowRule> rules, int limit) {
        return new Operation.Search(target(Verb.SEARCH), where, List.of(), limit, 0, sample.fields(), rules);
    }

    protected final Operation.Count count(List<Operation.Condition> where, List<RowRule> rules) {
        return new Operation.Count(target(Verb.SEARCH), where, rules);
    }

    protected final Step<Rows> execute(Operation operation) {
        return connector.execute(authority.token(operation), operation);
    }

    protected static Rows rows(Step<Rows> step) {
        assertThat(step).isInstanceOf(Step.Passed.class);
        return ((Step.Passed<Rows>) step).state();
    }

    protected static Refusal refusal(Step<Rows> step) {
        assertThat(step).isInstanceOf(Step.Refused.class);
        return ((Step.Refused<Rows>) step).why();
    }

    protected final Operation.Search ordered(String key, boolean descending) {
        return new Operation.Search(
                target(Verb.SEARCH),
                List.of(),
                List.of(new Operation.Order(key, descending)),
                5,
                0,
                sample.fields(),
                List.of());
    }
}
