// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.catalog.Contract;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.Outlet;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.policy.token.TokenCheck;
import dev.tollgate.secrets.SecretStore;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Write;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The only connector: a guard in front of a door. Checks the decision token before anything else, leases
/// the credential only then, bounds what the door is asked and checks what it brings back.
///
/// INVARIANT: no row leaves before the token's single use is durable, and nothing is changed before it
/// is. A read runs while the use is being recorded, so that a read costs the slower of the two and not
/// their sum; when the use turns out to be the second one, the rows are thrown away.
public final class GuardedConnector implements Connector {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedConnector.class);

    private final SystemId system;
    private final TokenCheck check;
    private final CredentialSource credentials;
    private final Door door;
    private final Planner planner;
    private final DoorLimits limits;

    /// A guard in front of `door`.
    ///
    /// @param secret   name of the system's credential in `secrets`; not asked for by a door that needs
    ///                 none
    /// @param contract what the system has, and how much one call may bring
    public GuardedConnector(TokenCheck check, SecretStore secrets, String secret, Door door, Contract contract) {
        this(
                contract.system(),
                check,
                decision -> secrets.lease(secret, SecretStore.LEASE_MAX, decision)
                        .then(lease -> Step.pass(new Credential(lease.secret(), lease.expires()))),
                door,
                layouts(contract),
                outlets(contract),
                DoorLimits.of(contract.limits()));
    }

    private static Map<String, Layout> layouts(Contract contract) {
        Map<String, Layout> layouts = new HashMap<>();
        for (ObjectType object : contract.objects()) {
            layouts.put(object.name(), Layout.of(object, contract.limits().rowsMax()));
        }
        return layouts;
    }

    private static Map<ToolName, Outlet> outlets(Contract contract) {
        Map<ToolName, Outlet> outlets = new HashMap<>();
        contract.tools().forEach(tool -> tool.outlet().ifPresent(outlet -> outlets.put(tool.name(), outlet)));
        return outlets;
    }

    GuardedConnector(
            SystemId system,
            TokenCheck check,
            CredentialSource credentials,
            Door door,
            Map<String, Layout> layouts,
            DoorLimits limits) {
        this(system, check, credentials, door, layouts, Map.of(), limits);
    }

    private GuardedConnector(
            SystemId system,
            TokenCheck check,
            CredentialSource credentials,
            Door door,
            Map<String, Layout> layouts,
            Map<ToolName, Outlet> outlets,
            DoorLimits limits) {
        this.system = system;
        this.check = check;
        this.credentials = credentials;
        this.door = door;
        this.planner = new Planner(layouts, outlets, limits);
        this.limits = limits;
    }

    @Override
    public SystemId system() {
        return system;
    }

    @Override
    public Step<Rows> execute(String decisionToken, Operation operation) {
        if (!operation.target().system().equals(system)) {
            return Step.refuse(new Refusal.TokenRefused("it is for another system"));
        }
        return check.accept(decisionToken, operation)
                .then(accepted -> planner.plan(operation)
                        .then(plan -> operation instanceof Write
                                ? accepted.awaitConsumed().then(_ -> pass(plan, decision(accepted)))
                                : pass(plan, decision(accepted))
                                        .then(rows -> accepted.awaitConsumed().then(_ -> Step.pass(rows)))));
    }

    private static Optional<String> decision(TokenCheck.Accepted accepted) {
        return Optional.of(accepted.token().decision().value());
    }

    private Step<Rows> pass(Plan plan, Optional<String> decision) {
        if (plan.ask().isEmpty()) {
            boolean counts = plan.operation() instanceof Operation.Count;
            return Step.pass(new Rows(List.of(), false, counts ? OptionalLong.of(0) : OptionalLong.empty(), 0));
        }
        return leased(decision).then(credential -> answer(plan, plan.ask().get(), credential));
    }

    private Step<Rows> answer(Plan plan, Ask ask, Credential credential) {
        boolean changes = plan.operation() instanceof Write;
        Found found;
        try {
            found = door.answer(ask, credential, limits);
        } catch (UpstreamBroken broken) {
            return failed(broken.why());
        } catch (RuntimeException bug) {
            report(bug);
            return failed(changes ? Why.UNKNOWN_OUTCOME : Why.GARBAGE);
        }
        return changes ? changed(plan, found) : read(plan, found, false);
    }

    /// What a change left. A change that passes has happened: an answer that cannot be read does not undo
    /// it.
    private Step<Rows> changed(Plan plan, Found found) {
        if (found.stale()) {
            return Step.refuse(new Refusal.StaleRecord());
        }
        if (plan.operation() instanceof Write write && !write.replaces()) {
            return read(plan, found, true);
        }
        if (found.records().isEmpty()) {
            return Step.refuse(new Refusal.NotFound());
        }
        return plan.operation() instanceof Write.Delete
                ? Step.pass(new Rows(List.of(), false, OptionalLong.empty(), 0))
                : read(plan, found, true);
    }

    private Step<Rows> read(Plan plan, Found found, boolean changed) {
        try {
            Rows rows = new RowReader(plan, limits.bytesMax()).read(found);
            if (rows.dropped() > 0) {
                LOG.atWarn()
                        .addKeyValue("system", system)
                        .addKeyValue("object", plan.operation().target().object())
                        .addKeyValue("dropped", rows.dropped())
                        .log("system sent rows that break a row rule");
            }
            return Step.pass(rows);
        } catch (UpstreamBroken broken) {
            return failed(changed ? Why.UNKNOWN_OUTCOME : broken.why());
        } catch (RuntimeException bug) {
            report(bug);
            return failed(changed ? Why.UNKNOWN_OUTCOME : Why.GARBAGE);
        }
    }

    /// A door that trips over an answer is no reason to let its words out: they may quote the answer.
    private void report(RuntimeException bug) {
        StackTraceElement[] trace = bug.getStackTrace();
        LOG.atError()
                .addKeyValue("system", system)
                .addKeyValue("exception", bug.getClass().getName())
                .addKeyValue("at", trace.length > 0 ? trace[0].toString() : "unknown")
                .log("door failed");
    }

    private Step<Rows> failed(Why why) {
        LOG.atWarn()
                .addKeyValue("system", system)
                .addKeyValue("why", why.word())
                .log("system did not answer as it should");
        return Step.refuse(new Refusal.UpstreamFailed(system, why.word()));
    }

    @Override
    public Health health() {
        return switch (leased(Optional.empty())) {
            case Step.Refused<Credential> _ -> Health.down(Why.REJECTED);
            case Step.Passed<Credential>(Credential credential) -> knock(credential);
        };
    }

    private Health knock(Credential credential) {
        try {
            door.knock(credential, limits);
            return Health.UP;
        } catch (UpstreamBroken broken) {
            return Health.down(broken.why());
        } catch (RuntimeException bug) {
            report(bug);
            return Health.down(Why.GARBAGE);
        }
    }

    private Step<Credential> leased(Optional<String> decision) {
        return door.needsCredential() ? credentials.lease(decision) : Step.pass(Credential.NONE);
    }

    @Override
    public void close() {
        door.close();
    }
}
