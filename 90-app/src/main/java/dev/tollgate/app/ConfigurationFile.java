// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.app.Configuration.ConnectedSystem;
import dev.tollgate.app.Configuration.Database;
import dev.tollgate.app.Configuration.Listen;
import dev.tollgate.app.Configuration.Log;
import dev.tollgate.app.Configuration.Telemetry;
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
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads the configuration file. All problems are reported at once; an unknown key is a problem, never ignored.
final class ConfigurationFile {
    /// A configuration is a page of text; anything larger is a mistake or an attack.
    private static final int BYTES_MAX = 256 * 1024;

    private final List<String> problems = new ArrayList<>();
    private final Path file;

    private ConfigurationFile(Path file) {
        this.file = file;
    }

    /// @throws InvalidConfiguration with every problem of the file
    static Configuration read(Path file, Path dataDefault) {
        return new ConfigurationFile(file).read(dataDefault);
    }

    /// What is wrong with a configuration file.
    static final class InvalidConfiguration extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InvalidConfiguration(String message) {
            super(message);
        }
    }

    private Configuration read(Path dataDefault) {
        Map<String, Object> root = parse();
        Configuration base = Configuration.embedded(dataDefault);
        keys(
                root,
                "",
                Set.of(
                        "listen",
                        "data",
                        "bundle",
                        "store",
                        "secrets",
                        "systems",
                        "demo",
                        "log",
                        "telemetry",
                        "console",
                        "fixtures",
                        "egress"));
        Map<String, Object> listen = section(root, "listen");
        keys(listen, "listen.", Set.of("host", "port", "url"));
        Map<String, Object> log = section(root, "log");
        keys(log, "log.", Set.of("origin", "journal"));
        Map<String, Object> telemetry = section(root, "telemetry");
        keys(telemetry, "telemetry.", Set.of("otlp"));
        Database database = database(section(root, "store"));
        List<ConnectedSystem> systems = systems(root.get("systems"));
        Configuration configuration = null;
        try {
            configuration = new Configuration(
                    new Listen(
                            text(listen, "listen.", "host").orElse(base.listen().host()),
                            number(listen, "listen.", "port")
                                    .orElse(base.listen().port()),
                            text(listen, "listen.", "url").flatMap(text -> uri(text, "listen.url"))),
                    text(root, "", "data").map(this::path).orElse(dataDefault),
                    text(root, "", "bundle").map(this::path),
                    database,
                    text(root, "", "secrets").map(this::path),
                    systems,
                    truth(root, "demo", true),
                    new Log(
                            text(log, "log.", "origin").orElse(base.log().origin()),
                            number(log, "log.", "journal").orElse(base.log().journalDays())),
                    text(telemetry, "telemetry.", "otlp")
                            .flatMap(text -> uri(text, "telemetry.otlp"))
                            .map(Telemetry::new),
                    provider(root),
                    truth(root, "fixtures", false),
                    egress(root));
        } catch (IllegalArgumentException wrong) {
            problems.add(wrong.getMessage());
        }
        if (configuration == null || !problems.isEmpty()) {
            throw new InvalidConfiguration(file.getFileName() + ": " + String.join("; ", problems));
        }
        return configuration;
    }

    private Optional<Configuration.Provider> provider(Map<String, Object> root) {
        Map<String, Object> console = section(root, "console");
        keys(console, "console.", Set.of("oidc"));
        Map<String, Object> oidc = section(console, "oidc");
        keys(oidc, "console.oidc.", Set.of("issuer", "client", "secret", "claim"));
        Optional<URI> issuer = text(oidc, "console.oidc.", "issuer").flatMap(text -> uri(text, "console.oidc.issuer"));
        Optional<String> client = text(oidc, "console.oidc.", "client");
        if (console.containsKey("oidc") && (issuer.isEmpty() || client.isEmpty())) {
            problems.add("`console.oidc` needs `issuer` and `client`");
        }
        return issuer.flatMap(url -> client.map(id -> new Configuration.Provider(
                url,
                id,
                text(oidc, "console.oidc.", "secret"),
                text(oidc, "console.oidc.", "claim").orElse(Configuration.Provider.CLAIM))));
    }

    private Optional<Listen> egress(Map<String, Object> root) {
        Map<String, Object> egress = section(root, "egress");
        keys(egress, "egress.", Set.of("listen"));
        Optional<String> place = text(egress, "egress.", "listen");
        Optional<Listen> listen = place.flatMap(text -> uri("egress://" + text, "egress.listen"))
                .filter(at -> at.getHost() != null && at.getPort() >= 0)
                .map(at -> new Listen(at.getHost(), at.getPort()));
        if (place.isPresent() && listen.isEmpty()) {
            problems.add("`egress.listen` is an address and a port, for example `10.0.0.5:7480`");
        }
        return listen;
    }

    private Map<String, Object> parse() {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new InvalidConfiguration(file.getFileName() + ": larger than " + BYTES_MAX + " bytes");
            }
            Object parsed = new Load(
                            LoadSettings.builder().setAllowDuplicateKeys(false).build())
                    .loadFromString(Files.readString(file));
            return parsed == null ? Map.of() : map(parsed, "the file");
        } catch (IOException unreadable) {
            throw new InvalidConfiguration(file.getFileName() + ": cannot be read");
        } catch (YamlEngineException broken) {
            String line =
                    String.valueOf(broken.getMessage()).lines().findFirst().orElse("not YAML");
            throw new InvalidConfiguration(file.getFileName() + ": not YAML: " + line);
        }
    }

    private Map<String, Object> section(Map<String, Object> root, String key) {
        Object value = root.get(key);
        return value == null ? Map.of() : map(value, "`" + key + "`");
    }

    private Map<String, Object> map(Object value, String what) {
        if (!(value instanceof Map<?, ?> raw)) {
            problems.add(what + " must be a mapping");
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

    private void keys(Map<String, Object> map, String prefix, Set<String> known) {
        for (String key : map.keySet()) {
            if (!known.contains(key)) {
                problems.add(
                        "unknown key `" + prefix + key + "`, known are " + String.join(", ", new TreeSet<>(known)));
            }
        }
    }

    private Optional<String> text(Map<String, Object> map, String prefix, String key) {
        Object value = map.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text && !text.isBlank()) {
            return Optional.of(text);
        }
        problems.add("`" + prefix + key + "` must be text");
        return Optional.empty();
    }

    private Optional<Integer> number(Map<String, Object> map, String prefix, String key) {
        Object value = map.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Integer number) {
            return Optional.of(number);
        }
        problems.add("`" + prefix + key + "` must be a whole number");
        return Optional.empty();
    }

    private boolean truth(Map<String, Object> map, String key, boolean otherwise) {
        Object value = map.get(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean truth) {
            return truth;
        }
        problems.add("`" + key + "` must be true or false");
        return otherwise;
    }

    private Path path(String text) {
        Path base = file.toAbsolutePath().getParent();
        return base == null ? Path.of(text) : base.resolve(text).normalize();
    }

    private Optional<URI> uri(String text, String key) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException wrong) {
            problems.add("`" + key + "` must be a URL");
            return Optional.empty();
        }
    }

    private Database database(Map<String, Object> store) {
        keys(store, "store.", Set.of("kind", "url", "user", "password"));
        String kind = text(store, "store.", "kind").orElse("sqlite");
        return switch (kind) {
            case "sqlite" -> new Database.Sqlite();
            case "postgres" ->
                new Database.Postgres(
                        required(store, "store.", "url"),
                        required(store, "store.", "user"),
                        required(store, "store.", "password"));
            default -> {
                problems.add("`store.kind` must be `sqlite` or `postgres`");
                yield new Database.Sqlite();
            }
        };
    }

    private String required(Map<String, Object> map, String prefix, String key) {
        return text(map, prefix, key).orElseGet(() -> {
            problems.add("`" + prefix + key + "` is missing");
            return "";
        });
    }

    private List<ConnectedSystem> systems(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            problems.add("`systems` must be a list");
            return List.of();
        }
        List<ConnectedSystem> systems = new ArrayList<>();
        for (Object item : list) {
            String prefix = "systems[" + systems.size() + "].";
            Map<String, Object> map = map(item, "`systems[" + systems.size() + "]`");
            keys(map, prefix, Set.of("id", "connector", "url", "user", "credential", "from"));
            String connector = required(map, prefix, "connector");
            boolean sink = ConnectedSystem.SINKS.contains(connector);
            boolean open = connector.equals("mail") && text(map, prefix, "user").isEmpty();
            systems.add(new ConnectedSystem(
                    required(map, prefix, "id"),
                    connector,
                    uri(required(map, prefix, "url"), prefix + "url").orElse(URI.create("about:blank")),
                    sink ? text(map, prefix, "user").orElse("") : required(map, prefix, "user"),
                    open ? "" : required(map, prefix, "credential"),
                    connector.equals("mail") ? Optional.of(required(map, prefix, "from")) : text(map, prefix, "from")));
        }
        return systems;
    }
}
