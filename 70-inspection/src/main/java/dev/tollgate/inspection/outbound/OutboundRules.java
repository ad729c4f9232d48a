// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import dev.tollgate.catalog.Contract;
import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.House;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.RestrictedTerm;
import dev.tollgate.catalog.States;
import dev.tollgate.terms.SystemId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// What a bundle says of messages that leave: the states that its contracts know and the terms that it restricts,
/// compiled with the words of the grammar into one search. Made once for a bundle; safe to share between threads.
public final class OutboundRules {
    /// A field that tells the state of a record, and whose states messages may claim.
    public record Subject(SystemId system, String object, String field, States states) {}

    /// A shorter word is part of too many others to be a stem.
    private static final int STEM_CHARS_MIN = 5;

    /// Endings differ behind so many letters: `remboursement`, `remboursé`.
    private static final int STEM_CHARS_MAX = 7;

    private final List<Subject> subjects;
    private final List<RestrictedTerm> terms;
    private final House house;
    private final List<Grammar.Entry> entries;
    private final Phrases phrases;

    /// Compiles the rules of a bundle.
    ///
    /// @param contracts whose states count
    /// @param terms     what the bundle restricts
    /// @param house     what is the company's own
    public static OutboundRules of(Collection<Contract> contracts, List<RestrictedTerm> terms, House house) {
        return new OutboundRules(subjects(contracts), terms, house);
    }

    OutboundRules(List<Subject> subjects, List<RestrictedTerm> terms, House house) {
        this.house = house;
        this.subjects = subjects;
        this.terms = List.copyOf(terms);
        List<Grammar.Entry> all = new ArrayList<>(Grammar.shipped());
        for (int rank = 0; rank < subjects.size(); rank++) {
            States states = subjects.get(rank).states();
            for (String word : states.about()) {
                all.add(new Grammar.Entry(word, Grammar.Sense.SUBJECT, rank, ""));
            }
            for (Map.Entry<String, List<String>> state : states.says().entrySet()) {
                for (String word : state.getValue()) {
                    all.add(new Grammar.Entry(word, Grammar.Sense.STATE, rank, state.getKey()));
                }
            }
        }
        for (int rank = 0; rank < terms.size(); rank++) {
            for (String phrase : terms.get(rank).phrases()) {
                all.add(new Grammar.Entry(phrase, Grammar.Sense.TERM, rank, ""));
            }
        }
        all.removeIf(entry -> Letters.bare(entry.phrase()).isEmpty());
        this.entries = List.copyOf(all);
        this.phrases = new Phrases(all.stream().map(Grammar.Entry::phrase).toList());
    }

    private static List<Subject> subjects(Collection<Contract> contracts) {
        List<Subject> subjects = new ArrayList<>();
        for (Contract contract : contracts) {
            for (ObjectType object : contract.objects()) {
                for (FieldType field : object.fields()) {
                    field.states()
                            .ifPresent(states ->
                                    subjects.add(new Subject(contract.system(), object.name(), field.name(), states)));
                }
            }
        }
        return List.copyOf(subjects);
    }

    /// A word that was found, and where.
    record Hit(Grammar.Entry entry, int start, int end) {}

    /// Every word of the rules that stands in a text, in the order of their ends.
    List<Hit> hits(Letters letters) {
        List<Hit> hits = new ArrayList<>();
        phrases.scan(letters, (phrase, start, end) -> hits.add(new Hit(entries.get(phrase), start, end)));
        return hits;
    }

    /// Whether a word for a state names its subject itself, as `refunded` does.
    boolean verbal(Grammar.Entry state) {
        String word = Letters.bare(state.phrase());
        return subjects.get(state.rank()).states().about().stream()
                .map(Letters::bare)
                .anyMatch(about -> about.length() >= STEM_CHARS_MIN
                        && word.startsWith(about.substring(0, Math.min(about.length(), STEM_CHARS_MAX))));
    }

    Subject subject(int rank) {
        return subjects.get(rank);
    }

    House house() {
        return house;
    }

    RestrictedTerm term(int rank) {
        return terms.get(rank);
    }
}
