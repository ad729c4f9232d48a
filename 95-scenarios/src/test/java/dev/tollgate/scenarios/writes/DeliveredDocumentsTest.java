// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.Plant;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.store.Store;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A letter is made of a case by the gateway, kept encrypted, and reaches the customer in a mail of the same task.
class DeliveredDocumentsTest {
    static final String ACCOUNT = "acc_letter";
    private static final String STEPS = "Unplug the router and wait for ten seconds.";
    static final String NOTES = "we suspect the batch of March";

    private final Outside outside = new Outside();
    private final Path data;
    private final Desk desk;

    DeliveredDocumentsTest(@TempDir Path data) {
        this.data = data;
        MovingClock clock = new MovingClock();
        GatewayUnderTest.seed(data, clock, store -> plant(store, clock));
        desk = new Desk(data, GatewayUnderTest.start(outside.connected(GatewayUnderTest.embedded(data)), clock));
    }

    static void plant(Store store, MovingClock clock) {
        Plant plant = new Plant(store, clock.instant().minus(Duration.ofDays(3)));
        for (String account : List.of(ACCOUNT, "acc_other")) {
            plant.record("account", account, Map.of("name", account, "status", "active"))
                    .record(
                            "contact",
                            "con_" + account,
                            Map.of("account_id", account, "email", account + "@post.example"))
                    .record(
                            "case",
                            "cas_" + account,
                            Map.of(
                                    "account_id",
                                    account,
                                    "number",
                                    "CASE-4411",
                                    "product",
                                    "hardware",
                                    "status",
                                    "open",
                                    "safe_steps",
                                    STEPS,
                                    "internal_investigation_notes",
                                    NOTES));
        }
    }

    @AfterEach
    void stop() {
        desk.close();
        outside.close();
    }

    /// Whose task it is.
    private record Run(String user, String workflow, String task, String session) {
        static final Run OWN = new Run("bob", "send-case-letter", "letter", "morning");
    }

    private WireClient.Reply call(Run run, String tool, String arguments) {
        try (WireClient agent = desk.gateway()
                .agent(new Ask.Token(
                        "support-triage",
                        run.user(),
                        run.workflow(),
                        ACCOUNT,
                        List.of("crm:*:read", "email:message:send", "documents:case_letter:send"),
                        run.task(),
                        run.session(),
                        Duration.ofMinutes(15)))) {
            return agent.call(tool, arguments);
        }
    }

    private WireClient.Reply made(String customer) {
        return call(Run.OWN, "case_letter_create", "{\"values\":{\"case_id\":\"cas_" + customer + "\"}}");
    }

    private WireClient.Reply mailed(Run run, String document) {
        return call(
                run,
                "mail_send",
                "{\"values\":{\"to\":[\"" + ACCOUNT
                        + "@post.example\"],\"subject\":\"your case\",\"body\":\"The letter is"
                        + " enclosed.\",\"attachment\":\"" + document + "\"}}");
    }

    private static String id(WireClient.Reply made) {
        assertThat(made.passed()).as(made.text()).isTrue();
        return made.structured().at("/records/0/values/id").asString("");
    }

    private long kept(String table) {
        return desk.store()
                .read(session -> session.query("select count(*) as held from " + table))
                .getFirst()
                .number("held");
    }

    @Test
    @Requirement("S0-29")
    void a_document_reaches_the_customer_and_its_key_is_gone_afterwards() {
        // When
        WireClient.Reply letter = made(ACCOUNT);
        long before = kept("artifact") + kept("artifact_holder");
        WireClient.Reply sent = mailed(Run.OWN, id(letter));
        WireClient.Reply again = mailed(Run.OWN, id(letter));

        // Then
        assertThat(letter.text()).doesNotContain(STEPS);
        assertThat(before).isEqualTo(2);
        assertThat(sent.passed()).as(sent.text()).isTrue();
        assertThat(outside.mails())
                .singleElement()
                .satisfies(mail -> assertThat(mail.raw())
                        .contains("How your case stands", "Number: CASE-4411", "What you can do: " + STEPS)
                        .contains("document.txt")
                        .doesNotContain(NOTES, "held_by", "doc_"));
        assertThat(Desk.code(again)).as(again.text()).isEqualTo("not_found");
        assertThat(kept("artifact")).isZero();
        assertThat(kept("artifact_holder")).isZero();
    }

    @Test
    @Requirement({"S0-28", "S0-29"})
    void to_every_other_task_session_person_and_workflow_it_does_not_exist() {
        // Given
        String document = id(made(ACCOUNT));
        String absent = "doc_00000000000000000000000000000000";

        // When
        WireClient.Reply nothing = mailed(Run.OWN, absent);
        List<WireClient.Reply> others = List.of(
                mailed(new Run("bob", "send-case-letter", "another", "morning"), document),
                mailed(new Run("bob", "send-case-letter", "letter", "evening"), document),
                mailed(new Run("carol", "send-case-letter", "letter", "morning"), document),
                mailed(new Run("bob", "send-customer-update", "letter", "morning"), document));
        WireClient.Reply foreign = made("acc_other");

        // Then
        assertThat(Desk.code(nothing)).isEqualTo("not_found");
        assertThat(others).allSatisfy(reply -> {
            assertThat(Desk.code(reply)).isEqualTo("not_found");
            assertThat(reply.text()).isEqualTo(nothing.text());
        });
        assertThat(foreign.passed()).as("a letter of another customer's case").isFalse();
        assertThat(outside.mails()).isEmpty();
    }

    @Test
    @Requirement("S0-28")
    void it_is_never_on_the_disk_as_it_reads_and_ends_within_a_day() throws IOException {
        // Given
        String document = id(made(ACCOUNT));

        // When
        List<byte[]> rows =
                desk.store().read(session -> session.query("select wrapped, content from artifact")).stream()
                        .flatMap(row -> Stream.of(row.bytes("wrapped"), row.bytes("content")))
                        .toList();
        desk.gateway().clock().advance(Duration.ofHours(49));
        WireClient.Reply late = mailed(Run.OWN, document);

        // Then
        assertThat(rows)
                .hasSize(2)
                .allSatisfy(bytes -> assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                        .doesNotContain("Unplug", "CASE-4411", "How your case"));
        try (Stream<Path> log = Files.walk(data.resolve("log"))) {
            for (Path file : log.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("Unplug", "CASE-4411");
            }
        }
        assertThat(Desk.code(late)).as(late.text()).isEqualTo("not_found");
    }
}
