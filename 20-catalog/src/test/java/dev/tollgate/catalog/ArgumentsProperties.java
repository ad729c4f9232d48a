// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.contracts.Bundles;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Write;
import dev.tollgate.terms.testing.Property;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Laws of arguments, on random calls of every tool by principals who may know of random fields.
class ArgumentsProperties {
    private static final Catalog CATALOG = Bundles.load("default").catalog();
    private static final String MARK = "c4nary";

    private record Call(ToolType tool, Set<String> visible, Value.Fields arguments) {
        ObjectType object() {
            return CATALOG.object(tool.system(), tool.object()).orElseThrow();
        }

        Step<Operation> read() {
            return Arguments.read(tool, object(), arguments, visible, new FakeCursorSeal());
        }
    }

    @Test
    void no_operation_touches_a_field_that_the_principal_may_not_know_of() {
        Property.forAll(4_000, ArgumentsProperties::call, call -> {
            if (call.read() instanceof Step.Passed<Operation>(Operation operation)
                    && !(operation instanceof Write.Create)) {
                assertThat(call.visible()).containsAll(operation.touched());
            }
        });
    }

    @Test
    void a_refusal_repeats_nothing_that_was_given() {
        Property.forAll(4_000, ArgumentsProperties::call, call -> {
            if (call.read() instanceof Step.Refused<Operation>(Refusal why)) {
                assertThat(why).isInstanceOfAny(Refusal.Malformed.class, Refusal.HumanOnly.class);
                if (why instanceof Refusal.Malformed malformed) {
                    assertThat(malformed.problems()).isNotEmpty().hasSizeLessThanOrEqualTo(20);
                }
                assertThat(why.explain()).doesNotContain(MARK);
            }
        });
    }

    @Test
    void what_is_read_fits_the_schema_that_the_principal_was_shown() {
        Property.forAll(1_500, ArgumentsProperties::call, call -> {
            if (call.read() instanceof Step.Passed<Operation>) {
                Value.Fields schema = ToolSchemas.input(call.tool(), call.object(), call.visible());
                assertThat(Json.errors(schema, call.arguments())).isEmpty();
            }
        });
    }

    @Test
    void hiding_a_field_and_not_having_it_are_answered_in_the_same_bytes() {
        Property.forAll(2_000, ArgumentsProperties::call, call -> {
            // Given
            String hidden = call.object().fields().getLast().name();
            Set<String> without = new TreeSet<>(call.visible());
            without.remove(hidden);
            List<FieldType> fewer = call.object().fields().stream()
                    .filter(field -> !field.name().equals(hidden))
                    .toList();
            ObjectType real = call.object();
            ObjectType lacking = new ObjectType(
                    real.name(),
                    real.upstream(),
                    real.idField(),
                    real.facts(),
                    real.window(),
                    fewer,
                    real.relations(),
                    real.description(),
                    real.version());

            // When
            Step<Operation> concealed =
                    Arguments.read(call.tool(), real, call.arguments(), without, new FakeCursorSeal());
            Step<Operation> absent =
                    Arguments.read(call.tool(), lacking, call.arguments(), without, new FakeCursorSeal());

            // Then
            assertThat(concealed).isEqualTo(absent);
        });
    }

    private static Call call(RandomGenerator random) {
        List<ToolType> tools = CATALOG.tools();
        ToolType tool = tools.get(random.nextInt(tools.size()));
        ObjectType object = CATALOG.object(tool.system(), tool.object()).orElseThrow();
        Set<String> visible = new TreeSet<>(Set.of(object.idField()));
        object.fields().stream().filter(_ -> random.nextInt(4) > 0).forEach(field -> visible.add(field.name()));
        Map<String, Value> arguments = new TreeMap<>();
        switch (tool.kind()) {
            case GET -> {
                arguments.put("id", value(random));
                arguments.put("fields", names(object, random));
            }
            case SEARCH -> {
                arguments.put("where", where(object, random));
                arguments.put("order", order(object, random));
                arguments.put("limit", random.nextInt(5) > 0 ? Value.of(random.nextInt(1, 60)) : value(random));
                if (random.nextBoolean()) {
                    arguments.put("fields", names(object, random));
                }
            }
            case COUNT -> arguments.put("where", where(object, random));
            case VERIFY -> {
                arguments.put("id", value(random));
                arguments.put("claims", values(object, random));
            }
            case CREATE, SEND -> arguments.put("values", values(object, random));
            case UPDATE -> {
                arguments.put("id", value(random));
                arguments.put("values", values(object, random));
            }
            case DELETE -> arguments.put("id", value(random));
            case MERGE -> {
                arguments.put("id", value(random));
                arguments.put("duplicate", value(random));
            }
        }
        if (random.nextInt(10) == 0) {
            arguments.put(MARK, value(random));
        }
        return new Call(tool, visible, new Value.Fields(arguments));
    }

    private static String name(ObjectType object, RandomGenerator random) {
        List<FieldType> fields = object.fields();
        return random.nextInt(12) == 0
                ? MARK
                : fields.get(random.nextInt(fields.size())).name();
    }

    private static Value names(ObjectType object, RandomGenerator random) {
        Set<String> names = new TreeSet<>();
        for (int left = random.nextInt(1, 4); left > 0; left--) {
            names.add(name(object, random));
        }
        return Value.texts(names);
    }

    private static Value where(ObjectType object, RandomGenerator random) {
        List<Value> conditions = new ArrayList<>();
        for (int left = random.nextInt(0, 3); left > 0; left--) {
            String name = name(object, random);
            List<Comparison> all = object.field(name)
                    .map(field -> Given.comparisons(field.type()))
                    .filter(fitting -> !fitting.isEmpty() && random.nextInt(8) > 0)
                    .orElse(List.of(Comparison.values()));
            Comparison comparison = all.get(random.nextInt(all.size()));
            Value one = object.field(name).map(field -> fitting(field, random)).orElse(value(random));
            Value given = comparison == Comparison.IN ? new Value.Items(List.of(one)) : one;
            conditions.add(new Value.Fields(
                    Map.of("field", Value.of(name), "comparison", Value.of(comparison.word()), "value", given)));
        }
        return new Value.Items(conditions);
    }

    private static Value order(ObjectType object, RandomGenerator random) {
        return random.nextBoolean()
                ? new Value.Items(List.of())
                : new Value.Items(List.of(new Value.Fields(Map.of(
                        "field", Value.of(name(object, random)), "descending", Value.of(random.nextBoolean())))));
    }

    private static Value values(ObjectType object, RandomGenerator random) {
        Map<String, Value> values = new TreeMap<>();
        for (FieldType field : object.fields()) {
            boolean taken = field.writeClass() == WriteClass.OPERATIONAL || field.writeClass() == WriteClass.DRAFT;
            if (taken && random.nextInt(20) > 0) {
                values.put(field.name(), fitting(field, random));
            }
        }
        return new Value.Fields(values);
    }

    private static Value fitting(FieldType field, RandomGenerator random) {
        if (random.nextInt(15) == 0) {
            return value(random);
        }
        return switch (field.type()) {
            case TEXT ->
                field.picklist().isEmpty()
                        ? Value.of(MARK)
                        : Value.of(field.picklist()
                                .get(random.nextInt(field.picklist().size())));
            case REFERENCE -> Value.of(MARK + random.nextInt(100));
            case INTEGER -> Value.of(random.nextInt());
            case DECIMAL -> new Value.Num(new BigDecimal(random.nextInt()).movePointLeft(2));
            case BOOLEAN -> Value.of(random.nextBoolean());
            case DATE -> Value.of("2026-0" + random.nextInt(1, 10) + "-1" + random.nextInt(10));
            case MOMENT -> Value.of("2026-01-31T0" + random.nextInt(10) + ":00:00Z");
            case LIST -> Value.texts(List.of(MARK));
        };
    }

    private static Value value(RandomGenerator random) {
        return switch (random.nextInt(8)) {
            case 0 -> Value.NULL;
            case 1 -> Value.of(random.nextBoolean());
            case 2 -> Value.of(random.nextLong());
            case 3 -> new Value.Num(new BigDecimal("1E+999999"));
            case 4 -> new Value.Items(List.of(Value.of(MARK)));
            case 5 -> new Value.Fields(Map.of(MARK, Value.of(MARK)));
            case 6 -> Value.of(MARK + "\u0000");
            default -> Value.of(MARK.repeat(random.nextInt(1, 200)));
        };
    }
}
