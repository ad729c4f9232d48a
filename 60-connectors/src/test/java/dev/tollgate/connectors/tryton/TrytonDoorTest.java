// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.tryton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tollgate.connectors.Ask;
import dev.tollgate.connectors.Ask.Column;
import dev.tollgate.connectors.Ask.Kind;
import dev.tollgate.connectors.Credential;
import dev.tollgate.connectors.DoorLimits;
import dev.tollgate.connectors.Found;
import dev.tollgate.connectors.Unchanged;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.Value;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a real Tryton will not do, or not when a test wants it.
final class TrytonDoorTest {
    private static final String PASSWORD = "fake-Password-4711";
    private static final Credential CREDENTIAL = new Credential(SecretValue.of(PASSWORD), Instant.MAX);
    private static final Column ID = new Column("id", Kind.RECORD);

    private final FakeTryton server = new FakeTryton();
    private volatile Instant now = Instant.parse("2026-11-21T09:00:00Z");
    private final TrytonDoor door = new TrytonDoor(server.config(), () -> now);

    @AfterEach
    void close() {
        door.close();
        server.close();
    }

    private Found find(Column... columns) {
        return find(CREDENTIAL, columns);
    }

    private Found find(Credential credential, Column... columns) {
        var find = new Ask.Find("party.party", ID, List.of(columns), List.of(), List.of(), 5, 0, false);
        return door.answer(find, credential, DoorLimits.DEFAULT);
    }

    private static Column text(String upstream) {
        return new Column(upstream, Kind.TEXT);
    }

    private static String rows(String rows) {
        return "{\"id\":ID,\"result\":[" + rows + "]}";
    }

    private Why failure(int status, String body) {
        server.next(status, body);
        return catchThrowableOfType(UpstreamBroken.class, () -> find(text("name")))
                .why();
    }

    @Test
    void a_forgotten_session_is_opened_again_once() {
        // Given
        server.next(200, rows(""));
        server.next(401, "<html>who are you</html>");
        server.next(200, rows("{\"id\":1,\"name\":\"Ada\"}"));

        // When
        find(text("name"));
        Found found = find(text("name"));

        // Then
        assertThat(found.records()).hasSize(1);
        assertThat(server.logins()).isEqualTo(2);
    }

    @Test
    void a_session_that_is_refused_twice_is_not_tried_for_ever() {
        // Given
        server.next(401, "no");
        server.next(401, "no");
        server.next(200, rows("{\"id\":1,\"name\":\"Ada\"}"));

        // Then
        assertThatThrownBy(() -> find(text("name"))).isInstanceOf(UpstreamBroken.class);
        assertThat(server.logins()).isEqualTo(2);
    }

    @Test
    void a_session_ends_with_the_lease_under_which_it_was_opened() {
        // Given
        Credential short1 = new Credential(SecretValue.of(PASSWORD), now.plusSeconds(60));
        Credential short2 = new Credential(SecretValue.of(PASSWORD), now.plusSeconds(600));
        server.next(200, rows(""));
        server.next(200, rows(""));
        server.next(200, rows(""));

        // When
        find(short1, text("name"));
        find(short2, text("name"));
        int inside = server.logins();
        now = now.plusSeconds(60);
        find(short2, text("name"));

        // Then
        assertThat(inside).isEqualTo(1);
        assertThat(server.logins()).isEqualTo(2);
    }

    @Test
    void errors_that_come_as_success_are_errors() {
        // Then
        assertThat(failure(200, "{\"id\":ID,\"error\":[\"UserError\",[\"Ada owes 5\",\"\",null]]}"))
                .isEqualTo(Why.REJECTED);
        assertThat(failure(200, "{\"id\":ID,\"error\":[\"'nope'\",\"\"]}")).isEqualTo(Why.REJECTED);
        server.next(200, "{\"id\":ID,\"error\":[\"ConcurrencyException\",\"Records were modified\"]}");
        assertThatThrownBy(() -> find(text("name"))).isInstanceOf(Unchanged.class);
    }

    @Test
    void what_is_no_answer_is_garbage() {
        // Then
        List<String> bodies = List.of(
                "",
                "<html>hello</html>",
                "[]",
                "{\"id\":ID}",
                "{\"id\":7777,\"result\":[]}",
                "{\"id\":\"ID\",\"result\":[]}",
                "{\"id\":ID,\"result\":{}}",
                "{\"id\":ID,\"result\":[]} trailing",
                "{\"id\":ID,\"result\":[],\"result\":[{\"id\":1,\"name\":\"x\"}]}",
                rows("{\"name\":\"no id\"}"),
                rows("{\"id\":\"1\",\"name\":\"text id\"}"),
                rows("{\"id\":1}"),
                rows("{\"id\":1,\"name\":{\"__class__\":\"os.system\",\"x\":1}}"),
                rows("{\"id\":1,\"name\":{\"__class__\":\"Decimal\",\"decimal\":\"1e999999\"}}"),
                rows("{\"id\":1,\"name\":1e999999}"),
                rows("{\"id\":1,\"name\":{\"__class__\":\"date\",\"year\":2026,\"month\":13,\"day\":1}}"),
                rows("[".repeat(5_000)));
        assertThat(bodies)
                .allSatisfy(body -> assertThat(failure(200, body))
                        .as(body.length() > 80 ? "deep" : body)
                        .isEqualTo(Why.GARBAGE));
        assertThat(failure(302, "")).as("a redirect is not followed").isEqualTo(Why.GARBAGE);
        assertThat(failure(503, "busy")).isEqualTo(Why.UNREACHABLE);
        assertThat(failure(403, "no")).isEqualTo(Why.REJECTED);
    }

    @Test
    void values_keep_their_kind_and_paths_are_followed() {
        // Given
        server.next(
                200,
                rows("{\"id\":9,\"name\":\"Ada\","
                        + "\"amount\":{\"__class__\":\"Decimal\",\"decimal\":\"248269.00\"},"
                        + "\"probability\":0.9,\"active\":true,"
                        + "\"day\":{\"__class__\":\"date\",\"year\":2026,\"month\":2,\"day\":3},"
                        + "\"write_date\":null,"
                        + "\"create_date\":{\"__class__\":\"datetime\",\"year\":2026,\"month\":11,\"day\":21,"
                        + "\"hour\":0,\"minute\":51,\"second\":46,\"microsecond\":833337},"
                        + "\"party.\":{\"id\":4,\"rec_name\":\"Acme\"},\"address.\":null,"
                        + "\"accounts.\":[{\"id\":1,"
                        + "\"numbers.\":[{\"id\":2,\"number\":\"DE1\"},{\"id\":3,\"number\":\"DE2\"}]}]}"));

        // When
        Found.Raw row = find(
                        text("name"),
                        new Column("amount", Kind.NUMBER),
                        new Column("probability", Kind.NUMBER),
                        new Column("active", Kind.TRUTH),
                        new Column("day", Kind.DAY),
                        new Column("write_date|create_date", Kind.MOMENT),
                        text("party.rec_name"),
                        text("address.rec_name"),
                        new Column("accounts.numbers.number", Kind.LIST))
                .records()
                .getFirst();

        // Then
        assertThat(row.id()).isEqualTo("9");
        assertThat(row.values())
                .isEqualTo(new TreeMap<>(Map.of(
                        "name",
                        Value.of("Ada"),
                        "amount",
                        new Value.Num(new BigDecimal("248269.00")),
                        "probability",
                        new Value.Num(new BigDecimal("0.9")),
                        "active",
                        Value.of(true),
                        "day",
                        new Value.Day(LocalDate.of(2026, 2, 3)),
                        "write_date|create_date",
                        new Value.Moment(Instant.parse("2026-11-21T00:51:46.833337Z")),
                        "party.rec_name",
                        Value.of("Acme"),
                        "address.rec_name",
                        Value.NULL,
                        "accounts.numbers.number",
                        Value.texts(List.of("DE1", "DE2")))));
    }

    @Test
    void what_nobody_asked_for_keeps_its_own_name() {
        // Given
        server.next(
                200,
                rows("{\"id\":9,\"name\":\"Ada\",\"x_ssn\":\"078-05-1120\",\"party.\":{\"id\":4,\"rec_name\":\"A\","
                        + "\"vat\":\"V\"},\"tags\":[1,{\"a\":null}],\"_timestamp\":\"1.2\"}"));

        // When
        Found.Raw row = find(text("name"), text("party.rec_name")).records().getFirst();

        // Then
        assertThat(row.values()).containsOnlyKeys("name", "party.rec_name", "x_ssn", "party.vat", "tags");
        assertThat(row.values()).containsEntry("x_ssn", Value.of("078-05-1120"));
    }

    @Test
    void names_that_no_model_can_have_never_reach_the_wire() {
        // Given
        List<String> bad = List.of("name\",\"x", "a|b|c", "a..b", "", "a.b.c.d.e.f", "name ", "näme");

        // Then
        for (String upstream : bad) {
            assertThatThrownBy(() -> find(text(upstream)))
                    .isInstanceOfSatisfying(
                            UpstreamBroken.class,
                            broken -> assertThat(broken.why()).isEqualTo(Why.UNSUPPORTED));
        }
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void no_failure_carries_the_password_or_what_the_server_said() {
        // Given
        server.next(200, "{\"id\":ID,\"error\":[\"UserError\",[\"Ada owes 5\",\"\",null]]}");

        // When
        UpstreamBroken broken = catchThrowableOfType(UpstreamBroken.class, () -> find(text("name")));

        // Then
        assertThat(broken.toString() + broken.getCause()).doesNotContain("Ada", PASSWORD);
        assertThat(CREDENTIAL.toString()).doesNotContain(PASSWORD);
    }

    @Test
    void a_password_is_not_sent_in_the_clear_over_a_network() {
        // Then
        List<String> bad = List.of(
                "http://crm.example/crm/",
                "ftp://crm.example/crm/",
                "https://u:p@crm.example/crm/",
                "https://crm.example/crm");
        assertThat(bad)
                .allSatisfy(url -> assertThatThrownBy(() -> new TrytonConfig(URI.create(url), "admin"))
                        .isInstanceOf(IllegalArgumentException.class));
        assertThat(new TrytonConfig(URI.create("https://crm.example/crm/"), "admin").user())
                .isEqualTo("admin");
    }
}
