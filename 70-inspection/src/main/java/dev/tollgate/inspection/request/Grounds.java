// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.request;

import dev.tollgate.catalog.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a call rests on: whether the person asked for what it does, and who named where it goes and what it sets.
///
/// @param asked       the person's words ask for the tool's effect
/// @param answers     they ask to answer somebody
/// @param destination who named the places that it goes to; the least trusted counts
/// @param values      who named what it sets; the least trusted counts
/// @param content     who named the addresses that its texts hold; the least trusted counts
/// @param sensitive   it holds a value that may not leave freely
public record Grounds(
        boolean asked, boolean answers, NamedBy destination, NamedBy values, NamedBy content, boolean sensitive) {
    /// A word alone is in many texts: what says so little is not held to be a repeat.
    private static final int REPEAT_CHARS_MIN = 5;

    /// A name of fewer letters is in many words.
    private static final int NAME_CHARS_MIN = 3;

    private static final Pattern ADDRESSES = Pattern.compile(
            "[\\p{L}\\p{N}._%+-]+@[\\p{L}\\p{N}.-]+\\.\\p{L}{2,}|(?i:https?)://[^\\s\"'<>)\\]]+|www\\.[^\\s\"'<>)\\]]+"
                    + "|\\b[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\\b");
    private static final Pattern PIECES = Pattern.compile("[\\s,;|\"'\\[\\]{}()<>]+");

    /// One value of a call.
    ///
    /// @param name  of the argument, the innermost one
    /// @param value as text
    public record Argument(String name, String value) {}

    /// What a call rests on.
    public static Grounds of(Request request, Effect effect, List<Argument> arguments, Told told) {
        Judge judge = Judge.of(request, told);
        NamedBy destination = NamedBy.USER;
        boolean named = false;
        NamedBy values = NamedBy.USER;
        NamedBy content = NamedBy.USER;
        boolean sensitive = false;
        for (Argument argument : arguments) {
            switch (Slot.of(argument.name(), argument.value())) {
                case DESTINATION -> {
                    NamedBy by = judge.destination(argument.value());
                    named |= by == NamedBy.USER;
                    destination = destination.worse(by);
                }
                case PARAMETER -> values = values.worse(judge.origin(argument.value()));
                case CONTENT -> content = content.worse(judge.content(argument.value()));
            }
            sensitive |= judge.sensitive(argument.value());
        }
        // Whom the person named is who is meant: somebody whom strangers add to them is not.
        boolean added = named && destination == NamedBy.THIRD_PARTY;
        return new Grounds(
                asked(request, effect),
                request.answers(),
                added ? NamedBy.ORDERED : destination,
                values,
                content,
                sensitive);
    }

    /// Words that ask to change what is there also ask for what that makes ("update the file with a note"), and words
    /// that ask to tell somebody ask to let them in, and the other way round.
    private static boolean asked(Request request, Effect effect) {
        return request.asked().contains(effect)
                || switch (effect) {
                    case CREATE -> request.asked().contains(Effect.CHANGE);
                    case SEND -> request.asked().contains(Effect.SHARE);
                    case SHARE -> request.asked().contains(Effect.SEND);
                    case READ, PAY, CHANGE, DELETE, RUN -> false;
                };
    }

    /// The request's words are taken apart once, however many values are compared with them.
    private record Judge(Set<String> words, String compact, Told told) {
        static Judge of(Request request, Told told) {
            return new Judge(Grams.of(request.text()), Grams.compact(request.text()), told);
        }

        NamedBy origin(String value) {
            String piece = Grams.compact(Grams.plain(value));
            if (piece.isEmpty() || named(value, piece)) {
                return NamedBy.USER;
            }
            if (Grams.holds(told::trusted, value)) {
                return NamedBy.TRUSTED;
            }
            if (Grams.holds(told::ordered, value)) {
                return NamedBy.ORDERED;
            }
            return Grams.holds(told::thirdParty, value) ? NamedBy.THIRD_PARTY : NamedBy.UNKNOWN;
        }

        /// An address that nobody told is the person's when they said whose it is: "mail it to Ann".
        NamedBy destination(String value) {
            NamedBy origin = origin(value);
            if (origin != NamedBy.UNKNOWN) {
                return origin;
            }
            String whose = value.contains("@") ? value.substring(0, value.indexOf('@')) : value;
            List<String> names = new ArrayList<>();
            for (String name : Grams.of(whose)) {
                if (name.length() >= NAME_CHARS_MIN && name.indexOf(' ') < 0) {
                    names.add(name);
                }
            }
            boolean meant = !names.isEmpty() && names.stream().anyMatch(words::contains);
            return meant || !Slot.address(value) ? NamedBy.TRUSTED : NamedBy.UNKNOWN;
        }

        NamedBy content(String value) {
            NamedBy worst = NamedBy.USER;
            Matcher matcher = ADDRESSES.matcher(value);
            while (matcher.find()) {
                worst = worst.worse(origin(matcher.group()));
            }
            return worst == NamedBy.UNKNOWN ? NamedBy.TRUSTED : worst;
        }

        boolean sensitive(String value) {
            Predicate<String> sensitive = told::sensitive;
            for (String piece : PIECES.split(value, -1)) {
                String close = Grams.compact(Grams.plain(piece));
                if (close.length() >= REPEAT_CHARS_MIN && Grams.holds(sensitive, piece) && !named(piece, close)) {
                    return true;
                }
            }
            return false;
        }

        private boolean named(String value, String piece) {
            boolean whole = piece.length() >= REPEAT_CHARS_MIN && compact.contains(piece);
            return whole || Grams.holds(words::contains, value);
        }
    }
}
