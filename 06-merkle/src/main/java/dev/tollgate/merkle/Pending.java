// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import java.util.concurrent.CompletableFuture;

/// An entry that waits to become durable, or a wish for a checkpoint of what already is.
sealed interface Pending {
    /// How the waiting caller hears of a failure.
    CompletableFuture<?> waiting();

    /// An entry. Its leaf hash is computed by the caller's thread, so that callers hash side by side.
    final class Entry implements Pending {
        private final byte[] entry;
        private final byte[] leaf;
        private final CompletableFuture<Appended> waiting = new CompletableFuture<>();

        /// Copies `entry`, so that nobody changes it after it was hashed.
        Entry(byte[] entry) {
            this.entry = entry.clone();
            this.leaf = new TreeHash().leaf(this.entry);
        }

        byte[] entry() {
            return entry;
        }

        byte[] leaf() {
            return leaf;
        }

        @Override
        public CompletableFuture<Appended> waiting() {
            return waiting;
        }
    }

    /// A wish for a checkpoint of everything appended before.
    record Sign(CompletableFuture<Checkpoint> waiting) implements Pending {}
}
