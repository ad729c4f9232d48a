// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.audit.AuditIndex;
import dev.tollgate.audit.AuditLog;
import dev.tollgate.audit.MerkleAuditLog;
import dev.tollgate.audit.Vault;
import dev.tollgate.merkle.TransparencyLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// The audit log of one node, open for writing: the log itself, the vault beside it and the index that follows it.
final class AuditRoom implements AutoCloseable {
    private final TransparencyLog log;
    private final AuditIndex index;
    private final AuditLog audit;

    private AuditRoom(TransparencyLog log, AuditIndex index, AuditLog audit) {
        this.log = log;
        this.index = index;
        this.audit = audit;
    }

    static AuditRoom open(Foundations base) {
        TransparencyLog log = log(base);
        AuditIndex index = new AuditIndex(log, base.store());
        AuditLog audit = new MerkleAuditLog(
                log, new Vault(base.store(), base.clock()), base.clock(), base.random(), index::wake);
        return new AuditRoom(log, index, audit);
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

    AuditLog audit() {
        return audit;
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
