// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.Plant;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two worlds that differ in nothing but what an agent may not read: whatever it asks, both answer alike, so it learns
/// 0 bits. In a control it finds what it may read.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoOracleTest {
    private static final Ask.Token REP = Ask.as("sales-copilot", "alice", "prepare-sales-call");
    private static final List<String> GUESSES = List.of("\"a\"", "\"paul\"", "\"4200\"", "\"2001-01-01\"");

    /// Withheld fields that can be told, and one that is masked, by object.
    private static final Map<String, List<String>> CLOSED = Map.of(
            "account", List.of("outstanding_balance", "billing_email", "vat_number"),
            "contact", List.of("birth_date", "email"));

    private GatewayUnderTest one;
    private GatewayUnderTest other;

    @BeforeAll
    void start(@TempDir Path folder) {
        BundleFolder bundle =
                BundleFolder.copy("default", folder.resolve("bundle")).generous();
        MovingClock clock = new MovingClock();
        Instant updated = clock.instant().minus(Duration.ofDays(2));
        one = world(folder.resolve("one"), bundle, updated, 42_000_000L, "paul@secret.example", 321);
        other = world(folder.resolve("other"), bundle, updated, 7_770_000_000L, "peer@secret.example", 87_654);
    }

    private static GatewayUnderTest world(
            Path data, BundleFolder bundle, Instant updated, long balance, String email, long employees) {
        MovingClock clock = new MovingClock();
        boolean first = employees < 1_000;
        GatewayUnderTest.seed(
                data,
                clock,
                store -> new Plant(store, updated)
                        .record(
                                "account",
                                "acc_secret",
                                Map.of(
                                        "name", "Secret Ltd",
                                        "outstanding_balance", balance,
                                        "employee_count", employees,
                                        "billing_email", email,
                                        "iban", first ? "DE02120300000000202051" : "DE02500105170137075030"))
                        .record(
                                "contact",
                                "con_secret",
                                Map.of(
                                        "account_id",
                                        "acc_secret",
                                        "name",
                                        "Paul Secret",
                                        "email",
                                        email,
                                        "birth_date",
                                        first ? "1980-02-03" : "2003-04-05",
                                        "medical_note",
                                        first ? "asthma" : "broken leg"))
                        .with("tenant_id", "globex")
                        .record("account", "acc_foreign", Map.of("name", "Foreign Ltd")));
        return GatewayUnderTest.start(GatewayUnderTest.withBundle(GatewayUnderTest.embedded(data), bundle), clock);
    }

    @AfterAll
    void stop() {
        one.close();
        other.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Requirement("B-2")
    void a_binary_search_over_a_withheld_field_gains_0_bits(boolean rest) {
        for (String tool : List.of("account_search", "account_count")) {
            // When
            List<String> said = new ArrayList<>();
            List<String> saidOther = new ArrayList<>();
            new Prober(one, REP, rest).bisect(tool, "acc_secret", "outstanding_balance", said);
            new Prober(other, REP, rest).bisect(tool, "acc_secret", "outstanding_balance", saidOther);
            long open = new Prober(one, REP, rest).bisect(tool, "acc_secret", "employee_count", new ArrayList<>());
            long openOther =
                    new Prober(other, REP, rest).bisect(tool, "acc_secret", "employee_count", new ArrayList<>());

            // Then: one answer in both worlds, while the same script finds what may be read
            assertThat(said).hasSize(20).isEqualTo(saidOther);
            assertThat(said.stream().distinct()).hasSize(1);
            assertThat(open).isEqualTo(321);
            assertThat(openOther).isEqualTo(87_654);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Requirement("B-2")
    void no_comparison_no_order_and_no_count_tells_the_worlds_apart(boolean rest) {
        CLOSED.forEach((object, fields) -> {
            for (String field : fields) {
                String record = object.equals("account") ? "acc_secret" : "con_secret";

                // When
                List<String> said = new Prober(one, REP, rest).everything(object, record, field, GUESSES);
                List<String> saidOther = new Prober(other, REP, rest).everything(object, record, field, GUESSES);

                // Then
                assertThat(said).as(field).isEqualTo(saidOther).noneMatch(answer -> answer.contains("_secret"));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Requirement("B-2")
    void a_hop_over_a_relation_is_no_way_to_a_withheld_field(boolean rest) {
        Prober agent = new Prober(one, REP, rest);
        Prober agentOther = new Prober(other, REP, rest);
        for (String hop : List.of("account.outstanding_balance", "account_id.outstanding_balance", "account")) {
            // When
            List<String> said = agent.everything("contact", "con_secret", hop, GUESSES);

            // Then
            assertThat(said)
                    .isEqualTo(agentOther.everything("contact", "con_secret", hop, GUESSES))
                    .noneMatch(answer -> answer.contains("con_secret"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Requirement({"B-2", "S2-22"})
    void absent_and_forbidden_are_the_same_bytes(boolean rest) {
        Prober agent = new Prober(one, REP, rest);

        // When
        String foreign = agent.answer("account_get", "{\"id\":\"acc_foreign\",\"fields\":[\"name\"]}");
        String noRecord = agent.answer("account_get", "{\"id\":\"acc_nowhere\",\"fields\":[\"name\"]}");
        String concealed = agent.answer("contact_get", "{\"id\":\"con_secret\",\"fields\":[\"medical_note\"]}");
        String noField = agent.answer("contact_get", "{\"id\":\"con_secret\",\"fields\":[\"medical_nope\"]}");
        List<String> probed = agent.everything("contact", "con_secret", "medical_note", GUESSES);
        List<String> probedNone = agent.everything("contact", "con_secret", "medical_nope", GUESSES);
        String hidden = agent.answer("invoice_search", "{\"fields\":[\"number\"]}");
        String noTool = agent.answer("invoice_sxxxch", "{\"fields\":[\"number\"]}");

        // Then
        assertThat(foreign).isEqualTo(noRecord);
        assertThat(concealed).isEqualTo(noField);
        assertThat(probed).isEqualTo(probedNone);
        assertThat(hidden).isEqualTo(noTool);
    }
}
