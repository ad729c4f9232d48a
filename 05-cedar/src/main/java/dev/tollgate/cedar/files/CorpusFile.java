// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar.files;

import dev.tollgate.cedar.Answer;
import dev.tollgate.cedar.IllegalData;
import dev.tollgate.cedar.Request;
import dev.tollgate.cedar.RequestJson;
import dev.tollgate.cedar.files.AuthorizeFiles.BrokenFile;
import dev.tollgate.cedar.frontend.CedarFrontend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Runs a test file of the official corpus (https://github.com/cedar-policy/cedar-integration-tests): policies,
/// entities, a schema, and requests with the expected decision, determining policies and erroring policies.
public final class CorpusFile {
    /// Folders above a test file that are tried as the root that its paths start from.
    private static final int ROOT_STEPS_MAX = 4;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final AuthorizeFiles files;
    private final CedarFrontend frontend;

    /// Runs tests with policies parsed by `frontend`.
    public CorpusFile(CedarFrontend frontend) {
        this.files = new AuthorizeFiles(frontend);
        this.frontend = frontend;
    }

    /// What one file gave.
    ///
    /// @param lines      a line of JSON for each request:
    /// `{"file","request","decision","reason","errors","expected","ok"}`;
    ///                   for a file that cannot be run, one with `problem` and `ok` false
    /// @param agreed     requests on which everything agrees
    /// @param disagreed  requests on which something does not, or 1 for a file that cannot be run
    public record Result(List<String> lines, int agreed, int disagreed) {
        public Result {
            lines = List.copyOf(lines);
        }
    }

    /// Runs all requests of one test file.
    public Result run(Path file) {
        List<String> lines = new ArrayList<>();
        try {
            JsonNode test = test(file);
            AuthorizeFiles.Loaded loaded = files.load(
                    beside(file, test, "policies"),
                    beside(file, test, "entities"),
                    Optional.of(beside(file, test, "schema")));
            int agreed = 0;
            for (JsonNode asked : test.path("requests")) {
                ObjectNode line = line(file, lines.size(), asked, loaded);
                agreed += line.get("ok").booleanValue() ? 1 : 0;
                lines.add(JSON.writeValueAsString(line));
            }
            return new Result(lines, agreed, lines.size() - agreed);
        } catch (BrokenFile broken) {
            ObjectNode line = JSON.createObjectNode().put("file", file.toString());
            line.put("problem", String.join("; ", broken.problems())).put("ok", false);
            return new Result(List.of(JSON.writeValueAsString(line)), 0, 1);
        }
    }

    /// Whether the official validator says of the policies what the file expects.
    ///
    /// @return empty when it does, otherwise why not
    public Optional<String> validates(Path file) {
        try {
            JsonNode test = test(file);
            String policies = AuthorizeFiles.read(beside(file, test, "policies"));
            String schema = AuthorizeFiles.read(beside(file, test, "schema"));
            CedarFrontend.Validated validated = frontend.validate(policies, schema);
            boolean expected = test.path("shouldValidate").booleanValue(false);
            return validated.passed() == expected
                    ? Optional.empty()
                    : Optional.of(file + ": expected " + expected + ", but " + validated.errors());
        } catch (BrokenFile broken) {
            return Optional.of(String.join("; ", broken.problems()));
        }
    }

    private static ObjectNode line(Path file, int number, JsonNode asked, AuthorizeFiles.Loaded loaded)
            throws BrokenFile {
        Request request =
                AuthorizeFiles.located(file, () -> RequestJson.read(JSON.writeValueAsString(asked), loaded.schema()));
        Answer answer = loaded.policies().authorize(request, loaded.entities());
        List<String> errors =
                answer.errors().stream().map(Answer.PolicyError::id).toList();
        ObjectNode line = JSON.createObjectNode();
        line.put("file", file.toString()).put("request", number);
        line.put("decision", AuthorizeFiles.word(answer.decision()));
        array(line, "reason", answer.determining());
        array(line, "errors", errors);
        ObjectNode expected = line.putObject("expected");
        expected.set("decision", asked.path("decision"));
        expected.set("reason", asked.path("reason"));
        expected.set("errors", asked.path("errors"));
        boolean ok = AuthorizeFiles.word(answer.decision())
                        .equals(asked.path("decision").stringValue(""))
                && same(answer.determining(), asked.path("reason"))
                && same(errors, asked.path("errors"));
        return line.put("ok", ok);
    }

    private static void array(ObjectNode line, String name, List<String> ids) {
        ArrayNode array = line.putArray(name);
        ids.forEach(array::add);
    }

    private static boolean same(List<String> ids, JsonNode expected) {
        TreeSet<String> wanted = new TreeSet<>();
        expected.forEach(id -> wanted.add(id.stringValue("")));
        return wanted.equals(new TreeSet<>(ids));
    }

    private static JsonNode test(Path file) throws BrokenFile {
        try {
            JsonNode test = JSON.readTree(AuthorizeFiles.read(file));
            if (!test.path("requests").isArray()) {
                throw new IllegalData("`requests` is missing: this is no test file of the corpus");
            }
            return test;
        } catch (JacksonException malformed) {
            throw new BrokenFile(List.of(file + ": not JSON"));
        } catch (IllegalData illegal) {
            throw new BrokenFile(List.of(file + ": " + illegal.getMessage()));
        }
    }

    /// A file that the test names, relative to the root of the corpus: the nearest folder above the test from where it
    /// exists. An unpacked archive may have lost its first folder; then the file stands beside the test.
    private static Path beside(Path file, JsonNode test, String key) throws BrokenFile {
        String named = test.path(key).stringValue("");
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (Path.of(named).isAbsolute() || named.contains("..")) {
            throw new BrokenFile(List.of(file + ": the path of `" + key + "` must stay within the corpus"));
        }
        Path above = folder;
        for (int step = 0; step < ROOT_STEPS_MAX && above != null && !named.isEmpty(); step++) {
            Path found = above.resolve(named);
            if (Files.isRegularFile(found)) {
                return found;
            }
            above = above.getParent();
        }
        Path name = Path.of(named).getFileName();
        if (folder != null && name != null && Files.isRegularFile(folder.resolve(name))) {
            return folder.resolve(name);
        }
        throw new BrokenFile(List.of(file + ": the file of `" + key + "` is not there"));
    }
}
