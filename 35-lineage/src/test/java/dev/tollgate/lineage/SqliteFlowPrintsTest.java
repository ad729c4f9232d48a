// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.DataClasses;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFlowPrintsTest extends FlowPrintsConformance {
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

    @Test
    void a_store_that_fails_is_a_no() {
        // Given
        Store closed = Stores.open(StoreConfig.sqlite(folder.resolve("closed.db")));
        closed.close();
        FlowPrints memory = new FlowPrints(closed, InstantSource.system());
        FlowKey key = new FlowKey("subject", "session", Optional.empty());
        Prints prints = new Prints();
        prints.shown(Optional.empty(), new long[] {1L});

        // When
        Step<HeldPrints> read = memory.held(key, FlowDecay.USUAL, DataClasses.BASE);
        Step<Boolean> written = memory.keep(key, prints);

        // Then
        assertThat(read)
                .isEqualTo(Step.refuse(new Refusal.Undecidable("what you were shown before cannot be read now")));
        assertThat(written)
                .isEqualTo(Step.refuse(new Refusal.Undecidable("what you are shown cannot be remembered now")));
    }
}
