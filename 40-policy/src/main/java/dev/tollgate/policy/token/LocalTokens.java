// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.token;

import dev.tollgate.terms.TokenId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/// The ledger of the tokens that a process mints for its own connectors. They carry its name, which no
/// other process has and which ends with it, so that memory is enough: after a restart, and on every
/// other node, they are nobody's. Safe for many threads.
public final class LocalTokens implements TokenLedger {
    /// Such a token is used at once; only a stalled process takes longer.
    public static final Duration LIFE_MAX = Duration.ofSeconds(15);

    /// Uses remembered at once: some 33,000 calls a second, far more than a process makes. Beyond, nobody can say.
    private static final int USES_MAX = 500_000;

    private static final int NAME_BYTES = 16;

    private final String node;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();

    /// By the second in which they expire, so that whole seconds are forgotten.
    private final NavigableMap<Long, Set<TokenId>> used = new TreeMap<>();

    private int remembered;

    /// INVARIANT: never goes back. What expired then or before may have been used, whatever the clock says now.
    private long forgotten = Long.MIN_VALUE;

    private LocalTokens(String node, InstantSource clock) {
        this.node = node;
        this.clock = clock;
    }

    /// The ledger of one process.
    ///
    /// @param random must not be guessable: the name must be nobody else's
    public static LocalTokens of(RandomGenerator random, InstantSource clock) {
        byte[] name = new byte[NAME_BYTES];
        random.nextBytes(name);
        return new LocalTokens(Base64.getUrlEncoder().withoutPadding().encodeToString(name), clock);
    }

    /// The name that the tokens carry.
    public String node() {
        return node;
    }

    @Override
    public CompletableFuture<Boolean> consume(TokenId token, Instant expires) {
        lock.lock();
        try {
            forget();
            if (expires.getEpochSecond() <= forgotten || remembered >= USES_MAX) {
                return CompletableFuture.failedFuture(new IllegalStateException("nobody remembers such a use"));
            }
            boolean first = used.computeIfAbsent(expires.getEpochSecond(), _ -> new HashSet<>())
                    .add(token);
            if (first) {
                remembered++;
            }
            return CompletableFuture.completedFuture(first);
        } finally {
            lock.unlock();
        }
    }

    private void forget() {
        // A token is refused from the second on in which it expires.
        long over = clock.instant().getEpochSecond();
        while (!used.isEmpty() && used.firstKey() <= over) {
            remembered -= used.pollFirstEntry().getValue().size();
        }
        forgotten = Math.max(forgotten, over);
    }
}
