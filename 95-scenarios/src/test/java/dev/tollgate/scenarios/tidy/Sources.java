// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import dev.tollgate.scenarios.house.Rooms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Java sources and what javac makes of them, without compiling to classes.
public final class Sources {
    /// One source file.
    ///
    /// @param path relative to the project, with `/`
    /// @param text its content
    public record Source(String path, String text) {
        boolean isTest() {
            return path.contains("/src/test/");
        }

        List<String> lines() {
            return text.lines().toList();
        }
    }

    /// A parsed source.
    public record Parsed(Source source, CompilationUnitTree tree, Trees trees) {
        long line(long position) {
            return tree.getLineMap().getLineNumber(position);
        }
    }

    private Sources() {}

    /// Every Java source of every room.
    public static List<Source> all() {
        List<Source> sources = new ArrayList<>();
        for (Rooms.Room room : Rooms.ALL) {
            sources.addAll(under(room.folder() + "/src"));
        }
        return sources;
    }

    private static List<Source> under(String folder) {
        Path start = Rooms.root().resolve(folder);
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> read(Rooms.root(), file))
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Source read(Path root, Path file) {
        try {
            return new Source(root.relativize(file).toString().replace('\\', '/'), Files.readString(file));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Parses `sources`; their types are not resolved.
    ///
    /// @throws IllegalStateException when one is not Java
    public static List<Parsed> parse(List<Source> sources) {
        return trees(sources, false);
    }

    /// Parses `sources` and resolves their types as far as the class path of this room reaches.
    static List<Parsed> resolve(List<Source> sources) {
        return trees(sources, true);
    }

    private static List<Parsed> trees(List<Source> sources, boolean resolved) {
        if (sources.isEmpty()) {
            return List.of();
        }
        Map<String, Source> byName = new TreeMap<>();
        sources.forEach(source -> byName.put(Text.uri(source).toString(), source));
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        List<String> options = List.of("-proc:none", "-classpath", System.getProperty("java.class.path"));
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null,
                        null,
                        problems,
                        options,
                        null,
                        sources.stream().map(Text::new).toList());
        try {
            List<Parsed> parsed = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                Source source = byName.get(unit.getSourceFile().toUri().toString());
                parsed.add(new Parsed(java.util.Objects.requireNonNull(source), unit, Trees.instance(task)));
            }
            if (resolved) {
                task.analyze();
            } else {
                requireJava(problems);
            }
            return parsed;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void requireJava(DiagnosticCollector<JavaFileObject> problems) {
        for (Diagnostic<? extends JavaFileObject> problem : problems.getDiagnostics()) {
            if (problem.getKind() == Diagnostic.Kind.ERROR) {
                throw new IllegalStateException(problem.getMessage(Locale.ROOT) + " at " + problem.getSource());
            }
        }
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(Source source) {
            super(uri(source), Kind.SOURCE);
            this.text = source.text();
        }

        static URI uri(Source source) {
            return URI.create("source:///" + source.path());
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
