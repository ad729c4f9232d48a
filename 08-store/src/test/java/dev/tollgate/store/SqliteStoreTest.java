// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqliteStoreTest extends StoreConformance {
    private Store store = NONE;
    private Store second = NONE;

    @BeforeAll
    void open(@TempDir Path folder) {
        store = Stores.open(StoreConfig.sqlite(folder.resolve("store.db")));
        second = Stores.open(StoreConfig.sqlite(folder.resolve("store.db")));
    }

    @AfterAll
    void close() {
        second.close();
        store.close();
    }

    @Override
    Store second() {
        return second;
    }

    @Override
    Store store() {
        return store;
    }
}
