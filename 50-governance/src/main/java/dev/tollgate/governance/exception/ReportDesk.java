// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.exception;

import dev.tollgate.store.Store;
import dev.tollgate.store.StoreFailure;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.ToolName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes in what went wrong on the way of a call, and never makes the caller of another call wait for it.
///
/// The first refusal of its kind (tenant, agent, kind, rule, tool) on this node is in the store when
/// `report` returns. Repeats within `REPEAT` are counted here and written together by `flush`, which the
/// caller runs every `FLUSH`: an agent that fails a thousand times a second costs one small transaction a
/// second. A store that fails keeps everything waiting here. What a crash takes is the count of the
/// repeats of one `FLUSH` at most: the audit log has every refusal, before the agent hears of it.
public final class ReportDesk {
    /// How often the caller flushes.
    public static final Duration FLUSH = Duration.ofSeconds(1);

    /// How long a repeat waits for the next flush instead of being written at once.
    static final Duration REPEAT = Duration.ofMinutes(1);

    /// Kinds that are remembered at once. A bundle has fewer rules times tools; what comes on top is
    /// written at once each time: slow, and not lost.
    static final int KINDS_MAX = 10_000;

    /// Pieces of evidence that wait with a kind; an exception keeps no more.
    private static final int EVIDENCE_MAX = 100;

    private static final Logger LOG = LoggerFactory.getLogger(ReportDesk.class);

    private final Store store;
    private final ExceptionQueue queue;
    private final InstantSource clock;
    private final int kindsMax;
    private final Map<Kind, Waiting> kinds = new HashMap<>();

    /// A desk in front of `queue`, which is in `store`.
    public ReportDesk(Store store, ExceptionQueue queue, InstantSource clock) {
        this(store, queue, clock, KINDS_MAX);
    }

    ReportDesk(Store store, ExceptionQueue queue, InstantSource clock, int kindsMax) {
        this.store = store;
        this.queue = queue;
        this.clock = clock;
        this.kindsMax = kindsMax;
    }

    private record Kind(TenantId tenant, AgentId agent, ExceptionKind kind, RuleId rule, Optional<ToolName> tool) {
        static Kind of(ExceptionReport report) {
            return new Kind(report.tenant(), report.agent(), report.kind(), report.rule(), report.tool());
        }
    }

    /// Repeats that are not written yet.
    private static final class Waiting {
        private final Instant since;
        private final ExceptionReport first;
        private final List<Long> evidence = new ArrayList<>();
        private long amount;

        Waiting(Instant since, ExceptionReport first) {
            this.since = since;
            this.first = first;
        }

        void add(long more, List<Long> indexes) {
            amount += more;
            indexes.stream().limit(Math.max(0, EVIDENCE_MAX - evidence.size())).forEach(evidence::add);
        }
    }

    /// One kind, taken out to be written.
    private record Batch(Kind kind, ExceptionReport report, long amount) {}

    /// Takes a report in. Never throws and never refuses.
    public void report(ExceptionReport report) {
        if (!first(report)) {
            return;
        }
        try {
            queue.open(report);
        } catch (StoreFailure failed) {
            later(Kind.of(report), report, 1);
            LOG.atWarn().addKeyValue("cause", failed.kind()).log("an exception waits until the store is back");
        }
    }

    private synchronized boolean first(ExceptionReport report) {
        Kind kind = Kind.of(report);
        Waiting known = kinds.get(kind);
        if (known != null && known.since.plus(REPEAT).isAfter(clock.instant())) {
            known.add(1, report.evidence());
            return false;
        }
        if (known == null && kinds.size() < kindsMax) {
            kinds.put(kind, new Waiting(clock.instant(), report));
        } else if (known != null) {
            Waiting again = new Waiting(clock.instant(), report);
            again.add(known.amount, known.evidence);
            kinds.put(kind, again);
        }
        return true;
    }

    /// What could not be written waits, also above `KINDS_MAX`: a failing store stops every call within a
    /// second (see `KillSwitch`), so no more than that comes.
    private synchronized void later(Kind kind, ExceptionReport report, long amount) {
        kinds.computeIfAbsent(kind, _ -> new Waiting(clock.instant(), report)).add(amount, report.evidence());
    }

    /// Writes what waits. Never throws: what cannot be written waits on.
    ///
    /// @return whether nothing waits any more
    public boolean flush() {
        List<Batch> batches = taken();
        if (batches.isEmpty()) {
            return true;
        }
        try {
            store.write(session -> {
                batches.forEach(batch -> queue.open(session, batch.report(), batch.amount()));
                return batches.size();
            });
            return true;
        } catch (StoreFailure failed) {
            batches.forEach(batch -> later(batch.kind(), batch.report(), batch.amount()));
            LOG.atWarn()
                    .addKeyValue("cause", failed.kind())
                    .addKeyValue("waiting", batches.size())
                    .log("exceptions wait until the store is back");
            return false;
        }
    }

    private synchronized List<Batch> taken() {
        List<Batch> batches = new ArrayList<>();
        Iterator<Map.Entry<Kind, Waiting>> each = kinds.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<Kind, Waiting> one = each.next();
            Waiting waiting = one.getValue();
            if (waiting.amount > 0) {
                batches.add(new Batch(one.getKey(), waiting.first.with(waiting.evidence), waiting.amount));
                waiting.amount = 0;
                waiting.evidence.clear();
            }
            if (!waiting.since.plus(REPEAT).isAfter(clock.instant())) {
                each.remove();
            }
        }
        return batches;
    }
}
