// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.harness;

import dev.tollgate.app.Configuration;
import dev.tollgate.app.Tollgate;
import dev.tollgate.connectors.demo.DemoData;
import dev.tollgate.egress.net.Resolver;
import dev.tollgate.identity.Grant;
import dev.tollgate.identity.TokenIssuer;
import dev.tollgate.scenarios.harness.Ask.Token;
import dev.tollgate.secrets.CryptoProviders;
import dev.tollgate.secrets.SigningKeys;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Confirmation;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.SessionId;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.WorkflowId;
import dev.tollgate.terms.testing.Property;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// The whole product as `tollgate up` starts it, on a free port and a folder of its own, with a clock that tests move.
public final class GatewayUnderTest implements AutoCloseable {
    private final Configuration configuration;
    private final MovingClock clock;
    private final Tollgate running;
    private final RandomGenerator ids = Property.random(System.nanoTime());
    private final List<WireClient> clients = new ArrayList<>();

    private GatewayUnderTest(Configuration configuration, MovingClock clock, Resolver names) {
        this.configuration = configuration;
        this.clock = clock;
        this.running = Tollgate.start(configuration, clock, names);
    }

    /// The embedded default, in `folder`, with the built-in bundle.
    public static GatewayUnderTest start(Path folder) {
        return start(embedded(folder), new MovingClock());
    }

    /// The embedded default, in `folder`, with a bundle of the test's own.
    public static GatewayUnderTest start(Path folder, BundleFolder bundle) {
        return start(withBundle(embedded(folder), bundle), new MovingClock());
    }

    /// Any configuration.
    public static GatewayUnderTest start(Configuration configuration, MovingClock clock) {
        return start(configuration, clock, Resolver.system());
    }

    /// Any configuration, with names of the test's own.
    public static GatewayUnderTest start(Configuration configuration, MovingClock clock, Resolver names) {
        return new GatewayUnderTest(configuration, clock, names);
    }

    /// The embedded default on a free port.
    public static Configuration embedded(Path folder) {
        return Configuration.embedded(folder).on(0);
    }

    /// The same with a bundle of the test's own.
    public static Configuration withBundle(Configuration from, BundleFolder bundle) {
        return new Configuration(
                from.listen(),
                from.data(),
                Optional.of(bundle.path()),
                from.store(),
                from.secrets(),
                from.systems(),
                from.demo(),
                from.log(),
                from.telemetry(),
                from.fixtures());
    }

    /// Opens the store of a gateway that does not run yet, with the demo data loaded, to put records of a test's own
    /// in.
    public static void seed(Path folder, MovingClock clock, Consumer<Store> work) {
        try (Store store = Stores.open(StoreConfig.sqlite(folder.resolve("tollgate.db")))) {
            DemoData.load(store, clock.instant());
            work.accept(store);
        }
    }

    /// An agent with a token of its own.
    public WireClient agent(Token token) {
        WireClient client = new WireClient(running.port(), bearer(token));
        clients.add(client);
        return client;
    }

    /// A bearer token, signed with the deployment's own key.
    public String bearer(Token token) {
        return bearer(configuration.data(), clock, ids, token);
    }

    /// A token that only the owner of a key can use.
    public String bearer(Token token, Confirmation cnf) {
        return bearer(configuration.data(), clock, ids, token, cnf);
    }

    /// A bearer token, signed with the key of the deployment in `data`.
    static String bearer(Path data, InstantSource clock, RandomGenerator ids, Token token) {
        return bearer(data, clock, ids, token, Confirmation.NONE);
    }

    private static String bearer(Path data, InstantSource clock, RandomGenerator ids, Token token, Confirmation cnf) {
        Set<Scope> scopes = new LinkedHashSet<>();
        token.scopes().forEach(text -> scopes.add(Scope.parse(text).orElseThrow()));
        Grant grant = Grant.of(new AgentId(token.agent()), new UserId(token.user()), scopes)
                .lasting(token.life())
                .within(new TaskId(token.task()), new SessionId(token.session()));
        Grant running = token.workflow().isEmpty() ? grant : grant.running(new WorkflowId(token.workflow()));
        Grant about = token.customer().isEmpty() ? running : running.about(token.customer());
        Grant at = token.step().isEmpty() ? about : about.at(token.step());
        Grant on = token.caseId().isEmpty() ? at : at.on(token.caseId());
        Grant asked = token.request().isEmpty() ? on : on.asking(token.request());
        SigningKeys keys = new SigningKeys(data.resolve("keys"), CryptoProviders.best());
        return new TokenIssuer(
                        keys.openOrCreate(SigningKeys.Purpose.DELEGATION), clock, ids, "tollgate", "tollgate-gateway")
                .issue(asked.boundTo(cnf));
    }

    /// The clock that the gateway reads.
    public MovingClock clock() {
        return clock;
    }

    /// Where the gateway listens.
    public int port() {
        return running.port();
    }

    /// Where its egress proxy listens.
    public int egressPort() {
        return running.egressPort().orElseThrow();
    }

    /// Where its console is.
    public String console() {
        return running.console();
    }

    /// A one-time code with which a person of the bundle enrols a passkey.
    public String enrol(String user) {
        return running.enrol(user).orElseThrow();
    }

    /// The data folder.
    public Path data() {
        return configuration.data();
    }

    /// Everything that agents of this gateway got.
    public List<RawHttp.Exchange> exchanges() {
        return clients.stream().flatMap(client -> client.exchanges().stream()).toList();
    }

    @Override
    public void close() {
        clients.forEach(WireClient::close);
        running.close();
    }
}
