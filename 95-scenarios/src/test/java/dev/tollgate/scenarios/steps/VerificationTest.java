// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A verification tells whether all of it holds, and nothing else: to whoever asks, in the log, and in how often it may
/// be asked.
class VerificationTest {
    private static final String WRONG_DAY = "\"birth_date\":\"1981-07-20\",\"phone\":\"" + Counter.PHONE + "\"";
    private static final String WRONG_PHONE = "\"birth_date\":\"" + Counter.BORN + "\",\"phone\":\"+49 30 1\"";
    private static final String WRONG = "\"birth_date\":\"1981-07-20\",\"phone\":\"+49 30 1\"";

    private final MovingClock clock = new MovingClock();
    private final GatewayUnderTest gateway;

    VerificationTest(@TempDir Path data) {
        GatewayUnderTest.seed(data, clock, seeded -> Counter.plant(seeded, clock.instant()));
        gateway = GatewayUnderTest.start(GatewayUnderTest.embedded(data), clock);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static Ask.Token token() {
        return Counter.token("verification");
    }

    private WireClient.Reply verify(String caseId, String contact, String claims) {
        return Counter.verify(gateway, token().on(caseId), contact, claims);
    }

    @Test
    @Requirement("S2-5")
    void what_is_wrong_is_told_in_one_shape_whatever_it_is_and_what_is_right_in_the_same() {
        // When
        List<WireClient.Reply> wrong = List.of(
                verify("case-1", Counter.CONTACT, WRONG_DAY),
                verify("case-2", Counter.CONTACT, WRONG_PHONE),
                verify("case-3", Counter.COLLEAGUE, WRONG),
                verify("case-4", "con_nobody", Counter.RIGHT),
                verify("case-5", Counter.STRANGER, Counter.RIGHT));
        WireClient.Reply right = verify("case-6", Counter.CONTACT, Counter.RIGHT);

        // Then
        assertThat(wrong).noneMatch(Counter::verified).allMatch(WireClient.Reply::passed);
        assertThat(Counter.verified(right)).isTrue();
        assertThat(wrong)
                .extracting(VerificationTest::shape)
                .containsOnly(shape(right).replace("true", "false"));
        assertThat(shape(right))
                .isEqualTo("{level=\"basic\", method=\"claims\", object=\"contact\", system=\"demo\","
                        + " verified=true}");
        assertThat(gateway.exchanges().stream().map(exchange -> exchange.wire()))
                .noneMatch(wire -> Counter.SECRETS.stream().anyMatch(wire::contains));
        assertThat(LogEntries.of(gateway).texts())
                .noneMatch(entry -> Counter.SECRETS.stream().anyMatch(entry::contains));
    }

    /// Everything that an answer says, but for the number of its decision.
    private static String shape(WireClient.Reply reply) {
        JsonNode answer = reply.structured();
        TreeSet<String> members = new TreeSet<>();
        answer.propertyNames().forEach(name -> {
            if (!name.equals("decision")) {
                members.add(name + "=" + answer.path(name));
            }
        });
        return members.toString().replace('[', '{').replace(']', '}');
    }

    @Test
    @Requirement("S2-5")
    void nobody_guesses_the_claims_of_a_person_in_many_cases_or_of_many_people_in_one() {
        // When three wrong guesses at one person, each in a case of its own
        List<WireClient.Reply> guesses = List.of(
                verify("case-1", Counter.CONTACT, WRONG),
                verify("case-2", Counter.CONTACT, WRONG_DAY),
                verify("case-3", Counter.CONTACT, WRONG_PHONE));
        WireClient.Reply fourth = verify("case-4", Counter.CONTACT, Counter.RIGHT);
        // And three in one case, each at another person
        List<WireClient.Reply> people = List.of(
                verify("case-9", Counter.COLLEAGUE, WRONG),
                verify("case-9", "con_nobody", WRONG),
                verify("case-9", Counter.STRANGER, WRONG));
        WireClient.Reply another = verify("case-9", "con_somebody", WRONG);
        clock.advance(Duration.ofHours(29));
        WireClient.Reply tomorrow = verify("case-4", Counter.CONTACT, Counter.RIGHT);

        // Then
        assertThat(guesses).noneMatch(Counter::verified).allMatch(WireClient.Reply::passed);
        assertThat(Counter.code(fourth)).isEqualTo("over_budget");
        assertThat(fourth.text()).contains("verifications-per-record-and-day");
        assertThat(people).allMatch(WireClient.Reply::passed);
        assertThat(another.text()).contains("verifications-per-case-and-day");
        assertThat(Counter.verified(tomorrow)).as(tomorrow.text()).isTrue();
    }

    @Test
    void claims_that_the_contract_does_not_name_are_refused_without_a_word_on_whether_they_exist() {
        // When
        WireClient.Reply half = verify("case-1", Counter.CONTACT, "\"birth_date\":\"1981-07-19\"");
        WireClient.Reply national = verify("case-1", Counter.CONTACT, Counter.RIGHT + ",\"national_id\":\"1\"");
        WireClient.Reply invented = verify("case-1", Counter.CONTACT, Counter.RIGHT + ",\"shoe_size\":\"1\"");

        // Then
        assertThat(half.text()).contains("`/claims/phone` is missing");
        assertThat(national.text()).contains("does not exist").isEqualTo(invented.text());
        assertThat(List.of(half, national, invented)).extracting(Counter::code).containsOnly("malformed");
    }

    @Test
    @Requirement("S2-10")
    void a_fraud_check_says_that_something_speaks_against_an_account_and_not_what() {
        // When
        WireClient.Reply sound = Counter.fraud(gateway, token(), Counter.ACCOUNT);
        WireClient.Reply suspect = Counter.fraud(gateway, token().about(Counter.SUSPECT), Counter.SUSPECT);
        WireClient.Reply others = Counter.fraud(gateway, token(), Counter.SUSPECT);
        WireClient.Reply change = Counter.change(
                gateway,
                Counter.token("action").about(Counter.SUSPECT),
                Counter.STRANGER,
                "\"email\":\"thief@evil.example\"");

        // Then
        assertThat(Counter.verified(sound)).isTrue();
        assertThat(List.of(suspect, others)).allMatch(WireClient.Reply::passed).noneMatch(Counter::verified);
        assertThat(suspect.wire()).doesNotContain("suspected");
        assertThat(Counter.code(change)).isEqualTo("step_needed");
    }
}
