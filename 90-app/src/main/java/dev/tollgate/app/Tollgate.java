// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditEntry.Administered.Event;
import dev.tollgate.audit.AuditLog;
import dev.tollgate.connectors.Door;
import dev.tollgate.containment.Budgets;
import dev.tollgate.egress.EgressProxy;
import dev.tollgate.egress.net.Resolver;
import dev.tollgate.gateway.stage.Contain;
import dev.tollgate.gateway.stage.Journal;
import dev.tollgate.gateway.way.TollgateFront;
import dev.tollgate.identity.bound.Nonces;
import dev.tollgate.identity.bound.ProofVerifier;
import dev.tollgate.inspection.Inspector;
import dev.tollgate.lineage.FlowDecay;
import dev.tollgate.policy.DecisionPoint;
import dev.tollgate.policy.bundle.BundleFiles;
import dev.tollgate.policy.bundle.Loading;
import dev.tollgate.server.RunningServer;
import dev.tollgate.server.Server;
import dev.tollgate.server.mcp.SealingKey;
import dev.tollgate.server.rest.KeySetDoor;
import dev.tollgate.server.tls.Tls;
import dev.tollgate.store.SingleUse;
import dev.tollgate.store.StoreFailure;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import io.opentelemetry.api.OpenTelemetry;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/// A running gateway: everything that one node is, opened in the order of the rooms and closed in reverse.
public final class Tollgate implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Foundations base;
    private final AuditLog audit;
    private final RunningServer server;
    private final Optional<EgressProxy> egress;

    private Tollgate(Configuration configuration, InstantSource clock, Resolver names, Map<SystemId, Door> doors) {
        boolean up = false;
        NativeParts.load();
        CompletableFuture<Inspector> inspector = House.inspector();
        try {
            base = keep(Foundations.open(configuration, clock));
            AuditRoom room = keep(AuditRoom.open(base));
            audit = room.audit();
            activateFirst();
            Activations activations = keep(Activations.follow(room, base.bundles()));
            Memories memories = Memories.in(base);
            Systems systems = keep(new Systems(
                    configuration,
                    base.store(),
                    House.check(base),
                    base.secrets(),
                    clock,
                    base.random(),
                    memories.artifacts(),
                    doors));
            Governance people = keep(Governance.open(base, audit));
            base.retrievals().follow(audit, people.exceptions().desk(), base.bundles());
            Bearers bearers = Bearers.of(base);
            Contain contain = new Contain(memories.budgets(), memories.loops(), people.oversight());
            TollgateFront front =
                    House.front(base, audit, systems, people.oversight(), memories, bearers, contain, inspector);
            keep(new Retention(base, people.oversight().approvals()));
            keep(new NoteTaking(base, people.oversight().approvals(), audit));
            keep(new Rollbacks(
                    base, audit, systems::connector, people.exceptions().queue()));
            keep(new Housekeeping(
                    new SingleUse(base.store()),
                    memories,
                    this::decay,
                    people.oversight().keys(),
                    clock));
            record(Event.STARTED);
            server = keep(Server.start(
                    Listening.config(configuration),
                    needs(front, room, people, memories.budgets(), bearers, contain, inspector)));
            activations.tell(server.listeners()::toolsChanged);
            egress = EgressRoom.open(base, audit, people.oversight(), memories.budgets(), bearers, names);
            egress.ifPresent(this::keep);
            up = true;
        } finally {
            if (!up) {
                closeAll();
            }
        }
    }

    /// Starts a gateway.
    ///
    /// @throws RuntimeException when anything that it needs cannot be opened; what was opened is closed again
    public static Tollgate start(Configuration configuration, InstantSource clock) {
        return start(configuration, clock, Resolver.system());
    }

    /// Starts a gateway whose egress proxy looks names up in `names`.
    public static Tollgate start(Configuration configuration, InstantSource clock, Resolver names) {
        return new Tollgate(configuration, clock, names, Map.of());
    }

    /// Starts a gateway with further systems, which no configuration names.
    static Tollgate start(Configuration configuration, InstantSource clock, Map<SystemId, Door> doors) {
        return new Tollgate(configuration, clock, Resolver.system(), doors);
    }

    private <T extends AutoCloseable> T keep(T resource) {
        opened.push(resource);
        return resource;
    }

    /// A deployment without a bundle gets the configured one, or the example.
    private void activateFirst() {
        if (base.bundles().active() instanceof Step.Passed<DecisionPoint>) {
            return;
        }
        BundleFiles files =
                base.configuration().bundle().map(BundleFiles::of).orElseGet(() -> BuiltInBundle.named("default"));
        switch (base.bundles().activate(files, "first start")) {
            case Loading.Loaded _ -> {}
            case Loading.Invalid invalid ->
                throw new ConfigurationFile.InvalidConfiguration("the bundle is not valid:\n" + invalid.problems());
        }
    }

    /// As the bundle in force says; the longest there is when nobody can say.
    private FlowDecay decay() {
        return base.bundles().active() instanceof Step.Passed<DecisionPoint> passed
                ? passed.state().bundle().flow()
                : new FlowDecay(FlowDecay.MOST, Map.of(), FlowDecay.MOST);
    }

    private Server.Needs needs(
            TollgateFront front,
            AuditRoom room,
            Governance people,
            Budgets budgets,
            Bearers bearers,
            Contain contain,
            CompletableFuture<Inspector> inspector) {
        Optional<Tls> tls =
                TlsRoom.open(base.configuration(), base.clock()).map(this::keep).map(TlsRoom::tls);
        Server.Needs alone = Server.Needs.alone(
                front, bearers::name, SealingKey.of(base.keys().session().getEncoded()), base.clock(), base.random());
        OpenTelemetry telemetry =
                keep(Telemetry.of(base.configuration().telemetry())).openTelemetry();
        Optional<ModelRoom> models = ModelRoom.open(base, audit, people.oversight(), budgets, bearers, inspector);
        models.ifPresent(this::keep);
        return new Server.Needs(
                alone.front(),
                alone.identities(),
                new dev.tollgate.server.ops.Readiness(Map.of(
                        "log",
                        room::writable,
                        "bundle",
                        () -> base.bundles().active() instanceof Step.Passed<DecisionPoint>)),
                telemetry,
                new StoreOnce(base.store()),
                alone.sealKey(),
                new Server.Access(
                        ProofVerifier.algorithms(), () -> bearers.nonces().map(Nonces::fresh), tls),
                alone.clock(),
                alone.random(),
                port -> {
                    String url = IdentityRoom.reached(base.configuration(), port);
                    Server.More console = ConsoleRoom.doors(base, people, room, port)
                            .with(KeySetDoor.PATH, new KeySetDoor(base.keys().published()))
                            .handing(new IdentityRoom(base, url)
                                    .exchange(bearers, contain, people.oversight(), new Journal(audit, base.clock())));
                    return models.map(open -> open.beside(console, telemetry)).orElse(console);
                });
    }

    /// The key that bearer tokens of this deployment are signed with.
    SigningKey signing() {
        return base.keys().delegation();
    }

    /// Where the gateway is, for example `http://127.0.0.1:7400`.
    public String url() {
        return server.url();
    }

    /// Where people find the console, for example `http://localhost:7400/console/`.
    public String console() {
        return ConsoleRoom.site(base.configuration(), port()).at("");
    }

    /// A one-time code with which a person enrols a passkey; nothing when the bundle does not know them.
    public Optional<String> enrol(String user) {
        return ConsoleRoom.enrol(base, user);
    }

    /// Whom to enrol first, by id; nobody once anybody has a passkey.
    Optional<String> firstPerson() {
        return ConsoleRoom.first(base).map(person -> person.user().value());
    }

    /// The port that it listens on.
    public int port() {
        return server.port();
    }

    /// The port of the egress proxy, when there is one.
    public OptionalInt egressPort() {
        return egress.map(proxy -> OptionalInt.of(proxy.port())).orElse(OptionalInt.empty());
    }

    private void record(Event event) {
        Optional<PolicyVersion> policy = base.bundles().active() instanceof Step.Passed<DecisionPoint> passed
                ? Optional.of(passed.state().bundle().version())
                : Optional.empty();
        Map<String, String> detail = Activations.newest(base.bundles())
                .map(one -> Map.of(Activations.DETAIL, Long.toString(one.number())))
                .orElseGet(Map::of);
        if (audit.record(new AuditEntry.Administered(event, "gateway", policy, detail))
                instanceof Step.Refused<AuditLog.Recorded>) {
            throw new IllegalStateException("the audit log cannot be written");
        }
    }

    @Override
    public void close() {
        server.stop();
        egress.ifPresent(EgressProxy::close);
        try {
            record(Event.STOPPED);
        } catch (IllegalStateException | StoreFailure _) {
            // The log or the store is gone: there is nowhere to say so, and the next start reports it.
        }
        closeAll();
    }

    private void closeAll() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception _) {
                // What is left must still be closed.
            }
        }
    }
}
