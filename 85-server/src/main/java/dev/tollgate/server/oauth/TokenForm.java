// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.oauth;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The parameters of a form (`application/x-www-form-urlencoded`, WHATWG URL §5), read so that they mean one thing: no
/// parameter twice but those that may be (RFC 6749 §3.2), well-formed escapes, UTF-8, no control characters.
final class TokenForm {
    /// Every parameter of every grant, and a few that we do not know.
    private static final int PARAMETERS_MAX = 64;

    /// RFC 8707 and RFC 8693 let a request name several.
    private static final List<String> SEVERAL = List.of("resource", "audience");

    private static final int HEX = 16;

    private final Map<String, List<String>> values;

    private TokenForm(Map<String, List<String>> values) {
        this.values = values;
    }

    /// The form that `body` is, or nothing when it is none or could be read two ways.
    static Optional<TokenForm> read(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String[] pairs = text.isEmpty() ? new String[0] : text.split("&", -1);
        if (pairs.length > PARAMETERS_MAX) {
            return Optional.empty();
        }
        Map<String, List<String>> values = new TreeMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            Optional<String> name = equals <= 0 ? Optional.empty() : decoded(pair.substring(0, equals));
            Optional<String> value = equals <= 0 ? Optional.empty() : decoded(pair.substring(equals + 1));
            if (name.isEmpty() || value.isEmpty()) {
                return Optional.empty();
            }
            List<String> all = values.computeIfAbsent(name.get(), _ -> new ArrayList<>());
            if (!all.isEmpty() && !SEVERAL.contains(name.get())) {
                return Optional.empty();
            }
            all.add(value.get());
        }
        return Optional.of(new TokenForm(values));
    }

    /// The value of a parameter; one without a value is not there (RFC 6749 §3.2).
    Optional<String> one(String name) {
        return values.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /// All values of a parameter.
    List<String> all(String name) {
        return values.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private static Optional<String> decoded(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length());
        for (int at = 0; at < text.length(); at++) {
            char sign = text.charAt(at);
            if (sign == '%') {
                int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), HEX) : -1;
                int low = at + 2 < text.length() ? Character.digit(text.charAt(at + 2), HEX) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                bytes.put((byte) (high * HEX + low));
                at += 2;
            } else if (sign > '~' || sign <= ' ') {
                return Optional.empty();
            } else {
                bytes.put((byte) (sign == '+' ? ' ' : sign));
            }
        }
        try {
            String value =
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
            boolean plain = value.codePoints().noneMatch(sign -> Character.isISOControl(sign) && sign != '\n');
            return plain ? Optional.of(value) : Optional.empty();
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }
}
