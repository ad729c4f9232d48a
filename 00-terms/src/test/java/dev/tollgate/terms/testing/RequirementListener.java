// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/// Writes which requirement ids were proven by tests that passed, one file a module, for `make requirements`.
public final class RequirementListener implements TestExecutionListener {
    private record Tally(SortedSet<String> ids, boolean failed) {}

    private final Map<String, Tally> tests = new TreeMap<>();

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        boolean failed = result.getStatus() != TestExecutionResult.Status.SUCCESSFUL;
        method(test).ifPresent(source -> tally(source, test.isTest(), failed));
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
        tests.merge(name, new Tally(ids, failed), (old, now) -> new Tally(old.ids(), old.failed() || now.failed()));
    }

    private static void collect(AnnotatedElement element, SortedSet<String> ids) {
        Requirement requirement = element.getAnnotation(Requirement.class);
        if (requirement != null) {
            ids.addAll(List.of(requirement.value()));
        }
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan plan) {
        String folder = System.getProperty("tollgate.requirements");
        if (folder == null || tests.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        tests.forEach((test, tally) -> {
            if (!tally.failed()) {
                tally.ids().forEach(id -> lines.add(id + "\t" + test));
            }
        });
        try {
            Files.createDirectories(Path.of(folder));
            Files.write(Path.of(folder, "proven-" + ProcessHandle.current().pid() + ".tsv"), lines);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
