// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar.gates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.cedar.Answer;
import dev.tollgate.cedar.Answer.PolicyError;
import dev.tollgate.cedar.CedarValue;
import dev.tollgate.cedar.Effect;
import dev.tollgate.cedar.Entities;
import dev.tollgate.cedar.PartialAnswer;
import dev.tollgate.cedar.PolicySet;
import dev.tollgate.cedar.Rec;
import dev.tollgate.cedar.Request;
import dev.tollgate.cedar.Unknowns;
import dev.tollgate.cedar.Unknowns.Path;
import dev.tollgate.cedar.Unknowns.Promise;
import dev.tollgate.terms.testing.Property;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What is said with parts unknown stays true whatever the parts turn out to be, failures included.
final class PartialProperties {
    private static final int COMPLETIONS = 12;
    private static final List<String> NAMES = List.of("n", "s", "b", "e", "ss", "dec", "at", "span", "r");

    @Test
    void every_completion_agrees_with_the_partial_answer() {
        int[] seen = new int[3];

        Property.forAll(500, random -> new Drawn(random, 60), drawn -> {
            Request request = drawn.draws.request();
            Unknowns unknowns = drawn.unknowns();
            PartialAnswer partial = drawn.policies.partial(request, unknowns, drawn.entities);
            seen[0] += partial.undecided().size();
            seen[1] += partial.decision().isPresent() ? 1 : 0;
            for (int at = 0; at < COMPLETIONS; at++) {
                Rec completed = drawn.completed(request.context());
                Request full = new Request(request.principal(), request.action(), request.resource(), completed);
                Answer answer = drawn.policies.authorize(full, drawn.entities);
                check(partial, answer, completed);
                seen[2] += residuals(partial, completed, drawn.entities);
            }
        });

        // enough undecided policies, decisions in spite of unknowns, and residuals without an opaque part
        assertThat(seen[0]).isGreaterThan(500);
        assertThat(seen[1]).isGreaterThan(20);
        assertThat(seen[2]).isGreaterThan(1_000);
    }

    private static void check(PartialAnswer partial, Answer answer, Rec completed) {
        partial.decision().ifPresent(decision -> assertThat(answer.decision()).isEqualTo(decision));
        partial.strict().ifPresent(decision -> assertThat(answer.strict()).isEqualTo(decision));
        List<String> failed = answer.errors().stream().map(PolicyError::id).toList();
        assertThat(failed)
                .containsAll(partial.errors().stream().map(PolicyError::id).toList());
        for (PartialAnswer.Settled settled : partial.satisfied()) {
            assertThat(failed).doesNotContain(settled.id());
            List<String> counted = counted(answer, settled.effect());
            assertThat(counted.isEmpty() || counted.contains(settled.id())).isTrue();
        }
        for (PartialAnswer.Undecided undecided : partial.undecided()) {
            Optional<Boolean> holds = undecided.rest().holds(completed);
            assertThat(failed.contains(undecided.id())).isEqualTo(holds.isEmpty());
            assertThat(holds.isEmpty() && !undecided.mayFail()).isFalse();
            assertThat(holds.orElse(false) && !undecided.mayHold()).isFalse();
            if (!counted(answer, undecided.effect()).isEmpty()) {
                assertThat(answer.determining().contains(undecided.id())).isEqualTo(holds.orElse(false));
            }
        }
        int possible = partial.satisfied().size()
                + partial.errors().size()
                + partial.undecided().size();
        assertThat(answer.determining().size() + failed.size()).isLessThanOrEqualTo(possible);
    }

    /// The determining policies when they are of that effect; empty when the others decided.
    private static List<String> counted(Answer answer, Effect effect) {
        return answer.allowed() == (effect == Effect.PERMIT) ? answer.determining() : List.of();
    }

    /// The written residual says what the expression does, where it has no opaque part.
    private static int residuals(PartialAnswer partial, Rec completed, Entities entities) {
        int told = 0;
        for (PartialAnswer.Undecided undecided : partial.undecided()) {
            ResidualReader reader = new ResidualReader(completed, entities);
            Optional<Boolean> read = reader.holds(undecided.condition());
            if (!reader.metOpaque()) {
                assertThat(read).isEqualTo(undecided.rest().holds(completed));
                told++;
            }
        }
        return told;
    }

    /// A case: policies, entities, and which parts of the context are unknown.
    private static final class Drawn {
        private final RandomGenerator random;
        private final Draws draws;
        private final Entities entities;
        private final PolicySet policies;
        private final Map<Path, Promise> chosen = new LinkedHashMap<>();

        Drawn(RandomGenerator random, int count) {
            this.random = random;
            this.draws = new Draws(random);
            this.entities = draws.entities();
            this.policies = draws.policies(count);
        }

        Unknowns unknowns() {
            Unknowns all = Unknowns.NONE;
            for (String name : NAMES) {
                Path path = random.nextInt(4) == 0 ? Path.of(name) : Path.of("row", name);
                if (random.nextInt(3) > 0) {
                    Promise promise = promise(name);
                    chosen.put(path, promise);
                    all = all.and(path, promise);
                }
            }
            return all;
        }

        private Promise promise(String name) {
            if (random.nextBoolean()) {
                return Promise.NOTHING;
            }
            return switch (random.nextBoolean() ? name : "") {
                case "n" -> Promise.LONG;
                case "b" -> Promise.BOOL;
                case "e" -> Promise.ENTITY;
                case "ss" -> Promise.SET;
                case "dec" -> Promise.DECIMAL;
                case "at" -> Promise.DATETIME;
                case "span" -> Promise.DURATION;
                default -> Promise.PRESENT;
            };
        }

        /// The known context with something in the place of each unknown, or nothing where nothing is promised.
        Rec completed(Rec known) {
            Rec full = known;
            for (Map.Entry<Path, Promise> unknown : chosen.entrySet()) {
                List<String> names = unknown.getKey().names();
                String name = names.getLast();
                boolean typed = unknown.getValue() != Promise.NOTHING && unknown.getValue() != Promise.PRESENT;
                String type = typed || random.nextInt(4) > 0 ? name : NAMES.get(random.nextInt(NAMES.size()));
                boolean absent = unknown.getValue() == Promise.NOTHING && random.nextInt(4) == 0;
                full = placed(full, names, absent ? Optional.empty() : Optional.of(draws.value(type)));
            }
            return full;
        }

        private static Rec placed(Rec in, List<String> names, Optional<CedarValue> value) {
            Map<String, CedarValue> attributes = new HashMap<>(in.attributes());
            if (names.size() > 1) {
                Rec below = attributes.get(names.getFirst()) instanceof Rec record ? record : Rec.EMPTY;
                attributes.put(names.getFirst(), placed(below, names.subList(1, names.size()), value));
            } else if (value.isPresent()) {
                attributes.put(names.getFirst(), value.get());
            } else {
                attributes.remove(names.getFirst());
            }
            return Rec.of(attributes);
        }
    }
}
