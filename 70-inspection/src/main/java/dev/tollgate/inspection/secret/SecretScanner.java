// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.secret;

import dev.tollgate.inspection.finding.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Finds secrets in one pass: an automaton looks for the literals of all rules at once, and only where
/// one stands is a rule asked. Each asking costs a bounded number of `char`s, so time grows with the
/// text's length and no faster.
public final class SecretScanner {
    private static final String RULES = "/dev/tollgate/inspection/secrets.rules";

    private final List<SecretRule> rules;
    private final Literals literals;
    private final List<Asked> asked = new ArrayList<>();
    private final List<Integer> lengths;

    /// What is asked where a literal stands.
    private sealed interface Asked {
        record Token(SecretRule rule) implements Asked {}

        record Near(SecretRule rule) implements Asked {}

        record Clue(Clues clue) implements Asked {}
    }

    /// Reads the rules that ship with the room.
    public SecretScanner() {
        this(shipped());
    }

    SecretScanner(String file) {
        rules = SecretRule.read(file);
        List<String> words = new ArrayList<>();
        for (SecretRule rule : rules) {
            if (rule.names().isEmpty()) {
                if (rule.shape().anchor().isEmpty()) {
                    throw new IllegalArgumentException("`" + rule.id() + "` has no literal to look for");
                }
                words.add(rule.shape().anchor());
                asked.add(new Asked.Token(rule));
            }
            for (String name : rule.names()) {
                words.add(name);
                asked.add(new Asked.Near(rule));
            }
        }
        for (Clues clue : Clues.values()) {
            for (String word : clue.words()) {
                words.add(word);
                asked.add(new Asked.Clue(clue));
            }
        }
        literals = new Literals(words);
        lengths = words.stream().map(String::length).toList();
    }

    private static String shipped() {
        try (InputStream in = SecretScanner.class.getResourceAsStream(RULES)) {
            if (in == null) {
                throw new IllegalStateException("the resource `" + RULES + "` is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// How many rules the rule file holds.
    public int size() {
        return rules.size();
    }

    /// Every secret and one-time code of `text`; findings may overlap, surer ones come first.
    public List<Finding> scan(String text) {
        Pass pass = new Pass(text);
        literals.scan(text, pass);
        return pass.found();
    }

    /// One text's scan.
    private final class Pass implements Literals.Found {
        private final String text;
        private final List<Finding> tokens = new ArrayList<>();
        private final List<Finding> near = new ArrayList<>();
        private final List<Finding> guesses = new ArrayList<>();
        private int covered;

        Pass(String text) {
            this.text = text;
        }

        @Override
        public void at(int literal, int end) {
            switch (asked.get(literal)) {
                case Asked.Token token -> token(token.rule(), end);
                case Asked.Near near -> near(near.rule(), end, lengths.get(literal));
                case Asked.Clue clue -> clue.clue().look(text, end, guesses);
            }
        }

        private void token(SecretRule rule, int literalEnd) {
            int start = rule.shape().startFor(literalEnd);
            boolean same = !tokens.isEmpty() && tokens.getLast().start() == start;
            if (start < 0 || (start < covered && !same) || !begins(start)) {
                return;
            }
            int end = rule.end(text, start);
            if (end <= start || (same && end <= tokens.getLast().end())) {
                return;
            }
            if (same) {
                tokens.removeLast();
            }
            tokens.add(new Finding(rule.kind(), start, end, rule.id()));
            covered = Math.max(covered, end);
        }

        /// A token begins where no word goes on; in JSON a word may end in `\n`, written with two
        /// letters.
        private boolean begins(int start) {
            if (start == 0 || !Letters.WORD.has(text.charAt(start)) || !Letters.WORD.has(text.charAt(start - 1))) {
                return true;
            }
            return start > 1 && text.charAt(start - 2) == '\\' && "nrt".indexOf(text.charAt(start - 1)) >= 0;
        }

        private void near(SecretRule rule, int nameEnd, int nameLength) {
            // `okta` stands in `OktaToken` and in `MY_OKTA`, not in `rookTable`
            int name = nameEnd - nameLength;
            if (name > 0 && Character.isLowerCase(text.charAt(name)) && Character.isLetter(text.charAt(name - 1))) {
                return;
            }
            int start = Assignment.value(text, nameEnd);
            if (start < 0) {
                return;
            }
            int end = rule.end(text, start);
            if (end > start) {
                near.add(new Finding(rule.kind(), start, end, rule.id()));
            }
        }

        List<Finding> found() {
            List<Finding> found = new ArrayList<>(tokens.size() + near.size() + guesses.size());
            found.addAll(tokens);
            found.addAll(near);
            found.addAll(guesses);
            return found;
        }
    }
}
