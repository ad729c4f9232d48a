// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.policy.bundle.BundleFiles;
import dev.tollgate.policy.bundle.BundleLoader;
import dev.tollgate.policy.bundle.Loading;
import dev.tollgate.policy.bundle.Workflow;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Require;
import dev.tollgate.terms.WorkflowId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A change to a bundle that takes classes away from a workflow (requirement S0-42). It can only narrow: a class that a
/// workflow does not name is out of reach whatever policies say. Proposed, never made: people review it as any change.
///
/// @param file  which file it changes
/// @param patch the change as a unified diff, for `git apply` in the bundle's folder
/// @param after all files of the bundle with it
public record Narrowing(String file, String patch, BundleFiles after) {
    private static final Pattern CLASSES = Pattern.compile("(?s)\\bclasses: \\[(.*?)\\]");
    private static final int COLUMNS_MAX = 118;
    private static final String INDENT = "      ";

    /// Classes that a workflow names of which nothing was used: neither they nor a class within them.
    ///
    /// @param used in the workflow
    public static Set<DataClass> unused(Bundle bundle, WorkflowId workflow, Set<DataClass> used) {
        Set<DataClass> reached = new HashSet<>(used);
        used.forEach(one -> reached.addAll(bundle.catalog().classes().ancestors(one)));
        Workflow named = bundle.workflows().get(workflow);
        Set<DataClass> unused = new HashSet<>(named == null ? Set.of() : named.classes());
        unused.removeAll(reached);
        return unused;
    }

    /// The change that takes classes away from a workflow; nothing when the workflow names none of them, or is written
    /// in a way that this does not read.
    ///
    /// @throws IllegalArgumentException when the bundle would not load any more
    public static Optional<Narrowing> of(BundleFiles files, WorkflowId workflow, Set<DataClass> away) {
        for (String file : files.content().keySet()) {
            if (file.startsWith("workflows/")) {
                Optional<Narrowing> found = in(files, file, workflow, away);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Narrowing> in(BundleFiles files, String file, WorkflowId workflow, Set<DataClass> away) {
        String before = new String(files.content().get(file), StandardCharsets.UTF_8);
        Matcher begins = Pattern.compile("(?m)^\\s*- id: " + Pattern.quote(workflow.value()) + "\\s*$")
                .matcher(before);
        Matcher classes = CLASSES.matcher(before);
        if (!begins.find() || !classes.find(begins.end()) || otherBetween(before, begins.end(), classes.start())) {
            return Optional.empty();
        }
        List<String> all = List.of(classes.group(1).strip().split("\\s*,\\s*"));
        List<String> kept = all.stream()
                .filter(name -> away.stream().noneMatch(one -> one.name().equals(name)))
                .toList();
        if (kept.size() == all.size() || kept.isEmpty()) {
            return Optional.empty();
        }
        int lineStart = before.lastIndexOf('\n', classes.start()) + 1;
        String lead = before.substring(lineStart, classes.start());
        String after = before.substring(0, lineStart)
                + wrapped(lead + "classes: [" + String.join(", ", kept) + "]")
                + before.substring(classes.end());
        SortedMap<String, byte[]> content = new TreeMap<>(files.content());
        content.put(file, after.getBytes(StandardCharsets.UTF_8));
        BundleFiles changed = BundleFiles.of(content);
        if (BundleLoader.load(changed) instanceof Loading.Invalid invalid) {
            throw new IllegalArgumentException("without these classes the bundle does not load: "
                    + invalid.problems().all().getFirst());
        }
        return Optional.of(new Narrowing(file, patch(file, before, after), changed));
    }

    private static boolean otherBetween(String text, int from, int to) {
        return Pattern.compile("(?m)^\\s*- id: ")
                .matcher(text.substring(from, to))
                .find();
    }

    private static String wrapped(String line) {
        StringBuilder text = new StringBuilder();
        String rest = line;
        while (rest.length() > COLUMNS_MAX) {
            int at = rest.lastIndexOf(", ", COLUMNS_MAX - 1);
            Require.require(at > 0, "a class has a shorter name");
            text.append(rest, 0, at + 1).append('\n');
            rest = INDENT + rest.substring(at + 2);
        }
        return text.append(rest).toString();
    }

    /// One hunk: what differs, with three lines around it.
    private static String patch(String file, String before, String after) {
        List<String> old = List.of(before.split("\n", -1));
        List<String> now = List.of(after.split("\n", -1));
        int same = 0;
        while (old.get(same).equals(now.get(same))) {
            same++;
        }
        int tail = 0;
        while (old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
            tail++;
        }
        int from = Math.max(0, same - 3);
        int oldEnd = Math.min(old.size() - 1, old.size() - tail + 3);
        int nowEnd = Math.min(now.size() - 1, now.size() - tail + 3);
        List<String> lines = new ArrayList<>();
        lines.add("--- a/" + file);
        lines.add("+++ b/" + file);
        lines.add("@@ -" + (from + 1) + "," + (oldEnd - from) + " +" + (from + 1) + "," + (nowEnd - from) + " @@");
        old.subList(from, same).forEach(line -> lines.add(" " + line));
        old.subList(same, old.size() - tail).forEach(line -> lines.add("-" + line));
        now.subList(same, now.size() - tail).forEach(line -> lines.add("+" + line));
        old.subList(old.size() - tail, oldEnd).forEach(line -> lines.add(" " + line));
        return String.join("\n", lines) + "\n";
    }
}
