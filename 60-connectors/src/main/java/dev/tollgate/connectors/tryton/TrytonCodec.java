// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.tryton;

import dev.tollgate.connectors.Ask;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.terms.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Tryton's JSON and Tollgate's values. What JSON lacks is an object with `__class__`; moments are UTC
/// without saying so.
final class TrytonCodec {
    /// Tryton's own limit is the column's; no amount of a CRM has more digits.
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,20})?");

    /// A record id is a PostgreSQL integer.
    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,9}");

    private static final int NANOS_A_MICRO = 1_000;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private TrytonCodec() {}

    /// The value of a JSON node.
    ///
    /// @throws UpstreamBroken `garbage` for what Tryton never sends
    static Value value(JsonNode node) {
        return switch (node.getNodeType()) {
            case NULL -> Value.NULL;
            case STRING -> Value.of(node.stringValue());
            case BOOLEAN -> Value.of(node.booleanValue());
            case NUMBER -> number(node.decimalValue());
            case ARRAY -> items(node);
            case OBJECT -> special(node);
            case BINARY, POJO, MISSING -> throw new UpstreamBroken(Why.GARBAGE);
        };
    }

    private static Value number(BigDecimal number) {
        // A float such as 1e999999999 is short on the wire and a gigabyte in plain notation.
        if (number.precision() > 60 || Math.abs(number.scale()) > 60) {
            throw new UpstreamBroken(Why.GARBAGE);
        }
        return new Value.Num(number);
    }

    private static Value items(JsonNode array) {
        List<Value> values = new ArrayList<>(array.size());
        array.forEach(item -> values.add(value(item)));
        return new Value.Items(values);
    }

    private static Value special(JsonNode node) {
        try {
            return switch (node.path("__class__").asString("")) {
                case "Decimal" -> decimal(node.path("decimal").asString(""));
                case "date" -> new Value.Day(day(node));
                case "datetime" ->
                    new Value.Moment(LocalDateTime.of(day(node), time(node)).toInstant(ZoneOffset.UTC));
                case "time" -> Value.of(time(node).toString());
                case "timedelta" -> number(node.path("seconds").decimalValue());
                case "bytes" -> Value.of(node.path("base64").asString(""));
                default -> throw new UpstreamBroken(Why.GARBAGE);
            };
        } catch (DateTimeException | tools.jackson.databind.exc.JsonNodeException _) {
            throw new UpstreamBroken(Why.GARBAGE);
        }
    }

    private static Value decimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new UpstreamBroken(Why.GARBAGE);
        }
        return new Value.Num(new BigDecimal(text));
    }

    private static LocalDate day(JsonNode node) {
        return LocalDate.of(part(node, "year"), part(node, "month"), part(node, "day"));
    }

    private static LocalTime time(JsonNode node) {
        return LocalTime.of(
                part(node, "hour"),
                part(node, "minute"),
                part(node, "second"),
                part(node, "microsecond") * NANOS_A_MICRO);
    }

    private static int part(JsonNode node, String name) {
        JsonNode part = node.path(name);
        if (!part.isInt()) {
            throw new UpstreamBroken(Why.GARBAGE);
        }
        return part.intValue();
    }

    /// Whether a record may have this id at all.
    static boolean isId(String text) {
        return ID.matcher(text).matches() && Long.parseLong(text) <= Integer.MAX_VALUE;
    }

    /// The JSON of a value for a column.
    ///
    /// @throws UpstreamBroken `unsupported` when the column cannot hold such a value
    static JsonNode json(Ask.Kind kind, Value value) {
        return switch (value) {
            case Value.Null _ -> NODES.nullNode();
            case Value.Text text -> kind == Ask.Kind.RECORD ? id(text.text()) : NODES.stringNode(text.text());
            case Value.Bool bool -> NODES.booleanNode(bool.truth());
            case Value.Num num -> json(num.number());
            case Value.Day day -> json(day.date());
            case Value.Moment moment -> json(moment.instant());
            case Value.Items _, Value.Fields _ -> throw new UpstreamBroken(Why.UNSUPPORTED);
        };
    }

    /// The JSON of a value that a column is set to: a decimal keeps every digit that was decided on.
    ///
    /// @throws UpstreamBroken `unsupported` as above, `rejected` for an id that no record can have
    static JsonNode setting(Ask.Kind kind, Value value) {
        if (kind == Ask.Kind.RECORD && value instanceof Value.Text id && !isId(id.text())) {
            throw new UpstreamBroken(Why.REJECTED);
        }
        if (kind == Ask.Kind.NUMBER && value instanceof Value.Num num) {
            return decimal(num.number());
        }
        return json(kind, value);
    }

    /// Always a number: a text compared with a relation would search the related record's name, which is
    /// a read of it.
    private static JsonNode id(String text) {
        return NODES.numberNode(isId(text) ? Integer.parseInt(text) : -1);
    }

    private static JsonNode json(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        boolean whole = plain.scale() <= 0 && plain.precision() - plain.scale() <= 15;
        if (whole) {
            return NODES.numberNode(plain.longValueExact());
        }
        return decimal(number);
    }

    private static ObjectNode decimal(BigDecimal number) {
        ObjectNode node = NODES.objectNode();
        node.put("__class__", "Decimal");
        node.put("decimal", number.toPlainString());
        return node;
    }

    private static ObjectNode json(LocalDate date) {
        ObjectNode node = NODES.objectNode();
        node.put("__class__", "date");
        return dated(node, date);
    }

    private static ObjectNode json(Instant instant) {
        LocalDateTime utc = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        ObjectNode node = NODES.objectNode();
        node.put("__class__", "datetime");
        return dated(node, utc.toLocalDate())
                .put("hour", utc.getHour())
                .put("minute", utc.getMinute())
                .put("second", utc.getSecond())
                .put("microsecond", utc.getNano() / NANOS_A_MICRO);
    }

    private static ObjectNode dated(ObjectNode node, LocalDate date) {
        return node.put("year", date.getYear())
                .put("month", date.getMonthValue())
                .put("day", date.getDayOfMonth());
    }
}
