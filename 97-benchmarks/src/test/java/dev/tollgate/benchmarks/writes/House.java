// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.benchmarks.writes;

import dev.tollgate.app.Configuration;
import dev.tollgate.app.Tollgate;
import dev.tollgate.benchmarks.load.Wire;
import dev.tollgate.identity.Grant;
import dev.tollgate.identity.TokenIssuer;
import dev.tollgate.secrets.CryptoProviders;
import dev.tollgate.secrets.SigningKeys;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.WorkflowId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/// A whole gateway in this process with the demo CRM, its store on SQLite or PostgreSQL.
public final class House implements AutoCloseable {
    private static final String REVISION = "2026-07-28";
    private static final int TRIES_MAX = 1_000;
    private static final long PAUSE_NANOS = 20_000_000;

    private final Configuration configuration;
    private final Tollgate gateway;
    private final Store store;

    private House(Configuration configuration, StoreConfig database) {
        this.configuration = configuration;
        this.gateway = Tollgate.start(configuration, InstantSource.system());
        this.store = Stores.open(database);
    }

    /// On SQLite.
    public static House sqlite(Path data, Path bundle) {
        return new House(
                configured(data, bundle, Configuration.embedded(data).store()),
                StoreConfig.sqlite(data.resolve("tollgate.db")));
    }

    /// On the PostgreSQL at `port`, which `direct` reaches without what may stand between.
    public static House postgres(Path data, Path bundle, int port, int direct) throws IOException {
        Path secrets = data.resolve("secrets");
        Files.createDirectories(
                secrets, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path secret = Files.writeString(secrets.resolve("database"), "postgres");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        return new House(
                configured(data, bundle, new Configuration.Database.Postgres(url(port), "postgres", "database")),
                StoreConfig.postgres(url(direct), "postgres", SecretValue.of("postgres")));
    }

    private static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    private static Configuration configured(Path data, Path bundle, Configuration.Database database) {
        Configuration plain = Configuration.embedded(data).on(0);
        return new Configuration(
                plain.listen(),
                data,
                Optional.of(bundle),
                database,
                plain.secrets(),
                plain.systems(),
                plain.demo(),
                plain.log(),
                plain.telemetry(),
                plain.fixtures());
    }

    /// Gives a node that does not run yet the keys of one that does.
    public static void shareKeys(Path from, Path to) throws IOException {
        List<Path> keys;
        try (Stream<Path> found = Files.walk(from.resolve("keys"))) {
            keys = found.toList();
        }
        Files.createDirectories(to);
        for (Path key : keys) {
            Files.copy(key, to.resolve(from.relativize(key).toString()), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /// The store, beside the gateway.
    public Store store() {
        return store;
    }

    /// The deployment's folder.
    public Path data() {
        return configuration.data();
    }

    /// Deals of the user that agents act for, once the demo data is there.
    public List<String> deals(int many) {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            List<String> deals = store.read(session -> session
                    .query("select id from demo_opportunity where owner_id = 'usr_001' and tenant_id = 'acme'"
                            + " order by id limit " + many)
                    .stream()
                    .map(row -> row.text("id"))
                    .toList());
            if (deals.size() == many) {
                return deals;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new IllegalStateException("the demo has fewer than " + many + " deals of one user");
    }

    /// Accounts of the agents' tenant, once the demo data is there.
    public List<String> accounts() {
        deals(1);
        return store.read(
                session -> session.query("select id from demo_account where tenant_id = 'acme' order by id").stream()
                        .map(row -> row.text("id"))
                        .toList());
    }

    /// An agent with a connection of its own that writes the draft field of a deal.
    public Rounds.Work agent(String deal) throws IOException {
        return agent("opportunity_update", "agent_suggested_next_step", _ -> deal, turn -> "\"step " + turn + "\"");
    }

    /// An agent with a connection of its own that scores one account after another.
    public Rounds.Work scorer(List<String> accounts) throws IOException {
        return agent(
                "account_update",
                "icp_fit_score",
                turn -> accounts.get(turn % accounts.size()),
                turn -> Integer.toString(1 + turn / accounts.size()));
    }

    private Rounds.Work agent(String tool, String field, IntFunction<String> record, IntFunction<String> value)
            throws IOException {
        Grant grant = Grant.of(
                        new AgentId("sales-copilot"),
                        new UserId("alice"),
                        Set.of(
                                Scope.parse("crm:opportunity:write").orElseThrow(),
                                Scope.parse("crm:account:write").orElseThrow()))
                .running(new WorkflowId("maintain-deals"));
        SigningKeys keys = new SigningKeys(data().resolve("keys"), CryptoProviders.best());
        String bearer = new TokenIssuer(
                        keys.openOrCreate(SigningKeys.Purpose.DELEGATION),
                        InstantSource.system(),
                        new SecureRandom(),
                        "tollgate",
                        "tollgate-gateway")
                .issue(grant);
        return new Agent(
                new Wire(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port())),
                "127.0.0.1:" + gateway.port(),
                bearer,
                tool,
                field,
                record,
                value);
    }

    /// The same by somebody who writes into the demo CRM's table.
    public Rounds.Work bareScorer(List<String> accounts) {
        return turn -> store.write(session -> session.update(
                "update demo_account set icp_fit_score = ?, row_version = row_version + 1, updated_at = ? where id = ?",
                1 + turn / accounts.size(),
                InstantSource.system().instant(),
                accounts.get(turn % accounts.size())));
    }

    /// The same change by somebody who writes into the demo CRM's table.
    public Rounds.Work bare(String deal) {
        return turn -> store.write(session -> session.update(
                "update demo_opportunity set agent_suggested_next_step = ?, row_version = row_version + 1,"
                        + " updated_at = ? where id = ?",
                "step " + turn,
                InstantSource.system().instant(),
                deal));
    }

    private record Agent(
            Wire wire,
            String host,
            String bearer,
            String tool,
            String field,
            IntFunction<String> record,
            IntFunction<String> value)
            implements Rounds.Work {
        @Override
        public void run(int turn) throws IOException {
            String written = value.apply(turn);
            String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                    + "\",\"arguments\":{\"id\":\"" + record.apply(turn) + "\",\"values\":{\"" + field + "\":" + written
                    + "}},\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"" + REVISION
                    + "\",\"io.modelcontextprotocol/clientCapabilities\":{},"
                    + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"bench\",\"version\":\"1\"}}}}";
            String headers = "MCP-Protocol-Version: " + REVISION + "\r\nMcp-Method: tools/call\r\nMcp-Name: " + tool
                    + "\r\nAuthorization: Bearer " + bearer + "\r\n";
            Wire.Reply reply = wire.send(Wire.post(host, "/mcp", headers, body));
            if (reply.text().contains("dev.tollgate/refusal")) {
                throw new Rounds.Refused(reply.text());
            }
            if (reply.status() != 200 || !reply.text().contains("\"" + field + "\":" + written)) {
                throw new IOException("the gateway answered " + reply.status() + " " + reply.text());
            }
        }

        @Override
        public void close() throws IOException {
            wire.close();
        }

        /// The token is a secret.
        @Override
        public String toString() {
            return "Agent[" + tool + "]";
        }
    }

    @Override
    public void close() {
        store.close();
        gateway.close();
    }
}
