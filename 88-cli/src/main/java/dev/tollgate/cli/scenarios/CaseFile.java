// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli.scenarios;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads cases, one JSON object a line, plain or gzip. Of each line only the inputs are read: whatever
/// says how the case should end is not looked at.
public final class CaseFile {
    /// Cases of one file.
    static final int CASES_MAX = 20_000;

    /// Longest line, in characters.
    static final int LINE_CHARS_MAX = 1 << 20;

    /// Steps of one case, and texts of one step.
    static final int STEPS_MAX = 50;

    private static final int DEPTH_MAX = 32;
    private static final int GZIP_FIRST = 0x1F;

    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    /// A file that cannot be read, and which line is wrong.
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String why) {
            super(why, null, false, false);
        }
    }

    /// The cases of a file.
    ///
    /// @throws Unreadable when a line is not a case; says which and why, and nothing of what stands there
    public List<Case> read(Path file) throws IOException, Unreadable {
        List<Case> cases = new ArrayList<>();
        try (InputStream raw = Files.newInputStream(file);
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        plain(raw),
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)))) {
            int number = 0;
            for (String line = line(lines, 1); line != null; line = line(lines, number + 1)) {
                number++;
                if (!line.isBlank()) {
                    cases.add(one(line, number));
                }
                if (cases.size() > CASES_MAX) {
                    throw new Unreadable("more than " + CASES_MAX + " cases: split the file");
                }
            }
        }
        return cases;
    }

    private static InputStream plain(InputStream raw) throws IOException {
        PushbackInputStream looked = new PushbackInputStream(raw);
        int first = looked.read();
        if (first >= 0) {
            looked.unread(first);
        }
        return first == GZIP_FIRST ? new GZIPInputStream(looked) : looked;
    }

    private static @org.jspecify.annotations.Nullable String line(BufferedReader lines, int number)
            throws IOException, Unreadable {
        StringBuilder line = new StringBuilder();
        int next = lines.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            if (line.length() >= LINE_CHARS_MAX) {
                throw new Unreadable("line " + number + " is longer than " + LINE_CHARS_MAX + " characters");
            }
            line.append((char) next);
            next = lines.read();
        }
        return line.toString();
    }

    private Case one(String line, int number) throws Unreadable {
        JsonNode node;
        try {
            node = json.readTree(line);
        } catch (JacksonException _) {
            throw new Unreadable("line " + number + " is not JSON");
        }
        JsonNode steps = node.path("steps");
        boolean shaped = node.path("id").isString()
                && node.path("user_task").isString()
                && (steps.isArray() || steps.isMissingNode())
                && steps.size() <= STEPS_MAX;
        if (!shaped) {
            throw new Unreadable(
                    "line " + number + " needs `id` and `user_task`, both text, and at most " + STEPS_MAX + " `steps`");
        }
        List<Case.Call> calls = new ArrayList<>();
        for (JsonNode step : steps) {
            calls.add(call(step, number));
        }
        Case.Call checked = call(node.path("checked_step"), number);
        return new Case(node.path("id").stringValue(), node.path("user_task").stringValue(), calls, checked);
    }

    private static Case.Call call(JsonNode node, int number) throws Unreadable {
        JsonNode arguments = node.path("args");
        JsonNode told = node.path("returns_contains");
        boolean shaped = node.path("tool").isString()
                && !node.path("tool").stringValue().isBlank()
                && (arguments.isObject() || arguments.isMissingNode())
                && (told.isArray() || told.isMissingNode())
                && told.size() <= STEPS_MAX;
        if (!shaped) {
            throw new Unreadable("line " + number + " has a step without `tool`, or whose `args` or `returns_contains`"
                    + " is not an object or a list of at most " + STEPS_MAX);
        }
        List<String> texts = new ArrayList<>();
        told.forEach(text -> texts.add(text.isString() ? text.stringValue() : text.toString()));
        return new Case.Call(
                node.path("tool").stringValue(),
                arguments.isObject() ? arguments : tools.jackson.databind.node.JsonNodeFactory.instance.objectNode(),
                texts,
                node.path("trust").asString("").equals("trusted"),
                node.path("sensitivity").asString("none"));
    }
}
