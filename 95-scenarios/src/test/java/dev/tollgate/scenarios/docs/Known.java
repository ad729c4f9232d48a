// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.docs;

import com.sun.source.tree.ClassTree;
import com.sun.source.util.TreeScanner;
import dev.tollgate.scenarios.house.Rooms;
import dev.tollgate.scenarios.tidy.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What exists in the project, for documents to be measured against.
///
/// @param paths    files and folders, relative to the project, with `/`
/// @param types    simple names of every type, nested ones too
/// @param targets  of the Makefile
/// @param ids      requirement ids
/// @param sources  text of every Java source and script, for words that must occur in one
record Known(Set<String> paths, Set<String> types, Set<String> targets, Set<String> ids, List<String> sources) {
    private static final Set<String> NOT_OURS = Set.of(".git", "target", "node_modules", ".run", "data");
    private static final List<String> JDK = List.of(
            "java.lang.",
            "java.util.",
            "java.util.function.",
            "java.util.concurrent.",
            "java.util.random.",
            "java.time.",
            "java.nio.file.",
            "java.security.",
            "java.io.",
            "java.lang.annotation.");
    private static final Pattern TARGET = Pattern.compile("^([a-z-]+):", Pattern.MULTILINE);

    /// The project as it is.
    static Known project() {
        Path root = Rooms.root();
        List<Sources.Source> java = Sources.all();
        List<String> texts = new java.util.ArrayList<>(
                java.stream().map(Sources.Source::text).toList());
        texts.addAll(scripts(root));
        return new Known(paths(root), types(java), targets(root.resolve("Makefile")), ids(root), texts);
    }

    /// Whether a path exists, or a file begins with it, as in `docs/adr/0004`.
    boolean hasPath(String path) {
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return paths.contains(plain) || paths.stream().anyMatch(known -> known.startsWith(plain + "-"));
    }

    /// Whether some folder holds a file of that name.
    boolean hasFile(String name) {
        return paths.stream().anyMatch(known -> known.equals(name) || known.endsWith("/" + name));
    }

    /// Whether a type is ours or the JDK's.
    boolean hasType(String name) {
        return types.contains(name) || JDK.stream().anyMatch(prefix -> loads(prefix + name));
    }

    /// Whether the word stands in some source or script.
    boolean inSources(String word) {
        return sources.stream().anyMatch(text -> text.contains(word));
    }

    private static boolean loads(String name) {
        try {
            Class.forName(name, false, null);
            return true;
        } catch (ClassNotFoundException _) {
            return false;
        }
    }

    private static Set<String> paths(Path root) {
        Set<String> paths = new TreeSet<>();
        walk(root, root, paths);
        return paths;
    }

    private static void walk(Path root, Path folder, Set<String> paths) {
        for (Path entry : list(folder)) {
            if (!NOT_OURS.contains(entry.getFileName().toString())) {
                paths.add(root.relativize(entry).toString().replace('\\', '/'));
                if (Files.isDirectory(entry)) {
                    walk(root, entry, paths);
                }
            }
        }
    }

    private static Set<String> types(List<Sources.Source> sources) {
        Set<String> types = new HashSet<>();
        for (Sources.Parsed parsed : Sources.parse(sources)) {
            new TreeScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitClass(ClassTree type, @Nullable Void none) {
                    types.add(type.getSimpleName().toString());
                    return super.visitClass(type, null);
                }
            }.scan(parsed.tree(), null);
        }
        return types;
    }

    private static Set<String> targets(Path makefile) {
        return TARGET.matcher(read(makefile))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> ids(Path root) {
        return read(root.resolve("docs/requirements.tsv"))
                .lines()
                .map(line -> line.substring(0, line.indexOf('\t')))
                .collect(Collectors.toSet());
    }

    private static List<String> scripts(Path root) {
        Predicate<Path> isScript = path -> Files.isRegularFile(path)
                && !path.getFileName().toString().endsWith(".json")
                && !path.getFileName().toString().endsWith(".dump");
        return Stream.of("tools", ".ci")
                .flatMap(folder -> list(root.resolve(folder)).stream())
                .filter(isScript)
                .map(Known::read)
                .toList();
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
