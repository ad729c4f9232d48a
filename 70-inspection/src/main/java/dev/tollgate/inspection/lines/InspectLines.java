// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.lines;

import dev.tollgate.inspection.Findings;
import dev.tollgate.inspection.Inspector;
import dev.tollgate.inspection.finding.Finding;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads lines `{id, text}`, writes a line `{id, injection, spans}` for each at once. A line that cannot
/// be read gets a line `{line, error, limit?}` that says which, why and what may be done, and never what
/// stood there.
public final class InspectLines {
    /// Longest line, in bytes: a mail with its quotes, or a page of a document, many times over.
    public static final int LINE_BYTES_MAX = 4 << 20;

    private static final int END = -1;
    private static final int LONG = 1;
    private static final int DEPTH_MAX = 32;
    private static final int SCORE_DIGITS = 1_000_000;

    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .maxStringLength(LINE_BYTES_MAX)
                            .build())
                    .build())
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();
    private final Inspector inspector;

    /// @param inspector looks into each text
    public InspectLines(Inspector inspector) {
        this.inspector = inspector;
    }

    /// Why a line could not be read. Its name, in lower case with dashes, is what is printed.
    private enum Problem {
        LINE_TOO_LONG,
        NOT_UTF_8,
        NOT_JSON,
        NO_ID,
        NO_TEXT
    }

    /// Inspects every line of `in` until it ends.
    ///
    /// @return how many lines could not be read
    public int run(InputStream in, PrintWriter out) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(in, 1 << 16);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int bad = 0;
        long number = 0;
        boolean more = true;
        while (more) {
            line.reset();
            number++;
            int state = read(bytes, line);
            more = state != END;
            if (state == LONG) {
                out.println(problem(number, Problem.LINE_TOO_LONG));
                bad++;
            } else if (!blank(line)) {
                String answer = answer(line.toByteArray(), number);
                bad += answer.startsWith("{\"line\"") ? 1 : 0;
                out.println(answer);
            }
            out.flush();
        }
        return bad;
    }

    /// Reads one line; of one that is too long, the rest is read and dropped.
    private static int read(BufferedInputStream in, ByteArrayOutputStream line) throws IOException {
        boolean tooLong = false;
        int next = in.read();
        while (next >= 0 && next != '\n') {
            tooLong |= line.size() >= LINE_BYTES_MAX;
            if (!tooLong) {
                line.write(next);
            }
            next = in.read();
        }
        if (tooLong) {
            return LONG;
        }
        return next < 0 ? END : 0;
    }

    private static boolean blank(ByteArrayOutputStream line) {
        return line.size() == 0 || (line.size() == 1 && line.toByteArray()[0] == '\r');
    }

    private String answer(byte[] line, long number) {
        String written;
        try {
            written = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException _) {
            return problem(number, Problem.NOT_UTF_8);
        }
        JsonNode node;
        try {
            node = json.readTree(written);
        } catch (JacksonException _) {
            return problem(number, Problem.NOT_JSON);
        }
        if (!node.isObject()) {
            return problem(number, Problem.NOT_JSON);
        }
        if (!node.path("id").isString()) {
            return problem(number, Problem.NO_ID);
        }
        if (!node.path("text").isString()) {
            return problem(number, Problem.NO_TEXT);
        }
        return found(
                node.path("id").asString(), inspector.inspect(node.path("text").asString()));
    }

    private String found(String id, Findings findings) {
        ObjectNode answer = json.createObjectNode();
        answer.put("id", id);
        answer.put("injection", Math.round(findings.injection() * SCORE_DIGITS) / (double) SCORE_DIGITS);
        ArrayNode spans = answer.putArray("spans");
        for (Finding finding : findings.spans()) {
            spans.addObject()
                    .put("start", finding.start())
                    .put("end", finding.end())
                    .put("type", finding.kind().name());
        }
        return json.writeValueAsString(answer);
    }

    private String problem(long number, Problem problem) {
        ObjectNode answer = json.createObjectNode();
        answer.put("line", number);
        answer.put("error", problem.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        if (problem == Problem.LINE_TOO_LONG) {
            answer.put("limit", LINE_BYTES_MAX);
        }
        return json.writeValueAsString(answer);
    }
}
