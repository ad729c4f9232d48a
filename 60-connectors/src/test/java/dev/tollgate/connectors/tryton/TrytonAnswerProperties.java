// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.tryton;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.connectors.Ask;
import dev.tollgate.connectors.Ask.Column;
import dev.tollgate.connectors.Ask.Kind;
import dev.tollgate.connectors.Credential;
import dev.tollgate.connectors.DoorLimits;
import dev.tollgate.connectors.Found;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.testing.Property;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whatever a server sends, the door reads it or says that it is broken: no other exception, and no answer to another
/// question.
final class TrytonAnswerProperties {
    private static final String SOUND = "{\"id\":ID,\"result\":[{\"id\":9,\"name\":\"Ada\",\"amount\":{\"__class__\":"
            + "\"Decimal\",\"decimal\":\"248269.00\"},\"write_date\":{\"__class__\":\"datetime\",\"year\":2026,"
            + "\"month\":11,\"day\":21,\"hour\":0,\"minute\":51,\"second\":46,\"microsecond\":833337},"
            + "\"party.\":{\"id\":4,"
            + ""
            + "\"rec_name\":\"Acme\"},\"accounts.\":[{\"id\":1,\"numbers.\":[{\"id\":2,\"number\":\"DE1\"}]}]}]}";
    private static final List<String> PIECES = List.of(
            "null",
            "[",
            "]",
            "{",
            "}",
            "\"",
            ",",
            ":",
            "-",
            "1e999999999",
            "0",
            "true",
            "\\u0000",
            "\uD83D",
            "\"__class__\":\"Decimal\"",
            "\"result\":[]",
            "\"error\":[]",
            "id",
            "99999999999999999999",
            ".");

    private final FakeTryton server = new FakeTryton();
    private final TrytonDoor door = new TrytonDoor(server.config(), () -> Instant.EPOCH);

    @AfterEach
    void close() {
        door.close();
        server.close();
    }

    private static String mutated(RandomGenerator random) {
        StringBuilder body = new StringBuilder(SOUND);
        for (int times = random.nextInt(1, 5); times > 0; times--) {
            int from = random.nextInt(body.length());
            int to = Math.min(body.length(), from + random.nextInt(12));
            body.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
        }
        return body.toString();
    }

    @Test
    void a_mutated_answer_is_read_or_broken() {
        var find = new Ask.Find(
                "party.party",
                new Column("id", Kind.RECORD),
                List.of(
                        new Column("name", Kind.TEXT),
                        new Column("amount", Kind.NUMBER),
                        new Column("write_date", Kind.MOMENT),
                        new Column("party.rec_name", Kind.TEXT),
                        new Column("accounts.numbers.number", Kind.LIST)),
                List.of(),
                List.of(),
                5,
                0,
                false);
        var credential = new Credential(SecretValue.of("x"), Instant.MAX);
        Property.forAll(800, TrytonAnswerProperties::mutated, body -> {
            // Given
            server.next(200, body);

            // When
            boolean answered;
            try {
                Found found = door.answer(find, credential, DoorLimits.DEFAULT);
                answered = found.records().stream().allMatch(row -> row.values().containsKey("name"));
            } catch (UpstreamBroken broken) {
                answered = true;
            }

            // Then
            assertThat(answered).isTrue();
        });
    }
}
