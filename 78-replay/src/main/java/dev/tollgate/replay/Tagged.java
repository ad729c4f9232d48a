// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.replay;

import dev.tollgate.terms.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Values that keep their type in JSON, which knows no exact numbers, days and moments: `{"num": "12.50"}`. A list and
/// an object are tagged too, so that nothing is taken for a tag that is not one.
final class Tagged {
    private static final String NUM = "num";
    private static final String DAY = "day";
    private static final String MOMENT = "moment";
    private static final String ITEMS = "items";
    private static final String FIELDS = "fields";

    private Tagged() {}

    static Value write(Value value) {
        return switch (value) {
            case Value.Null _, Value.Bool _, Value.Text _ -> value;
            case Value.Num num -> tag(NUM, Value.of(num.number().toPlainString()));
            case Value.Day day -> tag(DAY, Value.of(day.date().toString()));
            case Value.Moment moment -> tag(MOMENT, Value.of(moment.instant().toString()));
            case Value.Items(List<Value> items) -> {
                List<Value> tagged = new ArrayList<>();
                items.forEach(item -> tagged.add(write(item)));
                yield tag(ITEMS, new Value.Items(tagged));
            }
            case Value.Fields(Map<String, Value> fields) -> {
                Map<String, Value> tagged = new TreeMap<>();
                fields.forEach((name, part) -> tagged.put(name, write(part)));
                yield tag(FIELDS, new Value.Fields(tagged));
            }
        };
    }

    private static Value tag(String name, Value value) {
        return new Value.Fields(Map.of(name, value));
    }

    static Value read(Value value) {
        if (!(value instanceof Value.Fields(Map<String, Value> tagged)) || tagged.size() != 1) {
            return value;
        }
        String tag = tagged.keySet().iterator().next();
        Value held = tagged.getOrDefault(tag, Value.NULL);
        if (held instanceof Value.Text(String text)) {
            return switch (tag) {
                case NUM -> new Value.Num(new BigDecimal(text));
                case DAY -> new Value.Day(LocalDate.parse(text));
                case MOMENT -> new Value.Moment(Instant.parse(text));
                default -> throw new Unreadable("a value of an unknown type");
            };
        }
        if (held instanceof Value.Items(List<Value> items) && tag.equals(ITEMS)) {
            List<Value> read = new ArrayList<>();
            items.forEach(item -> read.add(read(item)));
            return new Value.Items(read);
        }
        if (held instanceof Value.Fields(Map<String, Value> fields) && tag.equals(FIELDS)) {
            Map<String, Value> read = new TreeMap<>();
            fields.forEach((name, part) -> read.put(name, read(part)));
            return new Value.Fields(read);
        }
        throw new Unreadable("a value of an unknown type");
    }
}
