// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity;

import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Digest;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Delegations whose tokens were verified, by the digest of the token. Two generations: when the young one is
/// full it becomes the old one, and what was old and unused is forgotten. Bounded, without a lock on the way of
/// a request.
final class Remembered {
    /// Tokens of one generation: agents at work within 15 minutes, about 1 KB each.
    static final int GENERATION_MAX = 4_096;

    private volatile Map<Key, Delegation> young = new ConcurrentHashMap<>();
    private volatile Map<Key, Delegation> old = new ConcurrentHashMap<>();

    /// SHA-256 of a token: the cache never holds a token that someone could use.
    record Key(long first, long second, long third, long fourth) {
        static Key of(byte[] token) {
            ByteBuffer digest = ByteBuffer.wrap(Digest.sha256(token));
            return new Key(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
        }
    }

    Optional<Delegation> get(Key key) {
        Delegation found = young.get(key);
        if (found != null) {
            return Optional.of(found);
        }
        Delegation aged = old.get(key);
        if (aged != null) {
            put(key, aged);
        }
        return Optional.ofNullable(aged);
    }

    void put(Key key, Delegation delegation) {
        if (young.size() >= GENERATION_MAX) {
            turn();
        }
        young.put(key, delegation);
    }

    private synchronized void turn() {
        if (young.size() >= GENERATION_MAX) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
    }

    int size() {
        return young.size() + old.size();
    }
}
