// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.Contract;
import dev.tollgate.catalog.contracts.ContractLoader;
import dev.tollgate.catalog.yaml.Checked;
import dev.tollgate.connectors.Authority;
import dev.tollgate.connectors.Changed;
import dev.tollgate.connectors.ChangesContractTest;
import dev.tollgate.connectors.GuardedConnector;
import dev.tollgate.connectors.Row;
import dev.tollgate.secrets.Lease;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.Write;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.Driver;

/// The contract kit of changes against PostgreSQL.
final class SqlChangesTest extends ChangesContractTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private static final String CONTRACT = """
            contract: 1
            system: desk
            connector: sql
            scopes: desk
            objects:
              ticket:
                upstream: desk.Ticket
                id: id
                window: none
                owner: Support
                facts: {tenant: tenant}
                fields:
                  id: {upstream: ticket_id, type: reference, class: public, write: system}
                  title: {type: text, class: public, write: operational}
                  status: {type: text, class: public, write: operational}
                  amount: {type: decimal, class: public, write: operational}
                  due: {upstream: due_on, type: date, class: public, write: operational}
                  urgent: {type: boolean, class: public, write: operational}
                  tenant: {type: text, class: public, write: system}
              remark:
                upstream: desk.remark
                id: id
                window: none
                owner: Support
                fields:
                  id: {type: reference, class: public, write: system}
                  ticket: {upstream: ticket_id, type: reference, class: public, write: operational}
                  words: {type: text, class: public, write: operational}
                relations:
                  ticket: {field: ticket, object: ticket}
              counted:
                upstream: desk.counted_view
                id: id
                version: revision
                window: none
                owner: Support
                fields:
                  id: {type: reference, class: public, write: system}
                  words: {type: text, class: public, write: operational}
                  revision: {type: integer, class: public, write: system}
              viewed:
                upstream: desk.plain_view
                id: id
                window: none
                owner: Support
                fields:
                  id: {type: reference, class: public, write: system}
                  words: {type: text, class: public, write: operational}
            tools: {}
            """;

    private static final String SCHEMA = """
            create schema desk;
            create type desk.state as enum ('open', 'closed');
            create table desk."Ticket" (ticket_id integer primary key, title text, status desk.state,
              amount numeric(12,4), due_on date, urgent boolean, tenant text);
            create table desk.remark (id serial primary key, ticket_id integer references desk."Ticket", words text);
            insert into desk."Ticket" select n, 'T-' || n, 'open', n * 10.25, date '2026-11-01', false, 'acme'
              from generate_series(1, 9) n;
            insert into desk.remark (ticket_id, words) select 1 + n % 9, 'w' || n from generate_series(1, 90) n;
            create table desk.counted (id integer primary key, words text, revision integer not null);
            insert into desk.counted values (1, 'one', 7);
            create function desk.count() returns trigger language plpgsql as
              'begin new.revision := old.revision + 1; return new; end';
            create trigger counts before update on desk.counted for each row execute function desk.count();
            create view desk.counted_view as select * from desk.counted;
            create view desk.plain_view as select id, words from desk.counted""";

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws IOException, SQLException {
        postgres = EmbeddedPostgres.builder().start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    private static Contract contract() {
        Checked<ContractLoader.Loaded> loaded =
                new ContractLoader().load(Map.of("contracts/desk.yaml", CONTRACT.getBytes(StandardCharsets.UTF_8)));
        assertThat(loaded).isInstanceOf(Checked.Sound.class);
        return ((Checked.Sound<ContractLoader.Loaded>) loaded)
                .value()
                .contracts()
                .getFirst();
    }

    @Override
    protected GuardedConnector connector(Authority authority) {
        SqlConfig config = new SqlConfig("127.0.0.1", postgres.getPort(), "postgres", "postgres");
        return new GuardedConnector(
                authority.check(),
                (name, _) -> Step.pass(new Lease(name, SecretValue.of("postgres"), NOW.plusSeconds(600))),
                "desk",
                new SqlDoor(config, new Driver(), InstantSource.fixed(NOW)),
                contract());
    }

    @Override
    protected Changed sample() {
        return new Changed(
                contract().system(),
                "ticket",
                new RecordId("1"),
                new RecordId("no number"),
                Map.of(
                        "title", Value.of("'); drop table desk.\"Ticket\"; -- \u00fc \u202e"),
                        "status", Value.of("closed"),
                        "amount", new Value.Num(new BigDecimal("12.3456")),
                        "due", new Value.Day(LocalDate.parse("2027-02-28")),
                        "urgent", Value.of(true)),
                Map.of(
                        "title",
                        Value.NULL,
                        "status",
                        Value.of("open"),
                        "amount",
                        new Value.Num(new BigDecimal("0.0001")),
                        "due",
                        Value.NULL,
                        "urgent",
                        Value.of(false)),
                new RowRule(Fact.TENANT, Comparison.EQUALS, Value.of("acme")),
                new RowRule(Fact.TENANT, Comparison.EQUALS, Value.of("globex")),
                "remark",
                Map.of("words", Value.of("a remark")));
    }

    private static long count(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    private Write.Merge merge(String kept, String duplicate) {
        RecordId one = new RecordId(kept);
        RecordId two = new RecordId(duplicate);
        return new Write.Merge(
                target("ticket", Verb.RECONCILE),
                one,
                two,
                now("ticket", one, List.of()).version(),
                now("ticket", two, List.of()).version(),
                List.of());
    }

    @Test
    void what_pointed_at_the_duplicate_points_at_the_kept_record() throws SQLException {
        // When
        Row kept = rows(merge("2", "3")).rows().getFirst();

        // Then
        assertThat(kept.id()).isEqualTo(new RecordId("2"));
        assertThat(count("select count(*) from desk.remark where ticket_id = 2"))
                .isEqualTo(20);
        assertThat(count("select count(*) from desk.\"Ticket\" where ticket_id = 3"))
                .isZero();
    }

    @Test
    void a_merge_of_a_stale_record_leaves_nothing() throws SQLException {
        // Given
        Write.Merge sound = merge("4", "5");

        // When
        Refusal stale = refusal(sound.at(sound.version(), Optional.of("1")));
        Refusal gone = refusal(new Write.Merge(
                sound.target(), sound.record(), new RecordId("99"), sound.version(), Optional.empty(), List.of()));

        // Then
        assertThat(stale).isEqualTo(new Refusal.StaleRecord());
        assertThat(gone).isEqualTo(new Refusal.NotFound());
        assertThat(count("select count(*) from desk.remark where ticket_id = 5"))
                .isEqualTo(10);
    }

    @Test
    void what_the_database_forbids_is_rejected_and_changes_nothing() throws SQLException {
        // Given
        Operation.Target target = target("ticket", Verb.WRITE);
        RecordId record = new RecordId("6");
        var unfit = new Write.Update(
                target, record, Map.of("status", Value.of("lost")), Optional.empty(), List.of("id"), List.of());
        var referred = new Write.Delete(target("ticket", Verb.DELETE), record, Optional.empty(), List.of());

        // When
        List<Refusal> refusals = List.of(refusal(unfit), refusal(referred));

        // Then
        assertThat(refusals).containsOnly(new Refusal.UpstreamFailed(contract().system(), "rejected"));
        assertThat(count("select count(*) from desk.\"Ticket\" where ticket_id = 6 and status = 'open'"))
                .isEqualTo(1);
    }

    @Test
    void a_column_of_the_contract_tells_the_state_where_the_database_has_no_stamps() {
        // Given
        RecordId record = new RecordId("1");
        Operation.Target target = target("counted", Verb.WRITE);
        Optional<String> before = now("counted", record, List.of("words")).version();
        var update =
                new Write.Update(target, record, Map.of("words", Value.of("x")), before, List.of("words"), List.of());

        // When
        Row changed = rows(update).rows().getFirst();
        Refusal stale = refusal(update);
        Refusal odd = refusal(update.at(Optional.of("no number")));
        Row viewed = now("viewed", record, List.of("words"));

        // Then
        assertThat(before).contains("7");
        assertThat(changed.version()).contains("8");
        assertThat(changed.fields()).containsOnlyKeys("words");
        assertThat(List.of(stale, odd)).containsOnly(new Refusal.StaleRecord());
        assertThat(viewed.version()).isEmpty();
    }
}
