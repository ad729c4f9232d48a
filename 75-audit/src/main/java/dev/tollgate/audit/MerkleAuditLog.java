// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import static dev.tollgate.terms.Require.require;

import dev.tollgate.merkle.Appended;
import dev.tollgate.merkle.TransparencyLog;
import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The audit log on a transparency log and a vault. The entry and its personal values are made durable
/// side by side, and an entry counts as recorded when both are. Time in the log never goes back, even
/// when the clock does.
public final class MerkleAuditLog implements AuditLog {
    /// Version of the entry's form.
    static final int FORM = 1;

    private static final Logger LOG = LoggerFactory.getLogger(MerkleAuditLog.class);

    private final TransparencyLog log;
    private final Vault vault;
    private final InstantSource clock;
    private final RandomGenerator salts;
    private final Consumer<StoredEntry> recorded;
    private final AtomicReference<Instant> latest;

    /// Records into `log`.
    ///
    /// @param salts    unpredictable: whoever guesses a salt can test guesses of an erased value
    /// @param recorded told of each entry, on the thread that completed it: whoever follows the log
    public MerkleAuditLog(
            TransparencyLog log,
            Vault vault,
            InstantSource clock,
            RandomGenerator salts,
            Consumer<StoredEntry> recorded) {
        this.log = log;
        this.vault = vault;
        this.clock = clock;
        this.salts = salts;
        this.recorded = recorded;
        this.latest = new AtomicReference<>(newest(log));
    }

    private static Instant newest(TransparencyLog log) {
        if (log.size() == 0) {
            return Instant.EPOCH;
        }
        return StoredEntry.read(log.size() - 1, log.entry(log.size() - 1)).at().orElse(Instant.EPOCH);
    }

    @Override
    public CompletableFuture<Step<Recorded>> recordAsync(AuditEntry entry) {
        List<Payload> payloads = seal(entry.personal());
        OptionalLong values = payloads.isEmpty() ? OptionalLong.empty() : OptionalLong.of(vault.next());
        Value.Fields form = form(entry, now(), payloads, values);
        byte[] bytes = CanonicalJson.bytes(form);
        if (bytes.length > TransparencyLog.ENTRY_BYTES_MAX) {
            LOG.atError().addKeyValue("kind", entry.kind()).log("an entry is too large to be recorded");
            return CompletableFuture.completedFuture(AuditLog.unrecorded());
        }
        // Both at once: two waits for the disk one after the other would double what a call takes.
        CompletableFuture<Integer> kept = kept(payloads, values);
        return log.appendAsync(bytes)
                .thenCombine(kept, (appended, _) -> passed(appended, form))
                .exceptionally(failed -> refused(entry, failed));
    }

    private CompletableFuture<Integer> kept(List<Payload> payloads, OptionalLong values) {
        if (values.isEmpty()) {
            return CompletableFuture.completedFuture(0);
        }
        try {
            return vault.keep(values.getAsLong(), payloads);
        } catch (RuntimeException failed) {
            return CompletableFuture.failedFuture(failed);
        }
    }

    private Step<Recorded> passed(Appended appended, Value.Fields form) {
        recorded.accept(new StoredEntry(appended.index(), form));
        return Step.pass(new Recorded(appended.index()));
    }

    private static Step<Recorded> refused(AuditEntry entry, Throwable failed) {
        LOG.atError()
                .addKeyValue("kind", entry.kind())
                .addKeyValue("cause", failed.getClass().getSimpleName())
                .setCause(failed)
                .log("an entry could not be recorded");
        return AuditLog.unrecorded();
    }

    private List<Payload> seal(List<Personal> personal) {
        require(
                personal.size() <= Personal.COUNT_MAX,
                "an entry has at most " + Personal.COUNT_MAX + " personal values");
        Set<String> names = new HashSet<>();
        List<Payload> payloads = new ArrayList<>(personal.size());
        for (Personal value : personal) {
            require(names.add(value.name()), "personal values of an entry have names of their own");
            payloads.add(Payload.seal(value, Commitment.salt(salts)));
        }
        return payloads;
    }

    static Value.Fields form(AuditEntry entry, Instant at, List<Payload> payloads, OptionalLong values) {
        Map<String, Value> members = new TreeMap<>(entry.members());
        Map<String, Value> commitments = new TreeMap<>();
        payloads.forEach(payload -> commitments.put(payload.personal().name(), Value.of(payload.commitment())));
        members.put("v", Value.of(FORM));
        members.put("kind", Value.of(entry.kind()));
        members.put("at", new Value.Moment(at));
        values.ifPresent(number -> members.put("values", Value.of(number)));
        members.put("personal", new Value.Fields(commitments));
        return new Value.Fields(members);
    }

    private Instant now() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return latest.accumulateAndGet(now, (before, given) -> given.isBefore(before) ? before : given);
    }
}
