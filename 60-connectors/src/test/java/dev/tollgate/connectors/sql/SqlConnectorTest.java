// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tollgate.catalog.Metadata;
import dev.tollgate.catalog.ValueType;
import dev.tollgate.connectors.Ask.Column;
import dev.tollgate.connectors.Ask.Kind;
import dev.tollgate.connectors.Credential;
import dev.tollgate.connectors.Door;
import dev.tollgate.connectors.DoorLimits;
import dev.tollgate.connectors.RemoteConnectorContractTest;
import dev.tollgate.connectors.Sample;
import dev.tollgate.connectors.Tap;
import dev.tollgate.connectors.World;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation.Condition;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.Value;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.Driver;

/// The contract kit against PostgreSQL, with a role that may only read.
final class SqlConnectorTest extends RemoteConnectorContractTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final String PASSWORD = "sql-Test-4711";

    private static final Map<String, Column> COLUMNS = Map.ofEntries(
            Map.entry("id", new Column("ticket_id", Kind.RECORD)),
            Map.entry("number", new Column("ticket no", Kind.TEXT)),
            Map.entry("status", new Column("status", Kind.TEXT)),
            Map.entry("amount", new Column("amount", Kind.NUMBER)),
            Map.entry("due", new Column("due_on", Kind.DAY)),
            Map.entry("tags", new Column("tags", Kind.LIST)),
            Map.entry("urgent", new Column("urgent", Kind.TRUTH)),
            Map.entry("secret_note", new Column("secret_note", Kind.TEXT)),
            Map.entry("owner", new Column("owner_id", Kind.RECORD)),
            Map.entry("tenant", new Column("tenant", Kind.TEXT)),
            Map.entry("updated", new Column("changed_at", Kind.MOMENT)));

    private static EmbeddedPostgres postgres;

    private final Tap tap = new Tap(port());

    @BeforeAll
    static void start() throws IOException, SQLException {
        postgres = EmbeddedPostgres.builder().start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema desk");
            statement.execute("create type desk.state as enum ('open', 'closed')");
            statement.execute("""
                    create table desk."Ticket" (ticket_id integer primary key, "ticket no" text, status desk.state,
                      amount numeric(12,2), due_on date, tags text[], urgent boolean, secret_note text,
                      owner_id uuid, tenant text, changed_at timestamptz)""");
            statement.execute("""
                    insert into desk."Ticket" select n, 'T-' || n, case when n % 2 = 0 then 'open' else 'closed' end
                      ::desk.state, n * 10.25, date '2026-11-01' + n % 30, array['a', 'b' || n], n % 3 = 0,
                      repeat('secret ', 20), ('00000000-0000-0000-0000-' || lpad((n % 4)::text, 12, '0'))::uuid,
                      case when n % 5 = 0 then 'globex' else 'acme' end,
                      timestamptz '2026-11-20 12:00:00Z' - n * interval '1 day'
                    from generate_series(1, 400) n""");
            statement.execute("create role reader login password '" + PASSWORD + "'");
            statement.execute("grant usage on schema desk to reader");
            statement.execute("grant select on desk.\"Ticket\" to reader");
            demandPassword(statement);
        }
    }

    /// The embedded server trusts loopback; a real one does not.
    private static void demandPassword(Statement statement) throws SQLException, IOException {
        try (ResultSet file = statement.executeQuery("show hba_file")) {
            file.next();
            Path rules = Path.of(file.getString(1));
            Files.writeString(rules, "host all reader 127.0.0.1/32 scram-sha-256\n" + Files.readString(rules));
        }
        statement.execute("select pg_reload_conf()");
    }

    private static int port() {
        return postgres.getPort();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Override
    protected Tap tap() {
        return tap;
    }

    @Override
    protected Door doorTo(int port) {
        return new SqlDoor(
                new SqlConfig("127.0.0.1", port, "postgres", "reader"), new Driver(), InstantSource.fixed(NOW));
    }

    @Override
    protected World world() {
        return new TicketWorld();
    }

    @Test
    void the_database_describes_what_the_role_may_read() {
        // Given
        try (Door door = doorTo(tap.port())) {
            // When
            Metadata metadata = door.describe(
                    new SystemId("desk"), new Credential(SecretValue.of(PASSWORD), Instant.MAX), DoorLimits.DEFAULT);

            // Then
            assertThat(metadata.objects())
                    .extracting(Metadata.Kind::upstream, Metadata.Kind::id)
                    .containsExactly(tuple("desk.Ticket", "ticket_id"));
            assertThat(metadata.objects().getFirst().fields())
                    .extracting(Metadata.Column::upstream, Metadata.Column::type)
                    .contains(
                            tuple("ticket_id", ValueType.REFERENCE),
                            tuple("ticket no", ValueType.TEXT),
                            tuple("amount", ValueType.DECIMAL),
                            tuple("due_on", ValueType.DATE),
                            tuple("tags", ValueType.LIST),
                            tuple("urgent", ValueType.BOOLEAN),
                            tuple("changed_at", ValueType.MOMENT));
            assertThat(metadata.objects().getFirst().fields())
                    .filteredOn(column -> column.upstream().equals("status"))
                    .singleElement()
                    .satisfies(status -> assertThat(status.picklist()).containsExactly("open", "closed"));
        }
    }

    @Test
    void a_database_over_a_network_needs_a_sound_name() {
        // Then
        assertThatThrownBy(() -> new SqlConfig("db.example", 5432, "crm?sslmode=disable", "reader"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SqlConfig("db.example/x", 5432, "crm", "reader"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private final class TicketWorld implements World {
        @Override
        public Door door() {
            return doorTo(tap.port());
        }

        @Override
        public Credential credential() {
            return new Credential(SecretValue.of(PASSWORD), Instant.MAX);
        }

        @Override
        public String sent() {
            return tap.sent();
        }

        @Override
        public void close() {
            tap.close();
        }

        @Override
        public Sample sample() {
            var names = new TreeMap<String, List<String>>();
            COLUMNS.forEach((field, column) -> names.put(field, List.of(column.upstream())));
            return new Sample(
                    "ticket",
                    "desk.Ticket",
                    "id",
                    COLUMNS,
                    Map.of(Fact.OWNER, "owner", Fact.TENANT, "tenant", Fact.UPDATED, "updated"),
                    "2",
                    "100000",
                    List.of("number", "amount", "due", "tags", "urgent"),
                    names,
                    new Condition("number", Comparison.EQUALS, Value.of("T-2")),
                    new Condition("number", Comparison.STARTS_WITH, Value.of("t-30")),
                    List.of(
                            new RowRule(Fact.TENANT, Comparison.EQUALS, Value.of("acme")),
                            new RowRule(Fact.OWNER, Comparison.EQUALS, owner(2)),
                            new RowRule(Fact.UPDATED, Comparison.AT_LEAST, moment("2026-11-01T00:00:00Z"))),
                    List.of(
                            new RowRule(Fact.TENANT, Comparison.EQUALS, Value.of("globex")),
                            new RowRule(Fact.OWNER, Comparison.EQUALS, owner(1)),
                            new RowRule(Fact.UPDATED, Comparison.AT_LEAST, moment("2026-11-20T00:00:00Z"))));
        }

        private static Value owner(int number) {
            return Value.of("00000000-0000-0000-0000-00000000000" + number);
        }

        private static Value moment(String text) {
            return new Value.Moment(Instant.parse(text));
        }
    }
}
