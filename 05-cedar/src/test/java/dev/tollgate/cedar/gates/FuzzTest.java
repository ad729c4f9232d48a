// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar.gates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.cedar.Answer;
import dev.tollgate.cedar.Entities;
import dev.tollgate.cedar.EntitiesJson;
import dev.tollgate.cedar.Request;
import dev.tollgate.cedar.RequestJson;
import dev.tollgate.cedar.ScanOf;
import dev.tollgate.cedar.Schema;
import dev.tollgate.terms.testing.Property;
import dev.tollgate.terms.testing.Requirement;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Random sets of policies over damaged data, beside cedar-java; and the index beside a scan of all policies.
/// `-Dtollgate.fuzz=N` multiplies the number of sets.
final class FuzzTest {
    private static final int REQUESTS = 16;
    private static final List<String> HOLDERS = List.of(
            "principal",
            "resource",
            "context",
            "context",
            "context.r",
            "context.row",
            "principal.e",
            "resource.r",
            "context.row.e",
            "action");

    private final Oracle oracle = new Oracle();

    @Requirement("S1-17")
    @ParameterizedTest
    @CsvSource({"10, 60", "100, 12"})
    void decisions_reasons_and_errors_are_those_of_cedar_java(int policies, int sets) {
        int times = Integer.getInteger("tollgate.fuzz", 1);
        int[] satisfied = {0, 0};

        Property.forAll(sets * times, random -> new Case(random, policies), drawn -> {
            for (int at = 0; at < REQUESTS; at++) {
                Oracle.Asked asked = drawn.world.asked();
                Answer answer = drawn.ask(asked);

                assertThat(Ours.result(answer)).isEqualTo(oracle.authorize(drawn.ours.sources(), drawn.json, asked));
                satisfied[0] += answer.determining().isEmpty() ? 0 : 1;
                satisfied[1] += answer.hasErrors() ? 1 : 0;
            }
        });

        // a fuzzer whose policies never apply or never fail proves nothing
        assertThat(satisfied[0]).isGreaterThan(sets * REQUESTS / 4);
        assertThat(satisfied[1]).isGreaterThan(sets * REQUESTS / 4);
    }

    private static final class Case {
        private final World world;
        private final String json;
        private final Ours ours;
        private final Entities entities;

        Case(RandomGenerator random, int policies) {
            world = new World(random);
            json = world.entities();
            ours = Ours.compiled(new Programs(random, HOLDERS).policies(policies));
            entities = EntitiesJson.read(json, Schema.EMPTY);
        }

        Answer ask(Oracle.Asked asked) {
            Request request = RequestJson.read(
                    "{\"principal\":" + asked.principal() + ",\"action\":" + asked.action() + ",\"resource\":"
                            + asked.resource() + ",\"context\":" + asked.context() + "}",
                    Schema.EMPTY);
            Answer indexed = ours.policies().authorize(request, entities);
            Answer scanned = ScanOf.authorize(ours.policies(), request, entities);
            assertThat(Ours.result(indexed)).isEqualTo(Ours.result(scanned));
            return indexed;
        }
    }
}
