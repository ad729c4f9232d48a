// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import dev.tollgate.terms.Scope;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tollgate token`: prints a bearer token alone on its line.
@Command(
        name = "token",
        description =
                "Issue a bearer token: an agent, the person it acts for, what it may try, for 15 minutes at most.",
        mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {
    private final Rooms rooms;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private Where where = new Where();

    @Option(names = "--agent", paramLabel = "ID", required = true, description = "the agent, as the bundle names it")
    private String agent = "";

    @Option(names = "--user", paramLabel = "ID", required = true, description = "the person it acts for")
    private String user = "";

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            required = true,
            arity = "1..*",
            description = "system:object:verb[:owned], repeatable, for example crm:contact:read:owned")
    private List<String> scopes = List.of();

    @Option(names = "--workflow", paramLabel = "ID", description = "what the task runs; declares the intent")
    private @Nullable String workflow;

    @Option(names = "--step", paramLabel = "ID", description = "the step of the workflow that it is for")
    private @Nullable String step;

    @Option(names = "--customer", paramLabel = "ID", description = "the customer that the task is about")
    private @Nullable String customer;

    @Option(names = "--case", paramLabel = "ID", description = "the support case that the task works on")
    private @Nullable String caseId;

    @Option(
            names = "--request",
            paramLabel = "WORDS",
            description = "what the person asked for in their own words; a policy may hold calls against it")
    private @Nullable String request;

    @Option(names = "--task", paramLabel = "ID", description = "the task (default: a new one)")
    private @Nullable String task;

    @Option(names = "--session", paramLabel = "ID", description = "the session (default: a new one)")
    private @Nullable String session;

    @Option(names = "--ttl", paramLabel = "SECONDS", description = "how long it is valid, 900 s at most (default: 900)")
    private int ttl = 900;

    TokenCommand(Rooms rooms) {
        this.rooms = rooms;
    }

    @Override
    public Integer call() {
        Set<Scope> parsed = new LinkedHashSet<>();
        for (String text : scopes) {
            for (String part : text.split("[ ,]+", -1)) {
                parsed.add(Scope.parse(part)
                        .orElseThrow(() ->
                                new CommandFailure("`--scope` takes system:object:verb or system:object:verb:owned,"
                                        + " such as crm:contact:read")));
            }
        }
        if (ttl < 1 || ttl > 900) {
            throw new CommandFailure("`--ttl` is between 1 and 900 seconds");
        }
        Rooms.Asked asked = new Rooms.Asked(
                agent,
                user,
                parsed,
                Optional.ofNullable(workflow),
                Optional.ofNullable(step),
                Optional.ofNullable(customer),
                Optional.ofNullable(caseId),
                Optional.ofNullable(task),
                Optional.ofNullable(session),
                Optional.ofNullable(request),
                Duration.ofSeconds(ttl));
        String token = rooms.token(where, asked);
        java.util.Objects.requireNonNull(spec).commandLine().getOut().println(token);
        return 0;
    }
}
