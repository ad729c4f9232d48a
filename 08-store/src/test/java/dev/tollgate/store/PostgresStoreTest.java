// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresStoreTest extends StoreConformance {
    private Store store = NONE;

    @BeforeAll
    void open() {
        store = Stores.open(TestPostgres.database("conformance"));
    }

    @AfterAll
    void close() {
        store.close();
    }

    @Override
    Store store() {
        return store;
    }
}
