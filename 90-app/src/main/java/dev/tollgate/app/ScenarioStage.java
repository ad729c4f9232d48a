// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.cli.Rooms;
import dev.tollgate.cli.scenarios.Stage;
import dev.tollgate.connectors.Door;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.SystemId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A whole gateway on a folder of its own, with the built-in bundle `scenarios`, in front of systems
/// that answer as they are told.
final class ScenarioStage implements Stage {
    private static final String BUNDLE = "scenarios";

    /// The rules that hold calls against what a person asked: the ones of the example bundle, not a copy.
    private static final String REQUESTS = "policies/90-requests.cedar";

    /// A case in which nobody says anything asks for nothing.
    private static final String NOTHING_ASKED = ".";

    private static final String SUFFIX = ".yaml";

    private final Path folder;
    private final ScriptedDoor door = new ScriptedDoor();
    private final Tollgate tollgate;

    /// @param folder    an empty one
    /// @param contracts by the name of the file, which is the name of the system
    ScenarioStage(Path folder, Map<String, String> contracts, InstantSource clock) {
        this.folder = folder;
        Path bundle = folder.resolve("bundle");
        Map<String, byte[]> files = new HashMap<>(BuiltInBundle.named(BUNDLE).content());
        files.put(REQUESTS, BuiltInBundle.named("default").content().get(REQUESTS));
        contracts.forEach((name, yaml) -> files.put("contracts/" + name, yaml.getBytes(StandardCharsets.UTF_8)));
        try {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path place = bundle.resolve(file.getKey());
                Files.createDirectories(Objects.requireNonNull(place.getParent()));
                Files.write(place, file.getValue());
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        Map<SystemId, Door> doors = new HashMap<>();
        contracts.keySet().forEach(file -> doors.put(new SystemId(file.replace(SUFFIX, "")), door));
        Configuration embedded = Configuration.embedded(folder.resolve("data"));
        Configuration configuration = new Configuration(
                new Configuration.Listen("127.0.0.1", 0),
                embedded.data(),
                Optional.of(bundle),
                embedded.store(),
                embedded.secrets(),
                List.of(),
                false,
                embedded.log(),
                Optional.empty(),
                false);
        this.tollgate = Tollgate.start(configuration, clock, doors);
    }

    @Override
    public URI endpoint() {
        return URI.create(tollgate.url() + "/mcp");
    }

    @Override
    public SecretValue token(String request) {
        Set<Scope> scopes = Scope.parse("upstream:*:send").stream().collect(Collectors.toSet());
        return SecretValue.of(HouseRooms.issue(
                tollgate.signing(),
                new Rooms.Asked(
                        "scripted-agent",
                        "somebody",
                        scopes,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(request.isBlank() ? NOTHING_ASKED : request),
                        Duration.ofMinutes(15))));
    }

    @Override
    public void tells(String field, List<String> texts) {
        door.tells(field, texts);
    }

    @Override
    public void close() {
        tollgate.close();
        HouseRooms.delete(folder);
    }
}
