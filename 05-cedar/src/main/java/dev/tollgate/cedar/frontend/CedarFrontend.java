// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar.frontend;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// The official parser, validator and formatter, fenced: text is scanned for size and nesting first, the native code
/// runs one call at a time on a thread of its own with a large stack, and whatever is not a plain success is a problem.
/// For the control plane: it loads 12 MB of native code and takes milliseconds.
public final class CedarFrontend {
    /// Stack of the parser's thread. 64 MB took 4,000 nested brackets; the scan admits 32, with chains of 200 in each.
    private static final long STACK_BYTES = 256L << 20;

    private final ReentrantLock one = new ReentrantLock();

    /// What the parser made of a text.
    public sealed interface Parsed {
        /// It is a policy set.
        ///
        /// @param estJson the policies in JSON, for `Compiler`
        /// @param sources the text of each static policy and template by its id, in the order of the text
        record Policies(String estJson, Map<String, String> sources) implements Parsed {}

        /// It is none.
        record Rejected(List<Problem> problems) implements Parsed {
            public Rejected {
                problems = List.copyOf(problems);
            }
        }
    }

    /// What the validator says.
    ///
    /// @param errors   why the policies do not fit the schema; empty when they do
    /// @param warnings what is odd, such as a policy that can never apply
    public record Validated(List<Problem> errors, List<Problem> warnings) {
        public Validated {
            errors = List.copyOf(errors);
            warnings = List.copyOf(warnings);
        }

        /// Whether the policies fit the schema.
        public boolean passed() {
            return errors.isEmpty();
        }
    }

    /// What a conversion gave.
    public sealed interface Converted {
        /// The text wanted.
        record Text(String text) implements Converted {}

        /// Why there is none.
        record Rejected(List<Problem> problems) implements Converted {
            public Rejected {
                problems = List.copyOf(problems);
            }
        }
    }

    /// Parses policies and templates.
    public Parsed parse(String policies) {
        PolicyScan scan = PolicyScan.policies(policies);
        if (!scan.problems().isEmpty()) {
            return new Parsed.Rejected(scan.problems());
        }
        return fenced(
                () -> {
                    List<Problem> broken = Native.syntax(policies, scan.pieces());
                    return broken.isEmpty()
                            ? new Parsed.Policies(Native.toJson(policies), sources(scan))
                            : new Parsed.Rejected(broken);
                },
                failure -> new Parsed.Rejected(List.of(failure)));
    }

    /// Validates policies and templates against a schema, strictly. Text that does not parse does not pass.
    public Validated validate(String policies, String schema) {
        PolicyScan scan = PolicyScan.policies(policies);
        List<Problem> problems = new ArrayList<>(scan.problems());
        problems.addAll(PolicyScan.schema(schema).problems());
        if (!problems.isEmpty()) {
            return new Validated(problems, List.of());
        }
        return fenced(
                () -> Native.validate(policies, scan.pieces(), schema),
                failure -> new Validated(List.of(failure), List.of()));
    }

    /// A schema of Cedar's own syntax in Cedar's JSON format, for `Schema`.
    public Converted schemaToJson(String schema) {
        List<Problem> problems = PolicyScan.schema(schema).problems();
        return problems.isEmpty()
                ? fenced(
                        () -> new Converted.Text(Native.schemaToJson(schema)),
                        failure -> new Converted.Rejected(List.of(failure)))
                : new Converted.Rejected(problems);
    }

    /// Policies in the official layout.
    public Converted format(String policies) {
        List<Problem> problems = PolicyScan.policies(policies).problems();
        return problems.isEmpty()
                ? fenced(
                        () -> new Converted.Text(Native.format(policies)),
                        failure -> new Converted.Rejected(List.of(failure)))
                : new Converted.Rejected(problems);
    }

    private static Map<String, String> sources(PolicyScan scan) {
        Map<String, String> sources = new LinkedHashMap<>();
        for (PolicyScan.Piece piece : scan.pieces()) {
            sources.put("policy" + sources.size(), piece.text().strip());
        }
        return sources;
    }

    /// Runs native code on a large stack and turns everything it may throw into a problem.
    private <T> T fenced(Callable<T> work, Function<Problem, T> failed) {
        one.lock();
        try {
            List<T> result = new ArrayList<>();
            Thread thread = new Thread(null, () -> result.add(guarded(work, failed)), "cedar-frontend", STACK_BYTES);
            thread.start();
            thread.join();
            return result.isEmpty() ? failed.apply(problem("the official parser did not answer")) : result.getFirst();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return failed.apply(problem("interrupted"));
        } finally {
            one.unlock();
        }
    }

    private static <T> T guarded(Callable<T> work, Function<Problem, T> failed) {
        try {
            return work.call();
        } catch (Native.Refused refused) {
            return failed.apply(problem(refused.reason()));
        } catch (Exception | LinkageError broken) {
            return failed.apply(
                    problem("the official parser failed: " + broken.getClass().getSimpleName()));
        }
    }

    private static Problem problem(String message) {
        return new Problem("", 0, 0, message.lines().findFirst().orElse(""));
    }
}
