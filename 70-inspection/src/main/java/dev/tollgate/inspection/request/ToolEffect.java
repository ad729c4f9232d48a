// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.request;

import dev.tollgate.catalog.Effect;
import dev.tollgate.inspection.request.EffectWords.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a tool does, as its name says: a first guess for a contract that a person reviews.
public final class ToolEffect {
    /// Longer names say nothing more; MCP allows 128.
    private static final int NAME_CHARS_MAX = 256;

    private static final Pattern PARTS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern HUMPS =
            Pattern.compile("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");
    private static final Pattern NAMESPACE = Pattern.compile("[./:]|__");

    private ToolEffect() {}

    /// The effect of a tool of that name. A name that says nothing is a tool that may do anything.
    public static Effect of(String tool) {
        String name = tool.length() > NAME_CHARS_MAX ? tool.substring(0, NAME_CHARS_MAX) : tool;
        List<List<String>> segments = new ArrayList<>();
        for (String segment : NAMESPACE.split(name, -1)) {
            segments.add(words(segment));
        }
        return first(segments.reversed(), Sort.TOOL)
                .or(() -> first(segments.reversed(), Sort.WEAK))
                .orElse(Effect.RUN);
    }

    private static Optional<Effect> first(List<List<String>> segments, Sort sort) {
        for (List<String> words : segments) {
            for (String word : words) {
                Set<Effect> effects = EffectWords.shipped().of(sort, word);
                if (!effects.isEmpty()) {
                    return Optional.of(effects.iterator().next());
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> words(String segment) {
        List<String> words = new ArrayList<>();
        for (String part : PARTS.split(segment, -1)) {
            for (String hump : HUMPS.split(part, -1)) {
                words.add(hump.toLowerCase(Locale.ROOT));
            }
        }
        return words;
    }
}
