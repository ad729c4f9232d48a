// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.yaml.ProblemLog;
import dev.tollgate.containment.RiskSign;
import dev.tollgate.containment.RiskTerms;
import dev.tollgate.containment.WorkingHours;
import dev.tollgate.terms.Require;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads `risk.yaml`: what each sign weighs, where levels begin, and when agents work. What it does not name keeps its
/// usual weight: no sign is lost by a line that somebody left out.
final class RiskReader {
    private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d");
    private static final int HOURS_MAX = (int) RiskTerms.NEW_MAX.toHours();
    private static final int SCORE_MAX = 100;

    private static final List<String> DAYS =
            Arrays.stream(DayOfWeek.values()).map(RiskReader::word).toList();

    private RiskReader() {}

    static RiskTerms read(ProblemLog problems, String file, byte[] bytes, Set<String> types) {
        return Section.of(problems, file, bytes)
                .flatMap(root -> {
                    Optional<RiskTerms> terms = root.neededSection("risk").flatMap(section -> terms(section, types));
                    root.done();
                    return terms;
                })
                .orElse(RiskTerms.USUAL);
    }

    private static Optional<RiskTerms> terms(Section section, Set<String> types) {
        RiskTerms usual = RiskTerms.USUAL;
        int medium = section.whole("medium_from", 1, SCORE_MAX - 1).orElse(usual.medium());
        int high = section.whole("high_from", 2, SCORE_MAX).orElse(usual.high());
        Duration isNew = section.whole("new_version_hours", 1, HOURS_MAX)
                .map(Duration::ofHours)
                .orElse(usual.newVersion());
        Optional<String> owner = section.made("owner", "a name", text -> Optional.of(Require.id("owner", text)));
        Map<RiskSign, RiskTerms.Weight> weights = new EnumMap<>(RiskSign.class);
        section.section("signals").ifPresent(signals -> signals(signals, weights));
        List<WorkingHours> hours = new ArrayList<>();
        section.sections("hours").forEach(line -> hours(line, types).ifPresent(hours::add));
        section.done();
        if (medium >= high) {
            section.problem("`medium_from` is below `high_from`");
            return Optional.empty();
        }
        return Optional.of(new RiskTerms(weights, medium, high, isNew, hours, owner));
    }

    private static void signals(Section signals, Map<RiskSign, RiskTerms.Weight> into) {
        for (RiskSign sign : RiskSign.values()) {
            signals.section(sign.word()).ifPresent(line -> {
                RiskTerms.Weight usual = sign.usual();
                int from = line.whole("from", 1, RiskTerms.Weight.FROM_MAX).orElse(usual.from());
                int each = line.whole("each", 1, SCORE_MAX).orElse(usual.each());
                int most = line.whole("most", 1, SCORE_MAX).orElse(Math.max(each, usual.most()));
                line.done();
                if (most < each) {
                    line.problem("`most` is not below `each`");
                } else {
                    into.put(sign, new RiskTerms.Weight(from, each, most));
                }
            });
        }
        signals.done();
    }

    private static Optional<WorkingHours> hours(Section line, Set<String> types) {
        Optional<String> agents = line.needed("agents")
                .flatMap(name -> name.equals("*") ? Optional.of(name) : line.word("agents", types));
        Optional<ZoneId> zone =
                line.made("zone", "a time zone, for example `Europe/Berlin`", name -> Optional.of(ZoneId.of(name)));
        Optional<LocalTime> from = time(line, "from");
        Optional<LocalTime> until = time(line, "until");
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        line.words("days", DAYS).forEach(word -> days.add(DayOfWeek.of(DAYS.indexOf(word) + 1)));
        if (!line.has("days")) {
            days.addAll(EnumSet.allOf(DayOfWeek.class));
        }
        line.require("zone");
        line.require("from");
        line.require("until");
        line.done();
        if (days.isEmpty() || (from.isPresent() && from.equals(until))) {
            line.problem("nobody works in these hours: leave the line out");
            return Optional.empty();
        }
        return agents.flatMap(type -> zone.flatMap(
                where -> from.flatMap(begin -> until.map(end -> new WorkingHours(type, where, begin, end, days)))));
    }

    private static Optional<LocalTime> time(Section line, String key) {
        return line.made(
                key,
                "a time of the day, for example `06:30`",
                text -> Optional.of(text).filter(TIME.asMatchPredicate()).map(LocalTime::parse));
    }

    private static String word(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }
}
