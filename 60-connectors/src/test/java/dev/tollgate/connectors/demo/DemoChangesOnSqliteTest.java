// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// Changes of the demo CRM on SQLite.
final class DemoChangesOnSqliteTest extends DemoChangesTest {
    @TempDir
    private static Path folder;

    private static Store store;

    @BeforeAll
    static void openStore() {
        store = Stores.open(StoreConfig.sqlite(folder.resolve("demo.sqlite")));
        DemoData.load(store, NOW);
    }

    @AfterAll
    static void closeStore() {
        store.close();
    }

    @Override
    protected Store store() {
        return store;
    }
}
