// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets;

import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class SqliteArtifactsTest extends ArtifactsConformance {
    @TempDir
    static Path folder;

    private static Store store;

    @BeforeAll
    static void open() {
        store = Stores.open(StoreConfig.sqlite(folder.resolve("store.db")));
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Override
    Store database() {
        return store;
    }
}
