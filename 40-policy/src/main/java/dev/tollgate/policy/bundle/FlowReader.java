// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.DataClasses;
import dev.tollgate.catalog.yaml.ProblemLog;
import dev.tollgate.lineage.FlowDecay;
import dev.tollgate.terms.DataClass;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `flow.yaml`: how long it is remembered what agents were shown. What it does not name is remembered for the
/// usual time: nothing is forgotten sooner by a line that somebody left out.
final class FlowReader {
    private static final Pattern TIME = Pattern.compile("(\\d{1,5})([mhd])");
    private static final String EXPECTED = "a time from 10m to 365d, in `m`, `h` or `d`";
    private static final String EACH = "*";

    private final DataClasses classes;
    private FlowDecay decay;

    FlowReader(DataClasses classes) {
        this.classes = classes;
        FlowDecay usual = FlowDecay.USUAL;
        this.decay = new FlowDecay(usual.usual(), FlowDecay.restricted(classes), usual.integrity());
    }

    /// What was read, or the usual durations.
    FlowDecay decay() {
        return decay;
    }

    void read(ProblemLog problems, String file, byte[] bytes) {
        Section.of(problems, file, bytes).ifPresent(root -> {
            root.neededSection("flow").ifPresent(this::read);
            root.done();
        });
    }

    private void read(Section section) {
        Duration integrity = time(section, "integrity").orElse(decay.integrity());
        Duration usual = decay.usual();
        Map<DataClass, Duration> named = new HashMap<>(decay.classes());
        Optional<Section> lines = section.section("classes");
        if (lines.isPresent()) {
            usual = time(lines.get(), EACH).orElse(usual);
            for (DataClasses.Entry entry : classes.entries()) {
                time(lines.get(), entry.name().name()).ifPresent(life -> named.put(entry.name(), life));
            }
            lines.get().done();
        }
        section.done();
        decay = new FlowDecay(usual, named, integrity);
    }

    private static Optional<Duration> time(Section section, String key) {
        return section.made(key, EXPECTED, FlowReader::time);
    }

    private static Optional<Duration> time(String text) {
        Matcher match = TIME.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(match.group(1));
        Duration life = switch (match.group(2)) {
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
        return Optional.of(life)
                .filter(one -> one.compareTo(FlowDecay.LEAST) >= 0 && one.compareTo(FlowDecay.MOST) <= 0);
    }
}
