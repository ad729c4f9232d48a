// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.wire;

import dev.tollgate.server.wire.Parsed.Fault;
import dev.tollgate.terms.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/// Reads one JSON text (RFC 8259, UTF-8 only) straight into a `Value`, once, within limits, and refuses what two
/// readers could read differently: duplicate members, member names that are not printable ASCII, lone
/// surrogates, bytes after the value (requirement B-4). Safe for many threads.
public final class JsonReader {
    /// Longest member name: a contract's field names have 64 characters, a reverse-DNS `_meta` key a few more.
    private static final int NAME_CHARS_MAX = 256;

    /// Largest exponent either way. `1e999999999` is ten characters to send and a gigabyte to print in plain
    /// notation.
    private static final int SCALE_MAX = 40;

    private final JsonFactory factory;

    /// A reader with these limits.
    public JsonReader(JsonLimits limits) {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(limits.depthMax())
                .maxStringLength(limits.stringCharsMax())
                .maxTokenCount(limits.partsMax())
                .maxNumberLength(limits.numberCharsMax())
                .maxNameLength(NAME_CHARS_MAX)
                .build();
        this.factory = JsonFactory.builder()
                .streamReadConstraints(constraints)
                // RFC 8259 §8.1: UTF-8 only. Guessing UTF-16 would let a body mean two things to two readers.
                .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                // Interned names of strangers would grow a table that is never emptied.
                .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                .build();
    }

    /// Reads the whole of `bytes`.
    public Parsed read(byte[] bytes) {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), bytes)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return new Parsed.Broken(Fault.SYNTAX);
            }
            Value value = value(parser, first);
            return parser.nextToken() == null ? new Parsed.Whole(value) : new Parsed.Broken(Fault.SYNTAX);
        } catch (Unacceptable refused) {
            return new Parsed.Broken(refused.fault);
        } catch (StreamConstraintsException _) {
            return new Parsed.Broken(Fault.TOO_MUCH);
        } catch (JacksonException _) {
            return new Parsed.Broken(Fault.SYNTAX);
        }
    }

    // Recursion is bounded: the parser refuses nesting beyond the limit before we descend.
    private static Value value(JsonParser parser, @Nullable JsonToken token) {
        if (token == null) {
            throw new Unacceptable(Fault.SYNTAX);
        }
        return switch (token) {
            case START_OBJECT -> fields(parser);
            case START_ARRAY -> items(parser);
            case VALUE_STRING -> new Value.Text(text(parser.getString()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            case VALUE_TRUE -> new Value.Bool(true);
            case VALUE_FALSE -> new Value.Bool(false);
            case VALUE_NULL -> Value.NULL;
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new Unacceptable(Fault.SYNTAX);
        };
    }

    private static Value fields(JsonParser parser) {
        Map<String, Value> fields = new HashMap<>();
        JsonToken token = parser.nextToken();
        while (token == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (!plain(name)) {
                throw new Unacceptable(Fault.UNSAFE_MEMBER);
            }
            if (fields.put(name, value(parser, parser.nextToken())) != null) {
                throw new Unacceptable(Fault.DUPLICATE_MEMBER);
            }
            token = parser.nextToken();
        }
        return new Value.Fields(fields);
    }

    private static Value items(JsonParser parser) {
        List<Value> items = new ArrayList<>();
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            items.add(value(parser, token));
            token = parser.nextToken();
        }
        return new Value.Items(items);
    }

    private static Value number(JsonParser parser) {
        try {
            BigDecimal number = parser.getDecimalValue();
            if (Math.abs((long) number.scale()) <= SCALE_MAX) {
                return new Value.Num(number);
            }
        } catch (NumberFormatException _) {
            // An exponent beyond what even BigDecimal holds. Jackson lets this one through unwrapped.
        }
        throw new Unacceptable(Fault.NUMBER);
    }

    private static boolean plain(String name) {
        for (int at = 0; at < name.length(); at++) {
            char c = name.charAt(at);
            if (c < 0x20 || c > 0x7E) {
                return false;
            }
        }
        return true;
    }

    private static String text(String text) {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean pair = Character.isHighSurrogate(c)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1));
            if (Character.isSurrogate(c) && !pair) {
                throw new Unacceptable(Fault.LONE_SURROGATE);
            }
            at += pair ? 2 : 1;
        }
        return text;
    }

    /// Unwinds the descent. Never leaves this class; carries no stack trace, as strangers trigger it at will.
    private static final class Unacceptable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Fault fault;

        private Unacceptable(Fault fault) {
            super(fault.sentence(), null, false, false);
            this.fault = fault;
        }
    }
}
