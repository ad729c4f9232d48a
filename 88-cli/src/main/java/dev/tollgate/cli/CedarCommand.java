// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import dev.tollgate.cedar.files.AuthorizeFiles;
import dev.tollgate.cedar.files.CorpusFile;
import dev.tollgate.cedar.frontend.CedarFrontend;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tollgate cedar`: the evaluator by itself, for people who write policies and for people who doubt it.
@Command(name = "cedar", description = "Evaluate Cedar policies.", mixinStandardHelpOptions = true)
final class CedarCommand {
    private CedarCommand() {}

    static CommandLine line() {
        return new CommandLine(new CedarCommand()).addSubcommand(new Authorize());
    }

    /// Prints decision, determining policies and errors as JSON.
    @Command(
            name = "authorize",
            description = "Answer one request, or every request of test files of the official corpus.",
            mixinStandardHelpOptions = true)
    static final class Authorize implements Callable<Integer> {
        @Spec
        private @Nullable CommandSpec spec;

        @Option(names = "--policies", paramLabel = "FILE", description = "Cedar policies")
        private @Nullable Path policies;

        @Option(names = "--entities", paramLabel = "FILE", description = "entities, in Cedar's JSON format")
        private @Nullable Path entities;

        @Option(names = "--schema", paramLabel = "FILE", description = "Cedar schema")
        private @Nullable Path schema;

        @Option(
                names = "--request",
                paramLabel = "FILE",
                description = "a JSON object with principal, action, resource and context")
        private @Nullable Path request;

        @Option(
                names = "--corpus",
                paramLabel = "FILE",
                arity = "1..*",
                description = "test files of the official corpus; prints a line for each request")
        private List<Path> corpus = List.of();

        @Override
        public Integer call() {
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            CedarFrontend frontend = new CedarFrontend();
            if (!corpus.isEmpty()) {
                return corpus(new CorpusFile(frontend), out);
            }
            if (policies == null || entities == null || request == null) {
                throw new CommandFailure("`--policies`, `--entities` and `--request` are needed, or `--corpus`");
            }
            AuthorizeFiles.Outcome outcome =
                    new AuthorizeFiles(frontend).authorize(policies, entities, Optional.ofNullable(schema), request);
            return switch (outcome) {
                case AuthorizeFiles.Outcome.Answered answered -> {
                    out.println(answered.json());
                    yield 0;
                }
                case AuthorizeFiles.Outcome.Broken broken -> {
                    broken.problems()
                            .forEach(problem -> spec.commandLine().getErr().println("tollgate: " + problem));
                    yield 1;
                }
            };
        }

        private int corpus(CorpusFile files, PrintWriter out) {
            int disagreed = 0;
            for (Path file : corpus) {
                CorpusFile.Result result = files.run(file);
                result.lines().forEach(out::println);
                disagreed += result.disagreed();
            }
            return disagreed == 0 ? 0 : 1;
        }
    }
}
