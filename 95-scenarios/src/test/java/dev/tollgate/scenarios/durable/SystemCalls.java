// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.durable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a gateway that answers one call at a time asked of the operating system, read from a trace of `strace`: whether
/// the log's entries were durable when it went upstream and when it answered. Killing a process shows that recovery
/// works; only the order of system calls shows what a power cut would leave.
///
/// @param answers         results of tools that went out
/// @param answersEarly    those that went out while an entry was not forced, or with no entry forced since
/// @param upstreams       requests to a connected system
/// @param upstreamsEarly  those that left while an entry was not forced, or with no entry forced since the last answer
record SystemCalls(int answers, int answersEarly, int upstreams, int upstreamsEarly) {
    /// What `strace` is to trace.
    static final String TRACED = "trace=openat,write,pwrite64,writev,pwritev,sendto,fsync,fdatasync,close";

    /// `123 write(5, …`, `123 fdatasync(7 <unfinished ...>`, `123 <... fdatasync resumed>) = 0`.
    private static final Pattern CALL = Pattern.compile("(?<process>\\d+) +(?<resumed><\\.\\.\\. )?"
            + "(?<name>openat|p?write(?:64|v)?|sendto|fsync|fdatasync|close)(?:\\((?<first>\\w+)| resumed).*");

    /// Reads a trace.
    static SystemCalls read(Path trace) throws IOException {
        Reader reader = new Reader();
        for (String line : Files.readAllLines(trace, StandardCharsets.ISO_8859_1)) {
            Matcher call = CALL.matcher(line);
            if (call.matches()) {
                reader.see(line, call);
            }
        }
        return new SystemCalls(reader.answers, reader.answersEarly, reader.upstreams, reader.upstreamsEarly);
    }

    /// Follows by file descriptor what is written and not yet forced. A force counts from its return and only when the
    /// kernel made it, a write from its call.
    private static final class Reader {
        private final Set<String> segments = new HashSet<>();
        private final Set<String> dirty = new HashSet<>();
        private final Map<String, String> forcing = new HashMap<>();
        private final Set<String> opening = new HashSet<>();
        private boolean forcedSinceAnswer;
        private boolean forcedSinceUpstream;
        private int answers;
        private int answersEarly;
        private int upstreams;
        private int upstreamsEarly;

        void see(String line, Matcher call) {
            String process = call.group("process");
            String name = call.group("name");
            String first = call.group("first");
            boolean begins = call.group("resumed") == null;
            boolean returned = !line.contains("unfinished");
            if (name.equals("openat")) {
                opened(line, process, returned);
            } else if (name.equals("close")) {
                segments.remove(first);
                dirty.remove(first);
            } else if (name.endsWith("sync")) {
                forcing.compute(process, (_, known) -> begins ? first : known);
                if (returned) {
                    Optional.ofNullable(forcing.remove(process)).ifPresent(file -> forced(file, line));
                }
            } else if (begins && line.contains("\"POST /crm/")) {
                upstreams++;
                upstreamsEarly += dirty.isEmpty() && forcedSinceAnswer ? 0 : 1;
                forcedSinceUpstream = false;
            } else if (begins && line.contains("\"HTTP/1.1 200")) {
                answers++;
                answersEarly += dirty.isEmpty() && forcedSinceAnswer && forcedSinceUpstream ? 0 : 1;
                forcedSinceAnswer = false;
                forcedSinceUpstream = false;
            } else if (begins && segments.contains(first)) {
                dirty.add(first);
            }
        }

        private void opened(String line, String process, boolean returned) {
            if ((line.contains("/segments/") && line.contains("O_RDWR")) || opening.remove(process)) {
                (returned ? segments : opening).add(returned ? line.replaceAll(".*= ", "") : process);
            }
        }

        private void forced(String file, String line) {
            if (line.contains("= 0") && !line.contains("INJECTED") && dirty.remove(file)) {
                forcedSinceAnswer = true;
                forcedSinceUpstream = true;
            }
        }
    }

    /// The command that runs a program under a trace, with what to inject into it.
    static List<String> tracing(Path into, String... inject) {
        List<String> command = new java.util.ArrayList<>(
                List.of("/usr/bin/strace", "-f", "-s", "24", "-o", into.toString(), "-e", TRACED));
        for (String one : inject) {
            command.addAll(List.of("-e", "inject=" + one));
        }
        return command;
    }
}
