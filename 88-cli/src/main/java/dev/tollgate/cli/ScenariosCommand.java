// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import dev.tollgate.cli.scenarios.CaseFile;
import dev.tollgate.cli.scenarios.Replay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tollgate scenarios`: multi-step cases through a whole gateway.
@Command(
        name = "scenarios",
        description = {
            "Replay multi-step cases through a gateway of their own, and print which would pass.",
            "Reads JSON lines {id, user_task, steps: [{tool, args, returns_contains, trust, sensitivity}],",
            "checked_step: {tool, args}}, plain or gzip; prints JSON lines {id, verdict: allow|deny, rule}."
        },
        mixinStandardHelpOptions = true)
final class ScenariosCommand implements Callable<Integer> {
    private final Rooms rooms;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "the cases")
    private Path file = Path.of("");

    ScenariosCommand(Rooms rooms) {
        this.rooms = rooms;
    }

    @Override
    public Integer call() {
        try {
            new Replay(rooms::stage, Objects.requireNonNull(spec).commandLine().getOut())
                    .run(new CaseFile().read(file));
            return 0;
        } catch (CaseFile.Unreadable wrong) {
            throw new CommandFailure("`" + file + "`: " + wrong.getMessage());
        } catch (IOException broken) {
            throw new CommandFailure("`" + file + "` cannot be read, or its gateway does not answer");
        }
    }
}
