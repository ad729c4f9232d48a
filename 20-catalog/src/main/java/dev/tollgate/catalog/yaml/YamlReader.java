// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.yaml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads one YAML file into a tree, in time and memory that grow with its size alone.
///
/// Anchors, aliases, tags and further documents are refused: a bundle needs none of them, aliases are
/// how a small file becomes a huge one, and tags are how a text becomes something else. Works on parser
/// events, as the library's own tree would already have followed the aliases.
public final class YamlReader {
    /// A contract of 200 objects of 25 fields takes about 400 KiB.
    public static final int BYTES_MAX = 1_048_576;

    /// Contracts need 6 levels.
    public static final int DEPTH_MAX = 16;

    /// Nodes of one file: mappings, sequences, scalars and keys.
    public static final int NODES_MAX = 200_000;

    private final String file;
    private final ProblemLog log;
    private final Iterator<Event> events;
    private int nodes;

    private YamlReader(String file, String text, ProblemLog log) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel("file")
                .setCodePointLimit(BYTES_MAX)
                .setParseComments(false)
                .build();
        this.file = file;
        this.log = log;
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /// Reads `bytes`. What is wrong goes to `log`; nothing is returned when the file is no tree at all.
    public static Optional<YamlNode> read(String file, byte[] bytes, ProblemLog log) {
        if (bytes.length > BYTES_MAX) {
            log.add(Mark.start(file), "the file is larger than " + BYTES_MAX + " bytes");
            return Optional.empty();
        }
        try {
            String text = decode(bytes);
            return new YamlReader(file, text, log).document();
        } catch (CharacterCodingException notText) {
            log.add(new Mark(file, lineOfFault(bytes), 1), "the file is not UTF-8 text");
        } catch (Refused refused) {
            log.add(refused.at, refused.why);
        } catch (MarkedYamlEngineException broken) {
            log.add(
                    broken.getProblemMark().map(mark -> mark(file, mark)).orElse(Mark.start(file)),
                    "the file is not YAML: " + Problem.quote(broken.getProblem()));
        } catch (ReaderException broken) {
            log.add(
                    new Mark(file, lineAt(bytes, broken.getPosition()), 1),
                    "the file has a character that YAML does not allow");
        } catch (YamlEngineException broken) {
            log.add(Mark.start(file), "the file is not YAML");
        }
        return Optional.empty();
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    /// The first line that is not UTF-8.
    private static int lineOfFault(byte[] bytes) {
        int line = 1;
        int begin = 0;
        for (int at = 0; at <= bytes.length; at++) {
            if (at == bytes.length || bytes[at] == '\n') {
                try {
                    decode(java.util.Arrays.copyOfRange(bytes, begin, at));
                } catch (CharacterCodingException here) {
                    return line;
                }
                line++;
                begin = at + 1;
            }
        }
        return line;
    }

    /// The line of a code point; near enough when the file has characters of several bytes.
    private static int lineAt(byte[] bytes, int position) {
        int line = 1;
        for (int at = 0; at < Math.min(position, bytes.length); at++) {
            line += bytes[at] == '\n' ? 1 : 0;
        }
        return line;
    }

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Mark at;
        private final transient String why;

        Refused(Mark at, String why) {
            super(why, null, false, false);
            this.at = at;
            this.why = why;
        }
    }

    private Optional<YamlNode> document() {
        Optional<YamlNode> root = Optional.empty();
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Comment -> {}
                case Scalar, SequenceStart, MappingStart, Alias -> {
                    if (root.isPresent()) {
                        throw new Refused(mark(event), "the file holds more than one document");
                    }
                    root = Optional.of(node(event, 1));
                }
                case SequenceEnd, MappingEnd -> throw new Refused(mark(event), "the file is not YAML");
            }
        }
        if (root.isEmpty()) {
            log.add(Mark.start(file), "the file is empty");
        }
        return root;
    }

    private YamlNode node(Event event, int depth) {
        Mark at = mark(event);
        if (++nodes > NODES_MAX) {
            throw new Refused(at, "the file has more than " + NODES_MAX + " values");
        }
        if (depth > DEPTH_MAX) {
            throw new Refused(at, "the file is nested deeper than " + DEPTH_MAX + " levels");
        }
        if (event instanceof AliasEvent
                || (event instanceof NodeEvent node && node.getAnchor().isPresent())) {
            throw new Refused(at, "anchors and aliases are not allowed");
        }
        return switch (event) {
            case ScalarEvent scalar -> {
                untagged(at, scalar.getTag());
                yield new YamlNode.Scalar(at, scalar.getValue(), scalar.isPlain());
            }
            case CollectionStartEvent start -> {
                untagged(at, start.getTag());
                yield start.getEventId() == Event.ID.MappingStart ? mapping(at, depth) : sequence(at, depth);
            }
            default -> throw new Refused(at, "the file is not YAML");
        };
    }

    private static void untagged(Mark at, Optional<String> tag) {
        if (tag.isPresent()) {
            throw new Refused(at, "tags are not allowed");
        }
    }

    private YamlNode sequence(Mark at, int depth) {
        List<YamlNode> items = new ArrayList<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.SequenceEnd; next = events.next()) {
            items.add(node(next, depth + 1));
        }
        return new YamlNode.Sequence(at, items);
    }

    private YamlNode mapping(Mark at, int depth) {
        List<YamlNode.Entry> entries = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.MappingEnd; next = events.next()) {
            YamlNode key = node(next, depth + 1);
            if (!(key instanceof YamlNode.Scalar name)) {
                throw new Refused(key.at(), "a key must be text");
            }
            YamlNode value = node(events.next(), depth + 1);
            if (seen.add(name.text())) {
                entries.add(new YamlNode.Entry(name.text(), name.at(), value));
            } else {
                log.add(name.at(), "the key " + Problem.quote(name.text()) + " is there twice");
            }
        }
        return new YamlNode.Mapping(at, entries);
    }

    private Mark mark(Event event) {
        return event.getStartMark().map(mark -> mark(file, mark)).orElse(Mark.start(file));
    }

    private static Mark mark(String file, org.snakeyaml.engine.v2.exceptions.Mark mark) {
        return new Mark(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
