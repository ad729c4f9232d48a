// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.Contract;
import dev.tollgate.catalog.contracts.ContractLoader;
import dev.tollgate.catalog.yaml.Checked;
import dev.tollgate.connectors.Authority;
import dev.tollgate.connectors.Door;
import dev.tollgate.connectors.GuardedConnector;
import dev.tollgate.connectors.Rows;
import dev.tollgate.secrets.SecretStore;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Verb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// The demo CRM behind the contract that the default bundle ships.
abstract class BundledDemo {
    protected static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    @TempDir
    protected static Path folder;

    protected static Store store;
    protected static Contract contract;

    private final Authority authority = new Authority();
    private final GuardedConnector connector = connector(authority);

    private static GuardedConnector connector(Authority authority) {
        Door door = new DemoDoor(store, InstantSource.fixed(NOW));
        return new GuardedConnector(authority.check(), (_, _) -> SecretStore.rejected(), "none", door, contract);
    }

    @BeforeAll
    static void open() {
        store = Stores.open(StoreConfig.sqlite(folder.resolve("demo.sqlite")));
        DemoData.load(store, NOW);
        contract = bundled();
    }

    /// The contract that the default bundle ships.
    static Contract bundled() {
        Path root = Path.of(System.getProperty("tollgate.root", ".."));
        Checked<ContractLoader.Loaded> loaded;
        try {
            loaded = new ContractLoader().load(root.resolve("90-app/src/main/resources/bundles/default"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        assertThat(loaded).isInstanceOf(Checked.Sound.class);
        return ((Checked.Sound<ContractLoader.Loaded>) loaded)
                .value().contracts().stream()
                        .filter(one -> one.connector().equals("demo"))
                        .findFirst()
                        .orElseThrow();
    }

    @AfterAll
    static void close() {
        store.close();
    }

    protected static Operation.Target target(String object, Verb verb, String tool) {
        return new Operation.Target(contract.system(), object, new ToolName(tool), verb, "agent");
    }

    protected final Step<Rows> execute(Operation operation) {
        return connector.execute(authority.token(operation), operation);
    }

    protected final Rows rows(Operation operation) {
        Step<Rows> step = execute(operation);
        assertThat(step).isInstanceOf(Step.Passed.class);
        return ((Step.Passed<Rows>) step).state();
    }
}
