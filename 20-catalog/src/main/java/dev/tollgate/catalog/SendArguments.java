// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import dev.tollgate.terms.MailAddress;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.ValueHandle;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks at the values of a message beyond their types: recipients are plain addresses or records, and
/// a text of one line stays one. A recipient that two programs could read in two ways is refused, never
/// repaired.
record SendArguments(Outlet outlet, List<String> problems) {
    private static final int ID_CHARS_MAX = 256;

    void check(Map<String, Value> values) {
        int recipients = 0;
        for (Map.Entry<String, Value> entry : values.entrySet()) {
            if (outlet.recipients().contains(entry.getKey())) {
                recipients += recipients(entry.getKey(), entry.getValue());
            } else if (!outlet.lines().contains(entry.getKey())) {
                line(entry.getKey(), entry.getValue());
            }
        }
        if (recipients > Outlet.RECIPIENTS_MAX) {
            problems.add("a message has at most " + Outlet.RECIPIENTS_MAX + " recipients");
        }
    }

    private int recipients(String field, Value value) {
        List<Value> items = value instanceof Value.Items(List<Value> several) ? several : List.of(value);
        int at = 0;
        for (Value item : items) {
            boolean sound = item instanceof Value.Text(String text)
                    && (MailAddress.parse(text).isPresent()
                            || record(text).isPresent()
                            || ValueHandle.of(text).isPresent());
            if (!sound) {
                problems.add("`/values/" + field + (value instanceof Value.Items ? "/" + at : "") + "` must be "
                        + form() + ", without a name, quotes or comments");
            }
            at++;
        }
        return items.size();
    }

    private String form() {
        return outlet.onFile()
                .map(file -> "an address `local@domain` or `" + file.prefix() + "ID`")
                .orElse("an address `local@domain`");
    }

    /// The id of the record that a text names, when it names one.
    private Optional<String> record(String text) {
        return outlet.onFile()
                .filter(file -> text.startsWith(file.prefix()))
                .map(file -> text.substring(file.prefix().length()))
                .filter(id -> !id.isBlank()
                        && id.length() <= ID_CHARS_MAX
                        && id.chars().noneMatch(Character::isISOControl));
    }

    private void line(String field, Value value) {
        boolean broken = switch (value) {
            case Value.Text(String text) -> text.codePoints().anyMatch(SendArguments::breaks);
            case Value.Items(List<Value> items) ->
                items.stream()
                        .anyMatch(item -> item instanceof Value.Text(String text)
                                && text.codePoints().anyMatch(SendArguments::breaks));
            case Value.Num _, Value.Bool _, Value.Day _, Value.Moment _, Value.Fields _, Value.Null _ -> false;
        };
        if (broken) {
            problems.add("`/values/" + field + "` must be one line of text that reads in one direction");
        }
    }

    /// What ends a line somewhere, or turns the direction of reading: a header that says two things.
    private static boolean breaks(int c) {
        int type = Character.getType(c);
        byte direction = Character.getDirectionality(c);
        return type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || direction == Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING
                || direction == Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE
                || direction == Character.DIRECTIONALITY_POP_DIRECTIONAL_FORMAT
                || direction == Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE
                || direction == Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE
                || direction == Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE;
    }
}
