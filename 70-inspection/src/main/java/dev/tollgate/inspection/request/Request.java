// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.request;

import dev.tollgate.catalog.Effect;
import dev.tollgate.inspection.plain.Folded;
import dev.tollgate.inspection.request.EffectWords.Sort;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What words ask for: "Reply to ann@example.com that it ships" asks to send, and names an address. Words that are read
/// as asking for nothing ask for nothing: what is not understood warrants nothing.
///
/// @param asked   effects that the words ask for; reading always
/// @param answers whether they ask to answer somebody
/// @param text    the words, folded and in lower case
public record Request(Set<Effect> asked, boolean answers, String text) {
    /// What a person says to an agent is shorter; the rest is not read, and asks for nothing.
    public static final int CHARS_MAX = 8_192;

    private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}'’@._/+-]*|[.!?;:,\\n]");
    private static final Set<String> STARTS = EffectWords.shipped().group("starts");
    private static final Set<String> ONWARD = EffectWords.shipped().group("onward");
    private static final Set<String> ARTICLES = EffectWords.shipped().group("articles");
    private static final Set<String> OBJECTS = EffectWords.shipped().group("objects");
    private static final Set<String> NOT = EffectWords.shipped().group("not");
    private static final Set<String> LIGHT = EffectWords.shipped().group("light");
    private static final Set<String> ANSWERS = EffectWords.shipped().group("answers");

    /// Verbs that ask for an answer when `me` follows: "tell me", "give us". Nothing leaves for that.
    private static final Set<String> TELL = EffectWords.shipped().group("tell");

    private static final Set<String> ME = EffectWords.shipped().group("me");

    /// Words that begin a question: what follows is asked about, not asked for.
    private static final Set<String> QUESTIONS = EffectWords.shipped().group("questions");

    private static final Set<String> MARKS = EffectWords.shipped().group("marks");

    private static final int NOT_BEFORE = 3;
    private static final int ARTICLE_BEFORE = 3;
    private static final int NOUN_AFTER = 4;

    public Request {
        asked = Set.copyOf(asked);
    }

    /// Reads words.
    public static Request of(String words) {
        String bounded = words.length() > CHARS_MAX ? words.substring(0, CHARS_MAX) : words;
        String text = Folded.of(bounded).text().toLowerCase(Locale.ROOT);
        List<String> tokens = tokens(text);
        Set<Effect> asked = EnumSet.of(Effect.READ);
        boolean answers = false;
        for (int at = 0; at < tokens.size(); at++) {
            Set<Effect> effects = effects(tokens, at);
            asked.addAll(effects);
            answers |= !effects.isEmpty() && ANSWERS.contains(tokens.get(at));
        }
        return new Request(asked, answers, text);
    }

    /// Whether they ask for anything but looking.
    public boolean orders() {
        return asked.size() > 1;
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            String token = matcher.group().equals("\n") ? "." : matcher.group();
            int end = token.length();
            while (end > 1 && !Character.isLetterOrDigit(token.charAt(end - 1))) {
                end--;
            }
            tokens.add(token.substring(0, end));
            if (end < token.length() && token.charAt(end) == '.') {
                tokens.add(".");
            }
        }
        return tokens;
    }

    private static Set<Effect> effects(List<String> tokens, int at) {
        String word = tokens.get(at);
        boolean told = TELL.contains(word) && at + 1 < tokens.size() && ME.contains(tokens.get(at + 1));
        if (told || negated(tokens, at) || questioned(tokens, at)) {
            return Set.of();
        }
        Set<Effect> effects = EnumSet.noneOf(Effect.class);
        boolean head = head(tokens, at);
        if (head) {
            effects.addAll(EffectWords.shipped().of(Sort.HEAD, word));
        }
        if (head || !named(tokens, at)) {
            effects.addAll(EffectWords.shipped().of(Sort.ASK, word));
        }
        if (head && LIGHT.contains(word)) {
            for (int next = at + 1; next < Math.min(tokens.size(), at + 1 + NOUN_AFTER); next++) {
                effects.addAll(EffectWords.shipped().of(Sort.NOUN, tokens.get(next)));
            }
        }
        return effects;
    }

    private static boolean negated(List<String> tokens, int at) {
        for (int before = at - 1; before >= Math.max(0, at - NOT_BEFORE); before--) {
            if (NOT.contains(tokens.get(before))) {
                return true;
            }
        }
        return false;
    }

    /// Whether the sentence is a question that has not ended in an order by here ("which are late, and mail them").
    private static boolean questioned(List<String> tokens, int at) {
        int first = at;
        while (first > 0 && !MARKS.contains(tokens.get(first - 1))) {
            first--;
        }
        return QUESTIONS.contains(tokens.get(first)) && !(at > 0 && ONWARD.contains(tokens.get(at - 1)));
    }

    /// Whether a clause begins here: nothing, a mark, or a word such as `please` stands before, or a `to` that a thing
    /// follows.
    private static boolean head(List<String> tokens, int at) {
        if (at == 0 || STARTS.contains(tokens.get(at - 1))) {
            return true;
        }
        if (!tokens.get(at - 1).equals("to") || at + 1 >= tokens.size()) {
            return false;
        }
        String next = tokens.get(at + 1);
        return OBJECTS.contains(next) || next.chars().anyMatch(letter -> letter == '@' || Character.isDigit(letter));
    }

    /// Whether the word is a thing here: an article stands shortly before, and no clause begins between.
    private static boolean named(List<String> tokens, int at) {
        for (int before = at - 1; before >= Math.max(0, at - ARTICLE_BEFORE); before--) {
            String word = tokens.get(before);
            if (STARTS.contains(word) || word.equals("to")) {
                return false;
            }
            if (ARTICLES.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
