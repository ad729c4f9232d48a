// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.journal;

import dev.tollgate.governance.journal.Fate.End;
import dev.tollgate.governance.journal.JournalEntry.Revert;
import dev.tollgate.governance.journal.JournalEntry.RevertState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/// What one run knows of the changes of records that it takes changes back of: read once for each
/// record, and kept true of what the run itself does. Without it each step reads every change of
/// its record.
///
/// INVARIANT: what is kept never lets a change be taken back that the journal would not. It is
/// believed only where every version from the change's to the record's present one is one that it
/// knows: a change that it misses made a version that it does not know. Whatever it is not sure of
/// is read anew.
final class Histories {
    /// Changes that a run keeps, with their values; records beyond are read each time.
    private static final int KEPT_MAX = 20_000;

    private final ChangeJournal journal;
    private final ConcurrentMap<String, List<JournalEntry>> known = new ConcurrentHashMap<>();
    private final AtomicInteger kept = new AtomicInteger();

    Histories(ChangeJournal journal) {
        this.journal = journal;
    }

    /// @param now the record as it is
    Judgement judged(JournalEntry entry, Optional<Restorer.Current> now) {
        List<JournalEntry> before = known.get(record(entry));
        boolean versioned = now.flatMap(Restorer.Current::version).isPresent();
        if (before != null && versioned) {
            Judgement judgement = new Judgement(entry, before, Set.of(), now);
            if (judgement.fate().end() == End.REVERTIBLE && judgement.ours()) {
                return judgement;
            }
        }
        List<JournalEntry> fresh = journal.ofSameRecord(entry);
        int forgotten = before == null ? 0 : before.size();
        if (kept.addAndGet(fresh.size() - forgotten) <= KEPT_MAX) {
            known.put(record(entry), fresh);
        } else {
            kept.addAndGet(-fresh.size());
            known.remove(record(entry));
        }
        return new Judgement(entry, fresh, Set.of(), now);
    }

    /// This run has taken a change back.
    void reverted(JournalEntry entry, Optional<String> from, Optional<String> to) {
        known.computeIfPresent(record(entry), (_, changes) -> {
            List<JournalEntry> now = new ArrayList<>(changes);
            now.replaceAll(one -> one.id().equals(entry.id()) ? one.with(new Revert(RevertState.DONE, from, to)) : one);
            return now;
        });
    }

    private static String record(JournalEntry entry) {
        return entry.change().target().system() + "/" + entry.change().target().object() + "/"
                + entry.record().map(Object::toString).orElse(entry.id().value());
    }
}
