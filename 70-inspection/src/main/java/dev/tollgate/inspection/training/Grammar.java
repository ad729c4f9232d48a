// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.training;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Writes attacks, and harmless texts full of the same words, from the grammar that ships with the room:
/// more wordings, languages and carriers than any corpus holds.
final class Grammar {
    private static final String FILE = "/dev/tollgate/inspection/training/attacks.txt";
    private static final int DEPTH_MAX = 12;

    private final Map<String, List<String>> choices = new HashMap<>();
    private final RandomGenerator random;

    Grammar(RandomGenerator random) throws IOException {
        this.random = random;
        try (InputStream in = Grammar.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IOException("the resource `" + FILE + "` is missing");
            }
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                int equals = line.indexOf(" = ");
                if (equals > 0 && line.charAt(0) != '#') {
                    choices.put(
                            line.substring(0, equals),
                            List.of(line.substring(equals + 3).split(" (?<!\\\\)\\| ?", -1)));
                }
            }
        }
    }

    /// The languages of `kind`: `attack` or `benign`.
    List<String> languages(String kind) {
        return choices.keySet().stream()
                .filter(name -> name.startsWith(kind + "."))
                .sorted()
                .toList();
    }

    /// One text of `name`.
    String write(String name) {
        return write(name, 0);
    }

    /// A text inside what it may stand in, beside `other` texts.
    String carried(String text, List<String> beside) {
        String whole = text;
        if (!beside.isEmpty() && random.nextInt(3) > 0) {
            String other = beside.get(random.nextInt(beside.size()));
            String gap = random.nextInt(2) == 0 ? "\n" : " ";
            int cut = other.indexOf(". ", random.nextInt(Math.max(1, other.length())));
            whole = switch (random.nextInt(4)) {
                case 0 -> text + gap + other;
                case 1 ->
                    cut > 0 ? other.substring(0, cut + 2) + text + gap + other.substring(cut + 2) : other + gap + text;
                default -> other + gap + text;
            };
        }
        String form = choices.getOrDefault("carrier", List.of("{t}"))
                .get(random.nextInt(
                        choices.getOrDefault("carrier", List.of("{t}")).size()));
        boolean nested = form.contains("\":");
        return write(new StringBuilder(form), 1)
                .replace("{t}", nested ? whole.replace("\n", "\\n").replace("\"", "'") : whole);
    }

    private String write(String name, int depth) {
        List<String> forms = choices.getOrDefault(name, List.of(""));
        return write(new StringBuilder(forms.get(random.nextInt(forms.size()))), depth);
    }

    private String write(StringBuilder form, int depth) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < form.length()) {
            int close = form.charAt(at) == '{' ? form.indexOf("}", at) : -1;
            String name = close > 0 ? form.substring(at + 1, close) : "";
            if (close > 0 && choices.containsKey(name) && depth < DEPTH_MAX) {
                text.append(write(name, depth + 1));
                at = close + 1;
            } else if (form.charAt(at) == '\\' && at + 1 < form.length() && "n|".indexOf(form.charAt(at + 1)) >= 0) {
                text.append(form.charAt(at + 1) == 'n' ? '\n' : '|');
                at += 2;
            } else {
                text.append(form.charAt(at++));
            }
        }
        return text.toString();
    }

    /// Texts that a carrier may hold beside another.
    static List<String> shortOnes(List<String> texts, int charsMax) {
        List<String> some = new ArrayList<>();
        for (String text : texts) {
            if (text.length() <= charsMax) {
                some.add(text);
            }
        }
        return some;
    }
}
