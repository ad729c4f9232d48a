// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.app.Configuration.ConnectedSystem;
import dev.tollgate.app.Configuration.Database;
import dev.tollgate.app.Configuration.Listen;
import dev.tollgate.app.Configuration.Log;
import dev.tollgate.app.Configuration.Telemetry;
import dev.tollgate.connectors.model.ModelPlace;
import dev.tollgate.inspection.outside.ModelReview;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the configuration file. All problems are reported at once; an unknown key is a problem, never ignored.
final class ConfigurationFile extends ConfigurationText {
    private ConfigurationFile(Path file) {
        super(file);
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
        known(root);
        Map<String, Object> listen = section(root, "listen");
        keys(listen, "listen.", Set.of("host", "port", "url"));
        Map<String, Object> log = section(root, "log");
        keys(log, "log.", Set.of("origin", "journal"));
        Map<String, Object> telemetry = section(root, "telemetry");
        keys(telemetry, "telemetry.", Set.of("otlp"));
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
                    database(section(root, "store")),
                    new ConfigurationSecrets(this).place(root),
                    systems(root),
                    truth(root, "demo", true),
                    new Log(
                            text(log, "log.", "origin").orElse(base.log().origin()),
                            number(log, "log.", "journal").orElse(base.log().journalDays())),
                    text(telemetry, "telemetry.", "otlp")
                            .flatMap(text -> uri(text, "telemetry.otlp"))
                            .map(Telemetry::new),
                    provider(root),
                    truth(root, "fixtures", false),
                    egress(root),
                    models(root),
                    review(root),
                    IdentityTrust.read(this, root),
                    new AccessText(this).of(root),
                    text(root, "", "region"));
        } catch (IllegalArgumentException wrong) {
            problem(String.valueOf(wrong.getMessage()));
        }
        if (configuration == null || !problems().isEmpty()) {
            throw invalid(String.join("; ", problems()));
        }
        return configuration;
    }

    private void known(Map<String, Object> root) {
        keys(
                root,
                "",
                Set.of(
                        "listen",
                        "data",
                        "bundle",
                        "store",
                        "secrets",
                        "keys",
                        "systems",
                        "demo",
                        "log",
                        "telemetry",
                        "console",
                        "fixtures",
                        "egress",
                        "models",
                        "review",
                        "tokens",
                        "tls",
                        "identity",
                        "region"));
    }

    private Optional<Configuration.Provider> provider(Map<String, Object> root) {
        Map<String, Object> console = section(root, "console");
        keys(console, "console.", Set.of("oidc"));
        Map<String, Object> oidc = section(console, "oidc");
        keys(oidc, "console.oidc.", Set.of("issuer", "client", "secret", "claim"));
        Optional<URI> issuer = text(oidc, "console.oidc.", "issuer").flatMap(text -> uri(text, "console.oidc.issuer"));
        Optional<String> client = text(oidc, "console.oidc.", "client");
        if (console.containsKey("oidc") && (issuer.isEmpty() || client.isEmpty())) {
            problem("`console.oidc` needs `issuer` and `client`");
        }
        return issuer.flatMap(url -> client.map(id -> new Configuration.Provider(
                url,
                id,
                text(oidc, "console.oidc.", "secret"),
                text(oidc, "console.oidc.", "claim").orElse(Configuration.Provider.CLAIM))));
    }

    private Reviews review(Map<String, Object> root) {
        Map<String, Object> review = section(root, "review");
        keys(review, "review.", Set.of("dlp", "model"));
        Map<String, Object> dlp = section(review, "dlp");
        keys(dlp, "review.dlp.", Set.of("url", "credential"));
        Map<String, Object> model = section(review, "model");
        keys(model, "review.model.", Set.of("provider", "url", "model", "credential"));
        return new Reviews(
                review.containsKey("dlp")
                        ? uri(required(dlp, "review.dlp.", "url"), "review.dlp.url")
                                .map(url -> new Reviews.Dlp(url, text(dlp, "review.dlp.", "credential")))
                        : Optional.empty(),
                review.containsKey("model") ? model(model) : Optional.empty());
    }

    private Optional<Reviews.Model> model(Map<String, Object> model) {
        Optional<ModelPlace.Format> format = ModelPlace.Format.of(required(model, "review.model.", "provider"));
        if (format.isEmpty()) {
            problem("`review.model.provider` must be `openai` or `anthropic`");
        }
        String name = required(model, "review.model.", "model");
        Optional<URI> url = uri(required(model, "review.model.", "url"), "review.model.url");
        return format.flatMap(spoken -> url.map(at -> new Reviews.Model(
                ModelReview.Dialect.valueOf(spoken.name()), at, name, text(model, "review.model.", "credential"))));
    }

    private Optional<Listen> egress(Map<String, Object> root) {
        Map<String, Object> egress = section(root, "egress");
        keys(egress, "egress.", Set.of("listen"));
        Optional<String> place = text(egress, "egress.", "listen");
        Optional<Listen> listen = place.flatMap(text -> uri("egress://" + text, "egress.listen"))
                .filter(at -> at.getHost() != null && at.getPort() >= 0)
                .map(at -> new Listen(at.getHost(), at.getPort()));
        if (place.isPresent() && listen.isEmpty()) {
            problem("`egress.listen` is an address and a port, for example `10.0.0.5:7480`");
        }
        return listen;
    }

    private Database database(Map<String, Object> store) {
        keys(store, "store.", Set.of("kind", "url", "user", "password", "wall"));
        String kind = text(store, "store.", "kind").orElse("sqlite");
        String wall = text(store, "store.", "wall").orElse("warn");
        if (!wall.equals("required") && !wall.equals("warn")) {
            problem("`store.wall` is `required` or `warn`");
        }
        if (kind.equals("sqlite") && wall.equals("required")) {
            problem("`store.wall: required` needs `store.kind: postgres`: SQLite has no row-level security");
        }
        return switch (kind) {
            case "sqlite" -> new Database.Sqlite();
            case "postgres" ->
                new Database.Postgres(
                        required(store, "store.", "url"),
                        required(store, "store.", "user"),
                        required(store, "store.", "password"),
                        wall.equals("required"));
            default -> {
                problem("`store.kind` must be `sqlite` or `postgres`");
                yield new Database.Sqlite();
            }
        };
    }

    private List<ConnectedSystem> systems(Map<String, Object> root) {
        List<ConnectedSystem> systems = new ArrayList<>();
        for (Map<String, Object> map : maps(root, "systems")) {
            String prefix = "systems[" + systems.size() + "].";
            keys(map, prefix, Set.of("id", "connector", "url", "user", "credential", "from"));
            String connector = required(map, prefix, "connector");
            boolean sink = ConnectedSystem.SINKS.contains(connector);
            boolean open = connector.equals("mail") && text(map, prefix, "user").isEmpty();
            boolean asked =
                    connector.equals("mcp") && text(map, prefix, "credential").isEmpty();
            systems.add(new ConnectedSystem(
                    required(map, prefix, "id"),
                    connector,
                    uri(required(map, prefix, "url"), prefix + "url").orElse(URI.create("about:blank")),
                    sink ? text(map, prefix, "user").orElse("") : required(map, prefix, "user"),
                    open || asked ? "" : required(map, prefix, "credential"),
                    connector.equals("mail") ? Optional.of(required(map, prefix, "from")) : text(map, prefix, "from")));
        }
        return systems;
    }

    private List<ModelPlace> models(Map<String, Object> root) {
        List<ModelPlace> models = new ArrayList<>();
        for (Map<String, Object> map : maps(root, "models")) {
            keys(map, "models[].", Set.of("name", "provider", "model", "url", "credential"));
            Optional<ModelPlace.Format> format = ModelPlace.Format.of(required(map, "models[].", "provider"));
            if (format.isEmpty()) {
                problem("`models[].provider` must be `openai` or `anthropic`");
            }
            models.add(new ModelPlace(
                    required(map, "models[].", "name"),
                    format.orElse(ModelPlace.Format.OPENAI),
                    required(map, "models[].", "model"),
                    uri(required(map, "models[].", "url"), "models[].url").orElse(URI.create("about:blank")),
                    required(map, "models[].", "credential")));
        }
        return models;
    }
}
