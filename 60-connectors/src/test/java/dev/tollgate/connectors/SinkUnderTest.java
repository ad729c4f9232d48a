// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.catalog.Contract;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.catalog.contracts.ContractLoader;
import dev.tollgate.catalog.yaml.Checked;
import dev.tollgate.secrets.Lease;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Write;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// A sink of the default bundle behind its guard, with a door of the test's choice.
public final class SinkUnderTest implements AutoCloseable {
    /// Long enough for a loopback, short enough to wait for.
    private static final Duration TIME_MAX = Duration.ofMillis(1_500);

    private final Authority authority = new Authority();
    private final AtomicInteger leases = new AtomicInteger();
    private final Contract contract;
    private final Connector connector;

    /// @param system id of the sink in the default bundle
    /// @param secret what its credential is
    public SinkUnderTest(String system, Door door, String secret) {
        this.contract = contract(system);
        this.connector = new GuardedConnector(
                authority.check(),
                (name, _) -> {
                    leases.incrementAndGet();
                    return Step.pass(new Lease(name, SecretValue.of(secret), Instant.MAX));
                },
                "secret",
                door,
                contract);
    }

    private static Contract contract(String system) {
        Path root = Path.of(System.getProperty("tollgate.root", ".."));
        try {
            var loaded = new ContractLoader().load(root.resolve("90-app/src/main/resources/bundles/default"));
            Contract whole = ((Checked.Sound<ContractLoader.Loaded>) loaded)
                    .value().contracts().stream()
                            .filter(one -> one.system().value().equals(system))
                            .findFirst()
                            .orElseThrow();
            Contract.Limits limits = whole.limits();
            return new Contract(
                    whole.system(),
                    whole.connector(),
                    whole.scopeFamily(),
                    whole.objects(),
                    whole.tools(),
                    new Contract.Limits(limits.rowsMax(), limits.bytesMax(), TIME_MAX, limits.callsPerMinuteMax()),
                    whole.digest(),
                    whole.customers(),
                    whole.region(),
                    whole.cases());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// A message with these values.
    public Write.Send message(Map<String, Value> values) {
        ToolType tool = contract.tools().getFirst();
        Operation.Target target =
                new Operation.Target(contract.system(), tool.object(), tool.name(), tool.verb(), tool.destination());
        return new Write.Send(target, values, List.of("id"), List.of());
    }

    /// A token for a message.
    public String token(Write.Send message) {
        return authority.token(message);
    }

    /// What comes of a message under a token.
    public Step<Rows> send(String token, Write.Send message) {
        return connector.execute(token, message);
    }

    /// What comes of a message with these values, under a token of its own.
    public Step<Rows> send(Map<String, Value> values) {
        Write.Send message = message(values);
        return send(token(message), message);
    }

    /// The id of a message that was sent.
    public String sent(Map<String, Value> values) {
        return switch (send(values)) {
            case Step.Passed<Rows> passed ->
                passed.state().rows().getFirst().id().value();
            case Step.Refused<Rows> refused ->
                throw new AssertionError(refused.why().explain());
        };
    }

    /// The word for why a message was not sent.
    public String failure(Map<String, Value> values) {
        return switch (send(values)) {
            case Step.Passed<Rows> _ -> "sent";
            case Step.Refused<Rows>(Refusal.UpstreamFailed failed) -> failed.why();
            case Step.Refused<Rows> refused -> refused.why().code();
        };
    }

    /// How often the credential was asked for.
    public int leases() {
        return leases.get();
    }

    @Override
    public void close() {
        connector.close();
    }
}
