// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.web;

import dev.tollgate.server.http.Body;
import dev.tollgate.server.http.Turn;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One request of a browser, read once.
///
/// @param path  below `/console/`, without slashes at its ends
/// @param post  whether it changes something
/// @param query parameters of the address
/// @param form  fields of the posted form; empty when there is none, or none that can be read
public record Visit(String path, boolean post, Map<String, String> query, Map<String, String> form) {
    /// The folder of the console in the server's paths.
    public static final String ROOT = "/console/";

    private static final int FIELDS_MAX = 32;
    private static final int FORM_BYTES_MAX = 64 * 1024;
    private static final String FORM = "application/x-www-form-urlencoded";

    public Visit {
        query = Map.copyOf(query);
        form = Map.copyOf(form);
    }

    /// Reads a request.
    public static Visit of(Turn turn) {
        String path = turn.path().length() <= ROOT.length() ? "" : turn.path().substring(ROOT.length());
        boolean post = turn.method().equals("POST");
        return new Visit(strip(path), post, fields(turn.query().orElse("")), post ? form(turn) : Map.of());
    }

    /// The parts of the path.
    public List<String> parts() {
        return List.of(path.split("/", -1));
    }

    /// The part of the path after the page's own name; nothing when there is none.
    public Optional<String> item() {
        List<String> parts = parts();
        return parts.size() < 2 ? Optional.empty() : Optional.of(parts.get(1));
    }

    /// A field of the form; empty text when it is missing.
    public String field(String name) {
        return form.getOrDefault(name, "");
    }

    private static String strip(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static Map<String, String> form(Turn turn) {
        boolean claims =
                turn.header("Content-Type").orElse("").split(";", 2)[0].strip().equals(FORM);
        if (claims && turn.body() instanceof Body.Whole whole && whole.bytes().length <= FORM_BYTES_MAX) {
            return fields(new String(whole.bytes(), StandardCharsets.UTF_8));
        }
        return Map.of();
    }

    /// Empty when anything is wrong with it: a field that is sent twice has no meaning.
    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new TreeMap<>();
        if (text.isEmpty()) {
            return fields;
        }
        String[] pairs = text.split("&", FIELDS_MAX + 1);
        try {
            for (String pair : pairs) {
                String[] sides = pair.split("=", 2);
                String value = sides.length == 2 ? URLDecoder.decode(sides[1], StandardCharsets.UTF_8) : "";
                if (fields.put(URLDecoder.decode(sides[0], StandardCharsets.UTF_8), value) != null) {
                    return Map.of();
                }
            }
        } catch (IllegalArgumentException broken) {
            return Map.of();
        }
        return pairs.length > FIELDS_MAX ? Map.of() : fields;
    }
}
