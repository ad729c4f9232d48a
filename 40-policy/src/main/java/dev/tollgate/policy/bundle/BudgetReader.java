// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.DataClasses;
import dev.tollgate.catalog.yaml.ProblemLog;
import dev.tollgate.containment.BudgetLimits;
import dev.tollgate.containment.LoopLimits;
import dev.tollgate.containment.Meter;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.WorkflowId;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Reads `budgets.yaml`: how much agents of a type may do; `*` stands for every other type. What a line does
/// not name has the meter's usual limit: no limit is had by forgetting one.
final class BudgetReader {
    private static final String UNLIMITED = "unlimited";
    private static final String WORKFLOWS = "workflow_calls_per_minute";
    private static final String EACH = "*";
    private static final String LOOPS = "loops";
    private static final int BECAUSE_CHARS_MAX = 200;

    private final DataClasses classes;
    private final Collection<WorkflowId> workflows;

    BudgetReader(DataClasses classes, Collection<WorkflowId> workflows) {
        this.classes = classes;
        this.workflows = workflows;
    }

    void read(ProblemLog problems, String file, byte[] bytes, Map<String, BudgetLimits> into) {
        Section.of(problems, file, bytes).ifPresent(root -> {
            for (Section section : root.sections("budgets")) {
                Optional<String> agents = section.needed("agents");
                Optional<BudgetLimits> limits = limits(section);
                agents.ifPresent(type -> limits.ifPresent(read -> {
                    if (into.putIfAbsent(type, read) != null) {
                        section.problem("agents", "two budgets are for these agents");
                    }
                }));
            }
            root.done();
        });
    }

    private Optional<BudgetLimits> limits(Section section) {
        section.require(Meter.CALLS_PER_MINUTE.key());
        Map<Meter, Long> most = new EnumMap<>(BudgetLimits.USUAL.most());
        Map<DataClass, Long> bytes = new HashMap<>();
        boolean lifted = bytes(section, most, bytes);
        for (Meter meter : Meter.values()) {
            if (meter != Meter.BYTES_PER_DAY) {
                lifted |= one(section, meter, most);
            }
        }
        Map<WorkflowId, Long> inWorkflow = new HashMap<>();
        section.section(WORKFLOWS)
                .ifPresent(lines -> each(
                        lines,
                        Meter.CALLS_PER_MINUTE,
                        name -> workflows.stream()
                                .filter(known -> known.value().equals(name))
                                .findFirst(),
                        inWorkflow));
        boolean unwatched = section.has(LOOPS)
                && section.isText(LOOPS)
                && section.text(LOOPS).filter(UNLIMITED::equals).isPresent();
        Optional<LoopLimits> loops = unwatched ? Optional.empty() : Optional.of(loops(section));
        because(section, lifted || unwatched);
        lower(section, most);
        section.done();
        return Optional.of(new BudgetLimits(most, bytes, inWorkflow, loops));
    }

    /// @return whether the limit is lifted
    private static boolean one(Section section, Meter meter, Map<Meter, Long> most) {
        if (section.has(meter.key())
                && section.text(meter.key()).filter(UNLIMITED::equals).isPresent()) {
            most.remove(meter);
            return true;
        }
        number(section, meter.key(), meter, true).ifPresent(max -> most.put(meter, max));
        return false;
    }

    private boolean bytes(Section section, Map<Meter, Long> most, Map<DataClass, Long> bytes) {
        Optional<Section> lines = section.section(Meter.BYTES_PER_DAY.key());
        if (lines.isEmpty()) {
            return false;
        }
        boolean lifted = false;
        if (lines.get().has(EACH)) {
            lifted = lines.get().text(EACH).filter(UNLIMITED::equals).isPresent();
            if (lifted) {
                most.remove(Meter.BYTES_PER_DAY);
            } else {
                number(lines.get(), EACH, Meter.BYTES_PER_DAY, false)
                        .ifPresent(max -> most.put(Meter.BYTES_PER_DAY, max));
            }
        }
        each(
                lines.get(),
                Meter.BYTES_PER_DAY,
                name -> classes.entries().stream()
                        .map(DataClasses.Entry::name)
                        .filter(known -> known.name().equals(name))
                        .findFirst(),
                bytes);
        return lifted;
    }

    private static LoopLimits loops(Section section) {
        LoopLimits usual = LoopLimits.USUAL;
        return section.section(LOOPS)
                .map(lines -> {
                    LoopLimits read = new LoopLimits(
                            lines.whole("same_call", 2, LoopLimits.MOST).orElse(usual.same()),
                            lines.whole("similar_calls", 2, LoopLimits.MOST).orElse(usual.similar()),
                            lines.whole("rounds", 2, LoopLimits.MOST / 4).orElse(usual.rounds()),
                            lines.whole("refused", 2, LoopLimits.MOST / 3).orElse(usual.refused()));
                    lines.done();
                    return read;
                })
                .orElse(usual);
    }

    private static <K> void each(Section lines, Meter meter, Function<String, Optional<K>> named, Map<K, Long> into) {
        for (String name : lines.keys()) {
            Optional<K> key = named.apply(name);
            if (key.isPresent()) {
                number(lines, name, meter, false).ifPresent(max -> into.put(key.get(), max));
            }
        }
        lines.done();
    }

    private static Optional<Long> number(Section section, String key, Meter meter, boolean liftable) {
        String or = liftable ? ", or `" + UNLIMITED + "`" : "";
        Predicate<Long> sane = max -> max >= 1 && max <= meter.largest();
        return section.made(
                key,
                "a whole number from 1 to " + meter.largest() + or,
                text -> Optional.of(Long.valueOf(text)).filter(sane));
    }

    /// A limit that is lifted stands in the bundle with its reason, for whoever reviews it.
    private static void because(Section section, boolean lifted) {
        Optional<String> because = section.text("because");
        if (lifted && because.isEmpty()) {
            section.problem("a limit that is `" + UNLIMITED + "` needs a `because`");
        }
        if (because.filter(text -> text.length() > BECAUSE_CHARS_MAX).isPresent()) {
            section.problem("because", "this has at most " + BECAUSE_CHARS_MAX + " characters");
        }
    }

    /// Writes have limits of their own below those of calls: one that is higher limits nothing.
    private static void lower(Section section, Map<Meter, Long> most) {
        Long calls = most.get(Meter.CALLS_PER_MINUTE);
        Long writes = most.get(Meter.WRITES_PER_MINUTE);
        if (calls != null && writes != null && writes > calls) {
            if (section.has(Meter.WRITES_PER_MINUTE.key())) {
                section.problem(Meter.WRITES_PER_MINUTE.key(), "more changes than calls a minute are no limit");
            }
            most.put(Meter.WRITES_PER_MINUTE, calls);
        }
    }
}
