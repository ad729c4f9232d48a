// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.yaml.ProblemLog;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads `limits.yaml`.
final class LimitReader {
    private static final int LIMITS_MAX = 500;
    private static final int DECIMAL_PLACES = 4;

    private LimitReader() {}

    static List<Limit> limits(ProblemLog problems, String file, byte[] bytes) {
        List<Limit> limits = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Section.of(problems, file, bytes).ifPresent(root -> {
            for (Section section : root.sections("limits")) {
                limit(section).ifPresent(limit -> {
                    if (!names.add(limit.name())) {
                        section.problem("name", "two limits have this name");
                    }
                    limits.add(limit);
                });
            }
            if (limits.size() > LIMITS_MAX) {
                root.problem("there are more than " + LIMITS_MAX + " limits");
            }
            root.done();
        });
        return limits;
    }

    private static Optional<Limit> limit(Section section) {
        Optional<String> name = section.made(
                "name",
                "lower-case words joined by `_`",
                text -> Optional.of(text).filter(word -> word.matches("[a-z][a-z0-9_]{0,63}")));
        section.needed("name");
        Optional<Limit.Type> type = section.needed("type")
                .flatMap(_ -> section.word("type", List.of("amount", "count")))
                .map(word -> word.equals("count") ? Limit.Type.LONG : Limit.Type.DECIMAL);
        List<Limit.Step> steps = new ArrayList<>();
        for (Section line : section.sections("values")) {
            step(line, type.orElse(Limit.Type.DECIMAL)).ifPresent(steps::add);
        }
        if (steps.stream().map(Limit.Step::from).distinct().count() < steps.size()) {
            section.problem("values", "two values begin at the same moment");
        }
        boolean sized = !steps.isEmpty() && steps.size() <= Limit.STEPS_MAX;
        if (!sized) {
            section.problem("values", "a limit has 1 to " + Limit.STEPS_MAX + " values");
        }
        section.done();
        return sized ? name.flatMap(word -> type.map(kind -> new Limit(word, kind, steps))) : Optional.empty();
    }

    private static Optional<Limit.Step> step(Section line, Limit.Type type) {
        line.needed("from");
        Optional<Instant> from =
                line.made("from", "a date such as 2026-01-31, or a moment in UTC", LimitReader::moment);
        line.needed("value");
        int places = type == Limit.Type.LONG ? 0 : DECIMAL_PLACES;
        Optional<BigDecimal> value = line.made(
                "value",
                "a number with " + places + " decimals at most",
                text -> Optional.of(new BigDecimal(text))
                        .filter(number -> number.stripTrailingZeros().scale() <= places && number.precision() <= 14));
        line.done();
        return from.flatMap(at -> value.map(number -> new Limit.Step(at, number)));
    }

    private static Optional<Instant> moment(String text) {
        return Optional.of(
                text.contains("T")
                        ? Instant.parse(text)
                        : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
