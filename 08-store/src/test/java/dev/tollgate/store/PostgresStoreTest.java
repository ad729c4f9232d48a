// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresStoreTest extends StoreConformance {
    private Store store = NONE;
    private Store second = NONE;

    @BeforeAll
    void open() {
        StoreConfig config = TestPostgres.database("conformance");
        store = Stores.open(config);
        second = Stores.open(config);
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
