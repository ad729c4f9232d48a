// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.app.Configuration.ConnectedSystem;
import dev.tollgate.catalog.Contract;
import dev.tollgate.catalog.Metadata;
import dev.tollgate.connectors.Connector;
import dev.tollgate.connectors.Discovery;
import dev.tollgate.connectors.Door;
import dev.tollgate.connectors.GuardedConnector;
import dev.tollgate.connectors.chat.ChatConfig;
import dev.tollgate.connectors.chat.ChatDoor;
import dev.tollgate.connectors.demo.DemoData;
import dev.tollgate.connectors.demo.DemoDoor;
import dev.tollgate.connectors.document.DocumentDoor;
import dev.tollgate.connectors.mail.MailConfig;
import dev.tollgate.connectors.mail.MailDoor;
import dev.tollgate.connectors.mcp.McpConfig;
import dev.tollgate.connectors.mcp.McpDoor;
import dev.tollgate.connectors.sql.SqlConfig;
import dev.tollgate.connectors.sql.SqlDoor;
import dev.tollgate.connectors.tryton.TrytonConfig;
import dev.tollgate.connectors.tryton.TrytonDoor;
import dev.tollgate.connectors.webhook.WebhookConfig;
import dev.tollgate.connectors.webhook.WebhookDoor;
import dev.tollgate.policy.token.TokenCheck;
import dev.tollgate.secrets.Artifacts;
import dev.tollgate.secrets.SecretStore;
import dev.tollgate.store.Store;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.MailAddress;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// The connected systems: one door each, opened once, and a guard for each contract that a bundle
/// brings. A bundle that is activated with another contract gets another guard in front of the same
/// door.
final class Systems implements AutoCloseable {
    /// Guards that are kept: those of the bundle in force and of the ones before it, whose calls are ending.
    private static final int GUARDS_MAX = 256;

    private static final int POSTGRES_PORT = 5432;

    private record Place(SystemId system, Digest contract) {}

    private final Map<SystemId, Door> doors;
    private final Map<SystemId, String> credentials;
    private final TokenCheck check;
    private final SecretStore secrets;
    private final Map<Place, Connector> guards = new LinkedHashMap<>();

    /// @param random makes the ids of what leaves
    /// @param artifacts documents on their way
    /// @param more doors that no configuration names
    Systems(
            Configuration configuration,
            Store store,
            TokenCheck check,
            SecretStore secrets,
            InstantSource clock,
            RandomGenerator random,
            Artifacts artifacts,
            Map<SystemId, Door> more) {
        this.check = check;
        this.secrets = secrets;
        Map<SystemId, Door> opened = new TreeMap<>(java.util.Comparator.comparing(SystemId::value));
        Map<SystemId, String> named = new TreeMap<>(java.util.Comparator.comparing(SystemId::value));
        if (configuration.demo()) {
            opened.put(new SystemId("demo"), new DemoDoor(store, clock, DemoData.loading(store, clock.instant())));
        }
        opened.put(new SystemId("documents"), new DocumentDoor(artifacts));
        for (ConnectedSystem system : configuration.systems()) {
            SystemId id = new SystemId(system.id());
            opened.put(id, door(system, clock, random));
            named.put(id, system.credential());
        }
        opened.putAll(more);
        this.doors = Map.copyOf(opened);
        this.credentials = Map.copyOf(named);
    }

    private static Door door(ConnectedSystem system, InstantSource clock, RandomGenerator random) {
        try {
            return opened(system, clock, random);
        } catch (IllegalArgumentException wrong) {
            throw new ConfigurationFile.InvalidConfiguration("the system `" + system.id() + "`: " + wrong.getMessage());
        }
    }

    private static Door opened(ConnectedSystem system, InstantSource clock, RandomGenerator random) {
        return switch (system.connector()) {
            case "tryton" -> new TrytonDoor(new TrytonConfig(system.url(), system.user()), clock);
            case "mcp" ->
                new McpDoor(new McpConfig(system.url(), !system.credential().isEmpty()), clock);
            case "sql" -> new SqlDoor(sql(system), new org.postgresql.Driver(), clock);
            case "mail" -> new MailDoor(mail(system), clock, random);
            case "webhook" -> new WebhookDoor(new WebhookConfig(system.url()), clock, random);
            case "chat" -> new ChatDoor(new ChatConfig(system.url(), named(system.user())), clock, random);
            default ->
                throw new ConfigurationFile.InvalidConfiguration(
                        "`systems.connector` must be `tryton`, `sql`, `mcp`, `mail`, `webhook` or `chat`, not `"
                                + system.connector() + "`");
        };
    }

    private static MailConfig mail(ConnectedSystem system) {
        MailAddress from = system.from()
                .flatMap(MailAddress::parse)
                .orElseThrow(() -> new IllegalArgumentException("`from` must be an address `local@domain`"));
        return new MailConfig(system.url(), from, named(system.user()));
    }

    private static Optional<String> named(String text) {
        return Optional.of(text).filter(word -> !word.isEmpty());
    }

    /// `postgresql://host:port/database`.
    private static SqlConfig sql(ConnectedSystem system) {
        String database = system.url().getPath().replaceFirst("^/", "");
        int port = system.url().getPort() < 0 ? POSTGRES_PORT : system.url().getPort();
        return new SqlConfig(system.url().getHost(), port, database, system.user());
    }

    /// The connector for a contract, or nothing when its system is not connected.
    synchronized Optional<Connector> connector(Contract contract) {
        Door door = doors.get(contract.system());
        if (door == null) {
            return Optional.empty();
        }
        Place place = new Place(contract.system(), contract.digest());
        Connector guard = guards.get(place);
        if (guard == null) {
            String credential = credentials.getOrDefault(contract.system(), "none");
            guard = new GuardedConnector(check, secrets, credential, door, contract);
            guards.put(place, guard);
            if (guards.size() > GUARDS_MAX) {
                guards.remove(guards.keySet().iterator().next());
            }
        }
        return Optional.of(guard);
    }

    /// What a connected system says of itself, for a draft of its contract.
    static Step<Metadata> metadata(Foundations base, String system) {
        SystemId id = new SystemId(system);
        Optional<ConnectedSystem> connected = base.configuration().systems().stream()
                .filter(one -> one.id().equals(system))
                .findFirst();
        if (connected.isEmpty() && !(base.configuration().demo() && system.equals("demo"))) {
            throw new ConfigurationFile.InvalidConfiguration("no system `" + system + "` is configured");
        }
        try (Door door = connected.isPresent()
                ? door(connected.get(), base.clock(), base.random())
                : new DemoDoor(base.store(), base.clock())) {
            String credential = connected.map(ConnectedSystem::credential).orElse("none");
            return new Discovery(id, base.secrets(), credential, door).metadata();
        }
    }

    @Override
    public void close() {
        doors.values().forEach(Door::close);
    }
}
