// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import dev.tollgate.terms.Value;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes the fingerprints by which values are recognised in a message: of what was withheld, the value; of what was
/// shown, the numbers, days, ids and names in it. Safe to share between threads.
public final class Recall {
    /// Nested values: deeper than a contract can describe.
    private static final int DEPTH_MAX = 16;

    /// A shorter number counts something that many things count.
    private static final int DIGITS_MIN = 4;

    private final Fingerprints fingerprints;

    /// @param fingerprints the same that messages are looked at with
    public Recall(Fingerprints fingerprints) {
        this.fingerprints = fingerprints;
    }

    /// How a value is recognised that must not be repeated. Nothing for what is too common to be told apart.
    public long[] withheld(Value value) {
        Set<Long> prints = new HashSet<>();
        withheld(value, prints, 0);
        return array(prints);
    }

    private void withheld(Value value, Set<Long> prints, int depth) {
        switch (value) {
            case Value.Text(String text) -> {
                add(text, prints);
                List<Things.Thing> things = Things.in(text);
                if (things.size() == 1
                        && things.getFirst().end() - things.getFirst().start()
                                == text.strip().length()) {
                    thing(things.getFirst(), prints);
                }
            }
            case Value.Num num -> {
                if (num.number()
                                        .stripTrailingZeros()
                                        .unscaledValue()
                                        .abs()
                                        .toString()
                                        .length()
                                + Math.max(0, -num.number().stripTrailingZeros().scale())
                        >= DIGITS_MIN) {
                    add(Money.amount(num.number()), prints);
                }
            }
            case Value.Day day -> add(Things.day(day.date()), prints);
            case Value.Items(List<Value> items) -> {
                if (depth < DEPTH_MAX) {
                    items.forEach(item -> withheld(item, prints, depth + 1));
                }
            }
            case Value.Fields(Map<String, Value> fields) -> {
                if (depth < DEPTH_MAX) {
                    fields.values().forEach(item -> withheld(item, prints, depth + 1));
                }
            }
            // When something happened is no value to hide by itself; yes, no and nothing are everybody's.
            case Value.Moment _, Value.Bool _, Value.Null _ -> {}
        }
    }

    private void thing(Things.Thing thing, Set<Long> prints) {
        boolean common = thing.kind() == Things.Kind.WORD
                || (thing.kind() == Things.Kind.NUMBER && thing.end() - thing.start() < DIGITS_MIN);
        if (!common) {
            add(thing.plain(), prints);
        }
    }

    /// How what a value tells is recognised, and the value itself when it is a short one.
    public long[] shown(Value value) {
        Set<Long> prints = new HashSet<>();
        shown(value, prints, 0);
        return array(prints);
    }

    private void shown(Value value, Set<Long> prints, int depth) {
        switch (value) {
            case Value.Text(String text) -> {
                if (Fingerprints.starts(Letters.of(text)).length - 1 <= Fingerprints.WORDS_MAX) {
                    add(text, prints);
                }
                for (Things.Thing thing : Things.in(text)) {
                    add(thing.plain(), prints);
                    thing.day().ifPresent(day -> add(Things.dayOfYear(day), prints));
                }
            }
            case Value.Num num -> add(Money.amount(num.number()), prints);
            case Value.Day day -> day(day.date(), prints);
            case Value.Moment moment ->
                day(moment.instant().atZone(ZoneOffset.UTC).toLocalDate(), prints);
            case Value.Items(List<Value> items) -> {
                if (depth < DEPTH_MAX) {
                    items.forEach(item -> shown(item, prints, depth + 1));
                }
            }
            case Value.Fields(Map<String, Value> fields) -> {
                if (depth < DEPTH_MAX) {
                    fields.values().forEach(item -> shown(item, prints, depth + 1));
                }
            }
            case Value.Bool _, Value.Null _ -> {}
        }
    }

    private void day(LocalDate day, Set<Long> prints) {
        add(Things.day(day), prints);
        add(Things.dayOfYear(day), prints);
    }

    private void add(String text, Set<Long> prints) {
        for (long print : fingerprints.of(text)) {
            prints.add(print);
        }
    }

    private static long[] array(Set<Long> prints) {
        return prints.stream().mapToLong(Long::longValue).toArray();
    }
}
