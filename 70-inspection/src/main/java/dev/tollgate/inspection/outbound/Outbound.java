// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import dev.tollgate.inspection.Inspector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Looks at a message before it leaves. Pure: everything it is to know is handed in. Takes time that grows with the
/// message's length and no faster. Safe to share between threads.
public final class Outbound {
    /// `char`s of one message: a letter of a book's length. A longer one is not looked at, and is one finding as a
    /// whole.
    public static final int CHARS_MAX = 1 << 20;

    /// Masking may join what stood apart, so the masked text is looked at again; more often than this,
    /// and somebody built the text for it: then nothing of it is left.
    private static final int PASSES_MAX = 4;

    private final Inspector inspector;
    private final Fingerprints fingerprints;

    /// @param inspector    finds secrets and personal data
    /// @param fingerprints makes the fingerprints that contexts hold
    public Outbound(Inspector inspector, Fingerprints fingerprints) {
        this.inspector = inspector;
        this.fingerprints = fingerprints;
    }

    /// Reads a message.
    ///
    /// @param rules what the bundle says
    /// @param parts the texts by the name of their field, in the order in which a reader meets them
    public Draft read(OutboundRules rules, SequencedMap<String, String> parts) {
        return new Draft(inspector, fingerprints, rules, parts);
    }

    /// The message with a typed placeholder in place of everything that is found in it.
    public SequencedMap<String, String> masked(
            OutboundRules rules, SequencedMap<String, String> parts, OutboundContext context) {
        SequencedMap<String, String> left = new LinkedHashMap<>(parts);
        for (int pass = 0; pass < PASSES_MAX; pass++) {
            List<OutboundFinding> found = read(rules, left).findings(context);
            if (found.isEmpty()) {
                return left;
            }
            SequencedMap<String, String> next = new LinkedHashMap<>();
            left.forEach((field, text) -> next.put(
                    field,
                    masked(
                            text,
                            found.stream()
                                    .filter(one -> one.field().equals(field))
                                    .toList())));
            left = next;
        }
        SequencedMap<String, String> nothing = new LinkedHashMap<>();
        left.keySet().forEach(field -> nothing.put(field, OutboundKind.HIDDEN_TEXT.placeholder()));
        return nothing;
    }

    private static String masked(String text, List<OutboundFinding> found) {
        List<OutboundFinding> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt(OutboundFinding::start)
                .thenComparing(Comparator.comparingInt(OutboundFinding::end).reversed()));
        StringBuilder left = new StringBuilder(text.length());
        int at = 0;
        for (OutboundFinding finding : sorted) {
            if (finding.start() >= at) {
                left.append(text, at, finding.start()).append(finding.kind().placeholder());
            }
            at = Math.max(at, finding.end());
        }
        return left.append(text, at, text.length()).toString();
    }

    /// How many of each kind were found.
    public static Map<OutboundKind, Integer> counts(List<OutboundFinding> findings) {
        Map<OutboundKind, Integer> counts = new EnumMap<>(OutboundKind.class);
        findings.forEach(finding -> counts.merge(finding.kind(), 1, Integer::sum));
        return Collections.unmodifiableMap(counts);
    }
}
