// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.access;

import dev.tollgate.audit.AccessUse;
import dev.tollgate.governance.Paged;
import dev.tollgate.governance.exception.ExceptionCase;
import dev.tollgate.governance.exception.ExceptionQueue;
import dev.tollgate.governance.review.AccessReviews;
import dev.tollgate.governance.review.Reviewed;
import dev.tollgate.policy.AccessLine;
import dev.tollgate.policy.AccessReview;
import dev.tollgate.policy.Bundles;
import dev.tollgate.policy.Narrowing;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.policy.bundle.UserRecord;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.Require;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.WorkflowId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is granted, what of it was used in the last 90 days, and what people decided about it
/// (requirement S0-42). Granted comes from the policies in force, used from the audit log. Safe for
/// many threads.
public final class AccessBook {
    /// Pages of exceptions that drift is counted from: as many as a queue has room for.
    private static final int PAGES_MAX = 100;

    private final Bundles bundles;
    private final AccessUse use;
    private final AccessReviews reviews;
    private final ExceptionQueue exceptions;
    private final InstantSource clock;

    /// The last bundle that was computed: it takes longer than a page may.
    private volatile @Nullable Computed computed;

    private record Computed(PolicyVersion version, List<AccessLine> lines) {}

    /// @param use        what was used
    /// @param reviews    what people decided
    /// @param exceptions what was refused and looked at
    public AccessBook(
            Bundles bundles, AccessUse use, AccessReviews reviews, ExceptionQueue exceptions, InstantSource clock) {
        this.bundles = bundles;
        this.use = use;
        this.reviews = reviews;
        this.exceptions = exceptions;
        this.clock = clock;
    }

    /// One permission beside its use.
    ///
    /// @param times permitted calls of the last 90 days
    /// @param last  the day of the last one
    public record Row(AccessLine line, long times, Optional<Instant> last) {}

    /// The book at a moment.
    ///
    /// @param bundle  in force
    /// @param whole   everything that is in the log was counted
    /// @param rows    in reading order
    /// @param reviews newest first
    /// @param drift   exceptions of each agent in the last 90 days: many mean that policy and work grow apart
    public record Open(
            Bundle bundle, boolean whole, List<Row> rows, List<Reviewed> reviews, SortedMap<String, Long> drift) {
        /// The last review of an agent in a workflow.
        public Optional<Reviewed> last(AgentId agent, WorkflowId workflow) {
            return reviews.stream()
                    .filter(one -> one.agent().equals(agent) && one.workflow().equals(workflow))
                    .findFirst();
        }

        /// Classes that a workflow names and that nobody used in it: what could be taken away.
        public SortedSet<String> unused(WorkflowId workflow) {
            Set<DataClass> used = rows.stream()
                    .filter(row -> row.line().workflow().equals(workflow) && row.times() > 0)
                    .map(row -> row.line().dataClass())
                    .collect(Collectors.toSet());
            return Narrowing.unused(bundle, workflow, used).stream()
                    .map(DataClass::name)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /// Opens the book. Refuses with `Undecidable` when no bundle is in force.
    public Step<Open> open() {
        return bundles.active().then(point -> Step.pass(open(point.bundle(), tenants(point.bundle()))));
    }

    /// Opens the book for people of one tenant, whose exceptions alone they are told of.
    public Step<Open> open(TenantId tenant) {
        return bundles.active().then(point -> Step.pass(open(point.bundle(), List.of(tenant))));
    }

    private static List<TenantId> tenants(Bundle bundle) {
        return bundle.users().values().stream()
                .map(UserRecord::tenant)
                .distinct()
                .toList();
    }

    private Open open(Bundle bundle, List<TenantId> tenants) {
        Instant now = clock.instant();
        boolean whole = use.follow();
        String usual = bundle.defaultWorkflow().map(WorkflowId::value).orElse("");
        Map<List<String>, AccessUse.Use> used = new TreeMap<>(java.util.Comparator.comparing(Object::toString));
        use.since(now.minus(AccessUse.LOOKBACK))
                .forEach(one -> used.merge(
                        List.of(
                                one.agent(),
                                one.workflow().isEmpty() ? usual : one.workflow(),
                                one.verb(),
                                one.dataClass(),
                                one.destination()),
                        one,
                        AccessBook::sum));
        List<Row> rows =
                lines(bundle, now).stream().map(line -> row(line, used::get)).toList();
        return new Open(bundle, whole, rows, reviews.list(), drift(tenants, now.minus(AccessUse.LOOKBACK)));
    }

    private static AccessUse.Use sum(AccessUse.Use one, AccessUse.Use other) {
        Instant last = one.last().isAfter(other.last()) ? one.last() : other.last();
        return new AccessUse.Use(
                one.agent(),
                one.workflow(),
                one.verb(),
                one.dataClass(),
                one.destination(),
                one.times() + other.times(),
                last);
    }

    private static Row row(AccessLine line, Function<List<String>, AccessUse.@Nullable Use> used) {
        AccessUse.Use one = used.apply(List.of(
                line.agent().value(),
                line.workflow().value(),
                line.verb().word(),
                line.dataClass().name(),
                line.destination()));
        return one == null ? new Row(line, 0, Optional.empty()) : new Row(line, one.times(), Optional.of(one.last()));
    }

    private List<AccessLine> lines(Bundle bundle, Instant now) {
        Computed known = computed;
        if (known == null || !known.version.equals(bundle.version())) {
            known = new Computed(bundle.version(), AccessReview.of(bundle, now));
            computed = known;
        }
        return known.lines;
    }

    private SortedMap<String, Long> drift(List<TenantId> tenants, Instant since) {
        SortedMap<String, Long> drift = new TreeMap<>();
        tenants.forEach(tenant -> count(tenant, since, drift));
        return drift;
    }

    private void count(TenantId tenant, Instant since, SortedMap<String, Long> drift) {
        Optional<String> cursor = Optional.empty();
        for (int pages = 0; pages < PAGES_MAX; pages++) {
            Paged<ExceptionCase> page = exceptions.list(tenant, Optional.empty(), cursor, Paged.LIMIT_MAX);
            for (ExceptionCase one : page.items()) {
                if (one.opened().isBefore(since)) {
                    return;
                }
                drift.merge(one.report().agent().value(), one.amount(), Long::sum);
            }
            cursor = page.next();
            if (cursor.isEmpty()) {
                return;
            }
        }
    }

    /// Writes down that everything is needed.
    ///
    /// @param again when somebody looks again
    /// @throws IllegalArgumentException when the agent does not run the workflow
    public Reviewed keep(Bundle bundle, AgentId agent, WorkflowId workflow, String by, Duration again) {
        return add(bundle, agent, workflow, by, again, Set.of());
    }

    /// The change that takes classes away from a workflow, before anybody decides on it; nothing when there is none,
    /// or the bundle would not load with it.
    public Optional<Narrowing> proposed(Bundle bundle, WorkflowId workflow, Set<DataClass> away) {
        try {
            return away.isEmpty() ? Optional.empty() : Narrowing.of(bundles.files(bundle.version()), workflow, away);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// Proposes to take classes away from a workflow, and writes that down. Nothing changes before a bundle with the
    /// change is activated.
    ///
    /// @throws IllegalArgumentException when there is no such change, or the bundle would not load with it
    public Narrowing narrow(
            Bundle bundle, AgentId agent, WorkflowId workflow, String by, Duration again, Set<DataClass> away) {
        Require.require(!away.isEmpty(), "name at least one class to take away");
        Narrowing narrowing = Narrowing.of(bundles.files(bundle.version()), workflow, away)
                .orElseThrow(() -> new IllegalArgumentException("the workflow names none of these classes, or is"
                        + " written in a way that cannot be edited: edit it by hand"));
        add(bundle, agent, workflow, by, again, away);
        return narrowing;
    }

    private Reviewed add(
            Bundle bundle, AgentId agent, WorkflowId workflow, String by, Duration again, Set<DataClass> away) {
        boolean runs = Optional.ofNullable(bundle.agents().get(agent))
                .filter(record -> record.workflows().contains(workflow))
                .isPresent();
        Require.require(runs, "no agent of this name runs this workflow");
        Instant now = clock.instant();
        Reviewed reviewed = new Reviewed(
                agent,
                workflow,
                by,
                away.isEmpty() ? Reviewed.Verdict.KEPT : Reviewed.Verdict.NARROWED,
                away.stream().map(DataClass::name).sorted().toList(),
                bundle.version(),
                now,
                now.plus(again));
        reviews.add(reviewed);
        return reviewed;
    }
}
