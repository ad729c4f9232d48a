// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.request;

import dev.tollgate.catalog.Effect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The words of `effects.txt`.
final class EffectWords {
    private static final String WORDS = "/dev/tollgate/inspection/effects.txt";
    private static final EffectWords SHIPPED = read();

    /// How a word names an effect.
    enum Sort {
        /// A verb in the name of a tool.
        TOOL,
        /// What a tool is about, when no verb says more.
        WEAK,
        /// A verb of a request.
        ASK,
        /// A verb only where a clause begins.
        HEAD,
        /// What a light verb does.
        NOUN
    }

    private static final String GROUP = "group";

    private final Map<Sort, Map<String, Set<Effect>>> words = new EnumMap<>(Sort.class);
    private final Map<String, Set<String>> groups = new HashMap<>();

    private EffectWords() {}

    static EffectWords shipped() {
        return SHIPPED;
    }

    /// The effects that a word names; empty when it names none. In the order of the file.
    Set<Effect> of(Sort sort, String word) {
        return words.getOrDefault(sort, Map.of()).getOrDefault(word, Set.of());
    }

    /// The words of a group by which requests are read.
    Set<String> group(String name) {
        Set<String> group = groups.get(name);
        if (group == null) {
            throw new IllegalStateException("the resource has no group `" + name + "`");
        }
        return group;
    }

    private static EffectWords read() {
        try (InputStream in = EffectWords.class.getResourceAsStream(WORDS)) {
            if (in == null) {
                throw new IllegalStateException("the resource `" + WORDS + "` is missing");
            }
            EffectWords words = new EffectWords();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(words::line);
            return words;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void line(String line) {
        List<String> parts = Arrays.asList(line.split(" ", -1));
        if (parts.getFirst().equals(GROUP)) {
            groups.put(parts.get(1), Set.copyOf(parts.subList(2, parts.size())));
            return;
        }
        Effect effect = Effect.of(parts.get(0)).orElseThrow(() -> new IllegalStateException("no effect in " + line));
        Sort sort = Sort.valueOf(parts.get(1).toUpperCase(Locale.ROOT));
        Map<String, Set<Effect>> named = words.computeIfAbsent(sort, _ -> new HashMap<>());
        parts.subList(2, parts.size())
                .forEach(word -> named.computeIfAbsent(word, _ -> EnumSet.noneOf(Effect.class))
                        .add(effect));
    }
}
