// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection;

import dev.tollgate.inspection.finding.Finding;
import dev.tollgate.inspection.finding.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/// Takes found things out of a text and puts typed placeholders in their place.
public final class Redactor {
    /// Passes over one text. Taking out what stands there may join what stood apart, so what is left is
    /// looked at again; more than this often, somebody built the text for it, and it is withheld whole.
    private static final int PASSES_MAX = 5;

    private final Inspector inspector;

    /// @param inspector finds what is to be removed
    public Redactor(Inspector inspector) {
        this.inspector = inspector;
    }

    /// A text without what was removed.
    ///
    /// @param events  what was done, for the log: kinds, places and counts, never what stood there
    /// @param removed what stood there, to be recognised when somebody repeats it; never for the log
    public record Redacted(String text, List<Transformation> events, List<String> removed) {
        public Redacted {
            events = List.copyOf(events);
            removed = List.copyOf(removed);
        }

        @Override
        public String toString() {
            return "Redacted" + events;
        }
    }

    /// Something was taken out of a text.
    ///
    /// @param rule what found it
    /// @param start where it stood in the text of that pass
    /// @param length how long it was, in `char`s
    public record Transformation(Kind kind, String rule, int start, int length) {}

    /// `text` without secrets and one-time codes: what every text that an agent sees must be.
    public Redacted withoutSecrets(String text) {
        return without(text, inspector::secretSpans, kind -> kind.group() == Kind.Group.SECRET);
    }

    /// `text` without the kinds that `removed` names.
    public Redacted without(String text, Predicate<Kind> removed) {
        return without(text, inspector::spans, removed);
    }

    private static Redacted without(String text, Function<String, List<Finding>> look, Predicate<Kind> kinds) {
        List<Transformation> events = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        String left = text;
        for (int pass = 0; pass < PASSES_MAX; pass++) {
            List<Finding> found = look.apply(left).stream()
                    .filter(finding -> kinds.test(finding.kind()))
                    .toList();
            if (found.isEmpty()) {
                return new Redacted(left, events, removed);
            }
            for (Finding finding : found) {
                removed.add(left.substring(finding.start(), finding.end()));
            }
            left = replaced(left, found, events);
        }
        events.add(new Transformation(Kind.GENERIC_SECRET, "unsettled", 0, left.length()));
        return new Redacted(Kind.GENERIC_SECRET.placeholder(), events, List.of(text));
    }

    private static String replaced(String text, List<Finding> found, List<Transformation> events) {
        StringBuilder left = new StringBuilder(text.length());
        int from = 0;
        for (Finding finding : found) {
            left.append(text, from, finding.start()).append(finding.kind().placeholder());
            events.add(new Transformation(finding.kind(), finding.rule(), finding.start(), finding.length()));
            from = finding.end();
        }
        return left.append(text, from, text.length()).toString();
    }

    /// How many of each kind were removed.
    public static Map<Kind, Integer> counts(List<Transformation> events) {
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        events.forEach(event -> counts.merge(event.kind(), 1, Integer::sum));
        return counts;
    }
}
