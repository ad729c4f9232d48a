// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Compares what a message names with what its flow was shown: what was withheld and stands there, and what stands
/// there and nobody showed.
final class Grounding {
    /// Capitals in a row that make a name of a thing: one alone may be a noun of some languages or begin a line.
    private static final int NAME_WORDS_MIN = 2;

    /// From so many words with a capital in a hundred on, a sentence is a title or in a language that writes nouns so.
    private static final int CAPITALS_MAX_PERCENT = 50;

    /// A place with something wrong.
    record Place(int start, int end, String rule) {}

    private final Repeats known;
    private final Set<String> own;

    /// @param known what the flow was shown
    /// @param own   texts that need no grounds: the recipient's own and the house's
    Grounding(Repeats known, Collection<String> own) {
        this.known = known;
        this.own = new HashSet<>();
        for (String text : own) {
            Things.in(text).forEach(thing -> this.own.add(thing.plain()));
        }
    }

    /// Numbers and days that were withheld, however the text writes them.
    static List<Place> withheld(Repeats withheld, List<Things.Thing> things) {
        return things.stream()
                .filter(thing -> thing.kind() != Things.Kind.WORD && withheld.holds(Letters.of(thing.plain())))
                .map(thing -> new Place(thing.start(), thing.end(), "withheld"))
                .toList();
    }

    /// What has no grounds.
    List<Place> in(String text, List<Things.Thing> things) {
        List<Place> found = new ArrayList<>();
        List<Things.Thing> words = new ArrayList<>();
        for (Things.Thing thing : things) {
            if (thing.kind() == Things.Kind.WORD) {
                words.add(thing);
            } else if (thing.doubt() && !known(thing)) {
                found.add(new Place(thing.start(), thing.end(), rule(thing.kind())));
            }
        }
        if (words.size() >= NAME_WORDS_MIN) {
            int from = 0;
            for (Sentences.Sentence sentence : Sentences.of(text)) {
                int to = from;
                while (to < words.size() && words.get(to).start() < sentence.end()) {
                    to++;
                }
                names(text, sentence, words.subList(from, to), found);
                from = to;
            }
        }
        return found;
    }

    private static String rule(Things.Kind kind) {
        return switch (kind) {
            case NUMBER -> "figure";
            case DAY -> "day";
            case ID -> "id";
            case WORD -> "name";
        };
    }

    private boolean known(Things.Thing thing) {
        return own.contains(thing.plain()) || known.holds(Letters.of(thing.plain()));
    }

    private void names(String text, Sentences.Sentence sentence, List<Things.Thing> here, List<Place> found) {
        int all = Sentences.words(text, sentence.start(), sentence.end());
        if (here.size() < NAME_WORDS_MIN || here.size() * 100 > all * CAPITALS_MAX_PERCENT) {
            return;
        }
        List<Things.Thing> run = new ArrayList<>();
        for (Things.Thing word : here) {
            boolean first = text.substring(sentence.start(), word.start()).isBlank() || lineStarts(text, word.start());
            boolean next = !run.isEmpty()
                    && text.substring(run.getLast().end(), word.start()).equals(" ");
            if (first || known(word)) {
                close(run, found);
            } else {
                if (!next) {
                    close(run, found);
                }
                run.add(word);
            }
        }
        close(run, found);
    }

    private static boolean lineStarts(String text, int at) {
        return at > 0 && (text.charAt(at - 1) == '\n' || text.charAt(at - 1) == '\r');
    }

    private static void close(List<Things.Thing> run, List<Place> found) {
        if (run.size() >= NAME_WORDS_MIN) {
            found.add(new Place(run.getFirst().start(), run.getLast().end(), "name"));
        }
        run.clear();
    }
}
