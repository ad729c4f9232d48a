// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The audit log as whoever copies its folder sees it.
final class LogFolder {
    /// Entries begin and end like this, and hold no line break.
    private static final Pattern ENTRY = Pattern.compile("\\{\"at\":\"20[^\\n]*?\"v\":1(?:,\"values\":\\d+)?\\}");

    /// A checkpoint is renamed once a batch: that often in a row means that something else is wrong.
    private static final int MOST_TRIES = 20;

    private LogFolder() {}

    /// Every file, a character a byte. The folder is alive: a file that is gone by the time that it is read was a
    /// new checkpoint on its way to its name, and is read again under that name.
    static String text(Path folder) throws IOException {
        for (int tries = 1; ; tries++) {
            try (Stream<Path> files = Files.walk(folder)) {
                StringBuilder text = new StringBuilder();
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    text.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
                return text.toString();
            } catch (NoSuchFileException | UncheckedIOException renamed) {
                if (tries == MOST_TRIES) {
                    throw renamed;
                }
            }
        }
    }

    /// Every entry of one request, as its JSON.
    static List<String> entries(Path folder, String request) throws IOException {
        Matcher entry = ENTRY.matcher(text(folder));
        List<String> entries = new ArrayList<>();
        while (entry.find()) {
            if (entry.group().contains("\"request\":\"" + request + "\"")) {
                entries.add(entry.group());
            }
        }
        return entries;
    }
}
