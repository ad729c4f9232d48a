// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.journal;

import dev.tollgate.governance.journal.Fate.End;
import dev.tollgate.governance.journal.JournalEntry.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Takes changes back in several lanes: a lane for each record, in the order of its changes. A record that
/// was made or deleted may belong to others, so everything before it ends first.
final class Lanes {
    /// Failures one after the other after which the rest is not tried: a system that is down would cost its
    /// time limit for each of ten thousand changes.
    private static final int FAILURES_MAX = 5;

    private final int atOnce;
    private final AtomicInteger failures = new AtomicInteger();

    Lanes(int atOnce) {
        this.atOnce = atOnce;
    }

    List<Fate> run(List<JournalEntry> entries, Function<JournalEntry, Fate> work) {
        Map<ChangeId, Fate> fates = new HashMap<>();
        int from = 0;
        while (from < entries.size()) {
            int to = from + 1;
            while (changed(entries, from) && to < entries.size() && changed(entries, to)) {
                to++;
            }
            together(entries.subList(from, to), work)
                    .forEach(fate -> fates.put(fate.entry().id(), fate));
            from = to;
        }
        return entries.stream()
                .flatMap(entry -> Optional.ofNullable(fates.get(entry.id())).stream())
                .toList();
    }

    private static boolean changed(List<JournalEntry> entries, int at) {
        return entries.get(at).kind() == Kind.CHANGED;
    }

    private List<Fate> together(List<JournalEntry> entries, Function<JournalEntry, Fate> work) {
        Map<String, List<JournalEntry>> lanes = new LinkedHashMap<>();
        entries.forEach(entry ->
                lanes.computeIfAbsent(lane(entry), _ -> new ArrayList<>()).add(entry));
        if (atOnce == 1 || lanes.size() == 1) {
            return entries.stream().map(entry -> one(entry, work)).toList();
        }
        List<Future<List<Fate>>> running = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
            for (List<JournalEntry> lane : lanes.values()) {
                running.add(threads.submit(
                        () -> lane.stream().map(entry -> one(entry, work)).toList()));
            }
        }
        return running.stream().flatMap(lane -> ended(lane).stream()).toList();
    }

    private static String lane(JournalEntry entry) {
        return entry.change().target().system() + "/" + entry.change().target().object() + "/"
                + entry.record().map(Object::toString).orElse(entry.id().value());
    }

    private Fate one(JournalEntry entry, Function<JournalEntry, Fate> work) {
        if (failures.get() >= FAILURES_MAX) {
            return new Fate(entry, End.FAILED, Optional.empty());
        }
        Fate fate = work.apply(entry);
        switch (fate.end()) {
            case FAILED -> failures.incrementAndGet();
            case REVERTED, EDITED -> failures.set(0);
            case REVERTIBLE, ALREADY, IRREVERSIBLE, UNKNOWN, BUSY -> {
                // Says nothing of the system.
            }
        }
        return fate;
    }

    private static List<Fate> ended(Future<List<Fate>> lane) {
        try {
            return lane.get();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException why ? why : new IllegalStateException(failed);
        }
    }
}
