// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar.files;

import dev.tollgate.cedar.Answer;
import dev.tollgate.cedar.Compiler;
import dev.tollgate.cedar.Entities;
import dev.tollgate.cedar.EntitiesJson;
import dev.tollgate.cedar.PolicySet;
import dev.tollgate.cedar.Request;
import dev.tollgate.cedar.RequestJson;
import dev.tollgate.cedar.Schema;
import dev.tollgate.cedar.frontend.CedarFrontend;
import dev.tollgate.cedar.frontend.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers a request that stands in a file, with policies, entities and a schema that stand in files.
public final class AuthorizeFiles {
    /// Characters of one file.
    private static final long FILE_BYTES_MAX = 64L << 20;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final CedarFrontend frontend;

    /// Answers with policies parsed by `frontend`.
    public AuthorizeFiles(CedarFrontend frontend) {
        this.frontend = frontend;
    }

    /// What came of it.
    public sealed interface Outcome {
        /// The answer as one line of JSON: `{"decision","strict","reason","errors":[{"policy","kind"}]}`.
        record Answered(String json) implements Outcome {}

        /// A file cannot be read or is not what it should be; one sentence each, with place and without values.
        record Broken(List<String> problems) implements Outcome {
            public Broken {
                problems = List.copyOf(problems);
            }
        }
    }

    /// Policies, schema and entities, read and compiled.
    record Loaded(PolicySet policies, Schema schema, Entities entities) {}

    /// Answers one request.
    ///
    /// @param policies Cedar text
    /// @param entities an array of entities in Cedar's JSON format
    /// @param schema   Cedar text; without it, action groups come from the entities and escapes are needed
    /// @param request  `{"principal","action","resource","context"}`
    public Outcome authorize(Path policies, Path entities, Optional<Path> schema, Path request) {
        try {
            Loaded loaded = load(policies, entities, schema);
            Request asked = located(request, () -> RequestJson.read(read(request), loaded.schema));
            Answer answer = loaded.policies.authorize(asked, loaded.entities);
            return new Outcome.Answered(JSON.writeValueAsString(node(answer)));
        } catch (BrokenFile broken) {
            return new Outcome.Broken(broken.problems());
        }
    }

    Loaded load(Path policies, Path entities, Optional<Path> schema) throws BrokenFile {
        Schema types = Schema.EMPTY;
        if (schema.isPresent()) {
            Path file = schema.get();
            types = switch (frontend.schemaToJson(read(file))) {
                case CedarFrontend.Converted.Text json -> located(file, () -> Schema.read(json.text()));
                case CedarFrontend.Converted.Rejected rejected -> throw broken(file, rejected.problems());
            };
        }
        Schema known = types;
        PolicySet compiled = switch (frontend.parse(read(policies))) {
            case CedarFrontend.Parsed.Policies parsed ->
                located(policies, () -> Compiler.compile(parsed.estJson(), known));
            case CedarFrontend.Parsed.Rejected rejected -> throw broken(policies, rejected.problems());
        };
        return new Loaded(compiled, known, located(entities, () -> EntitiesJson.read(read(entities), known)));
    }

    static ObjectNode node(Answer answer) {
        ObjectNode node = JSON.createObjectNode();
        node.put("decision", word(answer.decision()));
        node.put("strict", word(answer.strict()));
        ArrayNode reason = node.putArray("reason");
        answer.determining().forEach(reason::add);
        ArrayNode errors = node.putArray("errors");
        answer.errors()
                .forEach(error -> errors.addObject()
                        .put("policy", error.id())
                        .put("kind", error.kind().name().toLowerCase(Locale.ROOT)));
        return node;
    }

    static String word(Answer.Decision decision) {
        return switch (decision) {
            case ALLOW -> "allow";
            case DENY -> "deny";
        };
    }

    static String read(Path file) throws BrokenFile {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new BrokenFile(List.of(file + ": must have at most " + FILE_BYTES_MAX + " bytes"));
            }
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new BrokenFile(List.of(file + ": cannot be read as UTF-8 text"));
        }
    }

    /// Reads what may be malformed, and says of which file it is.
    static <T> T located(Path file, Reading<T> reading) throws BrokenFile {
        try {
            return reading.read();
        } catch (IllegalArgumentException illegal) {
            throw new BrokenFile(List.of(file + ": " + illegal.getMessage()));
        }
    }

    private static BrokenFile broken(Path file, List<Problem> problems) {
        return new BrokenFile(
                problems.stream().map(problem -> file + ":" + problem).toList());
    }

    /// Something that reads a file.
    @FunctionalInterface
    interface Reading<T> {
        T read() throws BrokenFile;
    }

    /// Ends the reading of broken files; never leaves this package.
    static final class BrokenFile extends Exception {
        private static final long serialVersionUID = 1;

        private final transient List<String> problems;

        BrokenFile(List<String> problems) {
            super(String.join("; ", problems));
            this.problems = problems;
        }

        List<String> problems() {
            return problems;
        }
    }
}
