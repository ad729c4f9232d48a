// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.audit.AuditIndex;
import dev.tollgate.audit.AuditLog;
import dev.tollgate.audit.AuditQuestions;
import dev.tollgate.audit.LogNumber;
import dev.tollgate.audit.MerkleAuditLog;
import dev.tollgate.audit.Vault;
import dev.tollgate.merkle.TransparencyLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/// The audit log of one node, open for writing: the log itself, the vault beside it and the index that follows it.
final class AuditRoom implements AutoCloseable {
    private static final int CHUNK_ENTRIES = 1_000;

    /// After a crash a log may hold many calls since it last told of an activation. Beyond this many chunks the one in
    /// force is told again, which harms nobody.
    private static final int CHUNKS_MAX = 1_000;

    private final TransparencyLog log;
    private final AuditIndex index;
    private final AuditLog audit;
    private final AuditQuestions questions;

    private AuditRoom(TransparencyLog log, AuditIndex index, AuditLog audit, AuditQuestions questions) {
        this.log = log;
        this.index = index;
        this.audit = audit;
        this.questions = questions;
    }

    static AuditRoom open(Foundations base) {
        TransparencyLog log = log(base);
        String name = LogName.openOrCreate(base.configuration(), base.random());
        LogNumber number = LogNumber.register(base.store(), name);
        AuditIndex index = new AuditIndex(log, base.store(), number);
        Vault vault = Vault.of(base.store(), base.clock(), number);
        AuditLog audit = new MerkleAuditLog(log, vault, base.clock(), base.random(), index::recorded);
        AuditQuestions questions = new AuditQuestions(base.store(), name, vault, at -> entry(log, at));
        return new AuditRoom(log, index, audit, questions);
    }

    private static Optional<byte[]> entry(TransparencyLog log, long index) {
        return index >= 0 && index < log.size() ? Optional.of(log.entry(index)) : Optional.empty();
    }

    private static TransparencyLog log(Foundations base) {
        try {
            return TransparencyLog.open(
                    folder(base.configuration()),
                    base.keys().log(),
                    base.configuration().log().origin(),
                    base.clock());
        } catch (IOException failed) {
            throw new UncheckedIOException("the audit log cannot be opened: " + failed.getMessage(), failed);
        }
    }

    /// Where the log of a deployment is.
    static Path folder(Configuration configuration) {
        return configuration.data().resolve("log");
    }

    /// The number of the activation that this node's log tells of last; nothing when it tells of none. Read backwards
    /// from the end, where a stop and a start say it.
    OptionalLong activation() {
        long end = log.size();
        for (int chunk = 0; chunk < CHUNKS_MAX && end > 0; chunk++) {
            long from = Math.max(0, end - CHUNK_ENTRIES);
            long[] found = {-1};
            log.scan(
                    from,
                    end,
                    (_, bytes) -> found[0] = Activations.number(bytes).orElse(found[0]));
            if (found[0] >= 0) {
                return OptionalLong.of(found[0]);
            }
            end = from;
        }
        return OptionalLong.empty();
    }

    AuditLog audit() {
        return audit;
    }

    /// Questions to this node's log.
    AuditQuestions questions() {
        return questions;
    }

    /// Whether entries can be written.
    boolean writable() {
        return log.failure().isEmpty();
    }

    @Override
    public void close() {
        index.close();
        log.close();
    }
}
