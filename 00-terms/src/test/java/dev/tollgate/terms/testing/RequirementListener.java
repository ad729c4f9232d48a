// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/// Writes which requirement ids were proven by tests that passed, one file a module, for `make requirements`. A test
/// counts when every run of it passed and its class ended well; one that was skipped or aborted proves nothing.
public final class RequirementListener implements TestExecutionListener {
    private record Tally(String type, SortedSet<String> ids, boolean failed) {}

    private final Optional<Path> folder;
    private final Map<String, Tally> tests = new TreeMap<>();
    private final Set<String> brokenTypes = new HashSet<>();

    /// As the build starts it: writes below the folder that `tollgate.requirements` names, or nothing.
    public RequirementListener() {
        this(Optional.ofNullable(System.getProperty("tollgate.requirements")).map(Path::of));
    }

    /// Writes into `folder`.
    public RequirementListener(Optional<Path> folder) {
        this.folder = folder;
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        boolean failed = result.getStatus() != TestExecutionResult.Status.SUCCESSFUL;
        method(test).ifPresent(source -> tally(source, test.isTest(), failed));
        if (failed && test.getSource().orElse(null) instanceof ClassSource source) {
            brokenTypes.add(source.getClassName());
        }
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        method(test).ifPresent(source -> tally(source, true, true));
    }

    private static Optional<MethodSource> method(TestIdentifier test) {
        return test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast);
    }

    private void tally(MethodSource source, boolean ran, boolean failed) {
        SortedSet<String> ids = new TreeSet<>();
        collect(source.getJavaClass(), ids);
        collect(source.getJavaMethod(), ids);
        if (ids.isEmpty() || (!ran && !failed)) {
            return;
        }
        String name = source.getJavaClass().getSimpleName() + "#" + source.getMethodName();
        tests.merge(
                source.getClassName() + "#" + name,
                new Tally(source.getClassName(), ids, failed),
                (old, now) -> new Tally(old.type(), old.ids(), old.failed() || now.failed()));
    }

    private static void collect(AnnotatedElement element, SortedSet<String> ids) {
        Requirement requirement = element.getAnnotation(Requirement.class);
        if (requirement != null) {
            ids.addAll(List.of(requirement.value()));
        }
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan plan) {
        folder.ifPresent(this::write);
    }

    private void write(Path into) {
        SortedSet<String> lines = new TreeSet<>();
        tests.forEach((test, tally) -> {
            if (!tally.failed() && !brokenTypes.contains(tally.type())) {
                String name = test.substring(test.indexOf('#') + 1);
                tally.ids().forEach(id -> lines.add(id + "\t" + name));
            }
        });
        if (lines.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(into);
            Files.write(into.resolve("proven-" + ProcessHandle.current().pid() + ".tsv"), lines);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
