// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.catalog.Effect;
import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.Origin;
import dev.tollgate.gateway.state.Authenticated;
import dev.tollgate.gateway.state.Noticed;
import dev.tollgate.gateway.state.Redacted;
import dev.tollgate.gateway.state.Redacted.ShownRow;
import dev.tollgate.gateway.state.Validated;
import dev.tollgate.inspection.request.Grams;
import dev.tollgate.inspection.request.Grounds;
import dev.tollgate.inspection.request.Grounds.Argument;
import dev.tollgate.inspection.request.Request;
import dev.tollgate.inspection.request.Told;
import dev.tollgate.lineage.heard.Heard;
import dev.tollgate.lineage.heard.HeardWords;
import dev.tollgate.lineage.heard.Hearing;
import dev.tollgate.policy.FieldVerdict;
import dev.tollgate.policy.Situation;
import dev.tollgate.policy.Warrant;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import dev.tollgate.terms.Write;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Holds changes against what the person asked for in their own words, where the token carries them:
/// does anybody ask for this, and who named where it goes and what it sets? What the task is told is
/// remembered for that, and costs nothing where no words were given.
///
/// @param heard remembers what tasks were told
public record Warrants(HeardWords heard) {
    /// From this tier on a value may not leave freely: it tells who somebody is, or what they pay.
    private static final int KEPT_FROM = 3;

    /// Nested values of an argument: deeper than any contract describes.
    private static final int DEPTH_MAX = 16;

    /// The situation of a call, with its warrant when it is a change and the token says what was asked
    /// for. Refuses with `Undecidable` when what the task was told cannot be read.
    Step<Situation> of(Validated validated, Situation situation) {
        Optional<String> words = validated.who().principal().delegation().request();
        if (words.isEmpty() || !(validated.asked() instanceof Write asked)) {
            return Step.pass(situation);
        }
        Request request = Request.of(words.get());
        Effect effect = validated.tool().effect();
        return heard.heard(validated.who().principal())
                .then(told -> Step.pass(situation.with(
                        warrant(effect, Grounds.of(request, effect, arguments(validated, asked), told(told))))));
    }

    private static Warrant warrant(Effect effect, Grounds grounds) {
        return new Warrant(
                effect.word(),
                grounds.asked(),
                grounds.answers(),
                grounds.destination().word(),
                grounds.values().word(),
                grounds.content().word(),
                grounds.sensitive());
    }

    private static Told told(Heard heard) {
        return new Told() {
            @Override
            public boolean trusted(String gram) {
                return heard.of(Hearing.TRUSTED, gram);
            }

            @Override
            public boolean thirdParty(String gram) {
                return heard.of(Hearing.THIRD_PARTY, gram);
            }

            @Override
            public boolean ordered(String gram) {
                return heard.of(Hearing.ORDERED, gram);
            }

            @Override
            public boolean sensitive(String gram) {
                return heard.of(Hearing.SENSITIVE, gram);
            }
        };
    }

    /// What a change sets and which record it names, by the system's own names: they say what a value is for.
    private static List<Argument> arguments(Validated validated, Write asked) {
        List<Argument> arguments = new ArrayList<>();
        asked.given().forEach((name, value) -> {
            String upstream =
                    validated.object().field(name).map(FieldType::upstream).orElse(name);
            add(arguments, upstream.substring(upstream.lastIndexOf('/') + 1), value, 0);
        });
        asked.recordId().ifPresent(record -> arguments.add(new Argument("id", record.value())));
        return arguments;
    }

    private static void add(List<Argument> arguments, String name, Value value, int depth) {
        switch (value) {
            case Value.Text(String text) -> arguments.add(new Argument(name, text));
            case Value.Num num -> arguments.add(new Argument(name, num.number().toPlainString()));
            case Value.Day day -> arguments.add(new Argument(name, day.date().toString()));
            case Value.Moment moment ->
                arguments.add(new Argument(name, moment.instant().toString()));
            case Value.Items(List<Value> items) -> {
                if (depth < DEPTH_MAX) {
                    items.forEach(item -> add(arguments, name, item, depth + 1));
                }
            }
            case Value.Fields(Map<String, Value> fields) -> {
                if (depth < DEPTH_MAX) {
                    fields.forEach((inner, item) -> add(arguments, inner, item, depth + 1));
                }
            }
            case Value.Bool _, Value.Null _ -> {
                // Yes, no and nothing are nobody's words.
            }
        }
    }

    /// Remembers what an answer is about to tell. Refuses with `Undecidable` when it cannot be remembered: then it must
    /// not be told.
    Step<Boolean> hear(Redacted redacted, List<ShownRow> rows, Noticed noticed) {
        Authenticated who = redacted.who();
        if (who.principal().delegation().request().isEmpty() || rows.isEmpty()) {
            return Step.pass(false);
        }
        Map<Hearing, Set<String>> told = new EnumMap<>(Hearing.class);
        for (Hearing hearing : Hearing.values()) {
            told.put(hearing, new HashSet<>());
        }
        Operation.Target target = redacted.decided().operation().target();
        for (ShownRow row : rows) {
            for (Map.Entry<String, Value> entry : row.values().entrySet()) {
                FieldVerdict verdict = row.verdicts().get(entry.getKey());
                if (verdict == null || verdict.view() != View.CLEAR) {
                    continue;
                }
                FieldType field = who.policy()
                        .bundle()
                        .catalog()
                        .field(target.system(), new FieldPath(target.object(), entry.getKey()));
                boolean suspect = noticed.suspect(row.record().value(), entry.getKey());
                List<Argument> texts = new ArrayList<>();
                add(texts, entry.getKey(), entry.getValue(), 0);
                texts.forEach(text -> hear(told, field, suspect, text.value()));
            }
        }
        return heard.hear(who.principal(), told);
    }

    private static void hear(Map<Hearing, Set<String>> told, FieldType field, boolean suspect, String text) {
        Set<String> grams = Grams.of(text);
        boolean strangers = field.origin() == Origin.THIRD_PARTY;
        boolean orders = suspect || (strangers && Request.of(text).orders());
        Hearing hearing = orders ? Hearing.ORDERED : strangers ? Hearing.THIRD_PARTY : Hearing.TRUSTED;
        told.getOrDefault(hearing, new HashSet<>()).addAll(grams);
        if (field.tier() >= KEPT_FROM) {
            told.getOrDefault(Hearing.SENSITIVE, new HashSet<>()).addAll(grams);
        }
    }
}
