// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditEntry.Administered.Event;
import dev.tollgate.audit.AuditLog;
import dev.tollgate.governance.halt.HaltScope;
import dev.tollgate.governance.halt.KillSwitch;
import dev.tollgate.terms.Step;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Ends what belongs to whom somebody put into this node's `halt` file, and writes into its audit log what they put in
/// and took out: nobody signs
/// in to edit a file, so that it was the file is all that can be said of who did it. Apart from the switch itself,
/// which acts whether or not the log can be written. For one thread.
final class HaltFileNotes {
    private static final String WHO = "halt-file";

    /// Entries of one look; a longer list goes on with the next, 250 ms later.
    private static final int ENTRIES_MAX = 100;

    private final KillSwitch halts;
    private final AuditLog log;
    private final Set<HaltScope> noted = new HashSet<>();
    private boolean readable = true;

    HaltFileNotes(KillSwitch halts, AuditLog log) {
        this.halts = halts;
        this.log = log;
    }

    /// Notes what is different from the last look; what the log does not take is noted by the next.
    void look() {
        Optional<Set<HaltScope>> file = halts.onDisk();
        boolean now = file.isPresent();
        if (now != readable && written(now ? Event.RESUMED : Event.HALTED, HaltScope.EVERYTHING, "unreadable")) {
            readable = now;
        }
        file.ifPresent(this::note);
    }

    private void note(Set<HaltScope> file) {
        int left = ENTRIES_MAX;
        Set<HaltScope> changed = new HashSet<>(file);
        changed.addAll(noted);
        for (HaltScope scope : changed) {
            boolean on = file.contains(scope);
            if (on == noted.contains(scope)) {
                continue;
            }
            if (left-- == 0 || !written(on ? Event.HALTED : Event.RESUMED, scope, "named")) {
                return;
            }
            halts.end(scope);
            boolean _ = on ? noted.add(scope) : noted.remove(scope);
        }
    }

    private boolean written(Event event, HaltScope scope, String file) {
        AuditEntry entry = new AuditEntry.Administered(
                event, WHO, Optional.empty(), Map.of("scope", scope.toString(), "file", file));
        return log.record(entry) instanceof Step.Passed<AuditLog.Recorded>;
    }
}
