// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import dev.tollgate.inspection.outbound.Grammar.Sense;
import dev.tollgate.inspection.outbound.OutboundRules.Hit;
import dev.tollgate.inspection.outbound.Sentences.Sentence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds what a text claims of the state of a record: a subject and a word for one of its states in one
/// sentence, or the subject in one of the sentences before. What is denied, asked, possible or depends
/// on something is no claim.
final class Promises {
    /// Words between a negation or `will` and the word it changes: `has not yet been fully approved`.
    private static final int NEAR_WORDS_MAX = 4;

    /// Words between `if` or `no` and the subject: `if your requested refund`.
    private static final int BESIDE_WORDS_MAX = 2;

    /// How many sentences `it` reaches back: a greeting and a sentence of thanks may stand between.
    private static final int SENTENCES_BACK_MAX = 3;

    /// One claim, with places in the text that was read.
    record Said(int rank, String state, boolean coming, int start, int end) {}

    private final OutboundRules rules;
    private final String text;
    private final List<Hit> hits;

    private Promises(OutboundRules rules, String text, List<Hit> hits) {
        this.rules = rules;
        this.text = text;
        this.hits = hits;
    }

    static List<Said> of(OutboundRules rules, String text, List<Hit> hits) {
        boolean none = hits.stream().noneMatch(hit -> hit.entry().sense() == Sense.STATE);
        return none ? List.of() : new Promises(rules, text, hits).claims();
    }

    private List<Said> claims() {
        Set<Said> claims = new LinkedHashSet<>();
        List<Hit> carried = new ArrayList<>();
        List<Integer> carriedFrom = new ArrayList<>();
        List<Sentence> sentences = Sentences.of(text);
        int first = 0;
        for (int number = 0; number < sentences.size(); number++) {
            Sentence sentence = sentences.get(number);
            List<Hit> here = new ArrayList<>();
            while (first < hits.size() && hits.get(first).end() <= sentence.end()) {
                here.add(hits.get(first++));
            }
            List<Hit> subjects = some(here, Sense.SUBJECT);
            while (!carriedFrom.isEmpty() && carriedFrom.getFirst() < number - SENTENCES_BACK_MAX) {
                carriedFrom.removeFirst();
                carried.removeFirst();
            }
            for (Hit state : some(here, Sense.STATE)) {
                claim(sentence, here, state, subjects.isEmpty() ? carried : subjects)
                        .ifPresent(claims::add);
            }
            for (Hit subject : subjects) {
                carried.add(subject);
                carriedFrom.add(number);
            }
        }
        return List.copyOf(claims);
    }

    private static List<Hit> some(List<Hit> hits, Sense sense) {
        return hits.stream().filter(hit -> hit.entry().sense() == sense).toList();
    }

    private Optional<Said> claim(Sentence sentence, List<Hit> here, Hit state, List<Hit> subjects) {
        Optional<Hit> subject = nearest(subjects, state);
        boolean own = subject.filter(
                        found -> found.entry().rank() == state.entry().rank())
                .isPresent();
        if ((!own && !rules.verbal(state.entry())) || covered(here, state)) {
            return Optional.empty();
        }
        int clause = clause(sentence, here, state.start());
        int from = subject.filter(found -> found.start() >= clause && found.end() <= state.start())
                .map(Hit::end)
                .orElse(clause);
        boolean open = near(here, Sense.NEGATION, from, state.start())
                || near(here, Sense.MODAL, from, state.start())
                || near(here, Sense.CONDITION, from, state.start())
                || (from > clause && beside(here, clause, subject.orElseThrow().start()))
                || asked(sentence, here, clause);
        return open
                ? Optional.empty()
                : Optional.of(new Said(
                        state.entry().rank(),
                        state.entry().state(),
                        near(here, Sense.FUTURE, from, state.start()),
                        state.start(),
                        state.end()));
    }

    /// The subject that stands last before the word, or else first behind it.
    private static Optional<Hit> nearest(List<Hit> subjects, Hit state) {
        Optional<Hit> before = subjects.stream()
                .filter(hit -> hit.end() <= state.start())
                .reduce((than, next) -> next.end() > than.end() || longer(next, than) ? next : than);
        return before.or(() ->
                subjects.stream().filter(hit -> hit.start() >= state.end()).findFirst());
    }

    /// Of two that end in the same place the longer one says more.
    private static boolean longer(Hit next, Hit than) {
        return next.end() == than.end() && next.start() < than.start();
    }

    /// Whether a longer word for another state stands in the same place: `sent out` rather than `sent`.
    private static boolean covered(List<Hit> here, Hit state) {
        return here.stream()
                .anyMatch(hit -> hit.entry().sense() == Sense.STATE
                        && hit.entry().rank() == state.entry().rank()
                        && hit.start() <= state.start()
                        && hit.end() >= state.end()
                        && hit.end() - hit.start() > state.end() - state.start());
    }

    /// Where what is said of the word begins: behind the last comma or `that`.
    private int clause(Sentence sentence, List<Hit> here, int at) {
        int clause = Sentences.clause(text, sentence.start(), at);
        for (Hit hit : here) {
            if (hit.entry().sense() == Sense.BREAK && hit.end() <= at) {
                clause = Math.max(clause, hit.end());
            }
        }
        return clause;
    }

    private boolean near(List<Hit> here, Sense sense, int from, int to) {
        for (Hit hit : here) {
            if (hit.entry().sense() == sense
                    && hit.start() >= from
                    && hit.end() <= to
                    && Sentences.words(text, hit.end(), to) <= NEAR_WORDS_MAX
                    && !overruled(here, hit)) {
                return true;
            }
        }
        return false;
    }

    /// `not only` is no negation, and the `to` of `going to` leaves nothing open.
    private static boolean overruled(List<Hit> here, Hit hit) {
        Sense by = switch (hit.entry().sense()) {
            case NEGATION -> Sense.ONLY;
            case MODAL -> Sense.FUTURE;
            default -> hit.entry().sense();
        };
        return by != hit.entry().sense()
                && here.stream()
                        .anyMatch(other -> other.entry().sense() == by
                                && other.start() <= hit.start()
                                && other.end() >= hit.end());
    }

    /// `if your refund`, `no refund`.
    private boolean beside(List<Hit> here, int clause, int subject) {
        for (Hit hit : here) {
            boolean opens =
                    hit.entry().sense() == Sense.CONDITION || hit.entry().sense() == Sense.NEGATION;
            if (opens
                    && hit.start() >= clause
                    && hit.end() <= subject
                    && Sentences.words(text, hit.end(), subject) <= BESIDE_WORDS_MAX
                    && !overruled(here, hit)) {
                return true;
            }
        }
        return false;
    }

    private boolean asked(Sentence sentence, List<Hit> here, int clause) {
        return sentence.question()
                && here.stream().noneMatch(hit -> hit.entry().sense() == Sense.KNOWN)
                && here.stream()
                        .anyMatch(hit -> hit.entry().sense() == Sense.QUESTION
                                && (Sentences.words(text, sentence.start(), hit.start()) == 0
                                        || (hit.start() >= clause && Sentences.words(text, clause, hit.start()) == 0)));
    }
}
