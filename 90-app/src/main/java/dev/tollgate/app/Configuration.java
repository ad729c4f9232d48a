// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import static dev.tollgate.terms.Require.require;

import dev.tollgate.connectors.model.ModelPlace;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What an operator may set, read from one YAML file (`--config`). Everything has a default: the embedded
/// store, the demo CRM, loopback.
///
/// @param listen    where the doors of Tollgate are
/// @param data      folder of the store, the audit log and the keys; made when missing, readable by its owner only
/// @param bundle    folder of the policy bundle that is activated when none is active; nothing means the example
/// @param store     which database
/// @param secrets   where credentials and signing keys are
/// @param systems   connected systems besides the demo CRM
/// @param demo      whether the demo CRM is connected
/// @param log       the audit log
/// @param telemetry where traces go; nothing means nowhere
/// @param console   the OpenID provider at which people sign in; nothing means passkeys, in the console itself
/// @param fixtures  mounts the fixtures of the MCP conformance suite, without authentication, on loopback only
/// @param egress    where the egress proxy for agents' runtimes is; nothing means that there is none
/// @param models    models that zones may name; none means that there is no door to models
/// @param review    others who are asked about what leaves; usually nobody
/// @param identity  whom this deployment believes beside its own key
/// @param access    how callers are let in
/// @param region    where this node's compute stands, in the words of zones; nothing when it does not say
public record Configuration(
        Listen listen,
        Path data,
        Optional<Path> bundle,
        Database store,
        SecretPlace secrets,
        List<ConnectedSystem> systems,
        boolean demo,
        Log log,
        Optional<Telemetry> telemetry,
        Optional<Provider> console,
        boolean fixtures,
        Optional<Listen> egress,
        List<ModelPlace> models,
        Reviews review,
        IdentityTrust identity,
        Access access,
        Optional<String> region) {
    /// Systems that one gateway connects: each has a connection pool of its own.
    private static final int SYSTEMS_MAX = 64;

    /// Names that zones use: small, large, and a few more.
    private static final int MODELS_MAX = 64;

    public Configuration {
        systems = List.copyOf(systems);
        models = List.copyOf(models);
        require(models.size() <= MODELS_MAX, "at most " + MODELS_MAX + " `models`");
        require(systems.size() <= SYSTEMS_MAX, "at most " + SYSTEMS_MAX + " `systems`");
        require(!fixtures || listen.loopback(), "`fixtures` needs a loopback `listen.host`");
    }

    /// Nobody else is asked about what leaves.
    public Configuration(
            Listen listen,
            Path data,
            Optional<Path> bundle,
            Database store,
            SecretPlace secrets,
            List<ConnectedSystem> systems,
            boolean demo,
            Log log,
            Optional<Telemetry> telemetry,
            Optional<Provider> console,
            boolean fixtures,
            Optional<Listen> egress,
            List<ModelPlace> models) {
        this(
                listen,
                data,
                bundle,
                store,
                secrets,
                systems,
                demo,
                log,
                telemetry,
                console,
                fixtures,
                egress,
                models,
                Reviews.NONE,
                IdentityTrust.NONE,
                Access.PLAIN,
                Optional.empty());
    }

    /// Without an OpenID provider, an egress proxy and models.
    public Configuration(
            Listen listen,
            Path data,
            Optional<Path> bundle,
            Database store,
            SecretPlace secrets,
            List<ConnectedSystem> systems,
            boolean demo,
            Log log,
            Optional<Telemetry> telemetry,
            boolean fixtures) {
        this(
                listen,
                data,
                bundle,
                store,
                secrets,
                systems,
                demo,
                log,
                telemetry,
                Optional.empty(),
                fixtures,
                Optional.empty(),
                List.of());
    }

    /// The embedded default.
    public static Configuration embedded(Path data) {
        return new Configuration(
                new Listen("127.0.0.1", Listen.PORT),
                data,
                Optional.empty(),
                new Database.Sqlite(),
                SecretPlace.EMBEDDED,
                List.of(),
                true,
                new Log("tollgate.local/log"),
                Optional.empty(),
                false);
    }

    /// The same on another port.
    public Configuration on(int port) {
        Listen there = new Listen(listen.host(), port, listen.url());
        return new Configuration(
                there, data, bundle, store, secrets, systems, demo, log, telemetry, console, fixtures, egress, models,
                review, identity, access, region);
    }

    /// The same with another data folder.
    public Configuration in(Path folder) {
        return new Configuration(
                listen, folder, bundle, store, secrets, systems, demo, log, telemetry, console, fixtures, egress,
                models, review, identity, access, region);
    }

    /// The same, with others who are asked about what leaves.
    public Configuration asking(Reviews others) {
        return new Configuration(
                listen, data, bundle, store, secrets, systems, demo, log, telemetry, console, fixtures, egress, models,
                others, identity, access, region);
    }

    /// The same, believing others too.
    public Configuration trusting(IdentityTrust who) {
        return new Configuration(
                listen, data, bundle, store, secrets, systems, demo, log, telemetry, console, fixtures, egress, models,
                review, who, access, region);
    }

    /// The same, letting callers in like this.
    public Configuration letting(Access callers) {
        return new Configuration(
                listen, data, bundle, store, secrets, systems, demo, log, telemetry, console, fixtures, egress, models,
                review, identity, callers, region);
    }

    /// The same, on compute that stands there.
    public Configuration standing(String place) {
        Optional<String> there = Optional.of(place);
        return new Configuration(
                listen, data, bundle, store, secrets, systems, demo, log, telemetry, console, fixtures, egress, models,
                review, identity, access, there);
    }

    /// Where the doors are.
    ///
    /// @param host a host name or address of this machine
    /// @param port 0 takes a free port
    /// @param url  how agents and browsers reach it when that is not this machine's own name; `https`, without a
    ///     path
    public record Listen(String host, int port, Optional<URI> url) {
        /// The default port.
        public static final int PORT = 7400;

        public Listen {
            require(port >= 0 && port <= 65_535, "`listen.port` is between 0 and 65535");
            require(
                    url.map(Listen::isSite).orElse(true),
                    "`listen.url` is `https://` and a host name, without a path: passkeys work nowhere else");
        }

        /// Reached by this machine's own name.
        public Listen(String host, int port) {
            this(host, port, Optional.empty());
        }

        private static boolean isSite(URI url) {
            return "https".equals(url.getScheme())
                    && url.getHost() != null
                    && String.valueOf(url.getRawPath()).isEmpty();
        }

        /// Whether only this machine can connect.
        boolean loopback() {
            return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
        }
    }

    /// Which database holds budgets, tokens, bundles and the audit index.
    public sealed interface Database {
        /// A file in the data folder, for one node.
        record Sqlite() implements Database {}

        /// A PostgreSQL server, for one node or several.
        ///
        /// @param url      JDBC URL
        /// @param user     role
        /// @param password name of the secret that holds the password
        /// @param walled   whether a role that the wall between tenants does not hold keeps the node
        ///     from starting
        record Postgres(String url, String user, String password, boolean walled) implements Database {
            /// One that is only warned of.
            public Postgres(String url, String user, String password) {
                this(url, user, password, false);
            }
        }
    }

    /// One connected system. Its contract comes from the bundle, by the same id.
    ///
    /// @param id         the system id in the contract
    /// @param connector  `tryton`, `sql`, `mcp`, or a sink: `mail`, `webhook`, `chat`
    /// @param url        where it is: an HTTP URL, a JDBC URL for `sql`, an `smtps` or `smtp` URL for `mail`
    /// @param user       the connector's own account there; for `chat`, the channel. Empty when there is none
    /// @param credential name of the secret that holds the account's password, the key that signs posts to a
    ///                   webhook, or the token of a chat; empty when there is none
    /// @param from       the sender's address of a `mail` system
    public record ConnectedSystem(
            String id, String connector, URI url, String user, String credential, Optional<String> from) {
        /// Sinks: what leaves, leaves through them.
        static final Set<String> SINKS = Set.of("mail", "webhook", "chat", "mcp");

        /// One that sends no mail.
        public ConnectedSystem(String id, String connector, URI url, String user, String credential) {
            this(id, connector, url, user, credential, Optional.empty());
        }
    }

    /// The audit log.
    ///
    /// @param origin      the log's name in its checkpoints (C2SP), a host and a path, without a scheme
    /// @param journalDays how long the store keeps the values of changes, approvals and rollbacks beside it
    public record Log(String origin, int journalDays) {
        /// A quarter: a harm that nobody saw in a quarter is not undone by a rollback.
        static final int DAYS = 90;

        private static final int DAYS_MAX = 3_650;

        public Log {
            require(journalDays >= 1 && journalDays <= DAYS_MAX, "`log.journal` is between 1 and 3650 days");
        }

        /// With the usual retention.
        public Log(String origin) {
            this(origin, DAYS);
        }
    }

    /// Where traces go.
    ///
    /// @param otlp endpoint of an OpenTelemetry collector, OTLP over HTTP
    public record Telemetry(URI otlp) {}

    /// Where people sign in to the console.
    ///
    /// @param issuer the OpenID provider
    /// @param client Tollgate's id there; its callback is `/console/oidc/back`
    /// @param secret name of the secret that holds the client's secret; nothing for a public client
    /// @param claim  the claim of the ID token that is the person's id in the bundle
    public record Provider(URI issuer, String client, Optional<String> secret, String claim) {
        /// What providers keep for people to read, and change less often than an address.
        static final String CLAIM = "preferred_username";
    }
}
