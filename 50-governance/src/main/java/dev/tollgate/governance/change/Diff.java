// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.change;

import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/// A change as people read it before they decide: every field, before and after, whole (requirement B-11).
///
/// @param record        which record, made visible; nothing for a new one
/// @param destination   where the change ends, made visible
/// @param lines         every touched field, by name
/// @param reversibility whether it can be undone
/// @param suspicious    some piece is not plain text
public record Diff(
        Optional<List<Piece>> record,
        List<Piece> destination,
        List<Line> lines,
        String reversibility,
        boolean suspicious) {
    /// Digits before or after the point up to which a number is written out.
    private static final int SCALE_MAX = 32;

    /// One field.
    ///
    /// @param name    of the field, made visible
    /// @param before  as it is; nothing when the record does not have it yet
    /// @param after   as it will be; nothing when it goes
    /// @param changed whether it changes at all
    /// @param outside whether what it holds is free text, which anybody may have written
    public record Line(
            List<Piece> name,
            Optional<List<Piece>> before,
            Optional<List<Piece>> after,
            boolean changed,
            boolean outside) {}

    public Diff {
        lines = List.copyOf(lines);
        destination = List.copyOf(destination);
    }

    /// The differences that a change makes.
    public static Diff of(Change change) {
        List<Line> lines = new ArrayList<>();
        SortedSet<String> names = new TreeSet<>(change.before().keySet());
        names.addAll(change.after().keySet());
        for (String name : names) {
            Optional<List<Piece>> before = shown(change.before(), name);
            Optional<List<Piece>> after = shown(change.after(), name);
            boolean outside = before.isPresent() && change.untrusted().contains(name);
            lines.add(new Line(VisibleText.pieces(name), before, after, changed(change, name), outside));
        }
        Optional<List<Piece>> record = change.record().map(id -> VisibleText.pieces(id.value()));
        List<Piece> destination = VisibleText.pieces(change.target().destination());
        boolean suspicious = suspicious(destination)
                || record.map(Diff::suspicious).orElse(false)
                || lines.stream().anyMatch(Diff::suspicious);
        return new Diff(record, destination, lines, change.reversibility(), suspicious);
    }

    /// Told by value and type: the text `5` and the number 5 look alike and are not.
    private static boolean changed(Change change, String name) {
        Value before = change.before().get(name);
        Value after = change.after().get(name);
        return before == null || after == null || !ChangeText.typed(before).equals(ChangeText.typed(after));
    }

    private static Optional<List<Piece>> shown(SortedMap<String, Value> fields, String name) {
        return Optional.ofNullable(fields.get(name)).map(value -> VisibleText.pieces(text(value)));
    }

    /// Text as it stands, everything else as canonical JSON.
    private static String text(Value value) {
        return switch (value) {
            case Value.Text text -> text.text();
            case Value.Day day -> day.date().toString();
            case Value.Moment moment -> moment.instant().toString();
            case Value.Num num -> digits(num.number());
            case Value.Null _, Value.Bool _, Value.Items _, Value.Fields _ -> CanonicalJson.text(value);
        };
    }

    /// As people write numbers; an absurd exponent stays one instead of becoming a megabyte of zeros.
    private static String digits(BigDecimal number) {
        return Math.abs(number.scale()) <= SCALE_MAX ? number.toPlainString() : number.toString();
    }

    private static boolean suspicious(Line line) {
        return suspicious(line.name())
                || line.before().map(Diff::suspicious).orElse(false)
                || line.after().map(Diff::suspicious).orElse(false);
    }

    private static boolean suspicious(List<Piece> pieces) {
        return pieces.stream().anyMatch(piece -> piece.kind() != Piece.Kind.PLAIN);
    }
}
