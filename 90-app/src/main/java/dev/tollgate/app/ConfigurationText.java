// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// The YAML of a configuration file, read key by key. Notes what is wrong and goes on.
abstract class ConfigurationText {
    /// A configuration is a page of text; anything larger is a mistake or an attack.
    private static final int BYTES_MAX = 256 * 1024;

    private final List<String> problems = new ArrayList<>();
    private final Path file;

    ConfigurationText(Path file) {
        this.file = file;
    }

    /// Everything that is wrong so far.
    final List<String> problems() {
        return List.copyOf(problems);
    }

    final void problem(String what) {
        problems.add(what);
    }

    final ConfigurationFile.InvalidConfiguration invalid(String what) {
        return new ConfigurationFile.InvalidConfiguration(file.getFileName() + ": " + what);
    }

    final Map<String, Object> parse() {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw invalid("larger than " + BYTES_MAX + " bytes");
            }
            Object parsed = new Load(
                            LoadSettings.builder().setAllowDuplicateKeys(false).build())
                    .loadFromString(Files.readString(file));
            return parsed == null ? Map.of() : map(parsed, "the file");
        } catch (IOException unreadable) {
            throw invalid("cannot be read");
        } catch (YamlEngineException broken) {
            String line =
                    String.valueOf(broken.getMessage()).lines().findFirst().orElse("not YAML");
            throw invalid("not YAML: " + line);
        }
    }

    final Map<String, Object> section(Map<String, Object> root, String key) {
        Object value = root.get(key);
        return value == null ? Map.of() : map(value, "`" + key + "`");
    }

    private Map<String, Object> map(Object value, String what) {
        if (!(value instanceof Map<?, ?> raw)) {
            problem(what + " must be a mapping");
            return Map.of();
        }
        Map<String, Object> typed = new java.util.TreeMap<>();
        raw.forEach((key, entry) -> {
            if (entry != null) {
                typed.put(String.valueOf(key), entry);
            }
        });
        return typed;
    }

    final void keys(Map<String, Object> map, String prefix, Set<String> known) {
        for (String key : map.keySet()) {
            if (!known.contains(key)) {
                problem("unknown key `" + prefix + key + "`, known are " + String.join(", ", new TreeSet<>(known)));
            }
        }
    }

    final Optional<String> text(Map<String, Object> map, String prefix, String key) {
        Object value = map.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text && !text.isBlank()) {
            return Optional.of(text);
        }
        problem("`" + prefix + key + "` must be text");
        return Optional.empty();
    }

    final Optional<Integer> number(Map<String, Object> map, String prefix, String key) {
        Object value = map.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Integer number) {
            return Optional.of(number);
        }
        problem("`" + prefix + key + "` must be a whole number");
        return Optional.empty();
    }

    final boolean truth(Map<String, Object> map, String key, boolean otherwise) {
        Object value = map.get(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean truth) {
            return truth;
        }
        problem("`" + key + "` must be true or false");
        return otherwise;
    }

    final Path path(String text) {
        Path base = file.toAbsolutePath().getParent();
        return base == null ? Path.of(text) : base.resolve(text).normalize();
    }

    final Optional<URI> uri(String text, String key) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException wrong) {
            problem("`" + key + "` must be a URL");
            return Optional.empty();
        }
    }

    final String required(Map<String, Object> map, String prefix, String key) {
        return text(map, prefix, key).orElseGet(() -> {
            problem("`" + prefix + key + "` is missing");
            return "";
        });
    }

    final List<Map<String, Object>> maps(Map<String, Object> root, String key) {
        Object value = root.getOrDefault(key, List.of());
        if (!(value instanceof List<?> list)) {
            problem("`" + key + "` must be a list");
            return List.of();
        }
        return list.stream().map(item -> map(item, "each of `" + key + "`")).toList();
    }
}
