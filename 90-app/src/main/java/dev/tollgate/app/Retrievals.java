// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditLog;
import dev.tollgate.governance.exception.ExceptionKind;
import dev.tollgate.governance.exception.ExceptionReport;
import dev.tollgate.governance.exception.ReportDesk;
import dev.tollgate.governance.note.Note;
import dev.tollgate.governance.note.Notes;
import dev.tollgate.policy.Bundles;
import dev.tollgate.policy.DecisionPoint;
import dev.tollgate.policy.bundle.UserRecord;
import dev.tollgate.secrets.ObservedSecretStore.Observed;
import dev.tollgate.secrets.RetrievalWatch;
import dev.tollgate.secrets.SecretStore;
import dev.tollgate.store.Store;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every retrieval of a credential becomes an entry of the audit log, and an unusual one an exception besides
/// (requirement S1-34). The entry is durable before the credential is used. What is retrieved before the log is open,
/// such as the database's password, waits for it.
final class Retrievals implements Consumer<Observed> {
    /// Whose exceptions they are: no agent asked for the secret itself.
    private static final AgentId GATEWAY = new AgentId("gateway");

    /// A start retrieves a few.
    private static final int EARLY_MAX = 64;

    /// Tenants that hear of a deployment's secret; the exceptions of more would say the same.
    private static final int TENANTS_MAX = 16;

    private static final Logger LOG = LoggerFactory.getLogger(Retrievals.class);

    private final InstantSource clock;
    private final Map<String, SystemId> systems;
    private final RetrievalWatch watch;
    private final List<Observed> early = new ArrayList<>();
    private @Nullable Consumer<Observed> told;

    Retrievals(Configuration configuration, InstantSource clock) {
        this.clock = clock;
        this.systems = named(configuration);
        this.watch = new RetrievalWatch(
                systems.keySet(),
                systems.keySet().stream()
                        .filter(name -> !SecretStore.SYSTEM.equals(systems.get(name)))
                        .collect(Collectors.toSet()),
                clock);
    }

    /// Where retrievals are told, once it is open.
    private record Told(AuditLog log, ReportDesk desk, Bundles bundles) {}

    /// The secrets that a configuration names, each with the system that it is for.
    private static Map<String, SystemId> named(Configuration configuration) {
        Map<String, SystemId> named = new HashMap<>();
        List<Optional<String>> own = new ArrayList<>();
        own.add(configuration.console().flatMap(Configuration.Provider::secret));
        own.add(configuration.review().dlp().flatMap(Reviews.Dlp::credential));
        own.add(configuration.review().model().flatMap(Reviews.Model::credential));
        own.add(configuration.secrets().keys().map(SecretPlace.Hsm::pin));
        configuration.models().forEach(model -> own.add(Optional.of(model.credential())));
        if (configuration.store() instanceof Configuration.Database.Postgres postgres) {
            own.add(Optional.of(postgres.password()));
        }
        configuration.systems().stream()
                .filter(system -> !system.credential().isEmpty())
                .forEach(system -> named.put(system.credential(), new SystemId(system.id())));
        own.forEach(name -> name.ifPresent(secret -> named.put(secret, SecretStore.SYSTEM)));
        return named;
    }

    /// From now on retrievals are told; those before are told now.
    void follow(AuditLog log, ReportDesk desk, Bundles bundles) {
        Told to = new Told(log, desk, bundles);
        follow(observed -> tell(observed, to));
    }

    /// For a command, which has no log of its own: a node that runs, or the next that starts, writes them into its log.
    void note(Store store) {
        String by = System.getProperty("user.name", "somebody");
        follow(observed -> store.write(session -> {
            Notes.add(session, new Note(Note.Event.SECRET_LEASED, by, clock.instant(), detail(observed)));
            return 0;
        }));
    }

    private Map<String, String> detail(Observed observed) {
        return Map.of(
                "system",
                systems.getOrDefault(observed.name(), SecretStore.SYSTEM).value(),
                "credential",
                observed.name(),
                "seconds_max",
                String.valueOf(
                        observed.expires().map(this::left).orElse(Duration.ZERO).toSeconds()));
    }

    private void follow(Consumer<Observed> to) {
        List<Observed> waiting;
        synchronized (early) {
            told = to;
            waiting = List.copyOf(early);
            early.clear();
        }
        waiting.forEach(this);
    }

    @Override
    public void accept(Observed observed) {
        Consumer<Observed> to;
        synchronized (early) {
            to = told;
            if (to == null && early.size() < EARLY_MAX) {
                early.add(observed);
            }
        }
        if (to != null) {
            to.accept(observed);
        }
    }

    private void tell(Observed observed, Told to) {
        Optional<RetrievalWatch.Pattern> unusual = watch.seen(observed);
        AuditEntry entry = new AuditEntry.SecretLeased(
                observed.decision(),
                systems.getOrDefault(observed.name(), SecretStore.SYSTEM),
                observed.name(),
                observed.expires().map(this::left));
        switch (to.log().record(entry)) {
            case Step.Passed<AuditLog.Recorded>(AuditLog.Recorded at) ->
                unusual.ifPresent(pattern -> alert(pattern, observed.name(), at.logIndex(), to));
            case Step.Refused<AuditLog.Recorded> _ ->
                LOG.atError().addKeyValue("secret", observed.name()).log("a retrieval is not in the audit log");
        }
    }

    /// A lease of no length says that there was none.
    private Duration left(Instant end) {
        Duration left = Duration.between(clock.instant(), end);
        return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left.plusMillis(500);
    }

    private static void alert(RetrievalWatch.Pattern pattern, String name, long index, Told to) {
        LOG.atWarn()
                .addKeyValue("secret", name)
                .addKeyValue("pattern", pattern.word())
                .log("unusual retrieval");
        tenants(to.bundles())
                .forEach(tenant -> to.desk()
                        .report(new ExceptionReport(
                                ExceptionKind.ANOMALY,
                                GATEWAY,
                                Optional.empty(),
                                tenant,
                                Optional.empty(),
                                new RuleId(pattern.word()),
                                Exceptions.OPERATIONS,
                                pattern.sentence() + ": `" + (plain(name) ? name : "a name that no secret can have")
                                        + "`",
                                List.of(index),
                                ExceptionReport.Severity.HIGH)));
    }

    private static boolean plain(String name) {
        return SecretStore.NAME.matcher(name).matches();
    }

    private static List<TenantId> tenants(Bundles bundles) {
        return bundles.active() instanceof Step.Passed<DecisionPoint> active
                ? active.state().bundle().users().values().stream()
                        .map(UserRecord::tenant)
                        .distinct()
                        .sorted(java.util.Comparator.comparing(TenantId::value))
                        .limit(TENANTS_MAX)
                        .toList()
                : List.of();
    }
}
