// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/// Plants one bug after another into a copy of this room's sources and runs the gates on each: a gate that lets a bug
/// through is no gate. All of them take a quarter of an hour: `make planted-bugs`, which sets `-Dtollgate.planted=all`;
/// otherwise a sample is planted, and the list is checked to fit the sources as they are. Bugs that the list calls open
/// are known to get through.
final class PlantedBugsTest {
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Path LIST = Path.of("src", "test", "resources", "planted-bugs.txt");
    /// Quick ones first; the run of a bug ends at the first gate that catches it.
    private static final List<String> GATES = List.of(
            "gates.VectorsTest",
            "PartialAnswerTest",
            "gates.EdgeTableTest",
            "gates.FuzzTest",
            "gates.PartialProperties",
            "gates.CorpusTest");

    private static final String OPEN = "open: ";

    /// A bug that the quickest gate catches, planted each time to see that this test itself works.
    private static final int SAMPLE_FROM = 10;
    private static final int SAMPLE = 1;

    private record Bug(String file, String original, String planted, boolean open) {}

    @Test
    void every_planted_bug_that_is_not_open_is_caught_by_a_gate(@TempDir Path folder) throws IOException {
        // Given
        boolean all = "all".equals(System.getProperty("tollgate.planted"));
        List<Bug> planted = all ? bugs() : bugs().subList(SAMPLE_FROM, SAMPLE_FROM + SAMPLE);
        if (all) {
            assertThat(caught(compiled(folder.resolve("none"), new Bug("", "", "", false))))
                    .isEqualTo("none");
        }

        // When
        List<String> report = new ArrayList<>();
        List<Bug> wrong = new ArrayList<>();
        for (Bug bug : planted) {
            String gate = caught(compiled(folder.resolve("bug" + report.size()), bug));
            report.add(gate + "\t" + bug.file + "\t" + bug.planted);
            wrong.addAll(gate.equals("none") == bug.open ? List.of() : List.of(bug));
            Files.write(Path.of("target", "planted-bugs.tsv"), report);
        }

        // Then
        assertThat(wrong).isEmpty();
    }

    @Test
    void every_bug_of_the_list_still_has_a_place_to_be_planted() throws IOException {
        // Given
        List<Bug> bugs = bugs();

        // When
        List<Bug> homeless = new ArrayList<>();
        for (Bug bug : bugs) {
            try (Stream<Path> files = Files.walk(SOURCES)) {
                Path file =
                        files.filter(one -> one.endsWith(bug.file)).findFirst().orElseThrow();
                if (places(Files.readString(file), bug) != 1) {
                    homeless.add(bug);
                }
            }
        }

        // Then
        assertThat(homeless).isEmpty();
        assertThat(bugs).hasSizeGreaterThanOrEqualTo(60);
    }

    private static int places(String source, Bug bug) {
        return source.split(Pattern.quote(bug.original), -1).length - 1;
    }

    private static List<Bug> bugs() throws IOException {
        return Files.readAllLines(LIST).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" \\| ", 3))
                .map(part -> new Bug(part[0].replace(OPEN, ""), part[1], part[2], part[0].startsWith(OPEN)))
                .toList();
    }

    /// Compiles the room with one bug in it.
    private static Path compiled(Path into, Bug bug) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-d"));
        arguments.add(into.resolve("classes").toString());
        arguments.addAll(List.of("-classpath", classpath()));
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".java")).toList()) {
                Path copy = into.resolve(SOURCES.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                String source = Files.readString(file);
                boolean here = !bug.file.isEmpty() && file.endsWith(bug.file);
                Files.writeString(copy, here ? source.replace(bug.original, bug.planted) : source);
                arguments.add(copy.toString());
            }
        }
        int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(failed).as("the planted bug compiles: %s", bug).isZero();
        return into.resolve("classes");
    }

    private static String classpath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /// The first gate that fails on these classes, or `none`.
    private static String caught(Path classes) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (OwnFirst loader = new OwnFirst(classes, before)) {
            thread.setContextClassLoader(loader);
            for (String gate : GATES) {
                if (fails(loader.loadClass("dev.tollgate.cedar." + gate))) {
                    return gate.substring(gate.lastIndexOf('.') + 1);
                }
            }
            return "none";
        } catch (ClassNotFoundException missing) {
            throw new AssertionError("a gate is missing", missing);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static boolean fails(Class<?> gate) {
        // without listeners: a gate that passes with a bug in it must not be counted as proof of a requirement
        Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .build());
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(DiscoverySelectors.selectClass(gate))
                        .configurationParameter("junit.jupiter.execution.timeout.default", "5 m")
                        .build(),
                listener);
        assertThat(listener.getSummary().getTestsFoundCount()).isPositive();
        return listener.getSummary().getTotalFailureCount() > 0;
    }

    /// Takes this room's classes from the planted folder and its tests anew; all else, the native library above all,
    /// from the loader above.
    private static final class OwnFirst extends URLClassLoader {
        OwnFirst(Path classes, ClassLoader above) throws MalformedURLException {
            super(urls(classes), above);
        }

        private static URL[] urls(Path classes) throws MalformedURLException {
            return new URL[] {
                classes.toUri().toURL(),
                Path.of("target", "test-classes").toUri().toURL()
            };
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("dev.tollgate.cedar.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
