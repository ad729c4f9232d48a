// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Compiles small sources that break a rule, so that a rule which can never fail is found out.
final class Planted {
    private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
    private static final Pattern TYPE = Pattern.compile("(?:class|interface|record|enum) (\\w+)");

    private Planted() {}

    /// The classes of `sources`, compiled into `folder`.
    static JavaClasses compile(Path folder, List<String> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        List<String> options =
                List.of("-proc:none", "-d", folder.toString(), "-classpath", System.getProperty("java.class.path"));
        List<JavaFileObject> files =
                sources.stream().<JavaFileObject>map(Source::new).toList();
        if (!compiler.getTask(null, null, problems, options, null, files).call()) {
            throw new IllegalStateException("a planted source does not compile: " + problems.getDiagnostics());
        }
        return new ClassFileImporter().importPath(folder);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(name(text), Kind.SOURCE);
            this.text = text;
        }

        private static URI name(String text) {
            return URI.create(
                    "planted:///" + group(PACKAGE, text).replace('.', '/') + "/" + group(TYPE, text) + ".java");
        }

        private static String group(Pattern pattern, String text) {
            Matcher found = pattern.matcher(text);
            if (!found.find()) {
                throw new IllegalStateException("a planted source has no " + pattern);
            }
            return found.group(1);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
