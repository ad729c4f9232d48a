// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import dev.tollgate.terms.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an agent says about a change beside the change itself. Neither is part of the operation: a
/// reason convinces people, never policy.
///
/// @param reason why, for whoever approves it (requirement S2-3); untrusted text
/// @param key    names one intended change: a call that repeats it does nothing twice
public record ChangeNotes(Optional<String> reason, Optional<String> key) {
    /// Characters of a reason: a person reads it whole.
    public static final int REASON_CHARS_MAX = 1_000;

    /// Characters of an idempotency key.
    public static final int KEY_CHARS_MAX = 128;

    static final String REASON = "reason";
    static final String KEY = "idempotency_key";

    /// The notes of a call whose arguments were found sound.
    public static ChangeNotes of(Value.Fields arguments) {
        return new ChangeNotes(
                text(arguments.values().get(REASON)), text(arguments.values().get(KEY)));
    }

    static void check(Map<String, Value> given, List<String> problems) {
        check(given, REASON, REASON_CHARS_MAX, problems);
        check(given, KEY, KEY_CHARS_MAX, problems);
    }

    private static void check(Map<String, Value> given, String name, int charsMax, List<String> problems) {
        Value value = given.get(name);
        boolean fits = value == null
                || (value instanceof Value.Text text
                        && !text.text().isBlank()
                        && text.text().length() <= charsMax
                        && text.text().chars().noneMatch(c -> Character.isISOControl(c) && c != '\n'));
        if (!fits) {
            problems.add("`/" + name + "` must be text of 1 to " + charsMax + " characters");
        }
    }

    private static Optional<String> text(@org.jspecify.annotations.Nullable Value value) {
        return value instanceof Value.Text text ? Optional.of(text.text()) : Optional.empty();
    }
}
