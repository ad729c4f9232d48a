// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.merkle.verify.LogCheck;
import dev.tollgate.merkle.verify.Report;
import dev.tollgate.merkle.verify.Trust;
import dev.tollgate.terms.CanonicalJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The independent check of an audit log: the tree with `merkle.verify`, which shares nothing with the
/// writer, and then what the entries say. Reads only; may run beside the gateway.
public final class AuditVerify {
    /// More would explain nothing.
    public static final int FINDINGS_MAX = 1_000;

    /// Threads may enter the log in another order than they took the time.
    private static final Duration OVERTAKING_MAX = Duration.ofSeconds(5);

    /// Decisions under way at once; the oldest count as left open when there are more.
    private static final int OPEN_MAX = 100_000;

    /// Tokens live a minute; one that comes back later is expired anyway.
    private static final Duration TOKENS_KEPT = Duration.ofMinutes(10);

    private static final int OPEN_TOLD_MAX = 100;
    private static final int VAULT_BATCH = 512;

    private record Open(String request, boolean permitted) {}

    private final Optional<Vault> vault;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Long, Open> open = new LinkedHashMap<>();
    private final Map<String, Instant> tokens = new LinkedHashMap<>();
    private final List<StoredEntry> unchecked = new ArrayList<>();
    private final List<Long> leftOpen = new ArrayList<>();
    private long leftOpenCount;
    private Instant latest = Instant.EPOCH;
    private long decisions;
    private long kept;
    private long erased;
    private long missing;

    private AuditVerify(Optional<Vault> vault) {
        this.vault = vault;
    }

    /// Checks the log in `folder`.
    ///
    /// @param trust     the log's name and keys, got from somewhere else
    /// @param witnessed checkpoints that somebody kept elsewhere; without one, a past that was
    ///     rewritten and signed again cannot be told from the true one
    /// @param vault     to hold personal values against the log's commitments
    public static AuditReport verify(Path folder, Trust trust, List<String> witnessed, Optional<Vault> vault)
            throws IOException {
        AuditVerify check = new AuditVerify(vault);
        Report log = LogCheck.check(folder, trust, witnessed, check::entry);
        check.checkVault();
        check.open.forEach(check::leave);
        return new AuditReport(
                log,
                check.findings,
                check.decisions,
                check.leftOpen,
                check.leftOpenCount,
                check.kept,
                check.erased,
                check.missing);
    }

    private void entry(long index, byte[] bytes) {
        StoredEntry entry;
        try {
            entry = StoredEntry.read(index, bytes);
        } catch (IllegalArgumentException _) {
            find(Finding.Kind.MALFORMED, index, "not JSON");
            return;
        }
        if (!Arrays.equals(CanonicalJson.bytes(entry.content()), bytes)) {
            find(Finding.Kind.MALFORMED, index, "not in canonical form");
        }
        EntrySchema.problem(entry).ifPresent(what -> find(Finding.Kind.MALFORMED, index, what));
        entry.at().ifPresent(at -> time(index, at));
        switch (entry.kind()) {
            case "decision" -> decision(entry);
            case "outcome" -> outcome(entry);
            case "token-issued" -> tokenIssued(entry);
            default -> {
                // Other kinds stand alone; an unknown one is malformed already.
            }
        }
        unchecked.add(entry);
        if (unchecked.size() >= VAULT_BATCH) {
            checkVault();
        }
    }

    private void time(long index, Instant at) {
        if (at.isBefore(latest.minus(OVERTAKING_MAX))) {
            find(Finding.Kind.TIME_WENT_BACK, index, "earlier than an entry before it");
        }
        latest = at.isAfter(latest) ? at : latest;
    }

    private void decision(StoredEntry entry) {
        decisions++;
        boolean permitted = entry.text("ruling/outcome").orElse("").equals("permit");
        open.put(entry.index(), new Open(entry.text("request").orElse(""), permitted));
        if (open.size() > OPEN_MAX) {
            Map.Entry<Long, Open> oldest = open.entrySet().iterator().next();
            leave(oldest.getKey(), oldest.getValue());
            open.remove(oldest.getKey());
        }
    }

    /// A decision that nothing followed. One that says no is complete as it is.
    private void leave(long index, Open decision) {
        if (decision.permitted()) {
            leftOpenCount++;
            if (leftOpen.size() < OPEN_TOLD_MAX) {
                leftOpen.add(index);
            }
        }
    }

    private void outcome(StoredEntry entry) {
        long decisionIndex = entry.number("decision_index").orElse(-1L);
        Open decision = open.remove(decisionIndex);
        boolean released = entry.text("result").orElse("").equals("released");
        if (decision == null) {
            boolean later = decisionIndex < 0 || decisionIndex >= entry.index();
            find(
                    later ? Finding.Kind.OUTCOME_WITHOUT_DECISION : Finding.Kind.SECOND_OUTCOME,
                    entry.index(),
                    "no open decision at " + decisionIndex);
        } else if (!decision.request().equals(entry.text("request").orElse(""))) {
            find(
                    Finding.Kind.REQUEST_MISMATCH,
                    entry.index(),
                    "the decision at " + decisionIndex + " is another call's");
        } else if (released && !decision.permitted()) {
            find(Finding.Kind.RELEASED_WITHOUT_PERMIT, entry.index(), "the decision at " + decisionIndex + " says no");
        }
        entry.text("token/id").filter(_ -> entry.truth("token/accepted")).ifPresent(id -> token(entry, id));
    }

    private void tokenIssued(StoredEntry entry) {
        if (!open.containsKey(entry.number("decision_index").orElse(-1L))) {
            find(Finding.Kind.OUTCOME_WITHOUT_DECISION, entry.index(), "a token without an open decision");
        }
    }

    private void token(StoredEntry entry, String id) {
        if (tokens.put(id, latest) != null) {
            find(Finding.Kind.TOKEN_USED_TWICE, entry.index(), "its token was accepted before");
        }
        Instant expires = entry.instant("token/expires").orElse(Instant.MIN);
        if (!entry.instant("token/accepted_at").orElse(Instant.MAX).isBefore(expires)) {
            find(Finding.Kind.TOKEN_EXPIRED, entry.index(), "its token had expired");
        }
        tokens.values().removeIf(seen -> seen.isBefore(latest.minus(TOKENS_KEPT)));
    }

    private void checkVault() {
        if (vault.isPresent() && !unchecked.isEmpty()) {
            Map<String, Vault.Held> held = vault.get().open(unchecked);
            for (StoredEntry entry : unchecked) {
                entry.commitments()
                        .values()
                        .forEach(commitment -> compare(Optional.ofNullable(held.get(commitment)), entry.index()));
            }
        }
        unchecked.clear();
    }

    private void compare(Optional<Vault.Held> held, long index) {
        if (held.isEmpty()) {
            missing++;
        } else if (held.get().payload().isEmpty()) {
            erased++;
        } else if (held.get().payload().get().holds()) {
            kept++;
        } else {
            find(Finding.Kind.COMMITMENT_BROKEN, index, "a value in the vault is not the one committed to");
        }
    }

    private void find(Finding.Kind kind, long at, String what) {
        if (findings.size() < FINDINGS_MAX) {
            findings.add(new Finding(kind, at, what));
        }
    }
}
